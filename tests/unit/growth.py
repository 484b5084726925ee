#!/usr/bin/env python3
"""Shows that what is kept of messages grows with their number and not faster, and that
each costs as much as the first.

    growth.py GROWTH     GROWTH is the program that is built from growth.c

For captures of all kinds, ordinary and hostile: 40,000 messages may not take more bytes
each than a bound, nor more than 10,000 take. Then valgrind counts the instructions of
2,000 messages and of 500: five times as many are too many, where four times as many are
right and anything quadratic would come to sixteen.

Skipped (exit 77) where there is no valgrind, but for the bytes.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

MANY, FEWER, MAX_BYTES, MAX_BYTES_RATIO = 40000, 10000, 512, 4.4
LONG, SHORT, MAX_RATIO, MAX_PER_MESSAGE = 2000, 500, 5, 60000


def run(*words):
    return subprocess.run(words, capture_output=True, check=True, timeout=300)


def size(program, kind, count):
    """How many bytes of records are kept of so many messages."""
    return int(run(program, kind, str(count)).stdout)


def instructions(program, kind, count):
    """How many instructions it takes to note so many messages, without parsing them."""
    result = run("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=sipmsg_track_note",
                 program, kind, str(count))
    return int(re.search(rb"Collected : (\d+)", result.stderr).group(1))


def check_bytes(program, kind):
    many, fewer = size(program, kind, MANY), size(program, kind, FEWER)
    bad = many > MAX_BYTES * MANY or many > MAX_BYTES_RATIO * fewer
    return bad, f"{kind:24} {many / MANY:8.1f} bytes a message, {many / fewer:5.2f} times those of a quarter"


def check_cost(program, kind):
    long, short = instructions(program, kind, LONG), instructions(program, kind, SHORT)
    assert short > 0, "valgrind did not see sipmsg_track_note()"
    bad = long > MAX_RATIO * short or long > MAX_PER_MESSAGE * LONG
    return bad, f"{kind:24} {long / LONG:8.1f} instructions a message, {long / short:5.2f} times those of a quarter"


def count_failures(check, program, kinds):
    """Checks all kinds, as many at once as there are processors."""
    failures = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for bad, text in pool.map(lambda kind: check(program, kind), kinds):
            print(text + (": too many" if bad else ""), flush=True)
            failures += bad
    return failures


def main():
    program = sys.argv[1]
    kinds = run(program).stdout.decode().split()
    failures = count_failures(check_bytes, program, kinds)
    if shutil.which("valgrind") is not None:
        failures += count_failures(check_cost, program, kinds)
    elif failures == 0:
        print("no valgrind")
        return 77
    return 1 if failures else 0


sys.exit(main())
