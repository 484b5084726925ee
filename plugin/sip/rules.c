/* rules.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * First each row of the header section is judged by itself, by the grammar of its
 * field; then what the rows are together.
 */
#include "judge.h"

#include "address.h"

static const sip_rule_kind kinds[] = {
#define KIND_MISSING                     SIP_RULE_IS_MISSING
#define KIND_REPEATED                    SIP_RULE_IS_REPEATED
#define KIND_MALFORMED                   SIP_RULE_IS_MALFORMED
#define KIND_CSEQ_MISMATCH               SIP_RULE_IS_CSEQ_MISMATCH
#define KIND_LENGTH_MISMATCH             SIP_RULE_IS_LENGTH_MISMATCH
#define KIND_TRAILING                    SIP_RULE_IS_TRAILING
#define KIND_MUST                        SIP_RULE_IS_MUST
#define KIND_SHOULD                      SIP_RULE_IS_SHOULD
#define SIP_RULE(identifier, kind, text) [SIP_RULE_##identifier] = KIND_##kind,
#include "rules.def"
};

static const char *const texts[] = {
#define SIP_RULE(identifier, kind, text) [SIP_RULE_##identifier] = (text),
#include "rules.def"
};

sip_rule_kind
sip_rule_kind_of(sip_rule rule)
{
    return kinds[rule];
}

const char *
sip_rule_text(sip_rule rule)
{
    return texts[rule];
}

/* Findings */

void
sip_judge_add(judge *j, sip_finding finding)
{
    sip_findings *findings = j->findings;
    if (findings->count == SIP_LIMIT_FINDINGS) {
        findings->more = true;
        return;
    }
    findings->list[findings->count++] = finding;
}

void
sip_judge_report(judge *j, sip_rule rule, sip_header_id header, sip_span at)
{
    sip_judge_add(j, (sip_finding){.rule = rule, .header = header, .at = at});
}

/* What is missing is reported at the start line. */
static void
report_missing(judge *j, sip_rule rule, sip_header_id header)
{
    sip_judge_report(j, rule, header, j->message->start_line.line);
}

static bool
is_before(const sip_finding *a, const sip_finding *b)
{
    return a->at.data < b->at.data;
}

/* Insertion sort: stable, and the list is short and nearly in order. */
static void
sort_findings(sip_findings *findings)
{
    for (size_t i = 1; i < findings->count; i++) {
        sip_finding finding = findings->list[i];
        size_t place = i;
        while (place > 0 && is_before(&finding, &findings->list[place - 1])) {
            findings->list[place] = findings->list[place - 1];
            place--;
        }
        findings->list[place] = finding;
    }
}

/* What the rows are together */

bool
sip_judge_contact_is_target(const judge *j)
{
    return j->code < 300 && (j->method == SIP_METHOD_INVITE || j->method == SIP_METHOD_SUBSCRIBE ||
                             j->method == SIP_METHOD_REFER || j->method == SIP_METHOD_UPDATE);
}

static bool
require(judge *j, sip_rule rule, sip_header_id id)
{
    if (!j->seen[id]) {
        report_missing(j, rule, id);
    }
    return j->seen[id];
}

static void
forbid(judge *j, sip_header_id id)
{
    if (j->seen[id]) {
        sip_judge_report(j, SIP_RULE_NOT_IN_METHOD, id, j->first[id]);
    }
}

/* RFC 3261 sections 8.1.1 and 8.2.6.2 */
static void
check_mandatory(judge *j)
{
    static const sip_header_id mandatory[] = {SIP_HEADER_VIA, SIP_HEADER_FROM, SIP_HEADER_TO, SIP_HEADER_CALL_ID,
                                              SIP_HEADER_CSEQ};
    for (size_t i = 0; i < sizeof mandatory / sizeof mandatory[0]; i++) {
        require(j, SIP_RULE_HEADER_MISSING, mandatory[i]);
    }
    if (is_request(j) && !j->rfc2543) {
        require(j, SIP_RULE_HEADER_MISSING, SIP_HEADER_MAX_FORWARDS);
    }
}

static void
check_tags(judge *j)
{
    if (j->rfc2543) {
        return;
    }
    if (j->seen[SIP_HEADER_FROM] && j->from_tag.length == 0) {
        sip_judge_report(j, SIP_RULE_FROM_TAG, SIP_HEADER_FROM, j->first[SIP_HEADER_FROM]);
    }
    if (!j->seen[SIP_HEADER_TO]) {
        return;
    }
    sip_span to_tag = j->to_tag;
    bool outside = is_request(j) && (j->method == SIP_METHOD_REGISTER || j->method == SIP_METHOD_PUBLISH);
    if (j->code > 100 && to_tag.length == 0) {
        sip_judge_report(j, SIP_RULE_TO_TAG, SIP_HEADER_TO, j->first[SIP_HEADER_TO]);
    } else if (outside && to_tag.length > 0) {
        sip_judge_report(j, SIP_RULE_TO_TAG_OUTSIDE_DIALOG, SIP_HEADER_TO, to_tag);
    }
}

static bool
has_scheme(sip_span uri, sip_span scheme)
{
    return sip_span_present(uri) && sip_span_equal_nocase((sip_span){uri.data, sip_uri_scheme_length(uri)}, scheme);
}

static bool
is_sips(sip_span uri)
{
    return has_scheme(uri, SIP_SPAN("sips"));
}

/* The URI in an address; absent if value is. */
static sip_span
uri_of(sip_span value)
{
    sip_address address = {0};
    if (sip_span_present(value)) {
        sip_address_parse(value, &address);
    }
    return address.uri;
}

/* The first of the values in a field's first row. */
static sip_span
first_value(const judge *j, sip_header_id id)
{
    sip_span rest = j->first[id];
    sip_span value = {NULL, 0};
    sip_value_next(&rest, ',', &value);
    return value;
}

/* RFC 3261 sections 8.1.1.8 and 12.1.1, RFC 3311 section 4, RFC 3515 section 2.2, RFC
 * 6665 section 3.1 */
static void
check_contact_present(judge *j)
{
    bool wanted = sip_judge_contact_is_target(j) &&
                  (is_request(j) || (is_response_of_class(j, 2) && j->method != SIP_METHOD_REFER));
    if (wanted && !j->rfc2543) {
        require(j, SIP_RULE_CONTACT_MISSING, SIP_HEADER_CONTACT);
    }
}

/* Contact "*" (RFC 3261 section 10.2.2) */
static void
check_contact_star(judge *j)
{
    sip_header_walk walk = {.rows = j->message->headers};
    sip_span value;
    uint32_t expires = 1;

    sip_span_number(j->first[SIP_HEADER_EXPIRES], &expires);
    bool allowed = is_request(j) && j->method == SIP_METHOD_REGISTER && expires == 0 && j->contacts == 1;
    while (!allowed && sip_header_walk_next(&walk, SIP_HEADER_CONTACT, &value)) {
        if (sip_span_equal(value, SIP_SPAN("*"))) {
            sip_judge_report(j, SIP_RULE_CONTACT_STAR, SIP_HEADER_CONTACT, value);
        }
    }
}

/* RFC 3261 sections 8.1.1.8 and 12.1.1 */
static void
check_contact_target(judge *j)
{
    sip_span value = first_value(j, SIP_HEADER_CONTACT);
    sip_span uri = uri_of(value);
    bool sips =
        is_request(j) && (is_sips(j->message->start_line.uri) || is_sips(uri_of(first_value(j, SIP_HEADER_ROUTE))));

    if (is_request(j) && j->contacts > 1) {
        sip_judge_report(j, SIP_RULE_CONTACT_COUNT, SIP_HEADER_CONTACT, j->first[SIP_HEADER_CONTACT]);
    }
    if (sip_uri_scheme_length(uri) > 0 && !is_sips(uri) && !has_scheme(uri, SIP_SPAN("sip"))) {
        sip_judge_report(j, SIP_RULE_CONTACT_SCHEME, SIP_HEADER_CONTACT, uri);
    } else if (sips && sip_span_present(uri) && !is_sips(uri)) {
        sip_judge_report(j, SIP_RULE_CONTACT_SIPS, SIP_HEADER_CONTACT, uri);
    }
}

static void
check_contact(judge *j)
{
    check_contact_present(j);
    if (!j->seen[SIP_HEADER_CONTACT]) {
        return;
    }
    if (j->contact_star) {
        check_contact_star(j);
    }
    if (sip_judge_contact_is_target(j)) {
        check_contact_target(j);
    }
}

/* RFC 3261 sections 7.1, 10.2, 19.1.1 and 26.2.2 */
static void
check_request_uri(judge *j)
{
    static const sip_span method_name[] = {SIP_SPAN_INIT("method")};
    sip_span text = j->message->start_line.uri;
    sip_faults faults = {0};
    sip_uri uri;

    sip_uri_parse(text, &uri, &faults);
    if (uri.kind != SIP_URI_SIP) {
        return;
    }
    if (sip_span_present(uri.headers)) {
        sip_judge_report(j, SIP_RULE_URI_HEADERS, SIP_HEADER_NONE, uri.headers);
    }
    if (sip_judge_has_uri_parameter(uri.parameters, method_name, 1)) {
        sip_judge_report(j, SIP_RULE_URI_METHOD, SIP_HEADER_NONE, uri.parameters);
    }
    if (j->method == SIP_METHOD_REGISTER && sip_span_present(uri.user)) {
        sip_judge_report(j, SIP_RULE_REGISTER_URI_USER, SIP_HEADER_NONE, uri.user);
    }
    sip_span transport = sip_parameter_find(uri.parameters, ';', SIP_SPAN("transport"));
    if (sip_span_equal_nocase(transport, SIP_SPAN("tls"))) {
        sip_judge_report(j, SIP_RULE_TRANSPORT_TLS, SIP_HEADER_NONE, transport);
    }
    if (is_sips(text) && j->context->carrier == SIP_CARRIER_UDP) {
        sip_judge_report(j, SIP_RULE_SIPS_OVER_UDP, SIP_HEADER_NONE, text);
    }
}

/* What has no place in a request of its method. */
static void
check_method_excludes(judge *j)
{
    switch (j->method) {
    case SIP_METHOD_CANCEL:
        forbid(j, SIP_HEADER_CONTACT);
        forbid(j, SIP_HEADER_REQUIRE);
        forbid(j, SIP_HEADER_PROXY_REQUIRE);
        if (j->vias > 1) {
            sip_judge_report(j, SIP_RULE_ONE_VIA, SIP_HEADER_VIA, j->first[SIP_HEADER_VIA]);
        }
        break;
    case SIP_METHOD_BYE:
        forbid(j, SIP_HEADER_CONTACT);
        break;
    case SIP_METHOD_MESSAGE:
        if (j->seen[SIP_HEADER_CONTACT]) {
            sip_judge_report(j, SIP_RULE_MESSAGE_CONTACT, SIP_HEADER_CONTACT, j->first[SIP_HEADER_CONTACT]);
        }
        break;
    case SIP_METHOD_INFO:
        forbid(j, SIP_HEADER_RECV_INFO);
        break;
    default:
        break;
    }
}

/* RFC 3515 section 2.4.5 */
static void
check_refer_notification(judge *j)
{
    sip_span type = j->first[SIP_HEADER_CONTENT_TYPE];
    sip_span event = j->first[SIP_HEADER_EVENT];
    sip_span package = {NULL, 0};
    sip_value_next(&event, ';', &package);
    if (!sip_span_equal_nocase(package, SIP_SPAN("refer"))) {
        return;
    }
    sip_span media_type = {NULL, 0};
    sip_span rest = type;
    sip_value_next(&rest, ';', &media_type);
    if (!j->seen[SIP_HEADER_CONTENT_TYPE]) {
        report_missing(j, SIP_RULE_REFER_BODY, SIP_HEADER_NONE);
    } else if (!sip_span_equal_nocase(media_type, SIP_SPAN("message/sipfrag"))) {
        sip_judge_report(j, SIP_RULE_REFER_BODY, SIP_HEADER_NONE, type);
    }
}

/* RFC 3903 section 4.2 */
static void
check_publication(judge *j)
{
    if (j->message->body.length == 0 && !j->seen[SIP_HEADER_SIP_IF_MATCH] && !j->context->cut) {
        report_missing(j, SIP_RULE_PUBLISH_EMPTY, SIP_HEADER_NONE);
    }
}

/* What a request of its method must have. */
static void
check_method_requires(judge *j)
{
    switch (j->method) {
    case SIP_METHOD_PUBLISH:
        check_publication(j);
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_EVENT);
        break;
    case SIP_METHOD_SUBSCRIBE:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_EVENT);
        break;
    case SIP_METHOD_NOTIFY:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_EVENT);
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_SUBSCRIPTION_STATE);
        check_refer_notification(j);
        break;
    case SIP_METHOD_REFER:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_REFER_TO);
        break;
    case SIP_METHOD_PRACK:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_RACK);
        break;
    default:
        break;
    }
}

/* What a response must have by its status code. */
static void
check_evidence(judge *j)
{
    static const uint16_t codes[] = {401, 405, 407, 420, 421, 422, 423, 469, 489, 494};
    bool accepts =
        j->seen[SIP_HEADER_ACCEPT] || j->seen[SIP_HEADER_ACCEPT_ENCODING] || j->seen[SIP_HEADER_ACCEPT_LANGUAGE];
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (j->code == codes[i]) {
            require(j, SIP_RULE_EVIDENCE_MISSING, sip_status_lookup(j->code)->evidence);
        }
    }
    if (j->code == 415 && !accepts) {
        report_missing(j, SIP_RULE_EVIDENCE_MISSING, SIP_HEADER_ACCEPT);
    }
}

/* What a 2xx must or should have by the request's method. */
static void
check_success(judge *j)
{
    switch (j->method) {
    case SIP_METHOD_OPTIONS:
        require(j, SIP_RULE_CAPABILITIES, SIP_HEADER_ACCEPT);
        require(j, SIP_RULE_CAPABILITIES, SIP_HEADER_ALLOW);
        require(j, SIP_RULE_CAPABILITIES, SIP_HEADER_SUPPORTED);
        break;
    case SIP_METHOD_INVITE:
        require(j, SIP_RULE_CAPABILITIES, SIP_HEADER_ALLOW);
        require(j, SIP_RULE_CAPABILITIES, SIP_HEADER_SUPPORTED);
        break;
    case SIP_METHOD_SUBSCRIBE:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_EXPIRES);
        break;
    case SIP_METHOD_PUBLISH:
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_SIP_ETAG);
        require(j, SIP_RULE_METHOD_HEADER_MISSING, SIP_HEADER_EXPIRES);
        break;
    case SIP_METHOD_MESSAGE:
        if (j->message->body.length > 0) {
            sip_judge_report(j, SIP_RULE_MESSAGE_BODY_IN_2XX, SIP_HEADER_NONE, j->message->body);
        }
        break;
    default:
        break;
    }
}

static bool
requires_100rel(const judge *j)
{
    sip_header_walk walk = {.rows = j->message->headers};
    sip_span value;
    while (j->seen[SIP_HEADER_REQUIRE] && sip_header_walk_next(&walk, SIP_HEADER_REQUIRE, &value)) {
        if (sip_span_equal_nocase(value, SIP_SPAN("100rel"))) {
            return true;
        }
    }
    return false;
}

/* Reliable provisional responses (RFC 3262 section 3) and what RFC 4320 forbids */
static void
check_provisional(judge *j)
{
    bool invite = j->method == SIP_METHOD_INVITE;
    bool reliable = is_response_of_class(j, 1) && requires_100rel(j);
    if (j->seen[SIP_HEADER_RSEQ]) {
        if (!invite || j->code <= 100 || j->code >= 200) {
            sip_judge_report(j, SIP_RULE_RELIABLE_METHOD, SIP_HEADER_RSEQ, j->first[SIP_HEADER_RSEQ]);
        } else if (!reliable) {
            sip_judge_report(j, SIP_RULE_RELIABLE_REQUIRE, SIP_HEADER_RSEQ, j->first[SIP_HEADER_RSEQ]);
        }
    } else if (reliable) {
        report_missing(j, SIP_RULE_RSEQ_MISSING, SIP_HEADER_RSEQ);
    }
    if (j->seen[SIP_HEADER_CSEQ] && sip_message_method(j->message).length > 0 && !invite) {
        if (is_response_of_class(j, 1) && j->code > 100) {
            sip_judge_report(j, SIP_RULE_PROVISIONAL_TO_NON_INVITE, SIP_HEADER_NONE, j->message->start_line.code);
        } else if (j->code == 408) {
            sip_judge_report(j, SIP_RULE_TIMEOUT_TO_NON_INVITE, SIP_HEADER_NONE, j->message->start_line.code);
        }
    }
}

/* The end of the header section, the body, and what follows it (RFC 3261 sections 7,
 * 18.3 and 20.14) */
static void
check_body(judge *j)
{
    const sip_message *message = j->message;
    sip_span length = message->content_length;
    bool datagram = j->context->carrier != SIP_CARRIER_STREAM;
    bool cut = j->context->cut;

    if (!message->headers_end && !cut && !j->context->fragment) {
        sip_judge_report(j, SIP_RULE_HEADERS_NOT_ENDED, SIP_HEADER_NONE, (sip_span){sip_span_end(message->headers), 0});
    }
    if (!datagram) {
        if (message->headers_end || !cut) {
            require(j, SIP_RULE_CONTENT_LENGTH_MISSING, SIP_HEADER_CONTENT_LENGTH);
        }
        /* A row that the capture may have cut off within its digits has not been seen. */
        if (message->length_known && message->length > SIP_LIMIT_BODY && j->seen[SIP_HEADER_CONTENT_LENGTH]) {
            sip_judge_report(j, SIP_RULE_CONTENT_LENGTH_ABSURD, SIP_HEADER_CONTENT_LENGTH, length);
        } else if (message->length_known && message->length > message->body.length && !cut) {
            sip_judge_report(j, SIP_RULE_CONTENT_LENGTH_REACHES, SIP_HEADER_CONTENT_LENGTH, length);
        }
    } else if (message->length_known && !cut && message->headers_end && message->length > message->body.length) {
        sip_judge_report(j, SIP_RULE_CONTENT_LENGTH_LARGE, SIP_HEADER_CONTENT_LENGTH, length);
    }
    if (datagram && message->rest.length > 0) {
        sip_judge_report(j, SIP_RULE_TRAILING_DATA, SIP_HEADER_NONE, message->rest);
    }
    if (message->body.length > 0) {
        require(j, SIP_RULE_CONTENT_TYPE_MISSING, SIP_HEADER_CONTENT_TYPE);
    }
}

/* RFC 3261 section 18.1.1 */
static void
check_size(judge *j)
{
    static const size_t limit = 1300;
    const uint8_t *first = j->message->start_line.line.data;
    size_t length = (size_t)(sip_span_end(j->message->body) - first);
    if (j->context->carrier == SIP_CARRIER_UDP && is_request(j) && length > limit) {
        report_missing(j, SIP_RULE_LARGE_REQUEST, SIP_HEADER_NONE);
    }
}

/* RFC 7118 section 5.2. Only what sent the message to us can be judged: the top Via of
 * a request. */
static void
check_websocket(judge *j)
{
    sip_via via;
    if (j->context->carrier != SIP_CARRIER_WEBSOCKET || !is_request(j) || !j->seen[SIP_HEADER_VIA]) {
        return;
    }
    sip_via_parse(first_value(j, SIP_HEADER_VIA), &via);
    if (sip_span_present(via.transport) && !sip_span_equal_nocase(via.transport, SIP_SPAN("WS")) &&
        !sip_span_equal_nocase(via.transport, SIP_SPAN("WSS"))) {
        sip_judge_report(j, SIP_RULE_VIA_WEBSOCKET, SIP_HEADER_VIA, via.transport);
    }
}

static void
check_request(judge *j)
{
    check_request_uri(j);
    check_method_excludes(j);
    if (!j->rfc2543) {
        check_method_requires(j);
    }
    check_size(j);
    check_websocket(j);
}

/* What is not answered, or not in this way (RFC 3261 sections 17 and 22.1) */
static void
check_answered(judge *j)
{
    if (j->method == SIP_METHOD_ACK) {
        sip_judge_report(j, SIP_RULE_ACK_ANSWERED, SIP_HEADER_CSEQ, j->message->cseq);
    }
    if (j->method == SIP_METHOD_CANCEL && (j->code == 401 || j->code == 407)) {
        sip_judge_report(j, SIP_RULE_CANCEL_CHALLENGED, SIP_HEADER_NONE, j->message->start_line.code);
    }
}

static void
check_response(judge *j)
{
    check_answered(j);
    check_evidence(j);
    if (is_response_of_class(j, 2)) {
        check_success(j);
    }
    check_provisional(j);
}

void
sip_rules_check(const sip_message *message, const sip_rule_context *context, sip_findings *findings)
{
    judge j = {.message = message, .context = context, .findings = findings};
    bool whole = !context->fragment && (message->headers_end || !context->cut);

    findings->count = 0;
    findings->more = false;
    j.method = sip_method_lookup(sip_message_method(message));
    j.code = is_request(&j) ? 0 : sip_start_line_code(&message->start_line);

    sip_judge_rows(&j);
    if (whole) {
        check_mandatory(&j);
        check_tags(&j);
        check_contact(&j);
        if (is_request(&j)) {
            check_request(&j);
        } else {
            check_response(&j);
        }
    }
    check_body(&j);
    sort_findings(findings);
}
