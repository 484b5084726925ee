/* story_fuzz.c - what messages mean together, in stories that are told by who knows SIP.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Input: a byte for the age at which transactions are over, and records of six bytes. Each
 * stands for a message from a small vocabulary, so that messages often belong together, or
 * for a copy of an earlier one. What must hold of them stands in track_check.h.
 */
#include "track_check.h"

#include <stdio.h>
#include <string.h>

#define MS INT64_C(1000000)

enum {
    RECORD = 6,
    MAX_MESSAGES = 48,
    MAX_BYTES = 512,
    START_SECONDS = 1700000000,
};

/* Takes so many values off a record's bits: 0 to limit - 1. */
static unsigned
take(uint64_t *bits, unsigned limit)
{
    unsigned value = (unsigned)(*bits % limit);
    *bits /= limit;
    return value;
}

typedef struct text {
    char bytes[MAX_BYTES];
    size_t length;
} text;

static void
add(text *to, const char *part)
{
    size_t length = strlen(part);
    fuzz_that(to->length + length <= sizeof to->bytes, "room for a message");
    memcpy(to->bytes + to->length, part, length);
    to->length += length;
}

static const char *const whats[] = {
    "INVITE", "ACK",         "BYE",         "CANCEL",      "PRACK",       "OPTIONS",     "REFER",       "FOO",
    "invite", "SIP/2.0 100", "SIP/2.0 180", "SIP/2.0 183", "SIP/2.0 199", "SIP/2.0 200", "SIP/2.0 202", "SIP/2.0 302",
    "INVITE", "SIP/2.0 401", "SIP/2.0 407", "SIP/2.0 480", "SIP/2.0 481", "SIP/2.0 486", "SIP/2.0 487", "SIP/2.0 503",
    "ACK",    "SIP/2.0 603", "SIP/2.0 000", "SIP/2.0 999", "SIP/2.0 299", "SIP/2.0 200", "SIP/2.0 180", "BENOTIFY",
};

/* The message of a record. A value of 0 everywhere is the plainest of messages. */
static void
tell(uint64_t bits, text *to)
{
    static const char *const uris[] = {"sip:b@h", "sip:c@h"};
    static const char *const hosts[] = {"h", "h", "H", "g:5061"};
    static const char *const branches[] = {";branch=z9hG4bK1", ";branch=z9hG4bK2", ";branch=Z9HG4BKa",
                                           ";branch=1",        ";branch=2",        "",
                                           ";branch=z9hG4bK3", ";branch=z9hG4bK"};
    static const char *const more_hops[] = {"", "", ",SIP/2.0/UDP p", ",SIP/2.0/UDP p,SIP/2.0/UDP q"};
    static const char *const from_tags[] = {";tag=a", ";tag=x", ";tag=A", ""};
    static const char *const to_tags[] = {"", ";tag=x", ";tag=y", ";tag=a"};
    static const char *const call_ids[] = {"c", "c", "C", "d"};
    static const char *const numbers[] = {"1", "2", "3", "4294967295"};
    static const char *const methods[] = {"INVITE", "BYE", "CANCEL", "ACK", "PRACK", "OPTIONS", "FOO", "invite"};
    static const char *const extras[] = {"",         "",         "RSeq: 1\r\n", "RSeq: 2\r\n",
                                         "X: y\r\n", "X: z\r\n", "Via: v\r\n",  ""};
    const char *what = whats[take(&bits, COUNT(whats))];
    bool response = what[3] == '/';
    bool has_to = true;

    to->length = 0;
    add(to, what);
    add(to, " ");
    add(to, response ? "Phrase" : uris[take(&bits, COUNT(uris))]);
    add(to, response ? "\r\nVia: SIP/2.0/UDP " : " SIP/2.0\r\nVia: SIP/2.0/UDP ");
    add(to, hosts[take(&bits, COUNT(hosts))]);
    add(to, branches[take(&bits, COUNT(branches))]);
    add(to, more_hops[take(&bits, COUNT(more_hops))]);
    add(to, "\r\nFrom: <sip:a@h>");
    add(to, from_tags[take(&bits, COUNT(from_tags))]);
    unsigned tag = take(&bits, COUNT(to_tags));
    add(to, "\r\nCall-ID: ");
    add(to, call_ids[take(&bits, COUNT(call_ids))]);
    add(to, "\r\nCSeq: ");
    add(to, numbers[take(&bits, COUNT(numbers))]);
    add(to, " ");
    unsigned method = take(&bits, COUNT(methods));
    unsigned odd = take(&bits, 8);
    /* Requests mostly have their own method in CSeq. */
    add(to, response || odd == 7 ? methods[method] : what);
    has_to = odd != 6;
    if (has_to) {
        add(to, "\r\nTo: <sip:b@h>");
        add(to, to_tags[tag]);
    }
    add(to, "\r\n");
    add(to, extras[take(&bits, COUNT(extras))]);
    add(to, "\r\n");
}

/* How a message came, by the last bits of its record. */
static void
set_arrival(uint64_t bits, const track_input *last, track_input *input)
{
    static const int64_t steps[] = {
        10 * MS, 1 * MS, 0, 5 * MS, -2 * MS, 500 * MS, 33 * SIPMSG_SECOND, 100 * SIPMSG_SECOND};
    static const int32_t ip_ids[] = {-1, 1, 2, 1};
    static const uint32_t frames[] = {1, 1, 0, 2};
    int64_t step = steps[take(&bits, COUNT(steps))];
    input->frame = last->frame + frames[take(&bits, COUNT(frames))];
    input->time = last->time + (input->frame == last->frame ? 0 : step);
    input->path = (uint8_t)take(&bits, 4);
    input->ip_id = ip_ids[take(&bits, COUNT(ip_ids))];
    input->ports = (uint8_t)take(&bits, 2);
}

static uint64_t
bits_of(const uint8_t *bytes, size_t count)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++) {
        bits |= (uint64_t)bytes[i] << 8 * i;
    }
    return bits;
}

void
fuzz_target(sip_span input)
{
    static const int64_t ages[] = {0, 60 * SIPMSG_SECOND, SIPMSG_SECOND, 0};
    static text texts[MAX_MESSAGES];
    static track_input list[MAX_MESSAGES];
    track_input last = {.time = START_SECONDS * SIPMSG_SECOND, .frame = 1};
    int64_t max_age = input.length > 0 ? ages[input.data[0] % COUNT(ages)] : 0;
    size_t count = 0;

    for (size_t at = 1; at + RECORD <= input.length && count < MAX_MESSAGES; at += RECORD) {
        /* 30 bits for what it says, 13 for how it came, and the rest for copies. */
        uint64_t bits = bits_of(input.data + at, RECORD);
        size_t back = (size_t)(bits >> 43) % 32;
        if (back >= 24 && count > 0) {
            texts[count] = texts[count - 1 - (back - 24) % count];
        } else {
            tell(bits & ((UINT64_C(1) << 30) - 1), &texts[count]);
        }
        list[count].bytes = (sip_span){(const uint8_t *)texts[count].bytes, texts[count].length};
        set_arrival(bits >> 30, &last, &list[count]);
        last = list[count++];
    }
    track_check(list, count, max_age);
}

/* Changes a story by records, beside libFuzzer's own changes by bytes. The names are
 * libFuzzer's. NOLINTBEGIN(readability-identifier-naming) */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    fuzz_dice dice = {seed};
    size_t count = size > 0 ? (size - 1) / RECORD : 0;
    if (count == 0 || size + RECORD > max_size || fuzz_throw(&dice, 2) == 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    uint8_t *one = data + 1 + RECORD * fuzz_throw(&dice, count);
    uint8_t *other = data + 1 + RECORD * fuzz_throw(&dice, count);
    uint8_t record[RECORD];
    memcpy(record, one, RECORD);
    switch (fuzz_throw(&dice, 4)) {
    case 0: /* leave one out */
        memmove(one, one + RECORD, (size_t)(data + size - (one + RECORD)));
        return size - RECORD;
    case 1: /* say one twice */
        memmove(other + RECORD, other, (size_t)(data + size - other));
        memcpy(other, record, RECORD);
        return size + RECORD;
    case 2: /* swap two */
        memmove(one, other, RECORD);
        memcpy(other, record, RECORD);
        return size;
    default: /* change one */
        one[fuzz_throw(&dice, RECORD)] ^= (uint8_t)(1U << fuzz_throw(&dice, 8));
        return size;
    }
}

/* NOLINTEND(readability-identifier-naming) */
