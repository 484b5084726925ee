/* metrics.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "metrics.h"

#include "metrics_table.h"
#include "report.h"
#include "stats.h"
#include "text.h"

#include "dissect/preferences.h"
#include "sip/limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *
plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static void
print_ratio(const sipmsg_measures *measures, sipmsg_ratio_id id)
{
    const sipmsg_ratio *ratio = &measures->ratios[id];
    const sipmsg_ratio_info *about = sipmsg_ratio_about(id);
    char *percentage = sipmsg_percentage(ratio->part, ratio->whole);
    printf("%-6s %6s  %6u of %-6u %s\n", about->name, percentage, ratio->part, ratio->whole, about->meaning);
    g_free(percentage);
}

/* Minimum, mean, 95th percentile and maximum; empty without a sample. */
enum { FIGURES = 4 };

static void
make_figures(const sipmsg_samples *samples, const sipmsg_delay_info *about, unsigned decimals, char *figures[FIGURES])
{
    bool any = sipmsg_samples_count(samples) > 0;
    const int64_t values[FIGURES] = {
        any ? sipmsg_samples_percentile(samples, 0) : -1,
        any ? (int64_t)sipmsg_samples_mean(samples) : -1,
        any ? sipmsg_samples_percentile(samples, 95) : -1,
        any ? sipmsg_samples_percentile(samples, 100) : -1,
    };
    for (int i = 0; i < FIGURES; i++) {
        figures[i] = sipmsg_decimal(values[i], about->nanoseconds, decimals);
    }
}

static void
free_figures(char *figures[FIGURES])
{
    for (int i = 0; i < FIGURES; i++) {
        g_free(figures[i]);
    }
}

static void
print_delay(const sipmsg_measures *measures, sipmsg_delay_id id)
{
    const sipmsg_delay_info *about = sipmsg_delay_about(id);
    const sipmsg_samples *samples = measures->delays[id];
    char *figures[FIGURES];
    make_figures(samples, about, sipmsg_delay_decimals(id), figures);
    printf("%s %-10s %2s %6u", about->name, about->kind, about->unit, sipmsg_samples_count(samples));
    for (int i = 0; i < FIGURES; i++) {
        printf(" %8s", figures[i][0] != '\0' ? figures[i] : "n/a");
    }
    printf("  %s\n", about->meaning);
    free_figures(figures);
}

static void
print_measures(const sipmsg_measures *measures)
{
    printf("\nRatio   Value    Part of whole\n");
    for (int i = 0; i < SIPMSG_RATIOS; i++) {
        print_ratio(measures, i);
    }
    printf("\nDelay           Count      Min     Mean      95%%      Max\n");
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        print_delay(measures, i);
    }
}

/* How many attempts of a pair went wrong for another reason than the people's. */
static uint32_t
trouble(const sipmsg_pair *pair)
{
    const sipmsg_ratio *seer = &pair->measures.ratios[SIPMSG_SEER];
    return seer->whole - seer->part + pair->measures.ratios[SIPMSG_IRA].part;
}

static gint
compare_trouble(gconstpointer first, gconstpointer second)
{
    const sipmsg_pair *a = *(const sipmsg_pair *const *)first;
    const sipmsg_pair *b = *(const sipmsg_pair *const *)second;
    if (trouble(a) != trouble(b)) {
        return trouble(a) > trouble(b) ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static char *
pair_name(const sipmsg_pair *pair)
{
    return g_strdup_printf("%s > %s", pair->source, pair->target);
}

static unsigned
widest_name(const sipmsg_metrics *metrics, guint shown)
{
    unsigned width = 0;
    for (guint i = 0; i < shown; i++) {
        char *name = pair_name(g_ptr_array_index(metrics->pairs, i));
        width = MAX(width, sipmsg_text_width(name));
        g_free(name);
    }
    return width;
}

static void
print_pair_name(const sipmsg_pair *pair, unsigned width)
{
    char *name = pair_name(pair);
    sipmsg_print_left(name, width);
    g_free(name);
}

/* How wide the columns of ratios have to be. */
static int
ratio_width(const sipmsg_metrics *metrics, guint shown)
{
    size_t width = 0;
    for (guint i = 0; i < shown * SIPMSG_RATIOS; i++) {
        const sipmsg_pair *pair = g_ptr_array_index(metrics->pairs, i / SIPMSG_RATIOS);
        char *text = sipmsg_ratio_text(&pair->measures.ratios[i % SIPMSG_RATIOS]);
        width = MAX(width, strlen(text));
        g_free(text);
    }
    return (int)width;
}

static void
print_pair_ratios(const sipmsg_pair *pair, unsigned width, int ratio_columns)
{
    print_pair_name(pair, width);
    for (int i = 0; i < SIPMSG_RATIOS; i++) {
        char *text = sipmsg_ratio_text(&pair->measures.ratios[i]);
        printf("  %*s", ratio_columns, text);
        g_free(text);
    }
    printf("\n");
}

static void
print_pair_delays(const sipmsg_pair *pair, unsigned width)
{
    print_pair_name(pair, width);
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        char *mean = sipmsg_delay_mean(&pair->measures, i);
        printf(" %8s", mean[0] != '\0' ? mean : "n/a");
        g_free(mean);
    }
    printf("\n");
}

static void
print_ratio_heads(unsigned width, int ratio_columns)
{
    printf("%*s", (int)width, "");
    for (int i = 0; i < SIPMSG_RATIOS; i++) {
        printf("  %*s", ratio_columns, sipmsg_ratio_about(i)->name);
    }
    printf("\n");
}

static void
print_delay_heads(unsigned width)
{
    printf("\n%-*s", (int)width, "Means");
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        printf(" %8s", sipmsg_delay_about(i)->brief);
    }
    printf("\n%*s", (int)width, "");
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        printf(" %8s", sipmsg_delay_about(i)->unit);
    }
    printf("\n");
}

static void
print_pairs(const sipmsg_metrics *metrics)
{
    guint shown = MIN(metrics->pairs->len, SIP_LIMIT_LISTED_PAIRS);
    unsigned width = widest_name(metrics, shown);
    int ratio_columns = ratio_width(metrics, shown);

    printf("\nBy pair of hosts, who asked and who was asked; the most trouble first\n");
    print_ratio_heads(width, ratio_columns);
    for (guint i = 0; i < shown; i++) {
        print_pair_ratios(g_ptr_array_index(metrics->pairs, i), width, ratio_columns);
    }
    print_delay_heads(width);
    for (guint i = 0; i < shown; i++) {
        print_pair_delays(g_ptr_array_index(metrics->pairs, i), width);
    }
    if (shown < metrics->pairs->len) {
        printf("... and %u more: -z sipmsg,metrics,csv has all\n", metrics->pairs->len - shown);
    }
}

static void
print_choices(const sipmsg_measures *all)
{
    int64_t timer_f = sipmsg_patience() / SIPMSG_SECOND;
    printf("\nHow it was counted, where RFC 6076 leaves a choice:\n"
           "- Measured where the capture was taken, not at the user agents. First INVITEs fresh from the\n"
           "  caller, with one Via value: %u of %u; behind a proxy, with more: %u. A call that was captured on\n"
           "  two hops counts once, on the first.\n",
           all->calls - all->behind_proxies, all->calls, all->behind_proxies);
    printf("- An attempt is a call as sipmsg.call counts them: INVITEs sent again after a challenge,\n"
           "  redirection, 422 or failover belong to it, and the branches of a fork. Re-INVITEs don't count.\n"
           "- Left out: %u call%s and %u registration%s of which the capture does not show the end. SCR leaves\n"
           "  out %u more, without a BYE or with one that may yet be answered; SER and SEER leave out 3xx.\n",
           all->unfinished, plural(all->unfinished), all->registrations_open, plural(all->registrations_open),
           all->still_up);
    printf("- 487 (the caller gave up), 2xx other than 200, and challenges that were not followed up are no\n"
           "  success in SER and SEER. An ACK that only a 2xx gets stands for a 200 that was not captured.\n"
           "- No response means none for %" PRId64 " s; ISA takes that for 408 (RFC 3261 section 8.1.3.1).\n"
           "- Delays begin with the first request of the attempt: challenges and redirections lie inside.\n"
           "- SRD: one for each call, not for each branch of a fork; none without any response. Failed are\n"
           "  those that ended with 4xx (487 too, but not 401, 402, 407), 5xx or 6xx.\n",
           timer_f);
    printf("- SDD leaves out %u BYE%s without a response for %" PRId64
           " s (Timer F). SDT failed has them in, and ends\n"
           "  with Timer F, or with a 408 to the BYE. SDT runs from the 200 on the caller's hop to the first\n"
           "  BYE that was seen.\n",
           all->byes_unanswered, plural(all->byes_unanswered), timer_f);
    printf("- A registration is a REGISTER and those sent again (same Call-ID and From tag) after 401, 407,\n"
           "  494 or 423 to it. In the whole of IRA, but not ineffective: %u that ended with a challenge.\n"
           "- 95%% is the smallest value that at least 95%% of all do not exceed.\n",
           all->registrations_asked);
}

static void
print_page(const sipmsg_report *report, const sipmsg_metrics *metrics)
{
    const sipmsg_measures *all = &metrics->all;
    sipmsg_report_heading(report, "SIP performance metrics (RFC 6076)");
    printf("%u call attempt%s, %u registration%s\n", all->calls, plural(all->calls), all->registrations,
           plural(all->registrations));
    if (metrics->pairs->len > 0) {
        print_measures(all);
        print_pairs(metrics);
        print_choices(all);
    }
}

static void
print_csv_ratio(const char *ends, const sipmsg_measures *measures, sipmsg_ratio_id id)
{
    const sipmsg_ratio *ratio = &measures->ratios[id];
    const sipmsg_ratio_info *about = sipmsg_ratio_about(id);
    char *percentage = sipmsg_percentage(ratio->part, ratio->whole);
    printf("%s,%s,,percent,%u,%u,%.*s,,,,,", ends, about->name, ratio->part, ratio->whole,
           ratio->whole > 0 ? (int)strlen(percentage) - 1 : 0, percentage);
    sipmsg_print_csv(about->meaning);
    printf("\n");
    g_free(percentage);
}

static void
print_csv_delay(const char *ends, const sipmsg_measures *measures, sipmsg_delay_id id)
{
    const sipmsg_delay_info *about = sipmsg_delay_about(id);
    const sipmsg_samples *samples = measures->delays[id];
    char *figures[FIGURES];
    make_figures(samples, about, about->nanoseconds == SIPMSG_SECOND ? 6 : 3, figures);
    printf("%s,%s,%s,%s,,,,%u", ends, about->name, about->kind, about->unit, sipmsg_samples_count(samples));
    for (int i = 0; i < FIGURES; i++) {
        printf(",%s", figures[i]);
    }
    printf(",");
    sipmsg_print_csv(about->meaning);
    printf("\n");
    free_figures(figures);
}

/* Attempts, and those that are left out. */
static void
print_csv_counts(const char *ends, const sipmsg_measures *measures)
{
    const struct {
        const char *metric;
        const char *kind;
        uint32_t count;
        const char *meaning;
    } counts[] = {
        {"calls", "all", measures->calls, "call attempts"},
        {"calls", "behind proxies", measures->behind_proxies, "the first INVITE had more than one Via value"},
        {"calls", "unfinished", measures->unfinished, "left out: the capture does not show their end"},
        {"calls", "still up", measures->still_up, "left out of SCR: no BYE, or one that may yet be answered"},
        {"calls", "BYE unanswered", measures->byes_unanswered, "left out of SDD: Timer F ran out"},
        {"registrations", "all", measures->registrations, "attempts to register"},
        {"registrations", "unfinished", measures->registrations_open, "left out: may yet be answered"},
        {"registrations", "challenged", measures->registrations_asked, "no credentials that were accepted"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        printf("%s,%s,%s,,,,,%u,,,,,", ends, counts[i].metric, counts[i].kind, counts[i].count);
        sipmsg_print_csv(counts[i].meaning);
        printf("\n");
    }
}

static void
print_csv_measures(const char *ends, const sipmsg_measures *measures)
{
    print_csv_counts(ends, measures);
    for (int i = 0; i < SIPMSG_RATIOS; i++) {
        print_csv_ratio(ends, measures, i);
    }
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        print_csv_delay(ends, measures, i);
    }
}

static void
print_csv(const sipmsg_metrics *metrics)
{
    printf("source,target,metric,kind,unit,part,whole,percent,count,min,mean,p95,max,meaning\n");
    print_csv_measures("all,all", &metrics->all);
    for (guint i = 0; i < metrics->pairs->len; i++) {
        const sipmsg_pair *pair = g_ptr_array_index(metrics->pairs, i);
        char *ends = g_strdup_printf("%s,%s", pair->source, pair->target);
        print_csv_measures(ends, &pair->measures);
        g_free(ends);
    }
}

static void
print(const sipmsg_report *report)
{
    sipmsg_metrics *metrics = sipmsg_metrics_new();
    for (guint i = 0; i < report->transactions->len; i++) {
        sipmsg_metrics_add(metrics, g_ptr_array_index(report->transactions, i));
    }
    g_ptr_array_sort(metrics->pairs, compare_trouble);
    if (sipmsg_report_has_option(report, "csv")) {
        print_csv(metrics);
    } else {
        print_page(report, metrics);
    }
    sipmsg_metrics_free(metrics);
}

void
sipmsg_register_metrics(void)
{
    static const char *const options[] = {"csv", NULL};
    static const sipmsg_report_kind metrics = {
        .name = "sipmsg,metrics",
        .options = options,
        .print = print,
    };
    sipmsg_register_report(&metrics);
    sipmsg_register_metrics_table();
}
