/* fields.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fields.h"

#include "sip/registry.h"
#include "track/calls.h"

int proto_sipmsg = -1;

int hf_sipmsg_request_line = -1;
int hf_sipmsg_status_line = -1;
int hf_sipmsg_method = -1;
int hf_sipmsg_method_rfc = -1;
int hf_sipmsg_uri = -1;
int hf_sipmsg_uri_scheme = -1;
int hf_sipmsg_uri_user = -1;
int hf_sipmsg_uri_password = -1;
int hf_sipmsg_uri_host = -1;
int hf_sipmsg_uri_port = -1;
int hf_sipmsg_uri_param = -1;
int hf_sipmsg_uri_header = -1;
int hf_sipmsg_uri_opaque = -1;
int hf_sipmsg_version = -1;
int hf_sipmsg_status = -1;
int hf_sipmsg_status_class = -1;
int hf_sipmsg_status_phrase = -1;
int hf_sipmsg_status_rfc = -1;
int hf_sipmsg_failure = -1;
int hf_sipmsg_reason = -1;
int hf_sipmsg_reason_protocol = -1;
int hf_sipmsg_reason_cause = -1;
int hf_sipmsg_reason_text = -1;
int hf_sipmsg_warning = -1;
int hf_sipmsg_warning_code = -1;
int hf_sipmsg_warning_text = -1;
int hf_sipmsg_transaction = -1;
int hf_sipmsg_transaction_method = -1;
int hf_sipmsg_request_in = -1;
int hf_sipmsg_response_in = -1;
int hf_sipmsg_response_time = -1;
int hf_sipmsg_answer = -1;
int hf_sipmsg_retransmission_of = -1;
int hf_sipmsg_duplicate_of = -1;
int hf_sipmsg_call = -1;
int hf_sipmsg_call_outcome = -1;
int hf_sipmsg_call_status = -1;
int hf_sipmsg_call_post_dial_delay = -1;
int hf_sipmsg_call_setup_time = -1;
int hf_sipmsg_call_duration = -1;
int hf_sipmsg_call_released_by = -1;
int hf_sipmsg_nested = -1;
int hf_sipmsg_header = -1;
int hf_sipmsg_body = -1;
int hf_sipmsg_keep_alive = -1;
int hf_sipmsg_continuation = -1;
int hf_sipmsg_more = -1;

int ett_sipmsg = -1;
int ett_sipmsg_start_line = -1;
int ett_sipmsg_uri = -1;
int ett_sipmsg_reason = -1;
int ett_sipmsg_warning = -1;
int ett_sipmsg_transaction = -1;
int ett_sipmsg_call = -1;
int ett_sipmsg_headers = -1;
int ett_sipmsg_body = -1;

expert_field ei_sipmsg_method_unknown = EI_INIT;
expert_field ei_sipmsg_failure_challenge = EI_INIT;
expert_field ei_sipmsg_failure_expected = EI_INIT;
expert_field ei_sipmsg_failure_client = EI_INIT;
expert_field ei_sipmsg_failure_server = EI_INIT;
expert_field ei_sipmsg_failure_global = EI_INIT;
expert_field ei_sipmsg_status_unregistered = EI_INIT;
expert_field ei_sipmsg_status_invalid = EI_INIT;
expert_field ei_sipmsg_version_unsupported = EI_INIT;
expert_field ei_sipmsg_start_line_malformed = EI_INIT;
expert_field ei_sipmsg_header_missing = EI_INIT;
expert_field ei_sipmsg_header_repeated = EI_INIT;
expert_field ei_sipmsg_header_malformed = EI_INIT;
expert_field ei_sipmsg_cseq_mismatch = EI_INIT;
expert_field ei_sipmsg_content_length_mismatch = EI_INIT;
expert_field ei_sipmsg_trailing_data = EI_INIT;
expert_field ei_sipmsg_rule_must = EI_INIT;
expert_field ei_sipmsg_rule_should = EI_INIT;
expert_field ei_sipmsg_no_response = EI_INIT;
expert_field ei_sipmsg_no_ack = EI_INIT;
expert_field ei_sipmsg_retransmission = EI_INIT;
expert_field ei_sipmsg_duplicate = EI_INIT;

static const value_string status_phrases[] = {
#define SIP_STATUS(code, phrase, rfc)                             {code, phrase},
#define SIP_FAILURE(code, phrase, rfc, weight, evidence, meaning) {code, phrase},
#include "sip/status_codes.def"
    {0, NULL},
};

/* Filled from where the names stand. */
static value_string status_classes[SIP_STATUS_CLASS_MAX + 1];
static value_string outcomes[SIPMSG_OUTCOMES + 1];

static void
name_values(void)
{
    for (unsigned i = 0; i < SIPMSG_OUTCOMES; i++) {
        outcomes[i].value = i;
        outcomes[i].strptr = sipmsg_outcome_name((sipmsg_outcome)i);
    }
    for (unsigned i = 0; i < SIP_STATUS_CLASS_MAX; i++) {
        status_classes[i].value = i + 1;
        status_classes[i].strptr = sip_status_class_name(i + 1);
    }
}

void
sipmsg_register_fields(void)
{
    static hf_register_info hf[] = {
        {&hf_sipmsg_request_line,
         {"Request line", "sipmsg.request_line", FT_STRING, BASE_NONE, NULL, 0x0,
          "The request line without its line ending", HFILL}},
        {&hf_sipmsg_status_line,
         {"Status line", "sipmsg.status_line", FT_STRING, BASE_NONE, NULL, 0x0,
          "The status line without its line ending", HFILL}},
        {&hf_sipmsg_method, {"Method", "sipmsg.method", FT_STRING, BASE_NONE, NULL, 0x0, "The method as sent", HFILL}},
        {&hf_sipmsg_method_rfc,
         {"Method defined by", "sipmsg.method.rfc", FT_STRING, BASE_NONE, NULL, 0x0, "The RFC that defines the method",
          HFILL}},
        {&hf_sipmsg_uri,
         {"Request-URI", "sipmsg.uri", FT_STRING, BASE_NONE, NULL, 0x0, "The Request-URI as sent", HFILL}},
        {&hf_sipmsg_uri_scheme,
         {"Scheme", "sipmsg.uri.scheme", FT_STRING, BASE_NONE, NULL, 0x0,
          "The scheme of the Request-URI, such as sip, sips or tel", HFILL}},
        {&hf_sipmsg_uri_user,
         {"User", "sipmsg.uri.user", FT_STRING, BASE_NONE, NULL, 0x0, "The user part, or the number of a tel: URI",
          HFILL}},
        {&hf_sipmsg_uri_password,
         {"Password", "sipmsg.uri.password", FT_STRING, BASE_NONE, NULL, 0x0,
          "The password behind the user part, which RFC 3261 advises against", HFILL}},
        {&hf_sipmsg_uri_host,
         {"Host", "sipmsg.uri.host", FT_STRING, BASE_NONE, NULL, 0x0, "The host, an IPv6 address without its brackets",
          HFILL}},
        {&hf_sipmsg_uri_port,
         {"Port", "sipmsg.uri.port", FT_UINT16, BASE_DEC, NULL, 0x0, "The port, where the URI has one", HFILL}},
        {&hf_sipmsg_uri_param,
         {"Parameter", "sipmsg.uri.param", FT_STRING, BASE_NONE, NULL, 0x0, "A URI parameter without its semicolon",
          HFILL}},
        {&hf_sipmsg_uri_header,
         {"Header", "sipmsg.uri.header", FT_STRING, BASE_NONE, NULL, 0x0, "A header part of the URI without its ? or &",
          HFILL}},
        {&hf_sipmsg_uri_opaque,
         {"Opaque part", "sipmsg.uri.opaque", FT_STRING, BASE_NONE, NULL, 0x0,
          "All after the colon of a scheme other than sip, sips and tel", HFILL}},
        {&hf_sipmsg_version,
         {"SIP-Version", "sipmsg.version", FT_STRING, BASE_NONE, NULL, 0x0, "The version as sent", HFILL}},
        {&hf_sipmsg_status,
         {"Status code", "sipmsg.status", FT_UINT16, BASE_DEC, VALS(status_phrases), 0x0,
          "The status code as sent (65535 for a larger number)", HFILL}},
        {&hf_sipmsg_status_class,
         {"Class", "sipmsg.status.class", FT_UINT8, BASE_DEC, VALS(status_classes), 0x0,
          "The first digit of a status code from 100 to 699", HFILL}},
        {&hf_sipmsg_status_phrase,
         {"Reason phrase", "sipmsg.status.phrase", FT_STRING, BASE_NONE, NULL, 0x0, "The reason phrase as sent",
          HFILL}},
        {&hf_sipmsg_status_rfc,
         {"Status code defined by", "sipmsg.status.rfc", FT_STRING, BASE_NONE, NULL, 0x0,
          "The RFC that defines the status code", HFILL}},
        {&hf_sipmsg_failure,
         {"Failure", "sipmsg.failure", FT_STRING, BASE_NONE, NULL, 0x0, "What failed and why, and where to look next",
          HFILL}},
        {&hf_sipmsg_reason,
         {"Reason", "sipmsg.reason", FT_STRING, BASE_NONE, NULL, 0x0, "A value of a Reason header field (RFC 3326)",
          HFILL}},
        {&hf_sipmsg_reason_protocol,
         {"Reason protocol", "sipmsg.reason.protocol", FT_STRING, BASE_NONE, NULL, 0x0,
          "The protocol of the cause, such as SIP or Q.850", HFILL}},
        {&hf_sipmsg_reason_cause,
         {"Reason cause", "sipmsg.reason.cause", FT_UINT16, BASE_DEC, NULL, 0x0,
          "The cause, whose name depends on the protocol", HFILL}},
        {&hf_sipmsg_reason_text,
         {"Reason text", "sipmsg.reason.text", FT_STRING, BASE_NONE, NULL, 0x0, "The text, without its quotes", HFILL}},
        {&hf_sipmsg_warning,
         {"Warning", "sipmsg.warning", FT_STRING, BASE_NONE, NULL, 0x0,
          "A value of a Warning header field (RFC 3261 section 20.43)", HFILL}},
        {&hf_sipmsg_warning_code,
         {"Warning code", "sipmsg.warning.code", FT_UINT16, BASE_DEC, NULL, 0x0, "The warn-code", HFILL}},
        {&hf_sipmsg_warning_text,
         {"Warning text", "sipmsg.warning.text", FT_STRING, BASE_NONE, NULL, 0x0, "The warn-text, without its quotes",
          HFILL}},
        {&hf_sipmsg_transaction,
         {"Transaction", "sipmsg.transaction", FT_UINT32, BASE_DEC, NULL, 0x0,
          "The number of the transaction, from 0 in order of first sight", HFILL}},
        {&hf_sipmsg_transaction_method,
         {"Transaction method", "sipmsg.transaction.method", FT_STRING, BASE_NONE, NULL, 0x0,
          "The method of the transaction's request", HFILL}},
        {&hf_sipmsg_request_in,
         {"Request in", "sipmsg.request_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0x0,
          "The request that this response answers, when it was first sent", HFILL}},
        {&hf_sipmsg_response_in,
         {"Response in", "sipmsg.response_in", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0x0,
          "The first final response to this request, when it was first sent (second pass)", HFILL}},
        {&hf_sipmsg_response_time,
         {"Response time", "sipmsg.response_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the first transmission of the request to this response", HFILL}},
        {&hf_sipmsg_answer,
         {"Answer", "sipmsg.answer", FT_UINT16, BASE_DEC, VALS(status_phrases), 0x0,
          "The status code of the first final response to this request (second pass)", HFILL}},
        {&hf_sipmsg_retransmission_of,
         {"Retransmission of", "sipmsg.retransmission_of", FT_FRAMENUM, BASE_NONE,
          FRAMENUM_TYPE(FT_FRAMENUM_RETRANS_PREV), 0x0, "The first transmission of the same message", HFILL}},
        {&hf_sipmsg_duplicate_of,
         {"Duplicate of", "sipmsg.duplicate_of", FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE(FT_FRAMENUM_DUP_ACK), 0x0,
          "The first copy of the same packet, which was captured more than once", HFILL}},
        {&hf_sipmsg_call,
         {"Call", "sipmsg.call", FT_UINT32, BASE_DEC, NULL, 0x0,
          "The number of the call attempt, from 0 in order of the initial INVITEs", HFILL}},
        {&hf_sipmsg_call_outcome,
         {"Outcome", "sipmsg.call.outcome", FT_UINT8, BASE_DEC, VALS(outcomes), 0x0, "How the call ended (second pass)",
          HFILL}},
        {&hf_sipmsg_call_status,
         {"Deciding status", "sipmsg.call.status", FT_UINT16, BASE_DEC, VALS(status_phrases), 0x0,
          "The status code that decided how the call ended (second pass)", HFILL}},
        {&hf_sipmsg_call_post_dial_delay,
         {"Post-dial delay", "sipmsg.call.post_dial_delay", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the first INVITE to the first 18x, or else to the final response", HFILL}},
        {&hf_sipmsg_call_setup_time,
         {"Setup time", "sipmsg.call.setup_time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the first INVITE to the first 2xx", HFILL}},
        {&hf_sipmsg_call_duration,
         {"Duration", "sipmsg.call.duration", FT_RELATIVE_TIME, BASE_NONE, NULL, 0x0,
          "From the first 2xx to the first BYE", HFILL}},
        {&hf_sipmsg_call_released_by,
         {"Released by", "sipmsg.call.released_by", FT_STRING, BASE_NONE, NULL, 0x0,
          "Who sent this BYE: caller or callee", HFILL}},
        {&hf_sipmsg_nested,
         {"Nested", "sipmsg.nested", FT_STRING, BASE_NONE, NULL, 0x0,
          "Where a message stands that was not sent as such, and counts nowhere", HFILL}},
        {&hf_sipmsg_header,
         {"Header field", "sipmsg.header", FT_STRING, BASE_NONE, NULL, 0x0,
          "A header field, listed where the message is not handed on", HFILL}},
        {&hf_sipmsg_body,
         {"Body", "sipmsg.body", FT_BYTES, BASE_NONE, NULL, 0x0,
          "The message body, shown where the message is not handed on", HFILL}},
        {&hf_sipmsg_keep_alive,
         {"Keep-alive", "sipmsg.keep_alive", FT_BYTES, BASE_NONE, NULL, 0x0,
          "Line breaks between the messages of a stream (RFC 5626)", HFILL}},
        {&hf_sipmsg_continuation,
         {"Continuation data", "sipmsg.continuation", FT_BYTES, BASE_NONE, NULL, 0x0,
          "Bytes of a stream that belong to no message", HFILL}},
        {&hf_sipmsg_more,
         {"More", "sipmsg.more", FT_NONE, BASE_NONE, NULL, 0x0, "Where a list is longer than what is shown of it",
          HFILL}},
    };
    static int *ett[] = {
        &ett_sipmsg,        &ett_sipmsg_start_line, &ett_sipmsg_uri,
        &ett_sipmsg_reason, &ett_sipmsg_warning,    &ett_sipmsg_transaction,
        &ett_sipmsg_call,   &ett_sipmsg_headers,    &ett_sipmsg_body,
    };
    static ei_register_info ei[] = {
        {&ei_sipmsg_method_unknown,
         {"sipmsg.method.unknown", PI_PROTOCOL, PI_WARN, "The method is not registered", EXPFILL}},
        {&ei_sipmsg_failure_challenge,
         {"sipmsg.failure.challenge", PI_RESPONSE_CODE, PI_NOTE, "The server asks for credentials", EXPFILL}},
        {&ei_sipmsg_failure_expected,
         {"sipmsg.failure.expected", PI_RESPONSE_CODE, PI_NOTE, "A failure by which the protocol works", EXPFILL}},
        {&ei_sipmsg_failure_client,
         {"sipmsg.failure.client", PI_RESPONSE_CODE, PI_WARN, "Another client failure (4xx)", EXPFILL}},
        {&ei_sipmsg_failure_server,
         {"sipmsg.failure.server", PI_RESPONSE_CODE, PI_ERROR, "Server failure (5xx)", EXPFILL}},
        {&ei_sipmsg_failure_global,
         {"sipmsg.failure.global", PI_RESPONSE_CODE, PI_ERROR, "Global failure (6xx)", EXPFILL}},
        {&ei_sipmsg_status_unregistered,
         {"sipmsg.status.unregistered", PI_PROTOCOL, PI_NOTE, "The status code is not registered", EXPFILL}},
        {&ei_sipmsg_status_invalid,
         {"sipmsg.status.invalid", PI_MALFORMED, PI_ERROR, "The status code is not three digits from 100 to 699",
          EXPFILL}},
        {&ei_sipmsg_version_unsupported,
         {"sipmsg.version.unsupported", PI_PROTOCOL, PI_WARN, "The SIP version is not SIP/2.0", EXPFILL}},
        {&ei_sipmsg_start_line_malformed,
         {"sipmsg.start_line.malformed", PI_MALFORMED, PI_WARN, "The start line breaks its grammar", EXPFILL}},
        {&ei_sipmsg_header_missing,
         {"sipmsg.header.missing", PI_PROTOCOL, PI_WARN, "A mandatory header field is missing", EXPFILL}},
        {&ei_sipmsg_header_repeated,
         {"sipmsg.header.repeated", PI_PROTOCOL, PI_WARN, "A single-valued header field appears twice", EXPFILL}},
        {&ei_sipmsg_header_malformed,
         {"sipmsg.header.malformed", PI_MALFORMED, PI_WARN, "A header field breaks its grammar", EXPFILL}},
        {&ei_sipmsg_cseq_mismatch,
         {"sipmsg.cseq.mismatch", PI_PROTOCOL, PI_WARN, "CSeq does not fit the request", EXPFILL}},
        {&ei_sipmsg_content_length_mismatch,
         {"sipmsg.content_length.mismatch", PI_PROTOCOL, PI_WARN, "Content-Length does not fit the message", EXPFILL}},
        {&ei_sipmsg_trailing_data,
         {"sipmsg.trailing_data", PI_PROTOCOL, PI_NOTE, "Bytes after the end of the message", EXPFILL}},
        {&ei_sipmsg_rule_must, {"sipmsg.rule.must", PI_PROTOCOL, PI_WARN, "A MUST of the RFCs is broken", EXPFILL}},
        {&ei_sipmsg_rule_should,
         {"sipmsg.rule.should", PI_PROTOCOL, PI_NOTE, "A SHOULD of the RFCs is broken", EXPFILL}},
        {&ei_sipmsg_no_response,
         {"sipmsg.no_response", PI_SEQUENCE, PI_WARN, "The request got no response (second pass)", EXPFILL}},
        {&ei_sipmsg_no_ack,
         {"sipmsg.no_ack", PI_SEQUENCE, PI_WARN, "The 2xx to an INVITE got no ACK (second pass)", EXPFILL}},
        {&ei_sipmsg_retransmission,
         {"sipmsg.retransmission", PI_SEQUENCE, PI_NOTE, "The message was sent again", EXPFILL}},
        {&ei_sipmsg_duplicate,
         {"sipmsg.duplicate", PI_SEQUENCE, PI_CHAT, "The same packet was captured twice", EXPFILL}},
    };

    name_values();
    proto_register_field_array(proto_sipmsg, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    expert_register_field_array(expert_register_protocol(proto_sipmsg), ei, array_length(ei));
}
