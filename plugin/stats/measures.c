/* measures.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "measures.h"

#define MILLISECOND (SIPMSG_SECOND / 1000)

static const sipmsg_ratio_info ratios[SIPMSG_RATIOS] = {
    [SIPMSG_ISA] = {"ISA", "attempts that got 408, 500, 503 or 504, or no response at all"},
    [SIPMSG_SER] = {"SER", "attempts answered with 200, of those not redirected (3xx)"},
    [SIPMSG_SEER] = {"SEER", "attempts that got 200, 480, 486, 600 or 603, of the same"},
    [SIPMSG_SCR] = {"SCR", "attempts answered and ended by a BYE that got a response"},
    [SIPMSG_IRA] = {"IRA", "REGISTERs that got 4xx (not 401, 402, 407), 5xx, 6xx or no final"},
};

static const sipmsg_delay_info delays[SIPMSG_DELAYS] = {
    [SIPMSG_SRD_SUCCESSFUL] = {"SRD", "successful", "SRD ok", "s", SIPMSG_SECOND, "INVITE to 1xx (not 100) or 200"},
    [SIPMSG_SRD_FAILED] = {"SRD", "failed", "SRD fail", "s", SIPMSG_SECOND, "INVITE to 1xx (not 100) or failure"},
    [SIPMSG_SDD_SUCCESSFUL] = {"SDD", "successful", "SDD ok", "ms", MILLISECOND, "BYE to its 2xx"},
    [SIPMSG_SDD_FAILED] = {"SDD", "failed", "SDD fail", "ms", MILLISECOND, "BYE to its other final response"},
    [SIPMSG_SDT_COMPLETED] = {"SDT", "completed", "SDT ok", "s", SIPMSG_SECOND, "200 to BYE"},
    [SIPMSG_SDT_FAILED] = {"SDT", "failed", "SDT fail", "s", SIPMSG_SECOND, "200 to the time-out of BYE"},
    [SIPMSG_RRD] = {"RRD", "successful", "RRD", "ms", MILLISECOND, "REGISTER to the 200"},
};

const sipmsg_ratio_info *
sipmsg_ratio_about(sipmsg_ratio_id id)
{
    return &ratios[id];
}

const sipmsg_delay_info *
sipmsg_delay_about(sipmsg_delay_id id)
{
    return &delays[id];
}

void
sipmsg_measures_clear(sipmsg_measures *measures)
{
    for (int i = 0; i < SIPMSG_DELAYS; i++) {
        sipmsg_samples_free(measures->delays[i]);
        measures->delays[i] = NULL;
    }
}

static void
add_ratio(sipmsg_measures *measures, sipmsg_ratio_id id, bool counts)
{
    measures->ratios[id].whole++;
    measures->ratios[id].part += counts;
}

/* A time that is not known, or was captured in the wrong order, is none. */
static void
add_delay(sipmsg_measures *measures, sipmsg_delay_id id, int64_t time)
{
    if (time < 0) {
        return;
    }
    if (measures->delays[id] == NULL) {
        measures->delays[id] = sipmsg_samples_new();
    }
    sipmsg_samples_add(measures->delays[id], time);
}

static const sipmsg_sighting *
either(const sipmsg_sighting *first, const sipmsg_sighting *second)
{
    return first != NULL ? first : second;
}

/* A call that is measured, and what is known of it. */
typedef struct subject {
    const sipmsg_call *call;
    sipmsg_call_events events;
    sipmsg_outcome outcome;
    uint16_t status; /* of the deciding response, 0 without one */
    bool answered;
    bool bye_answered;   /* the BYE got a response that is not 408, the sign of the lack of one */
    bool bye_unanswered; /* none will come any more */
} subject;

static subject
subject_of(const sipmsg_survey *survey, const sipmsg_call *call, int64_t end, int64_t timer_f)
{
    subject made = {
        .call = call,
        .events = sipmsg_survey_call(survey, call),
        .outcome = sipmsg_call_outcome(call, end, timer_f),
    };
    const sipmsg_sighting *final = sipmsg_call_final(call);
    const sipmsg_sighting *bye_final = either(made.events.bye_success, made.events.bye_failure);
    made.status = final != NULL ? final->status : 0;
    made.answered = made.outcome == SIPMSG_ANSWERED || made.outcome == SIPMSG_COMPLETED;
    made.bye_answered = bye_final != NULL && bye_final->status != 408;
    made.bye_unanswered =
        call->bye != NULL && !made.bye_answered && (bye_final != NULL || end - call->bye->time >= timer_f);
    return made;
}

/* Of a 2xx that was not captured there is but the ACK; it is taken for a 200 as well. */
static bool
is_established(const subject *measured)
{
    return measured->answered && (measured->status == 200 || measured->status == 0);
}

static bool
is_effective(const subject *measured)
{
    switch (measured->status) {
    case 480:
    case 486:
    case 600:
    case 603:
        return true;
    default:
        return is_established(measured);
    }
}

/* RFC 3261 section 8.1.3.1 has an unanswered request taken for one that got 408. */
static bool
is_ineffective(const subject *measured)
{
    switch (measured->status) {
    case 408:
    case 500:
    case 503:
    case 504:
        return true;
    default:
        return measured->outcome == SIPMSG_NO_RESPONSE;
    }
}

/* RFC 6076 sections 4.6 to 4.9. */
static void
measure_ratios(sipmsg_measures *measures, const subject *measured)
{
    bool established = is_established(measured);
    bool over = !measured->answered || measured->bye_answered || measured->bye_unanswered;
    add_ratio(measures, SIPMSG_ISA, is_ineffective(measured));
    if (measured->outcome != SIPMSG_REDIRECTED) {
        add_ratio(measures, SIPMSG_SER, established);
        add_ratio(measures, SIPMSG_SEER, is_effective(measured));
    }
    if (over) {
        add_ratio(measures, SIPMSG_SCR, measured->answered && measured->bye_answered);
    } else {
        measures->still_up++;
    }
}

/* RFC 6076 section 4.3: 401, 402 and 407 are no failures, nor are 3xx. */
static void
measure_request_delay(sipmsg_measures *measures, const subject *measured)
{
    const sipmsg_call *call = measured->call;
    const sipmsg_call_events *events = &measured->events;
    const sipmsg_sighting *sign = either(events->sign, events->sign_behind);
    bool failed =
        measured->status >= SIP_STATUS_FAILURE && measured->status != 402 && measured->outcome != SIPMSG_CHALLENGED;
    if (measured->answered) {
        const sipmsg_sighting *answer = either(events->answer, events->answer_behind);
        add_delay(measures, SIPMSG_SRD_SUCCESSFUL, sipmsg_call_time(call->invite, either(sign, answer)));
    } else if (failed) {
        add_delay(measures, SIPMSG_SRD_FAILED, sipmsg_call_time(call->invite, either(sign, sipmsg_call_final(call))));
    }
}

/* RFC 6076 section 4.4. */
static void
measure_disconnect_delay(sipmsg_measures *measures, const subject *measured)
{
    const sipmsg_call_events *events = &measured->events;
    const sipmsg_sighting *bye = measured->call->bye;
    if (!measured->answered) {
        return;
    }
    if (events->bye_success != NULL) {
        add_delay(measures, SIPMSG_SDD_SUCCESSFUL, sipmsg_call_time(bye, events->bye_success));
    } else if (events->bye_failure != NULL) {
        add_delay(measures, SIPMSG_SDD_FAILED, sipmsg_call_time(bye, events->bye_failure));
    } else if (measured->bye_unanswered) {
        measures->byes_unanswered++;
    }
}

/* RFC 6076 section 4.5. */
static void
measure_duration(sipmsg_measures *measures, const subject *measured, int64_t timer_f)
{
    const sipmsg_call_events *events = &measured->events;
    const sipmsg_sighting *bye = measured->call->bye;
    int64_t time = sipmsg_call_time(either(events->answer, events->answer_behind), bye);
    if (time < 0) {
        return;
    }
    if (measured->bye_answered) {
        add_delay(measures, SIPMSG_SDT_COMPLETED, time);
    } else if (measured->bye_unanswered) {
        int64_t waited = sipmsg_call_time(bye, events->bye_failure);
        add_delay(measures, SIPMSG_SDT_FAILED, time + (waited >= 0 ? waited : timer_f));
    }
}

void
sipmsg_measure_call(sipmsg_measures *measures, const sipmsg_survey *survey, const sipmsg_call *call, int64_t end,
                    int64_t timer_f)
{
    const subject measured = subject_of(survey, call, end, timer_f);
    measures->calls++;
    measures->behind_proxies += call->invite->transaction->hops > 1;
    if (measured.outcome == SIPMSG_UNFINISHED) {
        measures->unfinished++;
        return;
    }
    measure_ratios(measures, &measured);
    measure_request_delay(measures, &measured);
    measure_disconnect_delay(measures, &measured);
    measure_duration(measures, &measured, timer_f);
}

static bool
is_challenge(uint16_t status)
{
    return sip_status_is_challenge(status) || status == 402;
}

void
sipmsg_measure_registration(sipmsg_measures *measures, const sipmsg_registration *registration, int64_t end,
                            int64_t timer_f)
{
    const sipmsg_transaction *last = registration->last;
    const sipmsg_sighting *final =
        either(last->final, registration->behind != NULL ? registration->behind->final : NULL);
    uint16_t status = final != NULL ? final->status : 0;
    measures->registrations++;
    if (final == NULL && end - last->request->time < timer_f) {
        measures->registrations_open++;
        return;
    }
    measures->registrations_asked += is_challenge(status);
    add_ratio(measures, SIPMSG_IRA, final == NULL || (status >= SIP_STATUS_FAILURE && !is_challenge(status)));
    if (final != NULL && status < 300) {
        add_delay(measures, SIPMSG_RRD, sipmsg_call_time(registration->first, final));
    }
}
