/* dissector.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Two dissectors, one for datagrams and one for streams, and a heuristic for each
 * kind of list. They recognise messages, have their trees built, and hand each
 * message on to Wireshark's own SIP dissector, on exactly its bytes.
 */
#include "dissector.h"

#include "fields.h"
#include "follow.h"
#include "hand_on.h"
#include "ports.h"
#include "preferences.h"
#include "readable.h"
#include "tap.h"
#include "tree.h"

#include "sip/framing.h"
#include "sip/limits.h"

#include <epan/conversation.h>
#include <epan/exceptions.h>

static dissector_handle_t datagram_handle;
static dissector_handle_t stream_handle;
static dissector_handle_t fragment_handle;

/* How many messages' bodies we are in the midst of: a packet's layers do not tell, for TCP
 * may call us several times for one packet. */
static unsigned depth;

static bool
is_cut(tvbuff_t *tvb)
{
    return tvb_captured_length(tvb) < tvb_reported_length(tvb);
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
    col_add_lstr(cinfo, COL_INFO, request ? "Request: " : "Status: ", sipmsg_readable(view->pinfo->pool, text), " | ",
                 COL_ADD_LSTR_TERMINATOR);
    col_set_fence(cinfo, COL_INFO);
}

/* Shows a message and hands it on. Returns how many bytes of the packet from the
 * start line on Wireshark's SIP took, or else all that the message has. */
static int
dissect_message(sipmsg_view *view, proto_tree *tree, void *data)
{
    const sip_message *message = &view->message;
    view->sighting = sipmsg_follow(view);
    proto_tree *root = sipmsg_add_message(view, tree);
    sipmsg_tap_message(view);
    volatile int taken = 0;

    depth++;
    TRY
    {
        taken = sipmsg_hand_on(view, tree, data);
        if (taken == 0) {
            set_columns(view);
            if (sipmsg_hands_on()) {
                sipmsg_add_headers_and_body(view, root);
            }
        }
    }
    FINALLY
    {
        depth--;
    }
    ENDTRY;
    if (taken > 0) {
        return taken;
    }
    return (int)(sip_span_end(message->body) - message->start_line.line.data);
}

/* A packet to look at for its first message. */
static sipmsg_view
view_of(tvbuff_t *tvb, packet_info *pinfo, bool by_heuristic)
{
    return (sipmsg_view){.tvb = tvb,
                         .pinfo = pinfo,
                         .bytes = sipmsg_captured(tvb),
                         .by_heuristic = by_heuristic,
                         .cut = is_cut(tvb),
                         .first = true,
                         .depth = depth};
}

/* One message in a datagram, or in whatever else brings it whole: an SCTP or
 * WebSocket message, a body of type message/sip. Returns 0 if it is none. */
static int
dissect_whole(sipmsg_view *view, proto_tree *tree, void *data)
{
    bool found = sip_message_parse(view->bytes, false, &view->message) ||
                 (view->cut && sip_message_parse_cut(view->bytes, &view->message));
    if (!found || view->depth > SIP_LIMIT_NESTING) {
        return 0;
    }
    return sipmsg_offset(view, view->message.start_line.line) + dissect_message(view, tree, data);
}

static int
dissect_datagram(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sipmsg_view view = view_of(tvb, pinfo, false);
    return dissect_whole(&view, tree, data);
}

/* A body of type message/sipfrag: any part of a message from its front (RFC 3420), of
 * which we take those with a start line. */
static int
dissect_fragment(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sipmsg_view view = view_of(tvb, pinfo, false);
    view.fragment = true;
    return dissect_whole(&view, tree, data);
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

/* The conversation of a stream in which a message was seen keeps the number of the frame
 * where. Line breaks alone are taken for keep-alives only from there on: before, they may
 * be anything. */
static void
note_message_seen(packet_info *pinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    if (conversation_get_proto_data(conversation, proto_sipmsg) == NULL) {
        conversation_add_proto_data(conversation, proto_sipmsg, GUINT_TO_POINTER(pinfo->num));
    }
}

static bool
message_was_seen(packet_info *pinfo)
{
    const conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    guint frame = conversation == NULL ? 0 : GPOINTER_TO_UINT(conversation_get_proto_data(conversation, proto_sipmsg));
    return frame != 0 && frame <= pinfo->num;
}

/* Whether there is anything for us in a segment of a stream that is known to be SIP: a
 * message, what may become one, or a keep-alive. */
static bool
has_message(packet_info *pinfo, sip_span bytes)
{
    sip_frame frame = {.kind = SIP_FRAME_OTHER};
    sip_start_line line;
    if (sip_start_line_recognise(bytes, &line) != SIP_NOT_A_START_LINE && line.ending.length > 0) {
        return true; /* as nearly always */
    }
    while (bytes.length > 0) {
        sip_framing_next(bytes, &frame);
        if (frame.recognised || frame.kind == SIP_FRAME_INCOMPLETE) {
            return true;
        }
        bytes = sip_span_from(bytes, frame.length);
    }
    return frame.kind == SIP_FRAME_KEEP_ALIVE && message_was_seen(pinfo);
}

/* What is behind a frame: behind an incomplete one too, if it has a body that was waited for
 * in vain. */
static sip_span
behind_frame(sip_span data, const sip_frame *frame)
{
    return frame->recognised ? frame->message.rest : sip_span_from(data, frame->length);
}

/* All messages in what is there of a stream. */
static void
dissect_frames(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    sipmsg_view view = view_of(tvb, pinfo, false);
    sip_frame frame;

    /* TCP can keep only what begins in the newest segment. Behind a message that was waited for
     * in vain, since its Content-Length reaches into the next, that is not sure any more: to ask
     * for the rest of the next would bring the first again. What is waited for is the first when
     * it comes again. */
    bool may_ask = true;

    view.on_stream = true;
    for (sip_span rest = view.bytes; rest.length > 0; rest = behind_frame(rest, &frame)) {
        int offset = sipmsg_offset(&view, rest);
        sip_framing_next(rest, &frame);
        if (frame.kind == SIP_FRAME_INCOMPLETE && may_ask && ask_for_more(tvb, pinfo, offset, &frame)) {
            return;
        }
        bool cut_line = view.cut && frame.likely && sip_message_parse_cut(rest, &frame.message);
        if (frame.recognised || cut_line) {
            view.message = frame.message;
            view.cut = is_cut(tvb) || frame.kind == SIP_FRAME_INCOMPLETE;
            note_message_seen(pinfo);
            dissect_message(&view, tree, data);
            may_ask = may_ask && !(view.first && frame.reaches);
            view.first = false;
        } else if (frame.kind == SIP_FRAME_KEEP_ALIVE) {
            add_bytes(tvb, tree, offset, frame.length, hf_sipmsg_keep_alive, "keep-alive");
        } else {
            add_bytes(tvb, tree, offset, frame.length, hf_sipmsg_continuation, "continuation data");
        }
    }
}

/* Segments of a stream that is known to be SIP: by its port, or because a message was
 * seen in it. Returns 0 if there is nothing of SIP in the segment. */
static int
dissect_stream(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!has_message(pinfo, sipmsg_captured(tvb))) {
        return 0;
    }
    dissect_frames(tvb, pinfo, tree, data);
    return (int)tvb_captured_length(tvb);
}

/* The quick look at a datagram that nobody knows: no start line is without a version, but
 * where the capture cut it off. */
static bool
may_be_message(tvbuff_t *tvb)
{
    sip_span bytes = sipmsg_captured(tvb);
    sip_start_line line;
    return sip_start_line_is_possible(bytes) || (is_cut(tvb) && sip_start_line_recognise_cut(bytes, &line));
}

static sipmsg_bool
dissect_datagram_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!may_be_message(tvb)) {
        return false;
    }
    sipmsg_view view = view_of(tvb, pinfo, true);
    return dissect_whole(&view, tree, data) != 0 || sipmsg_leave_to_sip(tvb, pinfo, tree, data);
}

static sipmsg_bool
dissect_tcp_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!sip_framing_starts(sipmsg_captured(tvb))) {
        return sipmsg_leave_to_sip(tvb, pinfo, tree, data);
    }
    if (!PINFO_FD_VISITED(pinfo)) {
        conversation_set_dissector_from_frame_number(find_or_create_conversation(pinfo), pinfo->num, stream_handle);
    }
    dissect_frames(tvb, pinfo, tree, data);
    return true;
}

static sipmsg_bool
dissect_tls_heur(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!sip_framing_starts(sipmsg_captured(tvb))) {
        return false;
    }
    dissector_handle_t *app_handle = sipmsg_tls_app_handle(data);
    if (app_handle != NULL) {
        *app_handle = sipmsg_stream_gate();
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
    sipmsg_register_hand_on();
    fragment_handle = register_dissector("sipmsg.fragment", dissect_fragment, proto_sipmsg);
    sipmsg_register_ports(datagram_handle, stream_handle, fragment_handle);
    sipmsg_register_follow();
    sipmsg_register_tap();
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

    sipmsg_find_sip();
    for (size_t i = 0; i < array_length(heuristics); i++) {
        heur_dissector_add(heuristics[i].list, heuristics[i].heuristic, heuristics[i].name, heuristics[i].short_name,
                           proto_sipmsg, HEURISTIC_ENABLE);
    }
    sipmsg_find_sip_handles();
}
