"""A workbook of results: a sheet of them, and a sheet a model with its reasoning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as File
from typing import Any

from pyarrow.dataset import Dataset, dataset

from engine.rendering.spreadsheet_cells import check_rows

FIRST = "results"


def write_workbook(results: Sequence[File], reasoning: Mapping[str, File], target: File) -> None:
    """InputError where a sheet would have more rows than it holds."""
    sheets = {FIRST: [dataset(file, format="parquet") for file in results]}
    sheets |= {name: [dataset(folder, format="parquet")] for name, folder in reasoning.items()}
    for sources in sheets.values():
        check_rows(sum(source.count_rows() for source in sources))
    from engine.rendering.workbook import Workbook  # with the extra that writes it

    with Workbook(target) as book:
        taken: set[str] = set()
        for name, sources in sheets.items():
            title = _sheet_name(name, taken)
            taken.add(title)
            book.sheet(title, sources[0].schema.names, (row.values() for row in _rows(sources)))


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, as Excel has it, and no other sheet's."""
    number, title = 1, name[:31]
    while title in taken:
        number += 1
        title = f"{name[:28]}~{number}"
    return title


def _rows(sources: Sequence[Dataset]) -> Iterator[Mapping[str, Any]]:
    for source in sources:
        for batch in source.to_batches(batch_size=10_000):
            yield from batch.to_pylist()
