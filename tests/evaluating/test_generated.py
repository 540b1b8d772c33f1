"""The generated evaluator: which models become a function, what its text holds, and that it is used where reasoning is not."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.evaluating import rules, single
from engine.evaluating.generated.evaluate import Evaluate, compile_generated
from engine.evaluating.generated.text import literal
from engine.evaluating.order import JudgeOf, evaluate_all, plan
from engine.evaluating.single import compile_model, evaluate
from engine.model.condition import Comparison, Condition, Negation, Operator
from engine.model.evaluation import Outcome
from engine.model.library import Library, Name
from engine.model.number import LIMIT, ONE
from engine.model.period import NEVER, OwnPeriod, Window, read_day
from engine.model.policy import Fact, FromAttribute, FromRecords, Model, Policy
from engine.model.scoring import Adjustments, Band, Bands, Each, Item
from engine.model.subject import Record, Subject
from engine.reading.library_cache import load_library
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world

ROOT = Path(__file__).parents[2]
DAY = read_day("2025-12-31") or 0

EVIL = '\'); raise SystemExit(1) #\n"""\\'
"""What would run, end a text or begin a line, were it not written as Python writes a text."""


OURS = frozenset((
    "Evaluation", "NotEvaluated", "Rejection", "a", "above", "added", "alerts", "bad", "bool", "c", "change", "date", "derived",
    "divide", "e", "excluded", "expires", "f", "facts", "full", "grade", "grades", "is_vetoed", "last", "last_level",
    "last_score", "late", "least", "left_out", "len", "level", "levels", "measures", "model", "outside", "p", "points", "policy",
    "previous", "r", "rank", "rounded", "score", "subject", "total", "valid_until", "vetoed", "warnings", "without", "x",
    "y",
))  # fmt: skip
NUMBERED = re.compile(r"([vx]|[a-z_]+_)[0-9]+(_day|_id|_sum|_weights|_absent)?")
"""The names that a text may have."""


def names_in(text: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([ROOT / "policies"])


def models(library: Library) -> list[tuple[Policy, Model]]:
    return [(policy, model) for policy in library.policies for model in policy.models.values()]


def test_shipped_models_are_generated(library: Library) -> None:
    """Nearly all of them, so that what is compared with single is the generated evaluator."""
    functions = [compile_generated(policy, model) for policy, model in models(library)]
    assert sum(function is not None for function in functions) >= 0.9 * len(functions)


def test_many_drawn_models_are_generated() -> None:
    """Of the worlds that the differential test draws a sixth of the models; most of the others use several rare words."""
    drawn = [read_world(world(Seeded(f"generated-{number}"), 1))[0] for number in range(40)]
    functions = [compile_generated(policy, model) for some in drawn for policy, model in models(some)]
    assert 6 * sum(function is not None for function in functions) > len(functions)


def test_nothing_of_a_policy_is_code(library: Library) -> None:
    """All names in the text are ours, and stay so whatever a policy calls its own."""
    policy = library.versions("tourism")[0]
    model = policy.models["agency"]
    harmless = compile_generated(policy, replace(model, vetoes=(model.vetoes[0],)))
    evil = compile_generated(policy, replace(model, title=EVIL, feeds=EVIL, vetoes=(replace(model.vetoes[0], id=EVIL),)))
    assert harmless is not None
    assert evil is not None
    assert names_in(evil.text(DAY)) == names_in(harmless.text(DAY))
    for some, other in models(library):
        function = compile_generated(some, other)
        assert function is not None
        assert not [name for name in names_in(function.text(DAY)) if name not in OURS and not NUMBERED.fullmatch(name)]


@pytest.mark.parametrize(
    "value", [EVIL, "", "\x00", "\ud800", "a" * 5000, "{0}", "%s", 0, -1, 10**15, True, (1, (EVIL, False))]
)
def test_values_are_written_as_they_are(value: object) -> None:
    """And read back so."""
    assert ast.literal_eval(literal(value)) == value


@pytest.mark.parametrize("value", [1.5, None, b"x", [1], object()])
def test_nothing_else_becomes_text(value: object) -> None:
    with pytest.raises(TypeError):
        literal(value)


def test_texts_of_records_are_values(library: Library) -> None:
    """A text that would be code is compared with, and nothing more."""
    policy = library.versions("housekeeping")[0]
    model = policy.models["enterprise"]
    function, evaluator = compile_generated(policy, model), compile_model(policy, model).at(DAY)
    assert function is not None
    records = tuple(Record(EVIL, category, DAY - 9, {"seriousness": EVIL}) for category in policy.categories)
    subject = Subject(EVIL, model.kind, (), EVIL, {}, records)
    assert function.at(DAY)(subject, None, (), NEVER, ()) == evaluate(evaluator, subject, reasoning=False)


def used(library: Library, worth: int, reasoning: bool, judge_of: JudgeOf = single.judge) -> list[Name]:
    """The models whose functions evaluate three subjects of one model."""
    subjects = [Subject(f"s{number}", "organisation", ("tourism/agency",), None, {}, ()) for number in range(3)]
    planned = plan(library, DAY, judge_of, worth)
    called: list[Name] = []

    def generated(name: Name) -> Evaluate | None:
        function = planned.generated(name)
        assert function is not None

        def watched(*arguments: Any) -> Outcome:
            called.append(name)
            return function(*arguments)

        return watched

    evaluate_all(replace(planned, generated=generated) if judge_of is single.judge else planned, subjects, reasoning)
    return [name for name in called if name[0] == "tourism"]


def test_it_is_used_from_enough_subjects_on(library: Library) -> None:
    """Where no reasoning is wanted."""
    assert used(library, 3, reasoning=False) == [("tourism", "agency")] * 3
    assert used(library, 4, reasoning=False) == used(library, 3, reasoning=True) == []


def test_rules_judge_for_themselves(library: Library) -> None:
    """Where another evaluator judges, no function takes its place."""
    planned = plan(library, DAY, rules.judge, 1)
    assert all(planned.generated(name) is None for name in planned.models)


@pytest.mark.parametrize(
    "rare",
    [{"newest": 2}, {"once_per": "matter"}, {"before": Window(3, "months")}, {"window": OwnPeriod(12, "established", 0)}],
    ids=["newest", "once_per", "before", "own period"],
)
def test_rare_words_stay_with_single(library: Library, rare: dict[str, Any]) -> None:
    """A model that uses one of them has no function."""
    policy = library.versions("tourism")[0]
    model = policy.models["agency"]
    name, fact = next((name, fact) for name, fact in model.facts.items() if isinstance(fact.source, FromRecords))
    changed = replace(model, facts={**model.facts, name: replace(fact, source=replace(fact.source, **rare))})
    assert compile_generated(policy, model) is not None
    assert compile_generated(policy, changed) is None


def test_what_the_compiler_cannot_bear_stays_with_single(library: Library) -> None:
    """Bands by the thousand, and conditions within conditions."""
    policy = library.versions("tourism")[0]
    model = policy.models["agency"]
    deep: Condition = Comparison(next(iter(model.facts)), "is", 0)
    for _ in range(500):
        deep = Negation(deep)
    assert compile_generated(policy, replace(model, vetoes=(replace(model.vetoes[0], when=deep),))) is None
    (dimension, *others) = model.dimensions
    bands = Bands(next(iter(model.facts)), tuple(Band("at_least", 5000 - at, 0) for at in range(5000)), 0)
    indicators = (replace(dimension.indicators[0], form=bands), *dimension.indicators[1:])
    assert compile_generated(policy, replace(model, dimensions=(replace(dimension, indicators=indicators), *others))) is None


NUMBER = Fact("n", "n", FromAttribute("attribute", "n"), "number", None, 0)
VALUES = (-250_000, -100_001, -1, 0, 1, 4_999, 5_000, 5_001, 10_000, 14_999, 30_000, 99_999, 100_000, 250_000, LIMIT)


@pytest.fixture(scope="module")
def bare(library: Library) -> tuple[Policy, Model]:
    """A policy, and a model of nothing but one fact."""
    policy = library.versions("tourism")[0]
    empty: dict[str, Any] = dict.fromkeys(("not_evaluated", "dimensions", "vetoes", "measures", "alerts", "parameter_uses"), ())
    return policy, replace(
        policy.models["agency"], facts={"n": NUMBER}, adjustments=None, decisions=None, base=500_000, **empty
    )


def both(policy: Policy, model: Model, subject: Subject) -> tuple[Outcome, Outcome]:
    function = compile_generated(policy, model)
    assert function is not None
    result = evaluate(compile_model(policy, model).at(DAY), subject, reasoning=False)
    return function.at(DAY)(subject, None, (), NEVER, ()), result


@pytest.mark.parametrize("amount", [-15_000, -1, 3_333, 10_000, 20_000])
@pytest.mark.parametrize("rest", [{}, {"beyond": 10_000}, {"short_of": 30_000}, {"step": 7_000}, {"step": 7_000, "round_up": True},
                                  {"step": 10_000, "beyond": 5_000}])  # fmt: skip
def test_lines(bare: tuple[Policy, Model], amount: int, rest: dict[str, Any]) -> None:
    """Points of a line, by the very values at which they are rounded, begin and end."""
    policy, model = bare
    line = Each((("n", amount),), 10_000, **rest)
    for bounds in ((None, None), (-20_000, 60_000)):
        scored = replace(model, adjustments=Adjustments(400_000, -400_000, (Item("i", "i", line, bounds[1], bounds[0], ()),)))
        for value in VALUES:
            generated, single_result = both(policy, scored, Subject("s", model.kind, (), None, {"n": value}, ()))
            assert generated == single_result, (line, value)


@pytest.mark.parametrize("operator", ["is", "is_not", "at_least", "above", "at_most", "below", "one_of", "none_of"])
@pytest.mark.parametrize("kind", ["days_since", "days_until"])
def test_days_pass(bare: tuple[Policy, Model], operator: Operator, kind: str) -> None:
    """A comparison of days, around the days on which it turns: the result is valid until the day before."""
    policy, model = bare
    source = FromRecords("days_since", "complaint") if kind == "days_since" else FromAttribute("days_until", "n")
    for operand in (3 * ONE, 3 * ONE - 1, 3 * ONE + 1, 0):
        several = (operand, operand + ONE, 9 * ONE) if operator in ("one_of", "none_of") else operand
        measures = (replace(policy.models["agency"].measures[0], when=Comparison("n", operator, several)),)
        counting = replace(model, facts={"n": replace(NUMBER, source=source)}, measures=measures)
        for days in range(12):
            record = Record("r", "complaint", DAY - days, {})
            records = (record,) if kind == "days_since" else ()
            subject = Subject("s", model.kind, (), None, {"n": DAY + days - 4}, records)
            generated, single_result = both(policy, counting, subject)
            assert generated == single_result, (several, days)
