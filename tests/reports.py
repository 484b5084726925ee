"""The statistics that the plugin has, from what it tells, so that a new one is tested too.

Their names are what tshark -z help lists. Their options only the source knows (plugin/stats/).
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[1]


def names():
    """All that -z takes, those that fill windows too."""
    done = subprocess.run([TOP / "tests" / "tshark", "-z", "help"], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False)
    found = re.findall(r"^\s*(sipmsg,\w+)$", done.stdout + done.stderr, re.MULTILINE)   # it goes to either
    if not found:
        sys.exit(f"tshark -z help lists no statistic of sipmsg: {done.stderr}")
    return found


def windows():
    return [name for name in names() if name.endswith("_table")]


def tables():
    """What sharkd calls the statistics that have a window."""
    return ["stat:sipmsg", *(f"nstat:{name}" for name in windows())]


def source():
    return "".join(path.read_text(encoding="utf-8") for path in sorted(TOP.glob("plugin/stats/*.c")))


def options():
    """Of each report that has some, its options; "0" stands for any number."""
    return {name: re.findall(r'"(\w+)"', listed) for listed, name in
            re.findall(r'\boptions\[\] = \{([^}]*)\};.*?\.name = "(\S+?)"', source(), re.DOTALL)}


def printed():
    """Those that print, each by itself, with each of its options, and with a filter."""
    known = options()
    return [f"{name}{more}" for name in names() if not name.endswith("_table")
            for more in ("", *(f",{option}" for option in known.get(name, [])), ",sipmsg.failure")]
