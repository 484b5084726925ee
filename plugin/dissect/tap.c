/* tap.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tap.h"

#include <epan/tap.h>

static int tap_sipmsg = -1;

void
sipmsg_register_tap(void)
{
    tap_sipmsg = register_tap(SIPMSG_TAP);
}

void
sipmsg_tap_message(const sipmsg_view *view)
{
    packet_info *pinfo = view->pinfo;
    if (!have_tap_listener(tap_sipmsg) || sipmsg_is_nested(view)) {
        return;
    }
    sipmsg_tap_data *data = wmem_new(pinfo->pool, sipmsg_tap_data);
    data->message = wmem_memdup(pinfo->pool, &view->message, sizeof view->message);
    data->sighting = view->sighting;
    data->all_seen = PINFO_FD_VISITED(pinfo);
    tap_queue_packet(tap_sipmsg, pinfo, data);
}
