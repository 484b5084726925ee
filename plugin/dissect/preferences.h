/* preferences.h - what the user can set.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_PREFERENCES_H
#define SIPMSG_DISSECT_PREFERENCES_H

#include "sip/span.h"

#include "compat.h"

/* Registers the preferences of proto_sipmsg. Call once, after the protocol is
 * registered. */
void sipmsg_register_preferences(void);

/* Whether messages are handed on to Wireshark's own SIP dissector. */
bool sipmsg_hands_on(void);

/* Whether the user named this method as known. Compared with case. */
bool sipmsg_method_is_known_to_user(sip_span method);

/* How long a request waits for its first response, and a 2xx to an INVITE for its ACK,
 * before the lack of it is reported, in nanoseconds. */
int64_t sipmsg_patience(void);

/* How long a transaction may be silent before the same identity starts another one, in
 * nanoseconds; 0 for ever. */
int64_t sipmsg_transaction_age(void);

#endif
