/* fields.h - the display filter names and expert infos, as users know them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names are a contract: scripts and saved filters hang on them. Add, never
 * rename. Each variable is named after its filter, with "." as "_".
 */
#ifndef SIPMSG_DISSECT_FIELDS_H
#define SIPMSG_DISSECT_FIELDS_H

#include "compat.h"

#include <epan/expert.h>

extern int proto_sipmsg;

extern int hf_sipmsg_request_line;
extern int hf_sipmsg_status_line;
extern int hf_sipmsg_method;
extern int hf_sipmsg_method_rfc;
extern int hf_sipmsg_uri;
extern int hf_sipmsg_uri_scheme;
extern int hf_sipmsg_uri_user;
extern int hf_sipmsg_uri_password;
extern int hf_sipmsg_uri_host;
extern int hf_sipmsg_uri_port;
extern int hf_sipmsg_uri_param;
extern int hf_sipmsg_uri_header;
extern int hf_sipmsg_uri_opaque;
extern int hf_sipmsg_version;
extern int hf_sipmsg_status;
extern int hf_sipmsg_status_class;
extern int hf_sipmsg_status_phrase;
extern int hf_sipmsg_status_rfc;
extern int hf_sipmsg_failure;
extern int hf_sipmsg_reason;
extern int hf_sipmsg_reason_protocol;
extern int hf_sipmsg_reason_cause;
extern int hf_sipmsg_reason_text;
extern int hf_sipmsg_warning;
extern int hf_sipmsg_warning_code;
extern int hf_sipmsg_warning_text;
extern int hf_sipmsg_transaction;
extern int hf_sipmsg_transaction_method;
extern int hf_sipmsg_request_in;
extern int hf_sipmsg_response_in;
extern int hf_sipmsg_response_time;
extern int hf_sipmsg_answer;
extern int hf_sipmsg_retransmission_of;
extern int hf_sipmsg_duplicate_of;
extern int hf_sipmsg_call;
extern int hf_sipmsg_call_outcome;
extern int hf_sipmsg_call_status;
extern int hf_sipmsg_call_post_dial_delay;
extern int hf_sipmsg_call_setup_time;
extern int hf_sipmsg_call_duration;
extern int hf_sipmsg_call_released_by;
extern int hf_sipmsg_nested;
extern int hf_sipmsg_header;
extern int hf_sipmsg_body;
extern int hf_sipmsg_keep_alive;
extern int hf_sipmsg_continuation;
extern int hf_sipmsg_more;

extern int ett_sipmsg;
extern int ett_sipmsg_start_line;
extern int ett_sipmsg_uri;
extern int ett_sipmsg_reason;
extern int ett_sipmsg_warning;
extern int ett_sipmsg_transaction;
extern int ett_sipmsg_call;
extern int ett_sipmsg_headers;
extern int ett_sipmsg_body;

extern expert_field ei_sipmsg_method_unknown;
extern expert_field ei_sipmsg_failure_challenge;
extern expert_field ei_sipmsg_failure_expected;
extern expert_field ei_sipmsg_failure_client;
extern expert_field ei_sipmsg_failure_server;
extern expert_field ei_sipmsg_failure_global;
extern expert_field ei_sipmsg_status_unregistered;
extern expert_field ei_sipmsg_status_invalid;
extern expert_field ei_sipmsg_version_unsupported;
extern expert_field ei_sipmsg_start_line_malformed;
extern expert_field ei_sipmsg_header_missing;
extern expert_field ei_sipmsg_header_repeated;
extern expert_field ei_sipmsg_header_malformed;
extern expert_field ei_sipmsg_cseq_mismatch;
extern expert_field ei_sipmsg_content_length_mismatch;
extern expert_field ei_sipmsg_trailing_data;
extern expert_field ei_sipmsg_rule_must;
extern expert_field ei_sipmsg_rule_should;
extern expert_field ei_sipmsg_no_response;
extern expert_field ei_sipmsg_no_ack;
extern expert_field ei_sipmsg_retransmission;
extern expert_field ei_sipmsg_duplicate;

/* Registers the fields, subtrees and expert infos of proto_sipmsg. Call once,
 * after the protocol is registered. */
void sipmsg_register_fields(void);

#endif
