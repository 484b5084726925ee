/* growth_fuzz.c - a part of a message again and again: no parser may do work that grows with
 * the square of its input.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Input: two bytes that say where the part begins, how long it is and whether each has a number
 * of its own, and a message. Four
 * times as long a message, made so, may take about four times as much work; what grows with
 * the square takes sixteen times as much.
 */
#include "fuzz.h"

#include "sip/framing.h"
#include "sip/identity.h"
#include "sip/rules.h"

#include <stdio.h>
#include <string.h>

enum {
    SHORT = 1536,
    LONG = 4 * SHORT,
    MAX_RATIO = 6, /* 5 if what is not repeated, a quarter of what is short, is no work at all */
    /* Lists that are short by their limits, such as that of SIP_LIMIT_PARAMETERS names, each of
     * which is compared with all others, may not be full yet in what is short. Names of 64 bytes
     * that differ in their last three take 1.15 million more than six times as much. */
    ALLOWANCE = 1500 * 1000,
    DIGITS = 3,
    WORK_PER_BYTE = 4000,
};

static uint8_t buffer[LONG];

/* Where a number fits into the part: the first bytes that stand in names. If there are none,
 * the end of the part. */
static size_t
place_of_number(sip_span part)
{
    size_t place = 0;
    while (place + DIGITS <= part.length &&
           sip_span_run((sip_span){part.data + place, DIGITS}, SIP_CHAR_ALPHA | SIP_CHAR_DIGIT) < DIGITS) {
        place++;
    }
    return place + DIGITS <= part.length ? place : part.length;
}

/* The message with its part repeated up to length bytes; with a number in each, so that they
 * differ, if numbered. */
static sip_span
fill(sip_span message, sip_span part, bool numbered, size_t length)
{
    size_t from = (size_t)(part.data - message.data);
    size_t tail = message.length - from;
    size_t place = numbered ? place_of_number(part) : part.length;
    memcpy(buffer, message.data, from);
    for (size_t i = from; i < length - tail; i++) {
        size_t at = (i - from) % part.length;
        size_t digit = at - place;
        /* From a to p, the digits of a number of its own. */
        size_t number = (i - from) / part.length >> 4 * (digit < DIGITS ? digit : 0);
        buffer[i] = at >= place && digit < DIGITS ? (uint8_t)('a' + number % 16) : part.data[at];
    }
    memcpy(buffer + length - tail, message.data + from, tail);
    return (sip_span){buffer, length};
}

static void
judge(sip_span data, bool on_stream)
{
    static sip_findings findings;
    sip_message message;
    sip_faults faults = {0};
    sip_identity identity;
    sip_uri uri;
    sip_rule_context context = {.carrier = on_stream ? SIP_CARRIER_STREAM : SIP_CARRIER_UDP};
    if (!sip_message_parse(data, on_stream, &message)) {
        return;
    }
    sip_start_line_check(&message.start_line, on_stream, false, &faults);
    if (message.start_line.kind == SIP_REQUEST_LINE) {
        sip_uri_parse(message.start_line.uri, &uri, &faults);
    }
    sip_rules_check(&message, &context, &findings);
    fuzz_that(findings.count <= SIP_LIMIT_FINDINGS, "no more findings than the limit");
    sip_identity_parse(&message, &identity);
    fuzz_that(sip_identity_hops(&message) <= SIP_LIMIT_HOPS, "no more hops than the limit");
}

static uint64_t
work_for(sip_span data)
{
    uint64_t start = fuzz_work();
    judge(data, false);
    judge(data, true);
    for (sip_frame frame; data.length > 0; data = sip_span_from(data, frame.length)) {
        sip_framing_next(data, &frame);
    }
    return fuzz_work() - start;
}

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

void
fuzz_target(sip_span input)
{
    enum { HEAD = 2, NUMBERED = 64 };
    if (input.length <= HEAD) {
        judge(input, false);
        return;
    }
    sip_span message = sip_span_from(input, HEAD);
    message.length = smaller(message.length, SHORT / 4);
    size_t from = message.length * input.data[0] / (UINT8_MAX + 1);
    sip_span part = {message.data + from, 1 + input.data[1] % NUMBERED};
    part.length = smaller(part.length, message.length - from);
    bool numbered = (input.data[1] & NUMBERED) != 0;

    uint64_t for_short = work_for(fill(message, part, numbered, SHORT));
    uint64_t start = fuzz_work();
    uint64_t for_long = work_for(fill(message, part, numbered, LONG));
    if (for_long > MAX_RATIO * for_short + ALLOWANCE) {
        fprintf(stderr, "%llu steps for %d bytes, %llu for %d\n", (unsigned long long)for_short, SHORT,
                (unsigned long long)for_long, LONG);
    }
    fuzz_that(for_long <= MAX_RATIO * for_short + ALLOWANCE, "work that grows no faster than the input");
    fuzz_work_check(start, LONG, WORK_PER_BYTE);
}
