/* address_fuzz.c - name-addr, addr-spec and via-parm.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parts lie inside of the value, in their order and apart from each other; where nothing is
 * wrong, there is nothing but white space and the grammar's own marks between them. What a
 * prefix shows of an address in closed brackets without faults is the same in the whole, and
 * so is what it shows of a Via in front of its first ";".
 */
#include "spans.h"

enum { WORK_PER_BYTE = 60 };

/* Whether nothing else than these marks and white space stands from first up to end. */
static bool
only_marks(const uint8_t *first, const uint8_t *end, sip_span marks)
{
    for (; first < end; first++) {
        if (sip_span_find(SIP_SPAN(" \t\r\n"), *first) == NULL && sip_span_find(marks, *first) == NULL) {
            return false;
        }
    }
    return true;
}

/* That the parts stand in their order, and if tight, with nothing but marks between. */
static void
check_parts(sip_span value, const sip_span *parts, size_t count, bool tight, sip_span marks)
{
    const uint8_t *end = value.data;
    for (size_t i = 0; i < count; i++) {
        if (sip_span_present(parts[i])) {
            fuzz_that(parts[i].data >= end, "parts in their order");
            fuzz_that(!tight || only_marks(end, parts[i].data, marks), "nothing else between the parts");
            end = sip_span_end(parts[i]);
        }
    }
    fuzz_that(!tight || only_marks(end, sip_span_end(value), marks), "nothing else behind the parts");
}

static void
check_address(sip_span value, const sip_address *address)
{
    const sip_span parts[] = {address->display_name, address->uri, address->parameters};
    bool good = address->fault == SIP_ADDRESS_GOOD;
    spans_of_address(value, address);
    fuzz_that(good != sip_span_present(address->at), "a place for each fault");
    check_parts(value, parts, COUNT(parts), good, SIP_SPAN("<>;"));
    fuzz_that(!good || !address->in_brackets || (address->uri.data[-1] == '<' && *sip_span_end(address->uri) == '>'),
              "a URI between its brackets");
    fuzz_inside(address->parameters, sip_address_tag(value), "the tag");
}

static void
check_via(sip_span value, const sip_via *via)
{
    const sip_span parts[] = {via->transport, via->host, via->port, via->parameters};
    bool good = !sip_span_present(via->bad);
    spans_of_via(value, via);
    fuzz_that(!good || (via->transport.length > 0 && via->host.length > 0), "a transport and a host where all is good");
    /* The protocol and its version in front are no parts. */
    sip_span from_transport =
        good ? sip_span_between(via->transport.data, sip_span_end(value)) : (sip_span){value.data, value.length};
    check_parts(from_transport, parts, COUNT(parts), good, SIP_SPAN(":;"));
}

static bool
is_closed(const sip_address *address)
{
    return address->fault == SIP_ADDRESS_GOOD && address->in_brackets;
}

static void
check_prefix(sip_span whole, sip_span prefix)
{
    sip_address address;
    sip_address whole_address;
    sip_via via;
    sip_via whole_via;
#define SAME(a, b, part) fuzz_same_place(fuzz_place_of(prefix, (a).part), fuzz_place_of(whole, (b).part))

    sip_address_parse(prefix, &address);
    sip_address_parse(whole, &whole_address);
    check_address(prefix, &address);
    fuzz_that(!is_closed(&address) || (whole_address.in_brackets && SAME(address, whole_address, display_name) &&
                                       SAME(address, whole_address, uri)),
              "a closed address that stays when more comes");

    sip_via_parse(prefix, &via);
    sip_via_parse(whole, &whole_via);
    check_via(prefix, &via);
    fuzz_that(!sip_span_present(via.parameters) ||
                  (SAME(via, whole_via, transport) && SAME(via, whole_via, host) && SAME(via, whole_via, port)),
              "a Via up to its parameters that stays when more comes");
}

void
fuzz_target(sip_span input)
{
    sip_address address;
    sip_via via;
    uint64_t start = fuzz_work();
    sip_address_parse(input, &address);
    sip_via_parse(input, &via);
    fuzz_work_check(start, input.length, WORK_PER_BYTE);
    check_address(input, &address);
    check_via(input, &via);
    fuzz_prefixes(input, check_prefix);
}
