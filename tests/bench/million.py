#!/usr/bin/env python3
"""What a million messages cost: memory and time, beside Wireshark without the plugin.

    tests/bench/million.py [--messages N] [KIND ...]

The kinds of capture:

    calls            ordinary ones, seven messages each
    one_call_id      the same, all with one Call-ID
    one_branch       the same, all with one branch
    unanswered       requests without any response
    retransmissions  each INVITE seven times

For each: the peak of memory without and with the plugin, what of it is ours a message,
and the time a message costs in the last quarter as a ratio to the first: processor time,
the better one of two runs. For ordinary calls also triage mode beside sngrep, if that is
installed, both by the clock. A million messages need 3 GB of memory, 3 GB below /tmp, and
up to ten minutes a kind; times mean something on an idle machine alone.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import argparse
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
KINDS = ("calls", "one_call_id", "one_branch", "unanswered", "retransmissions")
A, B = bytes((192, 0, 2, 10)), bytes((192, 0, 2, 20))
CALL = 7 # messages
MEDIA_PORTS = 20000 # Wireshark's tracking of SDP goes quadratic where many calls share one


def headers(kind, number, method, sequence, to_tag="", body=""):
    call_id = "one" if kind == "one_call_id" else f"{number:08x}-5c3e-4d6f-9a2b-0c1d2e3f4a5b"
    branch = "one" if kind == "one_branch" else f"-{number:08x}-{sequence}-{method}"
    return (f"Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{branch}\r\n"
            "Max-Forwards: 70\r\n"
            f'From: "A" <sip:a{number}@example.com>;tag=as{number:08x}\r\n'
            f"To: <sip:b{number}@example.com>{to_tag}\r\n"
            f"Call-ID: {call_id}@192.0.2.10\r\n"
            f"CSeq: {sequence} {method}\r\n"
            "Contact: <sip:a@192.0.2.10:5060>\r\n"
            "User-Agent: Test 1.0\r\n" + ("Content-Type: application/sdp\r\n" if body else "") +
            f"Content-Length: {len(body)}\r\n\r\n{body}")


def sdp(number, host):
    return (f"v=0\r\no=- {number} {number} IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            f"m=audio {10000 + 2 * (number % MEDIA_PORTS)} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n")


def call(kind, number):
    """The messages of one call: whether it is to B, and the text."""
    tag = f";tag=bt{number:08x}"
    invite = (f"INVITE sip:b{number}@example.com SIP/2.0\r\n" +
              headers(kind, number, "INVITE", 1, body=sdp(number, "192.0.2.10")))
    yield True, invite
    if kind == "retransmissions":
        yield from [(True, invite)] * (CALL - 1)
        return
    if kind == "unanswered":
        for sequence in range(2, CALL + 1):
            yield True, f"OPTIONS sip:b{number}@example.com SIP/2.0\r\n" + headers(kind, number, "OPTIONS", sequence)
        return
    yield False, "SIP/2.0 100 Trying\r\n" + headers(kind, number, "INVITE", 1)
    yield False, "SIP/2.0 180 Ringing\r\n" + headers(kind, number, "INVITE", 1, tag)
    yield False, "SIP/2.0 200 OK\r\n" + headers(kind, number, "INVITE", 1, tag, sdp(number, "192.0.2.20"))
    yield True, "ACK sip:b@192.0.2.20 SIP/2.0\r\n" + headers(kind, number, "ACK", 1, tag)
    yield True, "BYE sip:b@192.0.2.20 SIP/2.0\r\n" + headers(kind, number, "BYE", 2, tag)
    yield False, "SIP/2.0 200 OK\r\n" + headers(kind, number, "BYE", 2, tag)


def write(path, kind, count):
    ethernet = bytes.fromhex("00005e005302" "00005e005301" "0800")
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        frame = 0
        for number in range(count // CALL):
            for forward, text in call(kind, number):
                payload = text.encode()
                udp = struct.pack(">HHHH", 5060, 5060, 8 + len(payload), 0)
                ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), frame & 0xFFFF, 0, 64, 17, 0,
                                 *((A, B) if forward else (B, A)))
                length = len(ethernet) + len(ip) + len(udp) + len(payload)
                seconds, micros = divmod(frame * 700, 1000000)
                file.write(struct.pack("<IIII", 1767225600 + seconds, micros, length, length))
                file.write(ethernet + ip + udp + payload)
                frame += 1
    path.chmod(0o644)
    return frame


def run(*command):
    """Processor time and time by the clock in seconds, peak of memory in bytes."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command[0]} failed: {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * 1024


def tshark(plugin, capture, *arguments):
    return run(TOP / "tests" / "tshark", *([] if plugin else ["--without"]), "-n", "-r", capture, *arguments)


def seconds(plugin, capture):
    return min(tshark(plugin, capture)[0] for _ in range(2))


def bench(kind, count, folder):
    captures = [folder / f"{kind}{quarter}.pcap" for quarter in range(1, 5)]
    counts = [write(path, kind, count * quarter // 4) for quarter, path in enumerate(captures, 1)]
    none = folder / "none.pcap"
    write(none, kind, 0)

    memory = {plugin: tshark(plugin, captures[3])[2] for plugin in (False, True)}
    ours = memory[True] - memory[False]
    print(f"{kind}: {counts[3]} messages, {memory[False] / 1e9:.2f} GB without, {memory[True] / 1e9:.2f} GB with the plugin: "
          f"{memory[True] / memory[False]:.3f}, {ours / counts[3]:.0f} bytes a message", flush=True)
    for plugin in (False, True):
        times = [seconds(plugin, path) for path in (none, captures[0], captures[2], captures[3])]
        first = (times[1] - times[0]) / counts[0]
        last = (times[3] - times[2]) / (counts[3] - counts[2])
        print(f"    the last quarter to the first, {'with' if plugin else 'without'}: {last / first:.2f}", flush=True)
    if kind == "calls" and shutil.which("sngrep"):
        _, ours, memory = tshark(True, captures[3], "-o", "sipmsg.hand_on:false")
        _, theirs, their_memory = run("sngrep", "-N", "-q", "-l", "1000000", "-I", captures[3])
        print(f"    triage mode to sngrep: {ours / theirs:.2f} of the time, {memory / their_memory:.2f} of the memory")
    for path in captures:
        path.unlink()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1000000)
    parser.add_argument("kinds", nargs="*", metavar="KIND", choices=[[], *KINDS])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        for kind in arguments.kinds or KINDS:
            bench(kind, arguments.messages, pathlib.Path(folder))


main()
