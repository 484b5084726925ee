/* ports.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A table entry that is taken over gets a gate: a handle that offers the packet to
 * our dissector and, if that refuses it, gives it to the dissector of the entry.
 * A gate is no protocol of its own, only a name (a "pino"), so it leaves no trace
 * in a packet's layers, and it restores the right to ask for more segments, which
 * Wireshark takes away at each call.
 *
 * Decode As must show no change that the user did not make, and save none. An entry
 * has an initial and a current handle, and counts as changed if they differ. So an
 * entry that nobody changed is replaced with dissector_add_*(), which sets both. In
 * one that the user changed only the current handle is replaced, by a gate that has
 * the name and description of Wireshark's handle, for that is what is saved.
 */
#include "ports.h"

#include "fields.h"
#include "hand_on.h"

/* Wireshark's handles that are taken over. */
typedef enum sip_flavour { DATAGRAM, STREAM, FRAGMENT, FLAVOURS } sip_flavour;

typedef struct takeover {
    const char *name;                /* of Wireshark's dissector */
    const char *description;         /* of its gate among the choices of Decode As; unique there */
    dissector_t gate;                /* what stands in its place */
    dissector_handle_t ours;         /* what the gate tries first */
    dissector_handle_t theirs;       /* what it falls back to */
    dissector_handle_t gate_initial; /* the gate for entries that nobody changed */
    dissector_handle_t gate_chosen;  /* the gate for entries that the user chose */
} takeover;

static int gate_datagram(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
static int gate_stream(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);
static int gate_fragment(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data);

static takeover takeovers[FLAVOURS] = {
    [DATAGRAM] = {.name = "sip", .description = "SIP Messages", .gate = gate_datagram},
    [STREAM] = {.name = "sip.tcp", .description = "SIP Messages on a stream", .gate = gate_stream},
    [FRAGMENT] = {.name = "sipfrag", .description = "SIP Messages in fragments", .gate = gate_fragment},
};

static int proto_gate = -1;

/* One entry of a dissector table, and what is to be put there. */
typedef struct table_entry {
    const char *table;
    bool by_string;
    uint32_t number; /* the key of a table of numbers */
    char *string;    /* the key of a table of strings */
    bool changed;    /* by the user: keep the initial handle */
    dissector_handle_t handle;
} table_entry;

static int
pass_gate(const takeover *t, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    pinfo->can_desegment = pinfo->saved_can_desegment;
    int taken = call_dissector_only(t->ours, tvb, pinfo, tree, data);
    return taken != 0 ? taken : call_dissector_only(t->theirs, tvb, pinfo, tree, data);
}

static int
gate_datagram(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return pass_gate(&takeovers[DATAGRAM], tvb, pinfo, tree, data);
}

static int
gate_stream(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return pass_gate(&takeovers[STREAM], tvb, pinfo, tree, data);
}

static int
gate_fragment(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return pass_gate(&takeovers[FRAGMENT], tvb, pinfo, tree, data);
}

/* The handle that should stand where current stands now: a gate for Wireshark's
 * SIP while we are enabled, Wireshark's SIP for a gate while we are not. NULL if it
 * is to stay. */
static dissector_handle_t
replacement(dissector_handle_t current, bool changed, bool enabled)
{
    for (int i = 0; i < FLAVOURS; i++) {
        const takeover *t = &takeovers[i];
        if (enabled && current == t->theirs) {
            return changed ? t->gate_chosen : t->gate_initial;
        }
        if (!enabled && (current == t->gate_initial || current == t->gate_chosen)) {
            return t->theirs;
        }
    }
    return NULL;
}

/* Notes an entry of a table if it is to be changed. The tables may not be changed
 * while they are walked. */
static void
collect_entry(const char *table, ftenum_t type, void *key, void *value, void *list)
{
    dissector_handle_t current = dtbl_entry_get_handle((dtbl_entry_t *)value);
    dissector_handle_t initial = dtbl_entry_get_initial_handle((dtbl_entry_t *)value);
    bool enabled = proto_is_protocol_enabled(find_protocol_by_id(proto_sipmsg));
    bool by_string = FT_IS_STRING(type);
    table_entry entry = {.table = table, .by_string = by_string, .changed = current != initial};

    if (current == NULL || !(by_string || FT_IS_UINT(type))) {
        return;
    }
    entry.handle = replacement(current, entry.changed, enabled);
    if (entry.handle == NULL) {
        return;
    }
    if (by_string) {
        entry.string = g_strdup((const char *)key);
    } else {
        entry.number = GPOINTER_TO_UINT(key);
    }
    g_array_append_val((GArray *)list, entry);
}

static void
collect_table(const char *table, const char *ui_name _U_, void *list)
{
    if (strcmp(table, SIPMSG_HAND_ON_TABLE) == 0) {
        return;
    }
    dissector_table_foreach(table, collect_entry, list);
}

static void
change_entry(const table_entry *entry)
{
    if (entry->by_string && entry->changed) {
        dissector_change_string(entry->table, entry->string, entry->handle);
    } else if (entry->by_string) {
        dissector_add_string(entry->table, entry->string, entry->handle);
    } else if (entry->changed) {
        dissector_change_uint(entry->table, entry->number, entry->handle);
    } else {
        dissector_add_uint(entry->table, entry->number, entry->handle);
    }
}

/* Runs before each pass over a capture. */
static void
update_tables(void)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(table_entry));
    dissector_all_tables_foreach_table(collect_table, entries, NULL);
    for (guint i = 0; i < entries->len; i++) {
        table_entry *entry = &g_array_index(entries, table_entry, i);
        change_entry(entry);
        g_free(entry->string);
    }
    g_array_free(entries, TRUE);
}

void
sipmsg_register_ports(dissector_handle_t datagram, dissector_handle_t stream, dissector_handle_t fragment)
{
    takeovers[DATAGRAM].ours = datagram;
    takeovers[STREAM].ours = stream;
    takeovers[FRAGMENT].ours = fragment;
    /* Where Wireshark shows the name of a handle's protocol, it is to be that of SIP. */
    proto_gate = proto_register_protocol_in_name_only("Session Initiation Protocol", "SIP", "sipmsg.gate", proto_sipmsg,
                                                      FT_PROTOCOL);
    register_init_routine(update_tables);
}

void
sipmsg_find_sip_handles(void)
{
    for (int i = 0; i < FLAVOURS; i++) {
        takeover *t = &takeovers[i];
        t->theirs = find_dissector(t->name);
        t->gate_initial =
            create_dissector_handle_with_name_and_description(t->gate, proto_gate, t->name, t->description);
        t->gate_chosen = create_dissector_handle_with_name_and_description(t->gate, proto_gate, t->name,
                                                                           dissector_handle_get_description(t->theirs));
    }
}

dissector_handle_t
sipmsg_stream_gate(void)
{
    return takeovers[STREAM].gate_chosen;
}

int
sipmsg_proto_gate(void)
{
    return proto_gate;
}
