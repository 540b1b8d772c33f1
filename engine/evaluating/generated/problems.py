"""Problems: what a result is warned of, and why a subject is rejected; rare, so that no line is written for each."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.number import shortest
from engine.model.policy import Model, Policy, category_read
from engine.model.problem import Path, Problem
from engine.model.scale import Scale
from engine.model.scoring import Award, Indicator, Item
from engine.model.subject import Subject

NAMED = 20
"""So many records after the as-of date are named."""

Problems = tuple[Problem, ...]


def pending(policy: Policy, model: Model) -> Problems:
    """Of parameters that a document leaves open, each once, in the order of their use."""
    opened = [policy.parameters[name] for name in dict.fromkeys(use.parameter for use in model.parameter_uses)]
    return tuple(
        Problem(
            "pending_parameter", ("parameters", parameter.id),
            {"parameter": parameter.id, "title": parameter.title, "value": parameter.value}, "warning",
        )
        for parameter in opened if parameter.pending
    )  # fmt: skip


def later_records(model: Model, as_of: int) -> Callable[[Subject], Problems]:
    """Of a subject some of whose records, of categories that the model reads, lie after the as-of date."""
    categories = {category_read(fact.source) for fact in model.facts.values()}

    def later(subject: Subject) -> Problems:
        after = sorted((r.date, r.id) for r in subject.records if r.date > as_of and r.category in categories)
        if not after:
            return ()
        listed = [name for _, name in after[:NAMED]] + (["…"] if len(after) > NAMED else [])
        values = {"count": len(after), "records": listed, "as_of": as_of}
        return (Problem("records_after_as_of", ("records",), values, "warning"),)

    return later


def full_dimensions(model: Model) -> Callable[[tuple[int, ...]], Problems]:
    """Of dimensions of which nothing was left to count, by their places."""
    warnings = [
        Problem("dimension_left_out", ("dimensions", d.id), {"dimension": d.id, "title": d.title}, "warning")
        for d in model.dimensions
    ]
    return lambda places: tuple([warnings[place] for place in places])


def award_outside(model: Model, path: Path, element: Indicator | Item, award: Award) -> Callable[[int], Problem]:
    """Of points that somebody awarded outside of what the band allows."""
    low, high = shortest(award.at_least), shortest(award.at_most)

    def warning(awarded: int) -> Problem:
        values = {
            "element": element.id, "title": element.title, "fact": award.fact, "fact_title": model.facts[award.fact].title,
            "awarded": shortest(awarded), "at_least": low, "at_most": high, "counted": low if awarded < award.at_least else high,
        }  # fmt: skip
        return Problem("award_outside", path, values, "warning")

    return warning


def unknown_last_level(model: Model, scale: Scale) -> Callable[[tuple[str, ...], str], Problems]:
    """Of vetoes that hold and cannot compare with the last level, which this scale does not have."""
    asking = [veto for veto in model.vetoes if veto.above_previous is not None]

    def warnings(vetoed: tuple[str, ...], level: str) -> Problems:
        return tuple(
            Problem(
                "previous_level_unknown", ("vetoes", veto.id),
                {"veto": veto.id, "title": veto.title, "level": level, "scale": scale.id}, "warning",
            )
            for veto in asking if veto.id in vetoed
        )  # fmt: skip

    return warnings


def rejecting(model: Model) -> Callable[[tuple[tuple[int, str], ...], int], Problems]:
    """Of facts by their places and codes, in the file's order; of a weight where no fact rejects."""
    facts = list(model.facts.values())

    def problems(bad: tuple[tuple[int, str], ...], weight: int) -> Problems:
        if not bad:
            return (Problem("weight_negative", ("weight",), {"value": shortest(weight)}),)
        reasons = [(facts[place], code) for place, code in sorted(bad)]
        return tuple([Problem(code, ("facts", fact.id), {"fact": fact.id, "title": fact.title}) for fact, code in reasons])

    return problems
