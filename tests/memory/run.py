#!/usr/bin/env python3
"""Shows by valgrind's memcheck that the plugin reads no memory that it may not, and loses none.

    run.py             all captures of pcaps/, on two passes, every statistic, and sharkd's tables
    run.py --short     some captures on two passes, with every statistic
    run.py --growth    the same captures once and four times over: what is kept may not grow

Fails if an error has the plugin in its stack, or memory that is definitely lost at the end. What
is kept, still reachable or lost with what keeps it, is told where the plugin itself asked for it:
sharkd ends with its capture open. Errors and losses of others, which Wireshark has some of, are
counted and not judged. tshark.supp has what tshark does not give back. Skipped (exit 77)
where there is no valgrind. Takes some minutes, but the short run less than half of one.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
import reports  # noqa: E402

PLAIN = sorted((TOP / "pcaps").glob("*.pcap"))
WITH_SECRETS = sorted((TOP / "pcaps").glob("*.pcapng"))
SOME = ["call_through_proxy", "handmade_torture", "failures_with_reasons", "handmade_tcp_disordered", "handmade_nested",
        "call_forked", "retransmissions"]

STATISTICS = reports.printed()
ALL_STATISTICS = [word for statistic in STATISTICS for word in ("-z", statistic)]

# Who allocates for others.
ALLOCATORS = re.compile(r"vgpreload|libglib|libc\.so|libwsutil")


def is_ours(frame):
    return "sipmsg.so" in frame.findtext("obj", "") or f"{TOP}/plugin/" in frame.findtext("dir", "") + "/"


def asked_by_us(error):
    """Whether it was the plugin that asked for the memory, and not a function of Wireshark's that it called."""
    for frame in error.iter("frame"):
        if not ALLOCATORS.search(frame.findtext("obj", "")):
            return is_ours(frame)
    return False


def call_stack(error):
    return [f"    {frame.findtext('fn', '?')} ({frame.findtext('file', frame.findtext('obj', '?'))}:{frame.findtext('line', '?')})"
            for frame in error.iter("frame")][:16]


class Memcheck:
    """What valgrind says of one run: bytes lost and kept of the plugin's, errors of its, and how many of others."""

    def __init__(self, work, program, *arguments, stdin=None):
        report = work / "report.xml"
        report.unlink(missing_ok=True)
        settings = dict(os.environ, SIPMSG_PROGRAM="valgrind", G_SLICE="always-malloc", WIRESHARK_DEBUG_WMEM_OVERRIDE="simple")
        self.run = subprocess.run(
            [TOP / "tests" / "tshark", "--leak-check=full", "--show-leak-kinds=all", "--num-callers=40", "--keep-debuginfo=yes",
             f"--suppressions={TOP / 'tests' / 'memory' / 'tshark.supp'}", "--xml=yes", f"--xml-file={report}", program, *arguments],
            input=stdin, env=settings, capture_output=True, timeout=3600, check=False)
        self.lost = self.kept = self.others = 0
        self.errors = []
        for error in ElementTree.parse(report).getroot().iter("error"):
            kind, size = error.findtext("kind"), int(error.findtext("xwhat/leakedbytes", "0"))
            ours = any(is_ours(frame) for frame in error.iter("frame"))
            leak = kind.startswith("Leak_")
            self.kept += size if leak and asked_by_us(error) else 0
            if ours and kind == "Leak_DefinitelyLost":
                self.lost += size
            if ours and (kind == "Leak_DefinitelyLost" or not leak):
                self.errors.append("\n".join([error.findtext("xwhat/text", error.findtext("what", kind)), *call_stack(error)]))
            self.others += not ours and not leak

    def judge(self, what):
        """1 if something is wrong."""
        print(f"{what}: {len(self.errors)} errors, {self.lost} bytes lost, {self.kept} kept; {self.others} errors of others",
              flush=True)
        for error in self.errors[:5]:
            print(error)
        if self.run.returncode != 0 or not self.run.stdout:
            print(f"ends with {self.run.returncode}: {self.run.stderr.decode(errors='replace')[-1000:]}")
            return 1
        return 1 if self.errors else 0


def merged(work, captures):
    """One after the other in a file, to start valgrind once. Of TCP connections between the same ports, which are
    taken for one, the later ones may show no messages."""
    whole = work / "merged.pcap"
    subprocess.run(["mergecap", "-F", "pcap", "-a", "-w", whole, *captures], check=True, capture_output=True)
    whole.chmod(0o644)
    return whole


def sharkd_asks(capture, times=1):
    """To open a capture, for the trees of some packets, and for the tables; and then anew."""
    asked = []
    for _ in range(times):
        asked += [("load", {"file": str(capture)}), ("frame", {"frame": 1, "proto": True}), ("frame", {"frame": 20, "proto": True}),
                  ("tap", {f"tap{n}": table for n, table in enumerate(reports.tables())})]
    return "".join(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}) + "\n"
                   for method, parameters in asked).encode()


def check_all(work):
    whole = merged(work, PLAIN)
    runs = [(f"all captures, {name}", ["-2", "-V", "-r", whole, *options])
            for name, options in (("handing on", []), ("not handing on", ["-o", "sipmsg.hand_on:false"]))]
    runs += [("all captures, all statistics on one pass", ["-q", "-r", whole, *ALL_STATISTICS])]
    runs += [(f"-z {statistic}", ["-2", "-q", "-r", whole, "-z", statistic]) for statistic in STATISTICS + reports.windows()]
    runs += [(capture.name, ["-2", "-V", "-r", capture, *ALL_STATISTICS]) for capture in WITH_SECRETS]
    failures = sum(Memcheck(work, "tshark", *options).judge(what) for what, options in runs)
    if shutil.which("sharkd"):
        failures += Memcheck(work, "sharkd", "-", stdin=sharkd_asks(whole, 2)).judge("sharkd, tables")
    return failures


def check_some(work):
    whole = merged(work, [TOP / "pcaps" / f"{name}.pcap" for name in SOME])
    return Memcheck(work, "tshark", "-2", "-V", "-r", whole, *ALL_STATISTICS).judge("some captures")


def check_growth(work):
    """What the plugin keeps at the end, lost or not, after little and after much."""
    some = [TOP / "pcaps" / f"{name}.pcap" for name in SOME]
    failures, kept = 0, {"tshark": [], "sharkd": []}
    for times in (1, 4):
        whole = merged(work, some * times)
        runs = [Memcheck(work, "tshark", "-2", "-V", "-r", whole, *ALL_STATISTICS)]
        if shutil.which("sharkd"):
            runs.append(Memcheck(work, "sharkd", "-", stdin=sharkd_asks(merged(work, some), times)))
        for program, run in zip(kept, runs):
            failures += run.judge(f"{program}, {times} times")
            kept[program].append(run.kept)
    for program, amounts in kept.items():
        if len(set(amounts)) > 1:
            print(f"{program}: what the plugin keeps grows: {amounts} bytes")
            failures += 1
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--short", dest="check", action="store_const", const=check_some)
    which.add_argument("--growth", dest="check", action="store_const", const=check_growth)
    asked = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("no valgrind")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o777)   # root's tshark runs as nobody, and writes the report
        return 1 if (asked.check or check_all)(pathlib.Path(folder)) else 0


sys.exit(main())
