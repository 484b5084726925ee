/* message_fuzz.c - whole messages, in datagrams and on streams.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts lie inside of the data: start line, header section, body and rest side by side, and
 * all that is kept of header fields inside of the header section, where a plain search finds
 * it too. An output is written only
 * on success.
 *
 * A prefix that holds the empty line (not just the CR of it) has the same start line and
 * header fields as the whole, and of the body the first part; all of it, once Content-Length
 * says that there is no more. Before that, a value that a prefix shows is the first part of
 * the one that the whole has, if both have the same start line. The message by itself,
 * without what follows it, is the same message.
 */
#include "spans.h"

enum { WORK_PER_BYTE = 200 };

/* What is kept of header fields is what a plain search finds. */
static void
check_kept(const sip_message *message)
{
    const struct {
        sip_header_id id;
        sip_span kept;
    } fields[] = {
        {SIP_HEADER_CSEQ, message->cseq},
        {SIP_HEADER_CALL_ID, message->call_id},
        {SIP_HEADER_FROM, message->from},
        {SIP_HEADER_TO, message->to},
        {SIP_HEADER_VIA, message->via},
        {SIP_HEADER_RSEQ, message->rseq},
        {SIP_HEADER_REASON, message->reason},
        {SIP_HEADER_WARNING, message->warning},
        {SIP_HEADER_CONTENT_LENGTH, message->content_length},
        {SIP_HEADER_CONTENT_TYPE, message->content_type},
    };
    for (size_t i = 0; i < COUNT(fields); i++) {
        sip_span found = spans_find_header(message->headers, fields[i].id);
        fuzz_that(found.data == fields[i].kept.data && found.length == fields[i].kept.length,
                  "the first header field of that name");
    }
}

static void
check_message(sip_span data, bool on_stream, const sip_message *message)
{
    const sip_start_line *line = &message->start_line;
    spans_of_message(data, message);
    fuzz_that(
        sip_span_end(line->ending) == message->headers.data && sip_span_end(message->headers) == message->body.data &&
            sip_span_end(message->body) == message->rest.data && sip_span_end(message->rest) == sip_span_end(data),
        "start line, header section, body and rest side by side");
    fuzz_that(message->headers_end || message->body.length + message->rest.length == 0,
              "no body without an empty line");
    fuzz_that(!message->length_known || message->body.length <= message->length, "no more body than Content-Length");
    fuzz_that(!message->length_known || message->body.length == message->length || message->rest.length == 0,
              "as much of the body as there is");
    fuzz_that(message->length_known || (on_stream ? message->body : message->rest).length == 0,
              "a body by the kind of transport where there is no Content-Length");
    check_kept(message);
    sip_span method = sip_message_method(message);
    fuzz_inside(data, method, "the method");
    sip_message dropped = *message;
    sip_message_drop_body(&dropped);
    fuzz_that(dropped.body.length == 0 && dropped.rest.data == message->body.data &&
                  sip_span_end(dropped.rest) == sip_span_end(data),
              "all behind the header section where there is no body");
}

/* The empty line is there, with its LF if it will have one. */
static bool
has_head(sip_span data, const sip_message *message)
{
    return message->headers_end &&
           !(sip_span_end(message->headers) == sip_span_end(data) && data.data[data.length - 1] == '\r');
}

/* What a prefix shows of a value, which may go on. */
static void
check_grown(fuzz_place before, fuzz_place after)
{
    if (before.present && before.length > 0) {
        fuzz_that(after.present && after.offset == before.offset && after.length >= before.length,
                  "a value that only gets longer when more comes");
    } else {
        fuzz_that(!before.present || after.present, "a header field that stays when more comes");
    }
}

static void
check_unfinished(sip_span prefix, const sip_message *before, sip_span whole, const sip_message *after)
{
#define GROWN(part) check_grown(fuzz_place_of(prefix, before->part), fuzz_place_of(whole, after->part))
    GROWN(cseq);
    GROWN(call_id);
    GROWN(from);
    GROWN(to);
    GROWN(via);
    GROWN(rseq);
    GROWN(reason);
    GROWN(warning);
    GROWN(content_length);
    GROWN(content_type);
}

static void
check_finished(sip_span prefix, const sip_message *before, sip_span whole, const sip_message *after, bool on_stream)
{
    spans_same_head(prefix, before, whole, after);
    fuzz_place body = fuzz_place_of(prefix, before->body);
    fuzz_place whole_body = fuzz_place_of(whole, after->body);
    fuzz_that(body.offset == whole_body.offset && body.length <= whole_body.length, "the first part of the body");
    bool complete = before->length_known ? before->body.length == before->length : on_stream;
    fuzz_that(!complete || body.length == whole_body.length, "all of the body when it is complete");
}

static void
compare(sip_span whole, sip_span prefix, bool on_stream)
{
    sip_message before;
    sip_message after;
    if (!sip_message_parse(prefix, on_stream, &before)) {
        return;
    }
    check_message(prefix, on_stream, &before);
    bool is = sip_message_parse(whole, on_stream, &after);
    if (has_head(prefix, &before)) {
        fuzz_that(is, "a message that stays when more comes");
        check_finished(prefix, &before, whole, &after, on_stream);
    } else if (is && before.start_line.ending.length > 0 &&
               spans_same_line(prefix, &before.start_line, whole, &after.start_line)) {
        check_unfinished(prefix, &before, whole, &after);
    }
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    compare(whole, prefix, false);
    compare(whole, prefix, true);
}

static void
check_alone(sip_span data, const sip_message *message, bool on_stream)
{
    sip_message alone;
    sip_span bytes = fuzz_copy(sip_span_between(data.data, message->rest.data));
    if (message->headers_end) {
        fuzz_that(sip_message_parse(bytes, on_stream, &alone), "a message by itself");
        spans_same_head(data, message, bytes, &alone);
        fuzz_that(alone.body.length == message->body.length && alone.rest.length == 0, "the same body by itself");
    }
    fuzz_drop(bytes);
}

static void
check_cut(sip_span input)
{
    sip_message message;
    fuzz_paint(&message, sizeof message);
    if (sip_message_parse_cut(input, &message)) {
        spans_of_message(input, &message);
        fuzz_that(message.headers.length + message.body.length + message.rest.length == 0, "a start line alone");
        fuzz_that(!message.headers_end && !message.length_known, "nothing known of the rest");
    } else {
        fuzz_untouched(&message, sizeof message);
    }
}

static void
check_whole(sip_span input, bool on_stream)
{
    sip_message message;
    fuzz_paint(&message, sizeof message);
    uint64_t start = fuzz_work();
    bool found = sip_message_parse(input, on_stream, &message);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    if (found) {
        check_message(input, on_stream, &message);
        check_alone(input, &message, on_stream);
    } else {
        fuzz_untouched(&message, sizeof message);
    }
}

void
fuzz_target(sip_span input)
{
    check_whole(input, false);
    check_whole(input, true);
    check_cut(input);
    fuzz_prefixes(input, check_prefix);
}
