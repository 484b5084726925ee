/* span_fuzz.c - runs of bytes, against GLib and against the plainest way to say the same.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Classes, trimming, lines, numbers, comparisons and UTF-8 are what others say they are, and
 * take time linear in the bytes.
 */
#include "fuzz.h"

#include <glib.h>
#include <string.h>

enum { WORK_PER_BYTE = 400 };

/* RFC 3261 section 25.1, by name instead of by table. */
static bool
is_token(uint8_t byte)
{
    return g_ascii_isalnum(byte) || (byte != '\0' && strchr("-.!%*_+`'~", byte) != NULL);
}

static bool
is_uri(uint8_t byte)
{
    return g_ascii_isalnum(byte) || (byte != '\0' && strchr("-_.!~*'();/?:@&=+$,%[]", byte) != NULL);
}

static bool
is_of(uint8_t byte, unsigned classes)
{
    return ((classes & SIP_CHAR_TOKEN) != 0 && is_token(byte)) ||
           ((classes & SIP_CHAR_ALPHA) != 0 && g_ascii_isalpha(byte)) ||
           ((classes & SIP_CHAR_DIGIT) != 0 && g_ascii_isdigit(byte)) ||
           ((classes & SIP_CHAR_HEX) != 0 && g_ascii_isxdigit(byte)) ||
           ((classes & SIP_CHAR_SCHEME) != 0 && (g_ascii_isalnum(byte) || byte == '+' || byte == '-' || byte == '.')) ||
           ((classes & SIP_CHAR_BLANK) != 0 && (byte == ' ' || byte == '\t')) ||
           ((classes & SIP_CHAR_URI) != 0 && is_uri(byte)) ||
           ((classes & SIP_CHAR_HOST) != 0 && (g_ascii_isalnum(byte) || byte == '-' || byte == '.'));
}

static void
check_run(sip_span input, unsigned classes)
{
    size_t expected = 0;
    while (expected < input.length && is_of(input.data[expected], classes)) {
        expected++;
    }
    fuzz_that(sip_span_run(input, classes) == expected, "as long a run as that of the named classes");
}

static bool
is_white(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void
check_trim(sip_span input)
{
    const uint8_t *first = input.data;
    const uint8_t *end = sip_span_end(input);
    while (first < end && is_white(*first)) {
        first++;
    }
    while (end > first && is_white(end[-1])) {
        end--;
    }
    sip_span trimmed = sip_span_trim(input);
    fuzz_inside(input, trimmed, "what is left after trimming");
    fuzz_that(sip_span_present(trimmed) && trimmed.length == (size_t)(end - first), "trimmed at both ends");
    fuzz_that(trimmed.length == 0 || trimmed.data == first, "trimmed at its front");
}

static void
check_lines(sip_span input)
{
    for (sip_span rest = input; rest.length > 0;) {
        sip_span line = rest;
        sip_span ending = sip_span_cut_line(&line);
        size_t expected = 0;
        while (expected < rest.length && rest.data[expected] != '\r' && rest.data[expected] != '\n') {
            expected++;
        }
        size_t left = rest.length - expected;
        bool crlf = left > 1 && sip_span_equal((sip_span){rest.data + expected, 2}, SIP_SPAN("\r\n"));
        fuzz_that(line.data == rest.data && line.length == expected, "a line up to its first CR or LF");
        fuzz_that(ending.data == sip_span_end(line), "an ending right behind the line");
        fuzz_that(ending.length == (crlf ? 2 : left > 0), "the whole of the ending");
        rest = sip_span_between(sip_span_end(ending), sip_span_end(rest));
    }
}

static void
check_number(sip_span input)
{
    size_t digits = 0;
    while (digits < input.length && g_ascii_isdigit(input.data[digits])) {
        digits++;
    }
    const sip_span candidates[] = {{input.data, digits}, input};
    for (size_t i = 0; i < COUNT(candidates); i++) {
        uint32_t number = 42;
        bool is_number = candidates[i].length > 0 && candidates[i].length == digits;
        fuzz_that(sip_span_number(candidates[i], &number) == is_number, "a number if it is all digits");
        char *text = g_strndup((const char *)input.data, digits);
        uint64_t expected = is_number ? MIN(g_ascii_strtoull(text, NULL, 10), UINT32_MAX) : 42;
        fuzz_that(number == expected, "the value that GLib reads");
        g_free(text);
    }
}

static void
check_equal(sip_span input)
{
    size_t half = input.length / 2;
    sip_span a = {input.data, half};
    sip_span b = {input.data + half, input.length - half};
    bool same = a.length == b.length;
    bool same_nocase = same;
    for (size_t i = 0; i < a.length && a.length == b.length; i++) {
        same = same && a.data[i] == b.data[i];
        same_nocase = same_nocase && g_ascii_tolower((char)a.data[i]) == g_ascii_tolower((char)b.data[i]);
    }
    fuzz_that(sip_span_equal(a, b) == same, "equal if all bytes are");
    fuzz_that(sip_span_equal_nocase(a, b) == same_nocase, "equal without case if all bytes are");
}

static void
check_find(sip_span input)
{
    uint8_t value = input.length > 0 ? input.data[input.length / 2] : 0;
    const uint8_t *found = sip_span_find(input, value);
    for (size_t i = 0; i < input.length; i++) {
        if (input.data[i] == value) {
            fuzz_that(found == input.data + i, "the first byte of that value");
            return;
        }
    }
    fuzz_that(found == NULL, "nothing where there is none");
}

/* GLib takes a NUL for bad, RFC 3629 does not. */
static void
check_utf8(sip_span input)
{
    const char *text = (const char *)input.data;
    size_t good = 0;
    while (good < input.length) {
        const char *end;
        g_utf8_validate_len(text + good, input.length - good, &end);
        good = (size_t)(end - text);
        if (good == input.length || *end != '\0') {
            break;
        }
        good++;
    }
    const uint8_t *expected = good < input.length ? input.data + good : NULL;
    fuzz_that(sip_span_find_bad_utf8(input) == expected, "UTF-8 as GLib has it");
}

static void
check_work(sip_span input)
{
    uint32_t number;
    uint64_t start = fuzz_work();
    sip_span_run(input, SIP_CHAR_TOKEN);
    sip_span_trim(input);
    sip_span_number(input, &number);
    sip_span_find_bad_utf8(input);
    for (sip_span rest = input; rest.length > 0;) {
        sip_span line = rest;
        sip_span ending = sip_span_cut_line(&line);
        rest = sip_span_between(sip_span_end(ending), sip_span_end(rest));
    }
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
}

void
fuzz_target(sip_span input)
{
    check_work(input);
    for (unsigned classes = 1; classes <= SIP_CHAR_HOST; classes <<= 1) {
        check_run(input, classes);
    }
    check_run(input, SIP_CHAR_TOKEN | SIP_CHAR_BLANK);
    check_trim(input);
    check_lines(input);
    check_number(input);
    check_equal(input);
    check_find(input);
    check_utf8(input);
}
