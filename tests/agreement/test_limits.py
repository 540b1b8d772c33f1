"""What is large in a policy within the language's limits, every evaluator can do; what is beyond them, check refuses."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
import yaml

from engine.model.library import Library
from engine.model.number import LIMIT, ONE
from engine.model.period import read_day
from engine.model.problem import PolicyError
from engine.model.subject import Subject
from engine.reading.facts import MAX_DEPTH
from engine.reading.files import Files, read_common
from engine.reading.library import read_library
from engine.reading.subject import read_subject
from tests.agreement.compare import disagreements
from tests.agreement.many import beside_many
from tests.lanes import few
from tests.language.examples import BASE

Tree = dict[str, Any]
BASE_POLICY = (BASE / "policies/example.yaml").read_text(encoding="utf-8")
LAST = "last"


def _total(number: int, before: str) -> Tree:
    return {"total": [before]}


def _doubled(number: int, before: str) -> Tree:
    return {"total": [before, "penalties"]}


def _use(number: int, before: str) -> Tree:
    return {"attribute": "staff", "if_missing": {"use": before}}


def _percent(number: int, before: str) -> Tree:
    return {"percent": {"of": before, "to": before}, "if_missing": {"use": before}}


def _rate(number: int, before: str) -> Tree:
    return {"rate": {"of": before, "to": "satisfaction", "per": 60}, "if_missing": "reject"}


CHAINS = (_total, _doubled, _use, _percent, _rate)


def chain(link: Any, length: int, backwards: bool = False) -> Tree:
    """Facts of which each rests on the one before, in the file's order or against it."""
    names = ["penalties", *(f"f{number}" for number in range(length - 2)), LAST]
    facts = [(name, {"title": name, **link(at, names[at])}) for at, name in enumerate(names[1:])]
    return dict(reversed(facts) if backwards else facts)


def policy(facts: Tree, **changed: Any) -> Tree:
    """The base policy with more facts, of which the last gives points and a veto, and other parts of its model."""
    tree: Tree = yaml.safe_load(BASE_POLICY)
    tree["effective"]["from"] = "2025-01-01"
    model = tree["models"]["shop"]
    model["facts"] = {**facts, **model["facts"]}
    if LAST in facts:
        model["dimensions"]["compliance"]["indicators"]["penalties"]["fact"] = LAST
        model["vetoes"]["many-penalties"]["when"] = {LAST: {"at_least": 3}}
    model.update(changed)
    return tree


def library(tree: Tree) -> Library:
    files = Files((("x.yaml", json.dumps(tree, ensure_ascii=False).encode()),), read_common(BASE / "policies/common"))
    return read_library(files).library


def subjects(read: Library) -> list[Subject]:
    trees: list[Any] = []
    for number in range(5):
        penalties: list[Any] = [
            {"id": f"r{n}", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "minor", "fine": n}}
            for n in range(number)
        ]
        attributes = {"staff": 7} if number == 2 else {}
        trees.append(
            {
                "id": f"s{number}",
                "kind": "organisation",
                "model": "example/shop",
                "attributes": attributes,
                "records": penalties,
            }
        )
    return [read_subject(tree, read.catalogue, {"example"}) for tree in trees]


def agree(tree: Tree) -> None:
    read = library(tree)
    as_of = read_day("2025-12-31") or 0
    assert disagreements(read, subjects(read), as_of)[1] == []
    assert beside_many(read, subjects(read), as_of) == []


@pytest.mark.parametrize("backwards", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("link", few(CHAINS, 2))
def test_chain(link: Any, backwards: bool) -> None:
    """Longer than anybody writes."""
    agree(policy(chain(link, 24, backwards)))


@pytest.mark.long
@pytest.mark.parametrize("link", few(CHAINS, 2))
def test_longest_chain(link: Any) -> None:
    """As long as the language allows."""
    agree(policy(chain(link, MAX_DEPTH, False)))


@pytest.mark.parametrize("length", [MAX_DEPTH + 1, 1000])
@pytest.mark.parametrize("link", few(CHAINS, 2))
def test_too_long(link: Any, length: int) -> None:
    """Refused with the limit, at the first fact that is too deep, however long the chain."""
    with pytest.raises(PolicyError) as caught:
        library(policy(chain(link, length, length == 1000)))
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["limit"]) == ("facts_too_deep", MAX_DEPTH)
    assert problem.path[-1] in (f"f{MAX_DEPTH - 1}", LAST)


def test_as_long_as_allowed() -> None:
    """The limit is no fewer than it says."""
    for link in CHAINS:
        assert library(policy(chain(link, MAX_DEPTH))).policies


def _conditions() -> dict[str, Tree]:
    nested: Tree = {"penalties": {"at_least": 3}}
    negated: Tree = nested
    for number in range(24):
        negated = {"not": negated}
        if number % 2:
            nested = {"any": [nested, {"satisfaction": {"below": number}}]}
    return {
        "any": {"any": [{"penalties": {"is": number}} for number in range(3, 1500)]},
        "all": {"all": [{"penalties": {"is_not": number}} for number in range(3, 1500)]},
        "one_of": {"penalties": {"one_of": list(range(3, 3000))}},
        "not": negated,
        "nested": nested,
    }


@pytest.mark.parametrize("kind", few(_conditions(), 3))
def test_conditions(kind: str) -> None:
    veto = {"title": "否决", "when": _conditions()[kind], "level": "D", "basis": "plan"}
    agree(policy({}, vetoes={"veto": veto}))


def test_where() -> None:
    where = {"any": [{"fine": {"is": number}} for number in range(1, 1000)]}
    agree(policy({LAST: {"title": "次数", "count": "penalty", "where": where}}))


def test_bands() -> None:
    tree = policy({})
    bands: list[Tree] = [
        {"at_least": round(100 - number / 100, 2), "points": round(40 - number / 100, 2)} for number in range(1000)
    ]
    tree["models"]["shop"]["dimensions"]["service"]["indicators"]["satisfaction"]["bands"] = [*bands, {"otherwise": 0}]
    agree(tree)


def test_vetoes() -> None:
    some = {
        f"v{n}": {
            "title": "否决",
            "when": {"penalties": {"is": n}},
            "score_at_most": n % 50,
            "level": "ABCD"[n % 4],
            "basis": "plan",
        }
        for n in range(200)
    }
    agree(policy({}, vetoes=some))


def test_facts() -> None:
    """Of many windows, all added up."""
    facts: Tree = {f"f{n}": {"title": "次数", "count": "penalty", "within": f"{n + 1} days"} for n in range(60)}
    agree(policy({**facts, LAST: {"title": "合计", "total": list(facts)}}))


def test_wide_sum() -> None:
    """A total, and an indicator, of as many facts as recursion has levels."""
    agree(policy({LAST: {"title": "合计", "total": ["penalties"] * (sys.getrecursionlimit() + 200)}}))


@pytest.mark.parametrize("how", [{"percent": {}}, {"rate": {"per": 60}}, {"rate": {"per": 1_000_000}}])
def test_greatest_quotient(how: Tree) -> None:
    """The greatest number by the least one is beyond what any backend has in 64 bits."""
    ((kind, more),) = how.items()
    facts: Tree = {
        "big": {"title": "大", "attribute": "staff", "if_missing": LIMIT // ONE},
        "small": {"title": "小", "attribute": "staff", "if_missing": 0.0001},
        LAST: {"title": "比", kind: {"of": "big", "to": "small", **more}, "if_missing": 0},
    }
    agree(policy(facts))
