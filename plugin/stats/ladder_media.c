/* ladder_media.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ladder_media.h"

#include "dissect/readable.h"
#include "sip/limits.h"

#include <string.h>

/* What stands for all media, or for one of them. Absent parts have data NULL. */
typedef struct medium {
    sip_span type;
    sip_span port;
    sip_span address;
    sip_span direction;
} medium;

typedef struct description {
    medium session; /* what holds where a medium says nothing else */
    medium current;
    unsigned media;
    wmem_strbuf_t *out;
    wmem_allocator_t *pool;
} description;

/* Takes the next word off the front of *text; empty if there is none. */
static sip_span
next_word(sip_span *text)
{
    *text = sip_span_trim(*text);
    const uint8_t *space = sip_span_find(*text, ' ');
    sip_span word = space != NULL ? sip_span_between(text->data, space) : *text;
    *text = sip_span_from(*text, word.length);
    return word;
}

/* The text up to the first such byte. */
static sip_span
up_to(sip_span text, uint8_t byte)
{
    const uint8_t *found = sip_span_find(text, byte);
    return found != NULL ? sip_span_between(text.data, found) : text;
}

static void
append_word(description *sdp, sip_span word)
{
    wmem_strbuf_append(sdp->out, sipmsg_readable(sdp->pool, sip_span_front(word, SIP_LIMIT_LADDER_WORD)));
}

/* " 192.0.2.10:20260", " [2001:db8::10]:20260" or " port 20260". */
static void
append_place(description *sdp, sip_span host, sip_span port)
{
    bool version6 = sip_span_present(host) && sip_span_find(host, ':') != NULL;
    wmem_strbuf_append(sdp->out, !sip_span_present(host) ? " port " : version6 ? " [" : " ");
    if (sip_span_present(host)) {
        append_word(sdp, host);
        wmem_strbuf_append(sdp->out, version6 ? "]:" : ":");
    }
    append_word(sdp, port);
}

static sip_span
either(sip_span own, sip_span common)
{
    return sip_span_present(own) ? own : common;
}

/* Tells of the medium that was read. Port 0 is none (RFC 3264 section 6), address 0.0.0.0 a
 * hold of old (RFC 3264 section 8.4), and "sendrecv" goes without saying. */
static void
finish_medium(description *sdp)
{
    const medium *current = &sdp->current;
    sip_span host = either(current->address, sdp->session.address);
    sip_span direction = either(current->direction, sdp->session.direction);
    bool refused = sip_span_equal(current->port, SIP_SPAN("0"));

    if (!sip_span_present(current->type) || ++sdp->media > SIP_LIMIT_LADDER_MEDIA) {
        return;
    }
    wmem_strbuf_append(sdp->out, sdp->media > 1 ? ", " : "");
    wmem_strbuf_append(sdp->out, refused ? "no " : "");
    append_word(sdp, current->type);
    if (refused) {
        return;
    }
    append_place(sdp, host, current->port);
    if (sip_span_equal(host, SIP_SPAN("0.0.0.0"))) {
        wmem_strbuf_append(sdp->out, " hold");
    }
    if (sip_span_present(direction) && !sip_span_equal(direction, SIP_SPAN("sendrecv"))) {
        wmem_strbuf_append_c(sdp->out, ' ');
        append_word(sdp, direction);
    }
}

/* m=<media> <port>[/<number of ports>] <proto> <fmt> ... (RFC 8866 section 5.14) */
static void
start_medium(description *sdp, sip_span value)
{
    finish_medium(sdp);
    sip_span type = next_word(&value);
    sdp->current = (medium){.type = type, .port = up_to(next_word(&value), '/')};
}

/* c=<nettype> <addrtype> <connection-address>[/<ttl>][/<number>] (RFC 8866 section 5.7) */
static void
take_address(medium *part, sip_span value)
{
    next_word(&value);
    next_word(&value);
    part->address = up_to(next_word(&value), '/');
}

static bool
is_direction(sip_span value)
{
    return sip_span_equal(value, SIP_SPAN("sendonly")) || sip_span_equal(value, SIP_SPAN("recvonly")) ||
           sip_span_equal(value, SIP_SPAN("inactive")) || sip_span_equal(value, SIP_SPAN("sendrecv"));
}

static void
take_line(description *sdp, sip_span line)
{
    if (line.length < 2 || line.data[1] != '=') {
        return;
    }
    sip_span value = sip_span_trim(sip_span_from(line, 2));
    medium *part = sip_span_present(sdp->current.type) ? &sdp->current : &sdp->session;
    if (line.data[0] == 'm') {
        start_medium(sdp, value);
    } else if (line.data[0] == 'c') {
        take_address(part, value);
    } else if (line.data[0] == 'a' && is_direction(value)) {
        part->direction = value;
    }
}

static bool
starts_with(sip_span text, sip_span start)
{
    return text.length >= start.length && sip_span_equal_nocase((sip_span){text.data, start.length}, start);
}

/* Reads the description that starts with its version (RFC 8866 section 5.1) and ends with
 * the body, or with the part of a multipart body. False if there is none. */
static bool
read_description(description *sdp, sip_span body)
{
    bool inside = false;
    while (body.length > 0) {
        sip_span line = body;
        sip_span ending = sip_span_cut_line(&line);
        body = sip_span_from(body, line.length + ending.length);
        if (inside && starts_with(line, SIP_SPAN("--"))) {
            break;
        }
        inside = inside || starts_with(line, SIP_SPAN("v="));
        if (inside) {
            take_line(sdp, line);
        }
    }
    finish_medium(sdp);
    return inside;
}

const char *
sipmsg_media_of(wmem_allocator_t *pool, const sip_message *message)
{
    description sdp = {.pool = pool};
    sip_span type = message->content_type;
    bool is_sdp = starts_with(type, SIP_SPAN("application/sdp"));
    if (message->body.length == 0 || !(is_sdp || starts_with(type, SIP_SPAN("multipart/")))) {
        return NULL;
    }
    sdp.out = wmem_strbuf_new(pool, "");
    if (!read_description(&sdp, message->body) && !is_sdp) {
        return NULL;
    }
    if (sdp.media > SIP_LIMIT_LADDER_MEDIA) {
        wmem_strbuf_append_printf(sdp.out, " and %u more", sdp.media - SIP_LIMIT_LADDER_MEDIA);
    }
    return sdp.media > 0 ? wmem_strbuf_finalize(sdp.out) : "SDP";
}
