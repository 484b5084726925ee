/* spans.h - that every span of what a parser gave lies inside of what it was given.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_FUZZ_SPANS_H
#define SIPMSG_FUZZ_SPANS_H

#include "fuzz.h"

#include "sip/address.h"
#include "sip/framing.h"
#include "sip/identity.h"
#include "sip/rules.h"

void spans_of_faults(sip_span whole, const sip_faults *faults);
void spans_of_start_line(sip_span whole, const sip_start_line *line);
void spans_of_uri(sip_span whole, const sip_uri *uri);
void spans_of_address(sip_span whole, const sip_address *address);
void spans_of_via(sip_span whole, const sip_via *via);
void spans_of_field(sip_span whole, const sip_header_field *field);
void spans_of_reason(sip_span whole, const sip_reason *reason);
void spans_of_warning(sip_span whole, const sip_warning *warning);
void spans_of_message(sip_span whole, const sip_message *message);
void spans_of_identity(sip_span whole, const sip_identity *identity);
void spans_of_findings(sip_span whole, const sip_findings *findings);
void spans_of_frame(sip_span whole, const sip_frame *frame);

/* The value of the first header field of that name, by a plain search; absent if there is none. */
sip_span spans_find_header(sip_span headers, sip_header_id id);

/* Fails unless both messages, of copies of the same bytes, are the same up to the body. */
void spans_same_head(sip_span of_a, const sip_message *a, sip_span of_b, const sip_message *b);

/* The same for start lines. */
bool spans_same_line(sip_span of_a, const sip_start_line *a, sip_span of_b, const sip_start_line *b);

/* The same for what identifies them. */
bool spans_same_identity(sip_span of_a, const sip_identity *a, sip_span of_b, const sip_identity *b);

#endif
