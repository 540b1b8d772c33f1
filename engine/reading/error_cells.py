"""Where a workbook shows #N/A, #REF! and the like: python-calamine reads such cells as empty ones."""

from __future__ import annotations

import re
import zlib
from pathlib import Path as File
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, is_zipfile

from engine.model.problem import InputError, Problem

BOOK, PARTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

_PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<c\s[^>]*>")
_PLACE = re.compile(rb'\sr="([A-Z]+)([0-9]+)"')


def error_cells(file: File) -> dict[str, dict[int, list[int]]]:
    """By the name of a sheet and the number of a row the columns of such cells, counted from 1."""
    if not is_zipfile(file):  # an older kind of workbook
        return {}
    try:
        with ZipFile(file) as parts:
            if not {BOOK, PARTS} <= set(parts.namelist()):
                return {}
            target = {one.get("Id"): one.get("Target", "") for one in _xml(parts.read(PARTS))}
            found = {}
            for sheet in _xml(parts.read(BOOK)).iterfind("{*}sheets/{*}sheet"):
                part = target.get(sheet.get(_PART), "")
                name = part.removeprefix("/") if part.startswith("/") else f"xl/{part}"
                found[sheet.get("name", "")] = _in(parts.read(name)) if name in parts.namelist() else {}
            return found
    except (BadZipFile, zlib.error, EOFError, RuntimeError, ElementTree.ParseError, OSError, ValueError) as error:
        raise InputError([Problem("table_broken", values={"file": str(file), "why": str(error)})]) from None


def _xml(part: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(part)  # noqa: S314 (expat itself stops entities that grow)


def _in(sheet: bytes) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if b't="e"' in sheet:
        for cell in _CELL.findall(sheet):
            if b' t="e"' in cell and (place := _PLACE.search(cell)):
                found.setdefault(int(place[2]), []).append(_column(place[1]))
    return found


def _column(letters: bytes) -> int:
    """
    >>> _column(b"A"), _column(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
