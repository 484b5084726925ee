/* hash.h - texts and groups of texts as numbers that stand for them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SipHash-1-3 (Aumasson and Bernstein, 2012; nothing to do with SIP) with a random seed: who
 * does not know the seed can't make texts whose numbers are the same or fall together in a
 * table. GLib's hashes are not made for that, and wmem's goes byte by byte, which costs too
 * much for what is hashed of every message.
 *
 * 64 bits are enough to take the number for the text. Of a million different texts two have
 * the same number in one of 37 million captures, and then one response is shown with the
 * wrong request.
 */
#ifndef SIPMSG_TRACK_HASH_H
#define SIPMSG_TRACK_HASH_H

#include "sip/span.h"

/* Numbers of different seeds have nothing to do with each other. */
typedef struct sipmsg_hash_seed {
    uint64_t words[2];
} sipmsg_hash_seed;

sipmsg_hash_seed sipmsg_hash_new_seed(void);

/* The number of a text, never 0; 0 if text is absent. The second takes ASCII letters without
 * case, as RFC 3261 section 7.3.1 has it for all but the Call-ID. */
uint64_t sipmsg_hash_text(const sipmsg_hash_seed *seed, sip_span text);
uint64_t sipmsg_hash_nocase(const sipmsg_hash_seed *seed, sip_span text);

/* The number of several things: start, add them in an order that never changes, and end. Two
 * texts side by side are told from others only if their lengths are added too. */
typedef struct sipmsg_hash {
    uint64_t v0, v1, v2, v3;
} sipmsg_hash;

sipmsg_hash sipmsg_hash_start(const sipmsg_hash_seed *seed);
void sipmsg_hash_add(sipmsg_hash *hash, uint64_t number);
void sipmsg_hash_add_text(sipmsg_hash *hash, sip_span text);
void sipmsg_hash_add_nocase(sipmsg_hash *hash, sip_span text);
uint64_t sipmsg_hash_end(sipmsg_hash hash); /* never 0 */

/* 2^64 divided by the golden ratio: multiplied with it, a number is spread over the upper
 * bits. */
#define SIPMSG_GOLDEN UINT64_C(0x9E3779B97F4A7C15)

/* Mixes a number that no sender can choose, or a pointer, into a hash for GLib. */
static inline unsigned
sipmsg_mix_number(unsigned hash, uint64_t number)
{
    return (unsigned)((hash ^ number) * SIPMSG_GOLDEN >> 32);
}

static inline unsigned
sipmsg_mix_pointer(unsigned hash, const void *pointer)
{
    return sipmsg_mix_number(hash, (uintptr_t)pointer);
}

#endif
