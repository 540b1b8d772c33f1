"""A comparison as a comment on a merge request: the verdict, a table a model, whom it touches. No subject is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.comparison import DiffReport
from engine.model.impact import Impact, ModelImpact
from engine.rendering.changes import change_terms
from engine.rendering.changes.annexes import annexed_markdown
from engine.rendering.changes.change_view import ChangeView, PolicyView, places_text
from engine.rendering.changes.days_in_force import backward_text, timeless_text
from engine.rendering.changes.impact import (
    attribution_text,
    headline,
    level_name,
    levels,
    lists_text,
    moved_text,
    named_models,
    rescored_text,
    spread_text,
)
from engine.rendering.changes.impact_details import (
    attribution,
    burdens_text,
    changes_text,
    counting_text,
    counts,
    day_texts,
    lost_text,
    pair_texts,
)
from engine.rendering.changes.preparation import brief_text, failing_cases_text
from engine.rendering.changes.proof_section import proved_markdown
from engine.rendering.changes.report_outline import ReportOutline, both_text, common_text, report_outline, touched_text
from engine.rendering.changes.revision_history import common_lines, common_title
from engine.rendering.changes.verdict import conclusion, counts_text, revision_texts, verdict
from engine.rendering.counts import pick
from engine.rendering.terms import Lang

MARKS = {"equal": "✅", "declared": "✅", "beyond": "❌", "unknown": "⚠️"}
EXCEEDED = "⛔"
MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""


def changes_markdown(comparison: DiffReport, lang: Lang) -> str:
    """Cut between lines where it is too long for a comment, which it says."""
    lines = list(_lines(comparison, lang))
    size = 0
    for i, line in enumerate(lines):
        size += len(line) + 1
        if size > MOST:
            more = pick("太长，以下从略，见 HTML 报告。", "Too long: the rest is left out, see the HTML report.", lang)
            return "\n".join([*lines[:i], "", f"*{more}*"]) + "\n"
    return "\n".join(lines) + "\n"


def _lines(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    report = report_outline(comparison, lang)
    failed = list(failing_cases_text(comparison, lang))
    mark = EXCEEDED if comparison.exceeded else "⚠️" if failed and MARKS[comparison.judged] == "✅" else MARKS[comparison.judged]
    line = pick("；", "; ", lang).join([conclusion(comparison, lang), *failed])
    yield f"## {pick('政策改动', 'Policy changes', lang)} {mark} {line}"
    yield ""
    sides = f"`{comparison.old}` → `{comparison.new}`"
    yield f"{sides}{pick('，', ', ', lang)}{counts_text(report.changes, lang)}" if report.changes else sides
    for record in comparison.records:
        yield from ("", f"### {common_title(record, lang)}", "")
        yield from (f"- {_cell(line)}" for line in common_lines(record, lang))
    for one in report.policies:
        yield from _policy(one, lang)
    yield from _shared(report, lang)
    if comparison.impact is not None:
        yield from _impact(comparison.impact, lang)
    if comparison.prepared is not None and comparison.prepared.by:  # a comment knows its commits without it
        yield from ("", _cell(brief_text(comparison, lang)))
    yield from annexed_markdown(report.policies, lang)


def _shared(report: ReportOutline, lang: Lang) -> Iterator[str]:
    if report.shared:
        yield ""
        yield f"### {pick('公共文件', 'Common files', lang)}"
        yield ""
        heads = pick("方向 改动 原 新 涉及 位置", "Direction Change Old New Concerns Where", lang).split()
        yield from _table(heads, [_row(one.said, lang, one.concerned) for one in report.shared])
        if report.timeless:
            yield ""
            yield f"⚠️ {timeless_text(lang)}"
    if report.two_catalogues:
        yield ""
        yield f"❗ {both_text(lang)}"
    if report.touched:
        yield ""
        yield _cell(touched_text(report, lang))


def _policy(one: PolicyView, lang: Lang) -> Iterator[str]:
    compared = one.compared
    yield ""
    yield f"### {_cell(one.title)} {_cell(one.versions)}"
    yield ""
    yield f"{MARKS[compared.judged.verdict]} {verdict(compared, lang)}"
    told = [f"- {_cell(line)}" for line in revision_texts(compared, lang)]
    if told:
        yield ""
        yield from told
    if compared.backward:
        yield ""
        yield f"⚠️ {backward_text(compared.backward, lang)}"
    yield from _days(one, lang)
    for group in one.groups:
        yield ""
        yield f"**{_cell(group.title or pick('政策', 'Policy', lang))}**"
        yield ""
        heads = pick("方向 改动 原 新 依据 位置", "Direction Change Old New Basis Where", lang).split()
        yield from _table(heads, [_row(change, lang) for change in group.changes])
        if group.readers:
            yield ""
            yield _cell(f"{pick('读取其结果的模型：', 'Models that read its results: ', lang)}{group.readers}")
    if one.common:
        yield ""
        yield f"❗ {_cell(common_text(one, lang))}"
    yield from proved_markdown(one, lang)


def _days(one: PolicyView, lang: Lang) -> Iterator[str]:
    """The versions in force, and what finds nothing any more."""
    colon = pick("：", ": ", lang)
    if one.days:
        yield ""
        yield from (f"- {'❗ ' if span.loud else ''}{span.days}{colon}{_cell(span.text)}" for span in one.days)
    if one.missed:
        yield ""
        yield from (f"- ❗ {_cell(line)}" for line in one.missed)


def _row(one: ChangeView, lang: Lang, concerned: str = "") -> list[str]:
    name = " ".join(filter(None, [one.how, one.name, one.part and f"· {one.part}"]))
    places = " → ".join(f"`{place}`" for place in places_text(one).split(" → ") if place)
    way = change_terms.direction_text(one.direction, lang)
    basis = pick("；", "; ", lang).join(filter(None, [one.basis, one.taken, concerned]))
    return [f"**{way}** ⬅" if one.outside else way, *map(_cell, (name, one.old or "", one.new or "", basis)), places]


def _impact(impact: Impact, lang: Lang) -> Iterator[str]:
    yield ""
    yield f"### {pick('影响', 'Impact', lang)}"
    yield ""
    yield headline(impact, lang)
    for line in day_texts(impact, lang):
        yield ""
        yield f"⚠️ **{_cell(line)}**"
    if impact.models:
        yield ""
        yield counting_text(lang)
    for one, name in named_models(impact):
        yield ""
        yield f"**{_cell(name)}** {moved_text(one, lang)}"
        for line in filter(None, (lost_text(one, lang), burdens_text(one, lang), *lists_text(one, lang))):
            yield ""
            yield _cell(line)
        if not one.changed:
            continue
        if one.score:
            yield ""
            yield f"{rescored_text(one, lang)}{pick('：', ': ', lang)}{spread_text(one.score, lang)}"
        yield ""
        yield from _matrix(one, lang)
        rows = [
            [_cell(changes_text(changes, lang)), *pair_texts(counts(line), counts(alone))]
            for changes, line, alone in attribution(one)
        ]
        if rows:
            yield ""
            yield attribution_text(one, lang)
            yield ""
            if one.stacked:
                rows.append([pick("合计", "Total", lang), *pair_texts(counts(one.stacked.total), counts(None))])
            heads = pick(
                "依次改（单独改） 不再有结果 降级 升级 得分降 得分升",
                "After-the-former-(alone) Lost Down Up Score-down Score-up",
                lang,
            ).split()
            yield from _table(heads, rows, 5)


def _matrix(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Before in rows, after in columns."""
    names = levels(one)
    rows = [
        [level_name(old, lang), *(f"{count:,}" if (count := one.matrix.get((old, new), 0)) else "" for new in names)]
        for old in names
    ]
    used = [row for row in rows if any(row[1:])]
    if used:
        yield from _table([pick("原＼新", "old \\ new", lang), *(level_name(name, lang) for name in names)], used, len(names))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> Iterator[str]:
    """The last columns, so many, hold numbers."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---:' if i >= len(heads) - numbers else '---' for i in range(len(heads)))} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    """Without what Markdown or HTML would take for its own."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("*", "\\*"), ("`", "\\`"), ("\n", " ")):
        text = text.replace(mark, written)
    return text
