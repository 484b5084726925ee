/* identity_fuzz.c - what a message says of its transaction and its dialog.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts lie inside of the header section; an output is written only on success. The identity
 * is that of the header section: it does not depend on the body, on the kind of transport,
 * nor, once the empty line is there, on what follows a prefix. Hops are the values of Via.
 */
#include "spans.h"

enum { WORK_PER_BYTE = 200 };

static unsigned
count_hops(const sip_message *message)
{
    sip_header_walk walk = {.rows = message->headers};
    sip_span value;
    unsigned count = 0;
    while (sip_header_walk_next(&walk, SIP_HEADER_VIA, &value)) {
        count++;
    }
    return count < SIP_LIMIT_HOPS ? count : SIP_LIMIT_HOPS;
}

static void
check_identity(sip_span headers, const sip_identity *identity, const sip_message *message)
{
    static const sip_span cookie = SIP_SPAN_INIT("z9hG4bK");
    spans_of_identity(headers, identity);
    fuzz_that(identity->call_id.data == message->call_id.data && identity->call_id.length > 0, "the Call-ID");
    fuzz_that(identity->cseq.method.length > 0, "a method in CSeq");
    fuzz_that(identity->method == sip_method_lookup(identity->cseq.method), "the method that is registered");
    bool has_cookie = identity->branch.length >= cookie.length &&
                      sip_span_equal_nocase((sip_span){identity->branch.data, cookie.length}, cookie);
    fuzz_that(identity->has_magic_cookie == has_cookie, "a magic cookie at the front of the branch");
    fuzz_that(sip_identity_hops(message) > 0, "a hop where there is a Via");
}

/* The same of a message without its body and what follows, if its end is known. */
static void
check_head_alone(sip_span data, const sip_message *message, bool found, const sip_identity *identity, bool on_stream)
{
    sip_message alone;
    sip_identity again;
    sip_span bytes = fuzz_copy(sip_span_between(data.data, sip_span_end(message->headers)));
    if (message->headers_end && sip_message_parse(bytes, on_stream, &alone)) {
        fuzz_that(sip_identity_parse(&alone, &again) == found, "an identity of the header section alone");
        fuzz_that(!found || spans_same_identity(data, identity, bytes, &again), "the same identity");
        fuzz_that(sip_identity_hops(&alone) == sip_identity_hops(message), "as many hops");
    }
    fuzz_drop(bytes);
}

void
fuzz_target(sip_span input)
{
    sip_message message;
    sip_identity identity;
    fuzz_paint(&identity, sizeof identity);
    if (!sip_message_parse(input, false, &message)) {
        return;
    }
    uint64_t start = fuzz_work();
    bool found = sip_identity_parse(&message, &identity);
    unsigned hops = sip_identity_hops(&message);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);

    fuzz_that(hops == count_hops(&message), "as many hops as there are values of Via, up to the limit");
    if (found) {
        check_identity(message.headers, &identity, &message);
    } else {
        fuzz_untouched(&identity, sizeof identity);
    }
    check_head_alone(input, &message, found, &identity, false);
    check_head_alone(input, &message, found, &identity, true);
}
