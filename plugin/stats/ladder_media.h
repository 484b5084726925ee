/* ladder_media.h - which media a message sets up, in a few words.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_LADDER_MEDIA_H
#define SIPMSG_STATS_LADDER_MEDIA_H

#include "sip/message.h"

#include "compat.h"

/* What the session description (RFC 8866) of a message says of addresses, ports and hold,
 * such as "audio 192.0.2.10:20260 sendonly, no video"; "SDP" if there is one that says nothing
 * of that; NULL if there is none. The text is printable UTF-8 and belongs to pool. */
const char *sipmsg_media_of(wmem_allocator_t *pool, const sip_message *message);

#endif
