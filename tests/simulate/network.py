"""From what is sent to what is captured: losses, copies, changed order, segments, and the file."""
# SPDX-License-Identifier: GPL-2.0-or-later

import ipaddress
import itertools
import struct

from stories import STORIES
from story import MS, SECOND, Story

START = 1767225600  # 2026-01-01 00:00:00 UTC


class World:
    """Tells many stories at once."""

    def __init__(self, rng, calls, tcp, only=None):
        self.rng, self.tcp, self.units = rng, tcp, []
        self.serial, self.ports = itertools.count(), itertools.count()
        self.told = {}
        length = max(150 * SECOND, calls * 25 * MS)
        names = [only] if only else list(STORIES)
        for name in rng.choices(names, [STORIES[n][0] for n in names], k=calls):
            self.told[name] = self.told.get(name, 0) + 1
            STORIES[name][1](Story(self, name, rng.randint(0, length)))
        self.start, self.end = 20 * SECOND, length - 10 * SECOND

    def send(self, time, message, source, target, story):
        self.units.append(Unit(time, next(self.serial), message, source, target, story))

    def send_quote(self, time, message, story):
        """An ICMP error about a message."""
        self.send(time, message, message.source, message.target, story)
        self.units[-1].quote = True

    def trunk(self, version6):
        """A TCP connection that many calls share."""
        number = self.rng.randint(1, 4)
        prefix = "2001:db8::ff" if version6 else "198.18.255."
        return (f"{prefix}{number}", 51000 + number), (f"{prefix}10", 15060 if number == 4 else 5060)

    def client_port(self):
        return 52000 + next(self.ports) % 3000


class Unit:
    """One message on its way from a place to the next; a capture can hold copies of it."""

    __slots__ = ("time", "serial", "message", "source", "target", "story", "quote", "reliable", "packet", "hops")

    def __init__(self, time, serial, message, source, target, story):
        self.time, self.serial, self.message, self.source, self.target = time, serial, message, source, target
        self.story, self.quote, self.packet, self.hops = story, False, serial, 0
        self.reliable = message.transaction.hop.transport == "TCP"

    def copy(self, time, serial):
        unit = Unit(time, serial, self.message, self.source, self.target, self.story)
        unit.quote, unit.packet, unit.hops = self.quote, self.packet, self.hops + 1
        return unit

    def order(self):
        return self.time, self.serial


class Frame:
    """A packet of the capture, with the messages that end in it."""

    __slots__ = ("time", "data", "units")

    def __init__(self, time, data, units=()):
        self.time, self.data, self.units = time, data, units


def captured(world, trouble=1):
    """The units that the capture holds, in its order, with copies."""
    rng, units = world.rng, sorted(world.units, key=Unit.order)
    loss, duplicates = 0.08 * trouble, 0.03 * trouble
    early = {unit.story for unit in units if unit.time < world.start and unit.story.fragile}
    kept = []
    for unit in units:
        if not world.start <= unit.time <= world.end or unit.story in early:
            continue
        if unit.story.lossy and not unit.story.fragile and not unit.reliable and rng.random() < loss:
            continue
        kept.append(unit)
        while not unit.reliable and not unit.quote and rng.random() < duplicates:
            unit = unit.copy(unit.time + rng.randint(10, 4900), next(world.serial))
            kept.append(unit)
    kept.sort(key=Unit.order)
    swap(kept, rng, 0.01 * trouble)
    return without_riddles(kept)


def swap(units, rng, probability):
    """Puts some requests behind something of the same story, as a response, and some packets behind the next."""
    for at, unit in enumerate(units):
        if rng.random() >= probability or unit.reliable or unit.story.fragile or unit.quote:
            continue
        own = unit.message.kind == "request"
        for other in units[at + 1:at + (30 if own else 2)]:
            if other.reliable or other.story.fragile or other.quote or other.time - unit.time > 60 * MS:
                continue
            if not own or (other.story is unit.story and other.message is not unit.message):
                unit.time, other.time = other.time, unit.time
                break
    units.sort(key=Unit.order)


def without_riddles(units):
    """Leaves out what would make FIELDS.md silent on how the rest is to be taken."""
    # If the INVITE of an attempt is lost but its responses are not, or comes only behind what the callee asks, the
    # call has no INVITE in the capture at all.
    seen, asked, begun = {}, {}, set()
    for unit in units:
        transaction = unit.message.transaction
        if transaction.initial and transaction.line and not unit.quote:
            seen.setdefault(transaction.line, set()).add(transaction)
            if unit.message.kind == "request":
                asked.setdefault(transaction.line, set()).add(transaction)
        elif transaction.line not in asked and (transaction.sender == "callee" or transaction.method == "BYE"):
            begun.add(transaction.line)
    begun |= {line for line in asked if seen[line] != asked[line]}
    # An ACK tells what it belongs to only behind something else of its transaction, or if it stays alone.
    known, others = set(), {unit.message.transaction for unit in units if unit.message.kind != "ack"}
    result = []
    for unit in units:
        message, transaction = unit.message, unit.message.transaction
        if message.kind == "request" and transaction.initial and transaction.line in begun:
            continue
        if message.kind == "ack" and transaction not in known and transaction in others:
            continue
        if not unit.quote:
            known.add(transaction)
        result.append(unit)
    return result


# Packets

PACKED = {}


def packed(address):
    if address not in PACKED:
        PACKED[address] = ipaddress.ip_address(address).packed
    return PACKED[address]


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    return 0xFFFF - (int.from_bytes(data, "big") % 0xFFFF)


def ip(source, target, protocol, payload, number, hops=0):
    a, b = packed(source), packed(target)
    ethernet = b"\x00\x00\x5e\x00\x53\x02\x00\x00\x5e\x00\x53\x01"
    if len(a) == 16:
        return ethernet + struct.pack(">HIHBB", 0x86DD, 0x60000000, len(payload), protocol, 64 - hops) + a + b + payload
    header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), number % 65535 + 1, 0x4000, 64 - hops, protocol,
                         0, a, b)
    return ethernet + b"\x08\x00" + header[:10] + struct.pack(">H", checksum(header)) + header[12:] + payload


def with_checksum(source, target, protocol, segment, at):
    value = checksum(packed(source) + packed(target) + struct.pack(">II", len(segment), protocol) + segment) or 0xFFFF
    return segment[:at] + struct.pack(">H", value) + segment[at + 2:]


def datagram(unit):
    (source, sport), (target, dport) = unit.source, unit.target
    payload = unit.message.data
    segment = with_checksum(source, target, 17, struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload, 6)
    packet = ip(source, target, 17, segment, unit.packet, unit.hops)
    if unit.quote:
        version6 = ":" in source
        error = struct.pack(">BBHI", *((1, 4) if version6 else (3, 3)), 0, 0) + packet[14:562]
        if version6:
            error = with_checksum(target, source, 58, error, 2)
        else:
            error = error[:2] + struct.pack(">H", checksum(error)) + error[4:]
        packet = ip(target, source, 58 if version6 else 1, error, unit.serial)
    return packet


class Connection:
    """A TCP connection: it waits a little with what it sends, and cuts it where it likes."""

    def __init__(self, unit, rng, frames):
        self.rng, self.frames = rng, frames
        self.next = {unit.source: 1000, unit.target: 9000}
        self.peer = {unit.source: unit.target, unit.target: unit.source}
        self.client = unit.source if unit.source[1] in range(51000, 55000) else unit.target
        self.clock, self.waiting, self.first, self.count = 0, [], True, 0

    def segment(self, time, source, flags, payload=b"", units=()):
        target = self.peer[source]
        self.clock = max(time, self.clock + 1)
        self.count += 1
        acknowledged = self.next[target] if flags & 16 else 0
        segment = struct.pack(">HHIIBBHHH", source[1], target[1], self.next[source], acknowledged, 0x50, flags, 65535,
                              0, 0) + payload
        self.next[source] += len(payload) + (flags >> 1 & 1)
        self.frames.append(Frame(self.clock, ip(source[0], target[0], 6, with_checksum(
            source[0], target[0], 6, segment, 16), self.count), units))

    def add(self, unit):
        if self.waiting and (self.waiting[-1].source != unit.source or unit.time - self.waiting[0].time > 20 * MS):
            self.flush()
        self.waiting.append(unit)
        if self.rng.random() < 0.6:
            self.flush()

    def flush(self):
        units, self.waiting = self.waiting, []
        if not units:
            return
        time, source = units[-1].time, units[0].source
        if self.first and self.rng.random() < 0.8:
            self.segment(time - 900, self.client, 2)
            self.segment(time - 600, self.peer[self.client], 18)
            self.segment(time - 300, self.client, 16)
        data = b"".join(unit.message.data for unit in units)
        ends = list(itertools.accumulate(len(unit.message.data) for unit in units))
        # A start line in pieces is recognised on SIP's port, or behind a message.
        least = ends[0] if self.first and 5060 not in (self.client[1], self.peer[self.client][1]) else 1
        self.first = False
        cuts = sorted(self.rng.sample(range(least, len(data)), self.rng.choice((1, 1, 2, 4)))) \
            if self.rng.random() < 0.3 and least + 4 < len(data) else []
        for begin, end in zip([0, *cuts], [*cuts, len(data)]):
            self.segment(time, source, 24, data[begin:end], [u for u, e in zip(units, ends) if begin < e <= end])
            if self.rng.random() < 0.1:
                self.segment(time, self.peer[source], 16)


def framed(units, rng):
    frames, connections = [], {}
    for unit in units:
        if unit.reliable:
            key = frozenset((unit.source, unit.target))
            if key not in connections:
                connections[key] = Connection(unit, rng, frames)
            connections[key].add(unit)
        else:
            frames.append(Frame(unit.time, datagram(unit), () if unit.quote else (unit,)))
    for connection in connections.values():
        connection.flush()
    frames.sort(key=lambda frame: frame.time)
    return frames


def write(name, frames):
    with open(name, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for frame in frames:
            seconds, microseconds = divmod(frame.time, SECOND)
            size = len(frame.data)
            file.write(struct.pack("<IIII", START + seconds, microseconds, size, size) + frame.data)
