#!/usr/bin/env python3
"""Shows that no capture, however broken, brings the plugin or Wireshark down.

    run.py [--seed N] [--first N] [--jobs N] [--captures N] [--seconds N] [--keep FOLDER]

Each job makes a file out of captures of pcaps/ (--captures of them), each mutated: its
messages by messages.py, its packets by frames.py, or all its bytes by editcap -E. Real tshark reads
it three times:

- with the plugin, built with AddressSanitizer and UndefinedBehaviorSanitizer, and with
  every packet's bytes in memory of their own (exact.c), asked in a way that is drawn from
  all there are: one pass or two, each kind of output, each statistic, preferences; or
  sharkd reads it, asked for each packet's tree and for the tables of Wireshark's windows;
- with that plugin, and without any, asked what of each packet is malformed.

A job fails if a sanitizer reports anything; if a program crashes, hangs, or ends with an
error where Wireshark without the plugin does not; if the plugin is to blame for a
"Malformed Packet" or a "Dissector bug"; and if Wireshark's own dissectors show such in a packet
in which they don't without the plugin, though the plugin finds no other messages there.

What a job does depends on the seed, its number, and the statistics that there are. A failure tells the command that
does it again; --keep keeps the captures of jobs that failed. Ends after --jobs jobs or
--seconds seconds.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import argparse
import collections
import json
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import frames
import sanitized

sys.path.insert(0, str(sanitized.TOP / "tests"))
import reports  # noqa: E402

PCAPS = sanitized.TOP / "pcaps"

REPORTS = [*reports.printed(), "sipmsg,ladder,3", "sipmsg,calls,frame.number % 3 == 1", *reports.windows()]
TABLES = reports.tables()

OUTPUTS = [
    ["-V"], ["-V"], ["-V", "-x"], ["-T", "json"], ["-T", "jsonraw"], ["-T", "pdml"], ["-T", "psml"], ["-T", "ek"], [], ["-O", "sipmsg"],
    ["-q", "-z", "expert"], ["-q", "-z", "io,phs"], ["-q", "-z", "follow,sip_call,ascii,1"],
    ["-Y", "sipmsg.failure || sipmsg.no_response || sipmsg.rule.must"],
    ["-T", "fields", "-e", "sipmsg.failure", "-e", "sipmsg.response_time", "-e", "sipmsg.call.outcome", "-e", "_ws.expert.message"],
    *(["-q", "-z", report] for report in REPORTS),
    ["-V", *(word for report in REPORTS for word in ("-z", report))],
]

# What changes how Wireshark calls the plugin; it is asked the same of Wireshark without the plugin.
SETTINGS = [["-o", "tcp.desegment_tcp_streams:FALSE"], ["-o", "tcp.reassemble_out_of_order:TRUE"], ["-o", "tcp.check_checksum:TRUE"],
            ["-o", "udp.try_heuristic_first:TRUE"], ["-o", "tcp.try_heuristic_first:TRUE"], ["-o", "ip.defragment:FALSE"],
            ["-d", "udp.port==15060,sip"], ["-d", "tcp.port==15060,sip"], ["--disable-protocol", "sdp"],
            ["-o", "sip.strict_sip_version:FALSE"], ["--disable-heuristic", "sip_udp"]]
OURS = [["-o", "sipmsg.patience:0"], ["-o", "sipmsg.patience:4294967295"], ["-o", "sipmsg.transaction_age:0"],
        ["-o", "sipmsg.transaction_age:1"], ["-o", "sipmsg.known_methods:FOO, BAR"], ["--disable-protocol", "sip"],
        ["--disable-heuristic", "sipmsg_udp"]]


# What a job reads

def captures():
    return sorted(PCAPS.glob("*.pcap")), sorted(PCAPS.glob("*.pcapng"))


def by_editcap(rng, paths, target):
    """Captures one after the other, their bytes changed by editcap."""
    share, seed = rng.choice((0.0005, 0.005, 0.05)), rng.randrange(1 << 31)
    whole = target.with_suffix(".whole")
    subprocess.run(["mergecap", "-F", "pcap", "-a", "-w", whole, *paths], check=True, capture_output=True)
    subprocess.run(["editcap", "-E", str(share), "--seed", str(seed), whole, target], check=True, capture_output=True)


def make(rng, target, count):
    """Writes mutated captures to target, and tells what they are."""
    plain, with_secrets = captures()
    chosen, made = [rng.choice(plain) for _ in range(count)], []
    drawn = rng.random()
    if drawn < 0.1:
        by_editcap(rng, chosen, target)
        return f"editcap -E of {' '.join(path.name for path in chosen)}", count
    if drawn < 0.15:
        path = rng.choice(with_secrets)
        target.write_bytes(frames.mutated_blocks(rng, path.read_bytes()))
        return path.name, 1
    for path in chosen:
        made += frames.mutated(rng, frames.read(path))
        if len(made) > 8000:
            break
    frames.write(target, made)
    return f"{len(made)} packets", count


# What is asked

def sharkd_session(rng, path):
    """What Wireshark's window would be asked for: packets in any order, tables, and the same again."""
    asked = [("load", {"file": str(path)}), ("frames", {"limit": 200})]
    for _ in range(2):
        asked += [("frame", {"frame": rng.randrange(1, 400), "proto": True, "columns": True}) for _ in range(60)]
        asked.append(("tap", {f"tap{n}": table for n, table in enumerate(TABLES)}))
        asked.append(("tap", {"tap0": rng.choice(TABLES)}))
        asked.append(("load", {"file": str(path)}))
    return "".join(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}) + "\n"
                   for method, parameters in asked).encode()


def options(rng):
    """Options for the program with the plugin, and those of them that are for Wireshark too."""
    common = [word for setting in rng.sample(SETTINGS, rng.choice((0, 0, 0, 1, 3))) for word in setting]
    ours = [word for setting in rng.sample(OURS, rng.choice((0, 0, 0, 1))) for word in setting]
    if rng.random() < 0.4:
        ours += ["-o", "sipmsg.hand_on:false"]
    return common, ours


# What must not be seen

def crashed(run, alone):
    """What is wrong with how a program ended; alone() runs the same without the plugin."""
    if run.reported:
        return [f"a sanitizer's report:\n{run.told()}"]
    critical = re.search(r"^.*\b(CRITICAL|ERROR) \*\*.*$", run.err, re.MULTILINE)
    if run.status == 0 and not critical:
        return []
    other = alone()
    if other.status == run.status and (other.status != 0 or re.search(r"\b(CRITICAL|ERROR) \*\*", other.err)):
        return []
    return [f"ends with {run.status}, without the plugin with {other.status}:\n{run.told()}"]


def blames_plugin(text):
    found = re.search(r"\[?(Malformed Packet: SIPMSG|Dissector bug, protocol SIPMSG)[^\n]*", text)
    return [found[0]] if found else []


# Of a packet: its layers, how many start lines the plugin and Wireshark's SIP show, and what is malformed.
Shown = collections.namedtuple("Shown", "layers ours sips malformed")
FIELDS = ["frame.number", "frame.protocols", "_ws.malformed", "sip.Method", "sip.Status-Code", "sipmsg.method", "sipmsg.status"]
OF_WIRESHARK = [field for field in FIELDS if not field.startswith("sipmsg")]


def shown(run):
    """Of each packet what is shown. Malformed is "[Malformed Packet: SIP]" and "[Dissector bug, ...]". What TCP says of
    segments that overlap is left out: that depends on what it was asked to put together."""
    rows = {}
    for line in run.out.decode(errors="backslashreplace").splitlines():
        number, layers, malformed, *lines = (line + "\t" * len(FIELDS)).split("\t")[:len(FIELDS)]
        methods, codes, our_methods, our_codes = (len(text.split(",")) if text else 0 for text in lines)
        rows[number] = Shown([layer for layer in layers.split(":") if layer != "sipmsg"], our_methods + our_codes, methods + codes,
                             collections.Counter(re.findall(r"\[(?:Malformed|Dissector)[^\]]*\]", malformed)))
    return rows


def compared(with_plugin, without):
    """Packets that are malformed with the plugin and not without it; and how many are so because the plugin found
    other messages there than Wireshark had found."""
    failures, excused = [], 0
    for number, new in with_plugin.items():
        old = without.get(number, Shown([], 0, 0, {}))
        more = [text for text in new.malformed if new.malformed[text] > old.malformed.get(text, 0)]
        if more and (new.layers != old.layers or max(new.ours, new.sips) > old.sips) and "SIPMSG" not in str(more):
            excused += 1
        elif more:
            failures.append(f"packet {number}: {more}, {':'.join(new.layers)}; without the plugin {dict(old.malformed)}")
    return failures[:5], excused


def job(seed, number, count, path, tally):
    """What is wrong with one job."""
    rng = random.Random(f"{seed}/{number}")
    what, tally_captures = make(rng, path, count)
    path.chmod(0o644)
    common, ours = options(rng)
    output = rng.choice(OUTPUTS)
    passes = ["-2"] if rng.random() < 0.5 else []
    memory = sanitized.PLAIN_MEMORY if rng.random() < 0.5 else {}
    tally["captures"] += tally_captures
    failures = []

    if sanitized.has_sharkd() and rng.random() < 0.1:
        stdin = sharkd_session(rng, path)
        run = sanitized.run("-", program="sharkd", stdin=stdin, environment=memory)
        failures += crashed(run, lambda: sanitized.stock("-", program="sharkd", stdin=stdin))
        if run.out.count(b'"result"') < 5:
            failures.append("sharkd does not answer: " + run.out[-500:].decode(errors="backslashreplace"))
    else:
        run = sanitized.run(*passes, "-r", path, *common, *ours, *output, environment=memory)
        usual = output if not any(word.startswith("sipmsg") for word in output) and "-Y" not in output else ["-V"]
        failures += crashed(run, lambda: sanitized.stock(*passes, "-r", path, *common, *[
            word for word in usual if not word.startswith("sipmsg")]))
    failures += blames_plugin(run.out.decode(errors="backslashreplace") + run.err)

    def asked(fields):
        return ["-r", path, *common, "-T", "fields", *(word for field in fields for word in ("-e", field))]

    with_plugin, without = sanitized.run(*asked(FIELDS), *ours), sanitized.stock(*asked(OF_WIRESHARK))
    failures += crashed(with_plugin, lambda: without)
    if with_plugin.status == without.status == 0:
        ours_shown = shown(with_plugin)
        malformed, excused = compared(ours_shown, shown(without))
        failures += malformed
        tally["packets"] += len(ours_shown)
        tally["messages"] += sum(row.ours for row in ours_shown.values())
        tally["malformed in both"] += sum(bool(row.malformed) for row in ours_shown.values()) - excused
        tally["malformed where more is recognised"] += excused
    elif without.status != 0:
        tally["crashes of Wireshark's own"] += 1
    tally["runs with the plugin"] += 2
    if failures:
        failures.append(f"job {number}: {what}; tshark {shlex.join(map(str, run.command[4:]))} {memory or ''}")
    return failures


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0, help="number of the first job")
    parser.add_argument("--jobs", type=int, default=1000000)
    parser.add_argument("--captures", type=int, default=40, help="captures in a file")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--keep", type=pathlib.Path, help="where captures of failed jobs are kept")
    return parser.parse_args()


def main():
    asked = arguments()
    end, failed, tally = time.monotonic() + asked.seconds, 0, collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        pathlib.Path(work).chmod(0o755)     # root's tshark runs as nobody
        path = pathlib.Path(work) / "mutated"
        for number in range(asked.first, asked.first + asked.jobs):
            if time.monotonic() >= end:
                break
            tally["jobs"] += 1
            failures = job(asked.seed, number, asked.captures, path, tally)
            if failures:
                failed += 1
                print("\n".join(failures))
                print(f"again: {sys.argv[0]} --seed {asked.seed} --first {number} --jobs 1 --captures {asked.captures}\n", flush=True)
                if asked.keep:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, asked.keep / f"{asked.seed}-{number}")
    print(", ".join(f"{count} {name}" for name, count in tally.items()))
    print(f"{failed} jobs failed")
    return 1 if failed or not tally["messages"] else 0


if __name__ == "__main__":
    sys.exit(main())
