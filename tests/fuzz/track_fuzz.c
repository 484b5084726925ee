/* track_fuzz.c - what messages mean together, whatever they are.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Input: messages with a byte 0xFF between two, which stands nowhere in UTF-8, and behind it
 * a byte that says how the next came. What must hold of them stands in track_check.h.
 */
#include "track_check.h"

enum {
    MAX_MESSAGES = 32,
    START_SECONDS = 1700000000,
    SEPARATOR = 0xFF,
};

/* How a message came: its way (2 bits), the time since the one before (3), whether it came in
 * the same frame, its IP identification, its ports. */
static void
set_arrival(unsigned how, const track_input *last, track_input *input)
{
    static const int64_t steps_ms[] = {10, 1, 0, 5, -2, 500, 33000, 100000};
    input->path = (uint8_t)(how & 3U);
    bool same_frame = (how & 32U) != 0;
    input->time = last->time + (same_frame ? 0 : steps_ms[how >> 2U & 7U] * (SIPMSG_SECOND / 1000));
    input->frame = last->frame + (same_frame ? 0 : 1);
    input->ip_id = (how & 64U) == 0 ? -1 : 1;
    input->ports = (uint8_t)(how >> 7U);
}

void
fuzz_target(sip_span input)
{
    static track_input list[MAX_MESSAGES];
    track_input last = {.time = START_SECONDS * SIPMSG_SECOND, .frame = 1};
    size_t count = 0;
    unsigned how = 0;

    while (input.length > 0 && count < MAX_MESSAGES) {
        const uint8_t *separator = sip_span_find(input, SEPARATOR);
        const uint8_t *end = separator != NULL ? separator : sip_span_end(input);
        list[count].bytes = sip_span_between(input.data, end);
        set_arrival(how, &last, &list[count]);
        last = list[count++];
        input = sip_span_between(end, sip_span_end(input));
        how = input.length > 1 ? input.data[1] : 0;
        input = sip_span_from(input, input.length > 1 ? 2 : input.length);
    }
    track_check(list, count, 0);
}
