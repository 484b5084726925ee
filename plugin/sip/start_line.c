/* start_line.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "start_line.h"

#include "registry.h"

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

/* SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT, here tolerated as "SIP/" DIGIT and
 * any letters, digits, dots and dashes. The length of a version at the front of text, 0
 * if there is none or something clings to it, as in "SIP/2.0/UDP". */
static size_t
version_length(sip_span text)
{
    static const size_t prefix = 4;
    if (text.length <= prefix || !sip_span_equal_nocase((sip_span){text.data, prefix}, SIP_SPAN("SIP/")) ||
        !sip_char_is(text.data[prefix], SIP_CHAR_DIGIT)) {
        return 0;
    }
    size_t length = prefix + sip_span_run(sip_span_from(text, prefix), SIP_CHAR_HOST);
    return length == text.length || !sip_char_is(text.data[length], SIP_CHAR_TOKEN | SIP_CHAR_URI) ? length : 0;
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

static bool
has_small_letter(sip_span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] >= 'a' && text.data[i] <= 'z') {
            return true;
        }
    }
    return false;
}

/* Whether a URI of this scheme may be told from prose though it has white space
 * inside: "INVITE sip:user@example.com; lr SIP/2.0". */
static bool
may_have_blanks(sip_span scheme, sip_span method_name, sip_method method)
{
    bool ours = sip_span_equal_nocase(scheme, SIP_SPAN("sip")) || sip_span_equal_nocase(scheme, SIP_SPAN("sips")) ||
                sip_span_equal_nocase(scheme, SIP_SPAN("tel"));
    return ours && (method != SIP_METHOD_UNKNOWN || !has_small_letter(method_name));
}

static bool
is_request_uri(sip_span uri, sip_span method_name, sip_method method)
{
    if (uri.length == 0) {
        return false;
    }
    bool one_word = true;
    for (size_t i = 0; i < uri.length && one_word; i++) {
        one_word = !sip_char_is(uri.data[i], SIP_CHAR_BLANK);
    }
    sip_span inner = uri.data[0] == '<' ? sip_span_trim(sip_span_from(uri, 1)) : uri;
    size_t scheme_length = sip_uri_scheme_length(inner);
    if (scheme_length > 0) {
        return one_word || may_have_blanks((sip_span){inner.data, scheme_length}, method_name, method);
    }
    return one_word && (method != SIP_METHOD_UNKNOWN || sip_span_equal(uri, SIP_SPAN("*")));
}

/* Request-Line = Method SP Request-URI SP SIP-Version CRLF
 * rest starts behind the method and ends with the data. */
static bool
recognise_request_line(sip_span rest, sip_start_line *line)
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
    line->ending = sip_span_cut_line(&rest);

    sip_span text = without_trailing_blanks(rest);
    size_t start = text.length;
    while (start > 0 && !sip_char_is(text.data[start - 1], SIP_CHAR_BLANK)) {
        start--;
    }
    line->version = sip_span_from(text, start);
    line->uri = without_trailing_blanks((sip_span){text.data, start});
    return version_length(line->version) == line->version.length && line->version.length > 0 &&
           is_request_uri(line->uri, line->method, method);
}

sip_start_line_kind
sip_start_line_recognise(sip_span data, sip_start_line *line)
{
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
        found.kind = recognise_request_line(rest, &found) ? SIP_REQUEST_LINE : SIP_NOT_A_START_LINE;
    }
    if (found.kind != SIP_NOT_A_START_LINE) {
        found.line = sip_span_between(found.line.data, found.ending.data);
        *line = found;
    }
    return found.kind;
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
    if (line->ending.length == 2 || (cut && line->ending.length == 0)) {
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
    if (!sip_span_equal((sip_span){version.data, 3}, SIP_SPAN("SIP"))) {
        sip_fault_note(faults, SIP_FAULT_VERSION_CASE, version);
    }
}

/* The ABNF of Reason-Phrase would let white space stand at its ends, but a
 * receiver can't tell it from a doubled space, so it is noted too. */
static void
check_status_line(const sip_start_line *line, sip_faults *faults)
{
    const uint8_t *code_end = sip_span_end(line->code);
    const uint8_t *end = sip_span_end(line->line);
    check_gap(sip_span_end(line->version), line->code.data, faults);
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
        check_status_line(line, faults);
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
