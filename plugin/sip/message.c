/* message.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "message.h"

/* Where the value of a header field is kept, NULL if it is not. */
static sip_span *
slot_of(sip_header_id id, sip_message *message)
{
    switch (id) {
    case SIP_HEADER_CSEQ:
        return &message->cseq;
    case SIP_HEADER_CALL_ID:
        return &message->call_id;
    case SIP_HEADER_FROM:
        return &message->from;
    case SIP_HEADER_TO:
        return &message->to;
    case SIP_HEADER_VIA:
        return &message->via;
    case SIP_HEADER_RSEQ:
        return &message->rseq;
    case SIP_HEADER_REASON:
        return &message->reason;
    case SIP_HEADER_WARNING:
        return &message->warning;
    case SIP_HEADER_CONTENT_LENGTH:
        return &message->content_length;
    case SIP_HEADER_CONTENT_TYPE:
        return &message->content_type;
    default:
        return NULL;
    }
}

/* Whether a row may be one that is kept: the initial of its name, long or compact, tells
 * for most that it is not. */
static bool
may_be_kept(sip_span row)
{
    switch (row.data[0] | 0x20) {
    case 'c': /* Call-ID, Content-Length, Content-Type, CSeq */
    case 'f':
    case 'i':
    case 'l':
    case 'r': /* Reason, RSeq */
    case 't':
    case 'v':
    case 'w':
        return true;
    default:
        return !sip_char_is(row.data[0], SIP_CHAR_ALPHA);
    }
}

/* Keeps the value of a header field, if it is the first of its name. */
static void
keep(const sip_header_field *field, sip_message *message)
{
    sip_span *slot = slot_of(field->id, message);
    if (slot != NULL && !sip_span_present(*slot)) {
        *slot = field->value;
    }
    if (field->id == SIP_HEADER_VIA) {
        const uint8_t *first = message->vias.length > 0 ? message->vias.data : field->line.data;
        message->vias = sip_span_between(first, sip_span_end(field->line));
    }
}

/* Walks the header section at the front of rest once, and notes what every
 * message needs. */
static void
split_headers(sip_span rest, sip_message *message)
{
    const uint8_t *first = rest.data;
    sip_header_field field;
    sip_span row;

    while (sip_header_row(&rest, &row)) {
        if (may_be_kept(row)) {
            sip_header_split(row, &field);
            keep(&field, message);
        }
    }
    message->length_known = sip_span_number(message->content_length, &message->length);
    message->headers_end = sip_span_present(row);
    message->headers = sip_span_between(first, rest.data);
    message->rest = rest;
}

/* Moves the body from the front of what follows the header section. */
static void
split_body(bool on_stream, sip_message *message)
{
    sip_span rest = message->rest;
    size_t length = message->length_known ? message->length : on_stream ? 0 : rest.length;
    if (length > rest.length) {
        length = rest.length;
    }
    message->body = (sip_span){rest.data, length};
    message->rest = sip_span_from(rest, length);
}

bool
sip_message_parse(sip_span data, bool on_stream, sip_message *message)
{
    sip_start_line line;
    if (sip_start_line_recognise(data, &line) == SIP_NOT_A_START_LINE) {
        return false;
    }
    *message = (sip_message){.start_line = line};
    split_headers(sip_span_between(sip_span_end(line.ending), sip_span_end(data)), message);
    split_body(on_stream, message);
    return true;
}

bool
sip_message_parse_cut(sip_span data, sip_message *message)
{
    sip_message found = {0};
    if (!sip_start_line_recognise_cut(data, &found.start_line)) {
        return false;
    }
    found.headers = found.body = found.rest = found.start_line.ending;
    *message = found;
    return true;
}

void
sip_message_drop_body(sip_message *message)
{
    message->rest = sip_span_between(message->body.data, sip_span_end(message->rest));
    message->body.length = 0;
}

sip_span
sip_message_method(const sip_message *message)
{
    sip_cseq cseq;
    if (message->start_line.kind == SIP_REQUEST_LINE) {
        return message->start_line.method;
    }
    if (sip_span_present(message->cseq) && sip_cseq_parse(message->cseq, &cseq)) {
        return cseq.method;
    }
    return (sip_span){NULL, 0};
}
