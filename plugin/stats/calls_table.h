/* calls_table.h - the list of calls as a window of Wireshark.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_CALLS_TABLE_H
#define SIPMSG_STATS_CALLS_TABLE_H

/* Registers it. Call once. */
void sipmsg_register_calls_table(void);

#endif
