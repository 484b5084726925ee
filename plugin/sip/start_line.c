/* start_line.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "start_line.h"

#include "registry.h"

#include <string.h>

/* Takes length bytes off the front of *rest. */
static sip_span
take(sip_span *rest, size_t length)
{
    sip_span taken = {rest->data, length};
    *rest = sip_span_from(*rest, length);
    return taken;
}

static sip_span
take_lead(sip_span *rest)
{
    size_t length = 0;
    while (length < rest->length &&
           (rest->data[length] == '\r' || rest->data[length] == '\n' || rest->data[length] == 0)) {
        length++;
    }
    return take(rest, length);
}

/* SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT, here tolerated as "SIP/" DIGIT and any
 * digits and dots. The length of a version at the front of text, 0 if there is none. */
static size_t
version_length(sip_span text)
{
    static const size_t prefix = 4;
    if (text.length <= prefix || !sip_span_equal_nocase((sip_span){text.data, prefix}, SIP_SPAN("SIP/")) ||
        !sip_char_is(text.data[prefix], SIP_CHAR_DIGIT)) {
        return 0;
    }
    size_t length = prefix;
    while (length < text.length && (sip_char_is(text.data[length], SIP_CHAR_DIGIT) || text.data[length] == '.')) {
        length++;
    }
    return length;
}

/* Whether all of version keeps its grammar, in either case. */
static bool
version_is_good(sip_span version)
{
    sip_span rest = sip_span_from(version, 4);
    size_t major = sip_span_run(rest, SIP_CHAR_DIGIT);
    if (major == 0 || major + 1 >= rest.length || rest.data[major] != '.') {
        return false;
    }
    rest = sip_span_from(rest, major + 1);
    return sip_span_run(rest, SIP_CHAR_DIGIT) == rest.length;
}

/* The line without the white space at its end. */
static sip_span
without_trailing_blanks(sip_span line)
{
    while (line.length > 0 && sip_char_is(line.data[line.length - 1], SIP_CHAR_BLANK)) {
        line.length--;
    }
    return line;
}

/* Status-Line = SIP-Version SP Status-Code SP Reason-Phrase CRLF
 * rest starts at the version and ends with the data. */
static bool
recognise_status_line(sip_span rest, sip_start_line *line)
{
    line->version = take(&rest, version_length(rest));
    size_t blanks = sip_span_run(rest, SIP_CHAR_BLANK);
    if (line->version.length == 0 || blanks == 0) {
        return false;
    }
    take(&rest, blanks);
    line->code = take(&rest, sip_span_run(rest, SIP_CHAR_DIGIT));
    if (line->code.length == 0) {
        return false;
    }
    line->ending = sip_span_cut_line(&rest);
    bool apart = rest.length == 0 || sip_char_is(rest.data[0], SIP_CHAR_BLANK);
    if (!apart && !(line->code.length == 3 && sip_char_is(rest.data[0], SIP_CHAR_ALPHA))) {
        return false;
    }
    take(&rest, sip_span_run(rest, SIP_CHAR_BLANK));
    line->phrase = without_trailing_blanks(rest);
    return true;
}

/* Whether text may start a Request-URI: a cheap look before the end of the line
 * is searched. */
static bool
may_start_uri(sip_span text, sip_method method)
{
    if (text.length == 0) {
        return false;
    }
    return method != SIP_METHOD_UNKNOWN || text.data[0] == '<' || text.data[0] == '*' ||
           sip_uri_scheme_length(text) > 0;
}

/* Whether a URI scheme is one that only SIP's world has. */
static bool
is_our_scheme(sip_span text)
{
    sip_span scheme = {text.data, sip_uri_scheme_length(text)};
    return sip_span_equal_nocase(scheme, SIP_SPAN("sip")) || sip_span_equal_nocase(scheme, SIP_SPAN("sips")) ||
           sip_span_equal_nocase(scheme, SIP_SPAN("tel"));
}

/* The text without white space and "<" at its front. */
static sip_span
without_bracket(sip_span text)
{
    text = sip_span_trim(text);
    return text.length > 0 && text.data[0] == '<' ? sip_span_trim(sip_span_from(text, 1)) : text;
}

/* Whether text of several words may be one URI with white space inside, rather than
 * prose: it starts with a scheme of ours, and no other word does. */
static bool
is_uri_with_blanks(sip_span text)
{
    sip_span rest = without_bracket(text);
    size_t scheme_length = sip_uri_scheme_length(rest);
    if (!is_our_scheme(rest) || scheme_length + 1 == rest.length ||
        sip_char_is(rest.data[scheme_length + 1], SIP_CHAR_BLANK)) {
        return false;
    }
    for (size_t i = 1; i < rest.length; i++) {
        bool is_word = sip_char_is(rest.data[i - 1], SIP_CHAR_BLANK) && !sip_char_is(rest.data[i], SIP_CHAR_BLANK);
        if (is_word && is_our_scheme(without_bracket(sip_span_from(rest, i)))) {
            return false;
        }
    }
    return true;
}

/* How far a text may be taken for a Request-URI. */
typedef enum uri_verdict {
    NO_URI,
    URI,        /* by its own looks */
    BROKEN_URI, /* with white space inside, if more speaks for it */
    BARE_URI,   /* without a scheme or all behind it, if much more speaks for it */
} uri_verdict;

static uri_verdict
judge_request_uri(sip_span uri, sip_method method)
{
    bool one_word = true;
    for (size_t i = 0; i < uri.length && one_word; i++) {
        one_word = !sip_char_is(uri.data[i], SIP_CHAR_BLANK);
    }
    if (!one_word) {
        return is_uri_with_blanks(uri) ? BROKEN_URI : NO_URI;
    }
    sip_span inner = without_bracket(uri);
    size_t scheme_length = sip_uri_scheme_length(inner);
    if ((scheme_length > 0 && scheme_length + 1 < inner.length) || sip_span_equal(uri, SIP_SPAN("*"))) {
        return URI;
    }
    if (method != SIP_METHOD_UNKNOWN && sip_span_find(uri, '@') != NULL) {
        return URI;
    }
    return uri.length > 0 && (method != SIP_METHOD_UNKNOWN || is_our_scheme(inner)) ? BARE_URI : NO_URI;
}

/* Compares text with pattern, in which "9" stands for a digit. */
static sip_agreement
agree(sip_span text, const char *pattern)
{
    for (size_t i = 0; pattern[i] != '\0'; i++) {
        if (i == text.length) {
            return SIP_MAYBE_A_START_LINE;
        }
        bool same = pattern[i] == '9' ? sip_char_is(text.data[i], SIP_CHAR_DIGIT) : text.data[i] == (uint8_t)pattern[i];
        if (!same) {
            return SIP_NO_START_LINE;
        }
    }
    return SIP_SURELY_A_START_LINE;
}

/* message-header = header-name HCOLON header-value CRLF
 * How far data agrees with the start of one. */
static sip_agreement
agree_header(sip_span data)
{
    size_t name = sip_span_run(data, SIP_CHAR_TOKEN);
    sip_span colon = sip_span_from(data, name);
    colon = sip_span_from(colon, sip_span_run(colon, SIP_CHAR_BLANK));
    return name > 0 || data.length == 0 ? agree(colon, ":") : SIP_NO_START_LINE;
}

/* How far what follows a line speaks for SIP rather than for a log that quotes it: a header
 * field, or, behind CRLF, an empty line. */
static sip_agreement
corroborate(sip_span ending, sip_span behind)
{
    sip_agreement header = agree_header(behind);
    sip_agreement empty = ending.length == 2 ? agree(behind, "\r\n") : SIP_NO_START_LINE;
    return header > empty ? header : empty;
}

/* Whether the line counts although the data ends before it is known what follows it: for
 * the first part of a header field's name, and for CRLF that ends the data. */
static bool
counts_as_it_ends(uri_verdict verdict, sip_method method, sip_span ending, sip_span behind)
{
    if (behind.length > 0) {
        return sip_char_is(behind.data[0], SIP_CHAR_TOKEN);
    }
    return verdict == BROKEN_URI && method != SIP_METHOD_UNKNOWN && ending.length == 2;
}

/* Request-Line = Method SP Request-URI SP SIP-Version CRLF
 * rest starts behind the method and ends with the data. *open: see
 * sip_start_line_is_open(). */
static bool
recognise_request_line(sip_span rest, sip_start_line *line, bool *open)
{
    size_t blanks = sip_span_run(rest, SIP_CHAR_BLANK);
    if (line->method.length == 0 || blanks == 0) {
        return false;
    }
    take(&rest, blanks);
    sip_method method = sip_method_lookup(line->method);
    if (!may_start_uri(rest, method)) {
        return false;
    }
    const uint8_t *data_end = sip_span_end(rest);
    line->ending = sip_span_cut_line(&rest);

    sip_span text = without_trailing_blanks(rest);
    size_t start = text.length;
    while (start > 0 && !sip_char_is(text.data[start - 1], SIP_CHAR_BLANK)) {
        start--;
    }
    line->version = sip_span_from(text, start);
    line->uri = without_trailing_blanks((sip_span){text.data, start});
    if (line->version.length == 0 || version_length(line->version) != line->version.length) {
        return false;
    }
    uri_verdict verdict = judge_request_uri(line->uri, method);
    if (verdict == NO_URI || verdict == URI) {
        return verdict == URI;
    }
    sip_span behind = sip_span_between(sip_span_end(line->ending), data_end);
    sip_agreement agreement = corroborate(line->ending, behind);
    *open = agreement == SIP_MAYBE_A_START_LINE;
    return *open ? counts_as_it_ends(verdict, method, line->ending, behind) : agreement == SIP_SURELY_A_START_LINE;
}

/* sip_start_line_recognise() and, in *open, sip_start_line_is_open() */
static sip_start_line_kind
recognise(sip_span data, sip_start_line *line, bool *open)
{
    *open = false;
    if (data.length == 0) {
        return SIP_NOT_A_START_LINE;
    }
    sip_start_line found = {0};
    sip_span rest = data;
    found.lead = take_lead(&rest);
    found.line = rest;
    take(&rest, sip_span_run(rest, SIP_CHAR_BLANK));
    sip_span first = {rest.data, sip_span_run(rest, SIP_CHAR_TOKEN)};
    if (first.length == 0) {
        return SIP_NOT_A_START_LINE;
    }
    if (first.length < rest.length && rest.data[first.length] == '/') {
        found.kind = recognise_status_line(rest, &found) ? SIP_STATUS_LINE : SIP_NOT_A_START_LINE;
    } else {
        found.method = take(&rest, first.length);
        found.kind = recognise_request_line(rest, &found, open) ? SIP_REQUEST_LINE : SIP_NOT_A_START_LINE;
    }
    if (found.kind != SIP_NOT_A_START_LINE) {
        found.line = sip_span_between(found.line.data, found.ending.data);
        *line = found;
    }
    return found.kind;
}

sip_start_line_kind
sip_start_line_recognise(sip_span data, sip_start_line *line)
{
    bool open;
    return recognise(data, line, &open);
}

bool
sip_start_line_is_possible(sip_span data)
{
    static const sip_span name = SIP_SPAN_INIT("SIP");
    sip_span rest = data;
    const uint8_t *slash;
    while ((slash = sip_span_find(rest, '/')) != NULL) {
        sip_span before = sip_span_between(data.data, slash);
        if (before.length >= name.length &&
            sip_span_equal_nocase(sip_span_from(before, before.length - name.length), name)) {
            return true;
        }
        rest = sip_span_between(slash + 1, sip_span_end(data));
    }
    return false;
}

bool
sip_start_line_is_open(sip_span data)
{
    sip_start_line line;
    bool open;
    recognise(data, &line, &open);
    return open;
}

/* Text that starts with a registered method, a space and a scheme of ours. */
static sip_agreement
agree_request(sip_span text)
{
    static const char *const schemes[] = {"sip:", "sips:", "tel:"};
    sip_agreement best = SIP_NO_START_LINE;
    for (int method = SIP_METHOD_UNKNOWN + 1; method < SIP_METHOD_COUNT; method++) {
        const char *name = sip_method_name((sip_method)method);
        sip_agreement found = agree(text, name);
        size_t length = strlen(name);
        if (found == SIP_SURELY_A_START_LINE && text.length > length) {
            found = SIP_NO_START_LINE;
            for (size_t i = 0; i < sizeof schemes / sizeof schemes[0] && text.data[length] == ' '; i++) {
                sip_agreement scheme = agree(sip_span_from(text, length + 1), schemes[i]);
                found = scheme > found ? scheme : found;
            }
        } else if (found == SIP_SURELY_A_START_LINE) {
            found = SIP_MAYBE_A_START_LINE;
        }
        best = found > best ? found : best;
    }
    return best;
}

sip_agreement
sip_start_line_agreement(sip_span text)
{
    /* All methods, like "SIP", begin with a capital. */
    if (text.length > 0 && (text.data[0] < 'A' || text.data[0] > 'Z')) {
        return SIP_NO_START_LINE;
    }
    sip_agreement response = agree(text, "SIP/9.9 9");
    return response != SIP_NO_START_LINE ? response : agree_request(text);
}

bool
sip_start_line_recognise_cut(sip_span data, sip_start_line *line)
{
    if (data.length == 0) {
        return false;
    }
    sip_start_line found = {.kind = SIP_REQUEST_LINE, .ending = {sip_span_end(data), 0}};
    sip_span rest = data;
    found.lead = take_lead(&rest);
    found.line = rest;
    size_t method = sip_span_run(rest, SIP_CHAR_TOKEN);
    if (sip_start_line_agreement(rest) != SIP_SURELY_A_START_LINE || rest.data[method] != ' ' ||
        sip_span_find(rest, '\n') != NULL) {
        return false;
    }
    found.method = take(&rest, method);
    take(&rest, 1);
    const uint8_t *blank = sip_span_find(rest, ' ');
    found.uri = sip_span_between(rest.data, blank != NULL ? blank : sip_span_end(rest));
    *line = found;
    return true;
}

static void
check_lead(const sip_start_line *line, bool on_stream, sip_faults *faults)
{
    const uint8_t *nul = sip_span_find(line->lead, 0);
    if (nul != NULL) {
        sip_fault_note(faults, SIP_FAULT_LEADING_NULS, line->lead);
    } else if (line->lead.length > 0 && !on_stream) {
        sip_fault_note(faults, SIP_FAULT_LEADING_LINE_BREAKS, line->lead);
    }
}

static void
check_ending(const sip_start_line *line, bool cut, sip_faults *faults)
{
    bool lone_cr = line->ending.length == 1 && line->ending.data[0] == '\r';
    if (line->ending.length == 2 || (cut && (line->ending.length == 0 || lone_cr))) {
        return;
    }
    if (line->ending.length == 0) {
        sip_fault_note(faults, SIP_FAULT_NO_LINE_END, line->ending);
    } else {
        sip_fault_note(faults, line->ending.data[0] == '\n' ? SIP_FAULT_BARE_LF : SIP_FAULT_BARE_CR, line->ending);
    }
}

/* The white space between two parts must be one SP. */
static void
check_gap(const uint8_t *first, const uint8_t *end, sip_faults *faults)
{
    sip_span gap = sip_span_between(first, end);
    const uint8_t *tab = sip_span_find(gap, '\t');
    if (tab != NULL) {
        sip_fault_note(faults, SIP_FAULT_TAB, (sip_span){tab, 1});
    }
    if (gap.length > 1) {
        sip_fault_note(faults, SIP_FAULT_EXTRA_BLANKS, gap);
    }
}

/* Everything in the line is text, without controls, in UTF-8 (RFC 3261 section
 * 25.1). TAB is judged as white space. */
static void
check_text(sip_span line, sip_faults *faults)
{
    if (sip_span_is_printable(line)) {
        return;
    }
    for (size_t i = 0; i < line.length; i++) {
        if ((line.data[i] < ' ' && line.data[i] != '\t') || line.data[i] == 0x7F) {
            sip_fault_note(faults, SIP_FAULT_CONTROL_CHARACTER, (sip_span){line.data + i, 1});
            break;
        }
    }
    const uint8_t *bad = sip_span_find_bad_utf8(line);
    if (bad != NULL) {
        sip_fault_note(faults, SIP_FAULT_BAD_UTF8, (sip_span){bad, 1});
    }
}

static void
check_version(sip_span version, sip_faults *faults)
{
    if (!sip_span_present(version)) {
        return;
    }
    if (!sip_span_equal((sip_span){version.data, 3}, SIP_SPAN("SIP"))) {
        sip_fault_note(faults, SIP_FAULT_VERSION_CASE, version);
    }
    if (!version_is_good(version)) {
        sip_fault_note(faults, SIP_FAULT_VERSION, version);
    }
}

/* The ABNF of Reason-Phrase would let white space stand at its ends, but a
 * receiver can't tell it from a doubled space, so it is noted too. */
static void
check_status_line(const sip_start_line *line, bool cut, sip_faults *faults)
{
    const uint8_t *code_end = sip_span_end(line->code);
    const uint8_t *end = sip_span_end(line->line);
    check_gap(sip_span_end(line->version), line->code.data, faults);
    if (cut && code_end == end && line->ending.length == 0) {
        return;
    }
    if (code_end == end || !sip_char_is(*code_end, SIP_CHAR_BLANK)) {
        sip_fault_note(faults, SIP_FAULT_NO_SPACE_AFTER_CODE, (sip_span){code_end, 0});
    } else {
        check_gap(code_end, line->phrase.length > 0 ? line->phrase.data : code_end + 1, faults);
    }
    /* The one SP before an empty phrase is no trailing white space. */
    const uint8_t *text_end = line->phrase.length > 0 ? sip_span_end(line->phrase)
                              : code_end == end       ? end
                                                      : code_end + 1;
    if (text_end < end) {
        sip_fault_note(faults, SIP_FAULT_TRAILING_BLANKS, sip_span_between(text_end, end));
    }
}

static void
check_request_line(const sip_start_line *line, sip_faults *faults)
{
    check_gap(sip_span_end(line->method), line->uri.data, faults);
    if (!sip_span_present(line->version)) {
        return;
    }
    check_gap(sip_span_end(line->uri), line->version.data, faults);
    const uint8_t *text_end = sip_span_end(line->version);
    const uint8_t *end = sip_span_end(line->line);
    if (text_end < end) {
        sip_fault_note(faults, SIP_FAULT_TRAILING_BLANKS, sip_span_between(text_end, end));
    }
}

void
sip_start_line_check(const sip_start_line *line, bool on_stream, bool cut, sip_faults *faults)
{
    check_lead(line, on_stream, faults);
    size_t blanks = sip_span_run(line->line, SIP_CHAR_BLANK);
    if (blanks > 0) {
        sip_fault_note(faults, SIP_FAULT_LEADING_BLANKS, (sip_span){line->line.data, blanks});
    }
    if (line->kind == SIP_STATUS_LINE) {
        check_status_line(line, cut, faults);
    } else {
        check_request_line(line, faults);
    }
    check_version(line->version, faults);
    check_text(line->line, faults);
    check_ending(line, cut, faults);
}

bool
sip_version_is_supported(sip_span version)
{
    return sip_span_equal_nocase(version, SIP_SPAN("SIP/2.0"));
}

uint32_t
sip_start_line_code(const sip_start_line *line)
{
    uint32_t code = 0;
    sip_span_number(line->code, &code);
    return code;
}

bool
sip_start_line_code_is_valid(const sip_start_line *line)
{
    uint32_t code = sip_start_line_code(line);
    return line->code.length == 3 && code >= SIP_STATUS_MIN && code <= SIP_STATUS_MAX;
}
