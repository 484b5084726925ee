/* window.h - tables in windows of Wireshark, whose rows come and go with the display filter.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All windows of a kind share one table, and each keeps pointers into the rows that it
 * shows, to sort by them. So rows that are taken away live on until no window can have them.
 *
 * A row tells what is known when it is filled, and nobody asks before it is drawn. Windows
 * fill theirs when all packets were seen once; tshark does so with -2 alone.
 */
#ifndef SIPMSG_STATS_WINDOW_H
#define SIPMSG_STATS_WINDOW_H

#include "dissect/tap.h"

#include <epan/stat_tap_ui.h>

typedef struct sipmsg_window {
    stat_tap_table_ui ui;
    GPtrArray *retired; /* rows that windows may still point to */
} sipmsg_window;

/* For stat_tap_init_cb: makes the window's table, or takes all rows away. Returns the table. */
stat_tap_table *sipmsg_window_start(sipmsg_window *window);

/* For stat_tap_reset_table_cb: takes all rows away. */
void sipmsg_window_clear(sipmsg_window *window, stat_tap_table *table);

/* For stat_tap_free_table_item_cb. */
void sipmsg_window_free_cell(stat_tap_table *table, guint row, guint column, stat_tap_table_item_type *cell);

/* The table that is filled for a listener. */
stat_tap_table *sipmsg_window_table(const void *listener);

/* Whether a message may fill rows. If not, the title says so from then on. */
bool sipmsg_window_may_fill(stat_tap_table *table, const sipmsg_tap_data *data);

/* Adds a row of empty cells and returns its number. */
guint sipmsg_window_add_row(stat_tap_table *table);

/* Fills a cell; the text is taken. */
void sipmsg_window_set_text(stat_tap_table *table, guint row, guint column, const char *text);
void sipmsg_window_set_number(stat_tap_table *table, guint row, guint column, guint number);

/* A number as text, padded so that texts sort as their numbers do; unlike numbers it may be
 * empty. Takes the text. */
char *sipmsg_window_pad(char *number);

#endif
