"""The evaluators agree on the newest of records of one day, whose ids are in any script or those of this run's own results."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.period import read_day
from engine.reading.subject import read_subject
from tests.agreement.compare import disagreements
from tests.agreement.many import beside_many
from tests.agreement.test_limits import library, policy

Tree = dict[str, Any]

IDS = (("example/shop",), ("a", "example/shop"), ("z", "例"), ("\N{FULLWIDTH TILDE}", "\N{GRINNING FACE}"), ("a", "a b", "ab"))
"""Of which the last by code points counts; those of the second to last are the other way round in UTF-16."""


def _rating(name: str, day: str, score: int) -> Tree:
    fields = {"policy": "other", "model": "m", "score": score, "level": "A", "grade": "优", "vetoed": False, "weight": 1}
    return {"id": name, "category": "industry_evaluation", "date": day, "fields": fields}


@pytest.mark.parametrize("day", ["2025-12-30", "2025-12-31"])
def test_ids(day: str) -> None:
    """A delivered rating may have the very id that a result of this run has."""
    tree = policy({})
    tree["models"]["shop"]["feeds"] = "industry_evaluation"
    facts: Tree = {
        "latest": {"latest": "industry_evaluation.score", "if_missing": -1},
        "newest": {"sum": "industry_evaluation.score", "newest": 1},
        "two": {"sum": "industry_evaluation.score", "newest": 2},
        "both": {"latest": "industry_evaluation.score", "newest": 2, "if_missing": -1},
    }
    facts = {name: {"title": name, **fact} for name, fact in facts.items()}
    tree["models"]["whole"] = {"title": "综合", "kind": "organisation", "facts": facts}
    read = library(tree)
    trees: list[Any] = [
        {
            "id": f"s{number}",
            "kind": "organisation",
            "model": ["example/shop", "example/whole"],
            "records": [_rating(name, day, at) for at, name in enumerate(ids)],
        }
        for number, ids in enumerate(IDS)
    ]
    subjects = [read_subject(subject, read.catalogue, {"example"}) for subject in trees]
    as_of = read_day("2025-12-31") or 0
    assert disagreements(read, subjects, as_of)[1] == []
    assert beside_many(read, subjects, as_of) == []
