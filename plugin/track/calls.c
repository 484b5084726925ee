/* calls.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "calls.h"

#include <glib.h>

/* Who takes part in something under a Call-ID, by the tag. */
typedef struct sipmsg_party {
    const sipmsg_name *call_id;
    uint64_t tag;        /* 0 if there is none (RFC 2543) */
    sipmsg_call *newest; /* the newest call that this party made, NULL if none */
    sipmsg_call *oldest; /* the call that its messages before the first INVITE belong to */
    bool said_bye;       /* before any call */
} sipmsg_party;

/* What identifies a request within a dialog (RFC 3261 section 12). */
typedef struct dialog_key {
    const sipmsg_name *call_id;
    uint64_t from_tag;
    uint64_t to_tag;
    uint32_t number; /* of CSeq; 0 where it does not matter */
} dialog_key;

struct sipmsg_calls {
    sipmsg_arena *arena;
    GHashTable *parties;
    GHashTable *acks; /* by dialog_key: the first ACK, in whatever transaction */
    GHashTable *byes; /* by dialog_key: the first BYE */
    uint32_t count;
    uint32_t attempts; /* of all calls */
};

static guint
party_hash(gconstpointer value)
{
    const sipmsg_party *party = value;
    return sipmsg_mix_number(sipmsg_mix_pointer(0, party->call_id), party->tag);
}

static gboolean
party_equal(gconstpointer first, gconstpointer second)
{
    const sipmsg_party *a = first;
    const sipmsg_party *b = second;
    return a->call_id == b->call_id && a->tag == b->tag;
}

static guint
dialog_hash(gconstpointer value)
{
    const dialog_key *key = value;
    return sipmsg_mix_number(sipmsg_mix_number(sipmsg_mix_pointer(key->number, key->call_id), key->from_tag),
                             key->to_tag);
}

static gboolean
dialog_equal(gconstpointer first, gconstpointer second)
{
    const dialog_key *a = first;
    const dialog_key *b = second;
    return a->call_id == b->call_id && a->from_tag == b->from_tag && a->to_tag == b->to_tag && a->number == b->number;
}

sipmsg_calls *
sipmsg_calls_new(sipmsg_arena *arena)
{
    sipmsg_calls *calls = g_new0(sipmsg_calls, 1);
    calls->arena = arena;
    calls->parties = g_hash_table_new(party_hash, party_equal);
    calls->acks = g_hash_table_new(dialog_hash, dialog_equal);
    calls->byes = g_hash_table_new(dialog_hash, dialog_equal);
    return calls;
}

void
sipmsg_calls_free(sipmsg_calls *calls)
{
    g_hash_table_destroy(calls->parties);
    g_hash_table_destroy(calls->acks);
    g_hash_table_destroy(calls->byes);
    g_free(calls);
}

uint32_t
sipmsg_calls_count(const sipmsg_calls *calls)
{
    return calls->count;
}

static sipmsg_call *
call_of(const sipmsg_transaction *transaction)
{
    return transaction->call != NULL ? transaction->call : transaction->party->oldest;
}

const sipmsg_call *
sipmsg_call_of(const sipmsg_transaction *transaction)
{
    return call_of(transaction);
}

sip_span
sipmsg_call_id(const sipmsg_call *call)
{
    return call->caller->call_id->text;
}

static sipmsg_party *
find_party(const sipmsg_calls *calls, const sipmsg_name *call_id, uint64_t tag)
{
    const sipmsg_party probe = {.call_id = call_id, .tag = tag};
    return g_hash_table_lookup(calls->parties, &probe);
}

static sipmsg_party *
find_or_add_party(sipmsg_calls *calls, const sipmsg_name *call_id, uint64_t tag)
{
    sipmsg_party *party = find_party(calls, call_id, tag);
    if (party == NULL) {
        party = sipmsg_arena_take(calls->arena, sizeof *party);
        party->call_id = call_id;
        party->tag = tag;
        g_hash_table_add(calls->parties, party);
    }
    return party;
}

/* Finds out who sent a new transaction's request, and to which call it belongs: the newest
 * one that the sender or the one it is sent to made. */
static void
assign(sipmsg_calls *calls, sipmsg_transaction *transaction, uint64_t to_tag)
{
    sipmsg_party *sender = find_party(calls, transaction->call_id, transaction->from_tag);
    sipmsg_party *target = to_tag == 0 ? NULL : find_party(calls, transaction->call_id, to_tag);

    transaction->by_caller = true;
    if ((sender == NULL || sender->newest == NULL) && target != NULL && target->newest != NULL) {
        transaction->party = target;
        transaction->by_caller = false;
    } else {
        transaction->party =
            sender != NULL ? sender : find_or_add_party(calls, transaction->call_id, transaction->from_tag);
    }
    transaction->call = transaction->party->newest;
}

/* Whether another initial INVITE starts another call. */
static bool
is_over(const sipmsg_party *caller)
{
    const sipmsg_call *call = caller->newest;
    return call == NULL || (call->answer != NULL && call->bye != NULL);
}

static sipmsg_call *
start_call(sipmsg_calls *calls, sipmsg_party *caller, const sipmsg_sighting *invite)
{
    sipmsg_call *call = sipmsg_arena_take(calls->arena, sizeof *call);
    call->caller = caller;
    call->invite = invite;
    call->number = calls->count++;
    if (caller->newest == NULL && !caller->said_bye) {
        caller->oldest = call;
    }
    caller->newest = call;
    return call;
}

/* Counts the initial INVITEs of the newest attempt that were answered for the time being, and
 * wait for more. */
static void
count_open(sipmsg_call *call, sipmsg_transaction *transaction)
{
    if (transaction->number < call->attempt) {
        return;
    }
    bool open = transaction->answered && transaction->final == NULL;
    bool counted = transaction->open_in == call->attempts;
    if (open && !counted) {
        call->open++;
    } else if (!open && counted) {
        call->open--;
    }
    transaction->open_in = open ? call->attempts : 0;
}

/* Whether the first of two sightings, which may be NULL, comes earlier in the capture. */
static bool
is_earlier(const sipmsg_sighting *sighting, const sipmsg_sighting *other)
{
    return sighting != NULL && (other == NULL || sighting->frame < other->frame);
}

/* Notes what was seen of the responses to an initial INVITE. */
static void
add_responses(sipmsg_call *call, sipmsg_transaction *transaction)
{
    const sipmsg_sighting *final = transaction->final;
    count_open(call, transaction);
    if (is_earlier(transaction->ringing, call->ringing)) {
        call->ringing = transaction->ringing;
    }
    if (final == NULL) {
        return;
    }
    if (final->status < 300 && is_earlier(final, call->answer)) {
        call->answer = final;
    }
    if (call->stands_in == NULL || call->stands_in->number < transaction->number) {
        call->stands_in = transaction;
    }
}

/* Whether an initial INVITE is another attempt after the one that decides so far, rather than
 * the same on another hop: on the same hop, or with another number on one nearer the caller. */
static bool
is_another_attempt(const sipmsg_transaction *invite, const sipmsg_transaction *decides)
{
    return invite->hops == decides->hops || (invite->hops < decides->hops && invite->cseq != decides->cseq);
}

/* An initial INVITE, whose responses may have been captured before it. */
static void
add_invite(sipmsg_calls *calls, sipmsg_sighting *invite, unsigned hops)
{
    sipmsg_transaction *transaction = invite->transaction;
    sipmsg_party *caller = find_or_add_party(calls, transaction->call_id, transaction->from_tag);
    sipmsg_call *call = is_over(caller) ? start_call(calls, caller, invite) : caller->newest;

    /* Its responses, which came before it, may have been counted for another call. */
    sipmsg_call *before = transaction->party != NULL ? call_of(transaction) : NULL;
    if (before != NULL && before != call && transaction->open_in == before->attempts) {
        before->open--;
    }
    transaction->party = caller;
    transaction->call = call;
    transaction->by_caller = true;
    transaction->hops = (uint8_t)hops;
    if (call->decides == NULL || is_another_attempt(transaction, call->decides)) {
        /* What was said of the one before counts for that alone. */
        call->attempt = transaction->number;
        call->decides = transaction;
        call->given_up = call->confirmed = NULL;
        call->open = 0;
        call->attempts = ++calls->attempts;
    } else if (transaction->hops < call->decides->hops) {
        /* The same attempt, but its hops came in the other order. */
        call->decides = transaction;
    }
    add_responses(call, transaction);
}

/* Whether a response belongs to an initial INVITE, be it that the INVITE itself was lost
 * before it could be captured. */
static bool
answers_initial_invite(const sipmsg_call *call, const sipmsg_transaction *transaction)
{
    if (transaction->method != SIP_METHOD_INVITE || !transaction->by_caller) {
        return false;
    }
    return transaction->request != NULL ? transaction->request->to_tag == 0 : transaction->cseq == call->decides->cseq;
}

static void
add_response(sipmsg_call *call, const sipmsg_sighting *response)
{
    if (!answers_initial_invite(call, response->transaction)) {
        return;
    }
    add_responses(call, response->transaction);
    /* One branch of a fork may answer where another has failed before. */
    if (call->answer == NULL && response->status >= 200 && response->status < 300) {
        call->answer = response;
    }
}

/* Whether an ACK, which is in no INVITE's transaction and so must be to a 2xx, shows that
 * the INVITE was answered: it is to that INVITE, or to a re-INVITE, by which of the two
 * parties ever. */
static bool
proves_answer(const sipmsg_sighting *ack, const sipmsg_transaction *invite)
{
    return !ack->transaction->by_caller || ack->transaction->cseq >= invite->cseq;
}

static void
add_to_dialog(sipmsg_calls *calls, GHashTable *table, const sipmsg_sighting *request, uint32_t number)
{
    const sipmsg_transaction *transaction = request->transaction;
    const dialog_key probe = {transaction->call_id, transaction->from_tag, request->to_tag, number};
    if (!g_hash_table_contains(table, &probe)) {
        dialog_key *added = sipmsg_arena_take(calls->arena, sizeof *added);
        *added = probe;
        g_hash_table_insert(table, added, (gpointer)request);
    }
}

/* A BYE ends a call for both sides; without a call it ends one that began before the capture. */
static void
add_bye(sipmsg_calls *calls, sipmsg_call *call, const sipmsg_sighting *bye)
{
    const sipmsg_name *call_id = bye->transaction->call_id;
    if (call == NULL) {
        bye->transaction->party->said_bye = true;
        find_or_add_party(calls, call_id, bye->to_tag)->said_bye = true;
        return;
    }
    if (!bye->transaction->by_caller || bye->transaction->cseq > call->decides->cseq) {
        call->given_up = bye;
    }
    if (call->bye == NULL) {
        call->bye = bye;
    }
}

static void
add_request(sipmsg_calls *calls, sipmsg_call *call, const sipmsg_sighting *request)
{
    const sipmsg_transaction *transaction = request->transaction;
    if (request->status == SIPMSG_ACK) {
        /* To a 2xx, perhaps, that was lost or comes later, of a sender that uses a branch again. */
        add_to_dialog(calls, calls->acks, request, transaction->cseq);
        return;
    }
    switch (transaction->method) {
    case SIP_METHOD_ACK:
        add_to_dialog(calls, calls->acks, request, transaction->cseq);
        if (call != NULL && proves_answer(request, call->decides)) {
            call->confirmed = request;
        }
        break;
    case SIP_METHOD_BYE:
        add_to_dialog(calls, calls->byes, request, 0);
        add_bye(calls, call, request);
        break;
    default:
        break;
    }
}

void
sipmsg_calls_note(sipmsg_calls *calls, sipmsg_sighting *sighting, const sip_message *message)
{
    sipmsg_transaction *transaction = sighting->transaction;
    if (transaction->party == NULL) {
        assign(calls, transaction, sighting->to_tag);
    }
    if (transaction->method == SIP_METHOD_INVITE && transaction->request == sighting && sighting->to_tag == 0 &&
        sip_span_present(message->to)) {
        add_invite(calls, sighting, sip_identity_hops(message));
    }
    sipmsg_call *call = call_of(transaction);
    if (call != NULL) {
        call->latest = sighting;
    }
    if (!sipmsg_sighting_is_first(sighting)) {
        return;
    }
    /* RFC 3261 section 9.1 */
    if (call != NULL && transaction->method == SIP_METHOD_CANCEL && transaction->shared == call->decides->shared) {
        call->given_up = sighting;
    }
    if (sipmsg_sighting_is_request(sighting)) {
        add_request(calls, call, sighting);
    } else if (call != NULL) {
        add_response(call, sighting);
    }
}

static sipmsg_outcome
outcome_of_failure(uint16_t status)
{
    switch (status) {
    case 486:
    case 600:
        return SIPMSG_BUSY;
    case 487:
        return SIPMSG_CANCELLED;
    case 480:
    case 603:
    case 607:
    case 608:
        return SIPMSG_REJECTED;
    default:
        return sip_status_is_challenge(status) ? SIPMSG_CHALLENGED
               : status < SIP_STATUS_FAILURE   ? SIPMSG_REDIRECTED
                                               : SIPMSG_FAILED;
    }
}

/* Whether an INVITE behind a proxy tells how the attempt ended that the caller's INVITE, of
 * which no final response was captured, started: no branch of it rings any more. */
static bool
may_stand_in(const sipmsg_call *call)
{
    const sipmsg_transaction *invite = call->stands_in;
    return invite != NULL && invite->hops > call->decides->hops && invite->number >= call->attempt &&
           call->open == (call->decides->open_in == call->attempts ? 1 : 0);
}

const sipmsg_sighting *
sipmsg_call_final(const sipmsg_call *call)
{
    if (call->answer != NULL) {
        return call->answer;
    }
    if (call->decides->final != NULL || call->confirmed != NULL) {
        return call->decides->final;
    }
    return may_stand_in(call) ? call->stands_in->final : NULL;
}

sipmsg_outcome
sipmsg_call_outcome(const sipmsg_call *call, int64_t end, int64_t quiet)
{
    const sipmsg_sighting *final = sipmsg_call_final(call);
    if (call->answer != NULL || (final == NULL && call->confirmed != NULL)) {
        return call->bye != NULL ? SIPMSG_COMPLETED : SIPMSG_ANSWERED;
    }
    if (final != NULL) {
        return outcome_of_failure(final->status);
    }
    if (call->given_up != NULL) {
        return SIPMSG_CANCELLED;
    }
    if (!call->decides->answered && end - call->decides->request->time >= quiet) {
        return SIPMSG_NO_RESPONSE;
    }
    return SIPMSG_UNFINISHED;
}

const char *
sipmsg_outcome_name(sipmsg_outcome outcome)
{
    static const char *const names[SIPMSG_OUTCOMES] = {
        [SIPMSG_UNFINISHED] = "Unfinished", [SIPMSG_ANSWERED] = "Answered",
        [SIPMSG_COMPLETED] = "Completed",   [SIPMSG_BUSY] = "Busy",
        [SIPMSG_CANCELLED] = "Cancelled",   [SIPMSG_REJECTED] = "Rejected",
        [SIPMSG_FAILED] = "Failed",         [SIPMSG_NO_RESPONSE] = "No response",
        [SIPMSG_REDIRECTED] = "Redirected", [SIPMSG_CHALLENGED] = "Challenged only",
    };
    return names[outcome];
}

const sipmsg_sighting *
sipmsg_call_first_sign(const sipmsg_call *call)
{
    return call->ringing != NULL ? call->ringing : sipmsg_call_final(call);
}

int64_t
sipmsg_call_time(const sipmsg_sighting *from, const sipmsg_sighting *to)
{
    if (from == NULL || to == NULL || to->frame < from->frame || to->time < from->time) {
        return -1;
    }
    return to->time - from->time;
}

bool
sipmsg_calls_acknowledged(const sipmsg_calls *calls, const sipmsg_sighting *success)
{
    const sipmsg_transaction *invite = success->transaction;
    const dialog_key probe = {invite->call_id, invite->from_tag, success->to_tag, invite->cseq};
    return g_hash_table_contains(calls->acks, &probe);
}

/* Whether a request was sent before a final response, which may be NULL: not seen. */
static bool
is_before(const sipmsg_sighting *request, const sipmsg_sighting *final)
{
    return final == NULL || request->number < final->number;
}

static const sipmsg_sighting *
find_bye(const sipmsg_calls *calls, const sipmsg_name *call_id, uint64_t from, uint64_t to)
{
    const dialog_key probe = {call_id, from, to, 0};
    return g_hash_table_lookup(calls->byes, &probe);
}

bool
sipmsg_calls_crossed_bye(const sipmsg_calls *calls, const sipmsg_sighting *response)
{
    const sipmsg_transaction *transaction = response->transaction;
    const sipmsg_sighting *bye = find_bye(calls, transaction->call_id, transaction->from_tag, response->to_tag);
    const sipmsg_sighting *other = find_bye(calls, transaction->call_id, response->to_tag, transaction->from_tag);
    return bye != NULL && other != NULL && is_before(bye, other->transaction->final) &&
           is_before(other, bye->transaction->final);
}

/* The frame of the first ACK to the final response of an INVITE, 0 if none was seen. */
static uint32_t
ack_frame(const sipmsg_calls *calls, const sipmsg_transaction *invite)
{
    if (invite->final->status >= 300) {
        return invite->ack_frame;
    }
    const dialog_key probe = {invite->call_id, invite->from_tag, invite->final->to_tag, invite->cseq};
    const sipmsg_sighting *ack = g_hash_table_lookup(calls->acks, &probe);
    return ack != NULL ? ack->frame : 0;
}

bool
sipmsg_calls_crossed_cancel(const sipmsg_calls *calls, const sipmsg_transaction *cancel,
                            const sipmsg_transaction *invite)
{
    if (cancel->request == NULL || invite == NULL || invite->final == NULL) {
        return false;
    }
    uint32_t acknowledged = ack_frame(calls, invite);
    return acknowledged == 0 || cancel->request->frame < acknowledged;
}
