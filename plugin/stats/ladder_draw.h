/* ladder_draw.h - a sequence of messages drawn as text, in 100 columns.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * In plain ASCII but for the texts given: it looks the same on every terminal, in logs and
 * in mails.
 */
#ifndef SIPMSG_STATS_LADDER_DRAW_H
#define SIPMSG_STATS_LADDER_DRAW_H

#include "track/transactions.h"

#include <glib.h>

enum { SIPMSG_LADDER_COLUMNS = 100 };

/* A message to draw. All texts are printable UTF-8. */
typedef struct sipmsg_ladder_row {
    uint32_t frame;
    int64_t time; /* since the call began, in nanoseconds; may be negative */
    char *source; /* hosts: two are the same if their texts are */
    char *target;
    char *label; /* such as "180 Ringing" */
    char *notes; /* what stands beside the arrow, perhaps nothing */
    bool bad;    /* to be marked */
} sipmsg_ladder_row;

void sipmsg_ladder_row_free(gpointer value);

/* Prints rows (sipmsg_ladder_row) as arrows between columns, one for each host in order of
 * first appearance; as a list, if there are more of them than fit: five. */
void sipmsg_ladder_draw(const GPtrArray *rows);

/* Seconds with three decimals of a time in nanoseconds, to be freed with g_free(). */
char *sipmsg_ladder_time(int64_t time);

/* Prints text that may be long, with so many spaces before each of its lines. */
void sipmsg_ladder_print_text(guint indent, const char *text);

#endif
