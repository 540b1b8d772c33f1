"""What raw tables hold of each subject, told from the names and hashes of their rows alone, before the catalogue reads any."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from operator import xor

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.reading.key import PLAIN_SUBJECT, KeyRefused, read_subject_key
from engine.reading.subject import is_blank
from engine.reading.tables.fingerprint import hash_of, rows_since
from engine.reading.tables.raw_tables import RawTables

KEYS = {"subjects": "id", "records": "subject", "members": "subject"}
"""The column of each table that says whose a row is."""

DUCKDB = "duckdb"
SUMS = ("high", "low", "rows")


class Snapshot(Struct, frozen=True):
    """`subjects` are subject and `input_hash` of all who have a row in the table of them.

    `owners` tell of each name in a table, by the table, as it is written (`written`) whom it names (`subject`; null for nobody),
    and `members` of each row of that table its subject and member.
    """

    raw: RawTables
    subjects: Table
    owners: Mapping[str, Table]
    members: Table | None = None

    def rows_of(self, chosen: Table) -> RawTables:
        """The rows of chosen subjects (a table with a column `subject`), and those of nobody in the table of subjects."""
        nobodys = {name: names.anti_join(self.subjects, "subject") for name, names in self.owners.items()}
        return self._of({name: ibis.union(self.owners[name].semi_join(chosen, "subject"), nobodys[name]) for name in nobodys})

    def _of(self, names: Mapping[str, Table]) -> RawTables:
        def rows(table: Table, name: str) -> Table:
            table = _emptied(table, self.raw.empty.get(name, ()))
            written = materialized(names[name].select("written").distinct())
            return materialized(table.semi_join(written, table[KEYS[name]].identical_to(written.written)))

        members = None if self.raw.members is None else rows(self.raw.members, "members")
        return replace(
            self.raw, subjects=rows(self.raw.subjects, "subjects"), records=rows(self.raw.records, "records"), members=members,
            scans={},
        )  # fmt: skip

    def since(self, column: str, day: int) -> Iterator[Table]:
        """By table the subjects of rows that changed on a day, an ordinal, or later, as a column has it."""
        for name, table in _tables(self.raw).items():
            if column in table.columns:
                key = rows_since(table, column, day).select(written=KEYS[name]).distinct()
                yield self.owners[name].semi_join(key, "written").select("subject").filter(lambda row: row.subject.notnull())


def can_be_taken(raw: RawTables) -> bool:
    """Whether names are texts, in columns of the top."""
    columns = [*KEYS.items(), ("members", "member")]
    tables = _tables(raw)
    return all(key in tables[name].columns and tables[name][key].type().is_string() for name, key in columns if name in tables)


def take_snapshot(raw: RawTables, salt: str, updated: str | None = None) -> Snapshot:
    """`salt` is what the rows are read by; rows with a column `updated` tell of it themselves, so that they are counted alone."""
    tables = _tables(raw)
    sums = {
        name: materialized(_sums(table, KEYS[name], _hashed(table, raw.empty.get(name, ()), updated)))
        for name, table in tables.items()
    }
    named = {name: table.select("written") for name, table in sums.items()}
    if raw.members is not None:
        named["member"] = raw.members.select(written="member").distinct()
    names = _read_names(ibis.union(*named.values()))
    owners = {name: _owners(sums[name].select("written"), names) for name in sums}
    subjects = _fingerprints({name: _by_subject(sums[name], names) for name in sums}, salt)
    members = None
    if raw.members is not None:
        members = materialized(_members(raw.members, names))
    return Snapshot(raw, materialized(subjects), owners, members)


def _tables(raw: RawTables) -> dict[str, Table]:
    tables = {"subjects": raw.subjects, "records": raw.records, "members": raw.members}
    return {name: table for name, table in tables.items() if table is not None}


def _hashed(table: Table, empty: Collection[str], updated: str | None) -> list[str]:
    if updated is not None and updated in table.columns:
        return []
    return [name for name in table.columns if name not in ("_file", "_row") and name not in empty]


def _sums(table: Table, key: str, names: list[str]) -> Table:
    """By written name the sums of its rows' hashes in two parts of 31 bits; rows that come twice do not cancel out.

    Such parts the database adds up in 64 bits, where wider ones take it 128, and do not overflow.

    A cell that is empty adds nothing, so that a column of such cells may as well be left out: what it would add, the same in
    every row, is taken away. It stands by itself, as a number that is worked out once and not in each row.
    """
    cells = [_hash_in(name, table[name]) for name in names]
    nothing = [_hash_in(name, ibis.null(table[name].type())) for name in names]
    part = hash_of([xor(reduce(xor, cells), reduce(xor, nothing))], DUCKDB) if cells else ibis.literal(0, "uint64")
    rows = table.select(written=table[key], part=part)
    rows = rows.mutate(high=(rows.part >> 33).cast("int32"), low=(rows.part & (2**31 - 1)).cast("int32"))
    return rows.group_by("written").aggregate(high=rows.high.sum(), low=rows.low.sum(), rows=rows.count())


def _hash_in(name: str, cell: Column) -> Column:
    """One number for a cell of a column.

    The function joins two hashes by `xor` in the end; without a second hash, two cells could change places unseen.
    """
    return hash_of([hash_of([ibis.literal(name), cell], DUCKDB)], DUCKDB)


def _read_names(named: Table) -> Table | None:
    """Of names that are not plain, whom they name; a refused one names itself, as far as it says anything. None where all are plain."""
    unusual = named.filter((~named.written.re_search(PLAIN_SUBJECT)).fill_null(False)).distinct().to_pyarrow()["written"]
    rows = [{"written": text, "subject": _read(text)} for text in unusual.to_pylist()]
    return ibis.memtable(rows, schema={"written": "string", "subject": "string"}) if rows else None


def _read(text: str) -> str | None:
    name = None if is_blank(text) else read_subject_key(text.strip())
    return text.strip() if isinstance(name, KeyRefused) else name


def _owners(table: Table, names: Table | None) -> Table:
    """A table with whom its written names name."""
    if names is None:
        return table.mutate(subject=table.written)
    unusual = names.select(unusual="written", name="subject")
    joined = table.left_join(unusual, table.written == unusual.unusual)
    return joined.mutate(subject=ibis.ifelse(joined.unusual.notnull(), joined.name, joined.written)).drop("unusual", "name")


def _members(rows: Table, names: Table | None) -> Table:
    """Subject and member of each row, as they are read."""
    owned = _owners(rows.select(written="subject", member="member").distinct(), names)
    members = _owners(owned.select(owner="subject", written="member"), names)
    return members.select(subject="owner", member="subject").filter(lambda row: row.subject.notnull())


def _by_subject(sums: Table, names: Table | None) -> Table:
    """The sums of all names of a subject; what is nobody's goes."""
    table = _owners(sums, names).filter(lambda row: row.subject.notnull())
    if names is None:
        return table.drop("written")
    return table.group_by("subject").aggregate(**{name: table[name].sum().cast("int64") for name in SUMS})


def _fingerprints(sums: Mapping[str, Table], salt: str) -> Table:
    """Subject and `input_hash`, which depends on every cell of its rows and on how many there are, but not on their order."""
    whole = sums["subjects"].mutate(**{name: sums["subjects"][name].cast("int64") for name in SUMS})
    for number, name in enumerate(name for name in sums if name != "subjects"):
        parts = sums[name].select(
            whose="subject", **{f"{column}_{number}": sums[name][column].cast("int64") for column in SUMS}
        )
        whole = whole.left_join(parts, whole.subject == parts.whose).drop("whose")
    return whole.select(
        "subject",
        input_hash=hash_of([*(whole[name] for name in whole.columns if name != "subject"), ibis.literal(salt)], DUCKDB),
    )


def _emptied(table: Table, empty: Collection[str]) -> Table:
    """Columns without a cell need not be read."""
    return table.mutate(**{name: ibis.null(table[name].type()) for name in empty if name in table.columns})
