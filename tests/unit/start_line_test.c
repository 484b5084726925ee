/* start_line_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is a name, the bytes at the front of a packet, and the line and the faults
 * (those of its Request-URI too) that are expected of them, as render.h describes.
 */
#include "check.h"
#include "render.h"

#include "sip/start_line.h"

#include <string.h>

typedef struct line_case {
    const char *name;
    sip_span data;
    const char *expected;
} line_case;

/* What the grammar allows: no faults. */
static const line_case valid_cases[] = {
    {"a request", BYTES("INVITE sip:bob@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:bob@example.com version=SIP/2.0"},
    {"a response", BYTES("SIP/2.0 180 Ringing\r\n"), "STATUS version=SIP/2.0 code=180 phrase=Ringing"},
    {"only the first line counts", BYTES("BYE sip:a@h.example SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n\r\n"),
     "REQUEST method=BYE uri=sip:a@h.example version=SIP/2.0"},
    {"a secure URI", BYTES("REGISTER sips:example.com SIP/2.0\r\n"),
     "REQUEST method=REGISTER uri=sips:example.com version=SIP/2.0"},
    {"a telephone number", BYTES("INVITE tel:+1-201-555-0123 SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=tel:+1-201-555-0123 version=SIP/2.0"},
    {"an emergency call", BYTES("INVITE urn:service:sos.fire SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=urn:service:sos.fire version=SIP/2.0"},
    {"a web page", BYTES("OPTIONS http://www.example.com/ SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=http://www.example.com/ version=SIP/2.0"},
    {"a scheme that nobody knows", BYTES("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=nobodyKnowsThisScheme:totallyopaquecontent version=SIP/2.0"},
    {"a scheme with a dot", BYTES("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=soap.beep://192.0.2.103:3002 version=SIP/2.0"},
    {"an IPv6 address", BYTES("REGISTER sip:[2001:db8::10]:5070 SIP/2.0\r\n"),
     "REQUEST method=REGISTER uri=sip:[2001:db8::10]:5070 version=SIP/2.0"},
    {"a method that is not registered", BYTES("NEWMETHOD sip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=NEWMETHOD uri=sip:user@example.com version=SIP/2.0"},
    {"a method in small letters is another method", BYTES("invite sip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=invite uri=sip:user@example.com version=SIP/2.0"},
    {"a method of one character", BYTES("X sip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=X uri=sip:user@example.com version=SIP/2.0"},
    {"a method that looks like the version", BYTES("SIP sip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=SIP uri=sip:user@example.com version=SIP/2.0"},
    {"every kind of character that a method and a user may have",
     BYTES("!interesting-Method0123456789_*+`.%indeed'~ "
           "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"
           "@example.com SIP/2.0\r\n"),
     "REQUEST method=!interesting-Method0123456789_*+`.%indeed'~ "
     "uri=sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"
     "@example.com version=SIP/2.0"},
    {"a percent sign in a method escapes nothing", BYTES("RE%47IST%45R sip:registrar.example.com SIP/2.0\r\n"),
     "REQUEST method=RE%47IST%45R uri=sip:registrar.example.com version=SIP/2.0"},
    {"escapes in a user", BYTES("INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:sips%3Auser%40example.com@example.net version=SIP/2.0"},
    {"a semicolon in a user", BYTES("OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=sip:user;par=u%40example.net@example.com version=SIP/2.0"},
    {"a header part, which is legal in a URI", BYTES("INVITE sip:user@example.com?Route=%3Csip:a%3E SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com?Route=%3Csip:a%3E version=SIP/2.0"},

    {"an empty phrase behind its space", BYTES("SIP/2.0 100 \r\n"), "STATUS version=SIP/2.0 code=100 phrase="},
    {"a phrase in UTF-8 with digits and marks", BYTES("SIP/2.0 200 = 2**3 * 5**2 \xD0\xBD\xD0\xBE\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase== 2**3 * 5**2 <D0><BD><D0><BE>"},
    {"spaces and TABs inside of a phrase", BYTES("SIP/2.0 404 Not  Found\there\r\n"),
     "STATUS version=SIP/2.0 code=404 phrase=Not  Found<TAB>here"},
    {"a phrase that is a number", BYTES("SIP/2.0 200 200\r\n"), "STATUS version=SIP/2.0 code=200 phrase=200"},
    {"a phrase that ends like a request", BYTES("SIP/2.0 400 Bad line: INVITE sip:x SIP/2.0\r\n"),
     "STATUS version=SIP/2.0 code=400 phrase=Bad line: INVITE sip:x SIP/2.0"},

    /* Versions and codes are judged elsewhere: the grammar is kept. */
    {"an old version", BYTES("OPTIONS sip:a@h.example SIP/1.0\r\n"),
     "REQUEST method=OPTIONS uri=sip:a@h.example version=SIP/1.0"},
    {"a version to come", BYTES("OPTIONS sip:a@h.example SIP/3.0\r\n"),
     "REQUEST method=OPTIONS uri=sip:a@h.example version=SIP/3.0"},
    {"a version far off", BYTES("OPTIONS sip:t.watson@example.org SIP/7.0\r\n"),
     "REQUEST method=OPTIONS uri=sip:t.watson@example.org version=SIP/7.0"},
    {"a version with more digits", BYTES("OPTIONS sip:a@h.example SIP/2.00\r\n"),
     "REQUEST method=OPTIONS uri=sip:a@h.example version=SIP/2.00"},
    {"another version of a response", BYTES("SIP/3.0 200 OK\r\n"), "STATUS version=SIP/3.0 code=200 phrase=OK"},
    {"a code of one digit", BYTES("SIP/2.0 7 Odd\r\n"), "STATUS version=SIP/2.0 code=7 phrase=Odd"},
    {"a code of two digits", BYTES("SIP/2.0 48 Odd\r\n"), "STATUS version=SIP/2.0 code=48 phrase=Odd"},
    {"a code of zeros", BYTES("SIP/2.0 000 Odd\r\n"), "STATUS version=SIP/2.0 code=000 phrase=Odd"},
    {"a code of four digits", BYTES("SIP/2.0 2000 Odd\r\n"), "STATUS version=SIP/2.0 code=2000 phrase=Odd"},
    {"a code that would wrap to 5", BYTES("SIP/2.0 4294967301 better not break the receiver\r\n"),
     "STATUS version=SIP/2.0 code=4294967301 phrase=better not break the receiver"},
    {"a code of many digits", BYTES("SIP/2.0 200200200200200200200200200200 OK\r\n"),
     "STATUS version=SIP/2.0 code=200200200200200200200200200200 phrase=OK"},
};

/* What real senders get wrong: recognised, and the fault is shown where it stands. */
static const line_case tolerated_cases[] = {
    /* The reason phrase */
    {"no space and no phrase", BYTES("SIP/2.0 480\r\n"),
     "STATUS version=SIP/2.0 code=480 phrase= faults=NO_SPACE_AFTER_CODE@11+0"},
    {"no space before the phrase", BYTES("SIP/2.0 200OK\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=NO_SPACE_AFTER_CODE@11+0"},
    {"two spaces and no phrase", BYTES("SIP/2.0 480  \r\n"),
     "STATUS version=SIP/2.0 code=480 phrase= faults=TRAILING_BLANKS@12+1"},
    {"a TAB and no phrase", BYTES("SIP/2.0 480\t\r\n"), "STATUS version=SIP/2.0 code=480 phrase= faults=TAB@11+1"},
    {"no phrase, no line end", BYTES("SIP/2.0 480"),
     "STATUS version=SIP/2.0 code=480 phrase= ending= faults=NO_LINE_END@11+0,NO_SPACE_AFTER_CODE@11+0"},

    /* White space */
    {"doubled spaces in a request", BYTES("INVITE  sip:user@example.com  SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com version=SIP/2.0 faults=EXTRA_BLANKS@6+2"},
    {"doubled space before the version", BYTES("INVITE sip:user@example.com   SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com version=SIP/2.0 faults=EXTRA_BLANKS@27+3"},
    {"doubled spaces in a response", BYTES("SIP/2.0  200  OK\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=EXTRA_BLANKS@7+2"},
    {"doubled space before the phrase", BYTES("SIP/2.0 200  OK\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=EXTRA_BLANKS@11+2"},
    {"leading space", BYTES(" INVITE sip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com version=SIP/2.0 faults=LEADING_BLANKS@0+1"},
    {"leading white space before a response", BYTES(" \t SIP/2.0 200 OK\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=LEADING_BLANKS@0+3"},
    {"trailing space", BYTES("OPTIONS sip:remote-target@example.com SIP/2.0  \r\n"),
     "REQUEST method=OPTIONS uri=sip:remote-target@example.com version=SIP/2.0 faults=TRAILING_BLANKS@45+2"},
    {"trailing white space behind a phrase", BYTES("SIP/2.0 200 OK \t\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=TRAILING_BLANKS@14+2"},
    {"a TAB behind the method", BYTES("INVITE\tsip:user@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com version=SIP/2.0 faults=TAB@6+1"},
    {"a TAB before the version", BYTES("INVITE sip:user@example.com\tSIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com version=SIP/2.0 faults=TAB@27+1"},
    {"TABs in a response", BYTES("SIP/2.0\t200\tOK\r\n"), "STATUS version=SIP/2.0 code=200 phrase=OK faults=TAB@7+1"},
    {"a space and a TAB", BYTES("SIP/2.0 \t200 OK\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK faults=EXTRA_BLANKS@7+2,TAB@8+1"},

    /* The Request-URI */
    {"a URI in angle brackets", BYTES("INVITE <sip:user@example.com> SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=<sip:user@example.com> version=SIP/2.0 faults=URI_IN_BRACKETS@7+22"},
    {"spaces inside of the angle brackets", BYTES("INVITE < sip:user@example.com > SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=< sip:user@example.com > version=SIP/2.0 faults=URI_IN_BRACKETS@7+24"},
    {"a space inside of the URI", BYTES("INVITE sip:user@example.com; lr SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com; lr version=SIP/2.0 faults=URI_BLANK@28+1"},
    {"a TAB inside of the URI", BYTES("INVITE sip:user@example.com;\tlr SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:user@example.com;<TAB>lr version=SIP/2.0 faults=URI_BLANK@28+1"},
    {"a space inside of the URI of an unknown method", BYTES("FOO-1 sip:user@example.com; lr SIP/2.0\r\nVia: x"),
     "REQUEST method=FOO-1 uri=sip:user@example.com; lr version=SIP/2.0 faults=URI_BLANK@27+1"},
    {"an asterisk", BYTES("OPTIONS * SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=* version=SIP/2.0 faults=URI_ASTERISK@8+1"},
    {"an asterisk behind an unknown method", BYTES("FOO * SIP/2.0\r\n"),
     "REQUEST method=FOO uri=* version=SIP/2.0 faults=URI_ASTERISK@4+1"},
    {"no scheme", BYTES("INVITE bob@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=bob@example.com version=SIP/2.0 faults=URI_NO_SCHEME@7+15"},
    {"# in a user", BYTES("INVITE sip:*21#@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:*21#@example.com version=SIP/2.0 faults=URI_CHARACTER@14+1"},
    {"a bad escape", BYTES("INVITE sip:50%@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:50%@example.com version=SIP/2.0 faults=URI_ESCAPE@13+1"},
    {"a second @", BYTES("INVITE sip:a@b@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:a@b@example.com version=SIP/2.0 faults=URI_SECOND_AT@12+1"},
    {"an empty user", BYTES("INVITE sip:@example.com SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:@example.com version=SIP/2.0 faults=URI_NO_USER@11+0"},
    {"no host", BYTES("INVITE sip:bob@ SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:bob@ version=SIP/2.0 faults=URI_NO_HOST@15+0"},
    {"a host with an underscore", BYTES("INVITE sip:bob@my_pbx SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:bob@my_pbx version=SIP/2.0 faults=URI_HOST@15+6"},
    {"an IPv6 address with three colons", BYTES("OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0\r\n"),
     "REQUEST method=OPTIONS uri=sip:user@[2001:db8:::192.0.2.1] version=SIP/2.0 faults=URI_IPV6@18+20"},
    {"an IPv6 address without brackets", BYTES("REGISTER sip:2001:db8::10 SIP/2.0\r\n"),
     "REQUEST method=REGISTER uri=sip:2001:db8::10 version=SIP/2.0 faults=URI_IPV6_BRACKETS@13+12"},
    {"a port out of range", BYTES("INVITE sip:h.example:65536 SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:h.example:65536 version=SIP/2.0 faults=URI_PORT@21+5"},
    {"a number with letters", BYTES("INVITE tel:FLOWERS SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=tel:FLOWERS version=SIP/2.0 faults=URI_NUMBER@12+1"},
    {"an empty parameter", BYTES("INVITE sip:h.example; SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:h.example; version=SIP/2.0 faults=URI_PARAMETER@21+0"},
    {"a header part without a value", BYTES("INVITE sip:h.example?a SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:h.example?a version=SIP/2.0 faults=URI_HEADER@21+1"},
    {"no scheme and no @", BYTES("INVITE bob SIP/2.0\r\n\r\n"),
     "REQUEST method=INVITE uri=bob version=SIP/2.0 faults=URI_NO_SCHEME@7+3"},
    {"nothing behind the scheme", BYTES("INVITE tel: SIP/2.0\r\nVia : x"),
     "REQUEST method=INVITE uri=tel: version=SIP/2.0 faults=URI_EMPTY@11+0"},

    /* The version */
    {"a version without its minor part", BYTES("OPTIONS sip:a@h.example SIP/2\r\n"),
     "REQUEST method=OPTIONS uri=sip:a@h.example version=SIP/2 faults=VERSION@24+5"},
    {"a version of a response without its minor part", BYTES("SIP/2. 200 OK\r\n"),
     "STATUS version=SIP/2. code=200 phrase=OK faults=VERSION@0+6"},
    {"a version in small letters", BYTES("INVITE sip:a@h.example sip/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:a@h.example version=sip/2.0 faults=VERSION_CASE@23+7"},
    {"a version of a response in mixed letters", BYTES("Sip/2.0 200 OK\r\n"),
     "STATUS version=Sip/2.0 code=200 phrase=OK faults=VERSION_CASE@0+7"},

    /* Before the line */
    {"leading empty lines", BYTES("\r\n\r\nINVITE sip:a@h.example SIP/2.0\r\n"),
     "REQUEST lead=<CR><LF><CR><LF> method=INVITE uri=sip:a@h.example version=SIP/2.0 "
     "faults=LEADING_LINE_BREAKS@0+4"},
    {"a leading LF", BYTES("\nSIP/2.0 200 OK\r\n"),
     "STATUS lead=<LF> version=SIP/2.0 code=200 phrase=OK faults=LEADING_LINE_BREAKS@0+1"},
    {"leading NULs", BYTES("\0\0\0\0SIP/2.0 200 OK\r\n"),
     "STATUS lead=<NUL><NUL><NUL><NUL> version=SIP/2.0 code=200 phrase=OK faults=LEADING_NULS@0+4"},
    {"leading NULs and empty lines", BYTES("\r\n\0\r\nSIP/2.0 200 OK\r\n"),
     "STATUS lead=<CR><LF><NUL><CR><LF> version=SIP/2.0 code=200 phrase=OK faults=LEADING_NULS@0+5"},
    {"an empty line, then a space", BYTES("\r\n SIP/2.0 200 OK\r\n"),
     "STATUS lead=<CR><LF> version=SIP/2.0 code=200 phrase=OK faults=LEADING_LINE_BREAKS@0+2,LEADING_BLANKS@2+1"},

    /* The end of the line */
    {"LF alone", BYTES("INVITE sip:a@h.example SIP/2.0\nVia: x\n\n"),
     "REQUEST method=INVITE uri=sip:a@h.example version=SIP/2.0 ending=<LF> faults=BARE_LF@30+1"},
    {"LF alone behind a response", BYTES("SIP/2.0 200 OK\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK ending=<LF> faults=BARE_LF@14+1"},
    {"CR alone", BYTES("INVITE sip:a@h.example SIP/2.0\rVia: x\r\r"),
     "REQUEST method=INVITE uri=sip:a@h.example version=SIP/2.0 ending=<CR> faults=BARE_CR@30+1"},
    {"CR alone, though others end with CRLF", BYTES("SIP/2.0 200 OK\rVia: x\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK ending=<CR> faults=BARE_CR@14+1"},
    {"no line end", BYTES("INVITE sip:a@h.example SIP/2.0"),
     "REQUEST method=INVITE uri=sip:a@h.example version=SIP/2.0 ending= faults=NO_LINE_END@30+0"},
    {"no line end behind a phrase", BYTES("SIP/2.0 200 OK"),
     "STATUS version=SIP/2.0 code=200 phrase=OK ending= faults=NO_LINE_END@14+0"},

    /* What text may not have */
    {"a phrase in Latin-1", BYTES("SIP/2.0 403 Interdit \xE0 vous\r\n"),
     "STATUS version=SIP/2.0 code=403 phrase=Interdit <E0> vous faults=BAD_UTF8@21+1"},
    {"a URI in Latin-1", BYTES("INVITE sip:ren\xE9@h.example SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:ren<E9>@h.example version=SIP/2.0 faults=BAD_UTF8@14+1,URI_CHARACTER@14+1"},
    {"a NUL in a phrase", BYTES("SIP/2.0 200 O\0K\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=O<NUL>K faults=CONTROL_CHARACTER@13+1"},
    {"DEL in a phrase", BYTES("SIP/2.0 200 OK\x7F\r\n"),
     "STATUS version=SIP/2.0 code=200 phrase=OK<7F> faults=CONTROL_CHARACTER@14+1"},
    {"a control character in a URI", BYTES("INVITE sip:a\x01@h.example SIP/2.0\r\n"),
     "REQUEST method=INVITE uri=sip:a<01>@h.example version=SIP/2.0 "
     "faults=CONTROL_CHARACTER@12+1,URI_CHARACTER@12+1"},

    {"much at once", BYTES("\n  OPTIONS  <sip:a b@h_x:99999;>\tsip/2.0 \nTo: x"),
     "REQUEST lead=<LF> method=OPTIONS uri=<sip:a b@h_x:99999;> version=sip/2.0 ending=<LF> "
     "faults=LEADING_LINE_BREAKS@0+1,LEADING_BLANKS@1+2,TRAILING_BLANKS@40+1,EXTRA_BLANKS@10+2,TAB@32+1,"
     "BARE_LF@41+1,VERSION_CASE@33+7,URI_IN_BRACKETS@12+20,URI_BLANK@18+1,URI_HOST@21+3,URI_PORT@25+5,"
     "URI_PARAMETER@31+0"},
};

/* What is not SIP, however much it looks like it. */
static const struct {
    const char *name;
    sip_span data;
} rejected_cases[] = {
    {"a log: the level and the module, a request quoted", BYTES("DEBUG sip: INVITE sip:bob@example.com SIP/2.0\n")},
    {"a log: a known method as its level", BYTES("INFO sip: sent REGISTER to proxy over SIP/2.0\n")},
    {"a log: about an address", BYTES("ERROR sip:bob@example.com is not reachable via SIP/2.0\n")},
    {"a log: a date and an address", BYTES("2026-01-01 sip:bob called with SIP/2.0\n")},
    {"a log: a failed request", BYTES("REGISTER sip:bob@example.com failed, expected SIP/2.0\n")},
    {"a log: from whom to whom", BYTES("INVITE sip:bob@example.com from sip:alice@example.com over SIP/2.0\r\n\r\n")},
    {"a log: a known method and one word", BYTES("UPDATE available SIP/2.0\n")},
    {"a log: a known method and the program", BYTES("INFO kamailio: SIP/2.0\r\n")},
    {"a From header field without its colon", BYTES("From sip:bob@example.com SIP/2.0x\r\nTo: x\r\n")},
    {"a version with a dash", BYTES("OPTIONS sip:a@h.example SIP/2.0-rc1\r\n")},
    /* Protocols that SIP took after, and their like */
    {"HTTP request", BYTES("GET /index.html HTTP/1.1\r\nHost: example.com\r\n\r\n")},
    {"HTTP request to a proxy", BYTES("GET http://example.com/ HTTP/1.1\r\n")},
    {"HTTP request for a sip: URI", BYTES("GET sip:bob@example.com HTTP/1.1\r\n")},
    {"HTTP CONNECT", BYTES("CONNECT example.com:443 HTTP/1.1\r\n")},
    {"HTTP OPTIONS", BYTES("OPTIONS * HTTP/1.1\r\n")},
    {"HTTP response", BYTES("HTTP/1.1 200 OK\r\n")},
    {"HTTP/2 preface", BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
    {"HTTP/0.9 request for a page about SIP", BYTES("GET /SIP/2.0\r\n")},
    {"RTSP request", BYTES("DESCRIBE rtsp://example.com/media RTSP/1.0\r\nCSeq: 2\r\n")},
    {"RTSP OPTIONS", BYTES("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n")},
    {"RTSP response", BYTES("RTSP/1.0 200 OK\r\nCSeq: 2\r\n")},
    {"SSDP announcement", BYTES("NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n")},
    {"SSDP search", BYTES("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n")},
    {"MSRP request", BYTES("MSRP d93kswow SEND\r\nTo-Path: msrp://bob.example.com:8888/9di4eae923wzd;tcp\r\n")},
    {"MSRP response", BYTES("MSRP d93kswow 200 OK\r\n")},
    {"MGCP command", BYTES("RQNT 1201 aaln/1@rgw.example.com MGCP 1.0\r\n")},
    {"MGCP response", BYTES("200 1201 OK\r\n")},
    {"ICAP request", BYTES("REQMOD icap://icap.example.com/server?arg=87 ICAP/1.0\r\n")},
    {"ICAP response", BYTES("ICAP/1.0 200 OK\r\n")},
    {"MRCP request", BYTES("MRCP/2.0 83 SPEAK 543257\r\n")},
    {"NNTP greeting", BYTES("200 news.example.com ready\r\n")},
    {"NNTP article", BYTES("220 0 <a@example.com> article follows\r\n")},
    {"SMTP greeting", BYTES("220 mail.example.com ESMTP\r\n")},
    {"SMTP sender", BYTES("MAIL FROM:<bob@example.com>\r\n")},
    {"SMTP sender with a parameter", BYTES("MAIL FROM:<bob@example.com> SIZE=1000\r\n")},
    {"FTP command", BYTES("USER anonymous\r\n")},
    {"IRC message", BYTES("PRIVMSG #sip :INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"SSH greeting", BYTES("SSH-2.0-OpenSSH_9.2\r\n")},
    {"XMPP stream", BYTES("<?xml version='1.0'?><stream:stream to='example.com'>")},
    {"GIOP message", BYTES("GIOP\x01\x02\0\0")},
    {"SIP of the libraries (3M SIP2)", BYTES("9300CNuser|COpass|CPSC|AY0AZF6AD\r")},
    {"SIP greeting of another SIP", BYTES("SIP 2.0 200 OK\r\n")},

    /* SIP that is quoted by something else */
    {"syslog line", BYTES("<134>Oct 11 22:14:15 pbx sipd: INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"syslog line without its priority", BYTES("Oct 11 22:14:15 pbx sipd[1]: OPTIONS sip:example.com SIP/2.0\r\n")},
    {"log line that begins with its time", BYTES("2024-05-01 12:00:00 INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"log line that begins with its level", BYTES("INFO: got INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"log line that begins with a word and a colon", BYTES("Received request: INVITE sip:b@example.com SIP/2.0\r\n")},
    {"log line that begins with INFO", BYTES("INFO got request INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"log line with a bracketed time", BYTES("[12:00:00] INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"log line that quotes a response", BYTES("recv: SIP/2.0 200 OK\r\n")},
    {"prose about a sip: URI", BYTES("Call sip:bob@example.com for help with SIP/2.0\r\n")},
    {"prose about SIP", BYTES("SIP/2.0 is defined by RFC 3261\r\n")},
    {"quoted line of a mail", BYTES("> INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"JSON", BYTES("{\"line\":\"INVITE sip:bob@example.com SIP/2.0\"}")},
    {"JSON in lines", BYTES("{\r\n\"request\": \"INVITE sip:bob@example.com SIP/2.0\r\n\"}")},
    {"ngrep header line", BYTES("U 192.0.2.1:5060 -> 192.0.2.2:5060\r\n")},
    {"ngrep header line with its time", BYTES("U 2024/05/01 12:00:00.000000 192.0.2.1:5060 -> 192.0.2.2:5060\r\n")},
    {"ngrep line on one line", BYTES("U 192.0.2.1:5060 -> 192.0.2.2:5060 INVITE sip:b@example.com SIP/2.0\r\n")},
    {"sngrep header line", BYTES("2024/05/01 12:00:00.000000 192.0.2.1:5060 -> 192.0.2.2:5060\r\n")},
    {"sngrep list line", BYTES("[ ] 1 INVITE 100@example.com 200@example.com 12 192.0.2.1:5060 SIP/2.0\r\n")},
    {"HEP packet", BYTES("HEP3\0\x20\0\0\0\x01\0\x07\x02INVITE sip:bob@example.com SIP/2.0\r\n")},

    /* Header fragments: the tail of a message that was cut */
    {"tail of a Via header field", BYTES("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n")},
    {"tail of a Via header field with white space", BYTES("SIP / 2.0 / UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n")},
    {"tail of a Via header field with some white space", BYTES("SIP/2.0 / UDP 192.0.2.1;branch=z9hG4bK1\r\n")},
    {"Via header field", BYTES("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n")},
    {"Via header field with a space before its colon", BYTES("Via : SIP/2.0/UDP 192.0.2.1\r\n")},
    {"compact Via header field", BYTES("v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n")},
    {"folded Via header field", BYTES(" SIP/2.0/TCP 192.0.2.1\r\n")},
    {"CSeq header field", BYTES("CSeq: 1 INVITE\r\n")},
    {"To header field", BYTES("To: <sip:bob@example.com>\r\n")},
    {"User-Agent header field", BYTES("User-Agent: sip:x SIP/2.0\r\n")},
    {"session description", BYTES("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n")},
    {"empty line and a header field", BYTES("\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n")},

    /* Halves of start lines */
    {"method alone", BYTES("INVITE")},
    {"method and a space", BYTES("INVITE ")},
    {"method and URI", BYTES("INVITE sip:bob@example.com\r\n")},
    {"method and URI, version cut", BYTES("INVITE sip:bob@example.com SIP/")},
    {"method and version", BYTES("INVITE SIP/2.0\r\n")},
    {"no method", BYTES(" sip:bob@example.com SIP/2.0\r\n")},
    {"version in the next line", BYTES("INVITE sip:bob@example.com\r\n SIP/2.0\r\n")},
    {"URI in the next line", BYTES("INVITE\r\n sip:bob@example.com SIP/2.0\r\n")},
    {"method cut in front (the ITE of an INVITE is no method either)", BYTES("TE: x SIP/2.0\r\n")},
    {"code missing", BYTES("SIP/2.0\r\n")},
    {"code missing behind the space", BYTES("SIP/2.0 \r\n")},
    {"code in the next line", BYTES("SIP/2.0\r\n200 OK\r\n")},
    {"code of letters", BYTES("SIP/2.0 OK\r\n")},
    {"negative code", BYTES("SIP/2.0 -200 OK\r\n")},
    {"code with a fraction", BYTES("SIP/2.0 200.1 OK\r\n")},
    {"code and letters, not three digits", BYTES("SIP/2.0 20OK\r\n")},
    {"four digits and letters", BYTES("SIP/2.0 2000OK\r\n")},
    {"no space before the code", BYTES("SIP/2.0,200 OK\r\n")},
    {"version cut", BYTES("SIP/")},
    {"version without a number", BYTES("SIP/x.0 200 OK\r\n")},
    {"version without its slash", BYTES("SIP2.0 200 OK\r\n")},
    {"version with something in front", BYTES("XSIP/2.0 200 OK\r\n")},
    {"something behind the version", BYTES("INVITE sip:bob@example.com SIP/2.0;x\r\n")},
    {"a word behind the version", BYTES("INVITE sip:bob@example.com SIP/2.0 now\r\n")},
    {"no URI but words", BYTES("INVITE all my friends SIP/2.0\r\n")},
    {"an unknown method and no scheme", BYTES("FOO bob@example.com SIP/2.0\r\n")},
    {"an unknown method and brackets without a scheme", BYTES("FOO <bob@example.com> SIP/2.0\r\n")},
    {"an unknown scheme with a space inside", BYTES("INVITE urn:service: sos SIP/2.0\r\n")},
    {"method with a character that is no token", BYTES("INV{TE sip:bob@example.com SIP/2.0\r\n")},
    {"method in quotes", BYTES("\"INVITE\" sip:bob@example.com SIP/2.0\r\n")},

    /* Keep-alives and binary protocols */
    {"nothing", BYTES("")},
    {"CRLF", BYTES("\r\n")},
    {"CRLFCRLF", BYTES("\r\n\r\n")},
    {"one NUL", BYTES("\0")},
    {"four NULs", BYTES("\0\0\0\0")},
    {"white space", BYTES("  \t ")},
    {"keep-alive of Cirpack", BYTES("Cirpack KeepAlive Packet")},
    {"keep-alive of jaK", BYTES("jaK")},
    {"RTP", BYTES("\x80\x08\x12\x34\x00\x00\x01\x40\xDE\xAD\xBE\xEF\xD5\xD5\xD5\xD5")},
    {"RTCP", BYTES("\x80\xC8\x00\x06\xDE\xAD\xBE\xEF")},
    {"STUN", BYTES("\x00\x01\x00\x00\x21\x12\xA4\x42\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C")},
    {"TLS", BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03")},
    {"DNS", BYTES("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03sip\x07"
                  "example\x03"
                  "com\x00\x00\x01\x00\x01")},
    {"SigComp", BYTES("\xF8\x00INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"bytes above 127", BYTES("\xFF\xFE\xFD INVITE sip:bob@example.com SIP/2.0\r\n")},
    {"UTF-16", BYTES("I\0N\0V\0I\0T\0E\0 \0s\0i\0p\0:\0b\0 \0S\0I\0P\0/\0")},
};

static bool raised[SIP_FAULT_COUNT];

static void
check_parts_in_order(sip_span data, const sip_start_line *line)
{
    check_that(line->lead.data == data.data, "the lead at the very front");
    check_that(line->line.data == sip_span_end(line->lead), "the line behind the lead");
    check_that(line->ending.data == sip_span_end(line->line), "the ending behind the line");
    check_that(line->ending.length <= 2, "an ending of two bytes at most");
    check_that(line->ending.length > 0 || sip_span_end(line->line) == sip_span_end(data), "an ending, or all data");
    check_inside(data, line->ending, "the ending");
    check_inside(line->line, line->method, "the method");
    check_inside(line->line, line->uri, "the Request-URI");
    check_inside(line->line, line->version, "the version");
    check_inside(line->line, line->code, "the code");
    check_inside(line->line, line->phrase, "the phrase");
}

static void
check_parts_fit_kind(const sip_start_line *line)
{
    bool request = line->kind == SIP_REQUEST_LINE;
    check_that(line->version.length > 0, "a version");
    check_that(sip_span_present(line->method) == request && (line->method.length > 0) == request,
               "a method in requests only");
    check_that(sip_span_present(line->uri) == request && (line->uri.length > 0) == request, "a URI in requests only");
    check_that(sip_span_present(line->code) == !request && (line->code.length > 0) == !request,
               "a code in responses only");
    check_that(sip_span_present(line->phrase) == !request, "a phrase in responses only");
}

/* What holds of all data. */
static void
examine(sip_span data)
{
    sip_start_line line;
    check_paint(&line, sizeof(line));
    sip_start_line_kind kind = sip_start_line_recognise(data, &line);
    if (kind == SIP_NOT_A_START_LINE) {
        check_untouched(&line, sizeof(line));
        return;
    }
    check_that(line.kind == kind, "the kind that was returned");
    check_that(sip_start_line_is_possible(data), "a line that the quick look lets pass");
    check_parts_in_order(data, &line);
    check_parts_fit_kind(&line);

    sip_faults faults = {0};
    sip_uri uri;
    sip_start_line_check(&line, false, false, &faults);
    if (kind == SIP_REQUEST_LINE) {
        sip_uri_parse(line.uri, &uri, &faults);
    }
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        check_inside(data, faults.at[i], fault_identifier((sip_fault_kind)i));
    }
}

static void
test_line(const line_case *row)
{
    sip_span data = check_guarded_behind(row->data);
    sip_start_line line;
    sip_faults faults = {0};
    rendering got = {0};
    check_case(row->name);
    if (sip_start_line_recognise(data, &line) == SIP_NOT_A_START_LINE) {
        render(&got, "no start line");
    } else {
        sip_uri uri;
        sip_start_line_check(&line, false, false, &faults);
        if (line.kind == SIP_REQUEST_LINE) {
            sip_uri_parse(line.uri, &uri, &faults);
        }
        render_start_line(&got, &line);
        render_faults(&got, data, &faults);
    }
    check_same(row->expected, got.text);
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        raised[i] = raised[i] || sip_span_present(faults.at[i]);
    }
    check_prefixes(row->data, examine);
}

static void
test_lines(void)
{
    for (size_t i = 0; i < COUNT(valid_cases); i++) {
        test_line(&valid_cases[i]);
    }
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        check_case(fault_identifier((sip_fault_kind)i));
        check_that(!raised[i], "in no valid line");
    }
    for (size_t i = 0; i < COUNT(tolerated_cases); i++) {
        test_line(&tolerated_cases[i]);
    }
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        check_case(fault_identifier((sip_fault_kind)i));
        check_that(raised[i], "in one of the tolerated lines");
    }
}

static void
test_rejected(void)
{
    for (size_t i = 0; i < COUNT(rejected_cases); i++) {
        sip_start_line line;
        check_case(rejected_cases[i].name);
        check_that(sip_start_line_recognise(check_guarded_behind(rejected_cases[i].data), &line) ==
                       SIP_NOT_A_START_LINE,
                   "no start line");
        check_prefixes(rejected_cases[i].data, examine);
    }
}

/* A line is no less a start line for what follows it. */
static void
test_followed(void)
{
    for (size_t i = 0; i < COUNT(valid_cases); i++) {
        static uint8_t buffer[1024];
        sip_start_line line;
        size_t length = valid_cases[i].data.length;
        check_case(valid_cases[i].name);
        memcpy(buffer, valid_cases[i].data.data, length);
        memset(buffer + length, 0xFF, sizeof(buffer) - length);
        check_that(sip_start_line_recognise((sip_span){buffer, sizeof(buffer)}, &line) != SIP_NOT_A_START_LINE,
                   "a start line in front of anything");
    }
}

/* What the quick look says. */
static const struct {
    const char *name;
    sip_span data;
    bool possible;
} possible_cases[] = {
    {"a version in front", BYTES("SIP/2.0 200 OK\r\n"), true},
    {"a version at the end", BYTES("GET / SIP/"), true},
    {"in other case, behind slashes", BYTES("/ //Sip/"), true},
    {"no letters before the slash", BYTES("/2.0"), false},
    {"too few letters before it", BYTES("IP/2.0"), false},
    {"other letters before it", BYTES("RTSP/1.0 200 OK\r\n"), false},
    {"no slash", BYTES("SIP 2.0"), false},
    {"nothing", BYTES(""), false},
};

static void
test_possible(void)
{
    check_case("an absent span");
    check_that(!sip_start_line_is_possible((sip_span){NULL, 0}), "no line");
    for (size_t i = 0; i < COUNT(possible_cases); i++) {
        check_case(possible_cases[i].name);
        check_that(sip_start_line_is_possible(check_guarded_behind(possible_cases[i].data)) ==
                       possible_cases[i].possible,
                   "the quick look's answer");
    }
}

/* Lines of which what follows decides whether they are start lines: where that is not there. */
static const struct {
    const char *name;
    bool open;
    sip_span data;
} open_cases[] = {
    {"nothing behind the line", true, BYTES("INVITE bob SIP/2.0\r\n")},
    {"nothing behind a line that counts in a datagram", true, BYTES("INVITE sip:a b SIP/2.0\r\n")},
    {"nothing behind the line of an unknown method", true, BYTES("FOO sip:a b SIP/2.0\r\n")},
    {"nothing behind a scheme", true, BYTES("FOO sip: SIP/2.0\n")},
    {"empty lines before it", true, BYTES("\r\n\0INVITE bob SIP/2.0\r\n")},
    {"half of its end", true, BYTES("INVITE bob SIP/2.0\r")},
    {"without its end", true, BYTES("INVITE bob SIP/2.0")},
    {"half of an empty line", true, BYTES("INVITE bob SIP/2.0\r\n\r")},
    {"a name", true, BYTES("INVITE bob SIP/2.0\r\nVia")},
    {"a name and white space", true, BYTES("INVITE bob SIP/2.0\r\nVia \t")},
    {"a header field", false, BYTES("INVITE bob SIP/2.0\r\nVia:")},
    {"an empty line", false, BYTES("INVITE bob SIP/2.0\r\n\r\n")},
    {"two words", false, BYTES("INVITE bob SIP/2.0\r\nVia x")},
    {"white space", false, BYTES("INVITE bob SIP/2.0\r\n ")},
    {"a CR that is no empty line", false, BYTES("INVITE bob SIP/2.0\r\n\rV")},
    {"a CR behind LF, which can't be one", false, BYTES("INVITE bob SIP/2.0\n\r")},
    {"something else", false, BYTES("INVITE bob SIP/2.0\r\n\xFF")},
    {"a line that needs nothing", false, BYTES("INVITE sip:a SIP/2.0\r\n")},
    {"a status line", false, BYTES("SIP/2.0 200 OK\r\n")},
    {"a line that nothing helps", false, BYTES("FOO bar SIP/2.0\r\n")},
    {"half of a line", false, BYTES("INVITE bob")},
    {"another protocol", false, BYTES("GET / HTTP/1.1\r\n")},
    {"nothing", false, BYTES("")},
};

static void
test_open(void)
{
    for (size_t i = 0; i < COUNT(open_cases); i++) {
        check_case(open_cases[i].name);
        check_that(sip_start_line_is_open(check_guarded_behind(open_cases[i].data)) == open_cases[i].open,
                   open_cases[i].open ? "an open line" : "no open line");
    }
}

/* Lines that the capture cut off. */
static const struct {
    const char *name;
    sip_span data;
    const char *expected;
} cut_cases[] = {
    {"within the URI", BYTES("INVITE sip:bob@exam"), "method=INVITE uri=sip:bob@exam"},
    {"behind the scheme", BYTES("ACK sips:"), "method=ACK uri=sips:"},
    {"within the version", BYTES("BYE tel:+1 SIP/2."), "method=BYE uri=tel:+1"},
    {"behind line breaks", BYTES("\r\nBYE sip:b"), "method=BYE uri=sip:b"},
    {"within the scheme", BYTES("INVITE si"), "none"},
    {"an unknown method", BYTES("FOO sip:bob"), "none"},
    {"another protocol", BYTES("OPTIONS rtsp://example.com"), "none"},
    {"a response", BYTES("SIP/2.0 4"), "none"},
    {"a line with an end", BYTES("INVITE sip:bob\r\n"), "none"},
    {"nothing", BYTES(""), "none"},
};

static void
test_cut(void)
{
    sip_start_line none;
    check_case("an absent span");
    check_that(!sip_start_line_recognise_cut((sip_span){NULL, 0}, &none), "no line");
    for (size_t i = 0; i < COUNT(cut_cases); i++) {
        sip_start_line line = {0};
        rendering got = {0};
        check_case(cut_cases[i].name);
        if (sip_start_line_recognise_cut(check_guarded_behind(cut_cases[i].data), &line)) {
            render(&got, "method=%.*s uri=%.*s", (int)line.method.length, (const char *)line.method.data,
                   (int)line.uri.length, (const char *)line.uri.data);
            check_that(!sip_span_present(line.version), "without a version");
        } else {
            render(&got, "none");
        }
        check_same(cut_cases[i].expected, got.text);
    }
}

/* What depends on where the line was met: on a stream, or where a capture was cut. */
static const struct {
    const char *name;
    bool on_stream;
    bool cut;
    sip_span data;
    const char *expected;
} context_cases[] = {
    {"leading line breaks on a stream", true, false, BYTES("\r\nSIP/2.0 200 OK\r\n"), ""},
    {"leading line breaks in a datagram", false, false, BYTES("\r\nSIP/2.0 200 OK\r\n"),
     " faults=LEADING_LINE_BREAKS@0+2"},
    {"leading NULs on a stream", true, false, BYTES("\0SIP/2.0 200 OK\r\n"), " faults=LEADING_NULS@0+1"},
    {"nothing behind the code where the capture was cut", false, true, BYTES("SIP/2.0 500"), ""},
    {"no line end where the capture was cut", false, true, BYTES("SIP/2.0 200 OK"), ""},
    {"no line end where the packet ends", false, false, BYTES("SIP/2.0 200 OK"), " faults=NO_LINE_END@14+0"},
    {"LF alone, though the capture was cut later", false, true, BYTES("SIP/2.0 200 OK\n"), " faults=BARE_LF@14+1"},
};

static void
test_contexts(void)
{
    for (size_t i = 0; i < COUNT(context_cases); i++) {
        sip_span data = check_guarded_behind(context_cases[i].data);
        sip_start_line line;
        sip_faults faults = {0};
        rendering got = {0};
        check_case(context_cases[i].name);
        if (check_that(sip_start_line_recognise(data, &line) != SIP_NOT_A_START_LINE, "a start line")) {
            sip_start_line_check(&line, context_cases[i].on_stream, context_cases[i].cut, &faults);
            render_faults(&got, data, &faults);
            check_same(context_cases[i].expected, got.text);
        }
    }
}

static const struct {
    sip_span version;
    bool supported;
} version_cases[] = {
    {BYTES("SIP/2.0"), true},   {BYTES("sip/2.0"), true},  {BYTES("SiP/2.0"), true},   {BYTES("SIP/1.0"), false},
    {BYTES("SIP/3.0"), false},  {BYTES("SIP/7.0"), false}, {BYTES("SIP/2"), false},    {BYTES("SIP/2.00"), false},
    {BYTES("SIP/02.0"), false}, {BYTES("SIP/2.1"), false}, {BYTES("SIP/2.0x"), false}, {BYTES(""), false},
};

static void
test_versions(void)
{
    for (size_t i = 0; i < COUNT(version_cases); i++) {
        rendering name = {0};
        render(&name, "version ");
        render_bytes(&name, version_cases[i].version);
        check_case(name.text);
        check_that(sip_version_is_supported(check_guarded_behind(version_cases[i].version)) ==
                       version_cases[i].supported,
                   version_cases[i].supported ? "supported" : "not supported");
    }
}

static const struct {
    const char *digits;
    uint32_t code;
    bool valid;
} code_cases[] = {
    {"100", 100, true},
    {"200", 200, true},
    {"486", 486, true},
    {"699", 699, true},
    {"000", 0, false},
    {"099", 99, false},
    {"700", 700, false},
    {"999", 999, false},
    {"1", 1, false},
    {"48", 48, false},
    {"0486", 486, false},
    {"4860", 4860, false},
    {"4294967496", UINT32_MAX, false},           /* 2^32 + 200 */
    {"18446744073709551816", UINT32_MAX, false}, /* 2^64 + 200 */
};

static void
test_codes(void)
{
    for (size_t i = 0; i < COUNT(code_cases); i++) {
        rendering text = {0};
        rendering expected = {0};
        rendering got = {0};
        sip_start_line line;
        render(&text, "SIP/2.0 %s x\r\n", code_cases[i].digits);
        check_case(code_cases[i].digits);
        sip_span data = check_guarded_behind((sip_span){(const uint8_t *)text.text, text.length});
        if (check_that(sip_start_line_recognise(data, &line) == SIP_STATUS_LINE, "a status line")) {
            render(&expected, "%u%s", code_cases[i].code, code_cases[i].valid ? "" : " is invalid");
            render(&got, "%u%s", sip_start_line_code(&line), sip_start_line_code_is_valid(&line) ? "" : " is invalid");
            check_same(expected.text, got.text);
        }
    }
}

int
main(void)
{
    test_lines();
    test_rejected();
    test_possible();
    test_open();
    test_cut();
    test_followed();
    test_contexts();
    test_versions();
    test_codes();
    return check_summary();
}
