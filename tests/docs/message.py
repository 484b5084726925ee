#!/usr/bin/env python3
"""Writes a capture of one SIP message, to see what the plugin says of it:

    message.py [LINE...] | tests/tshark -r - -V

The message is an OPTIONS that is right in all. A LINE takes the place of the start line, or
of the header field of the same name, or comes to the others.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import re
import struct
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
sys.dont_write_bytecode = True
import packets  # pylint: disable=wrong-import-position

OPTIONS = """\
OPTIONS sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a1
To: <sip:bob@example.com>
Call-ID: 1
CSeq: 1 OPTIONS
Content-Length: 0"""


def name_of(line):
    """What a line replaces: the header field's name, or nothing for a start line."""
    found = re.match(r"([^\s:]+)\s*:", line)
    return found[1].lower() if found else ""


def message(given):
    lines = {name_of(line): line for line in OPTIONS.splitlines()}
    lines.update((name_of(line), line) for line in given)
    return "".join(line + "\r\n" for line in [*lines.values(), ""]).encode()


def main():
    packet = packets.udp(message(sys.argv[1:]))
    sys.stdout.buffer.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))    # Ethernet
    sys.stdout.buffer.write(struct.pack("<IIII", packets.START, 0, len(packet), len(packet)) + packet)


main()
