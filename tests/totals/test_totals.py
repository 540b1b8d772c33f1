"""What came of many subjects is told whole, safely and from nothing but itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import api
from engine.model.number import ONE
from engine.model.totals import BANDS, Totals, band_bounds, band_of
from engine.rendering.batch_html import totals_page
from engine.rendering.batch_text import totals_text
from engine.rendering.counts import shares
from engine.rendering.html_page import style
from engine.rendering.sentences import Lang
from engine.rendering.snippet import width
from tests.totals.made import many, mixed, renamed

GOLDEN = Path(__file__).parent / "golden"
MADE: dict[str, Callable[[], Totals]] = {"many": many, "mixed": mixed}
VOID = ("meta", "br")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["many.txt", "mixed.txt", "mixed.html"])
def test_golden(name: str, lang: Lang, request: pytest.FixtureRequest) -> None:
    """The texts read as they stand there; of the page, all but its style."""
    name_of_totals, ending = name.split(".")
    render = totals_text if ending == "txt" else totals_page
    actual = render(MADE[name_of_totals](), lang).replace(style("page"), "")
    file = GOLDEN / f"{name_of_totals}.{lang}.{ending}"
    if request.config.getoption("--bless", default=False):
        file.parent.mkdir(exist_ok=True)
        file.write_text(actual, encoding="utf-8")
    else:
        assert actual == file.read_text(encoding="utf-8"), (
            "if this is meant: pytest tests/language tests/totals --bless -k totals"
        )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_tells_every_count(lang: Lang) -> None:
    """Of each model all that was counted, and of the whole."""
    totals = many()
    page = re.sub("<[^>]*>", " ", totals_page(totals, lang))
    numbers = set(re.findall(r"[\d,]+", page))
    assert {f"{count:,}" for count in (totals.subjects, totals.records, *totals.refused.values())} <= numbers
    for model in totals.models:
        groups = (model.levels, model.exclusions, model.reasons, model.vetoes, model.measures)
        counts = [count for group in groups for count in group.values()]
        counts += [*model.scores, model.evaluated, model.not_evaluated, model.rejected]
        assert {f"{count:,}" for count in counts} <= numbers, model.model.title


def test_page_says_whom_together_leaves_out() -> None:
    """The row of all grades counts the models that give grades, and says so where another one stands above it."""
    totals = many()
    assert "合计（不分等级的模型除外）" not in totals_page(totals, "zh")
    first, *others = totals.models
    ungraded = msgspec.structs.replace(first, levels={}, ungraded=first.evaluated)
    page = re.sub("<[^>]*>", " ", totals_page(msgspec.structs.replace(totals, models=(ungraded, *others)), "zh"))
    row = page.split("合计（不分等级的模型除外）")[-1].split("各模型")[0].split()
    assert row[-1] == f"{sum(model.evaluated for model in others):,}"


def test_text_tells_every_level() -> None:
    """In the table stand all counts of a model."""
    totals = many()
    table = totals_text(totals, "zh").split("\n\n")[1]
    for model in totals.models:
        row = next(line for line in table.split("\n") if line.startswith(f"{model.model.title} "))
        assert row.split()[1:] == [str(count) for count in (*model.levels.values(), model.not_evaluated, model.rejected)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_fits(lang: Lang) -> None:
    """The table of eight models on nine levels, a million subjects, is no wider than 100 columns."""
    table = totals_text(many(), lang).split("\n\n")[1].split("\n")
    assert max(map(width, table)) <= 100


def test_text_of_large_counts() -> None:
    """Titles stand above the counts where these are too long to stand beside them."""
    totals = many()
    first = totals.models[0]
    large = msgspec.structs.replace(first, levels=dict.fromkeys(first.levels, 12_345_678), not_evaluated=7, rejected=7)
    table = totals_text(msgspec.structs.replace(totals, models=(large,)), "zh").split("\n\n")[1].split("\n")
    assert table[2] == first.model.title
    assert all(width(line) <= 110 for line in table)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", MADE)
def test_page_needs_nothing_else(name: str, lang: Lang) -> None:
    """No script, no address, nothing to load."""
    page = totals_page(MADE[name](), lang)
    for word in ("http", "//", "<script", "<link", "<img", "src=", "url(", "@import"):
        assert word not in page, word


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", MADE)
def test_page_escapes(name: str, lang: Lang) -> None:
    """Titles are text, whatever they hold; every element is closed, every chart has its words, every link its goal."""
    page = totals_page(renamed(MADE[name]()), lang)
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert reader.goals <= reader.ids
    assert page.count('role="img"') == page.count("<desc>")


class Reader(HTMLParser):
    """Checks that elements are closed in order; gathers where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.goals: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        attributes = dict(attrs)
        self.ids.add(attributes.get("id") or "")
        self.goals.add((attributes.get("href") or "").removeprefix("#"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_shares(counts: list[int]) -> None:
    """They add up to 100.0%, and none is a tenth or more away."""
    if not sum(counts):
        return
    tenths = [int(share.replace(".", "").removesuffix("%")) for share in shares(counts)]
    assert sum(tenths) == 1000
    assert all(abs(tenth - 1000 * count / sum(counts)) < 1 for tenth, count in zip(tenths, counts, strict=True))


@given(st.integers(0, 100 * 100))
def test_bands(cents: int) -> None:
    """A score lies in its band."""
    score, full = cents * ONE // 100, 100 * ONE
    low, high = band_bounds(band_of(score, full), full)
    assert low <= score < high or score == high == full
    assert band_bounds(BANDS - 1, full)[1] == full


@pytest.mark.parametrize(
    ("names", "sentence"), [(["none", "none"], "no policy is called `none`"), (["none", "other"], "no policy is called `…`")]
)
def test_names_what_is_not_there(names: list[str], sentence: str, tmp_path: Path) -> None:
    """A policy that all rows name in vain is named; `…` stands only where they differ."""
    lines = [json.dumps({"id": f"s-{i}", "kind": "organisation", "model": f"{name}/shop"}) for i, name in enumerate(names)]
    (tmp_path / "s.jsonl").write_text("\n".join(lines), encoding="utf-8")
    api.evaluate_tables(api.load(), tmp_path / "s.jsonl", date(2025, 12, 31), report=tmp_path / "x.html")
    page = re.sub("<[^>]*>", "`", (tmp_path / "x.html").read_text(encoding="utf-8"))
    assert sentence.replace("`", "") in page.replace("`", "")
