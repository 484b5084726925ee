/* arena.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "arena.h"

#include <glib.h>

enum {
    BLOCK_SIZE = 64 * 1024,
    ALIGNMENT = 8, /* of pointers and 64-bit numbers; records have nothing larger */
};

struct sipmsg_arena {
    GPtrArray *blocks;
    char *next; /* what is left of the newest block */
    size_t left;
    size_t taken;
};

sipmsg_arena *
sipmsg_arena_new(void)
{
    sipmsg_arena *arena = g_new0(sipmsg_arena, 1);
    arena->blocks = g_ptr_array_new_with_free_func(g_free);
    return arena;
}

void
sipmsg_arena_free(sipmsg_arena *arena)
{
    g_ptr_array_free(arena->blocks, TRUE);
    g_free(arena);
}

static void *
new_block(sipmsg_arena *arena, size_t size)
{
    void *block = g_malloc0(size);
    g_ptr_array_add(arena->blocks, block);
    return block;
}

void *
sipmsg_arena_take(sipmsg_arena *arena, size_t size)
{
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    arena->taken += size;
    if (size > BLOCK_SIZE / 4) {
        return new_block(arena, size);
    }
    if (size > arena->left) {
        arena->next = new_block(arena, BLOCK_SIZE);
        arena->left = BLOCK_SIZE;
    }
    void *record = arena->next;
    arena->next += size;
    arena->left -= size;
    return record;
}

size_t
sipmsg_arena_size(const sipmsg_arena *arena)
{
    return arena->taken;
}
