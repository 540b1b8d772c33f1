"""What changed in meaning in a file that `git diff` hands over, with what stands beside it in the revisions that are compared."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from engine.model.comparison import DiffReport
from engine.model.policy import Policy
from engine.model.problem import PolicyError, Problem
from engine.reading.library import Read, read_library
from engine.reading.near_miss import POLICY, kind_of
from engine.reading.sibling_files import UNSOUND, DriverArguments, SiblingFiles, file_alone, find_siblings
from engine.reviewing.diff.versions import all_pairs
from engine.usecases.comparison import compare_sides


class Successor(Struct, frozen=True):
    """A version of the old file that goes on, as version `now`, in another one."""

    title: str
    version: str
    now: str
    file: str


class FileChange(Struct, frozen=True):
    """A file as it was and as it is, and by which names.

    `around` is what was read with it, and `report` what changed in its meaning, None where that is told of another file.
    Where it has none, or one of its versions is not sound (`problems`), there is neither, and its lines are to be compared.
    """

    old: DriverArguments
    new: DriverArguments
    sides: tuple[str, str]
    around: SiblingFiles | None = None
    report: DiffReport | None = None
    successors: tuple[Successor, ...] = ()
    problems: tuple[Problem, ...] = ()


def compare_file(arguments: Sequence[str], today: int) -> FileChange:
    """`PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE`, more of a renamed file, as git gives them.

    Both sides are read with the other files of the policy and the common files of the revisions that are compared, as far
    as these can be found. `today` is an ordinal.
    """
    path, *rest = arguments
    old, new = _arguments(path, rest[0], rest[1]), _arguments(rest[6] if len(rest) > 6 else path, rest[3], rest[4])
    change = FileChange(old, new, (f"a/{old.path}", f"b/{new.path}"))
    if any(kind_of(side.content, side.path) != POLICY for side in (old, new) if side.hash is not None):
        return change  # common files and cases have no meaning of their own
    try:
        around, before, after = _read(old, new)
        report = _of_file(compare_sides(change.sides, before, after, today=today), before, after, change.sides)
    except PolicyError as error:
        return replace(change, problems=error.problems)
    is_told = report.policies or new.hash is not None or not before.pages or around.taken is None  # else all goes on elsewhere
    successors = tuple(_successors(before, after, change.sides))
    return replace(change, around=around, report=report if is_told else None, successors=successors)


def _arguments(path: str, file: str, key: str) -> DriverArguments:
    """git writes zeros for the hash of what it has not hashed, and the null device in place of a file that is not there."""
    return DriverArguments(path, Path(file), None if file == os.devnull else key if key.strip("0") else "")


def _read(old: DriverArguments, new: DriverArguments) -> tuple[SiblingFiles, Read, Read]:
    """Both sides with what stands beside the file; by itself where that is not sound, or not to be known."""
    around = find_siblings(old, new)
    try:
        return around, read_library(around.sides[0]), read_library(around.sides[1])
    except PolicyError:
        around = file_alone(old, new, UNSOUND)
        return around, read_library(around.sides[0]), read_library(around.sides[1])


def _successors(old: Read, new: Read, sides: Sequence[str]) -> Iterator[Successor]:
    pairs = [(was, now) for was, now in all_pairs(old.library.policies, new.library.policies) if was is not None]
    here = {id(was) for was, now in pairs if now is not None and _file(new, now) == sides[1]}
    for was, now in pairs:
        if now is not None and _file(old, was) == sides[0] and id(was) not in here:
            yield Successor(was.title, was.version, now.version, _file(new, now))


def _of_file(comparison: DiffReport, old: Read, new: Read, sides: Sequence[str]) -> DiffReport:
    """What concerns the versions in the file: those that it has now, and those that are gone with it."""

    def of_it(was: Policy | None, now: Policy | None) -> bool:
        if now is not None:
            return _file(new, now) == sides[1]
        return was is not None and _file(old, was) == sides[0]

    mine = (policy for policy in comparison.policies if of_it(policy.changed.old, policy.changed.new))
    policies = tuple(
        replace(policy, changed=replace(policy.changed, readers={})) for policy in mine
    )  # who reads it is not looked at
    names = {policy.changed.policy.id for policy in policies}
    shared = tuple(element for element in comparison.shared if any(it.reads and it.policy in names for it in element.concerned))
    return replace(comparison, policies=policies, shared=shared)


def _file(read: Read, policy: Policy) -> str:
    pages = zip(read.library.policies, read.pages, strict=True)
    return next(page.source.file for version, page in pages if version is policy)
