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

ALICE, BOB = packets.ALICE, packets.BOB
SECOND = 1000000
URI = "sip:bob@example.com"


def sip(line, cseq, call="limit", branch="1", extra="", body="", kind="application/sdp"):
    """A request without its version, or a response."""
    request = not line.startswith("SIP/")
    kind = f"Content-Type: {kind}\r\n" if body else ""
    return (f"{line}{' SIP/2.0' if request else ''}\r\nVia: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK{branch}\r\n"
            f"{'Max-Forwards: 70' + chr(13) + chr(10) if request else ''}From: <sip:alice@example.com>;tag=a\r\n"
            f"To: <sip:bob@example.com>{'' if request else ';tag=b'}\r\nCall-ID: {call}\r\nCSeq: {cseq}\r\n"
            f"{extra}{kind}Content-Length: {len(body)}\r\n\r\n{body}")


def asked(data, source=ALICE, target=BOB):
    return packets.udp(data.encode(), source, target)


def answered(data, source=BOB, target=ALICE):
    return packets.udp(data.encode(), source, target)


def invite(**more):
    return asked(sip(f"INVITE {URI}", "1 INVITE", **more))


def refusal(status="486 Busy Here", **more):
    return answered(sip(f"SIP/2.0 {status}", "1 INVITE", **more))


def refused_calls(statuses):
    return [packet for number, status in enumerate(statuses)
            for packet in (invite(call=f"c{number}", branch=f"{number}"),
                           refusal(f"{status} Oh", call=f"c{number}", branch=f"{number}"))]


def options_with(extra):
    return [asked(sip(f"OPTIONS {URI}", "1 OPTIONS", extra=extra))]


def nested(count):
    """A message in the body of a message, and so on: so many below the first."""
    data = sip(f"OPTIONS {URI}", "1 OPTIONS")
    for _ in range(count):
        data = sip(f"MESSAGE {URI}", "1 MESSAGE", body=data, kind="message/sip")
    return [asked(data)]


def uri_parameters(count):
    return [asked(sip(f"OPTIONS {URI}" + ";p" * count, "1 OPTIONS"))]


def uri_headers(count):
    return [asked(sip(f"OPTIONS {URI}?" + "&".join(["h=v"] * count), "1 OPTIONS"))]


def header_fields(count):
    return options_with("X: x\r\n" * (count - 7))


def reasons(count):
    return options_with("Reason: SIP\r\n" * count)


def warnings(count):
    return options_with("Warning: 399 h \"x\"\r\n" * count)


def broken_rows(count):
    return options_with("x\r\n" * count)


def phrase(length):
    return [invite(), refusal("486 " + "p" * length)]


def clauses(count):
    return [invite(), refusal(extra="".join(f"Reason: R{number}\r\n" for number in range(count)))]


def long_text(length):
    return [invite(), refusal(extra=f"Reason: R;text=\"{'t' * length}\"\r\n")]


def long_clauses(length):
    """So many bytes in eight texts."""
    texts = [min(max(length - 60 * number, 0), 60) for number in range(8)]
    return [invite(), refusal(extra="".join(f"Reason: R;text=\"{'t' * text}\"\r\n" for text in texts if text))]


def methods(count):
    return [asked(sip(f"METHOD{number} {URI}", f"1 METHOD{number}", branch=f"{number}")) for number in range(count)]


def texts(count):
    """So many texts, each once; the sender, the status for both of that and of its own, and fifty causes are 53 names."""
    return [refusal("500 Oh", branch=f"{number}", extra=f"Reason: R{number % 50};text=\"t{number}\"\r\n")
            for number in range(count)]


def failed_calls(count):
    return refused_calls([500] * count)


def statuses(count):
    return refused_calls([400, 402, 403, 404, 405, 406, 408, 410, 413][:count])


def call_messages(count):
    return [asked(sip(f"INFO {URI}" if number else f"INVITE {URI}", f"{number + 1} {'INFO' if number else 'INVITE'}",
                      branch=f"{number}")) for number in range(count - 1)] + [refusal("500 Oh", branch="0")]


def call_hosts(count):
    """Two hosts, and those that the second one asks."""
    return [invite(), *(asked(sip(f"INVITE {URI}", "1 INVITE", branch=f"to{number}"), BOB, f"203.0.113.{number}")
                        for number in range(count - 2)), refusal("500 Oh")]


def resent(count):
    """An INVITE that is sent again so many times."""
    return [(number * SECOND, invite()) for number in range(count + 1)] + [(count * SECOND + 1, refusal("200 OK"))]


def media(count):
    body = "v=0\r\nc=IN IP4 192.0.2.10\r\n" + "m=audio 4000 RTP/AVP 0\r\n" * count
    return [asked(sip(f"INVITE {URI}", "1 INVITE", body=body))]


def media_word(length):
    body = f"v=0\r\nc=IN IP4 192.0.2.10\r\nm={'w' * length} 4000 RTP/AVP 0\r\n"
    return [asked(sip(f"INVITE {URI}", "1 INVITE", body=body))]


def call_id(length):
    return [invite(call="i" * length)]


def pairs(count):
    return [asked(sip(f"INVITE {URI}", "1 INVITE", call=f"c{number}", branch=f"{number}"), ALICE, f"203.0.113.{number}")
            for number in range(count)]


def patience(time):
    """The last packet comes that long after a request."""
    return [(0, asked(sip(f"OPTIONS {URI}", "1 OPTIONS"))), (time, packets.udp(b"\r\n\r\n"))]


def silence(time):
    """The same request again after that long."""
    return [(0, asked(sip(f"OPTIONS {URI}", "1 OPTIONS"))), (time, asked(sip(f"OPTIONS {URI}", "1 OPTIONS")))]


def ringing(time):
    """The same 180 again after that long."""
    return [(0, refusal("180 Ringing")), (time, refusal("180 Ringing"))]


KINDS = {function.__name__: function for function in (
    nested, uri_parameters, uri_headers, header_fields, reasons, warnings, broken_rows, phrase, clauses, long_text,
    long_clauses, methods, texts, failed_calls, statuses, call_messages, call_hosts, resent, media, media_word, call_id,
    pairs, patience, silence, ringing)}


def main():
    sent = KINDS[sys.argv[1]](int(sys.argv[2]))
    times = [packet[0] for packet in sent] if isinstance(sent[0], tuple) else None
    packets.write("/dev/stdout", [packet[1] for packet in sent] if times else sent, times)


main()
