/* framing_fuzz.c - where messages begin and end on a stream.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each frame has a length, inside of the data; what is incomplete takes all of it, and is whole
 * with as many bytes as are said to be missing; a whole message is the message that its bytes
 * are by themselves.
 *
 * A stream that comes in segments gives the same messages, each with the same body, as if it
 * came at once, to a reader that keeps what is incomplete until there is more, or until as
 * many bytes are there as are said to be missing. What stands between messages is not
 * compared, since nobody waits for it. The stream is cut at random, but not where no promise
 * is made. That is inside of bytes that belong to no message, since who does not know what
 * stood before takes the middle of a line for its start; and inside of a start line behind
 * such bytes (or NULs), unless it stands behind an LF and what is there of it has no NUL and
 * agrees with a line that only SIP has. Nor is it where a body that reaches into the next
 * start line is whole by its Content-Length, and nothing behind it, or no more than the first
 * letters of a method, speak against that: to wait there would keep good messages back.
 */
#include "spans.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    WORK_PER_BYTE = 400,
    MAX_FRAMES = 4096,
};

/* What a reader got, in order. */
typedef struct got {
    sip_frame_kind kind;
    bool recognised;
    size_t start; /* of a message, or what may become one: its start line */
    size_t line;  /* the end of that line with its ending, as far as it is there */
    size_t end;
    size_t body; /* how much of that is the body */
    size_t said; /* where it ends by its Content-Length */
    bool behind; /* a message behind bytes that belong to none */
} got;

typedef struct reader {
    got list[MAX_FRAMES];
    size_t count;
} reader;

/* The NULs, with line breaks behind them, before what is or may become a start line. */
static size_t
lead_of(sip_span data, const sip_frame *frame)
{
    size_t length = 0;
    bool may_have = frame->kind == SIP_FRAME_MESSAGE || frame->kind == SIP_FRAME_INCOMPLETE;
    while (may_have && length < data.length && memchr("\r\n", data.data[length], sizeof "\r\n") != NULL) {
        length++;
    }
    return length;
}

static void
add(reader *to, size_t place, sip_span data, const sip_frame *frame)
{
    size_t lead = lead_of(data, frame);
    got found = {.kind = frame->kind, .recognised = frame->recognised};
    found.start = place + lead;
    found.end = found.line = place + frame->length;
    found.behind = lead > 0 || (to->count > 0 && to->list[to->count - 1].kind == SIP_FRAME_OTHER);
    if (frame->recognised) {
        found.line = place + (size_t)(sip_span_end(frame->message.start_line.ending) - data.data);
        found.body = frame->message.body.length;
        found.said = place + (size_t)(frame->message.body.data - data.data) + frame->message.length;
    }
    fuzz_that(to->count < MAX_FRAMES, "no more frames than bytes");
    to->list[to->count++] = found;
}

static void
check_frame(sip_span data, const sip_frame *frame)
{
    spans_of_frame(data, frame);
    if (frame->kind == SIP_FRAME_INCOMPLETE) {
        fuzz_that(frame->length == data.length, "all of the data where more is wanted");
    } else {
        fuzz_that(frame->missing == 0, "nothing missing where nothing is wanted");
    }
    if (frame->kind != SIP_FRAME_KEEP_ALIVE) {
        fuzz_that(sip_framing_starts(data) == (frame->recognised || frame->likely), "a look at the front that agrees");
    }
    if (frame->kind == SIP_FRAME_MESSAGE) {
        fuzz_that(frame->message.start_line.lead.data == data.data &&
                      sip_span_end(frame->message.body) == data.data + frame->length,
                  "a frame from the start of the message to its end");
    }
}

/* So many bytes more make a frame whole that is said to miss them, and one byte less does not;
 * but a CR at the end may be followed by an LF or not. */
static void
check_missing(sip_span data, size_t missing)
{
    sip_frame frame;
    sip_framing_next((sip_span){data.data, data.length + missing}, &frame);
    fuzz_that(frame.kind != SIP_FRAME_INCOMPLETE, "a whole frame with what was missing");
    sip_framing_next((sip_span){data.data, data.length + missing - 1}, &frame);
    fuzz_that(frame.kind == SIP_FRAME_INCOMPLETE || sip_span_end(data)[-1] == '\r',
              "an incomplete frame without the last byte of it");
}

/* Reads what is there of a stream up to end, and goes on at *place. more: there are further
 * segments. Returns where the next segment must reach to be worth a look. */
static size_t
read_up_to(sip_span stream, size_t *place, size_t end, bool more, reader *to)
{
    /* In memory of its own, so that nothing behind the segment can be looked at. */
    sip_span there = fuzz_copy((sip_span){stream.data + *place, end - *place});
    sip_span data = there;
    size_t wanted = end + 1;
    while (data.length > 0) {
        sip_frame frame;
        sip_framing_next(data, &frame);
        check_frame(data, &frame);
        if (frame.kind == SIP_FRAME_INCOMPLETE && more) {
            wanted = end + (frame.missing > 0 ? frame.missing : 1);
            if (frame.missing > 0 && frame.missing <= stream.length - end) {
                check_missing((sip_span){stream.data + *place, end - *place}, frame.missing);
            }
            break;
        }
        add(to, *place, data, &frame);
        *place += frame.length;
        data = sip_span_from(data, frame.length);
    }
    fuzz_drop(there);
    return wanted;
}

static int
compare_sizes(const void *first, const void *second)
{
    size_t a = *(const size_t *)first;
    size_t b = *(const size_t *)second;
    return a < b ? -1 : a > b;
}

/* Whether up to a place a message seems to end where its Content-Length says, but does not. */
static bool
seems_whole(sip_span stream, const got *frame, size_t place)
{
    size_t line = place;
    while (line > 0 && stream.data[line - 1] != '\n') {
        line--;
    }
    sip_span there = {stream.data + line, place - line};
    return frame->recognised && frame->said != frame->end &&
           (place == frame->said ||
            (line < frame->said && place > frame->said && sip_start_line_agreement(there) == SIP_MAYBE_A_START_LINE));
}

/* Whether no promise is made for a cut at this place; see above. */
static bool
is_unsafe(sip_span stream, const reader *uncut, size_t place)
{
    for (size_t i = 0; i < uncut->count; i++) {
        const got *frame = &uncut->list[i];
        if (seems_whole(stream, frame, place)) {
            return true;
        }
        if (frame->kind == SIP_FRAME_OTHER && place > frame->start && place < frame->end) {
            return true;
        }
        if (frame->behind && place > frame->start && place < frame->line) {
            sip_span there = {stream.data + frame->start, place - frame->start};
            return there.data[-1] != '\n' || sip_span_find(there, 0) != NULL ||
                   sip_start_line_agreement(there) == SIP_NO_START_LINE;
        }
    }
    return false;
}

static bool
is_same(const got *a, const got *b)
{
    return a->kind == b->kind && a->start == b->start && a->end == b->end && a->body == b->body;
}

/* The next message from *place on, NULL if there is none. */
static const got *
next_message(const reader *frames, size_t *place)
{
    while (*place < frames->count && !frames->list[*place].recognised) {
        ++*place;
    }
    return *place < frames->count ? &frames->list[(*place)++] : NULL;
}

static bool
has_same_messages(const reader *uncut, const reader *cut)
{
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        const got *a = next_message(uncut, &i);
        const got *b = next_message(cut, &j);
        if (a == NULL || b == NULL) {
            return a == b;
        }
        if (!is_same(a, b)) {
            return false;
        }
    }
}

static void
print(const char *what, const reader *frames)
{
    static const char *const kinds[] = {"message", "keep-alive", "incomplete", "other"};
    fprintf(stderr, "%s:", what);
    for (size_t i = 0; i < frames->count; i++) {
        const got *frame = &frames->list[i];
        fprintf(stderr, " %s %zu-%zu body %zu;", kinds[frame->kind], frame->start, frame->end, frame->body);
    }
    fprintf(stderr, "\n");
}

static void
check_same(const reader *uncut, const reader *cut, const size_t *cuts, size_t count)
{
    bool same = has_same_messages(uncut, cut);
    for (size_t i = 0; i < count && !same; i++) {
        fprintf(stderr, "A segment ends at %zu\n", cuts[i]);
    }
    if (!same) {
        print("At once", uncut);
        print("In segments", cut);
    }
    fuzz_that(same, "the same messages in segments");
}

static void
check_cut(sip_span input, const reader *uncut, fuzz_dice *dice)
{
    enum { MAX_CUTS = 6 };
    static reader cut;
    size_t cuts[MAX_CUTS + 1];
    size_t count = 1 + fuzz_throw(dice, MAX_CUTS);
    for (size_t i = 0; i < count; i++) {
        cuts[i] = fuzz_throw(dice, input.length + 1);
    }
    cuts[count] = input.length;
    qsort(cuts, count, sizeof cuts[0], compare_sizes);

    size_t place = 0;
    size_t wanted = 1;
    cut.count = 0;
    for (size_t i = 0; i <= count; i++) {
        bool more = i < count;
        if (!more || (cuts[i] >= wanted && !is_unsafe(input, uncut, cuts[i]))) {
            wanted = read_up_to(input, &place, cuts[i], more, &cut);
        }
    }
    check_same(uncut, &cut, cuts, count);
}

static void
check_alone(sip_span input, const reader *uncut)
{
    for (size_t i = 0; i < uncut->count; i++) {
        const got *frame = &uncut->list[i];
        if (frame->kind == SIP_FRAME_MESSAGE) {
            sip_message message;
            sip_span bytes = fuzz_copy((sip_span){input.data + frame->start, frame->end - frame->start});
            fuzz_that(sip_message_parse(bytes, true, &message), "a message by itself");
            fuzz_drop(bytes);
        }
    }
}

void
fuzz_target(sip_span input)
{
    enum { RECUTS = 3 };
    static reader uncut;
    fuzz_dice dice = fuzz_dice_of(input);
    size_t place = 0;
    if (input.length == 0 || input.length > MAX_FRAMES) {
        return;
    }
    uncut.count = 0;
    uint64_t start = fuzz_work();
    read_up_to(input, &place, input.length, false, &uncut);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    fuzz_that(place == input.length, "frames to the end of the data");
    check_alone(input, &uncut);
    for (int i = 0; i < RECUTS; i++) {
        check_cut(input, &uncut, &dice);
    }
}
