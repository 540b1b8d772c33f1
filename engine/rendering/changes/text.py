"""A comparison for the terminal: each change in a paragraph, where it stands and on what it rests below it.

A `!` marks what the declared intent does not cover.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from engine.model.comparison import Conclusion, DiffReport
from engine.model.direction import Direction
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
from engine.rendering.phrases import with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import width

sentence = Sentences("changes").sentence

LINE = 70
"""Old and new stand on one line where both together are no longer."""

STYLES: Mapping[Direction, str] = {"looser": "green", "stricter": "red", "mixed": "yellow", "neutral": "dim", "text": "dim"}
VERDICTS: Mapping[Conclusion, str] = {
    "equal": "green",
    "declared": "green",
    "beyond": "bold red",
    "unknown": "bold yellow",
    "exceeded": "bold red",
}


def changes_text(comparison: DiffReport, lang: Lang) -> Iterator[Text]:
    """Line by line."""
    report = report_outline(comparison, lang)
    any_change = comparison.policies or comparison.shared
    if not any_change and not comparison.records:
        yield Text(sentence("both-same", lang), VERDICTS["equal"])
    for record in comparison.records:
        yield Text(common_title(record, lang), "bold")
        yield from (Text(f"  {line}") for line in common_lines(record, lang))
        yield Text("")
    for policy in report.policies:
        yield from _policy(policy, lang)
        yield Text("")
    yield from _shared(report, lang)
    if comparison.impact is not None:
        yield from map(Text, impact_text(comparison.impact, lang))
        yield Text("")
    if any_change:
        yield Text(counts_text(report.changes, lang))
    if any_change or comparison.records or comparison.exceeded:
        failed = list(failing_cases_text(comparison, lang))
        style = VERDICTS["unknown"] if failed and VERDICTS[comparison.verdict] == "green" else VERDICTS[comparison.verdict]
        yield Text(with_semicolons([conclusion(comparison, lang), *failed], lang), style)


def _shared(report: ReportOutline, lang: Lang) -> Iterator[Text]:
    """The common files, whoever reads them."""
    if report.shared:
        yield Text(sentence("common-files", lang), "bold")
        for view in report.shared:
            yield from _change(view.change, lang)
            yield Text(f"      {view.concerned}")
        if report.timeless:
            yield Text(f"  {timeless_text(lang)}", "bold yellow")
        yield Text("")
    if report.two_catalogues:
        yield Text(f"! {both_text(lang)}", "bold red")
        yield Text("")
    if report.touched:
        yield Text(touched_text(report, lang))
        yield Text("")


def _policy(policy: PolicyView, lang: Lang) -> Iterator[Text]:
    compared = policy.compared
    head = Text.assemble((policy.title, "bold"), f"  {compared.changed.policy.id}  {policy.versions}")
    if not policy.groups and not compared.proofs and not compared.judged.revisions:  # all is told above
        yield head.append("  ").append(verdict(compared, lang), VERDICTS[compared.judged.verdict])
        return
    yield head
    for line in revision_texts(compared, lang):
        yield Text(f"  {line}")
    yield Text(f"  {verdict(compared, lang)}", VERDICTS[compared.judged.verdict])
    if compared.backward:
        yield Text(f"  {backward_text(compared.backward, lang)}", "bold yellow")
    yield from _days(policy, lang)
    note = annexed_note(policy, lang)
    if note:
        yield Text(f"  {note}")
    for group in policy.groups:
        yield Text("")
        yield Text(f"  {group.title or sentence('policy', lang)}", "bold cyan")
        for change in group.changes:
            yield from _change(change, lang)
        if group.readers:
            yield Text(f"    {sentence('readers', lang, models=group.readers)}")
    if policy.common:
        yield Text("")
        yield Text(f"  ! {common_text(policy, lang)}")
    proofs = list(proved_text(policy, lang))
    if proofs:
        yield Text("")
        yield from (Text(f"  {line}") for line in proofs)


def _days(policy: PolicyView, lang: Lang) -> Iterator[Text]:
    """The versions in force, and what finds nothing any more."""
    if policy.days:
        yield Text("")
        yield Text("  " + sentence("in-force", lang), "bold cyan")
    for span in policy.days:
        style = "bold red" if span.loud else "dim" if span.span.old is span.span.new else ""
        line = with_label(span.days, span.text, lang)
        yield Text(f"  {'!' if span.loud else ' '} {line}", style)
    if policy.missed:
        yield Text("")
    for line in policy.missed:
        yield Text(f"  ! {line}", "bold red")


def _change(change: ChangeView, lang: Lang) -> Iterator[Text]:
    mark = "! " if change.outside else "  "
    head = Text(f"  {mark}{change_terms.direction_text(change.direction, lang)}  ", STYLES[change.direction])
    head.append(" ".join(filter(None, [change.how, change.name])), "default")
    if change.part:
        head.append(f"  {change.part}", "default")
    values = [text for text in (change.old, change.new) if text is not None]
    if len(values) == 2 and sum(map(width, values)) > LINE:
        yield head
        for side, value in zip(("old", "new"), values, strict=True):
            yield Text(f"      {sentence('labelled', lang, label=sentence(f'side-{side}', lang), text=value)}")
    else:
        head.append(f"  {' → '.join(values)}", "default")
        yield head
    basis = sentence("basis", lang, basis=change.basis) if change.basis else ""
    below = [places_text(change), basis, change.taken]
    yield Text("      " + "  ".join(filter(None, below)), "dim")
