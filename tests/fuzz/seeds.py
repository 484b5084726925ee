#!/usr/bin/env python3
"""Makes the seeds of the fuzzers out of the sample captures.

    seeds.py OUTPUT      makes a folder OUTPUT/TARGET with seeds for each target

What UDP and TCP carried in the captures in pcaps/ is cut up as each target wants it: messages, header sections, start lines, URIs and values; streams; and
for the fuzzers of track/ the messages of a capture in their order.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import re
import struct
import sys
import zlib

TOP = pathlib.Path(__file__).resolve().parents[2]
UDP, TCP = 17, 6
ORDERS = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}
LONGEST = 2000
START_LINE = re.compile(rb"^(?:[A-Za-z]+ +\S+ +SIP/2\.0|SIP/2\.0 +\d{3}[^\r\n]*)\r?$", re.MULTILINE)


class Seeds:
    """The seeds of all targets, each once."""

    def __init__(self, folder):
        self.folder = folder
        self.known = set()

    def add(self, target, data):
        name = f"{zlib.crc32(data):08x}"
        if 0 < len(data) <= LONGEST and (target, name) not in self.known:
            self.known.add((target, name))
            place = self.folder / target
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)


def frames(capture):
    """The frames of a pcap file. Others (pcapng, with what is encrypted) have none for us."""
    data = capture.read_bytes()
    order = ORDERS.get(data[:4])
    place = 24
    while order and place + 16 <= len(data):
        size = struct.unpack(order + "I", data[place + 8:place + 12])[0]
        yield data[place + 16:place + 16 + size]
        place += 16 + size


def payloads(capture):
    """What UDP and TCP carried over Ethernet and plain IP, in the order of the capture: pairs
    of a sender and bytes. Fragments, tunnels and options of IPv6 are left out."""
    for frame in frames(capture):
        kind, packet = frame[12:14], frame[14:]
        if kind == b"\x08\x00" and len(packet) > 20 and packet[6:8] in (b"\x40\0", b"\0\0"):
            protocol, end, header = packet[9], int.from_bytes(packet[2:4], "big"), 4 * (packet[0] & 15)
            source = packet[12:16]
        elif kind == b"\x86\xdd" and len(packet) > 40:
            protocol, end, header = packet[6], 40 + int.from_bytes(packet[4:6], "big"), 40
            source = packet[8:24]
        else:
            continue
        segment = packet[header:end]
        if protocol == UDP and len(segment) > 8:
            yield (UDP, source), segment[8:]
        elif protocol == TCP and len(segment) > 20:
            yield (TCP, source + segment[:4]), segment[4 * (segment[12] >> 4):]


def add_parts(seeds, message):
    """A message, and what it consists of."""
    for target in ("message", "identity", "rules"):
        seeds.add(target, message)
    seeds.add("growth", b"\x60\x20" + message[:384])
    seeds.add("growth", b"\xc0\x4f" + message[:384])
    line, _, rest = message.partition(b"\n")
    head, _, _ = rest.partition(b"\r\n\r\n")
    seeds.add("start_line", line + b"\n" + rest[:30])
    seeds.add("header", head + b"\r\n\r\n")
    words = line.split(b" ")
    seeds.add("registry", b"\xc8\0\0\0" + words[0])
    if len(words) == 3 and b":" in words[1]:
        seeds.add("uri", words[1])
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        seeds.add("registry", b"\x7f\0\0\0" + name)
        seeds.add("header", row)
        seeds.add("address", value.strip())
        seeds.add("span", row)
        for uri in re.findall(rb"<([^>]+)>", value):
            seeds.add("uri", uri)


def add_capture(seeds, capture):
    streams, in_order = {}, []
    for sender, data in payloads(capture):
        if sender[0] == TCP:
            streams[sender] = streams.get(sender, b"") + data
        if START_LINE.search(data):
            add_parts(seeds, data)
            in_order.append(data)
    for data in [*streams.values(), b"".join(in_order[:6])]:
        for start in range(0, min(len(data), 4 * LONGEST), LONGEST):
            seeds.add("framing", data[start:start + LONGEST])
            # And one whose bodies reach into the next messages.
            seeds.add("framing", re.sub(rb"(Content-Length: +)0", rb"\g<1>50", data)[start:start + LONGEST])
    while in_order:
        seeds.add("track", b"\xff\x01".join(in_order[:4])[:LONGEST])
        in_order = in_order[4:]


def main():
    seeds = Seeds(pathlib.Path(sys.argv[1]))
    for capture in sorted((TOP / "pcaps").glob("*.pcap*")):
        add_capture(seeds, capture)
    print(f"{len(seeds.known)} seeds")
    return 0 if seeds.known else 1


sys.exit(main())
