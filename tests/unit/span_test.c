/* span_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include <string.h>

#define LOWER    "abcdefghijklmnopqrstuvwxyz"
#define UPPER    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"
#define ALPHANUM LOWER UPPER DIGITS

/* Which bytes are in a class, from RFC 3261 section 25.1. */
static const struct {
    const char *name;
    unsigned classes;
    const char *members;
} class_cases[] = {
    {"token", SIP_CHAR_TOKEN, ALPHANUM "-.!%*_+`'~"},
    {"ALPHA", SIP_CHAR_ALPHA, LOWER UPPER},
    {"DIGIT", SIP_CHAR_DIGIT, DIGITS},
    {"HEXDIG in either case", SIP_CHAR_HEX, DIGITS "abcdefABCDEF"},
    {"scheme, after its first letter", SIP_CHAR_SCHEME, ALPHANUM "+-."},
    {"SP and HTAB", SIP_CHAR_BLANK, " \t"},
    {"reserved, unreserved, %, [ and ]", SIP_CHAR_URI, ALPHANUM ";/?:@&=+$,-_.!~*'()%[]"},
    {"hostname and IPv4address", SIP_CHAR_HOST, ALPHANUM "-."},
    {"unreserved", SIP_CHAR_UNRESERVED, ALPHANUM "-_.!~*'()"},
    {"two classes at once", SIP_CHAR_DIGIT | SIP_CHAR_BLANK, DIGITS " \t"},
};

static void
test_classes(void)
{
    for (size_t i = 0; i < COUNT(class_cases); i++) {
        rendering expected = {0};
        rendering got = {0};
        check_case(class_cases[i].name);
        for (unsigned byte = 0; byte < 256; byte++) {
            sip_span one = {&(uint8_t){(uint8_t)byte}, 1};
            if (byte != 0 && strchr(class_cases[i].members, (int)byte) != NULL) {
                render_bytes(&expected, one);
            }
            if (sip_char_is((uint8_t)byte, class_cases[i].classes)) {
                render_bytes(&got, one);
            }
        }
        check_same(expected.text, got.text);
    }
}

static const struct {
    const char *name;
    sip_span span;
    const char *expected;
} trim_cases[] = {
    {"nothing to trim", BYTES("a b"), "[a b]"},
    {"blanks at both ends", BYTES(" \t a b\t "), "[a b]"},
    {"line ends too", BYTES("\r\n a\r\n\r\n"), "[a]"},
    {"folding inside stays", BYTES(" a\r\n b "), "[a<CR><LF> b]"},
    {"NUL is no white space", BYTES(" \0 "), "[<NUL>]"},
    {"only white space", BYTES(" \t\r\n"), "[]"},
    {"empty", BYTES(""), "[]"},
};

static void
test_trim(void)
{
    for (size_t i = 0; i < COUNT(trim_cases); i++) {
        sip_span span = check_guarded_behind(trim_cases[i].span);
        rendering got = {0};
        check_case(trim_cases[i].name);
        sip_span trimmed = sip_span_trim(span);
        check_that(sip_span_present(trimmed), "present");
        check_inside(span, trimmed, "the trimmed span");
        render(&got, "[");
        render_bytes(&got, trimmed);
        render(&got, "]");
        check_same(trim_cases[i].expected, got.text);
    }
    check_case("an absent span");
    check_that(!sip_span_present(sip_span_trim((sip_span){NULL, 0})), "absent still");
}

static const struct {
    const char *name;
    sip_span a;
    sip_span b;
    const char *expected;
} compare_cases[] = {
    {"same", BYTES("Via"), BYTES("Via"), "equal nocase"},
    {"differ in case", BYTES("vIA"), BYTES("Via"), "nocase"},
    {"differ in length", BYTES("From"), BYTES("to"), ""},
    {"a prefix", BYTES("Accept"), BYTES("accept-Contact"), ""},
    {"only letters have case", BYTES("[{@`"), BYTES("{[`@"), ""},
    {"'_' is no letter", BYTES("a_"), BYTES("aA"), ""},
    {"bytes above 127 have no case", BYTES("\xC3\x84"), BYTES("\xC3\xA4"), ""},
    {"NULs count", BYTES("a\0b"), BYTES("a\0c"), ""},
    {"both empty", BYTES(""), BYTES(""), "equal nocase"},
    {"one empty", BYTES(""), BYTES("x"), ""},
};

static void
test_compare(void)
{
    for (size_t i = 0; i < COUNT(compare_cases); i++) {
        rendering got = {0};
        sip_span a = check_guarded_behind(compare_cases[i].a);
        sip_span b = check_guarded_before(compare_cases[i].b);
        check_case(compare_cases[i].name);
        render(&got, "%s%s", sip_span_equal(a, b) ? "equal " : "", sip_span_equal_nocase(a, b) ? "nocase" : "");
        check_same(compare_cases[i].expected, got.text);
    }
    check_case("absent spans");
    check_that(sip_span_equal((sip_span){NULL, 0}, SIP_SPAN("")), "equal to an empty one");
    check_that(sip_span_equal_nocase((sip_span){NULL, 0}, (sip_span){NULL, 0}), "equal to each other");
}

static const struct {
    const char *name;
    sip_span text;
    const char *expected;
} number_cases[] = {
    {"zero", BYTES("0"), "0"},
    {"a status code", BYTES("486"), "486"},
    {"leading zeros", BYTES("0000000000000000000000000000070"), "70"},
    {"2^31", BYTES("2147483648"), "2147483648"},
    {"2^32 - 1", BYTES("4294967295"), "4294967295"},
    {"2^32 is capped", BYTES("4294967296"), "4294967295"},
    {"2^32 + 5 does not wrap to 5", BYTES("4294967301"), "4294967295"},
    {"2^64 + 200 does not wrap either", BYTES("18446744073709551816"), "4294967295"},
    {"as many digits as one likes", BYTES("9999999999999999999999999999999999999999999999999999999999"), "4294967295"},
    {"empty", BYTES(""), "no number"},
    {"negative", BYTES("-999"), "no number"},
    {"signed", BYTES("+1"), "no number"},
    {"hexadecimal", BYTES("0x10"), "no number"},
    {"a fraction", BYTES("1.5"), "no number"},
    {"digits and white space", BYTES("12 "), "no number"},
    {"a NUL behind the digits", BYTES("12\0"), "no number"},
    {"other digits of Unicode", BYTES("\xD9\xA1"), "no number"},
};

static void
test_number(void)
{
    for (size_t i = 0; i < COUNT(number_cases); i++) {
        rendering got = {0};
        uint32_t number = 0xA5A5A5A5;
        check_case(number_cases[i].name);
        if (sip_span_number(check_guarded_behind(number_cases[i].text), &number)) {
            render(&got, "%u", number);
        } else {
            render(&got, "no number");
            check_that(number == 0xA5A5A5A5, "number untouched");
        }
        check_same(number_cases[i].expected, got.text);
    }
}

static const struct {
    const char *name;
    sip_span text;
    int bad_at; /* -1: well-formed */
} utf8_cases[] = {
    {"ASCII, controls and NUL too", BYTES("a\0\x1f\x7f"), -1},
    {"two bytes, from U+0080 to U+07FF", BYTES("\xC2\x80 \xDF\xBF"), -1},
    {"three bytes, from U+0800 to U+FFFF", BYTES("\xE0\xA0\x80 \xEF\xBF\xBF"), -1},
    {"four bytes, from U+10000 to U+10FFFF", BYTES("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"), -1},
    {"the neighbours of the surrogates", BYTES("\xED\x9F\xBF \xEE\x80\x80"), -1},
    {"Latin-1", BYTES("caf\xE9 "), 3},
    {"a continuation byte alone", BYTES("ab\x80"), 2},
    {"overlong in two bytes", BYTES("\xC0\xAF"), 0},
    {"overlong in two bytes, the last", BYTES("\xC1\xBF"), 0},
    {"overlong in three bytes", BYTES("\xE0\x9F\xBF"), 0},
    {"overlong in four bytes", BYTES("\xF0\x8F\xBF\xBF"), 0},
    {"the first surrogate", BYTES("\xED\xA0\x80"), 0},
    {"above U+10FFFF", BYTES("\xF4\x90\x80\x80"), 0},
    {"a lead byte that UTF-8 never has", BYTES("\xF5\x80\x80\x80"), 0},
    {"0xFF", BYTES("x\xFF"), 1},
    {"cut after one byte of two", BYTES("x\xC3"), 1},
    {"cut after two bytes of three", BYTES("\xE2\x82"), 0},
    {"cut after three bytes of four", BYTES("\xF0\x9F\x98"), 0},
    {"a sequence that breaks off in ASCII", BYTES("\xE2\x82x"), 0},
    {"the second fault does not count", BYTES("\xC3\xA9 \xE9 \xE9"), 3},
    {"empty", BYTES(""), -1},
};

static void
test_utf8(void)
{
    for (size_t i = 0; i < COUNT(utf8_cases); i++) {
        rendering expected = {0};
        rendering got = {0};
        sip_span text = check_guarded_behind(utf8_cases[i].text);
        check_case(utf8_cases[i].name);
        const uint8_t *bad = sip_span_find_bad_utf8(text);
        render(&expected, "bad at %d", utf8_cases[i].bad_at);
        render(&got, "bad at %d", bad == NULL ? -1 : (int)(bad - text.data));
        check_same(expected.text, got.text);
    }
}

/* Every byte at every place of a text. */
static bool
tells_printable(uint8_t *text, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
            memset(text, byte % 2 != 0 ? ' ' : '~', length);
            text[at] = (uint8_t)byte;
            bool printable = sip_span_is_printable(check_guarded_behind((sip_span){text, length}));
            if (printable != (byte >= ' ' && byte <= '~')) {
                return false;
            }
        }
    }
    return true;
}

/* Up to two words and what is left of one. */
static void
test_printable(void)
{
    uint8_t text[19];
    check_case("printable or not");
    for (size_t length = 1; length <= sizeof text; length++) {
        check_that(tells_printable(text, length), "printable from space to tilde alone");
    }
    check_that(sip_span_is_printable((sip_span){text, 0}), "nothing that is not, in an empty text");
}

static const struct {
    const char *name;
    sip_span text;
    size_t limit;
    size_t expected;
} front_cases[] = {
    {"shorter than the limit", BYTES("ab\xC3\xA9"), 5, 4},
    {"as long", BYTES("ab\xC3\xA9"), 4, 4},
    {"within two bytes", BYTES("ab\xC3\xA9"), 3, 2},
    {"within three", BYTES("\xE9\x88\xB4x"), 2, 0},
    {"behind three", BYTES("\xE9\x88\xB4x"), 3, 3},
    {"within four", BYTES("a\xF0\x9F\x93\x9Ex"), 4, 1},
    {"within more, which is no character", BYTES("a\xF0\x80\x80\x80\x80\x80"), 6, 3},
    {"nothing", BYTES("\x80"), 0, 0},
    {"absent", {NULL, 0}, 5, 0},
};

static void
test_front(void)
{
    for (size_t i = 0; i < COUNT(front_cases); i++) {
        sip_span text = check_guarded_behind(front_cases[i].text);
        sip_span front = sip_span_front(text, front_cases[i].limit);
        check_case(front_cases[i].name);
        check_that(front.data == text.data && front.length == front_cases[i].expected,
                   "as much as fits, in characters");
    }
}

static void
test_run_and_find(void)
{
    sip_span text = check_guarded_behind(SIP_SPAN("5060;lr\0;x"));

    check_case("a run ends at the first other byte");
    check_that(sip_span_run(text, SIP_CHAR_DIGIT) == 4, "4 digits");
    check_that(sip_span_run(text, SIP_CHAR_ALPHA) == 0, "no letter in front");
    check_that(sip_span_run(sip_span_from(text, 5), SIP_CHAR_ALPHA) == 2, "2 letters behind ;");
    check_case("a run ends with the span");
    check_that(sip_span_run((sip_span){text.data, 3}, SIP_CHAR_DIGIT) == 3, "3 digits");
    check_that(sip_span_run(sip_span_from(text, text.length), SIP_CHAR_DIGIT) == 0, "none in an empty span");
    check_that(sip_span_run((sip_span){NULL, 0}, SIP_CHAR_DIGIT) == 0, "none in an absent span");

    check_case("find gives the first");
    check_that(sip_span_find(text, ';') == text.data + 4, "the ; at 4");
    check_that(sip_span_find(text, 0) == text.data + 7, "the NUL at 7");
    check_that(sip_span_find(text, 'x') == text.data + 9, "the last byte");
    check_case("find gives NULL");
    check_that(sip_span_find(text, '@') == NULL, "no @");
    check_that(sip_span_find((sip_span){text.data, 4}, ';') == NULL, "nothing behind the end of the span");
    check_that(sip_span_find((sip_span){NULL, 0}, ';') == NULL, "nothing in an absent span");
}

static const struct {
    const char *name;
    sip_span data;
    const char *expected;
} line_cases[] = {
    {"CRLF", BYTES("a\r\nb"), "[a] ending <CR><LF>"},
    {"LF", BYTES("a\nb\r\n"), "[a] ending <LF>"},
    {"CR", BYTES("a\rb\n"), "[a] ending <CR>"},
    {"CR and the CRLF of an empty line", BYTES("a\r\r\n"), "[a] ending <CR>"},
    {"LF CR is not one ending", BYTES("a\n\r"), "[a] ending <LF>"},
    {"CR at the end of the data", BYTES("a\r"), "[a] ending <CR>"},
    {"an empty line", BYTES("\r\na"), "[] ending <CR><LF>"},
    {"no ending", BYTES("a b"), "[a b] ending "},
    {"empty", BYTES(""), "[] ending "},
};

static void
test_lines(void)
{
    for (size_t i = 0; i < COUNT(line_cases); i++) {
        rendering got = {0};
        sip_span data = check_guarded_behind(line_cases[i].data);
        sip_span line = data;
        check_case(line_cases[i].name);
        sip_span ending = sip_span_cut_line(&line);
        check_that(line.data == data.data && ending.data == sip_span_end(line), "the line in front, then its ending");
        render(&got, "[");
        render_bytes(&got, line);
        render(&got, "] ending ");
        render_bytes(&got, ending);
        check_same(line_cases[i].expected, got.text);
    }
}

/* A line is found at whatever length, up to the end of readable memory. */
static void
test_long_lines(void)
{
    static uint8_t buffer[1100];
    memset(buffer, 'x', sizeof(buffer));
    check_case("lines of 0 to 1098 bytes");
    for (size_t length = 0; length + 2 <= sizeof(buffer); length++) {
        check_prefix(length);
        buffer[length] = '\r';
        buffer[length + 1] = '\n';
        for (size_t cut = 0; cut <= 2; cut++) {
            sip_span line = check_guarded_behind((sip_span){buffer, length + cut});
            sip_span ending = sip_span_cut_line(&line);
            check_that(line.length == length && ending.length == cut, "cut where the line ends");
        }
        buffer[length] = 'x';
        buffer[length + 1] = 'x';
    }
}

int
main(void)
{
    test_classes();
    test_trim();
    test_compare();
    test_number();
    test_utf8();
    test_printable();
    test_front();
    test_run_and_find();
    test_lines();
    test_long_lines();
    return check_summary();
}
