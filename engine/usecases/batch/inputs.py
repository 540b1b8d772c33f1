"""The inputs of a run, opened: tables under the catalogue, or documents as tables; what of them is refused is noted."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table
from msgspec import Struct

from engine.backends.materialized import materialized
from engine.model.batch import ColumnsRead
from engine.model.library import Library
from engine.model.problem import InputError, Place, Problem
from engine.model.table import Tables
from engine.reading.inputs import STANDARD_INPUT, WORKBOOK, Names, holds_tables, stream_inputs
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import in_memory, through_files
from engine.reading.tables.raw_tables import RawTables, RejectedRow, WithheldSubject
from engine.reading.tables.records_apart import RecordsApart, take_apart
from engine.reading.tables.source import open_tables, text_table
from engine.reading.tables.spark import open_on_spark
from engine.reading.workbook.filled_workbook import read_workbook
from engine.usecases.batch.backend import count
from engine.usecases.batch.rejected_rows import RejectedRows, valid_rows
from engine.usecases.listener import Listener, count_items
from engine.usecases.request import EvaluationRequest


class Whole(Struct, frozen=True):
    """What inputs have beside the rows that are read of them: their subjects, how many records, and who may have no result."""

    subjects: Table
    records: int
    idle: Contract


class OpenInputs(Struct, frozen=True):
    """Inputs on a connection, with a folder for what is put aside.

    `raw` are tables as the input has them. Of documents, `places` says where the first of each subject stands, and
    `documents` how many there are. `whole` is there where the source has the rows of those alone who are evaluated.
    """

    library: Library
    request: EvaluationRequest
    connection: Connection
    folder: Path
    listener: Listener
    refusals: RejectedRows
    source: Contract | Tables
    raw: RawTables | None = None
    places: Mapping[str, Place] = {}
    documents: int | None = None
    whole: Whole | None = None

    @property
    def rows(self) -> WithheldSubject | Tables:
        """The rows of the inputs, refused ones too."""
        return self.source if isinstance(self.source, Tables) else self.source.held

    def everybody(self) -> Table:
        """The ids of all subjects of the input."""
        if self.whole is not None:
            return self.whole.subjects
        rows = self.rows
        column = rows.subjects.subject if isinstance(rows, Tables) else rows.subjects.id
        return rows.subjects.select(subject=column).filter(lambda row: row.subject.notnull()).distinct()

    def records(self) -> int:
        """How many there are in the input."""
        return count(self.rows.records) if self.whole is None else self.whole.records

    def named(self, subjects: Iterable[str]) -> Table:
        """Subjects as a table."""
        return _named(subjects, self.connection)

    def aside(self, name: str) -> Path:
        """A folder of the run's own."""
        (self.folder / name).mkdir()
        return self.folder / name


def open_inputs(
    library: Library, request: EvaluationRequest, connection: Connection, folder: Path, listener: Listener,
    raw: RawTables | None = None, rejects: Path | None = None,
) -> OpenInputs:  # fmt: skip
    """The inputs that a request names; InputError where they cannot be read.

    `raw` are the tables of the input where another run on the same connection has opened them; `rejects` is the folder for
    the file of refused rows.
    """
    file = (rejects or folder) / "rejects.csv"
    refusals = RejectedRows(file, request.rejects, request.encoding, request.lang, listener)
    policies = {policy.id for policy in library.policies}
    if request.master is None:
        for path in request.inputs:
            if str(path) not in STANDARD_INPUT and not os.path.exists(path):
                raise InputError([Problem("file_missing", values={"file": str(path)})])
        if not any(holds_tables(path) for path in request.inputs):
            tables, names = _documents(library, request, connection, folder, listener, refusals, policies)
            count = len(names.places) + names.nameless
            return OpenInputs(
                library, request, connection, folder, listener, refusals, tables, places=names.places, documents=count
            )
    if len(request.inputs) > 1:
        raise InputError([Problem("one_input", values={"file": str(request.inputs[0])})])
    if raw is None:
        raw = _raw(request, library, connection, folder, listener)
    contract = Contract(raw, library.catalogue, policies, [request.updated] if request.updated else [])
    return OpenInputs(library, request, connection, folder, listener, refusals, contract, raw)


def _documents(
    library: Library, request: EvaluationRequest, connection: Connection, folder: Path, listener: Listener, refusals: RejectedRows,
    policies: Collection[str],
) -> tuple[Tables, Names]:  # fmt: skip
    """Documents as tables, but those of whom there are several, or may be."""
    names = Names()
    stream = stream_inputs(request.inputs, library.catalogue, policies, names)
    subjects = valid_rows(count_items(stream, "subjects_read", listener), request.as_of, refusals)
    files = through_files(subjects, library.catalogue, folder)
    tables = Tables(**{name: connection.read_parquet(str(file)) for name, file in files.items()})
    refused = names.refused()
    if not refused:
        return tables, names
    for name, problem in refused.items():
        for place in (names.places[name], *names.again.get(name, ())):
            refusals.add(RejectedRow("documents", place.file, place.line, name, None, (problem,)))
    chosen = _named(refused, connection)
    for row in tables.subjects.semi_join(chosen, "subject").select("subject", "models").distinct().to_pyarrow().to_pylist():
        refusals.reject(row["subject"], row["models"].split(), request.as_of)
    return tables.of(materialized(tables.subjects.select("subject").anti_join(chosen, "subject").distinct())), names


def _raw(request: EvaluationRequest, library: Library, connection: Connection, folder: Path, listener: Listener) -> RawTables:
    """The tables of an input as it has them."""
    path = request.inputs[0]
    if request.master is not None:
        return open_on_spark(str(path), connection)
    if path.suffix.lower() == WORKBOOK and os.path.isfile(path):
        sheets = read_workbook(path, library.catalogue)
        listener.notice(sheets.notices)
        rows = {"subjects": sheets.subjects, "records": sheets.records, "members": sheets.members}
        return text_table(rows, str(path), connection)
    return open_tables(path, connection, folder)


def _named(subjects: Iterable[str], connection: Connection) -> Table:
    table = pa.table({"subject": pa.array(subjects, pa.string())})
    return in_memory(ibis.util.gen_name("named"), table, connection)


def check_anybody(inputs: OpenInputs) -> None:
    """InputError where there is nobody to evaluate."""
    refused = inputs.refusals.counts if isinstance(inputs.source, Tables) else inputs.source.broken
    if not refused and not count(inputs.everybody()):
        raise InputError([Problem("no_input")])


def doubtful_rows(inputs: OpenInputs, apart: RecordsApart | None = None) -> list[RejectedRow]:
    """The subjects of tables that a row may be meant for which is nobody's; `apart` are the records where they are taken apart."""
    source = inputs.source
    return [] if isinstance(source, Tables) else list(source.doubtful(source.meant(apart=apart)))


def valid_tables(inputs: OpenInputs, chosen: Table | None = None, doubtful: list[RejectedRow] | None = None) -> Tables:
    """What the catalogue allows, of all or of the chosen subjects; the rest is refused. `doubtful` are known from before."""
    return valid_records(inputs, None, chosen, doubtful)[0]


def valid_records(
    inputs: OpenInputs, read: ColumnsRead | None, chosen: Table | None = None, doubtful: list[RejectedRow] | None = None,
    with_columns: bool = False,
) -> tuple[Tables, RecordsApart | None]:  # fmt: skip
    """The same, and the records taken apart where they can be; without any of them where `read` is None.

    Tables of rows that are apart have neither attributes nor fields, except `with_columns`: for whoever reads documents too.
    """
    source, refusals = inputs.source, inputs.refusals
    if isinstance(source, Tables):
        return source if chosen is None else source.of(chosen), None
    if chosen is not None and inputs.whole is None:
        source = source.without(materialized(inputs.everybody().anti_join(chosen, "subject")))
    apart = take_apart(source.held, read)
    for reject in source.rejects(apart):
        refusals.add(reject)
    for reject in doubtful_rows(inputs, apart) if doubtful is None else doubtful:
        refusals.add(reject)
    apart = apart if read is not None else None
    left_out = None if with_columns else apart
    if not refusals.subjects:
        return source.tables(inputs.connection, apart=left_out), apart
    refused = inputs.named(refusals.subjects)
    for subject, names in source.models_of(refused):
        refusals.reject(subject, names, inputs.request.as_of)
    return source.tables(inputs.connection, refused, left_out), apart
