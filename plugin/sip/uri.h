/* uri.h - a URI taken apart (RFC 3261 section 19.1, RFC 3966, RFC 3986).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_URI_H
#define SIPMSG_SIP_URI_H

#include "fault.h"
#include "span.h"

typedef enum sip_uri_kind {
    SIP_URI_NONE,     /* "*", or without a scheme */
    SIP_URI_SIP,      /* sip: or sips: */
    SIP_URI_TEL,      /* tel: */
    SIP_URI_ABSOLUTE, /* any other scheme */
} sip_uri_kind;

/* Parts as sent, escapes kept; an absent part has data NULL. */
typedef struct sip_uri {
    sip_uri_kind kind;
    sip_span scheme;
    sip_span user; /* the number of a tel: URI */
    sip_span password;
    sip_span host;        /* an IPv6 address without its brackets */
    sip_span port;        /* its digits */
    uint16_t port_number; /* valid if port is present */
    sip_span parameters;  /* all of ";a=b;c" without the first ";" */
    sip_span headers;     /* all of "?a=b&c=d" without the "?" */
    sip_span opaque;      /* all after the colon of another scheme */
} sip_uri;

/* The length of a scheme at the start of text, without its colon; 0 if text does
 * not start with a scheme and a colon (RFC 3986 section 3.1). */
size_t sip_uri_scheme_length(sip_span text);

/* Takes apart the URI that is all of text. Angle brackets and white space around
 * it are tolerated. Always fills *uri with what there is; spans point into text.
 * Notes what breaks the grammar in *faults, which the caller initialised. */
void sip_uri_parse(sip_span text, sip_uri *uri, sip_faults *faults);

/* Takes the next item of a list of URI parameters (separator ';') or headers
 * (separator '&') off the front of *rest; false when *rest is used up. An absent
 * *rest is used up. Items may be empty. */
bool sip_uri_next_item(sip_span *rest, uint8_t separator, sip_span *item);

/* Whether text is a host: a name, an IPv4 address, or an IPv6 address in brackets (RFC
 * 3261 section 25.1, RFC 5954). */
bool sip_is_host(sip_span text);

/* Whether text is an IPv6 address without brackets (RFC 3986 section 3.2.2). */
bool sip_is_ipv6_address(sip_span text);

#endif
