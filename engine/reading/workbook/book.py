"""What a workbook says of itself: its sheets, where dates begin, and whether the values of its formulas are to be trusted."""

from __future__ import annotations

from pathlib import Path as File

from msgspec import Struct

from engine.reading.workbook import limits, other_kinds
from engine.reading.workbook.package import Package
from engine.reading.workbook.xml import Attributes, BrokenXml, Elements, TooLarge

_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_TRUE = ("1", "true", "on")


class SheetPart(Struct, frozen=True):
    """`kind` is `worksheet`, `chartsheet` and the like; `state` is `visible`, `hidden` or `veryHidden`."""

    name: str
    part: str
    kind: str
    state: str


class Book(Struct, frozen=True):
    """`stale` says that values of formulas are none that a program has calculated."""

    sheets: tuple[SheetPart, ...]
    styles: str | None
    strings: str | None
    from_1904: bool
    stale: bool


def read_book(file: File, package: Package) -> Book:
    """The main part of a package; InputError where it is another kind of document."""
    main = next((relation.target for relation in package.relations("").values() if relation.kind == "officeDocument"), None)
    if main is None:
        raise BrokenXml("workbook_none")
    other_kinds.refuse_other_type(file, package.content_type(main))
    listed: list[Attributes] = []
    settings: Attributes = {}
    calculation: Attributes = {}

    def list_sheet(attributes: Attributes) -> None:
        listed.append(attributes)
        if len(listed) > limits.SHEETS:
            raise TooLarge("sheets", limits.SHEETS)

    elements = Elements("workbook")
    elements.begins = {"sheet": list_sheet, "workbookPr": settings.update, "calcPr": calculation.update}
    package.read_all(main, elements)
    relations = package.relations(main)
    of_kind = {relation.kind: relation.target for relation in relations.values()}
    sheets: list[SheetPart] = []
    for attributes in listed:
        relation = relations.get(next((attributes[key] for key in _RELATION if key in attributes), ""))
        if relation is None or not relation.target or relation.target in (sheet.part for sheet in sheets):
            raise BrokenXml("workbook_part_missing", attributes.get("name", "")[:40])
        sheets.append(SheetPart(attributes.get("name", ""), relation.target, relation.kind, attributes.get("state", "visible")))
    return Book(
        tuple(sheets), of_kind.get("styles"), of_kind.get("sharedStrings"), is_true(settings, "date1904"), _stale(calculation)
    )


def is_true(attributes: Attributes, key: str) -> bool:
    """Whether an attribute is set; one that is left out is not."""
    return attributes.get(key, "").strip().lower() in _TRUE


def _stale(calculation: Attributes) -> bool:
    """Who writes without calculating asks for it on opening; who calculates by hand may have saved what was before."""
    by_hand = calculation.get("calcMode") == "manual" and not is_true({"calcOnSave": "1"} | calculation, "calcOnSave")
    unfinished = not is_true({"calcCompleted": "1"} | calculation, "calcCompleted")
    return is_true(calculation, "fullCalcOnLoad") or is_true(calculation, "forceFullCalc") or by_hand or unfinished
