/* fuzz.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t work;
static uint64_t most_for_a_byte;

static void
print_work(void)
{
    if (most_for_a_byte > 0) {
        fprintf(stderr, "stat::most_work_for_a_byte:      %llu\n", (unsigned long long)most_for_a_byte);
    }
}

void
fuzz_fail(const char *what)
{
    fprintf(stderr, "FAILED: should be: %s\n", what);
    abort();
}

void
fuzz_inside(sip_span whole, sip_span part, const char *what)
{
    if (!sip_span_present(part)) {
        fuzz_that(part.length == 0, "an absent part without length");
        return;
    }
    uintptr_t low = (uintptr_t)whole.data;
    uintptr_t high = low + whole.length;
    uintptr_t first = (uintptr_t)part.data;
    if (first < low || first > high || part.length > high - first) {
        fprintf(stderr, "FAILED: should lie inside of the input: %s\n", what);
        abort();
    }
}

bool
fuzz_is_shown(void)
{
    static int shown = -1;
    if (shown < 0) {
        shown = getenv("FUZZ_SHOW") != NULL;
    }
    return shown > 0;
}

fuzz_place
fuzz_place_of(sip_span whole, sip_span part)
{
    fuzz_inside(whole, part, "a part");
    return sip_span_present(part) ? (fuzz_place){true, (size_t)(part.data - whole.data), part.length}
                                  : (fuzz_place){false, 0, 0};
}

bool
fuzz_same_place(fuzz_place a, fuzz_place b)
{
    return a.present == b.present && a.offset == b.offset && a.length == b.length;
}

sip_span
fuzz_copy(sip_span bytes)
{
    /* A copy of nothing still has an address, and no byte there. */
    uint8_t *copy = malloc(bytes.length + (bytes.length == 0));
    if (copy == NULL) {
        abort();
    }
    if (bytes.length > 0) {
        memcpy(copy, bytes.data, bytes.length);
    }
    return (sip_span){copy, bytes.length};
}

void
fuzz_drop(sip_span copy)
{
    free((void *)copy.data);
}

enum { PAINT = 0xA5 };

void
fuzz_paint(void *output, size_t size)
{
    memset(output, PAINT, size);
}

void
fuzz_untouched(const void *output, size_t size)
{
    const uint8_t *bytes = output;
    size_t painted = 0;
    while (painted < size && bytes[painted] == PAINT) {
        painted++;
    }
    fuzz_that(painted == size, "an output left untouched");
}

/* FNV-1a */
fuzz_dice
fuzz_dice_of(sip_span input)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < input.length; i++) {
        hash = (hash ^ input.data[i]) * UINT64_C(0x100000001B3);
    }
    return (fuzz_dice){hash};
}

/* SplitMix64 (Steele, Lea and Flood, 2014) */
size_t
fuzz_throw(fuzz_dice *dice, size_t limit)
{
    dice->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t number = dice->state;
    number = (number ^ number >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    number = (number ^ number >> 27) * UINT64_C(0x94D049BB133111EB);
    return (size_t)((number ^ number >> 31) % limit);
}

void
fuzz_prefixes(sip_span whole, void (*examine)(sip_span whole, sip_span prefix))
{
    enum { PREFIXES = 3 };
    fuzz_dice dice = fuzz_dice_of(whole);
    for (int i = 0; i < PREFIXES && whole.length > 0; i++) {
        /* The last byte makes the difference as often as any other place. */
        size_t length = i == 0 ? whole.length - 1 : fuzz_throw(&dice, whole.length);
        sip_span prefix = fuzz_copy((sip_span){whole.data, length});
        examine(whole, prefix);
        fuzz_drop(prefix);
    }
}

uint64_t
fuzz_work(void)
{
    return work;
}

void
fuzz_work_check(uint64_t start, size_t bytes, uint64_t most)
{
    /* What is looked up whatever the input is counts as that of so many bytes more. */
    enum { BYTES_OF_ANY = 64 };
    uint64_t for_a_byte = (work - start) / (bytes + BYTES_OF_ANY);
    if (for_a_byte > most_for_a_byte) {
        most_for_a_byte = for_a_byte;
    }
    if (for_a_byte > most) {
        fprintf(stderr, "%llu steps for each of %zu bytes\n", (unsigned long long)for_a_byte, bytes);
    }
    fuzz_that(for_a_byte <= most, "time in proportion to the length of the input");
}

/* What libFuzzer, the compiler and the linker call us by. Others have chosen these names and
 * types. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,
 * readability-identifier-naming,readability-non-const-parameter) */

const char *__asan_default_options(void);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was freed long ago need not be remembered: all that an input uses is gone after it. */
const char *
__asan_default_options(void)
{
    return "quarantine_size_mb=1:malloc_context_size=4";
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return atexit(print_work);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* The first call comes without bytes and perhaps without memory. */
    static const uint8_t nothing[1];
    fuzz_target((sip_span){data != NULL ? data : nothing, size});
    return 0;
}

/* The linker's --wrap leads all calls of these functions here (see CMakeLists.txt): the edges,
 * which libFuzzer has other means to see, and those that look at many bytes. */

void __wrap___sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop);
void __wrap___sanitizer_cov_trace_pc_guard(uint32_t *guard);
void *__wrap_memchr(const void *bytes, int value, size_t length);
void *__real_memchr(const void *bytes, int value, size_t length);
int __wrap_memcmp(const void *a, const void *b, size_t length);
int __real_memcmp(const void *a, const void *b, size_t length);

void
__wrap___sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop)
{
    (void)start;
    (void)stop;
}

void
__wrap___sanitizer_cov_trace_pc_guard(uint32_t *guard)
{
    (void)guard;
    work++;
}

void *
__wrap_memchr(const void *bytes, int value, size_t length)
{
    const uint8_t *found = __real_memchr(bytes, value, length);
    work += found != NULL ? (size_t)(found - (const uint8_t *)bytes) : length;
    return (void *)found;
}

int
__wrap_memcmp(const void *a, const void *b, size_t length)
{
    work += length;
    return __real_memcmp(a, b, length);
}

/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp,
 * readability-identifier-naming,readability-non-const-parameter) */
