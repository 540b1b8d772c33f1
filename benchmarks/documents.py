"""Documents in bulk, by the command: python benchmarks/documents.py FOLDER --subjects 20000.

Organisations of `population.py` as JSON lines, evaluated by all shipped policies to JSON lines and to a table of results; it prints
microseconds a document, of all processors and by the clock, the least of several runs of the whole command.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from population import AS_OF, make  # type: ignore[import-not-found]

from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    lines = arguments.folder / f"{arguments.subjects}.jsonl"
    if not lines.exists():
        make(arguments.folder, arguments.subjects, persons=0)
        lines.write_text("".join(f"{line}\n" for line in _documents(arguments.folder)), encoding="utf-8")
    measures = {"JSON lines": ["--format", "json", "--output", "results.jsonl"], "Parquet": ["--output", "results.parquet"]}
    for name, more in measures.items():
        runs = [_seconds(lines, more) for _ in range(arguments.rounds)]
        least = [min(seconds) / arguments.subjects * 1e6 for seconds in zip(*runs, strict=True)]
        print(f"{least[0]:7.0f} µs of the processors, {least[1]:7.0f} µs by the clock a document  to {name}")


def _documents(folder: Path) -> list[str]:
    """The tables of a population as documents."""
    catalogue = load_library([resource_folder("policies")]).catalogue
    records: dict[str, list[dict[str, Any]]] = {}
    for row in pq.read_table(folder / "records").to_pylist():
        fields = catalogue.categories[row["category"]].fields
        records.setdefault(row["subject"], []).append(
            _known(row, ("id", "category", "date", "until", "source", "status", "repaired_on"))
            | {"fields": _known(row, fields)}
        )
    return [
        json.dumps(
            _known(row, ("id", "kind", "name"))
            | {
                "model": row["model"].split(),
                "attributes": _known(row, catalogue.attributes),
                "records": records.get(row["id"], []),
            },
            ensure_ascii=False,
        )
        for row in pq.read_table(folder / "subjects").to_pylist()
    ]


def _known(row: dict[str, Any], names: Any) -> dict[str, Any]:
    values = {name: row[name] for name in names if row.get(name) is not None}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else float(value)


def _seconds(lines: Path, more: list[str]) -> tuple[float, float]:
    """Of the processors, the user's and the system's, and by the clock, for one command; it ends with 1, for some of the population are rejected."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "engine", "evaluate", lines.name, "--as-of", AS_OF.isoformat(), *more]
    start = time.perf_counter()
    subprocess.run(command, cwd=lines.parent, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


if __name__ == "__main__":
    main()
