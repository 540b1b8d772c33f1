"""Parquet files of a table by Arrow, a column of a row group at a time; of texts with few words each word is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path as File
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct

BYTES_OF_CODE = 4
"""So many bytes a text and no more are written of a column whose texts are words of a list; else it is read as it is."""
FEW = 10_000
"""Of so many texts the words are few anyway."""


class ParquetScan(Struct, frozen=True):
    """Files with the same columns. `coded` are those of texts that come as the words of a list and where each stands."""

    files: tuple[File, ...]
    schema: pa.Schema
    coded: frozenset[str]


class RowGroup(Struct, frozen=True):
    """Some rows of a file."""

    opened: Any
    number: int

    def column(self, name: str) -> Any:
        """A column of theirs, of texts as the scan says."""
        with _reading():
            column = self.opened.read_row_group(self.number, columns=[name], use_threads=False).column(0)
            return column.unify_dictionaries().combine_chunks()


class Unreadable(Exception):
    """Arrow does not read what a file holds; whether others do is for them to say."""


def scan_of(schemas: Mapping[File, pa.Schema]) -> ParquetScan | None:
    """Files by what their columns are; None where these are not the same, or none of the plain types."""
    files = tuple(schemas)
    schema = schemas[files[0]].remove_metadata()
    if any(not other.remove_metadata().equals(schema) for other in schemas.values()):
        return None
    if not all(map(_is_plain, schema.types)):
        return None
    return ParquetScan(files, schema, frozenset(_coded(files[0], schema)))


def _is_plain(kind: pa.DataType) -> bool:
    """Whether a database and Arrow read the same from a column."""
    types = pa.types
    is_text = types.is_string(kind) or types.is_large_string(kind)
    return bool(is_text or types.is_boolean(kind) or types.is_date32(kind) or types.is_integer(kind) or types.is_float64(kind))


def _coded(file: File, schema: pa.Schema) -> Iterator[str]:
    with file.open("rb") as opened:
        metadata = pq.read_metadata(opened)
    if not metadata.num_row_groups:
        return
    for place, field in enumerate(schema):
        if pa.types.is_string(field.type):
            column = metadata.row_group(0).column(place)
            size = column.total_uncompressed_size
            if column.has_dictionary_page and (size <= BYTES_OF_CODE * column.num_values or column.num_values <= FEW):
                yield field.name


def row_groups(scan: ParquetScan) -> Iterator[RowGroup]:
    """All rows, file by file; Unreadable while they are looked at."""
    with _reading():
        for file in scan.files:
            with file.open("rb") as opened:
                parquet = pq.ParquetFile(opened, read_dictionary=sorted(scan.coded))
                for number in range(parquet.num_row_groups):
                    yield RowGroup(parquet, number)


def words_of(scan: ParquetScan, name: str) -> set[str]:
    """The texts of a coded column."""
    words: set[str] = set()
    for group in row_groups(scan):
        with _reading():
            words.update(group.column(name).dictionary.to_pylist())
    return words


def some_text(scan: ParquetScan, name: str, patterns: Mapping[str, bool], surely_none: Callable[[Any], bool]) -> bool:
    """Whether some text of a column has a place that a pattern of RE2 fits, or with False beside the pattern has none.

    Of texts of which it is said that surely none does, the patterns are not asked.
    """
    for group in row_groups(scan):
        texts = group.column(name)
        with _reading():
            words = texts.dictionary if pa.types.is_dictionary(texts.type) else texts
            if surely_none(words):
                continue
            words.validate(full=True)
            for pattern, holds in patterns.items():
                if pc.any(pc.equal(pc.match_substring_regex(words, pattern), holds)).as_py():
                    return True
    return False


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable from error
