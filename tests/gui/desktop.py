"""Real Wireshark with the plugin and the profile, on an X server without a screen.

    with desktop.Desktop(1200, 800) as screen, screen.wireshark("pcaps/call_busy.pcap") as wireshark:
        wireshark.window("call_busy.pcap")

Whatever was started is ended, and what was written is removed, however the block is left.
Nothing sleeps for a fixed time: all is polled for, with much patience, since the machine may
be slow. What does not come is a Failure, which tells what the log and the windows were.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SIPMSG_BUILD", TOP / "build")).resolve()
PROFILE = "SIP Messages"
NOBODY = 65534  # as whom tests/tshark runs what root starts

PATIENCE = 120.0  # seconds for what takes one or two here
POLL = 0.1

# Statistics > SIP Messages, the last entry, and the first below that. Wireshark opens these by no option.
STATISTICS_KEYS = ("alt+s", "Up", "Right", "Return")

# As Wireshark and GLib print what they log; but Qt 6 tells of its own threads when it ends.
COMPLAINT = re.compile(r"\b(WARNING|CRITICAL|ERROR)\b(?!.*\bQThreadStorage\b)")


class Failure(Exception):
    """What was waited for did not come, or what must not be there is."""


def missing(*programs):
    """Those of the programs that are not installed."""
    return [program for program in programs if shutil.which(program) is None]


def poll(look, what, patience=PATIENCE):
    """What look() returns, as soon as that is something."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f"waited {patience:.0f} s for {what}")
        time.sleep(POLL)


def end(process):
    """Ends a process, kindly at first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


class Desktop:
    """An X server, and a home for whoever runs on it."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.server = self.folder = None

    def __enter__(self):
        # Whoever is told to end, as by a test that takes too long, leaves nobody behind either.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sipmsg-gui."))
        try:
            self._start_server()
            self._make_home()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server:
            end(self.server)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_server(self):
        """The server finds a display that is free, and tells which."""
        tell, told = os.pipe()
        with open(self.folder / "server.log", "wb") as log:
            self.server = subprocess.Popen(
                ["Xvfb", "-displayfd", str(told), "-screen", "0", f"{self.width}x{self.height}x24", "-nolisten", "tcp",
                 "-noreset"],  # or it would start anew, deaf for a moment, whenever its last client leaves
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[told])
        os.close(told)
        with open(tell, encoding="ascii") as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failure("Xvfb did not start: " + (self.folder / "server.log").read_text(errors="replace"))
        # Nothing of the user's own desktop but what is needed.
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DISPLAY": f":{number}",
                            "QT_QPA_PLATFORM": "xcb", "SIPMSG_BUILD": str(BUILD)}

    def _make_home(self):
        for name, variable in (("config", "SIPMSG_CONFIG"), ("cache", "XDG_CACHE_HOME"), ("data", "XDG_DATA_HOME"),
                               ("run", "XDG_RUNTIME_DIR")):
            (self.folder / name).mkdir(mode=0o700)
            self.environment[variable] = str(self.folder / name)
        shutil.copytree(TOP / "profile" / PROFILE, self.profile())

    def profile(self):
        """The folder of the profile. It is a copy, since Wireshark writes to it."""
        return self.folder / "config" / "wireshark" / "profiles" / PROFILE

    def write(self, name, text):
        """Writes a file of Wireshark's personal configuration."""
        (self.folder / "config" / "wireshark" / name).write_text(text, encoding="utf-8")

    def give_home(self):
        """Gives the home to nobody, if that is who will live there."""
        if os.geteuid() == 0:
            self.folder.chmod(0o711)
            for path in (p for top in self.folder.iterdir() if top.is_dir() for p in (top, *top.rglob("*"))):
                os.chown(path, NOBODY, NOBODY)

    def xdotool(self, *arguments):
        """What xdotool prints. It fails where nothing is found, which is no failure here."""
        return subprocess.run(["xdotool", *map(str, arguments)], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=PATIENCE,
                              check=False).stdout.strip()

    def windows(self):
        """The titles of the windows that are shown, by their numbers."""
        numbers = self.xdotool("search", "--onlyvisible", "--name", ".").split()
        return {number: self.xdotool("getwindowname", number) for number in numbers}

    @contextlib.contextmanager
    def wireshark(self, capture, *arguments):
        """Wireshark, without its plugin if the first argument is --without."""
        self.give_home()
        without = [a for a in arguments if a == "--without"]
        log = self.folder / "wireshark.log"
        with open(log, "wb") as output:
            # tests/tshark becomes what it runs, so the process is Wireshark's.
            process = subprocess.Popen(
                [TOP / "tests" / "tshark", *without, "-C", PROFILE, "-o", "gui.window_title:%P",
                 *(a for a in arguments if a != "--without"), "-r", TOP / capture],
                env={**self.environment, "SIPMSG_PROGRAM": "wireshark"}, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, cwd="/")
        wireshark = Wireshark(self, process, log)
        try:
            yield wireshark
        except Failure as failure:
            raise Failure(f"{failure}\nwindows: {self.windows()}\nlog:\n{wireshark.printed()}") from failure
        finally:
            end(process)


class Wireshark:
    """Wireshark, while it runs."""

    def __init__(self, screen, process, log):
        self.screen, self.process, self.log = screen, process, log

    def printed(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def complaints(self):
        return [line for line in self.printed().splitlines() if COMPLAINT.search(line)]

    def maps(self):
        """The files that are mapped into its memory."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8").splitlines()
        return {pathlib.Path(line.split(maxsplit=5)[5]) for line in lines if "/" in line}

    def window(self, *words):
        """Waits for a window that has all these words in its title, and returns its number."""
        return poll(lambda: self.found(*words), f"a window with {' and '.join(words)} in its title")

    def found(self, *words):
        """Such a window if there is one now."""
        if self.process.poll() is not None:
            raise Failure(f"Wireshark ended by itself, exit code {self.process.returncode}")
        return next((number for number, title in self.screen.windows().items() if all(w in title for w in words)),
                    None)

    def open(self, window, keys, *words):
        """Opens a window by the keys that choose it in a menu. They may come too early to be heard."""
        def look():
            self.keys(window, *keys)
            with contextlib.suppress(Failure):
                return poll(lambda: self.found(*words), "", patience=5)
            self.keys(window, "Escape", "Escape")
            return None
        return poll(look, f"a window with {' and '.join(words)} in its title")

    def keys(self, window, *names):
        """Presses keys in a window. There is no window manager that would give it the focus."""
        self.screen.xdotool("windowfocus", "--sync", window)
        self.screen.xdotool("key", "--clearmodifiers", *names)

    def quit(self, window):
        """Quits as a user does, and returns the exit code. A key may come too early to be heard."""
        def ended():
            self.keys(window, "ctrl+q")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            return self.process.poll() is not None
        poll(ended, "the end of Wireshark")
        return self.process.returncode
