/* explain.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "explain.h"

#include "readable.h"

#include "sip/limits.h"
#include "sip/registry.h"

/* Text from the network made printable, cut where it would drown the sentence. */
static const char *
printable(wmem_allocator_t *pool, sip_span text)
{
    return sipmsg_readable(pool, sip_span_front(text, SIP_LIMIT_QUOTE));
}

static void
append_text(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span text)
{
    wmem_strbuf_append(out, printable(pool, text));
    if (text.length > SIP_LIMIT_QUOTE) {
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

/* A text that the message gives to a cause, unless it only repeats the cause's name. */
static void
append_other_text(wmem_strbuf_t *out, wmem_allocator_t *pool, sip_span text, const char *name)
{
    if (name == NULL || !sip_span_equal_nocase(text, (sip_span){(const uint8_t *)name, strlen(name)})) {
        append_quoted(out, pool, text);
    }
}

const char *
sipmsg_explain_reason(wmem_allocator_t *pool, const sip_reason *reason)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    const char *name = NULL;
    append_text(out, pool, reason->protocol);
    if (sip_span_present(reason->cause)) {
        wmem_strbuf_append_printf(out, " cause %u", reason->cause_number);
        name = sip_reason_cause_name(reason->protocol, reason->cause_number);
        if (name != NULL) {
            wmem_strbuf_append_printf(out, " (%s)", name);
        }
    }
    append_other_text(out, pool, reason->text, name);
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
    append_other_text(out, pool, warning->text, name);
    if (warning->agent.length > 0) {
        wmem_strbuf_append(out, " from ");
        append_text(out, pool, warning->agent);
    }
    return wmem_strbuf_finalize(out);
}

/* The pieces of evidence that a sentence gives, in the order of their weight. */
typedef struct evidence {
    const char *clauses[SIP_LIMIT_CLAUSES];
    unsigned count;
    bool has[SIP_HEADER_COUNT]; /* the header fields of the message */
} evidence;

static void
add_clause(evidence *found, const char *clause)
{
    if (found->count < SIP_LIMIT_CLAUSES) {
        found->clauses[found->count++] = clause;
    }
}

static void
gather_reasons(wmem_allocator_t *pool, const sip_message *message, evidence *found)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    sip_reason reason;
    while (found->count < SIP_LIMIT_CLAUSES && sip_header_walk_next(&walk, SIP_HEADER_REASON, &value)) {
        if (sip_reason_parse(value, &reason)) {
            add_clause(found, sipmsg_explain_reason(pool, &reason));
        }
    }
}

static void
gather_warnings(wmem_allocator_t *pool, const sip_message *message, evidence *found)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    sip_warning warning;
    while (found->count < SIP_LIMIT_CLAUSES && sip_header_walk_next(&walk, SIP_HEADER_WARNING, &value)) {
        if (sip_warning_parse(value, &warning)) {
            add_clause(found, sipmsg_explain_warning(pool, &warning));
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

/* What the rows of a header field say, as one clause; NULL if there are none or they say
 * nothing. */
static const char *
explain_header(wmem_allocator_t *pool, const sip_message *message, sip_header_id id)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    sip_span rest = message->headers;
    sip_header_field field;

    while (wmem_strbuf_get_len(out) < SIP_LIMIT_QUOTE && sip_header_next(&rest, &field)) {
        if (field.id != id || field.value.length == 0) {
            continue;
        }
        bool first = wmem_strbuf_get_len(out) == 0;
        switch (id) {
        case SIP_HEADER_RETRY_AFTER:
            append_retry_after(out, pool, field.value);
            return wmem_strbuf_finalize(out);
        case SIP_HEADER_MIN_SE:
        case SIP_HEADER_MIN_EXPIRES:
            wmem_strbuf_append(out, "at least ");
            append_text(out, pool, field.value);
            wmem_strbuf_append(out, " s");
            return wmem_strbuf_finalize(out);
        case SIP_HEADER_WWW_AUTHENTICATE:
        case SIP_HEADER_PROXY_AUTHENTICATE:
            wmem_strbuf_append(out, first ? "" : ", or ");
            append_challenge(out, pool, field.value);
            break;
        default:
            wmem_strbuf_append_printf(out, "%s", first ? sip_header_name(id) : ",");
            wmem_strbuf_append(out, first ? ": " : " ");
            append_text(out, pool, field.value);
            break;
        }
    }
    return wmem_strbuf_get_len(out) > 0 ? wmem_strbuf_finalize(out) : NULL;
}

static void
gather_header(wmem_allocator_t *pool, const sip_message *message, sip_header_id id, evidence *found)
{
    const char *clause = found->has[id] ? explain_header(pool, message, id) : NULL;
    if (clause != NULL) {
        add_clause(found, clause);
    }
}

/* Notes which header fields there are, so that none is looked for in vain. */
static void
note_headers(const sip_message *message, evidence *found)
{
    sip_span rest = message->headers;
    sip_header_field field;
    while (sip_header_next(&rest, &field)) {
        found->has[field.id] = true;
    }
}

/* All that the message says of its failure. */
static void
gather_evidence(wmem_allocator_t *pool, const sip_message *message, sip_header_id particulars, evidence *found)
{
    note_headers(message, found);
    if (sip_span_present(message->reason)) {
        gather_reasons(pool, message, found);
    }
    if (sip_span_present(message->warning)) {
        gather_warnings(pool, message, found);
    }
    if (particulars != SIP_HEADER_NONE && particulars != SIP_HEADER_WARNING) {
        gather_header(pool, message, particulars, found);
    }
    if (particulars == SIP_HEADER_ACCEPT) {
        /* RFC 3261 section 21.4.13 */
        gather_header(pool, message, SIP_HEADER_ACCEPT_ENCODING, found);
        gather_header(pool, message, SIP_HEADER_ACCEPT_LANGUAGE, found);
    }
    if (particulars != SIP_HEADER_RETRY_AFTER) {
        gather_header(pool, message, SIP_HEADER_RETRY_AFTER, found);
    }
    gather_header(pool, message, SIP_HEADER_ERROR_INFO, found);
}

/* Puts the sentence together: "head: clauses. Meaning." or "head: meaning." Clauses for
 * which there is no room are left out; they stand in the tree all the same. */
static const char *
compose(wmem_strbuf_t *out, const evidence *found, const char *meaning, size_t limit)
{
    size_t used = wmem_strbuf_get_len(out) + strlen(meaning) + strlen(": . .");
    bool any = false;
    for (unsigned i = 0; i < found->count; i++) {
        size_t length = strlen("; ") + strlen(found->clauses[i]);
        if (used + length <= limit) {
            wmem_strbuf_append(out, any ? "; " : ": ");
            wmem_strbuf_append(out, found->clauses[i]);
            used += length;
            any = true;
        }
    }
    wmem_strbuf_append(out, any ? ". " : ": ");
    char first = meaning[0];
    if (any) {
        first = g_ascii_toupper(first);
    }
    wmem_strbuf_append_c(out, first);
    wmem_strbuf_append(out, meaning + 1);
    wmem_strbuf_append_c(out, '.');
    return wmem_strbuf_finalize(out);
}

/* A time in the unit that suits it: "0.4 ms", "312 ms", "4.2 s", "75 s". */
static void
append_time(wmem_strbuf_t *out, int64_t time)
{
    double milliseconds = (double)time / (SIPMSG_SECOND / 1000);
    if (milliseconds < 1000) {
        wmem_strbuf_append_printf(out, "%.*f ms", milliseconds < 10 ? 1 : 0, milliseconds);
    } else {
        wmem_strbuf_append_printf(out, "%.*f s", milliseconds < 10000 ? 1 : 0, milliseconds / 1000);
    }
}

/* " after 312 ms", if it is known when the request was sent. */
static void
append_delay(wmem_strbuf_t *out, const sipmsg_sighting *response)
{
    int64_t delay = sipmsg_sighting_delay(response);
    if (delay >= 0) {
        wmem_strbuf_append(out, " after ");
        append_time(out, delay);
    }
}

/* " sip:bob@example.com after 312 ms" of the request, if it was seen. */
static void
append_request(wmem_strbuf_t *out, wmem_allocator_t *pool, const sipmsg_sighting *response)
{
    const sipmsg_name *uri = response->transaction->uri;
    if (uri != NULL && uri->text.length > 0) {
        wmem_strbuf_append_c(out, ' ');
        append_text(out, pool, uri->text);
    }
    append_delay(out, response);
}

const char *
sipmsg_explain_answer(wmem_allocator_t *pool, const sipmsg_sighting *final)
{
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    const sip_status_info *info = sip_status_lookup(final->status);
    wmem_strbuf_append_printf(out, "%u", final->status);
    if (info != NULL && info->phrase != NULL) {
        wmem_strbuf_append_printf(out, " %s", info->phrase);
    }
    append_delay(out, final);
    return wmem_strbuf_finalize(out);
}

/* What a 481 means that had to be (RFC 3261 sections 9.2 and 15.1.2). */
static const char *
meaning_of_crossing(sip_method method)
{
    return method == SIP_METHOD_CANCEL
               ? "the CANCEL crossed the final response to its INVITE, and there was nothing left to cancel"
               : "both sides hung up at the same time, and the BYEs crossed";
}

sipmsg_failure
sipmsg_explain_failure(wmem_allocator_t *pool, const sip_message *message, const sipmsg_sighting *sighting,
                       bool crossed)
{
    wmem_strbuf_t *sentence = wmem_strbuf_new(pool, "");
    wmem_strbuf_t *summary = wmem_strbuf_new(pool, "");
    uint32_t code = sip_start_line_code(&message->start_line);
    const sip_status_info *info = sip_status_lookup(code);
    sip_span method = sip_message_method(message);
    sip_method known = sip_method_lookup(method);
    const char *meaning = crossed ? meaning_of_crossing(known) : sip_failure_meaning(code, known);
    evidence found = {.count = 0};

    append_status(summary, pool, &message->start_line);
    if (method.length > 0) {
        wmem_strbuf_append(summary, " to ");
        append_text(summary, pool, method);
    }
    wmem_strbuf_append(sentence, wmem_strbuf_get_str(summary));
    if (sighting != NULL) {
        append_request(sentence, pool, sighting);
    }
    gather_evidence(pool, message, info != NULL ? info->evidence : SIP_HEADER_NONE, &found);
    return (sipmsg_failure){
        .sentence = compose(sentence, &found, meaning, SIP_LIMIT_SENTENCE),
        .summary = compose(summary, &found, meaning, SIP_LIMIT_SUMMARY),
    };
}

const char *
sipmsg_fill_in(wmem_allocator_t *pool, const char *text, const char *name)
{
    const char *gap = strstr(text, "%s");
    if (gap == NULL) {
        return text;
    }
    return wmem_strdup_printf(pool, "%.*s%s%s", (int)(gap - text), text, name, gap + 2);
}

const char *
sipmsg_explain_finding(wmem_allocator_t *pool, const sip_finding *finding)
{
    const char *name = sip_header_name(finding->header);
    if (finding->rule == SIP_RULE_ADDRESS_URI) {
        return sipmsg_fill_in(pool, sip_fault_text(finding->fault), wmem_strdup_printf(pool, "URI in %s", name));
    }
    return sipmsg_fill_in(pool, sip_rule_text(finding->rule), name != NULL ? name : "");
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
