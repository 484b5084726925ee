/* growth.c - puts a long capture of one kind through what keeps track of messages, and
 * prints how many bytes of records it kept: growth KIND COUNT. For growth.py, which also
 * lets valgrind count what it costs.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "track/track.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct message_shape {
    const char *status; /* NULL for a request */
    const char *method;
    unsigned number; /* of CSeq */
    bool has_to_tag;
} message_shape;

/* One call, as it mostly goes. */
static const message_shape ordinary[] = {
    {NULL, "INVITE", 1, false},
    {"100 Trying", "INVITE", 1, false},
    {"180 Ringing", "INVITE", 1, true},
    {"200 OK", "INVITE", 1, true},
    {NULL, "ACK", 1, true},
    {NULL, "BYE", 2, true},
    {"200 OK", "BYE", 2, true},
};

static const message_shape invite[] = {{NULL, "INVITE", 1, false}};
static const message_shape options[] = {{NULL, "OPTIONS", 1, false}};
static const message_shape bye[] = {{NULL, "BYE", 2, true}};
static const message_shape ringing[] = {{"180 Ringing", "INVITE", 1, true}};
static const message_shape answer[] = {{"200 OK", "INVITE", 1, true}};

/* Which parts differ from one call to the next. */
enum {
    CALL_ID = 1 << 0,
    BRANCH = 1 << 1,
    FROM_TAG = 1 << 2,
    TO_TAG = 1 << 3,
    URI = 1 << 4,
    OTHER_BYTES = 1 << 5, /* so that a message is no copy of the one before */
};

static const struct {
    const char *name;
    const message_shape *shapes;
    unsigned count;
    unsigned differs;
    unsigned step_us;   /* from one message to the next */
    const char *branch; /* its front */
} kinds[] = {
#define KIND(name, shapes, differs, step, branch)                                                                      \
    {                                                                                                                  \
        name, shapes, sizeof(shapes) / sizeof((shapes)[0]), differs, step, branch                                      \
    }
    KIND("ordinary", ordinary, CALL_ID | BRANCH | FROM_TAG | TO_TAG, 1000, "z9hG4bK"),
    KIND("unanswered", invite, CALL_ID | BRANCH | FROM_TAG, 1000, "z9hG4bK"),
    KIND("one-call-id", ordinary, BRANCH | FROM_TAG | TO_TAG, 1000, "z9hG4bK"),
    KIND("one-call", ordinary, BRANCH | TO_TAG, 1000, "z9hG4bK"),
    KIND("one-branch", ordinary, CALL_ID | FROM_TAG | TO_TAG, 1000, "z9hG4bK"),
    KIND("one-caller", invite, BRANCH, 1000, "z9hG4bK"),
    KIND("retransmissions", options, 0, 10000, "z9hG4bK"),
    KIND("copies", options, 0, 0, "z9hG4bK"),
    KIND("other-packets-at-once", options, OTHER_BYTES, 0, "z9hG4bK"),
    KIND("rfc-2543-uris", options, URI, 1000, ""),
    KIND("byes", bye, BRANCH | TO_TAG, 1000, "z9hG4bK"),
    KIND("forks-ring", ringing, TO_TAG, 1000, "z9hG4bK"),
    KIND("forks-answer", answer, TO_TAG, 1000, "z9hG4bK"),
};

/* The number of the call where a part differs, and 0 where it does not. */
static unsigned
number_of(unsigned kind, unsigned part, unsigned call)
{
    return (kinds[kind].differs & part) != 0 ? call : 0;
}

/* A message with identifiers as long as those of real senders. */
static size_t
write_message(char *out, size_t size, unsigned kind, unsigned call, const message_shape *shape)
{
    char start[64];
    char to_tag[32] = "";
    if (shape->status != NULL) {
        snprintf(start, sizeof start, "SIP/2.0 %s", shape->status);
    } else {
        snprintf(start, sizeof start, "%s sip:%u@example.com SIP/2.0", shape->method, number_of(kind, URI, call));
    }
    if (shape->has_to_tag) {
        snprintf(to_tag, sizeof to_tag, ";tag=as%08x", number_of(kind, TO_TAG, call));
    }
    int length = snprintf(out, size,
                          "%s\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=%s-%08x-%s;rport\r\n"
                          "From: <sip:alice@example.com>;tag=%08x-71b2\r\nTo: <sip:bob@example.com>%s\r\n"
                          "Call-ID: %08x-4f21-9a3c-0b5e7d1c2f64@192.0.2.10\r\nCSeq: %u %s\r\nX: %u\r\n\r\n",
                          start, kinds[kind].branch, number_of(kind, BRANCH, call), shape->method,
                          number_of(kind, FROM_TAG, call), to_tag, number_of(kind, CALL_ID, call), shape->number,
                          shape->method, number_of(kind, OTHER_BYTES, call));
    return length > 0 ? (size_t)length : 0;
}

static void
note(sipmsg_track *track, unsigned kind, unsigned nth)
{
    const message_shape *shape = &kinds[kind].shapes[nth % kinds[kind].count];
    char text[1024];
    sip_message message;
    sip_identity identity;
    sip_span bytes = {(const uint8_t *)text, write_message(text, sizeof text, kind, nth / kinds[kind].count, shape)};
    const sipmsg_arrival arrival = {
        .message = &message,
        .frame = nth + 1,
        .time = (int64_t)nth * kinds[kind].step_us * 1000,
        .path = shape->status != NULL ? SIP_SPAN("B>A") : SIP_SPAN("A>B"),
        .ip_id = -1,
    };
    if (!sip_message_parse(bytes, false, &message) || !sip_identity_parse(&message, &identity)) {
        fputs("not a message\n", stderr);
        exit(EXIT_FAILURE);
    }
    sipmsg_track_note(track, &arrival, &identity, 0);
}

static void
run(unsigned kind, unsigned count)
{
    sipmsg_track *track = sipmsg_track_new();
    for (unsigned nth = 0; nth < count; nth++) {
        note(track, kind, nth);
    }
    printf("%zu\n", sipmsg_arena_size(track->arena));
    sipmsg_track_free(track);
}

int
main(int argc, char **argv)
{
    for (unsigned kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        if (argc == 1) {
            puts(kinds[kind].name);
        } else if (argc == 3 && strcmp(argv[1], kinds[kind].name) == 0) {
            run(kind, (unsigned)strtoul(argv[2], NULL, 10));
            return EXIT_SUCCESS;
        }
    }
    if (argc != 1) {
        fputs("usage: growth [KIND COUNT]\n", stderr);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
