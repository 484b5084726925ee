/* rules.h - whether one message keeps the rules of the RFCs.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The rules stand in rules.def. Each is judged by what the one message shows, as it
 * was captured: what depends on other messages is not judged here.
 */
#ifndef SIPMSG_SIP_RULES_H
#define SIPMSG_SIP_RULES_H

#include "limits.h"
#include "message.h"

typedef enum sip_rule {
#define SIP_RULE(identifier, kind, text) SIP_RULE_##identifier,
#include "rules.def"
    SIP_RULE_COUNT
} sip_rule;

/* How a broken rule is reported. */
typedef enum sip_rule_kind {
    SIP_RULE_IS_MISSING,         /* a mandatory header field is absent */
    SIP_RULE_IS_REPEATED,        /* a single-valued header field appears twice */
    SIP_RULE_IS_MALFORMED,       /* a header field breaks its grammar */
    SIP_RULE_IS_CSEQ_MISMATCH,   /* CSeq does not fit */
    SIP_RULE_IS_LENGTH_MISMATCH, /* Content-Length does not fit */
    SIP_RULE_IS_TRAILING,        /* bytes after the message */
    SIP_RULE_IS_MUST,            /* another MUST */
    SIP_RULE_IS_SHOULD,          /* another SHOULD */
} sip_rule_kind;

/* How a message came. */
typedef enum sip_carrier {
    SIP_CARRIER_OTHER, /* not known, or none of these */
    SIP_CARRIER_UDP,
    SIP_CARRIER_STREAM, /* TCP, TLS */
    SIP_CARRIER_WEBSOCKET,
} sip_carrier;

typedef struct sip_rule_context {
    sip_carrier carrier;
    bool cut;      /* the capture ends before the message does */
    bool fragment; /* a message/sipfrag (RFC 3420), which may lack anything */
} sip_rule_context;

/* A rule that is broken, and where. */
typedef struct sip_finding {
    sip_rule rule;
    sip_header_id header; /* the header field concerned, SIP_HEADER_NONE if none is */
    sip_fault_kind fault; /* SIP_RULE_ADDRESS_URI: what is wrong with the URI */
    sip_span at;          /* the bytes concerned; the start line for what is missing */
} sip_finding;

typedef struct sip_findings {
    sip_finding list[SIP_LIMIT_FINDINGS];
    size_t count;
    bool more; /* there are more than the limit */
} sip_findings;

/* Judges message, and lists what it found in the order of the bytes. Spans point into
 * the message's data. Takes time linear in the message's length. */
void sip_rules_check(const sip_message *message, const sip_rule_context *context, sip_findings *findings);

sip_rule_kind sip_rule_kind_of(sip_rule rule);

/* What is wrong, in words for a person; "%s" stands for a header field's name. */
const char *sip_rule_text(sip_rule rule);

#endif
