/* window.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "window.h"

enum { PAD_WIDTH = 14 };

static void
free_cell(stat_tap_table_item_type *cell)
{
    if (cell->type == TABLE_ITEM_STRING) {
        g_free((char *)cell->value.string_value);
    }
    cell->type = TABLE_ITEM_NONE;
}

void
sipmsg_window_free_cell(stat_tap_table *table _U_, guint row _U_, guint column _U_, stat_tap_table_item_type *cell)
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

void
sipmsg_window_clear(sipmsg_window *window, stat_tap_table *table)
{
    if (window->retired == NULL) {
        window->retired = g_ptr_array_new();
    }
    for (guint row = 0; row < table->num_elements; row++) {
        g_ptr_array_add(window->retired, table->elements[row]);
    }
    table->num_elements = 0;
    table->title = window->ui.title;
}

stat_tap_table *
sipmsg_window_start(sipmsg_window *window)
{
    stat_tap_table_ui *ui = &window->ui;
    if (ui->refcount <= 1) {
        /* Only the window that is about to drop the rows which it still has. */
        free_retired(window);
    }
    if (ui->tables != NULL && ui->tables->len > 0) {
        stat_tap_table *table = g_array_index(ui->tables, stat_tap_table *, 0);
        sipmsg_window_clear(window, table);
        return table;
    }
    stat_tap_table *table = stat_tap_init_table(ui->title, (int)ui->nfields, 0, NULL);
    stat_tap_add_table(ui, table);
    return table;
}

stat_tap_table *
sipmsg_window_table(const void *listener)
{
    const stat_data_t *data = listener;
    return g_array_index(data->stat_tap_data->tables, stat_tap_table *, 0);
}

bool
sipmsg_window_may_fill(stat_tap_table *table, const sipmsg_tap_data *data)
{
    if (!data->all_seen) {
        table->title = "This table needs two passes: give tshark -2, or leave \"_table\" out.";
    }
    return data->all_seen;
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
