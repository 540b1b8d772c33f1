"""Templates filled as people fill them, through openpyxl, and what reading gives back as documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model import workbook_layout
from engine.model.catalogue import Catalogue, Field
from engine.reading.library_cache import load_library
from engine.reading.workbook.columns import Row
from engine.reading.workbook.filled_workbook import Sheets

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = load_library([ROOT / "policies"])
CATALOGUE: Catalogue = LIBRARY.catalogue
Document = dict[str, Any]


def template(policy: str, file: Path, *more: str) -> Path:
    """What the command writes."""
    fixed = ["--policies", str(ROOT / "policies"), "--as-of", "2025-12-31", "--lang", "zh"]
    done = CliRunner().invoke(cli, ["template", policy, "--output", str(file), *fixed, *more], standalone_mode=False)
    assert done.exception is None, done.exception
    return file


def filled(file: Path, rows: Mapping[str, Iterable[Mapping[str, object]]]) -> Path:
    """The workbook with rows below the headers that are there already, each by the header of its cell."""
    book = openpyxl.load_workbook(file)
    for name, entries in rows.items():
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, entry in enumerate(entries, 2):
            for header, value in entry.items():
                sheet.cell(number, columns[header], value)
    book.save(file)
    return file


def written_workbook(file: Path, rows: Mapping[str, list[list[object]]]) -> Path:
    """A workbook of one's own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(file)
    return file


def as_filled(documents: Iterable[Document]) -> dict[str, list[dict[str, object]]]:
    """Documents as people would fill them in: titles, labels, dates as dates, 是 and 否."""
    names = workbook_layout.sheet_names(CATALOGUE)
    sheets: dict[str, list[dict[str, object]]] = {}
    for document in documents:
        models = [document["model"]] if isinstance(document["model"], str) else document["model"]
        subject = {key: document.get(key) for key in ("id", "kind", "name")} | {"model": "、".join(models)}
        sheets.setdefault(workbook_layout.SUBJECTS, []).append(
            _shown(subject | document.get("attributes", {}), workbook_layout.subject_columns(CATALOGUE))
        )
        for member in document.get("members", ()):
            entry = {"subject": document["id"], "member": member}
            sheets.setdefault(workbook_layout.MEMBERS, []).append(_shown(entry, workbook_layout.MEMBER_COLUMNS))
        for record in document.get("records", ()):
            entry = {"subject": document["id"], **record, **record.get("fields", {})}
            columns = workbook_layout.record_columns(CATALOGUE.categories[record["category"]])
            sheets.setdefault(names[record["category"]], []).append(_shown(entry, columns))
    return sheets


def _shown(values: Mapping[str, Any], columns: Mapping[str, Field]) -> dict[str, object]:
    titles = workbook_layout.headers(columns)
    return {titles[key]: _cell(values[key], field) for key, field in columns.items() if values.get(key) is not None}


def _cell(value: Any, field: Field) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type == "date":
        return date.fromisoformat(value)
    return field.labels.get(value, value)


def documents(read: Sheets) -> list[Document]:
    """The documents that the rows of a workbook say."""
    by_id: dict[object, Document] = {}
    for row in read.subjects:
        document: Document = {key: row[key] for key in ("id", "kind", "name") if key in row}
        models = str(row.get("model", "")).replace("、", " ").split()
        document["model"] = models[0] if len(models) == 1 else models
        document["attributes"] = _typed(row, {key: attribute.field for key, attribute in CATALOGUE.attributes.items()})
        by_id[row["id"]] = document | {"records": [], "members": []}
    for row in read.records:
        keys = ("id", "category", "date", "until", "status", "repaired_on", "source")
        record: Document = {key: row[key] for key in keys if key in row}
        record["fields"] = _typed(row, CATALOGUE.categories[str(row["category"])].fields)
        by_id[row["subject"]]["records"].append(record)
    for row in read.members:
        by_id[row["subject"]]["members"].append(row["member"])
    return list(by_id.values())


def _typed(row: Row, fields: Mapping[str, Field]) -> Document:
    kinds: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": lambda text: {"true": True, "false": False}[text],
    }
    return {key: kinds.get(field.type, str)(str(row[key])) for key, field in fields.items() if key in row}
