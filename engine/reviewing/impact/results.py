"""The results of both libraries over a population: in arrays where it is large, else one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path as File
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct
from msgspec.structs import replace

from engine.backends.whole_numbers import whole
from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import Plan
from engine.evaluating.arrays.evaluate import evaluations as array_evaluations
from engine.evaluating.arrays.evaluate import plan as plan_arrays
from engine.evaluating.arrays.result_table import EVALUATED
from engine.evaluating.arrays.run import run
from engine.evaluating.model_results import ModelResults, RunQueries
from engine.evaluating.order import Results as Outcomes
from engine.evaluating.order import evaluate_all, evaluations, plan
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.impact import NOT_EVALUATED, REJECTED
from engine.model.library import Name
from engine.model.number import ONE
from engine.model.subject import Subject
from engine.reading.tables.batches import kinds_and_models, read_batch
from engine.reading.tables.documents import in_memory, to_subjects
from engine.reading.tables.parts import AT_ONCE, PART_RECORDS, parts
from engine.reviewing.impact.affected_models import needed_results
from engine.reviewing.impact.shared_batch import PlannedSide, evaluate_both
from engine.reviewing.impact.side import Side, table_of

MANY = 10_000
"""More subjects than so many are evaluated in arrays; the results are the same."""

TEXTS = pa.list_(pa.string())
ROWS = pa.schema(
    {
        "subject": pa.string(), "outcome": pa.string(), "level": pa.string(), "grade": pa.string(), "vetoes": TEXTS,
        "measures": TEXTS, "score": pa.int64(),
    }
)  # fmt: skip
"""What is compared of a result."""


class Results(Struct, frozen=True):
    """What came of one library: the rows of each model, those of models that do not run (with policy and model), and who was
    refused before (a table with a column `subject`). `outcomes` are all of them where they were made one by one; `held` are
    models' rows that memory holds, in the order of the batch, where no others are in `rest`.
    """

    models: Mapping[Name, Table]
    rest: Table | None = None
    refused: Table | None = None
    outcomes: Outcomes | None = None
    held: Mapping[Name, pa.Table] = {}

    def of(self, name: Name, connection: Connection) -> Table:
        """A model's rows; those who name it where it does not run are rejected."""
        results = [self.models[name]] if name in self.models else []
        if self.rest is not None:
            rest = self.rest
            results.append(rest.filter((rest.policy == name[0]) & (rest.model == name[1])).drop("policy", "model"))
        if not results:
            results.append(_in_memory((), connection))
        return ibis.union(*results) if len(results) > 1 else results[0]


def beside(old: Results, new: Results, name: Name, connection: Connection) -> Table:
    """A model's rows of both sides, a row a subject: columns `old_` and `new_`. Only where they are not of the same subjects
    in one order are they joined.
    """
    before, after = old.held.get(name), new.held.get(name)
    if before is not None and after is not None and before["subject"].equals(after["subject"]):
        columns = {
            f"{side}_{column}": rows[column] for side, rows in (("old", before), ("new", after)) for column in ROWS.names
        }
        return _registered(pa.table(columns), connection)
    left, right = (side.of(name, connection).rename(f"{which}_{{name}}") for which, side in (("old", old), ("new", new)))
    return left.outer_join(right, left.old_subject == right.new_subject)


def evaluate_population(
    old: Side,
    new: Side,
    names: Sequence[Name],
    as_of: int,
    connection: Connection,
    folder: File,
    each: RunQueries,
    many: int = MANY,
) -> tuple[Results, Results]:
    """Both sides; of the new one the results of the models named alone, for what these read stands."""
    if not names:
        return Results({}, None, _refused(old, connection)), Results({}, None, _refused(new, connection))
    reached = needed_results(old.library, new.library, as_of, names)
    done = 0

    def counting(count: int, of: int, make: Any) -> None:
        nonlocal done
        done = max(done, of)
        each(count, of, make)

    def adding(count: int, of: int, make: Any) -> None:
        each(count, done + of, make)

    if max(_count(side.tables.subjects) for side in (old, new)) <= many:
        then = list(to_subjects(old.tables, old.library.catalogue))
        now = then if new.tables is old.tables else list(to_subjects(new.tables, new.library.catalogue))
        before = _singly(old, then, as_of, connection, counting, reached, {})
        stand = {key: outcome for key, outcome in (before.outcomes or {}).items() if key[1] not in names}
        return before, _singly(new, now, as_of, connection, adding, names, stand)
    if new.tables is old.tables and _are_held(old):
        return _of_one_batch(old, new, reached, names, as_of, connection, each)
    before = _in_arrays(old, as_of, connection, folder / "before", counting, reached)
    return before, _in_arrays(new, as_of, connection, folder / "after", adding, names)


def _of_one_batch(
    old: Side, new: Side, reached: Collection[Name], names: Collection[Name], as_of: int, connection: Connection, each: RunQueries
) -> tuple[Results, Results]:  # fmt: skip
    """Both sides over the same tables, which are put into arrays once."""
    sides = [
        PlannedSide(side.library, plan_arrays(side.library, as_of, only), names)
        for side, only in ((old, reached), (new, names))
    ]
    read = old.read or columns_read(Plan(as_of, tuple(model for side in sides for model in side.plan.models), ()))
    batch = read_batch(old.tables, old.library.catalogue, read, old.apart)
    evaluate_both([side for side, only in zip(sides, (reached, names), strict=True) if only], batch, each)
    before, after = (_put_together(side, _refused(old, connection), connection) for side in sides)
    return before, after


def _put_together(side: PlannedSide, refused: Table | None, connection: Connection) -> Results:
    """A side's rows as tables of the database."""
    rows = {name: pa.concat_tables(pieces) for name, pieces in side.models.items()}
    models = {name: _registered(table, connection) for name, table in rows.items()}
    if not side.rest:
        return Results(models, None, refused, held=rows)
    rest = pa.concat_tables(side.rest)
    names = {(row["policy"], row["model"]) for row in rest.group_by(["policy", "model"]).aggregate([]).to_pylist()}
    held = {name: table for name, table in rows.items() if name not in names}
    return Results(models, _registered(rest, connection), refused, held=held)


def _registered(rows: pa.Table, connection: Connection) -> Table:
    """Rows as a table of the database, which reads them where they are."""
    name = ibis.util.gen_name("results")
    connection.con.register(name, rows)
    return connection.table(name)


def _are_held(side: Side) -> bool:
    """Whether memory holds the records all at once."""
    return side.apart is not None or _count(side.tables.records) <= (side.at_once or AT_ONCE)


def _in_arrays(
    side: Side, as_of: int, connection: Connection, folder: File, each: RunQueries, only: Collection[Name]
) -> Results:
    """Each model's results of a run; what is known from another is made once more sooner than read."""
    folder.mkdir()
    results = _run(side, as_of, connection, folder, each, only) if only else []
    models, rest = {}, None
    for part in results:
        rows = connection.read_parquet(part.file)
        names = [] if part.model else ["policy", "model"]
        score = whole((rows.score.cast("float64") * ONE).round())
        rows = rows.select(*(name for name in ROWS.names if name != "score"), *names, score=score)
        if part.model:
            models[_name(part)] = rows
        else:
            rest = rows
    return Results(models, rest, _refused(side, connection))


def _run(
    side: Side, as_of: int, connection: Connection, folder: File, each: RunQueries, only: Collection[Name]
) -> list[ModelResults]:
    """In parts, where memory does not hold the records."""
    library = side.library
    planned = plan_arrays(library, as_of, only)
    read = side.read or columns_read(planned)
    if _are_held(side):
        batch = read_batch(side.tables, library.catalogue, read, side.apart)
        return run(library, planned, [batch], folder, each, only, reasoning=False)
    split = parts(side.tables, library.catalogue, read, side.at_once or PART_RECORDS, connection, folder)
    batches = (read_batch(part, library.catalogue, read) for part in split)
    size = array_evaluations(planned, *kinds_and_models(side.tables))
    return run(library, planned, batches, folder, each, only, size, reasoning=False)


def _singly(
    side: Side, subjects: Sequence[Subject], as_of: int, connection: Connection, each: RunQueries, only: Collection[Name],
    stand: Outcomes,
) -> Results:  # fmt: skip
    """The outcomes of the models named, beside those that stand."""
    planned = plan(side.library, as_of)
    planned = replace(planned, models={name: compiled for name, compiled in planned.models.items() if name in only})
    outcomes: Outcomes = {}

    def make() -> None:
        outcomes.update(evaluate_all(planned, subjects, reasoning=False, stand=stand))

    count = evaluations(planned, subjects)
    each(count, count, make)
    rows: dict[Name, list[tuple[str, Outcome]]] = {name: [] for name in only}
    for (subject, name), outcome in outcomes.items():
        rows.setdefault(name, []).append((subject, outcome))
    models = {name: _in_memory(some, connection) for name, some in rows.items()}
    return Results(models, None, _refused(side, connection), outcomes)


def _in_memory(outcomes: Iterable[tuple[str, Outcome]], connection: Connection) -> Table:
    rows = [_row(subject, outcome) for subject, outcome in outcomes]
    return in_memory(ibis.util.gen_name("outcomes"), pa.Table.from_pylist(rows, ROWS), connection)


def _row(subject: str, outcome: Outcome) -> dict[str, Any]:
    if not isinstance(outcome, Evaluation):
        name = NOT_EVALUATED if isinstance(outcome, NotEvaluated) else REJECTED
        return {"subject": subject, "outcome": name, "vetoes": [], "measures": []}
    return {
        "subject": subject, "outcome": EVALUATED, "level": outcome.level, "grade": outcome.grade,
        "vetoes": list(outcome.vetoes), "measures": list(outcome.measures), "score": outcome.score,
    }  # fmt: skip


def _refused(side: Side, connection: Connection) -> Table | None:
    return table_of(sorted(side.refused), connection) if side.refused else None


def _name(part: ModelResults) -> Name:
    assert part.policy is not None
    assert part.model is not None
    return part.policy.id, part.model.id


def _count(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())
