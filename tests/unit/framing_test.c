/* framing_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is a name, the bytes of a stream, and the frames that are expected in it,
 * each in brackets with its length: messages by their method and their body, what
 * belongs to no message by its bytes. An incomplete frame ends the list.
 */
#include "check.h"
#include "render.h"

#include "sip/framing.h"
#include "sip/limits.h"

#include <string.h>

#define BYE "BYE sip:h.example SIP/2.0\r\n"     /* 27 bytes */
#define OK  "SIP/2.0 200 OK\r\nCSeq: 1 BYE\r\n" /* 29 bytes */

typedef struct stream_case {
    const char *name;
    sip_span stream;
    const char *expected;
} stream_case;

/* Streams of whole messages: they are cut at every byte, too. */
static const stream_case whole_cases[] = {
    {"one message without a body", BYTES(BYE "\r\n"), "[29 BYE body=]"},
    {"one message with a body", BYTES(BYE "l: 5\r\n\r\nhello"), "[40 BYE body=hello]"},
    {"two messages", BYTES(BYE "l: 5\r\n\r\nhello" OK "l: 0\r\n\r\n"), "[40 BYE body=hello][37 BYE body=]"},
    {"two messages without Content-Length", BYTES(BYE "\r\n" OK "\r\n"), "[29 BYE body=][31 BYE body=]"},
    {"three messages", BYTES(OK "\r\n" BYE "l: 1\r\n\r\nx" OK "\r\n"), "[31 BYE body=][36 BYE body=x][31 BYE body=]"},
    {"keep-alives around messages", BYTES("\r\n\r\n" BYE "\r\n\r\n" OK "\r\n\r\n\r\n"),
     "[4 keep-alive][29 BYE body=][2 keep-alive][31 BYE body=][4 keep-alive]"},
    {"only keep-alives", BYTES("\r\n\r\n\r\n\r\n"), "[8 keep-alive]"},
    {"a pong", BYTES("\r\n"), "[2 keep-alive]"},
    {"a body that is a message", BYTES(BYE "l: 31\r\nc: message/sip\r\n\r\n" OK "\r\n" BYE "\r\n"),
     "[83 BYE body=SIP/2.0 200 OK<CR><LF>CSeq: 1 BYE<CR><LF><CR><LF>][29 BYE body=]"},
    {"a body that is the first letter of a method", BYTES(BYE "c: a/b\r\nl: 1\r\n\r\nB" BYE "\r\n"),
     "[44 BYE body=B][29 BYE body=]"},
    {"a missing body and a length that reaches into the next message", BYTES(BYE "l: 999\r\n\r\n" BYE "\r\n"),
     "[37 BYE body=][29 BYE body=]"},
    {"a body that ends in CR", BYTES(BYE "l: 2\r\n\r\nx\r" BYE "\r\n"), "[37 BYE body=x<CR>][29 BYE body=]"},
    {"a body that begins with a line break", BYTES(BYE "l: 3\r\n\r\n\r\nx" BYE "\r\n"),
     "[38 BYE body=<CR><LF>x][29 BYE body=]"},
    {"folded Content-Length", BYTES(BYE "l:\r\n 2\r\n\r\nok" BYE "\r\n"), "[39 BYE body=ok][29 BYE body=]"},
    {"LF alone", BYTES("BYE sip:h SIP/2.0\nl: 2\n\nokBYE sip:h SIP/2.0\n\n"), "[26 BYE body=ok][19 BYE body=]"},
    {"a malformed Content-Length counts as none", BYTES(BYE "l: x\r\n\r\n" BYE "\r\n"), "[35 BYE body=][29 BYE body=]"},
    {"a space before the start line", BYTES(BYE "\r\n " BYE "\r\n"), "[29 BYE body=][30 BYE body=]"},
    {"an unknown method", BYTES("FOO-1 sip:h SIP/2.0\r\n\r\n" BYE "\r\n"), "[23 FOO-1 body=][29 BYE body=]"},
    {"a header field speaks for the line", BYTES("ACK h SIP/2.0\r\nl : 2\r\n\r\nok" BYE "\r\n"),
     "[26 ACK body=ok][29 BYE body=]"},
    {"an empty line speaks for the line", BYTES("ACK h SIP/2.0\r\n\r\n" BYE "\r\n"), "[17 ACK body=][29 BYE body=]"},
    {"a header field speaks for a line that ends in LF", BYTES("FOO sip:a b SIP/2.0\nl: 2\n\nok"), "[28 FOO body=ok]"},
    {"an empty line speaks for a URI with white space", BYTES("ACK sip:a b SIP/2.0\r\n\r\n"), "[23 ACK body=]"},
};

/* Streams with gaps, garbage and open ends. */
static const stream_case broken_cases[] = {
    {"NULs before a message", BYTES("\0\0" BYE "\r\n"), "[31 BYE body=]"},
    {"CR alone, and more behind it", BYTES("BYE sip:h SIP/2.0\rl: 2\r\rokBYE sip:h SIP/2.0\r\r\n"),
     "[26 BYE body=ok][20 BYE body=]"},
    {"a line that is none, ended by CR alone", BYTES("ACK sip: S sip:b@h SIP/2.0\rVia: x"),
     "[33 other=ACK sip: S sip:b@h SIP/2.0<CR>Via: x]"},
    {"the same, and what may be one behind a NUL", BYTES("ACK sip: S\0BYE sip:b@h SIP/2.0\rVia: x"),
     "[11 other=ACK sip: S<NUL>][26 incomplete recognised]"},
    {"CR alone, and nothing behind it", BYTES("BYE sip:h SIP/2.0\r\r"), "[19 incomplete missing=1 recognised]"},

    {"a method", BYTES("INV"), "[3 incomplete]"},
    {"a method and a space", BYTES("INVITE "), "[7 incomplete]"},
    {"a version", BYTES("SIP/2"), "[5 incomplete]"},
    {"a start line without its end", BYTES("BYE sip:h SIP/2.0"), "[17 incomplete]"},
    {"a start line and half of its end", BYTES("BYE sip:h SIP/2.0\r"), "[18 incomplete recognised]"},
    {"a start line and its end", BYTES(BYE), "[27 incomplete recognised]"},
    {"half of a header field", BYTES(BYE "To: "), "[31 incomplete recognised]"},
    {"a header field and half of its end", BYTES(BYE "l: 5\r"), "[32 incomplete recognised]"},
    {"half of the empty line", BYTES(BYE "\r"), "[28 incomplete missing=1 recognised]"},
    {"half of the empty line, a body to come", BYTES(BYE "c: text/b\r\nl: 5\r\n\r"),
     "[45 incomplete missing=6 recognised]"},
    {"no body yet", BYTES(BYE "c: text/b\r\nl: 5\r\n\r\n"), "[46 incomplete missing=5 recognised]"},
    {"half of a body", BYTES(BYE "c: text/b\r\nl: 5\r\n\r\nhel"), "[49 incomplete missing=2 recognised]"},
    {"half of a body that is a CR", BYTES(BYE "c: text/b\r\nl: 2\r\n\r\n\r"), "[47 incomplete missing=1 recognised]"},
    {"half of a body behind which the next message may stand", BYTES(BYE "l: 5\r\n\r\nhel"),
     "[38 incomplete recognised]"},
    {"a length that reaches into the next message", BYTES(BYE "l: 9\r\n\r\nok\r\n" BYE "\r\n"),
     "[39 BYE body=ok<CR><LF>][29 BYE body=]"},
    {"a length that reaches into a line that what follows speaks for",
     BYTES(BYE "l: 9\r\n\r\nok\r\nBYE sip: SIP/2.0\r\nl:"), "[39 BYE body=ok<CR><LF>][20 incomplete recognised]"},
    {"a length that reaches into a line for which nothing speaks yet",
     BYTES(BYE "l: 9\r\n\r\nok\r\nBYE sip: SIP/2.0\r\nl"), "[58 incomplete recognised]"},
    {"a length that reaches into a line for which nothing speaks",
     BYTES(BYE "l: 9\r\n\r\nok\r\nBYE sip: SIP/2.0\r\nl\r\n"),
     "[44 BYE body=ok<CR><LF>BYE s][16 other=ip: SIP/2.0<CR><LF>l<CR><LF>]"},
    {"a length that reaches into half of a start line", BYTES(BYE "l: 5\r\n\r\nok\r\nBYE sip:"),
     "[47 incomplete recognised]"},
    {"a missing body and a length that reaches into half of a start line", BYTES(BYE "l: 1\r\n\r\nSIP/2.0 2"),
     "[44 incomplete recognised]"},
    {"a length that reaches into half of what was none", BYTES(BYE "l: 5\r\n\r\nok\r\nBYE sip:h\r\n"),
     "[40 BYE body=ok<CR><LF>B][10 other=YE sip:h<CR><LF>]"},
    {"a body that ends in a method, and a word behind it", BYTES(BYE "l: 5\r\n\r\nok\r\nBYE si"),
     "[40 BYE body=ok<CR><LF>B][5 incomplete]"},
    {"a body that ends like half of a start line, and nothing behind it", BYTES(BYE "l: 12\r\n\r\nok\r\nBYE sip:"),
     "[48 BYE body=ok<CR><LF>BYE sip:]"},
    {"a body that ends like a start line for which nothing speaks", BYTES(BYE "l: 18\r\n\r\nBYE sip: SIP/2.0\r\n"),
     "[54 BYE body=BYE sip: SIP/2.0<CR><LF>]"},
    {"a body that ends in a line end, and half of a start line", BYTES(BYE "l: 4\r\n\r\nok\r\nBYE sip:"),
     "[39 BYE body=ok<CR><LF>][8 incomplete]"},
    {"text that ends like half of a start line, which it may quote", BYTES(BYE "c: text/b\r\nl: 1\r\n\r\nBYE sip:"),
     "[47 BYE body=B][7 incomplete]"},
    {"a message, then the start of another", BYTES(BYE "\r\nSI"), "[29 BYE body=][2 incomplete]"},
    {"a keep-alive, then the start of a message", BYTES("\r\nBYE sip:"), "[2 keep-alive][8 incomplete]"},
    {"white space may come before a start line", BYTES("  "), "[2 incomplete]"},

    {"a line that what follows decides on", BYTES("UPDATE available SIP/2.0\r\n"), "[26 incomplete]"},
    {"half of an empty line behind it", BYTES("UPDATE available SIP/2.0\r\n\r"), "[27 incomplete]"},
    {"behind LF this is none", BYTES("UPDATE available SIP/2.0\n\r"), "[26 other=UPDATE available SIP/2.0<LF><CR>]"},
    {"NULs, and half of its end", BYTES("\0\0UPDATE available SIP/2.0\r"), "[27 incomplete]"},
    {"half of a name behind it", BYTES("UPDATE available SIP/2.0\r\nv "), "[28 incomplete recognised]"},
    {"a log behind it", BYTES("UPDATE available SIP/2.0\nv 2\n"), "[29 other=UPDATE available SIP/2.0<LF>v 2<LF>]"},
    {"garbage, then a line that what follows decides on", BYTES("x=1\nUPDATE available SIP/2.0\n"),
     "[4 other=x=1<LF>][25 incomplete]"},
    {"a line for which nothing can speak", BYTES("FOO bar SIP/2.0\r\n"), "[17 other=FOO bar SIP/2.0<CR><LF>]"},

    {"the end of a lost message", BYTES("branch=z9hG4bK1\r\nTo: x\r\n\r\n" BYE "\r\n"),
     "[26 other=branch=z9hG4bK1<CR><LF>To: x<CR><LF><CR><LF>][29 BYE body=]"},
    {"garbage without a line end in front of a message", BYTES("x=1" BYE "\r\n"),
     "[32 other=x=1BYE sip:h.example SIP/2.0<CR><LF><CR><LF>]"},
    {"garbage that ends in LF", BYTES("\xFF\xFE\n" BYE "\r\n"), "[3 other=<FF><FE><LF>][29 BYE body=]"},
    {"garbage between messages", BYTES(BYE "\r\nv=0\r\no=x\r\n" OK "\r\n"),
     "[29 BYE body=][10 other=v=0<CR><LF>o=x<CR><LF>][31 BYE body=]"},
    {"a body without a Content-Length", BYTES(BYE "\r\nhello, world\r\n" OK "\r\n"),
     "[29 BYE body=][14 other=hello, world<CR><LF>][31 BYE body=]"},
    {"empty lines in garbage", BYTES("x=1\r\n\r\n\r\n" BYE "\r\n"),
     "[9 other=x=1<CR><LF><CR><LF><CR><LF>][29 BYE body=]"},
    {"garbage that mentions SIP", BYTES("x=1\r\nVia: SIP/2.0/UDP h\r\nGET / HTTP/1.1\r\n" BYE "\r\n"),
     "[41 other=x=1<CR><LF>Via: SIP/2.0/UDP h<CR><LF>GET / HTTP/1.1<CR><LF>][29 BYE body=]"},
    {"nothing but garbage", BYTES("x=1\r\ny=2\r\n"), "[10 other=x=1<CR><LF>y=2<CR><LF>]"},
    {"HTTP", BYTES("GET / HTTP/1.1\r\n\r\n"), "[18 other=GET / HTTP/1.1<CR><LF><CR><LF>]"},
    {"a header field", BYTES("Via: SIP/2.0/TCP h\r\n"), "[20 other=Via: SIP/2.0/TCP h<CR><LF>]"},
    {"TLS", BYTES("\x16\x03\x01\x02"), "[4 other=<16><03><01><02>]"},
    {"a NUL", BYTES("\0"), "[1 other=<NUL>]"},

    {"an absurd Content-Length counts as 0", BYTES(BYE "l: 99999999999999999999\r\n\r\n" OK "\r\n"),
     "[54 BYE body=][31 BYE body=]"},
    {"an absurd Content-Length with half of the empty line", BYTES(BYE "l: 4294967295\r\n\r"),
     "[43 incomplete missing=1 recognised]"},
};

static void
render_frame(rendering *out, sip_span data, const sip_frame *frame)
{
    sip_span bytes = {data.data, frame->length};
    render(out, "[%zu ", frame->length);
    switch (frame->kind) {
    case SIP_FRAME_MESSAGE:
        render_bytes(out, sip_message_method(&frame->message));
        render_part(out, "body", frame->message.body);
        break;
    case SIP_FRAME_KEEP_ALIVE:
        render(out, "keep-alive");
        break;
    case SIP_FRAME_INCOMPLETE:
        render(out, "incomplete");
        if (frame->missing > 0) {
            render(out, " missing=%zu", frame->missing);
        }
        render(out, "%s", frame->recognised ? " recognised" : "");
        break;
    case SIP_FRAME_OTHER:
        render(out, "other=");
        render_bytes(out, bytes);
        break;
    }
    render(out, "]");
}

/* What holds of all data that is not empty. */
static void
examine(sip_span data)
{
    sip_frame frame;
    if (data.length == 0) {
        return;
    }
    sip_framing_next(data, &frame);
    check_that(frame.length >= 1 && frame.length <= data.length, "a length from 1 to all of the data");
    check_that(frame.kind != SIP_FRAME_INCOMPLETE || frame.length == data.length, "incomplete with all of the data");
    check_that(frame.kind == SIP_FRAME_INCOMPLETE || frame.missing == 0, "bytes missing only where it is incomplete");
    check_that(frame.kind != SIP_FRAME_MESSAGE || frame.recognised, "a message that is recognised");
    check_that(!frame.recognised || frame.kind == SIP_FRAME_MESSAGE || frame.kind == SIP_FRAME_INCOMPLETE,
               "recognised only if it is a message or the start of one");
    check_that(frame.kind == SIP_FRAME_KEEP_ALIVE || sip_framing_starts(data) == (frame.recognised || frame.likely),
               "the look at the front alone, with the same answer");
    if (frame.recognised) {
        check_that(frame.message.start_line.ending.length > 0, "a whole start line");
        check_that(frame.message.start_line.kind != SIP_NOT_A_START_LINE, "a message that is filled");
        check_inside(data, frame.message.headers, "the headers");
        check_inside(data, frame.message.body, "the body");
        check_that(sip_span_end(frame.message.rest) == sip_span_end(data), "the rest up to the end");
    }
    if (frame.kind == SIP_FRAME_MESSAGE) {
        check_that(data.data + frame.length == sip_span_end(frame.message.body), "a message that ends with its body");
    }
}

/* Takes frames off the front of *rest until it is empty or incomplete. If asked to,
 * leaves keep-alives out: how many line breaks make one depends on the cuts. */
static void
render_frames(rendering *out, sip_span *rest, bool only_messages)
{
    while (rest->length > 0) {
        sip_frame frame;
        sip_framing_next(*rest, &frame);
        if (frame.kind == SIP_FRAME_INCOMPLETE && only_messages) {
            return;
        }
        if (frame.kind != SIP_FRAME_KEEP_ALIVE || !only_messages) {
            render_frame(out, *rest, &frame);
        }
        *rest = sip_span_from(*rest, frame.length);
    }
}

/* The stream comes byte by byte: whenever frames are whole they are taken. */
static void
grow(sip_span stream, const char *expected)
{
    rendering got = {0};
    size_t taken = 0;
    for (size_t there = 1; there <= stream.length; there++) {
        sip_span rest = check_guarded_behind((sip_span){stream.data + taken, there - taken});
        render_frames(&got, &rest, true);
        taken = there - rest.length;
    }
    check_same(expected, got.text);
    check_that(taken == stream.length, "all taken");
}

/* The stream comes in two segments. */
static void
cut_in_two(sip_span stream, const char *expected)
{
    for (size_t cut = 1; cut < stream.length; cut++) {
        rendering got = {0};
        sip_span rest = check_guarded_behind((sip_span){stream.data, cut});
        check_prefix(cut);
        render_frames(&got, &rest, true);
        size_t taken = cut - rest.length;
        rest = check_guarded_behind(sip_span_from(stream, taken));
        render_frames(&got, &rest, true);
        check_same(expected, got.text);
        check_that(rest.length == 0, "all taken");
    }
}

/* With just the bytes that are said to be missing, and no byte less, there is a
 * whole message. */
static void
add_missing(sip_span stream)
{
    for (size_t there = 1; there < stream.length; there++) {
        sip_frame frame;
        check_prefix(there);
        sip_framing_next((sip_span){stream.data, there}, &frame);
        if (frame.kind != SIP_FRAME_INCOMPLETE || frame.missing == 0) {
            continue;
        }
        size_t whole = there + frame.missing;
        if (check_that(whole <= stream.length, "missing no more than there is to come")) {
            sip_framing_next((sip_span){stream.data, whole - 1}, &frame);
            check_that(frame.kind == SIP_FRAME_INCOMPLETE, "incomplete with one byte less");
            sip_framing_next((sip_span){stream.data, whole}, &frame);
            check_that(frame.kind == SIP_FRAME_MESSAGE && frame.length == whole, "a whole message");
        }
    }
}

static void
test_streams(const stream_case *cases, size_t count, bool whole)
{
    for (size_t i = 0; i < count; i++) {
        rendering got = {0};
        check_case(cases[i].name);
        sip_span rest = check_guarded_behind(cases[i].stream);
        render_frames(&got, &rest, false);
        check_same(cases[i].expected, got.text);
        check_prefixes(cases[i].stream, examine);
        if (whole) {
            rendering messages = {0};
            rest = cases[i].stream;
            render_frames(&messages, &rest, true);
            cut_in_two(cases[i].stream, messages.text);
            add_missing(cases[i].stream);
            grow(cases[i].stream, messages.text);
        }
    }
}

/* Limits: a row is what stands in front, and how long all of it is made by adding x. */
static const struct {
    const char *name;
    const char *front;
    size_t length;
    const char *back;
    const char *expected;
} limit_cases[] = {
    {"the longest line that may become a start line", "INVITE sip:", SIP_LIMIT_PARTIAL_LINE, "", "[16384 incomplete]"},
    {"one byte longer", "INVITE sip:", SIP_LIMIT_PARTIAL_LINE + 1, "", "[16385 other]"},
    {"the longest start line without an end", "SIP/2.0 200 ", SIP_LIMIT_PARTIAL_LINE, "", "[16384 incomplete]"},
    {"one byte longer, too", "SIP/2.0 200 ", SIP_LIMIT_PARTIAL_LINE + 1, "", "[16385 other]"},
    {"a start line that is longer, but whole", "SIP/2.0 200 ", SIP_LIMIT_PARTIAL_LINE + 2, "\r\n\r\n",
     "[16386 message][0 left]"},
    {"the longest line of which what follows decides", "INVITE x", SIP_LIMIT_PARTIAL_LINE, " SIP/2.0\n",
     "[16384 incomplete]"},
    {"one byte longer, again", "INVITE x", SIP_LIMIT_PARTIAL_LINE + 1, " SIP/2.0\n", "[16385 other]"},
    {"the longest line that a length reaches into", BYE "l: 1\r\n\r\nBYE sip:", 35 + SIP_LIMIT_PARTIAL_LINE, "",
     "[16419 incomplete recognised]"},
    {"one byte longer: it is none", BYE "l: 1\r\n\r\nBYE sip:", 36 + SIP_LIMIT_PARTIAL_LINE, "",
     "[36 message][16384 left]"},
    {"the longest header section that is not whole", BYE "X: ", SIP_LIMIT_PARTIAL_HEADERS - 1, "",
     "[65535 incomplete recognised]"},
    {"one byte longer: it will not be completed", BYE "X: ", SIP_LIMIT_PARTIAL_HEADERS, "", "[65536 message][0 left]"},
    {"one byte longer, and it ends in CR", BYE "X: ", SIP_LIMIT_PARTIAL_HEADERS, "\r", "[65536 message][0 left]"},
    {"a header section that is longer, but whole", BYE "X: ", SIP_LIMIT_PARTIAL_HEADERS + 10, "\r\n\r\n",
     "[65546 message][0 left]"},
    {"the largest body, not there", BYE "c: text/b\r\nl: 1048576\r\n\r\n", 52, "",
     "[52 incomplete missing=1048576 recognised]"},
    {"the largest body, but for a byte", BYE "c: text/b\r\nl: 1048576\r\n\r\n", 52 + SIP_LIMIT_BODY - 1, "",
     "[1048627 incomplete missing=1 recognised]"},
    {"the largest body", BYE "l: 1048576\r\n\r\n", 41 + SIP_LIMIT_BODY, "", "[1048617 message][0 left]"},
    {"a larger one counts as none", BYE "l: 1048577\r\n\r\n", 41, "", "[41 message][0 left]"},
    {"a larger one counts as none, though it is there", BYE "l: 1048577\r\n\r\n", 41 + SIP_LIMIT_BODY + 1, "",
     "[41 message][1048577 left]"},
};

static void
test_limits(void)
{
    static uint8_t buffer[CHECK_LARGEST];
    for (size_t i = 0; i < COUNT(limit_cases); i++) {
        sip_frame frame;
        rendering got = {0};
        size_t length = limit_cases[i].length;
        size_t back = strlen(limit_cases[i].back);
        memset(buffer, 'x', length);
        memcpy(buffer, limit_cases[i].front, strlen(limit_cases[i].front));
        memcpy(buffer + length - back, limit_cases[i].back, back);

        check_case(limit_cases[i].name);
        sip_span data = check_guarded_behind((sip_span){buffer, length});
        sip_framing_next(data, &frame);
        if (frame.kind == SIP_FRAME_MESSAGE) {
            render(&got, "[%zu message][%zu left]", frame.length, length - frame.length);
        } else if (frame.kind == SIP_FRAME_OTHER) {
            render(&got, "[%zu other]", frame.length);
        } else {
            render_frame(&got, data, &frame);
        }
        check_same(limit_cases[i].expected, got.text);
        examine(data);
        examine(check_guarded_before(data));
    }
}

/* What begins a stream that is not known yet. */
static const struct {
    const char *name;
    sip_span data;
    bool starts;
} start_cases[] = {
    {"a message", BYTES("BYE sip:b SIP/2.0\r\n"), true},
    {"a message behind line breaks", BYTES("\r\n\r\nBYE sip:b SIP/2.0\r\n"), true},
    {"what can hardly be anything else", BYTES("\r\nBYE sip:b"), true},
    {"what may be anything else", BYTES("BYE"), false},
    {"an open line", BYTES("BYE b SIP/2.0\r\n"), false},
    {"line breaks alone", BYTES("\r\n\r\n"), false},
    {"a message behind a line of something else", BYTES("220 ready\r\nBYE sip:b SIP/2.0\r\n"), false},
    {"nothing", BYTES(""), false},
};

static void
test_starts(void)
{
    for (size_t i = 0; i < COUNT(start_cases); i++) {
        check_case(start_cases[i].name);
        check_that(sip_framing_starts(check_guarded_behind(start_cases[i].data)) == start_cases[i].starts,
                   "the verdict on a stream's front");
    }
}

int
main(void)
{
    test_starts();
    test_streams(whole_cases, COUNT(whole_cases), true);
    test_streams(broken_cases, COUNT(broken_cases), false);
    test_limits();
    return check_summary();
}
