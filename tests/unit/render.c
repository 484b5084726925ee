/* render.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "render.h"

#include <stdarg.h>
#include <stdio.h>

void
render(rendering *out, const char *format, ...)
{
    va_list arguments;
    size_t left = sizeof(out->text) - out->length;
    va_start(arguments, format);
    int added = vsnprintf(out->text + out->length, left, format, arguments);
    va_end(arguments);
    if (added > 0) {
        out->length += (size_t)added < left ? (size_t)added : left - 1;
    }
}

static void
render_byte(rendering *out, uint8_t byte)
{
    switch (byte) {
    case '\r':
        render(out, "<CR>");
        break;
    case '\n':
        render(out, "<LF>");
        break;
    case '\t':
        render(out, "<TAB>");
        break;
    case 0:
        render(out, "<NUL>");
        break;
    default:
        render(out, byte < ' ' || byte > '~' ? "<%02X>" : "%c", byte);
    }
}

void
render_bytes(rendering *out, sip_span bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        render_byte(out, bytes.data[i]);
    }
}

void
render_part(rendering *out, const char *name, sip_span part)
{
    if (sip_span_present(part)) {
        render(out, " %s=", name);
        render_bytes(out, part);
    }
}

void
render_start_line(rendering *out, const sip_start_line *line)
{
    render(out, line->kind == SIP_REQUEST_LINE ? "REQUEST" : line->kind == SIP_STATUS_LINE ? "STATUS" : "NONE");
    if (line->lead.length > 0) {
        render_part(out, "lead", line->lead);
    }
    render_part(out, "method", line->method);
    render_part(out, "uri", line->uri);
    render_part(out, "version", line->version);
    render_part(out, "code", line->code);
    render_part(out, "phrase", line->phrase);
    if (line->ending.length != 2) {
        render_part(out, "ending", line->ending);
    }
}

void
render_uri(rendering *out, const sip_uri *uri)
{
    static const char *const kinds[] = {
        [SIP_URI_NONE] = "NONE",
        [SIP_URI_SIP] = "SIP",
        [SIP_URI_TEL] = "TEL",
        [SIP_URI_ABSOLUTE] = "ABSOLUTE",
    };
    render(out, "%s", kinds[uri->kind]);
    render_part(out, "scheme", uri->scheme);
    render_part(out, "user", uri->user);
    render_part(out, "password", uri->password);
    render_part(out, "host", uri->host);
    if (sip_span_present(uri->port)) {
        render_part(out, "port", uri->port);
        render(out, "(%u)", uri->port_number);
    }
    render_part(out, "params", uri->parameters);
    render_part(out, "headers", uri->headers);
    render_part(out, "opaque", uri->opaque);
}

const char *
fault_identifier(sip_fault_kind kind)
{
    static const char *const identifiers[] = {
#define SIP_FAULT(identifier, text) [SIP_FAULT_##identifier] = #identifier,
#include "sip/faults.def"
    };
    return identifiers[kind];
}

void
render_faults(rendering *out, sip_span base, const sip_faults *faults)
{
    const char *before = " faults=";
    for (int kind = 0; kind < SIP_FAULT_COUNT; kind++) {
        sip_span at = faults->at[kind];
        if (sip_span_present(at)) {
            render(out, "%s%s@%zu+%zu", before, fault_identifier((sip_fault_kind)kind), (size_t)(at.data - base.data),
                   at.length);
            before = ",";
        }
    }
}
