"""`--since` beside a full run, over random tables and random edits: `python -m tests.tables.incremental --tables 20000 --at-once 50`.

`--at-once` joins so many tables, each with subjects and edits of its own, in one run, which costs little more than of one.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from tests.tables.made import Tables, evaluate, population, small_policies

UPDATED = "updated"
CHANGED = ["2025-12-31", "2026-01-10", "2026-01-10 08:30:00", "", "soon"]
"""What the column of updates says of a row that changed: the day or later, or nothing that can be read."""

Lines = dict[str, list[list[str]]]
Edit = Callable[[random.Random, Lines, str], None]


def cells(tables: Tables, by_column: bool) -> Lines:
    """Each table as the cells of a CSV file, its heading first; with a column of updates where there is to be one."""
    lines: Lines = {}
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        extra = [UPDATED] if by_column and name != "members" else []
        lines[name] = [
            columns + extra,
            *([_text(row.get(key)) for key in columns] + ["2025-06-01"] * len(extra) for row in rows),
        ]
    return lines


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# Edits: each leaves a mark in the column of updates where a delivery would


def _row(dice: random.Random, lines: Lines, table: str) -> list[str]:
    return dice.choice(lines[table][1:])


def _mark(dice: random.Random, row: list[str], lines: Lines, table: str) -> None:
    if lines[table][0][-1] == UPDATED:
        row[-1] = dice.choice(CHANGED)


def twice(dice: random.Random, lines: Lines, table: str) -> None:
    lines[table].insert(dice.randrange(1, len(lines[table]) + 1), list(_row(dice, lines, table)))


def thrice(dice: random.Random, lines: Lines, table: str) -> None:
    row = _row(dice, lines, table)
    lines[table] += [list(row), list(row)]


def torn(dice: random.Random, lines: Lines, table: str) -> None:
    row = _row(dice, lines, table)
    row[:] = row[:-1] if dice.random() < 0.5 else [*row, "more"]


def orphan(dice: random.Random, lines: Lines, table: str) -> None:
    row = list(_row(dice, lines, table))
    name = row[0]
    row[0] = dice.choice(
        ["nobody", f"{name}\u200b", f"{name[:6]}-{name[6:]}", name.lower(), name[8:17], f" {name}", "4.30503E+17", ""]
    )
    _mark(dice, row, lines, table)
    lines[table].append(row)


def reordered(dice: random.Random, lines: Lines, table: str) -> None:
    rows = lines[table][1:]
    dice.shuffle(rows)
    lines[table][1:] = rows


def retyped(dice: random.Random, lines: Lines, table: str) -> None:
    row = _row(dice, lines, table)
    at = dice.randrange(1, max(2, len(row) - 1))
    row[min(at, len(row) - 1)] = dice.choice(["", "x", "-1", "2025-02-30", "99999999999999", " ", "true", "repaired"])
    _mark(dice, row, lines, table)


def more(dice: random.Random, lines: Lines, table: str) -> None:
    row = list(_row(dice, lines, table))
    if table == "records" and len(row) > 1:  # a torn line may have one cell alone
        row[1] = f"more-{dice.randrange(9)}"
    _mark(dice, row, lines, table)
    lines[table].append(row)


def fewer(dice: random.Random, lines: Lines, table: str) -> None:
    del lines[table][dice.randrange(1, len(lines[table]))]


EDITS: list[Edit] = [twice, thrice, torn, orphan, reordered, retyped, more, fewer]
"""Rows that are deleted are not told by a column of updates, which docs/many.md says."""


def write(lines: Lines, folder: Path) -> Path:
    folder.mkdir()
    for name, rows in lines.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
    return folder


ENDINGS = ("", ".duckdb", ".parquet")
"""What a run can go on from."""


def rows_of(output: Path) -> list[dict[str, Any]]:
    """The rows of results, and those of each model's reasoning with the table that they stand in."""
    if output.suffix == ".duckdb":
        with duckdb.connect(str(output), read_only=True) as database:
            names = database.sql("select table_name from duckdb_tables() where schema_name = 'reasoning'").fetchall()
            tables = {name: database.sql(f'from reasoning."{name}"').to_arrow_table() for (name,) in names}
            tables["results"] = database.sql("from results").to_arrow_table()
    elif output.is_dir():
        tables = {folder.name: pq.read_table(folder) for folder in sorted((output / "reasoning").iterdir())}
        tables |= {file.name: pq.read_table(file) for file in sorted((output / "results").iterdir())}
    else:
        tables = {"results": pq.read_table(output)}
    return [
        {"table": name, **{key: cell for key, cell in row.items() if key != "input_hash"}}
        for name, table in tables.items()
        for row in table.to_pylist()
    ]


class Trial:
    """A day's tables, evaluated, from which edits go out; `by_column` where a column tells what changed.

    The tables of `many` stand in one, each with subjects of its own. Outputs are all of one `ending`.
    """

    def __init__(self, seed: int, folder: Path, many: int = 1) -> None:
        dice = random.Random(seed)
        self.folder, self.many, self.by_column = folder, many, dice.random() < 0.4
        self.ending = dice.choice(ENDINGS)
        self.policies = small_policies(folder)
        tables = population(folder / "made", self.policies, 24 * many)
        self.lines = cells(tables, self.by_column)
        self.options = ["--updated", UPDATED] if self.by_column else []
        inputs = write(self.lines, folder / "first")
        self.evaluate(inputs, "empty")
        self.evaluate(inputs, "last", "--since", str(folder / f"empty{self.ending}"))

    def evaluate(self, inputs: Path, name: str, *more: str) -> tuple[Any, Any, int]:
        """Results and refusals, each in one order, and the exit code."""
        output = self.folder / f"{name}{self.ending}"
        text, code = evaluate(inputs, output, self.policies, *self.options, *more)
        assert code in (0, 1), text
        rejects = output.with_name(f"{name}.rejects.csv")
        refused = sorted(csv.reader(rejects.open(encoding="utf-8-sig", newline=""))) if rejects.exists() else []
        return sorted(rows_of(output), key=str), refused, code

    def difference(self, seed: int) -> str | None:
        """What is not as in a full run after random edits, or after more of them another day; None where all is."""
        dice = random.Random(seed)
        lines = {name: [list(row) for row in rows] for name, rows in self.lines.items()}
        last, days = self.folder / f"last{self.ending}", sorted(dice.choices(DAYS, k=dice.choice([1, 1, 2])))
        if self.by_column and len(days) > 1:  # what the column says of a row may be no earlier than the run before
            days[0] = DAYS[0]
        for number, day in enumerate(days):
            edited = self.edit(dice, lines)
            inputs = write(lines, self.folder / f"edited-{seed}-{number}")
            full = self.evaluate(inputs, "full", "--as-of", day)
            now = f"again-{number}"
            if self.ending == ".duckdb" and dice.random() < 0.5:  # in its own place
                last = Path(shutil.copyfile(last, self.folder / f"{now}{self.ending}"))
            again = self.evaluate(inputs, now, "--as-of", day, "--since", str(last))
            last = self.folder / f"{now}{self.ending}"
            shutil.rmtree(inputs)
            for name, left, right in zip(("results", "refusals", "exit code"), full, again, strict=True):
                if left != right:
                    difference = f"only in the full run {_besides(left, right)}\nonly in this one {_besides(right, left)}"
                    how = f"{' by column' * self.by_column} as {self.ending or 'folder'}"
                    return f"{name} differ after {edited} on {', '.join(days[: number + 1])}{how}\n{difference[:3000]}"
        return None

    def edit(self, dice: random.Random, lines: Lines) -> str:
        """Random edits, and what they are."""
        edits = [edit for edit in EDITS if edit is not fewer or not self.by_column]
        chosen = [
            (dice.choice(edits), dice.choice(["subjects", "records", "records", "members"]))
            for _ in range(sum(dice.randrange(1, 4) for _ in range(self.many)))
        ]
        for edit, table in chosen:
            edit(dice, lines, table)
        return ", ".join(f"{edit.__name__} {table}" for edit, table in chosen)


def _besides(these: Any, others: Any) -> Any:
    return [row for row in these if row not in others][:3] if isinstance(these, list) else these


DAYS = ("2025-12-31", "2026-01-01", "2026-02-20")
DAY = 40
"""So many runs go out from the tables of one day."""


def trials(first: int, count: int, many: int = 1) -> list[str]:
    """The differences of so many random tables, `many` of them in a run."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(first, Path(place), many)
        runs = range(first, first + count, many)
        differences = [(start, difference) for start in runs if (difference := trial.difference(start))]
    return [f"--first {first} --tables {start + many - first} --at-once {many}: {how}" for start, how in differences]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first table, by number")
    parser.add_argument("--tables", type=int, default=400, help="how many")
    parser.add_argument("--at-once", type=int, default=1, help="how many in a run")
    parser.add_argument("--jobs", type=int, default=2)
    inputs = parser.parse_args()
    end, many = inputs.first + inputs.tables, inputs.at_once
    parts = [(start, min(DAY * many, end - start), many) for start in range(inputs.first, end, DAY * many)]
    began, count, wrong = time.monotonic(), 0, 0
    with ProcessPoolExecutor(inputs.jobs) as pool:
        for (_, size, _), differences in zip(parts, pool.map(trials, *zip(*parts, strict=True)), strict=True):
            count, wrong = count + size, wrong + len(differences)
            print("\n".join(differences), end="\n" * bool(differences), flush=True)
            print(
                f"{count} of {inputs.tables} tables, {wrong} differ, {time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
