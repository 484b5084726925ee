#!/usr/bin/env python3
"""Shows that hostile messages cost time linear in their length and make a bounded tree.

    hostile.py COST      COST is the program that is built from tests/unit/cost.c

Makes messages that were made to be slow, of all kinds, as long as a datagram can be and
four times shorter. The pure parser may not execute more than six times as many
instructions, counted by valgrind, for the long one; anything quadratic would take sixteen
times as many. Then real tshark reads the long ones: the tree of none may have more items
than the limits allow, or end in "Malformed Packet" or "Dissector bug".

Skipped (exit 77) where there is no valgrind.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)

LONG, SHORT, MAX_RATIO = 60000, 15000, 6
MAX_PER_BYTE = 2000  # far above what any kind takes, far below what a quadratic one would
MAX_ITEMS = 2500     # SIP_LIMIT_HEADERS and all others together

START = b"OPTIONS sip:bob@example.com SIP/2.0\r\n"
END = (b"Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKhostile\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=a\r\n"
       b"To: <sip:bob@example.com>\r\nCall-ID: hostile@example.com\r\nCSeq: 1 OPTIONS\r\n\r\n")


def numbered(pattern, length):
    """Pattern after pattern with numbers in, up to the length."""
    parts, total, number = [], 0, 0
    while total < length:
        parts.append(pattern % number)
        total += len(parts[-1])
        number += 1
    return b"".join(parts)


def multipart(length):
    body, number = b"the innermost body", 0
    while len(body) < length:
        body = b"Content-Type: multipart/mixed;boundary=b%d\r\n\r\n--b%d\r\n%b\r\n--b%d--\r\n" % (number, number, body, number)
        number += 1
        if number == 20:
            body = body.ljust(length, b"x")
    return START + b"Content-Type: multipart/mixed;boundary=outer\r\n" + END + b"--outer\r\n" + body + b"\r\n--outer--\r\n"


def header(name, value):
    return START + name + b": " + value + b"\r\n" + END


KINDS = {
    "a long header field": lambda n: header(b"Subject", b"x" * n),
    "a long line without an end": lambda n: b"OPTIONS sip:" + b"b" * n + b"@example.com SIP/2.0",
    "URI parameters": lambda n: b"OPTIONS sip:example.com" + numbered(b";p%d=v", n) + b" SIP/2.0\r\n" + END,
    "URI headers": lambda n: b"OPTIONS sip:example.com?a=b" + numbered(b"&h%d=v", n) + b" SIP/2.0\r\n" + END,
    "header parameters": lambda n: header(b"Contact", b"<sip:a@example.com>" + numbered(b";p%d=v", n)),
    "the same parameter": lambda n: header(b"Contact", b"<sip:a@example.com>" + b";p=v" * (n // 4)),
    "Via values": lambda n: header(b"Via", numbered(b"SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%d,", n) + b"SIP/2.0/UDP h"),
    "Via rows": lambda n: START + numbered(b"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%d\r\n", n) + END,
    "Reason values": lambda n: header(b"Reason", numbered(b"Q.850;cause=%d,", n) + b"SIP;cause=200"),
    "Warning rows": lambda n: START + numbered(b"Warning: 399 example.com \"%d\"\r\n", n) + END,
    "commas": lambda n: header(b"Contact", b"," * n),
    "semicolons": lambda n: header(b"From", b"<sip:a@example.com>" + b";" * n),
    "angle brackets": lambda n: header(b"Contact", b"<" * n),
    "quotes": lambda n: header(b"Contact", b"\"" * n),
    "escaped quotes": lambda n: header(b"Contact", b"\"" + b"\\\"" * (n // 2)),
    "quotes and commas": lambda n: header(b"Contact", b"\"," * (n // 2)),
    "NULs": lambda n: header(b"Subject", b"\0" * n),
    "NULs in front": lambda n: b"\0" * n + START + END,
    "line breaks in front": lambda n: b"\r\n" * (n // 2) + START + END,
    "bytes that are not UTF-8": lambda n: header(b"Subject", b"\xff" * n),
    "digits": lambda n: header(b"Expires", b"9" * n),
    "folded lines": lambda n: header(b"Subject", b"a\r\n " * (n // 4)),
    "lines without a colon": lambda n: START + b"x\r\n" * (n // 3) + END,
    "CRs": lambda n: START + b"x:\r" * (n // 3) + END,
    "words in the URI": lambda n: b"OPTIONS sip:b@example.com" + b" a:" * (n // 3) + b" SIP/2.0\r\n" + END,
    "blanks in the URI": lambda n: b"OPTIONS sip:b@example.com" + b"\t" * n + b"x SIP/2.0\r\n" + END,
    "nested multipart": multipart,
}


def instructions(program, data):
    """How many instructions the parser executes for these bytes."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, file.name],
                             capture_output=True, check=True, timeout=300)
    return int(re.search(rb"Collected : (\d+)", run.stderr).group(1))


def check_costs(program):
    """That the cost of each kind grows with its length, not faster."""
    failures = 0
    none = instructions(program, b"")
    for kind, make in KINDS.items():
        long, short = (instructions(program, make(length)) - none for length in (LONG, SHORT))
        bad = long > MAX_RATIO * short or long > MAX_PER_BYTE * LONG
        failures += bad
        print(f"{kind:32} {long / LONG:8.1f} instructions a byte, {long / short:5.2f} times those of a quarter"
              + (": too many" if bad else ""))
    return failures


def check_trees():
    """That no tree is too large or broken."""
    failures = 0
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        packets.write(file.name, [packets.udp(make(LONG)) for make in KINDS.values()])
        os.chmod(file.name, 0o644)
        run = subprocess.run([TOP / "tests" / "tshark", "-n", "--disable-protocol", "sip", "-r", file.name, "-T", "pdml"],
                             stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=300)
    for kind, packet in zip(KINDS, ElementTree.fromstring(run.stdout)):
        items = sum(1 for protocol in packet if protocol.get("name") == "sipmsg" for _ in protocol.iter())
        names = collections.Counter(protocol.get("name") for protocol in packet)
        if not 5 <= items <= MAX_ITEMS or names["_ws.malformed"]:
            print(f"{kind}: {items} items, layers {dict(names)}")
            failures += 1
    if b"Dissector bug" in run.stdout:
        print("a dissector bug")
        failures += 1
    return failures


def main():
    if shutil.which("valgrind") is None:
        print("no valgrind")
        return 77
    return 1 if check_costs(sys.argv[1]) + check_trees() else 0


sys.exit(main())
