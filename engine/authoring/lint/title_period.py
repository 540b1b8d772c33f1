"""A title that states a period (近两年) and whose records are taken from another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.authoring.titles import StatedNumber, period
from engine.model.condition import facts_in
from engine.model.number import ONE
from engine.model.period import Window
from engine.model.policy import Fact, FromRecords, Model
from engine.model.problem import Path, Problem
from engine.model.scoring import form_facts

MONTH = 30.4375
NEARLY = 0.04
"""Periods in unlike units are the same where they differ by no more than this share: 365 days are a year."""


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for title, path, fact in _titled(model, top):
            stated = period(title)
            window = _window(fact)
            if stated is not None and window is not None and not _same(stated, window):
                yield linted.warn(
                    "title_period", (*path, "title"), stated=stated.words, fact=fact.id, window=f"{window.count} {window.unit}"
                )


def _window(fact: Fact) -> Window | None:
    match fact.source:
        case FromRecords(window=Window() as window):
            return window
        case _:
            return None


def _titled(model: Model, top: Path) -> Iterator[tuple[str, Path, Fact]]:
    """Titles with the one fact that they can be about: its own, and those of what reads it alone."""
    for name, fact in model.facts.items():
        yield fact.title, (*top, "facts", name), fact
    for path, element in model.scored():
        yield from _alone(model, element.title, (*top, *path), form_facts(element.form))
    for key in ("not_evaluated", "vetoes", "measures", "alerts"):
        for held in getattr(model, key):
            yield from _alone(model, held.title, (*top, key, held.id), facts_in(held.when))


def _alone(model: Model, title: str, path: Path, read: Iterable[str]) -> Iterator[tuple[str, Path, Fact]]:
    names = set(read)
    if len(names) == 1:
        fact = model.facts.get(names.pop())
        if fact is not None:
            yield title, path, fact


def _same(stated: StatedNumber, window: Window) -> bool:
    count = stated.count / ONE
    if stated.unit == window.unit:
        return count == window.count
    days = {"months": MONTH, "days": 1.0}
    length, other = count * days[stated.unit], window.count * days[window.unit]
    return abs(length - other) <= NEARLY * max(length, other)
