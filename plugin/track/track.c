/* track.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "track.h"

#include <glib.h>

sipmsg_track *
sipmsg_track_new(void)
{
    sipmsg_track *track = g_new0(sipmsg_track, 1);
    track->arena = sipmsg_arena_new();
    track->names = sipmsg_names_new(track->arena);
    track->transactions = sipmsg_transactions_new(track->arena, track->names);
    track->calls = sipmsg_calls_new(track->arena);
    track->sightings = g_ptr_array_new();
    return track;
}

void
sipmsg_track_free(sipmsg_track *track)
{
    if (track != NULL) {
        g_ptr_array_free(track->sightings, TRUE);
        sipmsg_calls_free(track->calls);
        sipmsg_transactions_free(track->transactions);
        sipmsg_names_free(track->names);
        sipmsg_arena_free(track->arena);
        g_free(track);
    }
}

const sipmsg_sighting *
sipmsg_track_note(sipmsg_track *track, const sipmsg_arrival *arrival, const sip_identity *identity, int64_t max_age)
{
    sipmsg_sighting *sighting = sipmsg_transactions_note(track->transactions, arrival, identity, max_age);
    sipmsg_calls_note(track->calls, sighting, arrival->message);
    g_ptr_array_add(track->sightings, sighting);
    return sighting;
}

bool
sipmsg_track_crossed(const sipmsg_track *track, const sipmsg_sighting *response)
{
    const sipmsg_transaction *transaction = response->transaction;
    if (response->status != 481) {
        return false;
    }
    switch (transaction->method) {
    case SIP_METHOD_BYE:
        return sipmsg_calls_crossed_bye(track->calls, response);
    case SIP_METHOD_CANCEL:
        return sipmsg_calls_crossed_cancel(track->calls, transaction,
                                           sipmsg_transaction_cancelled(track->transactions, transaction));
    default:
        return false;
    }
}

static const sipmsg_sighting *
sighting_at(const sipmsg_track *track, guint index)
{
    return g_ptr_array_index(track->sightings, index);
}

/* Where, before end, the messages stop of which precedes() is true; it is of none behind. */
static guint
first_behind(const sipmsg_track *track, guint end, const sipmsg_sighting *place,
             bool (*precedes)(const sipmsg_sighting *sighting, const sipmsg_sighting *place))
{
    guint low = 0;
    guint high = end;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (precedes(sighting_at(track, middle), place)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool
is_up_to_frame(const sipmsg_sighting *sighting, const sipmsg_sighting *place)
{
    return sighting->frame <= place->frame;
}

/* Of packets with one number; the messages of one packet have one time. */
static bool
is_before_packet(const sipmsg_sighting *sighting, const sipmsg_sighting *place)
{
    return sighting->frame < place->frame || sighting->time != place->time;
}

const sipmsg_sighting *
sipmsg_track_find(const sipmsg_track *track, uint32_t frame, unsigned nth)
{
    const sipmsg_sighting wanted = {.frame = frame};
    guint end = first_behind(track, track->sightings->len, &wanted, is_up_to_frame);
    if (end == 0 || sighting_at(track, end - 1)->frame != frame) {
        return NULL;
    }
    guint first = first_behind(track, end, sighting_at(track, end - 1), is_before_packet);
    return nth < end - first ? sighting_at(track, first + nth) : NULL;
}
