/* metrics_table.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One row for each pair of hosts, and a first one for all together.
 */
#include "metrics_table.h"

#include "metrics.h"
#include "text.h"
#include "window.h"

enum { ALL_ROW };

enum {
    SOURCE,
    TARGET,
    CALLS,
    FIRST_CALL_RATIO,
    FIRST_CALL_DELAY = FIRST_CALL_RATIO + SIPMSG_IRA - SIPMSG_ISA,
    REGISTRATIONS = FIRST_CALL_DELAY + SIPMSG_RRD - SIPMSG_SRD_SUCCESSFUL,
    IRA,
    RRD,
    COLUMNS
};

static stat_tap_table_item columns[COLUMNS] = {
    [SOURCE] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "From", "%s"},
    [TARGET] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "To", "%s"},
    [CALLS] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Calls", "%u"},
    [FIRST_CALL_RATIO + SIPMSG_ISA] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "ISA", "%s"},
    [FIRST_CALL_RATIO + SIPMSG_SER] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SER", "%s"},
    [FIRST_CALL_RATIO + SIPMSG_SEER] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SEER", "%s"},
    [FIRST_CALL_RATIO + SIPMSG_SCR] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SCR", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SRD_SUCCESSFUL] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SRD ok (s)", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SRD_FAILED] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SRD failed (s)", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SDD_SUCCESSFUL] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SDD ok (ms)", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SDD_FAILED] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SDD failed (ms)", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SDT_COMPLETED] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SDT ok (s)", "%s"},
    [FIRST_CALL_DELAY + SIPMSG_SDT_FAILED] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "SDT failed (s)", "%s"},
    [REGISTRATIONS] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Registrations", "%u"},
    [IRA] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "IRA", "%s"},
    [RRD] = {TABLE_ITEM_STRING, TAP_ALIGN_RIGHT, "RRD (ms)", "%s"},
};

/* What the one table shows that all windows share; NULL until it shows something. */
static sipmsg_metrics *metrics;

static void
forget(void)
{
    g_clear_pointer(&metrics, sipmsg_metrics_free);
}

static void
set_ratio(stat_tap_table *table, guint row, guint column, const sipmsg_measures *measures, sipmsg_ratio_id id)
{
    const sipmsg_ratio *ratio = &measures->ratios[id];
    char *percentage = sipmsg_percentage(ratio->part, ratio->whole);
    char *text = ratio->whole > 0 ? g_strdup_printf("%6s (%u of %u)", percentage, ratio->part, ratio->whole)
                                  : g_strdup(percentage);
    g_free(percentage);
    sipmsg_window_set_text(table, row, column, text);
}

static void
set_delay(stat_tap_table *table, guint row, guint column, const sipmsg_measures *measures, sipmsg_delay_id id)
{
    sipmsg_window_set_text(table, row, column, sipmsg_window_pad(sipmsg_delay_mean(measures, id)));
}

static void
fill_row(stat_tap_table *table, guint row, const sipmsg_measures *measures)
{
    sipmsg_window_set_number(table, row, CALLS, measures->calls);
    sipmsg_window_set_number(table, row, REGISTRATIONS, measures->registrations);
    for (guint id = SIPMSG_ISA; id < SIPMSG_IRA; id++) {
        set_ratio(table, row, FIRST_CALL_RATIO + id, measures, id);
    }
    for (guint id = SIPMSG_SRD_SUCCESSFUL; id < SIPMSG_RRD; id++) {
        set_delay(table, row, FIRST_CALL_DELAY + id, measures, id);
    }
    set_ratio(table, row, IRA, measures, SIPMSG_IRA);
    set_delay(table, row, RRD, measures, SIPMSG_RRD);
}

static void
add_row(stat_tap_table *table, const char *source, const char *target)
{
    guint row = sipmsg_window_add_row(table);
    sipmsg_window_set_text(table, row, SOURCE, g_strdup(source));
    sipmsg_window_set_text(table, row, TARGET, g_strdup(target));
}

/* The row of a pair, which follows those of the pairs before it. */
static guint
row_of(stat_tap_table *table, const sipmsg_pair *pair)
{
    guint row = ALL_ROW + 1 + pair->number;
    if (row == table->num_elements) {
        add_row(table, pair->source, pair->target);
    }
    return row;
}

static bool
note(stat_tap_table *table, packet_info *pinfo _U_, const sipmsg_tap_data *data)
{
    if (metrics == NULL) {
        metrics = sipmsg_metrics_new();
        add_row(table, "(all)", "(all)");
        fill_row(table, ALL_ROW, &metrics->all);
    }
    const sipmsg_pair *pair = sipmsg_metrics_add(metrics, data->sighting->transaction);
    if (pair == NULL) {
        return false;
    }
    fill_row(table, ALL_ROW, &metrics->all);
    fill_row(table, row_of(table, pair), &pair->measures);
    return true;
}

static sipmsg_window window = {
    .ui =
        {
            .title = "SIP Performance Metrics (RFC 6076)",
            .cli_string = "sipmsg,metrics_table",
            .nfields = COLUMNS,
            .fields = columns,
        },
    .note = note,
    .forget = forget,
};

void
sipmsg_register_metrics_table(void)
{
    sipmsg_window_register(&window);
}
