/* calls_table.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "calls_table.h"

#include "call_facts.h"
#include "text.h"
#include "window.h"

#include "sip/limits.h"

enum {
    NUMBER,
    START,
    CALLER,
    CALLEE,
    OUTCOME,
    STATUS,
    CAUSE,
    DIAL,
    SETUP,
    DURATION,
    RELEASED_BY,
    FIRST_FRAME,
    LAST_FRAME,
    CALL_ID,
    COLUMNS
};

static stat_tap_table_item columns[COLUMNS] = {
    [NUMBER] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Call", "%u"},
    [START] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "Start (s)", "%s"},
    [CALLER] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Caller", "%s"},
    [CALLEE] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Callee", "%s"},
    [OUTCOME] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Outcome", "%s"},
    [STATUS] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "Status", "%s"},
    [CAUSE] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Cause", "%s"},
    [DIAL] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "Post-dial delay (s)", "%s"},
    [SETUP] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "Set-up (s)", "%s"},
    [DURATION] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "Duration (s)", "%s"},
    [RELEASED_BY] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Ended by", "%s"},
    [FIRST_FRAME] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "First frame", "%u"},
    [LAST_FRAME] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Last frame", "%u"},
    [CALL_ID] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Call-ID", "%s"},
};

/* What belongs to the one table that all windows share; NULL while it is empty. */
static GHashTable *rows; /* of calls: their number and 1 */
static sipmsg_call_notes *notes;

static void
forget(void)
{
    g_clear_pointer(&rows, g_hash_table_destroy);
    g_clear_pointer(&notes, sipmsg_call_notes_free);
}

static char *
padded_seconds(int64_t time)
{
    return sipmsg_window_pad(sipmsg_decimal(time, SIPMSG_SECOND, 3));
}

static void
fill_row(stat_tap_table *table, guint row, const sipmsg_call_facts *facts)
{
    const sipmsg_call *call = facts->call;
    sipmsg_window_set_number(table, row, NUMBER, call->number);
    sipmsg_window_set_text(table, row, START, padded_seconds(MAX(facts->start, 0)));
    sipmsg_window_set_text(table, row, CALLER, g_strdup(facts->caller));
    sipmsg_window_set_text(table, row, CALLEE, g_strdup(facts->callee));
    sipmsg_window_set_text(table, row, OUTCOME, g_strdup(sipmsg_outcome_name(facts->outcome)));
    sipmsg_window_set_text(table, row, STATUS,
                           facts->status != 0 ? g_strdup_printf("%u", facts->status) : g_strdup(""));
    sipmsg_window_set_text(table, row, CAUSE, g_strdup(facts->cause));
    sipmsg_window_set_text(table, row, DIAL, padded_seconds(facts->post_dial_delay));
    sipmsg_window_set_text(table, row, SETUP, padded_seconds(facts->setup_time));
    sipmsg_window_set_text(table, row, DURATION, padded_seconds(facts->duration));
    sipmsg_window_set_text(table, row, RELEASED_BY, g_strdup(facts->released_by));
    sipmsg_window_set_number(table, row, FIRST_FRAME, call->invite->frame);
    sipmsg_window_set_number(table, row, LAST_FRAME, call->latest->frame);
    sipmsg_window_set_text(table, row, CALL_ID, sipmsg_printable(sipmsg_call_id(call)));
}

static bool
note(stat_tap_table *table, packet_info *pinfo, const sipmsg_tap_data *data)
{
    const sipmsg_call *call = sipmsg_call_of(data->sighting->transaction);
    if (call == NULL) {
        return false;
    }
    if (notes == NULL) {
        notes = sipmsg_call_notes_new();
        rows = g_hash_table_new(NULL, NULL);
    }
    sipmsg_call_notes_add(notes, pinfo, data);
    guint row = GPOINTER_TO_UINT(g_hash_table_lookup(rows, call));
    bool is_new = row == 0;
    if (is_new) {
        row = sipmsg_window_add_row(table) + 1;
        g_hash_table_insert(rows, (gpointer)call, GUINT_TO_POINTER(row));
    }
    if (is_new || sipmsg_call_notes_grow_by(data)) {
        const sipmsg_call_facts facts = sipmsg_call_facts_of(notes, call);
        fill_row(table, row - 1, &facts);
    }
    return true;
}

static sipmsg_window window = {
    .ui =
        {
            .title = "SIP Calls",
            .cli_string = "sipmsg,calls_table",
            .nfields = COLUMNS,
            .fields = columns,
        },
    .note = note,
    .forget = forget,
};

void
sipmsg_register_calls_table(void)
{
    sipmsg_window_register(&window);
}
