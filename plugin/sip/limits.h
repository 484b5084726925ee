/* limits.h - every limit that the plugin sets, with its reason.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_LIMITS_H
#define SIPMSG_SIP_LIMITS_H

enum {
    /* The longest start line that a stream is asked to complete. RFC 3261 sets no
     * limit; this is four times what common servers accept, so what is longer is
     * not SIP but data without line ends. */
    SIP_LIMIT_PARTIAL_LINE = 16 * 1024,

    /* The longest header section that a stream is asked to complete, as long as the
     * longest UDP datagram. */
    SIP_LIMIT_PARTIAL_HEADERS = 64 * 1024,

    /* The largest Content-Length that a stream is asked to complete. Larger ones
     * are lies or lost framing: waiting for them would swallow all that follows. */
    SIP_LIMIT_BODY = 1024 * 1024,

    /* How deep messages in the bodies of messages are decoded. Wireshark gives up on a
     * packet of some hundred layers; no sender nests more than one or two. */
    SIP_LIMIT_NESTING = 8,

    /* How many parameters or header parts of one URI are listed, so that a hostile
     * message can't build a tree without end. */
    SIP_LIMIT_URI_ITEMS = 100,

    /* How many header fields of one message are listed, and how many Reason or
     * Warning values, for the same reason. */
    SIP_LIMIT_HEADERS = 1000,
    SIP_LIMIT_VALUES = 100,

    /* How many broken rules of one message are reported. */
    SIP_LIMIT_FINDINGS = 100,

    /* Among how many parameters of one value a repeated name is looked for, since
     * that takes time quadratic in their number. */
    SIP_LIMIT_PARAMETERS = 64,
};

#endif
