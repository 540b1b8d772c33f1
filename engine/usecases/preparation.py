"""How a comparison was prepared, gathered for its reports: git, the population's files and the cases are asked here."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from engine.authoring.cases import run_cases
from engine.authoring.coverage import coverage
from engine.model.case import CaseResult, per_mille
from engine.model.comparison import DiffReport
from engine.model.digest import catalogue_digest, said_digest
from engine.model.library import Library
from engine.model.policy import Policy
from engine.model.preparation import Content, Examination, ExaminedCases, Origin, Preparation, UnreadCases
from engine.model.problem import PolicyError
from engine.reading.cases import read_case_files
from engine.reading.inputs import CSV, LINES, PARQUET
from engine.reading.library import Read
from engine.reading.origin import cases_of, origin
from engine.reading.revisions import side_files
from engine.reading.tables.folder import choose_files

TABLES = ("subjects", "records", "members")
"""What is read of a folder of tables."""

_NAMED = re.compile(rb"^cases: *([a-z0-9_-]+) *(?:#.*)?\r?$", re.MULTILINE)
"""Whose cases a file has, as it is mostly written."""

AT_ONCE = 1 << 20
"""Bytes that are read at once."""


class Preparer(Struct, frozen=True):
    """Who hands a comparison in, on which day (an ordinal), and the command that makes it again from where the sides come from."""

    by: str | None
    on: int
    command: Callable[[Origin, Origin], str]


def gather_preparation(
    comparison: DiffReport, old: Read, new: Read, inputs: Sequence[Path], preparer: Preparer
) -> Preparation:  # fmt: skip
    """All that a reader needs to make the comparison again, and to see on what it rests."""
    sides = _origin(comparison.old, old), _origin(comparison.new, new)
    contents = tuple(content for path in inputs for content in _contents(path))
    return Preparation(preparer.by, preparer.on, version("xinyong"), preparer.command(*sides), *sides, contents)


def examination(comparison: DiffReport, old: Read, new: Read) -> Examination:
    """How the policies that differ, and those that read their results, come out of the cases of either side."""
    changed = [policy.changed for policy in comparison.policies]
    readers = [reader for each in changed for models in each.readers.values() for reader in models]
    concerned = {each.policy.id: None for each in changed} | {reader.name[0]: None for reader in readers}
    tested = [
        _examined(named, read.library, list(concerned), second) if concerned else []
        for second, (named, read) in enumerate(((comparison.old, old), (comparison.new, new)))
    ]
    return Examination(
        tuple(version for side in tested if not isinstance(side, UnreadCases) for version in side),
        tuple(side for side in tested if isinstance(side, UnreadCases)),
    )


def _origin(named: str, read: Read) -> Origin:
    files = origin(named, side_files(named))
    library = read.library
    scales = {policy.scale.id: policy.scale for policy in library.policies}
    items = {name: item for policy in library.policies for name, item in policy.library_items.items()}
    digests = [("catalogue", "", catalogue_digest(library.catalogue))]
    digests += [("scale", name, said_digest(scale)) for name, scale in sorted(scales.items())]
    digests += [("library_items", "", said_digest(items))] if items else []
    return Origin(files.commit, files.differs, files.files, tuple(digests))


# Cases


def _examined(named: str, library: Library, policies: Sequence[str], new: int) -> list[ExaminedCases] | UnreadCases:
    """Policies of a side put to its own cases, or why these cannot be read."""
    try:
        files = read_case_files([file for file in cases_of(named) if _is_of(file[1], policies)], library)
    except PolicyError as error:
        return UnreadCases(named, error.problems[0])
    cases = [case for file in files for case in file.cases]
    results = list(run_cases(library, cases))
    return [_of(version, library, results, bool(new)) for policy in policies for version in library.versions(policy)]


def _is_of(content: bytes, policies: Sequence[str]) -> bool:
    """Whether a case file may be of one of the policies: to read all of them takes seconds."""
    named = _NAMED.search(content)
    return named is None or named[1].decode() in policies


def _of(version: Policy, library: Library, results: Sequence[CaseResult], new: bool) -> ExaminedCases:
    mine = [result for result in results if library.in_force(result.case.as_of).get(result.case.policy) == version]
    failed = sum(not result.passed for result in mine)
    return ExaminedCases(
        version.id, version.title, version.version, new, len(mine), failed, per_mille([coverage(version, mine)])
    )  # fmt: skip


# The population


def _contents(path: Path) -> Iterator[Content]:
    """The files of an input that are read: of a folder, those of its tables."""
    chosen = [choose_files(path, table) for table in TABLES] if os.path.isdir(path) else []
    for file in [file for table in chosen if table for file in table.files] if os.path.isdir(path) else [path]:
        if os.path.isfile(file):
            yield _content(file)


def _content(file: Path) -> Content:
    digest, size, lines, last = hashlib.sha256(), 0, 0, b"\n"
    with open(file, "rb") as read:
        while block := read.read(AT_ONCE):
            digest.update(block)
            size += len(block)
            lines += block.count(b"\n")
            last = block[-1:]
    return Content(str(file), digest.hexdigest(), size, _rows(file, lines + (last != b"\n")))


def _rows(file: Path, lines: int) -> int | None:
    """Of tables without their head, of lines of documents; None of others, compressed ones among them."""
    name = file.name.lower()
    if name.endswith(PARQUET):
        from pyarrow.lib import ArrowException
        from pyarrow.parquet import read_metadata  # loaded with Ibis already

        try:
            return int(read_metadata(file).num_rows)
        except (ArrowException, OSError):
            return None
    if name.endswith(".gz"):
        return None
    return lines - 1 if name.endswith(CSV) else lines if name.endswith(LINES) else None
