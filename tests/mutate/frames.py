"""Captures as lists of packets: read, taken apart, changed, and sent another way."""
# SPDX-License-Identifier: GPL-2.0-or-later

import collections
import pathlib
import socket
import struct
import sys

import messages

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)

# The time is in microseconds; the length is what the packet had before the capture cut it.
Packet = collections.namedtuple("Packet", "time data length")

# What a UDP or TCP packet brings, and its ends: addresses and ports.
Payload = collections.namedtuple("Payload", "stream source target sport dport data")


def read(path):
    """The packets of a pcap file."""
    data = pathlib.Path(path).read_bytes()
    at, found = 24, []
    while at + 16 <= len(data):
        seconds, microseconds, captured, length = struct.unpack_from("<IIII", data, at)
        found.append(Packet(seconds * 1000000 + microseconds, data[at + 16:at + 16 + captured], length))
        at += 16 + captured
    return found


def write(path, frames):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for time, data, length in frames:
            seconds, microseconds = divmod(min(max(time, 0), (1 << 32) * 1000000 - 1), 1000000)
            file.write(struct.pack("<IIII", seconds, microseconds, len(data), max(length, len(data))) + data)


def payload_of(data):
    """What a packet of plain UDP or TCP over IP over Ethernet brings, or None."""
    if data[12:14] == b"\x08\x00" and len(data) >= 34 and struct.unpack_from(">H", data, 20)[0] & 0x3FFF == 0:
        family, protocol, at = socket.AF_INET, data[23], 14 + (data[14] & 15) * 4
        ends = data[26:30], data[30:34]
    elif data[12:14] == b"\x86\xdd" and len(data) >= 54:
        family, protocol, at = socket.AF_INET6, data[20], 54
        ends = data[22:38], data[38:54]
    else:
        return None
    if protocol not in (6, 17) or len(data) < at + (20 if protocol == 6 else 8):
        return None
    start = at + ((data[at + 12] >> 4) * 4 if protocol == 6 else 8)
    return Payload(protocol == 6, *(socket.inet_ntop(family, end) for end in ends), *struct.unpack_from(">HH", data, at),
                   data[start:])


# Ways to send a message. Each keeps its connections in state, and gives packets.

def six(address):
    return address if ":" in address else "2001:db8::" + address.replace(".", ":")


def connection(rng, state, kind, payload):
    """The connection between two ends, and whether the first of them to speak does."""
    there = (payload.source, payload.sport, payload.target, payload.dport)
    back = (payload.target, payload.dport, payload.source, payload.sport)
    for ends, from_client in ((there, True), (back, False)):
        if (kind, ends) in state:
            return state[kind, ends], from_client, []
    port = rng.choice((5060, 5060, 5060, 15060, 5061, 80))
    state[kind, there] = made = kind(payload.source, payload.target, rng.randrange(1024, 65536), port)
    return made, True, made.handshake() if rng.random() < 0.8 else []


def pieces(rng, data):
    """The data as it may be cut into segments."""
    count = rng.choice((0, 0, 0, 0, 0, 1, 1, 2, 5))
    places = sorted({0, len(data), *(rng.randrange(len(data) + 1) for _ in range(count))})
    if 0 < len(data) < 1500 and rng.random() < 0.003:
        places = range(len(data) + 1)
    return [data[a:b] for a, b in zip(places, places[1:])]


def by_udp(rng, _, payload):
    port = payload.dport if rng.random() < 0.9 else rng.randrange(65536)
    return [packets.udp(payload.data, payload.source, payload.target, payload.sport, port)]


def by_tcp(rng, state, payload):
    """In segments; the end of one message may wait for the next one, and the order may be another."""
    tcp, from_client, sent = connection(rng, state, packets.Tcp, payload)
    data = state.pop((tcp, from_client), b"") + payload.data
    if rng.random() < 0.2:
        kept = rng.randrange(len(data) + 1)
        data, state[tcp, from_client] = data[:kept], data[kept:][:messages.MOST]
    segments = []
    for part in pieces(rng, data):
        if rng.random() < 0.01:     # lost, or sent again
            tcp.next[from_client] += rng.choice((1, 100, -1, -100, 100000))
        segments += tcp.send(part[:messages.MOST], from_client)[:rng.choice((1, 1, 2))]
    if rng.random() < 0.05:
        rng.shuffle(segments)
    return sent + segments


def by_sctp(rng, state, payload):
    sctp, from_client, sent = connection(rng, state, packets.Sctp, payload)
    parts = pieces(rng, payload.data[:8000])
    for number, part in enumerate(parts):
        flags = (2 if number == 0 else 0) | (1 if number == len(parts) - 1 else 0)
        sent += sctp.send(sctp.data(part, from_client, flags), from_client=from_client)
    return sent


def by_six(rng, _, payload):
    return [packets.udp(payload.data, six(payload.source), six(payload.target), payload.sport, payload.dport)]


def by_fragments(rng, state, payload):
    packet = rng.choice((by_udp, by_six))(rng, state, payload)[0]
    sent = packets.fragments(packet, rng.choice((64, 512, 1448)), rng.randrange(65536))
    if rng.random() < 0.3:
        rng.shuffle(sent)
    return sent


def by_tunnel(rng, state, payload):
    packet = by_udp(rng, state, payload)[0]
    return [rng.choice((lambda: packets.vlan(packet, 100), lambda: packets.gre(packet, "198.51.100.1", "198.51.100.2"),
                        lambda: packets.vxlan(packet[:65000], "198.51.100.1", "198.51.100.2", 5000)))()]


def by_icmp(rng, state, payload):
    packet = rng.choice((by_udp, by_six))(rng, state, payload)[0]
    unreachable = (1, 4) if packet[12:14] == b"\x86\xdd" else (3, 3)
    return [packet, packets.icmp(packet, *unreachable, rng.choice((28, 48, 60, 128, 548, 1200)))]


def by_turn(rng, _, payload):
    data = payload.data[:60000]
    packet = rng.choice((lambda: packets.turn_indication(rng.choice((6, 7)), payload.target, 5060, data, rng.randrange(1 << 32)),
                         lambda: packets.turn_channel_data(rng.randrange(0x4000, 0x5000), data)))()
    return [packets.udp(packet, payload.source, payload.target, 50000, 3478)]


WAYS = [by_udp] * 6 + [by_tcp] * 6 + [by_sctp, by_six, by_fragments, by_tunnel, by_icmp, by_turn]


# What a capture has for messages

def is_sip(data):
    return b"SIP/2.0" in data[:4000]


def sent_again(rng, frames):
    """The packets of a capture, of which those that have SIP messages are broken and sent another way."""
    others = [payload.data for payload in (payload_of(frame.data) for frame in frames)
              if payload is not None and is_sip(payload.data)]
    way, share, state, sent = rng.choice(WAYS), rng.choice((0.1, 0.5, 1)), {}, []
    for frame in frames:
        payload = payload_of(frame.data)
        if payload is None or not is_sip(payload.data):
            if not (payload and payload.stream):    # the handshakes of streams whose messages go another way
                sent.append(frame)
            continue
        data = messages.mutated(rng, payload.data, others) if rng.random() < share else payload.data
        one = by_tcp if payload.stream and way is by_udp else way
        sent += [Packet(frame.time, packet, len(packet)) for packet in one(rng, state, payload._replace(data=data))]
    return sent


def with_noise(rng, data, share):
    """Bytes changed anywhere in a packet, also in the layers below SIP."""
    return bytes(rng.randrange(256) if rng.random() < share else byte for byte in data)


def noisy(rng, frames):
    share = rng.choice((0.001, 0.01, 0.1))
    return [frame._replace(data=with_noise(rng, frame.data, share)) for frame in frames]


def disordered(rng, frames):
    """Packets lost, captured twice, and in another order."""
    frames = [copy for frame in frames for copy in [frame] * rng.choice((1,) * 16 + (0, 2, 2, 3))]
    for _ in range(len(frames) // 10):
        a = rng.randrange(len(frames))
        b = min(len(frames) - 1, a + rng.choice((1, 1, 2, 30)))
        frames[a], frames[b] = frames[b], frames[a]
    return frames


def cut(rng, frames):
    """A snap length; the packets keep their own length, or a wrong one."""
    most = rng.choice((0, 14, 42, 50, 60, 96, 128, 200, 256, 400, 1000))
    share = rng.choice((0.1, 1))
    return [Packet(time, data[:most], length) if rng.random() < share else Packet(time, data, length)
            for time, data, length in frames]


def timeless(rng, frames):
    """Clocks that jump, stand still or run backwards."""
    leap = rng.choice((-10**15, -5000000, -1, 0, 1, 4999, 5000, 32000000, 3600 * 10**6 + 1, 10**15))
    at = rng.randrange(len(frames) + 1)
    return [frame._replace(time=frame.time + leap if number >= at else frame.time) for number, frame in enumerate(frames)]


def mutated(rng, frames):
    """A capture like this one, with all that can be wrong with it."""
    if rng.random() < 0.9:
        frames = sent_again(rng, frames)
    for change, share in ((noisy, 0.1), (disordered, 0.4), (cut, 0.15), (timeless, 0.2)):
        if rng.random() < share:
            frames = change(rng, frames)
    return frames


def mutated_blocks(rng, data):
    """A pcapng file like this one with what it has besides packets, such as the secrets of TLS: packets lost, repeated,
    swapped and with noise. (editcap 4.0 does not write files with secrets.)"""
    blocks, at = [], 0
    while at < len(data):
        length = struct.unpack_from("<I", data, at + 4)[0]
        blocks.append(data[at:at + length])
        at += length
    first = next(number for number, block in enumerate(blocks) if block[:4] == b"\x06\0\0\0")
    share = rng.choice((0, 0, 0.0002, 0.005))
    enhanced = [block[:28] + with_noise(rng, block[28:-12], share) + block[-12:]
                if block[:4] == b"\x06\0\0\0" and len(block) > 40 else block for block in blocks[first:]]
    return b"".join(blocks[:first] + (disordered(rng, enhanced) if rng.random() < 0.5 else enhanced))
