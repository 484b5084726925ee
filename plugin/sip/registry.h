/* registry.h - what is registered: methods, status codes, causes, header fields.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The facts stand in methods.def, status_codes.def, causes.def and headers.def;
 * this turns them into enumerations and lookups. All returned strings are
 * constants that live for ever.
 */
#ifndef SIPMSG_SIP_REGISTRY_H
#define SIPMSG_SIP_REGISTRY_H

#include "span.h"

/* Methods (IANA: SIP Methods and Response Codes). */
typedef enum sip_method {
    SIP_METHOD_UNKNOWN,
#define SIP_METHOD(identifier, name, rfc) SIP_METHOD_##identifier,
#include "methods.def"
    SIP_METHOD_COUNT
} sip_method;

/* The registered method of that name, compared with case (RFC 3261 section 7.1);
 * SIP_METHOD_UNKNOWN if there is none. */
sip_method sip_method_lookup(sip_span name);

/* The registered method that differs from name in case alone, for a hint;
 * SIP_METHOD_UNKNOWN if there is none. */
sip_method sip_method_lookup_nocase(sip_span name);

/* Name and defining RFC of a registered method; NULL for SIP_METHOD_UNKNOWN. */
const char *sip_method_name(sip_method method);
const char *sip_method_rfc(sip_method method);

/* Who sends a method that is not registered; NULL if nothing is known of it. */
const char *sip_other_method_note(sip_span name);

/* Header fields (IANA: SIP Header Fields). */
typedef enum sip_header_id {
    SIP_HEADER_NONE,
/* The first field of a letter has the letter's number; the second name takes it back. */
#define SIP_HEADER_LETTER(character, letter)                                                                           \
    SIP_HEADERS_OF_##letter, SIP_HEADERS_BEFORE_##letter = SIP_HEADERS_OF_##letter - 1,
#define SIP_HEADER(identifier, name, occurrence, empty) SIP_HEADER_##identifier,
#include "headers.def"
    SIP_HEADER_COUNT
} sip_header_id;

/* The header field with that long or compact name, compared without case (RFC
 * 3261 sections 7.3.1 and 7.3.3); SIP_HEADER_NONE if it is not known. */
sip_header_id sip_header_lookup(sip_span name);

/* How often a header field may stand in a message (RFC 3261 section 7.3.1), and whether
 * its value may be empty. UNCHECKED: its RFC was not looked up. */
typedef enum sip_occurrence {
    SIP_OCCURS_UNCHECKED,
    SIP_OCCURS_SINGLE, /* once */
    SIP_OCCURS_LIST,   /* as rows, or as one comma list */
    SIP_OCCURS_ROWS,   /* as rows that must not be combined */
} sip_occurrence;

typedef enum sip_empty {
    SIP_EMPTY_UNCHECKED,
    SIP_EMPTY_YES,
    SIP_EMPTY_NO,
} sip_empty;

sip_occurrence sip_header_occurrence(sip_header_id id);
sip_empty sip_header_empty(sip_header_id id);

/* The long name of a header field; NULL for SIP_HEADER_NONE. */
const char *sip_header_name(sip_header_id id);

/* Status codes. */
enum {
    SIP_STATUS_MIN = 100, /* RFC 3261 section 7.2: the first digit is 1 to 6 */
    SIP_STATUS_MAX = 699,
    SIP_STATUS_FAILURE = 400, /* the first of the failures */
    SIP_STATUS_CLASS_MAX = 6,
};

typedef enum sip_failure_weight {
    SIP_FAILURE_BY_CLASS,  /* as bad as its class says */
    SIP_FAILURE_CHALLENGE, /* asks for credentials */
    SIP_FAILURE_EXPECTED,  /* the protocol at work */
} sip_failure_weight;

typedef struct sip_status_info {
    uint16_t code;
    const char *phrase;        /* the registered phrase, NULL if the code is not registered */
    const char *rfc;           /* the RFC that defines it, NULL likewise */
    const char *note;          /* the story of a code that is not registered, or NULL */
    sip_failure_weight weight; /* how to take a failure */
    sip_header_id evidence;    /* the header field with the particulars of a failure */
    const char *meaning;       /* what a failure means, NULL below 400; see sip_failure_meaning() */
} sip_status_info;

/* What is known of a status code, registered or with a note; NULL if nothing. */
const sip_status_info *sip_status_lookup(uint32_t code);

/* Whether the code asks the client to try again with credentials. */
bool sip_status_is_challenge(uint32_t code);

/* What a failure means for a method, and where to look next: a clause without a full
 * stop. For a code that is not registered it is what receivers make of it. code is from
 * 400 to 699; method may be SIP_METHOD_UNKNOWN. */
const char *sip_failure_meaning(uint32_t code, sip_method method);

/* What a class of status codes (its first digit, 1 to 6) is called, such as
 * "Client failure"; NULL for other numbers. */
const char *sip_status_class_name(unsigned status_class);

/* Names of causes and warnings, NULL if the number has none. */
const char *sip_q850_cause_name(uint32_t cause);
const char *sip_q850_location_name(sip_span token);
const char *sip_warning_name(uint32_t code);

/* The name of a cause in a Reason value of that protocol (RFC 3326): SIP and
 * STIR causes are status codes, Q.850 ones ITU causes, and so on; NULL if the
 * protocol or the cause is not known. The protocol is compared without case. */
const char *sip_reason_cause_name(sip_span protocol, uint32_t cause);

#endif
