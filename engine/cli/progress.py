"""Progress of long work on standard error: a line that renews itself on a terminal, one line per 10 s elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TextIO

from engine.cli.options import print_problems, sentence
from engine.cli.terminal_line import TerminalLine, renews_lines
from engine.model.problem import Problem
from engine.usecases.listener import Activity

if TYPE_CHECKING:
    from engine.evaluating.model_results import RunQueries

FIRST, OFTEN, SELDOM = 1.0, 0.2, 10.0
"""Seconds before anything is shown on a terminal, between two renewals there, and between two lines elsewhere."""


class Progress:
    """Counts steps, and tells how many there are and how long they will take once that is worth telling."""

    def __init__(self, activity: Activity, total: int | None = None, to: TextIO | None = None, every: int = 64) -> None:
        """The clock is looked at after `every` so many steps."""
        self.activity, self.total, self.to, self.every = activity, total, to or sys.stderr, every
        self.live = renews_lines(self.to)
        self.line = TerminalLine(self.to)
        self.count = 0
        self.started = time.monotonic()
        self.next = self.started + (FIRST if self.live else SELDOM)

    def step(self) -> None:
        self.count += 1
        if self.count % self.every == 0 and time.monotonic() >= self.next:
            self.show()

    def show(self) -> None:
        now = time.monotonic()
        self.next = now + (OFTEN if self.live else SELDOM)
        if self.live:
            self.line.renew(self.text(now))
        else:
            self.to.write(f"{self.text(now)}\n")
            self.to.flush()

    def text(self, now: float) -> str:
        what = sentence(f"progress-{self.activity}")
        counted = f"{what} {self.count:,}"
        if self.total is None:
            return counted
        if self.count == 0:  # nothing to reckon with
            return f"{counted} / {self.total:,}"
        left = round((now - self.started) * (self.total - self.count) / self.count)
        return sentence("seconds-left", counted=f"{counted} / {self.total:,}", seconds=left)

    def end(self) -> None:
        """Takes the line away from a terminal."""
        self.line.renew("")


class Watch:
    """Follows queries of a database that tells how far it is, and shows the results made of all that will be."""

    def __init__(self, activity: Activity, fraction: Callable[[], float]) -> None:
        self.progress = Progress(activity, 0)
        self.fraction = fraction

    def each(self, count: int, of: int, make: Callable[[], None]) -> None:
        """Makes so many results of so many in all."""
        done, progress = self.progress.count, self.progress
        progress.total = of
        ended = threading.Event()

        def follow() -> None:
            while not ended.wait(OFTEN):
                progress.count = done + round(count * max(self.fraction(), 0) / 100)
                if time.monotonic() >= progress.next:
                    progress.show()

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            make()
        finally:
            ended.set()
            follower.join()
            progress.count = done + count
            progress.end()


class Terminal:
    """Tells whoever runs a command what a use case meets, and how far it is."""

    def notice(self, problems: Iterable[Problem]) -> None:
        print_problems(problems)

    def steps(self, activity: Activity, total: int | None = None, slow: bool = False) -> Progress:
        return Progress(activity, total, every=1 if slow else 64)

    def queries(self, activity: Activity, fraction: Callable[[], float]) -> RunQueries:
        return Watch(activity, fraction).each


TERMINAL = Terminal()
