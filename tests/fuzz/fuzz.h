/* fuzz.h - the harness of the fuzzers: it ends the run where a promise is broken, lends
 * memory whose ends can't be overstepped, and counts work.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each X_fuzz.c has a fuzz_target(), which libFuzzer calls again and again; what it promises
 * to hold stands at its head.
 */
#ifndef SIPMSG_FUZZ_FUZZ_H
#define SIPMSG_FUZZ_FUZZ_H

#include "sip/span.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What is to be done with an input, which lies in memory of exactly its size. */
void fuzz_target(sip_span input);

/* Ends the run, so that libFuzzer keeps the input; what says what should have been. The
 * second does so unless holds. */
_Noreturn void fuzz_fail(const char *what);

static inline void
fuzz_that(bool holds, const char *what)
{
    if (!holds) {
        fuzz_fail(what);
    }
}

/* The same, unless part is absent or lies inside of whole. */
void fuzz_inside(sip_span whole, sip_span part, const char *what);

/* Whether somebody wants to read the input: FUZZ_SHOW is set in the environment. */
bool fuzz_is_shown(void);

/* Where a part lies in its whole; two are the same place in copies of the same bytes. */
typedef struct fuzz_place {
    bool present;
    size_t offset;
    size_t length;
} fuzz_place;

fuzz_place fuzz_place_of(sip_span whole, sip_span part);
bool fuzz_same_place(fuzz_place a, fuzz_place b);

/* A copy in memory of exactly its size: a step over its end is reported. */
sip_span fuzz_copy(sip_span bytes);
void fuzz_drop(sip_span copy);

/* Fills an output with paint, and fails unless all of it is still there. */
void fuzz_paint(void *output, size_t size);
void fuzz_untouched(const void *output, size_t size);

/* Numbers that look random and depend on nothing but the input, so that each input makes
 * the same run. */
typedef struct fuzz_dice {
    uint64_t state;
} fuzz_dice;

fuzz_dice fuzz_dice_of(sip_span input);

/* A number below the limit, which is not 0. */
size_t fuzz_throw(fuzz_dice *dice, size_t limit);

/* Calls examine with some prefixes of whole, each in memory of its own. */
void fuzz_prefixes(sip_span whole, void (*examine)(sip_span whole, sip_span prefix));

/* Work: how many edges of the code that is fuzzed were run through, and how many bytes were
 * looked at by memchr() and memcmp(). It is counted, not timed, so that it is the
 * same on each machine. */
uint64_t fuzz_work(void);

/* Fails if there was more work since fuzz_work() was start than so much for each of so many
 * bytes, and for as many more as any short input may take. The most for a byte is printed at
 * the end. */
void fuzz_work_check(uint64_t start, size_t bytes, uint64_t most);

#endif
