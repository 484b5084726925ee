/* message_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is a name, a message, and what is expected of it: its method, what its
 * Content-Length says if that is a number, the values that are kept, the body in
 * brackets, and what is left behind the body in brackets.
 */
#include "check.h"
#include "render.h"

#include "sip/message.h"

#define BYE "BYE sip:h.example SIP/2.0\r\n"
#define OK  "SIP/2.0 200 OK\r\n"

typedef struct message_case {
    const char *name;
    sip_span data;
    const char *expected;
} message_case;

/* In a datagram the body without a Content-Length is all that is left (RFC 3261
 * section 18.3). */
static const message_case datagram_cases[] = {
    {"a body", BYTES(BYE "Content-Length: 5\r\n\r\nhello"), "BYE length=5 body[hello] rest[]"},
    {"compact Content-Length", BYTES(BYE "l:5\r\n\r\nhello"), "BYE length=5 body[hello] rest[]"},
    {"no body", BYTES(BYE "l: 0\r\n\r\n"), "BYE length=0 body[] rest[]"},
    {"no Content-Length", BYTES(BYE "To: x\r\n\r\nhello"), "BYE to=x body[hello] rest[]"},
    {"no header fields", BYTES(BYE "\r\nhello"), "BYE body[hello] rest[]"},
    {"Content-Length too small", BYTES(BYE "l: 2\r\n\r\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"Content-Length 0, but a body", BYTES(BYE "l: 0\r\n\r\nhello"), "BYE length=0 body[] rest[hello]"},
    {"a second message behind the first", BYTES(BYE "l: 0\r\n\r\n" OK),
     "BYE length=0 body[] rest[SIP/2.0 200 OK<CR><LF>]"},
    {"Content-Length too large", BYTES(BYE "l: 9999\r\n\r\nhello"), "BYE length=9999 body[hello] rest[]"},
    {"Content-Length with leading zeros", BYTES(BYE "l: 0000000000000000005\r\n\r\nhello"),
     "BYE length=5 body[hello] rest[]"},
    {"Content-Length 2^32", BYTES(BYE "l: 4294967296\r\n\r\nhello"), "BYE length=4294967295 body[hello] rest[]"},
    {"Content-Length 2^64 + 2", BYTES(BYE "l: 18446744073709551618\r\n\r\nhello"),
     "BYE length=4294967295 body[hello] rest[]"},
    {"Content-Length negative", BYTES(BYE "l: -999\r\n\r\nhello"), "BYE no-number=-999 body[hello] rest[]"},
    {"Content-Length in words", BYTES(BYE "l: five\r\n\r\nhello"), "BYE no-number=five body[hello] rest[]"},
    {"Content-Length with a remark", BYTES(BYE "l: 2;x\r\n\r\nhello"), "BYE no-number=2;x body[hello] rest[]"},
    {"Content-Length empty", BYTES(BYE "l:\r\n\r\nhello"), "BYE no-number= body[hello] rest[]"},
    {"Content-Length folded", BYTES(BYE "l:\r\n 2\r\n\r\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"Content-Length twice: the first counts", BYTES(BYE "l: 5\r\nl: 2\r\n\r\nhello"),
     "BYE length=5 body[hello] rest[]"},
    {"Content-Length in the body does not count", BYTES(BYE "\r\nl: 1\r\n\r\n"),
     "BYE body[l: 1<CR><LF><CR><LF>] rest[]"},

    {"a request is about its own method", BYTES(BYE "CSeq: 1 INVITE\r\n\r\n"), "BYE cseq=1 INVITE body[] rest[]"},
    {"a response is about the method in CSeq", BYTES(OK "CSeq: 7 OPTIONS\r\n\r\n"),
     "OPTIONS cseq=7 OPTIONS body[] rest[]"},
    {"a response without CSeq", BYTES(OK "To: x\r\n\r\n"), "no-method to=x body[] rest[]"},
    {"a response with a malformed CSeq", BYTES(OK "CSeq: OPTIONS 7\r\n\r\n"), "no-method cseq=OPTIONS 7 body[] rest[]"},
    {"a response with an empty CSeq", BYTES(OK "CSeq:\r\n\r\n"), "no-method cseq= body[] rest[]"},
    {"the first CSeq counts", BYTES(OK "CSeq: 1 BYE\r\nCSeq: 2 ACK\r\n\r\n"), "BYE cseq=1 BYE body[] rest[]"},
    {"Reason and Warning", BYTES(BYE "Reason: Q.850;cause=16\r\nWarning: 399 h \"x\"\r\nReason: SIP\r\n\r\n"),
     "BYE reason=Q.850;cause=16 warning=399 h \"x\" body[] rest[]"},

    {"what tells transactions and calls apart",
     BYTES("SIP/2.0 180 Ringing\r\nv: SIP/2.0/UDP h, SIP/2.0/UDP g\r\nf: <sip:a@h>;tag=a\r\nt: <sip:b@h>\r\ni: c@h\r\n"
           "RSeq: 7\r\n\r\n"),
     "no-method call-id=c@h from=<sip:a@h>;tag=a to=<sip:b@h> via=SIP/2.0/UDP h, SIP/2.0/UDP g rseq=7 "
     "vias=v: SIP/2.0/UDP h, SIP/2.0/UDP g body[] rest[]"},
    {"the first of each counts, even if it is empty",
     BYTES(BYE "Via:\r\nVia: 2\r\nFrom: 1\r\nFrom: 2\r\nTo: 1\r\nTo: 2\r\nCall-ID: 1\r\nCall-ID: 2\r\nRSeq: 1\r\n"
               "RSeq: 2\r\n\r\n"),
     "BYE call-id=1 from=1 to=1 via= rseq=1 vias=Via:<CR><LF>Via: 2 body[] rest[]"},
    {"all of Via, with what stands between and folded, and the media type",
     BYTES(BYE "Via: 1\r\nc: text/plain\r\nVIA: 2,\r\n 3\r\nContent-Type: x/y\r\nTo: 1\r\n\r\n"),
     "BYE to=1 via=1 content-type=text/plain "
     "vias=Via: 1<CR><LF>c: text/plain<CR><LF>VIA: 2,<CR><LF> 3 body[] rest[]"},
    {"none of them from the body", BYTES(BYE "\r\nVia: 1\r\nFrom: 1\r\nTo: 1\r\nCall-ID: 1\r\nRSeq: 1\r\n"),
     "BYE body[Via: 1<CR><LF>From: 1<CR><LF>To: 1<CR><LF>Call-ID: 1<CR><LF>RSeq: 1<CR><LF>] rest[]"},

    {"LF alone", BYTES("BYE sip:h.example SIP/2.0\nl: 2\n\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"CR alone", BYTES("BYE sip:h.example SIP/2.0\rl: 2\r\rhello"), "BYE length=2 body[he] rest[llo]"},
    {"line breaks in front", BYTES("\r\n\r\n" BYE "l: 2\r\n\r\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"NULs in front", BYTES("\0\0\0\0" BYE "l: 2\r\n\r\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"a body with NULs", BYTES(BYE "l: 3\r\n\r\n\0\0\0\0"), "BYE length=3 body[<NUL><NUL><NUL>] rest[<NUL>]"},

    {"only a start line", BYTES(BYE), "BYE no-end body[] rest[]"},
    {"a start line without an end", BYTES("BYE sip:h.example SIP/2.0"), "BYE no-end body[] rest[]"},
    {"no empty line", BYTES(BYE "l: 5\r\nTo: x\r\n"), "BYE no-end length=5 to=x body[] rest[]"},
    {"cut in a header field", BYTES(BYE "l: 5\r\nTo"), "BYE no-end length=5 body[] rest[]"},
    {"cut in the empty line", BYTES(BYE "l: 5\r\n\r"), "BYE length=5 body[] rest[]"},

    {"HTTP", BYTES("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), "no message"},
    {"a header field", BYTES("Via: SIP/2.0/UDP h\r\n\r\n"), "no message"},
    {"a keep-alive", BYTES("\r\n\r\n"), "no message"},
    {"nothing", BYTES(""), "no message"},
};

/* On a stream the body without a Content-Length is empty. */
static const message_case stream_cases[] = {
    {"a body", BYTES(BYE "l: 5\r\n\r\nhello"), "BYE length=5 body[hello] rest[]"},
    {"no Content-Length", BYTES(BYE "To: x\r\n\r\nhello"), "BYE to=x body[] rest[hello]"},
    {"Content-Length too small, or another message", BYTES(BYE "l: 2\r\n\r\nhello"), "BYE length=2 body[he] rest[llo]"},
    {"Content-Length for what is still to come", BYTES(BYE "l: 9999\r\n\r\nhello"),
     "BYE length=9999 body[hello] rest[]"},
    {"Content-Length negative", BYTES(BYE "l: -999\r\n\r\nhello"), "BYE no-number=-999 body[] rest[hello]"},
    {"Content-Length empty", BYTES(BYE "l:\r\n\r\nhello"), "BYE no-number= body[] rest[hello]"},
    {"no empty line", BYTES(BYE "To: x\r\n"), "BYE no-end to=x body[] rest[]"},
};

static void
render_message(rendering *out, const sip_message *message)
{
    sip_span method = sip_message_method(message);
    if (sip_span_present(method)) {
        render_bytes(out, method);
    } else {
        render(out, "no-method");
    }
    if (!message->headers_end) {
        render(out, " no-end");
    }
    if (message->length_known) {
        render(out, " length=%u", message->length);
    } else {
        render_part(out, "no-number", message->content_length);
    }
    render_part(out, "cseq", message->cseq);
    render_part(out, "call-id", message->call_id);
    render_part(out, "from", message->from);
    render_part(out, "to", message->to);
    render_part(out, "via", message->via);
    render_part(out, "rseq", message->rseq);
    render_part(out, "content-type", message->content_type);
    render_part(out, "vias", message->vias);
    render_part(out, "reason", message->reason);
    render_part(out, "warning", message->warning);
    render(out, " body[");
    render_bytes(out, message->body);
    render(out, "] rest[");
    render_bytes(out, message->rest);
    render(out, "]");
}

/* What holds of all data: the parts follow each other and fill it. */
static void
check_parts(sip_span data, const sip_message *message)
{
    check_that(message->start_line.lead.data == data.data, "the lead at the front");
    check_that(message->headers.data == sip_span_end(message->start_line.ending), "headers behind the start line");
    check_that(message->body.data == sip_span_end(message->headers), "a body behind the headers");
    check_that(message->rest.data == sip_span_end(message->body), "the rest behind the body");
    check_that(sip_span_end(message->rest) == sip_span_end(data), "the end of the data behind the rest");
    check_inside(data, message->headers, "the headers");
    check_inside(data, message->body, "the body");
    check_inside(message->headers, message->cseq, "CSeq");
    check_inside(message->headers, message->call_id, "Call-ID");
    check_inside(message->headers, message->from, "From");
    check_inside(message->headers, message->to, "To");
    check_inside(message->headers, message->via, "Via");
    check_inside(message->headers, message->rseq, "RSeq");
    check_inside(message->headers, message->reason, "Reason");
    check_inside(message->headers, message->warning, "Warning");
    check_inside(message->headers, message->content_length, "Content-Length");
    check_inside(data, sip_message_method(message), "the method");
    check_that(!message->length_known || sip_span_present(message->content_length), "a length only if it stands there");
    check_that(!message->length_known || message->body.length <= message->length, "no more body than the length says");
    check_that(message->headers_end || message->body.length + message->rest.length == 0, "nothing behind open headers");
}

static void
examine_either(sip_span data, bool on_stream)
{
    sip_message message;
    sip_start_line line;
    check_paint(&message, sizeof(message));
    bool found = sip_message_parse(data, on_stream, &message);
    check_that(found == (sip_start_line_recognise(data, &line) != SIP_NOT_A_START_LINE), "what its start line is");
    if (!found) {
        check_untouched(&message, sizeof(message));
        return;
    }
    check_parts(data, &message);
    check_that(message.length_known || (on_stream ? message.body : message.rest).length == 0,
               "without a length, no body on a stream and nothing else in a datagram");
    sip_message_drop_body(&message);
    check_parts(data, &message);
    check_that(message.body.length == 0, "no body when it was dropped");
}

static void
examine(sip_span data)
{
    examine_either(data, false);
    examine_either(data, true);
}

static void
test_messages(const message_case *cases, size_t count, bool on_stream)
{
    for (size_t i = 0; i < count; i++) {
        sip_message message;
        rendering got = {0};
        check_case(cases[i].name);
        if (sip_message_parse(check_guarded_behind(cases[i].data), on_stream, &message)) {
            render_message(&got, &message);
        } else {
            render(&got, "no message");
        }
        check_same(cases[i].expected, got.text);
        check_prefixes(cases[i].data, examine);
    }
}

static void
test_drop_body(void)
{
    sip_message message;
    rendering got = {0};
    check_case("a body that is dropped belongs to the rest");
    if (check_that(sip_message_parse(SIP_SPAN(BYE "l: 2\r\n\r\nhello"), true, &message), "a message")) {
        sip_message_drop_body(&message);
        render_message(&got, &message);
        check_same("BYE length=2 body[] rest[hello]", got.text);
    }
}

int
main(void)
{
    test_messages(datagram_cases, COUNT(datagram_cases), false);
    test_messages(stream_cases, COUNT(stream_cases), true);
    test_drop_body();
    return check_summary();
}
