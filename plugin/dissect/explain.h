/* explain.h - a failure in one sentence that an engineer can act on.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_DISSECT_EXPLAIN_H
#define SIPMSG_DISSECT_EXPLAIN_H

#include "sip/message.h"
#include "sip/rules.h"
#include "track/transactions.h"

#include "compat.h"

/* What is said of a failure: the status, with the registered phrase if another one was sent;
 * what failed; the causes that the message gives (Reason, Warning, Retry-After and what the
 * status code calls for); and what it means. */
typedef struct sipmsg_failure {
    const char *sentence; /* with the Request-URI, and after which time, if the request was seen */
    const char *summary;  /* without them, so that failures of one kind read alike; short enough
                             for the label of an expert info */
} sipmsg_failure;

/* Texts are printable UTF-8 and belong to pool. message is a response with a status code from
 * 400 to 699, sighting what is known of it, or NULL. crossed: the request crossed what it was
 * about, so that the failure is as it should be. */
sipmsg_failure sipmsg_explain_failure(wmem_allocator_t *pool, const sip_message *message,
                                      const sipmsg_sighting *sighting, bool crossed);

/* How a request was answered, such as "486 Busy Here after 312 ms". Likewise. */
const char *sipmsg_explain_answer(wmem_allocator_t *pool, const sipmsg_sighting *final);

/* What a Reason value says, such as "Q.850 cause 17 (User busy)". Likewise. */
const char *sipmsg_explain_reason(wmem_allocator_t *pool, const sip_reason *reason);

/* What a Warning value says, such as "Warning 304 (Media type not available)". */
const char *sipmsg_explain_warning(wmem_allocator_t *pool, const sip_warning *warning);

/* The text of a fault or rule with its "%s" filled in. The text belongs to pool. */
const char *sipmsg_fill_in(wmem_allocator_t *pool, const char *text, const char *name);

/* Which rule is broken, in words for a person. */
const char *sipmsg_explain_finding(wmem_allocator_t *pool, const sip_finding *finding);

/* Why a method is unknown, with a hint if one is to be had. Likewise. */
const char *sipmsg_explain_unknown_method(wmem_allocator_t *pool, sip_span method);

/* What a receiver makes of a status code that is valid but not registered. */
const char *sipmsg_explain_unregistered_status(wmem_allocator_t *pool, uint32_t code);

#endif
