#!/usr/bin/env python3
"""Writes a capture to standard output that is hard to count, one for each name.

    odd_counts.py NAME...
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)
from messages import sip  # noqa: E402

ALICE, BOB = packets.ALICE, packets.BOB
SECOND = 1000000


def numbered(line, cseq, number, **more):
    return sip(line, cseq, f"odd{number}", f"z9hG4bKodd{number}", **more)


def asked(method, number, **more):
    method = method.encode() if isinstance(method, str) else method
    return packets.udp(numbered(method + b" sip:bob@example.com", b"1 " + method, number, **more))


def answered(status, method, number, extra=b"", sender=BOB):
    method = method.encode() if isinstance(method, str) else method
    return packets.udp(numbered(f"SIP/2.0 {status}", b"1 " + method, number, extra=extra), sender, ALICE)


def ranks():
    """200 answers after 1 ms to 200 ms, the fast and the slow in turn; the percentiles are plain to see."""
    sent = []
    for number in range(200):
        delay = (number * 77 % 200 + 1) * 1000
        sent.append((number * SECOND, asked("OPTIONS", number)))
        sent.append((number * SECOND + delay, answered("200 OK", "OPTIONS", number)))
    return sent


def hostile():
    """Names that a terminal or a spreadsheet must not get as they are, or that statistics use themselves."""
    escape = b"\x1b]0;owned\x07"
    formula = "=HYPERLINK('a')"
    return [
        (0, asked("+CMD", 0)),
        (1000, answered("500 \x1b[2J", "+CMD", 0, b"Reason: Q.850;cause=41;text=\"" + escape + b"\"\r\n")),
        (2000, asked("-1+1", 1)),
        (3000, asked("Requests", 2)),
        (4000, answered("500 Oh", "INVITE", 3, b"Reason: Requests by method and final response;text=\"a\"\r\n")),
        (5000, answered("500 Oh", "INVITE", 4, b"Reason: " + formula.encode() + b";text=\"\\\"=1+1\\\"\"\r\n")),
        (6000, answered("500 Oh", "INVITE", 5, b"Warning: 399 " + escape + b" \"=1+1 " + b"long " * 100 + b"\"\r\n")),
        (7000, answered("500 Oh", "INVITE", 6, b"Reason: Q.850;cause=41, Q.850;cause=41, SIP;cause=500\r\n")),
        (8000, answered("500 Oh", b"\xff\xfe\x01", 7)),
        (9000, answered("499 Oh", "INVITE", 8)),
        (10000, answered("999 Oh", "INVITE", 9)),
    ]


def many():
    """300 methods that nobody knows, and as many senders and causes; then one more, which is known."""
    sent = []
    for number in range(300):
        sent += [asked(f"METHOD{number}", number),
                 answered("500 Oh", "INVITE", 1000 + number, b"Reason: X%d;text=\"a\"\r\n" % number,
                          f"198.51.{number // 250}.{number % 250 + 1}")]
    sent += [asked("INVITE", 2000), answered("486 Busy Here", "INVITE", 2000)]
    return list(enumerate(sent))


def causes():
    """A failure with ten causes, of which the first comes twice, and with a warning behind them."""
    reasons = ", ".join(f"X{number}" for number in (0, *range(10)))
    return [(0, answered("500 Oh", "INVITE", 0, f"Reason: {reasons}\r\nWarning: 399 a \"b\"\r\n"))]


def pairs():
    """Requests and responses that do not simply come one after the other."""
    return [
        (0, answered("200 OK", "OPTIONS", 0)),                          # before its request
        (1000, asked("OPTIONS", 0)),
        (2000, answered("486 Busy Here", "INVITE", 1)),                 # without one
        (3000, asked("INVITE", 2, via=False)),                          # in no transaction
        (4000, packets.udp(numbered("OPTIONS sip:bob@example.com", "1 INFO", 3))),
        (5000, packets.udp(numbered("INFO sip:bob@example.com", "1 INFO", 3), ALICE, "192.0.2.99")),  # the same, by CSeq
        (6000, answered("200 OK", "INFO", 3)),
        (7000, asked("BENOTIFY", 4)),                                   # never answered, by right
        (8000, asked("BENOTIFY", 5)),
        (9000, answered("501 Not Implemented", "BENOTIFY", 5)),
        (10000, asked("INVITE", 6)),
        (11000, answered("100 Trying", "INVITE", 6)),
        (12000, answered("183 Session Progress", "INVITE", 6)),
        (13000, asked("INVITE", 7)),                                    # nothing
        (14000, asked("MESSAGE", 8)),                                   # 32 s before the end
        (14001, asked("MESSAGE", 9)),                                   # a microsecond less
        (32 * SECOND + 14000, packets.udp(b"\r\n\r\n")),
    ]


KINDS = {function.__name__: function for function in (ranks, hostile, many, causes, pairs)}


def main():
    sent = [packet for name in sys.argv[1:] for packet in KINDS[name]()]
    sent.sort(key=lambda packet: packet[0])
    packets.write("/dev/stdout", [packet for _, packet in sent], [time for time, _ in sent])


main()
