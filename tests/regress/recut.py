#!/usr/bin/env python3
"""Shows that it does not matter where a stream is cut into segments.

    recut.py PORT

Takes a conversation of several messages and sends it over one TCP connection after the
other, each time with other branches and another Call-ID: whole, cut in two at every byte,
and cut at random into many segments. What is decoded (every field and expert info of
sipmsg, with positions left out, and with transactions and calls counted from the first of
the connection) must be the same on all connections. Real tshark reads the capture.

On a port of SIP's every cut is tried. On another the first segment must hold the first
start line as far as it can be told from other protocols: "INVITE sip:".

The same of start lines that are malformed, so that what follows decides on them, and of a
Content-Length that is one too large: whole, and cut in two. And if Wireshark puts no streams
together, what is behind a body that ends within such a line is shown, too.

Then a conversation in which each Content-Length is far too large: each message, in a
segment of its own, must be shown, and once.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)

HEADERS = ("Via: SIP/2.0/TCP 192.0.2.10:5060;branch=z9hG4bKrecut{n}\r\n"
           "From: \"Alice\" <sip:alice@example.com>;tag=a1\r\n"
           "To: <sip:bob@example.com>{tag}\r\n"
           "Call-ID: recut@example.com\r\nCSeq: {n} {method}\r\n")
SDP = "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n"


def request(method, n, extra="", body=""):
    return (f"{method} sip:bob@example.com SIP/2.0\r\n" + HEADERS.format(n=n, method=method, tag="")
            + f"Max-Forwards: 70\r\n{extra}Content-Length: {len(body)}\r\n\r\n{body}")


def response(line, method, n, extra=""):
    return f"SIP/2.0 {line}\r\n" + HEADERS.format(n=n, method=method, tag=";tag=b1") + f"{extra}l: 0\r\n\r\n"


CONVERSATION = (
    request("INVITE", 1, "Contact: <sip:alice@192.0.2.10>\r\nContent-Type: application/sdp\r\n", SDP)
    + "\r\n\r\n"
    + request("FOO", 2, "Subject: folded\r\n over two lines\r\n")
    + response("486 Busy Here", "INVITE", 3, "Reason: Q.850;cause=17;text=\"User busy\"\r\n")
    + "\r\n"
    + request("MESSAGE", 4, "Content-Type: text/plain\r\n", "OPTIONS sip:bob@example.com SIP/2.0\r\n\r\nquoted")
    + request("INFO", 6, "Content-Type: application/dtmf\r\n", "B")
    + request("OPTIONS", 5).replace("Max-Forwards: 70\r\n", "")
).encode()


# Start lines that what follows decides on, and a Content-Length that is one too large. With
# the first letters of BYE the body seems whole.
BROKEN_FRONT = (
    request("OPTIONS", 1)
    + request("REGISTER", 2).replace("sip:bob@example.com SIP", "example SIP")
    + request("FOO", 3).replace("bob@example.com SIP", "b ob SIP")
    + "ACK sip:b ob SIP/2.0\r\n\r\n"
    + request("INFO", 4, "Content-Type: application/dtmf\r\n", "5\r\n").replace("Length: 3", "Length: 4")
).encode()
BROKEN = BROKEN_FRONT + request("BYE", 5).encode()
UNSURE = range(len(BROKEN_FRONT) + 1, len(BROKEN_FRONT + b"BYE sip:"))


METHODS = ("INVITE", "OPTIONS", "BYE", "REGISTER", "MESSAGE")
LIES = [request(method, n, "Content-Type: application/sdp\r\n" if n % 2 else "", SDP if n % 2 else "")
        .replace("Content-Length: ", "Content-Length: 9").encode() for n, method in enumerate(METHODS, 1)]


# Numbers that go on from connection to connection.
COUNTED = ("sipmsg.transaction", "sipmsg.call")

# What a connection has of its own in its identifiers; we show those of a message that
# Wireshark's SIP does not take.
IDENTIFIER = re.compile(r"\d{5}(?=@)|(?<=bK)\d{5}")


def segments(conversation, number, cuts):
    """The conversation with identifiers of its own, cut at these places."""
    conversation = conversation.replace(b"recut", b"%05d" % number)
    places = [0, *sorted(cuts), len(conversation)]
    return [conversation[a:b] for a, b in zip(places, places[1:]) if a < b]


def all_cuts(first):
    """Where to cut, on one connection after the other: first nowhere."""
    rng = random.Random(1)
    yield ()
    for place in range(first, len(CONVERSATION)):
        yield (place,)
    for count in (2, 5, 20, 100) * 5:
        yield tuple(rng.sample(range(first, len(CONVERSATION)), count))
    yield range(first, len(CONVERSATION))


def broken_cuts(first):
    yield ()
    for place in range(first, len(BROKEN)):
        if place not in UNSURE:
            yield (place,)


def decoded(capture, *options):
    """For each TCP stream, all that is shown of sipmsg, in order."""
    run = subprocess.run([TOP / "tests" / "tshark", "-r", capture, *options, "-J", "frame tcp sipmsg", "-T", "pdml"],
                         stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=600)
    shown = {}
    for packet in ElementTree.fromstring(run.stdout):
        stream = next(field.get("show") for field in packet.iter("field") if field.get("name") == "tcp.stream")
        for protocol in packet:
            if protocol.get("name") == "sipmsg":
                shown.setdefault(stream, []).extend(
                    (field.get("name"), *(IDENTIFIER.sub("recut", field.get(text, "")) for text in ("showname", "show")))
                    for field in protocol.iter("field") if not field.get("name").startswith("sipmsg.keep_alive"))
    return {stream: counted_from_first(fields) for stream, fields in shown.items()}


def counted_from_first(fields):
    first = {}
    for name, _, show in fields:
        if name in COUNTED:
            first.setdefault(name, int(show))
    return [(name, None, int(show) - first[name]) if name in COUNTED else (name, showname, show)
            for name, showname, show in fields]


def connection(pieces, port, sport):
    """The packets of a connection that brings these pieces."""
    tcp = packets.Tcp(sport=sport, dport=port)
    return tcp.handshake() + [packet for piece in pieces for packet in tcp.send(piece)]


def streams_of(frames, *options):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        packets.write(file.name, frames)
        pathlib.Path(file.name).chmod(0o644)
        return decoded(file.name, *options)


def values_of(field, fields):
    return [show for name, _, show in fields if name == field]


def methods_of(fields):
    return values_of("sipmsg.method", fields)


def is_recut(conversation, cuts, port, methods):
    """Whether each way to cut a conversation, first not at all, shows the same, with these methods."""
    cuts = list(cuts)
    streams = streams_of([packet for number, places in enumerate(cuts)
                          for packet in connection(segments(conversation, number, places), port, 52000 + number)])
    whole = streams.get("0", [])
    if methods_of(whole) != methods:
        print(f"the whole conversation shows the methods {methods_of(whole)}")
        return False
    wrong = [number for number in range(len(cuts)) if streams.get(str(number)) != whole]
    for number in wrong[:3]:
        got = streams.get(str(number), [])
        print(f"connection {number}, cut at {list(cuts[number])}, differs:")
        print("  missing: ", [field for field in whole if field not in got][:5])
        print("  instead: ", [field for field in got if field not in whole][:5])
    print(f"port {port}: {len(cuts)} connections, {len(wrong)} decoded otherwise than the whole")
    return not wrong


def main():
    port = int(sys.argv[1])
    first = 1 if port == 5060 else len("INVITE sip:")
    told = methods_of(streams_of(connection(LIES, port, 51999)).get("0", []))
    if told[:4] != list(METHODS[:4]) or len(told) > len(METHODS):
        print(f"messages with too large a Content-Length are shown as {told}")
        return 1
    apart = streams_of(connection([BROKEN_FRONT + b"BYE sip:b"], port, 51998), "-o", "tcp.desegment_tcp_streams:FALSE")
    behind = values_of("sipmsg.continuation", apart.get("0", []))
    if behind != [b"YE sip:b".hex(":")]:
        print(f"behind a body that ends within a start line is shown {behind}")
        return 1
    good = is_recut(CONVERSATION, all_cuts(first), port, ["INVITE", "FOO", "MESSAGE", "INFO", "OPTIONS"])
    broken = is_recut(BROKEN, broken_cuts(max(first, len("OPTIONS sip:"))), port,
                      ["OPTIONS", "REGISTER", "FOO", "ACK", "INFO", "BYE"])
    return 0 if good and broken else 1


sys.exit(main())
