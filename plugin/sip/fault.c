/* fault.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fault.h"

static const char *const texts[] = {
#define SIP_FAULT(identifier, text) [SIP_FAULT_##identifier] = (text),
#include "faults.def"
};

void
sip_fault_note(sip_faults *faults, sip_fault_kind kind, sip_span at)
{
    faults->any = true;
    if (!sip_span_present(faults->at[kind])) {
        faults->at[kind] = at;
    }
}

const char *
sip_fault_text(sip_fault_kind kind)
{
    return texts[kind];
}
