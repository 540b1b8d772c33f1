"""Subjects and records as tables: the columns that reading prepares and the evaluator of many reads.

`subjects` has subject, kind, models (text: ` POLICY/MODEL … `, each between spaces), name, member_count and a column an
attribute; `records` has subject, id, category, date, last_day, last_day_repaired, source and a column a field;
`members` has subject and member. Days are ordinals, numbers counts of 0.0001, what is not there is null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from engine.model.catalogue import NUMERIC

if TYPE_CHECKING:
    from ibis.expr.types import Table


class Tables(Struct, frozen=True):
    """Three Ibis tables of one backend; `members` is None where nobody has any."""

    subjects: Table
    records: Table
    members: Table | None = None

    def of(self, chosen: Table) -> Tables:
        """The rows of chosen subjects (a table with a column `subject`)."""
        members = None if self.members is None else self.members.semi_join(chosen, "subject")
        return Tables(self.subjects.semi_join(chosen, "subject"), self.records.semi_join(chosen, "subject"), members)


def attribute_column(name: str) -> str:
    return f"attribute_{name}"


def field_column(name: str, kind: str) -> str:
    """Categories share the column of a field name, but numbers, texts, booleans and days do not mix."""
    return f"{'number' if kind in NUMERIC else kind}_{name}"


def column_type(kind: str) -> str:
    """The type that Ibis has for a type of the catalogue."""
    return {"text": "string", "boolean": "boolean"}.get(kind, "int64")
