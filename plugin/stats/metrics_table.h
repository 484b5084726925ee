/* metrics_table.h - the metrics of RFC 6076 as a window of Wireshark.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_METRICS_TABLE_H
#define SIPMSG_STATS_METRICS_TABLE_H

/* Registers it. Call once. */
void sipmsg_register_metrics_table(void);

#endif
