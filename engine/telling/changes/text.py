"""A comparison for the terminal: each change in a paragraph, where it stands and on what it rests below it.

A `!` marks what the declared intent does not cover.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from rich.text import Text

from engine.model.comparison import Comparison
from engine.telling.changes import naming
from engine.telling.changes.annexed import annexed_note
from engine.telling.changes.concluded import concluded, counted, revisions, verdict
from engine.telling.changes.impact import impact_text
from engine.telling.changes.proved import proved_text
from engine.telling.changes.recorded import common_lines, common_title
from engine.telling.changes.said import Said, SaidPolicy, also_text, once, places_text, said
from engine.telling.counts import pick
from engine.telling.snippet import width
from engine.telling.words import Lang

LINE = 70
"""Old and new stand on one line where both together are no longer."""

STYLES = {"looser": "green", "stricter": "red", "mixed": "yellow", "neutral": "dim", "text": "dim"}
VERDICTS = {"equal": "green", "declared": "green", "beyond": "bold red", "unknown": "bold yellow"}


def changes_text(comparison: Comparison, lang: Lang) -> Iterator[Text]:
    """Line by line."""
    policies = once(said(comparison, lang))
    if not policies and not comparison.common:
        yield Text(pick("两边含义相同", "both say the same", lang), VERDICTS["equal"])
    for record in comparison.common:
        yield Text(common_title(record, lang), "bold")
        yield from (Text(f"  {line}") for line in common_lines(record, lang))
        yield Text("")
    for one, following in zip_longest(policies, policies[1:]):
        yield from _policy(one, lang)
        if one.groups or following is None or following.groups:
            yield Text("")
    if comparison.impact is not None:
        yield from map(Text, impact_text(comparison.impact, lang))
        yield Text("")
    if policies:
        yield Text(counted(policies, lang))
    if policies or comparison.common:
        yield Text(concluded(comparison, lang), VERDICTS[comparison.verdict])


def _policy(one: SaidPolicy, lang: Lang) -> Iterator[Text]:
    compared = one.compared
    head = Text.assemble((one.title, "bold"), f"  {compared.changed.policy.id}  {one.versions}")
    if not one.groups and not compared.proofs and not compared.judged.revisions:  # all is told above
        yield head.append("  ").append(verdict(compared, lang), VERDICTS[compared.judged.verdict])
        return
    yield head
    for line in revisions(compared, lang):
        yield Text(f"  {line}")
    yield Text(f"  {verdict(compared, lang)}", VERDICTS[compared.judged.verdict])
    note = annexed_note(one, lang)
    if note:
        yield Text(f"  {note}")
    for group in one.groups:
        yield Text("")
        yield Text(f"  {group.title or pick('政策', 'policy', lang)}", "bold cyan")
        for change in group.changes:
            yield from _change(change, lang)
    proofs = list(proved_text(one, lang))
    if proofs:
        yield Text("")
        yield from (Text(f"  {line}") for line in proofs)


def _change(one: Said, lang: Lang) -> Iterator[Text]:
    colon = pick("：", ": ", lang)
    mark = "! " if one.outside else "  "
    head = Text(f"  {mark}{naming.direction(one.direction, lang)}  ", STYLES[one.direction])
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
    below = [places_text(one), basis, also_text(one, lang)]
    yield Text("      " + "  ".join(filter(None, below)), "dim")
