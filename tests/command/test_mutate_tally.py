"""`xinyong test` on tallies: which branches no case reaches, and which changes of values, conditions and order none notices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command.test_mutate import CATALOGUE, of, unnoticed
from tests.command.test_test import SCALES, run, write

TALLIED = """
policy: full
title: 商店信用评价
version: "2025.1"
status: trial
authority: 某局
effective: {from: 2025-01-01}
scale: four
basis: {plan: {document: 方案}}
models:
  shop:
    title: 商店
    kind: organisation
    facts:
      acts:
        title: 处罚扣分
        tally: penalty
        within: 24 months
        newest: 9
        once_per: seriousness
        first_of:
          - {where: {seriousness: {is: serious}, amount: {at_least: 100}}, value: 10}
          - {where: {seriousness: {one_of: [general, serious]}}, value: 8}
          - {where: {amount: {at_least: 100}}, value: 8}
          - {otherwise: 5}
    dimensions:
      all:
        title: 守法
        points: 100
        indicators:
          acts: {title: 处罚, fact: acts, points: 100, each: -1, basis: plan}
"""

NOTHING = """
cases: full
as_of: 2025-12-31
examples:
  nothing: {title: 没有处罚, model: shop, expect: {score: 100}}
"""

EDGES = """
  heavy:
    title: 严重且一百以上
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: serious, amount: 100}}]
    expect: {facts: {acts: 10}}
  light:
    title: 严重但不到一百
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: serious, amount: 99}}]
    expect: {facts: {acts: 8}}
  general:
    title: 一般且一百以上
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: general, amount: 100}}]
    expect: {facts: {acts: 8}}
  small:
    title: 一般但不到一百
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: general, amount: 5}}]
    expect: {facts: {acts: 8}}
  minor:
    title: 轻微且一百以上
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: minor, amount: 100}}]
    expect: {facts: {acts: 8}}
  least:
    title: 轻微且不到一百
    model: shop
    records: [{category: penalty, date: 2025-01-01, fields: {seriousness: minor, amount: 99}}]
    expect: {facts: {acts: 5}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, text in (("catalogue", CATALOGUE), ("scales", SCALES)):
        write(f"policies/common/{name}.yaml", text)


def in_branches(mutants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [mutant for mutant in mutants if "first_of" in mutant["path"]]


def test_each_value() -> None:
    mutants = unnoticed(TALLIED, NOTHING)
    assert of(mutants, "first_of", 0, "value") == [("10", "9"), ("10", "11")]
    assert of(mutants, "first_of", 3, "otherwise") == [("5", "4"), ("5", "6")]


def test_each_condition() -> None:
    mutants = unnoticed(TALLIED, NOTHING)
    assert ("amount at_least 100", "amount at_least 99") in of(mutants, "first_of", 2, "where", "amount", "at_least")
    listed = [mutant["new"] for mutant in mutants if mutant["kind"] == "listed"]
    assert listed == ["seriousness one_of [serious]", "seriousness one_of [general]"]


def test_order_that_matters() -> None:
    """The first two take what both take with another value; of the next two either gives the same."""
    orders = [mutant["path"][-1] for mutant in unnoticed(TALLIED, NOTHING) if mutant["kind"] == "order"]
    assert orders == [0]


def test_good_cases_notice_all() -> None:
    assert in_branches(unnoticed(TALLIED, NOTHING)) != []
    assert in_branches(unnoticed(TALLIED, NOTHING + EDGES)) == []


def test_coverage() -> None:
    """Each branch is a target; `otherwise` only where a record comes to it."""
    write("policies/full.yaml", TALLIED)
    write("policies/cases/full.yaml", NOTHING)
    lines = run("--coverage").out.splitlines()
    assert lines[0] == "full：通过 1，未通过 0；覆盖 0.0%（0/5）"
    assert lines[1:5] == [
        "  policies/full.yaml:21  按记录取值  shop  处罚扣分  第 1 项",
        "  policies/full.yaml:22  按记录取值  shop  处罚扣分  第 2 项",
        "  policies/full.yaml:23  按记录取值  shop  处罚扣分  第 3 项",
        "  policies/full.yaml:24  按记录取值  shop  处罚扣分  otherwise",
    ]
    write("policies/cases/full.yaml", NOTHING + EDGES)
    assert run("--coverage").out == "full：通过 7，未通过 0；覆盖 100.0%（5/5）\n"
    without_rest = TALLIED.replace("{amount: {at_least: 100}}, value: 8}", "{seriousness: {is: minor}}, value: 8}")
    write("policies/full.yaml", without_rest)
    write("policies/cases/full.yaml", NOTHING)
    assert run("--coverage").out.splitlines()[0] == "full：通过 1，未通过 0；覆盖 0.0%（0/4）"


def test_text() -> None:
    write("policies/full.yaml", TALLIED)
    write("policies/cases/full.yaml", NOTHING)
    out = run("--mutate").out
    assert "  policies/full.yaml:24  数值  shop  处罚扣分  otherwise  5 → 4\n    样例：到达这里，核对 facts 的 acts\n" in out
    assert "  policies/full.yaml:21  次序  shop  处罚扣分  第 1、2 项对调\n" in out
