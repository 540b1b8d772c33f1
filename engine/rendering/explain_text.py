"""The explanation of a result: the page that an official hands to a company."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.model.catalogue import Field
from engine.model.condition import facts_in
from engine.model.evaluation import Evaluation, IndicatorResult, NotEvaluated, Outcome, Rejection, UnmetCondition
from engine.model.number import shortest, two_decimals
from engine.model.period import NEVER, OwnPeriod, iso_text
from engine.model.policy import (
    Fact,
    FromAttribute,
    FromRecords,
    Measure,
    MemberCount,
    Model,
    Policy,
    Tally,
    Veto,
)
from engine.model.problem import Problem
from engine.model.scoring import Basis, Dimension, Form, form_facts
from engine.model.subject import Record, Subject
from engine.rendering.absence_text import absence_text, missing_text
from engine.rendering.changes.tally_text import branch_text
from engine.rendering.condition_text import basis_text, condition_text, effects, title_of, unmet_text, value_text
from engine.rendering.messages import message
from engine.rendering.phrases import as_clauses, bracketed, say, with_commas, with_label, with_semicolons
from engine.rendering.score_working import score_working
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term
from engine.rendering.visible import visible_in

_say = Sentences("explain").sentence


class ExplainView(Struct, frozen=True):
    """What a report shows beside the outcome: the subject, and the reasons in evaluating's terms."""

    subject: Subject
    applied: dict[str, int]
    unmet_measures: dict[str, UnmetCondition]
    unmet_vetoes: dict[str, UnmetCondition]
    next_level: str | None = None
    missing: int | None = None
    gains: Sequence[tuple[str, int, bool]] = ()
    in_the_way: Sequence[str] = ()
    without_vetoes: str | None = None
    unmet_level: UnmetCondition | None = None
    none: Sequence[str] = ()


LEAST_WIDTH = 60
"""Columns in which no cell of the tables loses a character."""


def report_text(results: Sequence[tuple[Outcome, ExplainView]], lang: Lang, width: int, colours: bool | None = False) -> str:
    """The reports of one subject's results, a rule between them, in so many columns, at least LEAST_WIDTH.

    With None there are colours where the environment forces them.
    """
    console = Console(
        file=StringIO(), width=max(width, LEAST_WIDTH), force_terminal=colours, highlight=False, soft_wrap=False, emoji=False,
        markup=False,
    )  # fmt: skip
    with console.capture() as captured:
        for index, (outcome, view) in enumerate(results):
            if index:
                console.rule(style="dim")
            for part in _parts(visible_in(outcome), visible_in(view), lang):
                console.print(_fitting(part, console))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _fitting(part: RenderableType, console: Console) -> RenderableType:
    """A table without the least widths of its columns where they do not fit, for what does not fit is cut."""
    if isinstance(part, Table):
        least = Measurement.get(console, console.options.update(max_width=sys.maxsize), part).minimum
        for column in part.columns if least > console.width else ():
            column.min_width = None
    return part


def _parts(outcome: Outcome, view: ExplainView, lang: Lang) -> Iterator[RenderableType]:
    yield _head(outcome, view, lang)
    match outcome:
        case Rejection():
            yield _section("rejected", lang, [message(problem, lang) for problem in outcome.problems])
        case NotEvaluated():
            exclusions = [part for part in outcome.model.not_evaluated if part.id in outcome.exclusions]
            lines = [f"{part.title}{bracketed(basis_text(outcome.policy, part.basis), lang)}" for part in exclusions]
            yield _section("not-evaluated", lang, lines)
            yield from _warnings(outcome.warnings, lang)
        case Evaluation():
            yield from _evaluation(outcome, view, lang)


def _evaluation(outcome: Evaluation, view: ExplainView, lang: Lang) -> Iterator[RenderableType]:
    model = outcome.model
    if model.scores:
        yield _title("score", lang)
        yield _points(outcome, view, lang)
    if model.decisions:
        yield _section("level", lang, [_decision(outcome, lang)])
    yield _title("facts", lang)
    yield _facts(outcome, view.subject, lang)
    if model.vetoes:
        yield _section("vetoes", lang, [_veto(outcome, veto, view, lang) for veto in model.vetoes])
    if model.measures:
        applying = [_measure(outcome, measure, lang) for measure in model.measures if measure.id in outcome.measures]
        yield _section("measures", lang, applying or [say("none", lang)])
        others = [(part, view.unmet_measures.get(part.id)) for part in model.measures if part.id not in outcome.measures]
        if others:
            lines = [with_label(part.title, unmet_text(why, model, lang), lang) for part, why in others if why]
            yield _section("other-measures", lang, lines)
    if view.next_level is not None:
        yield _section("next-level", lang, list(_next(outcome, view, view.next_level, lang)))
    alerts = [alert for alert in model.alerts if alert.id in outcome.alerts]
    if alerts:
        lines = [f"{alert.title}{bracketed(term(alert.severity, lang), lang)}" for alert in alerts]
        yield _section("alerts", lang, lines)
    yield from _warnings(outcome.warnings, lang)


def _head(outcome: Outcome, view: ExplainView, lang: Lang) -> RenderableType:
    subject = view.subject
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    known = with_commas([subject.id, term(subject.kind, lang)], lang)
    grid.add_row(_say("subject", lang), f"{subject.name}{bracketed(known, lang)}" if subject.name else known)
    if isinstance(outcome, Rejection):
        grid.add_row(_say("model", lang), f"{outcome.policy}/{outcome.model}")
        result = Text(say("outcome-rejected", lang), style="bold red")
    else:
        policy = outcome.policy
        status = bracketed(term(policy.status, lang), lang)
        grid.add_row(_say("policy", lang), f"{policy.title} {policy.version}{status} · {outcome.model.title}")
        grid.add_row(_say("authority", lang), policy.authority)
        result = Text(say("outcome-not-evaluated", lang), style="bold")
    if isinstance(outcome, Evaluation):
        result = _result(outcome, lang)
    until = iso_text(outcome.valid_until) if outcome.valid_until is not None else say("outcome-open-ended", lang)
    grid.add_row(_say("as-of", lang), _say("as-of-until", lang, day=iso_text(outcome.as_of), until=until))
    grid.add_row(_say("result", lang), result)
    return Group(Text(_say("document", lang), style="bold"), Text(""), grid)


def _result(outcome: Evaluation, lang: Lang) -> Text:
    score = "" if outcome.score is None else f"{say('outcome-score', lang, points=two_decimals(outcome.score))}   "
    if outcome.level is None:
        return Text(score or say("none", lang))
    scale = outcome.policy.scale
    style = {0: "bold green", len(scale.grades) - 1: "bold red"}.get(scale.grades.index(str(outcome.grade)), "bold")
    return Text(f"{score}{outcome.level}   {outcome.grade}", style=style)


def _points(outcome: Evaluation, view: ExplainView, lang: Lang) -> Table:
    assert outcome.reasoning
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(_say("head-indicator", lang), overflow="fold", min_width=14)
    table.add_column(_say("head-points", lang), justify="right", no_wrap=True)
    table.add_column(_say("head-facts", lang), overflow="fold", min_width=20)
    table.add_column(_say("head-working", lang), overflow="fold", min_width=16)
    table.add_column(_say("head-basis", lang), overflow="fold", min_width=16)
    if outcome.model.base is not None:
        table.add_row(Text(_say("base", lang), style="bold"), Text(shortest(outcome.model.base), style="bold"), "", "", "")
    for dimension, result in zip(outcome.model.dimensions, outcome.reasoning.dimensions, strict=True):
        counts = ""
        if dimension.counts_for is not None:
            counts = _say("counts-for", lang, share=shortest(result.share), full=shortest(dimension.counts_for))
        points = f"{shortest(result.points)} / {shortest(dimension.points)}"
        table.add_row(
            Text(dimension.title, style="bold"),
            Text(points, style="bold"),
            counts,
            "",
            _cited(outcome.policy, (), dimension.quote, lang),
        )
        for indicator in result.indicators:
            table.add_row(*_indicator(outcome, dimension, indicator, view, lang))
    if outcome.model.adjustments:
        bounds = outcome.model.adjustments
        limits = f"{shortest(bounds.at_least)} … {shortest(bounds.at_most)}"
        title = Text(_say("deductions" if bounds.at_most == 0 else "adjustments", lang), style="bold")
        table.add_row(title, Text(_signed(outcome.reasoning.adjustment), style="bold"), limits, "", "")
        points_of = dict(outcome.reasoning.items)
        for item in outcome.model.items():
            added = points_of[item.id]
            how = score_working(item.form, outcome.facts, view.applied.get(item.id), added, outcome.model, lang)
            basis = _cited(outcome.policy, item.basis, item.quote, lang)
            table.add_row(f"  {item.title}", _signed(added), _read(item.form, outcome, lang), how, basis)
    table.add_row("", "", "", "", "")
    total = f"{two_decimals(outcome.score or 0)} / {shortest(outcome.policy.scale.full)}"
    why = ""
    if outcome.reasoning.rounded_score != outcome.score:
        why = _say("capped", lang, points=two_decimals(outcome.reasoning.rounded_score or 0))
    table.add_row(Text(_say("total", lang), style="bold"), Text(total, style="bold"), why, "", "")
    return table


def _indicator(
    outcome: Evaluation, dimension: Dimension, result: IndicatorResult, view: ExplainView, lang: Lang
) -> tuple[str, str, str, str, str]:
    indicator = next(part for part in dimension.indicators if part.id == result.id)
    basis = _cited(outcome.policy, indicator.basis, indicator.quote, lang)
    if result.points is None:
        condition = condition_text(indicator.only_when, outcome.model, lang) if indicator.only_when else ""
        return f"  {indicator.title}", "–", "", _say("left-out", lang, condition=condition), basis
    points = f"{shortest(result.points)} / {shortest(indicator.points)}"
    if indicator.none_when is not None and indicator.id in view.none:
        how = _say("none-when", lang, condition=condition_text(indicator.none_when, outcome.model, lang))
        read = _values(facts_in(indicator.none_when), outcome, lang)
        return f"  {indicator.title}", points, read, how, basis
    how = score_working(indicator.form, outcome.facts, view.applied.get(indicator.id), result.points, outcome.model, lang)
    return f"  {indicator.title}", points, _read(indicator.form, outcome, lang), how, basis


def _read(form: Form, outcome: Evaluation, lang: Lang) -> str:
    """The facts that a form reads, with their values."""
    return _values(form_facts(form), outcome, lang)


def _values(names: Iterable[str], outcome: Evaluation, lang: Lang) -> str:
    """Facts with their values, each once."""
    named = dict.fromkeys(names)
    return "\n".join(f"{title_of(name, outcome.model, lang)} {value_text(outcome.facts[name], lang)}" for name in named)


def _signed(points: int) -> str:
    return f"+{shortest(points)}" if points > 0 else shortest(points).replace("-", "−")


def _decision(outcome: Evaluation, lang: Lang) -> str:
    assert outcome.model.decisions
    levels = ((when, level) for when, level in outcome.model.decisions.branches)
    texts = [with_label(level, condition_text(when, outcome.model, lang), lang) for when, level in levels]
    return "\n".join([*texts, with_label(outcome.model.decisions.otherwise, say("otherwise", lang), lang)])


def _facts(outcome: Evaluation, subject: Subject, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(_say("head-fact", lang), overflow="fold", ratio=3)
    table.add_column(_say("head-value", lang), overflow="fold", ratio=1)
    table.add_column(_say("head-origin", lang), overflow="fold", ratio=5)
    records = {record.id: record for record in subject.records}
    behind = outcome.reasoning.behind if outcome.reasoning else {}
    for name, fact in outcome.model.facts.items():
        lines = list(_origin(fact, behind.get(name, ()), records, outcome, subject, lang))
        table.add_row(fact.title, value_text(outcome.facts[name], lang), "\n".join(lines))
    return table


def _origin(
    fact: Fact, ids: Sequence[str], records: dict[str, Record], outcome: Evaluation, subject: Subject, lang: Lang
) -> Iterator[str]:
    match fact.source:
        case FromRecords():
            read = list(_sources(fact, outcome.model))
            for place, name in enumerate(ids):
                record = records.get(name)
                # a result of this run may have the id of a record of another category
                of_category = [source for source in read if record is not None and source.category == record.category]
                own = record if of_category else None
                yield _record(name, own, of_category, outcome, subject, lang)
                yield from _branch_reached(fact, place, outcome, lang)
            categories = {records[name].category for name in ids if name in records}
            for source in read if len(ids) > 1 else ():
                if source.once_per is not None and source.kind != "tally" and source.category in categories:
                    title = outcome.policy.categories[source.category].fields[source.once_per].title
                    yield say("records-once-short", lang, field=title)
            if not ids:
                yield absence_text(fact, fact.source, outcome, subject, lang)
        case FromAttribute(_, name):
            title = outcome.policy.attributes[name].field.title
            if name in subject.attributes:
                yield f"{title}"
            else:
                yield missing_text(fact, _say("not-given", lang, title=title), outcome, lang)
        case MemberCount():
            yield say("members", lang)
        case _:  # what rests on other facts
            titles = [title_of(name, outcome.model, lang) for name in dict.fromkeys(fact.needs())]
            yield _say("from-facts", lang, titles=with_semicolons(titles, lang))


def _branch_reached(fact: Fact, place: int, outcome: Evaluation, lang: Lang) -> Iterator[str]:
    """Of a tally what the record at a place behind it counts as, and by which branch: 第 2 项：罚款金额≥50000元 → 10."""
    branches = outcome.reasoning.branches.get(fact.id, ()) if outcome.reasoning else ()
    match fact.source:
        case FromRecords(tally=Tally() as tally) as source if place < len(branches):
            branch = branches[place]
            if branch is None:
                field = outcome.policy.categories[source.category].fields[str(source.once_per)]
                yield _say("record-counted-with-another", lang, field=field.title)
                return
            what = say("otherwise", lang)
            if branch < len(tally.branches):
                what = branch_text(tally.branches[branch].where, source.category, outcome.policy, outcome.model, lang)
            number, value = str(branch + 1), shortest(tally.values[branch])
            yield _say("record-counts-as", lang, number=number, what=what, value=value)
        case _:
            pass


def _sources(fact: Fact, model: Model) -> Iterator[FromRecords]:
    """Which records may stand behind a fact: its own, or those of the fact that stands in for it; each source once."""
    left, known = [fact], {fact.id}
    for read in left:
        if isinstance(read.source, FromRecords):
            yield read.source
        more = [name for name in read.needs() if name not in known]
        known.update(more)
        left += [model.facts[name] for name in dict.fromkeys(more)]


def _record(
    name: str, record: Record | None, sources: Sequence[FromRecords], outcome: Evaluation, subject: Subject, lang: Lang
) -> str:  # fmt: skip
    if record is None:
        return _say("own-result", lang, record=name)
    category = outcome.policy.categories[record.category]
    fields = [
        f"{category.fields[key].title} {_field_text(category.fields[key], value, lang)}"
        for key, value in record.fields.items()
        if key in category.fields
    ]
    parts = [f"{iso_text(record.date)} {category.title}", *fields]
    if record.source:
        parts.append(record.source)
    if record.status != "valid":
        parts.append(term(record.status, lang))
    days = (_last_counted(source, subject, record) for source in sources)
    last = next((day for day in days if day >= outcome.as_of), NEVER)
    if last < NEVER - 1:
        parts.append(_say("counts-until", lang, day=iso_text(last)))
    return f"[{name}] {with_commas(parts, lang)}"


def _last_counted(source: FromRecords, subject: Subject, record: Record) -> int:
    """The last day on which a source counts a record; 0 where it never does."""
    last = record.last_day_repaired if source.include_repaired else record.last_day
    match source.window:
        case None:
            return last
        case OwnPeriod() as period:
            since = subject.attributes.get(period.attribute)
            span = None if since is None else period.span(int(since), record.date)
            return 0 if span is None else min(last, span[1])
        case window:
            return min(last, window.span(record.date)[1])


def _field_text(field: Field, value: object, lang: Lang) -> str:
    if field.type == "date" and isinstance(value, int):
        return iso_text(value)
    text = value_text(value, lang)
    label = field.labels.get(text)
    return text if label is None else _say("label-code", lang, label=label, code=text)


def _veto(outcome: Evaluation, veto: Veto, view: ExplainView, lang: Lang) -> str:
    if veto.id in outcome.vetoes:
        condition = condition_text(veto.when, outcome.model, lang)
        last = outcome.reasoning.last_level if outcome.reasoning else None
        results = as_clauses(effects(veto, lang, last=last), lang)
        if veto.above_previous is not None and last is None:
            results = as_clauses([results, say("effect-previous-none", lang)], lang)
        basis = bracketed(_cited(outcome.policy, veto.basis, veto.quote, lang), lang)
        return _say("veto-holds", lang, veto=veto.title, condition=condition, effects=results, basis=basis)
    why = view.unmet_vetoes.get(veto.id)
    reason = bracketed(unmet_text(why, outcome.model, lang), lang) if why else ""
    return _say("veto-does-not-hold", lang, veto=veto.title, reason=reason)


def _measure(outcome: Evaluation, measure: Measure, lang: Lang) -> str:
    what = f"{term(measure.kind, lang)} · {term(measure.matter, lang)}"
    terms = [f"{name} {value_text(value, lang)}" for name, value in measure.terms.items()]
    basis = bracketed(_cited(outcome.policy, measure.basis, measure.quote, lang, measure.item), lang)
    return f"[{what}] {with_commas([measure.title, *terms], lang)}{basis}"


def _cited(policy: Policy, basis: Iterable[Basis], quote: str | None, lang: Lang, item: str | None = None) -> str:
    """The basis of an element with the document's own words."""
    cited = basis_text(policy, basis, item)
    if quote is None:
        return cited
    words = say("quoted", lang, text=quote)
    return with_label(cited, words, lang) if cited else words


def _next(outcome: Evaluation, view: ExplainView, level: str, lang: Lang) -> Iterator[str]:
    if view.in_the_way:
        titles = [veto.title for veto in outcome.model.vetoes if veto.id in view.in_the_way]
        how = "vetoes-in-the-way-then" if view.without_vetoes else "vetoes-in-the-way"
        yield _say(how, lang, level=level, vetoes=with_semicolons(titles, lang), then=view.without_vetoes)
    if view.unmet_level:
        yield with_label(level, unmet_text(view.unmet_level, outcome.model, lang), lang)
    if view.missing:
        yield _say("points-short", lang, level=level, points=two_decimals(view.missing))
        titles_by_id = {element.id: element.title for _, element in outcome.model.scored()}
        for name, gain, enough in view.gains:
            how = "gain-enough" if enough else "gain"
            yield _say(how, lang, indicator=titles_by_id[name], points=shortest(gain))


def _warnings(problems: Iterable[Problem], lang: Lang) -> Iterator[RenderableType]:
    lines = [message(problem, lang) for problem in problems]
    if lines:
        yield _section("warnings", lang, lines)


def _title(name: str, lang: Lang) -> RenderableType:
    return Padding(Text(_say(f"section-{name}", lang), style="bold cyan"), (1, 0, 0, 0))


def _section(name: str, lang: Lang, lines: Sequence[str]) -> RenderableType:
    return Group(_title(name, lang), *(Text(line) for line in lines))
