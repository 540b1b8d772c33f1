"""Outcomes for people at a glance: one subject in a few lines, many in a table with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.model.problem import Path, Problem
from engine.rendering.messages import message, remedy
from engine.rendering.phrases import listed, say, with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import path_text, width
from engine.rendering.terms import term

MANY = 6

_say = Sentences("evaluate").sentence


def evaluate_text(outcomes: Sequence[Outcome], lang: Lang) -> str:
    """Each outcome in a paragraph, or in a row where there are many."""
    if len(outcomes) <= MANY:
        return "\n".join(_paragraph(outcome, lang) for outcome in outcomes)
    rows = [_head(lang), *(_row(outcome, lang) for outcome in outcomes)]
    return f"{aligned(rows)}\n\n{_counts(outcomes, lang)}\n"


def _paragraph(outcome: Outcome, lang: Lang) -> str:
    lines = [f"{_name(outcome)}  {_title(outcome)}".rstrip()]
    match outcome:
        case Rejection():
            text = with_semicolons((_why(problem, lang) for problem in outcome.problems), lang)
            lines.append(f"  {say('outcome-rejected', lang)}  {text}")
        case NotEvaluated():
            lines.append(f"  {say('outcome-not-evaluated', lang)}  {listed(_exclusions(outcome), lang)}")
        case Evaluation():
            lines += _result(outcome, lang)
    if outcome.valid_until is not None:
        until = iso_text(outcome.valid_until)
    else:
        until = "" if isinstance(outcome, Rejection) else say("outcome-open-ended", lang)
    lines.append(f"  {_say('day-until' if until else 'as-of-day', lang, day=iso_text(outcome.as_of), until=until)}")
    return "\n".join(lines) + "\n"


def _exclusions(outcome: NotEvaluated) -> list[str]:
    return [exclusion.title for exclusion in outcome.model.not_evaluated if exclusion.id in outcome.exclusions]


def _name(outcome: Outcome) -> str:
    """The subject, or where its document stands where it does not say who it is."""
    if outcome.subject is not None:
        return outcome.subject
    place = outcome.problems[0].place if isinstance(outcome, Rejection) else None
    return f"{place.file}:{place.line}" if place else "?"


def _why(problem: Problem, lang: Lang) -> str:
    """The sentence after what it is about, with the nearest known names where they are not shown below with the place."""
    about = _about(problem.path, lang) if problem.place else ""
    text = with_label(about, message(problem, lang), lang) if about else message(problem, lang)
    help_text = remedy(problem, lang) if problem.near and not problem.place else ""
    return _say("why-near", lang, problem=text, remedy=help_text) if help_text else text


def _about(path: Path, lang: Lang) -> str:
    """A path with what stands in a list counted from 1, as people do: `第 1 条记录 date`."""
    match path:
        case ("records" | "members" as part, int(index), *rest):
            number = index + 1
            counted = _say("record-at", lang, number=number) if part == "records" else _say("member-at", lang, number=number)
            return f"{counted} {path_text(tuple(rest))}" if rest else counted
        case _:
            return path_text(path)


def _title(outcome: Outcome) -> str:
    if isinstance(outcome, Rejection):
        return f"{outcome.policy}/{outcome.model}" if outcome.policy else ""
    return f"{outcome.policy.title} · {outcome.model.title}"


def _result(outcome: Evaluation, lang: Lang) -> list[str]:
    score = [] if outcome.score is None else [say("outcome-score", lang, points=two_decimals(outcome.score))]
    grade = [f"{outcome.level} {outcome.grade}"] if outcome.level else []
    lines = ["  " + "  ".join([*score, *grade])] if score or grade else []
    model = outcome.model
    lines += [f"  {_say('vetoes', lang)}  {veto.title}" for veto in model.vetoes if veto.id in outcome.vetoes]
    lines += [f"  {_say('measures', lang)}  {measure.title}" for measure in model.measures if measure.id in outcome.measures]
    lines += [f"  {_say('alerts', lang)}  {alert.title}" for alert in model.alerts if alert.id in outcome.alerts]
    lines += [f"  {term('warning', lang)}  {message(problem, lang)}" for problem in outcome.warnings]
    return lines


def _head(lang: Lang) -> list[str]:
    return [_say(f"head-{name}", lang) for name in _COLUMNS]


_COLUMNS = ("subject", "model", "score", "level", "until", "measures", "alerts", "why")


def _row(outcome: Outcome, lang: Lang) -> list[str]:
    """Measures and alerts are counted here; each outcome by itself tells them."""
    until = iso_text(outcome.valid_until) if outcome.valid_until is not None else "-"
    if isinstance(outcome, Rejection):
        why = with_semicolons((_why(problem, lang) for problem in outcome.problems), lang)
        return [_name(outcome), _model(outcome), "-", say("outcome-rejected", lang), until, "", "", why]
    if isinstance(outcome, NotEvaluated):
        why = with_semicolons(_exclusions(outcome), lang)
        return [outcome.subject, _model(outcome), "-", say("outcome-not-evaluated", lang), until, "", "", why]
    score = "-" if outcome.score is None else two_decimals(outcome.score)
    level = f"{outcome.level} {outcome.grade}" if outcome.level else "-"
    vetoes = with_semicolons((veto.title for veto in outcome.model.vetoes if veto.id in outcome.vetoes), lang)
    measures, alerts = str(len(outcome.measures)), str(len(outcome.alerts) or "")
    return [outcome.subject, _model(outcome), score, level, until, measures, alerts, vetoes]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned, Chinese characters counting two.

    Not by rich.table: it folds lines at the width of a console, where these are as long as they are, for `grep` and `cut`;
    and it takes as long to load as a short command.
    """
    sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _counts(outcomes: Sequence[Outcome], lang: Lang) -> str:
    """How many have each level; model by model where levels of the same name do not mean the same."""
    scales = {outcome.policy.scale.levels for outcome in outcomes if isinstance(outcome, Evaluation) and outcome.level}
    if len(scales) < 2:
        return _levels(outcomes, lang)
    models: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        models.setdefault(_model(outcome), []).append(outcome)
    return aligned([[name, _levels(some, lang)] for name, some in models.items()])


def _model(outcome: Outcome) -> str:
    if isinstance(outcome, Rejection):
        return f"{outcome.policy}/{outcome.model}" if outcome.policy else "-"
    return f"{outcome.policy.id}/{outcome.model.id}"


def _levels(outcomes: Iterable[Outcome], lang: Lang) -> str:
    levels: Counter[str] = Counter()
    for outcome in outcomes:
        match outcome:
            case Rejection():
                levels[say("outcome-rejected", lang)] += 1
            case NotEvaluated():
                levels[say("outcome-not-evaluated", lang)] += 1
            case Evaluation():
                levels[outcome.level or "-"] += 1
    return "  ".join(f"{name} {count}" for name, count in sorted(levels.items()))
