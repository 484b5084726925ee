/* measures.h - the metrics of RFC 6076, counted over calls and registrations.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The RFC defines them at the user agent that asks. A capture is taken anywhere, so they are
 * measured as if that agent sat there: on the hop of the caller (see track/calls.h), and on
 * the hop where a registration was seen first.
 */
#ifndef SIPMSG_STATS_MEASURES_H
#define SIPMSG_STATS_MEASURES_H

#include "samples.h"
#include "survey.h"

typedef enum sipmsg_ratio_id {
    SIPMSG_ISA, /* what the network failed to do comes first */
    SIPMSG_SER,
    SIPMSG_SEER,
    SIPMSG_SCR,
    SIPMSG_IRA,
    SIPMSG_RATIOS
} sipmsg_ratio_id;

typedef enum sipmsg_delay_id {
    SIPMSG_SRD_SUCCESSFUL,
    SIPMSG_SRD_FAILED,
    SIPMSG_SDD_SUCCESSFUL,
    SIPMSG_SDD_FAILED,
    SIPMSG_SDT_COMPLETED,
    SIPMSG_SDT_FAILED,
    SIPMSG_RRD,
    SIPMSG_DELAYS
} sipmsg_delay_id;

typedef struct sipmsg_ratio {
    uint32_t part;
    uint32_t whole;
} sipmsg_ratio;

typedef struct sipmsg_measures {
    uint32_t calls;
    uint32_t behind_proxies;      /* of these, those whose first INVITE had more than one Via value */
    uint32_t unfinished;          /* those that count nowhere: the capture does not show their end */
    uint32_t still_up;            /* those that don't count for SCR: no BYE, or it may yet be answered */
    uint32_t byes_unanswered;     /* those that have no SDD: Timer F ran out */
    uint32_t registrations;       /* attempts, */
    uint32_t registrations_open;  /* those that may yet be answered, and count nowhere, */
    uint32_t registrations_asked; /* and those that were asked for credentials at last */
    sipmsg_ratio ratios[SIPMSG_RATIOS];
    sipmsg_samples *delays[SIPMSG_DELAYS]; /* in nanoseconds; NULL without any */
} sipmsg_measures;

/* Lets go of what belongs to measures, not of themselves. */
void sipmsg_measures_clear(sipmsg_measures *measures);

/* What a ratio is of, and what a delay is of, in words. */
typedef struct sipmsg_ratio_info {
    const char *name;
    const char *meaning;
} sipmsg_ratio_info;

typedef struct sipmsg_delay_info {
    const char *name;
    const char *kind;  /* "successful", "failed" and the like */
    const char *brief; /* name and kind for the head of a narrow column */
    const char *unit;
    int64_t nanoseconds; /* of the unit */
    const char *meaning;
} sipmsg_delay_info;

const sipmsg_ratio_info *sipmsg_ratio_about(sipmsg_ratio_id id);
const sipmsg_delay_info *sipmsg_delay_about(sipmsg_delay_id id);

/* Adds one call or registration to measures. end is the time of the capture's end, timer_f
 * how long a request waits for its response, both in nanoseconds. */
void sipmsg_measure_call(sipmsg_measures *measures, const sipmsg_survey *survey, const sipmsg_call *call, int64_t end,
                         int64_t timer_f);
void sipmsg_measure_registration(sipmsg_measures *measures, const sipmsg_registration *registration, int64_t end,
                                 int64_t timer_f);

#endif
