/* hand_on.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "hand_on.h"

#include "fields.h"
#include "preferences.h"

#include <epan/exceptions.h>
#include <epan/show_exception.h>

/* The entries of the table. Wireshark's SIP behaves differently where the capture cut a
 * packet, depending on how it is called, and so we call it as it would have been. */
enum {
    BY_PORT,      /* the dissector "sip" */
    BY_HEURISTIC, /* the heuristic of the list that the packet came by */
    BY_FRAGMENT,  /* the dissector "sipfrag" */
};

/* Heuristics of Wireshark's SIP, by their lists. */
static struct sip_heuristic {
    const char *list;
    const char *short_name;
    heur_dtbl_entry_t *entry;
} sip_heuristics[] = {
    {"udp", "sip_udp", NULL},
    {"tcp", "sip_tcp", NULL},
    {"sctp", "sip_sctp", NULL},
    {"stun", "sip_stun", NULL},
};

static dissector_table_t hand_on_table;
static dissector_handle_t heuristic_handle;

/* The heuristic of Wireshark's SIP for the list that the packet came by, NULL if there is
 * none or the user disabled it. */
static heur_dtbl_entry_t *
sip_heuristic(const packet_info *pinfo)
{
    for (size_t i = 0; i < array_length(sip_heuristics); i++) {
        if (g_strcmp0(sip_heuristics[i].list, pinfo->heur_list_name) == 0) {
            heur_dtbl_entry_t *entry = sip_heuristics[i].entry;
            return entry != NULL && entry->enabled ? entry : NULL;
        }
    }
    return NULL;
}

static int
dissect_by_heuristic(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    heur_dtbl_entry_t *entry = sip_heuristic(pinfo);
    return entry != NULL && entry->dissector(tvb, pinfo, tree, data) ? (int)tvb_captured_length(tvb) : 0;
}

void
sipmsg_register_hand_on(void)
{
    hand_on_table =
        register_dissector_table(SIPMSG_HAND_ON_TABLE, "SIP behind SIP Messages", proto_sipmsg, FT_UINT8, BASE_DEC);
}

void
sipmsg_find_sip(void)
{
    dissector_handle_t sip = find_dissector_add_dependency("sip", proto_sipmsg);
    heuristic_handle = create_dissector_handle(dissect_by_heuristic, dissector_handle_get_protocol_index(sip));
    dissector_add_uint(SIPMSG_HAND_ON_TABLE, BY_PORT, sip);
    dissector_add_uint(SIPMSG_HAND_ON_TABLE, BY_HEURISTIC, heuristic_handle);
    dissector_add_uint(SIPMSG_HAND_ON_TABLE, BY_FRAGMENT, find_dissector_add_dependency("sipfrag", proto_sipmsg));
    for (size_t i = 0; i < array_length(sip_heuristics); i++) {
        sip_heuristics[i].entry = find_heur_dissector_by_unique_short_name(sip_heuristics[i].short_name);
    }
}

bool
sipmsg_leave_to_sip(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    /* Its heuristic takes nothing without a version either: so others cost nothing. */
    if (!sip_start_line_is_possible(sipmsg_captured(tvb)) || sip_heuristic(pinfo) == NULL) {
        return false;
    }
    pinfo->can_desegment = pinfo->saved_can_desegment;
    return call_dissector_only(heuristic_handle, tvb, pinfo, tree, data) != 0;
}

static tvbuff_t *
message_tvb(const sipmsg_view *view)
{
    const sip_message *message = &view->message;
    int start = sipmsg_offset(view, message->start_line.line);
    /* What the capture cut off still counts as reported. */
    bool to_the_end = message->rest.length == 0 && (view->cut || !view->on_stream);
    if (to_the_end) {
        return start == 0 ? view->tvb : tvb_new_subset_remaining(view->tvb, start);
    }
    return tvb_new_subset_length(view->tvb, start, (int)(sip_span_end(message->body) - message->start_line.line.data));
}

/* Of several messages in a segment only the first names SIP as a layer of the packet, as
 * it would be without us: a packet can have no more than some hundred layers. */
static int
call_sip(const sipmsg_view *view, tvbuff_t *tvb, proto_tree *tree, void *data)
{
    bool heuristic = view->by_heuristic && !view->on_stream && sip_heuristic(view->pinfo) != NULL;
    guint32 key = view->fragment ? BY_FRAGMENT : heuristic ? BY_HEURISTIC : BY_PORT;
    return sipmsg_try_uint(hand_on_table, key, tvb, view->pinfo, tree, view->first, data);
}

int
sipmsg_hand_on(const sipmsg_view *view, proto_tree *tree, void *data)
{
    if (!sipmsg_hands_on()) {
        return 0;
    }
    tvbuff_t *tvb = message_tvb(view);
    bool only_ours = view->message.start_line.lead.length > 0;
    if (!only_ours && !view->on_stream) {
        return call_sip(view, tvb, tree, data);
    }
    /* Wireshark's SIP may throw. On a stream that must not hide the messages behind, so it
     * is shown here. And where Wireshark's SIP would not have seen the message at all
     * without us, for what stands before it, it counts as a refusal. */
    volatile int taken = 0;
    const guint16 can_desegment = view->pinfo->can_desegment;
    TRY
    {
        taken = call_sip(view, tvb, tree, data);
    }
    CATCH_NONFATAL_ERRORS
    {
        /* Lowered on the way down, and not put back by what was thrown. */
        view->pinfo->can_desegment = can_desegment;
        if (!only_ours) {
            taken = (int)tvb_captured_length(tvb);
            show_exception(tvb, view->pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
        }
    }
    ENDTRY;
    return taken;
}
