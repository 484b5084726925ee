/* names.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "names.h"

#include <glib.h>
#include <string.h>

/* Longer texts are folded in memory of their own. */
enum { FOLDED_MAX = 256 };

struct sipmsg_names {
    sipmsg_arena *arena;
    GHashTable *set;
    uint64_t seed[2];
};

/* The state of SipHash. */
typedef struct sip_hash_state {
    uint64_t v0, v1, v2, v3;
} sip_hash_state;

static inline uint64_t
rotate(uint64_t number, unsigned bits)
{
    return number << bits | number >> (64 - bits);
}

static inline void
sip_round(sip_hash_state *state)
{
    state->v0 += state->v1;
    state->v1 = rotate(state->v1, 13) ^ state->v0;
    state->v0 = rotate(state->v0, 32);
    state->v2 += state->v3;
    state->v3 = rotate(state->v3, 16) ^ state->v2;
    state->v0 += state->v3;
    state->v3 = rotate(state->v3, 21) ^ state->v0;
    state->v2 += state->v1;
    state->v1 = rotate(state->v1, 17) ^ state->v2;
    state->v2 = rotate(state->v2, 32);
}

static inline void
add_word(sip_hash_state *state, uint64_t word)
{
    state->v3 ^= word;
    sip_round(state);
    state->v0 ^= word;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012; nothing to do with SIP): a sender who does not
 * know the seed can't make names that collide. GLib's hashes are not made for that, and
 * wmem's goes byte by byte, which costs too much for the five names of every message. */
static uint64_t
hash_of(const uint64_t seed[2], sip_span bytes)
{
    sip_hash_state state = {seed[0] ^ UINT64_C(0x736f6d6570736575), seed[1] ^ UINT64_C(0x646f72616e646f6d),
                            seed[0] ^ UINT64_C(0x6c7967656e657261), seed[1] ^ UINT64_C(0x7465646279746573)};
    uint64_t last = (uint64_t)bytes.length << 56;
    uint64_t word;
    while (bytes.length >= sizeof word) {
        memcpy(&word, bytes.data, sizeof word);
        add_word(&state, word);
        bytes = sip_span_from(bytes, sizeof word);
    }
    for (size_t i = 0; i < bytes.length; i++) {
        last |= (uint64_t)bytes.data[i] << 8 * i;
    }
    add_word(&state, last);
    state.v2 ^= 0xff;
    for (int i = 0; i < 3; i++) {
        sip_round(&state);
    }
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

static guint
name_hash(gconstpointer key)
{
    const sipmsg_name *name = key;
    return (guint)name->hash;
}

static gboolean
name_equal(gconstpointer a, gconstpointer b)
{
    const sipmsg_name *first = a;
    const sipmsg_name *second = b;
    return first->hash == second->hash && sip_span_equal(first->text, second->text);
}

sipmsg_names *
sipmsg_names_new(sipmsg_arena *arena)
{
    sipmsg_names *names = g_new0(sipmsg_names, 1);
    names->arena = arena;
    names->set = g_hash_table_new(name_hash, name_equal);
    for (int i = 0; i < 2; i++) {
        names->seed[i] = (uint64_t)g_random_int() << 32 | g_random_int();
    }
    return names;
}

void
sipmsg_names_free(sipmsg_names *names)
{
    g_hash_table_destroy(names->set);
    g_free(names);
}

const sipmsg_name *
sipmsg_name_of(sipmsg_names *names, sip_span text)
{
    if (!sip_span_present(text)) {
        return NULL;
    }
    const sipmsg_name probe = {.text = text, .hash = hash_of(names->seed, text)};
    sipmsg_name *name = g_hash_table_lookup(names->set, &probe);
    if (name == NULL) {
        name = sipmsg_arena_take(names->arena, sizeof *name + text.length);
        uint8_t *copy = (uint8_t *)(name + 1);
        if (text.length > 0) {
            memcpy(copy, text.data, text.length);
        }
        *name = (sipmsg_name){.text = {copy, text.length}, .hash = probe.hash};
        g_hash_table_add(names->set, name);
    }
    return name;
}

const sipmsg_name *
sipmsg_name_of_nocase(sipmsg_names *names, sip_span text)
{
    uint8_t buffer[FOLDED_MAX];
    uint8_t *folded = text.length <= sizeof buffer ? buffer : g_malloc(text.length);
    for (size_t i = 0; i < text.length; i++) {
        folded[i] = (uint8_t)g_ascii_tolower((gchar)text.data[i]);
    }
    const sipmsg_name *name = sipmsg_name_of(names, (sip_span){sip_span_present(text) ? folded : NULL, text.length});
    if (folded != buffer) {
        g_free(folded);
    }
    return name;
}
