"""Policies with something cut, doubled, moved or put in, and what is asked for a day that is none."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from engine.model.problem import PolicyError
from engine.reading import files as reading_files
from engine.reading.document import lines_of
from engine.reading.library import read_library
from engine.rendering.messages import codes
from tests.command.attacks.attacked import POLICY, ROOT, SHOP, output_with, xinyong
from tests.language.examples import BASE


def _mutated(text: str, draw: random.Random) -> str:
    """A text with something cut, doubled, moved or put in."""
    at, to = sorted((draw.randrange(len(text)), draw.randrange(len(text))))
    stray = draw.choice(
        [
            "[",
            "{",
            "'",
            '"',
            "\t",
            ": ",
            "- ",
            "&a ",
            "*a ",
            "!x ",
            "|\n",
            ">",
            "\r",
            "\x0b",
            "\x85",
            "\u2028",
            "#",
            "? ",
            "：",
            "\n\n",
            "%",
        ]
    )
    return draw.choice([text[:at], text[:at] + stray + text[at:], text[:at] + text[to:], text[:to] + text[at:], text[at:]])


@pytest.mark.parametrize("seed", range(150))
def test_places_lie_inside(seed: int) -> None:
    """Whatever is wrong with a file of policies, it is said at a line and a column that the file has."""
    draw = random.Random(seed)
    text = draw.choice([POLICY, (BASE / "policies/common/catalogue.yaml").read_text(encoding="utf-8")])
    for _ in range(draw.randint(1, 3)):
        text = _mutated(text, draw) or "\n"
    common = reading_files.read_common(BASE / "policies/common")
    try:
        read_library(reading_files.Files((("x.yaml", text.encode()),), common))
    except PolicyError as error:
        lines = lines_of(text) or [""]
        for problem in error.problems:
            assert problem.code in codes()
            if problem.place is not None and problem.place.file == "x.yaml":
                assert 1 <= problem.place.line <= len(lines)
                assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@pytest.mark.parametrize(
    "day", ["", "today", "2025-02-30", "0000-01-01", "10000-01-01", "2025-1-1", "２０２５-01-01", "2025-01-01\n", "-1", "1e9"]
)
def test_no_day(day: str) -> None:
    for command in (["evaluate", "shop.json"], ["explain", "shop.json"], ["check"], ["docs"]):
        out, code = xinyong(*command, f"--as-of={day}")
        assert (code, "error[as_of]" in out) == (2, True)


@pytest.mark.parametrize("ending", ["md", "html", "docx", "xlsx"])
def test_nothing_in_force(ending: str) -> None:
    """There is no annex of nothing."""
    output_with("none_in_force", "docs", "--as-of", "2024-12-31", "--output", f"annex.{ending}", exit_code=2)
    assert not Path(f"annex.{ending}").exists()


def test_record_called_like_a_model() -> None:
    """A result of this run is told from a record of another category that has its id."""
    steps = (ROOT / "tests/language/models/good/composite.txt").read_text(encoding="utf-8").split("--- ")
    composite = next(step for step in steps if step.startswith("policies/composite.yaml\n"))
    Path("policies/composite.yaml").write_text(composite.partition("\n")[2], encoding="utf-8")
    record = {"id": "example/shop", "category": "penalty", "date": "2025-01-01", "fields": {"seriousness": "minor"}}
    Path("shop.json").write_text(json.dumps({**json.loads(SHOP), "records": [record]}), encoding="utf-8")
    out, code = xinyong("explain", "shop.json", "--policy", "composite", "--as-of", "2025-12-31")
    assert (code, "商店信用评价 · 商店 (this run's result)" in out) == (0, True)
    assert "2025-01-01 行政处罚" in xinyong("explain", "shop.json", "--policy", "example", "--as-of", "2025-12-31")[0]
