#!/usr/bin/env python3
"""Shows that one pass through a capture tells nothing that a second pass takes back.

    passes.py CAPTURE

With `tshark -2`, as in Wireshark's window, the plugin knows the whole capture when it shows
a message; on one pass only what came before it. So each field of a message must have the
same values on both passes, or, if it depends on what comes later, may be absent on the
first one.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import collections
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]

# What only the future tells.
FUTURE = {"sipmsg.request_in", "sipmsg.response_in", "sipmsg.answer", "sipmsg.no_response", "sipmsg.no_ack",
          "sipmsg.call", "sipmsg.call.outcome", "sipmsg.call.status", "sipmsg.call.post_dial_delay",
          "sipmsg.call.setup_time", "sipmsg.call.duration", "sipmsg.call.released_by"}


def messages(capture, *options):
    """For each frame and each message in it, what it shows: a list of values for each field."""
    run = subprocess.run([TOP / "tests" / "tshark", *options, "-r", capture, "-T", "pdml"], stdin=subprocess.DEVNULL,
                         capture_output=True, check=True, timeout=300)
    for packet in ElementTree.fromstring(run.stdout):
        number = next(f.get("show") for f in packet.iter("field") if f.get("name") == "num")
        for protocol in packet:
            if protocol.get("name") == "sipmsg":
                fields = collections.defaultdict(list)
                for field in protocol.iter("field"):
                    if field.get("name").startswith("sipmsg"):
                        fields[field.get("name")].append(field.get("show"))
                yield number, fields


def main():
    capture = sys.argv[1]
    first, second = list(messages(capture)), list(messages(capture, "-2"))
    failures = 0
    if [number for number, _ in first] != [number for number, _ in second]:
        print("the frames with messages differ")
        return 1
    for (number, once), (_, twice) in zip(first, second):
        for name in sorted(once.keys() | twice.keys()):
            if once[name] != twice[name] and (once[name] or name not in FUTURE):
                print(f"frame {number}: {name} is {once[name]} on one pass, {twice[name]} on two")
                failures += 1
    print(f"{pathlib.Path(capture).name}: {len(first)} messages, {failures} differences")
    return 1 if failures else 0


sys.exit(main())
