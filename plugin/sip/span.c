/* span.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "span.h"

/* The classes of the characters, composed of what they have in common. */
#define PUNCT_TOKEN_URI (SIP_CHAR_TOKEN | SIP_CHAR_URI)
#define MARK            (SIP_CHAR_URI | SIP_CHAR_UNRESERVED)
#define MARK_TOKEN      (MARK | SIP_CHAR_TOKEN)
#define DASH_DOT        (MARK_TOKEN | SIP_CHAR_SCHEME | SIP_CHAR_HOST)
#define DIGIT           (DASH_DOT | SIP_CHAR_DIGIT | SIP_CHAR_HEX)
#define LETTER          (DASH_DOT | SIP_CHAR_ALPHA)
#define HEX_LETTER      (LETTER | SIP_CHAR_HEX)

const uint16_t sip_char_classes[256] = {
    ['\t'] = SIP_CHAR_BLANK,
    [' '] = SIP_CHAR_BLANK,
    ['!'] = MARK_TOKEN,
    ['$'] = SIP_CHAR_URI,
    ['%'] = PUNCT_TOKEN_URI,
    ['&'] = SIP_CHAR_URI,
    ['\''] = MARK_TOKEN,
    ['('] = MARK,
    [')'] = MARK,
    ['*'] = MARK_TOKEN,
    ['+'] = PUNCT_TOKEN_URI | SIP_CHAR_SCHEME,
    [','] = SIP_CHAR_URI,
    ['-'] = DASH_DOT,
    ['.'] = DASH_DOT,
    ['/'] = SIP_CHAR_URI,
    ['0'] = DIGIT,
    ['1'] = DIGIT,
    ['2'] = DIGIT,
    ['3'] = DIGIT,
    ['4'] = DIGIT,
    ['5'] = DIGIT,
    ['6'] = DIGIT,
    ['7'] = DIGIT,
    ['8'] = DIGIT,
    ['9'] = DIGIT,
    [':'] = SIP_CHAR_URI,
    [';'] = SIP_CHAR_URI,
    ['='] = SIP_CHAR_URI,
    ['?'] = SIP_CHAR_URI,
    ['@'] = SIP_CHAR_URI,
    ['A'] = HEX_LETTER,
    ['B'] = HEX_LETTER,
    ['C'] = HEX_LETTER,
    ['D'] = HEX_LETTER,
    ['E'] = HEX_LETTER,
    ['F'] = HEX_LETTER,
    ['G'] = LETTER,
    ['H'] = LETTER,
    ['I'] = LETTER,
    ['J'] = LETTER,
    ['K'] = LETTER,
    ['L'] = LETTER,
    ['M'] = LETTER,
    ['N'] = LETTER,
    ['O'] = LETTER,
    ['P'] = LETTER,
    ['Q'] = LETTER,
    ['R'] = LETTER,
    ['S'] = LETTER,
    ['T'] = LETTER,
    ['U'] = LETTER,
    ['V'] = LETTER,
    ['W'] = LETTER,
    ['X'] = LETTER,
    ['Y'] = LETTER,
    ['Z'] = LETTER,
    ['['] = SIP_CHAR_URI,
    [']'] = SIP_CHAR_URI,
    ['_'] = MARK_TOKEN,
    ['`'] = SIP_CHAR_TOKEN,
    ['a'] = HEX_LETTER,
    ['b'] = HEX_LETTER,
    ['c'] = HEX_LETTER,
    ['d'] = HEX_LETTER,
    ['e'] = HEX_LETTER,
    ['f'] = HEX_LETTER,
    ['g'] = LETTER,
    ['h'] = LETTER,
    ['i'] = LETTER,
    ['j'] = LETTER,
    ['k'] = LETTER,
    ['l'] = LETTER,
    ['m'] = LETTER,
    ['n'] = LETTER,
    ['o'] = LETTER,
    ['p'] = LETTER,
    ['q'] = LETTER,
    ['r'] = LETTER,
    ['s'] = LETTER,
    ['t'] = LETTER,
    ['u'] = LETTER,
    ['v'] = LETTER,
    ['w'] = LETTER,
    ['x'] = LETTER,
    ['y'] = LETTER,
    ['z'] = LETTER,
    ['~'] = MARK_TOKEN,
};

static uint8_t
lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

bool
sip_span_equal_folded(sip_span a, sip_span b)
{
    for (size_t i = 0; i < a.length; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
}

/* Looks at one piece after the other, so that data with many CRs and no LF is not
 * searched to its end for each line. */
size_t
sip_span_line(sip_span span, size_t *ending)
{
    enum { PIECE = 256 };
    const uint8_t *end = sip_span_end(span);
    for (const uint8_t *piece = span.data; piece < end;) {
        size_t length = end - piece < PIECE ? (size_t)(end - piece) : PIECE;
        const uint8_t *lf = memchr(piece, '\n', length);
        const uint8_t *cr = memchr(piece, '\r', lf != NULL ? (size_t)(lf - piece) : length);
        if (cr != NULL) {
            *ending = cr + 1 < end && cr[1] == '\n' ? 2 : 1;
            return (size_t)(cr - span.data);
        }
        if (lf != NULL) {
            *ending = 1;
            return (size_t)(lf - span.data);
        }
        piece += length;
    }
    *ending = 0;
    return span.length;
}

bool
sip_span_number(sip_span span, uint32_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < span.length; i++) {
        unsigned digit = (unsigned)span.data[i] - '0';
        if (digit > 9) {
            return false;
        }
        value = value * 10 + digit;
        value = value > UINT32_MAX ? UINT32_MAX : value;
    }
    if (span.length == 0) {
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

/* The length of the well-formed UTF-8 sequence at the start of span, 0 if there
 * is none (RFC 3629 section 4: no overlong forms, no surrogates, at most
 * U+10FFFF). */
static size_t
utf8_sequence(sip_span span)
{
    uint8_t lead = span.data[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || length > span.length) {
        return 0;
    }
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (size_t i = 1; i < length; i++) {
        if (span.data[i] < low || span.data[i] > high) {
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

/* Whether one of eight bytes is no printable ASCII: it has the highest bit, gets it by taking
 * the first printable one off, or is DEL, which the last part makes the one that borrows. */
static bool
has_unprintable(const uint8_t *bytes)
{
    static const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t del = word ^ each * 0x7F;
    return (((word - each * ' ') | word | ((del - each) & ~del)) & each * 0x80) != 0;
}

/* Eight bytes at a time, the last of which may be looked at twice. */
static bool
has_unprintable_words(sip_span span)
{
    const uint8_t *last = sip_span_end(span) - sizeof(uint64_t);
    for (const uint8_t *word = span.data; word < last; word += sizeof(uint64_t)) {
        if (has_unprintable(word)) {
            return true;
        }
    }
    return has_unprintable(last);
}

bool
sip_span_is_printable(sip_span span)
{
    if (span.length >= sizeof(uint64_t)) {
        return !has_unprintable_words(span);
    }
    for (size_t i = 0; i < span.length; i++) {
        if (span.data[i] < ' ' || span.data[i] >= 0x7F) {
            return false;
        }
    }
    return true;
}

sip_span
sip_span_front(sip_span text, size_t limit)
{
    if (text.length <= limit) {
        return text;
    }
    /* A character's first byte is the fourth at most from behind: what has more is no UTF-8. */
    size_t length = limit;
    while (length > 0 && limit - length < 3 && (text.data[length] & 0xC0) == 0x80) {
        length--;
    }
    return (sip_span){text.data, length};
}

const uint8_t *
sip_span_find_bad_utf8(sip_span span)
{
    while (span.length > 0) {
        size_t length = utf8_sequence(span);
        if (length == 0) {
            return span.data;
        }
        span = sip_span_from(span, length);
    }
    return NULL;
}
