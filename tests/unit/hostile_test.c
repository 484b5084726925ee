/* hostile_test.c - half a megabyte of one pattern, through everything: no parser may
 * do work that grows with the square of its input.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include "sip/framing.h"
#include "sip/header.h"
#include "sip/identity.h"
#include "sip/rules.h"

#include <string.h>
#include <time.h>

enum {
    LENGTH = 512 * 1024,
    /* More than ten times what the slowest of these takes with sanitizers; what grows
     * with the square takes many times more. */
    SECONDS_OF_CPU = 1,
};

/* What stands in front of the pattern, so that it is met by this parser or that. */
static const sip_span fronts[] = {
    BYTES(""),
    BYTES("\n"),
    BYTES("x\n"),
    BYTES("INVITE "),
    BYTES("INVITE sip:"),
    BYTES("INVITE sip:a@"),
    BYTES("INVITE sip:["),
    BYTES("INVITE sip:h;"),
    BYTES("INVITE sip:h?"),
    BYTES("INVITE tel:"),
    BYTES("INVITE urn:"),
    BYTES("SIP/2.0 200 "),
    BYTES("BYE sip:h SIP/2.0\r\n"),
    BYTES("BYE sip:h SIP/2.0\r\nReason: "),
    BYTES("BYE sip:h SIP/2.0\r\nVia: SIP/2.0/UDP h;"),
    BYTES("BYE sip:h SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nCSeq: 1 BYE\r\nCall-ID: a\r\nFrom: "),
    BYTES("BYE sip:h SIP/2.0\r\nCSeq: 1 BYE\r\nCall-ID: a\r\nVia: SIP/2.0/UDP h,"),
    BYTES("BYE sip:h SIP/2.0\r\nContact: "),
    BYTES("BYE sip:h SIP/2.0\r\nContact: <sip:h>;"),
    BYTES("BYE sip:h SIP/2.0\r\nAuthorization: Digest "),
    BYTES("BYE sip:h SIP/2.0\r\n\r\n"),
};

static const sip_span patterns[] = {
    BYTES("\r"),
    BYTES("\n"),
    BYTES("\r\n"),
    BYTES("\n\r"),
    BYTES("\0"),
    BYTES("\n\0"),
    BYTES(" "),
    BYTES("\t "),
    BYTES("a"),
    BYTES("1"),
    BYTES("a "),
    BYTES("a\r"),
    BYTES("a\n"),
    BYTES("a:\r"),
    BYTES("a:\n"),
    BYTES("Reason:a,\r"),
    BYTES("Reason:a,\n"),
    BYTES(" a\r"),
    BYTES(" \n"),
    BYTES("a,"),
    BYTES("a;"),
    BYTES(";a=b"),
    BYTES("&a=b"),
    BYTES("\""),
    BYTES("\\"),
    BYTES("\"\\"),
    BYTES("\","),
    BYTES("<"),
    BYTES("<,"),
    BYTES("<>"),
    BYTES("@"),
    BYTES("a@"),
    BYTES("@;"),
    BYTES("%"),
    BYTES("%41"),
    BYTES(":"),
    BYTES("::"),
    BYTES("1:"),
    BYTES("1."),
    BYTES("a."),
    BYTES("]:"),
    BYTES("\xC3\xA9"),
    BYTES("\xE9"),
    BYTES("a: a:"),
    BYTES("A a: "),
    BYTES("A a:\n"),
    BYTES("A a: SIP/2\n"),
    BYTES("A a: SIP/2\r\r"),
    BYTES("A a: SIP/2\r\n\r\n"),
    BYTES("SIP/2 1\n"),
    BYTES("SIP/2 1\n\n"),
    BYTES("SIP/2 1\r\r"),
    BYTES("x\nSIP/2 1\n\n"),
};

/* The pattern again and again, with front over its beginning. */
static sip_span
fill(sip_span front, sip_span pattern)
{
    static uint8_t buffer[LENGTH];
    size_t done = pattern.length;
    memcpy(buffer, pattern.data, done);
    while (done < LENGTH) {
        size_t more = done < LENGTH - done ? done : LENGTH - done;
        memcpy(buffer + done, buffer, more);
        done += more;
    }
    memcpy(buffer, front.data, front.length);
    return check_guarded_behind((sip_span){buffer, LENGTH});
}

static void
run_uri(sip_span text)
{
    sip_uri uri;
    sip_faults faults = {0};
    sip_uri_parse(text, &uri, &faults);
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        check_inside(text, faults.at[i], fault_identifier((sip_fault_kind)i));
    }
}

static void
run_start_line(sip_span data)
{
    sip_start_line line;
    sip_faults faults = {0};
    if (sip_start_line_recognise(data, &line) == SIP_NOT_A_START_LINE) {
        return;
    }
    sip_start_line_check(&line, false, false, &faults);
    if (line.kind == SIP_REQUEST_LINE) {
        run_uri(line.uri);
    }
}

static void
run_values(sip_span headers)
{
    sip_header_walk walk = {.rows = headers};
    sip_span value;
    sip_reason reason;
    sip_warning warning;
    sip_cseq cseq;
    while (sip_header_walk_next(&walk, SIP_HEADER_REASON, &value)) {
        sip_reason_parse(value, &reason);
        sip_warning_parse(value, &warning);
        sip_cseq_parse(value, &cseq);
    }
}

static void
run_rules(const sip_message *message)
{
    static const sip_rule_context context = {.carrier = SIP_CARRIER_UDP};
    sip_findings findings;
    sip_rules_check(message, &context, &findings);
    check_that(findings.count <= SIP_LIMIT_FINDINGS, "no more findings than the limit");
}

static void
run_identity(const sip_message *message)
{
    sip_identity identity;
    if (sip_identity_parse(message, &identity)) {
        check_inside(message->headers, identity.from_tag, "the From tag");
        check_inside(message->headers, identity.branch, "the branch");
    }
    check_that(sip_identity_hops(message) <= SIP_LIMIT_HOPS, "no more hops than the limit");
}

static void
run_frames(sip_span rest)
{
    sip_frame frame;
    for (; rest.length > 0; rest = sip_span_from(rest, frame.length)) {
        sip_framing_next(rest, &frame);
        if (!check_that(frame.length > 0 && frame.length <= rest.length, "a frame with a length")) {
            return;
        }
    }
}

static void
run_everything(sip_span data)
{
    sip_message message;
    run_start_line(data);
    run_uri(data);
    run_values(data);
    run_frames(data);
    if (sip_message_parse(data, false, &message)) {
        check_that(sip_span_end(message.rest) == sip_span_end(data), "a message up to the end");
        run_values(message.headers);
        run_rules(&message);
        run_identity(&message);
    }
}

int
main(void)
{
    for (size_t front = 0; front < COUNT(fronts); front++) {
        for (size_t pattern = 0; pattern < COUNT(patterns); pattern++) {
            rendering name = {0};
            render_bytes(&name, fronts[front]);
            render(&name, " and half a megabyte of ");
            render_bytes(&name, patterns[pattern]);
            check_case(name.text);
            sip_span data = fill(fronts[front], patterns[pattern]);
            clock_t start = clock();
            run_everything(data);
            check_that(clock() - start < SECONDS_OF_CPU * CLOCKS_PER_SEC, "done at once");
        }
    }
    return check_summary();
}
