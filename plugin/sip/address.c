/* address.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "address.h"

#include "header.h"

static void
note(sip_address *address, sip_address_fault fault, sip_span at)
{
    if (address->fault == SIP_ADDRESS_GOOD) {
        address->fault = fault;
        address->at = at;
    }
}

/* What stands behind the URI: nothing, or ";" and parameters. */
static void
parse_tail(sip_span tail, sip_address *address)
{
    const uint8_t *semicolon = sip_span_find(tail, ';');
    const uint8_t *end = semicolon == NULL ? sip_span_end(tail) : semicolon;
    sip_span between = sip_span_trim(sip_span_between(tail.data, end));
    if (between.length > 0) {
        note(address, SIP_ADDRESS_OTHER, between);
    }
    if (semicolon != NULL) {
        address->parameters = sip_span_trim(sip_span_between(semicolon + 1, sip_span_end(tail)));
    }
}

/* addr-spec *( SEMI param ): all up to the first ";" is the URI */
static void
parse_addr_spec(sip_span value, sip_address *address)
{
    const uint8_t *semicolon = sip_span_find(value, ';');
    const uint8_t *end = semicolon == NULL ? sip_span_end(value) : semicolon;
    address->uri = sip_span_trim(sip_span_between(value.data, end));
    if (sip_span_find(address->uri, '?') != NULL || sip_span_find(address->uri, ',') != NULL) {
        note(address, SIP_ADDRESS_BRACKETS, address->uri);
    }
    parse_tail(sip_span_between(end, sip_span_end(value)), address);
}

/* LAQUOT addr-spec RAQUOT *( SEMI param ), from the "<" on */
static void
parse_bracketed(sip_span value, sip_address *address)
{
    const uint8_t *end = sip_span_find(value, '>');
    address->in_brackets = true;
    if (end == NULL) {
        address->uri = sip_span_from(value, 1);
        note(address, SIP_ADDRESS_OTHER, value);
        return;
    }
    address->uri = sip_span_between(value.data + 1, end);
    parse_tail(sip_span_between(end + 1, sip_span_end(value)), address);
}

/* display-name = *( token LWS ) / quoted-string; here the first of them */
static void
check_display_name(sip_address *address)
{
    sip_span name = address->display_name;
    for (size_t i = 0; i < name.length; i++) {
        if (!sip_char_is(name.data[i], SIP_CHAR_TOKEN | SIP_CHAR_BLANK) && name.data[i] != '\r' &&
            name.data[i] != '\n') {
            note(address, SIP_ADDRESS_DISPLAY_NAME, name);
            return;
        }
    }
}

/* A display name in quotes takes a name-addr. Returns what stands behind the name; all
 * of value where the closing quote is missing, as the URI is then somewhere in it. */
static sip_span
take_quoted_name(sip_span value, sip_address *address)
{
    sip_span name = {value.data, sip_quoted_string_length(value)};
    sip_span rest = sip_span_trim(sip_span_from(value, name.length));
    if (!sip_is_quoted_string(name)) {
        note(address, SIP_ADDRESS_QUOTE, name);
        return value;
    }
    address->display_name = name;
    if (rest.length == 0 || rest.data[0] != '<') {
        note(address, SIP_ADDRESS_OTHER, name);
    }
    return rest;
}

void
sip_address_parse(sip_span value, sip_address *address)
{
    *address = (sip_address){0};
    value = sip_span_trim(value);
    bool quoted = value.length > 0 && value.data[0] == '"';
    if (quoted) {
        value = take_quoted_name(value, address);
    }
    const uint8_t *bracket = sip_span_find(value, '<');
    if (bracket != NULL) {
        if (!sip_span_present(address->display_name)) {
            address->display_name = sip_span_trim(sip_span_between(value.data, bracket));
            check_display_name(address);
        }
        parse_bracketed(sip_span_between(bracket, sip_span_end(value)), address);
    } else if (!quoted) {
        parse_addr_spec(value, address);
    }
}

sip_span
sip_address_tag(sip_span value)
{
    static const sip_span name = SIP_SPAN_INIT("tag");
    sip_address address;
    if (!sip_span_present(value)) {
        return value;
    }
    /* Nearly always <sip:bob@example.com>;tag=x, perhaps behind a quoted name: then nothing
     * else need be looked at. */
    bool quoted = value.length > 0 && value.data[0] == '"';
    sip_span rest = quoted ? sip_span_skip_white(sip_span_from(value, sip_quoted_string_length(value))) : value;
    const uint8_t *end = rest.length > 0 && rest.data[0] == '<' ? sip_span_find(rest, '>') : NULL;
    if (end != NULL && end + 1 < sip_span_end(rest) && end[1] == ';') {
        return sip_parameter_find(sip_span_between(end + 2, sip_span_end(rest)), ';', name);
    }
    sip_address_parse(value, &address);
    return sip_parameter_find(address.parameters, ';', name);
}

/* Takes a token off the front of *rest, and the white space around it. False if there
 * is none. */
static bool
take_token(sip_span *rest, sip_span *token)
{
    sip_span text = sip_span_skip_white(*rest);
    *token = (sip_span){text.data, sip_span_run(text, SIP_CHAR_TOKEN)};
    *rest = sip_span_skip_white(sip_span_from(text, token->length));
    return token->length > 0;
}

static bool
take_byte(sip_span *rest, uint8_t byte)
{
    if (rest->length == 0 || rest->data[0] != byte) {
        return false;
    }
    *rest = sip_span_from(*rest, 1);
    return true;
}

/* sent-protocol = protocol-name SLASH protocol-version SLASH transport */
static bool
take_sent_protocol(sip_span *rest, sip_via *via)
{
    static const sip_span usual = SIP_SPAN_INIT("SIP/2.0/");
    sip_span token;
    if (rest->length > usual.length && memcmp(rest->data, usual.data, usual.length) == 0) {
        *rest = sip_span_from(*rest, usual.length);
        return take_token(rest, &via->transport);
    }
    return take_token(rest, &token) && take_byte(rest, '/') && take_token(rest, &token) && take_byte(rest, '/') &&
           take_token(rest, &via->transport);
}

/* host = hostname / IPv4address / IPv6reference */
static bool
take_host(sip_span *rest, sip_via *via)
{
    size_t length = 0;
    if (rest->length > 0 && rest->data[0] == '[') {
        const uint8_t *end = sip_span_find(*rest, ']');
        length = end == NULL ? 0 : (size_t)(end + 1 - rest->data);
    } else {
        while (length < rest->length && (sip_char_is(rest->data[length], SIP_CHAR_HOST) || rest->data[length] == '_')) {
            length++;
        }
    }
    via->host = (sip_span){rest->data, length};
    *rest = sip_span_skip_white(sip_span_from(*rest, length));
    return length > 0;
}

void
sip_via_parse(sip_span value, sip_via *via)
{
    *via = (sip_via){0};
    sip_span rest = sip_span_trim(value);
    const uint8_t *transport_end;

    if (!take_sent_protocol(&rest, via)) {
        via->bad = value;
        return;
    }
    transport_end = sip_span_end(via->transport);
    if (rest.data == transport_end || !take_host(&rest, via)) {
        via->bad = value;
        return;
    }
    if (take_byte(&rest, ':')) {
        rest = sip_span_skip_white(rest);
        via->port = (sip_span){rest.data, sip_span_run(rest, SIP_CHAR_TOKEN)};
        rest = sip_span_skip_white(sip_span_from(rest, via->port.length));
    }
    if (take_byte(&rest, ';')) {
        via->parameters = rest;
    } else if (rest.length > 0) {
        via->bad = rest;
    }
}

bool
sip_branch_has_magic_cookie(sip_span branch)
{
    const sip_span cookie = SIP_SPAN("z9hG4bK");
    return branch.length >= cookie.length && sip_span_equal_nocase((sip_span){branch.data, cookie.length}, cookie);
}
