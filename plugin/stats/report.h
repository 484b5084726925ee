/* report.h - what the reports that tshark prints have in common: how they are asked for, and
 * which transactions and calls the display filter lets through.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_STATS_REPORT_H
#define SIPMSG_STATS_REPORT_H

#include "dissect/tap.h"

#include <epan/tap.h>

typedef struct sipmsg_report sipmsg_report;

/* A kind of report, asked for with -z NAME[,OPTION][,FILTER]. */
typedef struct sipmsg_report_kind {
    const char *name; /* such as "sipmsg,calls" */

    /* The options, ended by NULL; NULL if there are none. "0" stands for any number. */
    const char *const *options;

    /* Notes one message that passed the filter; NULL if the selection is all that is wanted.
     * report->data is its own, NULL at first. */
    void (*note)(sipmsg_report *report, packet_info *pinfo, const sipmsg_tap_data *data);

    /* note() gets every message, and the filter does nothing but select. */
    bool notes_all;

    /* Forgets what was noted, if anything; NULL if there is no note(). */
    void (*reset)(sipmsg_report *report);

    /* Prints the report. */
    void (*print)(const sipmsg_report *report);
} sipmsg_report_kind;

struct sipmsg_report {
    const sipmsg_report_kind *kind;
    char *option; /* as given, NULL if none was */
    char *filter; /* NULL if there is none */

    /* Of what passed the filter, in order of first sight. A transaction or call is selected
     * if any of its messages passed. */
    GPtrArray *transactions; /* of const sipmsg_transaction * */
    GPtrArray *calls;        /* of const sipmsg_call * */
    GHashTable *selected;    /* all of them, as a set */
    void *data;
};

/* Registers a kind of report, which must live for ever. */
void sipmsg_register_report(const sipmsg_report_kind *kind);

/* Prints a report's heading: the title, and the filter if there is one. */
void sipmsg_report_heading(const sipmsg_report *report, const char *title);

/* Whether a report was asked for with that option. */
bool sipmsg_report_has_option(const sipmsg_report *report, const char *option);

#endif
