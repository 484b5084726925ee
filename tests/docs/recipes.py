#!/usr/bin/env python3
"""Carries out the recipes of docs/contributing.md, to the letter, in a copy of the tree.

    recipes.py                  fails where a recipe can't be followed, or something else is seen
    recipes.py --update         writes what was seen into the document
    recipes.py --keep FOLDER    makes the copy there, and leaves it there

First all changes are made that the document shows: blocks of "diff" in which "+++" names the
file and "@@" parts two places. The lines that stay or go must stand in the file, in one place
alone; one that ends in "..." is known by its beginning. Then the copy is built, and its
commands are run.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = "docs/contributing.md"
TARGETS = "sipmsg", "unit_registry", "unit_rules"
OPTIONS = "-DCMAKE_BUILD_TYPE=Debug", "-DSIPMSG_WERROR=ON"


class Wrong(Exception):
    """A recipe that can't be followed."""


def hunks(document):
    """The changes that a document shows: a file, and the lines of one place."""
    for block in re.findall(r"^```diff\n(.*?)^```$", document, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\+\+\+ ", block, flags=re.MULTILINE)[1:]:
            name, lines = part.split("\n", 1)
            for hunk in re.split(r"^@@\n", lines, flags=re.MULTILINE):
                yield name, hunk.splitlines()


def is_same(line, told):
    return line.startswith(told[:-3].rstrip()) if told.endswith("...") else line == told


def changed(lines, hunk):
    """The lines of a file after a change; it is told where by those that stay or go."""
    old = [told[1:] for told in hunk if told[:1] != "+"]
    places = [at for at in range(len(lines) - len(old) + 1)
              if old and all(map(is_same, lines[at:at + len(old)], old))]
    if len(places) != 1 and lines:
        raise Wrong(f"these lines stand in {len(places)} places:\n" + "\n".join(old))
    here = iter(lines[places[0]:]) if lines else iter(())
    new = []
    for told in hunk:
        line = told[1:] if told[:1] == "+" else next(here)
        new += [line] if told[:1] != "-" else []
    at = places[0] if lines else 0
    return lines[:at] + new + lines[at + len(old):]


def change(copy):
    for name, hunk in hunks((copy / DOCUMENT).read_text(encoding="utf-8")):
        path = copy / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        try:
            path.write_text("\n".join(changed(lines, hunk)) + "\n", encoding="utf-8")
        except Wrong as wrong:
            raise Wrong(f"{DOCUMENT} changes {name}, but {wrong}") from None


def run(*command, **environment):
    done = subprocess.run(command, env=dict(os.environ, **environment), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if done.returncode != 0:
        raise Wrong(f"{' '.join(map(str, command))}:\n{done.stdout}")


def carry_out(copy, update):
    shutil.copytree(TOP, copy, symlinks=True, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(".git", "build*", "__pycache__", ".cache"))
    change(copy)
    run("cmake", "-S", copy, "-B", copy / "build", "-G", "Ninja", *OPTIONS)
    run("cmake", "--build", copy / "build", "--target", *TARGETS)
    run("chmod", "-R", "a+rX", copy)    # root's tshark runs as nobody
    run(copy / "tests" / "regress" / "run.py", *["--update"] * update, copy / DOCUMENT,
        SIPMSG_BUILD=str(copy / "build"))
    if update:
        shutil.copyfile(copy / DOCUMENT, TOP / DOCUMENT)


def main():
    arguments = sys.argv[1:]
    keep = arguments[:1] == ["--keep"]
    folder = arguments[1] if keep else tempfile.mkdtemp(prefix="sipmsg-recipes.")
    try:
        carry_out(pathlib.Path(folder), arguments == ["--update"])
    except Wrong as wrong:
        print(wrong)
        return 1
    finally:
        if not keep:
            shutil.rmtree(folder)
    print("all recipes can be followed")
    return 0


sys.exit(main())
