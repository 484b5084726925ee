/* tree_calls.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tree_calls.h"

#include "explain.h"
#include "fields.h"
#include "follow.h"
#include "preferences.h"
#include "readable.h"

/* Whether the packet was seen before, and so all others that there are. */
static bool
future_is_known(const sipmsg_view *view)
{
    return PINFO_FD_VISITED(view->pinfo);
}

static proto_item *
add_number(const sipmsg_view *view, proto_tree *tree, int field, uint32_t number)
{
    proto_item *item = proto_tree_add_uint(tree, field, view->tvb, 0, 0, number);
    proto_item_set_generated(item);
    return item;
}

static proto_item *
add_text(const sipmsg_view *view, proto_tree *tree, int field, const char *text)
{
    proto_item *item = proto_tree_add_string(tree, field, view->tvb, 0, 0, text);
    proto_item_set_generated(item);
    return item;
}

/* Adds a time in nanoseconds; nothing if it is negative: not known. */
static void
add_time(const sipmsg_view *view, proto_tree *tree, int field, int64_t time)
{
    if (time >= 0) {
        const nstime_t value = {.secs = (time_t)(time / SIPMSG_SECOND), .nsecs = (int)(time % SIPMSG_SECOND)};
        proto_item_set_generated(proto_tree_add_time(tree, field, view->tvb, 0, 0, &value));
    }
}

static void
add_request_links(const sipmsg_view *view, proto_tree *tree)
{
    const sipmsg_sighting *final = view->sighting->transaction->final;
    if (final != NULL && view->sighting->status != SIPMSG_ACK) {
        add_number(view, tree, hf_sipmsg_response_in, final->frame);
        add_number(view, tree, hf_sipmsg_answer, final->status);
    }
}

static void
add_response_links(const sipmsg_view *view, proto_tree *tree)
{
    const sipmsg_sighting *request = view->sighting->transaction->request;
    if (request != NULL) {
        add_number(view, tree, hf_sipmsg_request_in, request->frame);
        add_time(view, tree, hf_sipmsg_response_time, sipmsg_sighting_delay(view->sighting));
    }
}

/* The texts say no frame and no time, so that expert infos of one kind read alike and are
 * counted together. */
static void
add_repetition(const sipmsg_view *view, proto_tree *tree)
{
    const sipmsg_sighting *sighting = view->sighting;
    if (sighting->is_retransmission) {
        proto_item *item = add_number(view, tree, hf_sipmsg_retransmission_of, sighting->first->frame);
        expert_add_info_format(view->pinfo, item, &ei_sipmsg_retransmission, "The %s was sent again",
                               sipmsg_sighting_is_request(sighting) ? "request" : "response");
    }
    if (sighting->duplicate_of != 0) {
        proto_item *item = add_number(view, tree, hf_sipmsg_duplicate_of, sighting->duplicate_of);
        expert_add_info(view->pinfo, item, &ei_sipmsg_duplicate);
    }
}

/* What was waited for in vain. */
static void
add_silence(const sipmsg_view *view, proto_item *root)
{
    unsigned seconds = (unsigned)(sipmsg_patience() / SIPMSG_SECOND);
    if (sipmsg_lacks_response(view->sighting)) {
        proto_item_append_text(root, ", no response");
        expert_add_info_format(view->pinfo, root, &ei_sipmsg_no_response,
                               "No response, though the capture goes on for %u s: the request did not arrive, or its "
                               "responses did not come by here",
                               seconds);
    }
    if (sipmsg_lacks_ack(view->sighting)) {
        proto_item_append_text(root, ", no ACK");
        expert_add_info_format(view->pinfo, root, &ei_sipmsg_no_ack,
                               "No ACK, though the capture goes on for %u s: the caller did not get this response, or "
                               "its ACK went astray (compare Contact and Record-Route); the callee ends such a call",
                               seconds);
    }
}

static void
add_transaction(const sipmsg_view *view, proto_tree *root)
{
    const sipmsg_transaction *transaction = view->sighting->transaction;
    const char *name = transaction->method != SIP_METHOD_UNKNOWN
                           ? sip_method_name(transaction->method)
                           : sipmsg_readable(view->pinfo->pool, transaction->method_name->text);
    proto_item *item = add_number(view, root, hf_sipmsg_transaction, transaction->number);
    proto_tree *tree = proto_item_add_subtree(item, ett_sipmsg_transaction);

    proto_item_append_text(item, " (%s)", name);
    add_text(view, tree, hf_sipmsg_transaction_method, name);
    if (sipmsg_sighting_is_request(view->sighting)) {
        add_request_links(view, root);
    } else {
        add_response_links(view, root);
    }
    add_repetition(view, root);
}

/* How a request was answered: ", 486 Busy Here after 312 ms". */
static void
append_answer(const sipmsg_view *view, proto_item *root)
{
    const sipmsg_sighting *final = view->sighting->transaction->final;
    if (view->sighting->status == 0 && final != NULL) {
        proto_item_append_text(root, ", %s", sipmsg_explain_answer(view->pinfo->pool, final));
    }
}

static sipmsg_outcome
outcome_of(const sipmsg_call *call)
{
    return sipmsg_call_outcome(call, sipmsg_capture_end(), sipmsg_patience());
}

static void
add_outcome(const sipmsg_view *view, proto_tree *tree, const sipmsg_call *call)
{
    const sipmsg_sighting *final = sipmsg_call_final(call);
    add_number(view, tree, hf_sipmsg_call_outcome, outcome_of(call));
    if (final != NULL) {
        add_number(view, tree, hf_sipmsg_call_status, final->status);
    }
}

/* Whether a message came not before another one, which may be NULL: not seen. */
static bool
is_from_then_on(const sipmsg_sighting *sighting, const sipmsg_sighting *other)
{
    return other != NULL && other->frame <= sighting->frame;
}

/* A failure may be followed up with another INVITE: on a first pass only what no other
 * response can outdo counts as the end of the wait. */
static bool
delay_is_known(const sipmsg_view *view, const sipmsg_call *call)
{
    return future_is_known(view) || call->ringing != NULL || call->answer != NULL;
}

static void
add_times(const sipmsg_view *view, proto_tree *tree, const sipmsg_call *call)
{
    const sipmsg_sighting *sign = sipmsg_call_first_sign(call);
    if (is_from_then_on(view->sighting, sign) && delay_is_known(view, call)) {
        add_time(view, tree, hf_sipmsg_call_post_dial_delay, sipmsg_call_time(call->invite, sign));
    }
    if (is_from_then_on(view->sighting, call->answer)) {
        add_time(view, tree, hf_sipmsg_call_setup_time, sipmsg_call_time(call->invite, call->answer));
    }
    if (view->sighting->transaction->method == SIP_METHOD_BYE) {
        add_time(view, tree, hf_sipmsg_call_duration, sipmsg_call_time(call->answer, call->bye));
        add_text(view, tree, hf_sipmsg_call_released_by, view->sighting->transaction->by_caller ? "caller" : "callee");
    }
}

static void
add_call(const sipmsg_view *view, proto_tree *root)
{
    const sipmsg_call *call = sipmsg_call_of(view->sighting->transaction);
    if (call == NULL) {
        return;
    }
    proto_item *item = add_number(view, root, hf_sipmsg_call, call->number);
    proto_tree *tree = proto_item_add_subtree(item, ett_sipmsg_call);

    if (future_is_known(view)) {
        const char *outcome = sipmsg_outcome_name(outcome_of(call));
        proto_item_append_text(root, ", call %u: %s", call->number, outcome);
        proto_item_append_text(item, " (%s)", outcome);
        add_outcome(view, tree, call);
    } else {
        proto_item_append_text(root, ", call %u", call->number);
    }
    add_times(view, tree, call);
}

void
sipmsg_add_transaction_and_call(const sipmsg_view *view, proto_tree *root)
{
    if (view->sighting == NULL) {
        return;
    }
    add_transaction(view, root);
    append_answer(view, root);
    if (future_is_known(view)) {
        add_silence(view, root);
    }
    add_call(view, root);
}
