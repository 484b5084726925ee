/* explain.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "explain.h"

#include "sip/registry.h"

/* The longest value that is quoted from the message in a sentence. */
enum { QUOTE_MAX = 80 };

/* Text from the network made printable, cut where it would drown the sentence. */
static const char *
printable(wmem_allocator_t *pool, sip_span text)
{
    size_t length = text.length < QUOTE_MAX ? text.length : QUOTE_MAX;
    return sipmsg_format_text(pool, text.data, length);
}

static void
append_text(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span text)
{
    wmem_strbuf_append(out, printable(pool, text));
    if (text.length > QUOTE_MAX) {
        wmem_strbuf_append(out, "...");
    }
}

/* "486 Busy Here", or "486 Rejected (Busy Here)" if another phrase was sent. */
static void
append_status(wmem_strbuf_t *out, wmem_allocator_t *pool, const sip_start_line *line)
{
    const sip_status_info *info = sip_status_lookup(sip_start_line_code(line));
    const char *registered = info != NULL ? info->phrase : NULL;

    append_text(out, pool, line->code);
    if (line->phrase.length == 0) {
        if (registered != NULL) {
            wmem_strbuf_append_printf(out, " %s", registered);
        }
        return;
    }
    wmem_strbuf_append_c(out, ' ');
    append_text(out, pool, line->phrase);
    if (registered != NULL &&
        !sip_span_equal_nocase(line->phrase, (sip_span){(const uint8_t *)registered, strlen(registered)})) {
        wmem_strbuf_append_printf(out, " (%s)", registered);
    }
}

static void
append_quoted(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span text)
{
    if (text.length > 0) {
        wmem_strbuf_append(out, " \"");
        append_text(out, pool, text);
        wmem_strbuf_append_c(out, '"');
    }
}

const char *
sipmsg_explain_reason(wmem_allocator_t *pool, const sip_reason *reason)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    append_text(out, pool, reason->protocol);
    if (sip_span_present(reason->cause)) {
        wmem_strbuf_append_printf(out, " cause %u", reason->cause_number);
        const char *name = sip_reason_cause_name(reason->protocol, reason->cause_number);
        if (name != NULL) {
            wmem_strbuf_append_printf(out, " (%s)", name);
        }
    }
    append_quoted(out, pool, reason->text);
    const char *location = sip_q850_location_name(reason->location);
    if (location != NULL) {
        wmem_strbuf_append_printf(out, " from %s", location);
    }
    return wmem_strbuf_finalize(out);
}

const char *
sipmsg_explain_warning(wmem_allocator_t *pool, const sip_warning *warning)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    const char *name = sip_warning_name(warning->code_number);
    wmem_strbuf_append_printf(out, "Warning %u", warning->code_number);
    if (name != NULL) {
        wmem_strbuf_append_printf(out, " (%s)", name);
    }
    append_quoted(out, pool, warning->text);
    if (warning->agent.length > 0) {
        wmem_strbuf_append(out, " from ");
        append_text(out, pool, warning->agent);
    }
    return wmem_strbuf_finalize(out);
}

/* The evidence is a list of clauses; this starts the next one. */
static void
next_clause(wmem_strbuf_t *out, bool *have_evidence)
{
    wmem_strbuf_append(out, *have_evidence ? "; " : ": ");
    *have_evidence = true;
}

static void
append_reasons(wmem_strbuf_t *out, wmem_allocator_t *pool, const sip_message *message, bool *have_evidence)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    sip_reason reason;
    while (sip_span_present(message->reason) && sip_header_walk_next(&walk, SIP_HEADER_REASON, &value)) {
        if (sip_reason_parse(value, &reason)) {
            next_clause(out, have_evidence);
            wmem_strbuf_append(out, sipmsg_explain_reason(pool, &reason));
        }
    }
}

static void
append_warnings(wmem_strbuf_t *out, wmem_allocator_t *pool, const sip_message *message, bool *have_evidence)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    sip_warning warning;
    while (sip_span_present(message->warning) && sip_header_walk_next(&walk, SIP_HEADER_WARNING, &value)) {
        if (sip_warning_parse(value, &warning)) {
            next_clause(out, have_evidence);
            wmem_strbuf_append(out, sipmsg_explain_warning(pool, &warning));
        }
    }
}

/* Retry-After = delta-seconds [ comment ] *( ";" retry-param ) (RFC 3261 section
 * 20.33) */
static void
append_retry_after(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span value)
{
    size_t digits = sip_span_run(value, SIP_CHAR_DIGIT);
    if (digits == 0) {
        wmem_strbuf_append(out, "Retry-After ");
        append_text(out, pool, value);
        return;
    }
    wmem_strbuf_append(out, "try again after ");
    append_text(out, pool, (sip_span){value.data, digits});
    wmem_strbuf_append(out, " s");
    sip_span remark = sip_span_trim(sip_span_from(value, digits));
    if (remark.length > 0) {
        wmem_strbuf_append_c(out, ' ');
        append_text(out, pool, remark);
    }
}

/* challenge = ("Digest" LWS digest-cln *(COMMA digest-cln)) / other-challenge
 * (RFC 3261 section 25.1) */
static void
append_challenge(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span value)
{
    sip_span scheme = {value.data, sip_span_run(value, SIP_CHAR_TOKEN)};
    sip_span parameters = sip_span_from(value, scheme.length);
    sip_span realm = sip_parameter_find(parameters, ',', SIP_SPAN("realm"));
    sip_span algorithm = sip_parameter_find(parameters, ',', SIP_SPAN("algorithm"));
    sip_span stale = sip_parameter_find(parameters, ',', SIP_SPAN("stale"));

    append_text(out, pool, scheme);
    if (algorithm.length > 0) {
        wmem_strbuf_append_c(out, ' ');
        append_text(out, pool, algorithm);
    }
    if (realm.length > 0) {
        wmem_strbuf_append(out, " realm");
        append_quoted(out, pool, realm);
    }
    if (sip_span_equal_nocase(stale, SIP_SPAN("true"))) {
        wmem_strbuf_append(out, ", the nonce has expired");
    }
}

/* What the header field says that the status code calls for. */
static void
append_evidence(wmem_strbuf_t *out, wmem_allocator_t *pool, const sip_message *message, sip_header_id id,
                bool *have_evidence)
{
    sip_span value = id == SIP_HEADER_NONE ? (sip_span){NULL, 0} : sip_header_find(message->headers, id);
    if (!sip_span_present(value) || id == SIP_HEADER_WARNING) {
        return;
    }
    next_clause(out, have_evidence);
    switch (id) {
    case SIP_HEADER_RETRY_AFTER:
        append_retry_after(out, pool, value);
        break;
    case SIP_HEADER_WWW_AUTHENTICATE:
    case SIP_HEADER_PROXY_AUTHENTICATE:
        append_challenge(out, pool, value);
        break;
    default:
        wmem_strbuf_append_printf(out, "%s: ", sip_header_name(id));
        append_text(out, pool, value);
        break;
    }
}

/* ": clauses. Meaning." or ": meaning." */
static void
append_meaning(wmem_strbuf_t *out, const char *meaning, bool have_evidence)
{
    if (have_evidence) {
        wmem_strbuf_append(out, ". ");
        wmem_strbuf_append_c(out, g_ascii_toupper(meaning[0]));
        wmem_strbuf_append(out, meaning + 1);
    } else {
        wmem_strbuf_append_printf(out, ": %s", meaning);
    }
    wmem_strbuf_append_c(out, '.');
}

/* What to say of a failure whose code is not registered. */
static const char *
class_meaning(uint32_t code)
{
    return code < 500   ? "the request was refused; receivers treat the code as 400"
           : code < 600 ? "the server failed; receivers treat the code as 500"
                        : "nobody will take the request; receivers treat the code as 600";
}

const char *
sipmsg_explain_failure(wmem_allocator_t *pool, const sip_message *message)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    uint32_t code = sip_start_line_code(&message->start_line);
    const sip_status_info *info = sip_status_lookup(code);
    sip_header_id evidence = info != NULL ? info->evidence : SIP_HEADER_NONE;
    sip_span method = sip_message_method(message);
    bool have_evidence = false;

    append_status(out, pool, &message->start_line);
    if (method.length > 0) {
        wmem_strbuf_append(out, " to ");
        append_text(out, pool, method);
    }
    append_reasons(out, pool, message, &have_evidence);
    append_warnings(out, pool, message, &have_evidence);
    append_evidence(out, pool, message, evidence, &have_evidence);
    if (evidence != SIP_HEADER_RETRY_AFTER) {
        append_evidence(out, pool, message, SIP_HEADER_RETRY_AFTER, &have_evidence);
    }
    append_evidence(out, pool, message, SIP_HEADER_ERROR_INFO, &have_evidence);
    append_meaning(out, info != NULL && info->meaning != NULL ? info->meaning : class_meaning(code), have_evidence);
    return wmem_strbuf_finalize(out);
}

const char *
sipmsg_explain_unknown_method(wmem_allocator_t *pool, sip_span method)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "Unknown method ");
    sip_method registered = sip_method_lookup_nocase(method);
    const char *note = sip_other_method_note(method);

    append_text(out, pool, method);
    if (registered != SIP_METHOD_UNKNOWN) {
        wmem_strbuf_append_printf(out, ": methods are case-sensitive, the registered one is %s (RFC 3261 section 7.1)",
                                  sip_method_name(registered));
    } else if (note != NULL) {
        wmem_strbuf_append_printf(out, ": %s", note);
    } else {
        wmem_strbuf_append(out, ": not registered with IANA; servers answer 405 or 501");
    }
    return wmem_strbuf_finalize(out);
}

const char *
sipmsg_explain_unregistered_status(wmem_allocator_t *pool, uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    unsigned treated_as = code < 200 ? 183 : code / 100 * 100;
    return wmem_strdup_printf(
        pool, "Status code %u is not registered%s%s%s; receivers treat it as %u (RFC 3261 section 8.1.3.2)", code,
        info != NULL ? " (" : "", info != NULL ? info->note : "", info != NULL ? ")" : "", treated_as);
}
