/* ladder_draw.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A ladder, from left to right: a mark, the frame, the time, a bar for each host, notes.
 *
 *      frame     time  192.0.2.10                    192.0.2.20
 *          7    0.000  |- INVITE ------------------->|  offer audio 192.0.2.10:20080
 *     !    8    0.000  |<- 486 Busy Here ------------|  Q.850 cause 17 (User busy)
 */
#include "ladder_draw.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

enum {
    GAP_MAX = 30,   /* columns from bar to bar: more is no easier to read, */
    GAP_MIN = 16,   /* and fewer have no room for an IPv4 address */
    NOTES_MIN = 29, /* columns for notes that the gaps should leave: those for one address and port */
    HOSTS_MAX = SIPMSG_LADDER_COLUMNS / GAP_MIN, /* more than there is ever room for */
};

typedef struct layout {
    GPtrArray *hosts; /* of const char *, from left to right */
    guint frame_width;
    guint time_width;
    guint gap;
    guint notes_width;
} layout;

void
sipmsg_ladder_row_free(gpointer value)
{
    sipmsg_ladder_row *row = value;
    g_free(row->source);
    g_free(row->target);
    g_free(row->label);
    g_free(row->notes);
    g_free(row);
}

static void
append_times(GString *out, char character, guint times)
{
    for (guint i = 0; i < times; i++) {
        g_string_append_c(out, character);
    }
}

/* The text, cut with two dots if it takes more columns. */
static char *
cut(const char *text, guint columns)
{
    if (sipmsg_text_width(text) <= columns) {
        return g_strdup(text);
    }
    return g_strdup_printf("%.*s..", (int)(sipmsg_text_end(text, columns - 2) - text), text);
}

/* Takes off the front of *text what fits in so many columns, up to a space if there is one.
 * It always takes something. */
static char *
take_line(const char **text, guint columns)
{
    const char *start = *text;
    const char *end = sipmsg_text_end(start, columns);
    if (*end != '\0') {
        const char *space = g_strrstr_len(start, end - start + 1, " ");
        end = space != NULL && space > start ? space : end == start ? g_utf8_next_char(start) : end;
    }
    *text = *end == ' ' ? end + 1 : end;
    return g_strndup(start, (gsize)(end - start));
}

void
sipmsg_ladder_print_text(guint indent, const char *text)
{
    while (*text != '\0') {
        char *line = take_line(&text, SIPMSG_LADDER_COLUMNS - indent);
        printf("%*s%s\n", (int)indent, "", line);
        g_free(line);
    }
}

/* Prints a line without the spaces at its end, and frees it. */
static void
print_line(GString *line)
{
    while (line->len > 0 && line->str[line->len - 1] == ' ') {
        g_string_truncate(line, line->len - 1);
    }
    puts(line->str);
    g_string_free(line, TRUE);
}

static bool
find_host(const GPtrArray *hosts, const char *host, guint *column)
{
    for (guint i = 0; i < hosts->len; i++) {
        if (strcmp(g_ptr_array_index(hosts, i), host) == 0) {
            *column = i;
            return true;
        }
    }
    return false;
}

static void
add_host(GPtrArray *hosts, char *host)
{
    guint column;
    if (!find_host(hosts, host, &column)) {
        g_ptr_array_add(hosts, host);
    }
}

/* The hosts of the rows; not all, if there are too many to be drawn. */
static GPtrArray *
hosts_of(const GPtrArray *rows)
{
    GPtrArray *hosts = g_ptr_array_new();
    for (guint i = 0; i < rows->len && hosts->len <= HOSTS_MAX; i++) {
        const sipmsg_ladder_row *row = g_ptr_array_index(rows, i);
        add_host(hosts, row->source);
        add_host(hosts, row->target);
    }
    return hosts;
}

char *
sipmsg_ladder_time(int64_t time)
{
    char *seconds = sipmsg_decimal(time < 0 ? -time : time, SIPMSG_SECOND, 3);
    char *text = g_strconcat(time < 0 ? "-" : "", seconds, NULL);
    g_free(seconds);
    return text;
}

static guint
width_of_time(int64_t time)
{
    char *text = sipmsg_ladder_time(time);
    guint width = (guint)strlen(text);
    g_free(text);
    return width;
}

/* Rows are in order of time, so one of the ends has the longest. */
static guint
widest_time(const GPtrArray *rows)
{
    const sipmsg_ladder_row *first = g_ptr_array_index(rows, 0);
    const sipmsg_ladder_row *last = g_ptr_array_index(rows, rows->len - 1);
    return MAX(8, MAX(width_of_time(first->time), width_of_time(last->time)));
}

static guint
widest_frame(const GPtrArray *rows)
{
    uint32_t highest = 0;
    for (guint i = 0; i < rows->len; i++) {
        const sipmsg_ladder_row *row = g_ptr_array_index(rows, i);
        highest = MAX(highest, row->frame);
    }
    guint width = 1;
    for (; highest >= 10; highest /= 10) {
        width++;
    }
    return MAX(5, width);
}

/* Where the bars begin: behind the mark, the frame, the time, and spaces between. */
static guint
left_width(const layout *plan)
{
    return 1 + plan->frame_width + 1 + plan->time_width + 2;
}

static layout
plan_for(const GPtrArray *rows)
{
    layout plan = {
        .hosts = hosts_of(rows),
        .frame_width = widest_frame(rows),
        .time_width = widest_time(rows),
    };
    guint gaps = plan.hosts->len > 1 ? plan.hosts->len - 1 : 1;
    guint left = left_width(&plan);
    guint room = SIPMSG_LADDER_COLUMNS - MIN(left, SIPMSG_LADDER_COLUMNS / 2) - 3;
    plan.gap = CLAMP((room - NOTES_MIN) / gaps, GAP_MIN, GAP_MAX);
    plan.notes_width = room > gaps * plan.gap ? room - gaps * plan.gap : 1;
    return plan;
}

static bool
is_drawable(const layout *plan)
{
    return plan->notes_width >= GAP_MIN / 2;
}

static GString *
start_line(const layout *plan, const sipmsg_ladder_row *row)
{
    GString *line = g_string_new(row->bad ? "!" : " ");
    char *time = sipmsg_ladder_time(row->time);
    g_string_append_printf(line, "%*u %*s  ", (int)plan->frame_width, row->frame, (int)plan->time_width, time);
    g_free(time);
    return line;
}

/* Bars from the column first up to but without end, each with its gap behind it. */
static void
append_bars(GString *line, const layout *plan, guint first, guint end)
{
    for (guint i = first; i < end; i++) {
        g_string_append_c(line, '|');
        append_times(line, ' ', plan->gap - 1);
    }
}

/* "- INVITE --->" or "<- 180 Ringing ---", in so many columns. */
static void
append_arrow(GString *line, const char *label, guint columns, bool rightwards)
{
    char *shown = cut(label, columns - 4);
    g_string_append_printf(line, "%s %s ", rightwards ? "-" : "<-", shown);
    append_times(line, '-', columns - sipmsg_text_width(shown) - 4);
    g_string_append(line, rightwards ? ">" : "");
    g_free(shown);
}

/* The bars with the arrow between two of them. */
static void
append_lanes(GString *line, const layout *plan, const sipmsg_ladder_row *row)
{
    guint from = 0;
    guint to = 0;
    find_host(plan->hosts, row->source, &from);
    find_host(plan->hosts, row->target, &to);

    guint left = MIN(from, to);
    guint right = MAX(from, to);
    append_bars(line, plan, 0, left);
    if (left != right) {
        g_string_append_c(line, '|');
        append_arrow(line, row->label, (right - left) * plan->gap - 1, from < to);
    }
    append_bars(line, plan, right, plan->hosts->len - 1);
    g_string_append(line, "|  ");
}

/* What stands beside the arrow; a message that a host sends to itself has none. */
static char *
notes_of(const sipmsg_ladder_row *row)
{
    if (strcmp(row->source, row->target) != 0) {
        return g_strdup(row->notes);
    }
    return g_strconcat(row->label, ", to itself", row->notes[0] != '\0' ? "; " : "", row->notes, NULL);
}

static void
draw_row(const layout *plan, const sipmsg_ladder_row *row)
{
    GString *line = start_line(plan, row);
    char *notes = notes_of(row);
    const char *rest = notes;

    append_lanes(line, plan, row);
    do {
        if (line == NULL) {
            line = g_string_new(NULL);
            append_times(line, ' ', left_width(plan));
            append_bars(line, plan, 0, plan->hosts->len - 1);
            g_string_append(line, "|  ");
        }
        char *part = take_line(&rest, plan->notes_width);
        g_string_append(line, part);
        g_free(part);
        print_line(line);
        line = NULL;
    } while (*rest != '\0');
    g_free(notes);
}

static GString *
start_heading(const layout *plan)
{
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, " %*s %*s  ", (int)plan->frame_width, "frame", (int)plan->time_width, "time");
    return line;
}

static bool
names_fit(const layout *plan)
{
    for (guint i = 0; i + 1 < plan->hosts->len; i++) {
        if (sipmsg_text_width(g_ptr_array_index(plan->hosts, i)) >= plan->gap) {
            return false;
        }
    }
    return true;
}

/* The names of the hosts above their bars. */
static void
print_names(const layout *plan)
{
    GString *line = start_heading(plan);
    for (guint i = 0; i < plan->hosts->len; i++) {
        const char *name = g_ptr_array_index(plan->hosts, i);
        g_string_append(line, name);
        if (i + 1 < plan->hosts->len) {
            append_times(line, ' ', plan->gap - sipmsg_text_width(name));
        }
    }
    print_line(line);
}

/* The same where names are long, as those of IPv6: a line for each. */
static void
print_long_names(const layout *plan)
{
    for (guint i = 0; i < plan->hosts->len; i++) {
        GString *line = start_heading(plan);
        if (i + 1 < plan->hosts->len) {
            g_string_truncate(line, 0);
            append_times(line, ' ', left_width(plan));
        }
        append_bars(line, plan, 0, i);
        g_string_append(line, g_ptr_array_index(plan->hosts, i));
        print_line(line);
    }
}

static void
draw_ladder(const layout *plan, const GPtrArray *rows)
{
    if (names_fit(plan)) {
        print_names(plan);
    } else {
        print_long_names(plan);
    }
    for (guint i = 0; i < rows->len; i++) {
        draw_row(plan, g_ptr_array_index(rows, i));
    }
}

/* A row in words, and what is too long for the line below. */
static void
list_row(const layout *plan, const sipmsg_ladder_row *row)
{
    GString *line = start_line(plan, row);
    const char *semicolon = row->notes[0] != '\0' ? "; " : "";
    char *text = g_strconcat(row->source, " -> ", row->target, ": ", row->label, semicolon, row->notes, NULL);
    const char *rest = text;
    char *part = take_line(&rest, SIPMSG_LADDER_COLUMNS - left_width(plan));
    g_string_append(line, part);
    print_line(line);
    sipmsg_ladder_print_text(left_width(plan), rest);
    g_free(part);
    g_free(text);
}

static void
list_rows(const layout *plan, const GPtrArray *rows)
{
    GString *heading = start_heading(plan);
    g_string_append(heading, "from -> to: message");
    print_line(heading);
    for (guint i = 0; i < rows->len; i++) {
        list_row(plan, g_ptr_array_index(rows, i));
    }
}

void
sipmsg_ladder_draw(const GPtrArray *rows)
{
    if (rows->len == 0) {
        return;
    }
    layout plan = plan_for(rows);
    if (is_drawable(&plan)) {
        draw_ladder(&plan, rows);
    } else {
        list_rows(&plan, rows);
    }
    g_ptr_array_free(plan.hosts, TRUE);
}
