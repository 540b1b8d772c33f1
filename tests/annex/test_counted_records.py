"""What an annex says of which records a fact counts."""

from __future__ import annotations

from typing import Any

import pytest

from engine.rendering.annex.fact_sources import fact_source
from engine.rendering.annex.labels import fact_names
from tests.agreement.compare import read_world
from tests.agreement.counted_worlds import small_world
from tests.agreement.draw import Seeded

OWN = {"years": 1, "from": "licensed"}


def sentence(fact: dict[str, Any]) -> str:
    """Of a fact about penalties, which have a matter (事项), a fine (罚款) and a source."""
    drawn = small_world(Seeded("annex"), 1)
    penalty = drawn.common["catalogue"]["categories"]["penalty"]
    penalty.pop("absent_means", None)
    penalty["fields"]["fine"]["optional"] = True
    drawn.common["catalogue"]["attributes"]["licensed"]["title"] = "领证日期"
    drawn.policies[0]["models"]["shop"]["facts"] = {"penalties": {"title": "处罚次数", **fact}}
    (policy,) = read_world(drawn)[0].policies
    (model,) = policy.models.values()
    return fact_source(model.facts["penalties"], policy, model, fact_names(policy, model))


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ({"count": "penalty", "before": "3 months"}, "距基准日已满3个月的“处罚”的记录数"),
        ({"count": "penalty", "within": "24 months", "before": "30 days"}, "近24个月内、距基准日已满30日的“处罚”的记录数"),
        ({"count": "penalty", "during": OWN, "if_missing": 0}, "自“领证日期”起每年为一期的本期内“处罚”的记录数；没有的按0次计"),
        (
            {"count": "penalty", "during": {"months": 18, "from": "licensed", "last": True}, "if_missing": "reject"},
            "自“领证日期”起每18个月为一期的上一期内“处罚”的记录数；没有的不予评价",
        ),
        (
            {"count": "penalty", "newest": 2, "where": {"serious": {"is": True}}},
            "截至基准日有效的“处罚”中最近2条（严重）的记录数",
        ),
        ({"count": "penalty", "once_per": "matter"}, "截至基准日有效的“处罚”的记录数，“事项”相同的计一次"),
        ({"sum": "penalty.fine", "once_per": "matter"}, "截至基准日有效的“处罚”的“罚款”合计，“事项”相同的取最大值"),
        (
            {"count": "penalty", "where": {"fine": {"given": True}, "source": {"given": False}}},
            "截至基准日有效的“处罚”（罚款有记载，且来源无记载）的记录数",
        ),
    ],
)
def test_sentence(fact: dict[str, Any], text: str) -> None:
    assert sentence(fact) == text
