#!/usr/bin/env python3
"""Says what the plugin found wrong in each packet of a capture, and at which bytes.

    tshark ... -T pdml | verdicts.py NAMES

NAMES is a file with a line for each packet: its name, and its verdict (valid, invalid or
tolerate). At the end stands which packets were judged otherwise: an invalid one without
a warning or an error, a valid one with any. An unknown method makes no message invalid,
nor does it that a request failed.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import html
import re
import sys

SEVERITIES = {0x100000: "chat", 0x200000: "comment", 0x400000: "note", 0x600000: "warning", 0x800000: "error"}
EXPERT = re.compile(r'<field name="(sipmsg\.[^"]*)" showname="[^"]*" size="0" pos="0" show="" value=""/>')
SEVERITY = re.compile(r'<field name="_ws.expert.severity" .*show="(\d+)"/>')
MESSAGE = re.compile(r'<field name="_ws.expert.message" .*show="([^"]*)"/>')
BYTES = re.compile(r'<field name="[^"]*" .*size="(\d+)" pos="\d+"(?:.* value="([0-9a-f]*)")?>$')


def readable(data):
    text = "".join(chr(byte) if 32 <= byte < 127 else f"<{byte:02X}>" for byte in data)
    return text if len(text) <= 48 else f"{text[:24]}...{text[-21:]}"


def findings(packet):
    """Severity, filter name, bytes and message of each expert info of ours."""
    enclosing, name, message = [], None, ""
    for line in packet:
        depth = len(line) - len(line.lstrip())
        if found := BYTES.search(line):
            del enclosing[depth:]
            enclosing += [b""] * (depth - len(enclosing)) + [bytes.fromhex(found[2] or "")]
        if found := EXPERT.search(line):
            name = found[1]
        elif found := MESSAGE.search(line):
            message = html.unescape(found[1])
        elif (found := SEVERITY.search(line)) and name:
            data = next((data for data in reversed(enclosing[:depth - 2]) if data), b"")
            yield SEVERITIES[int(found[1])], name, readable(data), message
            name = None


def packets(lines):
    packet = []
    for line in lines:
        packet.append(line.rstrip("\n"))
        if line.startswith("</packet>"):
            yield packet
            packet = []


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        names = [line.split() for line in file]
    sys.stdin.reconfigure(errors="backslashreplace")
    judged_otherwise = []
    for (name, verdict), packet in zip(names, packets(sys.stdin), strict=True):
        found = list(findings(packet))
        broken = any(severity in ("warning", "error") for severity, kind, _, _ in found
                     if kind != "sipmsg.method.unknown" and not kind.startswith("sipmsg.failure."))
        if verdict != "tolerate" and broken != (verdict == "invalid"):
            judged_otherwise.append(name)
        print(f"{name}: {verdict}")
        for severity, kind, data, message in found:
            print(f"  {severity} {kind} [{data}] {message}")
    print("judged otherwise:", ", ".join(judged_otherwise) or "none")


main()
