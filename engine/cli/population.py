"""Both versions of the rules over one population, for `xinyong diff --population`."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from engine.cli.backend import EvaluationRequest, connect, count, translate_backend_errors
from engine.cli.batch import BatchEvaluation
from engine.cli.options import fail, print_problems
from engine.cli.output.workspace import disk_of, workspace
from engine.cli.progress import Watch
from engine.model.change import PolicyDiff
from engine.model.impact import Impact
from engine.model.library import Library
from engine.model.problem import Problem
from engine.reading.inputs import WORKBOOK
from engine.reviewing.impact.day import first_day
from engine.reviewing.impact.population import impact
from engine.reviewing.impact.side import Side


def population_impact(
    old: Library, new: Library, changed: Iterable[PolicyDiff], inputs: tuple[Path, ...], as_of: int, memory: str | None = None,
    given: bool = True,
) -> Impact:  # fmt: skip
    """The impact on the subjects of inputs as `evaluate` takes them, as of a day; `memory` is what DuckDB may use at most.

    Where nobody has given the day, it is today, or the first day of a new version that begins later.
    InputError for what cannot be read, or where nobody can be evaluated; the first who cannot be are told on stderr. Each
    library holds the inputs to its own catalogue; where both have the same, that is done once.
    """
    began = time.monotonic()
    known = list(changed)
    today, as_of = as_of, as_of if given else first_day(old, new, known, as_of)
    wanted = EvaluationRequest(inputs, as_of, None, "columnar", memory=memory)
    with workspace(None) as folder, disk_of(None), translate_backend_errors(wanted, folder):
        connection = connect(folder, wanted)
        before, after = _sides(old, new, wanted, connection, folder)
        if not count(before.tables.subjects) and not count(after.tables.subjects):
            fail(Problem("no_input"))
        watch = Watch(("已评价", "evaluated"), connection.con.query_progress)
        found = impact(before, after, known, as_of, connection, folder, watch.each)
        connection.disconnect()
    return replace(found, seconds=time.monotonic() - began, chosen=as_of != today)


def _sides(old: Library, new: Library, wanted: EvaluationRequest, connection: Any, folder: Path) -> tuple[Side, Side]:
    """The inputs under each of the libraries."""
    first = _run(old, wanted, connection, folder / "old")
    before = _side(first)
    if old.catalogue == new.catalogue and _ids(old) == _ids(new):
        print_problems(first.refusals.first)
        return before, replace(before, library=new)
    typed_by_catalogue = wanted.inputs[0].suffix.lower() == WORKBOOK
    second = _run(new, wanted, connection, folder / "new", None if typed_by_catalogue else first)
    after = _side(second)
    print_problems([*first.refusals.first, *second.refusals.first])
    return before, after


def _run(
    library: Library, wanted: EvaluationRequest, connection: Any, folder: Path, like: BatchEvaluation | None = None
) -> BatchEvaluation:
    folder.mkdir()
    return BatchEvaluation(library, wanted, connection, folder, like.opened if like else None)


def _side(run: BatchEvaluation) -> Side:
    run.has_any()
    tables = run.sound_tables(None)
    rejections = run.refusals.rejections(None)
    run.refusals.close()
    known = frozenset(one.subject for one in rejections if one.subject is not None)
    return Side(run.library, tables, known, sum(one.subject is None for one in rejections))


def _ids(library: Library) -> set[str]:
    """Under which nobody may deliver evaluations."""
    return {policy.id for policy in library.policies}
