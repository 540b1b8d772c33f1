"""Whoever waits for a use case: told what it meets on the way, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from engine.model.problem import Problem

if TYPE_CHECKING:
    from engine.evaluating.model_results import RunQueries

T = TypeVar("T")

Activity = Literal["subjects_read", "evaluated", "days_evaluated", "changes_tried", "claims_proved", "policies_proved"]
"""What is counted."""


class Steps(Protocol):
    """Work under way, counted step by step."""

    def step(self) -> None:
        """One more is done."""

    def end(self) -> None:
        """For now there are no more."""


class Listener(Protocol):
    """What a command, a service or a program does with what a use case tells it."""

    def notice(self, problems: Iterable[Problem]) -> None:
        """Warnings, and what some of the inputs are refused for; the work goes on."""

    def steps(self, activity: Activity, total: int | None = None, slow: bool = False) -> Steps:
        """Work begins, of so many steps where that is known; each of them takes long where it is `slow`."""

    def queries(self, activity: Activity, fraction: Callable[[], float]) -> RunQueries:
        """What makes results by queries of a database, which says by `fraction` how many percent of one are done."""


class _NoSteps:
    def step(self) -> None:
        pass

    def end(self) -> None:
        pass


class Silent:
    """A listener that keeps the problems it is told, in `problems`, and counts nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def notice(self, problems: Iterable[Problem]) -> None:
        self.problems += problems

    def steps(self, activity: Activity, total: int | None = None, slow: bool = False) -> Steps:
        return _NoSteps()

    def queries(self, activity: Activity, fraction: Callable[[], float]) -> RunQueries:
        return lambda count, of, make: make()


def count_items(items: Iterable[T], activity: Activity, listener: Listener) -> Iterator[T]:
    """The items, counted as they come."""
    steps = listener.steps(activity)
    for item in items:
        yield item
        steps.step()
    steps.end()
