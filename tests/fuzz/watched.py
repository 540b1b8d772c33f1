"""A worker process, and whoever watches it: what it is at, since when, and where it is when it does not answer."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.fuzz.share import Share
from tests.fuzz.worker import work

PATIENCE = 10.0
"""Seconds of a processor that an input may take; then it is tried once more, with twice as many, before it counts as a hang."""

WAITING = 60
"""So many times as long by the clock, for what waits for ever: a machine that is busy with other work hangs nobody."""

_CONTEXT = multiprocessing.get_context("fork")


class Watched:
    """A worker and what it is at."""

    def __init__(self, seed: str, store: Path, into: Path) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="fuzz-", dir=store))
        self.now: Any = _CONTEXT.Array("d", 3, lock=False)
        self.tasks, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=work, args=(seed, theirs, self.now, self.home, store, into), daemon=True)
        self.process.start()
        theirs.close()
        self.task: tuple[Share, int, int] | None = None
        self.again = False

    def give(self, share: Share, first: int, count: int) -> None:
        self.task = share, first, count
        self.tasks.send((share.name, first, count))

    def hangs(self, patience: float) -> bool:
        since, before = float(self.now[1]), float(self.now[2])
        if self.task is None or since == 0:
            return False
        waited = time.monotonic() - since
        return waited > patience * WAITING or (waited > patience and self.used() - before > patience)

    def used(self) -> float:
        """Seconds of processors that it has used."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stack(self) -> str:
        """Where it is, innermost call first, as it says itself."""
        os.kill(self.process.pid or 0, signal.SIGUSR1)
        time.sleep(0.5)
        return (self.home / "stack").read_text(errors="replace")[-3000:]

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.tasks.close()
        shutil.rmtree(self.home, ignore_errors=True)
