"""`template` writes a workbook that says what it takes."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model import workbook_layout
from engine.model.catalogue import KINDS
from engine.model.problem import InputError
from engine.model.subject import STATUSES
from engine.reading.workbook.filled_workbook import read_workbook
from engine.rendering.terms import term
from engine.usecases import extras
from tests.workbook.filling import CATALOGUE, LIBRARY, template
from tests.workbook.listing import listing

HERE = Path(__file__).parent
POLICIES = sorted({policy.id for policy in LIBRARY.policies})


def test_listing(tmp_path: Path) -> None:
    """Sheets, headers, comments, formats and drop-downs of one template."""
    assert listing(template("eldercare", tmp_path / "t.xlsx")) == (HERE / "eldercare.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_written_can_be_read(policy: str, tmp_path: Path) -> None:
    """Each sheet and header is known to the reader, and there is a sheet for each category that the policy reads."""
    file = template(policy, tmp_path / "t.xlsx")
    sheets = read_workbook(file, CATALOGUE)
    assert (sheets.subjects, sheets.records, sheets.members) == ([], [], [])
    text = listing(file)
    names = workbook_layout.sheet_names(CATALOGUE)
    for category in LIBRARY.in_force(date(2025, 12, 31).toordinal())[policy].categories.values():
        assert (f"\n== {names[category.id]}（" in text) == (not category.derived)


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = (template("housekeeping", tmp_path / f"{name}.xlsx") for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_english(tmp_path: Path) -> None:
    """Instructions and comments; the headers are those of the catalogue."""
    file = template("eldercare", tmp_path / "t.xlsx", "--lang", "en")
    assert "To evaluate, save it and run: xinyong evaluate F.xlsx" in listing(file)
    assert "主体类型*  [kind | text, required | one of: 组织 (organisation), 个人 (person), 园区 (park)]" in listing(file)


def test_names_of_sheets_are_those_that_excel_allows() -> None:
    names = list(workbook_layout.sheet_names(CATALOGUE).values())
    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\") or name.strip("' ") != name]


def test_words_are_those_of_the_house() -> None:
    """Kinds, statuses and booleans are called in a workbook what they are called elsewhere."""
    labels = dict(workbook_layout.SUBJECT_COLUMNS["kind"].labels) | dict(workbook_layout.RECORD_COLUMNS["status"].labels)
    assert labels == {name: term(name, "zh") for name in (*KINDS, *STATUSES)}
    assert (term("true", "zh"), term("false", "zh")) == (workbook_layout.YES, workbook_layout.NO)


def test_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = template("composite", tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == [file]
    assert zipfile.ZipFile(file).testzip() is None


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a plain install."""
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    done = CliRunner().invoke(cli, ["template", "composite", "--output", str(tmp_path / "t.xlsx")], standalone_mode=False)
    assert isinstance(done.exception, InputError)
    (problem,) = done.exception.problems
    assert (problem.code, problem.values) == ("extra_missing", {"extra": "workbook"})
    assert list(tmp_path.iterdir()) == []
