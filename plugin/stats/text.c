/* text.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "text.h"

#include "dissect/readable.h"
#include "sip/limits.h"

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

char *
sipmsg_printable(sip_span text)
{
    bool cut = text.length > SIP_LIMIT_LISTED_TEXT;
    const char *shown = sipmsg_readable(NULL, sip_span_front(text, SIP_LIMIT_LISTED_TEXT));
    char *result = g_strconcat(shown, cut ? "..." : NULL, NULL);
    wmem_free(NULL, (void *)shown);
    return result;
}

/* A number that was multiplied by 10^decimals, of which there is one at least. */
static char *
fixed_point(int64_t value, unsigned decimals)
{
    int64_t power = 1;
    for (unsigned i = 0; i < decimals; i++) {
        power *= 10;
    }
    return g_strdup_printf("%" PRId64 ".%0*" PRId64, value / power, (int)decimals, value % power);
}

char *
sipmsg_decimal(int64_t time, int64_t unit, unsigned decimals)
{
    if (time < 0) {
        return g_strdup("");
    }
    for (unsigned i = 0; i < decimals; i++) {
        unit /= 10;
    }
    return fixed_point(time / unit + (time % unit * 2 >= unit), decimals);
}

char *
sipmsg_percentage(uint32_t part, uint32_t whole)
{
    if (whole == 0) {
        return g_strdup("n/a");
    }
    char *number = fixed_point(((int64_t)part * 2000 + whole) / ((int64_t)whole * 2), 1);
    char *result = g_strconcat(number, "%", NULL);
    g_free(number);
    return result;
}

static unsigned
character_width(const char *text)
{
    gunichar character = g_utf8_get_char(text);
    if (g_unichar_iszerowidth(character)) {
        return 0;
    }
    return g_unichar_iswide(character) ? 2 : 1;
}

unsigned
sipmsg_text_width(const char *text)
{
    unsigned width = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        width += character_width(text);
    }
    return width;
}

/* The length in bytes of as much of a text as goes into so many columns, which it is
 * lowered by. */
static int
fit(const char *text, unsigned *columns)
{
    const char *end = text;
    while (*end != '\0' && character_width(end) <= *columns) {
        *columns -= character_width(end);
        end = g_utf8_next_char(end);
    }
    return (int)(end - text);
}

const char *
sipmsg_text_end(const char *text, unsigned columns)
{
    return text + fit(text, &columns);
}

static void
print_cut(const char *text, unsigned *columns)
{
    bool cut = *columns > 0 && sipmsg_text_width(text) > *columns;
    if (cut) {
        --*columns;
    }
    int length = fit(text, columns);
    printf("%.*s%s", length, text, cut ? "~" : "");
}

void
sipmsg_print_left(const char *text, unsigned width)
{
    print_cut(text, &width);
    printf("%*s", (int)width, "");
}

void
sipmsg_print_right(const char *text, unsigned width)
{
    unsigned used = sipmsg_text_width(text);
    if (used < width) {
        printf("%*s", (int)(width - used), "");
        width = used;
    }
    print_cut(text, &width);
}

void
sipmsg_print_csv(const char *text)
{
    if (*text == '\0') {
        return;
    }
    printf("\"%s", strchr("=+-@", *text) != NULL ? "'" : "");
    for (; *text != '\0'; text++) {
        printf("%s%c", *text == '"' ? "\"" : "", *text);
    }
    putchar('"');
}
