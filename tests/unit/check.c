/* check.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "check.h"

#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
    const char *name;
    bool in_prefix;
    size_t prefix;
    bool failed;
    unsigned cases;
    unsigned failed_cases;
} current;

static void
print_case(FILE *stream)
{
    fprintf(stream, "case \"%s\"", current.name != NULL ? current.name : "");
    if (current.in_prefix) {
        fprintf(stream, ", its first %zu bytes", current.prefix);
    }
}

static void
print_case_at_crash(void)
{
    fprintf(stderr, "CRASHED in ");
    print_case(stderr);
    fprintf(stderr, "\n");
}

static void
fail(void)
{
    if (!current.failed) {
        current.failed = true;
        current.failed_cases++;
    }
    printf("FAILED ");
    print_case(stdout);
    printf("\n");
}

void
check_case(const char *name)
{
    if (current.cases == 0) {
        __sanitizer_set_death_callback(print_case_at_crash);
    }
    current.name = name;
    current.in_prefix = false;
    current.failed = false;
    current.cases++;
}

void
check_prefix(size_t length)
{
    current.in_prefix = true;
    current.prefix = length;
}

bool
check_that(bool holds, const char *what)
{
    if (!holds) {
        fail();
        printf("  should be: %s\n", what);
    }
    return holds;
}

void
check_same(const char *expected, const char *got)
{
    if (strcmp(expected, got) != 0) {
        fail();
        printf("  expected: %s\n  got:      %s\n", expected, got);
    }
}

void
check_inside(sip_span whole, sip_span part, const char *what)
{
    if (!sip_span_present(part)) {
        return;
    }
    uintptr_t low = (uintptr_t)whole.data;
    uintptr_t high = low + whole.length;
    uintptr_t first = (uintptr_t)part.data;
    if (first < low || first > high || part.length > high - first) {
        fail();
        printf("  should lie inside of the input: %s\n", what);
    }
}

enum { PAINT = 0xA5 };

void
check_paint(void *output, size_t size)
{
    memset(output, PAINT, size);
}

void
check_untouched(const void *output, size_t size)
{
    const uint8_t *bytes = output;
    size_t painted = 0;
    while (painted < size && bytes[painted] == PAINT) {
        painted++;
    }
    check_that(painted == size, "an output left untouched");
}

int
check_summary(void)
{
    printf("%u cases, %u failed\n", current.cases, current.failed_cases);
    return current.failed_cases == 0 && current.cases > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* CHECK_LARGEST bytes between two pages that can't be read. */
static uint8_t *
new_arena(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *pages = mmap(NULL, CHECK_LARGEST + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || mprotect(pages + page, CHECK_LARGEST, PROT_READ | PROT_WRITE) != 0) {
        perror("guarded memory");
        exit(EXIT_FAILURE);
    }
    return pages + page;
}

static sip_span
copy_to(uint8_t *place, sip_span bytes)
{
    if (bytes.length > 0) {
        memcpy(place, bytes.data, bytes.length);
    }
    return (sip_span){place, bytes.length};
}

static void
check_fits(sip_span bytes)
{
    if (bytes.length > CHECK_LARGEST) {
        fprintf(stderr, "a case of more than %d bytes\n", CHECK_LARGEST);
        exit(EXIT_FAILURE);
    }
}

sip_span
check_guarded_behind(sip_span bytes)
{
    static uint8_t *arena;
    check_fits(bytes);
    if (arena == NULL) {
        arena = new_arena();
    }
    return copy_to(arena + CHECK_LARGEST - bytes.length, bytes);
}

sip_span
check_guarded_before(sip_span bytes)
{
    static uint8_t *arena;
    check_fits(bytes);
    if (arena == NULL) {
        arena = new_arena();
    }
    return copy_to(arena, bytes);
}

void
check_prefixes(sip_span bytes, void (*examine)(sip_span prefix))
{
    for (size_t length = 0; length <= bytes.length; length++) {
        sip_span prefix = {bytes.data, length};
        check_prefix(length);
        examine(check_guarded_behind(prefix));
        examine(check_guarded_before(prefix));
    }
}
