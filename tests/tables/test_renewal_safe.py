"""A database renewed in its own place is the old or the new one, whatever happens meanwhile, and does not grow for ever."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.language.examples import BASE
from tests.tables.incremental import rows_of

SHOPS = 3_000
DAY = date(2025, 12, 31)


def shops(folder: Path, changed: int = 0) -> Path:
    """Shops with three penalties each on average; of some, another each in a hundred, one more is known by then."""
    (folder / "records").mkdir(parents=True)
    subjects = f"select 'shop-' || i as id, 'organisation' as kind, 'example/shop' as model from range({SHOPS}) t(i)"
    records = (
        "select 'shop-' || {whose} as subject, '{prefix}' || i as id, 'penalty' as category, '2025-06-01' as date, "
        "'minor' as seriousness from range({count}) t(i)"
    )
    with duckdb.connect() as database:
        database.sql(subjects).write_parquet(str(folder / "subjects.parquet"))
        old = records.format(whose=f"hash(i) % {SHOPS}", prefix="r", count=3 * SHOPS)
        database.sql(old).write_parquet(str(folder / "records" / "0.parquet"))
        for number in range(1, changed + 1):
            new = records.format(whose=f"(i * 100 + {number})", prefix=f"n{number}-", count=SHOPS // 100)
            database.sql(new).write_parquet(str(folder / "records" / f"{number}.parquet"))
    return folder


def command(inputs: Path, output: Path, since: Path, day: date = DAY) -> list[str]:
    options = ["--policies", str(BASE / "policies"), "--as-of", day.isoformat(), "--lang", "en", "--since", str(since)]
    return [sys.executable, "-m", "engine", "evaluate", str(inputs), "--output", str(output), *options]


def run(*arguments: Any) -> str:
    done = subprocess.run(command(*arguments), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def content(database: Path) -> list[str]:
    """All that stands in it: results, reasoning, and the state."""
    with duckdb.connect(str(database), read_only=True) as opened:
        state = opened.sql("select subject, input_hash from state order by all").fetchall()
    return sorted(map(str, [*rows_of(database), *state]))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of yesterday's with its state (`old`), today's inputs (`in`), and what becomes of it by these (`new`)."""
    folder = tmp_path_factory.mktemp("renewal")
    yesterday = shops(folder / "yesterday")
    run(yesterday, folder / "first.duckdb", _without_state(yesterday, folder))
    run(yesterday, folder / "old.duckdb", folder / "first.duckdb")
    run(shops(folder / "in", 1), folder / "new.duckdb", folder / "old.duckdb")
    assert content(folder / "new.duckdb") != content(folder / "old.duckdb")
    return folder


def _without_state(inputs: Path, folder: Path) -> Path:
    arguments = command(inputs, folder / "full.duckdb", folder)
    subprocess.run(arguments[: arguments.index("--since")], check=True, capture_output=True)
    return folder / "full.duckdb"


@pytest.fixture
def last(place: Path, tmp_path: Path) -> Path:
    """The old database, alone in a folder, to be renewed there."""
    return Path(shutil.copyfile(place / "old.duckdb", tmp_path / "last.duckdb"))


@pytest.fixture(scope="module")
def seconds(place: Path) -> float:
    """How long a renewal takes."""
    began = time.monotonic()
    run(place / "in", place / "timed.duckdb", place / "old.duckdb")
    return time.monotonic() - began


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 9))])
@pytest.mark.long
def test_broken_off(how: signal.Signals, seed: int, seconds: float, place: Path, last: Path) -> None:
    """At a moment of chance, which is told by the seed: it is either as before or renewed, and the next run renews it."""
    chance = random.Random(f"{how}{seed}").random()
    process = subprocess.Popen(
        command(place / "in", last, last), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    time.sleep(chance * 1.1 * seconds)
    process.send_signal(how)
    process.wait(timeout=60)
    states = [content(place / f"{name}.duckdb") for name in ("old", "new")]
    assert content(last) in states
    if how == signal.SIGINT:
        assert _beside(last) == [], "Ctrl-C leaves nothing"
    run(place / "in", last, last)
    assert content(last) == states[1]
    assert _beside(last) == [], "what a killed run left is gone with the next"


def _beside(database: Path) -> list[str]:
    return sorted(file.name for file in database.parent.iterdir() if file != database and "rejects" not in file.name)


@pytest.mark.parametrize("share", [0.05, *(pytest.param(share, marks=pytest.mark.long) for share in (0.3, 0.6, 0.9, 0.99))])
def test_no_room(share: float, place: Path, last: Path) -> None:
    """Where files may not become as large as the new database is, that is said, and the old one stays."""
    most = int(share * (place / "new.duckdb").stat().st_size)
    failed = subprocess.run(
        command(place / "in", last, last), capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    assert failed.returncode == 2, failed.stderr
    assert "last.duckdb" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert content(last) == content(place / "old.duckdb")
    assert _beside(last) == []


@pytest.mark.long
def test_does_not_grow(place: Path, last: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Thirty days, each with one shop in a hundred changed: at most twice and a half what a full run writes."""
    folder = tmp_path_factory.mktemp("days")
    for number in range(1, 31):
        today = shops(folder / f"{number}", number)
        assert f"of these evaluated anew {SHOPS // 100}" in run(today, last, last, DAY + timedelta(number))
    run(today, folder / "full.duckdb", _without_state(today, folder), DAY + timedelta(30))
    assert rows(last) == rows(folder / "full.duckdb")
    assert last.stat().st_size <= 2.5 * (folder / "full.duckdb").stat().st_size


def rows(database: Path) -> list[str]:
    return sorted(map(str, rows_of(database)))
