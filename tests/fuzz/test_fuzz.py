"""The fuzzer finds what it looks for, and for a minute finds nothing in the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import pool, watched, worker, worlds
from tests.fuzz.bench import Bench
from tests.fuzz.finding import Finding
from tests.fuzz.share import Share
from tests.fuzz.targets.all import Target

ROOT = Path(__file__).resolve().parents[2]


def _crashes(dice: Random, bench: Bench) -> None:
    (bench.work / "input").write_bytes(b"\x00")
    if dice.random() < 0.5:
        raise ValueError("planted")


def _hangs(dice: Random, bench: Bench) -> None:
    time.sleep(60)


def _dies(dice: Random, bench: Bench) -> None:
    os.abort()


def _says(dice: Random, bench: Bench) -> None:
    bench.run(["evaluate", "nowhere.json", "--no-such"])
    bench.note("difference", "planted")


def test_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception, a hang, the death of a worker and a broken word are each told once, with their files kept."""
    planted = {"crashes": _crashes, "hangs": _hangs, "dies": _dies, "says": _says}
    monkeypatch.setattr(worker, "TARGETS", {name: Target(attempt, 1, 1) for name, attempt in planted.items()})
    monkeypatch.setattr(pool, "PATIENCE", 0.5)
    monkeypatch.setattr(watched, "WAITING", 1)
    monkeypatch.setattr(pool, "HEAVY", ())
    monkeypatch.setattr(worlds, "load", lambda _: None)
    shares = [Share(name, 0, most, 1) for name, most in (("crashes", 20), ("hangs", 1), ("dies", 1), ("says", 2))]
    findings: list[Finding] = []
    pool.run(shares, "1", 1, 60, tmp_path, findings.append, lambda _: None)
    kinds = {finding.target: (finding.kind, finding.cause) for finding in findings}
    assert kinds["crashes"][0] == "traceback"
    assert re.fullmatch(r"ValueError in test_fuzz.py:\d+ _crashes", kinds["crashes"][1])
    assert kinds["hangs"][0] == "hang"
    assert kinds["dies"][0] == "died"
    assert kinds["says"] == ("difference", "difference: planted")
    crash = next(finding for finding in findings if finding.target == "crashes")
    assert (Path(crash.folder) / "input").read_bytes() == b"\x00"
    assert [share.done for share in shares] == [20, 1, 1, 2]


@pytest.mark.long
def test_finds_nothing(tmp_path: Path) -> None:
    """A minute over all targets, the same inputs each time."""
    command = [sys.executable, "-m", "tests.fuzz", "--seed", "1", "--inputs", "6000", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-20_000:]
