/* readable.h - text from the network, to be shown.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_READABLE_H
#define SIPMSG_DISSECT_READABLE_H

#include "sip/span.h"

#include "compat.h"

/* A copy of the text in pool, terminated; "" if it is absent. It is to have no NUL.
 * wmem_strndup() copies byte by byte. */
static inline const char *
sipmsg_copy(wmem_allocator_t *pool, sip_span text)
{
    char *copy = wmem_alloc(pool, text.length + 1);
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    copy[text.length] = '\0';
    return copy;
}

/* The text in pool, with escapes in place of what is not printable; "" if it is absent. The
 * way through Wireshark's own function is long, and hardly any text needs it. */
static inline const char *
sipmsg_readable(wmem_allocator_t *pool, sip_span text)
{
    return sip_span_is_printable(text) ? sipmsg_copy(pool, text) : sipmsg_format_text(pool, text.data, text.length);
}

#endif
