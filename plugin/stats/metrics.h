/* metrics.h - the metrics of RFC 6076 of all calls and registrations that somebody selected,
 * and of each pair of hosts between which they went.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_METRICS_H
#define SIPMSG_STATS_METRICS_H

#include "measures.h"

#include <glib.h>

/* Who sent the first INVITE or REGISTER, and to whom. */
typedef struct sipmsg_pair {
    char *source;
    char *target;
    guint number; /* from 0 in the order in which they were added */
    sipmsg_measures measures;
} sipmsg_pair;

typedef struct sipmsg_metrics {
    sipmsg_survey *survey;
    GHashTable *counted; /* calls and registrations, as a set */
    GHashTable *by_path; /* path of the first request (sipmsg_name) -> sipmsg_pair */
    GPtrArray *pairs;    /* of sipmsg_pair * */
    sipmsg_measures all;
} sipmsg_metrics;

/* Nothing selected yet, of all that was seen so far. */
sipmsg_metrics *sipmsg_metrics_new(void);
void sipmsg_metrics_free(sipmsg_metrics *metrics); /* metrics may be NULL */

/* Counts the call or registration that a transaction belongs to, once. Returns the pair whose
 * measures changed, NULL if none did. */
const sipmsg_pair *sipmsg_metrics_add(sipmsg_metrics *metrics, const sipmsg_transaction *transaction);

/* "12/13  92.3%", "n/a" without a denominator. To be freed with g_free(). */
char *sipmsg_ratio_text(const sipmsg_ratio *ratio);

/* The mean of delays in their unit; empty if there are none. To be freed with g_free(). */
char *sipmsg_delay_mean(const sipmsg_measures *measures, sipmsg_delay_id id);

/* How many decimals a page shows of a delay. */
unsigned sipmsg_delay_decimals(sipmsg_delay_id id);

#endif
