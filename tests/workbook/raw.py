"""Workbooks written as XML, part by part, in every spelling that programs have for the same cells."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

PLAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True)
class Cell:
    """A value under a number format; `xml` stands in place of what would be written for the value."""

    value: object = None
    number_format: str | int = "General"
    xml: str | None = None
    kind: str = ""


@dataclass(frozen=True)
class Spelling:
    """How the same cells are written."""

    prefix: str = ""
    strict: bool = False
    quote: Literal['"', "'"] = '"'
    texts: Literal["shared", "rich", "inline", "str"] = "inline"
    places: bool = True
    rows: bool = True
    days: Literal["number", "iso"] = "number"
    long_numbers: bool = False
    encoding: str = "utf-8"
    absolute: bool = False
    folder: str = "worksheets"
    capitals: bool = False
    comments: bool = False
    compression: int = zipfile.ZIP_DEFLATED


@dataclass
class Book:
    """A workbook of rows of values or cells; what is added to its parts stands in `more`, by the name of a sheet."""

    sheets: Mapping[str, Sequence[Sequence[object]]]
    spelling: Spelling = field(default_factory=Spelling)
    merges: Mapping[str, Sequence[str]] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[tuple[str, int], str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    settings: str = ""
    calculation: str = ""
    main_type: str = MAIN_TYPE
    parts: Mapping[str, str | bytes] = field(default_factory=dict)
    formats: list[str | int] = field(default_factory=lambda: ["General"])
    strings: list[str] = field(default_factory=list)

    def save(self, file: Path) -> Path:
        with zipfile.ZipFile(file, "w", self.spelling.compression) as package:
            for name, content in (self._parts() | dict(self.parts)).items():
                package.writestr(name, content)
        return file

    def _parts(self) -> dict[str, str | bytes]:
        sheets = {self._part(at): self._sheet(name) for at, name in enumerate(self.sheets, 1)}
        written = {
            "xl/workbook.xml": self._book(),
            **sheets,
            "xl/styles.xml": self._styles(),
            "xl/sharedStrings.xml": self._shared(),
        }
        spelling = self.spelling
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{self.main_type}"/></Types>',
            "_rels/.rels": self._relations(
                [("officeDocument", "/xl/workbook.xml" if spelling.absolute else "xl/workbook.xml")]
            ),
            "xl/_rels/workbook.xml.rels": self._relations(
                [(self.kinds.get(name, "worksheet"), self._target(self._part(at))) for at, name in enumerate(self.sheets, 1)]
                + [("styles", self._target("xl/styles.xml")), ("sharedStrings", self._target("xl/sharedStrings.xml"))]
            ),
        }
        parts |= {name: self._spelt(xml) for name, xml in written.items()}
        return {name.upper() if spelling.capitals and "/" in name else name: part for name, part in parts.items()}

    def _part(self, at: int) -> str:
        return f"xl/{self.spelling.folder}/sheet{at}.xml"

    def _target(self, part: str) -> str:
        return f"/{part}" if self.spelling.absolute else part.removeprefix("xl/")

    def _relations(self, targets: list[tuple[str, str]]) -> str:
        base = STRICT_RELATIONS if self.spelling.strict else RELATIONS
        inner = "".join(
            f'<Relationship Id="rId{at}" Type="{base}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(targets, 1)
        )
        return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'

    def _book(self) -> str:
        base = STRICT_RELATIONS if self.spelling.strict else RELATIONS
        sheets = "".join(
            f'<sheet xmlns:q="{base}" name={quoteattr(name)} sheetId="{at}" state="{self.states.get(name, "visible")}" q:id="rId{at}"/>'
            for at, name in enumerate(self.sheets, 1)
        )
        return f"<workbook><workbookPr {self.settings}/><sheets>{sheets}</sheets><calcPr {self.calculation}/></workbook>"

    def _styles(self) -> str:
        codes = [(at, code) for at, code in enumerate(self.formats) if isinstance(code, str)]
        formats = "".join(f'<numFmt numFmtId="{200 + at}" formatCode={quoteattr(code)}/>' for at, code in codes)
        numbers = [code if isinstance(code, int) else 200 + at for at, code in enumerate(self.formats)]
        styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
        return f'<styleSheet><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'

    def _shared(self) -> str:
        rich = self.spelling.texts == "rich"
        return f"<sst>{''.join(_rich(text) if rich else f'<si><t>{_text(text)}</t></si>' for text in self.strings)}</sst>"

    def _sheet(self, name: str) -> str:
        rows = "".join(self._row(name, number, row) for number, row in enumerate(self.sheets[name], 1))
        merges = "".join(f'<mergeCell ref="{place}"/>' for place in self.merges.get(name, ()))
        merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
        return f"<worksheet>{self.before.get(name, '')}<sheetData>{rows}</sheetData>{merged}</worksheet>"

    def _row(self, name: str, number: int, row: Sequence[object]) -> str:
        place = f' r="{number}"' if self.spelling.rows else ""
        cells = "".join(self._cell(number, at, cell) for at, cell in enumerate(row, 1))
        return f"<row{place} {self.rows.get((name, number), '')}>{cells}</row>"

    def _cell(self, row: int, column: int, value: object) -> str:
        cell = value if isinstance(value, Cell) else Cell(value)
        place = f' r="{letters(column)}{row}"' if self.spelling.places else ""
        if cell.value is None and cell.xml is None and self.spelling.places and cell.number_format == "General":
            return ""
        number_format = cell.number_format
        if isinstance(cell.value, date) and self.spelling.days == "number" and number_format == "General":
            number_format = "yyyy-mm-dd"
        if number_format not in self.formats:
            self.formats.append(number_format)
        kind, inner = (cell.kind, cell.xml) if cell.xml is not None else self._value(cell.value)
        return f'<c{place} s="{self.formats.index(number_format)}"{f" t={kind!r}".replace(chr(39), chr(34)) if kind else ""}>{inner}</c>'

    def _value(self, value: object) -> tuple[str, str]:
        spelling = self.spelling
        match value:
            case None:
                return "", ""
            case bool():
                return "b", f"<v>{int(value)}</v>"
            case int() | float():
                return "", f"<v>{format(value, '.17g') if spelling.long_numbers else repr(value)}</v>"
            case date() if spelling.days == "iso":
                return "d", f"<v>{value.isoformat()}T00:00:00</v>"
            case date():
                return "n", f"<v>{(value - date(1899, 12, 30)).days}</v>"
            case str() if spelling.texts in ("shared", "rich"):
                self.strings.append(value)
                return "s", f"<v>{len(self.strings) - 1}</v>"
            case str() if spelling.texts == "inline":
                return "inlineStr", f"<is><t>{_text(value)}</t></is>"
            case str():
                return "str", f"<v>{_text(value)}</v>"
        raise AssertionError(value)

    def _spelt(self, xml: str) -> bytes:
        spelling = self.spelling
        namespace = STRICT if spelling.strict else PLAIN
        root = xml[1:].partition(">")[0].split()[0]
        if spelling.prefix:
            xml = xml.replace("</", "\0").replace("<", f"<{spelling.prefix}:").replace("\0", f"</{spelling.prefix}:")
            xml = xml.replace(
                f"<{spelling.prefix}:{root}", f'<{spelling.prefix}:{root} xmlns:{spelling.prefix}="{namespace}"', 1
            )
        else:
            xml = xml.replace(f"<{root}", f'<{root} xmlns="{namespace}"', 1)
        if spelling.comments:
            xml = xml.replace("><", ">\n  <!-- <c> --><")
        if spelling.quote == "'":
            xml = xml.replace('"', "'")
        return f"<?xml version='1.0' encoding='{spelling.encoding}'?>{xml}".encode(spelling.encoding)


def letters(column: int) -> str:
    return (letters((column - 1) // 26) if column > 26 else "") + chr(65 + (column - 1) % 26)


def _text(text: str) -> str:
    return escape(text, {'"': "&#34;", "'": "&#39;", "\r": "_x000D_"})


def _rich(text: str) -> str:
    half = len(text) // 2
    runs = "".join(f"<r><rPr><b/></rPr><t>{_text(part)}</t></r>" for part in (text[:half], text[half:]))
    return f'<si>{runs}<rPh sb="0" eb="1"><t>zhuti</t></rPh><phoneticPr fontId="1"/></si>'
