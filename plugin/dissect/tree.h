/* tree.h - what the user sees of one message: its items and expert infos.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_TREE_H
#define SIPMSG_DISSECT_TREE_H

#include "sip/message.h"
#include "track/transactions.h"

#include "compat.h"

/* A parsed message and the packet that it stands in. */
typedef struct sipmsg_view {
    tvbuff_t *tvb;
    packet_info *pinfo;
    sip_span bytes;    /* what was captured of tvb; all spans of the message point into it */
    bool on_stream;    /* from TCP or TLS rather than from a datagram */
    bool by_heuristic; /* found by the heuristic rather than by a port */
    bool cut;          /* there is more of the message than we have */
    bool first;        /* the first message in tvb */
    bool fragment;     /* of type message/sipfrag (RFC 3420) */
    unsigned depth;    /* in how many other messages' bodies it stands */
    sip_message message;
    const sipmsg_sighting *sighting; /* what is known of it beside its own bytes, NULL if nothing */
} sipmsg_view;

/* What was captured of a packet, in one piece. */
static inline sip_span
sipmsg_captured(tvbuff_t *tvb)
{
    int length = (int)tvb_captured_length(tvb);
    return (sip_span){length > 0 ? tvb_get_ptr(tvb, 0, length) : NULL, (size_t)length};
}

/* Where a span starts in the packet. */
static inline int
sipmsg_offset(const sipmsg_view *view, sip_span span)
{
    return (int)(span.data - view->bytes.data);
}

/* Whether the message was not sent as such, but quoted in an error packet, carried in another
 * message, or is a fragment of one. It counts nowhere. */
static inline bool
sipmsg_is_nested(const sipmsg_view *view)
{
    return view->depth > 0 || view->fragment || view->pinfo->flags.in_error_pkt;
}

/* Adds the tree of the message's start line and diagnosis with its expert infos below
 * parent. Of that nothing is made that nobody will look at. Returns the message's root,
 * NULL if there is no tree. */
proto_tree *sipmsg_add_message(const sipmsg_view *view, proto_tree *parent);

/* Lists the header fields below root, and gives the body to the dissector that is
 * registered for its media type. For messages that Wireshark's SIP does not take. root may
 * be NULL: the body may have more to tell than a tree, such as where media will flow. */
void sipmsg_add_headers_and_body(const sipmsg_view *view, proto_tree *root);

#endif
