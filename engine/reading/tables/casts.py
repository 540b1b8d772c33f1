"""A column as a source has it to the column that the engine reads: counts of 0.0001, ordinals, booleans, texts.

What a cell may hold is told twice, here for whole columns and in `cell` for the few that are wrong; both follow
`reading/subject.py`. Cells of text files and workbooks are text and are typed by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

import ibis
from ibis.expr.types import Column

from engine.model.catalogue import NUMERIC, Field
from engine.model.invisible import HIDDEN, VARYING
from engine.model.number import LIMIT, ONE
from engine.model.table import column_type
from engine.reading.day import DIGITS, ISO, SPELT, iso_day
from engine.reading.document import Tree

_NUMBER = r"^[+-]?0*[0-9]{1,12}(\.[0-9]{1,4}0*)?$"
_WRITTEN = r"[+-]?[0-9]+(\.[0-9]+)?"
UNSEEN = "[{}]".format(
    "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in HIDDEN + VARYING if first not in (0, 0xD800))
    + r"\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}"
)
"""A pattern of RE2 and Java for what `unseen_in` finds; no text of theirs holds surrogates."""
_EPOCH = date(1970, 1, 1).toordinal()
_TRUE, _FALSE = ("true", "TRUE", "True", "1"), ("false", "FALSE", "False", "0")


def cast_value(raw: Column, kind: str) -> Column:
    """The value of a cell of a type of the catalogue; null where it is empty or is none."""
    return _VALUES["number" if kind in NUMERIC else kind](raw)


def valid_only(raw: Column, kind: str) -> Column:
    """The value of a cell that the catalogue allows, found with less ado; of any other cell some value, but no error."""
    if kind in NUMERIC and raw.type().is_floating():
        return (_finite(raw) * ONE).round()
    if kind == "date" and raw.type().is_date():
        return _ordinal(raw)
    return cast_value(raw, kind)


def is_allowed(raw: Column, field: Field) -> Column:
    """Whether a cell that is not empty holds what a field allows."""
    value = cast_value(raw, field.type)
    tests = [value.notnull()]
    if field.type == "integer":
        tests.append(value % ONE == 0)
    if field.at_least is not None:
        tests.append(value >= field.at_least)
    if field.at_most is not None:
        tests.append(value <= field.at_most)
    if field.one_of:
        tests.append(value.isin(field.one_of))
    elif field.type == "text" and raw.type().is_string():
        tests.append(~raw.re_search(UNSEEN))
    result = tests[0]
    for test in tests[1:]:
        result = result & test
    return result.fill_null(False)


def number(raw: Column) -> Column:
    kind = raw.type()
    if kind.is_integer():
        return _within(raw, LIMIT // ONE, raw.cast("int64") * ONE)
    if kind.is_floating():
        # A float stands for a number of 4 decimals where it is the float nearest to it.
        count = (_finite(raw) * ONE).round()
        return ibis.ifelse(count.cast("float64") / ONE == raw.cast("float64"), count.cast("int64"), ibis.null("int64"))
    if kind.is_decimal():
        short = _within(raw, LIMIT // ONE, raw).cast("decimal(38, 4)")
        exact = (short.try_cast(kind) == raw).fill_null(False)
        return ibis.ifelse(exact, (short * ONE).cast("int64"), ibis.null("int64"))
    if kind.is_string():
        written = ibis.ifelse(raw.re_search(_NUMBER), raw, ibis.null("string"))
        return _within(count := (written.cast("decimal(38, 4)") * ONE).cast("int64"), LIMIT, count)
    return ibis.null("int64")


def _finite(raw: Column) -> Column:
    """Null for what is beyond the bounds or no number; bounds alone do not keep out the latter, since files tell none for it."""
    known = ibis.ifelse(raw.isnan(), ibis.null(raw.type()), raw)
    return _within(known, LIMIT // ONE, known.cast("float64"))


def _within(raw: Column, limit: int, value: Column) -> Column:
    return ibis.ifelse((raw <= limit) & (raw >= -limit), value, ibis.null(value.type()))


def day(raw: Column) -> Column:
    kind = raw.type()
    if kind.is_timestamp() and kind.timezone:
        return ibis.null("int64")  # which day it is depends on where one looks
    if kind.is_timestamp():
        raw = ibis.ifelse(raw == raw.truncate("D"), raw.cast("date"), ibis.null("date"))
    elif kind.is_string():
        raw = ibis.cases(
            (raw.re_search(ISO), raw), (raw.re_search(SPELT), _spelt(raw, SPELT)), (raw.re_search(DIGITS), _spelt(raw, DIGITS))
        ).try_cast("date")  # fmt: skip
    elif not kind.is_date():
        return ibis.null("int64")
    ordinal = _ordinal(raw)
    return ibis.ifelse((ordinal >= 1) & (ordinal <= date.max.toordinal()), ordinal, ibis.null("int64"))


def _spelt(raw: Column, pattern: str) -> Column:
    year, month, day = (raw.re_extract(pattern, part) for part in (1, 2, 3))
    return year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")


def _ordinal(day: Column) -> Column:
    return day.delta(ibis.date(1970, 1, 1), unit="day").cast("int64") + _EPOCH


def boolean(raw: Column) -> Column:
    kind = raw.type()
    if kind.is_boolean():
        return raw
    if kind.is_string():
        return ibis.cases((raw.isin(_TRUE), True), (raw.isin(_FALSE), False))
    if kind.is_integer():
        return ibis.cases((raw == 1, True), (raw == 0, False))
    return ibis.null("boolean")


def text(raw: Column) -> Column:
    return raw if raw.type().is_string() else ibis.null("string")


_VALUES: Mapping[str, Callable[[Column], Column]] = {"number": number, "date": day, "boolean": boolean, "text": text}


def cell(raw: object, kind: str) -> Tree:
    """A cell as a document would have it, for the reader that says what is wrong with it."""
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() and not raw.tzinfo else raw.isoformat(" ")
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else Decimal(repr(raw))
    if kind == "boolean" and isinstance(raw, int) and raw in (0, 1):
        return bool(raw)
    if isinstance(raw, str):
        if kind in NUMERIC and re.fullmatch(_WRITTEN, raw):
            return Decimal(raw)
        if kind == "date":
            return iso_day(raw) or raw
        if kind == "boolean" and raw in (*_TRUE, *_FALSE):
            return raw in _TRUE
        return raw
    return raw if isinstance(raw, (bool, int, Decimal)) else str(raw)


def empty(kind: str) -> Column:
    """A column without values."""
    return ibis.null(column_type(kind))
