/* calls.h - which messages make a call, and how each call ended.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A call is an attempt to reach somebody: its initial INVITEs (those without a To tag), and
 * all that has their Call-ID and the caller's tag. More than one initial INVITE comes of
 * challenges, redirections and failover, of forking, and of a capture on both sides of a
 * proxy. How a call ended is read off what was seen of it:
 *
 *     seen of its initial INVITEs               | outcome
 *     ------------------------------------------+---------------------------------------
 *     a 2xx                                     | Answered; with a BYE, Completed
 *     else of the one that decides: its final   | Busy, Cancelled, Rejected, Failed,
 *                                               | Redirected or Challenged, by its status
 *     no final, but an ACK that only a 2xx gets | Answered; with a BYE, Completed
 *     else of one behind a proxy: its final     | as above
 *     no final, but a CANCEL or a BYE           | Cancelled
 *     no response, and time enough for one      | No response
 *     else                                      | Unfinished
 *
 * The INVITE that decides is the last one on the caller's hop, where it has the fewest Via
 * values; that hop shows what the caller got. Only if no final was captured there does the last
 * one that was captured behind a proxy stand in, once none there rings any more.
 */
#ifndef SIPMSG_TRACK_CALLS_H
#define SIPMSG_TRACK_CALLS_H

#include "transactions.h"

typedef enum sipmsg_outcome {
    SIPMSG_UNFINISHED,
    SIPMSG_ANSWERED,
    SIPMSG_COMPLETED,
    SIPMSG_BUSY,
    SIPMSG_CANCELLED,
    SIPMSG_REJECTED,
    SIPMSG_FAILED,
    SIPMSG_NO_RESPONSE,
    SIPMSG_REDIRECTED,
    SIPMSG_CHALLENGED,
    SIPMSG_OUTCOMES
} sipmsg_outcome;

typedef struct sipmsg_call {
    struct sipmsg_party *caller;
    const sipmsg_transaction *decides;   /* the last initial INVITE on the caller's hop */
    const sipmsg_transaction *stands_in; /* the last one on any hop that has a final, NULL if none has */
    const sipmsg_sighting *invite;       /* first transmissions of these, NULL if not seen: the first INVITE, */
    const sipmsg_sighting *ringing;      /* the first 18x, */
    const sipmsg_sighting *answer;       /* the first 2xx, */
    const sipmsg_sighting *bye;          /* the first BYE, */
    const sipmsg_sighting *latest;       /* the last message of all; */
    const sipmsg_sighting *given_up;     /* and of the attempt that decides: its CANCEL (or the response to
                                            that), or a BYE, */
    const sipmsg_sighting *confirmed;    /* an ACK such as only a 2xx gets */
    uint32_t number;                     /* from 0 in order of the initial INVITEs */
    uint32_t attempt;                    /* the first transaction of the attempt that decides */
    uint32_t attempts;                   /* how many attempts there were */
    uint32_t open;                       /* how many initial INVITEs of the newest have but provisional responses */
} sipmsg_call;

typedef struct sipmsg_calls sipmsg_calls;

/* Nothing seen yet. arena must outlive it and keeps the records. */
sipmsg_calls *sipmsg_calls_new(sipmsg_arena *arena);
void sipmsg_calls_free(sipmsg_calls *calls);

/* Takes note of a message that transactions.h took note of. */
void sipmsg_calls_note(sipmsg_calls *calls, sipmsg_sighting *sighting, const sip_message *message);

/* How many calls there are. */
uint32_t sipmsg_calls_count(const sipmsg_calls *calls);

/* The call that a transaction belongs to, NULL if none is known (yet). */
const sipmsg_call *sipmsg_call_of(const sipmsg_transaction *transaction);

/* The Call-ID of a call. */
sip_span sipmsg_call_id(const sipmsg_call *call);

/* How a call ended, as far as was seen; quiet is how long (nanoseconds) an INVITE must
 * have been without any response at the time end to count as unanswered. */
sipmsg_outcome sipmsg_call_outcome(const sipmsg_call *call, int64_t end, int64_t quiet);

/* What an outcome is called, such as "No response". */
const char *sipmsg_outcome_name(sipmsg_outcome outcome);

/* The final response that decides how the call ended, NULL if none was seen. */
const sipmsg_sighting *sipmsg_call_final(const sipmsg_call *call);

/* The message that ended the post-dial delay: the first 18x, or without one the deciding
 * final; NULL if neither was seen. */
const sipmsg_sighting *sipmsg_call_first_sign(const sipmsg_call *call);

/* From one message of a call to another, in nanoseconds; -1 if one is NULL or they were
 * captured in the other order. */
int64_t sipmsg_call_time(const sipmsg_sighting *from, const sipmsg_sighting *to);

/* Whether an ACK was seen for a 2xx to an INVITE: it has the same Call-ID, tags and number
 * (RFC 3261 section 13.2.2.4). */
bool sipmsg_calls_acknowledged(const sipmsg_calls *calls, const sipmsg_sighting *success);

/* Whether the BYE that has this response crossed a BYE of the other side in the same dialog:
 * each was first sent, on whatever hop, before the other was answered (RFC 3261 section 15). */
bool sipmsg_calls_crossed_bye(const sipmsg_calls *calls, const sipmsg_sighting *response);

/* Whether a CANCEL crossed the final response of the INVITE's transaction invite, which may
 * be NULL: it was sent before that was acknowledged (RFC 3261 section 9.1). */
bool sipmsg_calls_crossed_cancel(const sipmsg_calls *calls, const sipmsg_transaction *cancel,
                                 const sipmsg_transaction *invite);

#endif
