"""A comparison for the terminal: each change in a paragraph, where it stands and on what it rests below it.

A `!` marks what the declared intent does not cover.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from engine.model.comparison import Comparison
from engine.telling.changes import naming
from engine.telling.changes.concluded import concluded, counted, revisions, verdict
from engine.telling.changes.impact import impact_text
from engine.telling.changes.proved import proved_text
from engine.telling.changes.said import Said, SaidPolicy, also_text, once, places_text, said
from engine.telling.counts import pick
from engine.telling.snippet import width
from engine.telling.words import Lang

LINE = 70
"""Old and new stand on one line where both together are no longer."""

STYLES = {"looser": "green", "stricter": "red", "mixed": "yellow", "neutral": "dim", "text": "dim"}
VERDICTS = {"equal": "green", "declared": "green", "beyond": "bold red", "unknown": "bold yellow", "exceeded": "bold red"}


def changes_text(comparison: Comparison, lang: Lang) -> Iterator[Text]:
    """Line by line."""
    policies = once(said(comparison, lang))
    if not policies:
        yield Text(pick("两边含义相同", "both say the same", lang), VERDICTS["equal"])
    for one in policies:
        yield from _policy(one, lang)
        yield Text("")
    if comparison.impact is not None:
        yield from map(Text, impact_text(comparison.impact, lang))
        yield Text("")
    if policies:
        yield Text(counted(policies, lang))
    if policies or comparison.exceeded:
        yield Text(concluded(comparison, lang), VERDICTS[comparison.verdict])


def _policy(one: SaidPolicy, lang: Lang) -> Iterator[Text]:
    compared = one.compared
    yield Text.assemble((one.title, "bold"), f"  {compared.changed.policy.id}  {one.versions}")
    for line in revisions(compared, lang):
        yield Text(f"  {line}")
    yield Text(f"  {verdict(compared, lang)}", VERDICTS[compared.judged.verdict])
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
