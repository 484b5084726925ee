/* stats.h - the statistics, as they are asked for.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each stands in a file of its own that is named after it.
 */
#ifndef SIPMSG_STATS_STATS_H
#define SIPMSG_STATS_STATS_H

/* Registers them all, with tshark's -z and in the menus of Wireshark. Call once, after the
 * tap was registered. */
void sipmsg_register_stats(void);

/* One of them each. */
void sipmsg_register_tree(void);    /* -z sipmsg,tree */
void sipmsg_register_times(void);   /* -z sipmsg,times */
void sipmsg_register_calls(void);   /* -z sipmsg,calls */
void sipmsg_register_metrics(void); /* -z sipmsg,metrics */
void sipmsg_register_ladder(void);  /* -z sipmsg,ladder */

#endif
