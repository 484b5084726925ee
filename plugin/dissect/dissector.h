/* dissector.h - how Wireshark calls the plugin.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_DISSECTOR_H
#define SIPMSG_DISSECT_DISSECTOR_H

/* Registers the protocol, its fields, preferences and dissectors. */
void sipmsg_register(void);

/* Registers the heuristics, and arranges for the taking over of ports. */
void sipmsg_register_handoff(void);

#endif
