/* header.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "header.h"

static const sip_span absent = {NULL, 0};

bool
sip_header_row(sip_span *rest, sip_span *row)
{
    if (rest->length == 0) {
        *row = absent;
        return false;
    }
    size_t ending;
    size_t length = sip_span_line(*rest, &ending);
    size_t taken = length + ending;
    while (length > 0 && taken < rest->length && sip_char_is(rest->data[taken], SIP_CHAR_BLANK)) {
        length = taken + sip_span_line(sip_span_from(*rest, taken), &ending);
        taken = length + ending;
    }
    *row = (sip_span){rest->data, length};
    *rest = sip_span_from(*rest, taken);
    return length > 0;
}

/* message-header = field-name HCOLON field-value
 * HCOLON         = *( SP / HTAB ) ":" SWS */
void
sip_header_split(sip_span row, sip_header_field *field)
{
    const uint8_t *colon = sip_span_find(row, ':');
    field->line = row;
    if (colon == NULL) {
        field->id = SIP_HEADER_NONE;
        field->name = (sip_span){row.data, 0};
        field->value = sip_span_trim(row);
        return;
    }
    field->name = sip_span_trim(sip_span_between(row.data, colon));
    field->value = sip_span_trim(sip_span_between(colon + 1, sip_span_end(row)));
    field->id = sip_header_lookup(field->name);
}

bool
sip_header_next(sip_span *rest, sip_header_field *field)
{
    sip_span row;
    bool found = sip_header_row(rest, &row);
    field->line = row;
    if (found) {
        sip_header_split(row, field);
    }
    return found;
}

bool
sip_header_walk_next(sip_header_walk *walk, sip_header_id id, sip_span *value)
{
    for (;;) {
        while (sip_value_next(&walk->members, ',', value)) {
            if (value->length > 0) {
                return true;
            }
        }
        sip_header_field field;
        do {
            if (!sip_header_next(&walk->rows, &field)) {
                walk->rows = absent;
                return false;
            }
        } while (field.id != id);
        walk->members = field.value;
    }
}

/* The closing quote of the quoted string at the front of text, NULL if there is none.
 * quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE */
static const uint8_t *
closing_quote(sip_span text)
{
    for (size_t i = 1; i < text.length; i++) {
        if (text.data[i] == '\\') {
            i++;
        } else if (text.data[i] == '"') {
            return text.data + i;
        }
    }
    return NULL;
}

size_t
sip_quoted_string_length(sip_span text)
{
    const uint8_t *end = closing_quote(text);
    return end == NULL ? text.length : (size_t)(end + 1 - text.data);
}

bool
sip_is_quoted_string(sip_span text)
{
    return text.length >= 2 && text.data[0] == '"' && closing_quote(text) == text.data + text.length - 1;
}

/* The length of the text before the first separator that counts, or of all of it. */
static size_t
length_to_separator(sip_span text, uint8_t separator)
{
    const uint8_t *end = sip_span_find(text, separator);
    sip_span front = sip_span_between(text.data, end == NULL ? sip_span_end(text) : end);
    if (sip_span_find(front, '"') == NULL && sip_span_find(front, '<') == NULL) {
        return front.length;
    }
    bool in_brackets = false;
    size_t i = 0;
    while (i < text.length && (in_brackets || text.data[i] != separator)) {
        if (text.data[i] == '"' && !in_brackets) {
            i += sip_quoted_string_length(sip_span_from(text, i));
            continue;
        }
        in_brackets = in_brackets ? text.data[i] != '>' : text.data[i] == '<';
        i++;
    }
    return i;
}

bool
sip_value_next(sip_span *rest, uint8_t separator, sip_span *item)
{
    if (!sip_span_present(*rest)) {
        return false;
    }
    size_t i = length_to_separator(*rest, separator);
    *item = sip_span_trim((sip_span){rest->data, i});
    *rest = i < rest->length ? sip_span_from(*rest, i + 1) : absent;
    return true;
}

sip_span
sip_unquote(sip_span text)
{
    if (text.length >= 2 && text.data[0] == '"' && text.data[text.length - 1] == '"') {
        return (sip_span){text.data + 1, text.length - 2};
    }
    return text;
}

sip_span
sip_parameter_find(sip_span parameters, uint8_t separator, sip_span name)
{
    sip_span item;
    while (sip_value_next(&parameters, separator, &item)) {
        if (item.length < name.length || !sip_span_equal_nocase((sip_span){item.data, name.length}, name)) {
            continue;
        }
        sip_span behind = sip_span_skip_white(sip_span_from(item, name.length));
        if (behind.length == 0) {
            return behind;
        }
        if (behind.data[0] == '=') {
            return sip_unquote(sip_span_skip_white(sip_span_from(behind, 1)));
        }
    }
    return absent;
}

/* Takes the text up to white space off the front of *rest, and the white space
 * behind it. */
static sip_span
take_word(sip_span *rest)
{
    size_t length = 0;
    while (length < rest->length && rest->data[length] > ' ') {
        length++;
    }
    sip_span word = {rest->data, length};
    *rest = sip_span_trim(sip_span_from(*rest, length));
    return word;
}

bool
sip_cseq_parse(sip_span value, sip_cseq *cseq)
{
    sip_cseq found = {0};
    if (!sip_span_number(take_word(&value), &found.number)) {
        return false;
    }
    found.method = value;
    if (value.length == 0 || sip_span_run(value, SIP_CHAR_TOKEN) != value.length) {
        return false;
    }
    *cseq = found;
    return true;
}

bool
sip_reason_parse(sip_span value, sip_reason *reason)
{
    sip_reason found = {0};
    if (!sip_value_next(&value, ';', &found.protocol) || found.protocol.length == 0) {
        return false;
    }
    sip_span cause = sip_parameter_find(value, ';', SIP_SPAN("cause"));
    if (sip_span_present(cause) && sip_span_number(cause, &found.cause_number)) {
        found.cause = cause;
    }
    found.text = sip_parameter_find(value, ';', SIP_SPAN("text"));
    found.location = sip_parameter_find(value, ';', SIP_SPAN("location"));
    *reason = found;
    return true;
}

bool
sip_warning_parse(sip_span value, sip_warning *warning)
{
    sip_warning found = {0};
    found.code = take_word(&value);
    if (!sip_span_number(found.code, &found.code_number)) {
        return false;
    }
    found.agent = take_word(&value);
    found.text = sip_unquote(value);
    *warning = found;
    return true;
}
