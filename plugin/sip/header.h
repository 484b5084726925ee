/* header.h - the header section of a message: fields, and parts of their values
 * (RFC 3261 sections 7.3 and 25.1).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_HEADER_H
#define SIPMSG_SIP_HEADER_H

#include "registry.h"
#include "span.h"

/* One header field as it stands in the message. */
typedef struct sip_header_field {
    sip_header_id id; /* SIP_HEADER_NONE: a name that is not known, or no name */
    sip_span line;    /* the field with its folded lines, without the last line ending */
    sip_span name;    /* as sent; empty where the line has no colon */
    sip_span value;   /* without white space at its ends, folding left in */
} sip_header_field;

/* Takes the next row off the front of *rest: a header field as it stands there. Lines
 * end with CRLF, CR or LF; a line that starts with white space continues the row before
 * it (RFC 3261 section 7.3.1). False at the empty line that ends the header section,
 * which is taken off too so that *rest starts with the body, and *row is then empty;
 * false at the end of the data, and *row is then absent. */
bool sip_header_row(sip_span *rest, sip_span *row);

/* Takes a row apart. */
void sip_header_split(sip_span row, sip_header_field *field);

/* Both: takes the next header field off the front of *rest. If false, field->line is
 * empty or absent, as *row above, and the others are untouched. */
bool sip_header_next(sip_span *rest, sip_header_field *field);

/* A walk over all values of header fields of one name: every row of it, and every
 * member of a row's comma list (RFC 3261 section 7.3.1). Start with
 * {.rows = headers}. */
typedef struct sip_header_walk {
    sip_span rows;
    sip_span members;
} sip_header_walk;

/* The next value, without white space at its ends; false when there is no more.
 * Empty members are passed over. */
bool sip_header_walk_next(sip_header_walk *walk, sip_header_id id, sip_span *value);

/* Takes the text before the next separator off the front of *rest, trimmed. The
 * separator does not count inside a quoted string or angle brackets. False when
 * *rest is used up; an absent *rest is used up. */
bool sip_value_next(sip_span *rest, uint8_t separator, sip_span *item);

/* The length of the quoted string at the front of text, its quotes included; of all of
 * text if the closing quote is missing. text starts with a quote. */
size_t sip_quoted_string_length(sip_span text);

/* Whether text is one quoted string from end to end (RFC 3261 section 25.1). */
bool sip_is_quoted_string(sip_span text);

/* The text of quoted-string without its quotes, escapes left in; text itself if
 * it is not quoted. */
sip_span sip_unquote(sip_span text);

/* The value of the named parameter among parameters, which are separated by
 * separator (';' mostly, ',' in challenges): unquoted, empty for a flag, absent
 * (data NULL) if there is none. Names are compared without case. */
sip_span sip_parameter_find(sip_span parameters, uint8_t separator, sip_span name);

/* CSeq = 1*DIGIT LWS Method (RFC 3261 section 20.16) */
typedef struct sip_cseq {
    uint32_t number; /* capped at UINT32_MAX */
    sip_span method;
} sip_cseq;

/* False, and *cseq untouched, if value breaks the grammar. */
bool sip_cseq_parse(sip_span value, sip_cseq *cseq);

/* reason-value = protocol *( ";" reason-params ) (RFC 3326 section 2) */
typedef struct sip_reason {
    sip_span protocol;
    sip_span cause;        /* its digits, absent if there is none or it is no number */
    uint32_t cause_number; /* valid if cause is present; capped at UINT32_MAX */
    sip_span text;         /* without quotes, absent if there is none */
    sip_span location;     /* RFC 8606, absent if there is none */
} sip_reason;

/* False, and *reason untouched, if value has no protocol. */
bool sip_reason_parse(sip_span value, sip_reason *reason);

/* warning-value = 3DIGIT SP warn-agent SP quoted-string (RFC 3261 section 20.43) */
typedef struct sip_warning {
    sip_span code; /* its digits */
    uint32_t code_number;
    sip_span agent;
    sip_span text; /* without quotes */
} sip_warning;

/* False, and *warning untouched, if value does not start with a number and white
 * space; agent and text may then be empty. */
bool sip_warning_parse(sip_span value, sip_warning *warning);

#endif
