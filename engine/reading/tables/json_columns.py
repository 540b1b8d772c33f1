"""A JSON in a column, opened by the reader of documents, so that it says there what it says in a document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa
from ibis.expr.types import Column

from engine.model.catalogue import NUMERIC
from engine.model.problem import PolicyError
from engine.reading.document import Tree, read_json
from engine.reading.subject import is_blank

Types = Mapping[str, Mapping[str, str]]

SOUND = "sound"
LONGEST = 40
"""Digits of a number that is spelt out; whatever has more is beyond what the engine counts with."""


def open_json_column(written: Column, category: Column, types: Types, names: Mapping[str, str]) -> Column:
    """A struct of a JSON's values, each as the text that a text file has for it, and whether it is what it must be.

    `types` are the types of each category's fields (of "" where there are no categories), `names` what each is called in the
    struct. What is not listed there, or of another type, makes it unsound; a null or a blank is as if it were not there.
    """
    kind = dt.Struct({SOUND: "boolean", **dict.fromkeys(names.values(), "string")})

    def read(documents: pa.Array, categories: pa.Array) -> pa.Array:
        rows = zip(documents.to_pylist(), categories.to_pylist(), strict=True)
        structs = [_values(document, types.get(category, {}), names) for document, category in rows]
        return pa.array(structs, kind.to_pyarrow())

    read.__name__ = ibis.util.gen_name("opened")
    function = ibis.udf.scalar.pyarrow(read, signature=(("string", "string"), kind))
    return function(written.fill_null(""), category.fill_null(""))


def _values(document: str, types: Mapping[str, str], names: Mapping[str, str]) -> dict[str, object]:
    if not document.strip():
        return {SOUND: True}
    try:
        tree = read_json(document.encode(errors="surrogatepass"), "")
    except PolicyError:
        return {SOUND: False}
    if not isinstance(tree, dict):
        return {SOUND: False}
    values = {key: value for key, value in tree.items() if value is not None and not is_blank(value)}
    sound = all(key in names and _is_of(value, types.get(key)) for key, value in values.items())
    return {SOUND: sound, **{names[key]: _text(value) for key, value in values.items() if key in names}}


def _is_of(value: Tree, kind: str | None) -> bool:
    """Whether a value is of a type; one that the category does not have is told as such by another test."""
    if kind is None:
        return True
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in NUMERIC:
        return isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(Decimal(value).adjusted()) < LONGEST
    return isinstance(value, str)


def _text(value: Tree) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal() if abs(Decimal(value).adjusted()) < LONGEST:
            return format(Decimal(value), "f")
        case str():
            return value
    return "?"  # which no type takes
