/* window.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "window.h"

enum { PAD_WIDTH = 14 };

static sipmsg_window *windows; /* of all kinds */

static void
free_cell(stat_tap_table_item_type *cell)
{
    if (cell->type == TABLE_ITEM_STRING) {
        g_free((char *)cell->value.string_value);
    }
    cell->type = TABLE_ITEM_NONE;
}

static void
free_table_cell(stat_tap_table *table _U_, guint row _U_, guint column _U_, stat_tap_table_item_type *cell)
{
    free_cell(cell);
}

static void
free_retired(sipmsg_window *window)
{
    for (guint i = 0; window->retired != NULL && i < window->retired->len; i++) {
        stat_tap_table_item_type *row = g_ptr_array_index(window->retired, i);
        for (size_t column = 0; column < window->ui.nfields; column++) {
            free_cell(&row[column]);
        }
        g_free(row);
    }
    if (window->retired != NULL) {
        g_ptr_array_free(window->retired, TRUE);
        window->retired = NULL;
    }
}

static stat_tap_table *
table_of(const stat_tap_table_ui *ui)
{
    return ui->tables != NULL && ui->tables->len > 0 ? g_array_index(ui->tables, stat_tap_table *, 0) : NULL;
}

static void
clear(sipmsg_window *window, stat_tap_table *table)
{
    window->forget();
    if (window->retired == NULL) {
        window->retired = g_ptr_array_new();
    }
    for (guint row = 0; row < table->num_elements; row++) {
        g_ptr_array_add(window->retired, table->elements[row]);
    }
    table->num_elements = 0;
    table->title = window->ui.title;
}

/* Makes the table of the windows, or takes all rows away. */
static void
start(stat_tap_table_ui *ui)
{
    sipmsg_window *window = (sipmsg_window *)ui;
    if (ui->refcount <= 1) {
        /* Only the window that is about to drop the rows which it still has. */
        free_retired(window);
    }
    stat_tap_table *table = table_of(ui);
    if (table != NULL) {
        clear(window, table);
    } else {
        /* sharkd has freed the table in which it was. */
        window->forget();
        stat_tap_add_table(ui, stat_tap_init_table(ui->title, (int)ui->nfields, 0, NULL));
    }
}

/* Wireshark does not say of which windows. */
static void
clear_table(stat_tap_table *table)
{
    for (sipmsg_window *window = windows; window != NULL; window = window->next) {
        if (table != NULL && table_of(&window->ui) == table) {
            clear(window, table);
        }
    }
}

static void
close_capture(void)
{
    for (sipmsg_window *window = windows; window != NULL; window = window->next) {
        window->forget();
    }
}

/* Called when Wireshark ends: tshark does not free its tables. */
static void
free_tables(void)
{
    for (sipmsg_window *window = windows; window != NULL; window = window->next) {
        free_retired(window);
        if (window->ui.tables != NULL) {
            free_stat_tables(&window->ui);
            g_array_free(window->ui.tables, TRUE);
        }
    }
}

static tap_packet_status
note_message(void *listener, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped, tap_flags_t flags _U_)
{
    const sipmsg_tap_data *data = tapped;
    stat_tap_table_ui *ui = ((const stat_data_t *)listener)->stat_tap_data;
    stat_tap_table *table = table_of(ui);
    if (!data->all_seen) {
        table->title = "This table needs two passes: give tshark -2, or leave \"_table\" out.";
        return TAP_PACKET_DONT_REDRAW;
    }
    bool noted = data->sighting != NULL && ((sipmsg_window *)ui)->note(table, pinfo, data);
    return noted ? TAP_PACKET_REDRAW : TAP_PACKET_DONT_REDRAW;
}

void
sipmsg_window_register(sipmsg_window *window)
{
    if (windows == NULL) {
        register_cleanup_routine(close_capture);
        register_shutdown_routine(free_tables);
    }
    window->next = windows;
    windows = window;
    window->ui.group = SIPMSG_STAT_GROUP_TELEPHONY;
    window->ui.tap_name = SIPMSG_TAP;
    window->ui.stat_tap_init_cb = start;
    window->ui.packet_func = note_message;
    window->ui.stat_tap_reset_table_cb = clear_table;
    window->ui.stat_tap_free_table_item_cb = free_table_cell;
    register_stat_tap_table_ui(&window->ui);
}

guint
sipmsg_window_add_row(stat_tap_table *table)
{
    guint row = table->num_elements++;
    table->elements = g_renew(stat_tap_table_item_type *, table->elements, table->num_elements);
    table->elements[row] = g_new0(stat_tap_table_item_type, table->num_fields);
    return row;
}

void
sipmsg_window_set_text(stat_tap_table *table, guint row, guint column, const char *text)
{
    stat_tap_table_item_type *cell = stat_tap_get_field_data(table, row, column);
    free_cell(cell);
    cell->type = TABLE_ITEM_STRING;
    cell->value.string_value = text;
}

void
sipmsg_window_set_number(stat_tap_table *table, guint row, guint column, guint number)
{
    stat_tap_table_item_type *cell = stat_tap_get_field_data(table, row, column);
    cell->type = TABLE_ITEM_UINT;
    cell->value.uint_value = number;
}

char *
sipmsg_window_pad(char *number)
{
    char *padded = *number != '\0' ? g_strdup_printf("%*s", PAD_WIDTH, number) : g_strdup("");
    g_free(number);
    return padded;
}
