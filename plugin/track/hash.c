/* hash.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "hash.h"

#include <glib.h>

static inline uint64_t
rotate(uint64_t number, unsigned bits)
{
    return number << bits | number >> (64 - bits);
}

static inline void
sip_round(sipmsg_hash *hash)
{
    hash->v0 += hash->v1;
    hash->v1 = rotate(hash->v1, 13) ^ hash->v0;
    hash->v0 = rotate(hash->v0, 32);
    hash->v2 += hash->v3;
    hash->v3 = rotate(hash->v3, 16) ^ hash->v2;
    hash->v0 += hash->v3;
    hash->v3 = rotate(hash->v3, 21) ^ hash->v0;
    hash->v2 += hash->v1;
    hash->v1 = rotate(hash->v1, 17) ^ hash->v2;
    hash->v2 = rotate(hash->v2, 32);
}

static inline void
add_word(sipmsg_hash *hash, uint64_t word)
{
    hash->v3 ^= word;
    sip_round(hash);
    hash->v0 ^= word;
}

/* Eight bytes with their ASCII letters made small: the sums carry into the highest bit of each
 * byte from "A" on, and from behind "Z" on. Bytes beyond ASCII stay as they are. */
static inline uint64_t
fold(uint64_t word)
{
    static const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t low = word & each * 0x7F;
    uint64_t from_a = low + each * (0x80 - 'A');
    uint64_t behind_z = low + each * (0x7F - 'Z');
    return word | ((from_a & ~behind_z & ~word & each * 0x80) >> 2);
}

static inline void
add_text(sipmsg_hash *hash, sip_span text, uint64_t (*change)(uint64_t))
{
    sipmsg_hash state = *hash;
    uint64_t last = (uint64_t)text.length << 56;
    uint64_t word;
    for (; text.length >= sizeof word; text = sip_span_from(text, sizeof word)) {
        memcpy(&word, text.data, sizeof word);
        add_word(&state, change(word));
    }
    word = 0;
    for (size_t i = 0; i < text.length; i++) {
        word |= (uint64_t)text.data[i] << 8 * i;
    }
    add_word(&state, change(word) | last);
    *hash = state;
}

static inline uint64_t
keep(uint64_t word)
{
    return word;
}

sipmsg_hash_seed
sipmsg_hash_new_seed(void)
{
    sipmsg_hash_seed seed;
    for (size_t i = 0; i < G_N_ELEMENTS(seed.words); i++) {
        seed.words[i] = (uint64_t)g_random_int() << 32 | g_random_int();
    }
    return seed;
}

sipmsg_hash
sipmsg_hash_start(const sipmsg_hash_seed *seed)
{
    return (sipmsg_hash){
        .v0 = seed->words[0] ^ UINT64_C(0x736f6d6570736575),
        .v1 = seed->words[1] ^ UINT64_C(0x646f72616e646f6d),
        .v2 = seed->words[0] ^ UINT64_C(0x6c7967656e657261),
        .v3 = seed->words[1] ^ UINT64_C(0x7465646279746573),
    };
}

void
sipmsg_hash_add(sipmsg_hash *hash, uint64_t number)
{
    add_word(hash, number);
}

void
sipmsg_hash_add_text(sipmsg_hash *hash, sip_span text)
{
    add_text(hash, text, keep);
}

void
sipmsg_hash_add_nocase(sipmsg_hash *hash, sip_span text)
{
    add_text(hash, text, fold);
}

uint64_t
sipmsg_hash_end(sipmsg_hash hash)
{
    hash.v2 ^= 0xff;
    for (int i = 0; i < 3; i++) {
        sip_round(&hash);
    }
    uint64_t number = hash.v0 ^ hash.v1 ^ hash.v2 ^ hash.v3;
    return number != 0 ? number : 1;
}

static inline uint64_t
number_of(const sipmsg_hash_seed *seed, sip_span text, uint64_t (*change)(uint64_t))
{
    if (!sip_span_present(text)) {
        return 0;
    }
    sipmsg_hash hash = sipmsg_hash_start(seed);
    add_text(&hash, text, change);
    return sipmsg_hash_end(hash);
}

uint64_t
sipmsg_hash_text(const sipmsg_hash_seed *seed, sip_span text)
{
    return number_of(seed, text, keep);
}

uint64_t
sipmsg_hash_nocase(const sipmsg_hash_seed *seed, sip_span text)
{
    return number_of(seed, text, fold);
}
