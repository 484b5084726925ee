/* times_table.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "times_table.h"

#include "response_times.h"
#include "window.h"

#include "dissect/follow.h"
#include "dissect/preferences.h"

#include <string.h>

enum { METHOD, WHAT, COUNT, MIN_TIME, MEAN, PERCENT_50, PERCENT_95, PERCENT_99, MAX_TIME, COLUMNS };

static stat_tap_table_item columns[COLUMNS] = {
    [METHOD] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Method", "%s"},
    [WHAT] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "What", "%s"},
    [COUNT] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Count", "%u"},
    [MIN_TIME] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "Min", "%.3f"},
    [MEAN] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "Mean", "%.3f"},
    [PERCENT_50] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "50%", "%.3f"},
    [PERCENT_95] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "95%", "%.3f"},
    [PERCENT_99] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "99%", "%.3f"},
    [MAX_TIME] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "Max", "%.3f"},
};

/* What the one table shows that all windows share; NULL until it shows something. */
static sipmsg_response_times *times;
static GHashTable *counted;                             /* the transactions in it */
static guint rows[SIP_METHOD_COUNT][SIPMSG_TIMES_ROWS]; /* their numbers and 1 */

/* Called also when the capture is closed, and its transactions end. */
static void
forget(void)
{
    sipmsg_response_times_free(times);
    times = NULL;
    g_hash_table_remove_all(counted);
    memset(rows, 0, sizeof rows);
}

/* Called when Wireshark ends. */
static void
forget_table(void)
{
    forget();
    g_hash_table_destroy(counted);
}

/* A time in milliseconds, rounded to microseconds as the report rounds it. */
static void
set_time(stat_tap_table *table, guint row, guint column, double nanoseconds)
{
    stat_tap_table_item_type *cell = stat_tap_get_field_data(table, row, column);
    cell->type = TABLE_ITEM_FLOAT;
    cell->value.float_value = (double)(int64_t)(nanoseconds / 1000 + 0.5) / 1000;
}

static void
fill_times(stat_tap_table *table, guint row, const sipmsg_samples *samples)
{
    set_time(table, row, MIN_TIME, (double)sipmsg_samples_percentile(samples, 0));
    set_time(table, row, MEAN, sipmsg_samples_mean(samples));
    set_time(table, row, PERCENT_50, (double)sipmsg_samples_percentile(samples, 50));
    set_time(table, row, PERCENT_95, (double)sipmsg_samples_percentile(samples, 95));
    set_time(table, row, PERCENT_99, (double)sipmsg_samples_percentile(samples, 99));
    set_time(table, row, MAX_TIME, (double)sipmsg_samples_percentile(samples, 100));
}

static guint
find_row(stat_tap_table *table, sip_method method, sipmsg_times_row what)
{
    guint *row = &rows[method][what];
    if (*row == 0) {
        *row = sipmsg_window_add_row(table) + 1;
        sipmsg_window_set_text(table, *row - 1, METHOD, g_strdup(sipmsg_times_method_name(method)));
        sipmsg_window_set_text(table, *row - 1, WHAT, g_strdup(sipmsg_times_row_name(what)));
    }
    return *row - 1;
}

/* Brings the rows of a method up to date. */
static void
fill_rows(stat_tap_table *table, sip_method method)
{
    const sipmsg_method_times *of_method = &times->methods[method];
    for (int what = 0; what < SIPMSG_TIMES_ROWS; what++) {
        if (of_method->counts[what] > 0) {
            guint row = find_row(table, method, what);
            sipmsg_window_set_number(table, row, COUNT, of_method->counts[what]);
            if (what >= SIPMSG_TIMES_COUNTS) {
                fill_times(table, row, of_method->times[what]);
            }
        }
    }
}

static tap_packet_status
note_message(void *listener, packet_info *pinfo _U_, epan_dissect_t *edt _U_, const void *tapped, tap_flags_t flags _U_)
{
    const sipmsg_tap_data *data = tapped;
    stat_tap_table *table = sipmsg_window_table(listener);
    if (!sipmsg_window_may_fill(table, data) || data->sighting == NULL ||
        !g_hash_table_add(counted, data->sighting->transaction)) {
        return TAP_PACKET_DONT_REDRAW;
    }
    if (times == NULL) {
        times = sipmsg_response_times_new(sipmsg_followed(), sipmsg_capture_end(), sipmsg_patience());
    }
    sipmsg_response_times_add(times, data->sighting->transaction);
    fill_rows(table, data->sighting->transaction->method);
    return TAP_PACKET_REDRAW;
}

static void start(stat_tap_table_ui *ui);
static void clear(stat_tap_table *table);

static sipmsg_window window = {
    .ui =
        {
            .title = "SIP Response Times (ms)",
            .tap_name = SIPMSG_TAP,
            .cli_string = "sipmsg,times_table",
            .stat_tap_init_cb = start,
            .packet_func = note_message,
            .stat_tap_reset_table_cb = clear,
            .stat_tap_free_table_item_cb = sipmsg_window_free_cell,
            .nfields = COLUMNS,
            .fields = columns,
        },
};

static void
start(stat_tap_table_ui *ui _U_)
{
    forget();
    sipmsg_window_start(&window);
}

static void
clear(stat_tap_table *table)
{
    forget();
    sipmsg_window_clear(&window, table);
}

void
sipmsg_register_times_table(void)
{
    counted = g_hash_table_new(NULL, NULL);
    register_cleanup_routine(forget);
    register_shutdown_routine(forget_table);
    window.ui.group = SIPMSG_STAT_GROUP_TELEPHONY;
    register_stat_tap_table_ui(&window.ui);
}
