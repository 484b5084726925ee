"""Bytes to packets: the layers below SIP, and the file they are written to."""
# SPDX-License-Identifier: GPL-2.0-or-later

import ipaddress
import pathlib
import struct

FOLDER = pathlib.Path(__file__).resolve().parent.parent
START = 1767225600  # 2026-01-01 00:00:00 UTC

ALICE, BOB = "192.0.2.10", "192.0.2.20"


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ethernet(payload, ethertype):
    # MAC addresses of RFC 7042 section 2.1.2
    return bytes.fromhex("00005e005302" "00005e005301") + struct.pack(">H", ethertype) + payload


def ip(source, target, protocol, payload, identification=0, fragment=0x4000):
    a, b = ipaddress.ip_address(source), ipaddress.ip_address(target)
    if a.version == 6:
        header = struct.pack(">IHBB", 0x60000000, len(payload), protocol, 64)
        return ethernet(header + a.packed + b.packed + payload, 0x86DD)
    header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), identification, fragment, 64, protocol, 0,
                         a.packed, b.packed)
    header = header[:10] + struct.pack(">H", checksum(header)) + header[12:]
    return ethernet(header + payload, 0x0800)


def fragments(packet, size, identification):
    """The same IP packet in pieces with so many bytes of payload, a multiple of eight."""
    version6 = packet[12:14] == b"\x86\xdd"
    start = 14 + (40 if version6 else 20)
    payload = packet[start:]
    pieces = []
    for offset in range(0, len(payload), size):
        more = offset + size < len(payload)
        piece = payload[offset:offset + size]
        if version6:    # RFC 8200 section 4.5
            header = struct.pack(">BBHI", packet[20], 0, offset | more, identification)
            pieces.append(ip(packet[22:38], packet[38:54], 44, header + piece))
        else:
            pieces.append(ip(packet[26:30], packet[30:34], packet[23], piece, identification,
                             more << 13 | offset // 8))
    return pieces


def vlan(packet, number, ethertype=0x8100):
    return packet[:12] + struct.pack(">HH", ethertype, number) + packet[12:]


def gre(packet, source, target):
    return ip(source, target, 47, struct.pack(">H", 0) + packet[12:])


def vxlan(packet, source, target, network):
    return udp(struct.pack(">II", 0x08000000, network << 8) + packet, source, target, 49152, 4789)


def icmp(packet, kind, code, quoted, sender=None, word=0):
    """An ICMP error about an IP packet, of which it quotes so many bytes."""
    message = struct.pack(">BBHI", kind, code, 0, word) + packet[14:][:quoted]
    if packet[12:14] == b"\x86\xdd":
        target = packet[22:38]
        source = ipaddress.ip_address(sender).packed if sender else packet[38:54]
        return ip(source, target, 58, with_checksum(source, target, 58, message, 2))
    message = message[:2] + struct.pack(">H", checksum(message)) + message[4:]
    return ip(sender or packet[30:34], packet[26:30], 1, message)


def with_checksum(source, target, protocol, segment, at):
    a, b = ipaddress.ip_address(source), ipaddress.ip_address(target)
    if a.version == 6:
        pseudo = a.packed + b.packed + struct.pack(">II", len(segment), protocol)
    else:
        pseudo = a.packed + b.packed + struct.pack(">BBH", 0, protocol, len(segment))
    value = checksum(pseudo + segment) or 0xFFFF
    return segment[:at] + struct.pack(">H", value) + segment[at + 2:]


def udp(payload, source=ALICE, target=BOB, sport=5060, dport=5060):
    segment = struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload
    return ip(source, target, 17, with_checksum(source, target, 17, segment, 6))


class Tcp:
    """One connection: every call gives the packets that bring some bytes."""

    def __init__(self, source=ALICE, target=BOB, sport=40000, dport=5060):
        self.ends = {True: (source, sport), False: (target, dport)}
        self.next = {True: 1000, False: 9000}

    def segment(self, from_client, flags, payload=b""):
        (source, sport), (target, dport) = self.ends[from_client], self.ends[not from_client]
        segment = struct.pack(">HHIIBBHHH", sport, dport, self.next[from_client], self.next[not from_client] if flags & 0x10
                              else 0, 0x50, flags, 65535, 0, 0) + payload
        self.next[from_client] += len(payload) + (1 if flags & 3 else 0)
        return ip(source, target, 6, with_checksum(source, target, 6, segment, 16))

    def handshake(self):
        return [self.segment(True, 2), self.segment(False, 0x12), self.segment(True, 0x10)]

    def send(self, payload, from_client=True):
        return [self.segment(from_client, 0x18, payload), self.segment(not from_client, 0x10)]


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


class Sctp:
    """One association (RFC 9260): every call gives packets."""

    def __init__(self, source=ALICE, target=BOB, sport=5060, dport=5060):
        self.ends = {True: (source, sport), False: (target, dport)}
        self.tag = {True: 0x0A0A0A0A, False: 0x0B0B0B0B}    # what the peer of that side has to write
        self.tsn = {True: 1000, False: 9000}
        self.order = {True: 0, False: 0}

    @staticmethod
    def chunk(kind, flags, value):
        return struct.pack(">BBH", kind, flags, 4 + len(value)) + value + b"\0" * (-len(value) % 4)

    def packet(self, from_client, *chunks, tag=None):
        (source, sport), (target, dport) = self.ends[from_client], self.ends[not from_client]
        header = struct.pack(">HHI", sport, dport, self.tag[from_client] if tag is None else tag)
        body = b"".join(chunks)
        return ip(source, target, 132, header + struct.pack("<I", crc32c(header + bytes(4) + body)) + body)

    def handshake(self):
        init = {side: struct.pack(">IIHHI", self.tag[not side], 65536, 10, 10, self.tsn[side]) for side in (True, False)}
        cookie = b"cookie of the server"
        return [self.packet(True, self.chunk(1, 0, init[True]), tag=0),
                self.packet(False, self.chunk(2, 0, init[False] + struct.pack(">HH", 7, 4 + len(cookie)) + cookie)),
                self.packet(True, self.chunk(10, 0, cookie)),
                self.packet(False, self.chunk(11, 0, b""))]

    def data(self, payload, from_client=True, flags=3):
        """A chunk; flags are 2 for the first piece of a message, 1 for the last, 3 for a whole one."""
        head = struct.pack(">IHHI", self.tsn[from_client], 0, self.order[from_client], 0)
        self.tsn[from_client] += 1
        self.order[from_client] += flags & 1
        return self.chunk(0, flags, head + payload)

    def acknowledgement(self, from_client):
        return self.packet(from_client, self.chunk(3, 0, struct.pack(">IIHH", self.tsn[not from_client] - 1, 65536, 0, 0)))

    def send(self, *chunks, from_client=True):
        return [self.packet(from_client, *chunks), self.acknowledgement(not from_client)]


MAGIC_COOKIE = 0x2112A442


def turn_indication(method, peer, port, data, number):
    """Send (6) and Data (7) indications of RFC 8656."""
    address = ipaddress.ip_address(peer)
    transaction = struct.pack(">QI", 0, number)
    mask = struct.pack(">I", MAGIC_COOKIE) + transaction
    attributes = b""
    for kind, value in ((0x12, struct.pack(">BBH", 0, 2 if address.version == 6 else 1, port ^ MAGIC_COOKIE >> 16) +
                         bytes(a ^ b for a, b in zip(address.packed, mask))),
                        (0x13, data)):
        attributes += struct.pack(">HH", kind, len(value)) + value + b"\0" * (-len(value) % 4)
    return struct.pack(">HHI", 0x10 | method, len(attributes), MAGIC_COOKIE) + transaction + attributes


def turn_channel_data(channel, data, padded=False):
    return struct.pack(">HH", channel, len(data)) + data + b"\0" * (-len(data) % 4 if padded else 0)


def write(name, packets, times=None):
    """Times are in microseconds since START; without them a packet comes every tenth of a second."""
    with open(FOLDER / name, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for number, packet in enumerate(packets):
            seconds, microseconds = divmod(times[number] if times else number * 100000, 1000000)
            file.write(struct.pack("<IIII", START + seconds, microseconds, len(packet), len(packet)) + packet)
