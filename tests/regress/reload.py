#!/usr/bin/env python3
"""Shows that what was learnt from one capture takes no part in the next.

Lets sharkd, Wireshark without a window, open captures one after the other, and compares
what it shows of their messages with what a fresh sharkd shows: after another capture, after
a copy of itself with the same Call-IDs and branches, and after preferences were changed. And
tables must be the same when they are asked for again.
Skipped (exit 77) where there is no sharkd.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import json
import os
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
import reports  # noqa: E402

# Captures after each of which the next would show something else if anything were left of it.
CAPTURES = [
    "retransmissions", "retransmissions_mirrored",      # the same transactions
    "retransmissions", "requests_unanswered",           # the clock goes on
    "invite_unanswered",                                # earlier, too short to say that nothing came
    "call_through_proxy", "call_begins_midway",         # the INVITEs are missing
    "call_ends_midway", "handmade_one_frame", "handmade_limits", "retransmissions",
]


class Sharkd:
    def __init__(self):
        self.process = subprocess.Popen([TOP / "tests" / "tshark", "-"], env=dict(os.environ, SIPMSG_PROGRAM="sharkd"),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def ask(self, method, **parameters):
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "result" not in answer:
            raise RuntimeError(f"{method} {parameters}: {answer}")
        return answer["result"]

    def set(self, preference, value):
        self.ask("setconf", name=preference, value=str(value))

    def load(self, capture):
        self.ask("load", file=str(TOP / "pcaps" / f"{capture}.pcap"))

    def show(self):
        """What the capture's messages look like, each a list of lines."""
        lines = []
        for number in range(1, self.ask("status")["frames"] + 1):
            for protocol in self.ask("frame", frame=number, proto=True)["tree"]:
                if protocol.get("f") == "sipmsg":
                    lines += list(walk(protocol, f"{number}: "))
        return lines

    def open(self, capture):
        self.load(capture)
        return self.show()


def walk(node, indent):
    yield indent + node["l"]
    for child in node.get("n", []):
        yield from walk(child, indent + "  ")


def fresh(capture, **preferences):
    with Sharkd() as sharkd:
        for name, value in preferences.items():
            sharkd.set(f"sipmsg.{name}", value)
        return sharkd.open(capture)


def compare(what, expected, seen):
    if seen == expected != []:
        return 0
    print(f"{what}: not as when it is opened first")
    for old, new in zip(expected + [""], seen + [""]):
        if old != new:
            print(f"  {old}\n  {new}")
            break
    return 1


def check_captures():
    """That each looks the same, whatever was open before."""
    failures = 0
    expected = {capture: fresh(capture) for capture in set(CAPTURES)}
    with Sharkd() as sharkd:
        before = "nothing"
        for capture in CAPTURES:
            failures += compare(f"{capture} after {before}", expected[capture], sharkd.open(capture))
            failures += compare(f"{capture}, seen again", expected[capture], sharkd.show())
            before = capture
    return failures


def check_preferences():
    """That a preference counts from its change on, and leaves nothing when it is changed back."""
    failures = 0
    for capture, preference, usual, other in (("handmade_limits", "patience", 32, 33),
                                              ("handmade_limits", "transaction_age", 3600, 10)):
        expected = {value: fresh(capture, **{preference: value}) for value in (usual, other)}
        if expected[usual] == expected[other]:
            print(f"{capture}: {preference} makes no difference")
            failures += 1
        with Sharkd() as sharkd:
            sharkd.load(capture)
            for value in (other, usual, other, usual):
                sharkd.set(f"sipmsg.{preference}", value)
                failures += compare(f"{capture} with {preference} {value}", expected[value], sharkd.open(capture))
    return failures


def check_tables():
    """That each table is the same when it is asked for again."""
    failures = 0
    with Sharkd() as sharkd:
        sharkd.load("outcomes")
        for table in reports.tables():
            first, again = (sharkd.ask("tap", tap0=table)["taps"] for _ in range(2))
            failures += compare(f"{table}, asked for again", [json.dumps(first)], [json.dumps(again)])
    return failures


def main():
    if shutil.which("sharkd") is None:
        print("no sharkd")
        return 77
    return 1 if check_captures() + check_preferences() + check_tables() else 0


sys.exit(main())
