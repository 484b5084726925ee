/* header_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include "sip/header.h"

/* Header sections. A field is shown as name{its long name, if known}=[value]; then
 * follows what ended the section: "end" for an empty line with all that stands
 * behind it, or "cut" for the end of the data. */
static const struct {
    const char *name;
    sip_span section;
    const char *expected;
} section_cases[] = {
    {"two fields and a body", BYTES("To: <sip:b@h>\r\nCSeq: 1 BYE\r\n\r\nbody"),
     "To{To}=[<sip:b@h>] CSeq{CSeq}=[1 BYE] end[body]"},
    {"names have no case", BYTES("cseq:1 BYE\r\nCALL-ID:x\r\n\r\n"), "cseq{CSeq}=[1 BYE] CALL-ID{Call-ID}=[x] end[]"},
    {"compact forms", BYTES("v: SIP/2.0/UDP h\r\nI: x\r\nl: 0\r\n\r\n"),
     "v{Via}=[SIP/2.0/UDP h] I{Call-ID}=[x] l{Content-Length}=[0] end[]"},
    {"a field that is not known", BYTES("X-Mood: good\r\n\r\n"), "X-Mood{}=[good] end[]"},
    {"white space around the colon", BYTES("To : a\r\nFrom\t \t:\t b \r\n\r\n"), "To{To}=[a] From{From}=[b] end[]"},
    {"no white space at all", BYTES("To:a\r\n\r\n"), "To{To}=[a] end[]"},
    {"an empty value", BYTES("Supported:\r\nSubject: \r\n\r\n"), "Supported{Supported}=[] Subject{Subject}=[] end[]"},
    {"colons in a value", BYTES("Date: 12:00:00\r\n\r\n"), "Date{Date}=[12:00:00] end[]"},
    {"an empty name", BYTES(": x\r\n\r\n"), "{}=[x] end[]"},
    {"a name with a space inside", BYTES("Call ID: x\r\n\r\n"), "Call ID{}=[x] end[]"},
    {"no colon", BYTES("nonsense\r\nTo: a\r\n\r\n"), "{}=[nonsense] To{To}=[a] end[]"},
    {"bytes that are no text", BYTES("X\0Y: \xFF\0\r\n\r\n"), "X<NUL>Y{}=[<FF><NUL>] end[]"},

    /* Folding (RFC 3261 section 7.3.1) */
    {"folded in two", BYTES("Subject: a\r\n b\r\n\r\n"), "Subject{Subject}=[a<CR><LF> b] end[]"},
    {"folded in three, with TABs", BYTES("Subject: a\r\n\tb\r\n \t c\r\nTo: d\r\n\r\n"),
     "Subject{Subject}=[a<CR><LF><TAB>b<CR><LF> <TAB> c] To{To}=[d] end[]"},
    {"folded behind the colon", BYTES("To:\r\n  a\r\n\r\n"), "To{To}=[a] end[]"},
    {"folded before the colon", BYTES("To\r\n : a\r\n\r\n"), "To{To}=[a] end[]"},
    {"a line of white space continues a field", BYTES("To: a\r\n \t\r\nFrom: b\r\n\r\n"),
     "To{To}=[a] From{From}=[b] end[]"},
    {"folded with LF", BYTES("Subject: a\n b\n\n"), "Subject{Subject}=[a<LF> b] end[]"},
    {"folded with CR", BYTES("Subject: a\r b\r\r"), "Subject{Subject}=[a<CR> b] end[]"},
    {"the first line can't continue anything", BYTES(" To: a\r\nFrom: b\r\n\r\n"), "To{To}=[a] From{From}=[b] end[]"},
    {"white space behind the empty line is body", BYTES("To: a\r\n\r\n b"), "To{To}=[a] end[ b]"},

    /* Line ends */
    {"LF alone", BYTES("To: a\nFrom: b\n\nbody"), "To{To}=[a] From{From}=[b] end[body]"},
    {"CR alone", BYTES("To: a\rFrom: b\r\rbody"), "To{To}=[a] From{From}=[b] end[body]"},
    {"all kinds mixed", BYTES("To: a\nFrom: b\rCSeq: 1 X\r\n\nbody"),
     "To{To}=[a] From{From}=[b] CSeq{CSeq}=[1 X] end[body]"},
    {"LF CR is an LF and an empty line", BYTES("To: a\n\rx"), "To{To}=[a] end[x]"},
    {"only the empty line", BYTES("\r\nbody"), "end[body]"},
    {"two empty lines: the second is body", BYTES("To: a\r\n\r\n\r\n"), "To{To}=[a] end[<CR><LF>]"},

    /* The data ends first */
    {"nothing", BYTES(""), "cut"},
    {"no empty line", BYTES("To: a\r\n"), "To{To}=[a] cut"},
    {"cut in a value", BYTES("To: a\r\nFrom: <sip"), "To{To}=[a] From{From}=[<sip] cut"},
    {"cut in a name", BYTES("To: a\r\nFro"), "To{To}=[a] {}=[Fro] cut"},
    {"cut behind CR", BYTES("To: a\r"), "To{To}=[a] cut"},
    {"cut in the CRLF of the empty line", BYTES("To: a\r\n\r"), "To{To}=[a] end[]"},
    {"cut in a folded line", BYTES("To: a\r\n "), "To{To}=[a] cut"},
};

static void
examine_field(sip_span section, const sip_header_field *field, const uint8_t *first)
{
    check_that(field->line.data == first, "a line that starts where the one before ended");
    check_that(field->line.length > 0, "a line that is not empty");
    check_inside(section, field->line, "the line");
    check_inside(field->line, field->name, "the name");
    check_inside(field->line, field->value, "the value");
    check_that(sip_span_present(field->name) && sip_span_present(field->value), "a name and a value");
    check_that(field->id == sip_header_lookup(field->name), "the field of that name");
    check_that(sip_span_trim(field->value).length == field->value.length, "a value without white space at its ends");
}

/* What holds of every section: fields follow each other and fill it. */
static void
examine_section(sip_span section)
{
    sip_header_field field;
    sip_span rest = section;
    const uint8_t *first = rest.data;
    while (sip_header_next(&rest, &field)) {
        examine_field(section, &field, first);
        if (!check_that(rest.data > first, "progress")) {
            return;
        }
        check_that(sip_span_end(rest) == sip_span_end(section), "a rest that ends with the section");
        first = rest.data;
    }
    check_that(sip_span_present(field.line) ? field.line.length == 0 : rest.length == 0, "an empty line or no data");
    check_inside(section, rest, "what is behind the section");
}

static void
test_sections(void)
{
    for (size_t i = 0; i < COUNT(section_cases); i++) {
        sip_span rest = check_guarded_behind(section_cases[i].section);
        sip_header_field field;
        rendering got = {0};
        check_case(section_cases[i].name);
        while (sip_header_next(&rest, &field)) {
            const char *long_name = sip_header_name(field.id);
            render_bytes(&got, field.name);
            render(&got, "{%s}=[", long_name != NULL ? long_name : "");
            render_bytes(&got, field.value);
            render(&got, "] ");
        }
        if (sip_span_present(field.line)) {
            render(&got, "end[");
            render_bytes(&got, rest);
            render(&got, "]");
        } else {
            render(&got, "cut");
            check_that(rest.length == 0, "nothing left");
        }
        check_same(section_cases[i].expected, got.text);
        check_prefixes(section_cases[i].section, examine_section);
    }
}

#define SECTION                                                                                                        \
    "v: SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b\r\n"                                                                     \
    "X-Via: x\r\n"                                                                                                     \
    "Via: SIP/2.0/UDP c\r\n"                                                                                           \
    "Supported:\r\n"                                                                                                   \
    "Subject: one, two\r\n"                                                                                            \
    "Contact: \"Doe, Jane\" <sip:j@h;x=1,2>, <sip:k@h>\r\n"                                                            \
    "\r\n"                                                                                                             \
    "Via: not a header field but the body\r\nFrom: nor this\r\n\r\n"

/* The first value and all values of a field in SECTION. */
static const struct {
    const char *name;
    sip_header_id id;
    const char *expected;
} find_cases[] = {
    {"rows and lists of Via", SIP_HEADER_VIA, "[SIP/2.0/UDP a;branch=1][SIP/2.0/TCP b][SIP/2.0/UDP c]"},
    {"commas in quotes and in angle brackets", SIP_HEADER_CONTACT, "[\"Doe, Jane\" <sip:j@h;x=1,2>][<sip:k@h>]"},
    {"a value that is empty", SIP_HEADER_SUPPORTED, ""},
    {"a field that is only in the body", SIP_HEADER_FROM, ""},
    {"a field that is not there", SIP_HEADER_WARNING, ""},
};

static void
render_walk(rendering *out, sip_span headers, sip_header_id id)
{
    sip_header_walk walk = {.rows = headers};
    sip_span value;
    while (sip_header_walk_next(&walk, id, &value)) {
        check_inside(headers, value, "a value");
        check_that(value.length > 0, "a value that is not empty");
        render(out, "[");
        render_bytes(out, value);
        render(out, "]");
    }
    check_that(!sip_header_walk_next(&walk, id, &value), "at its end for good");
}

static void
test_find(void)
{
    for (size_t i = 0; i < COUNT(find_cases); i++) {
        sip_span headers = check_guarded_behind(SIP_SPAN(SECTION));
        rendering got = {0};
        check_case(find_cases[i].name);
        render_walk(&got, headers, find_cases[i].id);
        check_same(find_cases[i].expected, got.text);
    }
}

/* Values of Reason: rows of a section, members of their lists. */
static const struct {
    const char *name;
    sip_span section;
    const char *expected;
} walk_cases[] = {
    {"one", BYTES("Reason: SIP\r\n\r\n"), "[SIP]"},
    {"a list", BYTES("Reason: SIP ;cause=200 , Q.850;cause=16\r\n\r\n"), "[SIP ;cause=200][Q.850;cause=16]"},
    {"empty members are passed over", BYTES("Reason: ,, SIP,\r\n\r\n"), "[SIP]"},
    {"an empty row is passed over", BYTES("Reason:\r\nReason: SIP\r\nReason: ,\r\n\r\n"), "[SIP]"},
    {"other fields in between", BYTES("Reason: a\r\nTo: b\r\nReason: c,d\r\n\r\n"), "[a][c][d]"},
    {"a comma in a quoted string", BYTES("Reason: SIP;text=\"no, never\",Q.850\r\n\r\n"),
     "[SIP;text=\"no, never\"][Q.850]"},
    {"an escaped quote in a quoted string", BYTES("Reason: SIP;text=\"\\\",\\\\\",Q.850\r\n\r\n"),
     "[SIP;text=\"\\\",\\\\\"][Q.850]"},
    {"a quoted string without its end", BYTES("Reason: SIP;text=\"no, never\r\nReason: Q.850\r\n\r\n"),
     "[SIP;text=\"no, never][Q.850]"},
    {"a quoted string that ends in a backslash", BYTES("Reason: \"\\\r\nReason: Q.850\r\n\r\n"), "[\"\\][Q.850]"},
    {"folding in a list", BYTES("Reason: SIP,\r\n Q.850\r\n\r\n"), "[SIP][Q.850]"},
    {"the section is cut", BYTES("Reason: SIP, Q.8"), "[SIP][Q.8]"},
    {"no section", BYTES(""), ""},
    {"no fields", BYTES("\r\nReason: in the body\r\n"), ""},
};

static void
examine_walk(sip_span section)
{
    rendering ignored = {0};
    render_walk(&ignored, section, SIP_HEADER_REASON);
}

static void
test_walk(void)
{
    for (size_t i = 0; i < COUNT(walk_cases); i++) {
        rendering got = {0};
        check_case(walk_cases[i].name);
        render_walk(&got, check_guarded_behind(walk_cases[i].section), SIP_HEADER_REASON);
        check_same(walk_cases[i].expected, got.text);
        check_prefixes(walk_cases[i].section, examine_walk);
    }
}

static const struct {
    const char *name;
    sip_span text;
    uint8_t separator;
    const char *expected;
} value_cases[] = {
    {"commas", BYTES("a, b ,c"), ',', "[a][b][c]"},
    {"semicolons", BYTES("a;b, c;d"), ';', "[a][b, c][d]"},
    {"one value", BYTES(" a "), ',', "[a]"},
    {"empty values are given", BYTES(",a,,"), ',', "[][a][][]"},
    {"an empty text has one empty value", BYTES(""), ',', "[]"},
    {"a quoted separator", BYTES("\"a,b\",c"), ',', "[\"a,b\"][c]"},
    {"an escaped quote", BYTES("\"a\\\",b\",c"), ',', "[\"a\\\",b\"][c]"},
    {"an escaped backslash before the quote", BYTES("\"a\\\\\",b"), ',', "[\"a\\\\\"][b]"},
    {"a backslash outside of quotes escapes nothing", BYTES("a\\,b"), ',', "[a\\][b]"},
    {"a quoted string in between", BYTES("x\"a,b\"y,c"), ',', "[x\"a,b\"y][c]"},
    {"an open quote takes the rest", BYTES("a,\"b,c"), ',', "[a][\"b,c]"},
    {"an open quote that ends in a backslash", BYTES("\"b,\\"), ',', "[\"b,\\]"},
    {"a bracketed separator", BYTES("<a,b>,c"), ',', "[<a,b>][c]"},
    {"a quote in brackets is none", BYTES("<a\"b>,c\",d"), ',', "[<a\"b>][c\",d]"},
    {"a bracket in quotes is none", BYTES("\"<\",a"), ',', "[\"<\"][a]"},
    {"an open bracket takes the rest", BYTES("a,<b,c"), ',', "[a][<b,c]"},
    {"a closing bracket alone", BYTES("a>,b"), ',', "[a>][b]"},
    {"brackets don't nest", BYTES("<<a>,b>,c"), ',', "[<<a>][b>][c]"},
};

static sip_span
render_values(rendering *out, sip_span rest, uint8_t separator)
{
    sip_span whole = rest;
    sip_span item;
    while (sip_value_next(&rest, separator, &item)) {
        check_inside(whole, item, "a value");
        render(out, "[");
        render_bytes(out, item);
        render(out, "]");
    }
    return rest;
}

static void
examine_values(sip_span text)
{
    rendering ignored = {0};
    render_values(&ignored, text, ',');
    render_values(&ignored, text, ';');
}

static void
test_values(void)
{
    for (size_t i = 0; i < COUNT(value_cases); i++) {
        rendering got = {0};
        check_case(value_cases[i].name);
        sip_span rest = render_values(&got, check_guarded_behind(value_cases[i].text), value_cases[i].separator);
        check_same(value_cases[i].expected, got.text);
        check_that(!sip_span_present(rest), "used up, so the rest is absent");
        check_prefixes(value_cases[i].text, examine_values);
    }
}

static const struct {
    const char *name;
    sip_span text;
    const char *expected;
} unquote_cases[] = {
    {"quoted", BYTES("\"Busy\""), "[Busy]"},           {"not quoted", BYTES("Busy"), "[Busy]"},
    {"escapes stay", BYTES("\"a\\\"b\""), "[a\\\"b]"}, {"empty quotes", BYTES("\"\""), "[]"},
    {"one quote is not two", BYTES("\""), "[\"]"},     {"no end", BYTES("\"Busy"), "[\"Busy]"},
    {"no beginning", BYTES("Busy\""), "[Busy\"]"},     {"empty", BYTES(""), "[]"},
};

static void
test_unquote(void)
{
    for (size_t i = 0; i < COUNT(unquote_cases); i++) {
        rendering got = {0};
        check_case(unquote_cases[i].name);
        render(&got, "[");
        render_bytes(&got, sip_unquote(check_guarded_behind(unquote_cases[i].text)));
        render(&got, "]");
        check_same(unquote_cases[i].expected, got.text);
    }
}

/* The parameter "tag" of a text. */
static const struct {
    const char *name;
    sip_span text;
    uint8_t separator;
    const char *expected;
} parameter_cases[] = {
    {"behind a URI", BYTES("<sip:a@h;tag=no>;x=y;tag=1234"), ';', "[1234]"},
    {"in front", BYTES("tag=1234;x"), ';', "[1234]"},
    {"names have no case", BYTES("a;TAG=1234"), ';', "[1234]"},
    {"white space around everything", BYTES("a ; tag = 1234 ; x"), ';', "[1234]"},
    {"quoted", BYTES("a;tag=\"12;34\";x"), ';', "[12;34]"},
    {"the first of two", BYTES("tag=1;tag=2"), ';', "[1]"},
    {"an equals sign in the value", BYTES("tag=a=b"), ';', "[a=b]"},
    {"an empty value", BYTES("a;tag="), ';', "[]"},
    {"a flag", BYTES("a;tag;b"), ';', "[]"},
    {"in a list with commas", BYTES("realm=\"a, tag=no\", tag=\"1\""), ',', "[1]"},
    {"another name that ends the same", BYTES("a;mytag=1"), ';', "absent"},
    {"another name that begins the same", BYTES("a;tags=1"), ';', "absent"},
    {"only in a quoted string", BYTES("a;x=\"y;tag=1\""), ';', "absent"},
    {"none", BYTES("a;b"), ';', "absent"},
    {"empty", BYTES(""), ';', "absent"},
};

static void
examine_parameters(sip_span text)
{
    check_inside(text, sip_parameter_find(text, ';', SIP_SPAN("tag")), "the value");
    check_inside(text, sip_parameter_find(text, ',', SIP_SPAN("tag")), "the value");
}

static void
test_parameters(void)
{
    for (size_t i = 0; i < COUNT(parameter_cases); i++) {
        rendering got = {0};
        check_case(parameter_cases[i].name);
        sip_span found = sip_parameter_find(check_guarded_behind(parameter_cases[i].text), parameter_cases[i].separator,
                                            SIP_SPAN("tag"));
        if (sip_span_present(found)) {
            render(&got, "[");
            render_bytes(&got, found);
            render(&got, "]");
        } else {
            render(&got, "absent");
        }
        check_same(parameter_cases[i].expected, got.text);
        check_prefixes(parameter_cases[i].text, examine_parameters);
    }
    check_case("a parameter of an absent text");
    check_that(!sip_span_present(sip_parameter_find((sip_span){NULL, 0}, ';', SIP_SPAN("tag"))), "absent");
}

/* A parsed value, or "malformed" with the output untouched. */
typedef struct parsed_case {
    const char *name;
    sip_span value;
    const char *expected;
} parsed_case;

static void
test_parsed(const parsed_case *cases, size_t count, void (*parse)(sip_span value, rendering *out),
            void (*examine)(sip_span value))
{
    for (size_t i = 0; i < count; i++) {
        rendering got = {0};
        check_case(cases[i].name);
        parse(check_guarded_behind(cases[i].value), &got);
        check_same(cases[i].expected, got.text);
        check_prefixes(cases[i].value, examine);
    }
}

static const parsed_case cseq_cases[] = {
    {"number and method", BYTES("314159 INVITE"), "number=314159 method=INVITE"},
    {"zero", BYTES("0 ACK"), "number=0 method=ACK"},
    {"leading zeros", BYTES("0009 INVITE"), "number=9 method=INVITE"},
    {"more white space", BYTES("1 \t INVITE"), "number=1 method=INVITE"},
    {"folded in between", BYTES("1\r\n INVITE"), "number=1 method=INVITE"},
    {"any method", BYTES("1 !-._*+`'~%"), "number=1 method=!-._*+`'~%"},
    {"2^31 - 1, the greatest that is legal", BYTES("2147483647 X"), "number=2147483647 method=X"},
    {"2^32 is capped", BYTES("4294967296 X"), "number=4294967295 method=X"},
    {"2^64 + 1 is capped", BYTES("18446744073709551617 X"), "number=4294967295 method=X"},
    {"no method", BYTES("1"), "malformed"},
    {"no number", BYTES("INVITE"), "malformed"},
    {"nothing", BYTES(""), "malformed"},
    {"the wrong way round", BYTES("INVITE 1"), "malformed"},
    {"no white space", BYTES("1INVITE"), "malformed"},
    {"a negative number", BYTES("-1 INVITE"), "malformed"},
    {"a fraction", BYTES("1.0 INVITE"), "malformed"},
    {"two methods", BYTES("1 INVITE BYE"), "malformed"},
    {"a method that is no token", BYTES("1 IN\"VITE"), "malformed"},
    {"a NUL behind the method", BYTES("1 INVITE\0"), "malformed"},
    {"a NUL in between", BYTES("1\0INVITE"), "malformed"},
};

static void
parse_cseq(sip_span value, rendering *out)
{
    sip_cseq cseq;
    if (!sip_cseq_parse(value, &cseq)) {
        render(out, "malformed");
        return;
    }
    render(out, "number=%u", cseq.number);
    render_part(out, "method", cseq.method);
}

static void
examine_cseq(sip_span value)
{
    sip_cseq cseq;
    check_paint(&cseq, sizeof(cseq));
    if (sip_cseq_parse(value, &cseq)) {
        check_inside(value, cseq.method, "the method");
        check_that(cseq.method.length > 0, "a method");
    } else {
        check_untouched(&cseq, sizeof(cseq));
    }
}

static const parsed_case reason_cases[] = {
    {"all parts", BYTES("Q.850;cause=16;text=\"Normal, really\";location=LN"),
     "protocol=Q.850 cause=16(16) text=Normal, really location=LN"},
    {"only a protocol", BYTES("SIP"), "protocol=SIP"},
    {"white space everywhere", BYTES("SIP ; cause = 200 ; text = \"OK\""), "protocol=SIP cause=200(200) text=OK"},
    {"folded", BYTES("SIP\r\n ;cause=200"), "protocol=SIP cause=200(200)"},
    {"names have no case", BYTES("q.850;CAUSE=16;Text=\"x\""), "protocol=q.850 cause=16(16) text=x"},
    {"in another order", BYTES("SIP;text=\"x\";cause=200"), "protocol=SIP cause=200(200) text=x"},
    {"an unknown parameter", BYTES("SIP;cause=200;foo=bar;flag"), "protocol=SIP cause=200(200)"},
    {"a text with escapes", BYTES("SIP;text=\"say \\\"no\\\"; now\";cause=603"),
     "protocol=SIP cause=603(603) text=say \\\"no\\\"; now"},
    {"a text without quotes", BYTES("SIP;cause=200;text=Answered"), "protocol=SIP cause=200(200) text=Answered"},
    {"an empty text", BYTES("SIP;text=\"\""), "protocol=SIP text="},
    {"a text without its end", BYTES("SIP;cause=1;text=\"no;cause=2"), "protocol=SIP cause=1(1) text=\"no;cause=2"},
    {"a cause of 2^32", BYTES("Q.850;cause=4294967296"), "protocol=Q.850 cause=4294967296(4294967295)"},
    {"a huge cause", BYTES("Q.850;cause=99999999999999999999999"),
     "protocol=Q.850 cause=99999999999999999999999(4294967295)"},
    {"a quoted cause", BYTES("Q.850;cause=\"16\""), "protocol=Q.850 cause=16(16)"},
    {"a cause that is no number", BYTES("Q.850;cause=x;text=\"y\""), "protocol=Q.850 text=y"},
    {"a negative cause", BYTES("Q.850;cause=-1"), "protocol=Q.850"},
    {"an empty cause", BYTES("Q.850;cause="), "protocol=Q.850"},
    {"a cause without a value", BYTES("Q.850;cause"), "protocol=Q.850"},
    {"empty parameters", BYTES("SIP;;cause=200;"), "protocol=SIP cause=200(200)"},
    {"no protocol", BYTES(";cause=16"), "malformed"},
    {"nothing", BYTES(""), "malformed"},
};

static void
parse_reason(sip_span value, rendering *out)
{
    sip_reason reason;
    if (!sip_reason_parse(value, &reason)) {
        render(out, "malformed");
        return;
    }
    render(out, "protocol=");
    render_bytes(out, reason.protocol);
    if (sip_span_present(reason.cause)) {
        render_part(out, "cause", reason.cause);
        render(out, "(%u)", reason.cause_number);
    }
    render_part(out, "text", reason.text);
    render_part(out, "location", reason.location);
}

static void
examine_reason(sip_span value)
{
    sip_reason reason;
    check_paint(&reason, sizeof(reason));
    if (sip_reason_parse(value, &reason)) {
        check_that(reason.protocol.length > 0, "a protocol");
        check_inside(value, reason.protocol, "the protocol");
        check_inside(value, reason.cause, "the cause");
        check_inside(value, reason.text, "the text");
        check_inside(value, reason.location, "the location");
    } else {
        check_untouched(&reason, sizeof(reason));
    }
}

static const parsed_case warning_cases[] = {
    {"all parts", BYTES("307 isi.edu \"Session parameter 'foo' not understood\""),
     "code=307(307) agent=isi.edu text=Session parameter 'foo' not understood"},
    {"an agent with a port", BYTES("399 [2001:db8::1]:5060 \"x\""), "code=399(399) agent=[2001:db8::1]:5060 text=x"},
    {"more white space", BYTES("399 \t h\r\n \"x\""), "code=399(399) agent=h text=x"},
    {"a text with escapes", BYTES("399 h \"say \\\"no\\\", now\""), "code=399(399) agent=h text=say \\\"no\\\", now"},
    {"a text without quotes", BYTES("399 h no such thing"), "code=399(399) agent=h text=no such thing"},
    {"a text without its end", BYTES("399 h \"no"), "code=399(399) agent=h text=\"no"},
    {"an empty text", BYTES("399 h \"\""), "code=399(399) agent=h text="},
    {"no text", BYTES("399 h"), "code=399(399) agent=h text="},
    {"a code alone", BYTES("399"), "code=399(399) agent= text="},
    {"a text with a comma", BYTES("399 h \"a, b\""), "code=399(399) agent=h text=a, b"},
    {"a code of four digits", BYTES("1812 h \"x\""), "code=1812(1812) agent=h text=x"},
    {"a huge code", BYTES("99999999999999999999 h \"x\""), "code=99999999999999999999(4294967295) agent=h text=x"},
    {"no code", BYTES("h \"x\""), "malformed"},
    {"only a text", BYTES("\"399 h x\""), "malformed"},
    {"a negative code", BYTES("-399 h \"x\""), "malformed"},
    {"no white space behind the code", BYTES("399\"x\""), "malformed"},
    {"nothing", BYTES(""), "malformed"},
};

static void
parse_warning(sip_span value, rendering *out)
{
    sip_warning warning;
    if (!sip_warning_parse(value, &warning)) {
        render(out, "malformed");
        return;
    }
    render(out, "code=");
    render_bytes(out, warning.code);
    render(out, "(%u)", warning.code_number);
    render_part(out, "agent", warning.agent);
    render_part(out, "text", warning.text);
}

static void
examine_warning(sip_span value)
{
    sip_warning warning;
    check_paint(&warning, sizeof(warning));
    if (sip_warning_parse(value, &warning)) {
        check_that(warning.code.length > 0, "a code");
        check_inside(value, warning.code, "the code");
        check_inside(value, warning.agent, "the agent");
        check_inside(value, warning.text, "the text");
    } else {
        check_untouched(&warning, sizeof(warning));
    }
}

int
main(void)
{
    test_sections();
    test_find();
    test_walk();
    test_values();
    test_unquote();
    test_parameters();
    test_parsed(cseq_cases, COUNT(cseq_cases), parse_cseq, examine_cseq);
    test_parsed(reason_cases, COUNT(reason_cases), parse_reason, examine_reason);
    test_parsed(warning_cases, COUNT(warning_cases), parse_warning, examine_warning);
    return check_summary();
}
