/* ports.h - taking over from Wireshark's SIP wherever it is called by port, media
 * type, WebSocket protocol and so on.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_PORTS_H
#define SIPMSG_DISSECT_PORTS_H

#include "compat.h"

/* Arranges that before each pass over a capture, once preferences and Decode As
 * have been applied, every entry of a dissector table that points to Wireshark's
 * `sip` points to datagram instead, every one of `sip.tcp` to stream, and every one
 * of `sipfrag` (the media type message/sipfrag) to fragment. What they refuse goes to the dissector that was there
 * before, as if the plugin were not. While sipmsg is disabled the entries are given back. Call once, when the protocol
 * is registered. */
void sipmsg_register_ports(dissector_handle_t datagram, dissector_handle_t stream, dissector_handle_t fragment);

/* Looks up Wireshark's handles. Call once, at handoff. */
void sipmsg_find_sip_handles(void);

/* A dissector for a stream that is known to be SIP: ours, and behind it Wireshark's. */
dissector_handle_t sipmsg_stream_gate(void);

/* A protocol in name alone, for handles that are to leave no trace in a packet's layers. */
int sipmsg_proto_gate(void);

#endif
