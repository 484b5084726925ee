/* preferences.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "preferences.h"

#include "fields.h"

#include "sip/limits.h"
#include "track/transactions.h"

static sipmsg_bool hand_on = true;
static const char *known_methods = "";
static guint patience = SIP_LIMIT_PATIENCE;
static guint transaction_age = SIP_LIMIT_TRANSACTION_AGE;

void
sipmsg_register_preferences(void)
{
    module_t *module = prefs_register_protocol(proto_sipmsg, NULL);

    prefs_register_bool_preference(module, "hand_on", "Hand messages on to Wireshark's SIP dissector",
                                   "Show the header fields and the body of each message as Wireshark does without "
                                   "this plugin, set up RTP streams, and feed its SIP statistics. Switch it off to go "
                                   "through a large capture fast: only the diagnosis is left then.",
                                   &hand_on);
    prefs_register_string_preference(module, "known_methods", "Further known methods",
                                     "Methods that are not registered with IANA but known to you, such as SERVICE "
                                     "BENOTIFY, separated by spaces or commas. They raise no warning. Case matters.",
                                     &known_methods);
    prefs_register_uint_preference(module, "patience", "Seconds until a message counts as unanswered",
                                   "How long a request waits for its first response, and a 2xx to an INVITE for its "
                                   "ACK. If the capture goes on for as long without one, that is reported. SIP gives "
                                   "up after 32 seconds, 64 times T1.",
                                   10, &patience);
    prefs_register_uint_preference(module, "transaction_age", "Seconds until a silent transaction is over",
                                   "If a request comes again with the same branch, Call-ID and CSeq after a longer "
                                   "silence, it starts another transaction, as when a test is run again with the same "
                                   "identifiers. 0: it never does.",
                                   10, &transaction_age);
}

bool
sipmsg_hands_on(void)
{
    return hand_on;
}

bool
sipmsg_method_is_known_to_user(sip_span method)
{
    const char *word = known_methods;
    while (*word != '\0') {
        word += strspn(word, " ,;\t");
        size_t length = strcspn(word, " ,;\t");
        if (sip_span_equal(method, (sip_span){(const uint8_t *)word, length})) {
            return length > 0;
        }
        word += length;
    }
    return false;
}

int64_t
sipmsg_patience(void)
{
    return patience * SIPMSG_SECOND;
}

int64_t
sipmsg_transaction_age(void)
{
    return transaction_age * SIPMSG_SECOND;
}
