/* response_times.h - how long requests wait for their responses, and which get none.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_RESPONSE_TIMES_H
#define SIPMSG_STATS_RESPONSE_TIMES_H

#include "samples.h"

#include "track/track.h"

/* What is told of a method: of its requests, each of which has a final response or is in one
 * of the next three, and of the times to each kind of response. The first provisional
 * response shows that the next hop is there, the first 18x to an INVITE that the callee was
 * reached; one response may be both. */
typedef enum sipmsg_times_row {
    SIPMSG_TIMES_REQUESTS,
    SIPMSG_TIMES_FINAL,
    SIPMSG_TIMES_ONLY_PROVISIONAL,
    SIPMSG_TIMES_NO_RESPONSE,
    SIPMSG_TIMES_TOO_EARLY, /* no final response yet: the capture ends soon after the request */
    SIPMSG_TIMES_COUNTS,    /* rows before this are numbers alone */
    SIPMSG_TIMES_PROVISIONAL = SIPMSG_TIMES_COUNTS,
    SIPMSG_TIMES_RINGING,
    SIPMSG_TIMES_SUCCESS,
    SIPMSG_TIMES_CHALLENGE,
    SIPMSG_TIMES_FAILURE, /* or redirection */
    SIPMSG_TIMES_ROWS
} sipmsg_times_row;

const char *sipmsg_times_row_name(sipmsg_times_row row);

typedef struct sipmsg_method_times {
    sip_method method;                        /* all that are not registered together */
    unsigned counts[SIPMSG_TIMES_ROWS];       /* of requests or times */
    sipmsg_samples *times[SIPMSG_TIMES_ROWS]; /* in nanoseconds; NULL without any */
} sipmsg_method_times;

const char *sipmsg_times_method_name(sip_method method);

/* The requests that have no final response. */
unsigned sipmsg_times_unanswered(const sipmsg_method_times *times);

typedef struct sipmsg_response_times {
    sipmsg_method_times methods[SIP_METHOD_COUNT];
    unsigned untimed;                    /* finals whose request was not captured before them */
    const sipmsg_sighting **provisional; /* the first of each transaction, by its number */
    int64_t end;
    int64_t patience;
} sipmsg_response_times;

/* None yet. track is all that there is to know of the capture, which ends at the time end;
 * patience is how long a request waits for its final response, both in nanoseconds. */
sipmsg_response_times *sipmsg_response_times_new(const sipmsg_track *track, int64_t end, int64_t patience);
void sipmsg_response_times_free(sipmsg_response_times *all); /* all may be NULL */

/* Adds a transaction's. */
void sipmsg_response_times_add(sipmsg_response_times *all, const sipmsg_transaction *transaction);

#endif
