"""Members added to the closed unions and vocabularies in a copy of the tree, and the files that mypy then names."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.house.test_house import ROOT, TOOLS

WORDS = (
    ("engine/model/scoring.py", "Form"),
    ("engine/model/policy.py", "Source"),
    ("engine/model/condition.py", "Condition"),
    ("engine/model/period.py", "TimeSpan"),
    ("engine/model/policy.py", "Aggregate"),
    ("engine/model/policy.py", "AttributeReading"),
    ("engine/model/condition.py", "Operator"),
    ("engine/model/scoring.py", "AlternativeKind"),
    ("engine/model/catalogue.py", "FieldType"),
    ("engine/model/policy.py", "MeasureKind"),
    ("engine/model/direction.py", "Direction"),
    ("engine/model/proof.py", "Answer"),
)
"""Unions and vocabularies, with the modules that they are in."""

MEMBER = "{}_nobody_knows"
"""What a member that is added is called, with the union or vocabulary that it is of."""

_ERROR = re.compile(r"(?P<file>[^:]+\.py):\d+: error: (?P<text>.*)")


def files_that_must_know(words: Iterable[tuple[str, str]], copy: Path) -> dict[str, set[str]]:
    """By union or vocabulary the files that mypy names where it has one member more.

    All get their member at once, for each run of mypy takes as long as one with all of them.
    """
    for folder in ("engine", "stubs"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "setup.cfg", copy)
    named: dict[str, set[str]] = {}
    for module, name in words:
        file = copy / module
        file.write_text(with_member(file.read_text(encoding="utf-8"), name), encoding="utf-8")
        named[name] = set()
    command = [str(TOOLS / "mypy"), "--no-error-summary", "--cache-dir", str(copy / "cache"), "engine"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, env={"PYTHONPATH": str(copy)})
    for line in done.stdout.splitlines():
        if error := _ERROR.match(line):
            for name, files in named.items():
                if MEMBER.format(name) in error["text"]:
                    files.add(error["file"])
    return named


def with_member(source: str, name: str) -> str:
    """A module in which a union has one struct more, or a vocabulary one word more."""
    value = next(
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == [name]
    )
    lines = source.splitlines(keepends=True)
    member = MEMBER.format(name)
    if isinstance(value, ast.Subscript):
        words = value.slice.elts[0] if isinstance(value.slice, ast.Tuple) else value.slice
        row, column = words.lineno - 1, words.col_offset
        lines[row] = f'{lines[row][:column]}"{member}", {lines[row][column:]}'
    else:
        row, column = (value.end_lineno or 0) - 1, value.end_col_offset or 0
        lines[row] = f"{lines[row][:column]} | {member}{lines[row][column:]}"
        lines.insert(value.lineno - 1, f"class {member}(Struct, frozen=True, tag=True):\n    fact: str\n\n\n")
    return "".join(lines)


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        for word, files in files_that_must_know(WORDS, Path(folder)).items():
            sys.stdout.write(f"{word}\n" + "".join(f"    {file}\n" for file in sorted(files)))
