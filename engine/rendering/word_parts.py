"""What our .docx files have in common: fonts, page numbers, cells, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

SONG, FANG, HEI = "宋体", "仿宋", "黑体"


def undated(content: bytes) -> bytes:
    """Without the time of day that a zip keeps of each of its files."""
    undated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    return undated.getvalue()


def set_style(style: Any, font: str, size: int) -> None:
    """Black and upright, in a font for Chinese and one for the rest."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), font == SONG, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks as wide as the rest
    style.element.get_or_add_rPr().append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if style.name != "Normal":
        form.space_before, form.space_after, form.keep_with_next = Pt(10), Pt(6), True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def page_number(paragraph: Any) -> None:
    """`— 1 —` in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    paragraph._p.append(element("w:fldSimple", instr="PAGE"))
    paragraph.add_run(" —")


def element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def pad_cells(table: Any) -> None:
    """Room around what stands in the cells of a table, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, size in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
        margins.append(element(f"w:{side}", w=str(size), type="dxa"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)  # the last one, by the format's own order
