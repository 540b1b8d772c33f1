"""A target's part of a run: its inputs and its time."""

from __future__ import annotations

from tests.fuzz.worker import SLICE


class Share:
    """What is done of a target: how many are to be tried at most, and how much of the time it may take."""

    def __init__(self, name: str, first: int, most: float, weight: float) -> None:
        self.name, self.next, self.most, self.weight = name, first, most, weight
        self.done, self.seconds, self.running = 0, 0.0, 0

    @property
    def left(self) -> float:
        return self.most - self.done - self.running

    def batch(self) -> int:
        """So many that they take about a slice."""
        rate = self.done / self.seconds if self.seconds else 5
        return int(max(1, min(2000, rate * SLICE, self.left)))
