"""Raw records taken apart by category in one pass: what is read of them, and which categories may have a wrong one.

It calls nothing sound that the row by row tests refuse. Columns that are not typed as a database types them (texts for
numbers or days, as in CSV) it does not tell of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from engine.model.batch import ColumnsRead
from engine.model.catalogue import KINDS, PREVIOUS, SOURCE_FIELD, Category
from engine.model.period import NEVER
from engine.model.subject import STATUSES
from engine.reading.tables.casts import text
from engine.reading.tables.columns import DAYS, NESTED, RAW, TYPE
from engine.reading.tables.keys import WRONG
from engine.reading.tables.parquet_scan import ParquetScan, RowGroup, Unreadable, row_groups
from engine.reading.tables.raw_tables import RECORD, WithheldSubject
from engine.reading.tables.repeats import Repeats
from engine.reading.tables.sound_columns import EPOCH, LAST, allows, days_of, holds, is_there, kind_of
from engine.reading.tables.subjects_apart import SubjectsApart, take_subjects

if TYPE_CHECKING:
    from engine.model.batch import Array

ROWS = 262_144
"""So many records are looked at at once."""

OWNER = "_owner"
"""The column with the place of each record's subject; no field is called so."""


class RecordsApart(Struct):
    """`unsound` are the categories that may have a wrong record, None among them for records without a category.

    `strays` says whether one may be nobody's or of a category that its subject's kind does not have, `repeats` whether one may
    be there twice. `pieces` are the rows of the categories that are read, with the columns that are, and as OWNER the place of
    their subject in `ids`; `is_typed` says whether all these columns have the types of their fields. `subjects` are theirs where
    they could be taken apart too.
    """

    ids: pa.Array
    unsound: set[str | None]
    pieces: dict[str, list[pa.RecordBatch]]
    is_typed: bool = True
    strays: bool = False
    repeats: bool = False
    subjects: SubjectsApart | None = None

    @property
    def has_attributes(self) -> bool:
        """Whether the attributes that are read are there, of their types."""
        return self.subjects is not None and self.subjects.is_typed

    @property
    def of_sound_subjects(self) -> bool:
        """Whether it is known that no subject has to be refused for its own row."""
        return self.subjects is not None and self.subjects.is_sound


class _Rows(Struct, frozen=True):
    """Some records: the columns that every record has, and those of fields, each of which `field` gives; `owner` among `ids`."""

    every: Mapping[str, Any]
    names: Collection[str]
    field: Callable[[str], Any]
    owner: Any


def take_apart(held: WithheldSubject, read: ColumnsRead | None) -> RecordsApart | None:
    """One pass over the records of DuckDB tables or of the files that they are read from; None where nothing can be told.

    Where `read` is None, nothing is kept of them, and memory need not hold them; whose they are is not told then.
    """
    rows = held.records
    if rows.get_backend().name != "duckdb" or not _is_plain(rows.schema().to_pyarrow()):
        return None
    if "records" in held.scans:
        with suppress(Unreadable, pa.ArrowException, UnicodeDecodeError):  # the query says what is wrong, if anything is
            return _apart(held, read, lambda ids: _scanned(held, held.scans["records"], ids))
    return _apart(held, read, lambda ids: _queried(held, ids))


def _apart(
    held: WithheldSubject, read: ColumnsRead | None, rows_by: Callable[[pa.Array | None], Iterator[_Rows]]
) -> RecordsApart:
    if read is None:
        apart = RecordsApart(pa.array([], pa.string()), set(), {}, is_typed=False, strays=True, repeats=True)
        for records in rows_by(None):
            _take(records, apart, held, None, None)
        return apart
    subjects = take_subjects(held, read)
    if subjects is None:
        rows = held.subjects.select(id=text(held.subjects.id), kind="kind").filter(lambda row: row.id.notnull())
        who = rows.order_by("id").to_pyarrow()
    else:
        who = subjects.subjects
    ids = who["id"].combine_chunks().unique()
    kinds = who["kind"].combine_chunks().dictionary_encode()
    apart = RecordsApart(ids, set(), {}, strays=len(ids) < len(kinds), subjects=subjects)
    names = Repeats()
    for records in rows_by(ids):
        _take(records, apart, held, read, kinds)
        names.note(records.owner, records.every["id"])
    apart.repeats = names.may_be()
    return apart


def _queried(held: WithheldSubject, ids: pa.Array | None) -> Iterator[_Rows]:
    """The records by a query, with the places of their subjects where these are known."""
    table, fields = held.records, _field_names(held)
    columns = [name for name in table.columns if name in fields or name in RECORD or name.startswith(WRONG)]
    rows = table.select(*columns)
    if ids is not None:
        owners = ibis.memtable(pa.table({"_id": ids, OWNER: np.arange(len(ids))}))
        rows = rows.left_join(owners, text(table.subject) == owners["_id"]).drop("_id")
    for batch in rows.to_pyarrow_batches(chunk_size=ROWS):
        every = {name: batch.column(name) for name in columns if name not in fields or name in RECORD}
        owner = pa.nulls(batch.num_rows, pa.int64()) if ids is None else batch.column(OWNER)
        yield _Rows(every, [name for name in columns if name in fields], batch.column, owner)


def _scanned(held: WithheldSubject, scan: ParquetScan, ids: pa.Array | None) -> Iterator[_Rows]:
    """The records from their files; what every record has may be a field of a category too."""
    fields = _field_names(held)
    subjects, owners = _owners(scan, ids)
    for number, group in enumerate(row_groups(scan)):
        every = {name: group.column(name) for name in scan.schema.names if name in RECORD and name != "subject"}
        every["subject"] = group.column("subject") if ids is None else subjects[number]
        every |= {name: every[name].cast(pa.string()) for name in ("subject", "id", "status") if name in every}
        owner = pa.nulls(len(every["subject"]), pa.int32()) if ids is None else owners[number]
        yield _Rows(every, [name for name in scan.schema.names if name in fields], partial(_column, every, group), owner)


def _owners(scan: ParquetScan, ids: pa.Array | None) -> tuple[Sequence[Any], Sequence[Any]]:
    """Of each row group whose its records are, and where these stand among the ids: all of them looked for at once."""
    if ids is None:
        return (), ()
    subjects = [group.column("subject").cast(pa.string()) for group in row_groups(scan)]
    owners = pc.index_in(pa.chunked_array(subjects, pa.string()), value_set=ids).combine_chunks()
    starts = np.cumsum([0, *map(len, subjects)]).tolist()
    return subjects, [owners.slice(start, len(mine)) for start, mine in zip(starts, subjects, strict=False)]


def _column(every: Mapping[str, Any], group: RowGroup, name: str) -> Any:
    return every[name] if name in every else group.column(name)


def _take(rows: _Rows, apart: RecordsApart, held: WithheldSubject, read: ColumnsRead | None, kinds: Any) -> None:
    """Adds what some records have of each category; `kinds` are those of the subjects."""
    fields = {} if read is None else read.fields
    coded = rows.every["category"].dictionary_encode()
    names: list[str] = coded.dictionary.to_pylist()
    codes = coded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes, minlength=len(names) + 1)
    if counts[len(names)]:
        apart.unsound.add(None)
    apart.strays |= bool(rows.owner.null_count) or f"{WRONG}subject" in rows.every
    owner = rows.owner.fill_null(0).to_numpy(zero_copy_only=False)
    sound = _sound_rows(rows.every)
    order = np.argsort(codes.astype(np.int16 if len(names) < 2**15 else np.int32), kind="stable")
    ends = np.cumsum(counts)
    there: dict[str, tuple[Category, Array]] = {}
    for code, name in enumerate(names):
        category = held.catalogue.categories.get(name)
        places = order[ends[code] - counts[code] : ends[code]]
        if category is None or not sound[places].all():
            apart.unsound.add(name)
        if category is not None and len(places):
            there[name] = category, places
            apart.strays = apart.strays or not _are_of_kinds(category, owner[places], kinds)
    for name, piece in _pieces(rows, there, apart, fields).items():
        category, places = there[name]
        batch = pa.record_batch(piece) if piece else pa.record_batch({OWNER: places})
        if not _is_sound(category, batch, held):
            apart.unsound.add(name)
        if read is not None and name in fields:
            _keep(batch, apart, category, read)


def _pieces(
    rows: _Rows, there: Mapping[str, tuple[Category, Array]], apart: RecordsApart, read: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The rows of each category with the fields that it has, a column at a time; one that has others too may be wrong."""
    every = {OWNER: rows.owner, **{name: rows.every[name] for name in RECORD[1:] if name in rows.every and name != "category"}}
    pieces: dict[str, dict[str, Any]] = {
        name: {column: values.take(pa.array(places)) for column, values in every.items() if name in read}
        for name, (_, places) in there.items()
    }
    for field in rows.names:
        column = rows.field(field)
        has = is_there(column)
        count, own = int(np.count_nonzero(has)), 0
        for name, (category, places) in there.items():
            if field in category.fields:
                pieces[name][field] = column.take(pa.array(places)) if count else pa.nulls(len(places), column.type)
                own += int(np.count_nonzero(has[places])) if count else 0
        if own < count:
            apart.unsound |= {name for name, (its, places) in there.items() if field not in its.fields and has[places].any()}
    return pieces


def _are_of_kinds(category: Category, owner: Array, kinds: Any) -> bool:
    """Whether the subjects of some records are of kinds that have them; an unknown kind is told elsewhere."""
    words = kinds.dictionary.to_pylist()
    counts = np.bincount(kinds.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)[owner], minlength=len(words))
    return all(kind not in KINDS or kind in category.kinds for kind, count in zip(words, counts, strict=False) if count)


def _field_names(held: WithheldSubject) -> set[str]:
    return {name for category in held.catalogue.categories.values() for name in category.fields}


def _common(columns: Iterable[str]) -> list[str]:
    return [name for name in columns if name == OWNER or (name in RECORD[1:] and name != "category")]


def _keep(piece: pa.RecordBatch, apart: RecordsApart, category: Category, read: ColumnsRead) -> None:
    """Of a category what is read of it: the rows of somebody that may count."""
    names = [name for name in sorted(read.fields[category.id]) if name in piece.schema.names]
    if not all(holds(piece.column(name).type, kind_of(category.fields[name])) for name in names):
        apart.is_typed = False
    rows = piece.column(OWNER).is_valid().to_numpy(zero_copy_only=False)
    if category.id not in read.firsts:
        rows &= last_days(piece)[1] >= read.as_of
    chosen = piece.select([*_common(piece.schema.names), *names])
    apart.pieces.setdefault(category.id, []).append(chosen if rows.all() else chosen.filter(pa.array(rows)))


def last_days(piece: Any) -> tuple[Array, Array]:
    """The last day on which each record can count, and the same for facts that include repaired ones; ordinals, 0 for a revoked one."""
    size = piece.num_rows
    until = repaired = np.full(size, NEVER - 1, np.int64)
    if "until" in piece.schema.names:
        until = _ordinals(piece.column("until"), NEVER - 1)
    if "repaired_on" in piece.schema.names:
        repaired = _ordinals(piece.column("repaired_on"), NEVER) - 1
    revoked = np.zeros(size, bool)
    if "status" in piece.schema.names:
        revoked = pc.equal(piece.column("status"), "revoked").fill_null(False).to_numpy(zero_copy_only=False)
    return np.where(revoked, 0, np.minimum(until, repaired)), np.where(revoked, 0, until)


def _ordinals(column: Any, missing: int) -> Array:
    days = column.cast(pa.int32()).fill_null(missing - EPOCH).to_numpy(zero_copy_only=False)
    return days.astype(np.int64) + EPOCH


def _is_plain(schema: pa.Schema) -> bool:
    """Whether what every record has is of its type, and no column says what the cells of another one were."""
    if any(name.startswith((RAW, TYPE, NESTED)) for name in schema.names):
        return False
    return all(holds(column.type, "date" if column.name in DAYS else "text") for column in schema if column.name in RECORD)


def _is_sound(category: Category, piece: pa.RecordBatch, held: WithheldSubject) -> bool:
    """Whether the records of a category have the fields that it asks for, and in them what it allows."""
    for name, field in category.fields.items():
        if name not in piece.schema.names:
            if not field.optional:
                return False
            continue
        column = piece.column(name)
        there = is_there(column)
        if not field.optional and not there.all():
            return False
        if there.any() and not (holds(column.type, kind_of(field)) and allows(field, column, there)):
            return False
    if category.derived and category.id != PREVIOUS and "policy" in piece.schema.names:
        return set(piece.column("policy").unique().to_pylist()).isdisjoint(held.policies)
    return True


def _sound_rows(columns: Mapping[str, Any]) -> Array:
    """Whether what every record has is there and right: who, id, day, status, source, last days."""
    size = len(columns["subject"])
    sound = np.ones(size, bool)
    for name in ("subject", "id"):
        sound &= is_there(columns[name])
    day = days_of(columns["date"])
    sound &= (day > -EPOCH) & (day <= LAST)
    repaired = np.zeros(size, bool)
    for name in ("until", "repaired_on"):
        if name in columns:
            has, other = is_there(columns[name]), days_of(columns[name])
            sound &= ~has | ((other >= day) & (other <= LAST))
            repaired = has if name == "repaired_on" else repaired
    status = np.zeros(size, bool)
    if "status" in columns:
        words = columns["status"].fill_null("valid")
        sound &= pc.is_in(words, pa.array(STATUSES)).to_numpy(zero_copy_only=False)
        status = pc.equal(words, "repaired").to_numpy(zero_copy_only=False)
    if "source" in columns and not allows(SOURCE_FIELD, columns["source"], np.ones(size, bool)):
        sound[:] = False
    for name, column in columns.items():
        if name.startswith(WRONG):
            sound &= ~column.to_numpy(zero_copy_only=False)
    return sound & (status == repaired)
