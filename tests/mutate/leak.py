#!/usr/bin/env python3
"""Shows that the plugin loses no memory, and none that grows with what it reads.

    leak.py [TIMES ...]      1, 4 and 16 unless told

Mutated captures are repeated so many times, two hours later each time. tshark reads that on two
passes, prints all of it and all statistics; and sharkd opens the captures so many times
one after the other, with the tables of Wireshark's windows. At the end LeakSanitizer lists what
was lost, with the functions that asked for it: those of the plugin may be in none. What
others lose is told, but is not judged. tests/memory looks at what is not lost, but kept.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import random
import re
import sys
import tempfile

import frames
import run as jobs
import sanitized

CAPTURES = 12
LATER = 7200 * 1000000

LOST = re.compile(r"^(?:Direct|Indirect) leak of (\d+) byte\(s\) in (\d+) object\(s\) allocated from:\n((?: +#.*\n)+)",
                  re.MULTILINE)
OURS = re.compile(r"/plugin/\w+/\w+\.[ch]|sipmsg\.so")

# Nodes of stats trees, and windows' tables, which tshark does not give back, whoever made them.
NOT_GIVEN_BACK = re.compile(r"\b(stats_tree_manip_node_int|stats_tree_create_\w+|stat_tap_add_table|stat_tap_init_table_row)\b")
SETTINGS = "detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=40"


def mutated(rng):
    made = []
    for path in rng.sample(jobs.captures()[0], CAPTURES):
        made += frames.mutated(rng, frames.read(path))[:100]
    return made


def judge(what, run):
    """1 if the plugin lost anything."""
    if run.status not in (0, 1):    # 1 is LeakSanitizer's too
        print(f"{what}: ends with {run.status}\n{run.told()}")
        return 1
    lost = {True: 0, False: 0}
    first = None
    for found in LOST.finditer(run.err):
        ours = OURS.search(found[3]) is not None and not NOT_GIVEN_BACK.search(found[3])
        lost[ours] += int(found[1])
        first = first or (found[0] if ours else None)
    print(f"{what}: {lost[True]} bytes lost by the plugin, {lost[False]} by others", flush=True)
    if first:
        print("".join(first.splitlines(keepends=True)[:14]))
    if run.reported and not LOST.search(run.err) or run.status == 1 and not run.reported:
        print(run.told())
        return 1
    return 1 if lost[True] else 0


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        pathlib.Path(work).chmod(0o755)     # root's tshark runs as nobody
        path = pathlib.Path(work) / "mutated"
        packets = mutated(random.Random("leak"))
        for times in map(int, sys.argv[1:] or ("1", "4", "16")):
            frames.write(path, [packet._replace(time=packet.time + n * LATER) for n in range(times) for packet in packets])
            path.chmod(0o644)
            statistics = [word for report in jobs.REPORTS for word in ("-z", report)]
            failures += judge(f"tshark, {times * len(packets)} packets",
                              sanitized.run("-2", "-V", "-r", path, *statistics, asan=SETTINGS, timeout=600))
            if sanitized.has_sharkd():
                frames.write(path, packets)
                session = jobs.sharkd_session(random.Random("leak"), path) * times
                failures += judge(f"sharkd, {times} times {len(packets)} packets",
                                  sanitized.run("-", program="sharkd", stdin=session, asan=SETTINGS, timeout=600))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
