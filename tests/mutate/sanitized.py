"""Wireshark's programs with the plugin that was built with sanitizers."""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import pathlib
import re
import shutil
import signal
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIPMSG_BUILD", TOP / "build"))

# What makes every allocation of Wireshark's one of its own, which is freed when its packet or file is done with.
PLAIN_MEMORY = {"WIRESHARK_DEBUG_WMEM_OVERRIDE": "simple"}

REPORT = re.compile(r"(ERROR: \w*Sanitizer|runtime error:|AddressSanitizer:|LeakSanitizer has)")


def runtime():
    """The library of the sanitizers that the plugin was linked for; it has to be loaded before all others."""
    return (BUILD / "sanitized" / "runtime").read_text(encoding="utf-8").strip()


class Run:
    """What a program printed, and how it ended: status is what it returned, or "SIGSEGV", or "hangs"."""

    def __init__(self, command, environment, stdin, timeout):
        self.command, self.environment = command, environment
        process = subprocess.Popen(command, env=dict(os.environ, **environment), stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        try:
            self.out, err = process.communicate(stdin, timeout)
            self.status = signal.Signals(-process.returncode).name if process.returncode < 0 else process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            self.out, err = process.communicate()
            self.status = "hangs"
        self.err = err.decode(errors="backslashreplace")

    @property
    def reported(self):
        """Whether a sanitizer found something."""
        return REPORT.search(self.err) is not None

    def told(self):
        """The end of what it had to complain of, or the report from its beginning."""
        found = REPORT.search(self.err)
        return self.err[found.start():][:6000] if found else self.err[-2000:]


def run(*arguments, program="tshark", stdin=b"", timeout=300, asan="detect_leaks=0", environment=()):
    """Runs a program with the sanitized plugin."""
    settings = dict(SIPMSG_BUILD=str(BUILD / "sanitized"), SIPMSG_PROGRAM="env", **dict(environment))
    command = [str(TOP / "tests" / "tshark"), f"LD_PRELOAD={runtime()}",
               f"ASAN_OPTIONS={asan}:detect_stack_use_after_return=1:max_allocation_size_mb=4096", "UBSAN_OPTIONS=print_stacktrace=1",
               program, *map(str, arguments)]
    return Run(command, settings, stdin, timeout)


def stock(*arguments, program="tshark", stdin=b"", timeout=300):
    """Runs a program without the plugin."""
    return Run([str(TOP / "tests" / "tshark"), "--without", *map(str, arguments)], {"SIPMSG_PROGRAM": program}, stdin, timeout)


def has_sharkd():
    return shutil.which("sharkd") is not None
