/* calls_list.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "call_facts.h"
#include "calls_table.h"
#include "report.h"
#include "stats.h"
#include "text.h"

#include "dissect/follow.h"
#include "dissect/preferences.h"
#include "sip/limits.h"

#include <wsutil/json_dumper.h>

#include <glib.h>
#include <inttypes.h>
#include <stdio.h>

static void
note(sipmsg_report *report, packet_info *pinfo, const sipmsg_tap_data *data)
{
    if (report->data == NULL) {
        report->data = sipmsg_call_notes_new();
    }
    sipmsg_call_notes_add(report->data, pinfo, data);
}

static void
reset(sipmsg_report *report)
{
    sipmsg_call_notes_free(report->data);
    report->data = NULL;
}

static gint
compare_numbers(gconstpointer first, gconstpointer second)
{
    const sipmsg_call_facts *a = first;
    const sipmsg_call_facts *b = second;
    return a->call->number < b->call->number ? -1 : a->call->number > b->call->number;
}

/* The facts of the calls that were selected, in order of their numbers. */
static GArray *
list_calls(const sipmsg_report *report)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(sipmsg_call_facts));
    for (guint i = 0; i < report->calls->len; i++) {
        const sipmsg_call_facts facts = sipmsg_call_facts_of(report->data, g_ptr_array_index(report->calls, i));
        g_array_append_val(list, facts);
    }
    g_array_sort(list, compare_numbers);
    return list;
}

/* The worst first: what has a technical cause, what people did, what is not over, what went
 * well. */
static const sipmsg_outcome by_trouble[SIPMSG_OUTCOMES] = {
    SIPMSG_FAILED,    SIPMSG_NO_RESPONSE, SIPMSG_CHALLENGED, SIPMSG_REJECTED, SIPMSG_BUSY,
    SIPMSG_CANCELLED, SIPMSG_REDIRECTED,  SIPMSG_UNFINISHED, SIPMSG_ANSWERED, SIPMSG_COMPLETED,
};

enum {
    CODES = SIP_STATUS_MAX + 1,
    URI_WIDTH = 18,
    CAUSE_WIDTH = 40,
    CALL_ID_WIDTH = 40,
    NAME_WIDTH = 15, /* of outcomes */
};

/* How many calls had an outcome, and how many of these which status. */
typedef struct tally {
    uint32_t calls;
    uint32_t codes[CODES];
} tally;

static void
count_call(tally *tallies, const sipmsg_call_facts *facts)
{
    tally *counted = &tallies[facts->outcome];
    counted->calls++;
    if (facts->status < CODES) {
        counted->codes[facts->status]++;
    }
}

/* The status that most calls had, and takes it out of the tally; 0 if there is no more. */
static unsigned
take_commonest(tally *counted)
{
    unsigned commonest = 0;
    counted->codes[0] = 0;
    for (unsigned code = SIP_STATUS_MIN; code < CODES; code++) {
        if (counted->codes[code] > counted->codes[commonest]) {
            commonest = code;
        }
    }
    return commonest;
}

/* "  486 (7), 600 (1)" */
static void
print_codes(tally *counted)
{
    unsigned code = take_commonest(counted);
    printf("%s", code != 0 ? "  " : "");
    for (int i = 0; code != 0; i++) {
        if (i == SIP_LIMIT_LISTED_CODES) {
            printf(", ...");
            return;
        }
        printf("%s%u (%u)", i > 0 ? ", " : "", code, counted->codes[code]);
        counted->codes[code] = 0;
        code = take_commonest(counted);
    }
}

static void
print_tally(tally *counted, sipmsg_outcome outcome, uint32_t calls)
{
    char *percentage = sipmsg_percentage(counted->calls, calls);
    const char *name = sipmsg_outcome_name(outcome);
    printf("%7u  %6s  %-*s", counted->calls, percentage, outcome != SIPMSG_COMPLETED ? NAME_WIDTH : 0, name);
    g_free(percentage);
    switch (outcome) {
    case SIPMSG_UNFINISHED:
        printf("  the capture does not show how they ended");
        break;
    case SIPMSG_ANSWERED:
        printf("  no BYE in the capture");
        break;
    case SIPMSG_NO_RESPONSE:
        printf("  nothing at all came back for %" PRId64 " s", sipmsg_patience() / SIPMSG_SECOND);
        break;
    case SIPMSG_COMPLETED:
        break;
    default:
        print_codes(counted);
        break;
    }
    printf("\n");
}

static const char *
why_none(void)
{
    return sipmsg_calls_count(sipmsg_followed()->calls) > 0 ? " none of the capture's calls passed the filter"
                                                            : " the capture has no initial INVITE";
}

static void
print_summary(const GArray *list)
{
    tally *tallies = g_new0(tally, SIPMSG_OUTCOMES);
    for (guint i = 0; i < list->len; i++) {
        count_call(tallies, &g_array_index(list, sipmsg_call_facts, i));
    }
    printf("%u call%s:%s\n", list->len, list->len == 1 ? "" : "s", list->len > 0 ? "" : why_none());
    for (int i = 0; i < SIPMSG_OUTCOMES; i++) {
        tally *counted = &tallies[by_trouble[i]];
        if (counted->calls > 0) {
            print_tally(counted, by_trouble[i], list->len);
        }
    }
    g_free(tallies);
}

typedef struct column {
    const char *title;
    bool right;
    unsigned max_width; /* 0 for any */
} column;

enum { NUMBER, START, CALLER, CALLEE, OUTCOME, DIAL, SETUP, TALK, ENDED_BY, FRAMES, CAUSE, CALL_ID, COLUMNS };

static const column columns[COLUMNS] = {
    [NUMBER] = {"Call", true, 0},
    [START] = {"Start s", true, 0},
    [CALLER] = {"Caller", false, URI_WIDTH},
    [CALLEE] = {"Callee", false, URI_WIDTH},
    [OUTCOME] = {"Outcome", false, 0},
    [DIAL] = {"Dial s", true, 0},
    [SETUP] = {"Setup s", true, 0},
    [TALK] = {"Talk s", true, 0},
    [ENDED_BY] = {"By", false, 0},
    [FRAMES] = {"Frames", false, 0},
    [CAUSE] = {"Cause", false, CAUSE_WIDTH},
    [CALL_ID] = {"Call-ID", false, CALL_ID_WIDTH},
};

typedef struct row {
    char *cells[COLUMNS];
} row;

static void
clear_row(gpointer data)
{
    row *cleared = data;
    for (int i = 0; i < COLUMNS; i++) {
        g_free(cleared->cells[i]);
    }
}

static char *
seconds(int64_t time, unsigned decimals)
{
    return sipmsg_decimal(time, SIPMSG_SECOND, decimals);
}

/* Seconds since the capture began, which a first frame out of order makes negative. */
static char *
start_of(const sipmsg_call_facts *facts, unsigned decimals)
{
    char *number = seconds(facts->start < 0 ? -facts->start : facts->start, decimals);
    char *text = g_strconcat(facts->start < 0 ? "-" : "", number, NULL);
    g_free(number);
    return text;
}

/* Without the scheme that most have, so that more of the rest is seen. */
static char *
short_uri(const char *uri)
{
    return g_strdup(g_ascii_strncasecmp(uri, "sip:", 4) == 0 ? uri + 4 : uri);
}

static char *
outcome_and_status(const sipmsg_call_facts *facts)
{
    bool success = facts->status >= 200 && facts->status < 300;
    const char *name = sipmsg_outcome_name(facts->outcome);
    return facts->status == 0 || success ? g_strdup(name) : g_strdup_printf("%s %u", name, facts->status);
}

static row
row_of(const sipmsg_call_facts *facts)
{
    const sipmsg_call *call = facts->call;
    return (row){{
        [NUMBER] = g_strdup_printf("%u", call->number),
        [START] = start_of(facts, 3),
        [CALLER] = short_uri(facts->caller),
        [CALLEE] = short_uri(facts->callee),
        [OUTCOME] = outcome_and_status(facts),
        [DIAL] = seconds(facts->post_dial_delay, 3),
        [SETUP] = seconds(facts->setup_time, 3),
        [TALK] = seconds(facts->duration, 2),
        [ENDED_BY] = g_strdup(facts->released_by),
        [FRAMES] = g_strdup_printf("%u-%u", call->invite->frame, call->latest->frame),
        [CAUSE] = g_strdup(facts->cause),
        [CALL_ID] = sipmsg_printable(sipmsg_call_id(call)),
    }};
}

static GArray *
make_rows(const GArray *list)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(row));
    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < list->len; i++) {
        const row made = row_of(&g_array_index(list, sipmsg_call_facts, i));
        g_array_append_val(rows, made);
    }
    return rows;
}

/* How wide a column has to be; 0 if it has nothing to show. */
static unsigned
width_of(const GArray *rows, int number)
{
    unsigned width = 0;
    for (guint i = 0; i < rows->len; i++) {
        width = MAX(width, sipmsg_text_width(g_array_index(rows, row, i).cells[number]));
    }
    if (width == 0) {
        return 0;
    }
    width = MAX(width, sipmsg_text_width(columns[number].title));
    return columns[number].max_width > 0 ? MIN(width, columns[number].max_width) : width;
}

static void
print_cell(const char *text, int number, unsigned width)
{
    if (number == CALL_ID) {
        sipmsg_print_left(text, MIN(width, sipmsg_text_width(text)));
    } else if (width > 0) {
        (columns[number].right ? sipmsg_print_right : sipmsg_print_left)(text, width);
        printf(" ");
    }
}

static void
print_rows(const GArray *rows)
{
    unsigned widths[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        widths[i] = width_of(rows, i);
        print_cell(columns[i].title, i, widths[i]);
    }
    printf("\n");
    for (guint i = 0; i < rows->len; i++) {
        for (int j = 0; j < COLUMNS; j++) {
            print_cell(g_array_index(rows, row, i).cells[j], j, widths[j]);
        }
        printf("\n");
    }
}

static void
print_table(const sipmsg_report *report, const GArray *list)
{
    sipmsg_report_heading(report, "SIP calls");
    print_summary(list);
    if (list->len > 0) {
        GArray *rows = make_rows(list);
        printf("\n");
        print_rows(rows);
        g_array_free(rows, TRUE);
        printf(
            "\nSeconds: Dial to the first 18x, or without one to the final response; Setup to the 2xx; both from the\n"
            "first INVITE. Talk from the 2xx to the BYE. By: who sent the BYE, or the CANCEL of a cancelled call.\n"
            "For a call's messages filter by its number: sipmsg.call == N. All of each text: -z sipmsg,calls,csv\n");
    }
}

/* A fact as csv and json have it, by this name. */
typedef struct fact {
    const char *name;
    char *value;
    bool is_text;
} fact;

enum { FACTS = 16 };

/* 2026-01-01T00:00:00.000000Z (ISO 8601); empty if the year is out of reason. */
static char *
utc(int64_t time)
{
    int64_t second = time / SIPMSG_SECOND - (time % SIPMSG_SECOND < 0);
    GDateTime *date = g_date_time_new_from_unix_utc(second);
    if (date == NULL) {
        return g_strdup("");
    }
    char *text = g_date_time_format(date, "%Y-%m-%dT%H:%M:%S");
    char *result = g_strdup_printf("%s.%06" PRId64 "Z", text, (time - second * SIPMSG_SECOND) / 1000);
    g_free(text);
    g_date_time_unref(date);
    return result;
}

static char *
number_of(uint32_t number)
{
    return g_strdup_printf("%u", number);
}

/* Names and order are what scripts rely on: new ones go to the end. */
static void
tell(const sipmsg_call_facts *facts, fact told[FACTS])
{
    const sipmsg_call *call = facts->call;
    const fact all[FACTS] = {
        {"call", number_of(call->number), false},
        {"start", start_of(facts, 6), false},
        {"start_utc", utc(call->invite->time), true},
        {"caller", g_strdup(facts->caller), true},
        {"callee", g_strdup(facts->callee), true},
        {"request_uri", g_strdup(facts->request_uri), true},
        {"call_id", sipmsg_printable(sipmsg_call_id(call)), true},
        {"outcome", g_strdup(sipmsg_outcome_name(facts->outcome)), true},
        {"status", facts->status != 0 ? number_of(facts->status) : g_strdup(""), false},
        {"cause", g_strdup(facts->cause), true},
        {"post_dial_delay", seconds(facts->post_dial_delay, 6), false},
        {"setup_time", seconds(facts->setup_time, 6), false},
        {"duration", seconds(facts->duration, 6), false},
        {"released_by", g_strdup(facts->released_by), true},
        {"first_frame", number_of(call->invite->frame), false},
        {"last_frame", number_of(call->latest->frame), false},
    };
    memcpy(told, all, sizeof all);
}

static void
print_csv_cell(const fact *told)
{
    if (told->is_text) {
        sipmsg_print_csv(told->value);
    } else {
        printf("%s", told->value);
    }
}

static void
print_csv(const GArray *list)
{
    fact told[FACTS];
    printf("call,start,start_utc,caller,callee,request_uri,call_id,outcome,status,cause,post_dial_delay,setup_time,"
           "duration,released_by,first_frame,last_frame\n");
    for (guint i = 0; i < list->len; i++) {
        tell(&g_array_index(list, sipmsg_call_facts, i), told);
        for (int j = 0; j < FACTS; j++) {
            printf("%s", j > 0 ? "," : "");
            print_csv_cell(&told[j]);
            g_free(told[j].value);
        }
        printf("\n");
    }
}

static void
add_json_member(json_dumper *dumper, const fact *told)
{
    json_dumper_set_member_name(dumper, told->name);
    if (told->value[0] == '\0') {
        json_dumper_value_anyf(dumper, "null");
    } else if (told->is_text) {
        json_dumper_value_string(dumper, told->value);
    } else {
        json_dumper_value_anyf(dumper, "%s", told->value);
    }
}

static void
add_json_call(json_dumper *dumper, const sipmsg_call_facts *facts)
{
    fact told[FACTS];
    tell(facts, told);
    json_dumper_begin_object(dumper);
    for (int i = 0; i < FACTS; i++) {
        add_json_member(dumper, &told[i]);
        g_free(told[i].value);
    }
    json_dumper_end_object(dumper);
}

static void
print_json(const sipmsg_report *report, const GArray *list)
{
    json_dumper dumper = {.output_file = stdout, .flags = JSON_DUMPER_FLAGS_PRETTY_PRINT};
    json_dumper_begin_object(&dumper);
    json_dumper_set_member_name(&dumper, "filter");
    json_dumper_value_string(&dumper, report->filter);
    json_dumper_set_member_name(&dumper, "calls");
    json_dumper_begin_array(&dumper);
    for (guint i = 0; i < list->len; i++) {
        add_json_call(&dumper, &g_array_index(list, sipmsg_call_facts, i));
    }
    json_dumper_end_array(&dumper);
    json_dumper_end_object(&dumper);
    json_dumper_finish(&dumper);
}

static void
print(const sipmsg_report *report)
{
    GArray *list = list_calls(report);
    if (sipmsg_report_has_option(report, "csv")) {
        print_csv(list);
    } else if (sipmsg_report_has_option(report, "json")) {
        print_json(report, list);
    } else {
        print_table(report, list);
    }
    g_array_free(list, TRUE);
}

void
sipmsg_register_calls(void)
{
    static const char *const options[] = {"csv", "json", NULL};
    static const sipmsg_report_kind calls = {
        .name = "sipmsg,calls",
        .options = options,
        .note = note,
        .notes_all = true,
        .reset = reset,
        .print = print,
    };
    sipmsg_register_report(&calls);
    sipmsg_register_calls_table();
}
