/* samples.h - measured times, of which exact percentiles are wanted at any moment.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_SAMPLES_H
#define SIPMSG_STATS_SAMPLES_H

#include <stdint.h>

typedef struct sipmsg_samples sipmsg_samples;

/* None yet. */
sipmsg_samples *sipmsg_samples_new(void);
void sipmsg_samples_free(sipmsg_samples *samples); /* samples may be NULL */

/* Takes one more, in time logarithmic in their number. */
void sipmsg_samples_add(sipmsg_samples *samples, int64_t value);

/* How many there are; NULL has none. */
unsigned sipmsg_samples_count(const sipmsg_samples *samples);

/* The mean of one sample or more. */
double sipmsg_samples_mean(const sipmsg_samples *samples);

/* A percentile (0 to 100) of one sample or more by the nearest rank: the smallest of them
 * that at least so many percent of them do not exceed. 0 is the smallest, 100 the largest. */
int64_t sipmsg_samples_percentile(const sipmsg_samples *samples, unsigned percent);

#endif
