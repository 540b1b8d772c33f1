"""Random edits of a catalogue: the policies of whoever loses or gains a result by them are said to be concerned."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from engine.evaluating.order import evaluate_all, plan
from engine.model import period
from engine.model.evaluation import Evaluation, Outcome
from engine.model.problem import PolicyError, SubjectError
from engine.reading.document import read_json
from engine.reading.files import Files
from engine.reading.library import Read, read_library
from engine.reading.subject import read_subject
from engine.reviewing.diff.common_files import common_files_diff
from tests.agreement.compare import as_bytes
from tests.agreement.draw import Seeded
from tests.agreement.generator import World, world

KINDS = ("organisation", "person", "park")


def edited(catalogue: Mapping[str, Any], draw: random.Random) -> dict[str, Any]:
    """The catalogue that takes more or less of one category or attribute."""
    other = copy.deepcopy(dict(catalogue))
    records = [name for name, category in other["categories"].items() if not category.get("derived")]
    category = other["categories"][draw.choice(records)]
    fields = category.get("fields") or {}
    match draw.choice(("optional", "kinds", "new", "bound", "attribute", "field")):
        case "optional" if fields:
            field = fields[draw.choice(list(fields))]
            field["optional"] = not field.get("optional", False)
        case "bound" if numbers := [field for field in fields.values() if field["type"] in ("number", "integer")]:
            draw.choice(numbers)["at_most"] = draw.randint(0, 50)
        case "field":
            category["fields"] = {**fields, "added_field": {"title": "添", "type": "text"}}
        case "attribute" if other.get("attributes"):
            other["attributes"][draw.choice(list(other["attributes"]))]["kinds"] = [draw.choice(KINDS)]
        case "new":
            other["categories"]["added_thing"] = {**category, "title": "添", "fields": {}}
        case _:
            category["kinds"] = draw.sample(KINDS, draw.randint(1, 2))
    return other


Results = dict[tuple[str, tuple[str, str]], object]


def outcomes(read: Read, documents: Sequence[Any], as_of: int) -> Results:
    """By subject and model, of those whom the catalogue takes."""
    known = {policy.id for policy in read.library.policies}
    subjects = []
    for document in documents:
        try:
            subjects.append(read_subject(read_json(as_bytes(document), "subject"), read.library.catalogue, known))
        except SubjectError:
            continue
    results = evaluate_all(plan(read.library, as_of), subjects, reasoning=False)
    return {(subject, name): _came(outcome) for (subject, name), outcome in results.items() if name[0] in known}


def _came(outcome: Outcome) -> object:
    if isinstance(outcome, Evaluation):
        return outcome.score, outcome.level, outcome.grade, set(outcome.vetoes), set(outcome.measures)
    return type(outcome).__name__


def read_with(drawn: World, catalogue: Any) -> Read | None:
    policies = tuple((f"{policy['policy']}-{policy['version']}.yaml", as_bytes(policy)) for policy in drawn.policies)
    common = {**drawn.common, "catalogue": catalogue}
    try:
        return read_library(Files(policies, tuple((f"{name}.yaml", as_bytes(tree)) for name, tree in common.items())))
    except PolicyError:
        return None


def with_added(document: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """A subject that now and then has a record of what may be added."""
    if draw.random() < 0.7:
        return document
    record = {"id": "added-1", "category": "added_thing", "date": "2024-01-01"}
    return {**document, "records": [*document.get("records", []), record]}


def touched(seed: int) -> int:
    """How many edits touch anybody; each of those is told with all policies that it touches."""
    drawn = world(Seeded(f"refused {seed}"), subjects=20)
    draw = random.Random(seed)
    as_of = period.read_day(drawn.as_of) or 0
    documents = [with_added(subject, draw) for subject in drawn.subjects]
    differing = 0
    for _ in range(12):
        two = draw.sample((drawn.common["catalogue"], edited(drawn.common["catalogue"], draw)), 2)
        old, new = (read_with(drawn, side) for side in two)
        if old is None or new is None:
            continue
        before, after = (outcomes(side, documents, as_of) for side in (old, new))
        differ = {
            name[0]
            for subject, name in before.keys() | after.keys()
            if before.get((subject, name)) != after.get((subject, name))
        }
        concerned = {policy.policy for change in common_files_diff(old, new, []) for policy in change.concerned if change.takes}
        assert differ <= concerned, (seed, differ - concerned)
        differing += bool(differ)
    return differing


@pytest.mark.parametrize("seeds", [range(1), pytest.param(range(100, 200), marks=pytest.mark.long)], ids=["few", "many"])
def test_concerned(seeds: range) -> None:
    assert sum(map(touched, seeds)) > len(seeds)
