/* uri_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A row is a name, a URI, and the parts and faults that are expected of it, as
 * render.h describes them.
 */
#include "check.h"
#include "render.h"

static const struct {
    const char *name;
    sip_span uri;
    const char *expected;
} uri_cases[] = {
    /* SIP and SIPS URIs (RFC 3261 section 19.1.1) */
    {"host alone", BYTES("sip:example.com"), "SIP scheme=sip host=example.com"},
    {"user and host", BYTES("sip:bob@example.com"), "SIP scheme=sip user=bob host=example.com"},
    {"secure", BYTES("sips:bob@example.com"), "SIP scheme=sips user=bob host=example.com"},
    {"a scheme has no case", BYTES("SiP:bob@example.com"), "SIP scheme=SiP user=bob host=example.com"},
    {"all parts", BYTES("sip:alice:secret@example.com:5061;transport=tcp;lr?subject=hi&to=x"),
     "SIP scheme=sip user=alice password=secret host=example.com port=5061(5061) params=transport=tcp;lr "
     "headers=subject=hi&to=x"},
    {"a number for a user", BYTES("sip:+1-212-555-1212:1234@gateway.com;user=phone"),
     "SIP scheme=sip user=+1-212-555-1212 password=1234 host=gateway.com params=user=phone"},
    {"an empty password", BYTES("sip:bob:@example.com"), "SIP scheme=sip user=bob password= host=example.com"},
    {"a password of all its characters", BYTES("sip:bob:aZ9-_.!~*'()%41&=+$,@example.com"),
     "SIP scheme=sip user=bob password=aZ9-_.!~*'()%41&=+$, host=example.com"},
    {"only parameters", BYTES("sip:example.com;method=REGISTER;ttl=15;maddr=239.255.255.1"),
     "SIP scheme=sip host=example.com params=method=REGISTER;ttl=15;maddr=239.255.255.1"},
    {"only headers", BYTES("sip:example.com?subject=&to=alice%40example.com"),
     "SIP scheme=sip host=example.com headers=subject=&to=alice%40example.com"},

    /* The user part (RFC 3261 section 25.1; RFC 4475 sections 3.1.1.2 to 3.1.1.9) */
    {"unreserved characters in a user", BYTES("sip:azAZ09-_.!~*'()@h.example"),
     "SIP scheme=sip user=azAZ09-_.!~*'() host=h.example"},
    {"user-unreserved characters in a user", BYTES("sip:&=+$,;?/@h.example"),
     "SIP scheme=sip user=&=+$,;?/ host=h.example"},
    {"escapes in a user", BYTES("sip:%61lice%40home%00@h.example"),
     "SIP scheme=sip user=%61lice%40home%00 host=h.example"},
    {"every kind of character that a user may have",
     BYTES("sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"
           "@example.com"),
     "SIP scheme=sip user=1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;* "
     "password=&it+has=1,weird!*pas$wo~d_too.(doesn't-it) host=example.com"},
    {"an escaped colon and @ in a user", BYTES("sip:sips%3Auser%40example.com@example.net"),
     "SIP scheme=sip user=sips%3Auser%40example.com host=example.net"},
    {"a semicolon in a user", BYTES("sip:user;par=u%40example.net@example.com"),
     "SIP scheme=sip user=user;par=u%40example.net host=example.com"},
    {"a question mark in a user", BYTES("sip:what?now@example.com"), "SIP scheme=sip user=what?now host=example.com"},
    {"a parameter with @ can only be a user", BYTES("sip:example.com;x=a@b.example"),
     "SIP scheme=sip user=example.com;x=a host=b.example"},
    {"an empty user", BYTES("sip:@example.com"), "SIP scheme=sip user= host=example.com faults=URI_NO_USER@4+0"},
    {"an empty user with a password", BYTES("sip::pw@example.com"),
     "SIP scheme=sip user= password=pw host=example.com faults=URI_NO_USER@4+0"},
    {"# must be escaped", BYTES("sip:*21#@example.com"),
     "SIP scheme=sip user=*21# host=example.com faults=URI_CHARACTER@7+1"},
    {"UTF-8 must be escaped", BYTES("sip:ren\xC3\xA9@example.com"),
     "SIP scheme=sip user=ren<C3><A9> host=example.com faults=URI_CHARACTER@7+1"},
    {"a quoted user", BYTES("sip:\"bob\"@example.com"),
     "SIP scheme=sip user=\"bob\" host=example.com faults=URI_CHARACTER@4+1"},
    {"a NUL in a user", BYTES("sip:b\0b@example.com"),
     "SIP scheme=sip user=b<NUL>b host=example.com faults=URI_CHARACTER@5+1"},

    /* Escapes */
    {"hexadecimal digits in either case", BYTES("sip:%aB%Cd@h.example"), "SIP scheme=sip user=%aB%Cd host=h.example"},
    {"% without digits", BYTES("sip:50%@h.example"), "SIP scheme=sip user=50% host=h.example faults=URI_ESCAPE@6+1"},
    {"% with one digit", BYTES("sip:a%4@h.example"), "SIP scheme=sip user=a%4 host=h.example faults=URI_ESCAPE@5+1"},
    {"% with letters that are no digits", BYTES("sip:a%zz@h.example"),
     "SIP scheme=sip user=a%zz host=h.example faults=URI_ESCAPE@5+1"},
    {"% at the very end", BYTES("sip:h.example;x=%"),
     "SIP scheme=sip host=h.example params=x=% faults=URI_ESCAPE@16+1"},
    {"% and one digit at the very end", BYTES("sip:h.example;x=%4"),
     "SIP scheme=sip host=h.example params=x=%4 faults=URI_ESCAPE@16+1"},

    /* Several @ */
    {"two @: the last one ends the user", BYTES("sip:bob@home@example.com"),
     "SIP scheme=sip user=bob@home host=example.com faults=URI_SECOND_AT@7+1"},
    {"three @", BYTES("sip:a@b@c@example.com:5060"),
     "SIP scheme=sip user=a@b@c host=example.com port=5060(5060) faults=URI_SECOND_AT@5+1"},
    {"an @ in a parameter", BYTES("sip:bob@example.com;x=a@b"),
     "SIP scheme=sip user=bob host=example.com params=x=a@b faults=URI_SECOND_AT@23+1"},
    {"an @ in a header", BYTES("sip:bob@example.com?to=a@b"),
     "SIP scheme=sip user=bob host=example.com headers=to=a@b faults=URI_SECOND_AT@24+1"},

    /* Hosts */
    {"an IPv4 address", BYTES("sip:bob@192.0.2.1"), "SIP scheme=sip user=bob host=192.0.2.1"},
    {"an IPv6 address", BYTES("sip:[2001:db8::10]"), "SIP scheme=sip host=2001:db8::10"},
    {"an IPv6 address and a port", BYTES("sip:bob@[2001:db8::10]:5070"),
     "SIP scheme=sip user=bob host=2001:db8::10 port=5070(5070)"},
    {"an IPv6 address that ends like a port", BYTES("sip:[2001:db8::10:5070]"),
     "SIP scheme=sip host=2001:db8::10:5070"},
    {"an IPv6 address with an IPv4 address", BYTES("sip:bob@[::ffff:192.0.2.1];lr"),
     "SIP scheme=sip user=bob host=::ffff:192.0.2.1 params=lr"},
    {"one letter", BYTES("sip:h"), "SIP scheme=sip host=h"},
    {"a name with digits and dashes", BYTES("sip:sbc-1.3com.net"), "SIP scheme=sip host=sbc-1.3com.net"},
    {"a name that ends with a dot", BYTES("sip:example.com."), "SIP scheme=sip host=example.com."},
    {"nothing but the scheme", BYTES("sip:"), "SIP scheme=sip host= faults=URI_NO_HOST@4+0"},
    {"a user without a host", BYTES("sip:bob@"), "SIP scheme=sip user=bob host= faults=URI_NO_HOST@8+0"},
    {"a port without a host", BYTES("sip::5060"), "SIP scheme=sip host= port=5060(5060) faults=URI_NO_HOST@4+0"},
    {"parameters without a host", BYTES("sip:;lr"), "SIP scheme=sip host= params=lr faults=URI_NO_HOST@4+0"},
    {"an underscore in a host", BYTES("sip:bob@my_pbx.example"),
     "SIP scheme=sip user=bob host=my_pbx.example faults=URI_HOST@8+14"},
    {"an escape in a host", BYTES("sip:bob@ex%41mple.com"),
     "SIP scheme=sip user=bob host=ex%41mple.com faults=URI_HOST@8+13"},
    {"a path behind the host, as in HTTP", BYTES("sip://example.com"),
     "SIP scheme=sip host=//example.com faults=URI_CHARACTER@4+1,URI_HOST@4+13"},
    {"a number where the host should stand", BYTES("sip:12345"), "SIP scheme=sip host=12345 faults=URI_HOST@4+5"},
    {"an address of three numbers", BYTES("sip:192.0.2"), "SIP scheme=sip host=192.0.2 faults=URI_HOST@4+7"},
    {"an address of five numbers", BYTES("sip:192.0.2.1.1"), "SIP scheme=sip host=192.0.2.1.1 faults=URI_HOST@4+11"},
    {"an address beyond 255", BYTES("sip:192.0.2.256"), "SIP scheme=sip host=192.0.2.256 faults=URI_HOST@4+11"},
    {"two dots in a row", BYTES("sip:example..com"), "SIP scheme=sip host=example..com faults=URI_HOST@4+12"},
    {"a dot in front", BYTES("sip:.example.com"), "SIP scheme=sip host=.example.com faults=URI_HOST@4+12"},
    {"only a dot", BYTES("sip:."), "SIP scheme=sip host=. faults=URI_HOST@4+1"},
    {"a dash in front of a label", BYTES("sip:-a.example"), "SIP scheme=sip host=-a.example faults=URI_HOST@4+10"},
    {"a dash at the end of a label", BYTES("sip:a-.example"), "SIP scheme=sip host=a-.example faults=URI_HOST@4+10"},
    {"an IPv6 address without its end", BYTES("sip:[2001:db8::10"),
     "SIP scheme=sip host=2001:db8::10 faults=URI_IPV6@5+12"},
    {"an IPv6 address with three colons", BYTES("sip:user@[2001:db8:::192.0.2.1]"),
     "SIP scheme=sip user=user host=2001:db8:::192.0.2.1 faults=URI_IPV6@10+20"},
    {"an IPv6 address with a zone", BYTES("sip:[fe80::1%25eth0]"),
     "SIP scheme=sip host=fe80::1%25eth0 faults=URI_IPV6@5+14"},
    {"an IPv4 address in brackets", BYTES("sip:[192.0.2.1]"), "SIP scheme=sip host=192.0.2.1 faults=URI_IPV6@5+9"},
    {"empty brackets", BYTES("sip:[]"), "SIP scheme=sip host= faults=URI_IPV6@5+0"},
    {"an opening bracket alone", BYTES("sip:["), "SIP scheme=sip host= faults=URI_IPV6@5+0"},
    {"something between the bracket and the port", BYTES("sip:[2001:db8::1]x:5060"),
     "SIP scheme=sip host=2001:db8::1 faults=URI_HOST@17+6"},
    {"an IPv6 address without brackets", BYTES("sip:2001:db8::10"),
     "SIP scheme=sip host=2001:db8::10 faults=URI_IPV6_BRACKETS@4+12"},
    {"an IPv6 address without brackets behind a user", BYTES("sip:bob@2001:db8::10;lr"),
     "SIP scheme=sip user=bob host=2001:db8::10 params=lr faults=URI_IPV6_BRACKETS@8+12"},

    /* Ports */
    {"port 0", BYTES("sip:h.example:0"), "SIP scheme=sip host=h.example port=0(0)"},
    {"port 65535", BYTES("sip:h.example:65535"), "SIP scheme=sip host=h.example port=65535(65535)"},
    {"port 65536", BYTES("sip:h.example:65536"), "SIP scheme=sip host=h.example faults=URI_PORT@14+5"},
    {"a port that would wrap", BYTES("sip:h.example:4294972356"),
     "SIP scheme=sip host=h.example faults=URI_PORT@14+10"},
    {"a port with leading zeros", BYTES("sip:h.example:0005060"), "SIP scheme=sip host=h.example port=0005060(5060)"},
    {"an empty port", BYTES("sip:h.example:"), "SIP scheme=sip host=h.example faults=URI_PORT@14+0"},
    {"an empty port before a parameter", BYTES("sip:h.example:;lr"),
     "SIP scheme=sip host=h.example params=lr faults=URI_PORT@14+0"},
    {"a negative port", BYTES("sip:h.example:-1"), "SIP scheme=sip host=h.example faults=URI_PORT@14+2"},
    {"a port by its name", BYTES("sip:h.example:sip"), "SIP scheme=sip host=h.example faults=URI_PORT@14+3"},
    {"two ports", BYTES("sip:h.example:1:2"), "SIP scheme=sip host=h.example faults=URI_PORT@14+3"},
    {"an empty port behind an IPv6 address", BYTES("sip:[::1]:"), "SIP scheme=sip host=::1 faults=URI_PORT@10+0"},

    /* Parameters and headers */
    {"a parameter of all its characters", BYTES("sip:h.example;a1-_.!~*'()[]/:&+$=%41[]/:&+$"),
     "SIP scheme=sip host=h.example params=a1-_.!~*'()[]/:&+$=%41[]/:&+$"},
    {"a parameter without a value is a flag", BYTES("sip:h.example;lr"), "SIP scheme=sip host=h.example params=lr"},
    {"an empty parameter at the end", BYTES("sip:h.example;"),
     "SIP scheme=sip host=h.example params= faults=URI_PARAMETER@14+0"},
    {"an empty parameter in between", BYTES("sip:h.example;a;;b"),
     "SIP scheme=sip host=h.example params=a;;b faults=URI_PARAMETER@16+0"},
    {"a parameter with an empty value", BYTES("sip:h.example;transport="),
     "SIP scheme=sip host=h.example params=transport= faults=URI_PARAMETER@14+10"},
    {"a parameter with an empty name", BYTES("sip:h.example;=tcp"),
     "SIP scheme=sip host=h.example params==tcp faults=URI_PARAMETER@14+4"},
    {"only an equals sign", BYTES("sip:h.example;="),
     "SIP scheme=sip host=h.example params== faults=URI_PARAMETER@14+1"},
    {"a header with an empty value is legal", BYTES("sip:h.example?a="), "SIP scheme=sip host=h.example headers=a="},
    {"a header of all its characters", BYTES("sip:h.example?a[]/?:+$-_.!~*'()%20=[]/?:+$"),
     "SIP scheme=sip host=h.example headers=a[]/?:+$-_.!~*'()%20=[]/?:+$"},
    {"a header without an equals sign", BYTES("sip:h.example?a&b=c"),
     "SIP scheme=sip host=h.example headers=a&b=c faults=URI_HEADER@14+1"},
    {"a header with an empty name", BYTES("sip:h.example?=c"),
     "SIP scheme=sip host=h.example headers==c faults=URI_HEADER@14+2"},
    {"an empty header at the end", BYTES("sip:h.example?a=b&"),
     "SIP scheme=sip host=h.example headers=a=b& faults=URI_HEADER@18+0"},
    {"a question mark and nothing else", BYTES("sip:h.example?"),
     "SIP scheme=sip host=h.example headers= faults=URI_HEADER@14+0"},
    {"a semicolon behind the ? is in no parameter", BYTES("sip:h.example?a=b;lr"),
     "SIP scheme=sip host=h.example headers=a=b;lr faults=URI_CHARACTER@17+1"},
    {"a bracket in a user", BYTES("sip:b[ob@h.example"),
     "SIP scheme=sip user=b[ob host=h.example faults=URI_CHARACTER@5+1"},
    {"a colon in a password", BYTES("sip:bob:a:b@h.example"),
     "SIP scheme=sip user=bob password=a:b host=h.example faults=URI_CHARACTER@9+1"},
    {"two equal signs in a parameter", BYTES("sip:h.example;a=b=c"),
     "SIP scheme=sip host=h.example params=a=b=c faults=URI_PARAMETER@14+5"},
    {"a comma in a parameter", BYTES("sip:h.example;a,b=c"),
     "SIP scheme=sip host=h.example params=a,b=c faults=URI_CHARACTER@15+1"},
    {"a plus sign without a number", BYTES("tel:+"), "TEL scheme=tel user=+ faults=URI_NUMBER@4+1"},
    {"a plus sign inside a number", BYTES("tel:1+2"), "TEL scheme=tel user=1+2 faults=URI_NUMBER@5+1"},
    {"letters in a global number", BYTES("tel:+1a"), "TEL scheme=tel user=+1a faults=URI_NUMBER@6+1"},

    /* tel: URIs (RFC 3966) */
    {"a global number", BYTES("tel:+12125551212"), "TEL scheme=tel user=+12125551212"},
    {"visual separators", BYTES("tel:+1-(212)-555.1212"), "TEL scheme=tel user=+1-(212)-555.1212"},
    {"a local number", BYTES("tel:7042;phone-context=example.com"),
     "TEL scheme=tel user=7042 params=phone-context=example.com"},
    {"a local number of all its characters", BYTES("tel:*09#abcDEF;phone-context=+1"),
     "TEL scheme=tel user=*09#abcDEF params=phone-context=+1"},
    {"parameters of a number", BYTES("TEL:+1;ext=99;isub=12%34;rn=+1212"),
     "TEL scheme=TEL user=+1 params=ext=99;isub=12%34;rn=+1212"},
    {"no number", BYTES("tel:"), "TEL scheme=tel user= faults=URI_EMPTY@4+0"},
    {"no number but a parameter", BYTES("tel:;ext=1"), "TEL scheme=tel user= params=ext=1 faults=URI_EMPTY@4+0"},
    {"letters on the keys of a phone", BYTES("tel:1-800-FLOWERS"),
     "TEL scheme=tel user=1-800-FLOWERS faults=URI_NUMBER@11+1"},
    {"a number with a host", BYTES("tel:+1212@example.com"),
     "TEL scheme=tel user=+1212@example.com faults=URI_NUMBER@9+1"},
    {"a number with spaces", BYTES("tel:+1 212 5551212"), "TEL scheme=tel user=+1 212 5551212 faults=URI_BLANK@6+1"},
    {"an empty parameter of a number", BYTES("tel:+1;"), "TEL scheme=tel user=+1 params= faults=URI_PARAMETER@7+0"},
    {"a bad escape in a parameter of a number", BYTES("tel:+1;isub=%4"),
     "TEL scheme=tel user=+1 params=isub=%4 faults=URI_ESCAPE@12+1"},

    /* Other schemes */
    {"a service", BYTES("urn:service:sos"), "ABSOLUTE scheme=urn opaque=service:sos"},
    {"a web page", BYTES("http://example.com/a?b=c"), "ABSOLUTE scheme=http opaque=//example.com/a?b=c"},
    {"a scheme that nobody knows", BYTES("nobodyKnowsThisScheme:totallyopaquecontent"),
     "ABSOLUTE scheme=nobodyKnowsThisScheme opaque=totallyopaquecontent"},
    {"a scheme with a dot", BYTES("soap.beep://192.0.2.103:3002"),
     "ABSOLUTE scheme=soap.beep opaque=//192.0.2.103:3002"},
    {"a scheme with every character", BYTES("h323+a-z.9:x"), "ABSOLUTE scheme=h323+a-z.9 opaque=x"},
    {"a scheme that begins like sip", BYTES("sipx:bob@example.com"), "ABSOLUTE scheme=sipx opaque=bob@example.com"},
    {"nothing behind the scheme", BYTES("urn:"), "ABSOLUTE scheme=urn opaque= faults=URI_EMPTY@4+0"},
    {"a space in an unknown URI", BYTES("mailto:a b"), "ABSOLUTE scheme=mailto opaque=a b faults=URI_BLANK@8+1"},
    {"a fragment", BYTES("http://example.com/#top"),
     "ABSOLUTE scheme=http opaque=//example.com/#top faults=URI_CHARACTER@19+1"},
    {"a bad escape in an unknown URI", BYTES("urn:%"), "ABSOLUTE scheme=urn opaque=% faults=URI_ESCAPE@4+1"},

    /* No scheme */
    {"an asterisk", BYTES("*"), "NONE faults=URI_ASTERISK@0+1"},
    {"an asterisk and more", BYTES("**"), "NONE faults=URI_NO_SCHEME@0+2"},
    {"no scheme", BYTES("bob@example.com"), "NONE faults=URI_NO_SCHEME@0+15"},
    {"a number alone", BYTES("12125551212"), "NONE faults=URI_NO_SCHEME@0+11"},
    {"a host and a port look like a scheme", BYTES("example.com:5060"), "ABSOLUTE scheme=example.com opaque=5060"},
    {"a scheme begins with a letter", BYTES("1sip:bob"), "NONE faults=URI_NO_SCHEME@0+8"},
    {"only a colon", BYTES(":"), "NONE faults=URI_NO_SCHEME@0+1"},
    {"a scheme without its colon", BYTES("sip"), "NONE faults=URI_NO_SCHEME@0+3"},
    {"empty", BYTES(""), "NONE faults=URI_NO_SCHEME@0+0"},

    /* White space and brackets around it (RFC 4475 sections 3.1.2.7 and 3.1.2.8) */
    {"in angle brackets", BYTES("<sip:bob@example.com>"),
     "SIP scheme=sip user=bob host=example.com faults=URI_IN_BRACKETS@0+21"},
    {"in angle brackets with white space", BYTES(" < sip:bob@example.com > "),
     "SIP scheme=sip user=bob host=example.com faults=URI_IN_BRACKETS@0+25"},
    {"an opening angle bracket alone", BYTES("<sip:bob@example.com"),
     "SIP scheme=sip user=bob host=example.com faults=URI_IN_BRACKETS@0+20"},
    {"a closing angle bracket alone", BYTES("sip:bob@example.com>"),
     "SIP scheme=sip user=bob host=example.com> faults=URI_CHARACTER@19+1,URI_HOST@8+12"},
    {"empty angle brackets", BYTES("<>"), "NONE faults=URI_IN_BRACKETS@0+2,URI_NO_SCHEME@1+0"},
    {"an asterisk in angle brackets", BYTES("<*>"), "NONE faults=URI_IN_BRACKETS@0+3,URI_ASTERISK@1+1"},
    {"parameters behind the angle brackets", BYTES("<sip:example.com>;lr"),
     "SIP scheme=sip host=example.com> params=lr faults=URI_IN_BRACKETS@0+20,URI_CHARACTER@16+1,URI_HOST@5+12"},
    {"white space around it", BYTES(" sip:example.com\t"), "SIP scheme=sip host=example.com"},
    {"white space in a parameter", BYTES("sip:user@example.com; lr"),
     "SIP scheme=sip user=user host=example.com params= lr faults=URI_BLANK@21+1"},
    {"white space in a user", BYTES("sip:John Doe@example.com"),
     "SIP scheme=sip user=John Doe host=example.com faults=URI_BLANK@8+1"},
    {"white space around the host", BYTES("sip:bob@ example.com ;lr"),
     "SIP scheme=sip user=bob host=example.com params=lr faults=URI_BLANK@8+1"},
    {"a TAB before the port", BYTES("sip:example.com\t:5060"),
     "SIP scheme=sip host=example.com<TAB> port=5060(5060) faults=URI_BLANK@15+1,URI_HOST@4+12"},
};

/* What holds of every text: the parts lie inside of it, and fit the kind. */
static void
examine(sip_span text)
{
    sip_uri uri;
    sip_faults faults = {0};
    sip_uri_parse(text, &uri, &faults);

    const sip_span parts[] = {uri.scheme, uri.user,       uri.password, uri.host,
                              uri.port,   uri.parameters, uri.headers,  uri.opaque};
    for (size_t i = 0; i < COUNT(parts); i++) {
        check_inside(text, parts[i], "a part of the URI");
    }
    for (size_t i = 0; i < SIP_FAULT_COUNT; i++) {
        check_inside(text, faults.at[i], fault_identifier((sip_fault_kind)i));
    }
    check_that(sip_span_present(uri.scheme) == (uri.kind != SIP_URI_NONE), "a scheme and a kind, or neither");
    check_that(sip_span_present(uri.host) == (uri.kind == SIP_URI_SIP), "a host in SIP URIs only");
    check_that(sip_span_present(uri.opaque) == (uri.kind == SIP_URI_ABSOLUTE), "all of an unknown URI");
    check_that(!sip_span_present(uri.user) || uri.kind == SIP_URI_SIP || uri.kind == SIP_URI_TEL,
               "a user in SIP and tel URIs only");
    check_that(!sip_span_present(uri.password) || sip_span_present(uri.user), "a password only behind a user");
    check_that(uri.kind != SIP_URI_TEL || sip_span_present(uri.user), "the number of a tel URI");
}

static void
test_uris(void)
{
    for (size_t i = 0; i < COUNT(uri_cases); i++) {
        sip_span text = check_guarded_behind(uri_cases[i].uri);
        sip_faults faults = {0};
        sip_uri uri;
        rendering got = {0};
        check_case(uri_cases[i].name);
        sip_uri_parse(text, &uri, &faults);
        render_uri(&got, &uri);
        render_faults(&got, text, &faults);
        check_same(uri_cases[i].expected, got.text);
        check_prefixes(uri_cases[i].uri, examine);
    }
}

/* Text representations of IPv6 addresses (RFC 3986 section 3.2.2, RFC 5954). */
static const struct {
    sip_span text;
    bool valid;
} ipv6_cases[] = {
    {BYTES("::"), true},
    {BYTES("::1"), true},
    {BYTES("1::"), true},
    {BYTES("2001:db8::10"), true},
    {BYTES("2001:DB8::aBcD"), true},
    {BYTES("1:2:3:4:5:6:7:8"), true},
    {BYTES("0001:0002:0003:0004:0005:0006:0007:0008"), true},
    {BYTES("::2:3:4:5:6:7:8"), true},
    {BYTES("1::3:4:5:6:7:8"), true},
    {BYTES("1:2:3::6:7:8"), true},
    {BYTES("1:2:3:4:5:6::8"), true},
    {BYTES("1:2:3:4:5:6:7::"), true},
    {BYTES("::192.0.2.1"), true},
    {BYTES("::ffff:192.0.2.1"), true},
    {BYTES("1:2:3:4:5:6:192.0.2.1"), true},
    {BYTES("1:2:3:4:5::192.0.2.1"), true},
    {BYTES("::3:4:5:6:7:192.0.2.1"), true},
    {BYTES("64:ff9b::255.255.255.255"), true},
    {BYTES("::0.0.0.0"), true},
    {BYTES(""), false},
    {BYTES(":"), false},
    {BYTES(":::"), false},
    {BYTES("1"), false},
    {BYTES("1:"), false},
    {BYTES(":1"), false},
    {BYTES("1:2:3:4:5:6:7"), false},
    {BYTES("1:2:3:4:5:6:7:"), false},
    {BYTES("1:2:3:4:5:6:7:8:"), false},
    {BYTES(":1:2:3:4:5:6:7:8"), false},
    {BYTES("1:2:3:4:5:6:7:8:9"), false},
    {BYTES("1::2:3:4:5:6:7:8"), false},
    {BYTES("1:2:3:4:5:6:7:8::"), false},
    {BYTES("::1:2:3:4:5:6:7:8"), false},
    {BYTES("1::2::3"), false},
    {BYTES("::1::"), false},
    {BYTES("1:::2"), false},
    {BYTES("12345::"), false},
    {BYTES("::00001"), false},
    {BYTES("::g"), false},
    {BYTES("::1 "), false},
    {BYTES(" ::1"), false},
    {BYTES("[::1]"), false},
    {BYTES("::1%eth0"), false},
    {BYTES("::1/64"), false},
    {BYTES("192.0.2.1"), false},
    {BYTES("::192.0.2"), false},
    {BYTES("::192.0.2."), false},
    {BYTES("::192.0.2.1."), false},
    {BYTES("::192.0.2.1.1"), false},
    {BYTES("::192..2.1"), false},
    {BYTES("::.0.2.1"), false},
    {BYTES("::192.0.2.256"), false},
    {BYTES("::192.0.2.0001"), false},
    {BYTES("::192.0.2.01"), false},
    {BYTES("::192.0.2.a"), false},
    {BYTES("::a.0.2.1"), false},
    {BYTES("::192.0.2.1:1"), false},
    {BYTES("1:2:3:4:5:6:7:192.0.2.1"), false},
    {BYTES("1:2:3:4:5:192.0.2.1"), false},
    {BYTES("1:2:3:4:5:6::192.0.2.1"), false},
    {BYTES("2001:db8:::192.0.2.1"), false},
    {BYTES("::1\0"), false},
};

static void
examine_ipv6_address(sip_span text)
{
    sip_is_ipv6_address(text);
}

static void
test_ipv6_addresses(void)
{
    for (size_t i = 0; i < COUNT(ipv6_cases); i++) {
        rendering name = {0};
        render_bytes(&name, ipv6_cases[i].text);
        check_case(name.text);
        check_that(sip_is_ipv6_address(check_guarded_behind(ipv6_cases[i].text)) == ipv6_cases[i].valid,
                   ipv6_cases[i].valid ? "an IPv6 address" : "no IPv6 address");
        check_prefixes(ipv6_cases[i].text, examine_ipv6_address);
    }
}

static const struct {
    sip_span text;
    size_t length;
} scheme_cases[] = {
    {BYTES("sip:"), 3},  {BYTES("sips:x"), 4}, {BYTES("a:"), 1},    {BYTES("a1+-.:"), 5}, {BYTES("SIP:"), 3},
    {BYTES(""), 0},      {BYTES(":"), 0},      {BYTES("sip"), 0},   {BYTES("1a:"), 0},    {BYTES("+a:"), 0},
    {BYTES("si p:"), 0}, {BYTES("s_p:"), 0},   {BYTES(" sip:"), 0}, {BYTES("sip :"), 0},  {BYTES("s\0p:"), 0},
};

static void
test_schemes(void)
{
    for (size_t i = 0; i < COUNT(scheme_cases); i++) {
        rendering name = {0};
        rendering expected = {0};
        rendering got = {0};
        render(&name, "the scheme of ");
        render_bytes(&name, scheme_cases[i].text);
        check_case(name.text);
        render(&expected, "%zu", scheme_cases[i].length);
        render(&got, "%zu", sip_uri_scheme_length(check_guarded_behind(scheme_cases[i].text)));
        check_same(expected.text, got.text);
    }
}

static const struct {
    const char *name;
    sip_span list;
    uint8_t separator;
    const char *expected;
} list_cases[] = {
    {"two parameters", BYTES("transport=tcp;lr"), ';', "[transport=tcp][lr]"},
    {"two headers", BYTES("a=b&c=d"), '&', "[a=b][c=d]"},
    {"one item", BYTES("lr"), ';', "[lr]"},
    {"empty items count", BYTES(";a;;b;"), ';', "[][a][][b][]"},
    {"an empty list has one empty item", BYTES(""), ';', "[]"},
    {"quotes mean nothing in a URI", BYTES("a=\"x;y\""), ';', "[a=\"x][y\"]"},
};

static void
test_lists(void)
{
    for (size_t i = 0; i < COUNT(list_cases); i++) {
        rendering got = {0};
        sip_span whole = check_guarded_behind(list_cases[i].list);
        sip_span rest = whole;
        sip_span item;
        check_case(list_cases[i].name);
        while (sip_uri_next_item(&rest, list_cases[i].separator, &item)) {
            check_inside(whole, item, "an item");
            render(&got, "[");
            render_bytes(&got, item);
            render(&got, "]");
        }
        check_same(list_cases[i].expected, got.text);
        check_that(!sip_span_present(rest), "used up, so the rest is absent");
    }
    check_case("an absent list has no items");
    sip_span rest = {NULL, 0};
    sip_span item = SIP_SPAN("untouched");
    check_that(!sip_uri_next_item(&rest, ';', &item), "used up");
    check_that(item.length == 9, "item untouched");
}

int
main(void)
{
    test_uris();
    test_ipv6_addresses();
    test_schemes();
    test_lists();
    return check_summary();
}
