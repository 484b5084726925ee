#!/usr/bin/env python3
"""Fails unless tshark, run as the tests run it, has loaded the plugin from the build
folder, and it is the plugin that names its dissectors; or if it runs where there is none.
Comes before all other tests: without it they would test Wireshark alone."""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIPMSG_BUILD", TOP / "build")).resolve()


def tshark(*arguments):
    return subprocess.run([TOP / "tests" / "tshark", *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=True).stdout


def main():
    rows = [line.split("\t") for line in tshark("-G", "plugins").splitlines()]
    paths = [row[-1] for row in rows if row[0].strip() == "sipmsg.so"]
    if len(paths) != 1 or BUILD not in pathlib.Path(paths[0]).resolve().parents:
        print(f"tshark loaded {paths or 'no sipmsg.so'}, not the one in {BUILD}")
        return 1
    if not any(line.split("\t")[1:3] == ["SIP Messages", "sipmsg"] for line in tshark("-G", "fields").splitlines()):
        print("the plugin is loaded, but there is no protocol sipmsg")
        return 1
    if "sipmsg" in tshark("--without", "-G", "protocols"):
        print("tests/tshark --without has the plugin too")
        return 1
    with tempfile.TemporaryDirectory() as empty:
        refused = subprocess.run([TOP / "tests" / "tshark", "--version"], env=dict(os.environ, SIPMSG_BUILD=empty),
                                 stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if refused.returncode == 0 or refused.stdout or "no plugin" not in refused.stderr:
        print("tests/tshark runs without the plugin, though it was not told to")
        return 1
    print(f"loaded: {paths[0]}")
    return 0


sys.exit(main())
