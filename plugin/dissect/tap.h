/* tap.h - what each message gives to statistics.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_TAP_H
#define SIPMSG_DISSECT_TAP_H

#include "tree.h"

/* The tap that statistics listen to. It gets every message that was sent as such: none that
 * is quoted in an error packet, or carried in another message. */
#define SIPMSG_TAP "sipmsg"

/* The data of the tap, valid until the listeners were called for the packet. */
typedef struct sipmsg_tap_data {
    const sip_message *message;      /* spans point into the packet */
    const sipmsg_sighting *sighting; /* NULL if it belongs to no transaction */
    bool all_seen;                   /* the capture was read before: what track/ knows will not change */
} sipmsg_tap_data;

/* Whether a message counts: retransmissions and second copies do not. */
static inline bool
sipmsg_tap_counts(const sipmsg_tap_data *data)
{
    return data->sighting == NULL || sipmsg_sighting_is_first(data->sighting);
}

/* Registers the tap. Call once, when the protocol is registered. */
void sipmsg_register_tap(void);

/* Gives a message to the tap, if anybody listens. */
void sipmsg_tap_message(const sipmsg_view *view);

#endif
