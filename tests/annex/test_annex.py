"""`docs` writes what a policy says as an official annex, and says the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.period import read_day
from engine.model.problem import InputError
from engine.reading.library_cache import load_library
from engine.rendering.annex.catalogue import catalogue_part
from engine.rendering.annex.document import Document, Table
from engine.rendering.annex.policy import policy_part
from engine.usecases import extras
from engine.usecases.annexes import annexes

HERE = Path(__file__).parent
LIBRARY = load_library([HERE / "policies"])
DOCUMENT: Document = (policy_part(LIBRARY.policies[0]), catalogue_part(LIBRARY.catalogue, 1))
FIXED = ["--policies", str(HERE / "policies"), "--as-of", "2025-06-30", "--lang", "zh"]


def docs(*arguments: str) -> str:
    done = CliRunner().invoke(cli, ["docs", *arguments, *FIXED], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout


def problem(*arguments: str) -> tuple[str, object]:
    done = CliRunner().invoke(cli, ["docs", *arguments, *FIXED], standalone_mode=False)
    assert isinstance(done.exception, InputError), done.exception
    (raised,) = done.exception.problems
    return raised.code, raised.values


def tables(document: Document) -> Iterator[Table]:
    for part in document:
        for annex in part.annexes:
            for section in annex.sections:
                yield from section.tables


@pytest.mark.parametrize("name", ["every", "catalogue"])
def test_golden(name: str) -> None:
    """A policy with every construct, and the catalogue; `xinyong docs every … > every.md` renews it, the difference is to be read."""
    assert docs(name) == (HERE / f"{name}.md").read_text(encoding="utf-8")


def test_every_policy_in_force_by_default() -> None:
    assert docs() == docs("every")


def test_several_parts() -> None:
    assert docs("every", "catalogue", "every") == "\n---\n\n".join([docs("every"), docs("catalogue")])


def test_page(tmp_path: Path) -> None:
    """Every cell once, with its spans; nothing from elsewhere."""
    docs("every", "catalogue", "--output", str(tmp_path / "a.html"))
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    cells = [cell for table in tables(DOCUMENT) for row in table.rows for cell in row if cell is not None]
    matches = re.findall(r"<td( [^>]*)?>([^<]*)</td>", text.replace("\n</tbody>", ""))
    texts = [unescape(text_of) for _, text_of in matches]
    assert [cell.text for cell in cells] == [text_of for text_of in texts if text_of not in dict(_about()).values()]
    spans = [int(rows) for more, _ in matches for rows in re.findall(r'rowspan="(\d+)"', more)]
    assert spans == [cell.rows for cell in cells if cell.rows > 1] != []
    assert "size: A4 landscape" in text
    assert not re.search(r"https?://|src=|href=", text)


def _about() -> Iterator[tuple[str, str]]:
    for part in DOCUMENT:
        yield from part.about


def test_word_file(tmp_path: Path) -> None:
    """Read back: the same texts with the same cells merged, landscape, heads repeated."""
    docs("every", "catalogue", "--output", str(tmp_path / "a.docx"))
    book = docx.Document(str(tmp_path / "a.docx"))
    width, height = book.sections[0].page_width, book.sections[0].page_height
    assert width is not None
    assert height is not None
    assert width > height
    titled = [table for table in book.tables if table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    written = list(tables(DOCUMENT))
    assert len(titled) == len(written)
    for word_table, table in zip(titled, written, strict=True):
        assert tuple(cell.text for cell in word_table.rows[0].cells) == table.heads
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if cell is not None:
                    assert word_table.cell(number, column).text == cell.text
                    last = word_table.cell(number + cell.rows - 1, column + cell.columns - 1)
                    assert last._tc is word_table.cell(number, column)._tc
    texts = [paragraph.text for paragraph in book.paragraphs]
    assert {note for table in written for note in table.notes} <= set(texts)
    assert book.tables[-1].rows[0].cells[0].text.startswith("起草单位（盖章）")


def test_workbook(tmp_path: Path) -> None:
    """Read back: a sheet a table, with the same texts and the same cells merged."""
    docs("every", "catalogue", "--output", str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheets = [sheet for sheet in book.worksheets if sheet.print_title_rows]
    written = list(tables(DOCUMENT))
    assert len(sheets) == len(written)
    assert len(book.worksheets) == len(written) + len(DOCUMENT)
    for sheet, table in zip(sheets, written, strict=True):
        assert tuple(cell.value for cell in sheet[4]) == table.heads
        merged = {str(merge) for merge in sheet.merged_cells.ranges}
        for number, row in enumerate(table.rows, 5):
            for column, cell in enumerate(row, 1):
                if cell is None:
                    continue
                first = sheet.cell(number, column)
                assert first.value == cell.text
                if cell.rows * cell.columns > 1:
                    last = sheet.cell(number + cell.rows - 1, column + cell.columns - 1)
                    assert f"{first.coordinate}:{last.coordinate}" in merged
        assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("ending", ["md", "html", "docx", "xlsx"])
def test_the_same_bytes_every_time_and_nothing_beside(ending: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for file in files:
        docs("every", "catalogue", "--output", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == files


def test_refusals(tmp_path: Path) -> None:
    code, values = problem("every", "--output", str(tmp_path / "a.odt"))
    assert (code, values) == (
        "output_kind",
        {"file": str(tmp_path / "a.odt"), "known": [".md", ".html", ".docx", ".pdf", ".xlsx"]},
    )
    assert problem("evry")[0] == "policy_unknown"
    assert problem("every", "--output", str(tmp_path / "none" / "a.docx"))[0] == "output_unwritable"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("ending", "extra"), [("docx", "annex"), ("xlsx", "workbook")])
def test_without_the_extra(ending: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a plain install."""
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert problem("every", "--output", str(tmp_path / f"a.{ending}")) == ("extra_missing", {"extra": extra})


def test_catalogue_of_a_policy() -> None:
    """What the policy reads, each whole, and nothing else of the catalogue."""
    library = load_library([HERE.parents[1] / "policies"])
    day = read_day("2026-01-01")
    assert day is not None
    (part,) = annexes(library, ["catalogue"], day, read_by=["tourism"])
    policy = library.in_force(day)["tourism"]
    assert part.about[0] == ("适用政策", f"{policy.title}。只列这些政策用到的信息，每类的信息项列全")
    records, attributes = part.annexes[0].sections
    titles = [row[1].text.removesuffix("（尚未归集）") for row in records.tables[0].rows if row[1]]
    assert titles == [category.title for name, category in library.catalogue.categories.items() if name in policy.categories]
    assert len(attributes.tables[0].rows) == len(policy.attributes)
    assert problem("every", "--policy", "every") == ("catalogue_unnamed", {"option": "--policy"})
    assert problem("catalogue", "--policy", "evry")[0] == "policy_unknown"
