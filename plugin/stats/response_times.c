/* response_times.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "response_times.h"

#include <glib.h>

const char *
sipmsg_times_row_name(sipmsg_times_row row)
{
    static const char *const names[SIPMSG_TIMES_ROWS] = {
        [SIPMSG_TIMES_REQUESTS] = "requests",         [SIPMSG_TIMES_FINAL] = "final response",
        [SIPMSG_TIMES_ONLY_PROVISIONAL] = "only 1xx", [SIPMSG_TIMES_NO_RESPONSE] = "no response",
        [SIPMSG_TIMES_TOO_EARLY] = "too early",       [SIPMSG_TIMES_PROVISIONAL] = "first 1xx",
        [SIPMSG_TIMES_RINGING] = "first 18x",         [SIPMSG_TIMES_SUCCESS] = "2xx",
        [SIPMSG_TIMES_CHALLENGE] = "challenge",       [SIPMSG_TIMES_FAILURE] = "other 3xx-6xx",
    };
    return names[row];
}

const char *
sipmsg_times_method_name(sip_method method)
{
    return method == SIP_METHOD_UNKNOWN ? "(unknown)" : sip_method_name(method);
}

unsigned
sipmsg_times_unanswered(const sipmsg_method_times *times)
{
    return times->counts[SIPMSG_TIMES_REQUESTS] - times->counts[SIPMSG_TIMES_FINAL];
}

static bool
is_provisional(const sipmsg_sighting *sighting)
{
    return sighting->status >= SIP_STATUS_MIN && sighting->status < 200;
}

/* The first provisional response of each transaction: this alone wants to know it, so it is
 * not kept with them. */
static const sipmsg_sighting **
find_provisionals(const sipmsg_track *track)
{
    const sipmsg_sighting **found = g_new0(const sipmsg_sighting *, sipmsg_transactions_count(track->transactions) + 1);
    for (guint i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = g_ptr_array_index(track->sightings, i);
        if (is_provisional(sighting) && found[sighting->transaction->number] == NULL) {
            found[sighting->transaction->number] = sighting;
        }
    }
    return found;
}

sipmsg_response_times *
sipmsg_response_times_new(const sipmsg_track *track, int64_t end, int64_t patience)
{
    sipmsg_response_times *all = g_new0(sipmsg_response_times, 1);
    all->provisional = find_provisionals(track);
    all->end = end;
    all->patience = patience;
    for (int method = 0; method < SIP_METHOD_COUNT; method++) {
        all->methods[method].method = (sip_method)method;
    }
    return all;
}

void
sipmsg_response_times_free(sipmsg_response_times *all)
{
    if (all == NULL) {
        return;
    }
    for (int method = 0; method < SIP_METHOD_COUNT; method++) {
        for (int row = 0; row < SIPMSG_TIMES_ROWS; row++) {
            sipmsg_samples_free(all->methods[method].times[row]);
        }
    }
    g_free(all->provisional);
    g_free(all);
}

/* Adds the time of a response, which may be NULL. False if it has none. */
static bool
add_time(sipmsg_method_times *times, sipmsg_times_row row, const sipmsg_sighting *response)
{
    int64_t delay = response != NULL ? sipmsg_sighting_delay(response) : -1;
    if (delay < 0) {
        return false;
    }
    if (times->times[row] == NULL) {
        times->times[row] = sipmsg_samples_new();
    }
    sipmsg_samples_add(times->times[row], delay);
    times->counts[row]++;
    return true;
}

/* What became of a request. */
static sipmsg_times_row
fate(const sipmsg_response_times *all, const sipmsg_transaction *transaction)
{
    if (transaction->final != NULL) {
        return SIPMSG_TIMES_FINAL;
    }
    if (all->end - transaction->request->time < all->patience) {
        return SIPMSG_TIMES_TOO_EARLY;
    }
    return all->provisional[transaction->number] != NULL ? SIPMSG_TIMES_ONLY_PROVISIONAL : SIPMSG_TIMES_NO_RESPONSE;
}

static sipmsg_times_row
kind_of_final(const sipmsg_sighting *final)
{
    if (final->status < 300) {
        return SIPMSG_TIMES_SUCCESS;
    }
    return sip_status_is_challenge(final->status) ? SIPMSG_TIMES_CHALLENGE : SIPMSG_TIMES_FAILURE;
}

void
sipmsg_response_times_add(sipmsg_response_times *all, const sipmsg_transaction *transaction)
{
    sipmsg_method_times *times = &all->methods[transaction->method];
    const sipmsg_sighting *final = transaction->final;
    if (transaction->request != NULL && sipmsg_transaction_wants_response(transaction)) {
        times->counts[SIPMSG_TIMES_REQUESTS]++;
        times->counts[fate(all, transaction)]++;
    }
    add_time(times, SIPMSG_TIMES_PROVISIONAL, all->provisional[transaction->number]);
    if (transaction->method == SIP_METHOD_INVITE) {
        add_time(times, SIPMSG_TIMES_RINGING, transaction->ringing);
    }
    if (final != NULL && !add_time(times, kind_of_final(final), final)) {
        all->untimed++;
    }
}
