/* dissector.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Two dissectors, one for datagrams and one for streams, and a heuristic for each
 * kind of list. They recognise messages, have their trees built, and hand each
 * message on to Wireshark's own SIP dissector, on exactly its bytes.
 */
#include "dissector.h"

#include "fields.h"
#include "ports.h"
#include "preferences.h"
#include "tree.h"

#include "sip/framing.h"

#include <epan/conversation.h>

static dissector_handle_t datagram_handle;
static dissector_handle_t stream_handle;
static dissector_handle_t sip_handle; /* Wireshark's own */

/* What was captured of the packet, in one piece. */
static sip_span
captured(tvbuff_t *tvb)
{
    int length = (int)tvb_captured_length(tvb);
    return (sip_span){length > 0 ? tvb_get_ptr(tvb, 0, length) : NULL, (size_t)length};
}

static bool
is_cut(tvbuff_t *tvb)
{
    return tvb_captured_length(tvb) < tvb_reported_length(tvb);
}

/* The message's bytes for Wireshark's SIP: from its start line to the end of its
 * body. What the capture cut off still counts as reported. */
static tvbuff_t *
message_tvb(const sipmsg_view *view)
{
    const sip_message *message = &view->message;
    int start = sipmsg_offset(view, message->start_line.line);
    bool to_the_end = message->rest.length == 0 && !view->on_stream;
    if (to_the_end) {
        return start == 0 ? view->tvb : tvb_new_subset_remaining(view->tvb, start);
    }
    return tvb_new_subset_length(view->tvb, start, (int)(sip_span_end(message->body) - message->start_line.line.data));
}

/* Hands the message on. Returns how many bytes of it Wireshark's SIP took, 0 if it
 * refused or is disabled, or the user does not want it. */
static int
hand_on(const sipmsg_view *view, proto_tree *tree, void *data)
{
    if (!sipmsg_hands_on()) {
        return 0;
    }
    return call_dissector_only(sip_handle, message_tvb(view), view->pinfo, tree, data);
}

/* The columns as Wireshark's SIP sets them, for messages that it did not take. */
static void
set_columns(const sipmsg_view *view)
{
    const sip_start_line *line = &view->message.start_line;
    column_info *cinfo = view->pinfo->cinfo;
    if (!col_get_writable(cinfo, -1)) {
        return;
    }
    bool request = line->kind == SIP_REQUEST_LINE;
    sip_span text = request ? sip_span_between(line->method.data, sip_span_end(line->uri))
                            : sip_span_between(line->code.data, sip_span_end(line->phrase));
    col_set_str(cinfo, COL_PROTOCOL, "SIP");
    col_add_lstr(cinfo, COL_INFO,
                 request ? "Request: " : "Status: ", sipmsg_format_text(view->pinfo->pool, text.data, text.length),
                 " | ", COL_ADD_LSTR_TERMINATOR);
    col_set_fence(cinfo, COL_INFO);
}

/* Shows a message and hands it on. Returns how many bytes of the packet from the
 * start line on Wireshark's SIP took, or else all that the message has. */
static int
dissect_message(const sipmsg_view *view, proto_tree *tree, void *data)
{
    const sip_message *message = &view->message;
    proto_tree *root = sipmsg_add_message(view, tree);
    int taken = hand_on(view, tree, data);
    if (taken > 0) {
        return taken;
    }
    set_columns(view);
    if (root != NULL) {
        sipmsg_add_headers_and_body(view, root);
    }
    return (int)(sip_span_end(message->body) - message->start_line.line.data);
}

/* One message in a datagram, or in whatever else brings it whole: an SCTP or
 * WebSocket message, a body of type message/sip. Returns 0 if it is none. */
static int
dissect_datagram(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sip_span bytes = captured(tvb);
    sipmsg_view view = {.tvb = tvb, .pinfo = pinfo, .base = bytes.data, .cut = is_cut(tvb)};
    if (!sip_message_parse(bytes, false, &view.message)) {
        return 0;
    }
    return sipmsg_offset(&view, view.message.start_line.line) + dissect_message(&view, tree, data);
}

/* Asks for the rest of an incomplete message that starts at offset, if that can be
 * had: the capture is whole and somebody puts streams together for us. */
static bool
ask_for_more(tvbuff_t *tvb, packet_info *pinfo, int offset, const sip_frame *frame)
{
    if (!pinfo->can_desegment || is_cut(tvb)) {
        return false;
    }
    pinfo->desegment_offset = offset;
    pinfo->desegment_len = frame->missing > 0 ? (guint32)frame->missing : DESEGMENT_ONE_MORE_SEGMENT;
    return true;
}

static void
add_bytes(tvbuff_t *tvb, proto_tree *tree, int offset, size_t length, int field, const char *what)
{
    proto_item *item = proto_tree_add_item(tree, proto_sipmsg, tvb, offset, (int)length, ENC_NA);
    proto_item_append_text(item, ": %s", what);
    proto_tree_add_item(proto_item_add_subtree(item, ett_sipmsg), field, tvb, offset, (int)length, ENC_NA);
}

/* Whether a stream's segment is ours: a start line stands in front, perhaps behind
 * line breaks, or may come to stand there if the caller knows that this is SIP. */
static bool
starts_with_message(sip_span bytes, bool known_to_be_sip)
{
    sip_frame frame = {0};
    while (bytes.length > 0) {
        sip_framing_next(bytes, &frame);
        if (frame.kind != SIP_FRAME_KEEP_ALIVE) {
            return frame.recognised || (known_to_be_sip && frame.kind == SIP_FRAME_INCOMPLETE);
        }
        bytes = sip_span_from(bytes, frame.length);
    }
    return false;
}

/* All messages in what is there of a stream. */
static void
dissect_frames(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sip_span bytes = captured(tvb);
    sipmsg_view view = {.tvb = tvb, .pinfo = pinfo, .base = bytes.data, .on_stream = true, .cut = is_cut(tvb)};
    sip_frame frame;

    for (sip_span rest = bytes; rest.length > 0; rest = sip_span_from(rest, frame.length)) {
        int offset = sipmsg_offset(&view, rest);
        sip_framing_next(rest, &frame);
        if (frame.kind == SIP_FRAME_INCOMPLETE && ask_for_more(tvb, pinfo, offset, &frame)) {
            return;
        }
        if (frame.recognised) {
            view.message = frame.message;
            dissect_message(&view, tree, data);
        } else if (frame.kind == SIP_FRAME_KEEP_ALIVE) {
            add_bytes(tvb, tree, offset, frame.length, hf_sipmsg_keep_alive, "keep-alive");
        } else {
            add_bytes(tvb, tree, offset, frame.length, hf_sipmsg_continuation, "continuation data");
        }
    }
}

/* Segments of a stream that is known to be SIP: by its port, or because a message
 * was seen in it. Returns 0 if the segment does not start with a message. */
static int
dissect_stream(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!starts_with_message(captured(tvb), true)) {
        return 0;
    }
    dissect_frames(tvb, pinfo, tree, data);
    return (int)tvb_captured_length(tvb);
}

/* Whether Wireshark's SIP heuristic would take what we refuse: a line of any three
 * words that ends in SIP/2.0, such as a line of a log.
 *
 * Wireshark moves a heuristic that takes a packet to the front of its list. If its
 * own SIP took one that we had refused, it would stand before us from then on, and
 * we would see nothing more. So we give it such packets ourselves. */
static bool
is_for_sip_alone(sip_span bytes)
{
    static const sip_span ending = SIP_SPAN_INIT(" SIP/2.0");
    if (bytes.length == 0 || !g_ascii_isprint(bytes.data[0])) {
        return false;
    }
    const uint8_t *lf = sip_span_find(bytes, '\n');
    sip_span line = sip_span_trim(sip_span_between(bytes.data, lf != NULL ? lf : sip_span_end(bytes)));
    return line.length > ending.length && sip_span_equal(sip_span_from(line, line.length - ending.length), ending);
}

static sipmsg_bool
dissect_datagram_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect_datagram(tvb, pinfo, tree, data) != 0 ||
           (is_for_sip_alone(captured(tvb)) && call_dissector_only(sip_handle, tvb, pinfo, tree, data) != 0);
}

static sipmsg_bool
dissect_tcp_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sip_span bytes = captured(tvb);
    if (!starts_with_message(bytes, false)) {
        return is_for_sip_alone(bytes) && call_dissector_only(sip_handle, tvb, pinfo, tree, data) != 0;
    }
    conversation_set_dissector(find_or_create_conversation(pinfo), stream_handle);
    dissect_frames(tvb, pinfo, tree, data);
    return true;
}

static sipmsg_bool
dissect_tls_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!starts_with_message(captured(tvb), false)) {
        return false;
    }
    dissector_handle_t *app_handle = sipmsg_tls_app_handle(data);
    if (app_handle != NULL) {
        *app_handle = stream_handle;
    }
    dissect_frames(tvb, pinfo, tree, NULL);
    return true;
}

void
sipmsg_register(void)
{
    proto_sipmsg = proto_register_protocol("SIP Messages", "SIPMSG", "sipmsg");
    sipmsg_register_fields();
    sipmsg_register_preferences();
    datagram_handle = register_dissector("sipmsg", dissect_datagram, proto_sipmsg);
    stream_handle = register_dissector("sipmsg.stream", dissect_stream, proto_sipmsg);
    sipmsg_register_ports(datagram_handle, stream_handle);
}

void
sipmsg_register_handoff(void)
{
    static const struct {
        const char *list;
        const char *name;
        const char *short_name;
        heur_dissector_t heuristic;
    } heuristics[] = {
        {"udp", "SIP Messages over UDP", "sipmsg_udp", dissect_datagram_heur},
        {"tcp", "SIP Messages over TCP", "sipmsg_tcp", dissect_tcp_heur},
        {"tls", "SIP Messages over TLS", "sipmsg_tls", dissect_tls_heur},
        {"dtls", "SIP Messages over DTLS", "sipmsg_dtls", dissect_datagram_heur},
        {"sctp", "SIP Messages over SCTP", "sipmsg_sctp", dissect_datagram_heur},
        {"stun", "SIP Messages over TURN", "sipmsg_stun", dissect_datagram_heur},
        {"ws", "SIP Messages over WebSocket", "sipmsg_ws", dissect_datagram_heur},
    };

    sip_handle = find_dissector_add_dependency("sip", proto_sipmsg);
    for (size_t i = 0; i < array_length(heuristics); i++) {
        heur_dissector_add(heuristics[i].list, heuristics[i].heuristic, heuristics[i].name, heuristics[i].short_name,
                           proto_sipmsg, HEURISTIC_ENABLE);
    }
    sipmsg_find_sip_handles();
}
