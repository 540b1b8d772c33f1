"""Workbooks that other programs were reported to read wrongly: the grade is right, or the workbook is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.problem import InputError

HERE = Path(__file__).parent
POLICIES = HERE / "policies"


def run(name: str, tmp_path: Path) -> tuple[list[str], str]:
    """The codes of what is refused, or else the score and level of the one subject."""
    output = tmp_path / "results.csv"
    arguments = [
        "evaluate",
        str(HERE / "inputs" / name),
        "--policies",
        str(POLICIES),
        "--as-of",
        "2025-12-31",
        "--output",
        str(output),
    ]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if isinstance(done.exception, InputError):
        return [problem.code for problem in done.exception.problems], ""
    assert done.exception is None, done.exception
    header, row = output.read_text(encoding="utf-8-sig").splitlines()
    result = dict(zip(header.split(","), row.split(","), strict=True))
    return [], f"{result['score']} {result['level']}"


@pytest.mark.parametrize(
    ("name", "codes", "result"),
    [
        ("error-plain.xlsx", ["cell_error"], ""),
        ("error-prefix-x.xlsx", ["cell_error"], ""),
        ("error-strict.xlsx", ["cell_error"], ""),
        ("error-xls-renamed.xlsx", ["workbook_kind"], ""),
        ("formula-uncached.xlsx", ["cell_uncalculated", "cell_uncalculated"], ""),
        ("merged-until.xlsx", [], "100.00 A"),
        ("percent-format.xlsx", [], "85.00 B"),
        ("stray-XFD20000.xlsx", [], "85.00 B"),
        ("wps-hidden.xlsx", [], "85.00 B"),
    ],
)
def test_reported(name: str, codes: list[str], result: str, tmp_path: Path) -> None:
    assert run(name, tmp_path) == (codes, result)
