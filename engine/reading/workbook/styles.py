"""Styles of cells: the number format of each."""

from __future__ import annotations

from engine.reading.workbook import limits
from engine.reading.workbook.formats import BUILTIN, Format, read_format
from engine.reading.workbook.package import Package
from engine.reading.workbook.xml import Attributes, BrokenXml, Elements, TooLarge

UNKNOWN = "[<0]"
"""Stands for a format that is neither ours nor in the workbook: nothing is sure to be shown as it is."""


def read_styles(package: Package, part: str | None) -> list[Format]:
    """Formats by the numbers of styles; a workbook without any has the general one."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    within = False

    def code(attributes: Attributes) -> None:
        codes[int(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        if len(codes) > limits.FORMATS:
            raise TooLarge("styles", limits.FORMATS)

    def of_cells(_: Attributes) -> None:
        nonlocal within
        within = True

    def of_others() -> None:
        nonlocal within
        within = False

    def style(attributes: Attributes) -> None:
        if within:
            numbers.append(int(attributes.get("numFmtId", "0")))
        if len(numbers) > limits.STYLES:
            raise TooLarge("styles", limits.STYLES)

    if part is None:
        return [read_format("General")]
    elements = Elements("styleSheet")
    elements.begins = {"numFmt": code, "cellXfs": of_cells, "xf": style}
    elements.ends = {"cellXfs": of_others}
    package.read_all(part, elements)
    return [_format(number, codes) for number in numbers] or [read_format("General")]


def _format(number: int, codes: dict[int, str]) -> Format:
    code = codes.get(number, BUILTIN.get(number))
    if code is None:
        return Format(f"#{number}", read_format(UNKNOWN).numbers, read_format("General").texts)
    if len(code) > 255:  # the most that Excel takes
        raise BrokenXml("workbook_format_missing", str(number)[:20])
    return read_format(code or "General")
