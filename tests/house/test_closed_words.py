"""Every union and vocabulary of the model is closed: who has not learned a new member is named, by mypy or here."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import pytest

import engine
from engine.model.case import TargetKind
from engine.model.catalogue import FieldType, SubjectKind
from engine.model.change import ChangeKind
from engine.model.comparison import Verdict
from engine.model.condition import Operator
from engine.model.course import Event
from engine.model.direction import Direction
from engine.model.expectation import ExpectKey
from engine.model.impact import MeasureContent
from engine.model.mutation import MutantKind
from engine.model.policy import (
    Aggregate,
    AlertSeverity,
    AttributeReading,
    CommonFile,
    Effort,
    FactDirection,
    Matter,
    MeasureKind,
    PolicyStatus,
)  # fmt: skip
from engine.model.problem import Severity
from engine.model.proof import Answer, Aspect, PairClaim
from engine.model.subject import RecordStatus
from engine.reading.facts import ON_FACTS, SOURCES
from engine.reading.points import FORMS
from tests.house.closed_words import WORDS, files_that_must_know
from tests.house.test_house import ROOT

MUST_KNOW: Mapping[str, tuple[str, ...]] = {
    "Form": (
        "engine/model/scoring.py",
        "engine/evaluating/points.py",
        "engine/evaluating/generated/points.py",
        "engine/evaluating/symbolic/points.py",
        "engine/rendering/annex/points.py",
        "engine/rendering/changes/form_text.py",
    ),
    "Source": (
        "engine/model/policy.py",
        "engine/model/fact_range.py",
        "engine/evaluating/facts.py",
        "engine/evaluating/arrays/facts.py",
        "engine/evaluating/generated/facts.py",
        "engine/evaluating/symbolic/facts.py",
        "engine/rendering/annex/fact_sources.py",
        "engine/rendering/annex/labels.py",
        "engine/rendering/changes/value_text.py",
    ),
    "Condition": (
        "engine/model/condition.py",
        "engine/evaluating/conditions.py",
        "engine/evaluating/reasons.py",
        "engine/evaluating/rules.py",
        "engine/evaluating/arrays/conditions.py",
        "engine/evaluating/generated/conditions.py",
        "engine/evaluating/generated/words.py",
        "engine/evaluating/symbolic/conditions.py",
        "engine/rendering/condition_text.py",
        "engine/advising/uncounted.py",
        "engine/authoring/lint/title_number.py",
        "engine/authoring/mutation/conditions.py",
        "engine/reviewing/diff/condition_relation.py",
        "engine/reviewing/diff/result_monotonicity.py",
        "engine/reviewing/proof/readers.py",
    ),
    "TimeSpan": (
        "engine/evaluating/selection.py",
        "engine/evaluating/arrays/selection.py",
        "engine/evaluating/generated/records.py",
        "engine/evaluating/symbolic/records.py",
        "engine/rendering/annex/fact_sources.py",
        "engine/rendering/explanation/obstacles.py",
        "engine/rendering/explanation/records.py",
        "engine/advising/events.py",
        "engine/advising/uncounted.py",
        "engine/authoring/mutation/facts.py",
        "engine/authoring/lint/window_beyond_publicity.py",
        "engine/reviewing/proportion/examined.py",
        "engine/reviewing/proportion/influence.py",
    ),
    "Aggregate": (
        "engine/model/fact_range.py",
        "engine/evaluating/facts.py",
        "engine/evaluating/arrays/aggregates.py",
        "engine/evaluating/generated/records.py",
        "engine/evaluating/symbolic/approximated.py",
        "engine/evaluating/symbolic/facts.py",
        "engine/advising/steps.py",
    ),
    "AttributeReading": (
        "engine/evaluating/facts.py",
        "engine/evaluating/arrays/facts.py",
        "engine/evaluating/generated/facts.py",
        "engine/evaluating/symbolic/facts.py",
    ),
    "Operator": (
        "engine/model/fact_range.py",
        "engine/evaluating/conditions.py",
        "engine/evaluating/generated/conditions.py",
        "engine/evaluating/arrays/conditions.py",
        "engine/evaluating/symbolic/conditions.py",
    ),
    "AlternativeKind": (
        "engine/evaluating/coverage_targets.py",
        "engine/reviewing/diff/forms.py",
        "engine/reviewing/diff/result_monotonicity.py",
        "engine/reviewing/proof/targets.py",
    ),
    "FieldType": (
        "engine/model/example_records.py",
        "engine/reading/facts.py",
        "engine/reading/tables/batches.py",
        "engine/rendering/workbook_template.py",
        "engine/advising/steps.py",
    ),
    "MeasureKind": ("engine/reviewing/diff/result_monotonicity.py",),
    "Direction": ("engine/reviewing/diff/model_pair.py",),
    "Answer": ("engine/rendering/proofs.py",),
}
"""By union or vocabulary the files that mypy names where it has one member more."""

READING: Mapping[str, tuple[str, ...]] = {
    "Form": ("schema/policy.schema.json", "engine/reading/points.py"),
    "Source": ("schema/policy.schema.json", "engine/reading/facts.py"),
}
"""Where a member is described and read, of which no type tells, for what is written has none."""

MOST: Mapping[str, int] = {"Form": 8, "Source": 11}
"""So many files a new scoring form, or a new source of facts, may touch outside of tests and docs."""

ENUMS: tuple[tuple[str, str, Any], ...] = (
    ("policy", "properties/status", PolicyStatus),
    ("policy", "$defs/model/properties/kind", SubjectKind),
    ("policy", "$defs/fact/properties/direction", FactDirection),
    ("policy", "$defs/fact/properties/effort", Effort),
    ("policy", "$defs/measure/properties/kind", MeasureKind),
    ("policy", "$defs/measure/properties/matter", Matter),
    ("policy", "$defs/alert/properties/severity", AlertSeverity),
    ("policy", "properties/revisions/items/properties/intent", Direction),
    ("catalogue", "$defs/field/properties/type", FieldType),
    ("subject", "$defs/record/properties/status", RecordStatus),
    ("check", "$defs/problem/properties/severity", Severity),
    ("check", "$defs/proof/properties/answer", Answer),
    ("course", "$defs/cause/properties/what", Event),
    ("diff", "$defs/proof/properties/claim", PairClaim),
    ("diff", "$defs/proof/properties/about", Aspect),
    ("diff", "$defs/verdict", Verdict),
    ("diff", "$defs/declaration/properties/file", CommonFile),
    ("diff", "$defs/change/properties/how", ChangeKind),
    ("diff", "$defs/model/properties/altered/additionalProperties/properties/what/items", MeasureContent),
    ("test", "$defs/case/properties/differences/items/properties/kind", ExpectKey),
    ("test", "$defs/coverage/properties/unreached/items/properties/kind", TargetKind),
    ("test", "$defs/mutation/properties/unnoticed/items/properties/kind", MutantKind),
    ("test", "$defs/mutation/properties/unnoticed/items/properties/case/properties/when/properties/operator", Operator),
)
"""The vocabularies that schemas list, and where."""

PARTIAL = {
    "engine.authoring.lint.unreachable_band._OPPOSITE",  # of bounds
    "engine.authoring.mutation.points._NEXT",  # of bounds
    "engine.evaluating.rules._MIRRORED",  # of bounds
    "engine.evaluating.rules._OPPOSITE",  # of what facts are asked; `given` is asked of records
    "engine.model.change.COMMON",  # what differs in common files
    "engine.reviewing.diff.conditional_elements._CAME",  # what holds under a condition
    "engine.reviewing.diff.intent.CLAIMS",  # of what may go either way nothing is claimed
    "engine.rendering.condition_text.SIGNS",  # the others are said in words
    "engine.reviewing.diff.result_monotonicity._REVERSED",  # the others stay what they are
}
"""Tables by the words of a vocabulary that are meant to have only some of them."""


@pytest.mark.long
def test_mypy_names_who_must_know(tmp_path: Path) -> None:
    """A member more in each union, in a copy of the tree, and mypy names every file that has to learn it."""
    named = files_that_must_know(WORDS, tmp_path)
    assert {word: sorted(files) for word, files in named.items()} == {word: sorted(MUST_KNOW[word]) for word in named}


@pytest.mark.parametrize("word", MOST)
def test_few_must_know(word: str) -> None:
    """A form or a source is said in few places; the rest walks the normal form, or asks the model what a source reads."""
    assert len({*MUST_KNOW[word], *READING[word]}) <= MOST[word]


@pytest.mark.parametrize(("schema", "path", "vocabulary"), ENUMS, ids=[f"{name} {path}" for name, path, _ in ENUMS])
def test_schemas_list_the_same_words(schema: str, path: str, vocabulary: Any) -> None:
    """What is checked from outside is what the types know, in the same number."""
    node = json.loads((ROOT / "schema" / f"{schema}.schema.json").read_text(encoding="utf-8"))
    for step in path.split("/"):
        node = node[step]
    assert set(node["enum"]) == set(get_args(vocabulary))


def test_sources_are_read() -> None:
    """Each aggregate and each way of reading an attribute has its key, and each form."""
    assert {*get_args(Aggregate), *get_args(AttributeReading), *ON_FACTS, "members"} == set(SOURCES)
    defined = json.loads((ROOT / "schema" / "policy.schema.json").read_text(encoding="utf-8"))["$defs"]
    assert set(SOURCES) <= set(defined["fact"]["properties"])
    assert set(FORMS) <= set(defined["indicator"]["properties"])


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(engine.__path__, "engine."):
        if found.name != "engine.__main__":
            yield importlib.import_module(found.name)


def test_tables_have_every_word() -> None:
    """A table by the words of a vocabulary has all of them, for mypy does not look into tables."""
    lacking = set()
    for module in _modules():
        for name, annotation in getattr(module, "__annotations__", {}).items():
            if annotation.startswith(("Mapping[", "dict[")):
                words = get_args(eval(annotation, vars(module)))[0]
                if get_origin(words) is Literal and set(get_args(words)) != set(getattr(module, name)):
                    lacking.add(f"{module.__name__}.{name}")
    assert lacking == PARTIAL
