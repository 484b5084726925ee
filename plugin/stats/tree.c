/* tree.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Statistics > SIP Messages, and -z sipmsg,tree. Wireshark keeps the tree of counts, draws it
 * and works out percentages and rates; it does not say when it is about to draw. So a
 * request counts as one without a final response, until its final response comes.
 */
#include "stats.h"

#include "dissect/explain.h"
#include "dissect/follow.h"
#include "dissect/preferences.h"
#include "dissect/readable.h"
#include "dissect/tap.h"
#include "sip/limits.h"

#include <epan/stats_tree.h>
#include <epan/to_str.h>

#define FAILURES  "Failures by status and reason (no challenges, none expected)"
#define SENDERS   "Failures by sender and status (the same)"
#define REQUESTS  "Requests by method and final response"
#define RESPONSES "Responses by class and status"
#define EXPECTED  "Challenges and expected failures"

#define NO_FINAL "no final response, or filtered out"
#define OUTSIDE  "in no transaction (Via, CSeq, Call-ID)"
#define OTHERS   "others, not told apart"

/* The requests of a transaction that have no final response yet: more than one, if the
 * same request was captured on two ways. */
typedef struct waiting {
    int node; /* of their method */
    int count;
} waiting;

/* What is to be known of a tree beside its counts. */
typedef struct tree_state {
    int failures; /* nodes at the root */
    int senders;
    int requests;
    int responses;
    int expected;
    GHashTable *waiting;    /* by transaction */
    GHashTable *unanswered; /* the sum of these by node */
    GHashTable *names;      /* by node, sets of the names that the network brought below it */
    guint names_count;      /* in all sets */
} tree_state;

/* By tree, which has no place for it; NULL once Wireshark ends. */
static GHashTable *states;

static void
free_set(gpointer set)
{
    g_hash_table_destroy(set);
}

static tree_state *
new_state(void)
{
    tree_state *state = g_new0(tree_state, 1);
    state->waiting = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    state->unanswered = g_hash_table_new(NULL, NULL);
    state->names = g_hash_table_new_full(NULL, NULL, NULL, free_set);
    return state;
}

static void
free_state(gpointer data)
{
    tree_state *state = data;
    g_hash_table_destroy(state->waiting);
    g_hash_table_destroy(state->unanswered);
    g_hash_table_destroy(state->names);
    g_free(state);
}

/* Called when the capture is closed, and the transactions end. */
static void
forget_transactions(void)
{
    GHashTableIter iter;
    gpointer state;
    g_hash_table_iter_init(&iter, states);
    while (g_hash_table_iter_next(&iter, NULL, &state)) {
        g_hash_table_remove_all(((tree_state *)state)->waiting);
    }
}

/* What is counted of one message, and where. */
typedef struct tally {
    stats_tree *tree;
    tree_state *state;
    packet_info *pinfo;
    const sipmsg_tap_data *data;
} tally;

/* The name itself, or the one for all that would be too many below a node. */
static const char *
admit(tree_state *state, int node, const char *name)
{
    GHashTable *names = g_hash_table_lookup(state->names, GINT_TO_POINTER(node));
    if (names == NULL) {
        names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_insert(state->names, GINT_TO_POINTER(node), names);
    }
    if (g_hash_table_contains(names, name)) {
        return name;
    }
    if (g_hash_table_size(names) >= SIP_LIMIT_SIBLINGS || state->names_count >= SIP_LIMIT_NODES) {
        return OTHERS;
    }
    g_hash_table_add(names, g_strdup(name));
    state->names_count++;
    return name;
}

/* Adds to the count of a name below a node. Returns its own node, if it has children. */
static int
add(const tally *it, int node, const char *name, bool has_children, int more)
{
    return increase_stat_node(it->tree, admit(it->state, node, name), node, has_children, more);
}

/* Text from the network as part of a name. Double quotes would end a cell where Wireshark
 * saves the tree as CSV. */
static const char *
clean(wmem_allocator_t *pool, const char *text)
{
    return g_strdelimit(wmem_strdup(pool, text), "\"", '\'');
}

static const char *
clean_span(wmem_allocator_t *pool, sip_span text)
{
    const char *cut = text.length > SIP_LIMIT_QUOTE ? "..." : "";
    const char *printable = sipmsg_readable(pool, sip_span_front(text, SIP_LIMIT_QUOTE));
    return clean(pool, wmem_strdup_printf(pool, "%s%s", printable, cut));
}

/* "486 Busy Here" */
static const char *
status_name(wmem_allocator_t *pool, uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    return wmem_strdup_printf(pool, "%u %s", code,
                              info != NULL && info->phrase != NULL ? info->phrase : "(unregistered)");
}

static void
add_unanswered(const tally *it, int node, int more)
{
    GHashTable *unanswered = it->state->unanswered;
    int sum = GPOINTER_TO_INT(g_hash_table_lookup(unanswered, GINT_TO_POINTER(node))) + more;
    g_hash_table_insert(unanswered, GINT_TO_POINTER(node), GINT_TO_POINTER(sum));
    set_stat_node(it->tree, NO_FINAL, node, FALSE, sum);
}

/* Counts a request as one that waits for its final response. */
static void
wait_for_final(const tally *it, int node, const sipmsg_transaction *transaction)
{
    waiting *found = g_hash_table_lookup(it->state->waiting, transaction);
    if (found == NULL) {
        found = g_new0(waiting, 1);
        found->node = node;
        g_hash_table_insert(it->state->waiting, (gpointer)transaction, found);
    }
    if (found->node != node) {
        /* The method is another than that of CSeq, and was before. */
        add(it, node, OUTSIDE, false, 1);
        return;
    }
    found->count++;
    if (sipmsg_transaction_wants_response(transaction)) {
        add_unanswered(it, node, 1);
    }
}

static void
end_wait(const tally *it, const sipmsg_sighting *final)
{
    const waiting *found = g_hash_table_lookup(it->state->waiting, final->transaction);
    if (found == NULL || final->transaction->final != final) {
        return;
    }
    add(it, found->node, status_name(it->pinfo->pool, final->status), false, found->count);
    if (sipmsg_transaction_wants_response(final->transaction)) {
        add_unanswered(it, found->node, -found->count);
    }
    g_hash_table_remove(it->state->waiting, final->transaction);
}

/* The node of the request's method. One that is known needs no admission. */
static int
add_method(const tally *it, sip_span method)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    int node = it->state->requests;
    sip_method known = sip_method_lookup(method);
    if (known != SIP_METHOD_UNKNOWN) {
        return tick_stat_node(it->tree, sip_method_name(known), node, TRUE);
    }
    const char *prefix = sipmsg_method_is_known_to_user(method) ? "" : "unknown method ";
    return add(it, node, wmem_strdup_printf(pool, "%s%s", prefix, clean_span(pool, method)), true, 1);
}

static void
count_request(const tally *it)
{
    const sipmsg_sighting *sighting = it->data->sighting;
    int node = add_method(it, it->data->message->start_line.method);
    tick_stat_node(it->tree, REQUESTS, 0, TRUE);
    if (sighting == NULL) {
        add(it, node, OUTSIDE, false, 1);
        return;
    }
    const sipmsg_transaction *transaction = sighting->transaction;
    const sipmsg_sighting *final = transaction->final;
    if (sighting->status == SIPMSG_ACK || transaction->method == SIP_METHOD_ACK) {
        return;
    }
    if (final != NULL && final->frame < sighting->frame) {
        add(it, node, status_name(it->pinfo->pool, final->status), false, 1);
    } else {
        wait_for_final(it, node, transaction);
    }
}

/* The causes that one message gives, each of which counts once. */
typedef struct causes {
    const char *names[SIP_LIMIT_CAUSES];
    unsigned count;
} causes;

/* Notes a cause, for which there must be room. False if it is among those already. */
static bool
is_new(causes *seen, const char *cause)
{
    for (unsigned i = 0; i < seen->count; i++) {
        if (strcmp(seen->names[i], cause) == 0) {
            return false;
        }
    }
    seen->names[seen->count++] = cause;
    return true;
}

/* Counts a cause that a failure gives, and the text that comes with it, unless that only
 * repeats the cause's name. */
static void
add_cause(const tally *it, int node, causes *seen, const char *cause, const char *name, sip_span text)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    if (!is_new(seen, cause)) {
        return;
    }
    int below = add(it, node, clean(pool, cause), true, 1);
    bool repeats = name != NULL && sip_span_equal_nocase(text, (sip_span){(const uint8_t *)name, strlen(name)});
    if (text.length > 0 && !repeats) {
        add(it, below, wmem_strdup_printf(pool, "text: %s", clean_span(pool, text)), false, 1);
    }
}

/* Causes are counted without what differs from call to call. */
static void
add_reasons(const tally *it, int node, causes *seen)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    sip_header_walk walk = {.rows = it->data->message->headers};
    sip_span value;
    sip_reason reason;
    while (seen->count < SIP_LIMIT_CAUSES && sip_header_walk_next(&walk, SIP_HEADER_REASON, &value)) {
        if (sip_reason_parse(value, &reason)) {
            const sip_reason bare = {
                .protocol = reason.protocol, .cause = reason.cause, .cause_number = reason.cause_number};
            const char *name =
                sip_span_present(reason.cause) ? sip_reason_cause_name(reason.protocol, reason.cause_number) : NULL;
            const char *cause = wmem_strdup_printf(pool, "Reason: %s", sipmsg_explain_reason(pool, &bare));
            add_cause(it, node, seen, cause, name, reason.text);
        }
    }
}

static void
add_warnings(const tally *it, int node, causes *seen)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    sip_header_walk walk = {.rows = it->data->message->headers};
    sip_span value;
    sip_warning warning;
    while (seen->count < SIP_LIMIT_CAUSES && sip_header_walk_next(&walk, SIP_HEADER_WARNING, &value)) {
        if (sip_warning_parse(value, &warning)) {
            const sip_warning bare = {.code_number = warning.code_number};
            add_cause(it, node, seen, sipmsg_explain_warning(pool, &bare), sip_warning_name(warning.code_number),
                      warning.text);
        }
    }
}

/* "486 Busy Here to INVITE" */
static const char *
failure_name(const tally *it, uint32_t code)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    sip_span method = sip_message_method(it->data->message);
    return wmem_strdup_printf(pool, "%s to %s", status_name(pool, code),
                              sip_span_present(method) ? clean_span(pool, method) : "an unknown request");
}

static bool
is_expected(const tally *it, uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    const sipmsg_sighting *sighting = it->data->sighting;
    return (info != NULL && info->weight != SIP_FAILURE_BY_CLASS) ||
           (sighting != NULL && sipmsg_track_crossed(sipmsg_followed(), sighting));
}

static void
count_failure(const tally *it, uint32_t code)
{
    wmem_allocator_t *pool = it->pinfo->pool;
    const tree_state *state = it->state;
    const char *name = failure_name(it, code);
    causes seen = {.count = 0};

    if (is_expected(it, code)) {
        tick_stat_node(it->tree, EXPECTED, 0, TRUE);
        add(it, state->expected, name, false, 1);
        return;
    }
    tick_stat_node(it->tree, FAILURES, 0, TRUE);
    int node = add(it, state->failures, name, true, 1);
    add_reasons(it, node, &seen);
    add_warnings(it, node, &seen);

    tick_stat_node(it->tree, SENDERS, 0, TRUE);
    int sender = add(it, state->senders, address_to_str(pool, &it->pinfo->src), true, 1);
    add(it, sender, status_name(pool, code), false, 1);
}

static void
count_response(const tally *it)
{
    const sip_start_line *line = &it->data->message->start_line;
    const sipmsg_sighting *sighting = it->data->sighting;
    uint32_t code = sip_start_line_code(line);
    int node = it->state->responses;

    tick_stat_node(it->tree, RESPONSES, 0, TRUE);
    if (!sip_start_line_code_is_valid(line)) {
        tick_stat_node(it->tree, "invalid status code", node, FALSE);
        return;
    }
    const char *class_name =
        wmem_strdup_printf(it->pinfo->pool, "%uxx %s", code / 100, sip_status_class_name(code / 100));
    int class_node = tick_stat_node(it->tree, class_name, node, TRUE);
    tick_stat_node(it->tree, status_name(it->pinfo->pool, code), class_node, FALSE);
    if (code >= SIP_STATUS_FAILURE) {
        count_failure(it, code);
    }
    if (sighting != NULL) {
        end_wait(it, sighting);
    }
}

static tap_packet_status
note(stats_tree *tree, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped, tap_flags_t flags _U_)
{
    const tally it = {tree, g_hash_table_lookup(states, tree), pinfo, tapped};
    if (!sipmsg_tap_counts(it.data)) {
        return TAP_PACKET_DONT_REDRAW;
    }
    if (it.data->message->start_line.kind == SIP_REQUEST_LINE) {
        count_request(&it);
    } else {
        count_response(&it);
    }
    return TAP_PACKET_REDRAW;
}

static int
create_root(stats_tree *tree, const char *name)
{
    return stats_tree_create_node(tree, name, 0, STAT_DT_INT, TRUE);
}

static void
start(stats_tree *tree)
{
    tree_state *state = new_state();
    state->failures = create_root(tree, FAILURES);
    state->senders = create_root(tree, SENDERS);
    state->requests = create_root(tree, REQUESTS);
    state->responses = create_root(tree, RESPONSES);
    state->expected = create_root(tree, EXPECTED);
    stat_node_set_flags(tree, FAILURES, 0, TRUE, ST_FLG_SORT_TOP);
    stat_node_set_flags(tree, SENDERS, 0, TRUE, ST_FLG_SORT_TOP);
    g_hash_table_replace(states, tree, state);
}

static void
finish(stats_tree *tree)
{
    if (states != NULL) {
        g_hash_table_remove(states, tree);
    }
}

/* Called when Wireshark ends: tshark finishes its trees after that, and before 4.6 not at all. */
static void
forget_trees(void)
{
    g_clear_pointer(&states, g_hash_table_destroy);
}

void
sipmsg_register_tree(void)
{
    const guint most_first = ST_SORT_COL_COUNT << ST_FLG_SRTCOL_SHIFT | ST_FLG_SORT_DESC;
    states = g_hash_table_new_full(NULL, NULL, NULL, free_state);
    register_cleanup_routine(forget_transactions);
    register_shutdown_routine(forget_trees);
    stats_tree_register_plugin(SIPMSG_TAP, "sipmsg", "SIP Messages" SIPMSG_MENU "Methods, answers and failures",
                               most_first, note, start, finish);
}
