"""A comparison for the terminal: each change in a paragraph, where it stands and on what it rests below it.

A `!` marks what the declared intent does not cover.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from engine.model.comparison import DiffReport
from engine.rendering.changes import change_terms
from engine.rendering.changes.annexes import annexed_note
from engine.rendering.changes.change_view import ChangeView, PolicyView, places_text
from engine.rendering.changes.days_in_force import backward_text, timeless_text
from engine.rendering.changes.impact import impact_text
from engine.rendering.changes.preparation import failing_cases_text
from engine.rendering.changes.proof_section import proved_text
from engine.rendering.changes.report_outline import ReportOutline, both_text, common_text, report_outline, touched_text
from engine.rendering.changes.revision_history import common_lines, common_title
from engine.rendering.changes.verdict import conclusion, counts_text, revision_texts, verdict
from engine.rendering.counts import pick
from engine.rendering.snippet import width
from engine.rendering.terms import Lang

LINE = 70
"""Old and new stand on one line where both together are no longer."""

STYLES = {"looser": "green", "stricter": "red", "mixed": "yellow", "neutral": "dim", "text": "dim"}
VERDICTS = {"equal": "green", "declared": "green", "beyond": "bold red", "unknown": "bold yellow", "exceeded": "bold red"}


def changes_text(comparison: DiffReport, lang: Lang) -> Iterator[Text]:
    """Line by line."""
    report = report_outline(comparison, lang)
    there = comparison.policies or comparison.shared
    if not there and not comparison.records:
        yield Text(pick("两边含义相同", "both say the same", lang), VERDICTS["equal"])
    for record in comparison.records:
        yield Text(common_title(record, lang), "bold")
        yield from (Text(f"  {line}") for line in common_lines(record, lang))
        yield Text("")
    for one in report.policies:
        yield from _policy(one, lang)
        yield Text("")
    yield from _shared(report, lang)
    if comparison.impact is not None:
        yield from map(Text, impact_text(comparison.impact, lang))
        yield Text("")
    if there:
        yield Text(counts_text(report.changes, lang))
    if there or comparison.records or comparison.exceeded:
        failed = list(failing_cases_text(comparison, lang))
        style = VERDICTS["unknown"] if failed and VERDICTS[comparison.verdict] == "green" else VERDICTS[comparison.verdict]
        yield Text(pick("；", "; ", lang).join([conclusion(comparison, lang), *failed]), style)


def _shared(report: ReportOutline, lang: Lang) -> Iterator[Text]:
    """The common files, whoever reads them."""
    if report.shared:
        yield Text(pick("公共文件", "common files", lang), "bold")
        for one in report.shared:
            yield from _change(one.said, lang)
            yield Text(f"      {one.concerned}")
        if report.timeless:
            yield Text(f"  {timeless_text(lang)}", "bold yellow")
        yield Text("")
    if report.two_catalogues:
        yield Text(f"! {both_text(lang)}", "bold red")
        yield Text("")
    if report.touched:
        yield Text(touched_text(report, lang))
        yield Text("")


def _policy(one: PolicyView, lang: Lang) -> Iterator[Text]:
    compared = one.compared
    head = Text.assemble((one.title, "bold"), f"  {compared.changed.policy.id}  {one.versions}")
    if not one.groups and not compared.proofs and not compared.judged.revisions:  # all is told above
        yield head.append("  ").append(verdict(compared, lang), VERDICTS[compared.judged.verdict])
        return
    yield head
    for line in revision_texts(compared, lang):
        yield Text(f"  {line}")
    yield Text(f"  {verdict(compared, lang)}", VERDICTS[compared.judged.verdict])
    if compared.backward:
        yield Text(f"  {backward_text(compared.backward, lang)}", "bold yellow")
    yield from _days(one, lang)
    note = annexed_note(one, lang)
    if note:
        yield Text(f"  {note}")
    for group in one.groups:
        yield Text("")
        yield Text(f"  {group.title or pick('政策', 'policy', lang)}", "bold cyan")
        for change in group.changes:
            yield from _change(change, lang)
        if group.readers:
            yield Text(f"    {pick('读取其结果的模型：', 'models that read its results: ', lang)}{group.readers}")
    if one.common:
        yield Text("")
        yield Text(f"  ! {common_text(one, lang)}")
    proofs = list(proved_text(one, lang))
    if proofs:
        yield Text("")
        yield from (Text(f"  {line}") for line in proofs)


def _days(one: PolicyView, lang: Lang) -> Iterator[Text]:
    """The versions in force, and what finds nothing any more."""
    if one.days:
        yield Text("")
        yield Text(f"  {pick('施行', 'in force', lang)}", "bold cyan")
    for span in one.days:
        style = "bold red" if span.loud else "dim" if span.span.old is span.span.new else ""
        yield Text(f"  {'!' if span.loud else ' '} {span.days}{pick('：', ': ', lang)}{span.text}", style)
    if one.missed:
        yield Text("")
    for line in one.missed:
        yield Text(f"  ! {line}", "bold red")


def _change(one: ChangeView, lang: Lang) -> Iterator[Text]:
    colon = pick("：", ": ", lang)
    mark = "! " if one.outside else "  "
    head = Text(f"  {mark}{change_terms.direction_text(one.direction, lang)}  ", STYLES[one.direction])
    head.append(" ".join(filter(None, [one.how, one.name])), "default")
    if one.part:
        head.append(f"  {one.part}", "default")
    values = [text for text in (one.old, one.new) if text is not None]
    if len(values) == 2 and sum(map(width, values)) > LINE:
        yield head
        yield Text(f"      {pick('原', 'old', lang)}{colon}{values[0]}")
        yield Text(f"      {pick('新', 'new', lang)}{colon}{values[1]}")
    else:
        head.append(f"  {' → '.join(values)}", "default")
        yield head
    basis = f"{pick('依据', 'basis', lang)} {one.basis}" if one.basis else ""
    below = [places_text(one), basis, one.taken]
    yield Text("      " + "  ".join(filter(None, below)), "dim")
