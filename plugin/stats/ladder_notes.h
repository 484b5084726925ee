/* ladder_notes.h - what is to be remembered of messages so that their calls can be drawn.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All that the whole capture tells of a message (its call, how often it was sent, what it
 * lacks) is in its sighting. Here is only what is drawn and not kept there, and of first
 * transmissions alone. Texts are printable and stored once each.
 */
#ifndef SIPMSG_STATS_LADDER_NOTES_H
#define SIPMSG_STATS_LADDER_NOTES_H

#include "call_facts.h"

/* A message: a rung of the ladder, if it belongs to a call. */
typedef struct sipmsg_rung {
    const sipmsg_sighting *sighting; /* a first transmission */
    const char *source;              /* addresses */
    const char *target;
    const char *label;   /* method, or status code and phrase */
    const char *media;   /* see ladder_media.h; NULL if there are none */
    const char *reasons; /* what its Reason and Warning values say, NULL if it has none */
    uint16_t source_port;
    uint16_t target_port;
} sipmsg_rung;

typedef struct sipmsg_ladder_notes {
    sipmsg_arena *arena;
    sipmsg_names *names;
    GArray *rungs;            /* of sipmsg_rung, in order of frames */
    sipmsg_call_notes *facts; /* what is told of their calls */
} sipmsg_ladder_notes;

sipmsg_ladder_notes *sipmsg_ladder_notes_new(void);
void sipmsg_ladder_notes_free(sipmsg_ladder_notes *notes);

/* Takes note of a message that belongs to a transaction and is a first transmission. */
void sipmsg_ladder_notes_add(sipmsg_ladder_notes *notes, packet_info *pinfo, const sipmsg_tap_data *data);

#endif
