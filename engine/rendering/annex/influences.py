"""The table of what one adverse record of each category can do: 违法行为、最多扣分、最长影响."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.policy import Model, Policy
from engine.model.proportion import Influence
from engine.rendering.annex.document import Table, row
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.proportion_text import SAY, consequences_text, points_text, time_text


def influence_table(policy: Policy, model: Model, influences: Sequence[Influence]) -> Iterator[Table]:
    """One, where the model reads anything adverse."""
    if not influences:
        return
    blank = SAY("blank", ANNEX_LANG)
    rows = [
        row(
            policy.categories[influence.category].title,
            points_text(influence, ANNEX_LANG),
            consequences_text(influence, model, ANNEX_LANG) or blank,
            time_text(influence, ANNEX_LANG),
        )
        for influence in influences
    ]
    remarks = ["proportion", *(["by-results"] if any(influence.by_results for influence in influences) else [])]
    heads = tuple(SAY(f"head-{name}", ANNEX_LANG) for name in ("act", "points", "consequences", "longest"))
    notes = tuple(SAY(f"remark-{name}", ANNEX_LANG) for name in remarks)
    yield Table(SAY("table-proportion", ANNEX_LANG), heads, (24, 18, 38, 20), tuple(rows), notes)
