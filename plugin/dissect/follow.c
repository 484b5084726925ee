/* follow.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "follow.h"

#include "fields.h"
#include "ports.h"
#include "preferences.h"

#include <epan/ipproto.h>
#include <epan/proto_data.h>
#include <epan/to_str.h>

#include <string.h>

enum {
    IPV4_HEADER_WORDS_MIN = 5,
    IPV4_HEADER_WORDS_MAX = 15,
    IPV4_ID = 4, /* offsets in the header (RFC 791 section 3.1) */
    IPV4_PROTOCOL = 9,
    IPV4_ADDRESSES = 12,
    UDP_HEADER = 8,
    IPV4_LENGTH = 4,
    IPV6_LENGTH = 16,
    ADDRESS_MAX = 16,                          /* longer ones are cut: they are no addresses that carry SIP */
    PATH_SIZE = ADDRESS_MAX + ADDRESS_MAX + 4, /* two addresses and two ports */
};

static sipmsg_track *track;
static int64_t capture_end;
static dissector_handle_t clock_handle;

static void
start(void)
{
    track = sipmsg_track_new();
    capture_end = INT64_MIN;
}

static void
forget(void)
{
    sipmsg_track_free(track);
    track = NULL;
}

static int64_t
time_of(const packet_info *pinfo)
{
    return (int64_t)pinfo->abs_ts.secs * SIPMSG_SECOND + pinfo->abs_ts.nsecs;
}

/* A post-dissector: it sees every packet, and looks at nothing but the clock. */
static int
see_clock(tvbuff_t *tvb _U_, packet_info *pinfo, proto_tree *tree _U_, void *data _U_)
{
    int64_t now = time_of(pinfo);
    if (now > capture_end) {
        capture_end = now;
    }
    return 0;
}

/* From the first message on: a capture without any is not held up by it. */
static void
watch_clock(void)
{
    static bool watching;
    if (!watching) {
        register_postdissector(clock_handle);
        watching = true;
    }
}

void
sipmsg_register_follow(void)
{
    register_init_routine(start);
    register_cleanup_routine(forget);
    clock_handle = create_dissector_handle(see_clock, sipmsg_proto_gate());
}

/* Whether the bytes before a UDP header are an IPv4 header of so many words. */
static bool
is_ipv4_header(const packet_info *pinfo, const uint8_t *header, int words)
{
    const address *source = &pinfo->net_src;
    return header[0] == (0x40 | words) && header[IPV4_PROTOCOL] == IP_PROTO_UDP && source->type == AT_IPv4 &&
           memcmp(header + IPV4_ADDRESSES, source->data, (size_t)source->len) == 0;
}

/* The IPv4 identification of the packet that a datagram came in. Wireshark does not keep it,
 * so the header is looked up before that of UDP; -1 if there is none. */
static int32_t
ip_identification(const sipmsg_view *view)
{
    tvbuff_t *packet = tvb_get_ds_tvb(view->tvb);
    int payload = tvb_raw_offset(view->tvb);
    for (int words = IPV4_HEADER_WORDS_MIN; words <= IPV4_HEADER_WORDS_MAX; words++) {
        int start_offset = payload - UDP_HEADER - words * 4;
        if (view->on_stream || start_offset < 0) {
            break;
        }
        const uint8_t *header = tvb_get_ptr(packet, start_offset, IPV4_HEADER_WORDS_MIN * 4);
        if (is_ipv4_header(view->pinfo, header, words)) {
            return header[IPV4_ID] << 8 | header[IPV4_ID + 1];
        }
    }
    return -1;
}

static size_t
append_address(uint8_t *out, const address *added)
{
    size_t length = added->len > ADDRESS_MAX ? ADDRESS_MAX : (size_t)added->len;
    if (length > 0) {
        memcpy(out, added->data, length);
    }
    return length;
}

/* The number of the next message in the packet that belongs to a transaction, from 0, where
 * all were noted before. */
static unsigned
next_number(packet_info *pinfo)
{
    unsigned *count = p_get_proto_data(pinfo->pool, pinfo, proto_sipmsg, 0);
    if (count == NULL) {
        count = wmem_new0(pinfo->pool, unsigned);
        p_add_proto_data(pinfo->pool, pinfo, proto_sipmsg, 0, count);
    }
    return (*count)++;
}

static const sipmsg_sighting *
note(const sipmsg_view *view, const sip_identity *identity)
{
    const packet_info *pinfo = view->pinfo;
    uint8_t path[PATH_SIZE];
    uint32_t ports = pinfo->srcport << 16 | pinfo->destport;
    size_t length = append_address(path, &pinfo->src);

    length += append_address(path + length, &pinfo->dst);
    if (addresses_equal(&pinfo->src, &pinfo->dst)) {
        memcpy(path + length, &ports, sizeof ports);
        length += sizeof ports;
    }
    const sipmsg_arrival arrival = {
        .message = &view->message,
        .frame = pinfo->num,
        .time = time_of(pinfo),
        .path = {path, length},
        .ports = ports,
        .ip_id = ip_identification(view),
    };
    return sipmsg_track_note(track, &arrival, identity, sipmsg_transaction_age());
}

const sipmsg_sighting *
sipmsg_follow(const sipmsg_view *view)
{
    packet_info *pinfo = view->pinfo;
    sip_identity identity;
    if (track == NULL || sipmsg_is_nested(view) || !sip_identity_parse(&view->message, &identity)) {
        return NULL;
    }
    if (PINFO_FD_VISITED(pinfo)) {
        return sipmsg_track_find(track, pinfo->num, next_number(pinfo));
    }
    watch_clock();
    return note(view, &identity);
}

/* An address of a path, which note() composed. */
static char *
path_end(const sipmsg_name *path, bool target)
{
    bool has_ports = path->text.length % ((size_t)IPV4_LENGTH * 2) == sizeof(uint32_t);
    size_t length = (path->text.length - (has_ports ? sizeof(uint32_t) : 0)) / 2;
    if (length != IPV4_LENGTH && length != IPV6_LENGTH) {
        return g_strdup("?");
    }
    address end;
    set_address(&end, length == IPV4_LENGTH ? AT_IPv4 : AT_IPv6, (int)length, path->text.data + (target ? length : 0));
    char *text = address_to_str(NULL, &end);
    if (!has_ports) {
        return text;
    }
    uint32_t ports;
    memcpy(&ports, path->text.data + 2 * length, sizeof ports);
    char *result =
        g_strdup_printf(length == IPV4_LENGTH ? "%s:%u" : "[%s]:%u", text, target ? ports & UINT16_MAX : ports >> 16);
    g_free(text);
    return result;
}

char *
sipmsg_path_source(const sipmsg_name *path)
{
    return path_end(path, false);
}

char *
sipmsg_path_target(const sipmsg_name *path)
{
    return path_end(path, true);
}

const sipmsg_track *
sipmsg_followed(void)
{
    return track;
}

int64_t
sipmsg_capture_end(void)
{
    return capture_end;
}

static bool
patience_is_over(const sipmsg_sighting *since)
{
    return capture_end - since->time >= sipmsg_patience();
}

bool
sipmsg_lacks_response(const sipmsg_sighting *sighting)
{
    const sipmsg_transaction *transaction = sighting->transaction;
    return transaction->request == sighting && !transaction->answered &&
           sipmsg_transaction_wants_response(transaction) && patience_is_over(sighting);
}

/* Whether a 2xx to an INVITE comes for the first time: as the first final response, or from
 * another branch of a fork; not as it was captured on another hop. */
static bool
is_new_success(const sipmsg_sighting *sighting)
{
    const sipmsg_transaction *transaction = sighting->transaction;
    return transaction->method == SIP_METHOD_INVITE && sighting->status >= 200 && sighting->status < 300 &&
           (sighting == transaction->final ||
            (sipmsg_sighting_is_first(sighting) && sighting->to_tag != transaction->final->to_tag));
}

bool
sipmsg_lacks_ack(const sipmsg_sighting *sighting)
{
    return is_new_success(sighting) && patience_is_over(sighting) && !sipmsg_calls_acknowledged(track->calls, sighting);
}
