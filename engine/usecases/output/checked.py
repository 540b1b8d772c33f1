"""The outputs of a call held against what it reads and against each other, before anything is done."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.usecases.output.target import Target, target

TABLES = ("subjects", "records", "members")
"""Files and folders of an input folder that are read by these names."""


def read_besides(since: Path | None, output: Path | None) -> list[Path]:
    """An earlier output that is read and stays: not one that is a database and the output too, since a copy is made of it."""
    if since is None:
        return []
    renewed = output is not None and output.suffix.lower() == ".duckdb" and _identity(output) is not None
    return [] if renewed and output is not None and _identity(output) == _identity(since) else [since]


def check_outputs(outputs: Iterable[Path | None], read: Iterable[Path]) -> None:
    """InputError where an output would take the place of something that is read, by whatever name, or of another output."""
    goals = [target(output) for output in outputs if output is not None]
    if not goals:
        return
    _apart(goals)
    sources = [file for path in read if os.path.exists(path) for file in (path, *_inside(path))]
    known = {identity: path for path in sources if (identity := _identity(path))}
    for goal in goals:
        hit = _hit(goal, known, sources)
        if hit is not None:
            raise InputError([Problem("output_is_input", values={"file": str(goal.name), "input": str(hit)})])


FORMATS = {
    "text": (".txt",), "json": (".json", ".jsonl", ".ndjson"), "markdown": (".md",), "html": (".html", ".htm"),
}  # fmt: skip
"""The endings of what is written in a format; a name without one may stand for any."""


def check_text(output: Path, form: str = "text", more: Sequence[str] = ()) -> None:
    """InputError where an output has another ending than its format has; `more` say what else there is."""
    goal = target(output)
    if goal.suffix and not goal.is_stream and goal.suffix not in FORMATS[form]:
        raise InputError([Problem("output_kind", values={"file": str(output), "known": [*FORMATS[form], *more]})])


def policy_files(paths: Iterable[Path]) -> Iterator[Path]:
    """What is read of folders of policies, with what stands beside it: common files and cases."""
    for path in paths:
        folder = path if os.path.isdir(path) else path.parent  # of a name that is too long, pathlib raises
        yield path
        for inside in filter(os.path.isdir, (folder, folder / "common", folder / "cases")):
            yield from (file for ending in ("*.yaml", "*.yml") for file in inside.glob(ending))


def _apart(goals: Sequence[Target]) -> None:
    for number, goal in enumerate(goals):
        for other in goals[:number]:
            if not (goal.is_null and other.is_null) and (_same(goal, other) or _within(goal, other) or _within(other, goal)):
                raise InputError([Problem("outputs_collide", values={"file": str(goal.name), "other": str(other.name)})])


def _same(goal: Target, other: Target) -> bool:
    """One file by two names, or names that some disks take for one: of another case, or composed otherwise."""
    if goal.state is not None and other.state is not None:
        return os.path.samestat(goal.state, other.state)
    return _folded(goal.place.name) == _folded(other.place.name) and _identity(goal.place.parent) == _identity(
        other.place.parent
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _within(goal: Target, other: Target) -> bool:
    return goal.descriptor is None and other.descriptor is None and other.place in goal.place.parents


def _hit(goal: Target, known: dict[tuple[int, int], Path], sources: Sequence[Path]) -> Path | None:
    """What is read that an output would take the place of."""
    if goal.state is not None:
        if stat.S_ISCHR(goal.state.st_mode):  # a terminal can be both
            return None
        if (goal.state.st_dev, goal.state.st_ino) in known:
            return known[goal.state.st_dev, goal.state.st_ino]
    if goal.descriptor is not None:
        return None
    for path in sources:
        place = Path(os.path.realpath(path))
        if goal.is_folder and place.is_relative_to(goal.place):
            return path
        if goal.place != place and goal.place.is_relative_to(place) and _is_table(goal.place.relative_to(place).parts[0]):
            return path
    return None


def _is_table(name: str) -> bool:
    return name.split(".")[0].casefold() in TABLES


def _inside(path: Path) -> Iterator[Path]:
    """What is read of a folder of tables."""
    if not os.path.isdir(path):
        return
    for top in path.iterdir():
        if _is_table(top.name):
            yield top
            yield from top.rglob("*") if top.is_dir() else ()


def _identity(path: Path) -> tuple[int, int] | None:
    """By which a file is known under each of its names; none where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_dev, state.st_ino
