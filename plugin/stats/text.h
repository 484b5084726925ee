/* text.h - what reports print: numbers without a locale, columns, cells of CSV.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_TEXT_H
#define SIPMSG_STATS_TEXT_H

#include "sip/span.h"

/* All texts that these return are to be freed with g_free(). */

/* Text from the network, made printable; what is longer than what anybody reads is cut. */
char *sipmsg_printable(sip_span text);

/* A time in nanoseconds with so many decimals, one at least, in units of so many nanoseconds;
 * empty if it is negative: not known. */
char *sipmsg_decimal(int64_t time, int64_t unit, unsigned decimals);

/* "23.1%"; "n/a" if there is nothing that it could be a part of. */
char *sipmsg_percentage(uint32_t part, uint32_t whole);

/* How many columns of a terminal a text takes. */
unsigned sipmsg_text_width(const char *text);

/* Where a text leaves the first so many columns; its end if it fits. */
const char *sipmsg_text_end(const char *text, unsigned columns);

/* Prints a text in a column of that width, cut if it is longer. */
void sipmsg_print_left(const char *text, unsigned width);
void sipmsg_print_right(const char *text, unsigned width);

/* Prints a text as a cell of CSV (RFC 4180). Spreadsheets take a cell that starts with "=",
 * "+", "-" or "@" for a formula, so that one gets an apostrophe in front. */
void sipmsg_print_csv(const char *text);

#endif
