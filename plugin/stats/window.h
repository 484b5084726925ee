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

typedef struct sipmsg_window sipmsg_window;

/* What the windows of a kind have of their own. */
struct sipmsg_window {
    stat_tap_table_ui ui; /* title, cli_string, fields and nfields; the rest is the same for all */

    /* Brings the rows that a message concerns up to date. Whether there were any. */
    bool (*note)(stat_tap_table *table, packet_info *pinfo, const sipmsg_tap_data *data);

    /* Forgets what rows are filled from. Called when they are taken away, and when the
     * capture is closed, and with it what was learnt of it. */
    void (*forget)(void);

    GPtrArray *retired;  /* rows that windows may still point to */
    sipmsg_window *next; /* of all kinds */
};

/* Registers windows of a kind, which must live for ever. */
void sipmsg_window_register(sipmsg_window *window);

/* Adds a row of empty cells and returns its number. */
guint sipmsg_window_add_row(stat_tap_table *table);

/* Fills a cell; the text is taken. */
void sipmsg_window_set_text(stat_tap_table *table, guint row, guint column, const char *text);
void sipmsg_window_set_number(stat_tap_table *table, guint row, guint column, guint number);

/* A number as text, padded so that texts sort as their numbers do; unlike numbers it may be
 * empty. Takes the text. */
char *sipmsg_window_pad(char *number);

#endif
