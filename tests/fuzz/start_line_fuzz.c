/* start_line_fuzz.c - request lines and status lines.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts lie inside of the line, in their order; an output is written only on success; the
 * line by itself, with what stands before it and its ending, is the same line, if it is
 * recognised there.
 *
 * A verdict on a prefix is final, which means that the whole has the same one and the same
 * parts, if the line's ending is there (CRLF, LF, or CR and something else) and, as the first
 * bytes behind the line may count too, it is not said to be open. Before that, a prefix may be
 * taken for a start line that the whole is not, but what both are agrees: the kind, where the
 * line starts, the method, the version of a response.
 *
 * How far a text agrees with a start line can only become clearer when more comes: what is
 * sure stays so, and what can't be stays so.
 */
#include "spans.h"

enum { WORK_PER_BYTE = 120 };

/* "SIP/" in any case, a digit, then digits and dots */
static bool
is_version(sip_span text)
{
    static const sip_span front = SIP_SPAN_INIT("SIP/");
    if (!sip_span_present(text) || text.length <= front.length ||
        !sip_span_equal_nocase((sip_span){text.data, front.length}, front) || text.data[front.length] == '.') {
        return false;
    }
    for (size_t i = front.length; i < text.length; i++) {
        if ((text.data[i] < '0' || text.data[i] > '9') && text.data[i] != '.') {
            return false;
        }
    }
    return true;
}

static bool
is_trimmed(sip_span text)
{
    return text.length == 0 || (sip_char_is(text.data[0], SIP_CHAR_BLANK) == 0 &&
                                sip_char_is(text.data[text.length - 1], SIP_CHAR_BLANK) == 0);
}

static void
check_line(sip_span data, const sip_start_line *line)
{
    bool request = line->kind == SIP_REQUEST_LINE;
    spans_of_start_line(data, line);
    fuzz_that(line->kind == SIP_REQUEST_LINE || line->kind == SIP_STATUS_LINE, "one of two kinds");
    fuzz_that(line->lead.data == data.data && sip_span_end(line->lead) == line->line.data &&
                  sip_span_end(line->line) == line->ending.data,
              "what stands before the line, the line, and its ending side by side");
    fuzz_that(sip_span_present(line->method) == request && sip_span_present(line->uri) == request, "parts of requests");
    fuzz_that(sip_span_present(line->code) == !request && sip_span_present(line->phrase) == !request,
              "parts of responses");
    fuzz_that(request ? sip_span_end(line->method) < line->uri.data && sip_span_end(line->uri) < line->version.data
                      : sip_span_end(line->version) < line->code.data && sip_span_end(line->code) <= line->phrase.data,
              "parts in their order");
    fuzz_that(is_version(line->version) && sip_start_line_is_possible(data), "a version, which the quick look sees");
    fuzz_that(is_trimmed(line->phrase) && is_trimmed(line->uri), "no white space at the ends of parts");
    fuzz_that(sip_span_find(line->line, '\n') == NULL && sip_span_find(line->line, '\r') == NULL, "one line");
    fuzz_that(!sip_start_line_code_is_valid(line) || (sip_start_line_code(line) >= 100 && line->code.length == 3),
              "three digits of a valid code");
}

static void
check_faults(sip_span data, const sip_start_line *line)
{
    for (int flags = 0; flags < 4; flags++) {
        sip_faults faults = {0};
        sip_start_line_check(line, (flags & 1) != 0, (flags & 2) != 0, &faults);
        spans_of_faults(data, &faults);
    }
}

/* Whether the verdict on data is final; see above. */
static bool
is_settled(sip_span data)
{
    size_t lead = 0;
    while (lead < data.length && (data.data[lead] == '\r' || data.data[lead] == '\n' || data.data[lead] == 0)) {
        lead++;
    }
    sip_span line = sip_span_from(data, lead);
    sip_span ending = sip_span_cut_line(&line);
    sip_span behind = sip_span_between(sip_span_end(ending), sip_span_end(data));
    bool has_all = ending.length > 0 && (sip_span_end(ending)[-1] == '\n' || behind.length > 0);
    return has_all && !sip_start_line_is_open(data);
}

static void
check_agreement(sip_span whole, sip_span prefix)
{
    sip_agreement before = sip_start_line_agreement(prefix);
    sip_agreement after = sip_start_line_agreement(whole);
    fuzz_that(before == SIP_MAYBE_A_START_LINE || before == after, "what is sure stays so when more comes");
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    sip_start_line before;
    sip_start_line after;
    bool was = sip_start_line_recognise(prefix, &before) != SIP_NOT_A_START_LINE;
    bool is = sip_start_line_recognise(whole, &after) != SIP_NOT_A_START_LINE;
    if (was) {
        check_line(prefix, &before);
        check_faults(prefix, &before);
    }
    if (is_settled(prefix)) {
        fuzz_that(was == is, "a final verdict that stays when more comes");
        fuzz_that(!was || spans_same_line(prefix, &before, whole, &after), "a final line that stays when more comes");
    }
    if (was && is) {
#define SAME(part) fuzz_same_place(fuzz_place_of(prefix, before.part), fuzz_place_of(whole, after.part))
        fuzz_that(before.kind == after.kind && SAME(lead) && SAME(method), "the same kind of line");
        fuzz_that(before.kind == SIP_REQUEST_LINE || SAME(version), "the same version of a response");
        fuzz_that(before.line.length <= after.line.length, "no longer a line than that of the whole");
    }
    check_agreement(whole, prefix);
}

/* A request line that the capture cut off: nothing ends its line. */
static void
check_cut(sip_span input)
{
    sip_start_line line;
    fuzz_paint(&line, sizeof line);
    if (!sip_start_line_recognise_cut(input, &line)) {
        fuzz_untouched(&line, sizeof line);
        return;
    }
    spans_of_start_line(input, &line);
    fuzz_that(line.kind == SIP_REQUEST_LINE && !sip_span_present(line.version), "a request without a version");
    fuzz_that(sip_span_end(line.line) == sip_span_end(input) && line.ending.length == 0, "a line to the end");
    fuzz_that(sip_span_find(line.line, '\n') == NULL, "one line");
    check_faults(input, &line);
}

static void
check_alone(sip_span data, const sip_start_line *line)
{
    sip_start_line alone;
    sip_span bytes = fuzz_copy(sip_span_between(data.data, sip_span_end(line->ending)));
    if (sip_start_line_recognise(bytes, &alone) != SIP_NOT_A_START_LINE) {
        fuzz_that(spans_same_line(data, line, bytes, &alone), "the same line by itself");
    }
    fuzz_drop(bytes);
}

void
fuzz_target(sip_span input)
{
    sip_start_line line;
    fuzz_paint(&line, sizeof line);
    uint64_t start = fuzz_work();
    sip_start_line_kind kind = sip_start_line_recognise(input, &line);
    sip_start_line_agreement(input);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    if (kind == SIP_NOT_A_START_LINE) {
        fuzz_untouched(&line, sizeof line);
    } else {
        fuzz_that(kind == line.kind, "the kind that is returned");
        check_line(input, &line);
        check_faults(input, &line);
        check_alone(input, &line);
    }
    check_cut(input);
    fuzz_prefixes(input, check_prefix);
}
