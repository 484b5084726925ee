/* follow.h - feeds every message of a capture to track/, and finds what is known of it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_FOLLOW_H
#define SIPMSG_DISSECT_FOLLOW_H

#include "tree.h"

#include "track/track.h"

/* Arranges that all is forgotten before each first pass over a capture. Call once, when the
 * protocol is registered. */
void sipmsg_register_follow(void);

/* What is known of a message; NULL if it belongs to no transaction, or was not sent as such
 * but quoted or carried in another. Call once for each message, in the order in which they
 * stand in the packet. */
const sipmsg_sighting *sipmsg_follow(const sipmsg_view *view);

/* Where the messages of a path come from and go to, as addresses, with ports if both ends are
 * one host. To be freed with g_free(). */
char *sipmsg_path_source(const sipmsg_name *path);
char *sipmsg_path_target(const sipmsg_name *path);

/* All that was seen of the capture. */
const sipmsg_track *sipmsg_followed(void);

/* The time of the latest frame of the capture that was seen, of whatever protocol, in
 * nanoseconds since 1970. */
int64_t sipmsg_capture_end(void);

/* What was waited for in vain, though the capture goes on for sipmsg_patience(): whether a
 * message is a request that got no response, and whether it is a 2xx to an INVITE that got no
 * ACK. True only once the whole capture was seen. */
bool sipmsg_lacks_response(const sipmsg_sighting *sighting);
bool sipmsg_lacks_ack(const sipmsg_sighting *sighting);

#endif
