"""Whom a change of rules touches: exact on small populations, and by the definition on random ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from graphlib import CycleError
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from engine.authoring.mutation.run import mutants
from engine.cli.progress import TERMINAL
from engine.model import period
from engine.model.condition import Plain
from engine.model.digest import digest
from engine.model.evaluation import Evaluation
from engine.model.impact import Impact, ModelImpact, Transitions
from engine.model.library import Library, running_order
from engine.model.policy import MATTERS, Measure
from engine.model.problem import InputError
from engine.model.region import Region
from engine.model.scale import Level, Scale
from engine.model.subject import Record, Subject
from engine.reading.files import Files, find_files
from engine.reading.library import read_library
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.impact.outcome_table import of_counts
from engine.reviewing.impact.transitions import edges, move
from engine.usecases.listener import Silent
from engine.usecases.population import population_impact
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few
from tests.reviewing.both import as_by_hand, by_hand, check_stacked, comparable, impact_of, touched_by_hand

BASE = Path(__file__).parents[1] / "language" / "base" / "policies"
DAY = period.read_day("2025-12-31") or 0
ONE = 10_000

COMPOSITE = """
policy: composite
title: 综合评价
version: "1"
status: trial
authority: 示例市
effective: {from: 2025-01-01}
scale: four
basis: {plan: {document: 方案}}
models:
  organisation:
    title: 组织
    kind: organisation
    applies: always
    feeds: composite_evaluation
    facts:
      industry: {title: 行业得分, mean: industry_evaluation.score, if_missing: 100}
    dimensions:
      industry:
        title: 行业
        points: 100
        indicators: {industry: {title: 行业, fact: industry, points: 100, each: 1, basis: plan}}
"""
BAND = ("at_least: 90, points: 40", "at_least: 95, points: 40")
WINDOW = ("within: 24 months", "within: 48 months")
VETO = (
    "    vetoes:\n",
    "    vetoes:\n      fined: {title: 罚款, when: {fines: {at_least: 1000}}, lower_by: {grades: 1}, basis: plan}\n",
)
FACT = ("    dimensions:\n", "      fines: {title: 罚款, sum: penalty.fine}\n    dimensions:\n")


def library(*edits: tuple[str, str], composite: str = COMPOSITE, catalogue: tuple[str, str] = ("", "")) -> Library:
    """The policy of the language's examples, and a composite evaluation that reads it, with texts replaced."""
    files = find_files([BASE])
    ((name, content),) = files.policies
    text = content.decode()
    for before, after in edits:
        assert text.count(before) == 1
        text = text.replace(before, after)
    common = tuple((file, content.decode().replace(*catalogue).encode()) for file, content in files.common)
    return read_library(Files(((name, text.encode()), ("composite.yaml", composite.encode())), common)).library


def shop(name: str, percent: int = 92, *days: str, fine: int = 0) -> Subject:
    """A shop with a result of its survey, and a penalty on each of the days."""
    records = [Record("survey", "survey", DAY - 90, {"percent": percent * ONE})]
    for number, day in enumerate(days):
        fields: dict[str, Plain] = {"seriousness": "minor", "fine": fine * ONE}
        records.append(Record(f"p{number}", "penalty", period.read_day(day) or 0, fields))
    return Subject(name, "organisation", ("example/shop",), f"商店 {name}", {}, tuple(records))


SHOPS = [
    shop("914305000000000001", 96),  # 100: A
    shop("914305000000000002", 92),  # 100: A, with the band at 95: 80
    shop("914401000000000003", 92, "2025-06-01"),  # 85: B, with the band 65
    shop("914401000000000004", 96, "2023-06-01"),  # 100: A, with the window 85
    shop("914401000000000005", 96, "2025-06-01", fine=1000),  # 85: B, with the veto C
    shop("plain", 60, "2025-06-01", "2025-07-01"),  # 30: D, whatever changes
    replace(shop("elsewhere", 92), models=()),  # the composite evaluation alone
]


def impact_on(whole: Impact, policy: str = "example") -> ModelImpact:
    (model_impact,) = (model for model in whole.models if (model.new or model.old).id == policy)  # type: ignore[union-attr]
    return model_impact


def test_nothing_changes() -> None:
    """Equal libraries touch nobody, and nothing is evaluated."""
    whole = impact_of(library(), library(), SHOPS, DAY)
    assert (whole.models, whole.subjects, whole.refused) == ((), 7, 0)
    assert whole.downgraded == 0


def test_words() -> None:
    """Where words alone differ nothing is evaluated either."""
    assert impact_of(library(), library(("title: 顾客满意度（%）", "title: 满意度")), SHOPS, DAY).models == ()


def test_a_raised_band() -> None:
    model_impact = impact_on(impact_of(library(), library(BAND), SHOPS, DAY))
    assert model_impact.matrix == {("A", "A"): 2, ("A", "B"): 1, ("B", "B"): 1, ("B", "C"): 1, ("D", "D"): 1}
    assert (model_impact.subjects, model_impact.changed) == (6, 2)
    assert model_impact.moved == Transitions(6, 0, 2, 0, 2)
    assert model_impact.regions == {
        "": Transitions(1),
        "430500": Transitions(2, 0, 1, 0, 1),
        "440100": Transitions(3, 0, 1, 0, 1),
    }
    assert (model_impact.score, model_impact.rescored) == ((-20 * ONE,) * 9, 2)
    assert model_impact.measures == {"praise": (0, 1)}
    assert model_impact.vetoes == {}


@pytest.mark.long
def test_names_of_regions() -> None:
    """Of the codes that occur, as the new library has them, or else the old one; without any there are codes alone."""
    old = replace(library(), regions={"430500": Region("甲市"), "440100": Region("乙市"), "110000": Region("丙市")})
    new = replace(library(BAND), regions={"440100": Region("丁市")})
    assert impact_on(impact_of(old, new, SHOPS, DAY)).region_names == {"430500": Region("甲市"), "440100": Region("丁市")}
    assert impact_on(impact_of(library(), library(BAND), SHOPS, DAY)).region_names == {}


def test_examples() -> None:
    """Nearest to the edge first: 80 is as near to 90 as can be, and 65 is 15 from 80; then by subject."""
    model_impact = impact_on(impact_of(library(), library(BAND), SHOPS, DAY))
    assert [example.subject.id for example in model_impact.examples] == ["914305000000000002", "914401000000000003"]
    first = model_impact.examples[0]
    assert first.subject.name == "商店 914305000000000002"
    assert isinstance(first.old, Evaluation)
    assert isinstance(first.new, Evaluation)
    assert (first.old.score, first.new.score) == (100 * ONE, 80 * ONE)
    for result in (first.old, first.new):
        assert result.reasoning is not None
        assert result.reasoning.behind["satisfaction"] == ("survey",)


def test_each_change_alone() -> None:
    """Three changes at once: each is tried alone on those who moved, and a veto brings the fact that it reads."""
    model_impact = impact_on(impact_of(library(), library(BAND, WINDOW, VETO, FACT), SHOPS, DAY))
    assert model_impact.matrix == {("A", "A"): 1, ("A", "B"): 2, ("B", "C"): 2, ("D", "D"): 1}
    assert model_impact.vetoes == {"fined": (1, 0)}
    alone = {(each.changes[0].what, each.changes[0].id): each for each in model_impact.attributed}
    assert alone.keys() == {("band", "satisfaction"), ("window", "penalties"), ("veto", "fined")}
    assert alone["band", "satisfaction"].moved == Transitions(4, 0, 2, 0, 2)
    assert alone["window", "penalties"].moved == Transitions(4, 0, 1, 0, 1)
    assert alone["veto", "fined"].moved == Transitions(4, 0, 1, 0, 1)
    assert (alone["band", "satisfaction"].score_down, alone["veto", "fined"].score_down) == (2, 0)
    assert [each.moved.down for each in model_impact.attributed] == [2, 1, 1]


def test_a_parameter_is_all_that_it_stands_in() -> None:
    """One value in an indicator and in a veto is one change."""

    def with_parameter(value: int) -> Library:
        held = f"parameters:\n  n: {{title: 数, value: {value}, status: set, basis: plan}}\nmodels:"
        veto = ("when: {penalties: {at_least: 3}}", "when: {penalties: {at_least: {parameter: n}}}")
        band = ("{at_least: 70, points: 20}", "{at_least: 70, points: {parameter: n}}")
        return library(("models:", held), veto, band)

    model_impact = impact_on(impact_of(with_parameter(3), with_parameter(1), SHOPS, DAY))
    (each,) = model_impact.attributed
    assert each.changes[0].what == "parameter"
    assert each.moved == Transitions(2, 0, 2, 0, 2)
    assert model_impact.moved == Transitions(6, 0, 2, 0, 2)


def test_the_composite_moves_with_the_industry() -> None:
    whole = impact_of(library(), library(BAND), SHOPS, DAY)
    assert [(model.new.id, model.model.id) for model in whole.models if model.new] == [
        ("example", "shop"),
        ("composite", "organisation"),
    ]
    model_impact = impact_on(whole, "composite")
    assert model_impact.matrix == {("A", "A"): 3, ("A", "B"): 1, ("B", "B"): 1, ("B", "C"): 1, ("D", "D"): 1}
    (each,) = model_impact.attributed
    assert (each.changes[0].policy, each.changes[0].what) == ("example", "band")
    assert each.moved == Transitions(2, 0, 2, 0, 2)
    assert [example.subject.id for example in model_impact.examples] == ["914305000000000002", "914401000000000003"]


def test_only_what_differs() -> None:
    """A change of the composite evaluation leaves the industry's results as they are."""
    changed_composite = COMPOSITE.replace("if_missing: 100", "if_missing: 0")
    whole = impact_of(library(), library(composite=changed_composite), SHOPS, DAY)
    (model_impact,) = whole.models
    assert model_impact.model.id == "organisation"
    assert (model_impact.changed, model_impact.moved) == (1, Transitions(7, 0, 1, 0, 1))
    assert model_impact.attributed[0].changes[0].what == "if_missing"


def test_a_model_that_comes() -> None:
    """Who names a model that there is not yet is rejected before."""
    new = library()
    old = replace(new, policies=tuple(policy for policy in new.policies if policy.id != "example"))
    model_impact = impact_on(impact_of(old, new, SHOPS, DAY))
    assert model_impact.old is None
    assert model_impact.matrix == {("rejected", "A"): 3, ("rejected", "B"): 2, ("rejected", "D"): 1}
    assert (model_impact.moved, model_impact.score) == (Transitions(6, gained=6), ())


def test_left_out() -> None:
    """不参评 is a place of its own, and no move, but a result that is lost."""
    excluded = "    not_evaluated:\n      many: {title: 多次, when: {penalties: {at_least: 2}}, basis: plan}\n    dimensions:\n"
    model_impact = impact_on(impact_of(library(), library(("    dimensions:\n", excluded)), SHOPS, DAY))
    assert model_impact.matrix == {("A", "A"): 3, ("B", "B"): 2, ("D", "not_evaluated"): 1}
    assert (model_impact.changed, model_impact.moved) == (1, Transitions(6, lost=1))
    assert [example.subject.id for example in model_impact.examples] == ["plain"]


# Inputs


def lines(folder: Path, *broken: str) -> Path:
    """Documents of the shops, and lines that are none."""
    file = folder / "subjects.jsonl"
    texts = [*broken]
    for shop_named in SHOPS:
        records = [
            {
                "id": record.id, "category": record.category, "date": period.iso_text(record.date),
                "fields": {key: value // ONE if isinstance(value, int) else value for key, value in record.fields.items()},
            }
            for record in shop_named.records
        ]  # fmt: skip
        models = {"model": list(shop_named.models)} if shop_named.models else {}
        name = shop_named.id.replace("91", "x1")  # no check digit
        texts.append(json.dumps({"id": name, "kind": shop_named.kind, **models, "name": shop_named.name, "records": records}))
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_refused_inputs_are_counted_apart(tmp_path: Path) -> None:
    """A document that is none, and a subject with a record of no category, are in no matrix."""
    record = '{"id": "a", "category": "nothing", "date": "2025-01-01"}'
    file = lines(tmp_path, "{", f'{{"id": "bad", "kind": "organisation", "model": "example/shop", "records": [{record}]}}')
    old, new = library(), library(BAND)
    whole = population_impact(old, new, policy_changes(old.policies, new.policies), (file,), DAY, Silent())
    assert (whole.refused, whole.subjects) == (2, 8)
    assert impact_on(whole).subjects == 6
    assert impact_on(whole).examples[0].subject.name == "商店 914305000000000002"
    assert whole.seconds is not None


def test_nobody_to_evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is refused is told with its place; where nobody is left the command is not carried out."""
    file = lines(tmp_path, "{")
    population_impact(library(), library(BAND), [], (file,), DAY, TERMINAL)
    assert "subjects.jsonl:1" in capsys.readouterr().err
    file.write_text("{", encoding="utf-8")
    with pytest.raises(InputError):
        population_impact(library(), library(BAND), [], (file,), DAY, TERMINAL)
    assert "subjects.jsonl:1" in capsys.readouterr().err


@pytest.mark.long
def test_refused_by_one_catalogue(tmp_path: Path) -> None:
    """Each version holds the inputs to its own catalogue: what one refuses is rejected there alone."""
    old, new = library(), library(catalogue=("at_least: 0, at_most: 100", "at_least: 0, at_most: 95"))
    whole = population_impact(old, new, policy_changes(old.policies, new.policies), (lines(tmp_path),), DAY, Silent())
    model_impact = impact_on(whole)
    assert (whole.refused, whole.subjects) == (0, 7)
    assert model_impact.matrix == {("A", "A"): 1, ("A", "rejected"): 2, ("B", "B"): 1, ("B", "rejected"): 1, ("D", "D"): 1}
    assert impact_on(whole, "composite").matrix["A", "rejected"] == 2


# By the definition


@pytest.mark.parametrize("seed", few(range(5), 0))
def test_random_changes(seed: int) -> None:
    random_change(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_more_random_changes(seed: int) -> None:
    random_change(seed)


def random_change(seed: int) -> None:
    """A mutant of a random policy moves those, and so many, as it does by the single evaluator, however it is computed.

    With several mutants one on another, each change is made after the former ones.
    """
    old, subjects, as_of = read_world(world(Seeded(f"impact {seed}"), subjects=40))
    new = next((other for other in others(old, as_of, seed) if by_hand(old, other, subjects, as_of)), old)
    for step in range(seed % 4):
        new = next((other for other in others(new, as_of, seed * 31 + step) if by_hand(old, other, subjects, as_of)), new)
    new = with_other_measures(new, as_of, Random(seed)) if seed % 2 else new
    whole = impact_of(old, new, subjects, as_of)
    expected = by_hand(old, new, subjects, as_of)
    assert as_by_hand(whole) == comparable(expected)
    assert whole.touched == touched_by_hand(expected)
    assert whole == impact_of(old, new, subjects, as_of, many=0)
    check_stacked(whole)
    for model in whole.models:
        if model.moved.up + model.moved.down and len(model.attributed) == 1:  # the one change is all
            assert model.attributed[0].moved.up == model.moved.up
            assert model.attributed[0].moved.down == model.moved.down


def others(library: Library, as_of: int, seed: int) -> Iterator[Library]:
    """The library with a mutant of one policy in force, some of them."""
    draw = Random(seed)
    policies = list(library.in_force(as_of).values())
    for policy in draw.sample(policies, len(policies)):
        some = list(mutants(policy))
        for mutated_model in draw.sample(some, min(30, len(some))):
            models = {**policy.models, **{model.id: model for model in mutated_model.models}}
            mutant = replace(policy, models=models)
            mutant = replace(mutant, digest=digest(mutant))
            other_library = replace(library, policies=tuple(mutant if other is policy else other for other in library.policies))
            with suppress(CycleError):  # of models that read each other
                running_order(other_library.in_force(as_of))
                yield other_library


def with_other_measures(library: Library, as_of: int, draw: Random) -> Library:
    """The library with some measures of another kind, matter, title or of other terms."""

    def other(measure: Measure) -> Measure:
        kind = draw.choice(("incentive", "routine", "restriction"))
        edits: tuple[dict[str, Any], ...] = (
            {"kind": kind, "item": draw.choice(("b1", "b2")) if kind == "restriction" else None},
            {"matter": draw.choice(MATTERS)}, {"title": f"{measure.title}又"}, {"terms": {"比例": draw.choice(("5%", "9%"))}}, {}, {},
        )  # fmt: skip
        return replace(measure, **draw.choice(edits))

    in_force = list(library.in_force(as_of).values())
    policies = []
    for policy in library.policies:
        if policy in in_force and draw.random() < 0.5:
            models = {key: replace(model, measures=tuple(map(other, model.measures))) for key, model in policy.models.items()}
            policy = replace(policy, models=models)
            policy = replace(policy, digest=digest(policy))
        policies.append(policy)
    return replace(library, policies=tuple(policies))


# Small nouns


def scale(*levels: str) -> Scale:
    """Levels written as level and grade."""
    levels_named = tuple(
        Level(level[:-1], None if level is levels[-1] else -place, level[-1]) for place, level in enumerate(levels)
    )
    return Scale("made", 100 * ONE, levels_named)


FOUR, TWO = scale("A优", "B良", "C中", "D差"), scale("A优", "合格良", "D差")


@pytest.mark.parametrize(
    ("old", "new", "pair", "expected"),
    [
        (FOUR, FOUR, ("A", "C"), (-1, -1)),
        (FOUR, FOUR, ("C", "B"), (1, 1)),
        (FOUR, FOUR, ("B", "B"), (0, 0)),
        (FOUR, FOUR, ("A", "rejected"), (0, 0)),
        (FOUR, TWO, ("A", "D"), (-1, -1)),
        (FOUR, TWO, ("B", "合格"), (0, 0)),
        (FOUR, TWO, ("C", "合格"), (1, 1)),
        (scale("A优", "A-优", "D差"), scale("A优", "A-优", "D差"), ("A-", "A"), (1, 0)),
        (FOUR, scale("A优", "B中", "C中", "D差"), ("B", "B"), (-1, -1)),
    ],
)
def test_move(old: Scale, new: Scale, pair: tuple[str, str], expected: tuple[int, int]) -> None:
    assert move(old, new, pair) == expected


def test_edges() -> None:
    """Up to where the new level begins, down to where the next better one does."""
    four = Scale("one", 100 * ONE, (Level("A", 90, "优"), Level("B", 80, "良"), Level("C", None, "差")))
    assert edges(four, four, [("A", "C"), ("C", "B"), ("C", "A"), ("A", "A")]) == {
        ("A", "C"): 80,
        ("C", "B"): 80,
        ("C", "A"): 90,
    }


def test_quantiles() -> None:
    assert of_counts([]) == ()
    assert of_counts([(7, 3)]) == (7,) * 9
    assert of_counts([(0, 4), (1, 96)]) == (0, 0, 1, 1, 1, 1, 1, 1, 1)
