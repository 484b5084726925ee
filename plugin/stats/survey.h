/* survey.h - what of a capture RFC 6076 measures, found in one go over all messages.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_SURVEY_H
#define SIPMSG_STATS_SURVEY_H

#include "track/track.h"

/* First transmissions of what is measured of a call; NULL if not seen. */
typedef struct sipmsg_call_events {
    const sipmsg_sighting *sign;        /* the first provisional response but 100, on the caller's hop, */
    const sipmsg_sighting *sign_behind; /* and behind a proxy */
    const sipmsg_sighting *answer;      /* the first 2xx, likewise */
    const sipmsg_sighting *answer_behind;
    const sipmsg_sighting *bye_success; /* the first 2xx to a BYE, where the first BYE was seen, */
    const sipmsg_sighting *bye_failure; /* and the last other final response */
} sipmsg_call_events;

/* An attempt to register: a REGISTER, with those that were sent after a challenge (401, 407,
 * 494) or a 423 to it. */
typedef struct sipmsg_registration {
    const sipmsg_sighting *first;     /* its first request */
    const sipmsg_transaction *last;   /* its last one, where it was seen first */
    const sipmsg_transaction *behind; /* the same behind a proxy, NULL if not seen there */
} sipmsg_registration;

typedef struct sipmsg_survey sipmsg_survey;

/* Valid as long as track, and until that takes note of another message. */
sipmsg_survey *sipmsg_survey_new(const sipmsg_track *track);
void sipmsg_survey_free(sipmsg_survey *survey); /* survey may be NULL */

/* What was seen of a call. */
sipmsg_call_events sipmsg_survey_call(const sipmsg_survey *survey, const sipmsg_call *call);

/* The registration that a transaction belongs to, NULL if it is none. */
const sipmsg_registration *sipmsg_survey_registration(const sipmsg_survey *survey,
                                                      const sipmsg_transaction *transaction);

#endif
