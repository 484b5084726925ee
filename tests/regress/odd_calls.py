#!/usr/bin/env python3
"""Writes a capture to standard output: calls that are hard to draw, one for each name.

    odd_calls.py NAME...
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)
from messages import sip  # noqa: E402

ALICE, BOB, PROXY = packets.ALICE, packets.BOB, "192.0.2.5"
SECOND = 1000000
INVITE = "INVITE sip:bob@example.com"


def hosts():
    """A call that a proxy forks to five phones: seven hosts. The fifth phone says why it can't."""
    offer = sdp("c=IN IP4 192.0.2.10", "m=audio 4000 RTP/AVP 0")
    reason = b"Reason: Q.850;cause=17;text=\"all lines are taken until the evening\"\r\n"
    sent = [(0, packets.udp(sip(INVITE, "1 INVITE", "hosts", body=offer), ALICE, PROXY))]
    for number in range(1, 6):
        phone = f"203.0.113.{number}"
        for line, tag, there in ((INVITE, b"", True), ("SIP/2.0 486 Busy Here", b"b%d" % number, False),
                                 ("ACK sip:bob@example.com", b"b%d" % number, True)):
            extra = b"Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKodd\r\n" + (reason if number == 5 and not there else b"")
            data = sip(line, "1 ACK" if line.startswith("ACK") else "1 INVITE", "hosts", f"z9hG4bKodd{number}", tag, extra)
            sent.append((len(sent) * 1000, packets.udp(data, *((PROXY, phone) if there else (phone, PROXY)))))
    refusal = sip("SIP/2.0 486 Busy Here", "1 INVITE", "hosts", to_tag=b"b1")
    return sent + [(len(sent) * 1000, packets.udp(refusal, PROXY, ALICE))]


def hostile():
    """Texts that a terminal must not get as they are, and some that are only wide."""
    escape = b"\x1b]0;owned\x07\x1b[2J"
    call = b"hostile" + escape
    offer = b"v=0\r\nc=IN IP4 " + escape + b"\r\nm=" + escape + b" 9\x00 RTP/AVP 0\r\n"
    reasons = (b"Reason: Q.850;cause=41;text=\"" + escape + b"\"\r\n"
               b"Warning: 399 " + escape + b" \"" + escape + b"\"\r\n")

    def response(status, extra=b""):
        return packets.udp(sip(b"SIP/2.0 " + status, "1 INVITE", call, to_tag=b"b", extra=extra), BOB, ALICE)

    return [
        (0, packets.udp(sip(INVITE, "1 INVITE", call, sender=b"mallory" + escape + "\u202e".encode(), body=offer))),
        (1000, response(b"180 " + "\u9234\u304c\u9cf4\u308b".encode() * 3)),
        (2000, response("183 e\u0301tude".encode())),
        (3000, response(b"500 " + escape + b"\xff\xfe" + b"long " * 100, reasons)),
    ]


def disorder():
    """The answer was captured before the INVITE, and the ACK's frame before that of the answer."""
    bye, gone = "BYE sip:bob@example.com", "SIP/2.0 481 Call/Transaction Does Not Exist"
    return [
        (0, packets.udp(sip("SIP/2.0 180 Ringing", "1 INVITE", "disorder", to_tag=b"b"), BOB, ALICE)),
        (250000, packets.udp(sip(INVITE, "1 INVITE", "disorder"))),
        (3000000, packets.udp(sip("ACK sip:bob@example.com", "1 ACK", "disorder", "z9hG4bKack", b"b"))),
        (2000000, packets.udp(sip("SIP/2.0 200 OK", "1 INVITE", "disorder", to_tag=b"b"), BOB, ALICE)),
        (4000000, packets.udp(sip(bye, "2 BYE", "disorder", "z9hG4bKbye", b"b"))),
        (4001000, packets.udp(sip(gone, "2 BYE", "disorder", "z9hG4bKbye", b"b"), BOB, ALICE)),
    ]


def itself():
    """A host that sends to itself, on one port, and to another host."""
    return [
        (0, packets.udp(sip(INVITE, "1 INVITE", "itself"), BOB, BOB)),
        (1000, packets.udp(sip(INVITE, "1 INVITE", "itself"), BOB, ALICE)),
        (2000, packets.udp(sip("SIP/2.0 404 Not Found", "1 INVITE", "itself", to_tag=b"b"), ALICE, BOB)),
    ]


def long_texts():
    """A phrase and a reason that are longer than what is quoted, which would end within a character."""
    text = "a" + "\u9234" * 25
    refusal = sip(f"SIP/2.0 404 {text}", "1 INVITE", "texts", to_tag="b", extra=f'Reason: SIP;cause=404;text="{text}"\r\n')
    return [(0, packets.udp(sip(INVITE, "1 INVITE", "texts"), BOB, BOB)), (1000, packets.udp(refusal, BOB, BOB))]


def long():
    """A call with seventy digits pressed, none of which is acknowledged for long."""
    sent = [
        (0, packets.udp(sip(INVITE, "1 INVITE", "long"))),
        (1000, packets.udp(sip("SIP/2.0 200 OK", "1 INVITE", "long", to_tag=b"b"), BOB, ALICE)),
    ]
    for number in range(2, 72):
        info = sip("INFO sip:bob@example.com", f"{number} INFO", "long", f"z9hG4bKodd{number}", b"b")
        sent.append((number * 1000, packets.udp(info)))
    return sent + [(60 * SECOND, packets.udp(b"\r\n\r\n"))]


def sdp(*lines):
    return "\r\n".join(("v=0", "o=- 1 1 IN IP4 192.0.2.10", "s=-", *lines, "")).encode()


def exchange(number, offer, answer, kind=b"application/sdp"):
    """An INVITE, its answer and its ACK, which has the answer to an offer in the answer."""
    branch, tag = f"z9hG4bKodd{number}", b"b" if number > 1 else b""
    late = b"" if offer else sdp("c=IN IP4 192.0.2.10", "m=audio 4000 RTP/AVP 0")
    messages = (
        packets.udp(sip(INVITE, f"{number} INVITE", "media", branch, tag, body=offer, kind=kind)),
        packets.udp(sip("SIP/2.0 200 OK", f"{number} INVITE", "media", branch, b"b", body=answer), BOB, ALICE),
        packets.udp(sip("ACK sip:bob@example.com", f"{number} ACK", "media", branch + "ack", b"b", body=late)),
    )
    return [(number * SECOND + place * 1000, message) for place, message in enumerate(messages)]


def media():
    """Session descriptions: an offer in the answer, hold old and new, IPv6, refused, many, in parts, none."""
    audio, answer = "m=audio 4000 RTP/AVP 0", ("c=IN IP4 192.0.2.20", "m=audio 5000 RTP/AVP 0")
    parts = (b"--cut\r\nContent-Type: application/isup\r\n\r\n\x01m=\x00\r\n"
             b"--cut\r\nContent-Type: application/sdp\r\n\r\n" + sdp("c=IN IP4 233.252.0.1/16", audio) +
             b"--cut--\r\nm=video 9 RTP/AVP 31\r\n")
    many = [line for port in range(5000, 5010, 2) for line in (f"m=audio {port} RTP/AVP 0", "c=IN IP4 192.0.2.20")]
    return [
        *exchange(1, b"", sdp(*answer)),
        *exchange(2, sdp("c=IN IP4 0.0.0.0", audio), sdp("a=inactive", *answer)),
        *exchange(3, sdp("c=IN IP4 192.0.2.10", audio, "a=sendonly", "m=video 4002/2 RTP/AVP 31", "a=sendrecv"),
                  sdp("c=IN IP6 2001:db8::20", "m=audio 5000 RTP/AVP 0", "a=recvonly", "m=video 0 RTP/AVP 31")),
        *exchange(4, parts, sdp(*many), b"multipart/mixed;boundary=cut"),
        *exchange(5, b"no description", sdp("m=audio 5000 RTP/AVP 0")),
    ]


def silence():
    """No ACK to the answer, and no answer to the BYE."""
    return [
        (0, packets.udp(sip(INVITE, "1 INVITE", "silence"))),
        (1000, packets.udp(sip("SIP/2.0 200 OK", "1 INVITE", "silence", to_tag=b"b"), BOB, ALICE)),
        (500000, packets.udp(sip("BYE sip:bob@example.com", "2 BYE", "silence", "z9hG4bKbye", b"b"))),
        (1000000, packets.udp(sip("BYE sip:bob@example.com", "2 BYE", "silence", "z9hG4bKbye", b"b"))),
        (60 * SECOND, packets.udp(b"\r\n\r\n")),
    ]


def silence_at_end():
    """The same with the ACK: no answer to the BYE alone."""
    invite, answer, *rest = silence()
    return [invite, answer, (2000, packets.udp(sip("ACK sip:bob@example.com", "1 ACK", "silence", "z9hG4bKack", "b"))), *rest]


def refused():
    """Twenty-four calls: one fails at the server, two more for a wrong number, and all others find bob busy."""
    statuses = {0: "500 Server Internal Error", 1: "404 Not Found", 5: "404 Not Found"}
    sent = []
    for number in range(24):
        names = f"refused{number}", f"z9hG4bKodd{number}"
        refusal = sip(f"SIP/2.0 {statuses.get(number, '486 Busy Here')}", "1 INVITE", *names)
        sent += [(number * SECOND, packets.udp(sip(INVITE, "1 INVITE", *names))),
                 (number * SECOND + 1000, packets.udp(refusal, BOB, ALICE))]
    return sent


def long_names():
    """An INVITE that goes from host to host, each with an address that is too long for the columns of a ladder."""
    hosts = [f"2001:db8:aaaa:bbbb:cccc:dddd:eeee:{number}" for number in range(1, 6)]
    return [(number * 1000, packets.udp(sip(INVITE, "1 INVITE", "long", f"z9hG4bKlong{number}"), *ends))
            for number, ends in enumerate(zip(hosts, hosts[1:]))]


def main():
    sent = [item for name in sys.argv[1:] for item in globals()[name]()]
    packets.write("/dev/stdout", [packet for _, packet in sent], [time for time, _ in sent])


main()
