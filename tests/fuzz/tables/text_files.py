"""Rows to a folder of CSV files, as programs and people write them."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.tables.population import Row

SPELLED = ("{0:04}/{1}/{2}", "{0:04}.{1}.{2}", "{0:04}年{1}月{2}日", "{0:04}{1:02}{2:02}", "{0:04}-{1:02}-{2:02} 00:00:00")
"""Days as Excel and databases write them into text files."""


def written(dice: Random, folder: Path, tables: dict[str, list[Row]], types: dict[str, dict[str, str]]) -> Path:
    """Each table as NAME.csv, as NAME.csv.gz, or as several files in a folder NAME."""
    folder.mkdir()
    spelled = dice.choice(SPELLED) if dice.random() < 0.1 else None
    for name, rows in tables.items():
        if name == "members" and not rows:
            continue
        header = list(rows[0]) if rows else list(NEEDED[name])
        lines = [{key: cell(dice, value, types[name].get(key, "text"), spelled) for key, value in row.items()} for row in rows]
        if len(lines) > 3 and dice.random() < 0.2:
            (folder / name).mkdir()
            for part in range(3):
                _file(dice, folder / name / f"{part}.csv", header, lines[part::3])
        else:
            _file(dice, folder / f"{name}.csv", header, lines)
    return folder


NEEDED = {"subjects": ("id", "kind"), "records": ("subject", "id", "category", "date"), "members": ("subject", "member")}


def _file(dice: Random, file: Path, header: list[str], lines: list[dict[str, str]]) -> None:
    end = dice.choice(("\n", "\n", "\n", "\r\n", "\r\n", "\r"))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=dice.choice((",", ",", ",", ";", "\t", "|")),
        lineterminator=end,
        quoting=csv.QUOTE_ALL if dice.random() < 0.3 or end == "\r" else csv.QUOTE_MINIMAL,  # it forgets other line ends
    )
    writer.writerow(header)
    for line in lines:
        writer.writerow([line[key] for key in header])
        if dice.random() < 0.004:
            text.write(end)
    content = text.getvalue()
    if dice.random() < 0.2:
        content = content.removesuffix(end)
    encoded = content.encode("utf-8-sig" if dice.random() < 0.3 else "utf-8")
    if dice.random() < 0.15:
        file = file.with_name(file.name + ".gz")
        encoded = gzip.compress(encoded, dice.choice((1, 9)))
    file.write_bytes(encoded)


def cell(dice: Random, value: Any, kind: str, spelled: str | None = None) -> str:
    """A value as a cell of text, in one of the spellings of its kind."""
    if value is None:
        return ""
    if isinstance(value, list):
        return dice.choice((" ", ",", ";", "、")).join(value) if all(value) else " ".join(value)
    if isinstance(value, bool):
        return dice.choice(("true", "TRUE", "True", "1") if value else ("false", "FALSE", "False", "0"))
    if isinstance(value, (int, float)):
        text = format(Decimal(repr(value)), "f")
        if dice.random() < 0.1:
            text += ".0" if "." not in text else "000"
        return text
    if kind == "date" and spelled and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return str(value)
        return spelled.format(day.year, day.month, day.day)
    return str(value)
