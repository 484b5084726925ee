#!/usr/bin/env python3
"""Simulates SIP traffic, and shows that the plugin understands it as it was meant.

    run.py --seed 1 --calls 300

Every message knows what it belongs to, since it was simulated; so for each frame it is known
what the fields of transactions and calls must show (truth.py). Real tshark reads the capture,
in two passes, and every difference is told. With --one-pass, fields that only the future
tells may be missing.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import argparse
import collections
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import network
from stories import STORIES
from truth import EXPERTS, FIELDS, Truth

TSHARK = pathlib.Path(__file__).resolve().parents[1] / "tshark"
TIMES = {"response_time", "call.post_dial_delay", "call.setup_time", "call.duration"}
# What the first pass must already show, since the past alone tells it.
AT_ONCE = {"transaction", "response_time", "retransmission_of", "duplicate_of", "retransmission", "duplicate"}


def text(field, value):
    return f"{value // 10**6}.{value % 10**6:06d}000" if field in TIMES else str(value)


def expected(truth):
    """For each frame with messages: their texts by field, and what they are."""
    frames = {}
    for sight in truth.sights:
        values, about = frames.setdefault(sight.frame, ({}, []))
        for field, value in sight.values.items():
            values.setdefault(field, []).append(text(field, value))
        message = sight.message
        about.append(f"{sight.unit.story.name}: {message.status or message.kind} {message.transaction.method}")
    return frames


def shown(capture, one_pass, preferences):
    """For each frame of the capture, its number and the texts by field."""
    names = FIELDS + EXPERTS
    command = [TSHARK, *([] if one_pass else ["-2"]), "-n", "-r", capture, "-T", "fields", "-E", "occurrence=a",
               "-E", "separator=/t", "-E", "aggregator=,", "-e", "frame.number"]
    for name in names:
        command += ["-e", "sipmsg." + name]
    for preference in preferences:
        command += ["-o", preference]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            number, *values = line.rstrip("\n").split("\t")
            yield int(number), {name: value.split(",") for name, value in zip(names, values) if value}
    if process.returncode:
        raise SystemExit(f"tshark failed with {process.returncode}")


def within(some, all_of_them):
    """Whether the first is the second with gaps."""
    rest = iter(all_of_them)
    return all(value in rest for value in some)


def differences(frames, packets, one_pass, last):
    """What is not as it should be: frame, what it is, field, expected, got."""
    number = 0
    for number, got in packets:
        want, about = frames.get(number, ({}, ["no message"]))
        for field in FIELDS + EXPERTS:
            told, meant = got.get(field, []), want.get(field, [])
            fine = within(told, meant) if one_pass and field not in AT_ONCE else told == meant
            if one_pass and field.startswith("failure.") and any("BYE" in a or "CANCEL" in a for a in about):
                continue    # whether a 481 was to be expected can show later
            if not fine:
                yield number, " | ".join(about), field, ",".join(meant) or "-", ",".join(told) or "-"
    if number != last:
        yield number, "capture: its last frame", "frame", last, number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--one-pass", action="store_true", help="without tshark's -2")
    parser.add_argument("--transport", choices=("mixed", "udp", "tcp"), default="mixed")
    parser.add_argument("--only", choices=STORIES, help="this situation alone")
    parser.add_argument("--trouble", type=float, default=1, help="how much is lost, doubled and swapped: 0 for nothing")
    parser.add_argument("--keep", metavar="FOLDER", type=pathlib.Path, help="where the capture is to stay")
    parser.add_argument("--list", type=int, default=20, metavar="N", help="how many differences are printed")
    parser.add_argument("-o", action="append", default=[], metavar="PREFERENCE", help="for tshark")
    options = parser.parse_args()

    began = time.monotonic()
    rng = random.Random(options.seed)
    world = network.World(rng, options.calls, {"mixed": 0.25, "udp": 0, "tcp": 1}[options.transport], options.only)
    frames = network.framed(network.captured(world, options.trouble), rng)
    if not frames:
        parser.error("the capture is empty: take more calls")
    truth = Truth(frames)
    made = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        capture = (options.keep or pathlib.Path(folder)) / f"simulated_{options.seed}_{options.calls}.pcap"
        network.write(capture, frames)
        capture.chmod(0o644)
        wrong = list(differences(expected(truth), shown(capture, options.one_pass, options.o), options.one_pass,
                                 len(frames)))

    told = ", ".join(f"{name} {count}" for name, count in sorted(world.told.items()))
    kinds = collections.Counter(field for sight in truth.sights for field in sight.values)
    print(f"seed {options.seed}: {len(frames)} frames, {len(truth.sights)} messages, {len(truth.transactions)} "
          f"transactions, {len(truth.calls)} calls; made in {made - began:.0f} s, read in "
          f"{time.monotonic() - made:.0f} s\n  {told}\n  "
          + ", ".join(f"{name} {kinds[name]}" for name in FIELDS + EXPERTS))
    for number, about, field, meant, got in wrong[:options.list]:
        print(f"frame {number} ({about}): sipmsg.{field} should be {meant}, is {got}")
    by_kind = collections.Counter((about.split(":")[0], field) for _, about, field, _, _ in wrong)
    for (name, field), count in by_kind.most_common(options.list if wrong else 0):
        print(f"  {count:6} {name}: {field}")
    print(f"{len(wrong)} differences")
    return 1 if wrong else 0


sys.exit(main())
