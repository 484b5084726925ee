/* span.h - a run of bytes inside somebody else's buffer, and the character
 * classes of RFC 3261 section 25.1.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A span owns nothing: it is valid as long as the buffer that it points into.
 * Its bytes are not terminated and may be anything, NUL included. An absent
 * part is a span whose data is NULL; a present but empty part has data set and
 * length 0.
 */
#ifndef SIPMSG_SIP_SPAN_H
#define SIPMSG_SIP_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct sip_span {
    const uint8_t *data;
    size_t length;
} sip_span;

/* The span of a string literal, without its terminator; the second form
 * initialises a variable of static duration. */
#define SIP_SPAN(literal) ((sip_span)SIP_SPAN_INIT(literal))
#define SIP_SPAN_INIT(literal)                                                                                         \
    {                                                                                                                  \
        (const uint8_t *)(literal), sizeof(literal) - 1                                                                \
    }

/* Character classes, one bit each. */
enum {
    SIP_CHAR_TOKEN = 1 << 0,  /* token */
    SIP_CHAR_ALPHA = 1 << 1,  /* ALPHA */
    SIP_CHAR_DIGIT = 1 << 2,  /* DIGIT */
    SIP_CHAR_HEX = 1 << 3,    /* HEXDIG, either case */
    SIP_CHAR_SCHEME = 1 << 4, /* what may follow the first letter of a scheme */
    SIP_CHAR_BLANK = 1 << 5,  /* SP / HTAB */
    SIP_CHAR_URI = 1 << 6,    /* reserved / unreserved / "%" / "[" / "]" */
    SIP_CHAR_HOST = 1 << 7,   /* hostname / IPv4address */
    SIP_CHAR_UNRESERVED = 1 << 8,
};

extern const uint16_t sip_char_classes[256];

/* Whether byte is in any of the classes. */
static inline bool
sip_char_is(uint8_t byte, unsigned classes)
{
    return (sip_char_classes[byte] & classes) != 0;
}

static inline bool
sip_span_present(sip_span span)
{
    return span.data != NULL;
}

/* The first byte after the span. */
static inline const uint8_t *
sip_span_end(sip_span span)
{
    return span.data + span.length;
}

/* The span from first up to but without end; first <= end, in one buffer. */
static inline sip_span
sip_span_between(const uint8_t *first, const uint8_t *end)
{
    return (sip_span){first, (size_t)(end - first)};
}

/* The span without its first count bytes; count <= length. */
static inline sip_span
sip_span_from(sip_span span, size_t count)
{
    return (sip_span){span.data + count, span.length - count};
}

/* How many bytes at the start of the span are in one of the classes. */
static inline size_t
sip_span_run(sip_span span, unsigned classes)
{
    size_t length = 0;
    while (length < span.length && sip_char_is(span.data[length], classes)) {
        length++;
    }
    return length;
}

/* Whether byte is SP, HTAB, CR or LF. */
static inline bool
sip_char_is_white(uint8_t byte)
{
    return byte <= ' ' && (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n');
}

/* The span without white space at its front; at either end. Keeps data set. */
static inline sip_span
sip_span_skip_white(sip_span span)
{
    while (span.length > 0 && sip_char_is_white(span.data[0])) {
        span = sip_span_from(span, 1);
    }
    return span;
}

static inline sip_span
sip_span_trim(sip_span span)
{
    span = sip_span_skip_white(span);
    while (span.length > 0 && sip_char_is_white(span.data[span.length - 1])) {
        span.length--;
    }
    return span;
}

/* Same bytes; the last with ASCII letters compared without case, for which the second
 * does the work where both have the same length. */
static inline bool
sip_span_equal(sip_span a, sip_span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool sip_span_equal_folded(sip_span a, sip_span b);

static inline bool
sip_span_equal_nocase(sip_span a, sip_span b)
{
    /* Names are written as registered, nearly always. */
    return sip_span_equal(a, b) || (a.length == b.length && sip_span_equal_folded(a, b));
}

/* The first byte in the span that is value, NULL if there is none. */
static inline const uint8_t *
sip_span_find(sip_span span, uint8_t value)
{
    return span.length == 0 ? NULL : memchr(span.data, value, span.length);
}

/* The length of the line at the front of span, up to the first CR or LF. *ending is the
 * length of the line ending that stands there: 2 for CRLF, 1 for CR or LF, 0 where the data
 * ends. */
size_t sip_span_line(sip_span span, size_t *ending);

/* Cuts *span behind its first line. Returns the line ending, which may be empty. */
static inline sip_span
sip_span_cut_line(sip_span *span)
{
    sip_span ending;
    span->length = sip_span_line(*span, &ending.length);
    ending.data = sip_span_end(*span);
    return ending;
}

/* The value of 1*DIGIT, capped at UINT32_MAX. False, and *number untouched, if
 * the span is empty or holds anything else. */
bool sip_span_number(sip_span span, uint32_t *number);

/* Whether all bytes are ASCII from space to tilde. */
bool sip_span_is_printable(sip_span span);

/* The front of a text, limit bytes at most, that does not end within a character of UTF-8. */
sip_span sip_span_front(sip_span text, size_t limit);

/* The first byte that does not continue well-formed UTF-8 (RFC 3629), NULL if
 * there is none. */
const uint8_t *sip_span_find_bad_utf8(sip_span span);

#endif
