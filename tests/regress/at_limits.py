#!/usr/bin/env python3
"""Writes a capture to standard output that has so many of something, of which the plugin takes but so many.

    at_limits.py KIND NUMBER
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
URI = "sip:bob@example.com"


def asked(method, *ends, uri=URI, cseq=1, call="limit", number=0, **more):
    """A request; those with different numbers are different transactions."""
    return packets.udp(sip(f"{method} {uri}", f"{cseq} {method}", call, f"z9hG4bK{number}", **more), *ends)


def answered(status, call="limit", number=0, **more):
    """A response to an INVITE."""
    return packets.udp(sip(f"SIP/2.0 {status}", "1 INVITE", call, f"z9hG4bK{number}", **more), BOB, ALICE)


def refused(**more):
    return [asked("INVITE"), answered("486 Busy Here", **more)]


def refused_calls(statuses):
    return [packet for number, status in enumerate(statuses)
            for packet in (asked("INVITE", call=f"c{number}", number=number),
                           answered(f"{status} Oh", call=f"c{number}", number=number))]


def nested(count):
    """A message in the body of a message, and so on: so many below the first."""
    data = b""
    for _ in range(count):
        data = sip(f"MESSAGE {URI}", "1 MESSAGE", "limit", body=data, kind="message/sip")
    return [asked("MESSAGE", body=data, kind="message/sip")]


def uri_parameters(count):
    return [asked("OPTIONS", uri=URI + ";p" * count)]


def uri_headers(count):
    return [asked("OPTIONS", uri=f"{URI}?{'&'.join(['h=v'] * count)}")]


def header_fields(count):
    return [asked("OPTIONS", extra="X: x\r\n" * (count - 7))]


def reasons(count):
    return [asked("OPTIONS", extra="Reason: SIP\r\n" * count)]


def warnings(count):
    return [asked("OPTIONS", extra="Warning: 399 h \"x\"\r\n" * count)]


def broken_rows(count):
    return [asked("OPTIONS", extra="x\r\n" * count)]


def phrase(length):
    return [asked("INVITE"), answered("486 " + "p" * length)]


def clauses(count):
    return refused(extra="".join(f"Reason: R{number}\r\n" for number in range(count)))


def long_text(length):
    return refused(extra=f"Reason: R;text=\"{'t' * length}\"\r\n")


def long_clauses(length):
    """So many bytes in clauses of sixty, and what is left."""
    texts = ["t" * min(length - start, 60) for start in range(0, length, 60)]
    return refused(extra="".join(f"Reason: R;text=\"{text}\"\r\n" for text in texts))


def methods(count):
    return [asked(f"METHOD{number}", number=number) for number in range(count)]


def texts(count):
    """So many texts, each once; the sender, its status, the status on its own and fifty causes are 53 more names."""
    return [answered("500 Oh", number=number, extra=f"Reason: R{number % 50};text=\"t{number}\"\r\n")
            for number in range(count)]


def failed_calls(count):
    return refused_calls([500] * count)


def statuses(count):
    return refused_calls([400, 402, 403, 404, 405, 406, 408, 410, 413][:count])


def call_messages(count):
    infos = [asked("INFO", cseq=number, number=number) for number in range(2, count)]
    return [asked("INVITE"), *infos, answered("500 Oh")]


def call_hosts(count):
    """Two hosts, and those that the second one asks."""
    asked_on = [asked("INVITE", BOB, f"203.0.113.{number}", number=number) for number in range(1, count - 1)]
    return [asked("INVITE"), *asked_on, answered("500 Oh")]


def resent(count):
    """An INVITE that is sent again so many times."""
    return [(number * SECOND, asked("INVITE")) for number in range(count + 1)] + [(count * SECOND + 1, answered("200 OK"))]


def media(count):
    return [asked("INVITE", body="v=0\r\nc=IN IP4 192.0.2.10\r\n" + "m=audio 4000 RTP/AVP 0\r\n" * count)]


def media_word(length):
    return [asked("INVITE", body=f"v=0\r\nc=IN IP4 192.0.2.10\r\nm={'w' * length} 4000 RTP/AVP 0\r\n")]


def call_id(length):
    return [asked("INVITE", call="i" * length)]


def pairs(count):
    return [asked("INVITE", ALICE, f"203.0.113.{number}", call=f"c{number}", number=number) for number in range(count)]


def patience(time):
    """The last packet comes that long after a request."""
    return [(0, asked("OPTIONS")), (time, packets.udp(b"\r\n\r\n"))]


def silence(time):
    """The same request again after that long."""
    return [(0, asked("OPTIONS")), (time, asked("OPTIONS"))]


def ringing(time):
    """The same 180 again after that long."""
    return [(0, answered("180 Ringing")), (time, answered("180 Ringing"))]


KINDS = {function.__name__: function for function in (
    nested, uri_parameters, uri_headers, header_fields, reasons, warnings, broken_rows, phrase, clauses, long_text,
    long_clauses, methods, texts, failed_calls, statuses, call_messages, call_hosts, resent, media, media_word, call_id,
    pairs, patience, silence, ringing)}


def main():
    sent = KINDS[sys.argv[1]](int(sys.argv[2]))
    times = [packet[0] for packet in sent] if isinstance(sent[0], tuple) else None
    packets.write("/dev/stdout", [packet[1] for packet in sent] if times else sent, times)


main()
