/* address.h - name-addr and addr-spec, and the sent-by part of Via (RFC 3261 sections
 * 20.10 and 20.42).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_ADDRESS_H
#define SIPMSG_SIP_ADDRESS_H

#include "span.h"

typedef enum sip_address_fault {
    SIP_ADDRESS_GOOD,
    SIP_ADDRESS_QUOTE,        /* a quoted string without its closing quote */
    SIP_ADDRESS_DISPLAY_NAME, /* a display name that should be quoted */
    SIP_ADDRESS_BRACKETS,     /* a URI that should be in angle brackets */
    SIP_ADDRESS_OTHER,        /* anything else, such as text behind ">" */
} sip_address_fault;

/* name-addr or addr-spec, with the header parameters behind it. Parts as sent; absent
 * ones have data NULL. */
typedef struct sip_address {
    sip_span display_name; /* with its quotes */
    sip_span uri;          /* without angle brackets */
    sip_span parameters;   /* all of ";a=b;c" without the first ";" */
    bool in_brackets;
    sip_address_fault fault; /* the first one met */
    sip_span at;             /* where */
} sip_address;

/* Takes apart one value of From, To, Contact, Route and their like: all of value. Fills
 * *address with what there is, whatever is wrong: a URI in angle brackets and the
 * parameters behind it are found even where the display name is broken. */
void sip_address_parse(sip_span value, sip_address *address);

/* The tag of From or To: the parameter of that name, empty for a flag; absent if there is
 * none or value is absent.
 * ( "From" / "f" ) HCOLON ( name-addr / addr-spec ) *( SEMI ( tag-param / generic-param ) ) */
sip_span sip_address_tag(sip_span value);

/* via-parm. Parts as sent; absent ones have data NULL. */
typedef struct sip_via {
    sip_span transport;
    sip_span host; /* with brackets, if it is an IPv6 address */
    sip_span port; /* its digits, or what stands in their place */
    sip_span parameters;
    sip_span bad; /* the bytes that break the grammar; absent if all is right */
} sip_via;

/* Takes apart one value of Via: all of value. Fills *via with what there is. */
void sip_via_parse(sip_span value, sip_via *via);

/* Whether a branch, which may be absent, begins with the magic cookie and so identifies its
 * transaction (section 8.1.1.7). */
bool sip_branch_has_magic_cookie(sip_span branch);

#endif
