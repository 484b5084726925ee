/* dictionary.c - prints libFuzzer's dictionary: all that the lists name, and the words of the
 * grammar.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>

static const char *const words[] = {
#define SIP_METHOD(identifier, name, rfc) "\r\n" name " sip:", name,
#define SIP_OTHER_METHOD(name, note)      name,
#include "sip/methods.def"

#define SIP_HEADER(identifier, name, occurrence, empty) "\r\n" name ": ",
#include "sip/headers.def"

#define SIP_Q850_LOCATION(token, name) "location=" token,
#include "sip/causes.def"

    /* The grammar of RFC 3261 section 25.1, RFC 3326 and RFC 3966 */
    "SIP/2.0",
    " SIP/2.0\r\n",
    "SIP/2.0 200 OK\r\n",
    "sip:",
    "sips:",
    "tel:+",
    "urn:",
    "\r\n\r\n",
    "\r\n ",
    "\r\n",
    "\r",
    "\n",
    "<sip:",
    ">",
    ";tag=",
    ";branch=z9hG4bK",
    "z9hG4bK",
    ";lr",
    ";rport",
    ";received=",
    ";ttl=",
    ";maddr=",
    ";transport=tls",
    ";method=",
    "?a=b&c=d",
    ";expires=",
    ";q=0.5",
    ";cause=",
    ";text=\"",
    "Q.850",
    "Preemption",
    "RELEASE_CAUSE",
    "FAILURE_CAUSE",
    "STIR",
    "Digest realm=\"",
    "Basic ",
    ",uri=\"",
    ",nonce=\"",
    "SIP/2.0/UDP ",
    "SIP/2.0/TCP ",
    "SIP/2.0/TLS ",
    "SIP/2.0/WS ",
    "[2001:db8::1]",
    "192.0.2.1",
    ":5060",
    ":65535",
    ":65536",
    "4294967295",
    "4294967296",
    "2147483648",
    "1048576",
    "1048577",
    "*",
    "\"\\\"",
    "100rel",
    "message/sipfrag",
    "multipart/mixed;boundary=b",
    "text/plain",
    "application/sdp",
    "Thu, 01 Jan 2026 00:00:00 GMT",
    "%41",
    "%",
    "\xC3\xA9",
    "\xED\xA0\x80"};

static const unsigned codes[] = {
#define SIP_STATUS(code, phrase, rfc)                             code,
#define SIP_FAILURE(code, phrase, rfc, weight, evidence, meaning) code,
#define SIP_UNREGISTERED_STATUS(code, note)                       code,
#include "sip/status_codes.def"
};

static const char letters[] = {
#define SIP_COMPACT_HEADER(letter, identifier) letter,
#include "sip/headers.def"
};

static void
print_word(const char *word)
{
    putchar('"');
    for (; *word != '\0'; word++) {
        unsigned char byte = (unsigned char)*word;
        if (byte < ' ' || byte > '~' || byte == '"' || byte == '\\') {
            printf("\\x%02X", byte);
        } else {
            putchar(byte);
        }
    }
    puts("\"");
}

int
main(void)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        print_word(words[i]);
    }
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        printf("\"SIP/2.0 %u \"\n", codes[i]);
    }
    for (size_t i = 0; i < sizeof letters; i++) {
        printf("\"\\x0D\\x0A%c: \"\n", letters[i]);
    }
    return 0;
}
