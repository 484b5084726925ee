#!/usr/bin/env python3
"""Shows that Wireshark with the plugin loses nothing that Wireshark without it shows.

    nothing_lost.py CAPTURE

Compares, with and without the plugin: every field of every protocol but sipmsg (PDML:
names, values, positions, texts), the columns, `-z sip,stat`, `-z expert` without the
plugin's own entries, and the RTP streams that SDP set up. A packet is left out of the
comparison only where the plugin recognises a message that Wireshark does not: where it
shows more SIP messages than Wireshark does without it, or finds that bytes of a stream
belong to no message (without Content-Length a message on a stream has no body, RFC 3261
section 18.3; Wireshark gives it the rest of the segment). If there is such a packet in a
capture, what depends on other packets is left out too: the summaries, the fields that link
messages, and the segments of streams, which are then cut into messages at other places;
but unless bytes of no message are found, the capture as a whole may not show fewer SIP
messages than without the plugin. Where a datagram goes on behind the end of its message
(section 18.3 again), Wireshark's header section may be the longer one.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import difflib
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

# What a message shows of others, in Wireshark's SIP.
LINKS = re.compile(r"name='sip\.(response-request|response-time|release-time|resend|resend-original)'")

# The header section, which without the plugin also has what stands behind the message.
HEADERS = re.compile(r"(name='sip\.msg_hdr').*( pos='\d+').*")

START_LINES = {"sipmsg.request_line", "sipmsg.status_line"}

TOP = pathlib.Path(__file__).resolve().parents[2]


def tshark(plugin, *arguments):
    switch = [] if plugin else ["--without"]
    return subprocess.run([TOP / "tests" / "tshark", *switch, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=True, timeout=300).stdout


def flatten(element, several, depth=0):
    """One line for each field below a protocol, in order."""
    keys = ["name", "showname", "show", "value", "pos", "size", "hide"]
    if several and element.get("name") == "sip.msg_hdr":
        keys = ["name", "pos", "hide"]
    text = " ".join(f"{key}={element.get(key)!r}" for key in keys if element.get(key) is not None)
    if element.get("name") == "frame.protocols":
        text = re.sub(r"(:sip\b)+", ":sip", text.replace(":sipmsg", ""))
    yield "  " * depth + text
    for child in element:
        if child.get("name") != "sipmsg":  # a message in the body of another
            yield from flatten(child, several, depth + 1)


def packets(plugin, capture):
    """For each packet: its lines, how many SIP messages Wireshark and the plugin show, and
    whether the plugin finds bytes of no message, and bytes behind one in a datagram."""
    root = ElementTree.fromstring(tshark(plugin, "-r", capture, "-T", "pdml"))
    for packet in root:
        names = [p.get("name") for p in packet]
        several = names.count("sip") > 1
        lines = [line for p in packet if p.get("name") != "sipmsg" for line in flatten(p, several)]
        ours = sum(bool(set(f.get("name") for f in p) & START_LINES) for p in packet if p.get("name") == "sipmsg")
        otherwise = any(f.get("name") == "sipmsg.continuation" for p in packet for f in p)
        trailing = any(f.get("name") == "sipmsg.trailing_data" for p in packet for f in p.iter())
        yield lines, names.count("sip"), ours, otherwise, trailing


def report(what, without, with_plugin):
    if without == with_plugin:
        return 0
    print("\n".join(difflib.unified_diff(without, with_plugin, f"{what} without the plugin", f"{what} with it",
                                         lineterm="", n=2)))
    return 1


def summaries(capture):
    failures = 0
    for arguments in (("-z", "sip,stat"), ("-z", "rtp,streams"), ("-z", "expert")):
        texts = []
        for plugin in (False, True):
            lines = tshark(plugin, "-q", "-r", capture, *arguments).splitlines()
            if arguments[1] == "expert":
                # Frequencies and group headings move with the plugin's own entries.
                lines = sorted(line for line in lines if re.match(r"\s+\d+\s", line) and " SIPMSG " not in line)
            texts.append(lines)
        failures += report(arguments[1], *texts)
    return failures


def main():
    capture = sys.argv[1]
    without, with_plugin = list(packets(False, capture)), list(packets(True, capture))
    columns = [tshark(plugin, "-r", capture).splitlines() for plugin in (False, True)]
    failures = 0
    if not len(without) == len(with_plugin) == len(columns[0]) == len(columns[1]) > 0:
        print("the number of packets differs, or there are none")
        return 1
    recognises_more = [max(new_sip, ours) > old_sip or otherwise
                       for (_, old_sip, *_), (_, new_sip, ours, otherwise, _) in zip(without, with_plugin)]
    more = sum(recognises_more)
    for number, ((old, *_), (new, *_, trailing)) in enumerate(zip(without, with_plugin), 1):
        if recognises_more[number - 1] or (more and any(line.startswith("name='tcp'") for line in old)):
            continue
        if more:
            old, new = ([line for line in lines if not LINKS.search(line)] for lines in (old, new))
        if trailing:
            old, new = ([HEADERS.sub(r"\1\2", line) for line in lines] for lines in (old, new))
        failures += report(f"packet {number}", old, new)
        failures += report(f"columns of packet {number}", *([texts[number - 1]] for texts in columns))
    if more == 0:
        failures += summaries(capture)
    elif not any(packet[3] for packet in with_plugin) and \
            sum(sip for _, sip, *_ in without) > sum(max(sip, ours) for _, sip, ours, *_ in with_plugin):
        print("fewer SIP messages than without the plugin")
        failures += 1
    print(f"{pathlib.Path(capture).name}: {len(without)} packets, {more} in which the plugin recognises more, "
          f"{failures} differences")
    return 1 if failures else 0


sys.exit(main())
