/* track_check.h - what transactions.h, calls.h and track.h promise of what they keep, whatever
 * the messages were.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Sightings: each is found again by frame and place; frames never fall; a first transmission
 * is its own first, all of one message stand in one chain of `previous`, newest first, and
 * agree in what makes a message the same; what is sent again is either a duplicate, of an
 * earlier frame with the same bytes, or a retransmission.
 *
 * Transactions: numbers in order of first sight, as many as are counted; each sighting has
 * the key that its message says; request, ringing and final are the first of their kind and
 * belong to the transaction that links to them; ack_frame is that of the first ACK.
 *
 * Calls: numbers in order; each link leads to a message of its kind under the same Call-ID;
 * the latest is no earlier than any other; `open` is no more than how many
 * INVITEs wait for a final, and not 0 while the one that decides does; outcome, final and times agree with what was
 * seen.
 *
 * Memory: so much for a message, its names in addition. What was said of a message when it
 * came is still so at the end. The same messages give the same again.
 */
#ifndef SIPMSG_FUZZ_TRACK_CHECK_H
#define SIPMSG_FUZZ_TRACK_CHECK_H

#include "fuzz.h"

#include "track/track.h"

/* A message to be fed: its bytes and what is to be known beside them. */
typedef struct track_input {
    sip_span bytes;
    uint32_t frame;
    int64_t time;
    uint8_t path;
    uint8_t ports;
    int32_t ip_id;
} track_input;

/* Feeds all messages, checks all that is promised, and does so once more. */
void track_check(const track_input *inputs, size_t count, int64_t max_age);

/* The most that may be fed at once. */
enum { TRACK_MAX = 256 };

#endif
