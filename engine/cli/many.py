"""Evaluating many: tables, or documents too many for a list, to a table of results."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import duckdb
import ibis
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from engine.cli.judges import MANY, judge_of
from engine.cli.options import fail, language, needs, report
from engine.cli.output import output_to, put, workspace, writable
from engine.cli.progress import Progress, Watch, counted
from engine.cli.refusals import Refusals, sound
from engine.evaluating.columnar.parts import REFUSED, Part, carry, hashed, not_run, run, totals
from engine.evaluating.columnar.since import Last, expired, stands, with_members, with_owners
from engine.evaluating.order import evaluate_all, evaluations, in_order, plan
from engine.model.digest import catalogue_digest
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import InputError, Place, Problem
from engine.model.table import Tables, kept
from engine.model.totals import Totals, with_refused
from engine.reading.inputs import WORKBOOK, Names, holds_tables, stream_inputs
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import in_memory, through_files, to_subjects
from engine.reading.tables.fingerprint import fingerprints, rows_since
from engine.reading.tables.idle import idle
from engine.reading.tables.raw import Held, Raw, Reject
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
        run = Run(library, wanted, connection, folder)
        found, found_first = run.totals(), run.refusals.first
        connection.disconnect()
    found = replace(found, seconds=time.monotonic() - began)
    if wanted.output is None and wanted.rejects is None:
        report(found_first)
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
        self.places: dict[str, Place] = {}
        self.count: int | None = None
        self.refusals = Refusals(folder / "rejects.csv")
        self.source = self.read()
        self._doubtful: list[Reject] | None = None
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
            return self.documents(policies)
        if len(wanted.inputs) > 1:
            fail(Problem("one_input", values={"file": str(wanted.inputs[0])}))
        if self.opened is None:
            self.opened = self.raw(wanted.inputs[0])
        return Contract(self.opened, library.catalogue, policies, [wanted.updated] if wanted.updated else [])

    def documents(self, policies: set[str]) -> Tables:
        """Documents as tables, but those of whom there are several, or may be."""
        names = Names()
        stream = stream_inputs(self.wanted.inputs, self.library.catalogue, policies, names)
        documents = sound(counted(stream, ("已读主体", "subjects read")), self.wanted.as_of, self.refusals)
        files = through_files(documents, self.library.catalogue, self.folder)
        tables = Tables(**{name: self.connection.read_parquet(str(file)) for name, file in files.items()})
        self.places, self.count = names.places, len(names.places) + names.nameless
        refused = names.refused()
        if not refused:
            return tables
        for name, problem in refused.items():
            for place in (names.places[name], *names.again.get(name, ())):
                self.refusals.add(Reject("documents", place.file, place.line, name, None, (problem,)))
        chosen = self.named(refused)
        for row in tables.subjects.semi_join(chosen, "subject").select("subject", "models").distinct().to_pyarrow().to_pylist():
            self.refusals.reject(row["subject"], row["models"].split(), self.wanted.as_of)
        rest = kept(tables.subjects.select("subject").anti_join(chosen, "subject").distinct())
        return tables.of(rest)

    def named(self, names: Iterable[str]) -> Any:
        """Subjects as a table."""
        return in_memory(ibis.util.gen_name("named"), pa.table({"subject": pa.array(names, pa.string())}), self.connection)

    def raw(self, path: Path) -> Raw:
        """The tables of an input as it has them."""
        if self.wanted.master is not None:
            return open_on_spark(str(path), self.connection)
        if path.suffix.lower() == WORKBOOK and path.is_file():
            sheets = read_workbook(path, self.library.catalogue)
            report(sheets.notices)
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
        rejections = self.refusals.rejections(wanted.policy)
        if rejections:
            file = self.folder / "refused-inputs.parquet"
            outcome_part(rejections, file)
            parts.append(Part(file))
        everybody, changed = self.everybody(), None
        if self.inputs is not None:
            parts = hashed(parts, self.inputs, self.connection, self.aside("hashed"))
        if last is not None:
            changed, aside = count(chosen), self.aside("carried")
            parts = carry(self.library, parts, last, chosen, everybody, wanted.as_of, self.connection, aside, wanted.policy)
        found = Totals(
            wanted.as_of,
            count(everybody) if self.count is None else self.count,
            count(self.rows.records),
            with_refused(
                [totals(part, self.connection) for part in parts if part.model], rejections, self.library, wanted.as_of
            ),
            self.refusals.counts + not_run(parts, self.connection),
            tuple(map(str, wanted.inputs)),
            None,
            changed,
            self.idle(),
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
        if not refused and not count(self.rows.subjects):
            fail(Problem("no_input"))

    def idle(self) -> int:
        """Lists the subjects that no policy applies to, and counts them."""
        always = {
            model.kind
            for policy in self.library.in_force(self.wanted.as_of).values()
            for model in policy.models.values()
            if model.always
        }
        count = 0
        for reject in idle(self.source, always, self.places):
            if reject.subject not in self.refusals.subjects:
                self.refusals.tell(reject)
                count += 1
        return count

    def aside(self, name: str) -> Path:
        """A folder of the run's own."""
        (self.folder / name).mkdir()
        return self.folder / name

    @property
    def rows(self) -> Held | Tables:
        """The rows of the inputs, refused ones too."""
        return self.source if isinstance(self.source, Tables) else self.source.held

    def everybody(self) -> Any:
        """The ids of all subjects of the input."""
        rows = self.rows
        column = rows.subjects.subject if isinstance(rows, Tables) else rows.subjects.id
        return rows.subjects.select(subject=column).distinct()

    def changed(self) -> tuple[Any, Last | None]:
        """The subjects to evaluate anew and the results that the others keep; None and None for everybody."""
        wanted, members = self.wanted, self.rows.members
        assert wanted.since is not None
        last = Last(*open_results(wanted.since, self.connection, self.folder))
        self.inputs = kept(self.fingerprints())
        if not stands(self.library, last, wanted.as_of, wanted.policy):
            return None, None
        if "input_hash" not in last.rows.columns:  # the next time they will be there
            return None, None
        then = last.rows.select("subject", "input_hash").distinct()
        same = self.inputs.semi_join(then, ["subject", "input_hash"])
        changed = self.inputs.anti_join(same, "subject").select("subject")
        if wanted.updated is not None:
            changed = ibis.union(changed, self.updated(wanted.updated, last))
        changed = ibis.union(changed, expired(self.library, last, wanted.as_of), self.named(self.doubted())).distinct()
        chosen = kept(changed.semi_join(self.everybody(), "subject"))
        return with_members(with_owners(chosen, members), members), last

    def fingerprints(self) -> Any:
        """Of each subject, a number for all that is known of it and for what it is read by; for the latter alone with --updated."""
        given, library = self.rows, self.library
        salt = " ".join(
            [version("xinyong"), catalogue_digest(library.catalogue), *sorted({policy.id for policy in library.policies})]
        )
        if self.wanted.updated is not None:
            rows = self.everybody()
            return fingerprints(rows.select(subject="subject"), None, None, "subject", f"{salt} {self.wanted.updated}")
        key = "subject" if isinstance(given, Tables) else "id"
        return fingerprints(given.subjects, given.records, given.members, key, salt)

    def updated(self, column: str, last: Last) -> Any:
        """Those of whom a row says, or does not say, that it is new; and those of whom a row is there twice."""
        given = self.rows
        self.has_updated(column)
        found = []
        for table, key, row in ((given.subjects, "id", ("id",)), (given.records, "subject", ("subject", "id"))):
            found.append(rows_since(table, column, last.as_of).select(subject=key))
            found.append(table.group_by(*row).having(table.count() > 1).aggregate(n=table.count()).select(subject=key))
        if given.members is not None:
            members = given.members
            found.append((rows_since(members, column, last.as_of) if column in members.columns else members).select("subject"))
        return ibis.union(*found)

    def doubted(self) -> list[str]:
        """Those who must be looked at whatever their own rows say: others stand in doubt."""
        if isinstance(self.source, Tables):
            return []
        return [reject.subject for reject in (*self.source.broken, *self.doubtful()) if reject.subject is not None]

    def doubtful(self) -> list[Reject]:
        if self._doubtful is None:
            self._doubtful = [] if isinstance(self.source, Tables) else list(self.source.doubtful())
        return self._doubtful

    def has_updated(self, column: str) -> None:
        """Whether the column of updates is there, or else a problem for each table without it."""
        tables = {"subjects": self.rows.subjects, "records": self.rows.records}
        missing = [name for name, table in tables.items() if column not in table.columns]
        if missing:
            raise InputError([Problem("column_missing", (name, column), {"table": name, "column": column}) for name in missing])

    def sound_tables(self, chosen: Any) -> Tables:
        """What the catalogue allows, of all or of the chosen subjects."""
        if isinstance(self.source, Tables):
            return self.source if chosen is None else self.source.of(chosen)
        unchanged = None if chosen is None else kept(self.everybody().anti_join(chosen, "subject"))
        source = self.source if unchanged is None else self.source.without(unchanged)
        for reject in (*source.rejects(), *self.doubtful()):
            self.refusals.add(reject)
        if not self.refusals.subjects:
            return source.tables(self.connection)
        refused = self.named(self.refusals.subjects)
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
