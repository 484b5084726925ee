#!/usr/bin/env python3
"""Checks that Elasticsearch would take, and find again, what docs/headless.md makes for it.

    mapping.py                     for all captures in pcaps/
    mapping.py DOCUMENTS...        for files with bodies of _bulk requests

There is no Elasticsearch here: each value of each document is compared with the type that
the index template gives it, by the rules of Elasticsearch's field types. And each field of
sipmsg must have a type in the template that fits it, or get one when it first comes.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import collections
import json
import math
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
TSHARK = TOP / "tests" / "tshark"
RECIPE = TOP / "docs" / "headless"
LAYERS = "frame ip ipv6 sipmsg"

NUMBERS = {"byte": 7, "short": 15, "integer": 31, "long": 63}   # bits beside the sign
KEYWORD_MAX = 32766     # bytes; Lucene refuses a longer term, and the document with it

# What fits a field of Wireshark: a type that holds all of its values.
FITTING = {
    "FT_UINT8": {"short", "integer", "long"},
    "FT_UINT16": {"integer", "long"},
    "FT_UINT32": {"long"},
    "FT_FRAMENUM": {"long"},
    "FT_RELATIVE_TIME": {"float", "double"},
    "FT_STRING": {"keyword", "text"},
    "FT_BYTES": {"keyword"},
    "FT_NONE": {"boolean"},
}


def run(*command, given=None):
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, timeout=300).stdout


def template():
    printed = run(TSHARK, "-G", "elastic-mapping", "--elastic-mapping-filter", "sipmsg")
    return json.loads(run("jq", "-f", RECIPE / "mapping.jq", given=printed))["template"]["mappings"]


def fields():
    """The filter names of sipmsg with their types."""
    rows = (line.split("\t") for line in run(TSHARK, "-G", "fields").decode().splitlines())
    return {row[2]: row[3] for row in rows if row[0] == "F" and row[4] == "sipmsg"}


def documents_of(capture):
    packets = run(TSHARK, "-2", "-r", capture, "-Y", "sipmsg", "-J", LAYERS, "-T", "ek")
    return run("jq", "-c", "-f", RECIPE / "documents.jq", given=packets)


class Index:
    """What a server would make of documents."""

    def __init__(self, mappings):
        self.mappings = mappings
        self.types = {}     # of the fields that were seen, by their paths
        self.faults = collections.Counter()

    def dynamic_type(self, value):
        """The type of a field that is not named."""
        if isinstance(value, bool):
            return {"type": "boolean"}
        if isinstance(value, str):
            if self.mappings.get("date_detection", True) and re.match(r"\d{4}([-/]\d\d?){0,2}$", value):
                return {"type": "date"}
            for named in self.mappings.get("dynamic_templates", []):
                for rule in named.values():
                    if rule.get("match_mapping_type") == "string":
                        return rule["mapping"]
            return {"type": "text"}
        return {"type": "long" if isinstance(value, int) else "double"}

    def check(self, path, kind, value):
        """Whether the server would take a value for a field."""
        if value is None:
            return "null is never found"
        name = kind["type"]
        if name in NUMBERS:
            fits = re.fullmatch(r"-?\d+", str(value)) and -1 << NUMBERS[name] <= int(value) < 1 << NUMBERS[name]
        elif name in ("float", "double"):
            fits = re.fullmatch(r"-?\d+(\.\d+)?", str(value)) and math.isfinite(float(value))
        elif name == "boolean":
            fits = value in (True, False, "true", "false")
        elif name == "date":
            fits = re.fullmatch(r"\d+", str(value))     # epoch_millis
        elif name == "ip":
            fits = re.fullmatch(r"[\da-fA-F:.]+", str(value))
        elif name == "keyword":
            searchable = kind.get("index", True) or kind.get("doc_values", True)
            fits = not searchable or "ignore_above" in kind or len(str(value).encode()) <= KEYWORD_MAX
        else:
            fits = name == "text"
        return None if fits else f"is no {name}: {str(value)[:40]}"

    def add(self, value, mapping, path=(), dynamic=True):
        dynamic = mapping.get("dynamic", dynamic)
        for key, inner in value.items():
            known = mapping.get("properties", {}).get(key)
            for item in inner if isinstance(inner, list) else [inner]:
                here = path + (key,)
                if isinstance(item, dict):
                    self.add(item, known or {}, here, dynamic)
                    continue
                if known is None and not dynamic:
                    self.faults[f"{'.'.join(here)} is not in the mapping"] += 1
                    continue
                kind = known or self.types.get(here) or self.dynamic_type(item)
                self.types[here] = kind
                fault = self.check(here, kind, item)
                if fault:
                    self.faults[f"{'.'.join(here)} {fault}"] += 1


def check_names(index, known):
    """Each field bears the name of a filter of sipmsg, and its type fits."""
    names = {"sipmsg_" + name.replace(".", "_"): (name, kind) for name, kind in known.items()}
    for path, kind in index.types.items():
        if path[:2] != ("layers", "sipmsg") or path[-1].startswith("_ws_expert_") or path[-1] == "text":
            continue
        name, wanted = names.get(path[-1], (None, None))
        if name is None:
            index.faults[f"{path[-1]} is no field"] += 1
        elif kind["type"] not in FITTING[wanted]:
            index.faults[f"{name} is {wanted}, for which {kind['type']} does not fit"] += 1


def check_mapping(index, known):
    """Each field of sipmsg has a type that fits, or gets one."""
    named = index.mappings["properties"]["layers"]["properties"]["sipmsg"]["properties"]
    for name, wanted in known.items():
        kind = named.get("sipmsg_" + name.replace(".", "_"))
        if kind is None:
            kind = index.dynamic_type(wanted == "FT_NONE" or "2026/11/22")
        if kind["type"] not in FITTING.get(wanted, ()):
            index.faults[f"{name} is {wanted}, for which {kind['type']} does not fit"] += 1


def main():
    index, known = Index(template()), fields()
    if sys.argv[1:]:
        bodies = [pathlib.Path(name).read_bytes() for name in sys.argv[1:]]
    else:
        bodies = [documents_of(capture) for capture in sorted(TOP.glob("pcaps/*.pcap*"))]
    count = 0
    for line in b"".join(bodies).splitlines():
        document = json.loads(line)
        if "layers" in document:
            count += 1
            index.add(document, index.mappings)
        elif list(document) != ["index"] or list(document["index"]) != ["_index"]:
            index.faults[f"no action of _bulk: {line[:60]}"] += 1
    check_names(index, known)
    check_mapping(index, known)
    for fault, times in index.faults.most_common():
        print(f"{times} times: {fault}")
    seen = sum(path[-1].startswith("sipmsg_") for path in index.types)
    print(f"{count} documents with {seen} of the {len(known)} fields of sipmsg")
    return 1 if index.faults or not count else 0


sys.exit(main())
