/* limits.h - every limit that the plugin sets, with its reason.
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tests/regress/cases/limits.md has a test on either side of each, or says where it is.
 */
#ifndef SIPMSG_SIP_LIMITS_H
#define SIPMSG_SIP_LIMITS_H

enum {
    /* The longest start line that a stream is asked to complete. RFC 3261 sets no
     * limit; this is four times what common servers accept, so what is longer is
     * not SIP but data without line ends. */
    SIP_LIMIT_PARTIAL_LINE = 16 * 1024,

    /* The longest header section that a stream is asked to complete, as long as the
     * longest UDP datagram. */
    SIP_LIMIT_PARTIAL_HEADERS = 64 * 1024,

    /* The largest Content-Length that a stream is asked to complete. Larger ones
     * are lies or lost framing: waiting for them would swallow all that follows. */
    SIP_LIMIT_BODY = 1024 * 1024,

    /* How deep messages in the bodies of messages are decoded. Wireshark gives up on a
     * packet of some hundred layers; no sender nests more than one or two. */
    SIP_LIMIT_NESTING = 8,

    /* How many parameters or header parts of one URI are listed, so that a hostile
     * message can't build a tree without end. */
    SIP_LIMIT_URI_ITEMS = 100,

    /* How many header fields of one message are listed, and how many Reason or
     * Warning values, for the same reason. */
    SIP_LIMIT_HEADERS = 1000,
    SIP_LIMIT_VALUES = 100,

    /* How many broken rules of one message are reported. */
    SIP_LIMIT_FINDINGS = 100,

    /* Among how many parameters of one value a repeated name is looked for, since
     * that takes time quadratic in their number. */
    SIP_LIMIT_PARAMETERS = 64,

    /* How many values of Via are counted: more hops than Max-Forwards starts with (RFC 3261
     * section 8.1.1.6), and a number that fits into a byte. */
    SIP_LIMIT_HOPS = 100,

    /* After how many seconds a message counts as unanswered, unless the user says otherwise:
     * 64 times T1, when its sender gives up (RFC 3261 sections 17.1.1.2 and 17.1.2.2). */
    SIP_LIMIT_PATIENCE = 32,

    /* The oldest transaction, likewise: after how many seconds of silence it is over, and the
     * same identity starts another. Longer than any server lets a call ring. */
    SIP_LIMIT_TRANSACTION_AGE = 3600,

    /* How much of a Request-URI is kept to be quoted when the request fails. */
    SIP_LIMIT_KEPT_URI = 64,

    /* How much of a text from the network is quoted in a sentence, in the name of what is
     * counted, and on an arrow of a ladder: longer ones would drown what they stand in. */
    SIP_LIMIT_QUOTE = 60,

    /* How long the sentence on a failure may be in the tree, where it should fit on two or
     * three lines, and in an expert info, whose label Wireshark ends at 240 bytes: evidence
     * for which there is no room is left out. How much of that is gathered: far more than
     * there is room for. */
    SIP_LIMIT_SENTENCE = 500,
    SIP_LIMIT_SUMMARY = 230,
    SIP_LIMIT_CLAUSES = 8,

    /* How many names from the network a statistic tells apart below one node, and in all: the
     * rest is counted together. Wireshark takes time quadratic in the former. */
    SIP_LIMIT_SIBLINGS = 100,
    SIP_LIMIT_NODES = 5000,

    /* How many Reason and Warning values of one message a statistic counts. */
    SIP_LIMIT_CAUSES = 8,

    /* How many copies of a message, all within SIP_LIMIT_COPY_NS, are compared with the
     * next. Captures at several points of a network have two or three. */
    SIP_LIMIT_COPIES = 8,

    /* A packet that is captured twice comes twice within this time. */
    SIP_LIMIT_COPY_NS = 5 * 1000 * 1000,

    /* How many ladders are drawn where no call is named, and how many messages of each:
     * some pages in all, for a person to read. */
    SIP_LIMIT_LADDERS = 10,
    SIP_LIMIT_LADDER_MESSAGES = 60,

    /* What a ladder tells beside a message, since there is but a line or two for it: how many
     * Reason values and how many Warning values, how many media of an offer or answer before
     * the others are only counted, and how much of a word of these: the longest IPv6 address. */
    SIP_LIMIT_LADDER_REASONS = 2,
    SIP_LIMIT_LADDER_MEDIA = 3,
    SIP_LIMIT_LADDER_WORD = 45,

    /* How much of a URI, Call-ID or cause is given in a list of calls, how many status codes
     * are named for all calls that ended alike: the commonest, as fit in a line, and for how
     * many pairs of hosts a page shows metrics: the worst ones. */
    SIP_LIMIT_LISTED_TEXT = 256,
    SIP_LIMIT_LISTED_CODES = 8,
    SIP_LIMIT_LISTED_PAIRS = 20,

    /* A call has a problem if one of its messages was sent again more often than this: one
     * loss or two happen, but the third comes after 3.5 s (RFC 3261 section 17.1.1.2). */
    SIP_LIMIT_RESENT = 2,
};

/* A provisional response that comes again later than this is no retransmission: all
 * timers of RFC 3261 have run out by then (64 times T1). They are sent again every minute
 * while a call rings (section 13.3.1.1). */
#define SIP_LIMIT_KEEP_ALIVE_NS INT64_C(32000000000)

#endif
