"""Courses for people: a calendar of each result, with the records and dates that change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from msgspec import Struct
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.model.catalogue import Attribute, Catalogue, Category
from engine.model.course import Cause, Course, Turn
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.number import two_decimals
from engine.model.period import iso_text
from engine.model.subject import Subject
from engine.rendering.messages import message
from engine.rendering.phrases import bracketed, listed, say, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.visible import visible

_say = Sentences("course").sentence

LEAST_WIDTH = 60
"""Columns in which no cell of the tables loses a character."""


class Page(Struct, frozen=True):
    """Whom courses are about by id, by POLICY/MODEL what the results are called that may be read, and what the policies take.

    `numbers` are those under which records stand elsewhere on a page, by their ids.
    """

    subjects: Mapping[str, Subject]
    models: Mapping[str, str]
    categories: Mapping[str, Category]
    attributes: Mapping[str, Attribute]
    lang: Lang
    numbers: Mapping[str, int] = {}


def page_of(
    courses: Iterable[Course], subjects: Mapping[str, Subject], lang: Lang, titles: Mapping[str, str] = {},
    numbers: Mapping[str, int] = {}, catalogue: Catalogue | None = None,
) -> Page:  # fmt: skip
    """What is said of courses of the same subjects together.

    `titles` are what other results are called, `numbers` those of records; the `catalogue` says what others' policies take.
    """
    models = dict(titles)
    categories = dict(catalogue.categories) if catalogue else {}
    attributes = dict(catalogue.attributes) if catalogue else {}
    for course in courses:
        models[f"{course.policy}/{course.model}"] = _model_title(course)
        for turn in course.turns:
            if isinstance(turn.outcome, Evaluation | NotEvaluated):
                categories |= turn.outcome.policy.categories
                attributes |= turn.outcome.policy.attributes
    return Page(subjects, models, categories, attributes, lang, numbers)


def _model_title(course: Course) -> str:
    """As the first of its outcomes that is of a version has it."""
    for turn in course.turns:
        if isinstance(turn.outcome, Evaluation | NotEvaluated):
            return f"{turn.outcome.policy.title} · {turn.outcome.model.title}"
    return f"{course.policy}/{course.model}"


def courses_text(courses: Sequence[Course], page: Page, width: int, colours: bool | None) -> str:
    """The subjects one after another, of each a table a course in so many columns, at least LEAST_WIDTH.

    With None there are colours where the environment forces them.
    """
    console = Console(
        file=StringIO(), width=max(width, LEAST_WIDTH), force_terminal=colours, highlight=False, emoji=False, markup=False
    )
    subject = None
    with console.capture() as captured:
        for course in courses:
            if course.subject != subject:
                if subject is not None:
                    console.rule(style="dim")
                subject = course.subject
                console.print(Text(_subject(page.subjects[subject], page.lang), style="bold"))
            console.print(Padding(Text(_head(course, page), style="bold cyan"), (1, 0, 0, 0)))
            console.print(_table(course, page))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _subject(subject: Subject, lang: Lang) -> str:
    return visible(f"{subject.name}{bracketed(subject.id, lang)}" if subject.name else subject.id)


def _head(course: Course, page: Page) -> str:
    model = visible(page.models[f"{course.policy}/{course.model}"])
    return _say("days", page.lang, model=model, first=iso_text(course.turns[0].day), last=iso_text(course.last))


def _table(course: Course, page: Page) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(_say("head-day", page.lang), no_wrap=True)
    table.add_column(_say("head-result", page.lang), overflow="fold", min_width=12)
    table.add_column(_say("head-causes", page.lang), overflow="fold", min_width=24)
    for place, turn in enumerate(course.turns):
        lines = turn_lines(course, place, page) if place else [_first(course, page.lang)]
        table.add_row(iso_text(turn.day), visible(result_text(turn.outcome, page.lang)), "\n".join(map(visible, lines)))
    return table


def _first(course: Course, lang: Lang) -> str:
    return _say("first-day" if len(course.turns) > 1 else "no-change", lang)


def result_text(outcome: Outcome | None, lang: Lang) -> str:
    """`83.00 B 良`, or what else came out."""
    match outcome:
        case Evaluation():
            score = None if outcome.score is None else two_decimals(outcome.score)
            return " ".join(part for part in (score, outcome.level, outcome.grade) if part) or _say("measures-alone", lang)
        case NotEvaluated():
            left_out = [part.title for part in outcome.model.not_evaluated if part.id in outcome.exclusions]
            return f"{say('outcome-not-evaluated', lang)}{bracketed(listed(left_out, lang), lang)}"
        case Rejection():
            why = with_semicolons([message(problem, lang) for problem in outcome.problems], lang)
            return f"{say('outcome-rejected', lang)}{bracketed(why, lang)}"
        case None:
            return _say("no-result", lang)


def turn_lines(course: Course, place: int, page: Page) -> Iterator[str]:
    """What the turn at a place after the first changes, and why: a line a cause, then the vetoes and measures."""
    before, turn = course.turns[place - 1], course.turns[place]
    for cause in turn.because:
        yield cause_text(cause, course, place, page)
    yield from _gained_and_lost(before.outcome, turn.outcome, page.lang)


def cause_text(cause: Cause, course: Course, place: int, page: Page) -> str:
    """What changes a result: `[r1] 2025-03-30 投诉举报：超出计算期间，不再计入（近一年投诉件数）`."""
    known = _known(course.turns[place - 1], course.turns[place])
    titles = [known.model.facts[name].title for name in cause.facts] if known and cause.kind != "result" else []
    what = _what(cause, course, place, page)
    event = _say(f"cause-{cause.kind}-{cause.event}", page.lang, what=what)
    text = f"{event}{bracketed(listed(titles, page.lang), page.lang)}"
    return _say("renewable", page.lang, text=text) if cause.renewable else text


def _known(before: Turn, turn: Turn) -> Evaluation | NotEvaluated | None:
    """An outcome of one of two turns that has its policy; a rejection may have none."""
    return next((each for each in (turn.outcome, before.outcome) if isinstance(each, Evaluation | NotEvaluated)), None)


def _what(cause: Cause, course: Course, place: int, page: Page) -> str:
    """The record, date, result or version that a cause is about."""
    subject = page.subjects[course.subject]
    match cause.kind:
        case "record":
            record = next(record for record in subject.records if record.id == cause.id)
            category = page.categories.get(record.category)
            title = category.title if category else record.category
            if record.id in page.numbers:
                return f"[{page.numbers[record.id]}] {title}"
            return f"[{record.id}] {iso_text(record.date)} {title}"
        case "attribute":
            attribute = page.attributes.get(cause.id)
            return f"{attribute.field.title if attribute else cause.id} {iso_text(int(subject.attributes[cause.id]))}"
        case "result":
            *member, policy, model = cause.id.split("/")
            title = page.models.get(f"{policy}/{model}", f"{policy}/{model}")
            return " ".join((*member, title))
        case "policy":
            outcome = course.turns[place].outcome
            return outcome.policy.version if isinstance(outcome, Evaluation | NotEvaluated) else say("none", page.lang)


def _gained_and_lost(before: Outcome | None, after: Outcome | None, lang: Lang) -> Iterator[str]:
    """Vetoes and measures that hold from the day on, and those that do no more."""
    for name in ("vetoes", "measures"):
        old, new = (_held(outcome, name) for outcome in (before, after))
        for how, titles in (("come", _beyond(new, old)), ("gone", _beyond(old, new))):
            if titles:
                yield _say(f"turn-{name}-{how}", lang, titles=listed(titles, lang))


def _beyond(these: Mapping[str, str], those: Mapping[str, str]) -> list[str]:
    return [title for key, title in these.items() if key not in those]


def _held(outcome: Outcome | None, name: str) -> dict[str, str]:
    """The vetoes or measures of a result by id, with their titles."""
    if not isinstance(outcome, Evaluation):
        return {}
    ids, parts = (outcome.vetoes, outcome.model.vetoes) if name == "vetoes" else (outcome.measures, outcome.model.measures)
    return {part.id: part.title for part in parts if part.id in ids}
