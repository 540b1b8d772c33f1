"""Who reads the results of a model, itself or through others, and who names a policy or model that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.model.catalogue import PREVIOUS
from engine.model.change import MissingReference, PolicyDiff, Reader
from engine.model.condition import Comparison, tests
from engine.model.library import Name, dependencies, named_at_top
from engine.model.policy import Fact, FromRecords, Policy, record_conditions

Reads = Mapping[Name, frozenset[Name]]
"""For each model in force on a day whose results it reads itself."""


class ReaderSearch:
    """What is read on each day on either side, found once."""

    def __init__(self, old: Sequence[Policy], new: Sequence[Policy]) -> None:
        self.sides = (old, new)
        self.found: dict[tuple[int, int], Reads] = {}

    def reads(self, side: int, day: int) -> Reads:
        """On the old side (0) or the new one (1)."""
        if (side, day) not in self.found:
            force = {policy.id: policy for policy in self.sides[side] if policy.in_force(day)}
            self.found[side, day] = {
                (policy.id, model.id): frozenset(name for names in dependencies(force, model).values() for name in names)
                for policy in force.values()
                for model in policy.models.values()
            }
        return self.found[side, day]

    def title(self, name: Name) -> str:
        """Of a model, the new one's where both sides have it."""
        for side in reversed(self.sides):
            for policy in side:
                if policy.id == name[0] and name[1] in policy.models:
                    return f"{policy.title} {policy.models[name[1]].title}"
        return "/".join(name)


def readers(changed: PolicyDiff, seen: ReaderSearch) -> Mapping[str, tuple[Reader, ...]]:
    """For each model that a pair of versions has, who reads its results on any day on which one of these is in force.

    What is read on the days on which the readers' versions change is looked at too: the first of the days, and each on which
    any policy begins.
    """
    by_model: dict[str, tuple[Reader, ...]] = {}
    looked = [
        (side, day) for side, version in enumerate((changed.old, changed.new)) for day in _days(version, seen.sides[side])
    ]
    was = {str(change.new): str(change.old) for change in changed.changes if (change.what, change.how) == ("model", "renamed")}
    models = {name: True for version in (changed.new, changed.old) if version for name in version.models}
    for name in models:
        direct: set[Name] = set()
        through: set[Name] = set()
        for side, day in looked:
            version = (changed.old, changed.new)[side]
            assert version is not None
            reads = seen.reads(side, day)
            ours = (version.id, name if side else was.get(name, name))
            mine = {reader for reader, read in reads.items() if ours in read}
            direct |= mine
            through |= _through(reads, mine)
        names = [*sorted(direct), *sorted(through - direct)]
        if names:
            by_model[name] = tuple(
                Reader(name_of_reader, seen.title(name_of_reader), name_of_reader in direct) for name_of_reader in names
            )
    return by_model


def _days(version: Policy | None, side: Iterable[Policy]) -> list[int]:
    if version is None:
        return []
    begin = (policy.effective_from for policy in side if version.in_force(policy.effective_from))
    return sorted({version.effective_from, *begin})


def _through(reads: Reads, names: set[Name]) -> set[Name]:
    """Who reads these, and who reads those, and so on."""
    reached: set[Name] = set()
    wave = names
    while wave:
        wave = {reader for reader, read in reads.items() if read & wave} - reached
        reached |= wave
    return reached


def missing_references(old: Sequence[Policy], new: Sequence[Policy]) -> tuple[MissingReference, ...]:
    """Each fact of the new side that names a policy, or a model of one, which the old side had and the new one has not."""
    missing = {}
    was, now = _models(old), _models(new)
    for policy in new:
        for model in policy.models.values():
            for fact in model.facts.values():
                for named, its in _named(policy, fact, was):
                    if (named not in now and its is None) or (named in now and its is not None and its not in now[named]):
                        reference = MissingReference(
                            (policy.id, model.id), f"{policy.title} {model.title}", fact.title, named, its
                        )
                        missing[reference] = True
    return tuple(missing)


def _models(policies: Iterable[Policy]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for policy in policies:
        names.setdefault(policy.id, set()).update(policy.models)
    return names


def _named(policy: Policy, fact: Fact, known: Mapping[str, set[str]]) -> Iterator[tuple[str, str | None]]:
    """The policies, and the models of them, that a fact names and that there were."""
    source = fact.source
    if not isinstance(source, FromRecords) or source.category == PREVIOUS:
        return
    compared = [test for condition in record_conditions(source) for test in tests(condition)]
    category = policy.categories.get(source.category)
    if category is None or not category.derived:
        return
    policies = [name for test in compared for name in _texts(test, "policy") if name in known]
    for name in policies:
        yield name, None
    for name in policies or [policy for policy in known if named_at_top(source.where, "policy", policy)]:
        for test in compared:
            yield from ((name, model) for model in _texts(test, "model") if model in known[name])


def _texts(test: Comparison, field: str) -> tuple[str, ...]:
    if test.name != field or test.operator not in ("is", "one_of"):
        return ()
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return tuple(operand for operand in operands if isinstance(operand, str))


def references_to_missing(
    changed: PolicyDiff, missed: Iterable[MissingReference], all_changed: Sequence[PolicyDiff]
) -> tuple[MissingReference, ...]:
    """Those of the policy that a pair of versions is of, told with its first pair."""
    old = changed.old
    first = next(
        (
            difference
            for difference in all_changed
            if difference.old is not None and old is not None and difference.old.id == old.id
        ),
        None,
    )
    return tuple(missing for missing in missed if old is not None and first is changed and missing.policy == old.id)
