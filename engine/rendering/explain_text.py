"""The explanation of a result: the page that an official hands to a company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.model.catalogue import Field
from engine.model.evaluation import Evaluation, IndicatorResult, NotEvaluated, Outcome, Rejection, Unmet
from engine.model.number import shortest, two_decimals
from engine.model.period import NEVER, iso_text
from engine.model.policy import Fact, FromAttribute, FromRecords, Measure, Model, RejectMissing, UseFact, Veto
from engine.model.problem import Problem
from engine.model.scoring import Dimension, Form, form_facts
from engine.model.subject import Record, Subject
from engine.rendering.condition_text import basis_text, condition_text, effects, title_of, unmet_text, value_text
from engine.rendering.messages import message
from engine.rendering.score_working import score_working
from engine.rendering.terms import Lang, term


class ExplainView(Struct, frozen=True):
    """What a report shows beside the outcome: the subject, and the reasons in evaluating's terms."""

    subject: Subject
    applied: dict[str, int]
    unmet_measures: dict[str, Unmet]
    unmet_vetoes: dict[str, Unmet]
    next_level: str | None = None
    missing: int | None = None
    gains: Sequence[tuple[str, int, bool]] = ()
    in_the_way: Sequence[str] = ()
    without_vetoes: str | None = None
    unmet_level: Unmet | None = None


def print_report(outcome: Outcome, shown: ExplainView, lang: Lang, console: Console) -> None:
    """The whole page, in the width and colours of the console."""
    for part in _parts(outcome, shown, lang):
        console.print(part)


def _parts(outcome: Outcome, shown: ExplainView, lang: Lang) -> Iterator[RenderableType]:
    yield _head(outcome, shown, lang)
    match outcome:
        case Rejection():
            yield _section("不能评价的原因", "Why it is rejected", lang, [message(p, lang) for p in outcome.problems])
        case NotEvaluated():
            held = [one for one in outcome.model.not_evaluated if one.id in outcome.exclusions]
            lines = [f"{one.title}{_brackets(basis_text(outcome.policy, one.basis), lang)}" for one in held]
            yield _section("不参评的原因", "Why it is not evaluated", lang, lines)
            yield from _warnings(outcome.warnings, lang)
        case Evaluation():
            yield from _evaluation(outcome, shown, lang)


def _evaluation(outcome: Evaluation, shown: ExplainView, lang: Lang) -> Iterator[RenderableType]:
    if outcome.model.scores:
        yield _title("得分怎么来", "How the score came about", lang)
        yield _points(outcome, shown, lang)
    if outcome.model.decisions:
        yield _section("等级怎么来", "How the level came about", lang, [_decision(outcome, lang)])
    yield _title("事实和依据的记录", "Facts and the records behind them", lang)
    yield _facts(outcome, shown.subject, lang)
    if outcome.model.vetoes:
        yield _section("一票否决", "Vetoes", lang, [_veto(outcome, veto, shown, lang) for veto in outcome.model.vetoes])
    if outcome.model.measures:
        applying = [_measure(outcome, one, lang) for one in outcome.model.measures if one.id in outcome.measures]
        yield _section("适用的措施", "Measures that apply", lang, applying or [_none(lang)])
        others = [(one, shown.unmet_measures.get(one.id)) for one in outcome.model.measures if one.id not in outcome.measures]
        if others:
            lines = [f"{one.title}{_colon(lang)}{unmet_text(why, outcome.model, lang)}" for one, why in others if why]
            yield _section("不适用的措施及原因", "Measures that do not apply, and why", lang, lines)
    if shown.next_level:
        yield _section("怎样达到上一等级", "What the next level takes", lang, list(_next(outcome, shown, lang)))
    alerts = [one for one in outcome.model.alerts if one.id in outcome.alerts]
    if alerts:
        lines = [f"{one.title}{_brackets(term(one.severity, lang), lang)}" for one in alerts]
        yield _section("预警", "Alerts", lang, lines)
    yield from _warnings(outcome.warnings, lang)


def _head(outcome: Outcome, shown: ExplainView, lang: Lang) -> RenderableType:
    en = lang == "en"
    subject = shown.subject
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    by = ", " if en else "，"
    known = [subject.id, term(subject.kind, lang)]
    name = f"{subject.name}{_brackets(by.join(known), lang)}" if subject.name else by.join(known)
    grid.add_row("Subject" if en else "主体", name)
    if isinstance(outcome, Rejection):
        grid.add_row("Model" if en else "模型", f"{outcome.policy}/{outcome.model}")
        result = Text("rejected" if en else "拒绝", style="bold red")
    else:
        policy = outcome.policy
        status = term(policy.status, lang)
        grid.add_row(
            "Policy" if en else "政策", f"{policy.title} {policy.version}{_brackets(status, lang)} · {outcome.model.title}"
        )
        grid.add_row("Authority" if en else "评价单位", policy.authority)
        result = Text("not evaluated" if en else "不参评", style="bold")
    if isinstance(outcome, Evaluation):
        result = _result(outcome, lang)
    until = iso_text(outcome.valid_until) if outcome.valid_until is not None else ("open" if en else "长期")
    days = f"{iso_text(outcome.as_of)}    {'valid until' if en else '有效至'} {until}"
    grid.add_row("As of" if en else "基准日", days)
    grid.add_row("Result" if en else "结果", result)
    title = Text("Credit evaluation" if en else "信用评价结果说明", style="bold")
    return Group(title, Text(""), grid)


def _result(outcome: Evaluation, lang: Lang) -> Text:
    score = "" if outcome.score is None else f"{two_decimals(outcome.score)} {'points' if lang == 'en' else '分'}   "
    if outcome.level is None:
        return Text(score or _none(lang))
    scale = outcome.policy.scale
    style = {0: "bold green", len(scale.grades) - 1: "bold red"}.get(scale.grades.index(str(outcome.grade)), "bold")
    return Text(f"{score}{outcome.level}   {outcome.grade}", style=style)


def _points(outcome: Evaluation, shown: ExplainView, lang: Lang) -> Table:
    en = lang == "en"
    assert outcome.reasoning
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Indicator" if en else "指标", overflow="fold", min_width=14)
    table.add_column("Points" if en else "得分", justify="right", no_wrap=True)
    table.add_column("Facts" if en else "事实", overflow="fold", min_width=20)
    table.add_column("Working" if en else "怎样得分", overflow="fold", min_width=16)
    table.add_column("Basis" if en else "依据", overflow="fold", min_width=16)
    for dimension, result in zip(outcome.model.dimensions, outcome.reasoning.dimensions, strict=True):
        counts = ""
        if dimension.counts_for is not None:
            label = "counts for" if en else "折算"
            counts = f"{label} {shortest(result.share)} / {shortest(dimension.counts_for)}"
        points = f"{shortest(result.points)} / {shortest(dimension.points)}"
        table.add_row(Text(dimension.title, style="bold"), Text(points, style="bold"), counts, "", "")
        for one in result.indicators:
            table.add_row(*_indicator(outcome, dimension, one, shown, lang))
    if outcome.model.adjustments:
        bounds = outcome.model.adjustments
        limits = f"{shortest(bounds.at_least)} … {shortest(bounds.at_most)}"
        title = Text("Adjustments" if en else "加减分", style="bold")
        table.add_row(title, Text(_signed(outcome.reasoning.adjustment), style="bold"), limits, "", "")
        given = dict(outcome.reasoning.items)
        for item in outcome.model.items():
            added = given[item.id]
            how = score_working(item.form, outcome.facts, shown.applied.get(item.id), added, outcome.model, lang)
            basis = basis_text(outcome.policy, item.basis)
            table.add_row(f"  {item.title}", _signed(added), _read(item.form, outcome, lang), how, basis)
    table.add_row("", "", "", "", "")
    total = two_decimals(outcome.score or 0)
    why = ""
    if outcome.reasoning.rounded_score != outcome.score:
        capped = "capped by a veto, from" if en else "一票否决封顶，原为"
        why = f"{capped} {two_decimals(outcome.reasoning.rounded_score or 0)}"
    full = shortest(outcome.policy.scale.full)
    table.add_row(Text("Score" if en else "总分", style="bold"), Text(f"{total} / {full}", style="bold"), why, "", "")
    return table


def _indicator(
    outcome: Evaluation, dimension: Dimension, result: IndicatorResult, shown: ExplainView, lang: Lang
) -> tuple[str, str, str, str, str]:
    indicator = next(one for one in dimension.indicators if one.id == result.id)
    basis = basis_text(outcome.policy, indicator.basis)
    if result.points is None:
        condition = condition_text(indicator.only_when, outcome.model, lang) if indicator.only_when else ""
        how = f"left out: only when {condition}" if lang == "en" else f"缺项，只在{condition}时计"
        return f"  {indicator.title}", "–", "", how, basis
    points = f"{shortest(result.points)} / {shortest(indicator.points)}"
    how = score_working(indicator.form, outcome.facts, shown.applied.get(indicator.id), result.points, outcome.model, lang)
    return f"  {indicator.title}", points, _read(indicator.form, outcome, lang), how, basis


def _read(form: Form, outcome: Evaluation, lang: Lang) -> str:
    """The facts that a form reads, with their values."""
    names = dict.fromkeys(form_facts(form))
    return "\n".join(f"{title_of(n, outcome.model, lang)} {value_text(outcome.facts[n], lang)}" for n in names)


def _signed(points: int) -> str:
    return f"+{shortest(points)}" if points > 0 else shortest(points).replace("-", "−")


def _decision(outcome: Evaluation, lang: Lang) -> str:
    assert outcome.model.decisions
    levels = ((when, level) for when, level in outcome.model.decisions.branches)
    texts = [f"{level}{_colon(lang)}{condition_text(when, outcome.model, lang)}" for when, level in levels]
    rest = "otherwise" if lang == "en" else "其余"
    return "\n".join([*texts, f"{outcome.model.decisions.otherwise}{_colon(lang)}{rest}"])


def _facts(outcome: Evaluation, subject: Subject, lang: Lang) -> Table:
    en = lang == "en"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Fact" if en else "事实", overflow="fold", ratio=3)
    table.add_column("Value" if en else "取值", overflow="fold", ratio=1)
    table.add_column("From" if en else "来源", overflow="fold", ratio=5)
    records = {record.id: record for record in subject.records}
    behind = outcome.reasoning.behind if outcome.reasoning else {}
    for name, fact in outcome.model.facts.items():
        lines = list(_origin(fact, behind.get(name, ()), records, outcome, subject, lang))
        table.add_row(fact.title, value_text(outcome.facts[name], lang), "\n".join(lines))
    return table


def _origin(
    fact: Fact, ids: Sequence[str], records: dict[str, Record], outcome: Evaluation, subject: Subject, lang: Lang
) -> Iterator[str]:
    en = lang == "en"
    match fact.source:
        case FromRecords():
            read = set(_categories(fact, outcome.model))
            for one in ids:
                record = records.get(one)
                # a result of this run may have the id of a record of another category
                own = record if record is not None and record.category in read else None
                yield _record(one, own, fact.source, outcome, lang)
            if not ids:
                yield _missing(fact, "no record" if en else "无记录", outcome, lang)
        case FromAttribute(_, name):
            title = outcome.policy.attributes[name].field.title
            if name in subject.attributes:
                yield f"{title}"
            else:
                yield _missing(fact, f"{title} not given" if en else f"未提供{title}", outcome, lang)
        case _:
            needed = [title_of(one, outcome.model, lang) for one in dict.fromkeys(fact.needs())]
            yield ("from " if en else "由 ") + ("; " if en else "；").join(needed) if needed else ""


def _categories(fact: Fact, model: Model) -> Iterator[str]:
    """The categories of the records behind a fact: its own, or that of the fact that stands in for it."""
    if isinstance(fact.source, FromRecords):
        yield fact.source.category
    if isinstance(fact.if_missing, UseFact):
        yield from _categories(model.facts[fact.if_missing.name], model)


def _missing(fact: Fact, what: str, outcome: Evaluation, lang: Lang) -> str:
    """What stands in for a value that is not there."""
    match fact.if_missing:
        case None | RejectMissing():
            return what
        case UseFact(name):
            use = title_of(name, outcome.model, lang)
            return f"{what}: {use} stands in" if lang == "en" else f"{what}，按“{use}”计"
        case value:
            shown = value_text(value, lang)
            return f"{what}: counts as {shown}" if lang == "en" else f"{what}，按 {shown} 计"


def _record(name: str, record: Record | None, source: FromRecords, outcome: Evaluation, lang: Lang) -> str:
    en = lang == "en"
    if record is None:
        return f"{name} (this run's result)" if en else f"{name}（本次评价结果）"
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
    last = record.last_day_repaired if source.include_repaired else record.last_day
    if source.window is not None:
        last = min(last, source.window.span(record.date)[1])
    if last < NEVER - 1:
        parts.append(f"counts until {iso_text(last)}" if en else f"计至 {iso_text(last)}")
    return f"[{name}] " + ", ".join(parts) if en else f"[{name}] " + "，".join(parts)


def _field_text(field: Field, value: object, lang: Lang) -> str:
    if field.type == "date" and isinstance(value, int):
        return iso_text(value)
    text = value_text(value, lang)
    label = field.labels.get(text)
    return text if label is None else f"{label} ({text})" if lang == "en" else f"{label}（{text}）"


def _veto(outcome: Evaluation, veto: Veto, shown: ExplainView, lang: Lang) -> str:
    en = lang == "en"
    basis = _brackets(basis_text(outcome.policy, veto.basis), lang)
    if veto.id in outcome.vetoes:
        effect = "; ".join(effects(veto, lang)) if en else "，".join(effects(veto, lang))
        condition = condition_text(veto.when, outcome.model, lang)
        return f"✗ {veto.title}{_colon(lang)}{'holds' if en else '成立'}{_brackets(condition, lang)}，{effect}{basis}".replace(
            "，" if en else "\0", ", "
        )
    why = shown.unmet_vetoes.get(veto.id)
    reason = _brackets(unmet_text(why, outcome.model, lang), lang) if why else ""
    return f"✓ {veto.title}{_colon(lang)}{'does not hold' if en else '不成立'}{reason}"


def _measure(outcome: Evaluation, measure: Measure, lang: Lang) -> str:
    what = f"{term(measure.kind, lang)} · {term(measure.matter, lang)}"
    terms = "".join(f"，{name} {value_text(value, lang)}" for name, value in measure.terms.items())
    basis = basis_text(outcome.policy, measure.basis, measure.item)
    line = f"[{what}] {measure.title}{terms}{_brackets(basis, lang)}"
    return line.replace("，", ", ") if lang == "en" else line


def _next(outcome: Evaluation, shown: ExplainView, lang: Lang) -> Iterator[str]:
    en = lang == "en"
    if shown.in_the_way:
        titles = [veto.title for veto in outcome.model.vetoes if veto.id in shown.in_the_way]
        if en:
            then = f"; the level would then be {shown.without_vetoes}" if shown.without_vetoes else ""
            yield f"for {shown.next_level} no longer: {'; '.join(titles)}{then}"
        else:
            then = f"；不再有时等级为 {shown.without_vetoes}" if shown.without_vetoes else ""
            yield f"达到 {shown.next_level} 须不再有：{'；'.join(titles)}{then}"
    if shown.unmet_level:
        yield f"{shown.next_level}{_colon(lang)}{unmet_text(shown.unmet_level, outcome.model, lang)}"
    if shown.missing:
        points = two_decimals(shown.missing)
        yield f"{points} points short of {shown.next_level}" if en else f"距 {shown.next_level} 还差 {points} 分"
        titles_by_id = {one.id: one.title for one in outcome.model.indicators()}
        for name, gain, enough in shown.gains:
            note = (" (enough alone)" if en else "（仅此一项即可达到）") if enough else ""
            most = "can still give" if en else "最多还可得"
            yield f"· {titles_by_id[name]}{_colon(lang)}{most} {shortest(gain)}{note}"


def _warnings(problems: Iterable[Problem], lang: Lang) -> Iterator[RenderableType]:
    lines = [message(problem, lang) for problem in problems]
    if lines:
        yield _section("提示", "Warnings", lang, lines)


def _title(zh: str, en: str, lang: Lang) -> RenderableType:
    return Padding(Text(en if lang == "en" else zh, style="bold cyan"), (1, 0, 0, 0))


def _section(zh: str, en: str, lang: Lang, lines: Sequence[str]) -> RenderableType:
    return Group(_title(zh, en, lang), *(Text(line) for line in lines))


def _brackets(text: str, lang: Lang) -> str:
    if not text:
        return ""
    return f" ({text})" if lang == "en" else f"（{text}）"


def _colon(lang: Lang) -> str:
    return ": " if lang == "en" else "："


def _none(lang: Lang) -> str:
    return "none" if lang == "en" else "无"
