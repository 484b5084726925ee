"""What carries SIP, and what happens to it on the way: the captures of handmade that
are about packets. The messages in them keep the rules of RFC 3261, except where that is
what a capture is about.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import random

from packets import (ALICE, BOB, Sctp, Tcp, fragments, gre, icmp, turn_channel_data, turn_indication, udp, vlan,
                     vxlan)

PROXY = "192.0.2.5"
ALICE6, BOB6 = "2001:db8::10", "2001:db8::20"
URI = "sip:bob@example.com"


# Messages

def message(start_line, transport, number, cseq, *headers, body="", length="Content-Length: {}"):
    request = not start_line.startswith("SIP/")
    lines = [start_line,
             f"Via: SIP/2.0/{transport} {ALICE}:5060;branch=z9hG4bKhand{number}",
             *(["Max-Forwards: 70"] if request else []),
             "From: \"Alice\" <sip:alice@example.com>;tag=a1",
             f"To: <{URI}>{'' if request else ';tag=b1'}",
             f"Call-ID: transport{number}@example.com",
             f"CSeq: {cseq}",
             *headers,
             *([length.format(len(body))] if length else []),
             "", body]
    return "\r\n".join(lines).encode()


def text(number, transport="TCP", body="Lunch?", length="Content-Length: {}"):
    return message(f"MESSAGE {URI} SIP/2.0", transport, number, f"{number} MESSAGE", "Content-Type: text/plain", body=body,
                   length=length)


def answer(number, transport="TCP", status="200 OK"):
    return message(f"SIP/2.0 {status}", transport, number, f"{number} MESSAGE")


SDP = "".join(f"{line}\r\n" for line in ("v=0", f"o=- 1 1 IN IP4 {ALICE}", "s=-", f"c=IN IP4 {ALICE}", "t=0 0",
                                         "m=audio 30000 RTP/AVP 0", "a=rtpmap:0 PCMU/8000"))
CALLER = (f"Contact: <sip:alice@{ALICE}>", "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS", "Supported: timer")


def invite(number, *headers, transport="UDP", body=SDP, content="application/sdp"):
    return message(f"INVITE {URI} SIP/2.0", transport, number, f"{number} INVITE", *CALLER, *headers,
                   f"Content-Type: {content}", body=body)


# SCTP

def sctp():
    for dport in (5060, 15062):
        association = Sctp(dport=dport)
        long = text(4, "SCTP", "Lunch? " * 30)
        yield from association.handshake()
        yield from association.send(association.data(text(1, "SCTP")))
        yield from association.send(association.data(answer(1, "SCTP"), False), from_client=False)
        yield from association.send(association.data(text(2, "SCTP")), association.data(text(3, "SCTP")))
        yield from association.send(association.data(answer(2, "SCTP", "480 Temporarily Unavailable"), False),
                                    association.data(answer(3, "SCTP"), False), from_client=False)
        yield from association.send(association.data(long[:200], flags=2))
        yield from association.send(association.data(long[200:], flags=1))
        yield from association.send(association.data(answer(4, "SCTP", "480 Temporarily Unavailable"), False),
                                    from_client=False)


# TURN

def turn():
    def both(payload, from_client):
        ends = (ALICE, PROXY, 50000, 3478) if from_client else (PROXY, ALICE, 3478, 50000)
        return udp(payload, *ends)

    refusal = "480 Temporarily Unavailable"
    yield both(turn_indication(6, BOB, 5060, text(1, "UDP"), 1), True)
    yield both(turn_indication(7, BOB, 5060, answer(1, "UDP", refusal), 2), False)
    yield both(turn_indication(6, BOB6, 15062, text(2, "UDP"), 3), True)
    yield both(turn_indication(7, BOB6, 15062, answer(2, "UDP"), 4), False)
    yield both(turn_channel_data(0x4000, text(3, "UDP")), True)
    yield both(turn_channel_data(0x4000, answer(3, "UDP", refusal)), False)
    connection = Tcp(target=PROXY, dport=3478)
    yield from connection.handshake()
    yield from connection.send(turn_indication(6, BOB, 5060, text(4, "UDP"), 5))
    yield from connection.send(turn_channel_data(0x4001, text(5, "UDP"), padded=True))
    yield from connection.send(turn_channel_data(0x4001, answer(5, "UDP", refusal), padded=True), from_client=False)


# IP fragments

def fragmented(source, target):
    """A call too big for one packet: whole, out of order, without its end, without its beginning."""
    big = [f"Record-Route: <sip:proxy{n}.example.com;lr;session={'0123456789abcdef' * 12}>" for n in range(10)]
    calls = [fragments(udp(invite(n, *big), source, target), 1448, 0x5100 + n) for n in range(1, 5)]
    (a, b, c), (d, e, f), (g, h, _), (_, k, m) = calls
    trying = [udp(message("SIP/2.0 503 Service Unavailable", "UDP", n, f"{n} INVITE"), target, source) for n in (1, 2, 3, 4)]
    return [a, b, c, trying[0], e, f, d, trying[1], g, h, trying[2], k, m, trying[3]]


# Tunnels

def tunnels():
    for number, wrap in enumerate((
            lambda packet: vlan(packet, 100),
            lambda packet: vlan(vlan(packet, 100), 200, 0x88A8),
            lambda packet: gre(packet, "198.51.100.1", "198.51.100.2"),
            lambda packet: vxlan(packet, "198.51.100.1", "198.51.100.2", 5000),
            lambda packet: vxlan(vlan(packet, 100), "198.51.100.1", "198.51.100.2", 5000)), 1):
        for port in (5060, 15062):
            yield wrap(udp(text(number, "UDP"), sport=port, dport=port))
            yield wrap(udp(answer(number, "UDP", "480 Temporarily Unavailable"), BOB, ALICE, port, port))


# Quoted in ICMP

def quoted():
    """Port unreachable, time exceeded, packet too big: whole messages, and cut ones."""
    for source, target, error, header, router in ((ALICE, BOB, (3, 3), 28, PROXY),
                                                  (ALICE6, BOB6, (1, 4), 48, "2001:db8::5")):
        for port in (5060, 15062):
            packet = udp(text(1, "UDP"), source, target, port, port)
            yield packet
            yield from (icmp(packet, *error, quoted) for quoted in (1000, header, header + 20, header + 60, header + 200))
            yield icmp(packet, *((11, 0) if source == ALICE else (3, 0)), header + 100, router)
        segment = Tcp(source, target).send(text(2, body="Lunch? " * 50))[0]
        yield segment
        yield icmp(segment, *((3, 4) if source == ALICE else (2, 0)), 1000, router, 576 if source == ALICE else 1280)
        yield icmp(segment, *((3, 4) if source == ALICE else (2, 0)), header + 112, router, 576 if source == ALICE else 1280)


# Messages in messages

def nested():
    def notify(number, fragment):
        return udp(message("NOTIFY sip:alice@example.com SIP/2.0", "UDP", number, f"{number} NOTIFY", CALLER[0],
                           "Event: refer", "Subscription-State: active;expires=60",
                           "Content-Type: message/sipfrag;version=2.0", body=fragment))

    def part(kind, body):
        return f"--border\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"

    def carrier(number, kind, body):
        return message(f"MESSAGE {URI} SIP/2.0", "UDP", number, f"{number} MESSAGE", f"Content-Type: {kind}",
                       body=body.decode() if isinstance(body, bytes) else body)

    yield notify(1, "SIP/2.0 100 Trying")
    yield notify(2, "SIP/2.0 503 Service Unavailable\r\n")
    yield notify(3, "SIP/2.0 486 Busy Here\r\nReason: Q.850;cause=17;text=\"User busy\"\r\nCSeq: 1 INVITE\r\n")
    yield notify(4, "From: \"Alice\" <sip:alice@example.com>\r\nTo: <sip:bob@example.com>\r\n")
    yield notify(5, "INVITE sip:bob@example.com SIP/2.0\r\nFrom: <sip:alice@example.com>\r\n")
    yield notify(6, "Trying")
    refusal = message("SIP/2.0 503 Service Unavailable", "UDP", 7, "7 INVITE", "Retry-After: 120").decode()
    yield udp(carrier(7, "message/sip", refusal))
    yield udp(carrier(8, "message/sip", carrier(9, "message/sip", text(10, "UDP"))))
    yield udp(invite(11, body=part("application/sdp", SDP) + part("message/sip", text(12, "UDP").decode()) +
                     part("message/sipfrag", "SIP/2.0 480 Temporarily Unavailable\r\n") + "--border--\r\n",
                     content="multipart/mixed;boundary=border"))
    # The message inside is cut: its Content-Length asks for more than its container has.
    yield udp(carrier(13, "message/sip", text(14, "UDP", length="Content-Length: 600")))
    deep = text(15, "UDP")
    for number in range(16, 28):
        deep = carrier(number, "message/sip", deep)
    yield udp(deep)


# What begins as SIP and goes on as something else

def negotiate():
    """Microsoft's clients agree on a compression, and from then on no byte of the connection is SIP."""
    for dport in (5060, 15062):
        connection = Tcp(dport=dport, sport=40000 + (dport != 5060))
        noise = random.Random(1)
        offer = message("NEGOTIATE sip:127.0.0.1:5061 SIP/2.0", "TCP", 1, "1 NEGOTIATE", "Compression: LZ77-64K",
                        "Supported: NewNegotiate,OCSNative,ECC,IPv6,TlsRecordSplit")
        yield from connection.handshake()
        yield from connection.send(offer)
        yield from connection.send(message("SIP/2.0 200 OK", "TCP", 1, "1 NEGOTIATE", "Compression: LZ77-64K",
                                           "Supported: NewNegotiate,OCSNative,ECC,IPv6,TlsRecordSplit"), False)
        for from_client in (True, False, True, False):
            yield from connection.send(bytes([0x03]) + noise.randbytes(300), from_client)


# TCP: what was lost, what came late, where messages end

def conversation(connection):
    """Six messages of alice's in eight segments, and bob's answers in a ninth: for each segment its packets. Numbers
    1, 2 and 3 bring the third message."""
    third = text(3, body="The third message. " * 20)
    fifth = text(5, body="The fifth message. " * 20)
    steps = [text(1) + b"\r\n\r\n" + text(2), b"\r\n" + third[:200], third[200:500], third[500:], b"\r\n\r\n",
             text(4) + fifth[:6], fifth[6:], b"\r\n\r\n" + text(6)]
    return [connection.send(step) for step in steps] + [
        connection.send(b"".join(answer(n, status=status) for n, status in (
            (1, "200 OK"), (2, "200 OK"), (3, "480 Temporarily Unavailable"), (4, "200 OK"), (5, "200 OK"),
            (6, "480 Temporarily Unavailable"))), False)]


def connections(source_port):
    """The same on SIP's port and on another."""
    for number, dport in enumerate((5060, 15062)):
        yield Tcp(sport=source_port + number, dport=dport)


def flat(steps):
    return [packet for step in steps for packet in step]


def tcp_whole():
    for connection in connections(40000):
        yield from connection.handshake() + flat(conversation(connection))


def tcp_lost():
    """The capture lost the middle of the third message, which did arrive; then, another conversation, also its
    front, and the beginning of the fifth."""
    for connection in connections(40000):
        handshake, steps = connection.handshake(), conversation(connection)
        yield from handshake + flat(steps[:2] + [steps[2][1:]] + steps[3:])
    for connection in connections(41000):
        handshake, steps = connection.handshake(), conversation(connection)
        yield from handshake + flat(steps[:1] + [steps[1][1:], steps[2]] + steps[3:5] + [steps[5][1:]] + steps[6:])


def tcp_midstream():
    """The capture begins in the middle of the third message."""
    for connection in connections(40000):
        yield from flat(conversation(connection)[2:])


def tcp_disordered():
    """Segments swapped, one sent twice, one sent again in larger pieces."""
    for connection in connections(40000):
        yield from connection.handshake()
        steps = conversation(connection)
        data = [step[0] for step in steps]
        yield from (data[0], data[2], data[1], data[1], data[3], data[4], data[6], data[5], data[5], data[7], data[8])
    for connection in connections(41000):
        first, second, third = text(1), text(2, body="The second. " * 10), text(3)
        yield from connection.handshake()
        yield from connection.send(first + second[:100])
        connection.next[True] -= 150    # what is sent again begins in the first and ends in the second message
        yield from connection.send((first + second)[len(first) - 50:len(first) + 200])
        yield from connection.send(second[200:] + third)


def content_length():
    """A connection for each: two messages, of which the first says something strange about its length."""
    for number, length in enumerate(("", "l: {}", "l:{}", "Content-Length:\t{}", "Content-Length : {}",
                                     "Content-Length: 00000000{}", "Content-Length: 4294967295",
                                     "Content-Length: 999999999999", "Content-Length: 18446744073709551617",
                                     "Content-Length: -1", "Content-Length: six", "Content-Length:",
                                     "Content-Length: 60000",
                                     "Content-Length: {}\r\nContent-Length: 2")):
        for connection in connections(40000 + 100 * number):
            yield from connection.handshake()
            yield connection.send(text(number + 1, length=length))[0]
            yield connection.send(text(number + 51))[0]


def captures():
    return ((name, list(packets)) for name, packets in (
        ("sctp", sctp()),
        ("turn", turn()),
        ("fragments", fragmented(ALICE, BOB)),
        ("fragments_ipv6", fragmented(ALICE6, BOB6)),
        ("tunnels", tunnels()),
        ("icmp", quoted()),
        ("nested", nested()),
        ("negotiate", negotiate()),
        ("tcp_whole", tcp_whole()),
        ("tcp_lost", tcp_lost()),
        ("tcp_midstream", tcp_midstream()),
        ("tcp_disordered", tcp_disordered()),
        ("tcp_content_length", content_length())))
