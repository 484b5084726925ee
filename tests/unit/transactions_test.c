/* transactions_test.c
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Captures in the notation of script.h. Of a message is said:
 *
 *     #0 INVITE     the transaction, by its number, and its method
 *     ringing=3     of the first transmission of its request: frames with the first 18x,
 *     final=4       the first final response, and
 *     ack=5         the first ACK to a final that is no 2xx
 *     proceeding    there was a response, but no final one
 *     cancels=#0    of a CANCEL: the transaction that it is to end
 *     request=1     of a response: the frame with its request, and how long after it the
 *     after=10ms    response came
 *     resent=1      a retransmission of the message in that frame
 *     copy=1        a second copy of the packet in that frame
 */
#include "script.h"

#include "sip/limits.h"

#include <string.h>

/* All rows of the table in transactions.h, in the order in which they come. */
static const script_case state_cases[] = {
    {"a request alone", "A>B OPTIONS | #0 OPTIONS\n", 0},
    {"a request and its response",
     "A>B OPTIONS              | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS     | #0 OPTIONS request=1 after=10ms\n",
     0},
    {"the request again, seen",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+500ms     | #0 OPTIONS resent=1\n"
     "A>B OPTIONS t=+1s        | #0 OPTIONS resent=1\n",
     0},
    {"the request again, answered",
     "A>B INFO                 | #0 INFO proceeding\n"
     "B>A 100 cs=1:INFO        | #0 INFO request=1 after=10ms\n"
     "A>B INFO t=+500ms        | #0 INFO resent=1\n"
     "B>A 100 cs=1:INFO        | #0 INFO request=1 after=520ms resent=2\n",
     0},
    {"the request again, final",
     "A>B INFO                 | #0 INFO final=2\n"
     "B>A 200 cs=1:INFO        | #0 INFO request=1 after=10ms\n"
     "A>B INFO t=+500ms        | #0 INFO resent=1\n"
     "B>A 200 cs=1:INFO        | #0 INFO request=1 after=520ms resent=2\n",
     0},
    {"a response time is since the first transmission",
     "A>B INFO                 | #0 INFO final=3\n"
     "A>B INFO t=+500ms        | #0 INFO resent=1\n"
     "B>A 200 cs=1:INFO        | #0 INFO request=1 after=510ms\n",
     0},
    {"provisional responses",
     "A>B INVITE               | #0 INVITE ringing=3 final=6\n"
     "B>A 100                  | #0 INVITE request=1 after=10ms\n"
     "B>A 180 tt=x             | #0 INVITE request=1 after=20ms\n"
     "B>A 183 tt=x             | #0 INVITE request=1 after=30ms\n"
     "B>A 199 tt=x             | #0 INVITE request=1 after=40ms\n"
     "B>A 200 tt=x             | #0 INVITE request=1 after=50ms\n",
     0},
    {"what is ringing and what is not",
     "A>B INVITE               | #0 INVITE ringing=5 proceeding\n"
     "B>A 179                  | #0 INVITE request=1 after=10ms\n"
     "B>A 190                  | #0 INVITE request=1 after=20ms\n"
     "B>A 100                  | #0 INVITE request=1 after=30ms\n"
     "B>A 189                  | #0 INVITE request=1 after=40ms\n"
     "B>A 180                  | #0 INVITE request=1 after=50ms\n",
     0},
    {"what is not an INVITE does not ring",
     "A>B INFO                 | #0 INFO proceeding\n"
     "B>A 180 cs=1:INFO        | #0 INFO request=1 after=10ms\n"
     "B>A 183 cs=1:INFO        | #0 INFO request=1 after=20ms\n",
     0},
    {"a final response that is no 2xx, and its ACK",
     "A>B INVITE               | #0 INVITE final=2 ack=3\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x             | #0 INVITE\n",
     0},
    {"a response that says it is to the ACK, which has none: it is not the INVITE's",
     "A>B INVITE               | #0 INVITE\n"
     "B>A 603 tt=x cs=1:ACK    | #1 ACK\n",
     0},
    {"the final again and the ACK again",
     "A>B INVITE               | #0 INVITE final=2 ack=4\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "B>A 486 tt=x t=+500ms    | #0 INVITE request=1 after=510ms resent=2\n"
     "A>B ACK tt=x             | #0 INVITE\n"
     "B>A 486 tt=x t=+1s       | #0 INVITE request=1 after=1520ms resent=2\n"
     "A>B ACK tt=x             | #0 INVITE resent=4\n",
     0},
    {"a 2xx again, and the ACK again, which has a transaction of its own",
     "A>B INVITE               | #0 INVITE final=2\n"
     "B>A 200 tt=x             | #0 INVITE request=1 after=10ms\n"
     "B>A 200 tt=x t=+500ms    | #0 INVITE request=1 after=510ms resent=2\n"
     "A>B ACK tt=x b=2         | #1 ACK\n"
     "B>A 200 tt=x t=+500ms    | #0 INVITE request=1 after=1020ms resent=2\n"
     "A>B ACK tt=x b=2         | #1 ACK resent=4\n",
     0},
    {"another final response is no retransmission and does not replace the first",
     "A>B INVITE               | #0 INVITE final=2\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "B>A 487 tt=x             | #0 INVITE request=1 after=20ms\n",
     0},

    /* Each may be the first that is seen of a transaction. */
    {"first of all a response",
     "B>A 180 tt=x             | #0 INVITE\n"
     "B>A 200 tt=x             | #0 INVITE\n",
     0},
    {"first of all a response, then its request",
     "B>A 200 cs=1:OPTIONS     | #0 OPTIONS request=2\n"
     "A>B OPTIONS              | #0 OPTIONS final=1\n"
     "B>A 200 cs=1:OPTIONS     | #0 OPTIONS request=2 after=10ms resent=1\n",
     0},
    {"first of all an ACK, for all one knows in a transaction of its own",
     "A>B ACK tt=x             | #0 ACK\n"
     "A>B ACK tt=x             | #0 ACK resent=1\n",
     0},
    {"an ACK before the final response",
     "A>B INVITE               | #0 INVITE final=3 ack=2\n"
     "A>B ACK tt=x             | #0 INVITE\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=20ms\n",
     0},
    {"a final response and its ACK without the INVITE",
     "B>A 486 tt=x             | #0 INVITE\n"
     "A>B ACK tt=x             | #0 INVITE\n"
     "A>B ACK tt=x             | #0 INVITE resent=2\n",
     0},
    {"a status that is none counts as provisional",
     "A>B INVITE               | #0 INVITE proceeding\n"
     "B>A 000                  | #0 INVITE request=1 after=10ms\n"
     "B>A 700                  | #0 INVITE request=1 after=20ms resent=2\n"
     "B>A 99999                | #0 INVITE request=1 after=30ms resent=2\n",
     0},
    {"a response in an earlier moment than its request has no time",
     "A>B OPTIONS                     | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS t=-1ms     | #0 OPTIONS request=1\n",
     0},
    {"a request in a later frame, though its time is earlier",
     "B>A 200 cs=1:OPTIONS            | #0 OPTIONS request=2\n"
     "A>B OPTIONS t=-5ms              | #0 OPTIONS final=1\n",
     0},
    {"a response in the same moment",
     "A>B OPTIONS                     | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS t=+0s      | #0 OPTIONS request=1 after=0ms\n",
     0},
    {"a response in the same frame",
     "A>B OPTIONS                     | #0 OPTIONS final=1\n"
     "B>A 200 cs=1:OPTIONS frame=1    | #0 OPTIONS request=1 after=10ms\n",
     0},
    {"a time in nanoseconds",
     "A>B OPTIONS                     | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS t=+123ns   | #0 OPTIONS request=1 after=123ns\n",
     0},
};

static const script_case key_cases[] = {
    {"another branch is another transaction",
     "A>B INVITE b=1           | #0 INVITE\n"
     "A>B INVITE b=2           | #1 INVITE final=3\n"
     "B>A 200 b=2              | #1 INVITE request=2 after=10ms\n",
     0},
    {"another sent-by",
     "A>B INVITE by=h          | #0 INVITE\n"
     "A>B INVITE by=g          | #1 INVITE final=3\n"
     "B>A 200 by=g             | #1 INVITE request=2 after=10ms\n",
     0},
    {"another port in sent-by",
     "A>B INVITE by=h:5070     | #0 INVITE\n"
     "A>B INVITE by=h          | #1 INVITE final=3\n"
     "B>A 200 by=h:5060        | #1 INVITE request=2 after=10ms\n",
     0},
    {"another method",
     "A>B INVITE               | #0 INVITE\n"
     "A>B OPTIONS              | #1 OPTIONS final=3\n"
     "B>A 200 cs=1:OPTIONS     | #1 OPTIONS request=2 after=10ms\n",
     0},
    {"the branch used again with another number",
     "A>B REGISTER cs=1        | #0 REGISTER final=2\n"
     "B>A 401 cs=1:REGISTER    | #0 REGISTER request=1 after=10ms\n"
     "A>B REGISTER cs=2        | #1 REGISTER final=4\n"
     "B>A 200 cs=2:REGISTER    | #1 REGISTER request=3 after=10ms\n",
     0},
    {"the branch used again with another Call-ID",
     "A>B OPTIONS id=1               | #0 OPTIONS final=2\n"
     "B>A 200 id=1 cs=1:OPTIONS      | #0 OPTIONS request=1 after=10ms\n"
     "A>B OPTIONS id=2               | #1 OPTIONS final=4\n"
     "B>A 200 id=2 cs=1:OPTIONS      | #1 OPTIONS request=3 after=10ms\n",
     0},
    {"Call-IDs differ in their case",
     "A>B OPTIONS id=c         | #0 OPTIONS\n"
     "A>B OPTIONS id=C         | #1 OPTIONS\n",
     0},
    {"methods differ in their case",
     "A>B INVITE               | #0 INVITE\n"
     "A>B Invite               | #1 Invite\n",
     0},
    {"branches, hosts and tags don't differ in their case",
     "A>B INVITE b=x by=h ft=a | #0 INVITE final=2\n"
     "B>A 200 b=X by=H ft=A    | #0 INVITE request=1 after=10ms\n"
     "B>A 200 b=x tt=y         | #0 INVITE request=1 after=20ms\n"
     "B>A 200 b=x tt=Y         | #0 INVITE request=1 after=30ms resent=3\n",
     0},
    {"tags and Request-URI take no part where there is a magic cookie",
     "A>B OPTIONS ft=a tt=x uri=sip:1         | #0 OPTIONS final=3\n"
     "A>B OPTIONS ft=b tt=y uri=sip:2         | #0 OPTIONS resent=1\n"
     "B>A 200 cs=1:OPTIONS ft=c               | #0 OPTIONS request=1 after=20ms\n",
     0},
    {"a method that is not registered",
     "A>B FROBNICATE           | #0 FROBNICATE final=2\n"
     "B>A 501 cs=1:FROBNICATE  | #0 FROBNICATE request=1 after=10ms\n"
     "A>B FROBNICATE           | #0 FROBNICATE resent=1\n",
     0},
    {"the method is that of CSeq",
     "A>B BYE cs=1:NOTIFY      | #0 NOTIFY final=2\n"
     "B>A 200 cs=1:NOTIFY      | #0 NOTIFY request=1 after=10ms\n",
     0},
    {"addresses take no part: the response comes from elsewhere",
     "A>B OPTIONS              | #0 OPTIONS final=2\n"
     "C>D 200 cs=1:OPTIONS     | #0 OPTIONS request=1 after=10ms\n",
     0},
    {"what belongs to no transaction",
     "A>B OPTIONS via=-        | none\n"
     "A>B OPTIONS id=-         | none\n"
     "A>B OPTIONS cs=-         | none\n"
     "A>B OPTIONS              | #0 OPTIONS\n",
     0},
    {"neither From nor To",
     "A>B OPTIONS from=- to=-             | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS from=- to=-    | #0 OPTIONS request=1 after=10ms\n",
     0},
};

/* More than is kept of a Request-URI to be quoted. */
#define LONG_USER "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
_Static_assert(sizeof LONG_USER > SIP_LIMIT_KEPT_URI, "two URIs that begin with it are quoted alike");

/* Without the magic cookie (RFC 3261 section 17.2.3): the rule of RFC 2543. */
static const script_case old_cases[] = {
    {"a branch without the cookie",
     "A>B INVITE branch=1      | #0 INVITE final=3 ack=4\n"
     "A>B INVITE branch=1      | #0 INVITE resent=1\n"
     "B>A 486 branch=1 tt=x    | #0 INVITE request=1 after=20ms\n"
     "A>B ACK branch=1 tt=x    | #0 INVITE\n",
     0},
    {"no branch at all",
     "A>B INVITE b=-           | #0 INVITE final=3 ack=4\n"
     "A>B INVITE b=-           | #0 INVITE resent=1\n"
     "B>A 486 b=- tt=x         | #0 INVITE request=1 after=20ms\n"
     "A>B ACK b=- tt=x         | #0 INVITE\n",
     0},
    {"with the cookie and without are not the same",
     "A>B OPTIONS b=1                | #0 OPTIONS\n"
     "A>B OPTIONS branch=1           | #1 OPTIONS\n"
     "A>B OPTIONS b=-                | #2 OPTIONS\n"
     "A>B OPTIONS branch=z9hG4b      | #3 OPTIONS\n",
     0},
    {"the From tag counts",
     "A>B OPTIONS b=- ft=a              | #0 OPTIONS final=3\n"
     "A>B OPTIONS b=- ft=b              | #1 OPTIONS final=4\n"
     "B>A 200 b=- ft=a cs=1:OPTIONS     | #0 OPTIONS request=1 after=20ms\n"
     "B>A 200 b=- ft=b cs=1:OPTIONS     | #1 OPTIONS request=2 after=20ms\n",
     0},
    {"no From tag is not an empty one",
     "A>B OPTIONS b=- ft=-     | #0 OPTIONS\n"
     "A>B OPTIONS b=- ft=-     | #0 OPTIONS resent=1\n"
     "A>B OPTIONS b=- ft=      | #1 OPTIONS\n",
     0},
    {"the topmost Via counts",
     "A>B OPTIONS b=- by=h         | #0 OPTIONS\n"
     "A>B OPTIONS b=- by=g         | #1 OPTIONS\n"
     "A>B OPTIONS b=- by=h:1       | #2 OPTIONS\n",
     0},
    {"the Request-URI counts, for requests alone",
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS resent=1\n"
     "A>B OPTIONS b=- uri=sip:2         | #1 OPTIONS final=4\n"
     "B>A 200 b=- cs=1:OPTIONS          | #1 OPTIONS request=3 after=10ms\n",
     0},
    {"the To tag counts, for requests alone",
     "A>B OPTIONS b=- tt=x              | #0 OPTIONS\n"
     "A>B OPTIONS b=- tt=y              | #1 OPTIONS final=4\n"
     "A>B OPTIONS b=- tt=Y              | #1 OPTIONS resent=2\n"
     "B>A 200 b=- tt=z cs=1:OPTIONS     | #1 OPTIONS request=2 after=20ms\n"
     "A>B OPTIONS b=-                   | #2 OPTIONS\n",
     0},
    {"the whole of the Request-URI counts, however long",
     "A>B OPTIONS b=- uri=sip:" LONG_USER "1@h     | #0 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:" LONG_USER "2@h     | #1 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:" LONG_USER "1@h     | #0 OPTIONS resent=1\n"
     "A>B OPTIONS b=- uri=sip:" LONG_USER "2@h     | #1 OPTIONS resent=2\n",
     0},
    {"Request-URIs differ in their case, To tags don't",
     "A>B OPTIONS b=- uri=sip:x tt=t    | #0 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:X tt=t    | #1 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:x tt=T    | #0 OPTIONS resent=1\n",
     0},
    {"two requests that differ in their Request-URI alone are sent again in turn",
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:2         | #1 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS resent=1\n"
     "A>B OPTIONS b=- uri=sip:2         | #1 OPTIONS resent=2\n"
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS resent=1\n"
     "A>B OPTIONS b=- uri=sip:3         | #2 OPTIONS final=7\n"
     "B>A 200 b=- cs=1:OPTIONS          | #2 OPTIONS request=6 after=10ms\n"
     "A>B OPTIONS b=- uri=sip:2         | #1 OPTIONS resent=2\n",
     0},
    {"two requests that differ in their To tag alone are sent again in turn",
     "A>B BYE branch=1 tt=x             | #0 BYE\n"
     "A>B BYE branch=1 tt=y             | #1 BYE\n"
     "A>B BYE branch=1                  | #2 BYE final=7\n"
     "A>B BYE branch=1 tt=x             | #0 BYE resent=1\n"
     "A>B BYE branch=1 tt=y             | #1 BYE resent=2\n"
     "A>B BYE branch=1                  | #2 BYE resent=3\n"
     "B>A 200 branch=1 cs=1:BYE tt=x    | #2 BYE request=3 after=40ms\n",
     0},
    {"a response before two requests is the first one's",
     "B>A 200 b=- cs=1:OPTIONS          | #0 OPTIONS request=2\n"
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS final=1\n"
     "A>B OPTIONS b=- uri=sip:2         | #1 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:1         | #0 OPTIONS resent=2\n",
     0},
    {"the ACK of a retransmitted INVITE may have another Request-URI",
     "A>B INVITE b=- uri=sip:1          | #0 INVITE final=2 ack=4\n"
     "B>A 486 b=- tt=x                  | #0 INVITE request=1 after=10ms\n"
     "A>B INVITE b=- uri=sip:1          | #0 INVITE resent=1\n"
     "A>B ACK b=- tt=x uri=sip:2        | #0 INVITE\n",
     0},
    {"the ACK has a To tag that its INVITE did not have",
     "A>B INVITE b=-           | #0 INVITE final=2 ack=3\n"
     "B>A 404 b=- tt=x         | #0 INVITE request=1 after=10ms\n"
     "A>B ACK b=- tt=x         | #0 INVITE\n"
     "A>B ACK b=- tt=x         | #0 INVITE resent=3\n",
     0},
    {"the ACK to a 2xx has the same Via",
     "A>B INVITE b=-           | #0 INVITE final=2\n"
     "B>A 200 b=- tt=x         | #0 INVITE request=1 after=10ms\n"
     "A>B ACK b=- tt=x         | #1 ACK\n"
     "A>B ACK b=- tt=x         | #1 ACK resent=3\n",
     0},
    {"a response before its request",
     "B>A 200 b=- tt=x cs=1:OPTIONS     | #0 OPTIONS request=2\n"
     "A>B OPTIONS b=-                   | #0 OPTIONS final=1\n",
     0},
    {"the next number",
     "A>B OPTIONS b=- cs=1     | #0 OPTIONS\n"
     "A>B OPTIONS b=- cs=2     | #1 OPTIONS\n",
     0},
    {"CANCEL",
     "A>B INVITE b=-                | #0 INVITE final=4\n"
     "A>B CANCEL b=-                | #1 CANCEL final=3 cancels=#0\n"
     "B>A 200 b=- cs=1:CANCEL       | #1 CANCEL request=2 after=10ms\n"
     "B>A 487 b=-                   | #0 INVITE request=1 after=30ms\n",
     0},
};

/* Requests that go with another (RFC 3261 sections 9 and 17.1.1.3). */
static const script_case other_cases[] = {
    {"CANCEL has a transaction of its own",
     "A>B INVITE                    | #0 INVITE final=4 ack=5\n"
     "A>B CANCEL                    | #1 CANCEL final=3 cancels=#0\n"
     "B>A 200 cs=1:CANCEL           | #1 CANCEL request=2 after=10ms\n"
     "B>A 487 tt=x                  | #0 INVITE request=1 after=30ms\n"
     "A>B ACK tt=x                  | #0 INVITE\n",
     0},
    {"CANCEL of nothing",
     "A>B INVITE b=1                | #0 INVITE\n"
     "A>B CANCEL b=2                | #1 CANCEL cancels=none\n"
     "A>B CANCEL b=1 cs=2           | #2 CANCEL cancels=none\n"
     "A>B CANCEL b=1 id=d           | #3 CANCEL cancels=none\n"
     "A>B CANCEL b=1 by=g           | #4 CANCEL cancels=none\n"
     "A>B CANCEL b=1                | #5 CANCEL cancels=#0\n",
     0},
    {"CANCEL of an INVITE that comes later, or of which only a response was seen",
     "A>B CANCEL b=1                | #0 CANCEL cancels=#2\n"
     "A>B CANCEL b=2                | #1 CANCEL cancels=#3\n"
     "A>B INVITE b=1                | #2 INVITE\n"
     "B>A 487 b=2                   | #3 INVITE\n",
     0},
    {"the ACK to a 2xx with the branch of its INVITE",
     "A>B INVITE               | #0 INVITE final=2\n"
     "B>A 200 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x             | #1 ACK\n"
     "A>B ACK tt=x             | #1 ACK resent=3\n",
     0},
    {"an ACK with another number than its INVITE",
     "A>B INVITE cs=1          | #0 INVITE final=2\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x cs=2        | #1 ACK\n",
     0},
    {"an ACK to nothing but another method",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B ACK tt=x             | #1 ACK\n",
     0},
    {"a response to an ACK",
     "A>B INVITE               | #0 INVITE final=2\n"
     "B>A 200 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK b=2 tt=x         | #1 ACK final=4\n"
     "B>A 481 b=2 cs=1:ACK     | #1 ACK request=3 after=10ms\n",
     0},
    {"responses of forks differ in their To tags",
     "A>B INVITE               | #0 INVITE ringing=2 final=5\n"
     "B>A 180 tt=x             | #0 INVITE request=1 after=10ms\n"
     "B>A 180 tt=y             | #0 INVITE request=1 after=20ms\n"
     "B>A 180 tt=x             | #0 INVITE request=1 after=30ms resent=2\n"
     "B>A 200 tt=x             | #0 INVITE request=1 after=40ms\n"
     "B>A 200 tt=y             | #0 INVITE request=1 after=50ms\n"
     "B>A 200                  | #0 INVITE request=1 after=60ms\n"
     "B>A 200 tt=y             | #0 INVITE request=1 after=70ms resent=6\n",
     0},
    {"reliable responses differ in their RSeq",
     "A>B INVITE               | #0 INVITE ringing=2 proceeding\n"
     "B>A 180 tt=x rseq=1      | #0 INVITE request=1 after=10ms\n"
     "B>A 180 tt=x rseq=2      | #0 INVITE request=1 after=20ms\n"
     "B>A 180 tt=x rseq=1      | #0 INVITE request=1 after=30ms resent=2\n"
     "B>A 180 tt=x             | #0 INVITE request=1 after=40ms\n",
     0},
};

/* Where a message was seen tells a hop from a retransmission. */
static const script_case path_cases[] = {
    {"the same message on another path is neither a retransmission nor a duplicate",
     "A>N INVITE               | #0 INVITE final=3 ack=5\n"
     "M>B INVITE t=+1ms        | #0 INVITE\n"
     "B>M 486 tt=x             | #0 INVITE request=1 after=11ms\n"
     "N>A 486 tt=x t=+1ms      | #0 INVITE request=1 after=12ms\n"
     "A>N ACK tt=x             | #0 INVITE\n"
     "M>B ACK tt=x t=+1ms      | #0 INVITE\n",
     0},
    {"sent again on both paths",
     "A>N INVITE               | #0 INVITE\n"
     "M>B INVITE t=+1ms        | #0 INVITE\n"
     "A>N INVITE t=+500ms      | #0 INVITE resent=1\n"
     "M>B INVITE t=+1ms        | #0 INVITE resent=2\n",
     0},
    {"the same method in the other direction is no retransmission",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "B>A OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS              | #0 OPTIONS resent=1\n",
     0},
    {"on one host the ports are part of the path",
     "A:1>A:2 INVITE           | #0 INVITE final=3\n"
     "A:3>A:4 INVITE t=+1ms    | #0 INVITE\n"
     "A:4>A:3 486 tt=x         | #0 INVITE request=1 after=11ms\n"
     "A:2>A:1 486 tt=x         | #0 INVITE request=1 after=21ms\n"
     "A:1>A:2 INVITE t=+500ms  | #0 INVITE resent=1\n",
     0},
    {"two hops with a branch each",
     "A>P INVITE b=1           | #0 INVITE final=4\n"
     "P>B INVITE b=2 via=2     | #1 INVITE final=3\n"
     "B>P 486 b=2 via=2 tt=x   | #1 INVITE request=2 after=10ms\n"
     "P>A 486 b=1 tt=x         | #0 INVITE request=1 after=30ms\n",
     0},
};

/* A packet that was captured twice. */
static const script_case copy_cases[] = {
    {"the same bytes at once",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+0s        | #0 OPTIONS copy=1\n"
     "A>B OPTIONS t=+1ms       | #0 OPTIONS copy=1\n",
     0},
    {"a response too",
     "A>B OPTIONS                     | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS            | #0 OPTIONS request=1 after=10ms\n"
     "B>A 200 cs=1:OPTIONS t=+1ms     | #0 OPTIONS request=1 after=11ms copy=2\n",
     0},
    {"an ACK too",
     "A>B INVITE               | #0 INVITE final=2 ack=3\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x             | #0 INVITE\n"
     "A>B ACK tt=x t=+1ms      | #0 INVITE copy=3\n",
     0},
    {"5 ms later, the longest there may be",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+5ms       | #0 OPTIONS copy=1\n",
     0},
    {"a nanosecond more",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+5000001ns | #0 OPTIONS resent=1\n",
     0},
    {"5 ms earlier",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=-5ms       | #0 OPTIONS copy=1\n",
     0},
    {"a nanosecond more than 5 ms earlier",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=-5000001ns | #0 OPTIONS resent=1\n",
     0},
    {"the same IP identification",
     "A>B OPTIONS ip=7         | #0 OPTIONS\n"
     "A>B OPTIONS ip=7 t=+1ms  | #0 OPTIONS copy=1\n",
     0},
    {"another IP identification",
     "A>B OPTIONS ip=7         | #0 OPTIONS\n"
     "A>B OPTIONS ip=8 t=+1ms  | #0 OPTIONS resent=1\n",
     0},
    {"IP identification 0 is one like any other",
     "A>B OPTIONS ip=0         | #0 OPTIONS\n"
     "A>B OPTIONS ip=1 t=+1ms  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=0 t=+1ms  | #0 OPTIONS copy=1\n",
     0},
    {"the IP identification of one is not known",
     "A>B OPTIONS ip=7         | #0 OPTIONS\n"
     "A>B OPTIONS t=+1ms       | #0 OPTIONS copy=1\n"
     "A>B OPTIONS ip=8 t=+1ms  | #0 OPTIONS copy=1\n",
     0},
    {"other bytes",
     "A>B OPTIONS x=1          | #0 OPTIONS\n"
     "A>B OPTIONS x=2 t=+1ms   | #0 OPTIONS resent=1\n",
     0},
    {"the same bytes twice in one frame were sent twice",
     "A>B OPTIONS                 | #0 OPTIONS\n"
     "A>B OPTIONS frame=1 t=+0s   | #0 OPTIONS resent=1\n"
     "A>B OPTIONS frame=1 t=+0s   | #0 OPTIONS resent=1\n",
     0},
    {"but those in a later frame may be a copy",
     "A>B OPTIONS                 | #0 OPTIONS\n"
     "A>B OPTIONS t=+1ms          | #0 OPTIONS copy=1\n"
     "A>B OPTIONS frame=2 t=+0s   | #0 OPTIONS copy=1\n",
     0},
    {"bytes that differ in one letter, wherever it stands in eight",
     "A>B OPTIONS x=aaaaaaaa          | #0 OPTIONS\n"
     "A>B OPTIONS x=baaaaaaa t=+1us   | #0 OPTIONS resent=1\n"
     "A>B OPTIONS x=aaabaaaa t=+1us   | #0 OPTIONS resent=1\n"
     "A>B OPTIONS x=aaaabaaa t=+1us   | #0 OPTIONS resent=1\n"
     "A>B OPTIONS x=aaaaaaab t=+1us   | #0 OPTIONS resent=1\n"
     "A>B OPTIONS x=aaaabaaa t=+1us   | #0 OPTIONS resent=1 copy=4\n",
     0},
    {"other ports",
     "A>B OPTIONS ports=1         | #0 OPTIONS\n"
     "A>B OPTIONS ports=2 t=+1ms  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ports=1 t=+1ms  | #0 OPTIONS copy=1\n",
     0},
    {"a copy of a retransmission is both",
     "A>B OPTIONS ip=1             | #0 OPTIONS\n"
     "A>B OPTIONS ip=1 t=+1ms      | #0 OPTIONS copy=1\n"
     "A>B OPTIONS ip=2 t=+500ms    | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=2 t=+1ms      | #0 OPTIONS resent=1 copy=3\n"
     "A>B OPTIONS ip=2 t=+1ms      | #0 OPTIONS resent=1 copy=3\n",
     0},
    {"a chain: each within 5 ms of the one before",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+4ms       | #0 OPTIONS copy=1\n"
     "A>B OPTIONS t=+4ms       | #0 OPTIONS copy=1\n"
     "A>B OPTIONS t=+4ms       | #0 OPTIONS copy=1\n"
     "A>B OPTIONS t=+6ms       | #0 OPTIONS resent=1\n"
     "A>B OPTIONS t=+4ms       | #0 OPTIONS resent=1 copy=5\n",
     0},
    {"copies of two packets mixed",
     "A>B OPTIONS ip=1         | #0 OPTIONS\n"
     "A>B OPTIONS ip=2 t=+1ms  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=1 t=+1ms  | #0 OPTIONS copy=1\n"
     "A>B OPTIONS ip=2 t=+1ms  | #0 OPTIONS resent=1 copy=2\n",
     0},
    {"copies of both hops mixed",
     "A>N OPTIONS              | #0 OPTIONS\n"
     "M>B OPTIONS t=+1ms       | #0 OPTIONS\n"
     "A>N OPTIONS t=+1ms       | #0 OPTIONS copy=1\n"
     "M>B OPTIONS t=+1ms       | #0 OPTIONS copy=2\n",
     0},
    {"the last of SIP_LIMIT_COPIES others is still compared with",
     "A>B OPTIONS ip=1         | #0 OPTIONS\n"
     "A>B OPTIONS ip=2 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=3 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=4 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=5 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=6 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=7 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=8 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=1 t=+1us  | #0 OPTIONS copy=1\n",
     0},
    {"but the one before that is not",
     "A>B OPTIONS ip=1         | #0 OPTIONS\n"
     "A>B OPTIONS ip=2 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=3 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=4 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=5 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=6 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=7 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=8 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=9 t=+1us  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS ip=1 t=+1us  | #0 OPTIONS resent=1\n",
     0},
};
_Static_assert(SIP_LIMIT_COPIES == 8, "the two cases above count on it");

/* A provisional response that is repeated to keep the transaction alive. */
static const script_case keep_alive_cases[] = {
    {"more than 32 s later it is a message of its own",
     "A>B INVITE                      | #0 INVITE ringing=2 proceeding\n"
     "B>A 180 tt=x                    | #0 INVITE request=1 after=10ms\n"
     "B>A 180 tt=x t=+60s             | #0 INVITE request=1 after=60010ms\n"
     "B>A 180 tt=x t=+60s             | #0 INVITE request=1 after=120010ms\n",
     0},
    {"32 s later it is a retransmission, a nanosecond after that it is none",
     "B>A 180 tt=x                    | #0 INVITE\n"
     "B>A 180 tt=x t=+32s             | #0 INVITE resent=1\n"
     "B>A 180 tt=x t=+32000000001ns   | #0 INVITE\n",
     0},
    {"32 s after the one before, not after the first",
     "B>A 180 tt=x                    | #0 INVITE\n"
     "B>A 180 tt=x t=+20s             | #0 INVITE resent=1\n"
     "B>A 180 tt=x t=+20s             | #0 INVITE resent=1\n"
     "B>A 180 tt=x t=+33s             | #0 INVITE\n"
     "B>A 180 tt=x t=+20s             | #0 INVITE resent=4\n",
     0},
    {"a copy of it is a copy of it",
     "B>A 183 tt=x                    | #0 INVITE\n"
     "B>A 183 tt=x t=+60s             | #0 INVITE\n"
     "B>A 183 tt=x t=+1ms             | #0 INVITE copy=2\n",
     0},
    {"requests and final responses are retransmissions however late",
     "A>B INVITE                      | #0 INVITE final=2 ack=3\n"
     "B>A 486 tt=x                    | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x                    | #0 INVITE\n"
     "A>B INVITE t=+60s               | #0 INVITE resent=1\n"
     "B>A 486 tt=x t=+60s             | #0 INVITE request=1 after=120020ms resent=2\n"
     "A>B ACK tt=x t=+60s             | #0 INVITE resent=3\n",
     0},
};

/* A transaction in which nothing was seen for too long is over. */
static const script_case age_cases[] = {
    {"as long as it may take",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+60s       | #0 OPTIONS resent=1\n",
     60 * SIPMSG_SECOND},
    {"a nanosecond more",
     "A>B OPTIONS                     | #0 OPTIONS\n"
     "A>B OPTIONS t=+60000000001ns    | #1 OPTIONS final=3\n"
     "B>A 200 cs=1:OPTIONS            | #1 OPTIONS request=2 after=10ms\n",
     60 * SIPMSG_SECOND},
    {"every message counts: response, retransmission, ACK",
     "A>B INVITE               | #0 INVITE ringing=2 final=4 ack=5\n"
     "B>A 180 tt=x t=+50s      | #0 INVITE request=1 after=50s\n"
     "A>B INVITE t=+50s        | #0 INVITE resent=1\n"
     "B>A 486 tt=x t=+50s      | #0 INVITE request=1 after=150s\n"
     "A>B ACK tt=x t=+50s      | #0 INVITE\n"
     "A>B ACK tt=x t=+50s      | #0 INVITE resent=5\n",
     60 * SIPMSG_SECOND},
    {"the ACK comes too late",
     "A>B INVITE               | #0 INVITE final=2\n"
     "B>A 486 tt=x             | #0 INVITE request=1 after=10ms\n"
     "A>B ACK tt=x t=+61s      | #1 ACK\n",
     60 * SIPMSG_SECOND},
    {"a response comes too late",
     "A>B OPTIONS                     | #0 OPTIONS\n"
     "B>A 200 cs=1:OPTIONS t=+61s     | #1 OPTIONS\n",
     60 * SIPMSG_SECOND},
    {"a sender that uses everything again",
     "A>B OPTIONS                     | #0 OPTIONS final=2\n"
     "B>A 200 cs=1:OPTIONS            | #0 OPTIONS request=1 after=10ms\n"
     "A>B OPTIONS t=+100s             | #1 OPTIONS final=4\n"
     "B>A 200 cs=1:OPTIONS            | #1 OPTIONS request=3 after=10ms\n"
     "A>B OPTIONS t=+100s             | #2 OPTIONS final=6\n"
     "B>A 200 cs=1:OPTIONS            | #2 OPTIONS request=5 after=10ms\n",
     60 * SIPMSG_SECOND},
    {"without the magic cookie too, each for itself",
     "A>B OPTIONS b=- uri=sip:1            | #0 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:2 t=+50s     | #1 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:1 t=+50s     | #2 OPTIONS\n"
     "A>B OPTIONS b=- uri=sip:2            | #1 OPTIONS resent=2\n"
     "A>B OPTIONS b=- uri=sip:1 t=+50s     | #2 OPTIONS resent=3\n",
     60 * SIPMSG_SECOND},
    {"no limit",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=+1000000s  | #0 OPTIONS resent=1\n",
     0},
    {"no limit without the magic cookie",
     "A>B OPTIONS b=-              | #0 OPTIONS\n"
     "A>B OPTIONS b=- t=+1000000s  | #0 OPTIONS resent=1\n",
     0},
    {"a clock that was set back",
     "A>B OPTIONS              | #0 OPTIONS\n"
     "A>B OPTIONS t=-1000000s  | #0 OPTIONS resent=1\n"
     "A>B OPTIONS t=+60s       | #0 OPTIONS resent=1\n"
     "A>B OPTIONS t=+61s       | #1 OPTIONS\n",
     60 * SIPMSG_SECOND},
};

static void
describe_request(rendering *out, const script *played, const sipmsg_sighting *request)
{
    const sipmsg_transaction *transaction = request->transaction;
    if (transaction->request != request) {
        return;
    }
    script_render_frame(out, "ringing", transaction->ringing);
    script_render_frame(out, "final", transaction->final);
    if (transaction->ack_frame != 0) {
        render(out, " ack=%u", transaction->ack_frame);
    }
    if (transaction->answered && transaction->final == NULL) {
        render(out, " proceeding");
    }
    check_that(transaction->answered || transaction->final == NULL, "answered by a final response");
    if (transaction->method == SIP_METHOD_CANCEL) {
        const sipmsg_transaction *invite = sipmsg_transaction_cancelled(played->track->transactions, transaction);
        if (invite == NULL) {
            render(out, " cancels=none");
        } else {
            render(out, " cancels=#%u", invite->number);
        }
    }
}

static void
describe_response(rendering *out, const sipmsg_sighting *response)
{
    script_render_frame(out, "request", response->transaction->request);
    script_render_time(out, "after", sipmsg_sighting_delay(response));
}

static void
describe(rendering *out, const script *played, const script_line *line)
{
    const sipmsg_sighting *sighting = line->sighting;
    render(out, "#%u ", sighting->transaction->number);
    render_bytes(out, sighting->transaction->method_name->text);
    if (sipmsg_sighting_is_request(sighting)) {
        describe_request(out, played, sighting);
    } else {
        describe_response(out, sighting);
    }
    if (sighting->is_retransmission) {
        render(out, " resent=%u", sighting->first->frame);
    }
    if (sighting->duplicate_of != 0) {
        render(out, " copy=%u", sighting->duplicate_of);
    }
    check_that(sipmsg_sighting_is_first(sighting) == (!sighting->is_retransmission && sighting->duplicate_of == 0),
               "a first transmission if it is neither");
    check_that(sighting->transaction->number < sipmsg_transactions_count(played->track->transactions),
               "a number below how many there are");
}

static void
check_scripts(const script_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        script_check(&cases[i], describe);
    }
}

/* How much is kept of a Request-URI of that length. */
static void
test_kept_uri(size_t length, size_t expected)
{
    sipmsg_track *track = sipmsg_track_new();
    rendering text = {0};
    sip_message message;
    sip_identity identity;
    render(&text, "OPTIONS sip:");
    for (size_t i = strlen("sip:"); i < length; i++) {
        render(&text, "%c", 'a' + (int)(i % 26));
    }
    render(&text, " SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n");
    sip_span bytes = check_guarded_behind((sip_span){(const uint8_t *)text.text, text.length});
    if (check_that(sip_message_parse(bytes, false, &message) && sip_identity_parse(&message, &identity), "a message")) {
        const sipmsg_arrival arrival = {.message = &message, .frame = 1, .path = SIP_SPAN("A>B"), .ip_id = -1};
        const sipmsg_sighting *sighting = sipmsg_track_note(track, &arrival, &identity, 0);
        sip_span kept = sighting->transaction->uri->text;
        check_that(kept.length == expected, "as much as the limit allows");
        check_that(sip_span_equal(kept, (sip_span){message.start_line.uri.data, expected}), "the front of it");
    }
    sipmsg_track_free(track);
}

static void
test_kept_uris(void)
{
    check_case("how much is kept of a Request-URI");
    test_kept_uri(5, 5);
    /* SIP_LIMIT_KEPT_URI */
    test_kept_uri(63, 63);
    test_kept_uri(64, 64);
    test_kept_uri(65, 64);
    test_kept_uri(5000, 64);
}

/* Notes one more message of a capture. */
static const sipmsg_sighting *
note(sipmsg_track *track, uint32_t frame, int64_t time)
{
    static const char text[] = "BYE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nCall-ID: c\r\nCSeq: 1 BYE\r\n\r\n";
    sip_message message;
    sip_identity identity;
    const sipmsg_arrival arrival = {
        .message = &message, .frame = frame, .time = time, .path = SIP_SPAN("A>B"), .ip_id = -1};
    if (!sip_message_parse(SIP_SPAN(text), false, &message) || !sip_identity_parse(&message, &identity)) {
        check_that(false, "a message");
    }
    return sipmsg_track_note(track, &arrival, &identity, 0);
}

static void
test_find(void)
{
    static const uint32_t frames[] = {1, 3, 3, 3, 4, 10, 10, 4000000000};
    const sipmsg_sighting *noted[COUNT(frames)];
    sipmsg_track *track = sipmsg_track_new();
    check_case("records are found by frame and number");
    check_that(sipmsg_track_find(track, 0, 0) == NULL && sipmsg_track_find(track, 1, 0) == NULL, "none yet");
    for (size_t i = 0; i < COUNT(frames); i++) {
        noted[i] = note(track, frames[i], frames[i]);
    }
    for (size_t i = 0, nth = 0; i < COUNT(frames); i++) {
        nth = i > 0 && frames[i] == frames[i - 1] ? nth + 1 : 0;
        check_that(sipmsg_track_find(track, frames[i], (unsigned)nth) == noted[i], "each");
    }
    check_that(sipmsg_track_find(track, 3, 3) == NULL, "no fourth where there are three");
    check_that(sipmsg_track_find(track, 10, 2) == NULL, "no third where there are two");
    check_that(sipmsg_track_find(track, 4000000000, 1) == NULL, "no second in the last frame");
    check_that(sipmsg_track_find(track, 0, 0) == NULL, "none before the first frame");
    check_that(sipmsg_track_find(track, 2, 0) == NULL, "none in a frame in between");
    check_that(sipmsg_track_find(track, UINT32_MAX, 0) == NULL, "none behind the last frame");
    sipmsg_track_free(track);
    sipmsg_track_free(NULL);
}

/* Two packets that were dropped, with two messages and one, and one that has their number. */
static void
test_find_behind_dropped(void)
{
    sipmsg_track *track = sipmsg_track_new();
    check_case("a frame whose number dropped ones had");
    note(track, 1, 1);
    note(track, 2, 2);
    note(track, 2, 2);
    note(track, 2, 3);
    const sipmsg_sighting *first = note(track, 2, 4);
    const sipmsg_sighting *second = note(track, 2, 4);
    const sipmsg_sighting *next = note(track, 3, 5);
    check_that(sipmsg_track_find(track, 2, 0) == first && sipmsg_track_find(track, 2, 1) == second,
               "those of the last");
    check_that(sipmsg_track_find(track, 2, 2) == NULL, "no more than it has");
    check_that(sipmsg_track_find(track, 3, 0) == next, "what follows");
    sipmsg_track_free(track);
}

int
main(void)
{
    check_scripts(state_cases, COUNT(state_cases));
    check_scripts(key_cases, COUNT(key_cases));
    check_scripts(old_cases, COUNT(old_cases));
    check_scripts(other_cases, COUNT(other_cases));
    check_scripts(path_cases, COUNT(path_cases));
    check_scripts(copy_cases, COUNT(copy_cases));
    check_scripts(keep_alive_cases, COUNT(keep_alive_cases));
    check_scripts(age_cases, COUNT(age_cases));
    test_kept_uris();
    test_find();
    test_find_behind_dropped();
    return check_summary();
}
