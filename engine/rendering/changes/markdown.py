"""A comparison as a comment on a merge request: the verdict, a table a model, whom it touches. No subject is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.model.comparison import DiffReport, Verdict
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
from engine.rendering.phrases import with_commas, with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence

MARKS: Mapping[Verdict, str] = {"equal": "✅", "declared": "✅", "beyond": "❌", "unknown": "⚠️"}
EXCEEDED = "⛔"
MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""

ATTRIBUTED = ("after-the-former", "lost", "down", "up", "score-down", "score-up")
"""The columns of the table that says which change moves whom."""


def changes_markdown(comparison: DiffReport, lang: Lang) -> str:
    """Cut between lines where it is too long for a comment, which it says."""
    lines = list(_lines(comparison, lang))
    size = 0
    for i, line in enumerate(lines):
        size += len(line) + 1
        if size > MOST:
            more = sentence("cut-short", lang)
            return "\n".join([*lines[:i], "", f"*{more}*"]) + "\n"
    return "\n".join(lines) + "\n"


def _lines(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    report = report_outline(comparison, lang)
    failed = list(failing_cases_text(comparison, lang))
    mark = EXCEEDED if comparison.exceeded else "⚠️" if failed and MARKS[comparison.judged] == "✅" else MARKS[comparison.judged]
    line = with_semicolons([conclusion(comparison, lang), *map(_cell, failed)], lang)
    yield " ".join(["##", sentence("policy-changes", lang), mark, line])
    yield ""
    sides = f"`{comparison.old}` → `{comparison.new}`"
    counted = [counts_text(report.changes, lang)] if report.changes else []
    yield with_commas([sides, *counted], lang)
    for record in comparison.records:
        yield from ("", f"### {common_title(record, lang)}", "")
        yield from (f"- {_cell(line)}" for line in common_lines(record, lang))
    for policy in report.policies:
        yield from _policy(policy, lang)
    yield from _shared(report, lang)
    if comparison.impact is not None:
        yield from _impact(comparison.impact, lang)
    if comparison.prepared is not None and comparison.prepared.by:  # a comment knows its commits without it
        yield from ("", _cell(brief_text(comparison, lang)))
    yield from annexed_markdown(report.policies, lang)


def _shared(report: ReportOutline, lang: Lang) -> Iterator[str]:
    if report.shared:
        yield ""
        yield "### " + sentence("common-files.heading", lang)
        yield ""
        yield from _table(_heads("concerns", lang), [_row(view.change, lang, view.concerned) for view in report.shared])
        if report.timeless:
            yield ""
            yield f"⚠️ {timeless_text(lang)}"
    if report.two_catalogues:
        yield ""
        yield f"❗ {both_text(lang)}"
    if report.touched:
        yield ""
        yield _cell(touched_text(report, lang))


def _heads(reason: str, lang: Lang) -> list[str]:
    """Of a table of changes; the `reason` is their basis or whom they concern."""
    names = ("column-direction", "column-change", "side-old.heading", "side-new.heading", f"column-{reason}", "column-where")
    return [sentence(name, lang) for name in names]


def _policy(policy: PolicyView, lang: Lang) -> Iterator[str]:
    compared = policy.compared
    yield ""
    yield f"### {_cell(policy.title)} {_cell(policy.versions)}"
    yield ""
    yield f"{MARKS[compared.judged.verdict]} {verdict(compared, lang)}"
    revisions = [f"- {_cell(line)}" for line in revision_texts(compared, lang)]
    if revisions:
        yield ""
        yield from revisions
    if compared.backward:
        yield ""
        yield f"⚠️ {backward_text(compared.backward, lang)}"
    yield from _days(policy, lang)
    for group in policy.groups:
        yield ""
        yield f"**{_cell(group.title or sentence('policy.heading', lang))}**"
        yield ""
        yield from _table(_heads("basis", lang), [_row(change, lang) for change in group.changes])
        if group.readers:
            yield ""
            yield _cell(sentence("readers.heading", lang, models=group.readers))
    if policy.common:
        yield ""
        yield f"❗ {_cell(common_text(policy, lang))}"
    yield from proved_markdown(policy, lang)


def _days(policy: PolicyView, lang: Lang) -> Iterator[str]:
    """The versions in force, and what finds nothing any more."""
    if policy.days:
        yield ""
    for span in policy.days:
        yield f"- {'❗ ' if span.loud else ''}{with_label(span.days, _cell(span.text), lang)}"
    if policy.missed:
        yield ""
        yield from (f"- ❗ {_cell(line)}" for line in policy.missed)


def _row(change: ChangeView, lang: Lang, concerned: str = "") -> list[str]:
    name = " ".join(filter(None, [change.how, change.name, change.part and f"· {change.part}"]))
    places = " → ".join(f"`{place}`" for place in places_text(change).split(" → ") if place)
    direction = change_terms.direction_text(change.direction, lang)
    reason = with_semicolons(filter(None, [change.basis, change.taken, concerned]), lang)
    cells = map(_cell, (name, change.old or "", change.new or "", reason))
    return [f"**{direction}** ⬅" if change.outside else direction, *cells, places]


def _impact(impact: Impact, lang: Lang) -> Iterator[str]:
    yield ""
    yield "### " + sentence("impact", lang)
    yield ""
    yield headline(impact, lang)
    for line in day_texts(impact, lang):
        yield ""
        yield f"⚠️ **{_cell(line)}**"
    if impact.models:
        yield ""
        yield counting_text(lang)
    for model, title in named_models(impact):
        yield from _model(model, title, lang)


def _model(model: ModelImpact, title: str, lang: Lang) -> Iterator[str]:
    """Who moves by a model, from where to where, by which scores, and which change it comes from."""
    yield ""
    yield f"**{_cell(title)}** {moved_text(model, lang)}"
    for line in filter(None, (lost_text(model, lang), burdens_text(model, lang), *lists_text(model, lang))):
        yield ""
        yield _cell(line)
    if not model.changed:
        return
    if model.score:
        yield ""
        yield with_label(rescored_text(model, lang), spread_text(model.score, lang), lang)
    yield ""
    yield from _matrix(model, lang)
    yield from _attributed(model, lang)


def _attributed(model: ModelImpact, lang: Lang) -> Iterator[str]:
    """Each change after the former ones, and alone; nothing where no change moves anybody."""
    rows = [
        [_cell(changes_text(changes, lang)), *pair_texts(counts(line), counts(alone))]
        for changes, line, alone in attribution(model)
    ]
    if not rows:
        return
    yield ""
    yield attribution_text(model, lang)
    yield ""
    if model.stacked:
        rows.append([sentence("column-total", lang), *pair_texts(counts(model.stacked.total), counts(None))])
    yield from _table([sentence(f"column-{name}", lang) for name in ATTRIBUTED], rows, 5)


def _matrix(model: ModelImpact, lang: Lang) -> Iterator[str]:
    """Before in rows, after in columns."""
    names = levels(model)
    rows = [
        [level_name(old, lang), *(f"{count:,}" if (count := model.matrix.get((old, new), 0)) else "" for new in names)]
        for old in names
    ]
    used = [row for row in rows if any(row[1:])]
    if used:
        yield from _table([sentence("old-by-new", lang), *(level_name(name, lang) for name in names)], used, len(names))


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
