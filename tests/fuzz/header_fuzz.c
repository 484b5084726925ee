/* header_fuzz.c - the header section, and parts of values.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Input: a header section, which is also taken for one value. Fields lie side by side, with
 * nothing but line endings between; sip_header_walk_next() finds what a plain walk finds. An
 * output is written only on success.
 *
 * A field of a prefix is final, which means that it is the same in the whole, if something
 * follows it that does not continue it: a byte that is no white space.
 */
#include "spans.h"

#include <string.h>

enum { WORK_PER_BYTE = 200 };

static bool
is_line_ending(sip_span text)
{
    return sip_span_equal(text, SIP_SPAN("\r\n")) || sip_span_equal(text, SIP_SPAN("\r")) ||
           sip_span_equal(text, SIP_SPAN("\n"));
}

/* The first value of each name, by a plain walk. */
typedef struct census {
    sip_span first[SIP_HEADER_COUNT];
    bool seen[SIP_HEADER_COUNT];
    sip_header_id latest;
} census;

static bool
same_span(sip_span a, sip_span b)
{
    return a.data == b.data && a.length == b.length;
}

/* That a row, taken and split, is the field. */
static void
check_row(sip_span rest, const sip_header_field *field)
{
    sip_span row;
    sip_header_field split;
    fuzz_that(sip_header_row(&rest, &row) && same_span(row, field->line), "the row of the field");
    sip_header_split(row, &split);
    fuzz_that(split.id == field->id && same_span(split.line, field->line) && same_span(split.name, field->name) &&
                  same_span(split.value, field->value),
              "the field of the row");
}

static void
take_census(sip_span headers, census *found)
{
    sip_span rest = headers;
    sip_header_field field;
    bool more = true;
    while (more) {
        const uint8_t *start = rest.data;
        more = sip_header_next(&rest, &field);
        fuzz_inside(headers, rest, "the rest");
        if (!more) {
            fuzz_that(sip_span_present(field.line) ? field.line.length == 0 && rest.data > start : rest.length == 0,
                      "an empty line or the end of the data");
            return;
        }
        spans_of_field(headers, &field);
        check_row(sip_span_between(start, sip_span_end(headers)), &field);
        fuzz_that(field.line.data == start && field.line.length > 0, "fields side by side");
        sip_span ending = sip_span_between(sip_span_end(field.line), rest.data);
        fuzz_that(is_line_ending(ending) || (ending.length == 0 && rest.length == 0), "a line ending behind a field");
        if (!found->seen[field.id]) {
            found->first[field.id] = field.value;
        }
        found->seen[field.id] = true;
        found->latest = field.id;
    }
}

/* Every value of the fields of one name, by hand. */
static void
check_walk(sip_span headers, sip_header_id id)
{
    sip_header_walk walk = {.rows = headers};
    sip_span rest = headers;
    sip_header_field field;
    sip_span value;
    while (sip_header_next(&rest, &field)) {
        sip_span members = field.value;
        sip_span member;
        while (field.id == id && sip_value_next(&members, ',', &member)) {
            if (member.length > 0) {
                fuzz_that(sip_header_walk_next(&walk, id, &value) && same_span(value, member), "the next value");
            }
        }
    }
    fuzz_that(!sip_header_walk_next(&walk, id, &value), "no more values");
    fuzz_that(!sip_header_walk_next(&walk, id, &value), "no more values ever after");
}

static void
check_section(sip_span headers)
{
    census found;
    memset(&found, 0, sizeof found);
    take_census(headers, &found);
    /* One name that is there, and one that may not be. */
    fuzz_dice dice = fuzz_dice_of(headers);
    const sip_header_id ids[] = {found.latest, (sip_header_id)fuzz_throw(&dice, SIP_HEADER_COUNT)};
    for (size_t i = 0; i < COUNT(ids); i++) {
        fuzz_that(same_span(spans_find_header(headers, ids[i]), found.first[ids[i]]), "the first of a name");
        check_walk(headers, ids[i]);
    }
}

/* Items in their order, with one separator between two and white space around. */
static void
check_items(sip_span value, uint8_t separator)
{
    sip_span rest = value;
    sip_span item;
    const uint8_t *end = value.data;
    while (sip_value_next(&rest, separator, &item)) {
        fuzz_inside(value, item, "an item");
        fuzz_that(item.data >= end, "items in their order");
        fuzz_that(same_span(sip_span_trim(item), item) || item.length == 0, "items without white space at their ends");
        end = sip_span_end(item);
        fuzz_that(!sip_span_present(rest) || rest.data[-1] == separator, "a separator between items");
    }
    fuzz_that(!sip_span_present(value) || sip_span_trim(sip_span_between(end, sip_span_end(value))).length == 0,
              "items to the end of the value");
}

static void
check_quotes(sip_span value)
{
    const uint8_t *quote = sip_span_find(value, '"');
    fuzz_inside(value, sip_unquote(value), "what is unquoted");
    if (quote == NULL) {
        fuzz_that(!sip_is_quoted_string(value) && same_span(sip_unquote(value), value),
                  "nothing quoted without quotes");
        return;
    }
    sip_span text = sip_span_between(quote, sip_span_end(value));
    size_t length = sip_quoted_string_length(text);
    fuzz_that(length >= 1 && length <= text.length, "a quoted string inside of the text");
    sip_span quoted = {quote, length};
    fuzz_that(length < text.length ? sip_is_quoted_string(quoted) : true, "a quoted string where it is closed");
    fuzz_that(!sip_is_quoted_string(text) || length == text.length, "a quoted string from end to end");
}

static void
check_parameters(sip_span value)
{
    static const sip_span names[] = {SIP_SPAN_INIT("tag"), SIP_SPAN_INIT("branch"), SIP_SPAN_INIT("realm"),
                                     SIP_SPAN_INIT("")};
    for (size_t i = 0; i < COUNT(names); i++) {
        fuzz_inside(value, sip_parameter_find(value, ';', names[i]), "the value of a parameter");
        fuzz_inside(value, sip_parameter_find(value, ',', names[i]), "the value of a parameter");
    }
}

static void
check_structures(sip_span value)
{
    sip_cseq cseq;
    sip_reason reason;
    sip_warning warning;
    fuzz_paint(&cseq, sizeof cseq);
    fuzz_paint(&reason, sizeof reason);
    fuzz_paint(&warning, sizeof warning);
    if (sip_cseq_parse(value, &cseq)) {
        fuzz_inside(value, cseq.method, "the method of CSeq");
        fuzz_that(cseq.method.length > 0, "a method in CSeq");
    } else {
        fuzz_untouched(&cseq, sizeof cseq);
    }
    if (sip_reason_parse(value, &reason)) {
        spans_of_reason(value, &reason);
        fuzz_that(reason.protocol.length > 0, "a protocol of a reason");
    } else {
        fuzz_untouched(&reason, sizeof reason);
    }
    if (sip_warning_parse(value, &warning)) {
        spans_of_warning(value, &warning);
        fuzz_that(warning.code.length > 0, "a code of a warning");
    } else {
        fuzz_untouched(&warning, sizeof warning);
    }
}

static void
check_value(sip_span value)
{
    check_items(value, ',');
    check_items(value, ';');
    check_quotes(value);
    check_parameters(value);
    check_structures(value);
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    sip_span rest_before = prefix;
    sip_span rest_after = whole;
    sip_header_field before;
    sip_header_field after;
    while (sip_header_next(&rest_before, &before) && rest_before.length > 0) {
        fuzz_that(sip_header_next(&rest_after, &after), "a field that stays when more comes");
#define SAME(part) fuzz_same_place(fuzz_place_of(prefix, before.part), fuzz_place_of(whole, after.part))
        fuzz_that(before.id == after.id && SAME(line) && SAME(name) && SAME(value), "the same field when more comes");
    }
    check_value(prefix);
}

/* Each parser once, for what it costs. */
static void
check_work(sip_span input)
{
    sip_header_walk walk = {.rows = input};
    sip_span rest = input;
    sip_span value;
    sip_reason reason;
    sip_warning warning;
    sip_cseq cseq;
    uint64_t start = fuzz_work();
    while (sip_header_walk_next(&walk, SIP_HEADER_VIA, &value)) {
    }
    while (sip_value_next(&rest, ';', &value)) {
    }
    sip_reason_parse(input, &reason);
    sip_warning_parse(input, &warning);
    sip_cseq_parse(input, &cseq);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
}

void
fuzz_target(sip_span input)
{
    check_work(input);
    check_section(input);
    check_value(input);
    sip_span rest = input;
    sip_header_field field;
    while (sip_header_next(&rest, &field)) {
        check_value(field.value);
    }
    fuzz_prefixes(input, check_prefix);
}
