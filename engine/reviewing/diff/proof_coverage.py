"""Which changes a proof may cover: what it claims is that results, and measures at the same level, stay within an intent.

What is not in the table stays undecided, however much is proved: where the result goes and what weighs it, to whom the model
applies, what a measure says and what it is called, ids, what the catalogue takes, when a version is in force. So does what
reaches any of these, such as a fact that is the weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.model.change import Change, ChangedPart, PolicyDiff
from engine.model.condition import facts_in
from engine.model.policy import Fact, FromAttribute, FromRecords, Model
from engine.model.problem import Path
from engine.model.proof import EQUIVALENT, MEASURES, PROVED, RESULT, Proof
from engine.model.scale import Scale
from engine.reviewing.diff.level_monotonicity import level_helps

_POINTS: frozenset[ChangedPart] = frozenset(
    ("form", "points", "each", "start", "beyond", "short_of", "step", "round", "band", "choice", "branch")
)

COVERED: Mapping[str, frozenset[ChangedPart]] = {
    "facts": frozenset(
        (
            "fact",
            "window",
            "before",
            "newest",
            "where",
            "once_per",
            "include",
            "tally",
            "tally_where",
            "tally_value",
            "if_missing",
        )
    ),
    "not_evaluated": frozenset(("not_evaluated", "when")),
    "base": frozenset(("base",)),
    "dimensions": frozenset(("dimension", "share", "indicator", "only_when", "none_when", *_POINTS)),
    "adjustments": frozenset(("adjustments", "item", "at_most", "at_least", *_POINTS)),
    "decisions": frozenset(("decision",)),
    "vetoes": frozenset(("veto", "when", "level", "score_at_most", "above_previous_by", "lower_by")),
    "measures": frozenset(("measure", "when")),
    "scale": frozenset(("scale",)),
    "parameters": frozenset(("parameter",)),
}
"""By where in the model or the policy a change stands, what it may be of: that alone bears on results and measures, and on
nothing else.
"""

UNDECIDED: frozenset[ChangedPart] = frozenset((
    "policy", "model", "effective", "title", "version", "status", "authority", "document", "basis", "note", "quote", "pending",
    "parameters", "parameter_use", "reference", "catalogue", "library_item", "kind", "always", "feeds", "weight", "direction", "effort", "unlimited",
    "matter", "item", "terms", "alert", "severity",
))  # fmt: skip
"""What no proof covers, wherever it stands; `item` of a measure."""


def cover_with_proofs(change: Change, changed: PolicyDiff, claimed: Iterable[Proof], proofs: Iterable[Proof]) -> bool:
    """Whether what is `claimed` by an intent is proved of everything that a change bears on, and a proof speaks of it.

    Both results and measures have to be, whatever it bears on first: a fact bears on both, and so does a level.
    """
    if not speaks_of(change, changed):
        return False
    of_its = [proof for proof in claimed if change.model in (None, proof.model)]
    if not of_its or any(proof.answer != PROVED for proof in of_its):
        return False
    models = {proof.model for proof in of_its}
    if any({RESULT, MEASURES} - {proof.about for proof in of_its if proof.model == model} for model in models):
        return False
    if any(not proof.days.every and _dated(changed, proof.model) for proof in of_its):
        return False
    if any(proof.claim == EQUIVALENT for proof in of_its) and _moves_reasons(change, changed):
        return False
    still = {proof.model for proof in proofs if (proof.claim, proof.about, proof.answer) == (EQUIVALENT, RESULT, PROVED)}
    if not all(_level_helps(changed, model) for model in models - still):
        return False
    alike = {proof.model for proof in proofs if (proof.claim, proof.about, proof.answer) == (EQUIVALENT, MEASURES, PROVED)}
    return all(model in alike or not _moves_routine(change, changed, model) for model in models)


def speaks_of(change: Change, changed: PolicyDiff) -> bool:
    """Whether a change bears on results and measures alone."""
    if change.how == "renamed" or change.what not in COVERED.get(_section(change.new_path), ()):
        return False
    if isinstance(change.new or change.old, Scale):  # other levels, or another number of points
        return False
    return not any(_weighs(model, _facts(change, model)) for model in _models(change, changed)) and all(
        _may_stand(use.path)
        for model in _models(change, changed)
        for use in model.parameter_uses
        if change.what == "parameter" and use.parameter in (change.new_path[-1], change.old_path[-1])
    )


def _section(path: Path) -> str:
    if path[:1] != ("models",):
        return str(path[0]) if path else ""
    return str(path[2]) if len(path) > 2 else ""


def _may_stand(path: Path) -> bool:
    """Whether a parameter at a place of a model bears on results and measures alone."""
    return path[0] in COVERED and (path[0] != "measures" or path[2:3] == ("when",))


def _models(change: Change, changed: PolicyDiff) -> Iterator[Model]:
    """Both versions of the models on which it bears."""
    for policy in (changed.old, changed.new):
        for name, model in policy.models.items() if policy else ():
            if change.model in (None, name):
                yield model


def _facts(change: Change, model: Model) -> set[str]:
    """The facts in which a change stands, by either name, and those that rest on them."""
    return _resting(model, {str(path[1]) for path in _stands(change, model) if path[:1] == ("facts",) and len(path) > 1})


def _stands(change: Change, model: Model) -> list[Path]:
    """Where in a model a change stands, by its paths of either version; a parameter wherever it is used."""
    if change.what == "parameter":
        return [use.path for use in model.parameter_uses if use.parameter == change.new_path[-1]]
    return [path[2:] for path in (change.old_path, change.new_path) if path[:1] == ("models",)]


def _resting(model: Model, facts: set[str]) -> set[str]:
    """Facts, and all that are computed from them."""
    while True:
        more = {name for name, fact in model.facts.items() if facts & set(fact.needs())} - facts
        if not more:
            return facts
        facts = facts | more


def _weighs(model: Model, facts: set[str]) -> bool:
    return isinstance(model.weight, str) and model.weight in facts


def _moves_routine(change: Change, changed: PolicyDiff, name: str) -> bool:
    """Whether it bears on a routine measure by itself, and not by the level: such a one is neither better nor worse."""
    for model in (policy.models.get(name) for policy in (changed.old, changed.new) if policy):
        for measure in model.measures if model else ():
            assert model is not None
            if measure.kind != "routine":
                continue
            if any(path[:2] == ("measures", measure.id) for path in _stands(change, model)) or _facts(change, model) & set(
                facts_in(measure.when)
            ):
                return True
    return False


def _moves_reasons(change: Change, changed: PolicyDiff) -> bool:
    """Whether it bears on which vetoes hold, or why somebody is not evaluated, which a proof of results does not look at."""
    for model in _models(change, changed):
        if any(path[:1] in (("vetoes",), ("not_evaluated",)) for path in _stands(change, model)):
            return True
        facts = _facts(change, model)
        conditions = [veto.when for veto in model.vetoes] + [exclusion.when for exclusion in model.not_evaluated]
        if any(facts & set(facts_in(when)) for when in conditions):
            return True
    return False


def _level_helps(changed: PolicyDiff, model: str) -> bool:
    """Whether in both versions a better level never brings fewer incentives or more restrictions."""
    sides = [policy for policy in (changed.old, changed.new) if policy is not None and model in policy.models]
    return all(level_helps(policy, policy.models[model]) for policy in sides)


def _dated(changed: PolicyDiff, model: str) -> bool:
    """Whether a window, or a fact that counts days or years, is another one, came or went."""
    mine = [change for change in changed.changes if change.model in (None, model) and _section(change.new_path) == "facts"]
    return any(
        change_of_facts.what in ("window", "before")
        or (change_of_facts.what == "fact" and (_by_days(change_of_facts.old) or _by_days(change_of_facts.new)))
        for change_of_facts in mine
    )


def _by_days(fact: object) -> bool:
    match fact:
        case Fact(source=FromRecords(window=None, before=None, kind=kind)):
            return kind == "days_since"
        case Fact(source=FromRecords() | FromAttribute("years_since" | "days_until")):
            return True
        case _:
            return False
