/* names.h - texts that identify things (branches, tags, Call-IDs and the like), each
 * stored once, so that two are the same text if they are the same pointer.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_TRACK_NAMES_H
#define SIPMSG_TRACK_NAMES_H

#include "arena.h"

#include "sip/span.h"

typedef struct sipmsg_name {
    sip_span text; /* lives as long as the collection */
    uint64_t hash;
} sipmsg_name;

typedef struct sipmsg_names sipmsg_names;

/* An empty collection. The arena must outlive it and keeps the texts. */
sipmsg_names *sipmsg_names_new(sipmsg_arena *arena);
void sipmsg_names_free(sipmsg_names *names);

/* The name with that text, which is copied if it is new; NULL if text is absent. The
 * second takes ASCII letters without case, as RFC 3261 section 7.3.1 has it for all but
 * the Call-ID, and keeps them small. */
const sipmsg_name *sipmsg_name_of(sipmsg_names *names, sip_span text);
const sipmsg_name *sipmsg_name_of_nocase(sipmsg_names *names, sip_span text);

/* 2^64 divided by the golden ratio: multiplied with it, a number is spread over the upper
 * bits. */
#define SIPMSG_GOLDEN UINT64_C(0x9E3779B97F4A7C15)

/* Mixes a number, or a pointer to a name or record, into a hash for GLib. */
static inline unsigned
sipmsg_hash_number(unsigned hash, uint64_t number)
{
    return (unsigned)((hash ^ number) * SIPMSG_GOLDEN >> 32);
}

static inline unsigned
sipmsg_hash_pointer(unsigned hash, const void *pointer)
{
    return sipmsg_hash_number(hash, (uintptr_t)pointer);
}

#endif
