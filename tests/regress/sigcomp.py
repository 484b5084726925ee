#!/usr/bin/env python3
"""Writes a capture to standard output: a request in SigComp (RFC 3320), which a program that it
brings along only prints."""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import struct
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)

PORT = 5555  # Wireshark's for SigComp
PLACE = 128  # in memory, where the program is loaded to
REQUEST = b"\r\n".join((b"OPTIONS sip:bob@example.com SIP/2.0", b"Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKcomp", b"Max-Forwards: 70",
                        b"From: <sip:alice@example.com>;tag=a", b"To: <sip:bob@example.com>", b"Call-ID: comp", b"CSeq: 1 OPTIONS",
                        b"Content-Length: 0", b"", b""))


def operand(number):
    """Any 16-bit number (section 8.5)."""
    return struct.pack(">BH", 0x80, number)


def program(text):
    """OUTPUT of the text behind the program, and END-MESSAGE with nothing more (sections 9.4.8 and 9.4.9)."""
    end = b"\x23" + bytes(7)
    length = 1 + 2 * len(operand(0)) + len(end)
    return b"\x22" + operand(PLACE + length) + operand(len(text)) + end + text


def main():
    code = program(REQUEST)
    # A message that brings its program (section 7): its length, and 1 for address 128.
    packets.write("/dev/stdout", [packets.udp(b"\xf8" + struct.pack(">H", len(code) << 4 | 1) + code, sport=PORT, dport=PORT)])


main()
