"""What the rows of raw tables name, whether they may name it, and the rows themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis.expr.types import Column, Table

from engine.model.catalogue import Field
from engine.reading.tables.columns import DAYS, NESTED, RAW, TYPE, given_in, is_typed
from engine.reading.tables.keys import WRONG, is_named


def model_names(rows: Table) -> Column:
    """The models that a subject names, each between spaces."""
    if "model" not in rows.columns:
        return ibis.literal(" ")
    array = rows.model.type().is_array()
    names = ibis.literal(" ") + (rows.model.join(" ") if array else rows.model).fill_null("") + " "
    return ibis.ifelse(names == "  ", " ", names)


def known_models(rows: Table) -> Column:
    """Whether each is POLICY/MODEL, and none is named twice."""
    names = model_names(rows)
    several = names.split(" ")  # with nothing before the first and after the last
    once = ibis.ifelse(names.re_search(r"\S \S"), several.unique().length() == several.length() - 1, True)
    sound = names.re_search(r"^ ([^/\s]+/[^/\s]+ )*$") & once
    return sound & (several.length() - 2 == rows.model.length().fill_null(0)) if rows.model.type().is_array() else sound


def known_beside(rows: Table, names: Collection[str]) -> list[Column]:
    """That no text is of another type, no name is refused, and what is nested is known."""
    raw = [f"{RAW}{name}" for name in names if f"{RAW}{name}" in rows.columns]
    typed = [name for name in names if f"{TYPE}{name}" in rows.columns]
    named = [is_named(rows, name) for name in names if f"{WRONG}{name}" in rows.columns]
    text, date = Field("", "text"), Field("", "date")
    right = [is_typed(rows, name, date if name in DAYS else text) for name in typed]
    tests = [*(~given_in(rows[column]) for column in raw), *right, *named]
    return [*tests, rows[NESTED]] if NESTED in rows.columns and len(names) > 1 else tests


def is_wrong(rows: Table, key: str) -> Column:
    """Whether there is something in a column of names that is no name."""
    tests = [~test for test in known_beside(rows, (key,))]
    return reduce(or_, tests, ibis.literal(False)).fill_null(False)


def rows_of(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, days as texts, since Python's calendar ends before theirs."""
    days = [name for name in table.columns if table[name].type().is_date() or table[name].type().is_timestamp()]
    table = table.mutate(**{name: table[name].cast("string") for name in days})
    for batch in table.to_pyarrow_batches(chunk_size=10_000):
        yield from batch.to_pylist()
