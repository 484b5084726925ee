/* spans.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "spans.h"

#define INSIDE(whole, record, part) fuzz_inside(whole, (record)->part, #part)

void
spans_of_faults(sip_span whole, const sip_faults *faults)
{
    for (int kind = 0; kind < SIP_FAULT_COUNT; kind++) {
        const char *text = sip_fault_text((sip_fault_kind)kind);
        fuzz_that(text != NULL && text[0] != '\0', "a text for each fault");
        fuzz_inside(whole, faults->at[kind], text);
    }
}

void
spans_of_start_line(sip_span whole, const sip_start_line *line)
{
    INSIDE(whole, line, lead);
    INSIDE(whole, line, line);
    INSIDE(whole, line, ending);
    INSIDE(line->line, line, method);
    INSIDE(line->line, line, uri);
    INSIDE(line->line, line, version);
    INSIDE(line->line, line, code);
    INSIDE(line->line, line, phrase);
}

void
spans_of_uri(sip_span whole, const sip_uri *uri)
{
    INSIDE(whole, uri, scheme);
    INSIDE(whole, uri, user);
    INSIDE(whole, uri, password);
    INSIDE(whole, uri, host);
    INSIDE(whole, uri, port);
    INSIDE(whole, uri, parameters);
    INSIDE(whole, uri, headers);
    INSIDE(whole, uri, opaque);
}

void
spans_of_address(sip_span whole, const sip_address *address)
{
    INSIDE(whole, address, display_name);
    INSIDE(whole, address, uri);
    INSIDE(whole, address, parameters);
    INSIDE(whole, address, at);
}

void
spans_of_via(sip_span whole, const sip_via *via)
{
    INSIDE(whole, via, transport);
    INSIDE(whole, via, host);
    INSIDE(whole, via, port);
    INSIDE(whole, via, parameters);
    INSIDE(whole, via, bad);
}

void
spans_of_field(sip_span whole, const sip_header_field *field)
{
    INSIDE(whole, field, line);
    INSIDE(field->line, field, name);
    INSIDE(field->line, field, value);
    fuzz_that(field->id >= SIP_HEADER_NONE && field->id < SIP_HEADER_COUNT, "a header field of the list");
}

void
spans_of_reason(sip_span whole, const sip_reason *reason)
{
    INSIDE(whole, reason, protocol);
    INSIDE(whole, reason, cause);
    INSIDE(whole, reason, text);
    INSIDE(whole, reason, location);
}

void
spans_of_warning(sip_span whole, const sip_warning *warning)
{
    INSIDE(whole, warning, code);
    INSIDE(whole, warning, agent);
    INSIDE(whole, warning, text);
}

void
spans_of_message(sip_span whole, const sip_message *message)
{
    spans_of_start_line(whole, &message->start_line);
    INSIDE(whole, message, headers);
    INSIDE(whole, message, body);
    INSIDE(whole, message, rest);
    INSIDE(message->headers, message, cseq);
    INSIDE(message->headers, message, call_id);
    INSIDE(message->headers, message, from);
    INSIDE(message->headers, message, to);
    INSIDE(message->headers, message, via);
    INSIDE(message->headers, message, rseq);
    INSIDE(message->headers, message, reason);
    INSIDE(message->headers, message, warning);
    INSIDE(message->headers, message, content_length);
    INSIDE(message->headers, message, content_type);
    INSIDE(message->headers, message, vias);
}

void
spans_of_identity(sip_span whole, const sip_identity *identity)
{
    INSIDE(whole, identity, call_id);
    INSIDE(whole, identity, from_tag);
    INSIDE(whole, identity, to_tag);
    INSIDE(whole, identity, branch);
    INSIDE(whole, identity, sent_by);
    INSIDE(whole, identity, cseq.method);
}

void
spans_of_findings(sip_span whole, const sip_findings *findings)
{
    fuzz_that(findings->count <= SIP_LIMIT_FINDINGS, "no more findings than the limit");
    fuzz_that(!findings->more || findings->count == SIP_LIMIT_FINDINGS, "a full list where there are more");
    for (size_t i = 0; i < findings->count; i++) {
        const sip_finding *finding = &findings->list[i];
        fuzz_that(finding->rule >= 0 && finding->rule < SIP_RULE_COUNT, "a rule of the list");
        fuzz_that(finding->header >= SIP_HEADER_NONE && finding->header < SIP_HEADER_COUNT,
                  "a header field of the list");
        fuzz_that(finding->fault >= 0 && finding->fault < SIP_FAULT_COUNT, "a fault of the list");
        fuzz_that(sip_rule_text(finding->rule) != NULL, "a text for each rule");
        fuzz_that(sip_span_present(finding->at), "a place for each finding");
        fuzz_inside(whole, finding->at, sip_rule_text(finding->rule));
        fuzz_that(i == 0 || findings->list[i - 1].at.data <= finding->at.data, "findings in the order of the bytes");
    }
}

void
spans_of_frame(sip_span whole, const sip_frame *frame)
{
    fuzz_that(frame->length >= 1 && frame->length <= whole.length, "a frame with a length, inside of the data");
    fuzz_that(frame->kind != SIP_FRAME_MESSAGE || frame->recognised, "a message that is recognised");
    if (frame->recognised) {
        spans_of_message(whole, &frame->message);
    }
}

sip_span
spans_find_header(sip_span headers, sip_header_id id)
{
    sip_header_field field;
    while (sip_header_next(&headers, &field)) {
        if (field.id == id) {
            return field.value;
        }
    }
    return (sip_span){NULL, 0};
}

bool
spans_same_line(sip_span of_a, const sip_start_line *a, sip_span of_b, const sip_start_line *b)
{
#define SAME(part) fuzz_same_place(fuzz_place_of(of_a, a->part), fuzz_place_of(of_b, b->part))
    return a->kind == b->kind && SAME(lead) && SAME(line) && SAME(ending) && SAME(method) && SAME(uri) &&
           SAME(version) && SAME(code) && SAME(phrase);
}

void
spans_same_head(sip_span of_a, const sip_message *a, sip_span of_b, const sip_message *b)
{
    fuzz_that(spans_same_line(of_a, &a->start_line, of_b, &b->start_line), "the same start line");
    fuzz_that(SAME(headers), "the same header section");
    fuzz_that(SAME(cseq) && SAME(call_id) && SAME(from) && SAME(to) && SAME(via) && SAME(rseq) && SAME(reason) &&
                  SAME(warning) && SAME(content_length) && SAME(content_type) && SAME(vias),
              "the same header fields");
    fuzz_that(a->headers_end == b->headers_end && a->length_known == b->length_known && a->length == b->length,
              "the same numbers");
}

bool
spans_same_identity(sip_span of_a, const sip_identity *a, sip_span of_b, const sip_identity *b)
{
    return SAME(call_id) && SAME(from_tag) && SAME(to_tag) && SAME(branch) && SAME(sent_by) && SAME(cseq.method) &&
           a->sent_by_port == b->sent_by_port && a->has_magic_cookie == b->has_magic_cookie &&
           a->cseq.number == b->cseq.number && a->response_seq == b->response_seq;
}
