/* track.h - what the messages of a capture mean together: the one place that feeds
 * transactions.h and calls.h, and finds what they know of a message.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_TRACK_TRACK_H
#define SIPMSG_TRACK_TRACK_H

#include "calls.h"
#include "transactions.h"

#include <glib.h>

typedef struct sipmsg_track {
    sipmsg_arena *arena;
    sipmsg_names *names;
    sipmsg_transactions *transactions;
    sipmsg_calls *calls;
    GPtrArray *sightings; /* in order */
} sipmsg_track;

/* Nothing seen yet. */
sipmsg_track *sipmsg_track_new(void);

/* Frees all that was learnt, with all records that were returned; track may be NULL. */
void sipmsg_track_free(sipmsg_track *track);

/* Takes note of a message; see sipmsg_transactions_note(). Returns its record, which lives
 * as long as track. */
const sipmsg_sighting *sipmsg_track_note(sipmsg_track *track, const sipmsg_arrival *arrival,
                                         const sip_identity *identity, int64_t max_age);

/* Whether a response is a 481 that is no wonder, since its request crossed what made it void:
 * a BYE a BYE, or a CANCEL the final response. */
bool sipmsg_track_crossed(const sipmsg_track *track, const sipmsg_sighting *response);

/* The record of the message that came as number nth (from 0) of those in frame; NULL if
 * there is none. Of several packets with that number the last counts: what a read filter drops
 * on the first pass (tshark -2 -R) leaves its number to the next packet. */
const sipmsg_sighting *sipmsg_track_find(const sipmsg_track *track, uint32_t frame, unsigned nth);

#endif
