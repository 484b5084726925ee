/* call_facts.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "call_facts.h"

#include "dissect/explain.h"
#include "dissect/follow.h"
#include "dissect/preferences.h"
#include "sip/address.h"
#include "sip/limits.h"
#include "text.h"

#include <glib.h>

struct sipmsg_call_notes {
    GHashTable *callers; /* by the calling party: its URI, */
    GHashTable *callees; /* and that of who is called, as To has it */
    GHashTable *said;    /* by the sighting: the Request-URI of an INVITE, the causes of others */
    int64_t began;       /* when the capture began, in nanoseconds since 1970, */
    bool began_is_known; /* which any packet knows */
};

static GHashTable *
texts_by_pointer(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

sipmsg_call_notes *
sipmsg_call_notes_new(void)
{
    sipmsg_call_notes *notes = g_new0(sipmsg_call_notes, 1);
    notes->callers = texts_by_pointer();
    notes->callees = texts_by_pointer();
    notes->said = texts_by_pointer();
    return notes;
}

void
sipmsg_call_notes_free(sipmsg_call_notes *notes)
{
    if (notes != NULL) {
        g_hash_table_destroy(notes->callers);
        g_hash_table_destroy(notes->callees);
        g_hash_table_destroy(notes->said);
        g_free(notes);
    }
}

static int64_t
nanoseconds(const nstime_t *time)
{
    return (int64_t)time->secs * SIPMSG_SECOND + time->nsecs;
}

static void
note_parties(sipmsg_call_notes *notes, const sipmsg_tap_data *data)
{
    const sipmsg_transaction *transaction = data->sighting->transaction;
    sip_address from;
    sip_address to;
    if (g_hash_table_contains(notes->callers, transaction->party)) {
        return;
    }
    sip_address_parse(data->message->from, &from);
    sip_address_parse(data->message->to, &to);
    g_hash_table_insert(notes->callers, transaction->party,
                        sipmsg_printable(transaction->by_caller ? from.uri : to.uri));
    g_hash_table_insert(notes->callees, transaction->party,
                        sipmsg_printable(transaction->by_caller ? to.uri : from.uri));
}

/* All Reason values (RFC 3326) in words. */
static char *
causes_of(packet_info *pinfo, const sip_message *message)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pinfo->pool, "");
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    sip_reason reason;
    for (int i = 0; i < SIP_LIMIT_CAUSES && sip_header_walk_next(&walk, SIP_HEADER_REASON, &value); i++) {
        if (sip_reason_parse(value, &reason)) {
            wmem_strbuf_append(out, wmem_strbuf_get_len(out) > 0 ? "; " : "");
            wmem_strbuf_append(out, sipmsg_explain_reason(pinfo->pool, &reason));
        }
    }
    return g_strdup(wmem_strbuf_get_str(out));
}

static bool
is_first_invite(const sipmsg_sighting *sighting)
{
    const sipmsg_call *call = sipmsg_call_of(sighting->transaction);
    return call != NULL && call->invite == sighting;
}

/* The cause of a call's end stands in the message that ended it; which one that is may not
 * be known yet. */
static void
note_said(sipmsg_call_notes *notes, packet_info *pinfo, const sipmsg_tap_data *data)
{
    const sipmsg_sighting *sighting = data->sighting;
    if (is_first_invite(sighting)) {
        g_hash_table_insert(notes->said, (gpointer)sighting, sipmsg_printable(data->message->start_line.uri));
    } else if (sip_span_present(data->message->reason)) {
        g_hash_table_insert(notes->said, (gpointer)sighting, causes_of(pinfo, data->message));
    }
}

/* A response to an INVITE may have been captured before it. */
static bool
may_be_of_call(const sipmsg_tap_data *data)
{
    return data->sighting != NULL && sipmsg_tap_counts(data) &&
           (sipmsg_call_of(data->sighting->transaction) != NULL ||
            data->sighting->transaction->method == SIP_METHOD_INVITE);
}

void
sipmsg_call_notes_add(sipmsg_call_notes *notes, packet_info *pinfo, const sipmsg_tap_data *data)
{
    if (!may_be_of_call(data)) {
        return;
    }
    if (!notes->began_is_known) {
        notes->began = nanoseconds(&pinfo->abs_ts) - nanoseconds(&pinfo->rel_ts);
        notes->began_is_known = true;
    }
    note_parties(notes, data);
    note_said(notes, pinfo, data);
}

bool
sipmsg_call_notes_grow_by(const sipmsg_tap_data *data)
{
    return sip_span_present(data->message->reason) || is_first_invite(data->sighting);
}

static const char *
text_of(GHashTable *texts, const void *key)
{
    const char *text = key != NULL ? g_hash_table_lookup(texts, key) : NULL;
    return text != NULL ? text : "";
}

/* The request to which a message belongs, if it was seen. */
static const sipmsg_sighting *
request_of(const sipmsg_sighting *sighting)
{
    return sighting != NULL && sighting->transaction->request != NULL ? sighting->transaction->request : sighting;
}

/* The request that ended a call, and may say why; NULL if a response did. */
static const sipmsg_sighting *
end_of(const sipmsg_call *call, sipmsg_outcome outcome)
{
    switch (outcome) {
    case SIPMSG_COMPLETED:
        return call->bye;
    case SIPMSG_CANCELLED:
        return request_of(call->given_up);
    default:
        return NULL;
    }
}

static const char *
cause_of(const sipmsg_call_notes *notes, const sipmsg_call *call, sipmsg_outcome outcome)
{
    const char *by_request = text_of(notes->said, end_of(call, outcome));
    return by_request[0] != '\0' ? by_request : text_of(notes->said, sipmsg_call_final(call));
}

static const char *
released_by(const sipmsg_call *call, sipmsg_outcome outcome)
{
    const sipmsg_sighting *end = end_of(call, outcome);
    if (end == NULL) {
        return "";
    }
    return end->transaction->by_caller ? "caller" : "callee";
}

sipmsg_call_facts
sipmsg_call_facts_of(const sipmsg_call_notes *notes, const sipmsg_call *call)
{
    const sipmsg_sighting *final = sipmsg_call_final(call);
    sipmsg_outcome outcome = sipmsg_call_outcome(call, sipmsg_capture_end(), sipmsg_patience());
    return (sipmsg_call_facts){
        .call = call,
        .outcome = outcome,
        .status = final != NULL ? final->status : 0,
        .start = call->invite->time - notes->began,
        .post_dial_delay = sipmsg_call_time(call->invite, sipmsg_call_first_sign(call)),
        .setup_time = sipmsg_call_time(call->invite, call->answer),
        .duration = sipmsg_call_time(call->answer, call->bye),
        .caller = text_of(notes->callers, call->caller),
        .callee = text_of(notes->callees, call->caller),
        .request_uri = text_of(notes->said, call->invite),
        .cause = cause_of(notes, call, outcome),
        .released_by = released_by(call, outcome),
    };
}
