"""Outcomes for people at a glance: one subject in a few lines, many in a table with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.model.problem import Problem
from engine.rendering.messages import message, remedy
from engine.rendering.snippet import path_text, width
from engine.rendering.terms import Lang, term

MANY = 6


def evaluate_text(outcomes: Sequence[Outcome], lang: Lang) -> str:
    """Each outcome in a paragraph, or in a row where there are many."""
    if len(outcomes) <= MANY:
        return "\n".join(_paragraph(outcome, lang) for outcome in outcomes)
    rows = [_head(lang), *(_row(outcome, lang) for outcome in outcomes)]
    return f"{aligned(rows)}\n\n{_counts(outcomes, lang)}\n"


def _paragraph(outcome: Outcome, lang: Lang) -> str:
    zh = lang != "en"
    lines = [f"{_name(outcome)}  {_title(outcome)}".rstrip()]
    match outcome:
        case Rejection():
            text = ("；" if zh else "; ").join(_why(problem, lang) for problem in outcome.problems)
            lines.append(f"  {'拒绝' if zh else 'rejected'}  {text}")
        case NotEvaluated():
            held = [one.title for one in outcome.model.not_evaluated if one.id in outcome.exclusions]
            lines.append(f"  {'不参评' if zh else 'not evaluated'}  {'、'.join(held)}")
        case Evaluation():
            lines += _result(outcome, lang)
    if outcome.valid_until is not None:
        until = iso_text(outcome.valid_until)
    else:
        until = "" if isinstance(outcome, Rejection) else "长期" if zh else "open"
    days = f"  {'基准日' if zh else 'as of'} {iso_text(outcome.as_of)}"
    lines.append(f"{days}  {'有效至' if zh else 'valid until'} {until}" if until else days)
    return "\n".join(lines) + "\n"


def _name(outcome: Outcome) -> str:
    """The subject, or where its document stands where it does not say who it is."""
    if outcome.subject is not None:
        return outcome.subject
    place = outcome.problems[0].place if isinstance(outcome, Rejection) else None
    return f"{place.file}:{place.line}" if place else "?"


def _why(problem: Problem, lang: Lang) -> str:
    """The sentence after what it is about, with the nearest known names where they are not shown below with the place."""
    about = path_text(problem.path) if problem.place else ""
    text = f"{about}{': ' if lang == 'en' else '：'}{message(problem, lang)}" if about else message(problem, lang)
    help_text = remedy(problem, lang) if problem.near and not problem.place else ""
    return f"{text}{'，' if lang != 'en' else ': '}{help_text}" if help_text else text


def _title(outcome: Outcome) -> str:
    if isinstance(outcome, Rejection):
        return f"{outcome.policy}/{outcome.model}" if outcome.policy else ""
    return f"{outcome.policy.title} · {outcome.model.title}"


def _result(outcome: Evaluation, lang: Lang) -> list[str]:
    zh = lang != "en"
    score = [] if outcome.score is None else [f"{two_decimals(outcome.score)} {'分' if zh else 'points'}"]
    grade = [f"{outcome.level} {outcome.grade}"] if outcome.level else []
    lines = ["  " + "  ".join([*score, *grade])] if score or grade else []
    for title, ids, parts in (
        ("一票否决" if zh else "vetoes", outcome.vetoes, outcome.model.vetoes),
        ("措施" if zh else "measures", outcome.measures, outcome.model.measures),
        ("预警" if zh else "alerts", outcome.alerts, outcome.model.alerts),
    ):
        lines += [f"  {title}  {part.title}" for part in parts if part.id in ids]
    lines += [f"  {term('warning', lang)}  {message(problem, lang)}" for problem in outcome.warnings]
    return lines


def _head(lang: Lang) -> list[str]:
    if lang == "en":
        return ["subject", "model", "score", "level", "valid until", "measures", "alerts", "vetoes, or why there is no result"]
    return ["主体", "模型", "得分", "等级", "有效至", "措施", "预警", "一票否决，或没有结果的原因"]


def _row(outcome: Outcome, lang: Lang) -> list[str]:
    """Measures and alerts are counted here; each outcome by itself tells them."""
    until = iso_text(outcome.valid_until) if outcome.valid_until is not None else "-"
    by = "; " if lang == "en" else "；"
    if isinstance(outcome, Rejection):
        name = f"{outcome.policy}/{outcome.model}" if outcome.policy else "-"
        why = by.join(_why(problem, lang) for problem in outcome.problems)
        return [_name(outcome), name, "-", "rejected" if lang == "en" else "拒绝", until, "", "", why]
    name = f"{outcome.policy.id}/{outcome.model.id}"
    if isinstance(outcome, NotEvaluated):
        held = by.join(one.title for one in outcome.model.not_evaluated if one.id in outcome.exclusions)
        return [outcome.subject, name, "-", "not evaluated" if lang == "en" else "不参评", until, "", "", held]
    score = "-" if outcome.score is None else two_decimals(outcome.score)
    level = f"{outcome.level} {outcome.grade}" if outcome.level else "-"
    vetoes = by.join(veto.title for veto in outcome.model.vetoes if veto.id in outcome.vetoes)
    return [outcome.subject, name, score, level, until, str(len(outcome.measures)), str(len(outcome.alerts) or ""), vetoes]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned, Chinese characters counting two."""
    sizes = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _counts(outcomes: Iterable[Outcome], lang: Lang) -> str:
    levels: Counter[str] = Counter()
    for outcome in outcomes:
        match outcome:
            case Rejection():
                levels["拒绝" if lang != "en" else "rejected"] += 1
            case NotEvaluated():
                levels["不参评" if lang != "en" else "not evaluated"] += 1
            case Evaluation():
                levels[outcome.level or "-"] += 1
    return "  ".join(f"{name} {count}" for name, count in sorted(levels.items()))
