/* report.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report.h"

#include "track/calls.h"

#include <epan/stat_tap_ui.h>
#include <wsutil/report_message.h>

#include <stdio.h>
#include <string.h>

static void
select_once(sipmsg_report *report, GPtrArray *list, const void *record)
{
    if (g_hash_table_add(report->selected, (gpointer)record)) {
        g_ptr_array_add(list, (gpointer)record);
    }
}

static tap_packet_status
note_message(void *listener, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped, tap_flags_t flags)
{
    sipmsg_report *report = listener;
    const sipmsg_tap_data *data = tapped;
    if (data->sighting != NULL && (flags & TL_DISPLAY_FILTER_IGNORED) == 0) {
        const sipmsg_call *call = sipmsg_call_of(data->sighting->transaction);
        select_once(report, report->transactions, data->sighting->transaction);
        if (call != NULL) {
            select_once(report, report->calls, call);
        }
    }
    if (report->kind->note != NULL) {
        report->kind->note(report, pinfo, data);
    }
    return TAP_PACKET_REDRAW;
}

static void
reset(void *listener)
{
    sipmsg_report *report = listener;
    g_hash_table_remove_all(report->selected);
    g_ptr_array_set_size(report->transactions, 0);
    g_ptr_array_set_size(report->calls, 0);
    if (report->kind->reset != NULL) {
        report->kind->reset(report);
    }
}

/* By now the call is known of a message that was captured before its first INVITE, as it is
 * from the start on a second pass. */
static void
select_late_calls(sipmsg_report *report)
{
    for (guint i = 0; i < report->transactions->len; i++) {
        const sipmsg_call *call = sipmsg_call_of(g_ptr_array_index(report->transactions, i));
        if (call != NULL) {
            select_once(report, report->calls, call);
        }
    }
}

static void
print(void *listener)
{
    sipmsg_report *report = listener;
    select_late_calls(report);
    report->kind->print(report);
    fflush(stdout);
}

static void
finish(void *listener)
{
    sipmsg_report *report = listener;
    reset(report);
    g_hash_table_destroy(report->selected);
    g_ptr_array_free(report->transactions, TRUE);
    g_ptr_array_free(report->calls, TRUE);
    g_free(report->option);
    g_free(report->filter);
    g_free(report);
}

static bool
is_option(const sipmsg_report_kind *kind, const char *word, size_t length)
{
    bool number = length > 0 && strspn(word, "0123456789") == length;
    for (const char *const *option = kind->options; option != NULL && *option != NULL; option++) {
        bool any_number = strcmp(*option, "0") == 0;
        if (any_number ? number : strlen(*option) == length && strncmp(*option, word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Parts what stands behind the name of a report into option and filter. */
static void
take_arguments(sipmsg_report *report, const char *text)
{
    if (*text == ',') {
        const char *word = text + 1;
        const char *comma = strchr(word, ',');
        size_t length = comma != NULL ? (size_t)(comma - word) : strlen(word);
        if (is_option(report->kind, word, length)) {
            report->option = g_strndup(word, length);
            text = word + length;
        }
    }
    if (*text == ',' && text[1] != '\0') {
        report->filter = g_strdup(text + 1);
    }
}

static sipmsg_stat_result
start(const char *argument, void *data)
{
    const sipmsg_report_kind *kind = data;
    sipmsg_report *report = g_new0(sipmsg_report, 1);

    report->kind = kind;
    report->transactions = g_ptr_array_new();
    report->calls = g_ptr_array_new();
    report->selected = g_hash_table_new(NULL, NULL);
    take_arguments(report, argument + strlen(kind->name));
    guint flags = kind->notes_all ? TL_IGNORE_DISPLAY_FILTER : TL_REQUIRES_NOTHING;
    GString *error =
        register_tap_listener(SIPMSG_TAP, report, report->filter, flags, reset, note_message, print, finish);
    if (error != NULL) {
        report_failure("-z %s: %s", argument, error->str);
        g_string_free(error, TRUE);
        finish(report);
        SIPMSG_STAT_RETURN(false);
    } else {
        SIPMSG_STAT_RETURN(true);
    }
}

void
sipmsg_register_report(const sipmsg_report_kind *kind)
{
    stat_tap_ui ui = {
        .group = REGISTER_STAT_GROUP_GENERIC,
        .cli_string = kind->name,
        .tap_init_cb = start,
    };
    register_stat_tap_ui(&ui, (void *)kind);
}

void
sipmsg_report_heading(const sipmsg_report *report, const char *title)
{
    printf("\n%s\n", title);
    if (report->filter != NULL) {
        printf("Filter: %s\n", report->filter);
    }
}

bool
sipmsg_report_has_option(const sipmsg_report *report, const char *option)
{
    return report->option != NULL && strcmp(report->option, option) == 0;
}
