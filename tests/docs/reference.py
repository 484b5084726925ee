#!/usr/bin/env python3
"""Compares docs/reference.md with what tshark tells of the plugin.

    reference.py             fails with a unified diff where the page is out of date
    reference.py --update    writes the page anew

Fields, values, preferences and the names of statistics are what tshark -G and -z help list;
the columns of tables are printed by them. How bad an expert info is, tshark only shows where
one is raised, so each must be raised by some capture in pcaps/. Only what tshark does not know
comes from the source: the rules (rules.def, faults.def), and the options and windows of the
statistics (plugin/stats/).
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import difflib
import functools
import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))
import reports  # noqa: E402

PAGE = TOP / "docs" / "reference.md"
CALL = TOP / "pcaps" / "call_busy.pcap"     # one that all statistics have something to say of
MOST_VALUES = 10    # that are shown beside a field

# Under which filter each kind of rule in rules.def is reported.
KINDS = {
    "MISSING": "sipmsg.header.missing",
    "REPEATED": "sipmsg.header.repeated",
    "MALFORMED": "sipmsg.header.malformed",
    "CSEQ_MISMATCH": "sipmsg.cseq.mismatch",
    "LENGTH_MISMATCH": "sipmsg.content_length.mismatch",
    "TRAILING": "sipmsg.trailing_data",
    "MUST": "sipmsg.rule.must",
    "SHOULD": "sipmsg.rule.should",
}

# What the statistics tell; tshark knows no more than their names.
STATISTICS = {
    "sipmsg,tree": "what failed, why, and whom it concerns: methods, answers and failures",
    "sipmsg,times": "how long requests wait for their responses, by method",
    "sipmsg,calls": "which calls there were, and how each ended",
    "sipmsg,metrics": "how well calls and registrations succeed, by peer (RFC 6076)",
    "sipmsg,ladder": "what happened in the calls that had problems, or in the one of that number",
}
# What the windows show, by names of their own, and the report each belongs to.
WINDOWS = {name + "_table": name for name in STATISTICS}

HEAD = """\
# Reference: filters, expert infos, preferences, statistics

<!-- Made by tests/docs/reference.py --update from what tshark tells of the plugin: do not edit. -->

The protocol is {long} ({short}), its filter `{filter}`. How to use all this: [README](../README.md).
"""


class Unknown(Exception):
    """Something that the page must tell, and that can't be found out."""


def tshark(*arguments):
    done = subprocess.run([TOP / "tests" / "tshark", *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise Unknown(f"tshark {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


@functools.cache
def rows(report):
    """What tshark -G lists, of the plugin and of expert infos."""
    return [line.split("\t") for line in tshark("-G", report).split("\n") if "sipmsg" in line or "_ws.expert" in line]


def expert_infos():
    """Of each expert info that the captures raise, the group and the severity."""
    names = {(row[1], row[2]): row[3] for row in rows("values") if row[0] == "V" and row[1].startswith("_ws.expert.")}
    found = {}

    def walk(pairs):
        values = dict(pairs)
        if "_ws.expert.severity" in values:
            for name in (name for name in values if not name.startswith("_ws.")):
                found[name] = tuple(names["_ws.expert." + what, values["_ws.expert." + what]]
                                    for what in ("group", "severity"))
        return values

    # Each by itself: merged, connections between the same ports would be taken for one.
    for capture in sorted(TOP.glob("pcaps/*.pcap*")):
        json.loads(tshark("-2", "-r", capture, "-o", "sipmsg.hand_on:FALSE", "-T", "json", "-J", "sipmsg"),
                   object_pairs_hook=walk)
    return found


def cell(text):
    return text.replace("|", "\\|")


def table(*columns):
    return [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]


def row_of(*cells):
    return f"| {' | '.join(map(cell, cells))} |"


def values_of_fields():
    """Of each field the numbers that have names, as one text."""
    named = {}
    for row in rows("values"):
        if row[0] == "V" and row[1].startswith("sipmsg."):
            named.setdefault(row[1], []).append(f"{row[2]} {row[3]}")
    return named


def fields(experts):
    """The tables of fields and of expert infos, in the order in which they were registered."""
    named = values_of_fields()
    codes = named["sipmsg.status"]
    told = ["", "## Fields", "", *table("filter", "type", "name", "meaning")]
    raised = ["", "## Expert infos", "",
              "Each is a filter too. `_ws.expert.severity` and `_ws.expert.group` find all of a kind.", "",
              *table("filter", "severity", "group", "meaning")]
    for _, name, filter_name, kind, _, _, _, blurb, *_ in (
            row + [""] for row in rows("fields") if row[0] == "F" and row[4] == "sipmsg"):
        if filter_name in experts:
            group, severity = experts[filter_name]
            raised.append(row_of(f"`{filter_name}`", severity, group, name))
            continue
        if kind == "FT_NONE" and not blurb:
            raise Unknown(f"{filter_name}: an expert info? No capture in pcaps/ raises it, and so shows how bad it is")
        values = named.get(filter_name, [])
        if values == codes:
            blurb += "; [status codes](#status-codes)"
        elif len(values) > MOST_VALUES:
            raise Unknown(f"{filter_name}: too many values to stand beside it")
        elif values:
            blurb += ": " + ", ".join(values)
        told.append(row_of(f"`{filter_name}`", kind[3:].lower().replace("_", " "), name, blurb.lstrip(": ;")))
    told += raised + ["", "## Status codes", "", *table("code", "phrase")]
    return told + [row_of(*code.split(" ", 1)) for code in codes]


def read_list(name, macro, arguments):
    """The rows of an X-list: their arguments, the last of which is a string."""
    text = (TOP / "plugin" / "sip" / name).read_text(encoding="utf-8")
    found = re.findall(rf'^{macro}\({arguments}"((?:[^"\\]|\\.)*)"\)', text, re.MULTILINE)
    if len(found) != len(re.findall(rf"^{macro}\(", text, re.MULTILINE)):
        raise Unknown(f"{name}: a line that this can't read")
    return found


def in_words(text, stands_for):
    return text.replace('\\"', '"').replace("*", "\\*").replace("%s", stands_for)


def rules():
    listed = read_list("rules.def", "SIP_RULE", r"\w+, (\w+), ")
    faults = read_list("faults.def", "SIP_FAULT", r"\w+, ")
    told = ["", "## Rules", "",
            "What the expert infos about a message's form say, with the section that is broken. *X* stands for a "
            "header field's name.", "", "`sipmsg.start_line.malformed`, and of a URI in a header field "
            "`sipmsg.header.malformed`:", ""]
    told += ["* " + in_words(text, "URI") for text in faults]
    for kind, filter_name in KINDS.items():
        told += ["", f"`{filter_name}`:", ""]
        told += ["* " + in_words(text, "*X*") for its_kind, text in listed if its_kind == kind and text]
    if {kind for kind, _ in listed} != set(KINDS):
        raise Unknown("rules.def has a kind of rule that this does not know, or lacks one")
    return told


def preferences():
    """The comments above a preference tell its meaning, then its type."""
    told = ["", "## Preferences", "", "In Edit > Preferences > Protocols > SIPMSG, or with `-o`:", "",
            *table("option, with the default", "type", "meaning")]
    comments = []
    for line in tshark("-G", "defaultprefs").splitlines():
        found = re.fullmatch(r"#?(sipmsg\.\w+): ?(.*)", line)
        if found:
            meaning, kind = " ".join(comments[:-1]), comments[-1]
            told.append(row_of(f"`-o {found[1]}:{found[2]}`", re.sub(r"(?i)true or false.*", "TRUE or FALSE", kind),
                               meaning))
        comments = comments + [line[2:]] if line.startswith("# ") else []
    return told


def titles():
    """Of each report that has one, the title of its window."""
    return {WINDOWS.get(name): title for title, name in
            re.findall(r'\.title = "([^"]+)",.*?\.cli_string = "(\S+?)"', reports.source(), re.DOTALL)}


def columns_of(name, option):
    """Those that a table for scripts has; of other options no more than that they are taken."""
    printed = tshark("-q", "-r", CALL, "-z", f"{name},{option}")
    if option == "csv":
        return printed.strip().splitlines()[0].split(",")
    if option == "json":
        try:
            return list(next(value for value in json.loads(printed).values() if isinstance(value, list))[0])
        except (ValueError, AttributeError, StopIteration, IndexError):
            raise Unknown(f"-z {name},json prints no object with a list of objects:\n{printed}") from None
    return []


def statistics():
    listed, options, windows = reports.names(), reports.options(), titles()
    unknown = set(listed) ^ (set(STATISTICS) | {name for name in WINDOWS if WINDOWS[name] in windows})
    if unknown:
        raise Unknown(f"statistics that are listed and not told of here, or the other way round: {unknown}")
    told = ["", "## Statistics", "", "From tshark with `-z`, each also with a display filter behind a comma:", "",
            *table("tshark", "window", "what it tells")]
    columns = []
    for name, tells in STATISTICS.items():
        asked = [f"{name},{option}" for option in options.get(name, [])]
        window = f"Telephony > {windows[name]}" if name in windows else ""
        if name.endswith(",tree"):
            window = "Statistics > SIP Messages"
        told.append(row_of(", ".join(f"`-z {text}`" for text in [name, *asked]), window, tells))
        for option in options.get(name, []):
            printed = columns_of(name, option)
            if printed:
                columns.append(f"* `-z {name},{option}`: " + ", ".join(f"`{column}`" for column in printed))
    tables = ", ".join(f"`-z {name}`" for name in listed if name in WINDOWS)
    return told + ["", f"What the windows show: {tables}.", "", "For scripts, the columns of:", "", *columns]


def page():
    names = next((row for row in rows("protocols") if row[2:3] == ["sipmsg"]), None)
    if names is None:
        raise Unknown("tshark has no plugin: build it, or name the build folder in SIPMSG_BUILD")
    named = dict(zip(("long", "short", "filter"), names))
    lines = HEAD.format(**named).splitlines()
    return lines + fields(expert_infos()) + rules() + preferences() + statistics()


def main():
    try:
        seen = page()
    except Unknown as unknown:
        print(unknown)
        return 1
    if sys.argv[1:] == ["--update"]:
        PAGE.write_text("\n".join(seen) + "\n", encoding="utf-8")
        return 0
    told = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    diff = list(difflib.unified_diff(told, seen, "docs/reference.md", "as tshark tells", lineterm=""))
    print("\n".join(diff + ["tests/docs/reference.py --update writes it anew"] if diff else ["current"]))
    return 1 if diff else 0


sys.exit(main())
