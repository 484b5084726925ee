/* transactions.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "transactions.h"

#include "sip/limits.h"

#include <glib.h>
#include <string.h>

struct sipmsg_transactions {
    sipmsg_arena *arena;
    sipmsg_names *names;
    sipmsg_hash_seed seed;
    const sipmsg_name *method_names[SIP_METHOD_COUNT]; /* of the registered ones */
    GHashTable *by_key;                                /* transactions */
    GHashTable *requests;                              /* those without the magic cookie once more, as old_request */
    GHashTable *messages;                              /* first transmissions, by what makes a message the same */
    const sipmsg_name *paths[2];                       /* of the latest messages: most go to and fro */
    uint32_t count;
    uint32_t sightings;
};

/* Without the magic cookie, requests are told apart by more than their responses have. */
typedef struct old_request {
    uint64_t key; /* that of the transaction, with the Request-URI and the To tag: first, for GLib's table */
    sipmsg_transaction *transaction;
} old_request;

static guint
message_hash(gconstpointer value)
{
    const sipmsg_sighting *sighting = value;
    guint hash = sipmsg_mix_pointer(sighting->status, sighting->transaction);
    hash = sipmsg_mix_pointer(hash, sighting->path);
    return sipmsg_sighting_is_request(sighting)
               ? hash
               : sipmsg_mix_number(sipmsg_mix_number(hash, sighting->to_tag), sighting->response_seq);
}

/* The same message: same transaction, same direction, and the same method or the same
 * status, To tag and RSeq. Of forked INVITEs the responses differ in their To tags alone. */
static gboolean
message_equal(gconstpointer first, gconstpointer second)
{
    const sipmsg_sighting *a = first;
    const sipmsg_sighting *b = second;
    return a->transaction == b->transaction && a->path == b->path && a->status == b->status &&
           (sipmsg_sighting_is_request(a) || (a->to_tag == b->to_tag && a->response_seq == b->response_seq));
}

sipmsg_transactions *
sipmsg_transactions_new(sipmsg_arena *arena, sipmsg_names *names)
{
    sipmsg_transactions *transactions = g_new0(sipmsg_transactions, 1);
    transactions->arena = arena;
    transactions->names = names;
    transactions->seed = sipmsg_hash_new_seed();
    for (int method = SIP_METHOD_UNKNOWN + 1; method < SIP_METHOD_COUNT; method++) {
        const char *name = sip_method_name((sip_method)method);
        transactions->method_names[method] = sipmsg_name_of(names, (sip_span){(const uint8_t *)name, strlen(name)});
    }
    transactions->by_key = g_hash_table_new(g_int64_hash, g_int64_equal);
    transactions->requests = g_hash_table_new(g_int64_hash, g_int64_equal);
    transactions->messages = g_hash_table_new(message_hash, message_equal);
    return transactions;
}

void
sipmsg_transactions_free(sipmsg_transactions *transactions)
{
    g_hash_table_destroy(transactions->by_key);
    g_hash_table_destroy(transactions->requests);
    g_hash_table_destroy(transactions->messages);
    g_free(transactions);
}

uint32_t
sipmsg_transactions_count(const sipmsg_transactions *transactions)
{
    return transactions->count;
}

/* RFC 3261 sections 17.1.3 and 17.2.3, but for the method: the branch with the magic cookie
 * and sent-by. Call-ID and number count too, since some stacks use a branch again. */
static sipmsg_hash
hash_of_branch(const sipmsg_transactions *transactions, const sip_identity *identity)
{
    sipmsg_hash hash = sipmsg_hash_start(&transactions->seed);
    sipmsg_hash_add(&hash, (uint64_t)identity->call_id.length << 32 | identity->branch.length);
    sipmsg_hash_add(&hash, (uint64_t)identity->sent_by.length << 48 | (uint64_t)identity->sent_by_port << 32 |
                               identity->cseq.number);
    sipmsg_hash_add_text(&hash, identity->call_id);
    sipmsg_hash_add_nocase(&hash, identity->branch);
    sipmsg_hash_add_nocase(&hash, identity->sent_by);
    return hash;
}

/* RFC 3261 section 17.2.3 without the magic cookie: From tag, Call-ID, CSeq and topmost
 * Via. Request-URI and To tag, which count for requests alone, are old_request's. */
static sipmsg_hash
hash_of_fields(const sipmsg_transactions *transactions, const sip_identity *identity)
{
    sipmsg_hash hash = hash_of_branch(transactions, identity);
    sipmsg_hash_add(&hash, sipmsg_hash_nocase(&transactions->seed, identity->from_tag));
    return hash;
}

/* What an INVITE shares with its CANCEL (section 9.1) and with the ACK to a final other than
 * 2xx (section 17.1.1.3). */
static uint64_t
shared_key(const sipmsg_transactions *transactions, const sip_identity *identity)
{
    return sipmsg_hash_end(identity->has_magic_cookie ? hash_of_branch(transactions, identity)
                                                      : hash_of_fields(transactions, identity));
}

/* The key of the transaction of a method that has a shared key. */
static uint64_t
key_of(const sipmsg_transactions *transactions, uint64_t shared, const sip_identity *identity)
{
    return shared + (identity->method != SIP_METHOD_UNKNOWN
                         ? identity->method
                         : sipmsg_hash_text(&transactions->seed, identity->cseq.method));
}

const sipmsg_transaction *
sipmsg_transaction_cancelled(const sipmsg_transactions *transactions, const sipmsg_transaction *cancel)
{
    uint64_t key = cancel->shared + SIP_METHOD_INVITE;
    return g_hash_table_lookup(transactions->by_key, &key);
}

static bool
is_success(const sipmsg_sighting *final)
{
    return final != NULL && final->status < 300;
}

/* The Request-URI, or its front: it serves sentences for people. */
static const sipmsg_name *
uri_name(const sipmsg_transactions *transactions, sip_span uri)
{
    if (uri.length > SIP_LIMIT_KEPT_URI) {
        uri.length = SIP_LIMIT_KEPT_URI;
    }
    return sipmsg_name_of(transactions->names, uri);
}

static sipmsg_transaction *
unless_over(sipmsg_transaction *found, int64_t now, int64_t max_age)
{
    return found != NULL && max_age > 0 && now - found->seen > max_age ? NULL : found;
}

/* The transaction with that key, unless it is over. */
static sipmsg_transaction *
find(const sipmsg_transactions *transactions, uint64_t key, int64_t now, int64_t max_age)
{
    return unless_over(g_hash_table_lookup(transactions->by_key, &key), now, max_age);
}

/* The transaction of its INVITE, if an ACK belongs there: not if that ended with a 2xx,
 * even where a sloppy sender uses the branch again. */
static sipmsg_transaction *
find_acknowledged(const sipmsg_transactions *transactions, uint64_t shared, int64_t now, int64_t max_age)
{
    sipmsg_transaction *found = find(transactions, shared + SIP_METHOD_INVITE, now, max_age);
    return found != NULL && is_success(found->final) ? NULL : found;
}

static sipmsg_transaction *
start(sipmsg_transactions *transactions, uint64_t shared, const sip_identity *identity)
{
    sipmsg_transaction *transaction = sipmsg_arena_take(transactions->arena, sizeof *transaction);
    bool registered = identity->method != SIP_METHOD_UNKNOWN;
    transaction->key = key_of(transactions, shared, identity);
    transaction->shared = shared;
    transaction->from_tag = sipmsg_hash_nocase(&transactions->seed, identity->from_tag);
    transaction->call_id = sipmsg_name_of(transactions->names, identity->call_id);
    transaction->method_name = registered ? transactions->method_names[identity->method]
                                          : sipmsg_name_of(transactions->names, identity->cseq.method);
    transaction->method = identity->method;
    transaction->cseq = identity->cseq.number;
    transaction->number = transactions->count++;
    g_hash_table_add(transactions->by_key, transaction);
    return transaction;
}

/* The key of a request without the magic cookie. */
static uint64_t
old_request_key(const sipmsg_transactions *transactions, uint64_t key, sip_span uri, sip_span to_tag)
{
    sipmsg_hash hash = sipmsg_hash_start(&transactions->seed);
    sipmsg_hash_add(&hash, key);
    sipmsg_hash_add(&hash, sipmsg_hash_text(&transactions->seed, uri));
    sipmsg_hash_add(&hash, sipmsg_hash_nocase(&transactions->seed, to_tag));
    return sipmsg_hash_end(hash);
}

/* The transaction of a request without the magic cookie, which may be new: then it takes the
 * place of one that has the same key, whose responses can't be told from its own. */
static sipmsg_transaction *
find_or_start_old(sipmsg_transactions *transactions, uint64_t shared, const sipmsg_arrival *arrival,
                  const sip_identity *identity, int64_t max_age)
{
    uint64_t key = key_of(transactions, shared, identity);
    uint64_t request = old_request_key(transactions, key, arrival->message->start_line.uri, identity->to_tag);
    old_request *known = g_hash_table_lookup(transactions->requests, &request);
    if (known != NULL && unless_over(known->transaction, arrival->time, max_age) != NULL) {
        return known->transaction;
    }
    sipmsg_transaction *transaction = find(transactions, key, arrival->time, max_age);
    if (transaction == NULL || transaction->request != NULL) {
        transaction = start(transactions, shared, identity);
    }
    known = sipmsg_arena_take(transactions->arena, sizeof *known);
    *known = (old_request){.key = request, .transaction = transaction};
    g_hash_table_add(transactions->requests, known);
    return transaction;
}

static sipmsg_transaction *
find_or_start(sipmsg_transactions *transactions, const sipmsg_arrival *arrival, const sip_identity *identity,
              int64_t max_age)
{
    const uint64_t shared = shared_key(transactions, identity);
    bool request = arrival->message->start_line.kind == SIP_REQUEST_LINE;
    sipmsg_transaction *found = NULL;
    if (request && identity->method == SIP_METHOD_ACK) {
        found = find_acknowledged(transactions, shared, arrival->time, max_age);
    }
    if (found == NULL && !identity->has_magic_cookie && request) {
        return find_or_start_old(transactions, shared, arrival, identity, max_age);
    }
    if (found == NULL) {
        found = find(transactions, key_of(transactions, shared, identity), arrival->time, max_age);
    }
    return found != NULL ? found : start(transactions, shared, identity);
}

/* Whether two sightings of the same message may be one packet, captured twice. */
static bool
is_same_packet(const sipmsg_sighting *a, const sipmsg_sighting *b)
{
    return a->digest == b->digest && a->frame != b->frame && (a->ip_id == b->ip_id || a->ip_id < 0 || b->ip_id < 0);
}

/* An earlier copy of the same packet, NULL if there is none. */
static const sipmsg_sighting *
find_copy(const sipmsg_sighting *sighting)
{
    const sipmsg_sighting *first = sighting->first;
    const sipmsg_sighting *earlier = first->previous;
    for (int i = 0; i < SIP_LIMIT_COPIES; i++) {
        int64_t apart = sighting->time - earlier->time;
        if (apart > SIP_LIMIT_COPY_NS || apart < -SIP_LIMIT_COPY_NS) {
            return NULL;
        }
        if (is_same_packet(sighting, earlier)) {
            return earlier;
        }
        if (earlier == first) {
            return NULL;
        }
        earlier = earlier->previous;
    }
    return NULL;
}

/* A provisional response that is repeated to keep the transaction alive (section
 * 13.3.1.1), not because it was lost. */
static bool
is_keep_alive(const sipmsg_sighting *sighting, const sipmsg_sighting *first)
{
    return sighting->status >= SIP_STATUS_MIN && sighting->status < 200 &&
           sighting->time - first->previous->time > SIP_LIMIT_KEEP_ALIVE_NS;
}

/* Finds out whether the message was seen before. */
static void
compare(sipmsg_transactions *transactions, sipmsg_sighting *sighting)
{
    sipmsg_sighting *first = g_hash_table_lookup(transactions->messages, sighting);
    if (first == NULL || is_keep_alive(sighting, first)) {
        sighting->first = sighting->previous = sighting;
        g_hash_table_add(transactions->messages, sighting);
        return;
    }
    sighting->first = first;
    const sipmsg_sighting *copy = find_copy(sighting);
    if (copy != NULL) {
        sighting->duplicate_of = copy->duplicate_of != 0 ? copy->duplicate_of : copy->frame;
    }
    sighting->is_retransmission = copy == NULL || copy->is_retransmission;
    sighting->previous = first->previous;
    first->previous = sighting;
}

/* What the first transmission of a message changes in its transaction. */
static void
advance(const sipmsg_transactions *transactions, sipmsg_transaction *transaction, const sipmsg_sighting *sighting,
        const sip_message *message)
{
    if (sighting->status == SIPMSG_ACK) {
        if (transaction->ack_frame == 0) {
            transaction->ack_frame = sighting->frame;
        }
    } else if (sighting->status == 0) {
        if (transaction->request == NULL) {
            transaction->request = sighting;
            transaction->uri = uri_name(transactions, message->start_line.uri);
        }
    } else {
        transaction->answered = true;
        if (sighting->status >= 200 && transaction->final == NULL) {
            transaction->final = sighting;
        }
        if (transaction->method == SIP_METHOD_INVITE && sighting->status >= 180 && sighting->status < 190 &&
            transaction->ringing == NULL) {
            transaction->ringing = sighting;
        }
    }
}

/* 0 for a request, or what tells the ACK in its INVITE's transaction from that; a status
 * that is none counts as the lowest. */
static uint16_t
status_of(const sip_message *message, const sipmsg_transaction *transaction, const sip_identity *identity)
{
    if (message->start_line.kind == SIP_REQUEST_LINE) {
        return transaction->method == SIP_METHOD_INVITE && identity->method == SIP_METHOD_ACK ? SIPMSG_ACK : 0;
    }
    uint32_t code = sip_start_line_code(&message->start_line);
    return sip_start_line_code_is_valid(&message->start_line) ? (uint16_t)code : SIP_STATUS_MIN;
}

/* A number that differs, as good as always, if the bytes or the ports do. It is taken of every
 * byte, and so 16 at a time. It is no key of a table: who makes two messages with the same
 * digest has one of them shown as the duplicate of the other, if it comes at once. */
static uint64_t
digest_of(uint32_t ports, sip_span bytes)
{
    uint64_t digest = ports ^ (uint64_t)bytes.length << 32;
    uint64_t words[2];
    for (; bytes.length >= sizeof words; bytes = sip_span_from(bytes, sizeof words)) {
        memcpy(words, bytes.data, sizeof words);
        digest = (digest ^ words[0]) * SIPMSG_GOLDEN;
        digest ^= digest >> 32 ^ words[1];
    }
    memset(words, 0, sizeof words);
    memcpy(words, bytes.data, bytes.length);
    digest = (digest ^ words[0]) * SIPMSG_GOLDEN;
    return (digest ^ digest >> 32 ^ words[1]) * SIPMSG_GOLDEN;
}

static const sipmsg_name *
path_name(sipmsg_transactions *transactions, sip_span path)
{
    const sipmsg_name **paths = transactions->paths;
    for (size_t i = 0; i < G_N_ELEMENTS(transactions->paths); i++) {
        if (paths[i] != NULL && sip_span_equal(paths[i]->text, path)) {
            return paths[i];
        }
    }
    paths[1] = paths[0];
    return paths[0] = sipmsg_name_of(transactions->names, path);
}

sipmsg_sighting *
sipmsg_transactions_note(sipmsg_transactions *transactions, const sipmsg_arrival *arrival, const sip_identity *identity,
                         int64_t max_age)
{
    const sip_message *message = arrival->message;
    sip_span bytes = sip_span_between(message->start_line.line.data, sip_span_end(message->body));
    sipmsg_transaction *transaction = find_or_start(transactions, arrival, identity, max_age);
    transaction->seen = arrival->time;
    sipmsg_sighting *sighting = sipmsg_arena_take(transactions->arena, sizeof *sighting);
    *sighting = (sipmsg_sighting){
        .transaction = transaction,
        .path = path_name(transactions, arrival->path),
        .to_tag = sipmsg_hash_nocase(&transactions->seed, identity->to_tag),
        .time = arrival->time,
        .digest = digest_of(arrival->ports, bytes),
        .frame = arrival->frame,
        .number = transactions->sightings++,
        .response_seq = identity->response_seq,
        .ip_id = arrival->ip_id,
        .status = status_of(message, transaction, identity),
    };
    compare(transactions, sighting);
    if (sipmsg_sighting_is_first(sighting)) {
        advance(transactions, transaction, sighting, message);
    }
    return sighting;
}

int64_t
sipmsg_sighting_delay(const sipmsg_sighting *response)
{
    const sipmsg_sighting *request = response->transaction->request;
    if (request == NULL || request->frame > response->frame || request->time > response->time) {
        return -1;
    }
    return response->time - request->time;
}

bool
sipmsg_transaction_wants_response(const sipmsg_transaction *transaction)
{
    return transaction->method != SIP_METHOD_ACK &&
           !sip_span_equal(transaction->method_name->text, SIP_SPAN("BENOTIFY"));
}
