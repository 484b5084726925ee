/* message.h - one whole message: start line, header section, body.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_MESSAGE_H
#define SIPMSG_SIP_MESSAGE_H

#include "header.h"
#include "span.h"
#include "start_line.h"

typedef struct sip_message {
    sip_start_line start_line;
    sip_span headers; /* the header section, with the empty line that ends it */
    sip_span body;    /* what Content-Length says, as far as the data goes; see sip_message_parse() */
    sip_span rest;    /* what follows the body in the data */
    sip_span cseq;    /* values of the first header fields of these names, absent if there is none */
    sip_span call_id;
    sip_span from;
    sip_span to;
    sip_span via;
    sip_span rseq;
    sip_span reason;
    sip_span warning;
    sip_span content_length;
    sip_span content_type;
    sip_span vias;     /* the rows from the first Via to the last, with what stands between them */
    bool headers_end;  /* the empty line was found */
    bool length_known; /* content_length is a number */
    uint32_t length;   /* that number, capped at UINT32_MAX */
} sip_message;

/* Recognises and splits the message at the front of data. Spans point into data.
 * on_stream: without Content-Length the body is empty, while in a datagram it
 * takes all that is left (RFC 3261 section 18.3).
 * False, and *message untouched, if data does not start with a start line (see
 * sip_start_line_recognise()). */
bool sip_message_parse(sip_span data, bool on_stream, sip_message *message);

/* Recognises a message whose request line the capture cut off; see
 * sip_start_line_recognise_cut(). All but the start line is empty. */
bool sip_message_parse_cut(sip_span data, sip_message *message);

/* Takes the body back: all that follows the header section is rest. */
void sip_message_drop_body(sip_message *message);

/* The method that the message is about: the request's own, or for a response
 * the one in CSeq; absent if CSeq is missing or malformed. */
sip_span sip_message_method(const sip_message *message);

#endif
