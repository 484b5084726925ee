/* names.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "names.h"

#include <glib.h>
#include <string.h>

struct sipmsg_names {
    sipmsg_arena *arena;
    GHashTable *set;
    sipmsg_hash_seed seed;
};

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
    names->seed = sipmsg_hash_new_seed();
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
    const sipmsg_name probe = {.text = text, .hash = sipmsg_hash_text(&names->seed, text)};
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
