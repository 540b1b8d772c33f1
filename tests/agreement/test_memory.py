"""An evaluation that takes what sources found from another one's memory gives what one from nothing gives."""

from __future__ import annotations

import random

import ibis
import pytest
from msgspec.structs import replace

from engine.evaluating.arrays import facts
from engine.evaluating.arrays.columns_read import columns_read, together
from engine.evaluating.arrays.evaluate import evaluate, plan
from engine.evaluating.arrays.memory import Memory
from engine.model.batch import Batch
from engine.model.library import Library
from engine.model.number import ONE
from engine.model.policy import Model
from engine.model.subject import Subject
from engine.reading.tables.batches import read_batch
from engine.reading.tables.documents import from_subjects
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.agreement.many import rows_of


def batch_of(subjects: list[Subject], *libraries: Library, as_of: int) -> Batch:
    read = [columns_read(plan(library, as_of)) for library in libraries]
    columns = together(read)
    tables = from_subjects(subjects, libraries[0].catalogue, ibis.duckdb.connect(threads=1))
    return read_batch(tables, libraries[0].catalogue, columns)


def rows(library: Library, batch: Batch, as_of: int, memory: Memory | None) -> dict[object, object]:
    return {
        key: row
        for result in evaluate(plan(library, as_of), batch, memory).values()
        for key, row in rows_of(result, batch).items()
    }


def changed(draw: random.Random, model: Model, names: list[str]) -> Model:
    """A model with something else in it: points, thresholds, facts that change places, vetoes, alerts and measures that go."""
    facts_now = dict(model.facts)
    if draw.random() < 0.5 and len(facts_now) > 1:
        one, other = draw.sample(sorted(facts_now), 2)
        if (
            type(facts_now[one].source) is type(facts_now[other].source)
            and facts_now[one].if_missing == facts_now[other].if_missing
        ):
            facts_now[one], facts_now[other] = (
                replace(facts_now[one], source=facts_now[other].source),
                replace(facts_now[other], source=facts_now[one].source),
            )
    dimensions = tuple(
        replace(
            dimension, indicators=tuple(replace(each, points=each.points + ONE * draw.randrange(3)) for each in dimension.indicators)
        )
        for dimension in model.dimensions
    )  # fmt: skip
    return replace(
        model, facts=facts_now, dimensions=dimensions, vetoes=model.vetoes[: draw.randrange(len(model.vetoes) + 1)],
        measures=model.measures[draw.randrange(len(model.measures) + 1) :],
    )  # fmt: skip


def another(draw: random.Random, library: Library) -> Library:
    return replace(
        library,
        policies=tuple(
            replace(
                policy,
                models={name: changed(draw, model, list(policy.models)) if draw.random() < 0.7 else model for name, model in policy.models.items()},
            )
            for policy in library.policies
        ),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_changes(seed: int) -> None:
    """Random changes of random policies, one after another over one memory, members and results read among them."""
    library, subjects, as_of = read_world(world(Seeded(seed)))
    draw = random.Random(seed)
    versions = [library, another(draw, library), another(draw, library)]
    batch = batch_of(subjects, *versions, as_of=as_of)
    memory = Memory(batch, as_of)
    for version in (*versions, library):
        assert rows(version, batch, as_of, memory) == rows(version, batch, as_of, None)


def test_other_worlds_of_one_catalogue() -> None:
    """Another day or batch has a memory of its own."""
    library, subjects, as_of = read_world(world(Seeded(3)))
    batch = batch_of(subjects, library, as_of=as_of)
    with pytest.raises(ValueError, match="another batch or day"):
        evaluate(plan(library, as_of), batch, Memory(batch, as_of + 1))
    with pytest.raises(ValueError, match="another batch or day"):
        evaluate(plan(library, as_of), batch, Memory(replace(batch, kinds=batch.kinds), as_of))


def test_nothing_is_sought_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of points no records are counted but results of this run."""
    library, subjects, as_of = read_world(world(Seeded(5)))
    batch = batch_of(subjects, library, as_of=as_of)
    memory = Memory(batch, as_of)
    first = rows(library, batch, as_of, memory)
    sought: list[object] = []
    from_records = facts.from_records

    def counting(run: object, source: object) -> object:
        sought.append(source)
        return from_records(run, source)  # type: ignore[arg-type]

    monkeypatch.setattr(facts, "from_records", counting)
    assert rows(library, batch, as_of, memory) == first
    categories = {category.id for policy in library.policies for category in policy.categories.values() if category.derived}
    assert {source.category for source in sought} <= categories  # type: ignore[attr-defined]
