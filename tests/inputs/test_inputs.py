"""Files that other programs read wrongly, as public reports have them: each is read rightly, or refused with the reason."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.lanes import few
from tests.language.examples import run_xinyong
from tests.tables.made import evaluate

HERE = Path(__file__).parent
POLICIES = HERE / "policies"


class Expected(NamedTuple):
    """What comes of a file: the exit code, the codes of problems and refused rows, and each subject's score and level."""

    code: int
    codes: frozenset[str] = frozenset()
    results: Mapping[str, tuple[str, str] | None] = MappingProxyType({})


TAB, PLAIN = "91430500MA4L0L019H", "shop-1"
FILES: dict[str, Expected] = {
    "01-gz-truncated": Expected(2, frozenset(("table_broken",))),
    "02-glob/data[1]": Expected(0, results={PLAIN: ("15.00", "D")}),
    "02-glob/data1": Expected(0, results={PLAIN: ("45.00", "D")}),
    "04-since/day1": Expected(0, results={PLAIN: ("60.00", "C")}),
    "04-since/day2-row-twice": Expected(1, frozenset(("row_twice",)), {PLAIN: None}),
    "04-since/day2-ragged": Expected(1, frozenset(("line_cells",)), {PLAIN: None}),
    "04-since/day2-orphan": Expected(0, results={PLAIN: ("45.00", "D")}),
    "05-decimal256": Expected(2, frozenset(("column_type",))),
    "06-empty-string": Expected(0, results={PLAIN: ("100.00", "A")}),
    "07-ids/scientific": Expected(1, frozenset(("key_scientific",)), {"4.30503E+17": None}),
    "07-ids/tab": Expected(0, results={TAB: ("45.00", "D")}),
    "07-ids/zero-width": Expected(1, frozenset(("subject_twice",)), {TAB: None}),
    "08-sqlite/real-id.sqlite": Expected(1, frozenset(("wrong_type",)), {"4.3050319630413005e+19": None}),
    "09-folder/two-formats": Expected(2, frozenset(("table_several",))),
    "09-folder/old-copy": Expected(2, frozenset(("table_several",))),
    "10-crash/cr-only": Expected(0, results={PLAIN: ("45.00", "D")}),
    "10-crash/infinity.duckdb": Expected(1, frozenset(("not_a_date",)), {PLAIN: None}),
    "11-same-id-twice.jsonl": Expected(1, frozenset(("subject_twice",)), {PLAIN: None}),
    "12-blank-lines": Expected(1, frozenset(("not_a_date",)), {PLAIN: None}),
}


@pytest.mark.parametrize("name", FILES)
def test_read(name: str, tmp_path: Path) -> None:
    """The exit code, who is refused and why, and everybody else's result; `explain` and JSON know the same."""
    expected = FILES[name]
    output = tmp_path / "results.jsonl"
    out, code = evaluate(HERE / name, output, POLICIES)
    assert code == expected.code, out
    if code == 2:
        assert all(f"[{code}]" in out for code in expected.codes)
        assert not list(tmp_path.iterdir()), "nothing is left"
        return
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    results_by_subject = {
        row["subject"]: (row["score"], row["level"]) if row["outcome"] == "evaluated" else None for row in rows
    }
    assert results_by_subject == expected.results
    assert {row["code"] for row in refused(tmp_path / "results.rejects.csv")} == expected.codes
    arguments = [
        "evaluate",
        str(HERE / name),
        "--policies",
        str(POLICIES),
        "--as-of",
        "2025-12-31",
        "--format",
        "json",
        "--lang",
        "en",
    ]
    printed, same = run_xinyong(arguments)
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert same == code
    assert {
        line["subject"]: None if "rejected" in line else (line["score"], line["level"]) for line in lines
    } == expected.results


def refused(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_row_number(tmp_path: Path) -> None:
    """The row of the file, empty lines counted."""
    evaluate(HERE / "12-blank-lines", tmp_path / "results.csv", POLICIES)
    assert [row["row"] for row in refused(tmp_path / "results.rejects.csv")] == ["5"]


@pytest.mark.parametrize("day", few(["day2-row-twice", "day2-ragged", "day2-orphan"], 1))
def test_since(day: str, tmp_path: Path) -> None:
    """What a full run says of the second day, a run since the first says too, refusals included."""
    first, last = HERE / "04-since" / "day1", tmp_path / "last.parquet"
    evaluate(first, tmp_path / "empty.parquet", POLICIES)
    evaluate(first, last, POLICIES, "--since", str(tmp_path / "empty.parquet"))
    outcomes = []
    for name, more in (("full", ()), ("again", ("--since", str(last)))):
        _, code = evaluate(HERE / "04-since" / day, tmp_path / f"{name}.jsonl", POLICIES, *more)
        rows = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        results = [{key: cell for key, cell in row.items() if key != "input_hash"} for row in rows]
        outcomes.append((code, results, refused(tmp_path / f"{name}.rejects.csv")))
    assert outcomes[0] == outcomes[1]


def test_one_bad_document(tmp_path: Path) -> None:
    """A document with half a character is refused alone."""
    good = {"id": "shop-2", "kind": "organisation", "model": "probe/shop"}
    bad = (HERE / "10-crash" / "lone-surrogate.json").read_text(encoding="utf-8").strip()
    (tmp_path / "in.jsonl").write_text(f"{bad}\n{json.dumps(good)}\n", encoding="utf-8")
    out, code = run_xinyong(
        ["evaluate", str(tmp_path / "in.jsonl"), "--policies", str(POLICIES), "--as-of", "2025-12-31", "--lang", "en"]
    )
    assert (code, "shop-2" in out, "60.00" in out) == (1, True, True), out
