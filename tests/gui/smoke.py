#!/usr/bin/env python3
"""Opens a capture in real Wireshark, with the plugin and its profile, and quits.

Fails unless the plugin from the build folder is in Wireshark's memory, the profile is in use,
the windows are there that were asked for and no other, such as one that reports an error,
nothing was logged as a warning or worse, and Wireshark ends with exit code 0 when told to quit.
Once with the statistics in the menu, then with each of the tables.

Skipped (exit 77) where there is no Wireshark with windows, or no X server to show them on.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import sys

import desktop

sys.path.insert(0, str(desktop.TOP / "tests"))
import reports  # noqa: E402

CAPTURE = "pcaps/outcomes.pcap"
MAIN = ("outcomes.pcap", f"[{desktop.PROFILE}]")
STATISTICS = "Wireshark · "  # as titles of its lesser windows begin
# With a filter that it does not know, Wireshark opens no capture.
FILTER = "sipmsg.failure && sipmsg.call.outcome"
STEPS = 7  # through the packets that are left, so that trees of all kinds are drawn


def check(condition, message):
    if not condition:
        raise desktop.Failure(message)


def check_plugin(wireshark):
    loaded = [path for path in wireshark.maps() if path.name == "sipmsg.so"]
    check(len(loaded) == 1 and desktop.BUILD in loaded[0].parents,
          f"Wireshark loaded {loaded or 'no sipmsg.so'}, not the one in {desktop.BUILD}")


def quit_well(wireshark, window, *others):
    unasked = {title for number, title in wireshark.screen.windows().items() if number not in (window, *others)}
    check(not unasked, f"windows that nobody asked for: {unasked}")
    code = wireshark.quit(window)
    check(code == 0, f"Wireshark ended with exit code {code}")
    check(not wireshark.complaints(), "Wireshark complained")


def walk(screen):
    with screen.wireshark(CAPTURE, "-Y", FILTER) as wireshark:
        window = wireshark.window(*MAIN)
        check_plugin(wireshark)
        wireshark.keys(window, *["ctrl+Down"] * STEPS)
        quit_well(wireshark, window, wireshark.open(window, desktop.STATISTICS_KEYS, STATISTICS))


def open_table(screen, name):
    # One at a time: Wireshark warns if it is asked for two at once.
    with screen.wireshark(CAPTURE, "-z", name) as wireshark:
        quit_well(wireshark, wireshark.window(*MAIN), wireshark.window(STATISTICS))


def main():
    missing = desktop.missing("wireshark", "Xvfb", "xdotool", "setpriv")
    if missing:
        print(f"skipped: there is no {' and no '.join(missing)} here")
        return 77
    try:
        with desktop.Desktop(1200, 800) as screen:
            walk(screen)
            names = reports.windows()
            check(names, "tshark -z help names no table of the plugin's")
            for name in names:
                open_table(screen, name)
    except desktop.Failure as failure:
        print(f"failed: {failure}")
        return 1
    print(f"opened, and quit; with {', '.join(names)} too")
    return 0


sys.exit(main())
