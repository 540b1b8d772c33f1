"""Evaluating many: tables, or documents too many for a list, to a table of results by the columnar evaluator."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import ibis
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from engine.cli.evaluate import judge_of, output_to
from engine.cli.options import fail, language
from engine.cli.progress import Progress, Watch, counted
from engine.evaluating.columnar.parts import Part, not_run, run, totals
from engine.evaluating.order import evaluate_all, evaluations, in_order, plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import Problem
from engine.model.subject import Subject
from engine.model.table import Tables
from engine.model.totals import Totals
from engine.reading.inputs import Refused, read_inputs
from engine.reading.tables.contract import Contract, Reject
from engine.reading.tables.documents import through_files, to_subjects
from engine.reading.tables.source import holds_tables, open_tables
from engine.telling.messages import message
from engine.telling.table import FORMATS, assemble, outcome_part
from engine.telling.totals import totals_text
from engine.telling.totals_page import totals_page

REJECTS = ("table", "file", "row", "column", "subject", "record", "code", "reason")


class Wanted(Struct, frozen=True):
    """What the command was asked for."""

    inputs: tuple[Path, ...]
    as_of: int
    output: Path | None
    engine: str
    policy: str | None = None
    page: Path | None = None
    rejects: Path | None = None
    memory: str | None = None


def evaluate_many(library: Library, wanted: Wanted) -> int:
    """Evaluates, writes the output, the page and what was refused, and tells the totals; 1 where something was refused."""
    began = time.monotonic()
    with workspace(wanted.output) as folder:
        connection = connect(folder, wanted.memory)
        refusals = Refusals(folder / "rejects.csv")
        tables = read_tables(library, wanted, connection, folder, refusals)
        parts = make_parts(library, wanted, tables, connection, folder)
        if refusals.rejections:
            file = folder / "refused-inputs.parquet"
            outcome_part(refusals.rejections, None, file)
            parts.append(Part(file))
        found = Totals(
            wanted.as_of,
            tables.subjects.count().to_pyarrow().as_py() + len(refusals.subjects),
            tables.records.count().to_pyarrow().as_py(),
            tuple(totals(part, connection) for part in parts if part.model),
            refusals.counts + not_run(parts, connection),
            tuple(map(str, wanted.inputs)),
        )
        connection.disconnect()
        refusals.close()
        if wanted.output is not None:
            made = folder / wanted.output.name
            assemble([part.file for part in parts], made)
            put(made, wanted.output)
            place_rejects(refusals, wanted.rejects or wanted.output.with_name(f"{wanted.output.stem}.rejects.csv"))
    found = replace(found, seconds=time.monotonic() - began)
    click.echo(totals_text(found, language()), nl=False)
    if wanted.page is not None:
        with output_to(wanted.page) as write_page:
            write_page(totals_page(found, language()))
    return 1 if found.refused or any(one.rejected for one in found.models) else 0


def make_parts(library: Library, wanted: Wanted, tables: Tables, connection: Any, folder: Path) -> list[Part]:
    """The results of each model, by the evaluator that was asked for."""
    if wanted.engine == "columnar":
        watch = Watch(("已评价", "evaluated"), connection.con.query_progress)
        return run(library, tables, wanted.as_of, connection, folder, watch.each, wanted.policy)
    subjects = list(to_subjects(tables, library.catalogue))
    made = plan(library, wanted.as_of, judge_of(wanted.engine))
    progress = Progress(("已评价", "evaluated"), evaluations(made, subjects))
    outcomes = in_order(made, subjects, evaluate_all(made, subjects, True, progress.step))
    progress.end()
    by_model: dict[tuple[str, str] | None, list[Outcome]] = {None: []}
    for outcome in outcomes:
        policy, model = (
            (outcome.policy, outcome.model) if isinstance(outcome, Rejection) else (outcome.policy.id, outcome.model.id)
        )
        if wanted.policy in (None, policy):
            runs = (policy, model) in made.models and not (
                isinstance(outcome, Rejection) and outcome.problems[0].code in NOT_RUN
            )
            by_model.setdefault((str(policy), str(model)) if runs else None, []).append(outcome)
    parts = []
    for name, compiled in made.models.items():
        if name in by_model:
            file = folder / f"{name[0]}.{name[1]}.parquet"
            outcome_part(by_model[name], compiled.model, file)
            parts.append(Part(file, compiled.policy, compiled.model))
    outcome_part(by_model[None], None, folder / "refused.parquet")
    return [*parts, Part(folder / "refused.parquet")]


NOT_RUN = ("policy_unknown", "policy_not_in_force", "model_unknown", "model_kind")


def connect(folder: Path, memory: str | None) -> Any:
    """DuckDB, which puts aside in the folder what memory does not hold."""
    settings: dict[str, Any] = {"preserve_insertion_order": False, "temp_directory": str(folder / "spill")}
    if memory is not None:
        settings["memory_limit"] = memory
    return ibis.duckdb.connect(str(folder / "work.duckdb"), **settings)


def read_tables(library: Library, wanted: Wanted, connection: Any, folder: Path, refusals: Refusals) -> Tables:
    """The inputs as tables of what is sound."""
    policies = {policy.id for policy in library.policies}
    if not any(holds_tables(path) for path in wanted.inputs):
        documents = counted(read_inputs(wanted.inputs, library.catalogue, policies), ("已读主体", "subjects read"))
        files = through_files(sound(documents, wanted.as_of, refusals), library.catalogue, folder)
        return Tables(**{name: connection.read_parquet(file) for name, file in files.items()})
    if len(wanted.inputs) > 1:
        fail(Problem("one_input", values={"file": str(wanted.inputs[0])}))
    contract = Contract(open_tables(wanted.inputs[0], connection, folder), library.catalogue, policies)
    for reject in contract.rejects():
        refusals.add(reject)
    if not refusals.subjects:
        return contract.tables(connection)
    refused = connection.create_table("refused", pa.table({"subject": list(refusals.subjects)}))
    for subject, names in contract.models_of(refused):
        refusals.reject(subject, names, wanted.as_of)
    return contract.tables(connection, without=refused)


def sound(documents: Iterable[Subject | Refused], as_of: int, refusals: Refusals) -> Iterator[Subject]:
    """The documents that are not refused."""
    for document in documents:
        if isinstance(document, Subject):
            yield document
            continue
        place = document.problems[0].place
        file, line = (place.file, place.line) if place else ("", None)
        refusals.add(Reject("documents", file, line, document.subject, None, document.problems))
        refusals.reject(document.subject, document.models, as_of, document.problems)


class Refusals:
    """What was refused: rows as they come to a file, and the subjects for which there is therefore no result."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.counts: Counter[tuple[str, str]] = Counter()
        self.subjects: dict[str, list[Problem]] = {}
        self.rejections: list[Rejection] = []
        self.opened = file.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.opened)
        self.writer.writerow(REJECTS)

    def add(self, reject: Reject) -> None:
        for problem in reject.problems:
            self.counts[reject.table, problem.code] += 1
            column = problem.path[-1] if problem.path else problem.values.get("key", "")
            row = reject.row if problem.place is None else problem.place.line
            self.writer.writerow(
                [
                    reject.table,
                    reject.file,
                    row,
                    column,
                    reject.subject,
                    reject.record,
                    problem.code,
                    message(problem, language()),
                ]
            )
        if reject.subject is not None:
            self.subjects.setdefault(reject.subject, []).extend(reject.problems)

    def reject(
        self, subject: str | None, models: Iterable[str], as_of: int, problems: tuple[Problem, ...] | None = None
    ) -> None:
        """A rejection for each of its models, or one where they are not known."""
        why = tuple(self.subjects.get(subject or "", ())) if problems is None else problems
        for name in list(models) or [""]:
            policy, _, model = name.partition("/")
            self.rejections.append(Rejection(subject, policy or None, model or None, as_of, None, why))

    def close(self) -> None:
        self.opened.close()


@contextmanager
def workspace(output: Path | None) -> Iterator[Path]:
    """A folder beside the output, taken away in the end; what earlier runs that were killed left there, too."""
    if output is None:
        with tempfile.TemporaryDirectory(prefix="xinyong-") as aside:
            yield Path(aside)
        return
    _writable(output)
    for left in output.parent.glob(f".{output.name}.*.partial"):
        if not _runs(left.name.split(".")[-2]):
            shutil.rmtree(left, ignore_errors=True)
    folder = output.parent / f".{output.name}.{os.getpid()}.partial"
    try:
        folder.mkdir()
    except OSError as error:
        fail(Problem("output_unwritable", values={"file": str(output), "why": error.strerror or ""}))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _writable(output: Path) -> None:
    """Whether the output may be put there: what stands there is a result like it."""
    suffix = output.suffix.lower()
    if suffix not in ("", *FORMATS):
        fail(Problem("output_kind", values={"file": str(output), "known": list(FORMATS)}))
    if output.is_dir() and (suffix or any(one.suffix != ".parquet" for one in output.iterdir())):
        fail(Problem("output_exists", values={"file": str(output)}))


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def place_rejects(refusals: Refusals, target: Path) -> None:
    """The refused rows to their file; one of an earlier run goes where there are none now."""
    if refusals.counts:
        put(refusals.file, target)
    elif target.exists():
        target.unlink()


def put(made: Path, target: Path) -> None:
    """In place at once; a folder that stands there goes only when the new one is whole."""
    if target.is_dir():
        old = made.with_name("old")
        target.rename(old)
    made.rename(target)
