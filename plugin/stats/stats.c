/* stats.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stats.h"

void
sipmsg_register_stats(void)
{
    sipmsg_register_tree();
    sipmsg_register_times();
    sipmsg_register_calls();
    sipmsg_register_metrics();
    sipmsg_register_ladder();
}
