#!/usr/bin/env python3
"""Runs the commands in a document and compares what they print with what it says.

    run.py CASE.md              fails with a unified diff where they differ
    run.py --update CASE.md     writes what was printed into the document

A case is a Markdown document: its indented blocks hold commands, each on a line that
starts with "$", and behind each what it prints. Commands run by bash in the top folder,
with two functions: tshark, with the plugin, and stock, the same tshark without it; and
with WORK, a folder that is empty at first and goes away with the last of them.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
INDENT = "    "
PROMPT = INDENT + "$ "
FUNCTIONS = f"""
export LC_ALL=C.UTF-8
tshark() {{ "{TOP}/tests/tshark" "$@"; }}
stock() {{ "{TOP}/tests/tshark" --without "$@"; }}
"""


# Since 4.6 Wireshark shows relative times in the unit that suits; here in seconds, as before.
UNITS = {"milliseconds": 3, "microseconds": 6, "nanoseconds": 9}
TIME = re.compile(rf"(: )(\d+)(?:\.(\d+))? ({'|'.join(UNITS)})\b")


def in_seconds(found):
    shift, fraction = UNITS[found[4]], found[3] or ""
    return f"{found[1]}{int(found[2] + fraction) / 10 ** (shift + len(fraction)):.9f} seconds"


def output_of(command, work):
    done = subprocess.run(["bash", "-c", FUNCTIONS + command], cwd=TOP, stdin=subprocess.DEVNULL,
                          env=dict(os.environ, WORK=work), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=300, check=False)
    lines = TIME.sub(in_seconds, done.stdout.decode(errors="backslashreplace")).splitlines()
    if done.returncode != 0:
        lines.append(f"[exit {done.returncode}]")
    # An empty line can't be told from the end of a block, so it is shown as a dot.
    return [INDENT + (line or ".") for line in lines]


def replay(lines, work):
    """The document as it would be if it told the truth."""
    result, in_output = [], False
    for line in lines:
        if line.startswith(PROMPT):
            result.append(line)
            result += output_of(line[len(PROMPT):], work)
            in_output = True
        elif not (in_output and line.startswith(INDENT)):
            in_output = False
            result.append(line)
    return result


def main():
    arguments = sys.argv[1:]
    update = "--update" in arguments
    status = 0
    for name in (a for a in arguments if a != "--update"):
        path = pathlib.Path(name)
        told = path.read_text(encoding="utf-8").splitlines()
        with tempfile.TemporaryDirectory() as work:
            os.chmod(work, 0o755)   # root's tshark runs as nobody
            seen = replay(told, work)
        if not any(line.startswith(PROMPT) for line in told):
            print(f"{name}: no command in it")
            status = 1
        elif update:
            path.write_text("\n".join(seen) + "\n", encoding="utf-8")
        elif seen != told:
            print("\n".join(difflib.unified_diff(told, seen, f"{name}: expected", f"{name}: printed", lineterm="")))
            status = 1
    return status


sys.exit(main())
