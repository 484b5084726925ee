/* identity.h - what a message says of its transaction and its dialog (RFC 3261 sections
 * 12 and 17).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_IDENTITY_H
#define SIPMSG_SIP_IDENTITY_H

#include "message.h"

/* Parts as sent, in the message's own bytes; absent ones have data NULL. */
typedef struct sip_identity {
    sip_span call_id;
    sip_span from_tag;
    sip_span to_tag;
    sip_span branch;       /* of the topmost Via */
    sip_span sent_by;      /* the host there, with brackets if it is an IPv6 address */
    uint16_t sent_by_port; /* the port there, or the one that its absence stands for; 0 if it is none */
    bool has_magic_cookie; /* the branch identifies the transaction (section 8.1.1.7) */
    sip_cseq cseq;         /* method and number */
    sip_method method;     /* that method; UNKNOWN if it is not registered */
    uint32_t response_seq; /* RSeq of a reliable provisional response (RFC 3262), else 0 */
} sip_identity;

/* False, and *identity untouched, if Via, CSeq or Call-ID are missing, or CSeq breaks its
 * grammar: such a message belongs to no transaction. */
bool sip_identity_parse(const sip_message *message, sip_identity *identity);

/* How many values the Via header fields have: over how many hops a request came. More than
 * SIP_LIMIT_HOPS are not counted. */
unsigned sip_identity_hops(const sip_message *message);

#endif
