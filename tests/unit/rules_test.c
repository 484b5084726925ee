/* rules_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a message is found to break: RULE@Header[bytes], or RULE[bytes] where no header
 * field is concerned, with "^" for the bytes where something is missing, which is the
 * start line. Every rule of rules.def has a row that breaks it and one that almost does.
 */
#include "check.h"
#include "render.h"

#include "sip/rules.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const rule_names[] = {
#define SIP_RULE(identifier, kind, text) #identifier,
#include "sip/rules.def"
};

static bool raised[SIP_RULE_COUNT];

/* Field values. Each row is judged as header lines of an OPTIONS that is right in all
 * else: its other lines are these. */

static const sip_span options_lines[] = {
    BYTES("Via: SIP/2.0/UDP h.example;branch=z9hG4bK1\r\n"),
    BYTES("Max-Forwards: 70\r\n"),
    BYTES("From: <sip:alice@example.com>;tag=a1\r\n"),
    BYTES("To: <sip:bob@example.com>\r\n"),
    BYTES("Call-ID: 1\r\n"),
    BYTES("CSeq: 1 OPTIONS\r\n"),
    BYTES("Content-Length: 0\r\n"),
};

typedef struct line_case {
    sip_span lines;
    const char *expected;
} line_case;

static const line_case line_cases[] = {
    /* Any header field */
    {BYTES("X-Mood: good"), ""},
    {BYTES("X-Mood:"), ""},
    {BYTES("X-Mood : good\r\n\tvery"), ""},
    {BYTES("C%6Fntact-.!*_+`'~: \"unclosed"), ""},
    {BYTES("nonsense"), "HEADER_NAME[nonsense]"},
    {BYTES(": good"), "HEADER_NAME[: good]"},
    {BYTES("X Mood: good"), "HEADER_NAME[X Mood: good]"},
    {BYTES("X-Mood: B\xC3\xB6"
           "b"),
     ""},
    {BYTES("X-Mood: B\xF6"
           "b"),
     "HEADER_UTF8[<F6>]"},
    {BYTES("X-Mood: \xC3\xB6\xC3("), "HEADER_UTF8[<C3>]"},
    {BYTES("X-Mood: \"NUL \\\0 BEL \\\7 DEL \\\x7F\"\t"), ""},
    {BYTES("X-Mood: a\0b"), "HEADER_CONTROL[<NUL>]"},
    {BYTES("X-Mood: a\x1B[0m \x7F"), "HEADER_CONTROL[<1B>]"},
    {BYTES("X-Mood: \x7F"), "HEADER_CONTROL[<7F>]"},
    {BYTES("Server:"), "EMPTY_VALUE@Server[Server:]"},
    {BYTES("Require: \r\n "), "EMPTY_VALUE@Require[Require: <CR><LF> ]"},
    {BYTES("Supported:\r\nSubject:\r\nAccept:\r\nAllow:\r\nOrganization:"), ""},
    {BYTES("Subject: a\r\ns: b"), "HEADER_REPEATED@Subject[s: b]"},
    {BYTES("To: <sip:a@h>\r\nTo: <sip:a@h>"), "HEADER_REPEATED@To[To: <sip:a@h>]"},
    {BYTES("Supported: a\r\nk: b, c\r\nX-Mood: 1\r\nX-Mood: 2"), ""},
    {BYTES("Transfer-Encoding: chunked"), "CHUNKED@Transfer-Encoding[chunked]"},
    {BYTES("Content-Encoding: gzip"), ""},

    /* From, To and other addresses */
    {BYTES("To: \"Bob, B. <b>\" <sip:bob@example.com>"), ""},
    {BYTES("t:bob<sip:bob@example.com>"), ""},
    {BYTES("To: sip:bob@example.com;x=y"), ""},
    {BYTES("To: \"Bob <sip:bob@h.example>"), "QUOTE@To[\"Bob <sip:bob@h.example>]"},
    {BYTES("From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1"), ""},
    {BYTES("From: Alice, A. <sip:a@h>;tag=1"), "DISPLAY_NAME@From[Alice, A.]"},
    {BYTES("From: Alice A. <sip:a@h>;tag=1"), ""},
    {BYTES("To: sip:bob@h?subject=x"), "ADDRESS_BRACKETS@To[sip:bob@h?subject=x]"},
    {BYTES("Reply-To: sip:b,c@h"), "ADDRESS_BRACKETS@Reply-To[sip:b,c@h]"},
    {BYTES("Reply-To: <sip:b,c@h?subject=x>"), ""},
    {BYTES("To: <sip:bob@h> x"), "ADDRESS@To[x]"},
    {BYTES("To: <sip:bob@h"), "ADDRESS@To[<sip:bob@h]"},
    {BYTES("To: < sip:bob@h >"), "ADDRESS_URI(URI_BLANK)@To[ sip:bob@h ]"},
    {BYTES("To: <bob@h>"), "ADDRESS_URI(URI_NO_SCHEME)@To[bob@h]"},
    {BYTES("To: <sip:2001:db8::1>"), "ADDRESS_URI(URI_IPV6_BRACKETS)@To[2001:db8::1]"},
    {BYTES("To: <sip:%00@[2001:db8::1]>"), ""},
    {BYTES("To: <isbn:2983792873>"), ""},
    {BYTES("To: <tel:110;phone-context=+86>"), ""},
    {BYTES("From: <sip:alice@example.com>"), "FROM_TAG@From[<sip:alice@example.com>]"},
    {BYTES("From: <sip:alice@example.com;tag=1>"), "FROM_TAG@From[<sip:alice@example.com;tag=1>]"},
    {BYTES("From: sip:alice@example.com;TAG=1"), ""},
    {BYTES("To: <sip:bob@h.example:5060>"), "ADDRESS_PARTS@To[sip:bob@h.example:5060]"},
    {BYTES("From: <sip:alice@h.example;transport=tcp>;tag=1"), "ADDRESS_PARTS@From[sip:alice@h.example;transport=tcp]"},
    {BYTES("From: <sip:alice@h.example;user=phone>;tag=1"), ""},
    {BYTES("P-Asserted-Identity: \"Bob\" <sip:bob@h>, <tel:+12025550123>"), ""},
    {BYTES("P-Preferred-Identity: <sip:bob@h>, "), "EMPTY_MEMBER@P-Preferred-Identity[,]"},
    {BYTES("Refer-To: <sip:a@h?Replaces=1%40h%3Bto-tag%3D2>"), ""},
    {BYTES("b: <sip:a@h>;cid=\"1@h\""), ""},

    /* Parameters */
    {BYTES("To: <sip:bob@h>;x;y=z;q=\"a;b\""), ""},
    {BYTES("To: <sip:bob@h>;"), "PARAMETER@To[;]"},
    {BYTES("To: <sip:bob@h>;x;;y"), "PARAMETER@To[;]"},
    {BYTES("To: <sip:bob@h>;x="), "PARAMETER@To[x=]"},
    {BYTES("To: <sip:bob@h>;=x"), "PARAMETER@To[=x]"},
    {BYTES("To: <sip:bob@h>;a b"), "PARAMETER@To[a b]"},
    {BYTES("To: <sip:bob@h>;x=a b"), "PARAMETER_VALUE@To[x=a b]"},
    {BYTES("To: <sip:bob@h>;x=a=b"), "PARAMETER_VALUE@To[x=a=b]"},
    {BYTES("To: <sip:bob@h>;x=\"a\"b"), "PARAMETER_VALUE@To[x=\"a\"b]"},
    {BYTES("To: <sip:bob@h>;x=\"a;b"), "QUOTE@To[x=\"a;b]"},
    {BYTES("To: <sip:bob@h>;x ;\r\n y = \"\" ;z=[2001:db8::1]:1"), ""},
    {BYTES("To: <sip:bob@h>;x=1;y=2;X=3"), "PARAMETER_REPEATED@To[X=3]"},
    {BYTES("To: <sip:bob@h;x>;x=1;xx=1"), ""},

    /* Via */
    {BYTES("Via: SIP/2.0/UDP h;rport;branch=z9hG4bK1;alias;comp=sigcomp;keep;received=192.0.2.1"), ""},
    {BYTES("v:SIP / 2.0 / UNKNOWN [2001:db8::1] : 5060 ;branch = z9hG4bK-.!%66*_+`'~, SIP/2.0/TLS-SCTP h"), ""},
    {BYTES("Via: SIP/2.0/UDP h;branch=z9hG4bK1;received=2001:db8::1;rport=5060;ttl=255;maddr=192.0.2.1"), ""},
    {BYTES("Via: SIP/2.0 UDP h;branch=z9hG4bK1"), "VIA@Via[SIP/2.0 UDP h;branch=z9hG4bK1]"},
    {BYTES("Via: SIP/2.0/UDP h x;branch=z9hG4bK1"), "VIA@Via[x;branch=z9hG4bK1]"},
    {BYTES("Via: SIP/2.0/UDP my_host;branch=z9hG4bK1"), "VIA_HOST@Via[my_host]"},
    {BYTES("Via: SIP/2.0/UDP [2001:db8::1::2];branch=z9hG4bK1"), "VIA_HOST@Via[[2001:db8::1::2]]"},
    {BYTES("Via: SIP/2.0/UDP 192.0.2.256;branch=z9hG4bK1"), "VIA_HOST@Via[192.0.2.256]"},
    {BYTES("Via: SIP/2.0/UDP my-host.;branch=z9hG4bK1"), ""},
    {BYTES("Via: SIP/2.0/UDP h:65536;branch=z9hG4bK1"), "VIA_PORT@Via[65536]"},
    {BYTES("Via: SIP/2.0/UDP h:sip;branch=z9hG4bK1"), "VIA_PORT@Via[sip]"},
    {BYTES("Via: SIP/2.0/UDP h:;branch=z9hG4bK1"), "VIA_PORT@Via[SIP/2.0/UDP h:;branch=z9hG4bK1]"},
    {BYTES("Via: SIP/2.0/UDP h:65535;branch=z9hG4bK1"), ""},
    {BYTES("Via: SIP/2.0/UDP h;ttl=256;branch=z9hG4bK1"), "PARAMETER_VALUE@Via[256]"},
    {BYTES("Via: SIP/2.0/UDP h;rport=sip;branch=z9hG4bK1"), "PARAMETER_VALUE@Via[sip]"},
    {BYTES("Via: SIP/2.0/UDP h;branch=z9hG4bK"), "BRANCH@Via[z9hG4bK]"},
    {BYTES("Via: SIP/2.0/UDP h;branch=Z9HG4BK1"), ""},
    {BYTES("Via: SIP/2.0/UDP h;branch=z9hG4bK1,,SIP/2.0/UDP h2"), "EMPTY_MEMBER@Via[,]"},
    {BYTES("Via: SIP/2.0/UDP h;branch=z9hG4bK1;;,;,,"),
     "PARAMETER@Via[;]; PARAMETER@Via[;]; VIA@Via[;]; EMPTY_MEMBER@Via[,]; EMPTY_MEMBER@Via[,]"},

    /* Call-ID and CSeq */
    {BYTES("Call-ID: word%ZK-!.*_+'@word`~)(><:\\/\"][?}{"), ""},
    {BYTES("Call-ID: one two"), "CALL_ID@Call-ID[ ]"},
    {BYTES("Call-ID: a@b@c"), "CALL_ID@Call-ID[@]"},
    {BYTES("Call-ID: a@"), "CALL_ID@Call-ID[@]"},
    {BYTES("Call-ID: @a"), "CALL_ID@Call-ID[@]"},
    {BYTES("Call-ID: a;b"), "CALL_ID@Call-ID[;]"},
    {BYTES("CSeq: 0009\r\n  OPTIONS"), ""},
    {BYTES("CSeq: 2147483647 OPTIONS"), ""},
    {BYTES("CSeq: OPTIONS"), "CSEQ@CSeq[OPTIONS]"},
    {BYTES("CSeq: 1"), "CSEQ@CSeq[1]"},
    {BYTES("CSeq: 1 OPTIONS OPTIONS"), "CSEQ@CSeq[1 OPTIONS OPTIONS]"},
    {BYTES("CSeq: -1 OPTIONS"), "CSEQ@CSeq[-1 OPTIONS]"},
    {BYTES("CSeq: 2147483648 OPTIONS"), "CSEQ_RANGE@CSeq[2147483648 OPTIONS]"},
    {BYTES("CSeq: 36893488147419103232 OPTIONS"), "CSEQ_RANGE@CSeq[36893488147419103232 OPTIONS]"},
    {BYTES("CSeq: 1 INVITE"), "CSEQ_METHOD@CSeq[INVITE]"},
    {BYTES("CSeq: 1 options"), "CSEQ_METHOD@CSeq[options]"},

    /* Numbers */
    {BYTES("Max-Forwards: 0"), ""},
    {BYTES("Max-Forwards: 0255"), ""},
    {BYTES("Max-Forwards: 256"), "MAX_FORWARDS_RANGE@Max-Forwards[256]"},
    {BYTES("Max-Forwards: -1"), "MAX_FORWARDS_RANGE@Max-Forwards[-1]"},
    {BYTES("Expires: 4294967295"), ""},
    {BYTES("Expires: 00000000000000000001"), ""},
    {BYTES("Expires: 4294967296"), "NUMBER_RANGE@Expires[4294967296]"},
    {BYTES("Expires: 1000000000000000000000000000000000000000"),
     "NUMBER_RANGE@Expires[1000000000000000000000000000000000000000]"},
    {BYTES("Expires: Thu, 01 Dec 1994 16:00:00 GMT"), "NUMBER@Expires[Thu, 01 Dec 1994 16:00:00 GMT]"},
    {BYTES("Content-Length: -1"), "NUMBER@Content-Length[-1]"},
    {BYTES("Min-Expires: 1.5"), "NUMBER@Min-Expires[1.5]"},
    {BYTES("x: 1800;refresher=uac\r\nMin-SE: 90"), ""},
    {BYTES("Session-Expires: 1800 s"), "NUMBER@Session-Expires[1800 s]"},
    {BYTES("Retry-After: 5"), ""},
    {BYTES("Retry-After: 18000;duration=3600"), ""},
    {BYTES("Retry-After: 120 (in (a \\) meeting)) ;duration=60;x"), ""},
    {BYTES("Retry-After: soon"), "RETRY_AFTER@Retry-After[soon]"},
    {BYTES("Retry-After: 120 (in a meeting"), "RETRY_AFTER@Retry-After[(in a meeting]"},
    {BYTES("Retry-After: 120 (a) b"), "RETRY_AFTER@Retry-After[b]"},
    {BYTES("Retry-After: 949302838503028349304023988"), "NUMBER_RANGE@Retry-After[949302838503028349304023988]"},
    {BYTES("Retry-After: 1;duration=x"), "PARAMETER_VALUE@Retry-After[x]"},
    {BYTES("RAck: 776656 1 INVITE"), ""},
    {BYTES("RAck: 776656 INVITE"), "RACK@RAck[776656 INVITE]"},
    {BYTES("RAck: 1 2 INVITE INVITE"), "RACK@RAck[1 2 INVITE INVITE]"},
    {BYTES("Timestamp: 54.21 0.5"), ""},
    {BYTES("Timestamp: noon"), "TIMESTAMP@Timestamp[noon]"},
    {BYTES("MIME-Version: 1.0"), ""},
    {BYTES("MIME-Version: 1"), "MIME_VERSION@MIME-Version[1]"},
    {BYTES("MIME-Version: 1.x"), "MIME_VERSION@MIME-Version[1.x]"},

    /* Words */
    {BYTES("c: application/sdp ; charset=UTF-8"), ""},
    {BYTES("Content-Type: multipart/mixed;boundary=\"-- a, b; <c> --\""), ""},
    {BYTES("Content-Type: application/ISUP;version=itu-t92+;base=itu-t92+"), ""},
    {BYTES("Content-Type: sdp"), "MEDIA_TYPE@Content-Type[sdp]"},
    {BYTES("Content-Type: application/"), "MEDIA_TYPE@Content-Type[application/]"},
    {BYTES("Content-Type: application/sdp, text/plain"), "MEDIA_TYPE@Content-Type[application/sdp, text/plain]"},
    {BYTES("Accept: application/sdp;level=1, text/*;q=0.5, */*"), ""},
    {BYTES("Accept: sdp"), "MEDIA_TYPE@Accept[sdp]"},
    {BYTES("Supported: 100rel, timer,path"), ""},
    {BYTES("Supported: 100rel timer"), "TOKEN_LIST@Supported[100rel timer]"},
    {BYTES("Supported: 100rel,"), "EMPTY_MEMBER@Supported[,]"},
    {BYTES("Proxy-Require: a/b"), "TOKEN_LIST@Proxy-Require[a/b]"},
    {BYTES("u: presence, message-summary.winfo"), ""},
    {BYTES("Event: dialog;id=1;shared"), ""},
    {BYTES("Event: presence, dialog"), "TOKEN@Event[presence, dialog]"},
    {BYTES("Content-Disposition: session;handling=optional"), ""},
    {BYTES("Content-Disposition: ;handling=optional"), "TOKEN@Content-Disposition[;handling=optional]"},
    {BYTES("Subscription-State: terminated;reason=noresource"), ""},
    {BYTES("Reason: Q.850 ;cause=16;text=\"a, b\", SIP;cause=200;text=\"Call completed elsewhere\""), ""},
    {BYTES("Reason: Q.850;cause=normal"), "PARAMETER_VALUE@Reason[normal]"},
    {BYTES("Reason: normal call clearing"), "TOKEN@Reason[normal call clearing]"},
    {BYTES("Date: Thu, 01 Jan 2026 00:00:00 GMT"), ""},
    {BYTES("Date: Thu, 01 Jan 2026 00:00:00 EST"), "DATE@Date[Thu, 01 Jan 2026 00:00:00 EST]"},
    {BYTES("Date: Thu, 1 Jan 2026 00:00:00 GMT"), "DATE@Date[Thu, 1 Jan 2026 00:00:00 GMT]"},
    {BYTES("Date: Mit, 01 Jan 2026 00:00:00 GMT"), "DATE@Date[Mit, 01 Jan 2026 00:00:00 GMT]"},
    {BYTES("Date: Thu, 01 Mai 2026 00:00:00 GMT"), "DATE@Date[Thu, 01 Mai 2026 00:00:00 GMT]"},
    {BYTES("Date: 2026-01-01T00:00:00Z"), "DATE@Date[2026-01-01T00:00:00Z]"},
    {BYTES("Warning: 307 isi.edu \"not \\\"understood\\\", sorry\", 399 [2001:db8::1]:5060 \"\""), ""},
    {BYTES("Warning: 1812 h \"In Progress\""), "WARNING@Warning[1812 h \"In Progress\"]"},
    {BYTES("Warning: 399 h words"), "WARNING@Warning[399 h words]"},
    {BYTES("Warning: 399 \"words\""), "WARNING@Warning[399 \"words\"]"},
    {BYTES("Allow: INVITE, ACK, CANCEL, BYE"), ""},
    {BYTES("Allow: OPTIONS, MESSAGE"), ""},
    {BYTES("Allow: INVITE, BYE, CANCEL"), "ALLOW_INCOMPLETE@Allow[INVITE, BYE, CANCEL]"},

    /* Routes */
    {BYTES("Route: <sip:p.example.com;lr>, \"P\" <sip:p2.example.com>;x=y"), ""},
    {BYTES("Route: sip:p.example.com;lr"), "ROUTE_BRACKETS@Route[sip:p.example.com;lr]"},
    {BYTES("Path: <sip:p.example.com;lr>,,<sip:p2.example.com;lr>"), "EMPTY_MEMBER@Path[,]"},
    {BYTES("Record-Route: <sip:[2001:db8::1];lr=on;ftag=1>"), ""},
    {BYTES("Record-Route: <sip:p.example.com>"), "RECORD_ROUTE_LR@Record-Route[sip:p.example.com]"},
    {BYTES("Route: <sip:p.example.com;lr?Subject=x>"), "ADDRESS_PARTS@Route[sip:p.example.com;lr?Subject=x]"},
    {BYTES("Service-Route: <sip:p.example.com;lr>"), ""},

    /* Credentials */
    {BYTES("WWW-Authenticate: Digest realm=\"a, b\", nonce=\"1=\" ,qop=\"auth,auth-int\",stale=FALSE"), ""},
    {BYTES("Proxy-Authenticate: NTLM realm=a b, gssapi-data=\"\""), ""},
    {BYTES("WWW-Authenticate: Basic realm=\"a\""), "BASIC_AUTHENTICATION@WWW-Authenticate[Basic]"},
    {BYTES("Authorization: basic QWxhZGRpbg=="), "BASIC_AUTHENTICATION@Authorization[basic]"},
    {BYTES("Authorization: Basically x"), ""},
    {BYTES("Authorization: Digest username=\"a\",uri=\"sip:a@h\",response=\"\",nc=00000001"), ""},
    {BYTES("Authorization: Digest username=\"a\", uri=sip:h"), "DIGEST_URI@Authorization[uri=sip:h]"},
    {BYTES("Authorization: Digest username=\"a, uri=\"sip:h\""),
     "PARAMETER_VALUE@Authorization[username=\"a, uri=\"sip:h\"]"},
    {BYTES("Proxy-Authorization: Digest username=\"a\",,realm=\"b"),
     "PARAMETER@Proxy-Authorization[,]; QUOTE@Proxy-Authorization[realm=\"b]"},
    {BYTES("Authorization: Digest qop=auth, qop=auth"), "PARAMETER_REPEATED@Authorization[qop=auth]"},

    /* Contact */
    {BYTES("Contact: <sip:a@h>;expires=3600;+sip.instance=\"<urn:uuid:1>\";reg-id=1;q=0.5, sip:b@h;q=1.000"), ""},
    {BYTES("m: \"Quoted \\\"\\\"\" <sip:a@h?Route=%3Csip:h%3E>;newparam=1;q = 0.33"), ""},
    {BYTES("Contact: <sip:a@h>;expires=280297596632815"), "PARAMETER_VALUE@Contact[280297596632815]"},
    {BYTES("Contact: <sip:a@h>;expires=1h"), "PARAMETER_VALUE@Contact[1h]"},
    {BYTES("Contact: <sip:a@h>;q=1.1"), "PARAMETER_VALUE@Contact[1.1]"},
    {BYTES("Contact: <sip:a@h>;q=0.1234"), "PARAMETER_VALUE@Contact[0.1234]"},
    {BYTES("Contact: \"Joe\" <sip:joe@h>;;;;"),
     "PARAMETER@Contact[;]; PARAMETER@Contact[;]; PARAMETER@Contact[;]; PARAMETER@Contact[;]"},
    {BYTES("Contact: *"), "CONTACT_STAR@Contact[*]"},
    {BYTES("Contact: <sip:a@h>\r\nExpires: 0\r\nm: *"), "CONTACT_STAR@Contact[*]"},
};

/* Whole messages */

#define VIA     "Via: SIP/2.0/UDP h.example;branch=z9hG4bK1\r\n"
#define HOPS    "Max-Forwards: 70\r\n"
#define FROM    "From: <sip:alice@example.com>;tag=a1\r\n"
#define TO      "To: <sip:bob@example.com>\r\n"
#define TO_DONE "To: <sip:bob@example.com>;tag=b1\r\n"
#define CALL_ID "Call-ID: 1\r\n"
#define CONTACT "Contact: <sip:alice@192.0.2.10>\r\n"
#define ABLE    "Accept: application/sdp\r\nAllow: OPTIONS\r\nSupported:\r\n"
#define EMPTY   "Content-Length: 0\r\n\r\n"

/* A request or a response that is right, so far as more is right. */
#define REQUEST(method, uri, more)                                                                                     \
    BYTES(method " " uri " SIP/2.0\r\n" VIA HOPS FROM TO CALL_ID "CSeq: 1 " method "\r\n" more)
#define RESPONSE(status, method, more)                                                                                 \
    BYTES("SIP/2.0 " status "\r\n" VIA FROM TO_DONE CALL_ID "CSeq: 1 " method "\r\n" more)

#define HUNDRED_BYTES                                                                                                  \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
#define THOUSAND_BYTES                                                                                                 \
    HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES HUNDRED_BYTES    \
        HUNDRED_BYTES HUNDRED_BYTES

typedef struct message_case {
    const char *name;
    sip_span data;
    const char *expected;
    sip_rule_context context;
} message_case;

static const message_case message_cases[] = {
    {"a request that is right", REQUEST("OPTIONS", "sip:example.com", EMPTY), "", {0}},
    {"a response that is right", RESPONSE("200 OK", "OPTIONS", ABLE EMPTY), "", {0}},

    /* Mandatory header fields and tags (RFC 3261 sections 8.1.1 and 8.2.6.2) */
    {"a request without anything",
     BYTES("OPTIONS sip:h SIP/2.0\r\n\r\n"),
     "HEADER_MISSING@Via^; HEADER_MISSING@From^; HEADER_MISSING@To^; HEADER_MISSING@Call-ID^; HEADER_MISSING@CSeq^; "
     "HEADER_MISSING@Max-Forwards^",
     {0}},
    {"a response without anything",
     BYTES("SIP/2.0 180 Ringing\r\n\r\n"),
     "HEADER_MISSING@Via^; HEADER_MISSING@From^; HEADER_MISSING@To^; HEADER_MISSING@Call-ID^; HEADER_MISSING@CSeq^",
     {0}},
    {"compact names, any case",
     BYTES("OPTIONS sip:h SIP/2.0\r\nV: SIP/2.0/UDP h;branch=z9hG4bK1\r\nF: <sip:a@h>;tag=1\r\n"
           "T: <sip:h>\r\nI: 1\r\ncseq: 1 OPTIONS\r\nMAX-FORWARDS: 1\r\nL: 0\r\n\r\n"),
     "",
     {0}},
    {"without the magic cookie it is RFC 2543",
     BYTES("INVITE sip:h SIP/2.0\r\nv: SIP/2.0/UDP h;branch=1\r\nf: sip:a@h\r\nt: sip:b@h\r\ni: 1\r\nCSeq: 1 "
           "INVITE\r\n\r\n"),
     "",
     {0}},
    {"a fragment may lack anything", BYTES("SIP/2.0 180 Ringing\r\n"), "", {.fragment = true}},
    {"a capture that was cut may lack anything", BYTES("SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP"), "", {.cut = true}},
    {"a response without a To tag",
     BYTES("SIP/2.0 404 No\r\n" VIA FROM TO CALL_ID "CSeq: 1 BYE\r\n" EMPTY),
     "TO_TAG@To[<sip:bob@example.com>]",
     {0}},
    {"a 100 without a To tag", BYTES("SIP/2.0 100 Trying\r\n" VIA FROM TO CALL_ID "CSeq: 1 BYE\r\n" EMPTY), "", {0}},
    {"a broken display name does not hide the tag",
     BYTES("SIP/2.0 404 No\r\n" VIA FROM "To: \"Bob <sip:bob@example.com>;tag=1\r\n" CALL_ID "CSeq: 1 BYE\r\n" EMPTY),
     "QUOTE@To[\"Bob <sip:bob@example.com>;tag=1]",
     {0}},
    {"REGISTER with a To tag",
     BYTES("REGISTER sip:h SIP/2.0\r\n" VIA HOPS FROM TO_DONE CALL_ID "CSeq: 1 REGISTER\r\n" EMPTY),
     "TO_TAG_OUTSIDE_DIALOG@To[b1]",
     {0}},
    {"OPTIONS with a To tag",
     BYTES("OPTIONS sip:h SIP/2.0\r\n" VIA HOPS FROM TO_DONE CALL_ID "CSeq: 1 OPTIONS\r\n" EMPTY),
     "",
     {0}},

    /* The header section and its end */
    {"LF instead of CRLF, told once",
     BYTES("OPTIONS sip:h SIP/2.0\r\n" VIA HOPS FROM TO "i: 1\nCSeq: 1 OPTIONS\nl: 0\n\n"),
     "HEADER_LINE_END[<LF>]",
     {0}},
    {"a CR inside",
     BYTES("OPTIONS sip:h SIP/2.0\r\n" VIA HOPS FROM TO "i: 1\rCSeq: 1 OPTIONS\r\nl: 0\r\n\r\n"),
     "HEADER_LINE_END[<CR>]",
     {0}},
    {"a first line that starts with white space",
     BYTES("OPTIONS sip:h SIP/2.0\r\n " VIA HOPS FROM TO CALL_ID "CSeq: 1 OPTIONS\r\n" EMPTY),
     "HEADER_NAME[ Via: SIP/2.0/UDP h.example;branch=z9hG4bK1]",
     {0}},
    {"no empty line", REQUEST("OPTIONS", "sip:example.com", ""), "HEADERS_NOT_ENDED[]", {0}},
    {"no empty line as the capture was cut", REQUEST("OPTIONS", "sip:example.com", ""), "", {.cut = true}},

    /* The body (RFC 3261 sections 18.3, 20.14 and 20.15) */
    {"a body that fits", REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 2\r\n\r\nhi"), "", {0}},
    {"a body without a type", REQUEST("OPTIONS", "sip:h", "l: 2\r\n\r\nhi"), "CONTENT_TYPE_MISSING@Content-Type^", {0}},
    {"Content-Length too large",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 9999\r\n\r\nhi"),
     "CONTENT_LENGTH_LARGE@Content-Length[9999]",
     {0}},
    {"Content-Length too large for what was captured",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 9999\r\n\r\nhi"),
     "",
     {.cut = true}},
    {"Content-Length too small",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 1\r\n\r\nhi"),
     "TRAILING_DATA[i]",
     {0}},
    {"no Content-Length in a datagram", REQUEST("OPTIONS", "sip:h", "\r\n"), "", {.carrier = SIP_CARRIER_UDP}},
    {"no Content-Length on a stream",
     REQUEST("OPTIONS", "sip:h", "\r\n"),
     "CONTENT_LENGTH_MISSING@Content-Length^",
     {.carrier = SIP_CARRIER_STREAM}},
    {"no Content-Length in a WebSocket frame",
     REQUEST("OPTIONS", "sip:h", "\r\n"),
     "VIA_WEBSOCKET@Via[UDP]",
     {.carrier = SIP_CARRIER_WEBSOCKET}},
    {"Content-Length of a megabyte",
     REQUEST("OPTIONS", "sip:h", "l: 1048576\r\n\r\n"),
     "",
     {.carrier = SIP_CARRIER_STREAM, .cut = true}},
    {"Content-Length of more",
     REQUEST("OPTIONS", "sip:h", "l: 1048577\r\n\r\n"),
     "CONTENT_LENGTH_ABSURD@Content-Length[1048577]",
     {.carrier = SIP_CARRIER_STREAM}},
    {"Content-Length of more in a capture that was cut behind it",
     REQUEST("OPTIONS", "sip:h", "l: 1048577\r\nx: y"),
     "CONTENT_LENGTH_ABSURD@Content-Length[1048577]",
     {.carrier = SIP_CARRIER_STREAM, .cut = true}},
    {"Content-Length that was cut off and may be no number at all",
     REQUEST("OPTIONS", "sip:h", "l: 1048577"),
     "",
     {.carrier = SIP_CARRIER_STREAM, .cut = true}},
    {"Content-Length up to the next message",
     REQUEST("OPTIONS", "sip:h", "l: 100\r\n\r\n"),
     "CONTENT_LENGTH_REACHES@Content-Length[100]",
     {.carrier = SIP_CARRIER_STREAM}},
    {"a large request over UDP",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 1200\r\n\r\n" THOUSAND_BYTES HUNDRED_BYTES HUNDRED_BYTES),
     "LARGE_REQUEST^",
     {.carrier = SIP_CARRIER_UDP}},
    {"a large request elsewhere",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 1200\r\n\r\n" THOUSAND_BYTES HUNDRED_BYTES HUNDRED_BYTES),
     "",
     {.carrier = SIP_CARRIER_STREAM}},
    {"a request of 1300 bytes at most over UDP",
     REQUEST("OPTIONS", "sip:h", "c: text/plain\r\nl: 1000\r\n\r\n" THOUSAND_BYTES),
     "",
     {.carrier = SIP_CARRIER_UDP}},

    /* The Request-URI */
    {"a header part in it", REQUEST("OPTIONS", "sip:h?Route=x", EMPTY), "URI_HEADERS[Route=x]", {0}},
    {"a question mark in its user part", REQUEST("OPTIONS", "sip:a?b=c@h", EMPTY), "", {0}},
    {"a method in it", REQUEST("OPTIONS", "sip:h;lr;METHOD=BYE", EMPTY), "URI_METHOD[lr;METHOD=BYE]", {0}},
    {"another parameter in it", REQUEST("OPTIONS", "sip:h;x-method=BYE", EMPTY), "", {0}},
    {"REGISTER of a user", REQUEST("REGISTER", "sip:alice@example.com", EMPTY), "REGISTER_URI_USER[alice]", {0}},
    {"REGISTER at a domain", REQUEST("REGISTER", "sip:example.com", EMPTY), "", {0}},
    {"sips: over UDP", REQUEST("OPTIONS", "sips:h", EMPTY), "SIPS_OVER_UDP[sips:h]", {.carrier = SIP_CARRIER_UDP}},
    {"sips: over TLS", REQUEST("OPTIONS", "sips:h", EMPTY), "", {.carrier = SIP_CARRIER_STREAM}},
    {"transport=tls", REQUEST("OPTIONS", "sip:h;transport=TLS", EMPTY), "TRANSPORT_TLS[TLS]", {0}},
    {"transport=tcp", REQUEST("OPTIONS", "sip:h;transport=tcp", EMPTY), "", {0}},
    {"another scheme", REQUEST("OPTIONS", "soap.beep://192.0.2.103:3002?x=y", EMPTY), "", {0}},

    /* Contact */
    {"INVITE without Contact", REQUEST("INVITE", "sip:h", EMPTY), "CONTACT_MISSING@Contact^", {0}},
    {"INVITE with Contact", REQUEST("INVITE", "sip:h", CONTACT EMPTY), "", {0}},
    {"its 180 without Contact", RESPONSE("180 Ringing", "INVITE", EMPTY), "", {0}},
    {"its 2xx without Contact", RESPONSE("200 OK", "INVITE", ABLE EMPTY), "CONTACT_MISSING@Contact^", {0}},
    {"2xx to SUBSCRIBE without Contact",
     RESPONSE("200 OK", "SUBSCRIBE", "Expires: 60\r\n" EMPTY),
     "CONTACT_MISSING@Contact^",
     {0}},
    {"2xx to REFER without Contact", RESPONSE("202 Accepted", "REFER", EMPTY), "", {0}},
    {"INVITE with two Contacts",
     REQUEST("INVITE", "sip:h", "m: <sip:a@h>, <sip:b@h>\r\n" EMPTY),
     "CONTACT_COUNT@Contact[<sip:a@h>, <sip:b@h>]",
     {0}},
    {"REGISTER with two Contacts", REQUEST("REGISTER", "sip:h", "m: <sip:a@h>, <tel:+12025550123>\r\n" EMPTY), "", {0}},
    {"INVITE with a tel: Contact",
     REQUEST("INVITE", "sip:h", "m: <tel:+12025550123>\r\n" EMPTY),
     "CONTACT_SCHEME@Contact[tel:+12025550123]",
     {0}},
    {"302 with a tel: Contact",
     RESPONSE("302 Moved", "INVITE", "m: <tel:+12025550123>, <sip:a@h;method=BYE?x=y>\r\n" EMPTY),
     "",
     {0}},
    {"a Contact with header parts",
     REQUEST("INVITE", "sip:h", "m: <sip:a@h?x=y>\r\n" EMPTY),
     "ADDRESS_PARTS@Contact[sip:a@h?x=y]",
     {0}},
    {"sips: to a sip: Contact",
     REQUEST("INVITE", "sips:h", CONTACT EMPTY),
     "CONTACT_SIPS@Contact[sip:alice@192.0.2.10]",
     {0}},
    {"sips: Route to a sip: Contact",
     REQUEST("INVITE", "sip:h", CONTACT "Route: <sips:p;lr>\r\n" EMPTY),
     "CONTACT_SIPS@Contact[sip:alice@192.0.2.10]",
     {0}},
    {"sips: to a sips: Contact", REQUEST("INVITE", "sips:h", "m: <SIPS:a@h>\r\n" EMPTY), "", {0}},
    {"REGISTER removes all", REQUEST("REGISTER", "sip:h", "m: *\r\nExpires: 0\r\n" EMPTY), "", {0}},
    {"REGISTER removes all, but adds one",
     REQUEST("REGISTER", "sip:h", "m: *, <sip:a@h>\r\nExpires: 0\r\n" EMPTY),
     "CONTACT_STAR@Contact[*]",
     {0}},
    {"REGISTER removes all, but keeps them",
     REQUEST("REGISTER", "sip:h", "m: *\r\nExpires: 60\r\n" EMPTY),
     "CONTACT_STAR@Contact[*]",
     {0}},

    /* What goes with a method */
    {"CANCEL", REQUEST("CANCEL", "sip:h", EMPTY), "", {0}},
    {"CANCEL with what it must not have",
     REQUEST("CANCEL", "sip:h", CONTACT "Require: a\r\nProxy-Require: b\r\n" EMPTY),
     "NOT_IN_METHOD@Contact[<sip:alice@192.0.2.10>]; NOT_IN_METHOD@Require[a]; NOT_IN_METHOD@Proxy-Require[b]",
     {0}},
    {"CANCEL with two Vias",
     REQUEST("CANCEL", "sip:h", "v: SIP/2.0/UDP h\r\n" EMPTY),
     "ONE_VIA@Via[SIP/2.0/UDP h.example;branch=z9hG4bK1]",
     {0}},
    {"BYE with two Vias", REQUEST("BYE", "sip:h", "v: SIP/2.0/UDP h\r\n" EMPTY), "", {0}},
    {"BYE with Contact", REQUEST("BYE", "sip:h", CONTACT EMPTY), "NOT_IN_METHOD@Contact[<sip:alice@192.0.2.10>]", {0}},
    {"ACK with Contact", REQUEST("ACK", "sip:h", CONTACT EMPTY), "", {0}},
    {"MESSAGE with Contact",
     REQUEST("MESSAGE", "sip:h", CONTACT EMPTY),
     "MESSAGE_CONTACT@Contact[<sip:alice@192.0.2.10>]",
     {0}},
    {"MESSAGE", REQUEST("MESSAGE", "sip:h", EMPTY), "", {0}},
    {"INFO with Recv-Info", REQUEST("INFO", "sip:h", "Recv-Info: a\r\n" EMPTY), "NOT_IN_METHOD@Recv-Info[a]", {0}},
    {"INFO with Info-Package", REQUEST("INFO", "sip:h", "Info-Package: a\r\n" EMPTY), "", {0}},
    {"SUBSCRIBE without Event", REQUEST("SUBSCRIBE", "sip:h", CONTACT EMPTY), "METHOD_HEADER_MISSING@Event^", {0}},
    {"SUBSCRIBE with Event", REQUEST("SUBSCRIBE", "sip:h", CONTACT "o: presence\r\n" EMPTY), "", {0}},
    {"NOTIFY without its fields",
     REQUEST("NOTIFY", "sip:h", EMPTY),
     "METHOD_HEADER_MISSING@Event^; METHOD_HEADER_MISSING@Subscription-State^",
     {0}},
    {"NOTIFY about a REFER without a body",
     REQUEST("NOTIFY", "sip:h", "Event: refer;id=1\r\nSubscription-State: active\r\n" EMPTY),
     "REFER_BODY^",
     {0}},
    {"NOTIFY about a REFER with another body",
     REQUEST("NOTIFY", "sip:h", "Event: refer\r\nSubscription-State: active\r\nc: text/plain\r\nl: 2\r\n\r\nhi"),
     "REFER_BODY[text/plain]",
     {0}},
    {"NOTIFY about a REFER",
     REQUEST("NOTIFY", "sip:h",
             "Event: refer\r\nSubscription-State: active\r\n"
             "c: message/SipFrag;version=2.0\r\nl: 16\r\n\r\nSIP/2.0 200 OK\r\n"),
     "",
     {0}},
    {"REFER without Refer-To", REQUEST("REFER", "sip:h", CONTACT EMPTY), "METHOD_HEADER_MISSING@Refer-To^", {0}},
    {"PRACK without RAck", REQUEST("PRACK", "sip:h", EMPTY), "METHOD_HEADER_MISSING@RAck^", {0}},
    {"PUBLISH of nothing", REQUEST("PUBLISH", "sip:h", "Event: presence\r\n" EMPTY), "PUBLISH_EMPTY^", {0}},
    {"PUBLISH that refreshes", REQUEST("PUBLISH", "sip:h", "Event: presence\r\nSIP-If-Match: 1\r\n" EMPTY), "", {0}},

    /* What goes with a status code */
    {"401 without a challenge", RESPONSE("401 No", "BYE", EMPTY), "EVIDENCE_MISSING@WWW-Authenticate^", {0}},
    {"407 without a challenge", RESPONSE("407 No", "BYE", EMPTY), "EVIDENCE_MISSING@Proxy-Authenticate^", {0}},
    {"407 with a challenge", RESPONSE("407 No", "BYE", "Proxy-Authenticate: Digest realm=\"a\"\r\n" EMPTY), "", {0}},
    {"405 without Allow", RESPONSE("405 No", "BYE", EMPTY), "EVIDENCE_MISSING@Allow^", {0}},
    {"405 with an empty Allow", RESPONSE("405 No", "BYE", "Allow:\r\n" EMPTY), "", {0}},
    {"421 without Require", RESPONSE("421 No", "BYE", EMPTY), "EVIDENCE_MISSING@Require^", {0}},
    {"422 without Min-SE", RESPONSE("422 No", "INVITE", EMPTY), "EVIDENCE_MISSING@Min-SE^", {0}},
    {"489 without Allow-Events", RESPONSE("489 No", "SUBSCRIBE", EMPTY), "EVIDENCE_MISSING@Allow-Events^", {0}},
    {"415 without Accept", RESPONSE("415 No", "BYE", EMPTY), "EVIDENCE_MISSING@Accept^", {0}},
    {"415 with Accept-Encoding", RESPONSE("415 No", "BYE", "Accept-Encoding:\r\n" EMPTY), "", {0}},
    {"486 without Retry-After", RESPONSE("486 No", "INVITE", EMPTY), "", {0}},
    {"2xx to OPTIONS that says nothing",
     RESPONSE("200 OK", "OPTIONS", EMPTY),
     "CAPABILITIES@Accept^; CAPABILITIES@Allow^; CAPABILITIES@Supported^",
     {0}},
    {"2xx to INVITE that says nothing",
     RESPONSE("200 OK", "INVITE", CONTACT EMPTY),
     "CAPABILITIES@Allow^; CAPABILITIES@Supported^",
     {0}},
    {"2xx to BYE that says nothing", RESPONSE("200 OK", "BYE", EMPTY), "", {0}},
    {"2xx to PUBLISH that says nothing",
     RESPONSE("200 OK", "PUBLISH", EMPTY),
     "METHOD_HEADER_MISSING@SIP-ETag^; METHOD_HEADER_MISSING@Expires^",
     {0}},
    {"2xx to MESSAGE with a body",
     RESPONSE("200 OK", "MESSAGE", "c: text/plain\r\nl: 2\r\n\r\nhi"),
     "MESSAGE_BODY_IN_2XX[hi]",
     {0}},
    {"4xx to MESSAGE with a body", RESPONSE("403 No", "MESSAGE", "c: text/plain\r\nl: 2\r\n\r\nhi"), "", {0}},
    {"408 to BYE", RESPONSE("408 Timeout", "BYE", EMPTY), "TIMEOUT_TO_NON_INVITE[408]", {0}},
    {"408 to INVITE", RESPONSE("408 Timeout", "INVITE", EMPTY), "", {0}},
    {"183 to OPTIONS", RESPONSE("183 Progress", "OPTIONS", EMPTY), "PROVISIONAL_TO_NON_INVITE[183]", {0}},
    {"100 to OPTIONS", RESPONSE("100 Trying", "OPTIONS", EMPTY), "", {0}},
    {"200 to ACK", RESPONSE("200 OK", "ACK", EMPTY), "ACK_ANSWERED@CSeq[1 ACK]", {0}},
    {"481 to CANCEL", RESPONSE("481 No", "CANCEL", EMPTY), "", {0}},
    {"401 to CANCEL",
     RESPONSE("401 No", "CANCEL", "WWW-Authenticate: Digest realm=\"a\"\r\n" EMPTY),
     "CANCEL_CHALLENGED[401]",
     {0}},

    /* Reliable provisional responses (RFC 3262 sections 3 and 7.1) */
    {"a reliable 180", RESPONSE("180 Ringing", "INVITE", "Require: timer, 100REL\r\nRSeq: 1\r\n" EMPTY), "", {0}},
    {"a reliable 180 without RSeq",
     RESPONSE("180 Ringing", "INVITE", "Require: 100rel\r\n" EMPTY),
     "RSEQ_MISSING@RSeq^",
     {0}},
    {"RSeq 0", RESPONSE("180 Ringing", "INVITE", "Require: 100rel\r\nRSeq: 0\r\n" EMPTY), "RSEQ_RANGE@RSeq[0]", {0}},
    {"RSeq without 100rel",
     RESPONSE("180 Ringing", "INVITE", "Require: timer\r\nRSeq: 1\r\n" EMPTY),
     "RELIABLE_REQUIRE@RSeq[1]",
     {0}},
    {"RSeq in a 100",
     RESPONSE("100 Trying", "INVITE", "Require: 100rel\r\nRSeq: 1\r\n" EMPTY),
     "RELIABLE_METHOD@RSeq[1]",
     {0}},
    {"RSeq in a 2xx",
     RESPONSE("200 OK", "BYE", "Require: 100rel\r\nRSeq: 1\r\n" EMPTY),
     "RELIABLE_METHOD@RSeq[1]",
     {0}},

    /* WebSocket (RFC 7118 section 5.2) */
    {"WSS over WebSocket",
     BYTES("OPTIONS sip:h SIP/2.0\r\nv: SIP/2.0/wss h.invalid;branch=z9hG4bK1\r\n" HOPS FROM TO CALL_ID
           "CSeq: 1 OPTIONS\r\n\r\n"),
     "",
     {.carrier = SIP_CARRIER_WEBSOCKET}},
    {"TCP over WebSocket",
     BYTES("OPTIONS sip:h SIP/2.0\r\nv: SIP/2.0/TCP h.invalid;branch=z9hG4bK1\r\n" HOPS FROM TO CALL_ID
           "CSeq: 1 OPTIONS\r\n\r\n"),
     "VIA_WEBSOCKET@Via[TCP]",
     {.carrier = SIP_CARRIER_WEBSOCKET}},

    /* Findings come in the order of the bytes, and none hides another. */
    {"ten faults",
     BYTES("BYE sip:h SIP/2.0\r\nVia: SIP/2.0/UDP h:x;branch=z9hG4bK\r\nMax-Forwards: 300\r\nFrom: a, b <sip:a@h>\r\n"
           "To: <sip:b@h>;;\r\nCall-ID: a b\r\nCSeq: 4294967295 INVITE\r\nContact: <sip:a b@h>\r\nDate: "
           "now\r\nnonsense\r\n"
           "Server:\r\nDate: then\r\n\r\nhi"),
     "CONTENT_TYPE_MISSING@Content-Type^; VIA_PORT@Via[x]; BRANCH@Via[z9hG4bK]; MAX_FORWARDS_RANGE@Max-Forwards[300]; "
     "DISPLAY_NAME@From[a, b]; FROM_TAG@From[a, b <sip:a@h>]; PARAMETER@To[;]; PARAMETER@To[;]; CALL_ID@Call-ID[ ]; "
     "CSEQ_RANGE@CSeq[4294967295 INVITE]; CSEQ_METHOD@CSeq[INVITE]; NOT_IN_METHOD@Contact[<sip:a b@h>]; "
     "ADDRESS_URI(URI_BLANK)@Contact[ ]; DATE@Date[now]; HEADER_NAME[nonsense]; EMPTY_VALUE@Server[Server:]; "
     "HEADER_REPEATED@Date[Date: then]; DATE@Date[then]",
     {0}},
};

static void
render_finding(rendering *out, const sip_message *message, const sip_finding *finding)
{
    render(out, "%s%s", out->length > 0 ? "; " : "", rule_names[finding->rule]);
    if (finding->rule == SIP_RULE_ADDRESS_URI) {
        render(out, "(%s)", fault_identifier(finding->fault));
    }
    if (finding->header != SIP_HEADER_NONE) {
        render(out, "@%s", sip_header_name(finding->header));
    }
    if (finding->at.data == message->start_line.line.data) {
        render(out, "^");
    } else {
        render(out, "[");
        render_bytes(out, finding->at);
        render(out, "]");
    }
}

static bool
parse(sip_span data, const sip_rule_context *context, sip_message *message)
{
    return sip_message_parse(data, context->carrier == SIP_CARRIER_STREAM, message);
}

static void
test_message(const char *name, sip_span data, const sip_rule_context *context, const char *expected)
{
    sip_message message;
    sip_findings findings;
    rendering got = {0};

    check_case(name);
    if (!check_that(parse(check_guarded_behind(data), context, &message), "a message")) {
        return;
    }
    sip_rules_check(&message, context, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        raised[findings.list[i].rule] = true;
        render_finding(&got, &message, &findings.list[i]);
    }
    check_same(expected, got.text);
    check_that(!findings.more, "all that there is to find");
}

/* What holds of all findings. */
static void
examine_with(sip_span data, const sip_rule_context *context)
{
    sip_message message;
    sip_findings findings;
    if (!parse(data, context, &message)) {
        return;
    }
    check_paint(&findings, sizeof(findings));
    sip_rules_check(&message, context, &findings);
    check_that(findings.count <= SIP_LIMIT_FINDINGS, "no more findings than the limit");
    for (size_t i = 0; i < findings.count; i++) {
        const sip_finding *finding = &findings.list[i];
        check_that(sip_span_present(finding->at), "a finding that is somewhere");
        check_inside(data, finding->at, rule_names[finding->rule]);
        check_that(i == 0 || finding[-1].at.data <= finding->at.data, "findings in the order of the bytes");
        check_that(finding->rule < SIP_RULE_COUNT && finding->fault < SIP_FAULT_COUNT, "a rule and a fault");
        check_that((strstr(sip_rule_text(finding->rule), "%s") != NULL) <= (finding->header != SIP_HEADER_NONE),
                   "a header field where the text names one");
    }
}

static void
examine(sip_span data)
{
    examine_with(data, &(sip_rule_context){.carrier = SIP_CARRIER_UDP});
    examine_with(data, &(sip_rule_context){.carrier = SIP_CARRIER_STREAM, .cut = true});
}

/* Messages that are made up of pieces */

static struct {
    uint8_t bytes[CHECK_LARGEST];
    size_t length;
} made;

static void
add(sip_span piece)
{
    if (check_that(piece.length <= sizeof(made.bytes) - made.length, "room for the message")) {
        memcpy(made.bytes + made.length, piece.data, piece.length);
        made.length += piece.length;
    }
}

static sip_span
finish(void)
{
    add(SIP_SPAN("\r\n"));
    return (sip_span){made.bytes, made.length};
}

static sip_header_id
header_of(sip_span lines)
{
    sip_header_field field;
    return sip_header_next(&lines, &field) ? field.id : SIP_HEADER_NONE;
}

/* An OPTIONS with these lines in place of its own by the same name. */
static sip_span
options_with(sip_span lines)
{
    made.length = 0;
    add(SIP_SPAN("OPTIONS sip:example.com SIP/2.0\r\n"));
    for (size_t i = 0; i < COUNT(options_lines); i++) {
        sip_header_id id = header_of(options_lines[i]);
        add(id == header_of(lines) ? lines : options_lines[i]);
        add(id == header_of(lines) ? SIP_SPAN("\r\n") : SIP_SPAN(""));
    }
    bool replaced = false;
    for (size_t i = 0; i < COUNT(options_lines); i++) {
        replaced = replaced || header_of(options_lines[i]) == header_of(lines);
    }
    if (!replaced) {
        add(lines);
        add(SIP_SPAN("\r\n"));
    }
    return finish();
}

static void
test_lines(void)
{
    static const sip_rule_context context = {.carrier = SIP_CARRIER_UDP};
    for (size_t i = 0; i < COUNT(line_cases); i++) {
        rendering name = {0};
        render_bytes(&name, line_cases[i].lines);
        sip_span data = options_with(line_cases[i].lines);
        test_message(name.text, data, &context, line_cases[i].expected);
        check_prefixes(data, examine);
    }
}

static void
test_messages(void)
{
    for (size_t i = 0; i < COUNT(message_cases); i++) {
        const message_case *row = &message_cases[i];
        test_message(row->name, row->data, &row->context, row->expected);
        check_prefixes(row->data, examine);
    }
}

static void
test_all_raised(void)
{
    for (size_t rule = 0; rule < SIP_RULE_COUNT; rule++) {
        check_case(rule_names[rule]);
        check_that(raised[rule], "a row above that breaks the rule");
    }
}

/* Limits and time */

static sip_findings
check_repeated(sip_span front, sip_span piece, size_t count, sip_span back)
{
    static const sip_rule_context context = {.carrier = SIP_CARRIER_STREAM};
    sip_message message;
    sip_findings findings = {.count = 0};

    made.length = 0;
    add(SIP_SPAN("OPTIONS sip:example.com SIP/2.0\r\n"));
    for (size_t i = 0; i < COUNT(options_lines); i++) {
        add(options_lines[i]);
    }
    add(front);
    for (size_t i = 0; i < count; i++) {
        add(piece);
    }
    add(back);
    clock_t start = clock();
    if (check_that(parse(check_guarded_behind(finish()), &context, &message), "a message")) {
        sip_rules_check(&message, &context, &findings);
    }
    check_that(clock() - start < CLOCKS_PER_SEC, "done at once");
    return findings;
}

static void
test_limit(void)
{
    check_case("as many findings as the limit, SIP_LIMIT_FINDINGS");
    sip_findings findings = check_repeated(SIP_SPAN(""), SIP_SPAN("x\r\n"), 100, SIP_SPAN(""));
    check_that(findings.count == 100 && !findings.more, "all of them, and no more");

    check_case("one finding above the limit");
    findings = check_repeated(SIP_SPAN(""), SIP_SPAN("x\r\n"), 101, SIP_SPAN(""));
    check_that(findings.count == 100 && findings.more, "the limit, and more");

    check_case("a name is looked for among so many parameters, SIP_LIMIT_PARAMETERS");
    findings = check_repeated(SIP_SPAN("Reply-To: <sip:h>"), SIP_SPAN(";x"), 63, SIP_SPAN(";y;Y\r\n"));
    check_that(findings.count == 62 + 1, "the last of them is looked for");
    findings = check_repeated(SIP_SPAN("Reply-To: <sip:h>"), SIP_SPAN(";x"), 64, SIP_SPAN(";y;Y\r\n"));
    check_that(findings.count == 63, "but not the next");
}

typedef struct large_case {
    const char *name;
    sip_span front, piece, back;
    size_t count;
} large_case;

static const large_case large_cases[] = {
    {"a header of 65,000 bytes", BYTES("X: "), BYTES("a"), BYTES("\r\n"), 65000},
    {"a display name of 65,000 bytes", BYTES("Reply-To: \""), BYTES("\\\""), BYTES("\" <sip:h>\r\n"), 32500},
    {"5,000 Via values in a row", BYTES("Via: SIP/2.0/UDP h"), BYTES(",SIP/2.0/UDP h;rport;ttl=1"), BYTES("\r\n"),
     5000},
    {"5,000 Via rows", BYTES(""), BYTES("v: SIP/2.0/UDP h;branch=1\r\n"), BYTES(""), 5000},
    {"10,000 parameters", BYTES("Contact: <sip:h>"), BYTES(";x=y"), BYTES("\r\n"), 10000},
    {"10,000 parameters with a quote open", BYTES("Contact: <sip:h>"), BYTES(";x=\""), BYTES("\r\n"), 10000},
    {"10,000 parameters of a URI", BYTES("Record-Route: <sip:h"), BYTES(";x=y"), BYTES(">\r\n"), 10000},
    {"10,000 Contacts", BYTES("Contact: *"), BYTES(",*"), BYTES("\r\n"), 10000},
    {"10,000 credentials", BYTES("Authorization: Digest a=b"), BYTES(",uri=c"), BYTES("\r\n"), 10000},
    {"10,000 angle brackets", BYTES("Contact: "), BYTES("<,"), BYTES("\r\n"), 10000},
    {"10,000 quotes", BYTES("Contact: "), BYTES("\",\""), BYTES("\r\n"), 10000},
    {"10,000 comments", BYTES("Retry-After: 1 "), BYTES("("), BYTES("\r\n"), 10000},
    {"10,000 folded lines", BYTES("Warning: 399 h \"x\""), BYTES("\r\n ,399 h \"x\""), BYTES("\r\n"), 10000},
};

static void
test_large(void)
{
    for (size_t i = 0; i < COUNT(large_cases); i++) {
        const large_case *row = &large_cases[i];
        check_case(row->name);
        check_repeated(row->front, row->piece, row->count, row->back);
    }
}

int
main(void)
{
    test_lines();
    test_messages();
    test_all_raised();
    test_limit();
    test_large();
    return check_summary();
}
