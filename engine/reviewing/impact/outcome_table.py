"""One model's results under both libraries side by side, a row a subject, in columns; and what is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table

from engine.backends.materialized import materialized
from engine.backends.whole_numbers import divide, literal
from engine.evaluating.arrays.result_table import EVALUATED
from engine.model.impact import ABSENT, QUANTILES, REJECTED, UNGRADED, Burdens, ImpactDetails
from engine.model.library import Name
from engine.model.scale import Scale
from engine.reviewing.impact.measure_contents import MeasureContents
from engine.reviewing.impact.results import Results, beside
from engine.reviewing.impact.transitions import Pair, both_evaluated, move

LISTS = ("vetoes", "measures")


def side_by_side(
    old: Results,
    new: Results,
    name: Name,
    scales: tuple[Scale, Scale],
    kind: str,
    contents: MeasureContents,
    connection: Connection,
) -> Table:
    """A row for each subject that has a result on a side, computed once.

    Columns: subject, region, before and after (levels, or what stands in their place), score (the new one), gain
    (new less old, as of the new full points; null without two scores), read (neither side refused it), known (read, and both
    have it), differs, for vetoes and measures the lists of what was gained and lost (`vetoes_gained` and so on), altered
    (measures on both sides with another content), newly_restricted, disfavoured (an incentive is gone) and restricted (before).
    """
    table = beside(old, new, name, connection)
    subject = ibis.coalesce(table.old_subject, table.new_subject)
    table = table.mutate(subject=subject, region=region(subject, kind))
    table = _places(_places(table, "old", old.refused), "new", new.refused)
    scaled = _on_scale(table.old_score, *scales)
    lists: dict[str, Column] = {}
    for what in LISTS:
        was, now = (_filled(table[f"{side}_{what}"]) for side in ("old", "new"))
        lists |= {f"{what}_gained": _beyond(now, was), f"{what}_lost": _beyond(was, now)}
    read = ~(table.old_refused | table.new_refused)
    table = table.select(
        "subject", "region",
        before=table.old_place, after=table.new_place, score=table.new_score, gain=table.new_score - scaled,
        read=read, known=read & (table.old_place != ABSENT) & (table.new_place != ABSENT),
        regraded=~table.old_grade.identical_to(table.new_grade),
        **lists, **_held(_filled(table.old_measures), _filled(table.new_measures), contents),
    )  # fmt: skip
    list_counts = [table[name].length() > 0 for name in (*lists, "altered")]
    differs = (table.before != table.after) | table.regraded | (table.gain != 0).fill_null(False)
    for count in list_counts:
        differs = differs | count
    return materialized(table.mutate(differs=differs).drop("regraded"))


def _held(was: Column, now: Column, contents: MeasureContents) -> dict[str, Column]:
    """What is to be said of measures by what they are, and not by their ids alone."""
    both = _among(was, contents.altered).filter(lambda id_: now.contains(id_))
    burdened = _among(now, contents.restrictions[1]).filter(lambda id_: ~_among(was, contents.same_restrictions).contains(id_))
    favoured = _among(was, contents.incentives[0]).filter(lambda id_: ~_among(now, contents.same_incentives).contains(id_))
    return {
        "altered": both, "newly_restricted": burdened.length() > 0, "disfavoured": favoured.length() > 0,
        "restricted": _among(was, contents.restrictions[0]).length() > 0,
    }  # fmt: skip


def _among(column: Column, ids: Collection[str]) -> Column:
    """Those of a list that are among the ids."""
    if not ids:
        return _filled(ibis.null("array<string>"))
    return column.filter(lambda id_: id_.isin(sorted(ids)))


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
    return ibis.coalesce(column, ibis.array([ibis.null("string")]).filter(lambda id_: id_.notnull()))


def _beyond(these: Column, those: Column) -> Column:
    """What one list has and another has not."""
    return ibis.ifelse(these == those, _filled(ibis.null("array<string>")), these.filter(lambda id_: ~those.contains(id_)))


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
    by_region: dict[str, dict[Pair, int]] = {}
    groups = table.group_by("region", "before", "after").aggregate(n=table.count())
    for where, before, after, count in _tuples(groups.order_by("region", "before", "after")):
        by_region.setdefault(where, {})[before, after] = count
    return by_region


def list_counts(table: Table, what: str) -> dict[str, tuple[int, int]]:
    """For each id in the lists, who gained it and who lost it."""
    gained, lost = (_ids(table, f"{what}_{how}") for how in ("gained", "lost"))
    return {name: (gained.get(name, 0), lost.get(name, 0)) for name in sorted({*gained, *lost})}


def _ids(table: Table, column: str) -> dict[str, int]:
    ids = table.filter(table[column].length() > 0).select(one=table[column].unnest())
    return dict(_tuples(ids.group_by("one").aggregate(n=ids.count())))


def altered_measures(table: Table) -> dict[str, int]:
    """For each measure with another content, how many hold it on both sides; and under '' how many hold any."""
    return _ids(table, "altered") | {"": int(table.filter(table.altered.length() > 0).count().to_pyarrow().as_py())}


def quantiles(table: Table) -> tuple[tuple[int, ...], int]:
    """Of the score's changes, over those who have one, and how many these are; empty where nobody has."""
    rows = table.filter((table.gain != 0).fill_null(False))
    groups = _tuples(rows.group_by("gain").aggregate(n=rows.count()).order_by("gain"))
    return of_counts(groups), sum(count for _, count in groups)


def of_counts(groups: list[tuple[int, int]]) -> tuple[int, ...]:
    """The quantiles of values in order, each with how many have it: the first that so many per cent do not exceed.

    >>> of_counts([(-5, 1), (0, 98), (7, 1)])
    (-5, -5, 0, 0, 0, 0, 0, 0, 7)
    """
    total = sum(count for _, count in groups)
    at_quantiles: list[int] = []
    reached = 0
    for value, count in groups:
        reached += count
        while len(at_quantiles) < len(QUANTILES) and reached * 100 >= max(QUANTILES[len(at_quantiles)] * total, 1):
            at_quantiles.append(value)
    return tuple(at_quantiles)


def differing_rows(table: Table) -> int:
    """How many have another result."""
    return int(table.filter(table.differs).count().to_pyarrow().as_py())


def with_flags(table: Table, scales: tuple[Scale, Scale], pairs: Iterable[Pair]) -> Table:
    """Those who have another result, and what is so of each: a row a subject, a column a count of Burdens or Touched."""
    rows = []
    for pair in pairs:
        step, _ = move(*scales, pair)
        there = both_evaluated(*scales, pair)
        ways = {"up": step > 0, "down": step < 0, "gained": there == (False, True), "lost": there == (True, False)}
        rows.append({"before": pair[0], "after": pair[1], **ways})
    kinds = {"before": "string", "after": "string", **dict.fromkeys(("up", "down", "gained", "lost"), "boolean")}
    flagged = table.filter(table.differs).left_join(ibis.memtable(rows, schema=kinds), ["before", "after"])
    lowest = flagged.lost & (flagged.before == scales[0].names[-1])
    return flagged.select(
        "subject", "up", "down", "gained", "lost", altered=flagged.altered.length() > 0,
        new_restrictions=flagged.newly_restricted, lost_incentives=flagged.disfavoured,
        lost_lowest=lowest, lost_restricted=flagged.lost & flagged.restricted, lost_either=lowest | (flagged.lost & flagged.restricted),
    )  # fmt: skip


def burdens(flags: Table) -> Burdens:
    """How many of each."""
    return Burdens(**_sums(flags, Burdens.__struct_fields__))


def distinct(tables: Iterable[Table]) -> ImpactDetails:
    """Of those who have another result by any model, each counted once."""
    some_rows = list(tables)
    if not some_rows:
        return ImpactDetails()
    rows = ibis.union(*some_rows) if len(some_rows) > 1 else some_rows[0]
    names = [name for name in ImpactDetails.__struct_fields__ if name != "subjects"]
    rows = rows.group_by("subject").aggregate(**{name: rows[name].any() for name in names})
    return ImpactDetails(int(rows.count().to_pyarrow().as_py()), **_sums(rows, names))


def _sums(rows: Table, names: Iterable[str]) -> dict[str, int]:
    counts = rows.aggregate(**{name: rows[name].sum().fill_null(0).cast("int64") for name in names})
    (sums,) = counts.to_pyarrow().to_pylist()
    return {name: int(count) for name, count in sums.items()}


# Who is looked at


def nearest_edges(table: Table, edges: Mapping[Pair, int | None], count: int) -> list[str]:
    """So many whose results differ and are both there: those that moved by how near their new score is to the edge, then
    others; ties by subject."""
    rows = table.filter(table.known & table.differs)
    moves = [{"before": before, "after": after, "edge": edge, "moved": True} for (before, after), edge in edges.items()]
    kinds = {"before": "string", "after": "string", "edge": "int64", "moved": "boolean"}
    rows = rows.left_join(ibis.memtable(moves, schema=kinds), ["before", "after"])
    rows = rows.select("subject", moved=rows.moved.fill_null(False), distance=(rows.score - rows.edge).abs())
    order = [ibis.desc("moved"), ibis.asc("distance", nulls_first=False), "subject"]
    return [subject for (subject,) in _tuples(rows.order_by(order).limit(count).select("subject"))]


def sample_rows(table: Table, count: int) -> list[str]:
    """So many of those that stand elsewhere, or where nobody does whose scores differ, by a hash of the identifier."""
    rows = table.filter(table.read)
    for who in (rows.before != rows.after, (rows.gain != 0).fill_null(False)):
        sample = some_rows(rows.filter(who), count)
        if sample:
            return sample
    return []


def some_rows(table: Table, count: int) -> list[str]:
    """So many of a table's subjects, by a hash of the identifier."""
    chosen = table.select("subject")
    order = [chosen.subject.hexdigest("md5"), "subject"]
    return [subject for (subject,) in _tuples(chosen.order_by(order).limit(count))]


def _tuples(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pyarrow().to_pylist()]
