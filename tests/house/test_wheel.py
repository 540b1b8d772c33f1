"""The built wheel evaluates in an empty folder, with the policies and schemas that ship in it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.long
def test_wheel_runs_in_an_empty_folder(tmp_path: Path) -> None:
    built = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(built), str(ROOT)], check=True, capture_output=True
    )
    (wheel,) = built.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    subprocess.run([str(home / "bin" / "pip"), "install", "-q", str(wheel)], check=True, capture_output=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    command = [str(home / "bin" / "xinyong"), "evaluate", str(ROOT / "docs/samples/housekeeping-enterprise.json")]
    done = subprocess.run([*command, "--as-of", "2025-12-31", "--format", "json"], cwd=empty, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert (outcomes[0]["policy"], outcomes[0]["score"], outcomes[0]["level"]) == ("housekeeping", "81.00", "B")
    for more in (
        ["check"],
        ["test"],
        ["explain", command[-1], "--policy", "housekeeping"],
        [*command[1:], "--engine", "rules"],
    ):
        done = subprocess.run([command[0], *more], cwd=empty, capture_output=True, text=True)
        assert done.returncode == 0, (more, done.stdout, done.stderr)
    assert list(empty.iterdir()) == []
