/* times_table.h - response times in a window.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_TIMES_TABLE_H
#define SIPMSG_STATS_TIMES_TABLE_H

void sipmsg_register_times_table(void);

#endif
