/* parse.c - parses the messages in a file again and again, for valgrind to count what that
 * costs: parse ours|least ROUNDS FILE. In the file stand messages, each behind a line with
 * its length.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sip/framing.h"
#include "sip/identity.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t bytes[1 << 20];
static size_t rows; /* what was found, so that nothing is optimised away */

/* All that the plugin needs of a message before it looks at what is wanted: where it ends, its
 * start line, the header fields that are kept, and what identifies it. */
static void
parse_as_ours(sip_span data)
{
    sip_frame frame;
    sip_identity identity;
    sip_framing_next(data, &frame);
    rows += sip_identity_parse(&frame.message, &identity);
}

/* The least that a parser of HTTP's kind does: each byte is looked at once, names end at a
 * colon and values at a line end, and both are told from what may not stand in them. */
static void
parse_the_least(sip_span data)
{
    const uint8_t *p = data.data;
    const uint8_t *end = sip_span_end(data);
    static sip_span row[2];
    static volatile sip_span *const found = row;
    while (p < end && *p != '\r') {
        const uint8_t *name = p;
        while (p < end && sip_char_is(*p, SIP_CHAR_TOKEN)) {
            p++;
        }
        const uint8_t *name_end = p;
        while (p < end && (*p == ':' || *p == ' ')) {
            p++;
        }
        const uint8_t *value = p;
        while (p < end && (*p >= ' ' || *p == '\t') && *p != 0x7F) {
            p++;
        }
        found[0].data = name;
        found[0].length = (size_t)(name_end - name);
        found[1].data = value;
        found[1].length = (size_t)(p - value);
        rows++;
        p += 2;
    }
}

int
main(int argc, char **argv)
{
    FILE *file = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (file == NULL) {
        fputs("usage: parse ours|least ROUNDS FILE\n", stderr);
        return EXIT_FAILURE;
    }
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    bool ours = argv[1][0] == 'o';
    for (long round = strtol(argv[2], NULL, 10); round > 0; round--) {
        for (uint8_t *p = bytes; p < bytes + size;) {
            char *text = (char *)p;
            size_t length = strtoul(text, &text, 10);
            sip_span message = {(uint8_t *)text + 1, length};
            if (ours) {
                parse_as_ours(message);
            } else {
                parse_the_least(message);
            }
            p = (uint8_t *)text + 1 + length;
        }
    }
    printf("%zu\n", rows);
    return EXIT_SUCCESS;
}
