/* rules_rows.c - the rules that one row of the header section can break.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "judge.h"

#include "address.h"

#include <string.h>

typedef void row_check(judge *j, sip_header_id id, sip_span value);

/* Parts of values */

/* generic-param = token [ EQUAL gen-value ]
 * gen-value     = token / host / quoted-string */
typedef struct parameter {
    sip_span item;
    sip_span name;
    sip_span value; /* with quotes; absent if there is no "=" */
} parameter;

/* Takes an item apart. False if it has not the form of a parameter. */
static bool
split_parameter(sip_span item, parameter *out)
{
    const uint8_t *equals = sip_span_find(item, '=');
    *out = (parameter){.item = item, .name = item};
    if (equals != NULL) {
        out->name = sip_span_trim(sip_span_between(item.data, equals));
        out->value = sip_span_trim(sip_span_between(equals + 1, sip_span_end(item)));
    }
    return out->name.length > 0 && sip_span_run(out->name, SIP_CHAR_TOKEN) == out->name.length &&
           (equals == NULL || out->value.length > 0);
}

/* What to show of an item in a list up to end: the item, or a separator beside it where
 * the item is empty. */
static sip_span
shown(sip_span item, const uint8_t *end)
{
    if (item.length > 0) {
        return item;
    }
    return (sip_span){item.data < end ? item.data : item.data - 1, 1};
}

/* gen-value = token / host / quoted-string */
static void
check_parameter_value(judge *j, sip_header_id id, const parameter *checked)
{
    static const sip_span others = SIP_SPAN_INIT("[]:"); /* of an IPv6 address */
    sip_span value = checked->value;
    if (value.length > 0 && value.data[0] == '"') {
        if (!sip_is_quoted_string(value)) {
            bool closed = sip_quoted_string_length(value) < value.length;
            sip_judge_report(j, closed ? SIP_RULE_PARAMETER_VALUE : SIP_RULE_QUOTE, id, checked->item);
        }
        return;
    }
    for (size_t i = 0; i < value.length; i++) {
        if (!sip_char_is(value.data[i], SIP_CHAR_TOKEN) && sip_span_find(others, value.data[i]) == NULL) {
            sip_judge_report(j, SIP_RULE_PARAMETER_VALUE, id, checked->item);
            return;
        }
    }
}

/* Whether a run of digits is larger than 2^32 - 1, which sip_span_number() caps. */
static bool
is_too_large(sip_span digits)
{
    while (digits.length > 1 && digits.data[0] == '0') {
        digits = sip_span_from(digits, 1);
    }
    return digits.length > 10 || (digits.length == 10 && memcmp(digits.data, "4294967295", 10) > 0);
}

/* qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) */
static bool
is_qvalue(sip_span text)
{
    if (text.length == 0 || text.length > 5 || (text.data[0] != '0' && text.data[0] != '1') ||
        (text.length > 1 && text.data[1] != '.')) {
        return false;
    }
    for (size_t i = 2; i < text.length; i++) {
        if (!sip_char_is(text.data[i], SIP_CHAR_DIGIT) || (text.data[0] == '1' && text.data[i] != '0')) {
            return false;
        }
    }
    return true;
}

/* The parameters whose values are more than gen-value: numbers up to a largest, and the
 * qvalue, which has none. */
static const struct {
    sip_span name;
    sip_header_id header;
    uint32_t largest;
} numbers[] = {
    {SIP_SPAN_INIT("ttl"), SIP_HEADER_VIA, UINT8_MAX},
    {SIP_SPAN_INIT("rport"), SIP_HEADER_VIA, UINT16_MAX},
    {SIP_SPAN_INIT("expires"), SIP_HEADER_CONTACT, UINT32_MAX},
    {SIP_SPAN_INIT("q"), SIP_HEADER_CONTACT, 0},
    {SIP_SPAN_INIT("cause"), SIP_HEADER_REASON, UINT32_MAX},
    {SIP_SPAN_INIT("duration"), SIP_HEADER_RETRY_AFTER, UINT32_MAX},
};

static void
check_number_value(judge *j, sip_header_id id, const parameter *checked)
{
    sip_span value = sip_unquote(checked->value);
    if (value.length == 0) {
        return;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        uint32_t number = 0;
        if (numbers[i].header != id || !sip_span_equal_nocase(numbers[i].name, checked->name)) {
            continue;
        }
        bool good = numbers[i].largest == 0
                        ? is_qvalue(value)
                        : sip_span_number(value, &number) && !is_too_large(value) && number <= numbers[i].largest;
        if (!good) {
            sip_judge_report(j, SIP_RULE_PARAMETER_VALUE, id, value);
        }
    }
}

/* Parameters with a separator between them, all of which must be parameters and none
 * twice. */
static void
check_parameter_list(judge *j, sip_header_id id, sip_span parameters, uint8_t separator)
{
    sip_span names[SIP_LIMIT_PARAMETERS];
    size_t count = 0;
    sip_span item;
    parameter found;

    if (!sip_span_present(parameters)) {
        return;
    }
    const uint8_t *end = sip_span_end(parameters);
    while (sip_value_next(&parameters, separator, &item)) {
        if (!split_parameter(item, &found)) {
            sip_judge_report(j, SIP_RULE_PARAMETER, id, shown(item, end));
            continue;
        }
        check_parameter_value(j, id, &found);
        check_number_value(j, id, &found);
        for (size_t i = 0; i < count; i++) {
            if (sip_span_equal_nocase(names[i], found.name)) {
                sip_judge_report(j, SIP_RULE_PARAMETER_REPEATED, id, item);
                break;
            }
        }
        if (count < SIP_LIMIT_PARAMETERS) {
            names[count++] = found.name;
        }
    }
}

static void
check_parameters(judge *j, sip_header_id id, sip_span parameters)
{
    check_parameter_list(j, id, parameters, ';');
}

/* Whether any of the URI parameters in list is one of the names. */
bool
sip_judge_has_uri_parameter(sip_span list, const sip_span *names, size_t count)
{
    sip_span item;
    while (sip_uri_next_item(&list, ';', &item)) {
        const uint8_t *equals = sip_span_find(item, '=');
        sip_span name = equals == NULL ? item : sip_span_between(item.data, equals);
        for (size_t i = 0; i < count; i++) {
            if (sip_span_equal_nocase(name, names[i])) {
                return true;
            }
        }
    }
    return false;
}

/* What RFC 3261 section 19.1.1 has no place for in From and To, and in the addresses
 * that requests of a dialog are sent to. */
static void
check_uri_place(judge *j, sip_header_id id, const sip_uri *uri, sip_span at)
{
    static const sip_span names[] = {
        SIP_SPAN_INIT("method"), SIP_SPAN_INIT("ttl"), /* those of both */
        SIP_SPAN_INIT("maddr"),  SIP_SPAN_INIT("transport"), SIP_SPAN_INIT("lr"),
    };
    static const size_t of_both = 2;
    bool peer = id == SIP_HEADER_FROM || id == SIP_HEADER_TO;
    bool target = id == SIP_HEADER_ROUTE || id == SIP_HEADER_RECORD_ROUTE ||
                  (id == SIP_HEADER_CONTACT && sip_judge_contact_is_target(j));
    if (!peer && !target) {
        return;
    }
    if ((peer && sip_span_present(uri->port)) || sip_span_present(uri->headers) ||
        sip_judge_has_uri_parameter(uri->parameters, names, peer ? sizeof names / sizeof names[0] : of_both)) {
        sip_judge_report(j, SIP_RULE_ADDRESS_PARTS, id, at);
    }
}

/* RFC 3261 section 16.6 item 4 */
static void
check_loose_routing(judge *j, sip_header_id id, const sip_uri *uri, sip_span at)
{
    static const sip_span name[] = {SIP_SPAN_INIT("lr")};
    if (id == SIP_HEADER_RECORD_ROUTE && uri->kind == SIP_URI_SIP &&
        !sip_judge_has_uri_parameter(uri->parameters, name, 1)) {
        sip_judge_report(j, SIP_RULE_RECORD_ROUTE_LR, id, at);
    }
}

static void
check_uri(judge *j, sip_header_id id, sip_span text)
{
    sip_uri uri;
    sip_faults faults = {0};
    sip_span trimmed = sip_span_trim(text);

    if (trimmed.length != text.length) {
        sip_fault_note(&faults, SIP_FAULT_URI_BLANK, text);
    }
    sip_uri_parse(trimmed, &uri, &faults);
    for (int kind = 0; faults.any && kind < SIP_FAULT_COUNT; kind++) {
        if (sip_span_present(faults.at[kind])) {
            sip_judge_add(j, (sip_finding){.rule = SIP_RULE_ADDRESS_URI,
                                           .header = id,
                                           .fault = (sip_fault_kind)kind,
                                           .at = faults.at[kind]});
        }
    }
    check_uri_place(j, id, &uri, text);
    check_loose_routing(j, id, &uri, text);
}

/* One name-addr or addr-spec with its parameters, which are returned. */
static sip_span
judge_address(judge *j, sip_header_id id, sip_span value)
{
    static const sip_rule rules[] = {
        [SIP_ADDRESS_QUOTE] = SIP_RULE_QUOTE,
        [SIP_ADDRESS_DISPLAY_NAME] = SIP_RULE_DISPLAY_NAME,
        [SIP_ADDRESS_BRACKETS] = SIP_RULE_ADDRESS_BRACKETS,
        [SIP_ADDRESS_OTHER] = SIP_RULE_ADDRESS,
    };
    sip_address address;

    sip_address_parse(value, &address);
    if (address.fault != SIP_ADDRESS_GOOD) {
        sip_judge_report(j, rules[address.fault], id, address.at);
    }
    if (sip_span_present(address.uri) && address.fault != SIP_ADDRESS_BRACKETS) {
        check_uri(j, id, address.uri);
    }
    check_parameters(j, id, address.parameters);
    return address.parameters;
}

static void
check_address(judge *j, sip_header_id id, sip_span value)
{
    judge_address(j, id, value);
}

/* ( "From" / "f" ) HCOLON ( name-addr / addr-spec ) *( SEMI ( tag-param / generic-param ) ) */
static void
check_party(judge *j, sip_header_id id, sip_span value)
{
    sip_span parameters = judge_address(j, id, value);
    if (value.data == j->first[id].data) {
        sip_span tag = sip_parameter_find(parameters, ';', SIP_SPAN("tag"));
        *(id == SIP_HEADER_FROM ? &j->from_tag : &j->to_tag) = tag;
    }
}

/* Calls check on each member of a comma list, all of which must be there. */
static void
check_members(judge *j, sip_header_id id, sip_span list, row_check *check)
{
    const uint8_t *end = sip_span_end(list);
    sip_span member;
    while (sip_value_next(&list, ',', &member)) {
        if (member.length == 0) {
            sip_judge_report(j, SIP_RULE_EMPTY_MEMBER, id, shown(member, end));
        } else {
            check(j, id, member);
        }
    }
}

static void
check_address_list(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_address);
}

/* contact-param  = ( name-addr / addr-spec ) *( SEMI contact-params )
 * contact-params = c-p-q / c-p-expires / contact-extension */
static void
check_contact_value(judge *j, sip_header_id id, sip_span value)
{
    j->contacts++;
    if (sip_span_equal(value, SIP_SPAN("*"))) {
        j->contact_star = true;
        return;
    }
    check_address(j, id, value);
}

/* Contact = STAR / ( contact-param *( COMMA contact-param ) ) */
static void
check_contact_row(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_contact_value);
}

static void
check_route(judge *j, sip_header_id id, sip_span value)
{
    /* Route takes name-addr alone, so that parameters belong to the URI. */
    if (sip_span_find(value, '<') == NULL) {
        sip_judge_report(j, SIP_RULE_ROUTE_BRACKETS, id, value);
    } else {
        check_address(j, id, value);
    }
}

static void
check_route_list(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_route);
}

static void
check_via(judge *j, sip_header_id id, sip_span value)
{
    sip_via via;
    uint32_t port = 0;

    sip_via_parse(value, &via);
    if (sip_span_present(via.bad)) {
        sip_judge_report(j, SIP_RULE_VIA, id, via.bad);
    }
    if (via.host.length > 0 && !sip_is_host(via.host)) {
        sip_judge_report(j, SIP_RULE_VIA_HOST, id, via.host);
    }
    if (sip_span_present(via.port) && (!sip_span_number(via.port, &port) || port > UINT16_MAX)) {
        sip_judge_report(j, SIP_RULE_VIA_PORT, id, via.port.length > 0 ? via.port : value);
    }
    check_parameters(j, id, via.parameters);
    sip_span branch = sip_parameter_find(via.parameters, ';', SIP_SPAN("branch"));
    if (j->vias++ == 0) {
        j->rfc2543 = !sip_branch_has_magic_cookie(branch);
    }
    if (sip_span_equal_nocase(branch, SIP_SPAN("z9hG4bK"))) {
        sip_judge_report(j, SIP_RULE_BRANCH, id, branch);
    }
}

static void
check_via_list(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_via);
}

static void
check_cseq(judge *j, sip_header_id id, sip_span value)
{
    sip_cseq cseq;
    if (!sip_cseq_parse(value, &cseq)) {
        sip_judge_report(j, SIP_RULE_CSEQ, id, value);
        return;
    }
    if (cseq.number > INT32_MAX) {
        sip_judge_report(j, SIP_RULE_CSEQ_RANGE, id, value);
    }
    if (is_request(j) && !sip_span_equal(cseq.method, j->message->start_line.method)) {
        sip_judge_report(j, SIP_RULE_CSEQ_METHOD, id, cseq.method);
    }
}

/* callid = word [ "@" word ], with words of token characters and ()<>:\"/[]?{} */
static void
check_call_id(judge *j, sip_header_id id, sip_span value)
{
    static const sip_span others = SIP_SPAN_INIT("()<>:\\\"/[]?{}");
    unsigned ats = 0;
    /* Nearly all are one or two tokens. */
    sip_span first = {value.data, sip_span_run(value, SIP_CHAR_TOKEN)};
    sip_span rest = sip_span_from(value, first.length);
    if (rest.length == 0 || (first.length > 0 && rest.length > 1 && rest.data[0] == '@' &&
                             sip_span_run(sip_span_from(rest, 1), SIP_CHAR_TOKEN) == rest.length - 1)) {
        return;
    }
    for (size_t i = 0; i < value.length; i++) {
        uint8_t byte = value.data[i];
        bool at_end = i == 0 || i + 1 == value.length;
        ats += byte == '@';
        bool good = byte == '@' ? !at_end && ats == 1
                                : sip_char_is(byte, SIP_CHAR_TOKEN) || sip_span_find(others, byte) != NULL;
        if (!good) {
            sip_judge_report(j, SIP_RULE_CALL_ID, id, (sip_span){value.data + i, 1});
            return;
        }
    }
}

/* Numbers */

/* delta-seconds = 1*DIGIT, and the like */
static void
check_number(judge *j, sip_header_id id, sip_span value)
{
    uint32_t number = 0;
    if (!sip_span_number(value, &number)) {
        sip_judge_report(j, SIP_RULE_NUMBER, id, value);
    } else if (is_too_large(value)) {
        sip_judge_report(j, SIP_RULE_NUMBER_RANGE, id, value);
    }
}

static void
check_max_forwards(judge *j, sip_header_id id, sip_span value)
{
    uint32_t number = 0;
    if (!sip_span_number(value, &number) || number > 255) {
        sip_judge_report(j, SIP_RULE_MAX_FORWARDS_RANGE, id, value);
    }
}

static void
check_rseq(judge *j, sip_header_id id, sip_span value)
{
    uint32_t number = 0;
    if (!sip_span_number(value, &number) || number == 0 || is_too_large(value)) {
        sip_judge_report(j, SIP_RULE_RSEQ_RANGE, id, value);
    }
}

/* Takes the run of digits off the front of *text, and white space around it. */
static bool
take_digits(sip_span *text)
{
    *text = sip_span_trim(*text);
    size_t length = sip_span_run(*text, SIP_CHAR_DIGIT);
    *text = sip_span_trim(sip_span_from(*text, length));
    return length > 0;
}

/* RAck = response-num LWS CSeq-num LWS Method (RFC 3262 section 7.2) */
static void
check_rack(judge *j, sip_header_id id, sip_span value)
{
    sip_span rest = value;
    bool response_num = take_digits(&rest);
    bool cseq_num = take_digits(&rest);
    if (!response_num || !cseq_num || rest.length == 0 || sip_span_run(rest, SIP_CHAR_TOKEN) != rest.length) {
        sip_judge_report(j, SIP_RULE_RACK, id, value);
    }
}

/* comment = LPAREN *( ctext / quoted-pair / comment ) RPAREN
 * Its length at the front of text; 0 if there is none or its end is missing. */
static size_t
comment_length(sip_span text)
{
    size_t depth = 0;
    if (text.length == 0 || text.data[0] != '(') {
        return 0;
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\\') {
            i++;
        } else if (text.data[i] == '(') {
            depth++;
        } else if (text.data[i] == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* Retry-After = delta-seconds [ comment ] *( SEMI retry-param )
 * retry-param = ( "duration" EQUAL delta-seconds ) / generic-param */
static void
check_retry_after(judge *j, sip_header_id id, sip_span value)
{
    sip_span digits = {value.data, sip_span_run(value, SIP_CHAR_DIGIT)};
    sip_span rest = sip_span_trim(sip_span_from(value, digits.length));
    rest = sip_span_trim(sip_span_from(rest, comment_length(rest)));
    if (digits.length == 0 || (rest.length > 0 && rest.data[0] != ';')) {
        sip_judge_report(j, SIP_RULE_RETRY_AFTER, id, digits.length == 0 ? value : rest);
        return;
    }
    if (is_too_large(digits)) {
        sip_judge_report(j, SIP_RULE_NUMBER_RANGE, id, digits);
    }
    if (rest.length > 0) {
        rest = sip_span_from(rest, 1);
        check_parameters(j, id, rest);
    }
}

/* delta-seconds *( SEMI param ): Session-Expires and Min-SE (RFC 4028 sections 4, 5) */
static void
check_seconds(judge *j, sip_header_id id, sip_span value)
{
    sip_span parameters = value;
    sip_span seconds;
    sip_value_next(&parameters, ';', &seconds);
    check_number(j, id, seconds);
    check_parameters(j, id, parameters);
}

/* 1*DIGIT [ "." *DIGIT ], which starts Timestamp */
static void
check_timestamp(judge *j, sip_header_id id, sip_span value)
{
    size_t digits = sip_span_run(value, SIP_CHAR_DIGIT);
    for (size_t i = 0; i < value.length; i++) {
        if (!sip_char_is(value.data[i], SIP_CHAR_DIGIT | SIP_CHAR_BLANK) && value.data[i] != '.') {
            digits = 0;
        }
    }
    if (digits == 0) {
        sip_judge_report(j, SIP_RULE_TIMESTAMP, id, value);
    }
}

/* MIME-Version = 1*DIGIT "." 1*DIGIT */
static void
check_mime_version(judge *j, sip_header_id id, sip_span value)
{
    size_t major = sip_span_run(value, SIP_CHAR_DIGIT);
    bool good = major > 0 && major + 1 < value.length && value.data[major] == '.' &&
                sip_span_run(sip_span_from(value, major + 1), SIP_CHAR_DIGIT) == value.length - major - 1;
    if (!good) {
        sip_judge_report(j, SIP_RULE_MIME_VERSION, id, value);
    }
}

/* media-type = m-type SLASH m-subtype *( SEMI m-parameter ) */
static void
check_media_type(judge *j, sip_header_id id, sip_span value)
{
    sip_span parameters = value;
    sip_span type;
    sip_value_next(&parameters, ';', &type);
    const uint8_t *slash = sip_span_find(type, '/');
    sip_span major = slash == NULL ? (sip_span){NULL, 0} : sip_span_trim(sip_span_between(type.data, slash));
    sip_span minor =
        slash == NULL ? (sip_span){NULL, 0} : sip_span_trim(sip_span_between(slash + 1, sip_span_end(type)));
    if (major.length == 0 || minor.length == 0 || sip_span_run(major, SIP_CHAR_TOKEN) != major.length ||
        sip_span_run(minor, SIP_CHAR_TOKEN) != minor.length) {
        sip_judge_report(j, SIP_RULE_MEDIA_TYPE, id, value);
    }
    check_parameters(j, id, parameters);
}

static void
check_token(judge *j, sip_header_id id, sip_span value)
{
    if (sip_span_run(value, SIP_CHAR_TOKEN) != value.length) {
        sip_judge_report(j, SIP_RULE_TOKEN_LIST, id, value);
    }
}

static void
check_token_list(judge *j, sip_header_id id, sip_span value)
{
    if (value.length > 0) {
        check_members(j, id, value, check_token);
    }
}

/* Allow = [ Method *( COMMA Method ) ] */
static void
check_allowed_method(judge *j, sip_header_id id, sip_span value)
{
    check_token(j, id, value);
    sip_method method = sip_method_lookup(value);
    j->allowed |= method != SIP_METHOD_UNKNOWN ? 1U << method : 0;
}

static void
check_allow(judge *j, sip_header_id id, sip_span value)
{
    _Static_assert(SIP_METHOD_COUNT <= sizeof j->allowed * 8, "a bit for each method");
    static const unsigned needed = 1U << SIP_METHOD_ACK | 1U << SIP_METHOD_CANCEL;
    j->allowed = 0;
    if (value.length > 0) {
        check_members(j, id, value, check_allowed_method);
    }
    if ((j->allowed & 1U << SIP_METHOD_INVITE) != 0 && (j->allowed & needed) != needed) {
        sip_judge_report(j, SIP_RULE_ALLOW_INCOMPLETE, id, value);
    }
}

/* token *( SEMI param ): Event, Subscription-State, Content-Disposition */
static void
check_token_with_parameters(judge *j, sip_header_id id, sip_span value)
{
    sip_span parameters = value;
    sip_span token;
    sip_value_next(&parameters, ';', &token);
    if (token.length == 0 || sip_span_run(token, SIP_CHAR_TOKEN) != token.length) {
        sip_judge_report(j, SIP_RULE_TOKEN, id, value);
    }
    check_parameters(j, id, parameters);
}

/* reason-value = protocol *( SEMI reason-params ) (RFC 3326 section 2) */
static void
check_reason_list(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_token_with_parameters);
}

/* Accept = [ accept-range *( COMMA accept-range ) ] */
static void
check_accept(judge *j, sip_header_id id, sip_span value)
{
    if (value.length > 0) {
        check_members(j, id, value, check_media_type);
    }
}

/* Whether text has the form of a pattern in which "A" stands for a letter, "9" for a
 * digit, and other characters for themselves. */
static bool
has_form(sip_span text, const char *pattern)
{
    if (text.length != strlen(pattern)) {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.data[i];
        bool good = pattern[i] == 'A'   ? sip_char_is(byte, SIP_CHAR_ALPHA)
                    : pattern[i] == '9' ? sip_char_is(byte, SIP_CHAR_DIGIT)
                                        : byte == (uint8_t)pattern[i];
        if (!good) {
            return false;
        }
    }
    return true;
}

/* Whether name is one of names, which are three letters long and stand side by side. */
static bool
is_one_of(sip_span name, const char *names)
{
    for (; *names != '\0'; names += 3) {
        if (memcmp(name.data, names, 3) == 0) {
            return true;
        }
    }
    return false;
}

/* SIP-date = rfc1123-date = wkday "," SP date1 SP time SP "GMT" */
static void
check_date(judge *j, sip_header_id id, sip_span value)
{
    bool good = has_form(value, "AAA, 99 AAA 9999 99:99:99 GMT") && is_one_of(value, "MonTueWedThuFriSatSun") &&
                is_one_of(sip_span_from(value, 8), "JanFebMarAprMayJunJulAugSepOctNovDec");
    if (!good) {
        sip_judge_report(j, SIP_RULE_DATE, id, value);
    }
}

/* warning-value = warn-code SP warn-agent SP warn-text */
static void
check_warning(judge *j, sip_header_id id, sip_span value)
{
    sip_warning warning;
    bool good = sip_warning_parse(value, &warning) && warning.code.length == 3 && warning.agent.length > 0;
    if (!good ||
        !sip_is_quoted_string(sip_span_trim(sip_span_between(sip_span_end(warning.agent), sip_span_end(value))))) {
        sip_judge_report(j, SIP_RULE_WARNING, id, value);
    }
}

static void
check_warning_list(judge *j, sip_header_id id, sip_span value)
{
    check_members(j, id, value, check_warning);
}

/* challenge = ( "Digest" LWS digest-cln *( COMMA digest-cln ) ) / other-challenge */
static void
check_challenge(judge *j, sip_header_id id, sip_span value)
{
    sip_span scheme = {value.data, sip_span_run(value, SIP_CHAR_TOKEN)};
    if (sip_span_equal_nocase(scheme, SIP_SPAN("Basic"))) {
        sip_judge_report(j, SIP_RULE_BASIC_AUTHENTICATION, id, scheme);
    } else if (sip_span_equal_nocase(scheme, SIP_SPAN("Digest"))) {
        check_parameter_list(j, id, sip_span_from(value, scheme.length), ',');
    }
}

/* credentials = ( "Digest" LWS digest-response ) / other-response */
static void
check_credentials(judge *j, sip_header_id id, sip_span value)
{
    sip_span scheme = {value.data, sip_span_run(value, SIP_CHAR_TOKEN)};
    sip_span rest = sip_span_from(value, scheme.length);
    sip_span item;

    check_challenge(j, id, value);
    while (sip_span_equal_nocase(scheme, SIP_SPAN("Digest")) && sip_value_next(&rest, ',', &item)) {
        const uint8_t *equals = sip_span_find(item, '=');
        if (equals == NULL ||
            !sip_span_equal_nocase(sip_span_trim(sip_span_between(item.data, equals)), SIP_SPAN("uri"))) {
            continue;
        }
        if (!sip_is_quoted_string(sip_span_trim(sip_span_between(equals + 1, sip_span_end(item))))) {
            sip_judge_report(j, SIP_RULE_DIGEST_URI, id, item);
        }
    }
}

static void
check_transfer_encoding(judge *j, sip_header_id id, sip_span value)
{
    sip_judge_report(j, SIP_RULE_CHUNKED, id, value);
}

/* The grammar of a field's value, by the field. Others are free text to us. */
static row_check *const row_checks[SIP_HEADER_COUNT] = {
    [SIP_HEADER_ACCEPT] = check_accept,
    [SIP_HEADER_ALLOW] = check_allow,
    [SIP_HEADER_ALLOW_EVENTS] = check_token_list,
    [SIP_HEADER_AUTHORIZATION] = check_credentials,
    [SIP_HEADER_CALL_ID] = check_call_id,
    [SIP_HEADER_CONTACT] = check_contact_row,
    [SIP_HEADER_CONTENT_DISPOSITION] = check_token_with_parameters,
    [SIP_HEADER_CONTENT_ENCODING] = check_token_list,
    [SIP_HEADER_CONTENT_LENGTH] = check_number,
    [SIP_HEADER_CONTENT_TYPE] = check_media_type,
    [SIP_HEADER_CSEQ] = check_cseq,
    [SIP_HEADER_DATE] = check_date,
    [SIP_HEADER_EVENT] = check_token_with_parameters,
    [SIP_HEADER_EXPIRES] = check_number,
    [SIP_HEADER_FROM] = check_party,
    [SIP_HEADER_MAX_FORWARDS] = check_max_forwards,
    [SIP_HEADER_MIME_VERSION] = check_mime_version,
    [SIP_HEADER_MIN_EXPIRES] = check_number,
    [SIP_HEADER_MIN_SE] = check_seconds,
    [SIP_HEADER_P_ASSERTED_IDENTITY] = check_address_list,
    [SIP_HEADER_P_PREFERRED_IDENTITY] = check_address_list,
    [SIP_HEADER_PATH] = check_route_list,
    [SIP_HEADER_PROXY_AUTHENTICATE] = check_challenge,
    [SIP_HEADER_PROXY_AUTHORIZATION] = check_credentials,
    [SIP_HEADER_PROXY_REQUIRE] = check_token_list,
    [SIP_HEADER_RACK] = check_rack,
    [SIP_HEADER_REASON] = check_reason_list,
    [SIP_HEADER_RECORD_ROUTE] = check_route_list,
    [SIP_HEADER_REFER_TO] = check_address,
    [SIP_HEADER_REFERRED_BY] = check_address,
    [SIP_HEADER_REPLY_TO] = check_address,
    [SIP_HEADER_REQUIRE] = check_token_list,
    [SIP_HEADER_RETRY_AFTER] = check_retry_after,
    [SIP_HEADER_ROUTE] = check_route_list,
    [SIP_HEADER_RSEQ] = check_rseq,
    [SIP_HEADER_SERVICE_ROUTE] = check_route_list,
    [SIP_HEADER_SESSION_EXPIRES] = check_seconds,
    [SIP_HEADER_SUBSCRIPTION_STATE] = check_token_with_parameters,
    [SIP_HEADER_SUPPORTED] = check_token_list,
    [SIP_HEADER_TIMESTAMP] = check_timestamp,
    [SIP_HEADER_TO] = check_party,
    [SIP_HEADER_TRANSFER_ENCODING] = check_transfer_encoding,
    [SIP_HEADER_UNSUPPORTED] = check_token_list,
    [SIP_HEADER_VIA] = check_via_list,
    [SIP_HEADER_WARNING] = check_warning_list,
    [SIP_HEADER_WWW_AUTHENTICATE] = check_challenge,
};

/* The first control character that is neither white space nor escaped; NULL if there is
 * none.
 * quoted-pair = "\" ( %x00-09 / %x0B-0C / %x0E-7F ) */
static const uint8_t *
find_control_character(sip_span text)
{
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.data[i];
        if (byte == '\\') {
            i++;
        } else if ((byte < ' ' && byte != '\t' && byte != '\r' && byte != '\n') || byte == 0x7F) {
            return text.data + i;
        }
    }
    return NULL;
}

/* What holds of a header field by any name. */
static void
check_text(judge *j, const sip_header_field *field)
{
    bool good_name = field->id != SIP_HEADER_NONE ||
                     (field->name.length > 0 && sip_span_run(field->name, SIP_CHAR_TOKEN) == field->name.length);
    if (!good_name || field->name.data != field->line.data) {
        sip_judge_report(j, SIP_RULE_HEADER_NAME, SIP_HEADER_NONE, field->line);
    }
    if (sip_span_is_printable(field->line)) {
        return;
    }
    const uint8_t *bad = sip_span_find_bad_utf8(field->line);
    if (bad != NULL) {
        sip_judge_report(j, SIP_RULE_HEADER_UTF8, SIP_HEADER_NONE, (sip_span){bad, 1});
    }
    bad = find_control_character(field->line);
    if (bad != NULL) {
        sip_judge_report(j, SIP_RULE_HEADER_CONTROL, SIP_HEADER_NONE, (sip_span){bad, 1});
    }
}

static void
check_row(judge *j, const sip_header_field *field)
{
    sip_header_id id = field->id;
    check_text(j, field);
    if (id == SIP_HEADER_NONE) {
        return;
    }
    if (j->seen[id] && sip_header_occurrence(id) == SIP_OCCURS_SINGLE) {
        sip_judge_report(j, SIP_RULE_HEADER_REPEATED, id, field->line);
    } else if (!j->seen[id]) {
        j->first[id] = field->value;
        j->seen[id] = true;
    }
    if (field->value.length == 0 && sip_header_empty(id) == SIP_EMPTY_NO) {
        sip_judge_report(j, SIP_RULE_EMPTY_VALUE, id, field->line);
    } else if (row_checks[id] != NULL) {
        row_checks[id](j, id, field->value);
    }
}

/* Every row by itself, and the ends of the lines. */
void
sip_judge_rows(judge *j)
{
    sip_span rest = j->message->headers;
    sip_header_field field;
    bool bare = false;

    while (sip_header_next(&rest, &field)) {
        sip_span ending = sip_span_between(sip_span_end(field.line), rest.data);
        if (rest.length == 0 && j->context->cut) {
            return; /* the capture may end in the middle of this row: a folded line may follow */
        }
        if (ending.length == 1 && !bare) {
            bare = true;
            sip_judge_report(j, SIP_RULE_HEADER_LINE_END, SIP_HEADER_NONE, ending);
        }
        check_row(j, &field);
    }
}
