/* names_test.c - the memory that names live in, and the names.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "check.h"
#include "render.h"

#include "track/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sipmsg_arena *arena;
static sipmsg_names *names;

static void
start(const char *name)
{
    check_case(name);
    arena = sipmsg_arena_new();
    names = sipmsg_names_new(arena);
}

static void
end(void)
{
    sipmsg_names_free(names);
    sipmsg_arena_free(arena);
}

/* Whether size bytes are all of that value. */
static bool
is_all(const uint8_t *bytes, size_t size, uint8_t value)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != value) {
            return false;
        }
    }
    return true;
}

/* Sizes on either side of what changes how the arena takes them. */
static const size_t sizes[] = {1,   2,     7,    8,     9,     15,    16,    17,    23,     24,    25,     63,
                               64,  65,    1000, 4095,  4096,  16383, 16384, 16385, 16392,  16393, 65535,  65536,
                               300, 65537, 1,    70000, 16384, 16384, 16384, 16384, 100000, 8,     200000, 1000000};

static void
test_arena(void)
{
    uint8_t *taken[COUNT(sizes)];
    size_t whole = 0;
    start("memory of all sizes");
    size_t before = sipmsg_arena_size(arena);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        taken[i] = sipmsg_arena_take(arena, sizes[i]);
        check_that((uintptr_t)taken[i] % _Alignof(uint64_t) == 0, "aligned for numbers");
        check_that((uintptr_t)taken[i] % _Alignof(void *) == 0, "aligned for pointers");
        check_that(is_all(taken[i], sizes[i], 0), "all zero");
        memset(taken[i], (int)i + 1, sizes[i]);
        whole += sizes[i];
    }
    for (size_t i = 0; i < COUNT(sizes); i++) {
        check_that(is_all(taken[i], sizes[i], (uint8_t)(i + 1)), "memory that nobody else was given");
    }
    size_t size = sipmsg_arena_size(arena) - before;
    check_that(size >= whole && size < whole + COUNT(sizes) * sizeof(uint64_t), "a size with nothing but padding");
    end();
}

static void
test_small_records(void)
{
    enum { RECORDS = 100000, SIZE = 24 };
    start("a hundred thousand small records");
    size_t before = sipmsg_arena_size(arena);
    uint8_t *previous = NULL;
    for (int i = 0; i < RECORDS; i++) {
        uint8_t *record = sipmsg_arena_take(arena, SIZE);
        if (!is_all(record, SIZE, 0)) {
            check_that(false, "all zero");
            break;
        }
        memset(record, 0xFF, SIZE);
        if (previous != NULL && record != previous + SIZE && record > previous && record < previous + SIZE) {
            check_that(false, "records that don't overlap");
        }
        previous = record;
    }
    check_that(sipmsg_arena_size(arena) - before == (size_t)RECORDS * SIZE, "not a byte more than the records");
    end();
}

/* Texts, and what is kept of each. */
static const struct {
    const char *name;
    sip_span text;
    const char *kept;
} text_cases[] = {
    {"letters of both cases", BYTES("z9hG4bK-AZ"), "[z9hG4bK-AZ]"},
    {"bytes that are no letters", BYTES("\0\xC9\xFF"), "[<NUL><C9><FF>]"},
    {"empty", BYTES(""), "[]"},
    {"absent", {NULL, 0}, "absent"},
};

static void
check_name(const char *expected, const sipmsg_name *name)
{
    rendering got = {0};
    if (name == NULL) {
        render(&got, "absent");
    } else {
        render(&got, "[");
        render_bytes(&got, name->text);
        render(&got, "]");
    }
    check_same(expected, got.text);
}

static void
test_texts(void)
{
    for (size_t i = 0; i < COUNT(text_cases); i++) {
        sip_span text = text_cases[i].text;
        start(text_cases[i].name);
        if (sip_span_present(text)) {
            text = check_guarded_behind(text);
        }
        check_name(text_cases[i].kept, sipmsg_name_of(names, text));
        end();
    }
}

static void
test_same(void)
{
    start("the same text is the same name");
    const sipmsg_name *name = sipmsg_name_of(names, SIP_SPAN("Tag"));
    check_that(name == sipmsg_name_of(names, SIP_SPAN("Tag")), "one name");
    check_that(name != sipmsg_name_of(names, SIP_SPAN("tag")), "another name where the case counts");
    check_that(name != sipmsg_name_of(names, SIP_SPAN("Ta")), "another name for a shorter text");
    check_that(name != sipmsg_name_of(names, SIP_SPAN("Tag\0")), "another name for a longer text");
    check_that(sipmsg_name_of(names, SIP_SPAN("")) != NULL, "a name for the empty text");
    end();
}

static void
test_copied(void)
{
    char text[] = "branch";
    const sip_span span = {(const uint8_t *)text, strlen(text)};
    start("a name outlives the text that it was made of");
    const sipmsg_name *name = sipmsg_name_of(names, span);
    memset(text, 'x', strlen(text));
    check_name("[branch]", name);
    check_that(sipmsg_name_of(names, span) != name, "another name for what stands there now");
    end();
}

/* A text of that length which ends in a letter. */
static sip_span
long_text(size_t length, char fill, char last)
{
    static uint8_t text[CHECK_LARGEST];
    memset(text, fill, length);
    text[length - 1] = (uint8_t)last;
    return check_guarded_behind((sip_span){text, length});
}

static void
test_long(void)
{
    static const size_t lengths[] = {1, 7, 8, 9, 15, 16, 17, 255, 256, 257, 1000, 65535, 1000000};
    start("long texts");
    for (size_t i = 0; i < COUNT(lengths); i++) {
        size_t length = lengths[i];
        const sipmsg_name *name = sipmsg_name_of(names, long_text(length, 'a', 'z'));
        check_that(name->text.length == length, "a name as long as its text");
        check_that(is_all(name->text.data, length - 1, 'a') && name->text.data[length - 1] == 'z', "its bytes");
        check_that(name == sipmsg_name_of(names, long_text(length, 'a', 'z')), "one name");
        check_that(name != sipmsg_name_of(names, long_text(length, 'a', 'y')), "another for another text");
    }
    end();
}

static const sipmsg_name *
numbered(unsigned number)
{
    char text[32];
    int length = snprintf(text, sizeof text, "z9hG4bK%u", number);
    return sipmsg_name_of(names, (sip_span){(const uint8_t *)text, (size_t)length});
}

static void
test_many(void)
{
    enum { MANY = 200000 };
    const sipmsg_name **all = calloc(MANY, sizeof(sipmsg_name *));
    unsigned wrong = 0;
    start("many names");
    for (unsigned i = 0; i < MANY; i++) {
        all[i] = numbered(i);
    }
    size_t size = sipmsg_arena_size(arena);
    for (unsigned i = 0; i < MANY; i++) {
        wrong += all[i] != numbered(i);
        wrong += i > 0 && all[i] == all[i - 1];
    }
    check_that(wrong == 0, "each found again");
    check_that(sipmsg_arena_size(arena) == size, "no memory for names that are known");
    check_that(size < (size_t)MANY * 48, "less than 48 bytes for a name of 13");
    free(all);
    end();
}

int
main(void)
{
    test_arena();
    test_small_records();
    test_texts();
    test_same();
    test_copied();
    test_long();
    test_many();
    return check_summary();
}
