"""One model's results under both libraries side by side, a row a subject, in columns; and what is counted of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
from msgspec import Struct

from engine.evaluating.columnar.arithmetic import divide, literal, whole
from engine.evaluating.columnar.evaluate import EVALUATED
from engine.evaluating.columnar.parts import Part
from engine.model.impact import ABSENT, QUANTILES, REJECTED, UNGRADED
from engine.model.library import Name
from engine.model.number import ONE
from engine.model.scale import Scale
from engine.model.table import kept
from engine.reviewing.impact.moves import Pair

Table = Any
Column = Any

LISTS = ("vetoes", "measures")


class Results(Struct, frozen=True):
    """What came of one library: the parts of its run, and who was refused before (a table with a column `subject`)."""

    parts: tuple[Part, ...]
    refused: Table | None


def side_by_side(old: Results, new: Results, name: Name, scales: tuple[Scale, Scale], kind: str, connection: Any) -> Table:
    """A row for each subject that has a result on a side, computed once.

    Columns: subject, region, before and after (levels, or what stands in their place), score (the new one), gain
    (new less old, as of the new full points; null without two scores), known (neither side refused it, and both have it),
    differs, and for vetoes and measures the lists of what was gained and lost (`vetoes_gained` and so on).
    """
    left, right = (_rows(side, name, connection).rename(f"{which}_{{name}}") for which, side in (("old", old), ("new", new)))
    table = left.outer_join(right, left.old_subject == right.new_subject)
    subject = ibis.coalesce(table.old_subject, table.new_subject)
    table = table.mutate(subject=subject, region=region(subject, kind))
    table = _places(_places(table, "old", old.refused), "new", new.refused)
    scaled = _on_scale(table.old_score, *scales)
    lists: dict[str, Column] = {}
    for what in LISTS:
        was, now = (_filled(table[f"{side}_{what}"]) for side in ("old", "new"))
        lists |= {f"{what}_gained": _beyond(now, was), f"{what}_lost": _beyond(was, now)}
    table = table.select(
        "subject", "region",
        before=table.old_place, after=table.new_place, score=table.new_score, gain=table.new_score - scaled,
        known=~(table.old_refused | table.new_refused) & (table.old_place != ABSENT) & (table.new_place != ABSENT),
        regraded=~table.old_grade.identical_to(table.new_grade),
        **lists,
    )  # fmt: skip
    listed = [table[name].length() > 0 for name in lists]
    differs = (table.before != table.after) | table.regraded | (table.gain != 0).fill_null(False)
    for one in listed:
        differs = differs | one
    return kept(table.mutate(differs=differs).drop("regraded"))


def _rows(side: Results, name: Name, connection: Any) -> Table:
    """A model's rows on one side; those who name it where it does not run are rejected."""
    tables = []
    for part in side.parts:
        rows = connection.read_parquet(part.file)
        if part.policy is None:
            rows = rows.filter((rows.policy == name[0]) & (rows.model == name[1]))
        elif part.model is None or (part.policy.id, part.model.id) != name:
            continue
        score = whole((rows.score.cast("float64") * ONE).round())
        tables.append(rows.select("subject", "outcome", "level", "grade", *LISTS, score=score))
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def _places(table: Table, side: str, refused: Table | None) -> Table:
    """With what stands in the place of a level on a side, and whether the subject was refused there."""
    if refused is None:
        table = table.mutate(**{f"{side}_refused": ibis.literal(False)})
    else:
        marked = refused.select(**{f"{side}_marked": refused.subject}).distinct()
        table = table.left_join(marked, table.subject == marked[f"{side}_marked"])
        table = table.mutate(**{f"{side}_refused": table[f"{side}_marked"].notnull()})
    outcome = table[f"{side}_outcome"]
    place = ibis.cases(
        (outcome == EVALUATED, table[f"{side}_level"].fill_null(UNGRADED)),
        (outcome.notnull(), outcome),
        (table[f"{side}_refused"], REJECTED),
        else_=ABSENT,
    )
    return table.mutate(**{f"{side}_place": place})


def _on_scale(score: Column, old: Scale, new: Scale) -> Column:
    """An old score as it would be of the new scale's full points."""
    if old.full == new.full:
        return score
    return divide(score * literal(new.full), literal(old.full), old.full * new.full)


def _filled(column: Column) -> Column:
    """A list, empty where there is none; a literal list without elements has no type."""
    return ibis.coalesce(column, ibis.array([ibis.null("string")]).filter(lambda one: one.notnull()))


def _beyond(these: Column, those: Column) -> Column:
    """What one list has and another has not."""
    return ibis.ifelse(these == those, _filled(ibis.null("array<string>")), these.filter(lambda one: ~those.contains(one)))


def region(subject: Column, kind: str) -> Column:
    """The administrative division in an identifier: of a unified social credit code, or of a resident id; else empty."""
    if kind == "organisation":
        is_code = subject.re_search("^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$")
        return ibis.ifelse(is_code, subject[2:8], "")
    if kind == "person":
        return ibis.ifelse(subject.re_search("^[0-9]{17}[0-9X]$"), subject[0:6], "")
    return ibis.literal("")


# What is counted


def matrices(table: Table) -> dict[str, dict[Pair, int]]:
    """For each region, how many stand at each pair of places."""
    found: dict[str, dict[Pair, int]] = {}
    groups = table.group_by("region", "before", "after").aggregate(n=table.count())
    for where, before, after, count in _tuples(groups.order_by("region", "before", "after")):
        found.setdefault(where, {})[before, after] = count
    return found


def listed(table: Table, what: str) -> dict[str, tuple[int, int]]:
    """For each id in the lists, who gained it and who lost it."""
    gained, lost = (_ids(table, f"{what}_{how}") for how in ("gained", "lost"))
    return {name: (gained.get(name, 0), lost.get(name, 0)) for name in sorted({*gained, *lost})}


def _ids(table: Table, column: str) -> dict[str, int]:
    ids = table.filter(table[column].length() > 0).select(one=table[column].unnest())
    return dict(_tuples(ids.group_by("one").aggregate(n=ids.count())))


def quantiles(table: Table) -> tuple[int, ...]:
    """Of the score's changes, each one that somebody has; empty where nobody has two scores."""
    rows = table.filter(table.gain.notnull())
    groups = _tuples(rows.group_by("gain").aggregate(n=rows.count()).order_by("gain"))
    return of_counts(groups)


def of_counts(groups: list[tuple[int, int]]) -> tuple[int, ...]:
    """The quantiles of values in order, each with how many have it: the first that so many per cent do not exceed.

    >>> of_counts([(-5, 1), (0, 98), (7, 1)])
    (-5, -5, 0, 0, 0, 0, 0, 0, 7)
    """
    total = sum(count for _, count in groups)
    found: list[int] = []
    reached = 0
    for value, count in groups:
        reached += count
        while len(found) < len(QUANTILES) and reached * 100 >= max(QUANTILES[len(found)] * total, 1):
            found.append(value)
    return tuple(found)


def differing(table: Table) -> int:
    """How many have another result."""
    return int(table.filter(table.differs).count().to_pyarrow().as_py())


# Who is looked at


def nearest(table: Table, edges: Mapping[Pair, int | None], count: int) -> list[str]:
    """So many whose results differ and are both there: those that moved by how near their new score is to the edge, then
    others; ties by subject."""
    rows = table.filter(table.known & table.differs)
    moves = [{"before": before, "after": after, "edge": edge, "moved": True} for (before, after), edge in edges.items()]
    kinds = {"before": "string", "after": "string", "edge": "int64", "moved": "boolean"}
    rows = rows.left_join(ibis.memtable(moves, schema=kinds), ["before", "after"])
    rows = rows.select("subject", moved=rows.moved.fill_null(False), distance=(rows.score - rows.edge).abs())
    order = [ibis.desc("moved"), ibis.asc("distance", nulls_first=False), "subject"]
    return [subject for (subject,) in _tuples(rows.order_by(order).limit(count).select("subject"))]


def sample(table: Table, count: int) -> list[str]:
    """So many of those that stand elsewhere, or where nobody does whose scores differ, by a hash of the identifier."""
    rows = table.filter(table.known)
    for who in (rows.before != rows.after, (rows.gain != 0).fill_null(False)):
        chosen = rows.filter(who).select("subject")
        order = [chosen.subject.hexdigest("md5"), "subject"]
        found = [subject for (subject,) in _tuples(chosen.order_by(order).limit(count))]
        if found:
            return found
    return []


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
