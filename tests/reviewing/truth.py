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
            case _:
                return None


def names(changes: Sequence[Change]) -> Mapping[str, str]:
    """New ids of what was renamed, by old ones."""
    return {str(change.old_path[-1]): str(change.new_path[-1]) for change in changes if change.how == "renamed"}


def compare(
    moved: Moved, old: Compiled, new: Compiled, before: Outcome, after: Outcome, subject: Subject, renamed: Mapping[str, str]
) -> None:
    """Adds what one subject shows."""
    worse, better = _ways(old, new, before, after, renamed)
    moved.worse = moved.worse or (worse and f"{worse}: {_told(before)} → {_told(after)} {subject}")
    moved.better = moved.better or (better and f"{better}: {_told(before)} → {_told(after)} {subject}")


def _told(outcome: Outcome) -> str:
    if isinstance(outcome, Evaluation):
        return f"{outcome.score} {outcome.level} {outcome.grade} {outcome.vetoes} {outcome.measures}"
    return f"{type(outcome).__name__} {getattr(outcome, 'exclusions', '')}"


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
    had, has = {renamed.get(veto, veto) for veto in before.vetoes}, set(after.vetoes)
    worse += [f"veto {veto}" for veto in has - had]
    better += [f"veto {veto}" for veto in had - has]
    for seen in (before, after):  # what measures do by themselves, at one result
        _measures(_held(old, before, seen), _held(new, after, seen), renamed, worse, better)
    counts = [_counted(compiled.model.measures, evaluation) for compiled, evaluation in ((old, before), (new, after))]
    for (kind, count), (_, count_after) in zip(*counts, strict=True):
        if count != count_after:
            (better if (count_after > count) == (kind == "incentive") else worse).append(f"number of {kind}s")
    return next(iter(worse), None), next(iter(better), None)


def _standing(compiled: Compiled, evaluation: Evaluation) -> tuple[int | None, int | None, int | None]:
    """The more, the better."""
    scale = compiled.policy.scale
    if evaluation.level is None or evaluation.grade is None:
        return evaluation.score, None, None
    return evaluation.score, -scale.names.index(evaluation.level), -scale.grades.index(evaluation.grade)


def _held(compiled: Compiled, evaluation: Evaluation, seen: Evaluation) -> dict[str, Measure]:
    """The measures that hold for the facts of one evaluation and the result of another."""
    values = {**evaluation.facts, "score": seen.score, "level": seen.level, "grade": seen.grade, "vetoed": bool(seen.vetoes)}
    ids = set(compiled.judge("measures", values))
    return {measure.id: measure for measure in compiled.model.measures if measure.id in ids}


def _measures(
    had: Mapping[str, Measure], has: Mapping[str, Measure], renamed: Mapping[str, str], worse: list[str], better: list[str]
) -> None:
    had = {renamed.get(name, name): measure for name, measure in had.items()}
    for name in {**had, **has}:
        before_it, after_it = had.get(name), has.get(name)
        if before_it is None or after_it is None:
            there, away, single = (has, had, after_it) if before_it is None else (had, has, before_it)
            assert single is not None
            gains = (before_it is None) == (single.kind == "incentive")
            if single.kind == "routine":
                gains = not _goes_with(single, there, away)
                worse += [f"routine {name}"] * gains
            elif not gains:
                worse.append(f"{single.kind} {name}")
            better += [f"{single.kind} {name}"] * gains
            continue
        rank, then = CONTENTS[before_it.kind], CONTENTS[after_it.kind]
        if rank != then:
            (better if then > rank else worse).append(f"kind of {name}")
        items = before_it.item != after_it.item and not (rank != then and None in (before_it.item, after_it.item))
        if items or (before_it.matter, before_it.terms) != (after_it.matter, after_it.terms):
            better.append(f"contents of {name}")
            worse.append(f"contents of {name}")


def _goes_with(routine: Measure, there: Mapping[str, Measure], away: Mapping[str, Measure]) -> bool:
    """Whether it comes or goes with an incentive or a restriction of the same condition."""
    others = [measure for name, measure in there.items() if measure.kind != "routine" and name not in away]
    return any(canonical(measure.when) == canonical(routine.when) for measure in others)


def _counted(measures: Sequence[Measure], evaluation: Evaluation) -> list[tuple[str, int]]:
    kinds = {measure.id: measure.kind for measure in measures}
    return [(kind, sum(kinds[name] == kind for name in evaluation.measures)) for kind in ("incentive", "restriction")]


def outcomes(compiled: Compiled, subjects: Sequence[tuple[Subject, int]]) -> list[Outcome]:
    at = {day: compiled.at(day) for _, day in subjects}
    return [evaluate(at[day], subject, reasoning=False) for subject, day in subjects]
