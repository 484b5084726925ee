/* script.h - captures as texts: messages in a compact notation, and beside each what is
 * expected to be known of it when the capture has ended.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 *     A>B INVITE               | #0 INVITE final=2
 *     B>A 200 tt=x t=+500ms    | #0 INVITE request=1 after=500ms
 *
 * A line is a message: from where to where, the method or the status code, and what differs
 * from a plain message (below). It becomes a real one, which is parsed and then forgotten.
 * The first message is in frame 1, the next in frame 2 and so on, one every 10 ms. Lines
 * that start with a small letter are no messages: what they mean is said by those who
 * describe them, but "end +32s" moves the end of the capture behind the last message.
 *
 *     cs=1:INVITE   CSeq; the method is the request's, and INVITE for responses
 *     id=c          Call-ID
 *     ft=a tt=x     tags of From and To; To has none if nothing is said
 *     b=1           the branch behind the magic cookie; branch=1 is one without it
 *     by=h          sent-by of the topmost Via
 *     via=1         how many values Via has
 *     uri=sip:b@h   Request-URI
 *     rseq=1        RSeq; there is none if nothing is said
 *     x=y           a header field that only makes the bytes differ
 *     t=+10ms       time since the message before, in s, ms, us or ns; may be less than 0
 *     frame=7       the frame; those of later messages follow on
 *     ip=1          IPv4 identification; there is none if nothing is said
 *     ports=1       a number that stands for both ports
 *
 * "-" instead of a value leaves the part out: id=-, cs=-, ft=-, b=-, from=-, to=-, via=-.
 */
#ifndef SIPMSG_UNIT_SCRIPT_H
#define SIPMSG_UNIT_SCRIPT_H

#include "check.h"
#include "render.h"

#include "track/track.h"

typedef struct script_case {
    const char *name;
    const char *text;
    int64_t max_age; /* see transactions.h */
} script_case;

typedef struct script_line {
    const char *text;                /* what stands before the bar */
    const sipmsg_sighting *sighting; /* of a message; NULL if the line is none, or it belongs to no transaction */
    bool is_message;
} script_line;

typedef struct script {
    sipmsg_track *track;
    int64_t time; /* of the latest message */
    int64_t end;  /* of the capture */
    uint32_t frame;
} script;

/* Says what is known of a line. */
typedef void script_describe(rendering *out, const script *played, const script_line *line);

/* Plays a case from its first line to its last, and then fails it unless each is described
 * as expected. */
void script_check(const script_case *played, script_describe *describe);

/* A time as "10ms", " after=10ms" with a name; nothing if it is -1. */
void script_render_time(rendering *out, const char *name, int64_t time);

/* " name=7", the frame of a message; nothing if that is NULL. */
void script_render_frame(rendering *out, const char *name, const sipmsg_sighting *sighting);

#endif
