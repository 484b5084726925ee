/* address_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is one value of a header field, its parts, and its fault at the bytes concerned.
 */
#include "check.h"
#include "render.h"

#include "sip/address.h"

typedef struct value_case {
    sip_span value;
    const char *expected;
} value_case;

static const value_case address_cases[] = {
    /* name-addr (RFC 3261 section 25.1) */
    {BYTES("<sip:bob@example.com>"), "<> uri=sip:bob@example.com"},
    {BYTES("<sip:bob@example.com>;tag=b1"), "<> uri=sip:bob@example.com params=tag=b1"},
    {BYTES("Bob <sip:bob@example.com>"), "<> name=Bob uri=sip:bob@example.com"},
    {BYTES("Bob B. Builder <sip:bob@example.com>"), "<> name=Bob B. Builder uri=sip:bob@example.com"},
    {BYTES("Bob<sip:bob@example.com>"), "<> name=Bob uri=sip:bob@example.com"},
    {BYTES("Bob\r\n Builder <sip:h>"), "<> name=Bob<CR><LF> Builder uri=sip:h"},
    {BYTES("%Z%45*!~'` <sip:h>"), "<> name=%Z%45*!~'` uri=sip:h"},
    {BYTES("\"Bob\" <sip:h>;tag=1"), "<> name=\"Bob\" uri=sip:h params=tag=1"},
    {BYTES("\"Bob\"<sip:h>"), "<> name=\"Bob\" uri=sip:h"},
    {BYTES("\"\" <sip:h>"), "<> name=\"\" uri=sip:h"},
    {BYTES("\"Builder, Bob <x>\" <sip:h>;a"), "<> name=\"Builder, Bob <x>\" uri=sip:h params=a"},
    {BYTES("\"a \\\" <b\" <sip:h>"), "<> name=\"a \\\" <b\" uri=sip:h"},
    {BYTES("\"\\\\\" <sip:h>"), "<> name=\"\\\\\" uri=sip:h"},
    {BYTES("\"\\\0\" <sip:h>"), "<> name=\"\\<NUL>\" uri=sip:h"},
    {BYTES("\"B\xC3\xB6"
           "b\" <sip:h>"),
     "<> name=\"B<C3><B6>b\" uri=sip:h"},
    {BYTES("  <sip:h>  ;  tag = 1  ;x "), "<> uri=sip:h params=tag = 1  ;x"},
    {BYTES("<sip:bob@h;transport=tcp?a=b,c>;q=0.5"), "<> uri=sip:bob@h;transport=tcp?a=b,c params=q=0.5"},
    {BYTES("<sip:h>;+sip.instance=\"<urn:uuid:1>\";reg-id=1"),
     "<> uri=sip:h params=+sip.instance=\"<urn:uuid:1>\";reg-id=1"},
    {BYTES("<tel:+12025550123>"), "<> uri=tel:+12025550123"},
    {BYTES("<>"), "<> uri="},

    /* addr-spec: what follows a semicolon belongs to the header field (section 20.10) */
    {BYTES("sip:bob@example.com"), "uri=sip:bob@example.com"},
    {BYTES("sip:bob@example.com;tag=b1"), "uri=sip:bob@example.com params=tag=b1"},
    {BYTES("sip:bob@h ; tag=1"), "uri=sip:bob@h params=tag=1"},
    {BYTES("tel:+12025550123;x"), "uri=tel:+12025550123 params=x"},
    {BYTES("*"), "uri=*"},

    /* faults */
    {BYTES("\"Bob <sip:h>;tag=1"), "<> name=\"Bob uri=sip:h params=tag=1 QUOTE[\"Bob <sip:h>;tag=1]"},
    {BYTES("\"Bob"), "QUOTE[\"Bob]"},
    {BYTES("\""), "QUOTE[\"]"},
    {BYTES("\"Bob\\\""), "QUOTE[\"Bob\\\"]"},
    {BYTES("\"Bob\" sip:h"), "name=\"Bob\" OTHER[\"Bob\"]"},
    {BYTES("\"Bob\""), "name=\"Bob\" OTHER[\"Bob\"]"},
    {BYTES("\"Bob\" B <sip:h>;tag=1"), "<> name=\"Bob\" uri=sip:h params=tag=1 OTHER[\"Bob\"]"},
    {BYTES("Builder, Bob <sip:h>;tag=1"), "<> name=Builder, Bob uri=sip:h params=tag=1 DISPLAY_NAME[Builder, Bob]"},
    {BYTES("Bob (work) <sip:h>"), "<> name=Bob (work) uri=sip:h DISPLAY_NAME[Bob (work)]"},
    {BYTES("Bob \"B\" <sip:h>"), "<> name=Bob \"B\" uri=sip:h DISPLAY_NAME[Bob \"B\"]"},
    {BYTES("bob@h <sip:h>"), "<> name=bob@h uri=sip:h DISPLAY_NAME[bob@h]"},
    {BYTES("B\xC3\xB6"
           "b <sip:h>"),
     "<> name=B<C3><B6>b uri=sip:h DISPLAY_NAME[B<C3><B6>b]"},
    {BYTES("sip:bob@h?a=b;c"), "uri=sip:bob@h?a=b params=c BRACKETS[sip:bob@h?a=b]"},
    {BYTES("sip:b,c@h"), "uri=sip:b,c@h BRACKETS[sip:b,c@h]"},
    {BYTES("<sip:h"), "<> uri=sip:h OTHER[<sip:h]"},
    {BYTES("<sip:h;tag=1"), "<> uri=sip:h;tag=1 OTHER[<sip:h;tag=1]"},
    {BYTES("<"), "<> uri= OTHER[<]"},
    {BYTES("<sip:h> x;tag=1"), "<> uri=sip:h params=tag=1 OTHER[x]"},
    {BYTES("<sip:h>>"), "<> uri=sip:h OTHER[>]"},
    {BYTES("<sip:h>\"x;y\""), "<> uri=sip:h params=y\" OTHER[\"x]"},
    {BYTES("a, b <sip:h> c"), "<> name=a, b uri=sip:h DISPLAY_NAME[a, b]"},
    {BYTES(""), "uri="},
};

static void
render_address(rendering *out, sip_span value)
{
    static const char *const faults[] = {
        [SIP_ADDRESS_QUOTE] = "QUOTE",
        [SIP_ADDRESS_DISPLAY_NAME] = "DISPLAY_NAME",
        [SIP_ADDRESS_BRACKETS] = "BRACKETS",
        [SIP_ADDRESS_OTHER] = "OTHER",
    };
    sip_address address;
    sip_address_parse(value, &address);
    render(out, "%s", address.in_brackets ? " <>" : "");
    if (address.display_name.length > 0) {
        render_part(out, "name", address.display_name);
    }
    render_part(out, "uri", address.uri);
    render_part(out, "params", address.parameters);
    if (address.fault != SIP_ADDRESS_GOOD) {
        render(out, " %s[", faults[address.fault]);
        render_bytes(out, address.at);
        render(out, "]");
    }
}

static void
examine_address(sip_span value)
{
    sip_address address;
    check_paint(&address, sizeof(address));
    sip_address_parse(value, &address);
    check_inside(value, address.display_name, "the display name");
    check_inside(value, address.uri, "the URI");
    check_inside(value, address.parameters, "the parameters");
    check_inside(value, address.at, "the fault");
    check_that(sip_span_present(address.at) == (address.fault != SIP_ADDRESS_GOOD), "a fault and where it is");
    check_that(sip_span_present(address.uri) || address.fault != SIP_ADDRESS_GOOD, "a URI or a fault");
}

/* via-parm = sent-protocol LWS sent-by *( SEMI via-params ) (RFC 3261 section 25.1) */
static const value_case via_cases[] = {
    {BYTES("SIP/2.0/UDP h.example"), "UDP host=h.example"},
    {BYTES("SIP/2.0/UDP h.example;branch=z9hG4bK1"), "UDP host=h.example params=branch=z9hG4bK1"},
    {BYTES("SIP/2.0/UDP h:5060;rport;branch=x"), "UDP host=h port=5060 params=rport;branch=x"},
    {BYTES("SIP/2.0/TLS 192.0.2.1:5061"), "TLS host=192.0.2.1 port=5061"},
    {BYTES("SIP/2.0/TCP [2001:db8::1]"), "TCP host=[2001:db8::1]"},
    {BYTES("SIP/2.0/TCP [2001:db8::1]:5060;x"), "TCP host=[2001:db8::1] port=5060 params=x"},
    {BYTES("SIP/2.0/TLS-SCTP h"), "TLS-SCTP host=h"},
    {BYTES("SIP/2.0/UNKNOWN h"), "UNKNOWN host=h"},
    {BYTES("OTHER/7.0/X h"), "X host=h"},
    {BYTES("SIP / 2.0 / UDP h : 5060 ; ttl=16 ; x"), "UDP host=h port=5060 params= ttl=16 ; x"},
    {BYTES("SIP/\r\n 2.0\r\n\t/UDP\r\n h"), "UDP host=h"},
    {BYTES("  SIP/2.0/UDP\th  "), "UDP host=h"},
    {BYTES("SIP/2.0/UDP my_host"), "UDP host=my_host"},
    {BYTES("SIP/2.0/UDP h;"), "UDP host=h params="},

    /* faults */
    {BYTES("SIP/2.0/UDP"), "UDP BAD[SIP/2.0/UDP]"},
    {BYTES("SIP/2.0/UDP ;branch=x"), "UDP host= BAD[SIP/2.0/UDP ;branch=x]"},
    {BYTES("SIP/2.0/UDP;branch=x"), "UDP BAD[SIP/2.0/UDP;branch=x]"},
    {BYTES("SIP/2.0/UDP[::1]"), "UDP BAD[SIP/2.0/UDP[::1]]"},
    {BYTES("SIP/2.0 h"), "BAD[SIP/2.0 h]"},
    {BYTES("SIP/2.0/ h"), "h BAD[SIP/2.0/ h]"},
    {BYTES("h:5060"), "BAD[h:5060]"},
    {BYTES("SIP/2.0/UDP h h2"), "UDP host=h BAD[h2]"},
    {BYTES("SIP/2.0/UDP h,"), "UDP host=h BAD[,]"},
    {BYTES("SIP/2.0/UDP 2001:db8::1"), "UDP host=2001 port=db8 BAD[::1]"},
    {BYTES("SIP/2.0/UDP [2001:db8::1"), "UDP host= BAD[SIP/2.0/UDP [2001:db8::1]"},
    {BYTES("SIP/2.0/UDP h:"), "UDP host=h port="},
    {BYTES("SIP/2.0/UDP h:port"), "UDP host=h port=port"},
    {BYTES(""), "BAD[]"},
};

static void
render_via(rendering *out, sip_span value)
{
    sip_via via;
    sip_via_parse(value, &via);
    if (via.transport.length > 0) {
        render(out, " ");
        render_bytes(out, via.transport);
    }
    render_part(out, "host", via.host);
    render_part(out, "port", via.port);
    render_part(out, "params", via.parameters);
    if (sip_span_present(via.bad)) {
        render(out, " BAD[");
        render_bytes(out, via.bad);
        render(out, "]");
    }
}

static void
examine_via(sip_span value)
{
    sip_via via;
    check_paint(&via, sizeof(via));
    sip_via_parse(value, &via);
    check_inside(value, via.transport, "the transport");
    check_inside(value, via.host, "the host");
    check_inside(value, via.port, "the port");
    check_inside(value, via.parameters, "the parameters");
    check_inside(value, via.bad, "the fault");
    check_that(via.host.length > 0 || sip_span_present(via.bad), "a host or a fault");
}

static void
test_values(const value_case *cases, size_t count, void (*show)(rendering *, sip_span), void (*examine)(sip_span))
{
    for (size_t i = 0; i < count; i++) {
        rendering name = {0};
        rendering got = {0};
        render_bytes(&name, cases[i].value);
        check_case(name.text);
        show(&got, check_guarded_behind(cases[i].value));
        check_same(cases[i].expected, got.text[0] == ' ' ? got.text + 1 : got.text);
        check_prefixes(cases[i].value, examine);
    }
}

int
main(void)
{
    test_values(address_cases, COUNT(address_cases), render_address, examine_address);
    test_values(via_cases, COUNT(via_cases), render_via, examine_via);
    return check_summary();
}
