/* metrics_pairs.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "metrics.h"

#include "text.h"

#include "dissect/follow.h"
#include "dissect/preferences.h"

static void
free_pair(gpointer data)
{
    sipmsg_pair *pair = data;
    sipmsg_measures_clear(&pair->measures);
    g_free(pair->source);
    g_free(pair->target);
    g_free(pair);
}

sipmsg_metrics *
sipmsg_metrics_new(void)
{
    sipmsg_metrics *metrics = g_new0(sipmsg_metrics, 1);
    metrics->survey = sipmsg_survey_new(sipmsg_followed());
    metrics->counted = g_hash_table_new(NULL, NULL);
    metrics->by_path = g_hash_table_new(NULL, NULL);
    metrics->pairs = g_ptr_array_new_with_free_func(free_pair);
    return metrics;
}

void
sipmsg_metrics_free(sipmsg_metrics *metrics)
{
    if (metrics != NULL) {
        sipmsg_survey_free(metrics->survey);
        sipmsg_measures_clear(&metrics->all);
        g_hash_table_destroy(metrics->counted);
        g_hash_table_destroy(metrics->by_path);
        g_ptr_array_free(metrics->pairs, TRUE);
        g_free(metrics);
    }
}

static sipmsg_pair *
pair_of(sipmsg_metrics *metrics, const sipmsg_name *path)
{
    sipmsg_pair *pair = g_hash_table_lookup(metrics->by_path, path);
    if (pair == NULL) {
        pair = g_new0(sipmsg_pair, 1);
        pair->source = sipmsg_path_source(path);
        pair->target = sipmsg_path_target(path);
        pair->number = metrics->pairs->len;
        g_ptr_array_add(metrics->pairs, pair);
        g_hash_table_insert(metrics->by_path, (gpointer)path, pair);
    }
    return pair;
}

static const sipmsg_pair *
add_call(sipmsg_metrics *metrics, const sipmsg_call *call)
{
    sipmsg_pair *pair = pair_of(metrics, call->invite->path);
    int64_t end = sipmsg_capture_end();
    sipmsg_measure_call(&metrics->all, metrics->survey, call, end, sipmsg_patience());
    sipmsg_measure_call(&pair->measures, metrics->survey, call, end, sipmsg_patience());
    return pair;
}

static const sipmsg_pair *
add_registration(sipmsg_metrics *metrics, const sipmsg_registration *registration)
{
    sipmsg_pair *pair = pair_of(metrics, registration->first->path);
    int64_t end = sipmsg_capture_end();
    sipmsg_measure_registration(&metrics->all, registration, end, sipmsg_patience());
    sipmsg_measure_registration(&pair->measures, registration, end, sipmsg_patience());
    return pair;
}

const sipmsg_pair *
sipmsg_metrics_add(sipmsg_metrics *metrics, const sipmsg_transaction *transaction)
{
    const sipmsg_call *call = sipmsg_call_of(transaction);
    const sipmsg_registration *registration = sipmsg_survey_registration(metrics->survey, transaction);
    if (call != NULL && g_hash_table_add(metrics->counted, (gpointer)call)) {
        return add_call(metrics, call);
    }
    if (registration != NULL && g_hash_table_add(metrics->counted, (gpointer)registration)) {
        return add_registration(metrics, registration);
    }
    return NULL;
}

char *
sipmsg_ratio_text(const sipmsg_ratio *ratio)
{
    char *percentage = sipmsg_percentage(ratio->part, ratio->whole);
    char *text =
        ratio->whole > 0 ? g_strdup_printf("%u/%u %6s", ratio->part, ratio->whole, percentage) : g_strdup(percentage);
    g_free(percentage);
    return text;
}

unsigned
sipmsg_delay_decimals(sipmsg_delay_id id)
{
    return sipmsg_delay_about(id)->nanoseconds == SIPMSG_SECOND ? 4 : 1;
}

char *
sipmsg_delay_mean(const sipmsg_measures *measures, sipmsg_delay_id id)
{
    const sipmsg_samples *samples = measures->delays[id];
    int64_t mean = samples != NULL ? (int64_t)sipmsg_samples_mean(samples) : -1;
    return sipmsg_decimal(mean, sipmsg_delay_about(id)->nanoseconds, sipmsg_delay_decimals(id));
}
