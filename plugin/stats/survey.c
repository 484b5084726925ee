/* survey.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "survey.h"

#include <glib.h>

struct sipmsg_survey {
    GArray *calls;         /* sipmsg_call_events, by the number of the call */
    GHashTable *attempts;  /* registrations that may go on: who registers -> sipmsg_registration */
    GHashTable *registers; /* REGISTER transactions -> sipmsg_registration */
    GPtrArray *registrations;
};

static bool
asks_to_try_again(const sipmsg_sighting *final)
{
    return sip_status_is_challenge(final->status) || final->status == 423;
}

/* Whether a REGISTER is the last one of an attempt, on its next hop or to the next server. */
static bool
is_underway(const sipmsg_registration *attempt, const sipmsg_sighting *request)
{
    const sipmsg_transaction *last = attempt->last;
    return last->cseq == request->transaction->cseq && (last->final == NULL || last->final->frame >= request->frame);
}

/* Whether a REGISTER goes on with an attempt, rather than starting another: a binding is
 * refreshed under the same Call-ID (RFC 3261 section 10.2). */
static bool
goes_on(const sipmsg_registration *attempt, const sipmsg_sighting *request)
{
    const sipmsg_sighting *final = attempt->last->final;
    return final != NULL && final->frame <= request->frame && asks_to_try_again(final);
}

static sipmsg_registration *
start_attempt(sipmsg_survey *survey, const sipmsg_sighting *request)
{
    sipmsg_registration *attempt = g_new0(sipmsg_registration, 1);
    attempt->first = request;
    g_ptr_array_add(survey->registrations, attempt);
    g_hash_table_insert(survey->attempts, request->transaction->party, attempt);
    return attempt;
}

/* What makes a party, the Call-ID and the From tag, stays the same when a REGISTER is sent
 * again (RFC 3261 section 8.1.3.5). */
static void
add_register(sipmsg_survey *survey, const sipmsg_sighting *request)
{
    const sipmsg_transaction *transaction = request->transaction;
    sipmsg_registration *attempt = g_hash_table_lookup(survey->attempts, transaction->party);

    if (attempt != NULL && is_underway(attempt, request)) {
        attempt->behind = transaction;
    } else {
        if (attempt == NULL || !goes_on(attempt, request)) {
            attempt = start_attempt(survey, request);
        }
        attempt->last = transaction;
        attempt->behind = NULL;
    }
    g_hash_table_insert(survey->registers, (gpointer)transaction, attempt);
}

static bool
is_success(const sipmsg_sighting *response)
{
    return response->status >= 200 && response->status < 300;
}

static void
keep_first(const sipmsg_sighting **kept, const sipmsg_sighting *sighting)
{
    if (*kept == NULL) {
        *kept = sighting;
    }
}

static bool
is_initial(const sipmsg_transaction *invite)
{
    return invite->by_caller && invite->request != NULL && invite->request->to_tag == 0;
}

static void
add_invite_response(sipmsg_call_events *events, const sipmsg_call *call, const sipmsg_sighting *response)
{
    const sipmsg_transaction *invite = response->transaction;
    bool near = invite->hops <= call->decides->hops;
    if (!is_initial(invite)) {
        return;
    }
    if (response->status > SIP_STATUS_MIN && response->status < 200) {
        keep_first(near ? &events->sign : &events->sign_behind, response);
    } else if (is_success(response)) {
        keep_first(near ? &events->answer : &events->answer_behind, response);
    }
}

/* The first BYE shows its sender's hop; copies of it on others are answered there. */
static void
add_bye_response(sipmsg_call_events *events, const sipmsg_call *call, const sipmsg_sighting *response)
{
    const sipmsg_sighting *request = response->transaction->request;
    if (response->status < 200 || call->bye == NULL || request == NULL || request->path != call->bye->path) {
        return;
    }
    if (is_success(response)) {
        keep_first(&events->bye_success, response);
    } else {
        events->bye_failure = response;
    }
}

static void
add_response(sipmsg_survey *survey, const sipmsg_sighting *response)
{
    const sipmsg_transaction *transaction = response->transaction;
    const sipmsg_call *call = sipmsg_call_of(transaction);
    if (call == NULL || call->number >= survey->calls->len) {
        return;
    }
    sipmsg_call_events *events = &g_array_index(survey->calls, sipmsg_call_events, call->number);
    if (transaction->method == SIP_METHOD_INVITE) {
        add_invite_response(events, call, response);
    } else if (transaction->method == SIP_METHOD_BYE) {
        add_bye_response(events, call, response);
    }
}

static void
add_sighting(sipmsg_survey *survey, const sipmsg_sighting *sighting)
{
    const sipmsg_transaction *transaction = sighting->transaction;
    if (!sipmsg_sighting_is_first(sighting)) {
        return;
    }
    if (!sipmsg_sighting_is_request(sighting)) {
        add_response(survey, sighting);
    } else if (transaction->method == SIP_METHOD_REGISTER && transaction->request == sighting) {
        add_register(survey, sighting);
    }
}

sipmsg_survey *
sipmsg_survey_new(const sipmsg_track *track)
{
    sipmsg_survey *survey = g_new0(sipmsg_survey, 1);
    survey->calls = g_array_new(FALSE, TRUE, sizeof(sipmsg_call_events));
    g_array_set_size(survey->calls, sipmsg_calls_count(track->calls));
    survey->attempts = g_hash_table_new(NULL, NULL);
    survey->registers = g_hash_table_new(NULL, NULL);
    survey->registrations = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < track->sightings->len; i++) {
        add_sighting(survey, g_ptr_array_index(track->sightings, i));
    }
    return survey;
}

void
sipmsg_survey_free(sipmsg_survey *survey)
{
    if (survey != NULL) {
        g_array_free(survey->calls, TRUE);
        g_hash_table_destroy(survey->attempts);
        g_hash_table_destroy(survey->registers);
        g_ptr_array_free(survey->registrations, TRUE);
        g_free(survey);
    }
}

const sipmsg_registration *
sipmsg_survey_registration(const sipmsg_survey *survey, const sipmsg_transaction *transaction)
{
    return g_hash_table_lookup(survey->registers, transaction);
}

sipmsg_call_events
sipmsg_survey_call(const sipmsg_survey *survey, const sipmsg_call *call)
{
    static const sipmsg_call_events none;
    return call->number < survey->calls->len ? g_array_index(survey->calls, sipmsg_call_events, call->number) : none;
}
