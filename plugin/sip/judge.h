/* judge.h - what the files that judge a message share. For rules.c and rules_rows.c alone.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_JUDGE_H
#define SIPMSG_SIP_JUDGE_H

#include "rules.h"

/* What is gathered of a message while it is judged. */
typedef struct judge {
    const sip_message *message;
    const sip_rule_context *context;
    sip_findings *findings;
    sip_span first[SIP_HEADER_COUNT]; /* the value of the first row of each field */
    bool seen[SIP_HEADER_COUNT];
    unsigned vias;     /* how many values Via has, */
    unsigned contacts; /* and Contact, */
    bool contact_star; /* and whether one of these is "*" */
    unsigned allowed;  /* the registered methods in the row of Allow that is being judged, a bit each */
    sip_span from_tag; /* absent if there is none */
    sip_span to_tag;
    sip_method method; /* of the request, or in the response's CSeq */
    uint32_t code;     /* 0 for a request */
    bool rfc2543;      /* the top Via lacks the magic cookie (RFC 3261 section 17.2.3) */
} judge;

/* Lists a finding, unless the list is full. */
void sip_judge_add(judge *j, sip_finding finding);

/* Lists a broken rule: the header field concerned, SIP_HEADER_NONE if none is, and the
 * bytes. */
void sip_judge_report(judge *j, sip_rule rule, sip_header_id header, sip_span at);

/* Judges every row of the header section by itself, by the grammar of its field, and fills
 * j->seen and j->first. */
void sip_judge_rows(judge *j);

/* Whether any of the URI parameters in list has one of the names. */
bool sip_judge_has_uri_parameter(sip_span list, const sip_span *names, size_t count);

/* Whether Contact says where the peer sends further requests of a dialog to. */
bool sip_judge_contact_is_target(const judge *j);

static inline bool
is_request(const judge *j)
{
    return j->message->start_line.kind == SIP_REQUEST_LINE;
}

static inline bool
is_response_of_class(const judge *j, unsigned status_class)
{
    return j->code / 100 == status_class;
}

#endif
