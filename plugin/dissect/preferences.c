/* preferences.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "preferences.h"

#include "fields.h"

static sipmsg_bool hand_on = true;
static const char *known_methods = "";

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
