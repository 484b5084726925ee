/* arena.h - memory for many small records that live as long as a capture is open.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A record costs its size and nothing more, where malloc() and wmem would add 16 bytes
 * to each: millions of records are kept.
 */
#ifndef SIPMSG_TRACK_ARENA_H
#define SIPMSG_TRACK_ARENA_H

#include <stddef.h>

typedef struct sipmsg_arena sipmsg_arena;

sipmsg_arena *sipmsg_arena_new(void);

/* Frees the arena and all that was taken from it. */
void sipmsg_arena_free(sipmsg_arena *arena);

/* size bytes (at least one), all zero, aligned for pointers and 64-bit numbers. Never NULL. */
void *sipmsg_arena_take(sipmsg_arena *arena, size_t size);

/* How many bytes were taken so far, for those who count. */
size_t sipmsg_arena_size(const sipmsg_arena *arena);

#endif
