"""A policy as the annexes of the document that issues it: what is evaluated and how, and what follows from the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from engine.model.condition import Comparison, Condition, facts_in
from engine.model.number import shortest
from engine.model.period import read_day
from engine.model.policy import Document as Issued
from engine.model.policy import Measure, Model, Parameter, Policy
from engine.model.proportion import Influence
from engine.model.scale import Level, Scale
from engine.model.scoring import Band, Dimension, Indicator, Item, form_facts
from engine.rendering.annex.document import (
    Annex,
    Cell,
    Part,
    Row,
    Section,
    Table,
    chinese,
    heads,
    merged,
    row,
    signature,
    with_rows_below,
)
from engine.rendering.annex.fact_sources import fact_sources
from engine.rendering.annex.influences import influence_table
from engine.rendering.annex.labels import POINTS, Label, Names, fact_names, phrase
from engine.rendering.annex.official import ANNEX_LANG, day_text, official
from engine.rendering.annex.points import band_span, otherwise_text, standard
from engine.rendering.annex.quotes import QuotedColumn, Reading, quoted_column
from engine.rendering.annex.tallies import record_rows
from engine.rendering.condition_text import OFFICIAL, basis_text, effects, value_text
from engine.rendering.phrases import bracketed, listed, with_commas, with_label
from engine.rendering.terms import term

DIGEST = len("sha256:") + 12
"""So much of a digest tells versions apart."""


_NONE: Mapping[str, Sequence[Influence]] = {}


class _Notes(Struct):
    """What stands below a table, each once; a mark in the table names it by its number."""

    policy: Policy
    model: Model | None = None
    texts: list[str] = field(default_factory=list)

    def mark(self, trial: bool, note: str | None, *paths: tuple[str | int, ...]) -> str:
        """`（试行，注1）`, with the parameters that stand below the paths of the model."""
        words, notes = [term("trial", ANNEX_LANG)] if trial else [], [note] if note else []
        uses = self.model.parameter_uses if self.model else ()
        used = [use.parameter for use in uses for path in paths if use.path[: len(path)] == path]
        for parameter in (self.policy.parameters[name] for name in dict.fromkeys(used)):
            if parameter.pending:
                words.append(official("parameter-pending"))
                notes.append(official("note-pending", title=parameter.title, value=shortest(parameter.value)))
            elif parameter.trial:
                words.append(term("trial", ANNEX_LANG))
                notes.append(official("note-trial", title=parameter.title))
        numbers = [official("mark-note", number=self.number(note)) for note in dict.fromkeys(notes)]
        return bracketed(with_commas([*dict.fromkeys(words), *numbers], ANNEX_LANG), ANNEX_LANG)

    def number(self, note: str) -> int:
        if note not in self.texts:
            self.texts.append(note)
        return self.texts.index(note) + 1

    def table(self, name: str, columns: Sequence[str], widths: Sequence[int], rows: Iterable[Row], *remarks: str) -> Table:
        """By the names of its caption and its columns. The rows are made first: they make the notes."""
        cells = tuple(rows)
        numbered = (official("note", number=i, text=text.rstrip(official("stop"))) for i, text in enumerate(self.texts, 1))
        return Table(official(f"table-{name}"), heads(columns), tuple(widths), cells, (*remarks, *numbered))


def policy_part(policy: Policy, reading: Reading = "below", influences: Mapping[str, Sequence[Influence]] = _NONE) -> Part:
    """Always in Chinese, whatever the language of messages: it is the form of an official document.

    `reading` is where the engine's reading stands of what is quoted: below the quote, beside it, or nowhere. `influences` are,
    by model, what one adverse record of each category can do.
    """
    models = list(policy.models.values())
    scored = [section for model in models for section in _model(policy, model, reading, influences.get(model.id, ()))]
    if any(model.grades for model in models):
        scored.append(Section(official("section-levels"), (), (_levels(policy.scale, reading),)))
    if policy.parameters:
        scored.append(Section(official("section-parameters"), (), (_parameters(policy),)))
    followed = [Section(model.title, (), (_measures(policy, model, reading),)) for model in models if model.measures]
    subject = policy.title.removesuffix("评价")
    titled = [(official("title-scoring", subject=subject), scored), (official("title-measures", subject=subject), followed)]
    annexes = [
        Annex(official("annex-number", number=i), title, tuple(sections))
        for i, (title, sections) in enumerate(titled, 1)
        if sections
    ]
    status = term(policy.status, ANNEX_LANG)
    title = policy.title if policy.status == "official" else official("titled", title=policy.title, status=status)
    listing = "\n".join(_numbered(annex.title for annex in annexes))
    about = (*_about(policy), (official("annex"), listing))
    return Part(title, about, tuple(annexes), signature(policy.authority), policy.effective_from)


def _numbered(texts: Iterable[str]) -> Iterator[str]:
    return (official("numbered", number=i, text=text) for i, text in enumerate(texts, 1))


def _about(policy: Policy) -> Iterator[tuple[str, str]]:
    yield official("about-version"), official("version", version=policy.version, status=term(policy.status, ANNEX_LANG))
    yield official("about-authority"), policy.authority
    first, until = day_text(policy.effective_from), policy.effective_until
    days = official("days-from", first=first) if until is None else official("days-until", first=first, last=day_text(until))
    note = policy.effective_note
    yield official("about-days"), official("days-noted", days=days, note=note) if note else days
    yield official("about-scale"), _scale(policy.scale)
    documents = list(_numbered(map(_issued, policy.documents.values())))
    if documents:
        yield official("about-documents"), "\n".join(documents)
    yield official("about-file"), official("file", policy=policy.id, version=policy.version, digest=policy.digest[:DIGEST])


def _scale(scale: Scale) -> str:
    grades, levels = chinese(len(scale.grades)), chinese(len(scale.levels))
    names = listed(scale.grades, ANNEX_LANG)
    if not scale.by_score:
        return official("scale-by-rule", grades=grades, levels=levels, names=names)
    text = official("scale", grades=grades, levels=levels, names=names, full=shortest(scale.full))
    return text if scale.reference is None else text + official("scale-reference", points=shortest(scale.reference))


def _issued(document: Issued) -> str:
    """`《实施方案》（邵市发改财信〔2025〕30号，市发展改革委）`."""
    day = read_day(document.date)
    about = [text for text in (document.number, document.issuer, document.date if day is None else day_text(day)) if text]
    title = f"《{document.document.strip('《》').replace('《', '〈').replace('》', '〉')}》"
    title += bracketed(with_commas(about, ANNEX_LANG), ANNEX_LANG)
    if document.note:
        return official("document-notes", title=title, notes=document.note)
    return official("document-notes", title=title, notes=official("unverified")) if document.trial else title


def _model(policy: Policy, model: Model, reading: Reading, influences: Sequence[Influence]) -> Iterator[Section]:
    names = fact_names(policy, model)
    tables = [
        *_exclusions(policy, model, names), *_indicators(policy, model, names, reading),
        *_decisions(policy, model, names), *_vetoes(policy, model, names, reading),
        *influence_table(policy, model, influences),
    ]  # fmt: skip
    kind = term(model.kind, ANNEX_LANG)
    whom = official("evaluated-always" if model.always else "evaluated", model=model.title, kind=kind)
    if tables:
        yield Section(model.title, (whom,), tuple(tables))


def _exclusions(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    notes = _Notes(policy, model)
    rows = [
        row(
            str(i),
            exclusion.title + notes.mark(exclusion.trial, exclusion.note, ("not_evaluated", exclusion.id)),
            _sentence(phrase(exclusion.when, model, names)),
            _sources(policy, model, names, facts_in(exclusion.when)),
            basis_text(policy, exclusion.basis),
        )
        for i, exclusion in enumerate(model.not_evaluated, 1)
    ]
    if rows:
        columns = ("number", "circumstance", "criterion", "source", "basis")
        yield notes.table("exclusions", columns, (5, 23, 24, 30, 18), rows)


def _indicators(policy: Policy, model: Model, names: Names, reading: Reading) -> Iterator[Table]:
    if not model.scores:
        return
    notes = _Notes(policy, model)
    column = quoted_column(reading, (element.quote for _, element in model.scored()))
    rows: list[Row] = []
    for dimension in model.dimensions:
        path = ("dimensions", dimension.id)
        counts = notes.mark(False, None, (*path, "counts_for"), (*path, "out_of"), (*path, "points"))
        head = _dimension(dimension) + counts
        for indicator in dimension.indicators:
            rows += _indicator(head, path, indicator, policy, model, names, notes, column)
    rows += _items(policy, model, names, notes, column)
    full = shortest(policy.scale.full)
    rest = column.count + 2
    how = Cell(_total(model, full), columns=rest)
    total: Row = (Cell(official("total"), columns=2), None, Cell(full), how, *[None] * (rest - 1))
    remarks = []
    if any(indicator.only_when for indicator in model.indicators()):
        remarks.append(official("remark-left-out"))
    if any(dimension.counts_for is not None for dimension in model.dimensions):
        remarks.append(official("remark-counts-for"))
    columns = ("dimension", "indicator", "points", *column.names("standard"), "source", "basis")
    widths = (9, 14, 5, *column.widths(26), 33, 13)
    cells = (*_base(model, notes, rest), *merged(rows, 0, len(columns) - 1), total)
    yield notes.table("indicators", columns, widths, cells, *remarks)


def _base(model: Model, notes: _Notes, rest: int) -> Iterator[Row]:
    """The row of the points that the score starts from; its sentence takes so many columns."""
    if model.base is not None:
        title = official("base") + notes.mark(False, None, ("base",))
        points = shortest(model.base)
        how = Cell(official("base-points", points=points), columns=rest)
        yield (Cell(title, columns=2), None, Cell(points), how, *[None] * (rest - 1))


def _total(model: Model, full: str) -> str:
    """What the score adds up."""
    how = "plain" if model.adjustments is None else "adjusted"
    if model.base is not None:
        deducted = model.adjustments is not None and model.adjustments.at_most == 0
        beside = "deducting" if deducted else how
        how = f"base-{beside}" if model.dimensions else "base-deducted" if deducted else "base-alone"
    return official(f"total-{how}", full=full)


def _dimension(dimension: Dimension) -> str:
    points = shortest(dimension.points)
    if dimension.counts_for is None:
        head = official("dimension", title=dimension.title, points=points)
    else:
        head = official("dimension-counts-for", title=dimension.title, points=points, counts=shortest(dimension.counts_for))
    return head if dimension.quote is None else f"{head}\n{dimension.quote}"


def _indicator(
    head: str, path: tuple[str, ...], indicator: Indicator, policy: Policy, model: Model, names: Names, notes: _Notes,
    column: QuotedColumn,
) -> list[Row]:  # fmt: skip
    only, none = indicator.only_when, indicator.none_when
    read = [*form_facts(indicator.form), *(name for when in (none, only) if when for name in facts_in(when))]
    how = _sentence(standard(indicator.form, indicator.points, model, names))
    if none is not None:
        how += "\n" + official("none-when-official", condition=phrase(none, model, names))
    if only is not None:
        how += "\n" + official("left-out", condition=phrase(only, model, names))
    mark = notes.mark(indicator.trial, indicator.note, (*path, "indicators", indicator.id), *_facts(model, read))
    whose = head, indicator.title + mark, shortest(indicator.points)
    basis = basis_text(policy, indicator.basis)
    below = record_rows(indicator.form, indicator.points, policy, model, names)
    return _standard_rows(whose, how, basis, read, indicator.quote, column, list(below), policy, model, names)


def _standard_rows(
    whose: tuple[str, str, str], how: str, basis: str, read: Iterable[str], quote: str | None, column: QuotedColumn,
    below: Sequence[tuple[str, list[str]]], policy: Policy, model: Model, names: Names,
) -> list[Row]:  # fmt: skip
    """The row of an element, and those of what each of its tallies gives records, each tally with its own source."""
    below = () if quote and column.reading == "none" else below
    by_record = [name for name, _ in below]
    alone = len(by_record) == 1 and model.needed(read).keys() == {*by_record}
    rest = fact_sources([name for name in read if alone or name not in by_record], policy, model, names, by_record)
    texts = column.texts(quote, how)
    last = len(whose) + len(texts) - 1  # the column of the reading, before that of the sources
    own: list[dict[int, Cell | None]] = []
    for name, lines in below:
        source = None if alone else Cell(fact_sources([name], policy, model, names, by_record), rows=len(lines))
        own += [{last: Cell(line), last + 1: source if at == 0 else None} for at, line in enumerate(lines)]
    cells = row(*whose, *texts, rest or official("blank"), basis)
    return with_rows_below(cells, own, (*range(1, last), *([last + 1] if alone else [])))


def _facts(model: Model, read: Iterable[str]) -> list[tuple[str, str]]:
    """The paths of the facts that are read, whose parameters count too."""
    return [("facts", name) for name in model.needed(read)]


def _items(policy: Policy, model: Model, names: Names, notes: _Notes, column: QuotedColumn) -> Iterator[Row]:
    bounds = model.adjustments
    if bounds is None:
        return
    which = {
        (True, False): "adjustments-deducted",
        (False, True): "adjustments-added",
        (True, True): "adjustments-nothing",
    }
    head = which.get((bounds.at_most == 0, bounds.at_least == 0), "adjustments")
    head = official(head, most=shortest(bounds.at_most), least=shortest(-bounds.at_least))
    head += notes.mark(False, None, ("adjustments", "at_most"), ("adjustments", "at_least"))
    for item in bounds.items:
        read = list(form_facts(item.form))
        mark = notes.mark(item.trial, item.note, ("adjustments", "items", item.id), *_facts(model, read))
        how = _sentence(with_commas([standard(item.form, None, model, names), *_limits(item)], ANNEX_LANG))
        whose = head, item.title + mark, official("blank")
        basis, below = basis_text(policy, item.basis), list(record_rows(item.form, None, policy, model, names))
        yield from _standard_rows(whose, how, basis, read, item.quote, column, below, policy, model, names)


def _limits(item: Item) -> Iterator[str]:
    if item.at_most is not None:
        yield official("at-most", points=shortest(item.at_most))
    if item.at_least is not None:
        yield official("at-least", points=shortest(-item.at_least))


def _decisions(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    if model.decisions is None:
        return
    notes = _Notes(policy, model)
    grades = {level.name: level.grade for level in policy.scale.levels}
    rows = []
    for i, (when, level) in enumerate(model.decisions.branches):
        read = list(facts_in(when))
        mark = notes.mark(False, None, ("decisions", i), *_facts(model, read))
        sources = fact_sources(read, policy, model, names)
        rows.append(row(str(i + 1), phrase(when, model, names) + mark, level, grades[level], sources))
    last = model.decisions.otherwise
    rows.append(row(str(len(rows) + 1), official("other-circumstances"), last, grades[last], official("blank")))
    columns = ("order", "circumstance", "level", "grade", "source")
    yield notes.table("decisions", columns, (6, 40, 7, 7, 40), merged(rows, 4), official("remark-decisions"))


def _vetoes(policy: Policy, model: Model, names: Names, reading: Reading) -> Iterator[Table]:
    notes = _Notes(policy, model)
    column = quoted_column(reading, (veto.quote for veto in model.vetoes))
    rows = [
        row(
            str(i),
            veto.title + notes.mark(veto.trial, veto.note, ("vetoes", veto.id), *_facts(model, facts_in(veto.when))),
            *column.texts(veto.quote, _sentence(phrase(veto.when, model, names))),
            _sentence(with_commas(effects(veto, ANNEX_LANG, OFFICIAL), ANNEX_LANG)),
            _sources(policy, model, names, facts_in(veto.when)),
            basis_text(policy, veto.basis),
        )
        for i, veto in enumerate(model.vetoes, 1)
    ]
    if rows:
        columns = ("number", "veto", *column.names("criterion"), "effect", "source", "basis")
        widths = (5, 22, *column.widths(19), 14, 26, 14)
        yield notes.table("vetoes", columns, widths, merged(rows, len(columns) - 1), official("remark-vetoes"))


def _levels(scale: Scale, reading: Reading) -> Table:
    column = quoted_column(reading, (level.quote for level in scale.levels))
    score = Label(official("score"), {}, POINTS)
    bands = [_level_band(level) for level in scale.levels if level.at_least is not None]
    texts = [band_span(band, before, score) for before, band in zip([None, *bands], bands)]
    texts.append(otherwise_text(bands[-1], score) if bands else official("blank"))
    spans = iter(texts)
    bounds = [official("level-by-rule") if level.by_rule else next(spans) for level in scale.levels]
    rows = [
        row(level.grade, level.name, *column.texts(level.quote, text)) for level, text in zip(scale.levels, bounds, strict=True)
    ]
    before = heads(("grade", "level", *column.names("score")[:-1]))
    columns = (*before, official("head-score", full=shortest(scale.full)))
    return Table(official("section-levels"), columns, (25, 25, *column.widths(50)), merged(rows, 0))


def _level_band(level: Level) -> Band:
    return Band("at_least", level.at_least or 0, 0) if level.above is None else Band("above", level.above, 0)


def _parameters(policy: Policy) -> Table:
    rows = [
        row(
            parameter.title,
            shortest(parameter.value),
            _status(parameter),
            basis_text(policy, parameter.basis) or official("blank"),
            parameter.note or "",
        )
        for parameter in policy.parameters.values()
    ]
    remarks = (official("remark-pending"),) if any(parameter.pending for parameter in policy.parameters.values()) else ()
    columns = ("parameter", "value", "status", "basis", "note")
    return Table(official("section-parameters"), heads(columns), (30, 8, 8, 22, 32), tuple(rows), remarks)


def _status(parameter: Parameter) -> str:
    if parameter.trial and not parameter.pending:
        return term("trial", ANNEX_LANG)
    return official("parameter-pending" if parameter.pending else "parameter-set")


def _measures(policy: Policy, model: Model, reading: Reading) -> Table:
    """By the circumstance in which they apply: grades first, the best one first, then others as they come."""
    notes = _Notes(policy, model)
    names = fact_names(policy, model)
    column = quoted_column(reading, (measure.quote for measure in model.measures))
    circumstances: dict[str, list[Measure]] = {}
    for measure in sorted(model.measures, key=_by_grade(policy.scale)):
        circumstance = _circumstance(measure.when, policy.scale) or phrase(measure.when, model, names)
        circumstances.setdefault(circumstance, []).append(measure)
    rows = [
        row(
            circumstance,
            term(measure.matter, ANNEX_LANG),
            measure.title + _measure_mark(measure, model, notes),
            term(measure.kind, ANNEX_LANG),
            *column.texts(measure.quote, _content(policy, measure)),
            basis_text(policy, measure.basis, measure.item),
        )
        for circumstance, measures in circumstances.items()
        for measure in measures
    ]
    columns = ("grade-or-circumstance", "matter", "measure", "kind", *column.names("content"), "basis")
    remarks = (official("remark-measures"),) if any(measure.kind == "restriction" for measure in model.measures) else ()
    widths = (15, 10, 26, 6, *column.widths(23), 20)
    return notes.table("measures", columns, widths, merged(rows, 0, len(columns) - 1), *remarks)


def _measure_mark(measure: Measure, model: Model, notes: _Notes) -> str:
    return notes.mark(measure.trial, measure.note, ("measures", measure.id), *_facts(model, facts_in(measure.when)))


def _by_grade(scale: Scale) -> Callable[[Measure], int]:
    """Where a measure that rests on grades alone stands; others come after them."""

    def position(measure: Measure) -> int:
        grades = _grades(measure.when)
        return min((scale.grades.index(grade) for grade in grades), default=len(scale.grades))

    return position


def _grades(when: Condition) -> tuple[str, ...]:
    """The grades that a condition names, where it is about them alone."""
    match when:
        case Comparison("grade", "is", str(grade)):
            return (grade,)
        case Comparison("grade", "one_of", tuple(grades)):
            return tuple(map(str, grades))
        case _:
            return ()


def _circumstance(when: Condition, scale: Scale) -> str:
    """`优（A、A-）` for a condition on grades alone, else empty."""
    names = ((grade, [level.name for level in scale.levels if level.grade == grade]) for grade in scale.grades)
    levels = {grade: listed(texts, ANNEX_LANG) for grade, texts in names}
    circumstances = (
        grade if levels[grade] == grade else official("grade-levels", grade=grade, levels=levels[grade])
        for grade in _grades(when)
    )
    return listed(circumstances, ANNEX_LANG)


def _content(policy: Policy, measure: Measure) -> str:
    """The terms, and of a restriction the item of the list that it is."""
    lines = [with_label(name, value_text(value, ANNEX_LANG), ANNEX_LANG) for name, value in measure.terms.items()]
    if measure.item is not None:
        item = policy.library_items[measure.item]
        lines.append(official("library-item-unverified" if item.trial else "library-item", title=item.title))
    return "\n".join(lines) or official("blank")


def _sources(policy: Policy, model: Model, names: Names, facts: Iterable[str]) -> str:
    return fact_sources(facts, policy, model, names) or official("blank")


def _sentence(text: str) -> str:
    return official("paragraph", text=text)
