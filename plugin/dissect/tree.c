/* tree.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tree.h"

#include "explain.h"
#include "fields.h"
#include "follow.h"
#include "preferences.h"
#include "readable.h"
#include "tree_calls.h"

#include "sip/limits.h"
#include "sip/rules.h"

#include <epan/exceptions.h>
#include <epan/show_exception.h>
#include <epan/tap.h>

/* Adds a string field with the bytes of a span, if the part is there. */
static proto_item *
add_span(const sipmsg_view *view, proto_tree *tree, int field, sip_span span)
{
    if (!sip_span_present(span)) {
        return NULL;
    }
    int offset = sipmsg_offset(view, span);
    int length = (int)span.length;
    /* Wireshark would look at each character, whether it is UTF-8. */
    if (sip_span_is_printable(span)) {
        return proto_tree_add_string(tree, field, view->tvb, offset, length, sipmsg_copy(view->pinfo->pool, span));
    }
    /* A string field that is taken from the packet ends at a NUL. */
    if (sip_span_find(span, 0) != NULL) {
        return proto_tree_add_string(tree, field, view->tvb, offset, length, sipmsg_readable(view->pinfo->pool, span));
    }
    return proto_tree_add_item(tree, field, view->tvb, offset, length, ENC_UTF_8 | ENC_NA);
}

static void
add_generated_string(const sipmsg_view *view, proto_tree *tree, int field, sip_span at, const char *text)
{
    if (text != NULL) {
        proto_item *item = proto_tree_add_string(tree, field, view->tvb, sipmsg_offset(view, at), (int)at.length, text);
        proto_item_set_generated(item);
    }
}

/* Says that a list goes on beyond what is shown of it. */
static void
add_limit_note(const sipmsg_view *view, proto_tree *tree, sip_span rest, int limit)
{
    proto_item *item =
        proto_tree_add_item(tree, hf_sipmsg_more, view->tvb, sipmsg_offset(view, rest), (int)rest.length, ENC_NA);
    proto_item_set_text(item, "The list goes on; %d items are shown", limit);
}

/* Adds every item of a list of URI parameters or headers. */
static void
add_uri_items(const sipmsg_view *view, proto_tree *tree, int field, sip_span list, uint8_t separator)
{
    sip_span item;
    for (int i = 0; i < SIP_LIMIT_URI_ITEMS && sip_uri_next_item(&list, separator, &item); i++) {
        if (item.length > 0) {
            add_span(view, tree, field, item);
        }
    }
    if (sip_span_present(list)) {
        add_limit_note(view, tree, list, SIP_LIMIT_URI_ITEMS);
    }
}

static void
add_uri(const sipmsg_view *view, proto_tree *line_tree, sip_faults *faults)
{
    sip_span text = view->message.start_line.uri;
    proto_tree *tree = proto_item_add_subtree(add_span(view, line_tree, hf_sipmsg_uri, text), ett_sipmsg_uri);
    sip_uri uri;

    /* What the capture cut off is no fault. */
    sip_faults ignored = {0};
    sip_uri_parse(text, &uri, sip_span_present(view->message.start_line.version) ? faults : &ignored);
    add_span(view, tree, hf_sipmsg_uri_scheme, uri.scheme);
    add_span(view, tree, hf_sipmsg_uri_user, uri.user);
    add_span(view, tree, hf_sipmsg_uri_password, uri.password);
    add_span(view, tree, hf_sipmsg_uri_host, uri.host);
    if (sip_span_present(uri.port)) {
        proto_tree_add_uint(tree, hf_sipmsg_uri_port, view->tvb, sipmsg_offset(view, uri.port), (int)uri.port.length,
                            uri.port_number);
    }
    add_uri_items(view, tree, hf_sipmsg_uri_param, uri.parameters, ';');
    add_uri_items(view, tree, hf_sipmsg_uri_header, uri.headers, '&');
    add_span(view, tree, hf_sipmsg_uri_opaque, uri.opaque);
}

static void
add_version(const sipmsg_view *view, proto_tree *tree)
{
    sip_span version = view->message.start_line.version;
    if (!sip_span_present(version)) {
        return;
    }
    proto_item *item = add_span(view, tree, hf_sipmsg_version, version);
    if (!sip_version_is_supported(version)) {
        expert_add_info_format(
            view->pinfo, item, &ei_sipmsg_version_unsupported,
            "The SIP version is not SIP/2.0; receivers answer 505 (RFC 3261 sections 7.1 and 21.5.6)");
    }
}

/* One expert info for each fault, at its bytes. */
static void
add_faults(const sipmsg_view *view, proto_tree *tree, const sip_faults *faults)
{
    for (int kind = 0; faults->any && kind < SIP_FAULT_COUNT; kind++) {
        sip_span at = faults->at[kind];
        if (sip_span_present(at)) {
            proto_tree_add_expert_format(
                tree, view->pinfo, &ei_sipmsg_start_line_malformed, view->tvb, sipmsg_offset(view, at), (int)at.length,
                "%s", sipmsg_fill_in(view->pinfo->pool, sip_fault_text((sip_fault_kind)kind), "Request-URI"));
        }
    }
}

/* Notes the faults of the start line outside of its Request-URI. */
static void
check_start_line(const sipmsg_view *view, sip_faults *faults)
{
    bool cut = view->cut && view->message.headers.length == 0;
    sip_start_line_check(&view->message.start_line, view->on_stream, cut, faults);
}

static void
add_request_line(const sipmsg_view *view, proto_tree *root)
{
    const sip_start_line *line = &view->message.start_line;
    sip_method method = sip_method_lookup(line->method);
    sip_faults faults = {0};
    proto_tree *tree =
        proto_item_add_subtree(add_span(view, root, hf_sipmsg_request_line, line->line), ett_sipmsg_start_line);
    proto_item *item = add_span(view, tree, hf_sipmsg_method, line->method);
    if (method != SIP_METHOD_UNKNOWN) {
        add_generated_string(view, tree, hf_sipmsg_method_rfc, line->method, sip_method_rfc(method));
    } else if (!sipmsg_method_is_known_to_user(line->method)) {
        expert_add_info_format(view->pinfo, item, &ei_sipmsg_method_unknown, "%s",
                               sipmsg_explain_unknown_method(view->pinfo->pool, line->method));
    }
    check_start_line(view, &faults);
    add_uri(view, tree, &faults);
    add_version(view, tree);
    add_faults(view, tree, &faults);
}

static void
add_status_code(const sipmsg_view *view, proto_tree *tree)
{
    const sip_start_line *line = &view->message.start_line;
    uint32_t code = sip_start_line_code(line);
    const sip_status_info *info = sip_status_lookup(code);
    int offset = sipmsg_offset(view, line->code);
    int length = (int)line->code.length;
    proto_item *item =
        proto_tree_add_uint(tree, hf_sipmsg_status, view->tvb, offset, length, code < UINT16_MAX ? code : UINT16_MAX);

    bool cut = view->cut && sip_span_end(line->code) == sip_span_end(view->message.rest);
    if (cut && !sip_start_line_code_is_valid(line)) {
        return;
    }
    if (!sip_start_line_code_is_valid(line)) {
        expert_add_info_format(view->pinfo, item, &ei_sipmsg_status_invalid,
                               "The status code must be three digits, from 100 to 699 (RFC 3261 section 7.2)");
        return;
    }
    item = proto_tree_add_uint(tree, hf_sipmsg_status_class, view->tvb, offset, length, code / 100);
    proto_item_set_generated(item);
    if (info != NULL && info->rfc != NULL) {
        add_generated_string(view, tree, hf_sipmsg_status_rfc, line->code, info->rfc);
    } else {
        expert_add_info_format(view->pinfo, item, &ei_sipmsg_status_unregistered, "%s",
                               sipmsg_explain_unregistered_status(view->pinfo->pool, code));
    }
}

static void
add_status_line(const sipmsg_view *view, proto_tree *root)
{
    const sip_start_line *line = &view->message.start_line;
    sip_faults faults = {0};
    proto_tree *tree =
        proto_item_add_subtree(add_span(view, root, hf_sipmsg_status_line, line->line), ett_sipmsg_start_line);
    add_version(view, tree);
    add_status_code(view, tree);
    if (line->phrase.length > 0) {
        add_span(view, tree, hf_sipmsg_status_phrase, line->phrase);
    }
    check_start_line(view, &faults);
    add_faults(view, tree, &faults);
}

static expert_field *
failure_expert(uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    sip_failure_weight weight = info != NULL ? info->weight : SIP_FAILURE_BY_CLASS;
    if (weight == SIP_FAILURE_CHALLENGE) {
        return &ei_sipmsg_failure_challenge;
    }
    if (weight == SIP_FAILURE_EXPECTED) {
        return &ei_sipmsg_failure_expected;
    }
    return code < 500 ? &ei_sipmsg_failure_client : code < 600 ? &ei_sipmsg_failure_server : &ei_sipmsg_failure_global;
}

static bool
is_failure(const sip_message *message)
{
    return message->start_line.kind == SIP_STATUS_LINE && sip_start_line_code_is_valid(&message->start_line) &&
           sip_start_line_code(&message->start_line) >= SIP_STATUS_FAILURE;
}

static void
add_failure(const sipmsg_view *view, proto_tree *root)
{
    const sip_start_line *line = &view->message.start_line;
    uint32_t code = sip_start_line_code(line);
    bool crossed = view->sighting != NULL && sipmsg_track_crossed(sipmsg_followed(), view->sighting);
    sipmsg_failure failure = sipmsg_explain_failure(view->pinfo->pool, &view->message, view->sighting, crossed);
    proto_item *item = proto_tree_add_string(root, hf_sipmsg_failure, view->tvb, sipmsg_offset(view, line->line),
                                             (int)line->line.length, failure.sentence);
    proto_item_set_generated(item);
    expert_add_info_format(view->pinfo, item, crossed ? &ei_sipmsg_failure_expected : failure_expert(code), "%s",
                           failure.summary);
}

static void
add_reasons(const sipmsg_view *view, proto_tree *root)
{
    sip_header_walk walk = {.rows = view->message.headers};
    sip_span value;
    sip_reason reason;
    for (int i = 0; sip_header_walk_next(&walk, SIP_HEADER_REASON, &value); i++) {
        if (i == SIP_LIMIT_VALUES) {
            add_limit_note(view, root, value, SIP_LIMIT_VALUES);
            return;
        }
        if (!sip_reason_parse(value, &reason)) {
            continue;
        }
        proto_tree *tree = proto_item_add_subtree(add_span(view, root, hf_sipmsg_reason, value), ett_sipmsg_reason);
        add_span(view, tree, hf_sipmsg_reason_protocol, reason.protocol);
        if (sip_span_present(reason.cause) && reason.cause_number <= UINT16_MAX) {
            const char *name = sip_reason_cause_name(reason.protocol, reason.cause_number);
            proto_tree_add_uint_format_value(tree, hf_sipmsg_reason_cause, view->tvb, sipmsg_offset(view, reason.cause),
                                             (int)reason.cause.length, reason.cause_number, "%s (%u)",
                                             name != NULL ? name : "Unknown", reason.cause_number);
        }
        add_span(view, tree, hf_sipmsg_reason_text, reason.text);
    }
}

static void
add_warnings(const sipmsg_view *view, proto_tree *root)
{
    sip_header_walk walk = {.rows = view->message.headers};
    sip_span value;
    sip_warning warning;
    for (int i = 0; sip_header_walk_next(&walk, SIP_HEADER_WARNING, &value); i++) {
        if (i == SIP_LIMIT_VALUES) {
            add_limit_note(view, root, value, SIP_LIMIT_VALUES);
            return;
        }
        if (!sip_warning_parse(value, &warning)) {
            continue;
        }
        proto_tree *tree = proto_item_add_subtree(add_span(view, root, hf_sipmsg_warning, value), ett_sipmsg_warning);
        if (warning.code_number <= UINT16_MAX) {
            const char *name = sip_warning_name(warning.code_number);
            proto_tree_add_uint_format_value(tree, hf_sipmsg_warning_code, view->tvb, sipmsg_offset(view, warning.code),
                                             (int)warning.code.length, warning.code_number, "%s (%u)",
                                             name != NULL ? name : "Unknown", warning.code_number);
        }
        add_span(view, tree, hf_sipmsg_warning_text, warning.text);
    }
}

/* The layer of the packet below ours, such as "udp". */
static const char *
layer_below(const packet_info *pinfo)
{
    wmem_list_frame_t *ours = wmem_list_tail(pinfo->layers);
    wmem_list_frame_t *below = ours != NULL ? wmem_list_frame_prev(ours) : NULL;
    return below != NULL ? proto_get_protocol_filter_name(GPOINTER_TO_INT(wmem_list_frame_data(below))) : "";
}

static sip_carrier
carrier(const sipmsg_view *view)
{
    if (view->on_stream) {
        return SIP_CARRIER_STREAM;
    }
    const char *below = layer_below(view->pinfo);
    return strcmp(below, "udp") == 0         ? SIP_CARRIER_UDP
           : strcmp(below, "websocket") == 0 ? SIP_CARRIER_WEBSOCKET
                                             : SIP_CARRIER_OTHER;
}

static expert_field *
rule_expert(sip_rule rule)
{
    switch (sip_rule_kind_of(rule)) {
    case SIP_RULE_IS_MISSING:
        return &ei_sipmsg_header_missing;
    case SIP_RULE_IS_REPEATED:
        return &ei_sipmsg_header_repeated;
    case SIP_RULE_IS_MALFORMED:
        return &ei_sipmsg_header_malformed;
    case SIP_RULE_IS_CSEQ_MISMATCH:
        return &ei_sipmsg_cseq_mismatch;
    case SIP_RULE_IS_LENGTH_MISMATCH:
        return &ei_sipmsg_content_length_mismatch;
    case SIP_RULE_IS_TRAILING:
        return &ei_sipmsg_trailing_data;
    case SIP_RULE_IS_MUST:
        return &ei_sipmsg_rule_must;
    case SIP_RULE_IS_SHOULD:
        break;
    }
    return &ei_sipmsg_rule_should;
}

/* One expert info for each rule that the message breaks, at the bytes concerned. */
static void
add_findings(const sipmsg_view *view, proto_tree *root)
{
    /* What an error packet quotes is cut by its sender. */
    sip_rule_context context = {
        .carrier = carrier(view), .cut = view->cut || view->pinfo->flags.in_error_pkt, .fragment = view->fragment};
    sip_findings *findings = wmem_new(view->pinfo->pool, sip_findings);

    sip_rules_check(&view->message, &context, findings);
    for (size_t i = 0; i < findings->count; i++) {
        const sip_finding *finding = &findings->list[i];
        proto_tree_add_expert_format(root, view->pinfo, rule_expert(finding->rule), view->tvb,
                                     sipmsg_offset(view, finding->at), (int)finding->at.length, "%s",
                                     sipmsg_explain_finding(view->pinfo->pool, finding));
    }
    if (findings->more) {
        add_limit_note(view, root, findings->list[SIP_LIMIT_FINDINGS - 1].at, SIP_LIMIT_FINDINGS);
    }
}

/* Marks a message that was not sent as such. */
static void
add_nested(const sipmsg_view *view, proto_tree *root, proto_item *item)
{
    const char *where = view->pinfo->flags.in_error_pkt ? "quoted in an error packet"
                        : view->depth > 0               ? "in the body of another message"
                        : view->fragment                ? "a fragment of a message"
                                                        : NULL;
    if (where != NULL) {
        add_generated_string(view, root, hf_sipmsg_nested, view->message.start_line.line, where);
        proto_item_append_text(item, ", %s", where);
    }
}

/* "486 Busy Here (Client failure) for INVITE" */
static void
append_status_summary(const sipmsg_view *view, proto_item *root)
{
    const sip_start_line *line = &view->message.start_line;
    wmem_allocator_t *pool = view->pinfo->pool;
    const sip_status_info *info = sip_status_lookup(sip_start_line_code(line));
    const char *registered = info != NULL && info->phrase != NULL ? info->phrase : "";
    const char *phrase = line->phrase.length > 0 ? sipmsg_readable(pool, line->phrase) : registered;
    const char *class_name = sip_start_line_code_is_valid(line) ? sip_status_class_name(sip_start_line_code(line) / 100)
                                                                : "Invalid status code";
    sip_span method = sip_message_method(&view->message);

    proto_item_append_text(root, ": %s%s%s (%s)%s%s", sipmsg_readable(pool, line->code), *phrase != '\0' ? " " : "",
                           phrase, class_name, method.length > 0 ? " for " : "", sipmsg_readable(pool, method));
}

/* "INVITE sip:bob@example.com" */
static void
append_request_summary(const sipmsg_view *view, proto_item *root)
{
    const sip_start_line *line = &view->message.start_line;
    wmem_allocator_t *pool = view->pinfo->pool;
    bool known = sip_method_lookup(line->method) != SIP_METHOD_UNKNOWN || sipmsg_method_is_known_to_user(line->method);
    proto_item_append_text(root, ": %s%s %s", sipmsg_readable(pool, line->method), known ? "" : " (unknown method)",
                           sipmsg_readable(pool, line->uri));
}

/* Makes the label of the message's own item say what it is, unless nobody will see labels. */
static void
append_summary(const sipmsg_view *view, proto_item *root)
{
    if (root == NULL || !PTREE_DATA(root)->visible) {
        return;
    }
    if (view->message.start_line.kind == SIP_REQUEST_LINE) {
        append_request_summary(view, root);
    } else {
        append_status_summary(view, root);
    }
}

/* Whether anybody will look at expert infos: a column for them, or a statistic. */
static bool
experts_are_wanted(const sipmsg_view *view)
{
    static int expert_tap;
    if (expert_tap == 0) {
        expert_tap = find_tap_id("expert");
    }
    return col_get_writable(view->pinfo->cinfo, COL_EXPERT) || have_tap_listener(expert_tap);
}

/* Whether a field of this protocol is wanted by a filter, a column or a list of fields. */
static bool
is_wanted(int protocol)
{
    return proto_registrar_get_nth((guint)protocol)->ref_type != HF_REF_TYPE_NONE;
}

/* Whether anybody will look at our items: the tree is shown, or some field of ours or of
 * expert infos is wanted of it. */
static bool
items_are_wanted(proto_tree *tree)
{
    static int expert_protocol = -1;
    if (expert_protocol == -1) {
        expert_protocol = proto_get_id_by_filter_name("_ws.expert");
    }
    return tree != NULL && (PTREE_DATA(tree)->visible || is_wanted(proto_sipmsg) || is_wanted(expert_protocol));
}

proto_tree *
sipmsg_add_message(const sipmsg_view *view, proto_tree *parent)
{
    const sip_message *message = &view->message;
    bool experts = experts_are_wanted(view);
    if (parent == NULL && !experts) {
        return NULL;
    }
    const uint8_t *first = message->start_line.lead.data;
    proto_item *item =
        proto_tree_add_item(parent, proto_sipmsg, view->tvb, sipmsg_offset(view, message->start_line.lead),
                            (int)(sip_span_end(message->body) - first), ENC_NA);
    proto_tree *root = proto_item_add_subtree(item, ett_sipmsg);
    if (!experts && !items_are_wanted(parent)) {
        return root;
    }

    append_summary(view, item);
    if (message->start_line.kind == SIP_REQUEST_LINE) {
        add_request_line(view, root);
    } else {
        add_status_line(view, root);
    }
    add_nested(view, root, item);
    if (is_failure(message)) {
        add_failure(view, root);
    }
    sipmsg_add_transaction_and_call(view, root);
    if (sip_span_present(message->reason)) {
        add_reasons(view, root);
    }
    if (sip_span_present(message->warning)) {
        add_warnings(view, root);
    }
    add_findings(view, root);
    return root;
}

static void
add_header_list(const sipmsg_view *view, proto_tree *root)
{
    sip_span rest = view->message.headers;
    sip_header_field field;
    proto_tree *tree = proto_tree_add_subtree(root, view->tvb, sipmsg_offset(view, rest), (int)rest.length,
                                              ett_sipmsg_headers, NULL, "Header fields");
    for (int i = 0; sip_header_next(&rest, &field); i++) {
        if (i == SIP_LIMIT_HEADERS) {
            add_limit_note(view, tree, field.line, SIP_LIMIT_HEADERS);
            return;
        }
        const char *text = sipmsg_readable(view->pinfo->pool, field.line);
        proto_tree_add_string_format(tree, hf_sipmsg_header, view->tvb, sipmsg_offset(view, field.line),
                                     (int)field.line.length, text, "%s", text);
    }
}

/* Gives the body to the dissector for its Content-Type; the key of Wireshark's table
 * is the type in lower case, and "multipart/" stands for all multipart types. */
static void
dissect_body(const sipmsg_view *view, tvbuff_t *body_tvb, proto_tree *tree)
{
    wmem_allocator_t *pool = view->pinfo->pool;
    sip_span parameters = view->message.content_type;
    sip_span type;
    if (!sip_value_next(&parameters, ';', &type) || type.length == 0) {
        return;
    }
    const char *key = ascii_strdown_inplace(wmem_strndup(pool, (const char *)type.data, type.length));
    const char *rest = wmem_strndup(pool, (const char *)parameters.data, parameters.length);
    if (sipmsg_try_media_type(key, rest, body_tvb, view->pinfo, tree) == 0 && g_str_has_prefix(key, "multipart/")) {
        sipmsg_try_media_type("multipart/", rest, body_tvb, view->pinfo, tree);
    }
}

void
sipmsg_add_headers_and_body(const sipmsg_view *view, proto_tree *root)
{
    sip_span body = view->message.body;
    if (items_are_wanted(root)) {
        add_header_list(view, root);
    }
    if (body.length == 0) {
        return;
    }
    /* What the capture cut off still counts as reported. */
    tvbuff_t *body_tvb = view->cut && view->message.rest.length == 0
                             ? tvb_new_subset_remaining(view->tvb, sipmsg_offset(view, body))
                             : tvb_new_subset_length(view->tvb, sipmsg_offset(view, body), (int)body.length);
    proto_tree *tree =
        proto_item_add_subtree(proto_tree_add_item(root, hf_sipmsg_body, body_tvb, 0, -1, ENC_NA), ett_sipmsg_body);
    if (!view->on_stream) {
        dissect_body(view, body_tvb, tree);
        return;
    }
    /* What a body's dissector throws must not hide the messages behind. */
    const guint16 can_desegment = view->pinfo->can_desegment;
    TRY
    {
        dissect_body(view, body_tvb, tree);
    }
    CATCH_NONFATAL_ERRORS
    {
        view->pinfo->can_desegment = can_desegment;
        show_exception(body_tvb, view->pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    ENDTRY;
}
