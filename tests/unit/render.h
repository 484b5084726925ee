/* render.h - results of the parser as text, to be compared with what a table of
 * cases expects.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bytes that do not print are shown by name or number: <CR>, <LF>, <TAB>, <NUL>,
 * <E9>. Parts are shown as " name=bytes" and left out where they are absent.
 */
#ifndef SIPMSG_UNIT_RENDER_H
#define SIPMSG_UNIT_RENDER_H

#include "sip/fault.h"
#include "sip/start_line.h"
#include "sip/uri.h"

typedef struct rendering {
    char text[16 * 1024]; /* what does not fit is cut off */
    size_t length;
} rendering;

/* Adds text as printf() would print it. */
__attribute__((format(printf, 2, 3))) void render(rendering *out, const char *format, ...);

/* Adds the bytes of a span. */
void render_bytes(rendering *out, sip_span bytes);

/* Adds " name=bytes" if part is present. */
void render_part(rendering *out, const char *name, sip_span part);

/* Adds a recognised line: "REQUEST method=INVITE uri=sip:bob@example.com
 * version=SIP/2.0". The parts " lead=" and " ending=" only stand where there is
 * something before the line, and where the line does not end with CRLF. */
void render_start_line(rendering *out, const sip_start_line *line);

/* Adds the kind and the parts of a URI: "SIP scheme=sip user=bob host=example.com". */
void render_uri(rendering *out, const sip_uri *uri);

/* Adds " faults=KIND@offset+length,..." in the order of faults.def, offsets in
 * base; nothing if there are no faults. */
void render_faults(rendering *out, sip_span base, const sip_faults *faults);

/* The identifier of a fault in faults.def. */
const char *fault_identifier(sip_fault_kind kind);

#endif
