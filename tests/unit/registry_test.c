/* registry_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include "sip/registry.h"

#include <string.h>

enum { LONGEST_NAME = 64 };

static sip_span
span_of(const char *text)
{
    return (sip_span){(const uint8_t *)text, strlen(text)};
}

/* The name in another case: all small, all capital, or swapped. */
static sip_span
recase(const char *name, uint8_t copy[LONGEST_NAME], char how)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length && i < LONGEST_NAME; i++) {
        uint8_t byte = (uint8_t)name[i];
        bool letter = sip_char_is(byte, SIP_CHAR_ALPHA);
        uint8_t small = letter ? (uint8_t)(byte | 0x20) : byte;
        uint8_t capital = letter ? (uint8_t)(byte & ~0x20) : byte;
        copy[i] = how == 'a' ? small : how == 'A' ? capital : byte == small ? capital : small;
    }
    return (sip_span){copy, length};
}

static bool
is_rfc(const char *text)
{
    return text != NULL && strncmp(text, "RFC ", 4) == 0 && strspn(text + 4, "0123456789") == strlen(text) - 4;
}

static bool
is_capital(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

static bool
in_capitals(const char *text)
{
    return text[0] != '\0' && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(text);
}

/* Methods: each finds itself, with case, and by a hint without. */

static const struct {
    sip_method method;
    const char *name;
} methods[] = {
#define SIP_METHOD(identifier, name, rfc) {SIP_METHOD_##identifier, name},
#include "sip/methods.def"
};

static void
test_methods(void)
{
    uint8_t copy[LONGEST_NAME];
    for (size_t i = 0; i < COUNT(methods); i++) {
        sip_method method = methods[i].method;
        sip_span name = check_guarded_behind(span_of(methods[i].name));
        check_case(methods[i].name);
        check_that(sip_method_lookup(name) == method, "found by its name");
        check_that(sip_method_lookup_nocase(name) == method, "found without case too");
        check_that(sip_method_lookup(recase(methods[i].name, copy, 'a')) == SIP_METHOD_UNKNOWN,
                   "another method in small letters");
        check_that(sip_method_lookup_nocase(recase(methods[i].name, copy, 'a')) == method, "hinted at");
        check_that(sip_method_lookup((sip_span){name.data, name.length - 1}) == SIP_METHOD_UNKNOWN,
                   "not found by a part of its name");
        check_same(methods[i].name, sip_method_name(method));
        check_that(in_capitals(methods[i].name), "in capital letters alone");
        check_that(is_rfc(sip_method_rfc(method)), "with an RFC");
        check_that(i == 0 || strcmp(methods[i - 1].name, methods[i].name) < 0, "sorted by name");
    }
    check_case("the method that is none");
    check_that(sip_method_name(SIP_METHOD_UNKNOWN) == NULL, "without a name");
    check_that(sip_method_rfc(SIP_METHOD_UNKNOWN) == NULL, "without an RFC");
}

static const char *const unknown_methods[] = {"",       "FOO",          "INVITES",  "INVIT",
                                              "invite", "RE%47IST%45R", "BENOTIFY", "GET"};

static void
test_unknown_methods(void)
{
    for (size_t i = 0; i < COUNT(unknown_methods); i++) {
        check_case(unknown_methods[i]);
        check_that(sip_method_lookup(span_of(unknown_methods[i])) == SIP_METHOD_UNKNOWN, "unknown");
    }
    check_case("an absent name");
    check_that(sip_method_lookup((sip_span){NULL, 0}) == SIP_METHOD_UNKNOWN, "unknown");
    check_that(sip_method_lookup_nocase((sip_span){NULL, 0}) == SIP_METHOD_UNKNOWN, "unknown without case");
}

static const char *const other_methods[] = {
#define SIP_OTHER_METHOD(name, note) name,
#include "sip/methods.def"
};

static void
test_other_methods(void)
{
    for (size_t i = 0; i < COUNT(other_methods); i++) {
        check_case(other_methods[i]);
        check_that(in_capitals(other_methods[i]), "in capital letters alone");
        check_that(sip_other_method_note(span_of(other_methods[i])) != NULL, "with a note");
        check_that(sip_method_lookup(span_of(other_methods[i])) == SIP_METHOD_UNKNOWN, "not registered");
        check_that(i == 0 || strcmp(other_methods[i - 1], other_methods[i]) < 0, "sorted by name");
    }
    check_case("a method that nobody knows");
    check_that(sip_other_method_note(SIP_SPAN("NEWMETHOD")) == NULL, "without a note");
    check_that(sip_other_method_note((sip_span){NULL, 0}) == NULL, "nor an absent one");
}

/* Header fields: each finds itself in any case. The search needs them sorted. */

static const struct {
    sip_header_id id;
    const char *name;
} headers[] = {
#define SIP_HEADER(identifier, name, occurrence, empty) {SIP_HEADER_##identifier, name},
#include "sip/headers.def"
};

static void
test_headers(void)
{
    uint8_t copy[LONGEST_NAME];
    for (size_t i = 0; i < COUNT(headers); i++) {
        const char *name = headers[i].name;
        sip_header_id id = headers[i].id;
        check_case(name);
        check_that(sip_header_lookup(check_guarded_behind(span_of(name))) == id, "found by its name");
        check_that(sip_header_lookup(recase(name, copy, 'a')) == id, "found in small letters");
        check_that(sip_header_lookup(recase(name, copy, 'A')) == id, "found in capital letters");
        check_that(sip_header_lookup(recase(name, copy, '~')) == id, "found in swapped case");
        check_same(name, sip_header_name(id));
        check_that(i == 0 || (headers[i - 1].name[0] | 0x20) <= (name[0] | 0x20), "sorted by the initial");
    }
    check_case("no header field");
    check_that(sip_header_name(SIP_HEADER_NONE) == NULL, "without a name");
    check_that(sip_header_lookup((sip_span){NULL, 0}) == SIP_HEADER_NONE, "an absent name unknown");
}

static const char *const unknown_headers[] = {
    "", "X-Foo", "Vi", "Viaa", "From ", "\xD0", "@", "[", "`", "{", "g", "h", "n", "p", "q", "w", "z", "G", "Z", "0",
};

static void
test_unknown_headers(void)
{
    for (size_t i = 0; i < COUNT(unknown_headers); i++) {
        check_case(unknown_headers[i]);
        check_that(sip_header_lookup(span_of(unknown_headers[i])) == SIP_HEADER_NONE, "unknown");
    }
}

static const struct {
    char letter;
    sip_header_id id;
} compact_headers[] = {
#define SIP_COMPACT_HEADER(letter, identifier) {letter, SIP_HEADER_##identifier},
#include "sip/headers.def"
};

static void
test_compact_headers(void)
{
    for (size_t i = 0; i < COUNT(compact_headers); i++) {
        uint8_t small = (uint8_t)compact_headers[i].letter;
        uint8_t capital = (uint8_t)(small & ~0x20);
        check_case(sip_header_name(compact_headers[i].id));
        check_that(sip_header_lookup((sip_span){&small, 1}) == compact_headers[i].id, "found by its letter");
        check_that(sip_header_lookup((sip_span){&capital, 1}) == compact_headers[i].id, "found by its capital letter");
    }
    check_case("RFC 3261 section 7.3.3 and later RFCs have 19 compact forms");
    check_that(COUNT(compact_headers) == 19, "19");
}

/* Status codes */

static const struct {
    uint16_t code;
    const char *phrase;
} statuses[] = {
#define SIP_STATUS(code, phrase, rfc)                             {code, phrase},
#define SIP_FAILURE(code, phrase, rfc, weight, evidence, meaning) {code, phrase},
#include "sip/status_codes.def"
};

static void
test_statuses(void)
{
    for (size_t i = 0; i < COUNT(statuses); i++) {
        rendering name = {0};
        uint16_t code = statuses[i].code;
        const sip_status_info *info = sip_status_lookup(code);
        render(&name, "%u %s", code, statuses[i].phrase);
        check_case(name.text);
        if (info == NULL) {
            check_that(false, "found by its code");
            continue;
        }
        check_that(info->code == code, "with its own code");
        check_same(statuses[i].phrase, info->phrase);
        check_that(is_rfc(info->rfc), "with an RFC");
        check_that(info->note == NULL, "without a note");
        check_that(code >= SIP_STATUS_MIN && code <= SIP_STATUS_MAX, "from 100 to 699");
        check_that((info->meaning != NULL) == (code >= SIP_STATUS_FAILURE), "explained if it is a failure");
        check_that(i == 0 || statuses[i - 1].code < code, "sorted by code");
    }
}

static const uint16_t noted_codes[] = {
#define SIP_UNREGISTERED_STATUS(code, note) code,
#include "sip/status_codes.def"
};

static void
test_unregistered_statuses(void)
{
    for (size_t i = 0; i < COUNT(noted_codes); i++) {
        rendering name = {0};
        const sip_status_info *info = sip_status_lookup(noted_codes[i]);
        render(&name, "%u, not registered", noted_codes[i]);
        check_case(name.text);
        if (info == NULL) {
            check_that(false, "found by its code");
            continue;
        }
        check_that(info->phrase == NULL && info->rfc == NULL, "without a phrase and an RFC");
        check_that(info->note != NULL, "with a note");
    }
}

static const uint32_t unknown_codes[] = {0, 99, 101, 198, 399, 599, 700, 999, 65536 + 200, UINT32_MAX};

static void
test_unknown_statuses(void)
{
    for (size_t i = 0; i < COUNT(unknown_codes); i++) {
        rendering name = {0};
        render(&name, "%u", unknown_codes[i]);
        check_case(name.text);
        check_that(sip_status_lookup(unknown_codes[i]) == NULL, "unknown");
    }
}

/* Sentences on failures: clauses that follow "486 Busy Here to INVITE: " */

static const char *const meanings[] = {
#define SIP_FAILURE(code, phrase, rfc, weight, evidence, meaning) meaning,
#define SIP_FAILURE_FOR(code, method, meaning)                    meaning,
#include "sip/status_codes.def"
};

/* Whether a text starts with what is written with a capital: an abbreviation or method, a header field. */
static bool
starts_with_name(const char *text)
{
    sip_span word = {(const uint8_t *)text, strcspn(text, " ,;:'")};
    return is_capital(text[1]) || sip_header_lookup(word) != SIP_HEADER_NONE;
}

static void
test_meanings(void)
{
    for (size_t i = 0; i < COUNT(meanings); i++) {
        const char *meaning = meanings[i];
        size_t length = strlen(meaning);
        check_case(meaning);
        if (length < 2) {
            check_that(false, "says something");
            continue;
        }
        check_that(!is_capital(meaning[0]) || starts_with_name(meaning), "with a small initial, unless it is a name's");
        check_that(strchr(".;, ", meaning[length - 1]) == NULL, "without a full stop");
    }
}

/* How an engineer should take a failure: what asks for credentials, and what is the
 * protocol at work; all others weigh as much as their class. */
static const struct {
    const char *name;
    uint32_t code;
    sip_failure_weight weight;
} weight_cases[] = {
    {"401 is a challenge", 401, SIP_FAILURE_CHALLENGE}, {"407 is a challenge", 407, SIP_FAILURE_CHALLENGE},
    {"494 is a challenge", 494, SIP_FAILURE_CHALLENGE}, {"422 is expected", 422, SIP_FAILURE_EXPECTED},
    {"423 is expected", 423, SIP_FAILURE_EXPECTED},     {"487 is expected", 487, SIP_FAILURE_EXPECTED},
    {"491 is expected", 491, SIP_FAILURE_EXPECTED},
};

static void
test_weights(void)
{
    size_t special = 0;
    for (size_t i = 0; i < COUNT(weight_cases); i++) {
        check_case(weight_cases[i].name);
        check_that(sip_status_lookup(weight_cases[i].code)->weight == weight_cases[i].weight, "so");
        check_that(sip_status_is_challenge(weight_cases[i].code) == (weight_cases[i].weight == SIP_FAILURE_CHALLENGE),
                   "a challenge if that is its weight");
    }
    for (size_t i = 0; i < COUNT(statuses); i++) {
        special += sip_status_lookup(statuses[i].code)->weight != SIP_FAILURE_BY_CLASS;
    }
    check_case("no other failure is special");
    check_that(special == COUNT(weight_cases), "as many as there are rows here");
}

static const struct {
    unsigned status_class;
    const char *name;
} class_cases[] = {
    {0, NULL},
    {1, "Provisional"},
    {2, "Success"},
    {3, "Redirection"},
    {4, "Client failure"},
    {5, "Server failure"},
    {6, "Global failure"},
    {7, NULL},
    {UINT32_MAX, NULL},
};

static const char *
or_none(const char *text)
{
    return text != NULL ? text : "(none)";
}

static void
test_class_names(void)
{
    for (size_t i = 0; i < COUNT(class_cases); i++) {
        check_case(or_none(class_cases[i].name));
        check_same(or_none(class_cases[i].name), or_none(sip_status_class_name(class_cases[i].status_class)));
    }
}

/* Causes: every row is found under its protocol. */

static const struct {
    const char *protocol;
    uint32_t cause;
    const char *name;
} causes[] = {
#define SIP_Q850_CAUSE(number, name)       {"Q.850", number, name},
#define SIP_PREEMPTION_CAUSE(number, name) {"Preemption", number, name},
#define SIP_RELEASE_CAUSE(number, name)    {"RELEASE_CAUSE", number, name},
#define SIP_FAILURE_CAUSE(number, name)    {"FAILURE_CAUSE", number, name},
#include "sip/causes.def"
    {"SIP", 486, "Busy Here"},
    {"SIP", 200, "OK"},
    {"SIP", 490, NULL}, /* not registered: has a note, no phrase */
    {"SIP", 65536 + 486, NULL},
    {"STIR", 436, "Bad Identity Info"},
    {"Q.850", 0, NULL},
    {"Q.850", 10, NULL},
    {"Q.850", 128, NULL},
    {"Q.850", 65536 + 16, NULL},
    {"Q.850", UINT32_MAX, NULL},
    {"Q.85", 16, NULL},
    {"Q.8500", 16, NULL},
    {"EMM", 16, NULL},
    {"", 16, NULL},
};

static void
test_causes(void)
{
    uint8_t copy[LONGEST_NAME];
    for (size_t i = 0; i < COUNT(causes); i++) {
        rendering name = {0};
        render(&name, "%s;cause=%u", causes[i].protocol, causes[i].cause);
        check_case(name.text);
        sip_span protocol = check_guarded_behind(span_of(causes[i].protocol));
        check_same(or_none(causes[i].name), or_none(sip_reason_cause_name(protocol, causes[i].cause)));
        protocol = recase(causes[i].protocol, copy, '~');
        check_same(or_none(causes[i].name), or_none(sip_reason_cause_name(protocol, causes[i].cause)));
    }
    check_case("a cause by its number alone is one of Q.850");
    check_same("Normal call clearing", or_none(sip_q850_cause_name(16)));
    check_that(sip_q850_cause_name(65536 + 16) == NULL, "not cut to 16 bits");
}

static const struct {
    const char *token;
    const char *name;
} locations[] = {
#define SIP_Q850_LOCATION(token, name) {token, name},
#include "sip/causes.def"
    {"X", NULL},
    {"", NULL},
    {"UU", NULL},
};

static void
test_locations(void)
{
    for (size_t i = 0; i < COUNT(locations); i++) {
        check_case(locations[i].token);
        check_same(or_none(locations[i].name), or_none(sip_q850_location_name(span_of(locations[i].token))));
    }
}

static const struct {
    uint32_t code;
    const char *name;
} warnings[] = {
#define SIP_WARNING_CODE(number, name) {number, name},
#include "sip/causes.def"
    {0, NULL}, {309, NULL}, {400, NULL}, {65536 + 399, NULL}, {UINT32_MAX, NULL},
};

static void
test_warnings(void)
{
    for (size_t i = 0; i < COUNT(warnings); i++) {
        rendering name = {0};
        render(&name, "warning %u", warnings[i].code);
        check_case(name.text);
        check_same(or_none(warnings[i].name), or_none(sip_warning_name(warnings[i].code)));
    }
}

int
main(void)
{
    test_methods();
    test_unknown_methods();
    test_other_methods();
    test_headers();
    test_unknown_headers();
    test_compact_headers();
    test_statuses();
    test_unregistered_statuses();
    test_unknown_statuses();
    test_meanings();
    test_weights();
    test_class_names();
    test_causes();
    test_locations();
    test_warnings();
    return check_summary();
}
