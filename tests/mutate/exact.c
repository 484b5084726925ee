/* exact.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Stands between the plugin, whose sources are compiled with another name for it, and
 * tvb_get_ptr(), and gives the same bytes in memory that is exactly as long. What Wireshark
 * gives lies in a larger buffer, in front of what earlier frames left there, so that
 * AddressSanitizer would not see who reads beyond its ends.
 */
#undef tvb_get_ptr

#include <epan/tvbuff.h>

#include <string.h>

typedef struct {
    const guint8 *original;
    gint length;
} place;

const guint8 *exact_tvb_get_ptr(tvbuff_t *tvb, gint offset, gint length);

static guint
place_hash(gconstpointer key)
{
    const place *here = key;
    return g_direct_hash(here->original) ^ (guint)here->length;
}

static gboolean
place_equal(gconstpointer a, gconstpointer b)
{
    const place *one = a;
    const place *other = b;
    return one->original == other->original && one->length == other->length;
}

/* The plugin asks for the bytes of a packet more than once and counts from one answer to the
 * other. So it gets the same copy for as long as the same bytes are in the same place. */
const guint8 *
exact_tvb_get_ptr(tvbuff_t *tvb, gint offset, gint length)
{
    static GHashTable *copies;
    const place here = {tvb_get_ptr(tvb, offset, length), length};
    if (length <= 0) {
        return here.original;
    }
    if (copies == NULL) {
        copies = g_hash_table_new_full(place_hash, place_equal, g_free, g_free);
    }
    guint8 *copy = g_hash_table_lookup(copies, &here);
    if (copy == NULL || memcmp(copy, here.original, (size_t)length) != 0) {
        copy = g_memdup2(here.original, (gsize)length);
        g_hash_table_replace(copies, g_memdup2(&here, sizeof here), copy);
    }
    return copy;
}
