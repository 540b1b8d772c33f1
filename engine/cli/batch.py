"""Evaluating many: tables, or documents too many for a list, to a table of results."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import ibis
import pyarrow as pa
from msgspec.structs import replace

from engine.cli.backend import EvaluationRequest, connect, count, translate_backend_errors
from engine.cli.engines import MANY, engine_named
from engine.cli.options import fail, language, print_problems, require_extra
from engine.cli.output.placing import put_in_place
from engine.cli.output.tables import kind_of
from engine.cli.output.target import target
from engine.cli.output.workspace import disk_of, neutral_name, workspace
from engine.cli.progress import Progress, Watch, count_items
from engine.cli.rejected_rows import RejectedRows, valid_rows
from engine.evaluating.columnar.batch_run import REFUSED, ModelResults, carry_over, content_hash, not_run, run, totals
from engine.evaluating.columnar.incremental import LastRun, expired, still_stands, with_members, with_owners
from engine.evaluating.order import evaluate_all, evaluations, in_order, plan
from engine.model.digest import catalogue_digest
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import InputError, Place, Problem
from engine.model.table import Tables, kept
from engine.model.totals import Totals, with_refused
from engine.reading.inputs import STANDARD_INPUT, WORKBOOK, Names, holds_tables, stream_inputs
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import in_memory, through_files, to_subjects
from engine.reading.tables.fingerprint import fingerprints, rows_since
from engine.reading.tables.raw_tables import RawTables, RejectedRow, WithheldSubject
from engine.reading.tables.source import open_results, open_tables, text_table
from engine.reading.tables.spark import open_on_spark
from engine.reading.tables.without_policy import without_policy
from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.batch_html import totals_page
from engine.rendering.batch_text import totals_text
from engine.rendering.result_files import assemble, outcome_part
from engine.rendering.visible import visible_in


def evaluate_many(library: Library, wanted: EvaluationRequest) -> int:
    """Evaluates, writes the output, the page and what was refused, and tells the totals; 1 where something was refused."""
    began = time.monotonic()
    ending = "" if wanted.output is None else kind_of(wanted.output)
    if ".xlsx" in (ending, *(file.suffix.lower() for file in (wanted.rejects,) if file)):
        require_extra("workbook", "xlsxwriter")
    with _places(wanted) as places:
        folder = places[wanted.output]
        with disk_of(wanted.output), translate_backend_errors(wanted, folder):
            connection = connect(folder, wanted)
            run = BatchEvaluation(library, wanted, connection, folder, rejects=places.get(wanted.rejects))
            found = run.totals()
            made = folder / f"made{ending}"
            if wanted.output is not None:
                assemble([part.file for part in run.parts], made, wanted.encoding)
            connection.disconnect()
        found = visible_in(replace(found, seconds=time.monotonic() - began))
        if wanted.page is not None:
            with disk_of(wanted.page):
                (places[wanted.page] / "page").write_text(totals_page(found, language()), encoding="utf-8")
        if wanted.output is not None:
            put_in_place(made, wanted.output)
        run.refusals.put()
        if wanted.page is not None:
            put_in_place(places[wanted.page] / "page", wanted.page)
    if wanted.output is None and wanted.rejects is None:
        print_problems(run.refusals.first)
    to_stdout = wanted.output is not None and target(wanted.output).is_stdout
    click.echo(totals_text(found, language()), nl=False, err=to_stdout)
    return 1 if found.refused or any(one.rejected for one in found.models) else 0


@contextmanager
def _places(wanted: EvaluationRequest) -> Iterator[dict[Path | None, Path]]:
    """A folder for each output, so near to it that it cannot fail to be put in place when all of them are made."""
    with ExitStack() as stack:
        folder = stack.enter_context(workspace(wanted.output, shared=wanted.master is not None))
        if wanted.master is None:
            folder = stack.enter_context(neutral_name(folder))
        places: dict[Path | None, Path] = {wanted.output: folder}
        for file in (wanted.page, wanted.rejects):
            if file is not None and target(file).is_folder:
                fail(Problem("output_exists", values={"file": str(file)}))
            if file is not None:
                places[file] = folder if _beside(file, wanted.output) else stack.enter_context(workspace(file))
        yield places


def _beside(file: Path, output: Path | None) -> bool:
    """Whether two outputs stand in one folder."""
    if output is None or target(file).is_stream or target(output).is_stream or target(output).is_folder:
        return False
    return target(file).place.parent == target(output).place.parent


class BatchEvaluation:
    """One evaluation of inputs: read, hold to the contract, evaluate whom it takes, put together.

    `opened` are the tables of the input where another run on the same connection has opened them; `rejects` is the folder
    for the file of refused rows.
    """

    def __init__(
        self, library: Library, wanted: EvaluationRequest, connection: Any, folder: Path, opened: RawTables | None = None,
        rejects: Path | None = None,
    ) -> None:  # fmt: skip
        self.library, self.wanted, self.connection, self.folder = library, wanted, connection, folder
        self.opened = opened
        self.places: dict[str, Place] = {}
        self.count: int | None = None
        self.refusals = RejectedRows((rejects or folder) / "rejects.csv", wanted.rejects, wanted.encoding)
        self.parts: list[ModelResults] = []
        self.source = self.read()
        self._doubtful: list[RejectedRow] | None = None
        self.inputs: Any = None  # fingerprints, where this or a later run asks what changed

    def read(self) -> Contract | Tables:
        """The inputs: tables under the catalogue, or documents, read one by one, as tables."""
        wanted, library = self.wanted, self.library
        policies = {policy.id for policy in library.policies}
        if wanted.master is None:
            for path in wanted.inputs:
                if str(path) not in STANDARD_INPUT and not os.path.exists(path):
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
        documents = valid_rows(count_items(stream, ("已读主体", "subjects read")), self.wanted.as_of, self.refusals)
        files = through_files(documents, self.library.catalogue, self.folder)
        tables = Tables(**{name: self.connection.read_parquet(str(file)) for name, file in files.items()})
        self.places, self.count = names.places, len(names.places) + names.nameless
        refused = names.refused()
        if not refused:
            return tables
        for name, problem in refused.items():
            for place in (names.places[name], *names.again.get(name, ())):
                self.refusals.add(RejectedRow("documents", place.file, place.line, name, None, (problem,)))
        chosen = self.named(refused)
        for row in tables.subjects.semi_join(chosen, "subject").select("subject", "models").distinct().to_pyarrow().to_pylist():
            self.refusals.reject(row["subject"], row["models"].split(), self.wanted.as_of)
        rest = kept(tables.subjects.select("subject").anti_join(chosen, "subject").distinct())
        return tables.of(rest)

    def named(self, names: Iterable[str]) -> Any:
        """Subjects as a table."""
        return in_memory(ibis.util.gen_name("named"), pa.table({"subject": pa.array(names, pa.string())}), self.connection)

    def raw(self, path: Path) -> RawTables:
        """The tables of an input as it has them."""
        if self.wanted.master is not None:
            return open_on_spark(str(path), self.connection)
        if path.suffix.lower() == WORKBOOK and path.is_file():
            sheets = read_workbook(path, self.library.catalogue)
            print_problems(sheets.notices)
            rows = {"subjects": sheets.subjects, "records": sheets.records, "members": sheets.members}
            return text_table(rows, str(path), self.connection)
        return open_tables(path, self.connection, self.folder)

    def totals(self) -> Totals:
        """Does all of it, counts what came of it, and leaves the parts of the results."""
        wanted = self.wanted
        chosen, last = self.changed() if wanted.since else (None, None)
        tables = self.sound_tables(chosen)
        self.has_any()
        parts = self.evaluate(tables)
        rejections = self.refusals.rejections(wanted.policy)
        if rejections:
            file = self.folder / "refused-inputs.parquet"
            outcome_part(rejections, file)
            parts.append(ModelResults(file))
        everybody, changed = self.everybody(), None
        if self.inputs is not None:
            parts = content_hash(parts, self.inputs, self.connection, self.aside("hashed"))
        if last is not None and chosen is not None:
            changed, aside = count(chosen), self.aside("carried")
            parts = carry_over(
                self.library, parts, last, chosen, everybody, wanted.as_of, self.connection, aside, wanted.policy
            )
        idle = self.idle()
        self.refusals.close()
        self.parts = parts
        return Totals(
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
            idle,
        )

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
        for reject in without_policy(self.source, always, self.places):
            if reject.subject not in self.refusals.subjects:
                self.refusals.tell(reject)
                count += 1
        return count

    def aside(self, name: str) -> Path:
        """A folder of the run's own."""
        (self.folder / name).mkdir()
        return self.folder / name

    @property
    def rows(self) -> WithheldSubject | Tables:
        """The rows of the inputs, refused ones too."""
        return self.source if isinstance(self.source, Tables) else self.source.held

    def everybody(self) -> Any:
        """The ids of all subjects of the input."""
        rows = self.rows
        column = rows.subjects.subject if isinstance(rows, Tables) else rows.subjects.id
        return rows.subjects.select(subject=column).filter(lambda row: row.subject.notnull()).distinct()

    def changed(self) -> tuple[Any, LastRun | None]:
        """The subjects to evaluate anew and the results that the others keep; None and None for everybody."""
        wanted, members = self.wanted, self.rows.members
        assert wanted.since is not None
        last = LastRun(*open_results(wanted.since, self.connection, self.folder))
        self.inputs = kept(self.fingerprints())
        if not still_stands(self.library, last, wanted.as_of, wanted.policy):
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

    def updated(self, column: str, last: LastRun) -> Any:
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

    def doubtful(self) -> list[RejectedRow]:
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

    def evaluate(self, tables: Tables) -> list[ModelResults]:
        """The results of each model, by the evaluator that was asked for."""
        wanted, engine = self.wanted, self.wanted.engine
        if engine is None:
            engine = "single" if wanted.master is None and count(tables.subjects) <= MANY else "columnar"
        if engine == "columnar":
            told = self.connection.con.query_progress if wanted.master is None else lambda: -1.0
            watch = Watch(("已评价", "evaluated"), told)
            return run(self.library, tables, wanted.as_of, self.connection, self.folder, watch.each, wanted.policy)
        subjects = list(to_subjects(tables, self.library.catalogue))
        made = plan(self.library, wanted.as_of, engine_named(engine))
        progress = Progress(("已评价", "evaluated"), evaluations(made, subjects))
        outcomes = in_order(made, subjects, evaluate_all(made, subjects, True, progress.step))
        progress.end()
        by_model: dict[tuple[str, str] | None, list[Outcome]] = {None: []}
        for outcome in outcomes:
            name = name_of(outcome)
            if wanted.policy in (None, name[0]):
                by_model.setdefault(None if is_result_table(outcome) else name, []).append(outcome)
        parts = []
        for name, compiled in made.models.items():
            if name in by_model:
                part = ModelResults(self.folder / f"{name[0]}.{name[1]}.parquet", compiled.policy, compiled.model)
                outcome_part(by_model[name], part.file, part.policy, part.model)
                parts.append(part)
        outcome_part(by_model[None], self.folder / REFUSED)
        return [*parts, ModelResults(self.folder / REFUSED)]


def name_of(outcome: Outcome) -> tuple[str, str]:
    """Policy and model of an outcome."""
    if isinstance(outcome, Rejection):
        return str(outcome.policy), str(outcome.model)
    return outcome.policy.id, outcome.model.id


def is_result_table(outcome: Outcome) -> bool:
    """Whether a subject names a model that does not run."""
    codes = ("policy_unknown", "policy_not_in_force", "model_unknown", "model_kind")
    return isinstance(outcome, Rejection) and outcome.problems[0].code in codes
