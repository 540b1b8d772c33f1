"""The page of one result for a reader: the letter of a company, the short one at the counter, the whole for an audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.problem import Problem
from engine.rendering.condition_text import basis_text
from engine.rendering.explanation.calendar import calendar_blocks, ways_blocks
from engine.rendering.explanation.conclusions import (
    decision_lines,
    measures_blocks,
    next_level_lines,
    other_measures,
    vetoes_table,
)
from engine.rendering.explanation.context import Context, context_of
from engine.rendering.explanation.explained import Explained, Letter
from engine.rendering.explanation.facts import facts_blocks
from engine.rendering.explanation.head import head, letter_day, opening
from engine.rendering.explanation.outline import Block, Lines, Page, Section
from engine.rendering.explanation.points import points_table
from engine.rendering.explanation.records import counted_blocks, uncounted_blocks
from engine.rendering.explanation.rights import repairs, rights_lines, rights_without_result
from engine.rendering.messages import message
from engine.rendering.phrases import bracketed
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term
from engine.rendering.visible import visible_in

_say = Sentences("explain").sentence


def page(outcome: Outcome, view: Explained, letter: Letter, lang: Lang) -> Page:
    """The outline that every format writes; what is hidden in names and texts is visible in it."""
    outcome, view, letter = visible_in((outcome, view, letter))
    sections = tuple(section for section in _sections(outcome, view, letter, lang) if section.blocks)
    return Page(
        _say(f"document-{letter.reader}", lang),
        head(outcome, view, letter, lang),
        (opening(outcome, view, lang),) if letter.reader == "company" else (),
        sections,
        tuple(_closing(outcome, letter, lang)) if letter.reader == "company" else (),
    )


def _sections(outcome: Outcome, view: Explained, letter: Letter, lang: Lang) -> Iterator[Section]:
    match outcome:
        case Rejection():
            yield _section("rejected", lang, [Lines(tuple(message(problem, lang) for problem in outcome.problems))])
            if letter.reader == "company":
                yield _section("rights", lang, [rights_without_result(lang)])
        case NotEvaluated():
            exclusions = [part for part in outcome.model.not_evaluated if part.id in outcome.exclusions]
            lines = (f"{part.title}{bracketed(basis_text(outcome.policy, part.basis), lang)}" for part in exclusions)
            yield _section("not-evaluated", lang, [Lines(tuple(lines))])
            yield _warnings(outcome.warnings, lang)
            if letter.reader == "company":
                yield _section("rights", lang, [rights_lines(outcome.policy, lang)])
        case Evaluation():
            context = context_of(outcome, view, letter, lang)
            yield from _for_clerk(context) if letter.reader == "clerk" else _whole(context)


def _for_clerk(context: Context) -> Iterator[Section]:
    """What bears on the counter."""
    lang, outcome = context.lang, context.outcome
    holding = [veto for veto in outcome.model.vetoes if veto.id in outcome.vetoes]
    yield _section("vetoes-holding", lang, [vetoes_table(context, holding)] if holding else [])
    yield _section("measures", lang, measures_blocks(context) if outcome.model.measures else [])
    yield _alerts(context)
    yield _warnings(outcome.warnings, lang)
    yield _section("records", lang, counted_blocks(context))


def _whole(context: Context) -> Iterator[Section]:
    lang, outcome, model = context.lang, context.outcome, context.outcome.model
    yield _section("score", lang, [points_table(context)] if model.scores else [])
    yield _section("level", lang, [decision_lines(context)] if model.decisions else [])
    yield _section("vetoes", lang, [vetoes_table(context, model.vetoes)] if model.vetoes else [])
    yield _section("measures", lang, measures_blocks(context) if model.measures else [])
    others = other_measures(context)
    yield _section("other-measures", lang, [others] if others.texts else [])
    yield _section("facts", lang, facts_blocks(context))
    yield _section("records", lang, counted_blocks(context))
    yield _section("uncounted", lang, uncounted_blocks(context))
    level = context.view.next_level
    missing = [next_level_lines(level, context)] if level is not None else []
    yield _section("next-level", lang, [*missing, *ways_blocks(context)])
    course = context.view.course
    yield _section("calendar", lang, calendar_blocks(course, context) if course is not None else [])
    yield _alerts(context)
    yield _warnings(outcome.warnings, lang)
    yield _section("rights", lang, [rights_lines(outcome.policy, lang), *repairs(context)])


def _section(name: str, lang: Lang, blocks: Iterable[Block]) -> Section:
    """A section by its id; without blocks it is left out."""
    return Section(name, _say(f"section-{name}", lang), tuple(blocks))


def _alerts(context: Context) -> Section:
    outcome, lang = context.outcome, context.lang
    alerts = [alert for alert in outcome.model.alerts if alert.id in outcome.alerts]
    lines = tuple(f"{alert.title}{bracketed(term(alert.severity, lang), lang)}" for alert in alerts)
    return _section("alerts", lang, [Lines(lines)] if lines else [])


def _warnings(problems: Iterable[Problem], lang: Lang) -> Section:
    lines = tuple(message(problem, lang) for problem in problems)
    return _section("warnings", lang, [Lines(lines)] if lines else [])


def _closing(outcome: Outcome, letter: Letter, lang: Lang) -> Iterator[str]:
    """Where it is sealed."""
    if not isinstance(outcome, Rejection):
        yield _say("sealed", lang, authority=outcome.policy.authority)
        yield _say("blank-day", lang) if letter.day is None else letter_day(letter.day, lang)
