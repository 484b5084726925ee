/* names.h - texts that are shown again (Call-IDs, addresses, URIs), each stored once, so
 * that two are the same text if they are the same pointer.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_TRACK_NAMES_H
#define SIPMSG_TRACK_NAMES_H

#include "arena.h"
#include "hash.h"

typedef struct sipmsg_name {
    sip_span text; /* lives as long as the collection */
    uint64_t hash;
} sipmsg_name;

typedef struct sipmsg_names sipmsg_names;

/* An empty collection. The arena must outlive it and keeps the texts. */
sipmsg_names *sipmsg_names_new(sipmsg_arena *arena);
void sipmsg_names_free(sipmsg_names *names);

/* The name with that text, which is copied if it is new; NULL if text is absent. */
const sipmsg_name *sipmsg_name_of(sipmsg_names *names, sip_span text);

#endif
