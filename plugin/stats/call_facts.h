/* call_facts.h - what is told of a call, in a list or a window.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_CALL_FACTS_H
#define SIPMSG_STATS_CALL_FACTS_H

#include "dissect/tap.h"
#include "track/calls.h"

/* What messages say of calls that track/ does not keep: URIs and causes. */
typedef struct sipmsg_call_notes sipmsg_call_notes;

/* Nothing noted yet. */
sipmsg_call_notes *sipmsg_call_notes_new(void);
void sipmsg_call_notes_free(sipmsg_call_notes *notes); /* notes may be NULL */

/* Notes what a message says. */
void sipmsg_call_notes_add(sipmsg_call_notes *notes, packet_info *pinfo, const sipmsg_tap_data *data);

/* Whether a message may have told something new of a call that was heard of before. */
bool sipmsg_call_notes_grow_by(const sipmsg_tap_data *data);

/* Times are in nanoseconds, -1 if they are not known. Texts are printable, and empty if they
 * are not known. */
typedef struct sipmsg_call_facts {
    const sipmsg_call *call;
    sipmsg_outcome outcome;
    uint16_t status;         /* of the deciding response, 0 without one */
    int64_t start;           /* of its first INVITE, since the capture began; may be negative */
    int64_t post_dial_delay; /* these as the fields of the same names have them */
    int64_t setup_time;
    int64_t duration;
    const char *caller; /* these live as long as the notes */
    const char *callee;
    const char *request_uri; /* of the first INVITE */
    const char *cause;       /* from Reason of what ended the call */
    const char *released_by; /* caller or callee */
} sipmsg_call_facts;

/* All that is known of a call by now. */
sipmsg_call_facts sipmsg_call_facts_of(const sipmsg_call_notes *notes, const sipmsg_call *call);

#endif
