/* framing.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "framing.h"

#include "limits.h"

static size_t
line_breaks(sip_span data)
{
    size_t length = 0;
    while (length < data.length && (data.data[length] == '\r' || data.data[length] == '\n')) {
        length++;
    }
    return length;
}

static bool
has_line_end(sip_span data)
{
    return sip_span_cut_line(&data).length > 0;
}

/* Whether data may be the first part of a start line: a token, or "SIP/" and the like, and
 * text behind it without a line end; or a line that what follows has to speak for. */
static bool
may_become_start_line(sip_span data)
{
    if (data.length > SIP_LIMIT_PARTIAL_LINE) {
        return false;
    }
    if (sip_start_line_is_open(data)) {
        return true;
    }
    if (has_line_end(data)) {
        return false;
    }
    size_t blanks = sip_span_run(data, SIP_CHAR_BLANK);
    sip_span text = sip_span_from(data, blanks);
    size_t token = sip_span_run(text, SIP_CHAR_TOKEN);
    if (token == text.length) {
        return true;
    }
    return token > 0 && (sip_char_is(text.data[token], SIP_CHAR_BLANK) || text.data[token] == '/');
}

/* How far a line behind others is a start line; data goes on to the end of what is there.
 * Perhaps: more has to come, of the line or of what follows it, to tell. */
static sip_agreement
judge_line(sip_span data)
{
    sip_start_line line;
    bool open =
        has_line_end(data) ? sip_start_line_is_open(data) : sip_start_line_agreement(data) == SIP_SURELY_A_START_LINE;
    if (open && data.length <= SIP_LIMIT_PARTIAL_LINE) {
        return SIP_MAYBE_A_START_LINE;
    }
    bool found = sip_start_line_recognise(data, &line) != SIP_NOT_A_START_LINE && line.ending.length > 0;
    return found ? SIP_SURELY_A_START_LINE : SIP_NO_START_LINE;
}

/* Looks for where the next start line begins, or may begin, at the start of a line, from
 * within data on, and says which of these *place is. sure: one of a registered method or a
 * response alone, for the end of a body and a start line behind it may together look like one
 * of another method. */
static sip_agreement
find_start_line(sip_span data, sip_span within, bool sure, const uint8_t **place)
{
    sip_agreement found = SIP_NO_START_LINE;
    const uint8_t *lf;
    while (found == SIP_NO_START_LINE && (lf = sip_span_find(within, '\n')) != NULL) {
        within = sip_span_between(lf + 1, sip_span_end(within));
        sip_span rest = sip_span_between(lf + 1, sip_span_end(data));
        bool is_text = rest.length > 0 && sip_char_is(rest.data[0], SIP_CHAR_TOKEN | SIP_CHAR_BLANK);
        if (is_text && (!sure || sip_start_line_agreement(rest) == SIP_SURELY_A_START_LINE)) {
            found = judge_line(rest);
            *place = rest.data;
        }
    }
    return found;
}

/* Bytes that belong to no message: up to the next start line at the start of a line, or
 * up to what may be the first part of one at the end of the data. */
static size_t
other_length(sip_span data)
{
    const uint8_t *next;
    if (find_start_line(data, data, false, &next) != SIP_NO_START_LINE) {
        return (size_t)(next - data.data);
    }
    size_t tail = data.length;
    while (tail > 0 && data.data[tail - 1] != '\n' && data.data[tail - 1] != 0) {
        tail--;
    }
    bool may_go_on =
        tail > 0 && tail < data.length && sip_start_line_agreement(sip_span_from(data, tail)) != SIP_NO_START_LINE;
    return may_go_on ? tail : data.length;
}

/* Whether a body of this message may hold start lines of its own. */
static bool
may_quote_messages(const sip_message *message)
{
    sip_span type = message->content_type;
    sip_span major = {type.data, sip_span_run(type, SIP_CHAR_TOKEN)};
    return sip_span_equal_nocase(major, SIP_SPAN("message")) || sip_span_equal_nocase(major, SIP_SPAN("multipart")) ||
           sip_span_equal_nocase(major, SIP_SPAN("text"));
}

/* Ends a body where the next message begins inside it, since then Content-Length is too
 * large. Says whether it does; perhaps: more has to come to tell. */
static sip_agreement
end_body_at_next_message(sip_span data, sip_message *message)
{
    /* From the line end before the body on, which may begin with the start line, up to its
     * last byte: a line that begins behind that does not begin inside of it. */
    sip_span within = {message->body.data - 1, message->body.length};
    const uint8_t *next;
    sip_agreement found = find_start_line(data, within, true, &next);
    if (found == SIP_SURELY_A_START_LINE) {
        message->body = sip_span_between(message->body.data, next);
        message->rest = sip_span_between(next, sip_span_end(data));
    }
    return found;
}

/* Decides on the body of frame->message. True if it is whole. */
static bool
frame_body(sip_span data, sip_frame *frame)
{
    sip_message *message = &frame->message;
    size_t there = message->body.length;
    if (!message->length_known || message->length > SIP_LIMIT_BODY) {
        sip_message_drop_body(message);
        return true;
    }
    if (message->length == 0) {
        return true;
    }
    if (may_quote_messages(message)) {
        frame->missing = message->length - there;
        return frame->missing == 0;
    }
    /* The next message may stand where the body should, so that each further segment has to
     * be looked at: how many bytes are missing is not to be relied on. Nor is the body whole
     * while the line that it ends in goes on behind it and may be the next message's; but it is
     * where nothing is behind it, as there may be no more to come. */
    sip_agreement next = end_body_at_next_message(data, message);
    bool alone = message->rest.length == 0;
    return next == SIP_SURELY_A_START_LINE || (message->length == there && (next == SIP_NO_START_LINE || alone));
}

/* Decides on data that starts with frame->message. */
static void
frame_message(sip_span data, sip_frame *frame)
{
    sip_message *message = &frame->message;
    frame->kind = SIP_FRAME_INCOMPLETE;
    frame->length = data.length;
    frame->recognised = message->start_line.ending.length > 0;
    frame->likely = !frame->recognised && sip_start_line_agreement(data) == SIP_SURELY_A_START_LINE;

    if (!message->headers_end) {
        if (data.length >= SIP_LIMIT_PARTIAL_HEADERS) {
            frame->kind = SIP_FRAME_MESSAGE;
        }
        return;
    }
    bool whole = frame_body(data, frame);
    /* A CR at the very end of the headers may be half of a CRLF. */
    if (message->body.data == sip_span_end(data) && data.data[data.length - 1] == '\r') {
        frame->missing += whole || frame->missing > 0;
        whole = false;
    }
    if (whole) {
        frame->kind = SIP_FRAME_MESSAGE;
        frame->length = (size_t)(sip_span_end(message->body) - data.data);
        frame->reaches =
            message->length_known && message->length <= SIP_LIMIT_BODY && message->length > message->body.length;
    }
}

/* A start line without an end that is longer than any is thought to be. */
static bool
is_endless(sip_span data, const sip_start_line *line)
{
    return line->ending.length == 0 && data.length > SIP_LIMIT_PARTIAL_LINE;
}

void
sip_framing_next(sip_span data, sip_frame *frame)
{
    *frame = (sip_frame){.length = line_breaks(data)};
    if (frame->length > 0) {
        frame->kind = SIP_FRAME_KEEP_ALIVE;
    } else if (sip_message_parse(data, true, &frame->message) && !is_endless(data, &frame->message.start_line)) {
        frame_message(data, frame);
    } else if (may_become_start_line(data)) {
        frame->kind = SIP_FRAME_INCOMPLETE;
        frame->length = data.length;
        frame->likely = sip_start_line_agreement(data) == SIP_SURELY_A_START_LINE;
    } else {
        frame->kind = SIP_FRAME_OTHER;
        frame->length = other_length(data);
    }
}

bool
sip_framing_starts(sip_span data)
{
    sip_start_line line;
    sip_span front = sip_span_from(data, line_breaks(data));
    if (sip_start_line_recognise(front, &line) != SIP_NOT_A_START_LINE && line.ending.length > 0) {
        return true;
    }
    return sip_start_line_agreement(front) == SIP_SURELY_A_START_LINE && may_become_start_line(front);
}
