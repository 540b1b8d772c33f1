"""The calendar of a result: when it changes with nothing new, and what does it, beside a picture of the spans."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.model.course import Course
from engine.model.evaluation import Evaluation
from engine.model.period import iso_text
from engine.rendering.course_text import Page, page_of, result_text, turn_lines
from engine.rendering.explanation.context import Context
from engine.rendering.explanation.outline import Block, Grid, Lines, Paragraph, Row, Span, Timeline
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.way_text import heading, way_lines

_say = Sentences("explain").sentence
_course_say = Sentences("course").sentence


def calendar_blocks(course: Course, context: Context) -> Iterator[Block]:
    """What stands until the last day looked at; one sentence where nothing changes."""
    last, lang = iso_text(course.last), context.lang
    if len(course.turns) == 1:
        yield Paragraph(_say("calendar-same", lang, last=last))
        return
    yield Paragraph(_say("calendar", lang, last=last))
    yield Timeline(_say("timeline", lang, first=iso_text(course.turns[0].day), last=last), tuple(_spans(course, lang)))
    page = _page(course, context)
    heads = tuple(_course_say(f"head-{name}", lang) for name in ("day", "result", "causes"))
    rows = [
        Row(
            (
                iso_text(turn.day),
                result_text(turn.outcome, lang),
                "\n".join(turn_lines(course, place, page) if place else [_course_say("first-day", lang)]),
            )
        )
        for place, turn in enumerate(course.turns)
    ]
    yield Grid(heads, (14, 18, 68), tuple(rows))


def _page(course: Course, context: Context) -> Page:
    view = context.view
    return page_of([course], {view.subject.id: view.subject}, context.lang, view.titles, context.numbers, view.catalogue)


def ways_blocks(context: Context) -> Iterator[Block]:
    """For each better level that is looked at the ways to it, below its name."""
    course, lang = context.view.course, context.lang
    if course is None:
        return
    page = _page(course, context)
    for ways in context.view.ways:
        yield Paragraph(heading(ways, lang), strong=True)
        yield Lines(tuple(way_lines(ways, course, page)))


def _spans(course: Course, lang: Lang) -> Iterator[Span]:
    days = [turn.day for turn in course.turns]
    for turn, (first, end) in zip(course.turns, pairwise([*days, course.last + 1]), strict=True):
        outcome = turn.outcome
        text = result_text(outcome, lang)
        if isinstance(outcome, Evaluation) and outcome.grade is not None:
            grades = outcome.policy.scale.grades
            short = outcome.level or text
            yield Span(iso_text(first), end - first, short, grades.index(outcome.grade), len(grades))
        else:
            yield Span(iso_text(first), end - first, text, None, 1)
