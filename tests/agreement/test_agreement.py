"""Single and rules agree on random policies and subjects, and what must not matter does not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies
from msgspec.structs import replace

from engine.evaluating.order import Results
from engine.model.evaluation import Evaluation, Outcome, Rejection
from engine.model.library import Library
from engine.model.policy import FromAttribute, FromRecords, Model
from engine.model.subject import Subject
from tests.agreement.bulk import run
from tests.agreement.compare import differences, disagreements, evaluate, read_world
from tests.agreement.draw import Draw, Drawn, Seeded
from tests.agreement.generator import DERIVED, world
from tests.agreement.words import SCHEMA, words, words_in
from tests.lanes import few

DAYS_AHEAD = (1, 2, 3, 9, 20, 29, 30, 31, 40)
MAY_CHANGE = ("as_of", "valid_until", "policy", "facts", "alerts", "warnings", "reasoning", "problems")


def check_agreement(library: Library, subjects: list[Subject], as_of: int) -> None:
    assert disagreements(library, subjects, as_of)[1] == []


def check_order(library: Library, subjects: list[Subject], as_of: int, draw: Draw) -> None:
    """The order of a subject's records does not matter."""
    shuffled = [
        replace(subject, records=tuple(sorted(subject.records, key=lambda _: draw.integer(0, 99)))) for subject in subjects
    ]
    assert list(differences(evaluate(library, subjects, as_of), evaluate(library, shuffled, as_of))) == []


def check_validity(library: Library, subjects: list[Subject], as_of: int) -> None:
    """What is valid until a day comes out the same on every day up to it, but for the days that pass."""
    results = evaluate(library, subjects, as_of)
    for day in (as_of + ahead for ahead in DAYS_AHEAD):
        later = evaluate(library, subjects, day)
        valid = {key: result for key, result in results.items() if result.valid_until is None or day <= result.valid_until}
        settled = {key: outcome for key, outcome in valid.items() if not _awaits(library, as_of, outcome)}
        assert list(_changes(settled, {key: later[key] for key in settled if key in later})) == []


def _changes(before: Results, after: Results) -> Any:
    yield from differences(before, after, leaving=MAY_CHANGE)
    for key, outcome in before.items():
        if not isinstance(outcome, Rejection) and key in after and type(after[key]) is type(outcome):
            mine, theirs = _lasting(outcome), _lasting(after[key])
            if mine != theirs:
                yield key, mine, theirs


def _lasting(outcome: Any) -> dict[str, Any]:
    """The facts that do not count days."""
    passing = {name for name, fact in outcome.model.facts.items() if _counts_days(fact.source)}
    return {name: value for name, value in outcome.facts.items() if name not in passing}


def _counts_days(source: object) -> bool:
    return isinstance(source, (FromRecords, FromAttribute)) and source.kind in ("days_since", "days_until")


def _awaits(library: Library, today: int, outcome: Outcome) -> bool:
    """Whether it reads results of models, and other models may come with another version."""
    changes = any(library.next_change(policy.id, today) for policy in library.policies)
    return changes and not isinstance(outcome, Rejection) and _reads_results(outcome.model)


def _reads_results(model: Model) -> bool:
    sources = [fact.source for fact in model.facts.values()]
    return any(isinstance(source, FromRecords) and source.category in DERIVED for source in sources)


@settings(
    max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # to shrink a world takes minutes, and bulk.reproduction is better at it
)  # fmt: skip
@given(strategies.data())
def test_random_policies(data: strategies.DataObject) -> None:
    """Hypothesis looks for a small world in which the evaluators, or two orders or days, do not agree."""
    draw = Drawn(data)
    read = read_world(world(draw, subjects=3))
    check_agreement(*read)
    check_order(*read, draw)
    check_validity(*read)


@pytest.mark.parametrize("seed", few(range(60), 10))
def test_seeded_policies(seed: int) -> None:
    """The same on larger worlds."""
    draw = Seeded(seed)
    read = read_world(world(draw, subjects=8))
    check_agreement(*read)
    check_order(*read, draw)
    if seed % 3 == 0:
        check_validity(*read)


def test_generator_draws_the_language() -> None:
    """Every key and every listed value of the schema, in what is in force; none is left out, titles and remarks neither."""
    drawn: set[str] = set()
    for seed in range(WORLDS):
        drawn_world = world(Seeded(f"words {seed}"), subjects=1)
        for policy in drawn_world.policies:
            if policy["effective"]["from"] <= drawn_world.as_of <= policy["effective"].get("until", drawn_world.as_of):
                drawn |= words_in(policy)
    assert sorted(words() - drawn) == []


WORLDS = 100


def test_undrawn_word() -> None:
    """A key, and a value, that the schema gets and the generator does not draw."""
    schema = deepcopy(SCHEMA)
    schema["$defs"]["fact"]["properties"]["greatest"] = {"type": "array", "items": {"type": "string"}}
    schema["$defs"]["measure"]["properties"]["matter"]["enum"].append("customs")
    assert words(schema) - words() == {"fact.greatest", "measure.matter: customs"}


def test_generator_reaches_every_outcome() -> None:
    """Every outcome, and every part of a result, comes up often enough for agreement on it to say something."""
    seen: dict[str, int] = {}
    for seed in range(40):
        for outcome in evaluate(*read_world(world(Seeded(f"reach {seed}"), subjects=10))).values():
            for what in _parts(outcome):
                seen[what] = seen.get(what, 0) + 1
    assert all(seen.get(what, 0) >= 10 for what in WANTED), seen


WANTED = ("Evaluation", "NotEvaluated", "Rejection", "scored", "vetoed", "measures", "alerts", "valid_until", "fact_missing")


def _parts(outcome: Outcome) -> list[str]:
    parts = [type(outcome).__name__] + ["valid_until"] * (outcome.valid_until is not None)
    if isinstance(outcome, Evaluation):
        parts += ["scored"] * (outcome.score is not None) + ["vetoed"] * bool(outcome.vetoes)
        parts += ["measures"] * bool(outcome.measures) + ["alerts"] * bool(outcome.alerts)
    elif isinstance(outcome, Rejection):
        parts += [problem.code for problem in outcome.problems]
    return parts


@pytest.mark.long
def test_many_policies() -> None:
    """More than 3,000 policies, in processes of their own, for what is registered can't be taken back."""
    compared, failures = run(libraries=1300, subjects=10, seed="long", tables=False)
    assert failures == []
    assert compared > 10_000


@pytest.mark.long
def test_many_pairs() -> None:
    """More than 100,000 results by single, rules and arrays."""
    compared, failures = run(libraries=140, subjects=2000, seed="pairs", tables=True)
    assert failures == []
    assert compared > 100_000
