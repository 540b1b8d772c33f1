"""A name longer than any disk takes is a mistake like another, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lanes import few
from tests.language.examples import run_xinyong

LONG = "x" * 5000
SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
PARK, AGENCY = str(SAMPLES / "park.jsonl"), str(SAMPLES / "tourism-agency.json")

COMMANDS = [
    ["evaluate", LONG],
    ["evaluate", f"{LONG}.xlsx"],
    ["evaluate", f"{LONG}.jsonl"],
    ["evaluate", f"{LONG}.parquet", "--output", "a.csv"],
    ["explain", f"{LONG}.json"],
    ["forecast", LONG],
    ["check", LONG],
    ["test", LONG],
    ["diff", LONG, "policies"],
    ["docs", "park", "--output", f"{LONG}.docx"],
    ["template", "park", "--output", f"{LONG}.xlsx"],
    ["explain", AGENCY, "--output", f"{LONG}.html"],
    ["evaluate", PARK, "--output", f"{LONG}.csv"],
    ["evaluate", PARK, "--report", f"{LONG}.html"],
    ["evaluate", PARK, "--output", "a.csv", "--rejects", f"{LONG}.csv"],
    ["evaluate", PARK, "--since", f"{LONG}.parquet", "--output", "a.parquet"],
]


@pytest.mark.parametrize("command", few(COMMANDS, 8))
def test_refused(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out, code = run_xinyong([*command, "--lang", "en"])
    assert code == 2, out
    assert any(f"error[{problem}]" in out for problem in ("file_missing", "file_unreadable", "output_unwritable")), out
    assert list(tmp_path.iterdir()) == []
