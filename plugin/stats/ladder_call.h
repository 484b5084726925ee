/* ladder_call.h - one call: what is wrong with it, and all of it drawn.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_LADDER_CALL_H
#define SIPMSG_STATS_LADDER_CALL_H

#include "ladder_notes.h"

#include "track/calls.h"

/* How bad the worst problem of a call is, the worst first. */
typedef enum sipmsg_trouble {
    SIPMSG_FAULT,    /* something is broken */
    SIPMSG_STRAIN,   /* the call went its way, but not smoothly */
    SIPMSG_DECLINED, /* somebody did not want to talk, or was busy */
    SIPMSG_NO_TROUBLE,
} sipmsg_trouble;

typedef struct sipmsg_ladder_call {
    const sipmsg_call *call;
    GPtrArray *rungs; /* of const sipmsg_rung *, in order of time */
    char *title;      /* how it ended and what was wrong, such as "Completed, no ACK" */
    sipmsg_trouble trouble;
} sipmsg_ladder_call;

/* A call without rungs. */
sipmsg_ladder_call *sipmsg_ladder_call_new(const sipmsg_call *call);
void sipmsg_ladder_call_free(gpointer value);

/* Fills in title and trouble, once all rungs are there, and puts these in order. */
void sipmsg_ladder_call_judge(sipmsg_ladder_call *call);

/* Prints the call with its heading, and at most so many of its messages. */
void sipmsg_ladder_call_print(const sipmsg_ladder_call *call, const sipmsg_ladder_notes *notes, guint limit);

#endif
