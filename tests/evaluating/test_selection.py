"""Which records count, held to definitions that are written otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings, strategies

from engine.model.digest import canonical
from engine.model.period import OwnPeriod, Window, is_shorter
from engine.model.policy import FromRecords
from tests.agreement.compare import evaluate, read_world
from tests.agreement.generator import World

Tree = dict[str, Any]

days = strategies.dates(date(2019, 12, 25), date(2025, 1, 5))
lengths = strategies.sampled_from((1, 2, 3, 6, 11, 12, 24))


def boundaries(since: date, months: int) -> list[date]:
    """The first days of a subject's periods: the same day of the month so many months on, or the last day of that month."""
    first_days: list[date] = []
    for number in count():
        index = since.year * 12 + since.month - 1 + number * months
        if index // 12 > 2031:
            return first_days
        following = date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)
        first_days.append(following.replace(day=min(since.day, following.day)))
    raise AssertionError


def period_of(since: date, months: int, back: int, day: date) -> tuple[date, date] | None:
    """By looking through all of them."""
    begun = [first for first in boundaries(since, months) if first <= day]
    ends = [first - timedelta(days=1) for first in boundaries(since, months)[1:]]
    return (begun[-1 - back], ends[len(begun) - 1 - back]) if len(begun) > back else None


@given(days, lengths, strategies.integers(0, 1), days)
def test_own_period(since: date, months: int, back: int, day: date) -> None:
    """First and last day, and none before there is one."""
    found = OwnPeriod(months, "since", back).days(since.toordinal(), day.toordinal())
    expected = period_of(since, months, back, day)
    assert found == (None if expected is None else (expected[0].toordinal(), expected[1].toordinal()))


@settings(max_examples=40, deadline=None)
@given(days, lengths, strategies.integers(0, 1), strategies.integers(-40, 800))
def test_own_period_holds_a_record(since: date, months: int, back: int, later: int) -> None:
    """A record is inside from the first to the last day of its span, day by day, and never before it is dated."""
    own, record = OwnPeriod(months, "since", back), since + timedelta(days=later)
    inside = [
        day
        for ahead in range(2200)
        if (looked := own.days(since.toordinal(), day := record.toordinal() + ahead)) is not None
        and looked[0] <= record.toordinal() <= looked[1]
    ]
    span = own.span(since.toordinal(), record.toordinal())
    assert (span is None) == (record < since)
    assert inside == ([] if span is None else list(range(span[0], span[1] + 1)))
    assert own.begins(since.toordinal()) == boundaries(since, months)[back].toordinal()


@pytest.mark.parametrize(
    ("window", "other", "shorter"),
    [
        (Window(28, "days"), Window(1, "months"), False), (Window(27, "days"), Window(1, "months"), True),
        (Window(1, "months"), Window(31, "days"), False), (Window(1, "months"), Window(32, "days"), True),
        (Window(364, "days"), Window(12, "months"), True), (Window(365, "days"), Window(12, "months"), False),
        (Window(12, "months"), Window(366, "days"), False), (Window(12, "months"), Window(367, "days"), True),
        (Window(3, "months"), Window(3, "months"), False), (Window(2, "months"), Window(3, "months"), True),
    ],
)  # fmt: skip
def test_shorter(window: Window, other: Window, shorter: bool) -> None:
    """On every day of four years, of which none is an exception to the leap years."""
    every_day = range(date(2024, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
    assert is_shorter(window, other) is shorter
    assert all(window.floor(day) > other.floor(day) for day in every_day) is shorter


FIELDS = {
    "matter": {"title": "事项", "type": "text", "optional": True},
    "fine": {"title": "罚款", "type": "number", "optional": True},
    "serious": {"title": "严重", "type": "boolean"},
}


def facts_of(subject: Tree, as_of: str, **facts: Tree) -> dict[str, object]:
    """What facts come to for a subject of a model that has these facts alone."""
    common: dict[str, Tree] = {
        "catalogue": {
            "categories": {"penalty": {"title": "处罚", "kinds": ["organisation"], "fields": FIELDS}},
            "attributes": {"licensed": {"title": "领证日期", "type": "date", "kinds": ["organisation"]}},
        },
        "scales": {"scales": {"plain": {"levels": [{"level": "A", "grade": "优", "otherwise": True}]}}},
        "measures": {"items": {}},
    }
    model = {
        "title": "模型",
        "kind": "organisation",
        "facts": {name: {"title": "事实", **tree} for name, tree in facts.items()},
    }
    policy = {
        "policy": "shops", "title": "政策", "version": "1", "status": "draft", "authority": "单位",
        "effective": {"from": "2000-01-01"}, "scale": "plain", "models": {"shop": model},
    }  # fmt: skip
    document = {"id": "s", "kind": "organisation", "model": "shops/shop", **subject}
    outcome: Any = evaluate(*read_world(World(common, [policy], [document], as_of)))["s", ("shops", "shop")]
    return dict(outcome.facts)


def records_at_random(draw: Random) -> list[Tree]:
    """Many of one day, some repaired, revoked, to come or ended."""
    records = []
    for number in range(draw.randint(0, 9)):
        day = date(2025, draw.choice((5, 6)), draw.choice((1, 29, 30)))
        record: Tree = {"id": f"{draw.choice('rR甲')}{number}", "category": "penalty", "date": day.isoformat()}
        record["fields"] = {"serious": draw.random() < 0.5}
        if draw.random() < 0.7:
            record["fields"]["matter"] = draw.choice("abc")
        if draw.random() < 0.8:
            record["fields"]["fine"] = draw.choice((-2, 0, 1, 5))
        status = draw.choice(("valid", "valid", "disputed", "revoked", "repaired"))
        record["status"] = status
        if status == "repaired":
            record["repaired_on"] = draw.choice(("2025-06-30", "2025-07-01"))
        if draw.random() < 0.2:
            record["until"] = "2025-06-30"
        records.append(record)
    return records


def valid_on(record: Tree, as_of: str) -> bool:
    if record["date"] > as_of or record.get("until", as_of) < as_of or record["status"] == "revoked":
        return False
    return not (record["status"] == "repaired" and record["repaired_on"] <= as_of)


@pytest.mark.parametrize("seed", range(40))
def test_order_of_the_steps(seed: int) -> None:
    """Status and date, window, the newest, the filter, once; each by counting what is ahead, not by sorting."""
    draw = Random(f"selection {seed}")
    records, as_of, newest = records_at_random(draw), "2025-06-30", draw.randint(1, 4)
    inside = [record for record in records if valid_on(record, as_of) and "2025-05-30" < record["date"] <= "2025-06-29"]
    ahead = {
        record["id"]: sum((other["date"], other["id"]) > (record["date"], record["id"]) for other in inside)
        for record in inside
    }
    recent = [record for record in inside if ahead[record["id"]] < newest]
    chosen = [record["fields"] for record in recent if record["fields"]["serious"]]
    named = {fields["matter"] for fields in chosen if "matter" in fields}
    without = [fields for fields in chosen if "matter" not in fields]
    greatest = [
        max((fields["fine"] for fields in chosen if fields.get("matter") == matter and "fine" in fields), default=0)
        for matter in named
    ]
    source = {"within": "1 month", "before": "1 day", "newest": newest, "where": {"serious": {"is": True}}}
    facts = facts_of(
        {"records": records},
        as_of,
        number={"count": "penalty", **source},
        once={"count": "penalty", **source, "once_per": "matter"},
        most={"sum": "penalty.fine", **source, "once_per": "matter"},
        unfined={"count": "penalty", **source, "where": {"serious": {"is": True}, "fine": {"given": False}}},
    )
    assert facts == {
        "number": 10_000 * len(chosen),
        "once": 10_000 * (len(named) + len(without)),
        "most": 10_000 * (sum(greatest) + sum(fields.get("fine", 0) for fields in without)),
        "unfined": 10_000 * sum("fine" not in fields for fields in chosen),
    }


def test_not_collected_and_without_a_period() -> None:
    """A subject without the date has no number, whether it has records or not."""
    record = {"id": "r", "category": "penalty", "date": "2025-06-01", "fields": {"serious": True}}
    own = {"count": "penalty", "during": {"years": 1, "from": "licensed"}, "if_missing": 7}
    for records, attributes, expected in (
        ([], {}, 7), ([record], {}, 7), ([], {"licensed": "2025-07-01"}, 7), ([], {"licensed": "2025-06-30"}, 0),
        ([record], {"licensed": "2025-06-01"}, 1), ([record], {"licensed": "2025-06-02"}, 0),
    ):  # fmt: skip
        subject = {"records": records, "attributes": attributes}
        assert facts_of(subject, "2025-06-30", own=own) == {"own": 10_000 * expected}


def test_digest_without_the_words() -> None:
    """What does not use them has the digest that it had."""
    assert canonical(FromRecords("count", "penalty")) == ["FromRecords", "count", "penalty", None, None, None, None, False]
    assert canonical(FromRecords("count", "penalty", newest=2))[8:] == [["newest", 2]]  # type: ignore[index]
