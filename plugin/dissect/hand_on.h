/* hand_on.h - calling Wireshark's own SIP.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_HAND_ON_H
#define SIPMSG_DISSECT_HAND_ON_H

#include "tree.h"

#include "compat.h"

/* The dissector table through which Wireshark's SIP is called. Nobody else's. */
#define SIPMSG_HAND_ON_TABLE "sipmsg.hand_on"

/* Registers the table. Call once, after the protocol is registered. */
void sipmsg_register_hand_on(void);

/* Looks up Wireshark's SIP and its heuristics. Call once, at handoff. */
void sipmsg_find_sip(void);

/* Hands the message of view on to Wireshark's SIP, on exactly its bytes, from its start
 * line to the end of its body. Returns how many of them it took; 0 if it refused or is
 * disabled, or the user does not want it. */
int sipmsg_hand_on(const sipmsg_view *view, proto_tree *tree, void *data);

/* For a heuristic that has refused a packet: whether the heuristic of Wireshark's SIP for
 * the same list takes it. Then it has been dissected.
 *
 * Wireshark moves a heuristic that takes a packet to the front of its list. If that of
 * Wireshark's SIP took one that we had refused, it would stand before ours from then on,
 * and we would see nothing more. */
bool sipmsg_leave_to_sip(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);

#endif
