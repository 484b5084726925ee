/* start_line.h - request lines and status lines (RFC 3261 sections 7.1 and 7.2).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_START_LINE_H
#define SIPMSG_SIP_START_LINE_H

#include "fault.h"
#include "span.h"
#include "uri.h"

typedef enum sip_start_line_kind {
    SIP_NOT_A_START_LINE,
    SIP_REQUEST_LINE,
    SIP_STATUS_LINE,
} sip_start_line_kind;

typedef struct sip_start_line {
    sip_start_line_kind kind;
    sip_span lead;    /* empty lines and NULs before the line */
    sip_span line;    /* the line, white space at its ends included, without its line ending */
    sip_span ending;  /* CRLF, CR, LF, or empty where the data ends */
    sip_span method;  /* requests */
    sip_span uri;     /* requests: the Request-URI as sent */
    sip_span version; /* SIP-Version as sent; absent if the capture cut it off */
    sip_span code;    /* responses: the digits as sent */
    sip_span phrase;  /* responses: the reason phrase without white space at its ends; may be empty */
} sip_start_line;

/* Recognises the start line at the front of data. This is the heuristic: it
 * reads a few bytes of what is not SIP, changes nothing, and never fails.
 *
 * A status line is
 *   1. "SIP/" in any case, a digit, then digits and dots, and
 *   2. behind white space, one digit or more, which end the line or are followed
 *      by white space (or, for three digits, by a letter).
 * A request line is
 *   1. a method: one token character or more, then
 *   2. behind white space, a Request-URI: "*", or a scheme, a colon and something
 *      behind it, perhaps behind "<"; then
 *   3. behind white space, a SIP-Version as above, at the end of the line.
 * A Request-URI with white space inside is tolerated if it starts with sip:, sips: or
 * tel:, no other word in it does, and what follows the line speaks for SIP: a header
 * field, an empty line, or, behind a registered method and CRLF, nothing. One word
 * without a scheme is tolerated behind a registered method if it has an "@", or a header
 * field or an empty line follows. So lines of logs that quote SIP are not taken for it.
 * Empty lines, NULs and white space may stand before the line, white space
 * behind it. The line ends with CRLF, CR, LF or the data.
 *
 * Returns the kind and fills *line, whose spans point into data, only if it is a
 * start line. */
sip_start_line_kind sip_start_line_recognise(sip_span data, sip_start_line *line);

/* Whether "SIP/" stands anywhere in data, in any case: without it there is no start line, unless
 * the capture cut the line off. The quick look at what is not SIP. */
bool sip_start_line_is_possible(sip_span data);

/* Whether the line at the front of data is a start line if a header field follows, or an
 * empty line, and data ends before it shows whether one does: behind the line, in the midst
 * of a line ending, or in a name. What sip_start_line_recognise() says is then right for a
 * datagram, but on a stream (RFC 3261 section 7.5) more may show it to be wrong. Where
 * this is false, and the line has an ending, nothing that follows does. */
bool sip_start_line_is_open(sip_span data);

/* How far text agrees with the start of a line that only SIP has: a registered method, a
 * space and a scheme of SIP's, or a version, a space and a digit. */
typedef enum sip_agreement {
    SIP_NO_START_LINE,
    SIP_MAYBE_A_START_LINE, /* as far as it goes */
    SIP_SURELY_A_START_LINE,
} sip_agreement;

sip_agreement sip_start_line_agreement(sip_span text);

/* Recognises a request line in data that the capture cut off within it: by a registered
 * method and a scheme of SIP's. The Request-URI is then what there is of it, and the
 * version absent. False, and *line untouched, if data is something else. */
bool sip_start_line_recognise_cut(sip_span data, sip_start_line *line);

/* Notes in *faults how a recognised line breaks its grammar outside of its
 * Request-URI, whose faults sip_uri_parse() notes. on_stream: empty lines before
 * the line are legal (RFC 3261 section 7.5). cut: the capture ends with
 * the line, so that its end is no fault. */
void sip_start_line_check(const sip_start_line *line, bool on_stream, bool cut, sip_faults *faults);

/* Whether the version is SIP/2.0, compared without case (RFC 3261 section 7.1). */
bool sip_version_is_supported(sip_span version);

/* The status code of a status line, capped at UINT32_MAX. */
uint32_t sip_start_line_code(const sip_start_line *line);

/* Whether the status code is three digits from 100 to 699 (RFC 3261 section 7.2). */
bool sip_start_line_code_is_valid(const sip_start_line *line);

#endif
