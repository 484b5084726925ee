/* ladder_call.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ladder_call.h"

#include "ladder_draw.h"
#include "text.h"

#include "dissect/follow.h"
#include "dissect/preferences.h"
#include "sip/limits.h"

#include <stdio.h>
#include <string.h>

enum { HEADING_INDENT = 2 };

sipmsg_ladder_call *
sipmsg_ladder_call_new(const sipmsg_call *call)
{
    sipmsg_ladder_call *created = g_new0(sipmsg_ladder_call, 1);
    created->call = call;
    created->rungs = g_ptr_array_new();
    created->trouble = SIPMSG_NO_TROUBLE;
    return created;
}

void
sipmsg_ladder_call_free(gpointer value)
{
    sipmsg_ladder_call *call = value;
    g_ptr_array_free(call->rungs, TRUE);
    g_free(call->title);
    g_free(call);
}

/* --- What is wrong with it */

/* What became of a message after its first transmission. */
typedef struct repetitions {
    guint sent_again;
    guint copies; /* of the same packets, captured twice */
    int64_t last; /* when it was last sent */
} repetitions;

static repetitions
repetitions_of(const sipmsg_sighting *first)
{
    repetitions found = {.last = first->time};
    for (const sipmsg_sighting *again = first->previous; again != first; again = again->previous) {
        if (again->duplicate_of != 0) {
            found.copies++;
        } else {
            found.sent_again++;
            found.last = MAX(found.last, again->time);
        }
    }
    return found;
}

static bool
is_sent_too_often(const sipmsg_sighting *sighting)
{
    return repetitions_of(sighting).sent_again > SIP_LIMIT_RESENT;
}

/* A failure that is neither the protocol at work nor to be followed by another try. */
static bool
is_failure(const sipmsg_sighting *sighting)
{
    const sip_status_info *info = sip_status_lookup(sighting->status);
    return sighting->status >= SIP_STATUS_FAILURE && !sipmsg_track_crossed(sipmsg_followed(), sighting) &&
           (info == NULL || info->weight == SIP_FAILURE_BY_CLASS);
}

static const sipmsg_sighting *
first_that(const GPtrArray *rungs, bool (*applies)(const sipmsg_sighting *))
{
    for (guint i = 0; i < rungs->len; i++) {
        const sipmsg_rung *rung = g_ptr_array_index(rungs, i);
        if (rung->sighting != NULL && applies(rung->sighting)) {
            return rung->sighting;
        }
    }
    return NULL;
}

/* "486 Busy Here" */
static void
append_status(GString *out, uint16_t status)
{
    const sip_status_info *info = sip_status_lookup(status);
    g_string_append_printf(out, "%u", status);
    if (info != NULL && info->phrase != NULL) {
        g_string_append_printf(out, " %s", info->phrase);
    }
}

static const char *
method_of(const sipmsg_sighting *sighting)
{
    const char *name = sip_method_name(sighting->transaction->method);
    return sighting->status == SIPMSG_ACK ? "ACK" : name != NULL ? name : "a request";
}

/* "INVITE", or "200 to INVITE" */
static void
append_message(GString *out, const sipmsg_sighting *sighting)
{
    if (!sipmsg_sighting_is_request(sighting)) {
        g_string_append_printf(out, "%u to ", sighting->status);
    }
    g_string_append(out, method_of(sighting));
}

/* What went wrong in a call that did not end badly. */
static sipmsg_trouble
judge_course(const GPtrArray *rungs, GString *title)
{
    const sipmsg_sighting *found = first_that(rungs, sipmsg_lacks_ack);
    if (found != NULL) {
        g_string_append(title, ", no ACK");
        return SIPMSG_FAULT;
    }
    found = first_that(rungs, sipmsg_lacks_response);
    if (found != NULL) {
        g_string_append_printf(title, ", no response to %s", method_of(found));
        return SIPMSG_STRAIN;
    }
    found = first_that(rungs, is_failure);
    if (found != NULL) {
        g_string_append(title, ", ");
        append_status(title, found->status);
        g_string_append_printf(title, " to %s", method_of(found));
        return SIPMSG_STRAIN;
    }
    found = first_that(rungs, is_sent_too_often);
    if (found != NULL) {
        g_string_append(title, ", ");
        append_message(title, found);
        g_string_append_printf(title, " sent %d times or more", SIP_LIMIT_RESENT + 2);
        return SIPMSG_STRAIN;
    }
    return SIPMSG_NO_TROUBLE;
}

static sipmsg_trouble
judge(const sipmsg_ladder_call *call, GString *title)
{
    sipmsg_outcome outcome = sipmsg_call_outcome(call->call, sipmsg_capture_end(), sipmsg_patience());
    const sipmsg_sighting *final = sipmsg_call_final(call->call);

    g_string_append(title, sipmsg_outcome_name(outcome));
    if (outcome == SIPMSG_UNFINISHED || outcome == SIPMSG_ANSWERED || outcome == SIPMSG_COMPLETED) {
        return judge_course(call->rungs, title);
    }
    if (final != NULL) {
        g_string_append(title, ", ");
        append_status(title, final->status);
    }
    bool declined = outcome == SIPMSG_BUSY || outcome == SIPMSG_CANCELLED || outcome == SIPMSG_REJECTED;
    return declined ? SIPMSG_DECLINED : SIPMSG_FAULT;
}

/* Frames need not be in order of time. */
static gint
compare_times(gconstpointer first, gconstpointer second)
{
    const sipmsg_rung *a = *(const sipmsg_rung *const *)first;
    const sipmsg_rung *b = *(const sipmsg_rung *const *)second;
    return (a->sighting->time > b->sighting->time) - (a->sighting->time < b->sighting->time);
}

void
sipmsg_ladder_call_judge(sipmsg_ladder_call *call)
{
    GString *title = g_string_new(NULL);
    g_ptr_array_sort(call->rungs, compare_times);
    call->trouble = judge(call, title);
    call->title = g_string_free(title, FALSE);
}

/* --- Its rows */

/* What is to be known of the whole call when a row of it is made. */
typedef struct context {
    const sipmsg_ladder_call *call;
    GHashTable *lonely; /* addresses of hosts that talk to themselves, whose ports matter */
    GHashTable *offers; /* transactions whose request describes a session */
} context;

static context
context_of(const sipmsg_ladder_call *call)
{
    context known = {call, g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < call->rungs->len; i++) {
        const sipmsg_rung *rung = g_ptr_array_index(call->rungs, i);
        if (rung->source == rung->target) {
            g_hash_table_add(known.lonely, (gpointer)rung->source);
        }
        if (rung->media != NULL && rung->sighting->status == 0) {
            g_hash_table_add(known.offers, rung->sighting->transaction);
        }
    }
    return known;
}

static char *
host_name(const context *known, const char *host, uint16_t port)
{
    if (!g_hash_table_contains(known->lonely, host)) {
        return g_strdup(host);
    }
    return g_strdup_printf(strchr(host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
}

/* The label as noted; what a response is to, unless to the INVITE; and an INVITE within the
 * dialog by the name it goes by. */
static char *
label_of(const sipmsg_rung *rung)
{
    const sipmsg_sighting *sighting = rung->sighting;
    bool is_invite = sighting->transaction->method == SIP_METHOD_INVITE;
    if (!sipmsg_sighting_is_request(sighting) && !is_invite) {
        return g_strdup_printf("%s (%s)", rung->label, method_of(sighting));
    }
    return g_strconcat(is_invite && sighting->status == 0 && sighting->to_tag != 0 ? "re-" : "", rung->label, NULL);
}

static void
append_note(GString *notes, const char *note)
{
    if (note != NULL) {
        g_string_append_printf(notes, "%s%s", notes->len > 0 ? "; " : "", note);
    }
}

/* Which part a session description plays, where it is certain (RFC 3261 section 13.2.1, RFC
 * 3311 section 5): those in ACK and PRACK depend on what was in others. */
static const char *
part_of_media(const context *known, const sipmsg_rung *rung)
{
    const sipmsg_transaction *transaction = rung->sighting->transaction;
    bool negotiates = transaction->method == SIP_METHOD_INVITE || transaction->method == SIP_METHOD_UPDATE;
    if (!negotiates || transaction->request == NULL || rung->sighting->status == SIPMSG_ACK) {
        return "SDP";
    }
    return rung->sighting->status == 0 || !g_hash_table_contains(known->offers, transaction) ? "offer" : "answer";
}

static void
append_media(GString *notes, const context *known, const sipmsg_rung *rung)
{
    if (rung->media != NULL) {
        const char *part = part_of_media(known, rung);
        append_note(notes, part);
        if (strcmp(part, rung->media) != 0) {
            g_string_append_printf(notes, " %s", rung->media);
        }
    }
}

static int64_t
time_in_call(const sipmsg_ladder_call *call, int64_t time)
{
    return time - call->call->invite->time;
}

static void
append_repetitions(GString *notes, const sipmsg_ladder_call *call, const sipmsg_sighting *first)
{
    repetitions found = repetitions_of(first);
    if (found.sent_again > 0) {
        char *last = sipmsg_ladder_time(time_in_call(call, found.last));
        char *text = found.sent_again == 1 ? g_strdup_printf("sent twice, again at %s", last)
                                           : g_strdup_printf("sent %u times, last at %s", found.sent_again + 1, last);
        append_note(notes, text);
        g_free(text);
        g_free(last);
    }
}

/* What is wrong comes first. */
static char *
notes_of(const context *known, const sipmsg_rung *rung)
{
    const sipmsg_sighting *sighting = rung->sighting;
    GString *notes = g_string_new(NULL);
    append_note(notes, sipmsg_lacks_ack(sighting) ? "no ACK" : NULL);
    append_note(notes, sipmsg_lacks_response(sighting) ? "no response" : NULL);
    append_repetitions(notes, known->call, sighting);
    append_note(notes, rung->reasons);
    append_media(notes, known, rung);
    append_note(notes, sighting->response_seq != 0 ? "reliable" : NULL);
    return g_string_free(notes, FALSE);
}

/* Whether a message is one to look at. */
static bool
is_bad(const sipmsg_ladder_call *call, const sipmsg_sighting *sighting)
{
    return sipmsg_lacks_ack(sighting) || sipmsg_lacks_response(sighting) || is_failure(sighting) ||
           is_sent_too_often(sighting) ||
           (sighting == sipmsg_call_final(call->call) && call->trouble == SIPMSG_FAULT && sighting->status >= 300);
}

static GPtrArray *
rows_of(const sipmsg_ladder_call *call, guint limit)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(sipmsg_ladder_row_free);
    context known = context_of(call);
    for (guint i = 0; i < call->rungs->len && i < limit; i++) {
        const sipmsg_rung *rung = g_ptr_array_index(call->rungs, i);
        sipmsg_ladder_row *row = g_new0(sipmsg_ladder_row, 1);
        row->frame = rung->sighting->frame;
        row->time = time_in_call(call, rung->sighting->time);
        row->source = host_name(&known, rung->source, rung->source_port);
        row->target = host_name(&known, rung->target, rung->target_port);
        row->label = label_of(rung);
        row->notes = notes_of(&known, rung);
        row->bad = is_bad(call, rung->sighting);
        g_ptr_array_add(rows, row);
    }
    g_hash_table_destroy(known.lonely);
    g_hash_table_destroy(known.offers);
    return rows;
}

/* --- Its heading */

/* When it began, in local time as tshark has it. */
static void
append_begin(GString *out, int64_t time)
{
    int64_t nanoseconds = (time % SIPMSG_SECOND + SIPMSG_SECOND) % SIPMSG_SECOND;
    GDateTime *date = g_date_time_new_from_unix_local((time - nanoseconds) / SIPMSG_SECOND);
    if (date != NULL) {
        char *text = g_date_time_format(date, "%Y-%m-%d %H:%M:%S");
        g_string_append_printf(out, "%s.%03d", text, (int)(nanoseconds / (SIPMSG_SECOND / 1000)));
        g_free(text);
        g_date_time_unref(date);
    }
}

static void
print_identity(const sipmsg_call *call)
{
    GString *out = g_string_new(NULL);
    char *call_id = sipmsg_printable(sipmsg_call_id(call));
    append_begin(out, call->invite->time);
    g_string_append_printf(out, "%sCall-ID %s", out->len > 0 ? ", " : "", call_id);
    sipmsg_ladder_print_text(HEADING_INDENT, out->str);
    g_string_free(out, TRUE);
    g_free(call_id);
}

static void
append_part(GString *out, const char *what, const char *value, const char *unit)
{
    g_string_append_printf(out, "%s%s %s%s", out->len > 0 ? ", " : "", what, value, unit);
}

/* "setup 0.304 s"; nothing if the time is not known. */
static void
append_span(GString *out, const char *what, int64_t time)
{
    if (time >= 0) {
        char *text = sipmsg_ladder_time(time);
        append_part(out, what, text, " s");
        g_free(text);
    }
}

static void
print_times(const sipmsg_call_facts *facts)
{
    GString *out = g_string_new(NULL);
    append_span(out, "post-dial delay", facts->post_dial_delay);
    append_span(out, "setup", facts->setup_time);
    append_span(out, "duration", facts->duration);
    if (facts->released_by[0] != '\0') {
        append_part(out, "ended by", facts->released_by, "");
    }
    if (out->len > 0) {
        out->str[0] = g_ascii_toupper(out->str[0]);
    }
    sipmsg_ladder_print_text(HEADING_INDENT, out->str);
    g_string_free(out, TRUE);
}

/* What a failure means and where to look next. */
static void
print_meaning(const sipmsg_call_facts *facts)
{
    if (facts->status >= SIP_STATUS_FAILURE) {
        char *text = g_strdup_printf("%u: %s", facts->status, sip_failure_meaning(facts->status, SIP_METHOD_INVITE));
        sipmsg_ladder_print_text(HEADING_INDENT, text);
        g_free(text);
    }
}

static void
print_pair(const char *before, const char *between, const char *after)
{
    char *text = g_strconcat(before, between, after, NULL);
    sipmsg_ladder_print_text(HEADING_INDENT, text);
    g_free(text);
}

static void
print_heading(const sipmsg_ladder_call *call, const sipmsg_ladder_notes *notes)
{
    const sipmsg_call_facts facts = sipmsg_call_facts_of(notes->facts, call->call);

    printf("\nCall %u: %s\n", call->call->number, call->title);
    print_pair(facts.caller, " -> ", facts.callee);
    print_identity(call->call);
    print_times(&facts);
    if (facts.cause[0] != '\0') {
        print_pair("Cause", ": ", facts.cause);
    }
    print_meaning(&facts);
    printf("\n");
}

/* What was left out. */
static void
print_rest(const sipmsg_ladder_call *call, guint limit)
{
    guint copies = 0;
    for (guint i = 0; i < call->rungs->len; i++) {
        const sipmsg_rung *rung = g_ptr_array_index(call->rungs, i);
        copies += repetitions_of(rung->sighting).copies;
    }
    if (call->rungs->len > limit) {
        printf("%*s%u more messages; -z sipmsg,ladder,%u draws them all\n", HEADING_INDENT, "",
               call->rungs->len - limit, call->call->number);
    }
    if (copies > 0) {
        printf("%*s%u packets are left out: they were captured twice\n", HEADING_INDENT, "", copies);
    }
}

void
sipmsg_ladder_call_print(const sipmsg_ladder_call *call, const sipmsg_ladder_notes *notes, guint limit)
{
    GPtrArray *rows = rows_of(call, limit);
    print_heading(call, notes);
    sipmsg_ladder_draw(rows);
    print_rest(call, limit);
    g_ptr_array_free(rows, TRUE);
}
