"""One compiled model in several threads, for several days: every result is that of one thread alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from engine.evaluating import rules
from engine.evaluating.order import plan
from engine.evaluating.single import Compiled, compile_model, evaluate
from engine.model.evaluation import Outcome
from engine.model.library import Library
from engine.model.period import read_day
from engine.model.subject import Subject
from engine.reading.inputs import read_inputs
from engine.reading.library_cache import load_library

ROOT = Path(__file__).parents[2]
DAYS = tuple(read_day(text) or 0 for text in ("2025-12-31", "2028-12-31"))
EVALUATIONS = 2000


@pytest.fixture(autouse=True)
def often() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture
def library() -> Library:
    return load_library([ROOT / "policies"])


@pytest.fixture
def subject(library: Library) -> Subject:
    (sample,) = read_inputs([ROOT / "docs/samples/housekeeping-enterprise.json"], library.catalogue, {"housekeeping"})
    assert isinstance(sample, Subject)
    return sample


@pytest.fixture
def compiled(library: Library) -> Compiled:
    policy = library.versions("housekeeping")[0]
    return compile_model(policy, policy.models["enterprise"])


def wrong(evaluate_on: Callable[[int], Outcome], count: int) -> int:
    """How many results of two threads, each with a day of its own, are not those of the day."""
    expected = {day: evaluate_on(day) for day in DAYS}
    assert expected[DAYS[0]] != expected[DAYS[1]]
    together = Barrier(len(DAYS))

    def run(day: int) -> int:
        together.wait()
        return sum(evaluate_on(day) != expected[day] for _ in range(count))

    with ThreadPoolExecutor(len(DAYS)) as threads:
        return sum(threads.map(run, DAYS))


def test_two_days(compiled: Compiled, subject: Subject) -> None:
    """The model is bound to its day again and again, while the other thread evaluates as of another."""
    assert wrong(lambda day: evaluate(compiled.at(day), subject, reasoning=False), EVALUATIONS) == 0


def test_plans(library: Library, subject: Subject) -> None:
    """Two plans, as a service keeps them, used by both threads."""
    models = {day: plan(library, day).models["housekeeping", "enterprise"] for day in DAYS}
    assert wrong(lambda day: evaluate(models[day], subject), EVALUATIONS) == 0


def test_rules(compiled: Compiled, subject: Subject) -> None:
    """The host of durable_rules lets one in at a time."""
    which = pytest.importorskip("durable") and rules.judge(compiled)
    assert wrong(lambda day: evaluate(compiled.at(day), subject, which=which), 100) == 0


def test_nothing_is_changed(compiled: Compiled, library: Library) -> None:
    """Neither a model, nor an evaluator, nor a plan."""
    for frozen, name in ((compiled, "bind"), (compiled.at(DAYS[0]), "steps"), (plan(library, DAYS[0]), "models")):
        with pytest.raises(AttributeError):
            setattr(frozen, name, None)
