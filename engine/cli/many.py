"""Evaluating many: tables, or documents too many for a list, to a table of results."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import duckdb
import ibis
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from engine.cli.judges import MANY, judge_of
from engine.cli.options import fail, language, needs
from engine.cli.output import output_to, put, workspace, writable
from engine.cli.progress import Progress, Watch, counted
from engine.cli.refusals import Refusals, sound
from engine.evaluating.columnar.parts import REFUSED, Part, carry, hashed, not_run, run, totals
from engine.evaluating.columnar.since import Last, date_of, expired, stands, with_members, with_owners
from engine.evaluating.order import evaluate_all, evaluations, in_order, plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.model.table import Tables, kept
from engine.model.totals import Totals
from engine.reading.inputs import WORKBOOK, holds_tables, read_inputs
from engine.reading.tables.contract import Contract, Raw
from engine.reading.tables.documents import in_memory, through_files, to_subjects
from engine.reading.tables.fingerprint import fingerprints
from engine.reading.tables.source import TABLES, first_line, of_texts, open_results, open_tables
from engine.reading.tables.spark import open_on_spark, session
from engine.reading.workbook.filled import read_workbook
from engine.telling.table import assemble, outcome_part
from engine.telling.totals import totals_text
from engine.telling.totals_page import totals_page


class Wanted(Struct, frozen=True):
    """What the command was asked for."""

    inputs: tuple[Path, ...]
    as_of: int
    output: Path | None
    engine: str | None
    policy: str | None = None
    page: Path | None = None
    rejects: Path | None = None
    memory: str | None = None
    since: Path | None = None
    updated: str | None = None
    master: str | None = None  # of Spark, where that is the backend


def evaluate_many(library: Library, wanted: Wanted) -> int:
    """Evaluates, writes the output, the page and what was refused, and tells the totals; 1 where something was refused."""
    began = time.monotonic()
    if wanted.output is not None and wanted.output.suffix.lower() == ".xlsx":
        needs("workbook", "xlsxwriter")
    for file in (wanted.page, wanted.rejects):
        writable(file)
    for path in wanted.inputs:
        if wanted.output is not None and _is_in(wanted.output, path):
            fail(Problem("output_is_input", values={"file": str(wanted.output)}))
    with workspace(wanted.output) as folder, understood(wanted):
        connection = connect(folder, wanted)
        found = Run(library, wanted, connection, folder).totals()
        connection.disconnect()
    found = replace(found, seconds=time.monotonic() - began)
    click.echo(totals_text(found, language()), nl=False)
    if wanted.page is not None:
        with output_to(wanted.page) as write_page:
            write_page(totals_page(found, language()))
    return 1 if found.refused or any(one.rejected for one in found.models) else 0


def _is_in(output: Path, given: Path) -> bool:
    """Whether an output would take the place of an input, or of a table in it."""
    if not output.resolve().is_relative_to(given.resolve()):
        return False
    inside = output.resolve().relative_to(given.resolve()).parts
    return not inside or inside[0].split(".")[0] in TABLES


@contextmanager
def understood(wanted: Wanted) -> Iterator[None]:
    """What DuckDB cannot read, hold or finish is the user's to mend; anything else that it says is a bug."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        fail(Problem("memory", values={"why": first_line(error)}))
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        fail(Problem("table_broken", values={"file": str(wanted.inputs[0]), "why": first_line(error)}))
    except (RuntimeError, duckdb.Error) as error:
        if "interrupted" in str(error).lower():  # Ctrl-C in the middle of a query
            raise KeyboardInterrupt from None
        raise


def connect(folder: Path, wanted: Wanted) -> Any:
    """Spark, or DuckDB, which puts aside in the folder what memory does not hold."""
    if wanted.master is not None:
        return session(wanted.master)
    settings: dict[str, Any] = {"temp_directory": str(folder / "spill")}
    if wanted.memory is not None:
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)? *([kKMGT]i?)?B?", wanted.memory):
            context = click.get_current_context()
            option = next(one for one in context.command.params if one.name == "memory")
            raise click.BadParameter(wanted.memory, context, option)
        settings["memory_limit"] = wanted.memory
    return ibis.duckdb.connect(str(folder / "work.duckdb"), **settings)


class Run:
    """One evaluation of inputs: read, hold to the contract, evaluate whom it takes, put together.

    `opened` are the tables of the input where another run on the same connection has opened them.
    """

    def __init__(self, library: Library, wanted: Wanted, connection: Any, folder: Path, opened: Raw | None = None) -> None:
        self.library, self.wanted, self.connection, self.folder = library, wanted, connection, folder
        self.opened = opened
        self.refusals = Refusals(folder / "rejects.csv")
        self.source = self.read()
        self.inputs: Any = None  # fingerprints, where this or a later run asks what changed

    def read(self) -> Contract | Tables:
        """The inputs: tables under the catalogue, or documents, read one by one, as tables."""
        wanted, library = self.wanted, self.library
        policies = {policy.id for policy in library.policies}
        if wanted.master is None:
            for path in wanted.inputs:
                if not path.exists():
                    fail(Problem("file_missing", values={"file": str(path)}))
        if wanted.master is None and not any(holds_tables(path) for path in wanted.inputs):
            documents = counted(read_inputs(wanted.inputs, library.catalogue, policies), ("已读主体", "subjects read"))
            files = through_files(sound(documents, wanted.as_of, self.refusals), library.catalogue, self.folder)
            return Tables(**{name: self.connection.read_parquet(file) for name, file in files.items()})
        if len(wanted.inputs) > 1:
            fail(Problem("one_input", values={"file": str(wanted.inputs[0])}))
        if self.opened is None:
            self.opened = self.raw(wanted.inputs[0])
        return Contract(self.opened, library.catalogue, policies, [wanted.updated] if wanted.updated else [])

    def raw(self, path: Path) -> Raw:
        """The tables of an input as it has them."""
        if self.wanted.master is not None:
            return open_on_spark(str(path), self.connection)
        if path.suffix.lower() == WORKBOOK and path.is_file():
            sheets = read_workbook(path, self.library.catalogue)
            rows = {"subjects": sheets.subjects, "records": sheets.records, "members": sheets.members}
            return of_texts(rows, str(path), self.connection)
        return open_tables(path, self.connection, self.folder)

    def totals(self) -> Totals:
        """Does all of it, and counts what came of it."""
        wanted = self.wanted
        chosen, last = self.changed() if wanted.since else (None, None)
        tables = self.sound_tables(chosen)
        self.has_any()
        parts = self.evaluate(tables)
        if self.refusals.rejections:
            file = self.folder / "refused-inputs.parquet"
            outcome_part(self.refusals.rejections, file)
            parts.append(Part(file))
        everybody, changed = self.everybody(), None
        if self.inputs is not None:
            parts = hashed(parts, self.inputs, self.connection, self.aside("hashed"))
        if last is not None:
            changed, aside = count(chosen), self.aside("carried")
            parts = carry(self.library, parts, last, chosen, everybody, wanted.as_of, self.connection, aside, wanted.policy)
        found = Totals(
            wanted.as_of,
            count(everybody),
            count(self.source.records),
            tuple(totals(part, self.connection) for part in parts if part.model),
            self.refusals.counts + not_run(parts, self.connection),
            tuple(map(str, wanted.inputs)),
            None,
            changed,
        )
        if wanted.output is not None:
            made = self.folder / wanted.output.name
            assemble([part.file for part in parts], made)
            put(made, wanted.output)
        beside = wanted.output.with_name(f"{wanted.output.stem}.rejects.csv") if wanted.output else None
        self.refusals.close(wanted.rejects or beside)
        return found

    def has_any(self) -> None:
        """Ends where there is nobody to evaluate."""
        refused = self.refusals.counts if isinstance(self.source, Tables) else self.source.broken
        if not refused and not count(self.source.subjects):
            fail(Problem("no_input"))

    def aside(self, name: str) -> Path:
        """A folder of the run's own."""
        (self.folder / name).mkdir()
        return self.folder / name

    def everybody(self) -> Any:
        """The ids of all subjects of the input."""
        source = self.source
        column = source.subjects.subject if isinstance(source, Tables) else source.subjects.id
        return source.subjects.select(subject=column).distinct()

    def changed(self) -> tuple[Any, Last | None]:
        """The subjects to evaluate anew and the results that the others keep; None and None for everybody."""
        wanted, source = self.wanted, self.source
        assert wanted.since is not None
        last = Last(*open_results(wanted.since, self.connection))
        key = "subject" if isinstance(source, Tables) else "id"
        if wanted.updated is None:
            made = fingerprints(source.subjects, source.records, source.members, key)
            self.inputs = kept(made)
        if not stands(self.library, last, wanted.as_of, wanted.policy):
            return None, None
        if wanted.updated is None:
            if "input_hash" not in last.rows.columns:  # the next time they will be there
                return None, None
            then = last.rows.select("subject", "input_hash").distinct()
            same = self.inputs.semi_join(then, ["subject", "input_hash"])
            changed = self.inputs.anti_join(same, "subject").select("subject")
        else:
            self.has_updated(wanted.updated)
            known = last.rows.select("subject").distinct()
            changed = self.everybody().anti_join(known, "subject")
            for table, column in ((source.subjects, key), (source.records, "subject")):
                rows = table.filter(table[wanted.updated].cast("date") >= date_of(last.as_of))
                changed = ibis.union(changed, rows.select(subject=rows[column]))
        changed = ibis.union(changed, expired(self.library, last, wanted.as_of)).distinct()
        chosen = kept(changed.semi_join(self.everybody(), "subject"))
        return with_members(with_owners(chosen, source.members), source.members), last

    def has_updated(self, column: str) -> None:
        """Whether the column of updates is there, or else a problem for each table without it."""
        tables = {"subjects": self.source.subjects, "records": self.source.records}
        missing = [name for name, table in tables.items() if column not in table.columns]
        if missing:
            raise InputError([Problem("column_missing", (name, column), {"table": name, "column": column}) for name in missing])

    def sound_tables(self, chosen: Any) -> Tables:
        """What the catalogue allows, of all or of the chosen subjects."""
        source = self.source if chosen is None else self.source.of(chosen)
        if isinstance(source, Tables):
            return source
        for reject in source.rejects():
            self.refusals.add(reject)
        if not self.refusals.subjects:
            return source.tables(self.connection)
        refused = in_memory(ibis.util.gen_name("refused"), pa.table({"subject": list(self.refusals.subjects)}), self.connection)
        for subject, names in source.models_of(refused):
            self.refusals.reject(subject, names, self.wanted.as_of)
        return source.tables(self.connection, without=refused)

    def evaluate(self, tables: Tables) -> list[Part]:
        """The results of each model, by the evaluator that was asked for."""
        wanted, engine = self.wanted, self.wanted.engine
        if engine is None:
            engine = "single" if wanted.master is None and count(tables.subjects) <= MANY else "columnar"
        if engine == "columnar":
            told = self.connection.con.query_progress if wanted.master is None else lambda: -1.0
            watch = Watch(("已评价", "evaluated"), told)
            return run(self.library, tables, wanted.as_of, self.connection, self.folder, watch.each, wanted.policy)
        subjects = list(to_subjects(tables, self.library.catalogue))
        made = plan(self.library, wanted.as_of, judge_of(engine))
        progress = Progress(("已评价", "evaluated"), evaluations(made, subjects))
        outcomes = in_order(made, subjects, evaluate_all(made, subjects, True, progress.step))
        progress.end()
        by_model: dict[tuple[str, str] | None, list[Outcome]] = {None: []}
        for outcome in outcomes:
            name = name_of(outcome)
            if wanted.policy in (None, name[0]):
                by_model.setdefault(None if is_not_run(outcome) else name, []).append(outcome)
        parts = []
        for name, compiled in made.models.items():
            if name in by_model:
                part = Part(self.folder / f"{name[0]}.{name[1]}.parquet", compiled.policy, compiled.model)
                outcome_part(by_model[name], part.file, part.policy, part.model)
                parts.append(part)
        outcome_part(by_model[None], self.folder / REFUSED)
        return [*parts, Part(self.folder / REFUSED)]


def name_of(outcome: Outcome) -> tuple[str, str]:
    """Policy and model of an outcome."""
    if isinstance(outcome, Rejection):
        return str(outcome.policy), str(outcome.model)
    return outcome.policy.id, outcome.model.id


def is_not_run(outcome: Outcome) -> bool:
    """Whether a subject names a model that does not run."""
    codes = ("policy_unknown", "policy_not_in_force", "model_unknown", "model_kind")
    return isinstance(outcome, Rejection) and outcome.problems[0].code in codes


def count(table: Any) -> int:
    """How many rows."""
    return int(table.count().to_pyarrow().as_py())
