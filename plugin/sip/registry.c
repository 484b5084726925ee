/* registry.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "registry.h"

typedef struct named_number {
    uint16_t number;
    const char *name;
} named_number;

typedef struct named_token {
    sip_span token;
    const char *name;
} named_token;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Methods */

static const sip_span method_names[] = {
    [SIP_METHOD_UNKNOWN] = {NULL, 0},
#define SIP_METHOD(identifier, name, rfc) [SIP_METHOD_##identifier] = SIP_SPAN_INIT(name),
#include "methods.def"
};

static const char *const method_rfcs[] = {
    [SIP_METHOD_UNKNOWN] = NULL,
#define SIP_METHOD(identifier, name, rfc) [SIP_METHOD_##identifier] = (rfc),
#include "methods.def"
};

static const named_token other_methods[] = {
#define SIP_OTHER_METHOD(name, note) {SIP_SPAN_INIT(name), (note)},
#include "methods.def"
};

sip_method
sip_method_lookup(sip_span name)
{
    for (int method = SIP_METHOD_UNKNOWN + 1; method < SIP_METHOD_COUNT; method++) {
        if (sip_span_equal(name, method_names[method])) {
            return (sip_method)method;
        }
    }
    return SIP_METHOD_UNKNOWN;
}

sip_method
sip_method_lookup_nocase(sip_span name)
{
    for (int method = SIP_METHOD_UNKNOWN + 1; method < SIP_METHOD_COUNT; method++) {
        if (sip_span_equal_nocase(name, method_names[method])) {
            return (sip_method)method;
        }
    }
    return SIP_METHOD_UNKNOWN;
}

const char *
sip_method_name(sip_method method)
{
    return (const char *)method_names[method].data;
}

const char *
sip_method_rfc(sip_method method)
{
    return method_rfcs[method];
}

static const char *
find_token(sip_span token, const named_token *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sip_span_equal_nocase(token, table[i].token)) {
            return table[i].name;
        }
    }
    return NULL;
}

const char *
sip_other_method_note(sip_span name)
{
    return find_token(name, other_methods, COUNT(other_methods));
}

/* Header fields */

static const sip_span header_names[] = {
    [SIP_HEADER_NONE] = {NULL, 0},
#define SIP_HEADER(identifier, name, occurrence, empty) [SIP_HEADER_##identifier] = SIP_SPAN_INIT(name),
#include "headers.def"
};

/* Once more by themselves, close together: most names are told apart by them. */
static const uint8_t header_lengths[] = {
    [SIP_HEADER_NONE] = 0,
#define SIP_HEADER(identifier, name, occurrence, empty) [SIP_HEADER_##identifier] = sizeof(name) - 1,
#include "headers.def"
};

static const sip_header_id compact_headers[] = {
#define SIP_COMPACT_HEADER(letter, identifier) [(letter) - 'a'] = SIP_HEADER_##identifier,
#include "headers.def"
};

static sip_header_id
compact_header_lookup(uint8_t letter)
{
    size_t index = (size_t)((letter | 0x20) - 'a');
    return sip_char_is(letter, SIP_CHAR_ALPHA) && index < COUNT(compact_headers) ? compact_headers[index]
                                                                                 : SIP_HEADER_NONE;
}

/* The first header field by the initial of its name. */
static const sip_header_id first_headers[] = {
#define SIP_HEADER_LETTER(character, letter) [(character) - 'A'] = (sip_header_id)SIP_HEADERS_OF_##letter,
#include "headers.def"
};

sip_header_id
sip_header_lookup(sip_span name)
{
    if (name.length <= 1) {
        return name.length == 1 ? compact_header_lookup(name.data[0]) : SIP_HEADER_NONE;
    }
    size_t letter = (size_t)((name.data[0] & ~0x20) - 'A');
    if (letter >= COUNT(first_headers) || first_headers[letter] == SIP_HEADER_NONE) {
        return SIP_HEADER_NONE;
    }
    uint8_t initial = header_names[first_headers[letter]].data[0];
    for (int id = (int)first_headers[letter]; id < SIP_HEADER_COUNT && header_names[id].data[0] == initial; id++) {
        if (name.length == header_lengths[id] && sip_span_equal_nocase(name, header_names[id])) {
            return (sip_header_id)id;
        }
    }
    return SIP_HEADER_NONE;
}

static const uint8_t header_occurrences[] = {
#define SIP_HEADER(identifier, name, occurrence, empty) [SIP_HEADER_##identifier] = SIP_OCCURS_##occurrence,
#include "headers.def"
};

static const uint8_t header_empties[] = {
#define SIP_HEADER(identifier, name, occurrence, empty) [SIP_HEADER_##identifier] = SIP_EMPTY_##empty,
#include "headers.def"
};

sip_occurrence
sip_header_occurrence(sip_header_id id)
{
    return (sip_occurrence)header_occurrences[id];
}

sip_empty
sip_header_empty(sip_header_id id)
{
    return (sip_empty)header_empties[id];
}

const char *
sip_header_name(sip_header_id id)
{
    return (const char *)header_names[id].data;
}

/* Status codes */

/* By the code: a table with gaps, since every response is looked up several times. */
static const sip_status_info statuses[SIP_STATUS_MAX + 1] = {
#define SIP_STATUS(code, phrase, rfc) [code] = {code, phrase, rfc, NULL, SIP_FAILURE_BY_CLASS, SIP_HEADER_NONE, NULL},
#define SIP_FAILURE(code, phrase, rfc, weight, evidence, meaning)                                                      \
    [code] = {code, phrase, rfc, NULL, SIP_FAILURE_##weight, SIP_HEADER_##evidence, meaning},
#define SIP_UNREGISTERED_STATUS(code, note)                                                                            \
    [code] = {code, NULL, NULL, note, SIP_FAILURE_BY_CLASS, SIP_HEADER_NONE, NULL},
#include "status_codes.def"
};

const sip_status_info *
sip_status_lookup(uint32_t code)
{
    return code < COUNT(statuses) && statuses[code].code != 0 ? &statuses[code] : NULL;
}

bool
sip_status_is_challenge(uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    return info != NULL && info->weight == SIP_FAILURE_CHALLENGE;
}

const char *
sip_failure_meaning(uint32_t code, sip_method method)
{
    static const struct {
        uint16_t code;
        sip_method method;
        const char *meaning;
    } special[] = {
#define SIP_FAILURE_FOR(code, method, meaning) {code, SIP_METHOD_##method, meaning},
#include "status_codes.def"
    };
    for (size_t i = 0; i < COUNT(special); i++) {
        if (special[i].code == code && special[i].method == method) {
            return special[i].meaning;
        }
    }
    const sip_status_info *info = sip_status_lookup(code);
    if (info != NULL && info->meaning != NULL) {
        return info->meaning;
    }
    return code < 500   ? "the request was refused; receivers treat the code as 400"
           : code < 600 ? "the server failed; receivers treat the code as 500"
                        : "nobody will take the request; receivers treat the code as 600";
}

const char *
sip_status_class_name(unsigned status_class)
{
    /* RFC 3261 section 7.2 */
    static const char *const names[] = {
        NULL, "Provisional", "Success", "Redirection", "Client failure", "Server failure", "Global failure",
    };
    return status_class < COUNT(names) ? names[status_class] : NULL;
}

/* Causes and warnings */

static const named_number q850_causes[] = {
#define SIP_Q850_CAUSE(number, name) {number, name},
#include "causes.def"
};

static const named_number preemption_causes[] = {
#define SIP_PREEMPTION_CAUSE(number, name) {number, name},
#include "causes.def"
};

static const named_number release_causes[] = {
#define SIP_RELEASE_CAUSE(number, name) {number, name},
#include "causes.def"
};

static const named_number failure_causes[] = {
#define SIP_FAILURE_CAUSE(number, name) {number, name},
#include "causes.def"
};

static const named_number warnings[] = {
#define SIP_WARNING_CODE(number, name) {number, name},
#include "causes.def"
};

static const named_token q850_locations[] = {
#define SIP_Q850_LOCATION(token, name) {SIP_SPAN_INIT(token), (name)},
#include "causes.def"
};

static const char *
find_number(uint32_t number, const named_number *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].number == number) {
            return table[i].name;
        }
    }
    return NULL;
}

static const char *
status_phrase(uint32_t code)
{
    const sip_status_info *info = sip_status_lookup(code);
    return info != NULL ? info->phrase : NULL;
}

const char *
sip_q850_cause_name(uint32_t cause)
{
    return find_number(cause, q850_causes, COUNT(q850_causes));
}

const char *
sip_q850_location_name(sip_span token)
{
    return find_token(token, q850_locations, COUNT(q850_locations));
}

const char *
sip_warning_name(uint32_t code)
{
    return find_number(code, warnings, COUNT(warnings));
}

const char *
sip_reason_cause_name(sip_span protocol, uint32_t cause)
{
    if (sip_span_equal_nocase(protocol, SIP_SPAN("Q.850"))) {
        return sip_q850_cause_name(cause);
    }
    if (sip_span_equal_nocase(protocol, SIP_SPAN("SIP")) || sip_span_equal_nocase(protocol, SIP_SPAN("STIR"))) {
        return status_phrase(cause);
    }
    if (sip_span_equal_nocase(protocol, SIP_SPAN("Preemption"))) {
        return find_number(cause, preemption_causes, COUNT(preemption_causes));
    }
    if (sip_span_equal_nocase(protocol, SIP_SPAN("RELEASE_CAUSE"))) {
        return find_number(cause, release_causes, COUNT(release_causes));
    }
    if (sip_span_equal_nocase(protocol, SIP_SPAN("FAILURE_CAUSE"))) {
        return find_number(cause, failure_causes, COUNT(failure_causes));
    }
    return NULL;
}
