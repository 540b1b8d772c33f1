"""Ways up in words: what is to be done, by when, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.catalogue import Field
from engine.model.condition import Plain
from engine.model.course import Course
from engine.model.period import iso_text
from engine.model.subject import Subject
from engine.model.way import Step, Way, WaysUp
from engine.rendering.condition_text import value_text
from engine.rendering.course_text import Page, cause_text, result_text
from engine.rendering.phrases import with_commas, with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences

_say = Sentences("ways").sentence


def way_lines(ways: WaysUp, course: Course, page: Page) -> Iterator[str]:
    """A line a way, and what was not looked at: nothing is said of more steps at once, or of later days."""
    lang = page.lang
    for way in ways.ways:
        yield _way(way, course, page)
    if ways.more:
        yield _say("more", lang, count=ways.more)
    limits = {"tried": ways.tried, "last": iso_text(ways.last)}
    yield _say("looked-at" if ways.ways else "no-way", lang, **limits)


def heading(ways: WaysUp, lang: Lang) -> str:
    """`怎样达到 B+（良）`."""
    return _say("heading", lang, level=ways.level, grade=ways.grade)


def _way(way: Way, course: Course, page: Page) -> str:
    lang, subject = page.lang, page.subjects[course.subject]
    result = result_text(way.result, lang)
    day = iso_text(way.day)
    if not way.steps:
        place = next(at for at, turn in enumerate(course.turns) if turn.day == way.day)
        why = with_semicolons([cause_text(cause, course, place, page) for cause in way.because], lang)
        return _say("wait", lang, day=day, result=result, why=why)
    steps = with_semicolons([step_text(step, subject, page) for step in way.steps], lang)
    return _say("way-at-once" if way.day == course.turns[0].day else "way", lang, day=day, steps=steps, result=result)


def step_text(step: Step, subject: Subject, page: Page) -> str:
    """What is to be done: `有新的“满意度调查”记录：满意度（%） 95`."""
    lang = page.lang
    match step.kind:
        case "record":
            category = page.categories[step.id]
            fields = [_content(category.fields[name], value, lang) for name, value in step.fields.items()]
            what = _say("step-record", lang, category=category.title, count=step.count)
            whole = with_label(what, with_commas(fields, lang), lang) if fields else what
            rest = step.like is not None and len(step.fields) < len(category.fields)
            return _say("step-like", lang, step=whole, record=step.like) if rest else whole
        case "attribute":
            field = page.attributes[step.id].field
            value = (
                iso_text(int(step.value))
                if field.type == "date" and step.value is not None
                else _worded(field, step.value, lang)
            )
            return _say("step-attribute", lang, attribute=field.title, value=value)
        case "repair":
            record = next(record for record in subject.records if record.id == step.id)
            title = page.categories[record.category].title
            return _say("step-repair", lang, record=record.id, date=iso_text(record.date), category=title)


def _content(field: Field, value: Plain, lang: Lang) -> str:
    return f"{field.title} {iso_text(int(value)) if field.type == 'date' else _worded(field, value, lang)}"


def _worded(field: Field, value: Plain | None, lang: Lang) -> str:
    text = value_text(value, lang)
    return field.labels.get(text, text)
