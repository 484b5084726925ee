#!/usr/bin/env python3
"""What the plugin costs: instructions a packet with it, as a ratio to Wireshark without it.

    tests/bench/run.py [NAME ...]

Without a name it measures all there is, and ends with what a million messages cost
(million.py). Counts instructions (valgrind's callgrind), for times are noisy and instructions are
not. What tshark spends before the first packet drops out: each figure comes from two
captures of different length, the difference of the counts divided by that of the
packets. Needs valgrind and a build with tests (in build/, or what SIPMSG_BUILD names);
takes half an hour or so, and then what million.py says.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
SHORT, LONG = 500, 2500
RUNS = 3 # of each: keys that happen to collide in Wireshark's tables may cost more than what is measured

# name: (kind of packets, what tshark is asked with the plugin, and without it if that differs)
JOBS = {
    "not SIP over UDP, plain read": ("noise", [], None),
    "not SIP over TCP, plain read": ("noise_stream", [], None),
    "SIP over UDP, plain read": ("sip", [], None),
    "SIP over UDP, -q -z sip,stat": ("sip", ["-q", "-z", "sip,stat"], None),
    "SIP over UDP, -Y and -T fields": ("sip", ["-Y", "udp", "-T", "fields", "-e", "frame.number"], None),
    "SIP over UDP, -V": ("sip", ["-V"], None),
    "SIP over TCP, plain read": ("stream", [], None),
    "SIP over TCP, -Y and -T fields": ("stream", ["-Y", "tcp", "-T", "fields", "-e", "frame.number"], None),
    "SIP over TCP, -V": ("stream", ["-V"], None),
    "plain read, triage mode": ("sip", ["-o", "sipmsg.hand_on:false"], []),
    "failures only, triage mode": ("sip", ["-o", "sipmsg.hand_on:false", "-Y", "sipmsg.status.class >= 4", "-T", "fields",
                                           "-e", "frame.number"],
                                   ["-Y", "sip.Status-Code >= 400", "-T", "fields", "-e", "frame.number"]),
}

# Not of tshark, and a byte rather than a packet; of messages that have 500 bytes on average.
PARSER = "pure parser, to the least"
PARSED_MIN = 325


def ip_frame(protocol, segment, source, target):
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(segment), 0, 0, 64, protocol, 0, bytes(source), bytes(target))
    return bytes.fromhex("00005e005302" "00005e005301" "0800") + ip + segment


def udp_frame(payload, source, target, sport, dport):
    return ip_frame(17, struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload, source, target)


def tcp_frame(payload, source, target, sport, dport, sequence, acknowledged):
    tcp = struct.pack(">HHIIBBHHH", sport, dport, sequence, acknowledged, 5 << 4, 0x18, 65535, 0, 0)
    return ip_frame(6, tcp + payload, source, target)


def noise_of(count):
    """Random bytes, which no dissector takes for its own."""
    rng = random.Random(1)
    return (rng.randbytes(200) for _ in range(count))


def noise(count):
    """Datagrams on ports that no protocol claims."""
    for payload in noise_of(count):
        yield udp_frame(payload, (192, 0, 2, 10), (192, 0, 2, 20), 61000, 61002)


def noise_stream(count):
    """Segments of a connection between such ports."""
    for number, payload in enumerate(noise_of(count)):
        yield tcp_frame(payload, (192, 0, 2, 10), (192, 0, 2, 20), 61000, 61002, 1 + number * len(payload), 1)


def messages(count):
    """Those of real stacks, over and over, each round with Call-IDs and branches of its own: source, target, bytes."""
    frames = []
    for name in ("call_answered_udp", "register_challenge_udp", "failures_with_reasons", "all_methods"):
        data = (TOP / "pcaps" / f"{name}.pcap").read_bytes()
        at = 24
        while at < len(data):
            length = struct.unpack_from("<I", data, at + 8)[0]
            frame = data[at + 16:at + 16 + length]
            if frame[12:14] == b"\x08\x00" and frame[23] == 17:
                frames.append(frame)
            at += 16 + length
    for number in range(count):
        frame = frames[number % len(frames)]
        mark = b"%07d" % (number // len(frames))
        payload = frame[42:].replace(b"branch=z9hG4bK", b"branch=z9hG4bK" + mark).replace(b"Call-ID: ", b"Call-ID: " + mark)
        # A media port for each call, or Wireshark's tracking of SDP goes quadratic.
        payload = re.sub(rb"m=audio \d+", b"m=audio %d" % (10000 + 2 * (number // len(frames)) % 50000), payload)
        yield frame[26:30], frame[30:34], payload


def sip(count):
    """A datagram for each message."""
    for source, target, payload in messages(count):
        yield udp_frame(payload, source, target, 5060, 5060)


def stream(count):
    """A segment for each message, all of two hosts in one connection."""
    sent = {}
    for source, target, payload in messages(count):
        yield tcp_frame(payload, source, target, 5060, 5060, sent.get(source, 1), sent.get(target, 1))
        sent[source] = (sent.get(source, 1) + len(payload)) & 0xFFFFFFFF


def write(path, frames):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for number, frame in enumerate(frames):
            seconds, micros = divmod(number * 1000, 1000000)
            file.write(struct.pack("<IIII", 1767225600 + seconds, micros, len(frame), len(frame)) + frame)
    path.chmod(0o644)


def collected(*command):
    """What valgrind's callgrind counts."""
    done = subprocess.run(command, env=dict(os.environ, SIPMSG_PROGRAM="valgrind"), stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def instructions(plugin, arguments):
    command = [TOP / "tests" / "tshark"] + ([] if plugin else ["--without"])
    return collected(*command, "--tool=callgrind", "--callgrind-out-file=/dev/null", "tshark", *arguments)


def per_packet(plugin, captures, arguments):
    """Of several runs that with the fewest instructions, in which hardly any keys collided."""
    counts = [min(instructions(plugin, ["-n", "-r", str(capture), *arguments]) for _ in range(RUNS)) for capture in captures]
    return (counts[1] - counts[0]) / (LONG - SHORT)


def parser(folder):
    """The pure parser beside the least that parsing takes (parse.c), in instructions a byte."""
    path = pathlib.Path(folder) / "messages"
    texts = [payload for _, _, payload in messages(SHORT) if len(payload) >= PARSED_MIN]
    path.write_bytes(b"".join(b"%d\n%b" % (len(text), text) for text in texts))
    program = pathlib.Path(os.environ.get("SIPMSG_BUILD", TOP / "build")) / "tests" / "bench" / "bench_parse"
    counts = {}
    for way in ("least", "ours"):
        once, often = (collected("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, way, rounds, path)
                       for rounds in ("1", "5"))
        counts[way] = (often - once) / 4 / sum(map(len, texts))
    print(f"{PARSER:32} {counts['least']:10.1f} {counts['ours']:10.1f} {counts['ours'] / counts['least']:8.4f}", flush=True)


def main():
    names = sys.argv[1:] or [*JOBS, PARSER]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        captures = {}
        for kind, maker in (("noise", noise), ("noise_stream", noise_stream), ("sip", sip), ("stream", stream)):
            captures[kind] = [pathlib.Path(folder) / f"{kind}{count}.pcap" for count in (SHORT, LONG)]
            for path, count in zip(captures[kind], (SHORT, LONG)):
                write(path, maker(count))
        print(f"{'instructions a packet':32} {'without':>10} {'with':>10} {'ratio':>8}")
        for name in names:
            if name == PARSER:
                parser(folder)
                continue
            kind, arguments, other = JOBS[name]
            without = per_packet(False, captures[kind], other if other is not None else arguments)
            with_plugin = per_packet(True, captures[kind], arguments)
            print(f"{name:32} {without:10.0f} {with_plugin:10.0f} {with_plugin / without:8.4f}", flush=True)
    if not sys.argv[1:]:
        subprocess.run([TOP / "tests" / "bench" / "million.py"], check=True)


main()
