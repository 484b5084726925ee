/* identity.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "identity.h"

#include "address.h"
#include "limits.h"

enum {
    PORT_SIP = 5060,
    PORT_SIPS = 5061,
};

/* sent-by = host [ COLON port ]. An absent port stands for the transport's own (section
 * 18.2.2). */
static uint16_t
port_of(const sip_via *via)
{
    uint32_t port = 0;
    if (!sip_span_present(via->port)) {
        return sip_span_equal_nocase(via->transport, SIP_SPAN("TLS")) ? PORT_SIPS : PORT_SIP;
    }
    return sip_span_number(via->port, &port) && port <= UINT16_MAX ? (uint16_t)port : 0;
}

/* The first value of Via that is not empty. False if there is none. */
static bool
top_via(const sip_message *message, sip_span *top)
{
    sip_span values = message->via;
    if (sip_value_next(&values, ',', top) && top->length > 0) {
        return true;
    }
    sip_header_walk walk = {.rows = message->vias};
    return sip_span_present(message->via) && sip_header_walk_next(&walk, SIP_HEADER_VIA, top);
}

bool
sip_identity_parse(const sip_message *message, sip_identity *identity)
{
    sip_identity found = {.call_id = message->call_id};
    sip_span top;
    sip_via via;

    if (message->call_id.length == 0 || !sip_span_present(message->cseq) || !top_via(message, &top) ||
        !sip_cseq_parse(message->cseq, &found.cseq)) {
        return false;
    }
    sip_via_parse(top, &via);
    found.method = sip_method_lookup(found.cseq.method);
    found.branch = sip_parameter_find(via.parameters, ';', SIP_SPAN("branch"));
    found.has_magic_cookie = sip_branch_has_magic_cookie(found.branch);
    found.sent_by = via.host;
    found.sent_by_port = port_of(&via);
    found.from_tag = sip_address_tag(message->from);
    found.to_tag = sip_address_tag(message->to);
    if (sip_span_present(message->rseq)) {
        sip_span_number(message->rseq, &found.response_seq);
    }
    *identity = found;
    return true;
}

unsigned
sip_identity_hops(const sip_message *message)
{
    sip_header_walk walk = {.rows = message->vias};
    sip_span value;
    unsigned count = 0;
    while (count < SIP_LIMIT_HOPS && sip_header_walk_next(&walk, SIP_HEADER_VIA, &value)) {
        count++;
    }
    return count;
}
