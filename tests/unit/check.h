/* check.h - the harness of the unit tests: it counts, says what went wrong in
 * which case, and lends memory whose ends can't be overstepped.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SIPMSG_UNIT_CHECK_H
#define SIPMSG_UNIT_CHECK_H

#include "sip/span.h"

/* The bytes of a row in a table of cases: a string literal, which may hold NULs. */
#define BYTES(literal) SIP_SPAN_INIT(literal)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Starts a case; its name stands before all that goes wrong in it. */
void check_case(const char *name);

/* Says which of a case's prefixes is tried; the whole of it until the first call. */
void check_prefix(size_t length);

/* Fails the case unless holds; what says what should have been. Returns holds. */
bool check_that(bool holds, const char *what);

/* Fails the case unless both texts are the same. */
void check_same(const char *expected, const char *got);

/* Fails the case unless part is absent or lies inside of whole. */
void check_inside(sip_span whole, sip_span part, const char *what);

/* Paints an output before a call, and fails the case unless all of the paint is
 * still there after it. */
void check_paint(void *output, size_t size);
void check_untouched(const void *output, size_t size);

/* Prints how many cases there were and how many failed; what main() returns. */
int check_summary(void);

/* A copy of bytes with a page behind it, or right before it, that can't be read:
 * a step over that end is a crash. Valid until the next call of the same function. */
sip_span check_guarded_behind(sip_span bytes);
sip_span check_guarded_before(sip_span bytes);

/* Calls examine with every prefix of bytes from the empty one to the whole, in
 * both kinds of guarded memory. */
void check_prefixes(sip_span bytes, void (*examine)(sip_span prefix));

/* The largest copy that fits. */
enum { CHECK_LARGEST = 2 * 1024 * 1024 };

#endif
