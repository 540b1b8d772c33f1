"""How a comparison was prepared, gathered for its reports: the clock, git, the population's files and the cases are asked here."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from engine.authoring.cases import run_cases
from engine.authoring.coverage import coverage
from engine.model.case import CaseResult, per_mille
from engine.model.comparison import DiffReport
from engine.model.digest import catalogue_digest, said_digest
from engine.model.library import Library
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.preparation import Content, Examination, ExaminedCases, Origin, Preparation
from engine.model.problem import PolicyError
from engine.reading.cases import read_case_files
from engine.reading.inputs import CSV, LINES, PARQUET
from engine.reading.library import Read
from engine.reading.origin import cases_of, origin, resolved_side
from engine.reading.revisions import side_files
from engine.reading.tables.folder import choose_files

TABLES = ("subjects", "records", "members")
"""What is read of a folder of tables."""

_NAMED = re.compile(rb"^cases: *([a-z0-9_-]+) *(?:#.*)?\r?$", re.MULTILINE)
"""Whose cases a file has, as it is mostly written."""

AT_ONCE = 1 << 20
"""Bytes that are read at once."""


def gather_preparation(
    context: click.Context, comparison: DiffReport, old: Read, new: Read, inputs: Sequence[Path], as_of: int, by: str | None, on: int
) -> Preparation:  # fmt: skip
    """All that a reader needs to make the comparison again, and to see on what it rests."""
    sides = _origin(comparison.old, old), _origin(comparison.new, new)
    contents = tuple(content for path in inputs for content in _contents(path))
    return Preparation(by, on, version("xinyong"), _command(context, comparison, sides, as_of, on), *sides, contents)


def examination(comparison: DiffReport, old: Read, new: Read) -> Examination:
    """How the policies that differ, and those that read their results, come out of the cases of either side."""
    changed = [one.changed for one in comparison.policies]
    readers = [one for each in changed for found in each.readers.values() for one in found]
    concerned = {one.policy.id: None for one in changed} | {one.name[0]: None for one in readers}
    tested = [
        _examined(named, read.library, list(concerned), second) if concerned else []
        for second, (named, read) in enumerate(((comparison.old, old), (comparison.new, new)))
    ]
    return Examination(
        tuple(one for found in tested for one in found or ()),
        tuple(named for named, found in zip((comparison.old, comparison.new), tested, strict=True) if found is None),
    )


def _origin(named: str, read: Read) -> Origin:
    found = origin(named, side_files(named))
    library = read.library
    scales = {policy.scale.id: policy.scale for policy in library.policies}
    items = {name: item for policy in library.policies for name, item in policy.library_items.items()}
    digests = [("catalogue", "", catalogue_digest(library.catalogue))]
    digests += [("scale", name, said_digest(scale)) for name, scale in sorted(scales.items())]
    digests += [("library_items", "", said_digest(items))] if items else []
    return Origin(found.commit, found.differs, found.files, tuple(digests))


# Cases


def _examined(named: str, library: Library, policies: Sequence[str], new: int) -> list[ExaminedCases] | None:
    """Policies of a side put to its own cases; None where these cannot be read."""
    try:
        files = read_case_files([one for one in cases_of(named) if _is_of(one[1], policies)], library)
    except PolicyError:
        return None
    cases = [case for file in files for case in file.cases]
    results = list(run_cases(library, cases))
    return [_of(version, library, results, bool(new)) for policy in policies for version in library.versions(policy)]


def _is_of(content: bytes, policies: Sequence[str]) -> bool:
    """Whether a case file may be of one of the policies: to read all of them takes seconds."""
    found = _NAMED.search(content)
    return found is None or found[1].decode() in policies


def _of(version: Policy, library: Library, results: Sequence[CaseResult], new: bool) -> ExaminedCases:
    mine = [one for one in results if library.in_force(one.case.as_of).get(one.case.policy) == version]
    failed = sum(not one.passed for one in mine)
    return ExaminedCases(
        version.id, version.title, version.version, new, len(mine), failed, per_mille([coverage(version, mine)])
    )  # fmt: skip


# The population


def _contents(path: Path) -> Iterator[Content]:
    """The files of an input that are read: of a folder, those of its tables."""
    chosen = [choose_files(path, table) for table in TABLES] if path.is_dir() else []
    for file in [file for one in chosen if one for file in one.files] if path.is_dir() else [path]:
        if file.is_file():
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


# The command


def _given(context: click.Context) -> Mapping[str, click.Option]:
    """The options that the caller gave, by what they are called inside."""
    default = (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP, None)
    options = [one for one in context.command.params if isinstance(one, click.Option) and one.name]
    return {str(one.name): one for one in options if context.get_parameter_source(str(one.name)) not in default}


def _command(context: click.Context, comparison: DiffReport, sides: tuple[Origin, Origin], as_of: int, on: int) -> str:
    """What makes the same report again: days that were today's are named, revisions by the ids of their commits."""
    words = ["xinyong", "diff"]
    words += [resolved_side(named, side.commit) for named, side in zip((comparison.old, comparison.new), sides, strict=True)]
    days = {"as_of": iso_text(as_of), "on": iso_text(on)}
    given = _given(context)
    for option in context.command.params:
        name = str(option.name)
        if (
            isinstance(option, click.Option)
            and (name in given or name in days)
            and option.opts[0] not in ("--output", "--lang")
        ):
            words += _option(option, days.get(name, context.params.get(name)))
    return shlex.join(words)


def _option(option: click.Option, value: Any) -> Iterator[str]:
    if option.is_flag:
        yield from [option.opts[0]] if value else []
        return
    for one in value if option.multiple else [value]:
        yield option.opts[0]
        yield f"{one:g}" if isinstance(one, float) else os.fspath(one) if isinstance(one, Path) else str(one)
