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

static void
forget(void)
{
    g_clear_pointer(&times, sipmsg_response_times_free);
    g_clear_pointer(&counted, g_hash_table_destroy);
    memset(rows, 0, sizeof rows);
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

static bool
note(stat_tap_table *table, packet_info *pinfo _U_, const sipmsg_tap_data *data)
{
    if (times == NULL) {
        times = sipmsg_response_times_new(sipmsg_followed(), sipmsg_capture_end(), sipmsg_patience());
        counted = g_hash_table_new(NULL, NULL);
    }
    if (!g_hash_table_add(counted, data->sighting->transaction)) {
        return false;
    }
    sipmsg_response_times_add(times, data->sighting->transaction);
    fill_rows(table, data->sighting->transaction->method);
    return true;
}

static sipmsg_window window = {
    .ui =
        {
            .title = "SIP Response Times (ms)",
            .cli_string = "sipmsg,times_table",
            .nfields = COLUMNS,
            .fields = columns,
        },
    .note = note,
    .forget = forget,
};

void
sipmsg_register_times_table(void)
{
    sipmsg_window_register(&window);
}
