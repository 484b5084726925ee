/* cost.c - puts a file through all of the pure parser once, for valgrind to count what that
 * costs: cost FILE. Built without sanitizers, which valgrind can't run.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sip/framing.h"
#include "sip/identity.h"
#include "sip/rules.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t bytes[1 << 20];

static void
judge(sip_span data, bool on_stream)
{
    static sip_findings findings;
    sip_message message;
    sip_faults faults = {0};
    sip_rule_context context = {.carrier = on_stream ? SIP_CARRIER_STREAM : SIP_CARRIER_UDP};
    sip_identity identity;
    sip_uri uri;

    if (!sip_message_parse(data, on_stream, &message)) {
        return;
    }
    sip_start_line_check(&message.start_line, on_stream, false, &faults);
    if (message.start_line.kind == SIP_REQUEST_LINE) {
        sip_uri_parse(message.start_line.uri, &uri, &faults);
    }
    sip_rules_check(&message, &context, &findings);
    sip_identity_parse(&message, &identity);
    sip_identity_hops(&message);
}

int
main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fputs("usage: cost FILE\n", stderr);
        return EXIT_FAILURE;
    }
    sip_span data = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    judge(data, false);
    judge(data, true);
    for (sip_frame frame; data.length > 0; data = sip_span_from(data, frame.length)) {
        sip_framing_next(data, &frame);
    }
    return EXIT_SUCCESS;
}
