/* framing.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "framing.h"

#include "limits.h"

static size_t
line_breaks(sip_span data)
{
    size_t length = 0;
    while (length < data.length && (data.data[length] == '\r' || data.data[length] == '\n')) {
        length++;
    }
    return length;
}

/* Whether data without a line end may be the first part of a start line: a token,
 * or "SIP/" and the like, and text behind it. */
static bool
may_become_start_line(sip_span data)
{
    if (data.length > SIP_LIMIT_PARTIAL_LINE || sip_span_find(data, '\n') != NULL) {
        return false;
    }
    size_t blanks = sip_span_run(data, SIP_CHAR_BLANK);
    sip_span text = sip_span_from(data, blanks);
    size_t token = sip_span_run(text, SIP_CHAR_TOKEN);
    if (token == text.length) {
        return true;
    }
    return token > 0 && (sip_char_is(text.data[token], SIP_CHAR_BLANK) || text.data[token] == '/');
}

/* Bytes that belong to no message: up to the next start line at the start of a
 * line. */
static size_t
other_length(sip_span data)
{
    sip_start_line line;
    sip_span rest = data;
    const uint8_t *lf;
    while ((lf = sip_span_find(rest, '\n')) != NULL) {
        rest = sip_span_between(lf + 1, sip_span_end(data));
        bool is_text = rest.length > 0 && sip_char_is(rest.data[0], SIP_CHAR_TOKEN | SIP_CHAR_BLANK);
        if (is_text && sip_start_line_recognise(rest, &line) != SIP_NOT_A_START_LINE) {
            return (size_t)(rest.data - data.data);
        }
    }
    return data.length;
}

/* Decides on data that starts with frame->message. */
static void
frame_message(sip_span data, sip_frame *frame)
{
    sip_message *message = &frame->message;
    frame->kind = SIP_FRAME_INCOMPLETE;
    frame->length = data.length;
    frame->recognised = message->start_line.ending.length > 0;

    if (!message->headers_end) {
        if (data.length >= SIP_LIMIT_PARTIAL_HEADERS) {
            frame->kind = SIP_FRAME_MESSAGE;
        }
        return;
    }
    if (message->length_known && message->length > SIP_LIMIT_BODY) {
        sip_message_drop_body(message);
    } else if (message->length_known) {
        frame->missing = message->length - message->body.length;
    }
    /* A CR at the very end of the headers may be half of a CRLF. */
    if (message->body.data == sip_span_end(data) && data.data[data.length - 1] == '\r') {
        frame->missing++;
    }
    if (frame->missing == 0) {
        frame->kind = SIP_FRAME_MESSAGE;
        frame->length = (size_t)(sip_span_end(message->body) - data.data);
    }
}

/* A start line without an end that is longer than any is thought to be. */
static bool
is_endless(sip_span data, const sip_start_line *line)
{
    return line->ending.length == 0 && data.length > SIP_LIMIT_PARTIAL_LINE;
}

void
sip_framing_next(sip_span data, sip_frame *frame)
{
    *frame = (sip_frame){.length = line_breaks(data)};
    if (frame->length > 0) {
        frame->kind = SIP_FRAME_KEEP_ALIVE;
    } else if (sip_message_parse(data, true, &frame->message) && !is_endless(data, &frame->message.start_line)) {
        frame_message(data, frame);
    } else if (may_become_start_line(data)) {
        frame->kind = SIP_FRAME_INCOMPLETE;
        frame->length = data.length;
    } else {
        frame->kind = SIP_FRAME_OTHER;
        frame->length = other_length(data);
    }
}
