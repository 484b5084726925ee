/* ladder_notes.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ladder_notes.h"

#include "ladder_media.h"

#include "dissect/explain.h"
#include "dissect/readable.h"
#include "sip/limits.h"

#include <epan/to_str.h>

#include <string.h>

sipmsg_ladder_notes *
sipmsg_ladder_notes_new(void)
{
    sipmsg_ladder_notes *notes = g_new0(sipmsg_ladder_notes, 1);
    notes->arena = sipmsg_arena_new();
    notes->names = sipmsg_names_new(notes->arena);
    notes->rungs = g_array_new(FALSE, FALSE, sizeof(sipmsg_rung));
    notes->facts = sipmsg_call_notes_new();
    return notes;
}

void
sipmsg_ladder_notes_free(sipmsg_ladder_notes *notes)
{
    sipmsg_call_notes_free(notes->facts);
    g_array_free(notes->rungs, TRUE);
    sipmsg_names_free(notes->names);
    sipmsg_arena_free(notes->arena);
    g_free(notes);
}

/* The text as long as the notes live, NULL if it is. */
static const char *
keep(sipmsg_ladder_notes *notes, const char *text)
{
    if (text == NULL) {
        return NULL;
    }
    return (const char *)sipmsg_name_of(notes->names, (sip_span){(const uint8_t *)text, strlen(text) + 1})->text.data;
}

static const char *
keep_address(sipmsg_ladder_notes *notes, packet_info *pinfo, const address *host)
{
    return keep(notes, host->type == AT_NONE ? "unknown" : address_to_str(pinfo->pool, host));
}

/* Text from the network made printable, cut if it is long. */
static const char *
printable(wmem_allocator_t *pool, sip_span text)
{
    const char *shown = sipmsg_readable(pool, sip_span_front(text, SIP_LIMIT_QUOTE));
    return text.length > SIP_LIMIT_QUOTE ? wmem_strdup_printf(pool, "%s..", shown) : shown;
}

static const char *
label_of(wmem_allocator_t *pool, const sip_start_line *line)
{
    if (line->kind == SIP_REQUEST_LINE) {
        return printable(pool, line->method);
    }
    return wmem_strdup_printf(pool, "%s%s%s", printable(pool, line->code), line->phrase.length > 0 ? " " : "",
                              printable(pool, line->phrase));
}

/* What one value of the field says in words, NULL if it breaks its grammar. */
static const char *
explain(wmem_allocator_t *pool, sip_header_id id, sip_span value)
{
    sip_reason reason;
    sip_warning warning;
    if (id == SIP_HEADER_REASON) {
        return sip_reason_parse(value, &reason) ? sipmsg_explain_reason(pool, &reason) : NULL;
    }
    return sip_warning_parse(value, &warning) ? sipmsg_explain_warning(pool, &warning) : NULL;
}

static void
append_values(wmem_strbuf_t *out, wmem_allocator_t *pool, const sip_message *message, sip_header_id id)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    for (int i = 0; i < SIP_LIMIT_LADDER_REASONS && sip_header_walk_next(&walk, id, &value); i++) {
        const char *text = explain(pool, id, value);
        if (text != NULL) {
            wmem_strbuf_append(out, wmem_strbuf_get_len(out) > 0 ? "; " : "");
            wmem_strbuf_append(out, text);
        }
    }
}

/* What Reason and Warning say, NULL if they say nothing. */
static const char *
reasons_of(wmem_allocator_t *pool, const sip_message *message)
{
    if (!sip_span_present(message->reason) && !sip_span_present(message->warning)) {
        return NULL;
    }
    wmem_strbuf_t *out = wmem_strbuf_new(pool, "");
    append_values(out, pool, message, SIP_HEADER_REASON);
    append_values(out, pool, message, SIP_HEADER_WARNING);
    return wmem_strbuf_get_len(out) > 0 ? wmem_strbuf_get_str(out) : NULL;
}

void
sipmsg_ladder_notes_add(sipmsg_ladder_notes *notes, packet_info *pinfo, const sipmsg_tap_data *data)
{
    const sipmsg_rung rung = {
        .sighting = data->sighting,
        .source = keep_address(notes, pinfo, &pinfo->src),
        .target = keep_address(notes, pinfo, &pinfo->dst),
        .label = keep(notes, label_of(pinfo->pool, &data->message->start_line)),
        .media = keep(notes, sipmsg_media_of(pinfo->pool, data->message)),
        .reasons = keep(notes, reasons_of(pinfo->pool, data->message)),
        .source_port = (uint16_t)pinfo->srcport,
        .target_port = (uint16_t)pinfo->destport,
    };
    g_array_append_val(notes->rungs, rung);
    sipmsg_call_notes_add(notes->facts, pinfo, data);
}
