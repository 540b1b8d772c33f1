"""The branches of a tally as an official writes them: rows of the standard, or what stands behind a fact."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.model.condition import Condition
from engine.model.number import ONE, shortest
from engine.model.policy import FromRecords, Model, Policy, Source, Tally
from engine.model.scoring import Each, Form
from engine.rendering.annex.labels import Names, field_names, phrase, title_stem, without_unit
from engine.rendering.annex.official import official


def tally_of(source: Source) -> Tally | None:
    """What a source gives each record, where it is a tally."""
    return source.tally if isinstance(source, FromRecords) else None


def told_by_record(form: Form, model: Model) -> tuple[str, ...]:
    """The tallies of a form whose points can be told record by record: nothing is cut off or rounded before they add up."""
    if not isinstance(form, Each) or form.beyond is not None or form.step is not None:
        return ()
    facts = ((name, amount, tally_of(model.facts[name].source)) for name, amount in form.points)
    return tuple(name for name, amount, tally in facts if tally and not any(amount * value % ONE for value in tally.values))


def record_rows(form: Form, full: int | None, policy: Policy, model: Model, names: Names) -> Iterator[tuple[str, list[str]]]:
    """For each tally of a form a line for each branch: （1）涉及人数≥10人的，每条扣10分; none that cannot be told so.

    `full` are the points of the indicator, None for an adjustment item.
    """
    if not isinstance(form, Each):
        return
    by_record = told_by_record(form, model)
    for name, amount in form.points:
        tally = tally_of(model.facts[name].source)
        if name in by_record and tally is not None:
            gives = [amount * value // ONE for value in tally.values]
            whose = official("tally-of-official", title=title_stem(names[name].title)) if len(form.points) > 1 else ""
            circumstances = _circumstances(model.facts[name].source, tally, policy, model)
            pairs = zip(circumstances, (_points(points, gives, full) for points in gives), strict=True)
            yield name, [whose + official("given", what=what, points=points) for what, points in pairs]


def _points(points: int, gives: list[int], full: int | None) -> str:
    """每条扣10分, 每条得3分; 每条加3分 and 不扣分 where others lose."""
    if points == 0:
        return official("tally-none-lost-official" if min(gives) < 0 else "points-none-official")
    how = "lost" if points < 0 else "got" if full is not None and min(gives) >= 0 else "added"
    return official("tally-each-official", points=official(f"points-{how}-official", points=shortest(abs(points))))


def values_phrase(source: FromRecords, tally: Tally, policy: Policy, model: Model) -> str:
    """What each record counts as: （1）涉及人数≥10人的，计10；其他的，计5."""
    pairs = zip(_circumstances(source, tally, policy, model), tally.values, strict=True)
    texts = [official("tally-value-official", what=what, value=shortest(value)) for what, value in pairs]
    return official("semicolon").join(texts)


def _circumstances(source: Source, tally: Tally, policy: Policy, model: Model) -> Iterator[str]:
    """What each branch is about, numbered, 其他的 at last; a lone one is about every record."""
    assert isinstance(source, FromRecords)
    for number, branch in enumerate(tally.branches, 1):
        condition = branch_phrase(branch.where, source, policy, model)
        yield official("branch-numbered-official", number=number, condition=condition)
    last = len(tally.branches) + 1
    yield official("tally-otherwise-official", number=last) if tally.branches else ""


def branch_phrase(where: Condition, source: FromRecords, policy: Policy, model: Model) -> str:
    """What a branch asks of a record."""
    return phrase(where, model, field_stems(policy, source.category))


def field_stems(policy: Policy, category: str) -> Names:
    """What the fields of a category are called beside numbers that have their units themselves."""
    fields = field_names(policy, category)
    return {name: replace(field, title=without_unit(field.title)) for name, field in fields.items()}
