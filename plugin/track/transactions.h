/* transactions.h - which request a response answers, and what was sent again (RFC 3261
 * section 17).
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * We are a witness, no party: messages may have been lost before they reached the capture
 * or after, may be captured twice, and may come in any order. So the state machines of
 * section 17 become what was seen so far, which can only grow:
 *
 *     seen          | state of section 17        | what may come
 *     --------------+----------------------------+-----------------------------------------
 *     request       | Calling, Trying            | the request again (timers A and E)
 *     answered      | Proceeding                 | 1xx, the request again (timer E)
 *     final         | Completed; with a 2xx to   | the request again; for INVITE the final
 *                   | an INVITE, Terminated      | again (timer G; a 2xx by 13.3.1.4), ACK
 *     ack_frame     | Confirmed (non-2xx alone)  | the ACK again
 *
 * Each may be the first that is seen of a transaction.
 */
#ifndef SIPMSG_TRACK_TRANSACTIONS_H
#define SIPMSG_TRACK_TRANSACTIONS_H

#include "names.h"

#include "sip/identity.h"

#define SIPMSG_SECOND INT64_C(1000000000) /* times are in nanoseconds */

/* A message as it came by: what is to be known of it beside its own bytes. */
typedef struct sipmsg_arrival {
    const sip_message *message;
    uint32_t frame; /* never falls from one message to the next */
    int64_t time;   /* in nanoseconds since 1970; may fall */
    sip_span path;  /* source and destination address, in this order, in whatever form; and
                       the ports too, if both ends are one host */
    uint32_t ports; /* both */
    int32_t ip_id;  /* the IPv4 identification, -1 if there is none */
} sipmsg_arrival;

typedef struct sipmsg_sighting sipmsg_sighting;

/* What identifies transactions, and tags, are numbers that stand for texts (hash.h); 0 if
 * there is none. */
typedef struct sipmsg_transaction {
    uint64_t key;    /* what identifies it: first, for GLib's table */
    uint64_t shared; /* the same but for the method: that of an INVITE, its CANCEL and its ACK */
    uint64_t from_tag;
    const sipmsg_name *call_id;
    const sipmsg_name *method_name; /* of CSeq */
    const sipmsg_name *uri;         /* the Request-URI, perhaps cut; NULL until the request is seen */
    const sipmsg_sighting *request; /* first transmissions of these, in the order of frames; NULL if not seen */
    const sipmsg_sighting *ringing; /* 18x to an INVITE */
    const sipmsg_sighting *final;
    struct sipmsg_party *party; /* for calls.c: who sent the request, */
    struct sipmsg_call *call;   /* the call, NULL if it was not known yet, */
    int64_t seen;               /* the time of the latest message */
    uint32_t number;            /* from 0 in order of first sight */
    uint32_t cseq;              /* the number of CSeq */
    uint32_t ack_frame;         /* the first ACK to a final other than 2xx, 0 if not seen */
    sip_method method;          /* UNKNOWN if it is not registered */
    bool answered;              /* a response was seen */
    bool by_caller;             /* sent by who sent the call's first INVITE */
    uint8_t hops;               /* and for calls.c: of an initial INVITE, how many Via values it has, */
    uint32_t open_in;           /* and the attempt in which it counts as open, 0 if in none */
} sipmsg_transaction;

/* One message in one frame. */
struct sipmsg_sighting {
    sipmsg_transaction *transaction;
    sipmsg_sighting *first;    /* its first transmission; itself, if it is that */
    sipmsg_sighting *previous; /* the one before of the same message; of a first, the latest */
    const sipmsg_name *path;
    uint64_t to_tag;
    int64_t time;
    uint64_t digest; /* of its bytes and ports */
    uint32_t frame;
    uint32_t duplicate_of; /* the frame with the first copy of the same packet, 0 if this is it */
    uint32_t number;       /* from 0 in order of the capture, which also tells messages of one frame apart */
    uint32_t response_seq;
    int32_t ip_id;
    uint16_t status; /* 0 for requests, SIPMSG_ACK for an ACK in its INVITE's transaction */
    bool is_retransmission;
};

enum { SIPMSG_ACK = 1 };

typedef struct sipmsg_transactions sipmsg_transactions;

/* Nothing seen yet. arena and names must outlive it; arena keeps the records. */
sipmsg_transactions *sipmsg_transactions_new(sipmsg_arena *arena, sipmsg_names *names);
void sipmsg_transactions_free(sipmsg_transactions *transactions);

/* Takes note of a message, which stands in the same bytes as its identity. A transaction in
 * which nothing was seen for longer than max_age (nanoseconds, 0 for no limit) is over: the
 * same identity then starts another. Returns the record of the message, which lives as long
 * as the arena. */
sipmsg_sighting *sipmsg_transactions_note(sipmsg_transactions *transactions, const sipmsg_arrival *arrival,
                                          const sip_identity *identity, int64_t max_age);

/* How many transactions were seen. */
uint32_t sipmsg_transactions_count(const sipmsg_transactions *transactions);

/* The INVITE's transaction that a CANCEL is to end (RFC 3261 section 9.1), NULL if nothing
 * was seen of it. */
const sipmsg_transaction *sipmsg_transaction_cancelled(const sipmsg_transactions *transactions,
                                                       const sipmsg_transaction *cancel);

/* Whether this is the message itself: neither a retransmission nor a second copy. */
static inline bool
sipmsg_sighting_is_first(const sipmsg_sighting *sighting)
{
    return sighting->first == sighting;
}

static inline bool
sipmsg_sighting_is_request(const sipmsg_sighting *sighting)
{
    return sighting->status <= SIPMSG_ACK;
}

/* Whether a request is to be answered: an ACK has no response (RFC 3261 section 17), nor has
 * BENOTIFY (MS-SIP), which spares the traffic. */
bool sipmsg_transaction_wants_response(const sipmsg_transaction *transaction);

/* How long after its request a response came, in nanoseconds; -1 if the request was not
 * seen before it. */
int64_t sipmsg_sighting_delay(const sipmsg_sighting *response);

#endif
