"""What differs in the facts of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from engine.model.change import Change, ChangedPart
from engine.model.digest import canonical
from engine.model.direction import Direction
from engine.model.period import Window
from engine.model.policy import Fact, FromRecords, RejectMissing
from engine.model.problem import Path
from engine.reviewing.diff.fact_monotonicity import Growth, counts_up, growth
from engine.reviewing.diff.model_pair import ModelPair
from engine.reviewing.diff.result_monotonicity import ADVERSE, FAVOURABLE, NONE, result_tendency
from engine.reviewing.diff.tallies import tally_differences


def fact_changes(both: ModelPair) -> Iterator[Change]:
    for was, now in both.between.names.get(both.new.id, {}).items():
        old, new = both.old.facts[now], both.new.facts[now]
        yield both.moved("fact", ("facts", now), old, new, ("facts", was), "renamed", "text")
    for name, before, after in both.between.keyed(both.old.facts, both.new.facts):
        path = ("facts", name)
        if before is None or after is None:
            yield from both.element("fact", path, before, after, _of_rejecting(before, after))
            continue
        yield from both.part(after, "title", (*path, "title"), before.title, after.title, "text")
        yield from both.part(after, "direction", (*path, "direction"), before.direction, after.direction, "text")
        yield from both.part(after, "effort", (*path, "effort"), before.effort, after.effort, "text")
        yield from _source(both, before, after, path)
        same = canonical(before.source) == canonical(after.source)
        yield from both.part(
            after, "if_missing", (*path, "if_missing"), before.if_missing, after.if_missing,
            _if_missing(both, before, after) if same else "mixed",
        )  # fmt: skip


def _if_missing(both: ModelPair, old: Fact, new: Fact) -> Direction:
    """To be rejected is worse than any value."""
    direction = _of_rejecting(old, new)
    return _moves(both, new.id, growth(old, new, both.between, "if_missing")) if direction == "neutral" else direction


def _source(both: ModelPair, old: Fact, new: Fact, path: Path) -> Iterator[Change]:
    before, after = old.source, new.source
    if canonical(before) == canonical(after):
        return
    rejects = any(isinstance(fact.if_missing, RejectMissing) for fact in (old, new))
    parts: Mapping[str, ChangedPart] = {
        "kind": "fact", "window": "window", "before": "before", "newest": "newest", "where": "where", "once_per": "once_per",
        "include_repaired": "include",
    }  # fmt: skip
    if not (isinstance(before, FromRecords) and isinstance(after, FromRecords)) or any(
        getattr(before, name) != getattr(after, name) for name in ("kind", "category", "field", "weighted_by")
    ):
        yield from both.part(new, "fact", path, old, new, _moves(both, new.id, "mixed", rejects))
        return
    rejects = rejects and not (
        (after.kind == "tally" or counts_up(after, both.between)) and before.own_period == after.own_period
    )
    for name, what in parts.items():
        pair = getattr(before, name), getattr(after, name)
        changed = replace(old, source=replace(before, **{name: pair[1]}))
        key = {
            "window": "within" if isinstance(pair[1] or pair[0], Window) else "during",
            "include_repaired": "include",
        }.get(name, name)
        direction = _moves(both, new.id, growth(old, changed, both.between, name), rejects)
        yield from both.part(new, what, (*path, key), *pair, direction)
    if before.tally is not None and after.tally is not None:
        where = before.where if before.where == after.where else None  # or else, of all records
        for what, inside, was, now, tally in tally_differences(before.tally, after.tally):
            changed = replace(old, source=replace(before, where=where, tally=tally))
            direction = _moves(both, new.id, growth(old, changed, both.between, "tally"))
            yield from both.part(new, what, (*path, "first_of", *inside), was, now, direction)


def _moves(both: ModelPair, fact: str, grows: Growth, rejects: bool = False) -> Direction:
    """What it brings that a fact grows, falls or does either; whom it rejects may be others then."""
    if grows == "same" or rejects:
        return "neutral" if grows == "same" else "mixed"
    versions = zip((both.between.old, both.between.new), (both.old, both.new), both.helps, strict=True)
    tendencies = {result_tendency(policy, model, fact, helps) for policy, model, helps in versions} - {NONE}
    if not tendencies:
        return "neutral"
    if grows == "mixed" or len(tendencies) > 1 or not tendencies <= {ADVERSE, FAVOURABLE}:
        return "mixed"
    return "looser" if (tendencies == {FAVOURABLE}) == (grows == "grows") else "stricter"


def _of_rejecting(old: Fact | None, new: Fact | None) -> Direction:
    """What it brings that a fact rejects whom it rejected not, for that is worse than any result, or the other way round."""
    was, now = (fact is not None and isinstance(fact.if_missing, RejectMissing) for fact in (old, new))
    return "neutral" if was == now else "stricter" if now else "looser"
