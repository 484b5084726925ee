/* script.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    START_SECONDS = 1700000000,
    STEP_MS = 10,
    MS = 1000000,
    MAX_LINES = 64,
};

static void
give_up(const char *what, const char *where)
{
    fprintf(stderr, "%s: %s\n", what, where);
    abort();
}

/* The value of the option of that name among the words of a line. */
static const char *
option(char **words, const char *name, const char *otherwise)
{
    size_t length = strlen(name);
    for (char **word = words; *word != NULL; word++) {
        if (strncmp(*word, name, length) == 0 && (*word)[length] == '=') {
            return *word + length + 1;
        }
    }
    return otherwise;
}

static bool
is_left_out(const char *value)
{
    return strcmp(value, "-") == 0;
}

/* A slip of the pen in a script would test nothing. */
static void
check_options(char **words)
{
    static const char *const known[] = {"cs",   "id", "ft", "tt", "b",     "branch", "by",   "via", "uri",
                                        "rseq", "x",  "t",  "ip", "frame", "ports",  "from", "to"};
    for (char **word = words; *word != NULL; word++) {
        size_t length = strcspn(*word, "=");
        bool found = length == 0;
        for (size_t i = 0; i < COUNT(known) && !found; i++) {
            found = strlen(known[i]) == length && strncmp(*word, known[i], length) == 0;
        }
        if (!found) {
            give_up("no such option", *word);
        }
    }
}

static int
number_of(const char *text)
{
    return (int)g_ascii_strtoll(text, NULL, 10);
}

static int64_t
duration(const char *text)
{
    static const struct {
        const char *unit;
        int64_t size;
    } units[] = {{"s", SIPMSG_SECOND}, {"ms", MS}, {"us", 1000}, {"ns", 1}};
    char *unit;
    int64_t number = g_ascii_strtoll(text, &unit, 10);
    for (size_t i = 0; i < COUNT(units); i++) {
        if (strcmp(unit, units[i].unit) == 0) {
            return number * units[i].size;
        }
    }
    give_up("no duration", text);
    return 0;
}

static bool
is_response(const char *what)
{
    return g_ascii_isdigit(what[0]);
}

static void
add_via(GString *out, char **words)
{
    const char *values = option(words, "via", "1");
    const char *branch = option(words, "branch", "");
    const char *number = option(words, "b", "1");
    if (is_left_out(values)) {
        return;
    }
    g_string_append_printf(out, "Via: SIP/2.0/UDP %s", option(words, "by", "h"));
    if (branch[0] != '\0') {
        g_string_append_printf(out, ";branch=%s", branch);
    } else if (!is_left_out(number)) {
        g_string_append_printf(out, ";branch=z9hG4bK%s", number);
    }
    for (int i = 1; i < number_of(values); i++) {
        g_string_append_printf(out, ", SIP/2.0/UDP behind%d;branch=z9hG4bKx", i);
    }
    g_string_append(out, "\r\n");
}

static void
add_party(GString *out, const char *header, const char *uri, const char *tag)
{
    g_string_append_printf(out, "%s: <%s>", header, uri);
    if (!is_left_out(tag)) {
        g_string_append_printf(out, ";tag=%s", tag);
    }
    g_string_append(out, "\r\n");
}

static void
add_cseq(GString *out, char **words, const char *what)
{
    const char *value = option(words, "cs", "1");
    const char *colon = strchr(value, ':');
    const char *method = colon != NULL ? colon + 1 : is_response(what) ? "INVITE" : what;
    if (!is_left_out(value)) {
        g_string_append_printf(out, "CSeq: %d %s\r\n", number_of(value), method);
    }
}

static void
add_field(GString *out, char **words, const char *name, const char *key, const char *otherwise)
{
    const char *value = option(words, key, otherwise);
    if (!is_left_out(value)) {
        g_string_append_printf(out, "%s: %s\r\n", name, value);
    }
}

/* The message that stands for a line. */
static GString *
expand(char **words)
{
    const char *what = words[1];
    GString *out = g_string_new(NULL);
    if (is_response(what)) {
        g_string_append_printf(out, "SIP/2.0 %s Phrase\r\n", what);
    } else {
        g_string_append_printf(out, "%s %s SIP/2.0\r\n", what, option(words, "uri", "sip:b@h"));
    }
    add_via(out, words + 2);
    if (!is_left_out(option(words, "from", ""))) {
        add_party(out, "From", "sip:a@h", option(words, "ft", "a"));
    }
    if (!is_left_out(option(words, "to", ""))) {
        add_party(out, "To", "sip:b@h", option(words, "tt", "-"));
    }
    add_field(out, words, "Call-ID", "id", "c");
    add_cseq(out, words, what);
    add_field(out, words, "RSeq", "rseq", "-");
    add_field(out, words, "X", "x", "-");
    g_string_append(out, "Content-Length: 0\r\n\r\n");
    return out;
}

static uint32_t
next_frame(const script *played, char **words)
{
    const char *given = option(words, "frame", NULL);
    return given != NULL ? (uint32_t)number_of(given) : played->frame + 1;
}

static int64_t
next_time(const script *played, char **words)
{
    const char *given = option(words, "t", NULL);
    return played->time + (given != NULL ? duration(given) : (int64_t)STEP_MS * MS);
}

/* Feeds a message. All its bytes are gone afterwards. */
static const sipmsg_sighting *
note(script *played, char **words, int64_t max_age)
{
    GString *text = expand(words);
    uint8_t *bytes = g_memdup2(text->str, text->len);
    char *path = g_strdup(words[0]);
    const sipmsg_sighting *sighting = NULL;
    sip_message message;
    sip_identity identity;

    played->frame = next_frame(played, words);
    played->time = next_time(played, words);
    if (played->end < played->time) {
        played->end = played->time;
    }
    if (!sip_message_parse((sip_span){bytes, text->len}, false, &message)) {
        give_up("no message", text->str);
    }
    if (sip_identity_parse(&message, &identity)) {
        const sipmsg_arrival arrival = {
            .message = &message,
            .frame = played->frame,
            .time = played->time,
            .path = {(const uint8_t *)path, strlen(path)},
            .ports = (uint32_t)number_of(option(words, "ports", "0")),
            .ip_id = number_of(option(words, "ip", "-1")),
        };
        sighting = sipmsg_track_note(played->track, &arrival, &identity, max_age);
    }
    g_string_free(text, TRUE);
    g_free(bytes);
    g_free(path);
    return sighting;
}

/* The words of a text, without empty ones. */
static char **
split(const char *text)
{
    GPtrArray *words = g_ptr_array_new();
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length > 0) {
            g_ptr_array_add(words, g_strndup(text, length));
        }
        text += length + strspn(text + length, " ");
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}

static void
play_line(script *played, script_line *line, int64_t max_age)
{
    char **words = split(line->text);
    line->is_message = g_ascii_isupper(line->text[0]);
    if (line->is_message) {
        if (words[1] == NULL) {
            give_up("no message", line->text);
        }
        check_options(words + 2);
        line->sighting = note(played, words, max_age);
    } else if (strcmp(words[0], "end") == 0) {
        played->end += duration(words[1]);
    }
    g_strfreev(words);
}

/* Parts each line at its bar: what stands behind it is expected. Returns how many lines
 * there are. */
static size_t
part(char **texts, script_line *lines, const char **expected)
{
    size_t count = 0;
    for (; texts[count] != NULL && texts[count][0] != '\0'; count++) {
        char *bar = strchr(texts[count], '|');
        if (count == MAX_LINES) {
            give_up("too many lines", texts[count]);
        }
        expected[count] = "";
        if (bar != NULL) {
            *bar = '\0';
            expected[count] = g_strstrip(bar + 1);
        }
        lines[count] = (script_line){.text = g_strstrip(texts[count])};
    }
    return count;
}

static void
check_line(const script *played, const script_line *line, const char *expected, script_describe *describe)
{
    rendering wanted = {0};
    rendering got = {0};
    render(&wanted, "%s | %s", line->text, expected);
    render(&got, "%s | ", line->text);
    if (line->is_message && line->sighting == NULL) {
        render(&got, "none");
    } else {
        describe(&got, played, line);
    }
    check_same(wanted.text, got.text);
}

void
script_check(const script_case *played, script_describe *describe)
{
    char **texts = g_strsplit(played->text, "\n", -1);
    script_line lines[MAX_LINES];
    const char *expected[MAX_LINES];
    size_t count = part(texts, lines, expected);
    script run = {.track = sipmsg_track_new(), .time = START_SECONDS * SIPMSG_SECOND};

    check_case(played->name);
    for (size_t i = 0; i < count; i++) {
        play_line(&run, &lines[i], played->max_age);
    }
    for (size_t i = 0; i < count; i++) {
        check_line(&run, &lines[i], expected[i], describe);
    }
    sipmsg_track_free(run.track);
    g_strfreev(texts);
}

void
script_render_time(rendering *out, const char *name, int64_t time)
{
    if (time == -1) {
        return;
    }
    bool seconds = time >= SIPMSG_SECOND && time % SIPMSG_SECOND == 0;
    bool milliseconds = time % MS == 0;
    int64_t unit = seconds ? SIPMSG_SECOND : milliseconds ? MS : 1;
    render(out, " %s=%lld%s", name, (long long)(time / unit), seconds ? "s" : milliseconds ? "ms" : "ns");
}

void
script_render_frame(rendering *out, const char *name, const sipmsg_sighting *sighting)
{
    if (sighting != NULL) {
        render(out, " %s=%u", name, sighting->frame);
    }
}
