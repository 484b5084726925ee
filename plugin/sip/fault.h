/* fault.h - faults that a parser found and went on.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_SIP_FAULT_H
#define SIPMSG_SIP_FAULT_H

#include "span.h"

typedef enum sip_fault_kind {
#define SIP_FAULT(identifier, text) SIP_FAULT_##identifier,
#include "faults.def"
    SIP_FAULT_COUNT
} sip_fault_kind;

/* Each kind of fault at the first place where it was met; absent spans are
 * faults that were not met. Initialise with {0}. */
typedef struct sip_faults {
    sip_span at[SIP_FAULT_COUNT];
    bool any; /* one was met */
} sip_faults;

/* Notes a fault at its bytes, unless one of its kind was noted before. A fault
 * that is the absence of something has an empty span where it should stand. */
void sip_fault_note(sip_faults *faults, sip_fault_kind kind, sip_span at);

/* What the fault is, in words for a person, with its RFC section. In faults of URIs
 * "%s" stands for what the URI is, such as "Request-URI". */
const char *sip_fault_text(sip_fault_kind kind);

#endif
