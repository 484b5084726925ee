#!/usr/bin/env python3
"""Installs the plugin and its profile, as the README tells, and lets tshark find them.

For one user, into a home made for this: tshark, told of that home only, must load the plugin
from there, and the profile. For everybody, staged below a folder: the files must be where this
tshark looks for them.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIPMSG_BUILD", TOP / "build")).resolve()
PROFILE = TOP / "profile" / "SIP Messages"
CAPTURE = TOP / "pcaps" / "handmade_pipelined_x11_port.pcap"  # nothing is found there without the profile
NOBODY = 65534  # root gets no personal plugins
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []


def run(*command, **environment):
    return subprocess.run(command, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}, check=True,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout


def tshark(home, *arguments):
    return run(*AS_NOBODY, "tshark", *arguments, HOME=str(home))


def folders(home):
    """Where tshark looks, by the names it has for that."""
    rows = (line.split(":", 1) for line in tshark(home, "-G", "folders").splitlines() if ":" in line)
    return {name: value.strip() for name, value in rows}


def same_files(profile):
    names = sorted(path.name for path in PROFILE.iterdir())
    return profile.is_dir() and sorted(path.name for path in profile.iterdir()) == names and all(
        (profile / name).read_bytes() == (PROFILE / name).read_bytes() for name in names)


def check_user(home):
    run("cmake", "--install", BUILD, "--component", "user", "--prefix", home / ".local")
    if AS_NOBODY:
        run("chown", "-R", f"{NOBODY}:{NOBODY}", home)
    plugins = [line.split("\t")[-1] for line in tshark(home, "-G", "plugins").splitlines() if "sipmsg.so" in line]
    if len(plugins) != 1 or home not in pathlib.Path(plugins[0]).parents:
        return f"for one user: tshark loaded {plugins or 'no sipmsg.so'}, not the one in {home}"
    found = tshark(home, "-C", PROFILE.name, "-r", CAPTURE, "-Y", "sipmsg")
    return None if found else f"for one user: no SIP in {CAPTURE.name}, so the profile has no effect"


def check_everybody(stage, home):
    run("cmake", "--install", BUILD, DESTDIR=str(stage))
    looked_in = folders(home)
    plugin = stage / looked_in["Global Plugins"].lstrip("/") / "epan" / "sipmsg.so"
    profile = stage / looked_in["Global configuration"].lstrip("/") / "profiles" / PROFILE.name
    if not plugin.is_file():
        return f"for everybody: there is no {plugin}"
    if not same_files(profile):
        return f"for everybody: {profile} is not the profile"
    return None


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sipmsg-installed."))
    folder.chmod(0o755)
    try:
        home, stage = folder / "home", folder / "stage"
        home.mkdir()
        wrong = [text for text in (check_user(home), check_everybody(stage, home)) if text]
    except subprocess.CalledProcessError as error:
        wrong = [str(error), error.stderr]
    finally:
        shutil.rmtree(folder)
    print("\n".join(wrong) or "installed, and found")
    return 1 if wrong else 0


sys.exit(main())
