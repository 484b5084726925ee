/* samples.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "samples.h"

#include <glib.h>

struct sipmsg_samples {
    GSequence *sorted; /* of int64_t * */
    double total;      /* a sum of times that a hostile capture claims would overflow an integer */
};

static gint
compare(gconstpointer a, gconstpointer b, gpointer data)
{
    const int64_t *left = a;
    const int64_t *right = b;
    (void)data;
    return (*left > *right) - (*left < *right);
}

sipmsg_samples *
sipmsg_samples_new(void)
{
    sipmsg_samples *samples = g_new0(sipmsg_samples, 1);
    samples->sorted = g_sequence_new(g_free);
    return samples;
}

void
sipmsg_samples_free(sipmsg_samples *samples)
{
    if (samples != NULL) {
        g_sequence_free(samples->sorted);
        g_free(samples);
    }
}

void
sipmsg_samples_add(sipmsg_samples *samples, int64_t value)
{
    int64_t *kept = g_new(int64_t, 1);
    *kept = value;
    g_sequence_insert_sorted(samples->sorted, kept, compare, NULL);
    samples->total += (double)value;
}

unsigned
sipmsg_samples_count(const sipmsg_samples *samples)
{
    return samples != NULL ? (unsigned)g_sequence_get_length(samples->sorted) : 0;
}

double
sipmsg_samples_mean(const sipmsg_samples *samples)
{
    return samples->total / sipmsg_samples_count(samples);
}

int64_t
sipmsg_samples_percentile(const sipmsg_samples *samples, unsigned percent)
{
    uint64_t rank = ((uint64_t)sipmsg_samples_count(samples) * percent + 99) / 100;
    gint index = rank > 0 ? (gint)(rank - 1) : 0;
    const int64_t *value = g_sequence_get(g_sequence_get_iter_at_pos(samples->sorted, index));
    return *value;
}
