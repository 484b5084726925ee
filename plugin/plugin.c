/* plugin.c - the front door: what Wireshark looks for when it loads the plugin.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"
#include "dissect/dissector.h"
#include "stats/stats.h"

#include <gmodule.h>

WS_DLL_PUBLIC_DEF const gchar plugin_version[] = SIPMSG_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
#if SIPMSG_HAS_PLUGIN_DESCRIBE
WS_DLL_PUBLIC uint32_t plugin_describe(void);

uint32_t
plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}
#endif

static void
register_handoff(void)
{
    sipmsg_register_handoff();
    sipmsg_register_stats();
}

void
plugin_register(void)
{
    static proto_plugin plugin;

    plugin.register_protoinfo = sipmsg_register;
    plugin.register_handoff = register_handoff;
    proto_register_plugin(&plugin);
}
