/* mutate.c - changes messages by lines, beside libFuzzer's own changes by bytes: what takes
 * two header fields, or one twice, is rarely found byte by byte.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <string.h>

enum {
    MAX_LINES = 64,
    LARGEST = 8 * 1024,
};

/* The lines of a text, each with its ending. */
static size_t
split(sip_span text, sip_span *lines)
{
    size_t count = 0;
    while (text.length > 0 && count < MAX_LINES) {
        const uint8_t *lf = count + 1 < MAX_LINES ? sip_span_find(text, '\n') : NULL;
        const uint8_t *end = lf != NULL ? lf + 1 : sip_span_end(text);
        lines[count++] = sip_span_between(text.data, end);
        text = sip_span_between(end, sip_span_end(text));
    }
    return count;
}

/* Leaves a line out, says it twice, swaps two, or joins two. */
static void
change(sip_span *lines, size_t *count, fuzz_dice *dice)
{
    size_t one = fuzz_throw(dice, *count);
    size_t other = fuzz_throw(dice, *count);
    sip_span line = lines[one];
    switch (fuzz_throw(dice, 4)) {
    case 0:
        memmove(lines + one, lines + one + 1, (--*count - one) * sizeof *lines);
        break;
    case 1:
        memmove(lines + other + 1, lines + other, (*count - other) * sizeof *lines);
        lines[other] = line;
        ++*count;
        break;
    case 2:
        lines[one] = lines[other];
        lines[other] = line;
        break;
    default:
        lines[one].length -= line.length > 0 && line.data[line.length - 1] == '\n';
        break;
    }
}

/* As many of the bytes as fit behind those that are there. */
static void
append(sip_span line, uint8_t *text, size_t *size, size_t max_size)
{
    size_t room = max_size - *size;
    size_t length = line.length < room ? line.length : room;
    memcpy(text + *size, line.data, length);
    *size += length;
}

static size_t
write_lines(uint8_t *data, size_t max_size, const sip_span *lines, size_t count)
{
    static uint8_t text[LARGEST];
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        append(lines[i], text, &size, max_size < LARGEST ? max_size : LARGEST);
    }
    memcpy(data, text, size);
    return size;
}

/* The names are libFuzzer's. NOLINTBEGIN(readability-identifier-naming) */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    sip_span lines[MAX_LINES + 1];
    fuzz_dice dice = {seed};
    if (fuzz_throw(&dice, 4) != 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    size_t count = split((sip_span){data, size}, lines);
    if (count == 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    change(lines, &count, &dice);
    return write_lines(data, max_size, lines, count);
}

/* NOLINTEND(readability-identifier-naming) */
