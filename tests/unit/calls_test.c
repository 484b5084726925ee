/* calls_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Captures in the notation of script.h. Of a message is said to which call it belongs, and
 * who sent the request, "caller" or "callee"; of a 2xx to an INVITE whether an ACK was seen
 * for it; and of a 481 to a BYE or a CANCEL whether that crossed what made it void.
 *
 *     calls         how many calls there are
 *     call 0        how one ended, as number and word; the frame with the final response
 *                   that decides it; and the times up to the end of the post-dial delay
 *                   (dial), up to the answer (setup), and from there to the BYE (talk)
 *     frames 0      the frames of what calls.h keeps of it
 */
#include "script.h"

#include <stdlib.h>
#include <string.h>

/* How long an INVITE must be without any response to count as unanswered. */
#define QUIET (32 * SIPMSG_SECOND)

/* All rows of the table in calls.h, and all outcomes. */
static const script_case outcome_cases[] = {
    {"a call that was answered and hung up",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 100                    | call 0 caller\n"
     "B>A 180 tt=x               | call 0 caller\n"
     "B>A 200 tt=x               | call 0 caller acknowledged\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "A>B BYE tt=x b=3 cs=2      | call 0 caller\n"
     "B>A 200 tt=x b=3 cs=2:BYE  | call 0 caller\n"
     "call 0                     | 2 Completed final=4 dial=20ms setup=30ms talk=20ms\n"
     "frames 0                   | invite=1 ringing=3 answer=4 bye=6 given-up=6 confirmed=5 latest=7 decides=1\n"
     "calls                      | 1\n",
     0},
    {"the callee hangs up",
     "A>B INVITE                      | call 0 caller\n"
     "B>A 200 tt=x                    | call 0 caller acknowledged\n"
     "A>B ACK tt=x b=2                | call 0 caller\n"
     "B>A BYE ft=x tt=a b=3           | call 0 callee\n"
     "A>B 200 ft=x tt=a b=3 cs=1:BYE  | call 0 callee\n"
     "call 0                          | 2 Completed final=2 dial=10ms setup=10ms talk=20ms\n",
     0},
    {"answered, nobody hangs up",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 200 tt=x               | call 0 caller not acknowledged\n"
     "end +1000s                 | \n"
     "call 0                     | 1 Answered final=2 dial=10ms setup=10ms\n",
     0},
    {"any 2xx is an answer",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 202 tt=x               | call 0 caller not acknowledged\n"
     "call 0                     | 1 Answered final=2 dial=10ms setup=10ms\n",
     0},
    {"no final was seen, but an ACK that only a 2xx gets",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "call 0                     | 1 Answered\n"
     "frames 0                   | invite=1 confirmed=2 latest=2 decides=1\n",
     0},
    {"the same, and a BYE",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "A>B BYE tt=x b=3 cs=2      | call 0 caller\n"
     "call 0                     | 2 Completed\n",
     0},
    {"the ACK to a lost final that was no 2xx says nothing",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=1           | call 0 caller\n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"the ACK of an earlier INVITE says nothing",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "A>B INVITE b=3 cs=2        | call 0 caller\n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"the ACK of an INVITE within the call does not hide it",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "A>B INVITE tt=x b=3 cs=2   | call 0 caller\n"
     "A>B ACK tt=x b=4 cs=2      | call 0 caller\n"
     "call 0                     | 1 Answered\n"
     "frames 0                   | invite=1 confirmed=4 latest=4 decides=1\n",
     0},
    {"the ACK to a 486 with a branch of its own, from a sloppy sender",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 486 tt=x b=1           | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "call 0                     | 3 Busy final=2 dial=10ms\n",
     0},
    {"only the ACK of an INVITE within the call was seen",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=4 cs=2      | call 0 caller\n"
     "call 0                     | 1 Answered\n",
     0},
    {"only the callee's ACK was seen",
     "A>B INVITE b=1 cs=7        | call 0 caller\n"
     "B>A ACK ft=x tt=a b=2 cs=1 | call 0 callee\n"
     "call 0                     | 1 Answered\n",
     0},
    {"an ACK of an earlier INVITE that comes late says nothing",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "A>B ACK tt=x b=3 cs=1      | call 0 caller\n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"nor does it hide the one that does",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "A>B ACK tt=x b=4 cs=2      | call 0 caller\n"
     "A>B ACK tt=y b=5 cs=1      | call 0 caller\n"
     "call 0                     | 1 Answered\n",
     0},
    {"a CANCEL and no final",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 180 tt=x               | call 0 caller\n"
     "A>B CANCEL                 | call 0 caller\n"
     "B>A 200 cs=1:CANCEL        | call 0 caller\n"
     "call 0                     | 4 Cancelled dial=10ms\n"
     "frames 0                   | invite=1 ringing=2 given-up=4 latest=4 decides=1\n",
     0},
    {"a CANCEL and no response at all",
     "A>B INVITE                 | call 0 caller\n"
     "A>B CANCEL                 | call 0 caller\n"
     "end +32s                   | \n"
     "call 0                     | 4 Cancelled\n",
     0},
    {"the CANCEL of an earlier INVITE says nothing",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B CANCEL b=1             | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"the same, and the INVITE after that is silent too",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B CANCEL b=1             | call 0 caller\n"
     "B>A 487 b=1 tt=x           | call 0 caller\n"
     "A>C INVITE b=2             | call 0 caller\n"
     "end +32s                   | \n"
     "call 0                     | 7 No response\n"
     "frames 0                   | invite=1 latest=4 decides=4\n",
     0},
    {"the CANCEL of an earlier INVITE with the same number, as a proxy sends it, says nothing",
     "P>B INVITE b=1 via=2                  | call 0 caller\n"
     "P>B CANCEL b=1                        | call 0 caller\n"
     "B>P 487 b=1 via=2 tt=x                | call 0 caller\n"
     "P>C INVITE b=2 via=2                  | call 0 caller\n"
     "C>P 180 b=2 via=2 tt=y                | call 0 caller\n"
     "call 0                                | 0 Unfinished dial=40ms\n"
     "frames 0                              | invite=1 ringing=5 latest=5 decides=4\n",
     0},
    {"nor does it if it comes late, and its response later still",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>C INVITE b=2             | call 0 caller\n"
     "A>B CANCEL b=1             | call 0 caller\n"
     "B>A 200 b=1 cs=1:CANCEL    | call 0 caller\n"
     "call 0                     | 0 Unfinished\n"
     "frames 0                   | invite=1 latest=4 decides=2\n",
     0},
    {"the CANCEL was lost, its response was not",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 180 tt=x               | call 0 caller\n"
     "B>A 200 cs=1:CANCEL tt=x   | call 0 caller\n"
     "call 0                     | 4 Cancelled dial=10ms\n"
     "frames 0                   | invite=1 ringing=2 given-up=3 latest=3 decides=1\n",
     0},
    {"an early BYE and no final",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 180 tt=x               | call 0 caller\n"
     "A>B BYE tt=x b=2 cs=2      | call 0 caller\n"
     "call 0                     | 4 Cancelled dial=10ms\n",
     0},
    {"the early BYE of an earlier INVITE says nothing",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 180 b=1 tt=x           | call 0 caller\n"
     "A>B BYE b=2 cs=2 tt=x      | call 0 caller\n"
     "B>A 487 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=3 cs=3        | call 0 caller\n"
     "B>A 180 b=3 cs=3 tt=y      | call 0 caller\n"
     "call 0                     | 0 Unfinished dial=10ms\n"
     "frames 0                   | invite=1 ringing=2 bye=3 latest=6 decides=5\n"
     "calls                      | 1\n",
     0},
    {"but it is a BYE of the call, should that be answered",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 180 b=1 tt=x           | call 0 caller\n"
     "A>B BYE b=2 cs=2 tt=x      | call 0 caller\n"
     "B>A 487 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=3 cs=3        | call 0 caller\n"
     "B>A 200 b=3 cs=3 tt=y      | call 0 caller not acknowledged\n"
     "A>B INVITE b=4 cs=4        | call 1 caller\n"
     "call 0                     | 2 Completed final=6 dial=10ms setup=50ms\n"
     "call 1                     | 0 Unfinished\n"
     "calls                      | 2\n",
     0},
    {"the early BYE of the second INVITE",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 407 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "A>B BYE b=3 cs=3 tt=y      | call 0 caller\n"
     "call 0                     | 4 Cancelled\n"
     "frames 0                   | invite=1 bye=4 given-up=4 latest=4 decides=3\n",
     0},
    {"the ACK of an earlier INVITE says nothing, even if the next one has no higher number",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B ACK tt=x b=2           | call 0 caller\n"
     "A>C INVITE b=3             | call 0 caller\n"
     "call 0                     | 0 Unfinished\n"
     "frames 0                   | invite=1 latest=3 decides=3\n",
     0},
    {"nothing comes back, and the capture goes on long enough",
     "A>B INVITE                 | call 0 caller\n"
     "A>B INVITE t=+1s           | call 0 caller\n"
     "end +31s                   | \n"
     "call 0                     | 7 No response\n",
     0},
    {"nothing comes back, and the capture ends a nanosecond too early",
     "A>B INVITE                 | call 0 caller\n"
     "end +31999999999ns         | \n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"100 and nothing else",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 100                    | call 0 caller\n"
     "end +1000s                 | \n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"it rings and rings",
     "A>B INVITE                 | call 0 caller\n"
     "B>A 180 tt=x               | call 0 caller\n"
     "end +1000s                 | \n"
     "call 0                     | 0 Unfinished dial=10ms\n",
     0},
};

/* A final response of that status, and the outcome. */
static const struct {
    unsigned status;
    const char *expected;
} status_cases[] = {
    {199, "0 Unfinished"},
    {200, "1 Answered final=2 dial=10ms setup=10ms"},
    {299, "1 Answered final=2 dial=10ms setup=10ms"},
    {300, "8 Redirected final=2 dial=10ms"},
    {302, "8 Redirected final=2 dial=10ms"},
    {399, "8 Redirected final=2 dial=10ms"},
    {400, "6 Failed final=2 dial=10ms"},
    {401, "9 Challenged only final=2 dial=10ms"},
    {402, "6 Failed final=2 dial=10ms"},
    {404, "6 Failed final=2 dial=10ms"},
    {407, "9 Challenged only final=2 dial=10ms"},
    {408, "6 Failed final=2 dial=10ms"},
    {480, "5 Rejected final=2 dial=10ms"},
    {481, "6 Failed final=2 dial=10ms"},
    {486, "3 Busy final=2 dial=10ms"},
    {487, "4 Cancelled final=2 dial=10ms"},
    {488, "6 Failed final=2 dial=10ms"},
    {491, "6 Failed final=2 dial=10ms"},
    {494, "9 Challenged only final=2 dial=10ms"},
    {500, "6 Failed final=2 dial=10ms"},
    {503, "6 Failed final=2 dial=10ms"},
    {599, "6 Failed final=2 dial=10ms"},
    {600, "3 Busy final=2 dial=10ms"},
    {603, "5 Rejected final=2 dial=10ms"},
    {604, "6 Failed final=2 dial=10ms"},
    {606, "6 Failed final=2 dial=10ms"},
    {607, "5 Rejected final=2 dial=10ms"},
    {608, "5 Rejected final=2 dial=10ms"},
    {699, "6 Failed final=2 dial=10ms"},
};

/* What is one call, and what is another. */
static const script_case attempt_cases[] = {
    {"a challenge, then an answer",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 407 b=1 tt=x           | call 0 caller\n"
     "A>B ACK b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "B>A 180 b=2 cs=2 tt=y      | call 0 caller\n"
     "B>A 200 b=2 cs=2 tt=y      | call 0 caller not acknowledged\n"
     "call 0                     | 1 Answered final=6 dial=40ms setup=50ms\n"
     "frames 0                   | invite=1 ringing=5 answer=6 latest=6 decides=4\n"
     "calls                      | 1\n",
     0},
    {"a challenge, then busy",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 401 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "B>A 486 b=2 cs=2 tt=y      | call 0 caller\n"
     "call 0                     | 3 Busy final=4 dial=30ms\n",
     0},
    {"a challenge, then silence",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 407 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "end +32s                   | \n"
     "call 0                     | 7 No response\n",
     0},
    {"a challenge, then the end of the capture",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 407 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "call 0                     | 0 Unfinished\n",
     0},
    {"challenged twice",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 407 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "B>A 407 b=2 cs=2 tt=x      | call 0 caller\n"
     "call 0                     | 9 Challenged only final=4 dial=30ms\n",
     0},
    {"a redirection that is followed",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 302 b=1 tt=x           | call 0 caller\n"
     "A>C INVITE b=2 cs=2        | call 0 caller\n"
     "C>A 603 b=2 cs=2 tt=y      | call 0 caller\n"
     "call 0                     | 5 Rejected final=4 dial=30ms\n",
     0},
    {"a session that is too short, then a longer one",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 422 b=1 tt=x           | call 0 caller\n"
     "A>B INVITE b=2 cs=2        | call 0 caller\n"
     "B>A 200 b=2 cs=2 tt=y      | call 0 caller not acknowledged\n"
     "call 0                     | 1 Answered final=4 dial=30ms setup=30ms\n",
     0},
    {"failover to another server, with the same number",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 503 b=1 tt=x           | call 0 caller\n"
     "A>C INVITE b=2             | call 0 caller\n"
     "C>A 486 b=2 tt=y           | call 0 caller\n"
     "call 0                     | 3 Busy final=4 dial=30ms\n",
     0},
    {"the first ringing counts, whichever INVITE it answers",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 180 b=1 tt=x           | call 0 caller\n"
     "B>A 503 b=1 tt=x           | call 0 caller\n"
     "A>C INVITE b=2 cs=2        | call 0 caller\n"
     "C>A 180 b=2 cs=2 tt=y      | call 0 caller\n"
     "C>A 486 b=2 cs=2 tt=y      | call 0 caller\n"
     "call 0                     | 3 Busy final=6 dial=10ms\n",
     0},
    {"another Call-ID is another call",
     "A>B INVITE id=1            | call 0 caller\n"
     "A>B INVITE id=2            | call 1 caller\n"
     "B>A 486 id=2 tt=x          | call 1 caller\n"
     "B>A 603 id=1 tt=x          | call 0 caller\n"
     "call 0                     | 5 Rejected final=4 dial=30ms\n"
     "call 1                     | 3 Busy final=3 dial=10ms\n"
     "calls                      | 2\n",
     0},
    {"another From tag is another call",
     "A>B INVITE ft=a b=1        | call 0 caller\n"
     "C>B INVITE ft=c b=2        | call 1 caller\n"
     "B>C 486 ft=c b=2 tt=x      | call 1 caller\n"
     "call 0                     | 0 Unfinished\n"
     "call 1                     | 3 Busy final=3 dial=10ms\n",
     0},
    {"no From tag, as in RFC 2543",
     "A>B INVITE ft=- b=-                  | call 0 caller\n"
     "B>A 200 ft=- b=- tt=x                | call 0 caller acknowledged\n"
     "A>B ACK ft=- b=- tt=x                | call 0 caller\n"
     "A>B BYE ft=- b=- tt=x cs=2           | call 0 caller\n"
     "call 0                               | 2 Completed final=2 dial=10ms setup=10ms talk=20ms\n",
     0},
    {"the Call-ID used again after a BYE",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 200 b=1 tt=x           | call 0 caller not acknowledged\n"
     "A>B BYE b=2 cs=2 tt=x      | call 0 caller\n"
     "A>B INVITE b=3 cs=3        | call 1 caller\n"
     "B>A 200 b=2 cs=2:BYE tt=x  | call 0 caller\n"
     "B>A 486 b=3 cs=3 tt=y      | call 1 caller\n"
     "call 0                     | 2 Completed final=2 dial=10ms setup=10ms talk=10ms\n"
     "call 1                     | 3 Busy final=6 dial=20ms\n"
     "calls                      | 2\n",
     0},
    {"the Call-ID used again before a BYE",
     "A>B INVITE b=1             | call 0 caller\n"
     "B>A 200 b=1 tt=x           | call 0 caller not acknowledged\n"
     "A>B INVITE b=3 cs=3        | call 0 caller\n"
     "B>A 486 b=3 cs=3 tt=y      | call 0 caller\n"
     "call 0                     | 1 Answered final=2 dial=10ms setup=10ms\n"
     "calls                      | 1\n",
     0},
    {"the Call-ID used again after a BYE before the answer",
     "A>B INVITE b=1             | call 0 caller\n"
     "A>B BYE b=2 cs=2 tt=x      | call 0 caller\n"
     "A>B INVITE b=3 cs=3        | call 0 caller\n"
     "calls                      | 1\n",
     0},
    {"an INVITE within the call starts none",
     "A>B INVITE b=1                        | call 0 caller\n"
     "B>A 200 b=1 tt=x                      | call 0 caller not acknowledged\n"
     "A>B INVITE b=2 cs=2 tt=x              | call 0 caller\n"
     "B>A 488 b=2 cs=2 tt=x                 | call 0 caller\n"
     "B>A INVITE b=3 cs=1 ft=x tt=a         | call 0 callee\n"
     "A>B 200 b=3 cs=1 ft=x tt=a            | call 0 callee not acknowledged\n"
     "call 0                                | 1 Answered final=2 dial=10ms setup=10ms\n"
     "frames 0                              | invite=1 answer=2 latest=6 decides=1\n"
     "calls                                 | 1\n",
     0},
    {"an INVITE within the call fails before the first was answered in the capture",
     "A>B INVITE b=1                        | call 0 caller\n"
     "A>B INVITE b=2 cs=2 tt=x              | call 0 caller\n"
     "B>A 180 b=2 cs=2 tt=x                 | call 0 caller\n"
     "B>A 488 b=2 cs=2 tt=x                 | call 0 caller\n"
     "call 0                                | 0 Unfinished\n"
     "frames 0                              | invite=1 latest=4 decides=1\n",
     0},
    {"requests within the call",
     "A>B INVITE b=1                        | call 0 caller\n"
     "B>A 183 b=1 tt=x rseq=1               | call 0 caller\n"
     "A>B PRACK b=2 cs=2 tt=x               | call 0 caller\n"
     "B>A 200 b=2 cs=2:PRACK tt=x           | call 0 caller\n"
     "B>A UPDATE b=3 cs=1 ft=x tt=a         | call 0 callee\n"
     "A>B 200 b=3 cs=1:UPDATE ft=x tt=a     | call 0 callee\n"
     "B>A 200 b=1 tt=x                      | call 0 caller not acknowledged\n"
     "B>A INFO b=4 cs=2 ft=x tt=a           | call 0 callee\n"
     "A>B FROBNICATE b=5 cs=3 tt=x          | call 0 caller\n"
     "call 0                                | 1 Answered final=7 dial=10ms setup=60ms\n",
     0},
    {"tags don't differ in their case",
     "A>B INVITE ft=a b=1                   | call 0 caller\n"
     "B>A 200 ft=A tt=x b=1                 | call 0 caller acknowledged\n"
     "A>B ACK ft=A tt=X b=2                 | call 0 caller\n"
     "B>A BYE ft=X tt=A b=3                 | call 0 callee\n"
     "call 0                                | 2 Completed final=2 dial=10ms setup=10ms talk=20ms\n",
     0},
    {"requests that make no call",
     "A>B OPTIONS                           | no call\n"
     "B>A 200 cs=1:OPTIONS                  | no call\n"
     "A>B REGISTER id=d                     | no call\n"
     "calls                                 | 0\n",
     0},
    {"INVITE without To makes no call",
     "A>B INVITE to=-                       | no call\n"
     "B>A 200 tt=x                          | no call\n"
     "calls                                 | 0\n",
     0},
    {"INVITE without From makes one",
     "A>B INVITE from=-                     | call 0 caller\n"
     "B>A 404 from=- tt=x                   | call 0 caller\n"
     "call 0                                | 6 Failed final=2 dial=10ms\n",
     0},
    {"a retransmission or a copy of an INVITE makes no other",
     "A>B INVITE                            | call 0 caller\n"
     "A>B INVITE t=+1ms                     | call 0 caller\n"
     "A>B INVITE t=+500ms                   | call 0 caller\n"
     "N>C INVITE                            | call 0 caller\n"
     "frames 0                              | invite=1 latest=4 decides=1\n"
     "calls                                 | 1\n",
     0},
};

/* A capture that begins in the middle, or is out of order. */
static const script_case late_cases[] = {
    {"a call that began before the capture",
     "A>B BYE tt=x cs=2                     | no call\n"
     "B>A 200 tt=x cs=2:BYE                 | no call\n"
     "calls                                 | 0\n",
     0},
    {"an INVITE within a call that began before the capture",
     "A>B INVITE tt=x cs=2                  | no call\n"
     "B>A 200 tt=x cs=2                     | no call\n"
     "A>B ACK tt=x cs=2 b=2                 | no call\n"
     "calls                                 | 0\n",
     0},
    {"the Call-ID used again after a BYE of a call that began before the capture",
     "A>B BYE tt=x cs=2 b=1                 | no call\n"
     "B>A 200 tt=x cs=2:BYE b=1             | no call\n"
     "A>B INVITE cs=3 b=2                   | call 0 caller\n"
     "B>A 486 tt=y cs=3 b=2                 | call 0 caller\n"
     "call 0                                | 3 Busy final=4 dial=10ms\n"
     "frames 0                              | invite=3 latest=4 decides=3\n",
     0},
    {"the same, but the callee said BYE",
     "B>A BYE ft=x tt=a cs=2 b=1            | no call\n"
     "A>B 200 ft=x tt=a cs=2:BYE b=1        | no call\n"
     "A>B INVITE cs=3 b=2                   | call 0 caller\n"
     "B>A 486 tt=y cs=3 b=2                 | call 0 caller\n"
     "call 0                                | 3 Busy final=4 dial=10ms\n",
     0},
    {"and what came before that BYE is not the call's",
     "A>B INFO tt=x cs=5 b=1                | no call\n"
     "B>A INFO ft=x tt=a b=4                | no call\n"
     "B>A BYE ft=x tt=a cs=2 b=2            | no call\n"
     "A>B INVITE cs=6 b=3                   | call 0 caller\n"
     "A>B INFO tt=y cs=7 b=5                | call 0 caller\n"
     "call 0                                | 0 Unfinished\n"
     "frames 0                              | invite=4 latest=5 decides=4\n",
     0},
    {"the same if the caller said it",
     "A>B INFO tt=x cs=5 b=1                | no call\n"
     "B>A INFO ft=x tt=a b=4                | no call\n"
     "A>B BYE tt=x cs=6 b=2                 | no call\n"
     "A>B INVITE cs=7 b=3                   | call 0 caller\n"
     "calls                                 | 1\n",
     0},
    {"a BYE under another Call-ID, or between others, ends nothing here",
     "B>A 180 tt=x                          | call 0 caller\n"
     "B>A BYE id=d ft=x tt=a b=2            | no call\n"
     "B>A BYE ft=x tt=e b=3                 | no call\n"
     "A>B INVITE                            | call 0 caller\n"
     "call 0                                | 0 Unfinished\n",
     0},
    {"responses before their INVITE",
     "B>A 100                               | call 0 caller\n"
     "B>A 180 tt=x                          | call 0 caller\n"
     "B>A 486 tt=x                          | call 0 caller\n"
     "A>B INVITE                            | call 0 caller\n"
     "call 0                                | 3 Busy final=3\n"
     "frames 0                              | invite=4 ringing=2 latest=4 decides=4\n",
     0},
    {"an answer before its INVITE",
     "B>A 200 tt=x                          | call 0 caller acknowledged\n"
     "A>B ACK tt=x b=2                      | call 0 caller\n"
     "A>B INVITE                            | call 0 caller\n"
     "call 0                                | 1 Answered final=1\n",
     0},
    {"the second INVITE was lost, its answer was not",
     "A>B INVITE b=1                        | call 0 caller\n"
     "B>A 407 b=1 tt=x                      | call 0 caller\n"
     "B>A 200 b=2 cs=2 tt=y                 | call 0 caller acknowledged\n"
     "A>B ACK b=3 cs=2 tt=y                 | call 0 caller\n"
     "call 0                                | 9 Challenged only final=2 dial=10ms\n"
     "calls                                 | 1\n",
     0},
    {"the callee's INVITE was lost, its answer was not",
     "A>B INVITE b=1                        | call 0 caller\n"
     "B>A 180 b=1 tt=x                      | call 0 caller\n"
     "A>B 200 b=2 ft=x tt=a                 | call 0 callee not acknowledged\n"
     "call 0                                | 0 Unfinished dial=10ms\n",
     0},
    {"a clock that is set back shows no times",
     "A>B INVITE                            | call 0 caller\n"
     "B>A 180 tt=x t=-1ms                   | call 0 caller\n"
     "B>A 200 tt=x t=+2ms                   | call 0 caller not acknowledged\n"
     "call 0                                | 1 Answered final=3 setup=1ms\n",
     0},
};

/* More than one hop in one capture: the one with the fewest values of Via decides. */
static const script_case hop_cases[] = {
    {"both hops show the same",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=x           | call 0 caller\n"
     "P>A 180 b=1 tt=x                 | call 0 caller\n"
     "B>P 200 b=2 via=2 tt=x           | call 0 caller acknowledged\n"
     "P>A 200 b=1 tt=x                 | call 0 caller acknowledged\n"
     "A>P ACK b=3 tt=x                 | call 0 caller\n"
     "P>B ACK b=4 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 1 Answered final=5 dial=20ms setup=40ms\n"
     "frames 0                         | invite=1 ringing=3 answer=5 confirmed=8 latest=8 decides=1\n"
     "calls                            | 1\n",
     0},
    {"the caller's hop decides: the proxy makes of a 503 a 500",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "P>A 603 b=1 tt=y                 | call 0 caller\n"
     "call 0                           | 5 Rejected final=4 dial=30ms\n",
     0},
    {"a branch that was busy while another rings on",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>A 100 b=1                      | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "C>P 200 b=3 via=2 tt=y           | call 0 caller not acknowledged\n"
     "call 0                           | 1 Answered final=6 dial=50ms setup=50ms\n",
     0},
    {"no final on the caller's hop: the one behind the proxy stands in",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 3 Busy final=3 dial=20ms\n"
     "frames 0                         | invite=1 latest=3 decides=1\n",
     0},
    {"the last branch with a final stands in",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "C>P 603 b=3 via=2 tt=y           | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 5 Rejected final=4 dial=30ms\n",
     0},
    {"an INVITE before the one that decides does not stand in",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 407 b=2 via=2 tt=x           | call 0 caller\n"
     "P>A 407 b=1 tt=x                 | call 0 caller\n"
     "A>P INVITE b=3 cs=2              | call 0 caller\n"
     "call 0                           | 0 Unfinished\n",
     0},
    {"nor one before it with the same number",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 503 b=2 via=2 tt=x           | call 0 caller\n"
     "P>A 503 b=1 tt=x                 | call 0 caller\n"
     "A>Q INVITE b=3                   | call 0 caller\n"
     "call 0                           | 0 Unfinished\n",
     0},
    {"nor one with as few values of Via",
     "B>A 100 b=1                      | call 0 caller\n"
     "A>C INVITE b=2                   | call 0 caller\n"
     "C>A 503 b=2 tt=x                 | call 0 caller\n"
     "A>B INVITE b=1                   | call 0 caller\n"
     "call 0                           | 0 Unfinished\n",
     0},
    {"one behind it with another number does: of the caller's second INVITE no more was seen",
     "A>P INVITE b=1 cs=1              | call 0 caller\n"
     "P>B INVITE b=2 cs=2 via=2        | call 0 caller\n"
     "B>P 486 b=2 cs=2 via=2 tt=x      | call 0 caller\n"
     "call 0                           | 3 Busy final=3 dial=20ms\n"
     "frames 0                         | invite=1 latest=3 decides=1\n",
     0},
    {"the one behind the proxy stands in if it was captured first",
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "A>P INVITE b=1                   | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 3 Busy final=3 dial=20ms\n"
     "frames 0                         | invite=1 latest=3 decides=2\n",
     0},
    {"the same, and its final was captured before the caller's INVITE too",
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 486 b=2 via=2 tt=x           | call 0 caller\n"
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>A 100 b=1                      | call 0 caller\n"
     "call 0                           | 3 Busy final=2 dial=10ms\n",
     0},
    {"what was given up is still so if the caller's INVITE was captured later",
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>B CANCEL b=2                   | call 0 caller\n"
     "A>P INVITE b=1                   | call 0 caller\n"
     "call 0                           | 4 Cancelled\n"
     "frames 0                         | invite=1 given-up=2 latest=3 decides=3\n",
     0},
    {"a branch that was busy decides nothing while another rings",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "C>P 486 b=3 via=2 tt=x           | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=y           | call 0 caller\n"
     "P>A 180 b=1 tt=y                 | call 0 caller\n"
     "call 0                           | 0 Unfinished dial=40ms\n",
     0},
    {"the same, whoever was asked first, and nothing came back to the caller",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 100 b=2 via=2                | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=y           | call 0 caller\n"
     "C>P 486 b=3 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 0 Unfinished dial=40ms\n",
     0},
    {"then the caller hangs up",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "C>P 486 b=3 via=2 tt=x           | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=y           | call 0 caller\n"
     "P>A 180 b=1 tt=y                 | call 0 caller\n"
     "A>P CANCEL b=1                   | call 0 caller\n"
     "call 0                           | 4 Cancelled dial=40ms\n"
     "frames 0                         | invite=1 ringing=5 given-up=7 latest=7 decides=1\n",
     0},
    {"the proxy hangs up a branch, which is not the caller",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "P>A 180 b=1 tt=y                 | call 0 caller\n"
     "C>P 180 b=3 via=2 tt=y           | call 0 caller\n"
     "P>B CANCEL b=2                   | call 0 caller\n"
     "B>P 200 b=2 cs=1:CANCEL          | call 0 caller\n"
     "call 0                           | 0 Unfinished dial=30ms\n",
     0},
    {"at last the other branch rings no more",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "P>C INVITE b=3 via=2             | call 0 caller\n"
     "C>P 486 b=3 via=2 tt=x           | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=y           | call 0 caller\n"
     "P>A 180 b=1 tt=y                 | call 0 caller\n"
     "B>P 180 b=2 via=2 tt=z           | call 0 caller\n"
     "B>P 603 b=2 via=2 tt=y           | call 0 caller\n"
     "B>P 603 b=2 via=2 tt=z           | call 0 caller\n"
     "call 0                           | 3 Busy final=4 dial=40ms\n",
     0},
    {"a branch behind the proxy after a challenge on both hops",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 100 b=2 via=2                | call 0 caller\n"
     "B>P 407 b=2 via=2 tt=x           | call 0 caller\n"
     "P>A 407 b=1 tt=x                 | call 0 caller\n"
     "A>P INVITE b=3 cs=2              | call 0 caller\n"
     "P>A 100 b=3 cs=2                 | call 0 caller\n"
     "P>B INVITE b=4 cs=2 via=2        | call 0 caller\n"
     "B>P 100 b=4 cs=2 via=2           | call 0 caller\n"
     "B>P 486 b=4 cs=2 via=2 tt=y      | call 0 caller\n"
     "call 0                           | 3 Busy final=10 dial=90ms\n",
     0},
    {"the last INVITE decides among those with as few",
     "P>B INVITE b=1 via=2             | call 0 caller\n"
     "P>C INVITE b=2 via=2             | call 0 caller\n"
     "B>P 486 b=1 via=2 tt=x           | call 0 caller\n"
     "C>P 603 b=2 via=2 tt=y           | call 0 caller\n"
     "call 0                           | 5 Rejected final=4 dial=30ms\n"
     "frames 0                         | invite=1 latest=4 decides=2\n",
     0},
    {"fewer values of Via later on",
     "P>B INVITE b=2 via=3             | call 0 caller\n"
     "A>P INVITE b=1 via=2             | call 0 caller\n"
     "B>P 486 b=2 via=3 tt=x           | call 0 caller\n"
     "P>A 603 b=1 via=2 tt=x           | call 0 caller\n"
     "call 0                           | 5 Rejected final=4 dial=30ms\n"
     "frames 0                         | invite=1 latest=4 decides=2\n",
     0},
    {"a hundred hops, and more than are counted",
     "P>B INVITE b=1 via=100           | call 0 caller\n"
     "P>C INVITE b=2 via=101           | call 0 caller\n"
     "P>D INVITE b=3 via=99            | call 0 caller\n"
     "P>E INVITE b=4 via=356           | call 0 caller\n"
     "frames 0                         | invite=1 latest=4 decides=3\n",
     0},
    {"as many hops as are counted, and more",
     "P>B INVITE b=1 via=100           | call 0 caller\n"
     "P>C INVITE b=2 via=300           | call 0 caller\n"
     "frames 0                         | invite=1 latest=2 decides=2\n",
     0},
    {"silence on the caller's hop, though the next one is answered",
     "A>P INVITE b=1                   | call 0 caller\n"
     "P>B INVITE b=2 via=2             | call 0 caller\n"
     "B>P 100 b=2 via=2                | call 0 caller\n"
     "end +32s                         | \n"
     "call 0                           | 7 No response\n",
     0},
    {"both sides of a NAT: one transaction, seen twice",
     "A>N INVITE                       | call 0 caller\n"
     "M>B INVITE t=+1ms                | call 0 caller\n"
     "B>M 200 tt=x                     | call 0 caller acknowledged\n"
     "N>A 200 tt=x t=+1ms              | call 0 caller acknowledged\n"
     "A>N ACK tt=x b=2                 | call 0 caller\n"
     "M>B ACK tt=x b=2 t=+1ms          | call 0 caller\n"
     "call 0                           | 1 Answered final=3 dial=11ms setup=11ms\n",
     0},
};

/* One INVITE, more than one answer. */
static const script_case fork_cases[] = {
    {"each 2xx has its own ACK",
     "A>P INVITE                       | call 0 caller\n"
     "P>A 200 tt=x                     | call 0 caller acknowledged\n"
     "P>A 200 tt=y                     | call 0 caller not acknowledged\n"
     "A>P ACK tt=x b=2                 | call 0 caller\n"
     "call 0                           | 1 Answered final=2 dial=10ms setup=10ms\n",
     0},
    {"an ACK to the other",
     "A>P INVITE                       | call 0 caller\n"
     "P>A 200 tt=x                     | call 0 caller not acknowledged\n"
     "P>A 200 tt=y                     | call 0 caller acknowledged\n"
     "A>P ACK tt=y b=2                 | call 0 caller\n",
     0},
    {"an ACK with another number, Call-ID or From tag is for another 2xx",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 200 tt=x                     | call 0 caller not acknowledged\n"
     "A>B ACK tt=x b=2 cs=2            | call 0 caller\n"
     "A>B ACK tt=x b=3 id=d            | no call\n"
     "A>B ACK tt=x b=4 ft=b            | no call\n"
     "A>B ACK b=5                      | call 0 caller\n",
     0},
    {"an ACK with the branch of its INVITE",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 200 tt=x                     | call 0 caller acknowledged\n"
     "A>B ACK tt=x                     | call 0 caller\n",
     0},
    {"the same, but the ACK was captured before the 2xx",
     "A>B INVITE                       | call 0 caller\n"
     "A>B ACK tt=x                     | call 0 caller\n"
     "B>A 200 tt=x                     | call 0 caller acknowledged\n"
     "call 0                           | 1 Answered final=3 dial=20ms setup=20ms\n",
     0},
    {"the same without the magic cookie, and the first 2xx was lost",
     "A>B INVITE b=-                   | call 0 caller\n"
     "B>A 180 b=- tt=x                 | call 0 caller\n"
     "A>B ACK b=- tt=x                 | call 0 caller\n"
     "B>A 200 b=- tt=x t=+500ms        | call 0 caller acknowledged\n"
     "B>A 200 b=- tt=x t=+1s           | call 0 caller acknowledged\n"
     "call 0                           | 1 Answered final=4 dial=10ms setup=520ms\n",
     0},
    {"the ACK to the 2xx of a later INVITE, and of the callee's",
     "A>B INVITE b=1                   | call 0 caller\n"
     "B>A 200 b=1 tt=x                 | call 0 caller acknowledged\n"
     "A>B ACK b=2 tt=x                 | call 0 caller\n"
     "A>B INVITE b=3 cs=2 tt=x         | call 0 caller\n"
     "B>A 200 b=3 cs=2 tt=x            | call 0 caller not acknowledged\n"
     "B>A INVITE b=4 ft=x tt=a         | call 0 callee\n"
     "A>B 200 b=4 ft=x tt=a            | call 0 callee acknowledged\n"
     "B>A ACK b=5 ft=x tt=a            | call 0 callee\n"
     "frames 0                         | invite=1 answer=2 confirmed=8 latest=8 decides=1\n",
     0},
    {"a retransmitted 2xx is acknowledged by any ACK",
     "A>B INVITE b=1                   | call 0 caller\n"
     "B>A 200 b=1 tt=x                 | call 0 caller acknowledged\n"
     "B>A 200 b=1 tt=x t=+500ms        | call 0 caller acknowledged\n"
     "A>B ACK b=2 tt=x                 | call 0 caller\n",
     0},
    {"one branch of a fork answers where another has failed before",
     "A>P INVITE                       | call 0 caller\n"
     "P>A 486 tt=x                     | call 0 caller\n"
     "P>A 200 tt=y                     | call 0 caller not acknowledged\n"
     "call 0                           | 1 Answered final=3 dial=20ms setup=20ms\n",
     0},
    {"a 2xx before all else: it was cancelled, but too late",
     "A>B INVITE                       | call 0 caller\n"
     "A>B CANCEL                       | call 0 caller\n"
     "B>A 200 cs=1:CANCEL tt=x         | call 0 caller\n"
     "B>A 200 tt=x                     | call 0 caller acknowledged\n"
     "A>B ACK tt=x b=2                 | call 0 caller\n"
     "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
     "call 0                           | 2 Completed final=4 dial=30ms setup=30ms talk=20ms\n",
     0},
    {"the first BYE ends the call",
     "A>P INVITE                       | call 0 caller\n"
     "P>A 200 tt=x                     | call 0 caller acknowledged\n"
     "A>P ACK tt=x b=2                 | call 0 caller\n"
     "B>A BYE ft=x tt=a b=3            | call 0 callee\n"
     "A>P BYE tt=x b=4 cs=2            | call 0 caller\n"
     "call 0                           | 2 Completed final=2 dial=10ms setup=10ms talk=20ms\n"
     "frames 0                         | invite=1 answer=2 bye=4 given-up=5 confirmed=3 latest=5 decides=1\n",
     0},
};

#define ANSWERED                                                                                                       \
    "A>B INVITE                       | call 0 caller\n"                                                               \
    "B>A 200 tt=x                     | call 0 caller acknowledged\n"                                                  \
    "A>B ACK tt=x b=2                 | call 0 caller\n"

/* A 481 is no wonder where a BYE crossed a BYE, or a CANCEL a final response. */
static const script_case crossing_cases[] = {
    {"both BYEs are sent before one is answered",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "B>A BYE ft=x tt=a b=4            | call 0 callee\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller crossed\n"
              "A>B 481 ft=x tt=a b=4 cs=1:BYE   | call 0 callee crossed\n",
     0},
    {"the callee's BYE comes first",
     ANSWERED "B>A BYE ft=x tt=a b=4            | call 0 callee\n"
              "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "A>B 200 ft=x tt=a b=4 cs=1:BYE   | call 0 callee\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller crossed\n",
     0},
    {"neither is ever answered but one",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "B>A BYE ft=x tt=a b=4            | call 0 callee\n"
              "A>B 481 ft=x tt=a b=4 cs=1:BYE   | call 0 callee crossed\n",
     0},
    {"the second BYE comes when the first was answered",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "B>A 200 tt=x b=3 cs=2:BYE        | call 0 caller\n"
              "B>A BYE ft=x tt=a b=4            | call 0 callee\n"
              "A>B 481 ft=x tt=a b=4 cs=1:BYE   | call 0 callee not crossed\n",
     0},
    {"a 481 to the only BYE",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller not crossed\n",
     0},
    {"a 481 to a BYE before the other side says BYE",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller not crossed\n"
              "B>A BYE ft=x tt=a b=4            | call 0 callee\n",
     0},
    {"two BYEs of one side",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "A>B BYE tt=x b=4 cs=3            | call 0 caller\n"
              "B>A 481 tt=x b=4 cs=3:BYE        | call 0 caller not crossed\n",
     0},
    {"the other BYE is of another dialog",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "C>A BYE ft=y tt=a b=4            | call 0 callee\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller not crossed\n"
              "A>C 481 ft=y tt=a b=4 cs=1:BYE   | call 0 callee not crossed\n",
     0},
    {"BYEs cross in a call that began before the capture",
     "A>B BYE tt=x b=3 cs=2            | no call\n"
     "B>A BYE ft=x tt=a b=4            | no call\n"
     "B>A 481 tt=x b=3 cs=2:BYE        | no call crossed\n",
     0},
    {"BYEs cross between the hops, and each of these saw one of them first",
     ANSWERED "A>P BYE tt=x b=3 cs=2                  | call 0 caller\n"
              "B>P BYE ft=x tt=a b=4                  | call 0 callee\n"
              "P>B BYE tt=x b=5 via=2 cs=2            | call 0 caller\n"
              "B>P 481 tt=x b=5 via=2 cs=2:BYE        | call 0 caller crossed\n"
              "P>A 481 tt=x b=3 cs=2:BYE              | call 0 caller crossed\n"
              "P>A BYE ft=x tt=a b=6 via=2            | call 0 callee\n"
              "A>P 481 ft=x tt=a b=6 via=2 cs=1:BYE   | call 0 callee crossed\n"
              "P>B 481 ft=x tt=a b=4 cs=1:BYE         | call 0 callee crossed\n",
     0},
    {"the second BYE comes when the first was answered, on all hops",
     ANSWERED "A>P BYE tt=x b=3 cs=2                  | call 0 caller\n"
              "P>B BYE tt=x b=5 via=2 cs=2            | call 0 caller\n"
              "B>P 200 tt=x b=5 via=2 cs=2:BYE        | call 0 caller\n"
              "P>A 200 tt=x b=3 cs=2:BYE              | call 0 caller\n"
              "B>P BYE ft=x tt=a b=4                  | call 0 callee\n"
              "P>A BYE ft=x tt=a b=6 via=2            | call 0 callee\n"
              "A>P 481 ft=x tt=a b=6 via=2 cs=1:BYE   | call 0 callee not crossed\n"
              "P>B 481 ft=x tt=a b=4 cs=1:BYE         | call 0 callee not crossed\n",
     0},
    {"BYEs cross in one dialog of a fork, not in the other",
     ANSWERED "A>B BYE tt=x b=3 cs=2            | call 0 caller\n"
              "A>C BYE tt=y b=4 cs=2            | call 0 caller\n"
              "C>A BYE ft=y tt=a b=5            | call 0 callee\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller not crossed\n"
              "C>A 481 tt=y b=4 cs=2:BYE        | call 0 caller crossed\n",
     0},
    {"a 481 whose BYE was not seen",
     ANSWERED "B>A BYE ft=x tt=a b=4            | call 0 callee\n"
              "B>A 481 tt=x b=3 cs=2:BYE        | call 0 caller not crossed\n",
     0},

    {"the CANCEL crosses a 2xx",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 200 tt=x                     | call 0 caller acknowledged\n"
     "A>B CANCEL                       | call 0 caller\n"
     "A>B ACK tt=x b=2                 | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller crossed\n",
     0},
    {"the CANCEL comes after the ACK to a 2xx",
     ANSWERED "A>B CANCEL                       | call 0 caller\n"
              "B>A 481 cs=1:CANCEL              | call 0 caller not crossed\n",
     0},
    {"the CANCEL comes after the first ACK to a 2xx",
     ANSWERED "A>B CANCEL                       | call 0 caller\n"
              "A>B ACK tt=x b=3                 | call 0 caller\n"
              "B>A 481 cs=1:CANCEL              | call 0 caller not crossed\n",
     0},
    {"the CANCEL crosses a 486",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 486 tt=x                     | call 0 caller\n"
     "A>B CANCEL                       | call 0 caller\n"
     "A>B ACK tt=x                     | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller crossed\n",
     0},
    {"the CANCEL comes after the ACK to a 486",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 486 tt=x                     | call 0 caller\n"
     "A>B ACK tt=x                     | call 0 caller\n"
     "A>B CANCEL                       | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller not crossed\n",
     0},
    {"the CANCEL comes before the final, as seen here",
     "A>B INVITE                       | call 0 caller\n"
     "A>B CANCEL                       | call 0 caller\n"
     "B>A 486 tt=x                     | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller crossed\n",
     0},
    {"the INVITE got no final response",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 180 tt=x                     | call 0 caller\n"
     "A>B CANCEL                       | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller not crossed\n",
     0},
    {"the CANCEL has another branch than the INVITE",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 486 tt=x                     | call 0 caller\n"
     "A>B CANCEL b=9                   | call 0 caller\n"
     "B>A 481 b=9 cs=1:CANCEL          | call 0 caller not crossed\n",
     0},
    {"a 481 whose CANCEL was not seen",
     "A>B INVITE                       | call 0 caller\n"
     "B>A 486 tt=x                     | call 0 caller\n"
     "B>A 481 cs=1:CANCEL              | call 0 caller not crossed\n",
     0},
};

static void
describe_crossing(rendering *out, const script *played, const sipmsg_sighting *response)
{
    const sipmsg_transaction *transaction = response->transaction;
    const sipmsg_calls *calls = played->track->calls;
    bool crossed = false;
    if (transaction->method == SIP_METHOD_BYE) {
        crossed = sipmsg_calls_crossed_bye(calls, response);
    } else if (transaction->method == SIP_METHOD_CANCEL) {
        const sipmsg_transaction *invite = sipmsg_transaction_cancelled(played->track->transactions, transaction);
        crossed = sipmsg_calls_crossed_cancel(calls, transaction, invite);
    }
    check_that(sipmsg_track_crossed(played->track, response) == crossed, "the same from track.h");
    if (transaction->method == SIP_METHOD_BYE || transaction->method == SIP_METHOD_CANCEL) {
        render(out, crossed ? " crossed" : " not crossed");
    }
}

/* The call of that number, NULL if there is none. */
static const sipmsg_call *
find_call(const sipmsg_track *track, uint32_t number)
{
    for (guint i = 0; i < track->sightings->len; i++) {
        const sipmsg_sighting *sighting = g_ptr_array_index(track->sightings, i);
        const sipmsg_call *call = sipmsg_call_of(sighting->transaction);
        if (call != NULL && call->number == number) {
            return call;
        }
    }
    return NULL;
}

static void
describe_message(rendering *out, const script *played, const sipmsg_sighting *sighting)
{
    const sipmsg_transaction *transaction = sighting->transaction;
    const sipmsg_call *call = sipmsg_call_of(transaction);
    if (call == NULL) {
        render(out, "no call");
    } else {
        render(out, "call %u %s", call->number, transaction->by_caller ? "caller" : "callee");
        check_that(find_call(played->track, call->number) == call, "the call of that number");
    }
    if (transaction->method == SIP_METHOD_INVITE && sighting->status >= 200 && sighting->status < 300) {
        bool acknowledged = sipmsg_calls_acknowledged(played->track->calls, sighting);
        render(out, call == NULL ? "" : acknowledged ? " acknowledged" : " not acknowledged");
    }
    if (sighting->status == 481) {
        describe_crossing(out, played, sighting);
    }
}

static void
describe_call(rendering *out, const script *played, const sipmsg_call *call)
{
    sipmsg_outcome outcome = sipmsg_call_outcome(call, played->end, QUIET);
    render(out, "%d %s", (int)outcome, sipmsg_outcome_name(outcome));
    script_render_frame(out, "final", sipmsg_call_final(call));
    script_render_time(out, "dial", sipmsg_call_time(call->invite, sipmsg_call_first_sign(call)));
    script_render_time(out, "setup", sipmsg_call_time(call->invite, call->answer));
    script_render_time(out, "talk", sipmsg_call_time(call->answer, call->bye));
}

static void
describe_frames(rendering *out, const sipmsg_call *call)
{
    script_render_frame(out, "invite", call->invite);
    script_render_frame(out, "ringing", call->ringing);
    script_render_frame(out, "answer", call->answer);
    script_render_frame(out, "bye", call->bye);
    script_render_frame(out, "given-up", call->given_up);
    script_render_frame(out, "confirmed", call->confirmed);
    script_render_frame(out, "latest", call->latest);
    script_render_frame(out, "decides", call->decides->request);
}

/* The lines that are no messages. */
static void
describe_question(rendering *out, const script *played, const char *question)
{
    const char *number = strchr(question, ' ');
    if (strcmp(question, "calls") == 0) {
        render(out, "%u", sipmsg_calls_count(played->track->calls));
        return;
    }
    const sipmsg_call *call = number == NULL ? NULL : find_call(played->track, (uint32_t)strtoul(number, NULL, 10));
    if (strncmp(question, "end", strlen("end")) == 0) {
        return;
    }
    if (call == NULL) {
        render(out, "no call");
    } else if (strncmp(question, "call", strlen("call")) == 0) {
        describe_call(out, played, call);
    } else {
        describe_frames(out, call);
    }
}

static void
describe(rendering *out, const script *played, const script_line *line)
{
    if (line->is_message) {
        describe_message(out, played, line->sighting);
    } else {
        rendering text = {0};
        describe_question(&text, played, line->text);
        render(out, "%s", text.text[0] == ' ' ? text.text + 1 : text.text);
    }
}

static void
check_scripts(const script_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        script_check(&cases[i], describe);
    }
}

static void
test_statuses(void)
{
    for (size_t i = 0; i < COUNT(status_cases); i++) {
        bool success = status_cases[i].status / 100 == 2;
        rendering name = {0};
        rendering text = {0};
        render(&name, "a call that ends with %u", status_cases[i].status);
        render(&text, "A>B INVITE | call 0 caller\nB>A %u tt=x | call 0 caller%s\ncall 0 | %s\n",
               status_cases[i].status, success ? " not acknowledged" : "", status_cases[i].expected);
        script_check(&(script_case){.name = name.text, .text = text.text}, describe);
    }
}

/* What else calls.h promises. */
static void
test_edges(void)
{
    sipmsg_track *track = sipmsg_track_new();
    const sipmsg_sighting early = {.frame = 1, .time = 5};
    const sipmsg_sighting late = {.frame = 2, .time = 7};
    const sipmsg_sighting set_back = {.frame = 3, .time = 6};
    check_case("no calls");
    check_that(sipmsg_calls_count(track->calls) == 0, "none");
    check_case("times between messages");
    check_that(sipmsg_call_time(&early, &late) == 2, "from one to the other");
    check_that(sipmsg_call_time(&early, &early) == 0, "none from a message to itself");
    check_that(sipmsg_call_time(&late, &early) == -1, "not backwards");
    check_that(sipmsg_call_time(&late, &set_back) == -1, "not where the clock was set back");
    check_that(sipmsg_call_time(&set_back, &late) == -1, "not from a later frame");
    check_that(sipmsg_call_time(NULL, &early) == -1 && sipmsg_call_time(&early, NULL) == -1,
               "not where one is missing");
    sipmsg_track_free(track);
}

int
main(void)
{
    check_scripts(outcome_cases, COUNT(outcome_cases));
    check_scripts(attempt_cases, COUNT(attempt_cases));
    check_scripts(late_cases, COUNT(late_cases));
    check_scripts(hop_cases, COUNT(hop_cases));
    check_scripts(fork_cases, COUNT(fork_cases));
    check_scripts(crossing_cases, COUNT(crossing_cases));
    test_statuses();
    test_edges();
    return check_summary();
}
