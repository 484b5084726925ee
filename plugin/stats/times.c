/* times.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report.h"
#include "response_times.h"
#include "stats.h"
#include "text.h"
#include "times_table.h"

#include "dissect/follow.h"
#include "dissect/preferences.h"

#include <stdio.h>
#include <stdlib.h>

enum { MILLISECOND = 1000000 }; /* in nanoseconds */

/* The method with the most requests that were not answered comes first. */
static int
compare_methods(const void *a, const void *b)
{
    const sipmsg_method_times *left = a;
    const sipmsg_method_times *right = b;
    const unsigned of_left[] = {sipmsg_times_unanswered(left), left->counts[SIPMSG_TIMES_REQUESTS]};
    const unsigned of_right[] = {sipmsg_times_unanswered(right), right->counts[SIPMSG_TIMES_REQUESTS]};
    for (int i = 0; i < 2; i++) {
        if (of_left[i] != of_right[i]) {
            return of_left[i] < of_right[i] ? 1 : -1;
        }
    }
    return (int)left->method - (int)right->method;
}

static sipmsg_response_times *
measure(const sipmsg_report *report)
{
    sipmsg_response_times *all = sipmsg_response_times_new(sipmsg_followed(), sipmsg_capture_end(), sipmsg_patience());
    for (guint i = 0; i < report->transactions->len; i++) {
        sipmsg_response_times_add(all, g_ptr_array_index(report->transactions, i));
    }
    qsort(all->methods, SIP_METHOD_COUNT, sizeof *all->methods, compare_methods);
    return all;
}

/* Prints the six figures of some times, each in a column of that width behind the separator. */
static void
print_figures(const sipmsg_samples *samples, const char *separator, int width)
{
    const int64_t figures[] = {
        sipmsg_samples_percentile(samples, 0),  (int64_t)(sipmsg_samples_mean(samples) + 0.5),
        sipmsg_samples_percentile(samples, 50), sipmsg_samples_percentile(samples, 95),
        sipmsg_samples_percentile(samples, 99), sipmsg_samples_percentile(samples, 100),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(figures); i++) {
        char *text = sipmsg_decimal(figures[i], MILLISECOND, 3);
        printf("%s%*s", separator, width, text);
        g_free(text);
    }
    putchar('\n');
}

static bool
has_times(const sipmsg_method_times *times)
{
    for (int row = SIPMSG_TIMES_COUNTS; row < SIPMSG_TIMES_ROWS; row++) {
        if (times->times[row] != NULL) {
            return true;
        }
    }
    return false;
}

static void
print_method_times(const sipmsg_method_times *times)
{
    for (int row = SIPMSG_TIMES_COUNTS; row < SIPMSG_TIMES_ROWS; row++) {
        if (times->times[row] != NULL) {
            printf("%-10s %-13s %9u", sipmsg_times_method_name(times->method), sipmsg_times_row_name(row),
                   times->counts[row]);
            print_figures(times->times[row], " ", 10);
        }
    }
}

static void
print_times(const sipmsg_response_times *all)
{
    bool any = false;
    for (int i = 0; i < SIP_METHOD_COUNT; i++) {
        if (has_times(&all->methods[i]) && !any) {
            any = true;
            printf("\nMilliseconds from a request to its response, both as captured here; each hop counts by itself.\n"
                   "A percentile is the smallest time that so many percent of the times do not exceed.\n\n"
                   "%-10s %-13s %9s %10s %10s %10s %10s %10s %10s\n",
                   "Method", "Response", "Count", "Min", "Mean", "50%", "95%", "99%", "Max");
        }
        print_method_times(&all->methods[i]);
    }
    if (all->untimed > 0) {
        printf("\nNot timed: %u final responses whose request was not captured before them.\n", all->untimed);
    }
}

static void
print_counts(const char *name, const sipmsg_method_times *times)
{
    const unsigned *counts = times->counts;
    unsigned unanswered = sipmsg_times_unanswered(times);
    char *percentage = sipmsg_percentage(unanswered, counts[SIPMSG_TIMES_REQUESTS]);
    printf("%-10s %12u %12u %12u %8s %12u %12u %12u\n", name, counts[SIPMSG_TIMES_REQUESTS], counts[SIPMSG_TIMES_FINAL],
           unanswered, percentage, counts[SIPMSG_TIMES_ONLY_PROVISIONAL], counts[SIPMSG_TIMES_NO_RESPONSE],
           counts[SIPMSG_TIMES_TOO_EARLY]);
    g_free(percentage);
}

static sipmsg_method_times
sum_counts(const sipmsg_response_times *all)
{
    sipmsg_method_times sum = {.method = SIP_METHOD_UNKNOWN};
    for (int i = 0; i < SIP_METHOD_COUNT; i++) {
        for (int row = 0; row < SIPMSG_TIMES_COUNTS; row++) {
            sum.counts[row] += all->methods[i].counts[row];
        }
    }
    return sum;
}

static void
print_requests(const sipmsg_response_times *all)
{
    const sipmsg_method_times sum = sum_counts(all);
    if (sum.counts[SIPMSG_TIMES_REQUESTS] == 0) {
        printf("\nNo requests that want a response.\n");
        return;
    }
    printf("\n%-10s %12s %12s %12s %8s %12s %12s %12s\n", "Method", "Requests", "Final", "No final", "of all",
           sipmsg_times_row_name(SIPMSG_TIMES_ONLY_PROVISIONAL), sipmsg_times_row_name(SIPMSG_TIMES_NO_RESPONSE),
           sipmsg_times_row_name(SIPMSG_TIMES_TOO_EARLY));
    for (int i = 0; i < SIP_METHOD_COUNT; i++) {
        if (all->methods[i].counts[SIPMSG_TIMES_REQUESTS] > 0) {
            print_counts(sipmsg_times_method_name(all->methods[i].method), &all->methods[i]);
        }
    }
    print_counts("All", &sum);
    printf("No final = only 1xx + no response + too early (the capture ends less than %u s after the request).\n",
           (unsigned)(sipmsg_patience() / SIPMSG_SECOND));
}

static void
print_method_csv(const sipmsg_method_times *times)
{
    for (int row = 0; row < SIPMSG_TIMES_ROWS; row++) {
        bool any = row < SIPMSG_TIMES_COUNTS ? times->counts[SIPMSG_TIMES_REQUESTS] > 0 : times->times[row] != NULL;
        if (!any) {
            continue;
        }
        printf("%s,%s,%u", sipmsg_times_method_name(times->method), sipmsg_times_row_name(row), times->counts[row]);
        if (row < SIPMSG_TIMES_COUNTS) {
            printf(",,,,,,\n");
        } else {
            print_figures(times->times[row], ",", 0);
        }
    }
}

static void
print_csv(const sipmsg_response_times *all)
{
    printf("method,what,count,min_ms,mean_ms,p50_ms,p95_ms,p99_ms,max_ms\n");
    for (int i = 0; i < SIP_METHOD_COUNT; i++) {
        print_method_csv(&all->methods[i]);
    }
}

static void
print(const sipmsg_report *report)
{
    sipmsg_response_times *all = measure(report);
    if (sipmsg_report_has_option(report, "csv")) {
        print_csv(all);
    } else {
        sipmsg_report_heading(report, "SIP requests and their response times");
        print_requests(all);
        print_times(all);
    }
    sipmsg_response_times_free(all);
}

void
sipmsg_register_times(void)
{
    static const char *const options[] = {"csv", NULL};
    static const sipmsg_report_kind kind = {.name = "sipmsg,times", .options = options, .print = print};
    sipmsg_register_report(&kind);
    sipmsg_register_times_table();
}
