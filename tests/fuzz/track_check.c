/* track_check.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "track_check.h"

#include "sip/limits.h"

#include <stdio.h>
#include <string.h>

enum {
    MEMORY_PER_MESSAGE = 640, /* beside the texts of its names */
    BYTES_OF_A_MESSAGE = 100, /* as many as any message counts for at least */
    WORK_PER_BYTE = 100,
};

/* What is said of a message when it comes, which must not change afterwards. */
typedef struct said {
    const sipmsg_sighting *sighting;
    sip_identity identity; /* in the bytes of the input */
    uint32_t transaction;
    uint32_t first;
    uint32_t duplicate_of;
    uint16_t status;
    bool is_retransmission;
} said;

typedef struct run {
    sipmsg_track *track;
    said list[TRACK_MAX];
    size_t count;
    int64_t end;
    size_t bytes;
    uint64_t work;
} run;

static const sipmsg_sighting *
sighting_at(const sipmsg_track *track, unsigned number)
{
    return g_ptr_array_index(track->sightings, number);
}

/* Feeding */

/* Whether two messages belong to one transaction by what both say, but for the method. What is
 * empty is as good as absent. */
static bool
same_shared(const sip_identity *a, const sip_identity *b)
{
    return sip_span_equal(a->call_id, b->call_id) && sip_span_equal_nocase(a->branch, b->branch) &&
           sip_span_equal_nocase(a->sent_by, b->sent_by) && a->sent_by_port == b->sent_by_port &&
           a->cseq.number == b->cseq.number && a->has_magic_cookie == b->has_magic_cookie &&
           (a->has_magic_cookie || sip_span_equal_nocase(a->from_tag, b->from_tag));
}

static bool
same_method(const sip_identity *a, const sip_identity *b)
{
    return sip_span_equal(a->cseq.method, b->cseq.method);
}

/* That a sighting is in a transaction of its own kind. */
static void
check_key(const sipmsg_sighting *sighting, const sip_identity *identity)
{
    const sipmsg_transaction *transaction = sighting->transaction;
    bool in_invite = identity->method == SIP_METHOD_ACK && transaction->method == SIP_METHOD_INVITE;
    sip_span method = in_invite ? SIP_SPAN("INVITE") : identity->cseq.method;
    fuzz_that(sip_span_equal(transaction->call_id->text, identity->call_id), "the Call-ID of the message");
    fuzz_that(sip_span_equal(transaction->method_name->text, method), "the method of the message");
    fuzz_that(transaction->cseq == identity->cseq.number, "the number of the message");
    fuzz_that((sighting->status == SIPMSG_ACK) == in_invite, "an ACK in an INVITE's transaction");
    fuzz_that((sighting->to_tag != 0) == sip_span_present(identity->to_tag), "a To tag if the message has one");
    fuzz_that(sighting->response_seq == identity->response_seq, "the RSeq of the message");
}

/* What was parsed of one copy of some bytes, in another copy. */
static sip_span
moved(sip_span part, sip_span from, sip_span to)
{
    fuzz_place place = fuzz_place_of(from, part);
    return place.present ? (sip_span){to.data + place.offset, place.length} : (sip_span){NULL, 0};
}

static sip_identity
moved_identity(sip_identity identity, sip_span from, sip_span to)
{
    identity.call_id = moved(identity.call_id, from, to);
    identity.from_tag = moved(identity.from_tag, from, to);
    identity.to_tag = moved(identity.to_tag, from, to);
    identity.branch = moved(identity.branch, from, to);
    identity.sent_by = moved(identity.sent_by, from, to);
    identity.cseq.method = moved(identity.cseq.method, from, to);
    return identity;
}

static void
check_memory(size_t taken, const sipmsg_sighting *sighting, const track_input *input, bool seen_before)
{
    /* No text is kept more than twice: the Request-URI, perhaps, as a whole and cut. */
    fuzz_that(taken <= MEMORY_PER_MESSAGE + 2 * input->bytes.length, "bounded memory for a message");
    if (seen_before && !sipmsg_sighting_is_first(sighting)) {
        fuzz_that(taken <= sizeof *sighting + 8, "a record alone for a message that comes again");
    }
}

/* Whether the same bytes came before, on the same way. */
static bool
was_seen(const track_input *inputs, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (sip_span_equal(inputs[i].bytes, inputs[number].bytes) && inputs[i].path == inputs[number].path) {
            return true;
        }
    }
    return false;
}

static void
feed(run *to, const track_input *inputs, size_t number, int64_t max_age)
{
    const track_input *input = &inputs[number];
    sip_span bytes = fuzz_copy(input->bytes);
    sip_span path = fuzz_copy((sip_span){&input->path, 1});
    sip_message message;
    sip_identity identity;
    if (sip_message_parse(bytes, false, &message) && sip_identity_parse(&message, &identity)) {
        const sipmsg_arrival arrival = {.message = &message,
                                        .frame = input->frame,
                                        .time = input->time,
                                        .path = path,
                                        .ports = input->ports,
                                        .ip_id = input->ip_id};
        size_t taken = sipmsg_arena_size(to->track->arena);
        uint64_t start = fuzz_work();
        const sipmsg_sighting *sighting = sipmsg_track_note(to->track, &arrival, &identity, max_age);
        to->work += fuzz_work() - start;
        to->bytes += BYTES_OF_A_MESSAGE + bytes.length;
        taken = sipmsg_arena_size(to->track->arena) - taken;
        check_key(sighting, &identity);
        check_memory(taken, sighting, input, was_seen(inputs, number));
        fuzz_that(sighting->frame == input->frame && sighting->time == input->time && sighting->ip_id == input->ip_id,
                  "what is to be known beside the bytes");
        fuzz_that((sighting->status <= SIPMSG_ACK) == (message.start_line.kind == SIP_REQUEST_LINE),
                  "a status of responses");
        to->list[to->count++] = (said){sighting,
                                       moved_identity(identity, bytes, input->bytes),
                                       sighting->transaction->number,
                                       sighting->first->number,
                                       sighting->duplicate_of,
                                       sighting->status,
                                       sighting->is_retransmission};
    }
    if (to->end < input->time) {
        to->end = input->time;
    }
    /* Nothing of the message may be needed from here on. */
    fuzz_drop(path);
    fuzz_drop(bytes);
}

/* Sightings */

static void
check_said(const run *played)
{
    for (size_t i = 0; i < played->count; i++) {
        const said *before = &played->list[i];
        const sipmsg_sighting *sighting = before->sighting;
        fuzz_that(sighting == sighting_at(played->track, (unsigned)i), "sightings in the order in which they came");
        fuzz_that(sighting->transaction->number == before->transaction && sighting->first->number == before->first &&
                      sighting->duplicate_of == before->duplicate_of && sighting->status == before->status &&
                      sighting->is_retransmission == before->is_retransmission,
                  "what was said of a message when it came");
    }
}

static void
check_found(const sipmsg_track *track)
{
    unsigned nth = 0;
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = sighting_at(track, i);
        const sipmsg_sighting *last = i > 0 ? sighting_at(track, i - 1) : NULL;
        fuzz_that(sighting->number == i, "numbers in order");
        fuzz_that(last == NULL || last->frame <= sighting->frame, "frames that never fall");
        nth = last != NULL && last->frame == sighting->frame ? nth + 1 : 0;
        fuzz_that(sipmsg_track_find(track, sighting->frame, nth) == sighting, "each message found again");
        if (i + 1 == track->sightings->len || sighting_at(track, i + 1)->frame != sighting->frame) {
            fuzz_that(sipmsg_track_find(track, sighting->frame, nth + 1) == NULL, "no more messages in the frame");
        }
    }
    fuzz_that(sipmsg_track_find(track, 0, 0) == NULL && sipmsg_track_find(track, UINT32_MAX, 0) == NULL,
              "nothing in frames without messages");
}

/* Whether both are the same message, by what transactions.h names. */
static bool
is_same_message(const sipmsg_sighting *a, const sipmsg_sighting *b)
{
    return a->transaction == b->transaction && a->path == b->path && a->status == b->status &&
           (sipmsg_sighting_is_request(a) || (a->to_tag == b->to_tag && a->response_seq == b->response_seq));
}

static bool
has_frame_with_digest(const sipmsg_track *track, uint32_t frame, const sipmsg_sighting *copy)
{
    for (unsigned i = 0; i < copy->number; i++) {
        const sipmsg_sighting *sighting = sighting_at(track, i);
        if (sighting->frame == frame && sighting->digest == copy->digest && sighting->first == copy->first) {
            return true;
        }
    }
    return false;
}

static void
check_repeated(const sipmsg_track *track, const sipmsg_sighting *sighting)
{
    if (sipmsg_sighting_is_first(sighting)) {
        fuzz_that(!sighting->is_retransmission && sighting->duplicate_of == 0, "a first transmission is nothing else");
        return;
    }
    fuzz_that(sighting->first->first == sighting->first && is_same_message(sighting, sighting->first),
              "a first transmission of the same message");
    fuzz_that(sighting->first->number < sighting->number, "a first transmission before what is sent again");
    fuzz_that(sighting->previous->first == sighting->first && sighting->previous->number < sighting->number,
              "the one before of the same message");
    fuzz_that(sighting->is_retransmission || sighting->duplicate_of != 0, "what comes again is sent or captured again");
    fuzz_that(sighting->duplicate_of < sighting->frame, "a copy of an earlier frame");
    fuzz_that(sighting->duplicate_of == 0 || has_frame_with_digest(track, sighting->duplicate_of, sighting),
              "a copy of a packet with the same bytes");
}

/* Each chain of the same message holds all of them, so that the chains are as many messages
 * together as there are. */
static void
check_chains(const sipmsg_track *track)
{
    unsigned in_chains = 0;
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *first = sighting_at(track, i);
        if (!sipmsg_sighting_is_first(first)) {
            continue;
        }
        const sipmsg_sighting *link = first->previous;
        in_chains++;
        for (; link != first; link = link->previous) {
            fuzz_that(++in_chains <= track->sightings->len, "chains that end");
        }
    }
    fuzz_that(in_chains == track->sightings->len, "each message in one chain");
}

/* Transactions */

/* What a plain walk finds of a transaction. */
typedef struct found {
    const sipmsg_transaction *transaction;
    const sipmsg_sighting *request;
    const sipmsg_sighting *ringing;
    const sipmsg_sighting *final;
    int64_t seen;
    uint32_t ack_frame;
    bool answered;
} found;

static const sipmsg_sighting *
earlier(const sipmsg_sighting *known, const sipmsg_sighting *sighting)
{
    return known != NULL ? known : sighting;
}

static void
add_to_found(found *to, const sipmsg_sighting *sighting)
{
    unsigned status = sighting->status;
    to->transaction = sighting->transaction;
    to->seen = sighting->time;
    if (status == 0) {
        to->request = earlier(to->request, sighting);
    } else if (status == SIPMSG_ACK) {
        to->ack_frame = to->ack_frame != 0 ? to->ack_frame : sighting->frame;
    } else {
        to->answered = true;
        to->final = status >= 200 ? earlier(to->final, sighting) : to->final;
        if (status >= 180 && status < 190 && sighting->transaction->method == SIP_METHOD_INVITE) {
            to->ringing = earlier(to->ringing, sighting);
        }
    }
}

static void
check_transaction(const found *seen)
{
    const sipmsg_transaction *transaction = seen->transaction;
    fuzz_that(transaction->request == seen->request, "the first request");
    fuzz_that(transaction->ringing == seen->ringing, "the first 18x");
    fuzz_that(transaction->final == seen->final, "the first final response");
    fuzz_that(transaction->ack_frame == seen->ack_frame, "the first ACK");
    fuzz_that(transaction->seen == seen->seen, "the time of the latest message");
    fuzz_that(transaction->answered == seen->answered, "answered if there is a response");
    fuzz_that((transaction->uri != NULL) == (seen->request != NULL), "a Request-URI of a request");
    fuzz_that(transaction->uri == NULL || transaction->uri->text.length <= SIP_LIMIT_KEPT_URI, "no more than is kept");
    fuzz_that(transaction->method == sip_method_lookup(transaction->method_name->text), "the method of that name");
    if (seen->final != NULL) {
        int64_t delay = sipmsg_sighting_delay(seen->final);
        bool known = seen->request != NULL && seen->request->number <= seen->final->number &&
                     seen->request->time <= seen->final->time;
        fuzz_that(delay >= -1 && (!known || delay == seen->final->time - seen->request->time),
                  "the time of a response");
    }
}

static void
check_cancel(const sipmsg_track *track, const sipmsg_transaction *transaction)
{
    const sipmsg_transaction *invite = sipmsg_transaction_cancelled(track->transactions, transaction);
    fuzz_that(invite == NULL || (invite->method == SIP_METHOD_INVITE && invite->shared == transaction->shared &&
                                 invite->call_id == transaction->call_id && invite->cseq == transaction->cseq),
              "the INVITE of a CANCEL");
}

/* All messages of a transaction say the same of it; and if the branch identifies it, no others
 * do, unless it was over. */
static void
check_partition(const run *played, int64_t max_age)
{
    for (size_t i = 0; i < played->count; i++) {
        const said *a = &played->list[i];
        for (size_t j = 0; j < i; j++) {
            const said *b = &played->list[j];
            bool same = same_shared(&a->identity, &b->identity);
            bool one = a->sighting->transaction == b->sighting->transaction;
            fuzz_that(!one || same, "one transaction of messages that agree");
            fuzz_that(one || !same || !same_method(&a->identity, &b->identity) || max_age > 0 ||
                          !a->identity.has_magic_cookie || a->identity.method == SIP_METHOD_ACK,
                      "one transaction of all messages that agree");
        }
    }
}

static void
check_transactions(const sipmsg_track *track)
{
    static found list[TRACK_MAX];
    uint32_t count = 0;
    memset(list, 0, sizeof list);
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = sighting_at(track, i);
        uint32_t number = sighting->transaction->number;
        fuzz_that(number <= count, "transactions in order of first sight");
        count += number == count;
        fuzz_that(list[number].transaction == NULL || list[number].transaction == sighting->transaction,
                  "one transaction of a number");
        add_to_found(&list[number], sighting);
    }
    fuzz_that(sipmsg_transactions_count(track->transactions) == count, "as many transactions as are counted");
    for (uint32_t i = 0; i < count; i++) {
        check_transaction(&list[i]);
        check_cancel(track, list[i].transaction);
    }
}

/* Calls */

static void
check_link(const sipmsg_call *call, const sipmsg_sighting *sighting, bool holds, const char *what)
{
    if (sighting != NULL) {
        fuzz_that(holds, what);
        fuzz_that(sip_span_equal(sighting->transaction->call_id->text, sipmsg_call_id(call)), "the same Call-ID");
        fuzz_that(sipmsg_sighting_is_first(sighting) || sighting == call->latest, "first transmissions");
    }
}

static bool
is_invite(const sipmsg_transaction *transaction)
{
    return transaction->method == SIP_METHOD_INVITE;
}

static void
check_links(const sipmsg_call *call)
{
    const sipmsg_sighting *ringing = call->ringing;
    const sipmsg_sighting *answer = call->answer;
    const sipmsg_sighting *bye = call->bye;
    const sipmsg_sighting *confirmed = call->confirmed;
    const sipmsg_sighting *given_up = call->given_up;
    check_link(call, call->invite,
               is_invite(call->invite->transaction) && call->invite->status == 0 && call->invite->to_tag == 0,
               "an initial INVITE");
    check_link(call, ringing, ringing != NULL && ringing->status / 10 == 18 && is_invite(ringing->transaction),
               "an 18x to an INVITE");
    check_link(call, answer, answer != NULL && answer->status / 100 == 2 && is_invite(answer->transaction),
               "a 2xx to an INVITE");
    check_link(call, bye, bye != NULL && bye->status == 0 && bye->transaction->method == SIP_METHOD_BYE, "a BYE");
    check_link(call, confirmed,
               confirmed != NULL && confirmed->status == 0 && confirmed->transaction->method == SIP_METHOD_ACK,
               "an ACK in no INVITE's transaction");
    check_link(call, given_up,
               given_up != NULL && (given_up->transaction->method == SIP_METHOD_CANCEL ||
                                    given_up->transaction->method == SIP_METHOD_BYE),
               "a CANCEL or a BYE");
    fuzz_that(call->latest != NULL, "a latest message of each call");
    check_link(call, call->latest, call->latest->number >= call->invite->number, "a latest that is no earlier");
}

static void
check_attempts(const sipmsg_call *call)
{
    const sipmsg_transaction *decides = call->decides;
    const sipmsg_transaction *stands_in = call->stands_in;
    fuzz_that(decides != NULL && is_invite(decides) && decides->request != NULL && decides->request->to_tag == 0,
              "an initial INVITE that decides");
    fuzz_that(sipmsg_call_of(decides) == call, "the call of the INVITE that decides");
    fuzz_that(stands_in == NULL || (is_invite(stands_in) && stands_in->final != NULL), "a final of what stands in");
}

static void
check_outcome(const sipmsg_call *call, int64_t end)
{
    const sipmsg_sighting *final = sipmsg_call_final(call);
    const sipmsg_sighting *sign = sipmsg_call_first_sign(call);
    bool answered = call->answer != NULL || (final == NULL && call->confirmed != NULL);
    for (int64_t quiet = 0; quiet <= 64 * SIPMSG_SECOND; quiet += 32 * SIPMSG_SECOND) {
        sipmsg_outcome outcome = sipmsg_call_outcome(call, end, quiet);
        fuzz_that(outcome >= 0 && outcome < SIPMSG_OUTCOMES && sipmsg_outcome_name(outcome) != NULL, "a named outcome");
        fuzz_that((outcome == SIPMSG_COMPLETED) == (answered && call->bye != NULL), "completed by an answer and a BYE");
        fuzz_that((outcome == SIPMSG_ANSWERED) == (answered && call->bye == NULL), "answered without a BYE");
        fuzz_that(outcome != SIPMSG_NO_RESPONSE || !call->decides->answered, "no response where there was none");
        fuzz_that(final == NULL || (outcome != SIPMSG_UNFINISHED && outcome != SIPMSG_NO_RESPONSE),
                  "an end by a final");
    }
    fuzz_that(final == NULL || (final->status >= 200 && is_invite(final->transaction)),
              "a final response to an INVITE");
    fuzz_that(call->answer == NULL || final == call->answer, "an answer that decides");
    fuzz_that(sign == (call->ringing != NULL ? call->ringing : final), "a first sign");
    fuzz_that(sipmsg_call_time(call->invite, sign) >= -1 && sipmsg_call_time(call->invite, call->latest) >= -1,
              "times from 0 on, or none");
}

/* Whether an ACK for a success was seen, by a plain search. */
static bool
has_ack(const sipmsg_track *track, const sipmsg_sighting *success)
{
    const sipmsg_transaction *invite = success->transaction;
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *ack = sighting_at(track, i);
        const sipmsg_transaction *of = ack->transaction;
        bool is_ack = ack->status == SIPMSG_ACK || (ack->status == 0 && of->method == SIP_METHOD_ACK);
        if (is_ack && sipmsg_sighting_is_first(ack) && of->call_id == invite->call_id &&
            of->from_tag == invite->from_tag && ack->to_tag == success->to_tag && of->cseq == invite->cseq) {
            return true;
        }
    }
    return false;
}

/* Whether a transaction is an INVITE that waits for a final response. */
static bool
is_open(const sipmsg_transaction *transaction)
{
    return is_invite(transaction) && transaction->answered && transaction->final == NULL;
}

/* Or one that was taken for an initial INVITE by the number of its responses, until it came. */
static bool
may_be_counted(const sipmsg_transaction *transaction)
{
    return is_open(transaction) ||
           (is_invite(transaction) && transaction->request != NULL && transaction->request->to_tag != 0);
}

/* That nothing of an initial INVITE comes before the first that the call has of its kind. */
static void
check_first(const sipmsg_call *call, const sipmsg_transaction *invite)
{
    bool is_initial = is_invite(invite) && invite->request != NULL && invite->hops > 0;
    if (!is_initial || invite->call != call) {
        return;
    }
    const sipmsg_sighting *answer = invite->final != NULL && invite->final->status < 300 ? invite->final : NULL;
    fuzz_that(call->invite->number <= invite->request->number, "the first INVITE of a call");
    fuzz_that(invite->ringing == NULL || (call->ringing != NULL && call->ringing->frame <= invite->ringing->frame),
              "the first 18x of a call");
    fuzz_that(answer == NULL || (call->answer != NULL && call->answer->frame <= answer->frame),
              "the first 2xx of a call");
}

/* The calls that messages belong to, by their numbers, and how many INVITEs of each wait. */
typedef struct calls {
    const sipmsg_call *list[TRACK_MAX];
    uint32_t open[TRACK_MAX];
} calls;

/* How each message and its call fit together. */
static void
check_membership(const sipmsg_track *track, calls *all)
{
    uint32_t counted = 0;
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = sighting_at(track, i);
        const sipmsg_transaction *transaction = sighting->transaction;
        const sipmsg_call *call = sipmsg_call_of(transaction);
        bool is_new = transaction->number == counted;
        counted += is_new;
        if (sighting->status / 100 == 2 && is_invite(transaction)) {
            fuzz_that(sipmsg_calls_acknowledged(track->calls, sighting) == has_ack(track, sighting),
                      "an ACK where a plain search finds one");
        }
        if (call == NULL) {
            continue;
        }
        fuzz_that(call->number < sipmsg_calls_count(track->calls), "a call that is counted");
        fuzz_that(all->list[call->number] == NULL || all->list[call->number] == call, "one call of a number");
        fuzz_that(sip_span_equal(sipmsg_call_id(call), transaction->call_id->text), "a call of the same Call-ID");
        fuzz_that(call->latest->number >= sighting->number, "no message behind the latest");
        check_first(call, transaction);
        all->list[call->number] = call;
        all->open[call->number] += is_new && may_be_counted(transaction);
    }
}

static void
check_calls(const sipmsg_track *track, int64_t end)
{
    static calls all;
    uint32_t count = sipmsg_calls_count(track->calls);
    fuzz_that(count <= track->sightings->len, "no more calls than messages");
    memset(&all, 0, sizeof all);
    check_membership(track, &all);
    for (uint32_t i = 0; i < count; i++) {
        const sipmsg_call *call = all.list[i];
        fuzz_that(call != NULL, "messages of each call");
        check_links(call);
        check_attempts(call);
        check_outcome(call, end);
        fuzz_that(call->open <= all.open[i], "no more open INVITEs than wait for a final");
        fuzz_that(call->open > 0 || !is_open(call->decides) || call->decides->number < call->attempt,
                  "an open INVITE where the one that decides is");
    }
}

/* All that can be seen, as one number. */

static void
fold(uint64_t *all, uint64_t number)
{
    *all = (*all ^ number) * SIPMSG_GOLDEN;
    *all ^= *all >> 29;
}

static void
fold_link(uint64_t *all, const sipmsg_sighting *sighting)
{
    fold(all, sighting == NULL ? UINT64_MAX : sighting->number);
}

static void
fold_call(uint64_t *all, const sipmsg_call *call, int64_t end)
{
    fold(all, call->decides->number);
    fold(all, call->stands_in == NULL ? UINT64_MAX : call->stands_in->number);
    fold_link(all, call->invite);
    fold_link(all, call->ringing);
    fold_link(all, call->answer);
    fold_link(all, call->bye);
    fold_link(all, call->latest);
    fold_link(all, call->given_up);
    fold_link(all, call->confirmed);
    fold(all, call->attempt);
    fold(all, call->open);
    fold(all, sipmsg_call_outcome(call, end, 32 * SIPMSG_SECOND));
}

static uint64_t
fold_all(const run *played)
{
    const sipmsg_track *track = played->track;
    uint64_t all = 0;
    for (unsigned i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = sighting_at(track, i);
        const sipmsg_call *call = sipmsg_call_of(sighting->transaction);
        fold(&all, sighting->transaction->number);
        fold_link(&all, sighting->first);
        fold_link(&all, sighting->previous);
        fold(&all, sighting->digest);
        fold(&all, sighting->duplicate_of);
        fold(&all, sighting->status);
        fold(&all, sighting->is_retransmission);
        fold(&all, sipmsg_track_crossed(track, sighting));
        if (call != NULL) {
            fold(&all, call->number);
            fold_call(&all, call, played->end);
        }
    }
    fold(&all, sipmsg_calls_count(track->calls));
    fold(&all, sipmsg_arena_size(track->arena));
    return all;
}

static uint64_t
play(const track_input *inputs, size_t count, int64_t max_age, unsigned seed)
{
    static run played;
    /* Names are hashed with a seed, on which nothing may depend. */
    g_random_set_seed(seed);
    memset(&played, 0, sizeof played);
    played.track = sipmsg_track_new();
    for (size_t i = 0; i < count; i++) {
        feed(&played, inputs, i, max_age);
    }
    fuzz_work_check(fuzz_work() - played.work, played.bytes, WORK_PER_BYTE);
    check_said(&played);
    check_found(played.track);
    for (unsigned i = 0; i < played.track->sightings->len; i++) {
        check_repeated(played.track, sighting_at(played.track, i));
    }
    check_chains(played.track);
    check_transactions(played.track);
    check_partition(&played, max_age);
    check_calls(played.track, played.end);
    uint64_t all = fold_all(&played);
    sipmsg_track_free(played.track);
    return all;
}

static void
show(const track_input *input)
{
    fprintf(stderr, "-- frame %u, %+.3f s, path %u, ports %u, IP identification %d\n%.*s", input->frame,
            (double)(input->time % (1000 * SIPMSG_SECOND)) / (double)SIPMSG_SECOND, input->path, input->ports,
            input->ip_id, (int)input->bytes.length, (const char *)input->bytes.data);
}

void
track_check(const track_input *inputs, size_t count, int64_t max_age)
{
    fuzz_that(count <= TRACK_MAX, "no more messages than can be fed");
    for (size_t i = 0; i < count && fuzz_is_shown(); i++) {
        show(&inputs[i]);
    }
    uint64_t all = play(inputs, count, max_age, 1);
    fuzz_that(play(inputs, count, max_age, 2) == all, "the same of the same messages");
}
