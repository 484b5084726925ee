/* uri.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "uri.h"

size_t
sip_uri_scheme_length(sip_span text)
{
    /* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) */
    if (text.length == 0 || !sip_char_is(text.data[0], SIP_CHAR_ALPHA)) {
        return 0;
    }
    size_t length = sip_span_run(text, SIP_CHAR_SCHEME);
    return length < text.length && text.data[length] == ':' ? length : 0;
}

bool
sip_uri_next_item(sip_span *rest, uint8_t separator, sip_span *item)
{
    if (!sip_span_present(*rest)) {
        return false;
    }
    const uint8_t *end = sip_span_find(*rest, separator);
    if (end == NULL) {
        *item = *rest;
        *rest = (sip_span){NULL, 0};
    } else {
        *item = sip_span_between(rest->data, end);
        *rest = sip_span_between(end + 1, sip_span_end(*rest));
    }
    return true;
}

/* IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet, each from 0 to
 * 255 without leading zeros (RFC 5954 section 4.1) */
static bool
is_ipv4_address(sip_span text)
{
    for (int part = 0; part < 4; part++) {
        size_t digits = sip_span_run(text, SIP_CHAR_DIGIT);
        uint32_t value = 0;
        if (digits > 3 || !sip_span_number((sip_span){text.data, digits}, &value) || value > 255) {
            return false;
        }
        if (digits > 1 && text.data[0] == '0') {
            return false;
        }
        text = sip_span_from(text, digits);
        if (part < 3) {
            if (text.length == 0 || text.data[0] != '.') {
                return false;
            }
            text = sip_span_from(text, 1);
        }
    }
    return text.length == 0;
}

/* hostname    = *( domainlabel "." ) toplabel [ "." ]
 * domainlabel = alphanum / alphanum *( alphanum / "-" ) alphanum
 * toplabel    = ALPHA / ALPHA *( alphanum / "-" ) alphanum */
static bool
is_hostname(sip_span text)
{
    uint8_t initial = '.'; /* of the label that we are in */
    uint8_t before = '.';
    if (text.length > 1 && text.data[text.length - 1] == '.') {
        text.length--;
    }
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.data[i];
        bool good = byte == '.'   ? before != '.' && before != '-'
                    : byte == '-' ? before != '.'
                                  : sip_char_is(byte, SIP_CHAR_ALPHA | SIP_CHAR_DIGIT);
        if (!good) {
            return false;
        }
        initial = before == '.' ? byte : initial;
        before = byte;
    }
    return before != '.' && before != '-' && sip_char_is(initial, SIP_CHAR_ALPHA);
}

/* Eight groups of h16 = 1*4HEXDIG, the last two perhaps as an IPv4 address, and
 * one "::" at most for one group of zeros or more (RFC 5954, RFC 3986). */
bool
sip_is_ipv6_address(sip_span text)
{
    unsigned groups = 0;
    bool elided = false;
    bool need_group = true; /* after a single colon, and at the start without "::" */

    if (text.length >= 2 && text.data[0] == ':' && text.data[1] == ':') {
        elided = true;
        need_group = false;
        text = sip_span_from(text, 2);
    }
    while (text.length > 0) {
        size_t digits = sip_span_run(text, SIP_CHAR_HEX);
        if (digits < text.length && text.data[digits] == '.') {
            groups += 2;
            return is_ipv4_address(text) && (elided ? groups < 8 : groups == 8);
        }
        if (digits == 0 || digits > 4) {
            return false;
        }
        groups++;
        need_group = false;
        text = sip_span_from(text, digits);
        if (text.length == 0) {
            break;
        }
        if (text.data[0] != ':') {
            return false;
        }
        text = sip_span_from(text, 1);
        need_group = true;
        if (text.length > 0 && text.data[0] == ':') {
            if (elided) {
                return false;
            }
            elided = true;
            need_group = false;
            text = sip_span_from(text, 1);
        }
    }
    return !need_group && (elided ? groups < 8 : groups == 8);
}

/* host          = hostname / IPv4address / IPv6reference
 * IPv6reference = "[" IPv6address "]" */
bool
sip_is_host(sip_span text)
{
    if (text.length > 2 && text.data[0] == '[' && text.data[text.length - 1] == ']') {
        return sip_is_ipv6_address((sip_span){text.data + 1, text.length - 2});
    }
    return is_ipv4_address(text) || is_hostname(text);
}

/* Notes the bytes of a part that must be escaped or may not be there at all: all but
 * unreserved / escaped and what stands in others (RFC 3261 section 25.1). */
static void
check_characters(sip_span part, sip_span others, sip_faults *faults)
{
    for (size_t i = 0; i < part.length; i++) {
        uint8_t byte = part.data[i];
        sip_span at = {part.data + i, 1};
        if (sip_char_is(byte, SIP_CHAR_UNRESERVED) || sip_span_find(others, byte) != NULL) {
            continue;
        }
        if (sip_char_is(byte, SIP_CHAR_BLANK)) {
            sip_fault_note(faults, SIP_FAULT_URI_BLANK, at);
        } else if (byte == '%') {
            sip_span digits = sip_span_from(part, i + 1);
            if (digits.length < 2 || !sip_char_is(digits.data[0], SIP_CHAR_HEX) ||
                !sip_char_is(digits.data[1], SIP_CHAR_HEX)) {
                sip_fault_note(faults, SIP_FAULT_URI_ESCAPE, at);
            }
        } else {
            sip_fault_note(faults, byte == '@' ? SIP_FAULT_URI_SECOND_AT : SIP_FAULT_URI_CHARACTER, at);
        }
    }
}

/* userinfo        = ( user / telephone-subscriber ) [ ":" password ] "@"
 * user            = 1*( unreserved / escaped / user-unreserved )
 * user-unreserved = "&" / "=" / "+" / "$" / "," / ";" / "?" / "/"
 * password        = *( unreserved / escaped / "&" / "=" / "+" / "$" / "," ) */
static void
parse_userinfo(sip_span text, sip_uri *uri, sip_faults *faults)
{
    const uint8_t *colon = sip_span_find(text, ':');
    uri->user = colon == NULL ? text : sip_span_between(text.data, colon);
    if (colon != NULL) {
        uri->password = sip_span_between(colon + 1, sip_span_end(text));
    }
    if (uri->user.length == 0) {
        sip_fault_note(faults, SIP_FAULT_URI_NO_USER, uri->user);
    }
    check_characters(uri->user, SIP_SPAN("&=+$,;?/"), faults);
    check_characters(uri->password, SIP_SPAN("&=+$,"), faults);
}

/* port = 1*DIGIT */
static void
parse_port(sip_span text, sip_uri *uri, sip_faults *faults)
{
    uint32_t number = 0;
    if (sip_span_number(text, &number) && number <= UINT16_MAX) {
        uri->port = text;
        uri->port_number = (uint16_t)number;
    } else {
        sip_fault_note(faults, SIP_FAULT_URI_PORT, text);
    }
}

/* IPv6reference = "[" IPv6address "]", with [ ":" port ] behind it */
static void
parse_ipv6_reference(sip_span text, sip_uri *uri, sip_faults *faults)
{
    const uint8_t *bracket = sip_span_find(text, ']');
    const uint8_t *end = bracket == NULL ? sip_span_end(text) : bracket;
    uri->host = sip_span_between(text.data + 1, end);
    if (bracket == NULL || !sip_is_ipv6_address(uri->host)) {
        sip_fault_note(faults, SIP_FAULT_URI_IPV6, uri->host);
    }
    if (bracket == NULL || bracket + 1 == sip_span_end(text)) {
        return;
    }
    sip_span rest = sip_span_between(bracket + 1, sip_span_end(text));
    if (rest.data[0] == ':') {
        parse_port(sip_span_from(rest, 1), uri, faults);
    } else {
        sip_fault_note(faults, SIP_FAULT_URI_HOST, rest);
    }
}

/* hostport = host [ ":" port ]
 * host     = hostname / IPv4address / IPv6reference
 * False if the text may have characters that belong into none of them. */
static bool
parse_hostport(sip_span text, sip_uri *uri, sip_faults *faults)
{
    sip_span trimmed = sip_span_trim(text);
    if (trimmed.length > 0 && trimmed.data[0] == '[') {
        parse_ipv6_reference(trimmed, uri, faults);
        return false;
    }
    const uint8_t *colon = sip_span_find(trimmed, ':');
    if (colon != NULL && sip_is_ipv6_address(trimmed)) {
        uri->host = trimmed;
        sip_fault_note(faults, SIP_FAULT_URI_IPV6_BRACKETS, trimmed);
        return false;
    }
    uri->host = colon == NULL ? trimmed : sip_span_between(trimmed.data, colon);
    bool good = is_ipv4_address(uri->host) || is_hostname(uri->host);
    if (uri->host.length == 0) {
        sip_fault_note(faults, SIP_FAULT_URI_NO_HOST, uri->host);
    } else if (!good) {
        sip_fault_note(faults, SIP_FAULT_URI_HOST, uri->host);
    }
    if (colon != NULL) {
        parse_port(sip_span_between(colon + 1, sip_span_end(trimmed)), uri, faults);
        good = good && sip_span_present(uri->port);
    }
    return good && trimmed.length == text.length;
}

/* Cuts *text at the first separator; what stood behind it is returned, absent if
 * there was none. */
static sip_span
split_off(sip_span *text, uint8_t separator)
{
    const uint8_t *found = sip_span_find(*text, separator);
    if (found == NULL) {
        return (sip_span){NULL, 0};
    }
    sip_span rest = sip_span_between(found + 1, sip_span_end(*text));
    *text = sip_span_between(text->data, found);
    return rest;
}

/* uri-parameters = *( ";" pname [ "=" pvalue ] )
 * pname, pvalue  = 1*( param-unreserved / unreserved / escaped )
 * param-unreserved = "[" / "]" / "/" / ":" / "&" / "+" / "$" */
static void
check_parameters(sip_span parameters, sip_faults *faults)
{
    sip_span item;
    check_characters(parameters, SIP_SPAN("[]/:&+$;="), faults);
    while (sip_uri_next_item(&parameters, ';', &item)) {
        sip_span value = item;
        sip_span name = {NULL, 0};
        sip_uri_next_item(&value, '=', &name);
        bool has_value = sip_span_present(value);
        if (name.length == 0 || (has_value && (value.length == 0 || sip_span_find(value, '=') != NULL))) {
            sip_fault_note(faults, SIP_FAULT_URI_PARAMETER, item);
        }
    }
}

/* headers = "?" header *( "&" header )
 * header  = hname "=" hvalue, of which hvalue may be empty
 * hnv-unreserved = "[" / "]" / "/" / "?" / ":" / "+" / "$" */
static void
check_headers(sip_span headers, sip_faults *faults)
{
    sip_span item;
    check_characters(headers, SIP_SPAN("[]/?:+$&="), faults);
    while (sip_uri_next_item(&headers, '&', &item)) {
        const uint8_t *equals = sip_span_find(item, '=');
        if (equals == NULL || equals == item.data) {
            sip_fault_note(faults, SIP_FAULT_URI_HEADER, item);
        }
    }
}

/* The @ that ends the userinfo. A user part may hold ";" and "?" but no "@"; a
 * host, parameter or header may hold none at all. Of several before the first
 * parameter or header of the host, the last is the likelier. */
static const uint8_t *
find_userinfo_end(sip_span text)
{
    const uint8_t *found = sip_span_find(text, '@');
    if (found == NULL) {
        return NULL;
    }
    for (const uint8_t *p = found + 1; p < sip_span_end(text) && *p != ';' && *p != '?'; p++) {
        if (*p == '@') {
            found = p;
        }
    }
    return found;
}

/* SIP-URI  = "sip:"  [ userinfo ] hostport uri-parameters [ headers ]
 * SIPS-URI = "sips:" [ userinfo ] hostport uri-parameters [ headers ] */
static void
parse_sip_uri(sip_span text, sip_uri *uri, sip_faults *faults)
{
    const uint8_t *at = find_userinfo_end(text);
    if (at != NULL) {
        parse_userinfo(sip_span_between(text.data, at), uri, faults);
        text = sip_span_between(at + 1, sip_span_end(text));
    }
    uri->headers = split_off(&text, '?');
    uri->parameters = split_off(&text, ';');
    if (!parse_hostport(text, uri, faults)) {
        check_characters(text, SIP_SPAN("[]:"), faults);
    }
    check_parameters(uri->parameters, faults);
    check_headers(uri->headers, faults);
}

/* telephone-subscriber = global-number / local-number (RFC 3966 section 3)
 * global-number        = "+" *phonedigit DIGIT *phonedigit *par
 * local-number         = *phonedigit-hex (HEXDIG / "*" / "#") *phonedigit-hex *par context *par
 * Letters stand only in local numbers, which are wanted to have a context but are met
 * without one. */
static void
check_number(sip_span number, sip_faults *faults)
{
    static const sip_span separators = SIP_SPAN_INIT("-.()");
    bool global = number.length > 0 && number.data[0] == '+';
    sip_span rest = global ? sip_span_from(number, 1) : number;
    bool has_digit = false;

    for (size_t i = 0; i < rest.length; i++) {
        sip_span at = {rest.data + i, 1};
        uint8_t byte = rest.data[i];
        bool digit =
            sip_char_is(byte, global ? SIP_CHAR_DIGIT : SIP_CHAR_HEX) || (!global && (byte == '*' || byte == '#'));
        has_digit = has_digit || digit;
        if (sip_char_is(byte, SIP_CHAR_BLANK)) {
            sip_fault_note(faults, SIP_FAULT_URI_BLANK, at);
        } else if (!digit && sip_span_find(separators, byte) == NULL) {
            sip_fault_note(faults, SIP_FAULT_URI_NUMBER, at);
        }
    }
    if (number.length > 0 && !has_digit) {
        sip_fault_note(faults, SIP_FAULT_URI_NUMBER, number);
    }
}

/* telephone-uri = "tel:" telephone-subscriber */
static void
parse_tel_uri(sip_span text, sip_uri *uri, sip_faults *faults)
{
    uri->parameters = split_off(&text, ';');
    uri->user = text;
    if (text.length == 0) {
        sip_fault_note(faults, SIP_FAULT_URI_EMPTY, text);
    }
    check_number(text, faults);
    check_parameters(uri->parameters, faults);
}

/* The URI inside of "<" and ">" and of white space. */
static sip_span
strip_brackets(sip_span text, sip_faults *faults)
{
    sip_span inner = sip_span_trim(text);
    if (inner.length > 0 && inner.data[0] == '<') {
        sip_fault_note(faults, SIP_FAULT_URI_IN_BRACKETS, text);
        inner = sip_span_from(inner, 1);
        if (inner.length > 0 && inner.data[inner.length - 1] == '>') {
            inner.length--;
        }
        inner = sip_span_trim(inner);
    }
    return inner;
}

void
sip_uri_parse(sip_span text, sip_uri *uri, sip_faults *faults)
{
    *uri = (sip_uri){0};
    sip_span inner = strip_brackets(text, faults);
    size_t scheme_length = sip_uri_scheme_length(inner);

    if (scheme_length == 0) {
        uri->kind = SIP_URI_NONE;
        sip_fault_note(faults, sip_span_equal(inner, SIP_SPAN("*")) ? SIP_FAULT_URI_ASTERISK : SIP_FAULT_URI_NO_SCHEME,
                       inner);
        return;
    }
    uri->scheme = (sip_span){inner.data, scheme_length};
    sip_span rest = sip_span_from(inner, scheme_length + 1);
    if (sip_span_equal_nocase(uri->scheme, SIP_SPAN("sip")) || sip_span_equal_nocase(uri->scheme, SIP_SPAN("sips"))) {
        uri->kind = SIP_URI_SIP;
        parse_sip_uri(rest, uri, faults);
    } else if (sip_span_equal_nocase(uri->scheme, SIP_SPAN("tel"))) {
        uri->kind = SIP_URI_TEL;
        parse_tel_uri(rest, uri, faults);
    } else {
        /* absoluteURI = scheme ":" ( hier-part / opaque-part ) */
        uri->kind = SIP_URI_ABSOLUTE;
        uri->opaque = rest;
        if (rest.length == 0) {
            sip_fault_note(faults, SIP_FAULT_URI_EMPTY, rest);
        }
        check_characters(rest, SIP_SPAN(";/?:@&=+$,[]"), faults);
    }
}
