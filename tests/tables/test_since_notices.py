"""Where nothing of the last results stands, `--since` says so, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.made import Tables, as_parquet, evaluate, population, small_policies

SENTENCES = {
    "since_first": ("has no state to compare with yet: everybody is evaluated anew", "里还没有可以比对的状态，全部重新评价"),
    "since_later": ("is of a later day than this run: everybody is evaluated anew", "的评价日期比这次晚，全部重新评价"),
    "since_policies": ("was evaluated by other policies: everybody is evaluated anew", "是按另外的政策评价的，全部重新评价"),
}


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_policies(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module")
def tables(policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return population(tmp_path_factory.mktemp("population"), policies, 12)


def codes_in(out: str) -> set[str]:
    return {code for code in SENTENCES if f"[{code}]" in out}


def test_first_later_and_other_policies(tables: Tables, policies: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    inputs, last, now = as_parquet(tables, tmp_path / "in"), tmp_path / "last.duckdb", tmp_path / "now.duckdb"
    out, _ = evaluate(inputs, last, policies)
    assert codes_in(out) == set(), "a full run that nobody asked to go on from"
    out, _ = evaluate(inputs, last, policies, "--since", str(last))
    assert codes_in(out) == {"since_first"}
    assert "give the .parquet, .duckdb or folder that this run writes to the next --since" in out
    out, _ = evaluate(inputs, now, policies, "--since", str(last))
    assert codes_in(out) == set(), "it goes on from what the run before left"
    out, _ = evaluate(inputs, now, policies, "--since", str(last), "--as-of", "2024-06-01")
    assert codes_in(out) == {"since_later"}
    file = policies / "made.yaml"
    text = file.read_text(encoding="utf-8")
    try:
        file.write_text(text.replace("each: -7", "each: -9"), encoding="utf-8")
        out, _ = evaluate(inputs, now, policies, "--since", str(last))
        assert codes_in(out) == {"since_policies"}
    finally:
        file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("lang", "which"), [("en", 0), ("zh", 1)])
def test_both_languages(lang: str, which: int, tables: Tables, policies: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    inputs, last = as_parquet(tables, tmp_path / "in"), tmp_path / "last.parquet"
    evaluate(inputs, last, policies)
    out, _ = evaluate(inputs, tmp_path / "now.parquet", policies, "--since", str(last), "--lang", lang)
    assert SENTENCES["since_first"][which] in out
