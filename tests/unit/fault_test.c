/* fault_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include <string.h>

static void
test_note(void)
{
    sip_span text = SIP_SPAN("0123456789");
    sip_faults faults = {0};
    rendering got = {0};

    check_case("no fault noted");
    render_faults(&got, text, &faults);
    check_same("", got.text);

    check_case("the first place of a kind stays");
    sip_fault_note(&faults, SIP_FAULT_TAB, (sip_span){text.data + 3, 1});
    sip_fault_note(&faults, SIP_FAULT_TAB, (sip_span){text.data + 1, 1});
    sip_fault_note(&faults, SIP_FAULT_NO_LINE_END, (sip_span){text.data + 10, 0});
    sip_fault_note(&faults, SIP_FAULT_NO_LINE_END, (sip_span){text.data, 4});
    render_faults(&got, text, &faults);
    check_same(" faults=TAB@3+1,NO_LINE_END@10+0", got.text);
}

/* Whatever is shown to a user says which RFC it rests on, and no text stands twice. */
static void
test_texts(void)
{
    for (int kind = 0; kind < SIP_FAULT_COUNT; kind++) {
        const char *text = sip_fault_text((sip_fault_kind)kind);
        check_case(fault_identifier((sip_fault_kind)kind));
        if (text == NULL) {
            check_that(false, "a fault with a text");
            continue;
        }
        check_that(strstr(text, "RFC ") != NULL, "a text that cites an RFC");
        for (int other = 0; other < kind; other++) {
            check_that(strcmp(text, sip_fault_text((sip_fault_kind)other)) != 0, "a text of its own");
        }
    }
}

int
main(void)
{
    test_note();
    test_texts();
    return check_summary();
}
