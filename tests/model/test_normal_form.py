"""The one normal form of scoring forms, and the one walk through a model, held to what is written out in the structs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from msgspec import Struct

from engine.evaluating.conditions import compile_condition
from engine.evaluating.points import compile_form
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, Negation, facts_in
from engine.model.library import Library
from engine.model.policy import Fact, Model
from engine.model.scale import Level, Scale
from engine.model.scoring import (
    Award,
    Band,
    Bands,
    Branch,
    Choices,
    Each,
    FirstOf,
    Form,
    alternatives,
    form_facts,
    least_points,
    line_of,
    most_points,
    renamed_form,
    with_alternatives,
)  # fmt: skip
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder

SCALE = Scale("s", 1_000_000, (Level("A", 0, "A"),))
FORMS: tuple[Form, ...] = (
    Bands("n", (Band("at_least", 30_000, 5), Band("above", 10_000, 3)), 1),
    Bands("n", (Band("at_most", 10_000, 5), Band("below", 30_000, 3)), 1),
    Choices("t", (("a", 5), ("b", 3)), 1),
    Choices("b", ((True, 5), (False, 3)), None),
    FirstOf((Branch(Comparison("n", "above", 20_000), 5), Branch(Comparison("t", "is", "a"), 3)), 1),
    FirstOf((), 1),
    Bands("n", (Band("at_least", 30_000, Award("m", 4, 6)), Band("above", 10_000, 3)), Award("n", -1, 2)),
    Choices("t", (("a", Award("m", 4, 6)), ("b", 3)), Award("m", 0, 1)),
    FirstOf((Branch(Comparison("n", "above", 20_000), Award("m", 4, 6)),), 1),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([resource_folder("policies")])


def _written_conditions(value: object) -> Iterator[Condition]:
    """Every whole condition that is in a struct, whatever holds it; what facts ask of records aside."""
    match value:
        case Comparison() | AllOf() | AnyOf() | Negation():
            yield value
        case Fact():
            pass
        case Mapping():
            for part in value.values():
                yield from _written_conditions(part)
        case tuple():
            for part in value:
                yield from _written_conditions(part)
        case Struct():
            for name in value.__struct_fields__:
                yield from _written_conditions(getattr(value, name))
        case _:
            pass


def _models(library: Library) -> Iterator[Model]:
    for policy in library.policies:
        yield from policy.models.values()


def test_conditions(library: Library) -> None:
    """No condition of a model is left out of the walk."""
    for model in _models(library):
        walked = list(model.conditions(alerts=True))
        assert [one for one in _written_conditions(model) if one not in walked] == []
        without = list(model.conditions())
        assert all(alert.when in walked for alert in model.alerts)
        assert len(without) + len(model.alerts) == len(walked)


def test_names_read(library: Library) -> None:
    """What forms and conditions read is among what the model reads."""
    for model in _models(library):
        read = set(model.names_read())
        assert all(set(form_facts(form)) <= read for form in model.forms())
        assert all(set(facts_in(when)) <= read for when in _written_conditions(model))


@pytest.mark.parametrize("form", FORMS)
def test_alternatives(form: Form) -> None:
    """The first alternative that holds gives what the form gives; and the form is made of its alternatives again."""
    several = alternatives(form)
    assert with_alternatives(form, several) == form
    points = compile_form(form, SCALE)
    for number in range(0, 50_000, 5_000):
        for text, truth in (("a", True), ("b", False), ("c", False)):
            values = {"n": number, "t": text, "b": truth, "m": 5}
            hits = (one for one in several if one.when is None or compile_condition(one.when, SCALE)(values))
            hit = next(hits).points
            low, high = least_points(hit), most_points(hit)
            awarded = 5 * (hit.fact == "m") or number if isinstance(hit, Award) else low
            assert min(max(awarded, low), high) == points(values)


def test_places(library: Library) -> None:
    """No two alternatives stand in one place, nor do their points."""
    for model in _models(library):
        for form in model.forms():
            several = alternatives(form)
            assert len({one.path for one in several}) == len({one.points_path for one in several}) == len(several)
            assert (line_of(form) is None) == bool(several)


def test_renamed() -> None:
    """Wherever a form names a fact, it has its new name."""
    names = {"n": "k", "t": "u", "b": "c", "m": "l"}
    for form in (*FORMS, Each((("n", 1), ("x", 2)), 0)):
        assert set(form_facts(renamed_form(form, names))) == {names.get(name, name) for name in form_facts(form)}
