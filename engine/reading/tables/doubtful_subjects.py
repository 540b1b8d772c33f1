"""The subjects that stand in doubt: a row that names nobody, or names somebody in an older or unreadable way, may be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import ibis
from ibis.expr.types import Table

from engine.model.problem import Problem
from engine.reading.likeness import is_suspect, meant_subjects
from engine.reading.mistyped import mistyped_subjects
from engine.reading.tables.casts import text
from engine.reading.tables.columns import is_given
from engine.reading.tables.names import is_wrong, rows_of
from engine.reading.tables.raw_tables import RejectedRow, WithheldSubject
from engine.reading.tables.rejections import reject_rows

_OLDER = r"^[0-9]{15}$|^[0-9A-Z]{8}-?[0-9X]$"
"""Identifiers of older kinds, which newer ones hold."""


def meant_in(
    held: WithheldSubject, others: Iterable[str], everybody: Table | None = None, strays: bool = True
) -> dict[str, str]:
    """The subjects that a name may be meant for which is nobody's, each with that name.

    `others` are whom lines name that are no rows, `everybody` all subjects (a table with a column `subject`) where not all are
    held, `strays` whether a record may be nobody's.
    """
    names = held.subjects.select(subject=text(held.subjects.id)) if everybody is None else everybody.select("subject")
    names = names.filter(lambda row: row.subject.notnull())
    suspects = {*_suspects(held, names, strays), *others}
    ids = [row["subject"] for row in rows_of(names.distinct())] if suspects else []
    return mistyped_subjects(suspects.difference(ids), ids) | meant_subjects(suspects, ids)


def doubtful_subjects(held: WithheldSubject, meant: Mapping[str, str], called: Mapping[str, str]) -> Iterator[RejectedRow]:
    """Each row of subjects that are meant, it may be, by other names, and where the first row stands that has the other name.

    `called` are files as they are called, where that is otherwise.
    """
    if not meant:
        return
    places = _first_rows(held, set(meant.values()), called)
    chosen = ibis.memtable({"id": list(meant)}, schema={"id": "string"})
    for row in rows_of(held.subjects.semi_join(chosen, "id").order_by("_file", "_row")):
        other = meant[row["id"]]
        place = places.get(other, {})
        problem = Problem("subject_alike", ("id",), {"id": row["id"], "other": other, **place})
        yield reject_rows("subjects", row, row["id"], place.get("record"), [problem])


def _first_rows(held: WithheldSubject, names: set[str], called: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """By name, the file and row that has it first as its subject, and the id of the record there; records before members.

    Of a name that has a row of subjects there is none: that row is told.
    """
    chosen = ibis.memtable({"subject": sorted(names)}, schema={"subject": "string"})
    chosen = chosen.anti_join(held.subjects.select(subject=text(held.subjects.id)), "subject")
    places: dict[str, dict[str, object]] = {}
    for table, own in ((held.records, ("id",)), (held.members, ())):
        if table is None:
            continue
        rows = table.semi_join(chosen, "subject").order_by("_file", "_row").select("subject", "_file", "_row", *own)
        for row in rows_of(rows):
            if not row["_file"] or row["_row"] is None:
                continue
            place = {"file": called.get(row["_file"], row["_file"]), "row": str(row["_row"])}
            record = {"record": str(row["id"])} if is_given(row.get("id")) else {}
            places.setdefault(row["subject"], {**place, **record})
    return places


def _suspects(held: WithheldSubject, everybody: Table, strays: bool) -> Iterator[str]:
    """Texts that may be meant for other subjects."""
    rows = held.subjects
    older = everybody.filter(everybody.subject.upper().re_search(_OLDER)).select("subject")
    for row in rows_of(ibis.union(older, rows.filter(is_wrong(rows, "id")).select(subject=rows.id), distinct=True)):
        if row["subject"] is not None and is_suspect(row["subject"]):
            yield row["subject"]
    who = everybody
    for table in (held.records if strays else None, held.members):
        if table is not None:
            names = ibis.union(
                table.anti_join(who, "subject").select("subject"), table.filter(is_wrong(table, "subject")).select("subject")
            )
            yield from (row["subject"] for row in rows_of(names.filter(names.subject.notnull()).distinct()))
