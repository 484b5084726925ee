/* framing.h - where messages begin and end on a stream (RFC 3261 sections 7.5 and
 * 18.3).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_FRAMING_H
#define SIPMSG_SIP_FRAMING_H

#include "message.h"

typedef enum sip_frame_kind {
    SIP_FRAME_MESSAGE,    /* a whole message */
    SIP_FRAME_KEEP_ALIVE, /* line breaks between messages (RFC 5626 section 4.4.1) */
    SIP_FRAME_INCOMPLETE, /* the start of a message, or what may become one */
    SIP_FRAME_OTHER,      /* bytes that belong to no message */
} sip_frame_kind;

typedef struct sip_frame {
    sip_frame_kind kind;
    size_t length;   /* how many bytes of the data it takes; at least 1 */
    size_t missing;  /* SIP_FRAME_INCOMPLETE: how many bytes more make it whole, 0 if that is not known */
    bool recognised; /* message is filled: always for SIP_FRAME_MESSAGE, and for
                        SIP_FRAME_INCOMPLETE once its start line is whole */
    bool reaches;    /* SIP_FRAME_MESSAGE: its Content-Length reaches into what follows it */
    bool likely;     /* not recognised yet, but what is there can hardly be anything else */
    sip_message message;
} sip_frame;

/* What stands at the front of data, which is what is there of a stream; data is
 * not empty. SIP_FRAME_OTHER ends where the next start line begins at the start of
 * a line, or may begin at the end of the data. A Content-Length that is absurd
 * (SIP_LIMIT_BODY) counts as 0; one that reaches into the next message ends before it,
 * unless the body is of a type that may quote messages. Keeps no state: the same bytes give
 * the same frame. Spans in *frame point into data.
 *
 * SIP_FRAME_INCOMPLETE is also a line of which what follows decides whether it is a start
 * line, while that is not there (sip_start_line_is_open()), up to SIP_LIMIT_PARTIAL_LINE;
 * and a message with more behind its body if the line that the body ends in is such a line,
 * or has no end yet and surely is a start line's front (sip_start_line_agreement()). What is
 * behind the body is then in message.rest, which is otherwise empty in an incomplete frame. */
void sip_framing_next(sip_span data, sip_frame *frame);

/* Whether a message stands at the front of data, perhaps behind line breaks, or so much of one
 * that it can hardly be anything else: the heuristic for a stream that is not known yet. It
 * says what sip_framing_next() would (recognised or likely), but looks at the front alone. */
bool sip_framing_starts(sip_span data);

#endif
