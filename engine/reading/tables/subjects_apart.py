"""Subjects from their files in one pass: whether all of them are what the catalogue asks for, and what is read of them.

It calls nothing sound that the row by row tests refuse.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from engine.model.batch import ColumnsRead
from engine.model.catalogue import KINDS, Attribute
from engine.reading.tables.check_digits import have_check_digits
from engine.reading.tables.parquet_scan import ParquetScan, RowGroup, Unreadable, row_groups
from engine.reading.tables.raw_tables import WithheldSubject
from engine.reading.tables.sound_columns import allows, holds, is_there, kind_of


class SubjectsApart(Struct, frozen=True):
    """`subjects` has the columns id, kind, models (as of names.model_names) and those of the attributes that are read.

    They are in the order of their ids, and `is_sound` says that there is nobody twice and nobody to refuse for his own row.
    `is_typed` says whether the attributes have the types that the catalogue gives them.
    """

    subjects: pa.Table
    is_sound: bool
    is_typed: bool


def take_subjects(held: WithheldSubject, read: ColumnsRead) -> SubjectsApart | None:
    """None where the subjects are not read from files as they are, or name models in too many ways."""
    scan = held.scans.get("subjects")
    if scan is None or not {"kind", "model"} & {*scan.schema.names} <= scan.coded:
        return None
    with suppress(Unreadable, pa.ArrowException, UnicodeDecodeError):
        pieces = [_piece(group, scan, held, read) for group in row_groups(scan)]
        if not pieces:
            return None
        subjects = pa.concat_tables([table for table, _ in pieces]).unify_dictionaries().combine_chunks()
        named = len(subjects) - subjects["id"].null_count  # those without an id come last
        subjects = subjects.take(pc.sort_indices(subjects["id"])).slice(0, named)
        once = len(subjects["id"].combine_chunks().unique()) == sum(len(table) for table, _ in pieces)
        typed = all(
            holds(subjects[name].type, kind_of(held.catalogue.attributes[name].field))
            for name in subjects.column_names
            if name in read.attributes
        )
        return SubjectsApart(subjects, once and all(sound for _, sound in pieces), typed)
    return None


def _piece(group: RowGroup, scan: ParquetScan, held: WithheldSubject, read: ColumnsRead) -> tuple[pa.Table, bool]:
    """What is read of some subjects, and whether all of them are sound."""
    ids, kinds = group.column("id").cast(pa.string()), group.column("kind")
    models = group.column("model") if "model" in scan.schema.names else pa.nulls(len(ids), kinds.type)
    is_person = pc.equal(kinds.cast(pa.string()), "person").fill_null(False).to_numpy(zero_copy_only=False)
    sound = not ids.null_count and not kinds.null_count and set(kinds.dictionary.to_pylist()) <= set(KINDS)
    sound = sound and all(map(_are_models, models.dictionary.to_pylist()))
    sound = sound and have_check_digits(ids, is_person)
    columns = {"id": ids, "kind": kinds, "models": _spaced(models)}
    for name in scan.schema.names:
        if attribute := held.catalogue.attributes.get(name):
            column = group.column(name)
            sound = sound and _is_sound(attribute, column, kinds)
            if name in read.attributes:
                columns[name] = column
    return pa.table(columns), sound


def _is_sound(attribute: Attribute, column: Any, kinds: Any) -> bool:
    there = is_there(column)
    if not there.any():
        return True
    if not (holds(column.type, kind_of(attribute.field)) and allows(attribute.field, column, there)):
        return False
    words = kinds.dictionary.to_pylist()
    counts = np.bincount(kinds.indices.to_numpy(zero_copy_only=False)[there], minlength=len(words))
    return all(kind in attribute.kinds for kind, count in zip(words, counts, strict=True) if count)


def _are_models(text: str) -> bool:
    """Whether a text names models, each once, with a space between."""
    names = text.split(" ")
    return len(set(names)) == len(names) and all(len(name.split("/")) == 2 and all(name.split("/")) for name in names)


def _spaced(models: Any) -> Any:
    """Models between spaces; of who names none, a space."""
    words = [f" {text} " for text in models.dictionary.to_pylist()]
    codes = models.indices.fill_null(len(words))
    return pa.DictionaryArray.from_arrays(codes.cast(pa.int32()), pa.array([*words, " "], pa.string()))
