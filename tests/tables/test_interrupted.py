"""A run that is broken off leaves what was there; long ones say how far they are."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from engine.usecases.output.workspace import workspace
from tests.language.examples import BASE

SUBJECTS = 400_000


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many shops that a run takes some seconds."""
    return shops(tmp_path_factory.mktemp("given"), SUBJECTS)


def shops(folder: Path, count: int) -> Path:
    """So many of them, with three penalties each on average."""
    subjects = f"select 'shop-' || i as id, 'organisation' as kind, 'example/shop' as model from range({count}) t(i)"
    records = (
        f"select 'shop-' || hash(i) % {count} as subject, 'r' || i as id, 'penalty' as category, '2025-06-01' as date, "
        f"'minor' as seriousness from range({3 * count}) t(i)"
    )
    with duckdb.connect() as database:
        database.sql(subjects).write_parquet(str(folder / "subjects.parquet"))
        database.sql(records).write_parquet(str(folder / "records.parquet"))
    return folder


def command(inputs: Path, output: str) -> list[str]:
    policies = ["--policies", str(BASE / "policies"), "--as-of", "2025-12-31", "--lang", "en"]
    return [sys.executable, "-m", "engine", "evaluate", str(inputs), "--output", output, *policies]


def started(inputs: Path, output: str = "results.parquet", until: Callable[[], bool] | None = None) -> subprocess.Popen[str]:
    """A run that has come so far; it hears Ctrl-C, even where the tests run in the background and do not."""
    run = subprocess.Popen(
        command(inputs, output), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    until = until or (lambda: any(Path().glob(".results.parquet.*.partial/work.duckdb")))
    while not until() and run.poll() is None:
        time.sleep(0.02)
    return run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    as_before()
    yield
    assert Path("results.parquet").read_bytes() == b"as before"


def as_before() -> None:
    Path("results.parquet").write_bytes(b"as before")
    Path("results.rejects.csv").write_bytes(b"as before too")


def left() -> list[str]:
    assert Path("results.rejects.csv").read_bytes() == b"as before too"
    return sorted(path.name for path in Path().iterdir() if path.name not in ("results.parquet", "results.rejects.csv"))


@pytest.mark.parametrize("wait", [0.3, *(pytest.param(wait, marks=pytest.mark.long) for wait in (0.1, 0.6, 1, 1.5, 2, 3))])
def test_interrupted(wait: float, inputs: Path) -> None:
    """Ctrl-C ends it soon, quietly, and leaves nothing; where the machine has the results by then, it is pressed sooner."""
    while True:
        run = started(inputs)
        time.sleep(wait)
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=30)
        if Path("results.parquet").read_bytes() == b"as before":
            break
        as_before()
        wait /= 2
    assert (run.returncode, "Traceback" in out) == (130, False), out
    assert left() == []


@pytest.mark.long
def test_killed(inputs: Path) -> None:
    """What a run that was killed leaves is taken away by the next, even by one that fails; another that goes on keeps its own."""
    run = started(inputs)
    run.kill()
    run.communicate()
    assert [re.sub(r"\d+", "N", name) for name in left()] == [".results.parquet.N.partial"]
    other = Path(f".results.parquet.{os.getppid()}.partial")
    other.mkdir()
    failed = subprocess.run(command(Path("nowhere"), "results.parquet"), capture_output=True, text=True)
    assert failed.returncode == 2
    assert left() == [other.name]


def test_another_clears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another run takes away while this one looks for what is left is gone, and nothing to stop for."""
    dead = tmp_path / f"xinyong-{2**22 + 1}-dead"
    dead.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scan = os.scandir

    def cleared(folder: Path) -> list[os.DirEntry[str]]:
        entries = list(scan(folder))
        dead.rmdir()
        return entries

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "scandir", cleared)
        with workspace(None) as folder:
            assert folder.parent == tmp_path
            meanwhile.undo()


@pytest.mark.long
def test_terminal(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On a terminal a line renews itself, with the subjects and the time that is left, and is taken away."""
    inputs = shops(tmp_path_factory.mktemp("singly"), 60_000)
    terminal, end = pty.openpty()
    singly = [*command(inputs, "new.parquet"), "--engine", "single"]  # one by one it takes long enough to tell of
    run = subprocess.Popen(singly, stdout=subprocess.DEVNULL, stderr=end)
    os.close(end)
    output = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            output += os.read(terminal, 4096)
        except OSError:  # its end is closed
            break
    os.close(terminal)
    assert run.wait() == 0
    text = output.decode()
    lines = [line for part in text.split("\r") if (line := part.removeprefix("\x1b[2K"))]
    assert lines
    assert all(re.fullmatch(r"evaluated [\d,]+ / 60,000(, about [\d,]+ s left)?", line) for line in lines), lines
    assert text.endswith("\r\x1b[2K")
    assert "\n" not in text


@pytest.mark.long
def test_elsewhere(inputs: Path) -> None:
    """Not on a terminal, a line per 10 s at most."""
    began = time.monotonic()
    done = subprocess.run(command(inputs, "new.parquet"), capture_output=True, text=True)
    assert len(done.stderr.splitlines()) <= (time.monotonic() - began) / 10
