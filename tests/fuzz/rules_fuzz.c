/* rules_fuzz.c - whether messages keep the rules of the RFCs.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Findings lie inside of the message's data, in a row of the header field that they are about
 * or in the start line, in the order of the bytes, and are no more than the limit; a rule that is broken is broken
 * again when the same message is judged once more. A fragment and a message that was cut break no more rules than the
 * same bytes as a whole message.
 *
 * A prefix, judged as a message that the capture cut off, claims nothing that the whole does
 * not show: what is found in it is found in the whole at the same place, save that values
 * which go on go on.
 */
#include "spans.h"

#include <string.h>

enum { WORK_PER_BYTE = 400 };

/* How the message came, by what its bytes happen to be. */
static sip_carrier
carrier_of(sip_span whole)
{
    fuzz_dice dice = fuzz_dice_of(whole);
    return (sip_carrier)fuzz_throw(&dice, SIP_CARRIER_WEBSOCKET + 1);
}

static void
judge(sip_span data, const sip_message *message, sip_rule_context context, sip_findings *findings)
{
    memset(findings, 0, sizeof *findings);
    sip_rules_check(message, &context, findings);
    spans_of_findings(data, findings);
}

/* Whether the list has a finding, at the same place of its own data. */
static bool
has(sip_span data, const sip_findings *findings, const sip_finding *wanted, size_t offset)
{
    for (size_t i = 0; i < findings->count; i++) {
        const sip_finding *finding = &findings->list[i];
        if (finding->rule == wanted->rule && finding->header == wanted->header && finding->fault == wanted->fault &&
            (size_t)(finding->at.data - data.data) == offset) {
            return true;
        }
    }
    return findings->more;
}

/* That all findings of the first are among those of the second. */
static void
check_among(sip_span data, const sip_findings *few, sip_span whole, const sip_findings *many, const char *what)
{
    for (size_t i = 0; i < few->count; i++) {
        const sip_finding *finding = &few->list[i];
        fuzz_that(has(whole, many, finding, (size_t)(finding->at.data - data.data)), what);
    }
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    static sip_findings of_prefix;
    static sip_findings of_whole;
    sip_message before;
    sip_message after;
    sip_carrier carrier = carrier_of(whole);
    bool on_stream = carrier == SIP_CARRIER_STREAM;
    if (!sip_message_parse(prefix, on_stream, &before) || before.start_line.ending.length == 0 ||
        !sip_message_parse(whole, on_stream, &after) ||
        !spans_same_line(prefix, &before.start_line, whole, &after.start_line)) {
        return;
    }
    judge(prefix, &before, (sip_rule_context){.carrier = carrier, .cut = true}, &of_prefix);
    judge(whole, &after, (sip_rule_context){.carrier = carrier}, &of_whole);
    check_among(prefix, &of_prefix, whole, &of_whole, "a finding that stays when more comes");
}

static bool
is_within(sip_span part, sip_span whole)
{
    return part.data >= whole.data && sip_span_end(part) <= sip_span_end(whole);
}

/* Whether a finding about a header field lies in a row of it, or in the start line. */
static bool
is_in_row(const sip_finding *finding, const sip_message *message)
{
    sip_span rest = message->headers;
    sip_header_field field;
    while (sip_header_next(&rest, &field)) {
        if (field.id == finding->header && is_within(finding->at, field.line)) {
            return true;
        }
    }
    return is_within(finding->at, message->start_line.line);
}

/* What is known of a broken rule. */
static void
check_findings(const sip_findings *findings, const sip_message *message)
{
    for (size_t i = 0; i < findings->count; i++) {
        sip_rule rule = findings->list[i].rule;
        fuzz_that(findings->list[i].header == SIP_HEADER_NONE || is_in_row(&findings->list[i], message),
                  "a finding in its header field");
        fuzz_that(sip_rule_kind_of(rule) <= SIP_RULE_IS_SHOULD, "a kind of each rule");
        fuzz_that(sip_rule_text(rule)[0] != '\0' || rule == SIP_RULE_ADDRESS_URI, "a text of each rule");
        fuzz_that(strstr(sip_rule_text(rule), "%s") == NULL || findings->list[i].header != SIP_HEADER_NONE,
                  "a header field's name for each text that wants one");
    }
}

static void
check_carrier(sip_span input, sip_carrier carrier)
{
    static sip_findings findings;
    static sip_findings other;
    sip_message message;
    sip_rule_context context = {.carrier = carrier};
    if (!sip_message_parse(input, carrier == SIP_CARRIER_STREAM, &message)) {
        return;
    }
    uint64_t start = fuzz_work();
    judge(input, &message, context, &findings);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    check_findings(&findings, &message);

    judge(input, &message, context, &other);
    fuzz_that(other.count == findings.count && other.more == findings.more, "as many findings once more");
    check_among(input, &other, input, &findings, "the same findings once more");
    context.cut = true;
    judge(input, &message, context, &other);
    check_among(input, &other, input, &findings, "no more findings where the capture cut the message off");
    context = (sip_rule_context){.carrier = carrier, .fragment = true};
    judge(input, &message, context, &other);
    check_among(input, &other, input, &findings, "no more findings in a fragment");
}

void
fuzz_target(sip_span input)
{
    check_carrier(input, carrier_of(input));
    fuzz_prefixes(input, check_prefix);
}
