#!/usr/bin/env python3
"""Checks that what the documents point to is there: relative links, the headings behind "#",
files and folders of the project that are named in code, such as `tests/run`, and functions, such
as `sipmsg_follow()`."""
# SPDX-License-Identifier: GPL-2.0-or-later

import functools
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = "plugin", "tests", "docs", "pcaps", "profile", ".githooks", ".ci"

LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[^`]*)`")

CALLED = re.compile(r"`(\w+)\(\)`")


def without_blocks(text):
    """Fenced and indented blocks show what programs print."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^    .*$", "", text, flags=re.MULTILINE)


def anchors(path):
    headings = re.findall(r"^#+ (.*)$", without_blocks(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@functools.cache
def source():
    """All functions that the source calls or defines."""
    files = [*TOP.glob("plugin/**/*.[ch]"), *TOP.glob("tests/**/*.[ch]")]
    return {name for path in files for name in re.findall(r"\b(\w+)\(", path.read_text(encoding="utf-8"))}


def fault_of(document, link):
    """What is wrong with a relative link; None if it leads somewhere."""
    name, _, anchor = link.partition("#")
    target = document.parent / name if name else document
    if not target.exists():
        return "is not there"
    return "has no such heading" if anchor and anchor not in anchors(target) else None


def faults(document):
    text = without_blocks(document.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        fault = None if re.match(r"[a-z]+:", link) else fault_of(document, link)
        if fault:
            yield link, fault
    for name in NAMED.findall(text):
        # A command's arguments stand behind its name; in X_test.c, X stands for a name.
        named = {re.sub(r"\bX(?=_|\b)", "*", text).rstrip("/") for text in (name, name.split()[0])}
        if not any(match for text in named for match in TOP.glob(text)):
            yield name, "is not there"
    for name in CALLED.findall(text):
        if name not in source():
            yield f"{name}()", "is not there"


def main():
    documents = sorted([*TOP.glob("*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("pcaps/*.md")])
    wrong = [f"{document.relative_to(TOP)}: {what} {fault}" for document in documents for what, fault in faults(document)]
    print("\n".join(wrong) or f"{len(documents)} documents lead somewhere")
    return 1 if wrong or not documents else 0


sys.exit(main())
