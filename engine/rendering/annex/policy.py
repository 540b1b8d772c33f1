"""A policy as the annexes of the document that issues it: what is evaluated and how, and what follows from the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from engine.model.condition import Comparison, Condition, facts_in
from engine.model.number import shortest
from engine.model.period import read_day
from engine.model.policy import Document as Issued
from engine.model.policy import Measure, Model, Policy
from engine.model.scale import Scale
from engine.model.scoring import Band, Dimension, Indicator, Item, form_facts
from engine.rendering.annex.document import Annex, Cell, Part, Row, Section, Table, chinese, merged, row, signature
from engine.rendering.annex.fact_sources import fact_sources, with_needed
from engine.rendering.annex.labels import Label, Names, fact_names, phrase
from engine.rendering.annex.points import band_span, otherwise_text, standard
from engine.rendering.condition_text import basis_text, effects, value_text
from engine.rendering.terms import term

DIGEST = len("sha256:") + 12
"""So much of a digest tells versions apart."""


class _Notes(Struct):
    """What stands below a table, each once; a mark in the table names it by its number."""

    policy: Policy
    model: Model | None = None
    texts: list[str] = field(default_factory=list)

    def mark(self, trial: bool, note: str | None, *paths: tuple[str | int, ...]) -> str:
        """`（试行，注1）`, with the parameters that stand below the paths of the model."""
        words, notes = ["试行"] if trial else [], [note] if note else []
        uses = self.model.parameter_uses if self.model else ()
        used = [use.parameter for use in uses for path in paths if use.path[: len(path)] == path]
        for parameter in (self.policy.parameters[name] for name in dict.fromkeys(used)):
            if parameter.pending:
                words.append("待定")
                notes.append(f"参数“{parameter.title}”待定，暂按{shortest(parameter.value)}计")
            elif parameter.trial:
                words.append("试行")
                notes.append(f"参数“{parameter.title}”为试行取值")
        marks = [*dict.fromkeys(words), *(f"注{self.number(note)}" for note in dict.fromkeys(notes))]
        return f"（{'，'.join(marks)}）" if marks else ""

    def number(self, note: str) -> int:
        if note not in self.texts:
            self.texts.append(note)
        return self.texts.index(note) + 1

    def table(self, caption: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Row], *remarks: str) -> Table:
        """The rows are made first: they make the notes."""
        made = tuple(rows)
        numbered = (f"注{i}：{text.rstrip('。')}。" for i, text in enumerate(self.texts, 1))
        return Table(caption, tuple(heads), tuple(widths), made, (*remarks, *numbered))


def policy_part(policy: Policy) -> Part:
    """Always in Chinese, whatever the language of messages: it is the form of an official document."""
    models = list(policy.models.values())
    scored = [section for model in models for section in _model(policy, model)]
    if any(model.grades for model in models):
        scored.append(Section("等级划分", (), (_levels(policy.scale),)))
    if policy.parameters:
        scored.append(Section("参数", (), (_parameters(policy),)))
    followed = [Section(model.title, (), (_measures(policy, model),)) for model in models if model.measures]
    subject = policy.title.removesuffix("评价")
    titled = [("评价指标及评分标准", scored), ("分级分类监管措施", followed)]
    annexes = [
        Annex(f"附件{i}", f"{subject}{title}", tuple(sections)) for i, (title, sections) in enumerate(titled, 1) if sections
    ]
    title = policy.title if policy.status == "official" else f"{policy.title}（{term(policy.status, 'zh')}）"
    listed = "\n".join(f"{i}．{annex.title}" for i, annex in enumerate(annexes, 1))
    about = (*_about(policy), ("附件", listed))
    return Part(title, about, tuple(annexes), signature(policy.authority), policy.effective_from)


def _about(policy: Policy) -> Iterator[tuple[str, str]]:
    yield "版本", f"{policy.version}（{term(policy.status, 'zh')}）"
    yield "评价单位", policy.authority
    until = f"至{_day(policy.effective_until)}" if policy.effective_until is not None else "起"
    yield "施行日期", f"{_day(policy.effective_from)}{until}"
    scale = policy.scale
    grades, levels = chinese(len(scale.grades)), chinese(len(scale.levels))
    yield "等级标准", f"{grades}等{levels}级（{'、'.join(scale.grades)}），满分{shortest(scale.full)}分"
    documents = [f"{i}．{_issued(one)}" for i, one in enumerate(policy.documents.values(), 1)]
    if documents:
        yield "依据文件", "\n".join(documents)
    yield "政策文件", f"{policy.id} {policy.version}，含义摘要{policy.digest[:DIGEST]}"


def _day(day: int) -> str:
    on = date.fromordinal(day)
    return f"{on.year}年{on.month}月{on.day}日"


def _issued(document: Issued) -> str:
    """`《实施方案》（邵市发改财信〔2025〕30号，市发展改革委）`."""
    day = read_day(document.date)
    said = [one for one in (document.number, document.issuer, document.date if day is None else _day(day)) if one]
    title = f"《{document.document.strip('《》').replace('《', '〈').replace('》', '〉')}》"
    title += f"（{'，'.join(said)}）" if said else ""
    notes = [*(["待核实"] if document.trial and not document.note else []), *([document.note] if document.note else [])]
    return f"{title}。{'；'.join(notes)}" if notes else title


def _model(policy: Policy, model: Model) -> Iterator[Section]:
    names = fact_names(policy, model)
    made = (_exclusions, _indicators, _decisions, _vetoes)
    tables = [table for make in made for table in make(policy, model, names)]
    whom = f"评价对象：{model.title}（{term(model.kind, 'zh')}）" + ("，凡此类主体均评价。" if model.always else "。")
    if tables:
        yield Section(model.title, (whom,), tuple(tables))


def _exclusions(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    notes = _Notes(policy, model)
    rows = [
        row(
            str(i),
            one.title + notes.mark(one.trial, one.note, ("not_evaluated", one.id)),
            _sentence(phrase(one.when, model, names)),
            _sources(policy, model, names, facts_in(one.when)),
            basis_text(policy, one.basis),
        )
        for i, one in enumerate(model.not_evaluated, 1)
    ]
    if rows:
        yield notes.table("不参评情形", ("序号", "情形", "认定标准", "数据口径", "依据"), (5, 23, 24, 30, 18), rows)


def _indicators(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    if not model.dimensions:
        return
    notes = _Notes(policy, model)
    rows: list[Row] = []
    for dimension in model.dimensions:
        path = ("dimensions", dimension.id)
        counts = notes.mark(False, None, (*path, "counts_for"), (*path, "out_of"), (*path, "points"))
        head = _dimension(dimension) + counts
        rows += [_indicator(head, path, one, policy, model, names, notes) for one in dimension.indicators]
    rows += _items(policy, model, names, notes)
    heads = ("一级指标（分值）", "二级指标", "分值", "评分标准", "数据口径", "依据")
    full = shortest(policy.scale.full)
    how = f"各一级指标得分与加减分之和，最低0分，最高{full}分，四舍五入保留两位小数。"
    if model.adjustments is None:
        how = f"各一级指标得分之和，最高{full}分，四舍五入保留两位小数。"
    total: Row = (Cell("总分", columns=2), None, Cell(full), Cell(how, columns=3), None, None)
    remarks = []
    if any(one.only_when for one in model.indicators()):
        remarks.append("合理缺项：不计的指标，由同一级指标的其余指标按得分率折算；一级指标全部缺项的，该一级指标计满分。")
    if any(one.counts_for is not None for one in model.dimensions):
        remarks.append("折算：一级指标得分＝二级指标得分之和÷二级指标分值之和×折算分值。")
    made = (*merged(rows, 0, 5), total)
    yield notes.table("评价指标及评分标准", heads, (9, 14, 5, 26, 33, 13), made, *remarks)


def _dimension(dimension: Dimension) -> str:
    if dimension.counts_for is None:
        return f"{dimension.title}（{shortest(dimension.points)}分）"
    return f"{dimension.title}（{shortest(dimension.points)}分，折算{shortest(dimension.counts_for)}分）"


def _indicator(
    head: str, path: tuple[str, ...], one: Indicator, policy: Policy, model: Model, names: Names, notes: _Notes
) -> Row:
    read = [*form_facts(one.form), *(facts_in(one.only_when) if one.only_when else ())]
    how = _sentence(standard(one.form, one.points, model, names))
    if one.only_when is not None:
        how += f"\n合理缺项：{phrase(one.only_when, model, names)}的计本项，否则不计。"
    mark = notes.mark(one.trial, one.note, (*path, "indicators", one.id), *_facts(model, read))
    told = fact_sources(read, policy, model, names)
    return row(head, one.title + mark, shortest(one.points), how, told, basis_text(policy, one.basis))


def _facts(model: Model, read: Iterable[str]) -> list[tuple[str, str]]:
    """The paths of the facts that are read, whose parameters count too."""
    return [("facts", name) for name in with_needed(read, model)]


def _items(policy: Policy, model: Model, names: Names, notes: _Notes) -> Iterator[Row]:
    bounds = model.adjustments
    if bounds is None:
        return
    most, least = shortest(bounds.at_most), shortest(-bounds.at_least)
    head = f"加减分项（合计最多加{most}分，最多扣{least}分）"
    head += notes.mark(False, None, ("adjustments", "at_most"), ("adjustments", "at_least"))
    for one in bounds.items:
        read = list(form_facts(one.form))
        mark = notes.mark(one.trial, one.note, ("adjustments", "items", one.id), *_facts(model, read))
        how = _sentence("，".join([standard(one.form, None, model, names), *_limits(one)]))
        told = fact_sources(read, policy, model, names)
        yield row(head, one.title + mark, "—", how, told, basis_text(policy, one.basis))


def _limits(item: Item) -> Iterator[str]:
    if item.at_most is not None:
        yield f"最多加{shortest(item.at_most)}分"
    if item.at_least is not None:
        yield f"最多扣{shortest(-item.at_least)}分"


def _decisions(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    if model.decisions is None:
        return
    notes = _Notes(policy, model)
    grades = {level.name: level.grade for level in policy.scale.levels}
    rows = []
    for i, (when, level) in enumerate(model.decisions.branches):
        read = list(facts_in(when))
        mark = notes.mark(False, None, ("decisions", i), *_facts(model, read))
        told = fact_sources(read, policy, model, names)
        rows.append(row(str(i + 1), phrase(when, model, names) + mark, level, grades[level], told))
    last = model.decisions.otherwise
    rows.append(row(str(len(rows) + 1), "其余情形", last, grades[last], "—"))
    remark = "不评分，按顺序以最先符合的情形确定等级。"
    heads = ("顺序", "情形", "等级", "等次", "数据口径")
    yield notes.table("等级认定", heads, (6, 40, 7, 7, 40), merged(rows, 4), remark)


def _vetoes(policy: Policy, model: Model, names: Names) -> Iterator[Table]:
    notes = _Notes(policy, model)
    rows = [
        row(
            str(i),
            one.title + notes.mark(one.trial, one.note, ("vetoes", one.id), *_facts(model, facts_in(one.when))),
            _sentence(phrase(one.when, model, names)),
            _sentence("，".join(effects(one, "zh")).replace(" ", "")),
            _sources(policy, model, names, facts_in(one.when)),
            basis_text(policy, one.basis),
        )
        for i, one in enumerate(model.vetoes, 1)
    ]
    if not rows:
        return
    heads = ("序号", "否决情形", "认定标准", "处理", "数据口径", "依据")
    remark = "同时有几种情形的，等级和得分以最低的为准；降等、降级各取最重的一项，不累加。"
    yield notes.table("一票否决", heads, (5, 22, 19, 14, 26, 14), merged(rows, 5), remark)


def _levels(scale: Scale) -> Table:
    score = Label("得分", {}, "分")
    bands = [Band("at_least", one.at_least, 0) for one in scale.levels if one.at_least is not None]
    texts = [band_span(band, before, score) for before, band in zip([None, *bands], bands)]
    texts.append(otherwise_text(bands[-1], score) if bands else "—")
    rows = [row(level.grade, level.name, text) for level, text in zip(scale.levels, texts, strict=True)]
    return Table("等级划分", ("等次", "等级", f"得分（满分{shortest(scale.full)}分）"), (25, 25, 50), merged(rows, 0))


def _parameters(policy: Policy) -> Table:
    rows = [
        row(
            one.title,
            shortest(one.value),
            "待定" if one.pending else "试行" if one.trial else "已定",
            basis_text(policy, one.basis) or "—",
            one.note or "",
        )
        for one in policy.parameters.values()
    ]
    remark = "待定的参数暂按所列取值计算，确定后以正式文件为准。"
    remarks = (remark,) if any(one.pending for one in policy.parameters.values()) else ()
    return Table("参数", ("参数", "取值", "状态", "依据", "说明"), (30, 8, 8, 22, 32), tuple(rows), remarks)


def _measures(policy: Policy, model: Model) -> Table:
    """By the circumstance in which they apply: grades first, the best one first, then others as they come."""
    notes = _Notes(policy, model)
    names = fact_names(policy, model)
    circumstances: dict[str, list[Measure]] = {}
    for one in sorted(model.measures, key=_by_grade(policy.scale)):
        said = _circumstance(one.when, policy.scale) or phrase(one.when, model, names)
        circumstances.setdefault(said, []).append(one)
    rows = [
        row(
            said,
            term(one.matter, "zh"),
            one.title + notes.mark(one.trial, one.note, ("measures", one.id), *_facts(model, facts_in(one.when))),
            term(one.kind, "zh"),
            _content(policy, one),
            basis_text(policy, one.basis, one.item),
        )
        for said, found in circumstances.items()
        for one in found
    ]
    heads = ("等次或适用情形", "事项", "措施", "类别", "内容", "依据")
    remark = "惩戒措施限于清单和法律、法规规定的事项，由有权机关依法决定。"
    remarks = (remark,) if any(one.kind == "restriction" for one in model.measures) else ()
    return notes.table("分级分类监管措施", heads, (15, 10, 26, 6, 23, 20), merged(rows, 0, 5), *remarks)


def _by_grade(scale: Scale) -> Callable[[Measure], int]:
    """Where a measure that rests on grades alone stands; others come after them."""

    def position(measure: Measure) -> int:
        grades = _grades(measure.when)
        return min((scale.grades.index(one) for one in grades), default=len(scale.grades))

    return position


def _grades(when: Condition) -> tuple[str, ...]:
    """The grades that a condition names, where it is about them alone."""
    match when:
        case Comparison("grade", "is", str(grade)):
            return (grade,)
        case Comparison("grade", "one_of", tuple(grades)):
            return tuple(str(one) for one in grades)
        case _:
            return ()


def _circumstance(when: Condition, scale: Scale) -> str:
    """`优（A、A-）` for a condition on grades alone, else empty."""
    levels = {grade: "、".join(one.name for one in scale.levels if one.grade == grade) for grade in scale.grades}
    said = [grade if levels[grade] == grade else f"{grade}（{levels[grade]}）" for grade in _grades(when)]
    return "、".join(said)


def _content(policy: Policy, measure: Measure) -> str:
    """The terms, and of a restriction the item of the list that it is."""
    lines = [f"{name}：{value_text(value, 'zh')}" for name, value in measure.terms.items()]
    if measure.item is not None:
        item = policy.library_items[measure.item]
        lines.append(f"清单事项：{item.title}{'（待核实）' if item.trial else ''}")
    return "\n".join(lines) or "—"


def _sources(policy: Policy, model: Model, names: Names, facts: Iterable[str]) -> str:
    return fact_sources(facts, policy, model, names) or "—"


def _sentence(text: str) -> str:
    return f"{text}。"
