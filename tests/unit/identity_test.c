/* identity_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is a name, a message, and what it says of its transaction and its dialog: parts
 * that are absent are left out, and so is RSeq where there is none. "none": the message
 * belongs to no transaction, and the output was left untouched.
 */
#include "check.h"
#include "render.h"

#include "sip/identity.h"
#include "sip/limits.h"

#include <stdio.h>
#include <string.h>

#define BYE  "BYE sip:h.example SIP/2.0\r\n"
#define VIA  "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\n"
#define ID   "Call-ID: i\r\n"
#define CSEQ "CSeq: 1 BYE\r\n"
#define END  "\r\n"

/* What the three above come to. */
#define PLAIN "[i] branch=z9hG4bK1 cookie by=h port=5060 1 BYE"

typedef struct identity_case {
    const char *name;
    sip_span data;
    const char *expected;
} identity_case;

static const identity_case cases[] = {
    {"a request",
     BYTES("INVITE sip:bob@biloxi.example SIP/2.0\r\n"
           "Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bK776asdhds\r\n"
           "Max-Forwards: 70\r\n"
           "To: Bob <sip:bob@biloxi.example>\r\n"
           "From: Alice <sip:alice@atlanta.example>;tag=1928301774\r\n"
           "Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n"
           "CSeq: 314159 INVITE\r\n"
           "Content-Length: 0\r\n\r\n"),
     "[a84b4c76e66710@pc33.atlanta.example] branch=z9hG4bK776asdhds cookie by=pc33.atlanta.example port=5060 "
     "314159 INVITE from=1928301774 hops=1"},
    {"a response",
     BYTES("SIP/2.0 200 OK\r\n"
           "Via: SIP/2.0/UDP server10.biloxi.example;branch=z9hG4bKnashds8;received=192.0.2.3\r\n"
           "Via: SIP/2.0/UDP bigbox3.site3.example;branch=z9hG4bK77ef4c2312983.1;received=192.0.2.2\r\n"
           "Via: SIP/2.0/UDP pc33.atlanta.example;branch=z9hG4bK776asdhds;received=192.0.2.1\r\n"
           "To: Bob <sip:bob@biloxi.example>;tag=a6c85cf\r\n"
           "From: Alice <sip:alice@atlanta.example>;tag=1928301774\r\n"
           "Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n"
           "CSeq: 314159 INVITE\r\n\r\n"),
     "[a84b4c76e66710@pc33.atlanta.example] branch=z9hG4bKnashds8 cookie by=server10.biloxi.example port=5060 "
     "314159 INVITE from=1928301774 to=a6c85cf hops=3"},
    {"compact forms",
     BYTES(BYE
           "v: SIP/2.0/TCP h:5070;branch=z9hG4bK1\r\nf: <sip:a@h>;tag=a\r\nt: <sip:b@h>;tag=b\r\ni: i\r\n" CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=5070 1 BYE from=a to=b hops=1"},
    {"names have no case",
     BYTES(BYE "VIA: sip/2.0/udp h;BRANCH=z9hG4bK1\r\nFROM: <sip:a@h>;TAG=a\r\ncALL-iD: i\r\ncseq: 1 BYE\r\n" END),
     PLAIN " from=a hops=1"},
    {"everything folded",
     BYTES(BYE
           "Via:\r\n SIP / 2.0 / UDP\r\n h\r\n ;\r\n branch\r\n =\r\n z9hG4bK1\r\nFrom: <sip:a@h>\r\n ;tag\r\n =a\r\n"
           "To:\r\n\t<sip:b@h>;\r\n\ttag=b\r\nCall-ID:\r\n i\r\nCSeq: 1\r\n BYE\r\n" END),
     PLAIN " from=a to=b hops=1"},
    {"LF alone", BYTES("BYE sip:h SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nCall-ID: i\nCSeq: 1 BYE\n\n"),
     PLAIN " hops=1"},
    {"no empty line yet", BYTES(BYE VIA ID CSEQ), PLAIN " hops=1"},
    {"what stands in the body does not count", BYTES(BYE ID CSEQ END VIA), "none"},

    /* Via */
    {"several values in one row: the first counts",
     BYTES(BYE
           "Via: SIP/2.0/TCP one:1;branch=z9hG4bK1 , SIP/2.0/UDP two:2;branch=z9hG4bK2,SIP/2.0/UDP x\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=one port=1 1 BYE hops=3"},
    {"several rows: the first counts",
     BYTES(BYE "Via: SIP/2.0/UDP one;branch=z9hG4bK1\r\nTo: x\r\nVia: SIP/2.0/UDP two;branch=z9hG4bK2\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=one port=5060 1 BYE hops=2"},
    {"a comma in a quoted string parts no values",
     BYTES(BYE "Via: SIP/2.0/UDP h;x=\"a,b;branch=no\";branch=z9hG4bK1\r\n" ID CSEQ END), PLAIN " hops=1"},
    {"empty values are no hops", BYTES(BYE VIA "Via:\r\nVia: ,, SIP/2.0/UDP g,\r\n" ID CSEQ END), PLAIN " hops=2"},
    {"no Via", BYTES(BYE ID CSEQ END), "none"},
    {"an empty Via", BYTES(BYE "Via:\r\n" ID CSEQ END), "none"},
    {"Via with nothing but empty values", BYTES(BYE "Via: , ,\r\nVia:\r\n" ID CSEQ END), "none"},
    {"an empty value before the first", BYTES(BYE "Via: ,SIP/2.0/UDP h;branch=z9hG4bK1\r\n" ID CSEQ END),
     PLAIN " hops=1"},
    {"several empty values before the first, and another behind it",
     BYTES(BYE "Via:, ,\t, SIP/2.0/UDP h;branch=z9hG4bK1,SIP/2.0/UDP g;branch=z9hG4bK2\r\n" ID CSEQ END),
     PLAIN " hops=2"},
    {"an empty row before the first", BYTES(BYE "Via:\r\n" VIA ID CSEQ END), PLAIN " hops=1"},
    {"rows with nothing but empty values before the first", BYTES(BYE "Via: ,\r\nv: ,,\r\n" VIA ID CSEQ END),
     PLAIN " hops=1"},
    {"an empty row far before the first", BYTES(BYE "Via:\r\n" ID CSEQ "To: x\r\n" VIA END), PLAIN " hops=1"},
    {"Via without a host", BYTES(BYE "Via: SIP/2.0/UDP\r\n" ID CSEQ END), "[i] port=5060 1 BYE hops=1"},
    {"Via without a protocol", BYTES(BYE "Via: h;branch=z9hG4bK1\r\n" ID CSEQ END), "[i] port=5060 1 BYE hops=1"},
    {"Via that is no Via", BYTES(BYE "Via: \"<;,>\r\n" ID CSEQ END), "[i] port=5060 1 BYE hops=1"},
    {"no branch", BYTES(BYE "Via: SIP/2.0/UDP h;rport;received=192.0.2.1\r\n" ID CSEQ END),
     "[i] by=h port=5060 1 BYE hops=1"},
    {"an empty branch", BYTES(BYE "Via: SIP/2.0/UDP h;branch=\r\n" ID CSEQ END),
     "[i] branch= by=h port=5060 1 BYE hops=1"},
    {"branch without a value", BYTES(BYE "Via: SIP/2.0/UDP h;branch\r\n" ID CSEQ END),
     "[i] branch= by=h port=5060 1 BYE hops=1"},
    {"branch behind other parameters", BYTES(BYE "Via: SIP/2.0/UDP h;rport=1;branch=z9hG4bK1;ttl=1\r\n" ID CSEQ END),
     PLAIN " hops=1"},
    {"the first of two branches", BYTES(BYE "Via: SIP/2.0/UDP h;branch=z9hG4bK1;branch=z9hG4bK2\r\n" ID CSEQ END),
     PLAIN " hops=1"},
    {"a branch of RFC 2543", BYTES(BYE "Via: SIP/2.0/UDP h;branch=4711.1\r\n" ID CSEQ END),
     "[i] branch=4711.1 by=h port=5060 1 BYE hops=1"},
    {"the magic cookie in another case", BYTES(BYE "Via: SIP/2.0/UDP h;branch=Z9HG4Bk1\r\n" ID CSEQ END),
     "[i] branch=Z9HG4Bk1 cookie by=h port=5060 1 BYE hops=1"},
    {"the magic cookie and nothing else", BYTES(BYE "Via: SIP/2.0/UDP h;branch=z9hG4bK\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK cookie by=h port=5060 1 BYE hops=1"},
    {"a byte less than the magic cookie", BYTES(BYE "Via: SIP/2.0/UDP h;branch=z9hG4b\r\n" ID CSEQ END),
     "[i] branch=z9hG4b by=h port=5060 1 BYE hops=1"},
    {"the magic cookie, but not in front", BYTES(BYE "Via: SIP/2.0/UDP h;branch=xz9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=xz9hG4bK1 by=h port=5060 1 BYE hops=1"},

    /* sent-by */
    {"an IPv6 address", BYTES(BYE "Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=[2001:db8::9:1] port=5060 1 BYE hops=1"},
    {"an IPv6 address and a port", BYTES(BYE "Via: SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=[2001:db8::9:1] port=5070 1 BYE hops=1"},
    {"an IPv4 address", BYTES(BYE "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=192.0.2.1 port=5060 1 BYE hops=1"},
    {"white space around the port", BYTES(BYE "Via: SIP/2.0/UDP h : 5070 ;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=5070 1 BYE hops=1"},
    {"TLS has a port of its own", BYTES(BYE "Via: SIP/2.0/tls h;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=5061 1 BYE hops=1"},
    {"TLS with a port", BYTES(BYE "Via: SIP/2.0/TLS h:5060;branch=z9hG4bK1\r\n" ID CSEQ END), PLAIN " hops=1"},
    {"any other transport has 5060", BYTES(BYE "Via: SIP/2.0/X h;branch=z9hG4bK1\r\n" ID CSEQ END), PLAIN " hops=1"},
    {"the highest port", BYTES(BYE "Via: SIP/2.0/UDP h:65535;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=65535 1 BYE hops=1"},
    {"a port above that", BYTES(BYE "Via: SIP/2.0/UDP h:65536;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=0 1 BYE hops=1"},
    {"a port of 2^32 + 5060", BYTES(BYE "Via: SIP/2.0/UDP h:4294972356;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=0 1 BYE hops=1"},
    {"a port in words", BYTES(BYE "Via: SIP/2.0/UDP h:sip;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=0 1 BYE hops=1"},
    {"a colon, but no port", BYTES(BYE "Via: SIP/2.0/UDP h:;branch=z9hG4bK1\r\n" ID CSEQ END),
     "[i] branch=z9hG4bK1 cookie by=h port=0 1 BYE hops=1"},

    /* CSeq and Call-ID */
    {"no CSeq", BYTES(BYE VIA ID END), "none"},
    {"an empty CSeq", BYTES(BYE VIA ID "CSeq:\r\n" END), "none"},
    {"CSeq without a method", BYTES(BYE VIA ID "CSeq: 1\r\n" END), "none"},
    {"CSeq without a number", BYTES(BYE VIA ID "CSeq: BYE\r\n" END), "none"},
    {"a negative CSeq", BYTES(BYE VIA ID "CSeq: -1 BYE\r\n" END), "none"},
    {"CSeq of another method than the request", BYTES(BYE VIA ID "CSeq: 7 NOTIFY\r\n" END),
     "[i] branch=z9hG4bK1 cookie by=h port=5060 7 NOTIFY hops=1"},
    {"CSeq above 2^32", BYTES(BYE VIA ID "CSeq: 4294967297 BYE\r\n" END),
     "[i] branch=z9hG4bK1 cookie by=h port=5060 4294967295 BYE hops=1"},
    {"the first of two CSeq", BYTES(BYE VIA ID CSEQ "CSeq: 2 ACK\r\n" END), PLAIN " hops=1"},
    {"no Call-ID", BYTES(BYE VIA CSEQ END), "none"},
    {"an empty Call-ID", BYTES(BYE VIA "Call-ID:\r\n" CSEQ END), "none"},
    {"a Call-ID of odd bytes", BYTES(BYE VIA "Call-ID:  <{a\0\xFF}> b ;x=\"y\"\r\n" CSEQ END),
     "[<{a<NUL><FF>}> b ;x=\"y\"] branch=z9hG4bK1 cookie by=h port=5060 1 BYE hops=1"},
    {"the first of two Call-IDs", BYTES(BYE VIA ID "Call-ID: j\r\n" CSEQ END), PLAIN " hops=1"},

    /* Tags */
    {"neither From nor To", BYTES(BYE VIA ID CSEQ END), PLAIN " hops=1"},
    {"empty From and To", BYTES(BYE "From:\r\nTo: \r\n" VIA ID CSEQ END), PLAIN " hops=1"},
    {"no tags", BYTES(BYE "From: <sip:a@h>\r\nTo: \"B\" <sip:b@h>;x=y\r\n" VIA ID CSEQ END), PLAIN " hops=1"},
    {"no brackets", BYTES(BYE "From: sip:a@h;tag=a\r\nTo: sip:b@h;x=y;tag=b\r\n" VIA ID CSEQ END),
     PLAIN " from=a to=b hops=1"},
    {"white space", BYTES(BYE "From: <sip:a@h> ; tag = a \r\nTo: sip:b@h\t;\ttag=\tb\t;x\r\n" VIA ID CSEQ END),
     PLAIN " from=a to=b hops=1"},
    {"upper case", BYTES(BYE "From: <sip:a@h>;TAG=AbC\r\nTo: <sip:b@h>;Tag=B\r\n" VIA ID CSEQ END),
     PLAIN " from=AbC to=B hops=1"},
    {"quoted tags",
     BYTES(BYE "From: <sip:a@h>;tag=\"a;b\"\r\nTo: <sip:b@h>;x=\";tag=no\";tag=\"\"\r\n" VIA ID CSEQ END),
     PLAIN " from=a;b to= hops=1"},
    {"empty tags", BYTES(BYE "From: <sip:a@h>;tag=\r\nTo: <sip:b@h>;tag\r\n" VIA ID CSEQ END),
     PLAIN " from= to= hops=1"},
    {"the first of two tags", BYTES(BYE "From: <sip:a@h>;tag=a;tag=b\r\n" VIA ID CSEQ END), PLAIN " from=a hops=1"},
    {"a tag in the URI is none",
     BYTES(BYE "From: <sip:a@h;tag=x>\r\nTo: <sip:b@h;tag=x?tag=y>;tag=b\r\n" VIA ID CSEQ END), PLAIN " to=b hops=1"},
    {"semicolons and a tag in the display name",
     BYTES(BYE "From: \"A;tag=x;\" <sip:a@h>\r\nTo: \"<sip:b@h>;tag=\\\"x\" <sip:b@h>;tag=b\r\n" VIA ID CSEQ END),
     PLAIN " to=b hops=1"},
    {"a display name without its quotes", BYTES(BYE "From: A; tag=x <sip:a@h>;tag=a\r\n" VIA ID CSEQ END),
     PLAIN " from=a hops=1"},
    {"a display name without its closing quote", BYTES(BYE "From: \"A <sip:a@h>;tag=a\r\n" VIA ID CSEQ END),
     PLAIN " from=a hops=1"},
    {"a URI without its closing bracket", BYTES(BYE "From: <sip:a@h;tag=a\r\n" VIA ID CSEQ END), PLAIN " hops=1"},
    {"names that only look like it", BYTES(BYE "From: <sip:a@h>;mytag=1;tagged=2;tag=a\r\n" VIA ID CSEQ END),
     PLAIN " from=a hops=1"},

    /* RSeq (RFC 3262) */
    {"RSeq", BYTES("SIP/2.0 180 Ringing\r\n" VIA ID CSEQ "RSeq: 988789\r\n" END), PLAIN " rseq=988789 hops=1"},
    {"RSeq above 2^32", BYTES("SIP/2.0 180 Ringing\r\n" VIA ID CSEQ "RSeq: 4294967297\r\n" END),
     PLAIN " rseq=4294967295 hops=1"},
    {"RSeq that is no number", BYTES("SIP/2.0 180 Ringing\r\n" VIA ID CSEQ "RSeq: 1x\r\n" END), PLAIN " hops=1"},
    {"an empty RSeq", BYTES("SIP/2.0 180 Ringing\r\n" VIA ID CSEQ "RSeq:\r\n" END), PLAIN " hops=1"},
};

static void
render_identity(rendering *out, const sip_message *message)
{
    sip_identity identity;
    if (!sip_identity_parse(message, &identity)) {
        render(out, "none");
        return;
    }
    render(out, "[");
    render_bytes(out, identity.call_id);
    render(out, "]");
    render_part(out, "branch", identity.branch);
    render(out, identity.has_magic_cookie ? " cookie" : "");
    render_part(out, "by", identity.sent_by);
    render(out, " port=%u %u ", identity.sent_by_port, identity.cseq.number);
    render_bytes(out, identity.cseq.method);
    render_part(out, "from", identity.from_tag);
    render_part(out, "to", identity.to_tag);
    if (identity.response_seq != 0) {
        render(out, " rseq=%u", identity.response_seq);
    }
    render(out, " hops=%u", sip_identity_hops(message));
}

/* What holds of all data. */
static void
examine(sip_span data)
{
    sip_message message;
    sip_identity identity;
    if (!sip_message_parse(data, false, &message)) {
        return;
    }
    check_that(sip_identity_hops(&message) <= SIP_LIMIT_HOPS, "no more hops than the limit");
    check_paint(&identity, sizeof identity);
    if (!sip_identity_parse(&message, &identity)) {
        check_untouched(&identity, sizeof identity);
        return;
    }
    check_that(identity.call_id.length > 0, "a Call-ID");
    check_that(identity.cseq.method.length > 0, "a method");
    check_inside(message.headers, identity.call_id, "the Call-ID");
    check_inside(message.headers, identity.from_tag, "the From tag");
    check_inside(message.headers, identity.to_tag, "the To tag");
    check_inside(message.headers, identity.branch, "the branch");
    check_inside(message.headers, identity.sent_by, "the sent-by");
    check_inside(message.headers, identity.cseq.method, "the method");
    check_that(!identity.has_magic_cookie || identity.branch.length >= strlen("z9hG4bK"), "a branch with a cookie");
}

static void
test_identities(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        sip_message message;
        rendering got = {0};
        check_case(cases[i].name);
        if (check_that(sip_message_parse(check_guarded_behind(cases[i].data), false, &message), "a message")) {
            render_identity(&got, &message);
            check_same(cases[i].expected, got.text);
        }
        check_prefixes(cases[i].data, examine);
    }
}

/* How many hops are counted of a message with that many Via values, each in a row of its
 * own or all in one. */
static unsigned
hops_of(unsigned values, bool in_rows)
{
    rendering data = {0};
    sip_message message;
    render(&data, "%s", BYE "Via: SIP/2.0/UDP h");
    for (unsigned i = 1; i < values; i++) {
        render(&data, "%s", in_rows ? "\r\nVia: SIP/2.0/UDP h" : ", SIP/2.0/UDP h");
    }
    render(&data, "%s", "\r\n\r\n");
    sip_span bytes = {(const uint8_t *)data.text, data.length};
    return sip_message_parse(check_guarded_behind(bytes), false, &message) ? sip_identity_hops(&message) : 0;
}

static void
test_limit(unsigned values, unsigned expected)
{
    char name[64];
    snprintf(name, sizeof name, "%u values of Via", values);
    check_case(name);
    check_that(hops_of(values, true) == expected, "as many hops as rows, up to the limit");
    check_that(hops_of(values, false) == expected, "as many hops as values, up to the limit");
}

int
main(void)
{
    test_identities();
    test_limit(1, 1);
    /* SIP_LIMIT_HOPS */
    test_limit(99, 99);
    test_limit(100, 100);
    test_limit(101, 100);
    test_limit(500, 100);
    return check_summary();
}
