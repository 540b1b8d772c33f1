"""Whether a subject is better off, worse off or just otherwise under another version, from the single evaluator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from engine.evaluating.single import Compiled, evaluate
from engine.model.change import Change
from engine.model.digest import canonical
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.policy import Measure
from engine.model.subject import Subject

CONTENTS = {"restriction": 0, "routine": 1, "incentive": 2}


class Moved(Struct):
    """What was seen of some subjects: somebody worse, somebody better, somebody with anything else; how the first is so."""

    worse: str | None = None
    better: str | None = None

    def contradicts(self, direction: str) -> str | None:
        """How a direction is false, or None."""
        match direction:
            case "looser":
                return self.worse
            case "stricter":
                return self.better
            case "neutral" | "text":
                return self.worse or self.better
        return None


def names(changes: Sequence[Change]) -> Mapping[str, str]:
    """New ids of what was renamed, by old ones."""
    return {str(one.old_path[-1]): str(one.new_path[-1]) for one in changes if one.how == "renamed"}


def compare(
    moved: Moved, old: Compiled, new: Compiled, before: Outcome, after: Outcome, subject: Subject, renamed: Mapping[str, str]
) -> None:
    """Adds what one subject shows."""
    worse, better = _ways(old, new, before, after, renamed)
    moved.worse = moved.worse or (worse and f"{worse}: {_told(before)} → {_told(after)} {subject}")
    moved.better = moved.better or (better and f"{better}: {_told(before)} → {_told(after)} {subject}")


def _told(one: Outcome) -> str:
    if isinstance(one, Evaluation):
        return f"{one.score} {one.level} {one.grade} {one.vetoes} {one.measures}"
    return f"{type(one).__name__} {getattr(one, 'exclusions', '')}"


def _ways(
    old: Compiled, new: Compiled, before: Outcome, after: Outcome, renamed: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """How it is worse and how it is better; what is neither is both."""
    if isinstance(before, Rejection) or isinstance(after, Rejection):
        both = isinstance(before, Rejection), isinstance(after, Rejection)
        return ("rejected" if both == (False, True) else None, "not rejected" if both == (True, False) else None)
    if isinstance(before, NotEvaluated) or isinstance(after, NotEvaluated):
        same = isinstance(before, NotEvaluated) and isinstance(after, NotEvaluated) and before.exclusions == after.exclusions
        return (None, None) if same else ("not evaluated", "not evaluated")
    assert isinstance(before, Evaluation)
    assert isinstance(after, Evaluation)
    worse: list[str] = []
    better: list[str] = []
    if before.weight != after.weight:
        worse.append("weight")
        better.append("weight")
    first, second = _standing(old, before), _standing(new, after)
    for place, what in enumerate(("score", "level", "grade")):
        if first[place] is not None and second[place] is not None and first[place] != second[place]:
            (worse if second[place] < first[place] else better).append(what)  # type: ignore[operator]
    had, has = {renamed.get(one, one) for one in before.vetoes}, set(after.vetoes)
    worse += [f"veto {one}" for one in has - had]
    better += [f"veto {one}" for one in had - has]
    for seen in (before, after):  # what measures do by themselves, at one result
        _measures(_held(old, before, seen), _held(new, after, seen), renamed, worse, better)
    counts = [_counted(compiled.model.measures, one) for compiled, one in ((old, before), (new, after))]
    for (kind, one), (_, other) in zip(*counts, strict=True):
        if one != other:
            (better if (other > one) == (kind == "incentive") else worse).append(f"number of {kind}s")
    return (worse or [None])[0], (better or [None])[0]


def _standing(compiled: Compiled, one: Evaluation) -> tuple[int | None, int | None, int | None]:
    """The more, the better."""
    scale = compiled.policy.scale
    if one.level is None or one.grade is None:
        return one.score, None, None
    order = ("优", "良", "中", "差")
    return one.score, -scale.names.index(one.level), -order.index(one.grade)


def _held(compiled: Compiled, one: Evaluation, seen: Evaluation) -> dict[str, Measure]:
    """The measures that hold for the facts of one evaluation and the result of another."""
    values = {**one.facts, "score": seen.score, "level": seen.level, "grade": seen.grade, "vetoed": bool(seen.vetoes)}
    ids = set(compiled.judge("measures", values))
    return {measure.id: measure for measure in compiled.model.measures if measure.id in ids}


def _measures(
    had: Mapping[str, Measure], has: Mapping[str, Measure], renamed: Mapping[str, str], worse: list[str], better: list[str]
) -> None:
    had = {renamed.get(name, name): one for name, one in had.items()}
    for name in {**had, **has}:
        one, other = had.get(name), has.get(name)
        if one is None or other is None:
            there, away, single = (has, had, other) if one is None else (had, has, one)
            assert single is not None
            gains = (one is None) == (single.kind == "incentive")
            if single.kind == "routine":
                gains = not _goes_with(single, there, away)
                worse += [f"routine {name}"] * gains
            elif not gains:
                worse.append(f"{single.kind} {name}")
            better += [f"{single.kind} {name}"] * gains
            continue
        rank, then = CONTENTS[one.kind], CONTENTS[other.kind]
        if rank != then:
            (better if then > rank else worse).append(f"kind of {name}")
        items = one.item != other.item and not (rank != then and None in (one.item, other.item))
        if items or (one.matter, one.terms) != (other.matter, other.terms):
            better.append(f"contents of {name}")
            worse.append(f"contents of {name}")


def _goes_with(routine: Measure, there: Mapping[str, Measure], away: Mapping[str, Measure]) -> bool:
    """Whether it comes or goes with an incentive or a restriction of the same condition."""
    others = [one for name, one in there.items() if one.kind != "routine" and name not in away]
    return any(canonical(one.when) == canonical(routine.when) for one in others)


def _counted(measures: Sequence[Measure], one: Evaluation) -> list[tuple[str, int]]:
    kinds = {measure.id: measure.kind for measure in measures}
    return [(kind, sum(kinds[name] == kind for name in one.measures)) for kind in ("incentive", "restriction")]


def outcomes(compiled: Compiled, subjects: Sequence[tuple[Subject, int]]) -> list[Outcome]:
    at = {day: compiled.at(day) for _, day in subjects}
    return [evaluate(at[day], subject, reasoning=False) for subject, day in subjects]
