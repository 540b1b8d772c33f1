"""What a revision that differs in every way reads like, on a terminal and in a merge request, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.comparison import Conclusion
from engine.model.direction import DIRECTIONS
from engine.rendering.changes import change_terms
from engine.rendering.changes.markdown import MOST
from engine.rendering.sentences import Lang
from tests.reviewing.revised import revised

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"text": "txt", "markdown": "md"}


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revised(tmp_path)
    monkeypatch.chdir(tmp_path)


def report(form: str, lang: Lang) -> str:
    prepared = ["--prepared-by", "示例局", "--on", "2026-01-05"]
    done = CliRunner().invoke(
        cli, ["diff", "before", "after", *prepared, "--format", form, "--lang", lang], standalone_mode=False
    )
    assert done.exception is None, done.exception
    return done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ENDINGS)
def test_golden(form: str, lang: Lang) -> None:
    """`python -m tests.reviewing.bless` renews it; the difference is to be read."""
    file = GOLDEN / f"every.{lang}.{ENDINGS[form]}"
    assert report(form, lang) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_same_changes(form: str) -> None:
    """Every report tells every change that the document for programs has."""
    text = re.sub(r"<[^>]*>|\\|&[a-z]+;", "", report(form, "zh"))
    for change in json.loads(report("json", "zh"))["policies"][0]["changes"]:
        for side in filter(None, (change["old"], change["new"])):
            assert re.sub(r"[\\*]|&[a-z]+;", "", side["text"]) in text


def test_sides_of_a_table_are_kept() -> None:
    """No cell breaks the table of the comment."""
    rows = [line for line in report("markdown", "zh").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def test_long_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut between lines where the host would not take it, and says so."""
    monkeypatch.setattr("engine.rendering.changes.markdown.MOST", 2_000)
    text = report("markdown", "zh")
    assert len(text) < 2_100 < MOST
    assert text.endswith("*太长，以下从略，见 HTML 报告。*\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words(lang: Lang) -> None:
    """Directions and verdicts have a word each."""
    assert all(change_terms.direction_text(direction, lang) for direction in DIRECTIONS)
    assert all(change_terms.verdict_text(verdict, lang) for verdict in get_args(Conclusion))
