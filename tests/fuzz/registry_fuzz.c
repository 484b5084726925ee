/* registry_fuzz.c - what is registered, against plain searches through the same lists.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Input: four bytes of a number, and a name. What a lookup finds is what stands in the list,
 * and what it does not find does not stand there.
 */
#include "fuzz.h"

#include "sip/registry.h"

#include <string.h>

enum { WORK_PER_BYTE = 100 };

static const sip_span methods[SIP_METHOD_COUNT] = {
#define SIP_METHOD(identifier, name, rfc) [SIP_METHOD_##identifier] = SIP_SPAN_INIT(name),
#include "sip/methods.def"
};

static const sip_span headers[SIP_HEADER_COUNT] = {
#define SIP_HEADER(identifier, name, occurrence, empty) [SIP_HEADER_##identifier] = SIP_SPAN_INIT(name),
#include "sip/headers.def"
};

static const struct {
    uint8_t letter;
    sip_header_id id;
} compact_headers[] = {
#define SIP_COMPACT_HEADER(letter, identifier) {(letter), SIP_HEADER_##identifier},
#include "sip/headers.def"
};

static void
check_method(sip_span name)
{
    sip_method exact = SIP_METHOD_UNKNOWN;
    sip_method nocase = SIP_METHOD_UNKNOWN;
    for (int method = SIP_METHOD_COUNT - 1; method > SIP_METHOD_UNKNOWN; method--) {
        exact = sip_span_equal(name, methods[method]) ? (sip_method)method : exact;
        nocase = sip_span_equal_nocase(name, methods[method]) ? (sip_method)method : nocase;
    }
    fuzz_that(sip_method_lookup(name) == exact, "the method of that name");
    fuzz_that(sip_method_lookup_nocase(name) == nocase, "the method of that name without case");
    fuzz_that((sip_method_name(exact) == NULL) == (exact == SIP_METHOD_UNKNOWN), "a name of each method");
    fuzz_that((sip_method_rfc(exact) == NULL) == (exact == SIP_METHOD_UNKNOWN), "an RFC of each method");
    const char *note = sip_other_method_note(name);
    fuzz_that(note == NULL || (note[0] != '\0' && exact == SIP_METHOD_UNKNOWN), "a note on unknown methods alone");
}

static void
check_header(sip_span name)
{
    sip_header_id expected = SIP_HEADER_NONE;
    for (int id = SIP_HEADER_NONE + 1; id < SIP_HEADER_COUNT; id++) {
        expected = sip_span_equal_nocase(name, headers[id]) ? (sip_header_id)id : expected;
    }
    for (size_t i = 0; i < COUNT(compact_headers); i++) {
        sip_span letter = {&compact_headers[i].letter, 1};
        expected = sip_span_equal_nocase(name, letter) ? compact_headers[i].id : expected;
    }
    sip_header_id found = sip_header_lookup(name);
    fuzz_that(found == expected, "the header field of that name");
    fuzz_that((sip_header_name(found) == NULL) == (found == SIP_HEADER_NONE), "a name of each header field");
    fuzz_that(sip_header_occurrence(found) <= SIP_OCCURS_ROWS, "an occurrence of the list");
    fuzz_that(sip_header_empty(found) <= SIP_EMPTY_NO, "an emptiness of the list");
}

static void
check_status(uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    if (info == NULL) {
        return;
    }
    fuzz_that(info->code == code, "what is known of that code");
    fuzz_that((info->phrase == NULL) == (info->rfc == NULL), "a phrase where there is an RFC");
    fuzz_that((info->phrase == NULL) != (info->note == NULL), "a phrase or a note");
    fuzz_that(info->evidence >= SIP_HEADER_NONE && info->evidence < SIP_HEADER_COUNT, "a header field of the list");
    fuzz_that((info->meaning != NULL) == (code >= SIP_STATUS_FAILURE && info->phrase != NULL),
              "a meaning of each failure");
}

static void
check_meaning(uint32_t number)
{
    uint32_t code = SIP_STATUS_FAILURE + number % (SIP_STATUS_MAX - SIP_STATUS_FAILURE + 1);
    for (int method = SIP_METHOD_UNKNOWN; method < SIP_METHOD_COUNT; method++) {
        const char *meaning = sip_failure_meaning(code, (sip_method)method);
        fuzz_that(meaning != NULL && meaning[0] != '\0', "a meaning of each failure");
    }
}

static void
check_causes(sip_span protocol, uint32_t number)
{
    const char *name = sip_reason_cause_name(protocol, number);
    const char *phrase = sip_status_lookup(number) != NULL ? sip_status_lookup(number)->phrase : NULL;
    if (sip_span_equal_nocase(protocol, SIP_SPAN("Q.850"))) {
        fuzz_that(name == sip_q850_cause_name(number), "the name of the Q.850 cause");
    } else if (sip_span_equal_nocase(protocol, SIP_SPAN("SIP"))) {
        fuzz_that(name == phrase, "the phrase of the code");
    }
    sip_q850_location_name(protocol);
    sip_warning_name(number);
    fuzz_that((sip_status_class_name(number) != NULL) == (number >= 1 && number <= SIP_STATUS_CLASS_MAX),
              "a name of each class");
}

void
fuzz_target(sip_span input)
{
    uint32_t number = 0;
    size_t size = input.length < sizeof number ? input.length : sizeof number;
    memcpy(&number, input.data, size);
    sip_span name = sip_span_from(input, size);
    uint64_t start = fuzz_work();
    sip_header_lookup(name);
    sip_method_lookup(name);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    check_method(name);
    check_header(name);
    check_status(number);
    check_status(number % 1000);
    check_meaning(number);
    check_causes(name, number);
    check_causes(name, number % 1000);
}
