/* ladder.c - calls drawn as text, an arrow for each message: -z sipmsg,ladder
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ladder_call.h"
#include "ladder_draw.h"
#include "report.h"
#include "stats.h"

#include "dissect/follow.h"
#include "sip/limits.h"

#include <stdio.h>
#include <string.h>

/* Calls with the same problem. */
typedef struct group {
    const sipmsg_ladder_call *example; /* the first, whose title and trouble are those of all */
    GPtrArray *calls;                  /* of const sipmsg_ladder_call *, by their numbers */
    guint drawn;                       /* how many are to be drawn */
} group;

enum { COUNT_WIDTH = 9 }; /* columns before the names of problems */

/* The call that was named; UINT64_MAX if its number is larger. */
static uint64_t
named_call(const sipmsg_report *report)
{
    return g_ascii_strtoull(report->option, NULL, 10);
}

/* Notes a message, unless it is known to be of another call than the one that was named. */
static void
note(sipmsg_report *report, packet_info *pinfo, const sipmsg_tap_data *data)
{
    if (report->data == NULL) {
        report->data = sipmsg_ladder_notes_new();
    }
    if (data->sighting == NULL || !sipmsg_tap_counts(data)) {
        return;
    }
    const sipmsg_call *call = sipmsg_call_of(data->sighting->transaction);
    if (report->option == NULL || call == NULL || call->number == named_call(report)) {
        sipmsg_ladder_notes_add(report->data, pinfo, data);
    }
}

static void
reset(sipmsg_report *report)
{
    if (report->data != NULL) {
        sipmsg_ladder_notes_free(report->data);
        report->data = NULL;
    }
}

/* --- The calls that were selected */

static gint
compare_numbers(gconstpointer first, gconstpointer second)
{
    const sipmsg_ladder_call *a = *(const sipmsg_ladder_call *const *)first;
    const sipmsg_ladder_call *b = *(const sipmsg_ladder_call *const *)second;
    return (a->call->number > b->call->number) - (a->call->number < b->call->number);
}

/* The selected calls by their records (sipmsg_call -> sipmsg_ladder_call). */
static GHashTable *
selected_calls(const sipmsg_report *report)
{
    GHashTable *calls = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < report->calls->len; i++) {
        const sipmsg_call *call = g_ptr_array_index(report->calls, i);
        g_hash_table_insert(calls, (gpointer)call, sipmsg_ladder_call_new(call));
    }
    return calls;
}

/* What belonged to no call when it came by may do so in the end. */
static void
add_rungs(GHashTable *calls, const sipmsg_ladder_notes *notes)
{
    for (guint i = 0; i < notes->rungs->len; i++) {
        const sipmsg_rung *rung = &g_array_index(notes->rungs, sipmsg_rung, i);
        sipmsg_ladder_call *call = g_hash_table_lookup(calls, sipmsg_call_of(rung->sighting->transaction));
        if (call != NULL) {
            g_ptr_array_add(call->rungs, (gpointer)rung);
        }
    }
}

/* The calls that were selected (sipmsg_ladder_call), by their numbers. */
static GPtrArray *
calls_of(const sipmsg_report *report)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(sipmsg_ladder_call_free);
    GHashTable *calls = selected_calls(report);
    GHashTableIter iterator;
    gpointer value;

    add_rungs(calls, report->data);
    g_hash_table_iter_init(&iterator, calls);
    while (g_hash_table_iter_next(&iterator, NULL, &value)) {
        sipmsg_ladder_call_judge(value);
        g_ptr_array_add(list, value);
    }
    g_hash_table_destroy(calls);
    g_ptr_array_sort(list, compare_numbers);
    return list;
}

/* --- Problems */

static void
free_group(gpointer value)
{
    group *freed = value;
    g_ptr_array_free(freed->calls, TRUE);
    g_free(freed);
}

static group *
new_group(const sipmsg_ladder_call *example)
{
    group *created = g_new0(group, 1);
    created->example = example;
    created->calls = g_ptr_array_new();
    return created;
}

/* The worst first, then the most frequent, then the earliest. */
static gint
compare_groups(gconstpointer first, gconstpointer second)
{
    const group *a = *(const group *const *)first;
    const group *b = *(const group *const *)second;
    if (a->example->trouble != b->example->trouble) {
        return a->example->trouble < b->example->trouble ? -1 : 1;
    }
    if (a->calls->len != b->calls->len) {
        return a->calls->len > b->calls->len ? -1 : 1;
    }
    return a->example->call->number < b->example->call->number ? -1 : 1;
}

/* The calls with problems, in groups of the same. */
static GPtrArray *
groups_of(const GPtrArray *calls)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(free_group);
    GHashTable *by_title = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < calls->len; i++) {
        sipmsg_ladder_call *call = g_ptr_array_index(calls, i);
        if (call->trouble == SIPMSG_NO_TROUBLE) {
            continue;
        }
        group *found = g_hash_table_lookup(by_title, call->title);
        if (found == NULL) {
            found = new_group(call);
            g_hash_table_insert(by_title, call->title, found);
            g_ptr_array_add(groups, found);
        }
        g_ptr_array_add(found->calls, call);
    }
    g_hash_table_destroy(by_title);
    g_ptr_array_sort(groups, compare_groups);
    return groups;
}

/* Shares out the ladders that are to be drawn, so that as many problems as possible are
 * shown. Returns how many will be drawn. */
static guint
share_out(const GPtrArray *groups)
{
    guint given = 0;
    guint before;
    do {
        before = given;
        for (guint i = 0; i < groups->len && given < SIP_LIMIT_LADDERS; i++) {
            group *sharer = g_ptr_array_index(groups, i);
            if (sharer->drawn < sharer->calls->len) {
                sharer->drawn++;
                given++;
            }
        }
    } while (given > before);
    return given;
}

/* The numbers of calls, as many as fit in a line of which so much is used. */
static void
print_numbers(const GPtrArray *calls, size_t used)
{
    for (guint i = 0; i < calls->len; i++) {
        const sipmsg_ladder_call *call = g_ptr_array_index(calls, i);
        char *text = g_strdup_printf("%s%u", i > 0 ? ", " : "", call->call->number);
        used += strlen(text);
        bool fits = used + strlen(", ...") <= SIPMSG_LADDER_COLUMNS;
        printf("%s", fits ? text : ", ...");
        g_free(text);
        if (!fits) {
            break;
        }
    }
    printf("\n");
}

static int
widest_title(const GPtrArray *groups)
{
    size_t width = strlen("problem");
    for (guint i = 0; i < groups->len; i++) {
        const group *measured = g_ptr_array_index(groups, i);
        width = MAX(width, strlen(measured->example->title));
    }
    return (int)width;
}

static void
print_groups(const GPtrArray *groups)
{
    int width = widest_title(groups);
    printf("\n%*s  %-*s  calls' numbers\n", COUNT_WIDTH - 2, "calls", width, "problem");
    for (guint i = 0; i < groups->len; i++) {
        const group *printed = g_ptr_array_index(groups, i);
        printf("%*u  %-*s  ", COUNT_WIDTH - 2, printed->calls->len, width, printed->example->title);
        print_numbers(printed->calls, (size_t)COUNT_WIDTH + (size_t)width + 2);
    }
}

static void
draw_groups(const GPtrArray *groups, const sipmsg_ladder_notes *notes)
{
    for (guint i = 0; i < groups->len; i++) {
        const group *drawn = g_ptr_array_index(groups, i);
        for (guint k = 0; k < drawn->drawn; k++) {
            sipmsg_ladder_call_print(g_ptr_array_index(drawn->calls, k), notes, SIP_LIMIT_LADDER_MESSAGES);
        }
    }
}

static guint
count_calls(const GPtrArray *groups)
{
    guint count = 0;
    for (guint i = 0; i < groups->len; i++) {
        const group *counted = g_ptr_array_index(groups, i);
        count += counted->calls->len;
    }
    return count;
}

static void
print_problems(const sipmsg_report *report, const GPtrArray *calls)
{
    GPtrArray *groups = groups_of(calls);
    guint count = count_calls(groups);
    guint drawn = share_out(groups);
    if (groups->len > 0) {
        print_groups(groups);
        draw_groups(groups, report->data);
    }
    if (calls->len == 0) {
        printf("\n%s\n", report->filter == NULL ? "No initial INVITE was captured" : "No call passed the filter");
    }
    printf("\n%u call%s, %u with problems", calls->len, calls->len == 1 ? "" : "s", count);
    if (drawn < count) {
        printf(": %u drawn, %u more; -z sipmsg,ladder,CALL draws one by its number", drawn, count - drawn);
    }
    printf("\n");
    g_ptr_array_free(groups, TRUE);
}

/* --- The report */

static void
print_missing_call(const sipmsg_report *report)
{
    uint32_t count = sipmsg_calls_count(sipmsg_followed()->calls);
    uint64_t number = named_call(report);
    if (count == 0) {
        printf("\nThere is no call %s: no initial INVITE was captured\n", report->option);
    } else if (number >= count) {
        printf("\nThere is no call %s: the capture has %u, numbered from 0\n", report->option, count);
    } else {
        printf("\nNo message of call %s passed the filter\n", report->option);
    }
}

static void
print_named_call(const sipmsg_report *report, const GPtrArray *calls)
{
    for (guint i = 0; i < calls->len; i++) {
        const sipmsg_ladder_call *call = g_ptr_array_index(calls, i);
        if (call->call->number == named_call(report)) {
            sipmsg_ladder_call_print(call, report->data, G_MAXUINT);
            return;
        }
    }
    print_missing_call(report);
}

static void
print(const sipmsg_report *report)
{
    sipmsg_report_heading(report, "SIP call ladders");
    if (report->data == NULL) {
        printf("\nNo SIP messages\n");
        return;
    }
    GPtrArray *calls = calls_of(report);
    if (report->option != NULL) {
        print_named_call(report, calls);
    } else {
        print_problems(report, calls);
    }
    g_ptr_array_free(calls, TRUE);
}

void
sipmsg_register_ladder(void)
{
    static const char *const options[] = {"0", NULL};
    static const sipmsg_report_kind kind = {
        .name = "sipmsg,ladder",
        .options = options,
        .note = note,
        .notes_all = true,
        .reset = reset,
        .print = print,
    };
    sipmsg_register_report(&kind);
}
