"""What the catalogue allows of each record's fields, told by a bit a field, so that few operations look at many columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Column, Table
from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import PREVIOUS, Catalogue, Field
from engine.reading.tables.casts import is_allowed
from engine.reading.tables.columns import given_in, is_typed

BITS = 60
"""How many answers of yes or no go into a number."""


class Masks(Struct, frozen=True):
    """The columns of fields that a table of records has, and what each category says of them."""

    catalogue: Catalogue
    columns: list[str]

    def join(self, rows: Table) -> Table:
        """Each record with the masks of its category, null where there is none or a field that it needs has no column.

        A bit a column: what it may not have (`_not_0`, ...) and must have (`_must_0`); a bit a variant: what it is held
        to (`_of_0`). `_delivered` says whether the category holds evaluations made elsewhere; it is null where there are none.
        """
        names, variants, masks = self.columns, self._variants(), []
        for category in self.catalogue.categories.values():
            needed = {name for name, field in category.fields.items() if not field.optional}
            if needed <= {*names}:
                of = [(name, _bounds(field)) for name, field in category.fields.items()]
                words = _words("_not", [name not in category.fields for name in names])
                words |= _words("_must", [name in needed for name in names])
                words |= _words("_of", [variant in of for variant in variants])
                masks.append({"_category": category.id, "_delivered": category.derived and category.id != PREVIOUS, **words})
        kinds = {"_category": "string", "_delivered": "boolean"}
        kinds |= dict.fromkeys([*_words("_not", names), *_words("_must", names), *_words("_of", variants)], "int64")
        table = ibis.memtable(masks, schema=kinds)
        return rows.left_join(table, rows.category == table._category)

    def tests(self, rows: Table) -> list[Column]:
        """What must hold of each row, joined with its masks; null where it has none."""
        tests = [rows._delivered.notnull()]
        for place, mask in enumerate(_packed([given_in(rows[name]) for name in self.columns])):
            must = rows[f"_must_{place}"]
            tests += [(mask & rows[f"_not_{place}"]) == 0, (mask & must) == must]
        broken = _packed([_broken(rows, name, field) for name, field in self._variants()])
        return tests + [(word & rows[f"_of_{place}"]) == 0 for place, word in enumerate(broken)]

    def _variants(self) -> list[tuple[str, Field]]:
        """Each column with each way in which a category holds it to a type and bounds."""
        distinct: list[tuple[str, Field]] = []
        for category in self.catalogue.categories.values():
            variants = [(name, _bounds(field)) for name, field in category.fields.items() if name in self.columns]
            distinct += [variant for variant in variants if variant not in distinct]
        return distinct


def _bounds(field: Field) -> Field:
    """A field without what does not bear on its values."""
    return replace(field, title="", optional=False, labels={})


def _broken(rows: Table, name: str, field: Field) -> Column:
    """Whether a cell holds what a field does not allow; most are null, and are passed over at once."""
    column = rows[name]
    return ibis.ifelse(column.notnull(), given_in(column) & ~(is_allowed(column, field) & is_typed(rows, name, field)), False)


def _packed(tests: list[Column]) -> list[Column]:
    """Answers of yes or no, BITS of them in a whole number."""
    none = ibis.literal(0, "int64")
    bits = [ibis.ifelse(test, ibis.literal(2 ** (place % BITS), "int64"), none) for place, test in enumerate(tests)]
    return [reduce(add, bits[start : start + BITS]) for start in range(0, len(bits), BITS)]


def _words(name: str, answers: Sequence[object]) -> dict[str, int]:
    """The same of one category, as columns."""
    return {
        f"{name}_{start // BITS}": sum(2**place for place, answer in enumerate(answers[start : start + BITS]) if answer)
        for start in range(0, len(answers), BITS)
    }
