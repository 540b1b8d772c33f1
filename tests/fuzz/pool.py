"""Workers that try inputs, watched: one that hangs, dies or grows is replaced, and its input is a finding."""

from __future__ import annotations

import gc
import importlib
import multiprocessing.connection
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.fuzz import worlds
from tests.fuzz.finding import Finding, keep
from tests.fuzz.share import Share
from tests.fuzz.watched import PATIENCE, Watched

GROWN = 2 * 2**30

HEAVY = (
    "duckdb", "ibis", "pyarrow.parquet", "openpyxl", "xlsxwriter", "docx", "jsonschema", "rich.console",
    "engine.usecases.batch.run",
)  # fmt: skip
"""Imported before workers are forked, so that none of them spends seconds on it."""


def run(
    shares: list[Share], seed: str, jobs: int, seconds: float, into: Path,
    tell: Callable[[Finding], None], progress: Callable[[list[Share]], None],
) -> None:  # fmt: skip
    """Tries inputs of all shares until there are none left, or so many seconds are over."""
    for module in HEAVY:
        importlib.import_module(module)
    store = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    worlds.load(store)
    gc.freeze()  # what is there is not looked at, and so not copied, by the workers
    workers = [Watched(seed, store, into) for _ in range(jobs)]
    repeat: list[tuple[Share, int]] = []
    reported = time.monotonic()
    until = reported + seconds
    try:
        while True:
            for at, worker in enumerate(workers):
                if worker.task is None and (task := _next(shares, repeat, until)):
                    worker.again = len(task) == 4
                    worker.give(*task[:3])
                workers[at] = _look(worker, seed, store, into, repeat, tell)
            if all(worker.task is None for worker in workers) and not _next(shares, repeat, until, peek=True):
                return
            if time.monotonic() - reported >= 10:
                reported = time.monotonic()
                progress(shares)
            multiprocessing.connection.wait([worker.tasks for worker in workers], 0.25)
    finally:
        for worker in workers:
            worker.end()
        shutil.rmtree(store, ignore_errors=True)


def _next(shares: list[Share], repeat: list[tuple[Share, int]], until: float, peek: bool = False) -> Any:
    """The next task: what took too long before, or of the target that has had least."""
    if repeat:
        if peek:
            return True
        share, number = repeat.pop()
        return share, number, 1, "again"
    open_ones = [share for share in shares if share.left > 0]
    if not open_ones or time.monotonic() > until:
        return None
    share = min(open_ones, key=lambda candidate: (candidate.seconds + candidate.running * 0.001) / candidate.weight)
    if peek:
        return True
    count = share.batch()
    first, share.next = share.next, share.next + count
    share.running += count
    return share, first, count


def _look(
    worker: Watched, seed: str, store: Path, into: Path, repeat: list[tuple[Share, int]], tell: Callable[[Finding], None]
) -> Watched:
    """Takes what a worker says; the one to go on with, which is another where it cannot go on."""
    patience = PATIENCE * 2 if worker.again else PATIENCE
    try:
        while worker.tasks.poll():
            message = worker.tasks.recv()
            if isinstance(message, Finding):
                tell(message)
                continue
            done, seconds, memory = message
            _account(worker, done, seconds)
            if memory > GROWN:
                return _instead(worker, seed, store, into)
    except (EOFError, OSError):
        worker.process.join(5)
        ended = worker.process.exitcode or 0
        how = signal.Signals(-ended).name if ended < 0 else f"exit {ended}"
        _lost(worker, "died", how, into, tell)
        return _instead(worker, seed, store, into)
    if worker.hangs(patience):
        if worker.again:
            _lost(worker, "hang", f"longer than {patience:.0f} s", into, tell)
        elif worker.task is not None:
            repeat.append((worker.task[0], int(worker.now[0])))
            _account(worker, int(worker.now[0]) - worker.task[1], PATIENCE)
        return _instead(worker, seed, store, into)
    return worker


def _account(worker: Watched, done: int, seconds: float) -> None:
    """What of its task a worker has done; the rest is given up, its numbers are gone."""
    assert worker.task is not None
    share, first, count = worker.task
    if not worker.again:
        share.running -= count
        share.next = first + done if share.next == first + count else share.next
    share.done += done
    share.seconds += seconds
    worker.task = None


def _lost(worker: Watched, kind: str, how: str, into: Path, tell: Callable[[Finding], None]) -> None:
    """The finding of a worker that does not answer any more."""
    if worker.task is None:
        return
    share, number = worker.task[0], int(worker.now[0])
    stack = worker.stack() if kind == "hang" else (worker.home / "stack").read_text(errors="replace")[-3000:]
    ours = [line.strip() for line in stack.splitlines() if "/engine/" in line]
    cause = f"{kind} ({how}) in {ours[0] if ours else share.name}"
    finding = Finding(share.name, number, kind, cause, "\n".join(stack.splitlines()[:25]))
    tell(replace(finding, folder=str(keep(finding, worker.home / "work", into))))
    _account(worker, number - worker.task[1] + 1, PATIENCE)


def _instead(worker: Watched, seed: str, store: Path, into: Path) -> Watched:
    worker.end()
    return Watched(seed, store, into)
