"""The head of a page, and what came out in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.rendering.explanation.explained import Explained, Letter
from engine.rendering.explanation.outline import Paragraph
from engine.rendering.phrases import bracketed, say, with_commas
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term

_say = Sentences("explain").sentence


def head(outcome: Outcome, view: Explained, letter: Letter, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Names with texts; a letter has a number and a day, which may be left to be filled in."""
    return tuple((_say(name, lang), text) for name, text in _lines(outcome, view, letter, lang))


def _lines(outcome: Outcome, view: Explained, letter: Letter, lang: Lang) -> Iterator[tuple[str, str]]:
    if letter.reader == "company":
        yield "number", letter.number or _say("blank", lang)
        yield "day", _say("blank-day", lang) if letter.day is None else letter_day(letter.day, lang)
    elif letter.number is not None:
        yield "number", letter.number
    subject = view.subject
    known = with_commas([subject.id, term(subject.kind, lang)], lang)
    yield (
        "addressee" if letter.reader == "company" else "subject",
        f"{subject.name}{bracketed(known, lang)}" if subject.name else known,
    )
    if isinstance(outcome, Rejection):
        yield "model", f"{outcome.policy}/{outcome.model}"
    else:
        policy = outcome.policy
        yield "authority", policy.authority
        yield "policy", f"{policy.title} {policy.version}{bracketed(term(policy.status, lang), lang)} · {outcome.model.title}"
    until = iso_text(outcome.valid_until) if outcome.valid_until is not None else say("outcome-open-ended", lang)
    yield "as-of", _say("as-of-until", lang, day=iso_text(outcome.as_of), until=until)
    if letter.reader == "auditor" and not isinstance(outcome, Rejection):
        yield "digest", outcome.policy.digest
        yield "program", view.program
    yield "result", result_text(outcome, lang)


def letter_day(day: int, lang: Lang) -> str:
    """`2026年4月1日`."""
    on = date.fromordinal(day)
    return _say("letter-day", lang, year=str(on.year), month=on.month, day=str(on.day))


def result_text(outcome: Outcome, lang: Lang) -> str:
    """`83.00 分   B   良`."""
    match outcome:
        case Rejection():
            return say("outcome-rejected", lang)
        case NotEvaluated():
            return say("outcome-not-evaluated", lang)
        case Evaluation(score=score, level=level, grade=grade):
            points = None if score is None else say("outcome-score", lang, points=two_decimals(score))
            return "   ".join(part for part in (points, level, grade) if part) or _say("measures-alone", lang)


def opening(outcome: Outcome, view: Explained, lang: Lang) -> Paragraph:
    """The result in one sentence."""
    subject = view.subject.name or view.subject.id
    values = {"subject": subject, "day": iso_text(outcome.as_of)}
    match outcome:
        case Rejection():
            return Paragraph(_say("sentence-rejected", lang, **values), strong=True)
        case NotEvaluated():
            return Paragraph(_say("sentence-not-evaluated", lang, title=outcome.policy.title, **values), strong=True)
        case Evaluation():
            result = with_commas(_results(outcome, lang), lang) or _say("sentence-measures-alone", lang)
            return Paragraph(_say("sentence", lang, title=outcome.policy.title, result=result, **values), strong=True)


def _results(outcome: Evaluation, lang: Lang) -> Iterator[str]:
    if outcome.score is not None:
        full = outcome.policy.scale.full // 10000
        yield _say("sentence-score", lang, points=two_decimals(outcome.score), full=str(full))
    if outcome.level is not None:
        yield _say("sentence-level", lang, level=outcome.level, grade=str(outcome.grade))
    if outcome.vetoes:
        yield _say("sentence-vetoes", lang, count=len(outcome.vetoes))
