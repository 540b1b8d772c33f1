"""A model's sheet: the facts of each subject and the points for them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.model.policy import Model, Policy
from engine.model.result_table import fact_column, points_column
from engine.rendering.annex.labels import Label, fact_names, labelled
from engine.rendering.office_workbook.result_sheet import AT_ONCE, SAY
from engine.rendering.office_workbook.sheets import Column, Kind
from engine.rendering.sentences import Lang
from engine.rendering.terms import term

KINDS: Mapping[str, Kind] = {"date": "day", "number": "number"}


class _Cells:
    """The columns of a model's own: what each is in words, and what stands above it."""

    def __init__(self, policy: Policy, model: Model, lang: Lang) -> None:
        self.lang, labels = lang, fact_names(policy, model)
        self.facts = {fact_column(name): labels[name] for name in model.facts}
        self.points = {
            points_column(name): SAY("head-points", lang, title=title)
            for name, title in (
                *((indicator.id, indicator.title) for indicator in model.indicators()),
                *((item.id, item.title) for item in model.items()),
            )
        }

    def column(self, name: str, taken: set[str]) -> Column:
        """A head that no other column has."""
        label = self.facts.get(name)
        head = label.title if label else self.points.get(name, name)
        head = head if head not in taken else SAY("head-again", self.lang, head=head, name=name)
        taken.add(head)
        if label is None:
            return Column(head, 11, "number")
        kind = KINDS.get(label.type, "text")
        return Column(head, 12 if kind != "text" else 16, kind)

    def cell(self, name: str, value: object) -> object:
        label = self.facts.get(name)
        return value if label is None else _fact(value, label, self.lang)


def _fact(value: object, label: Label, lang: Lang) -> object:
    """Of texts and truths what people call them; numbers and days stay."""
    if isinstance(value, bool):
        return term("true" if value else "false", lang)
    return labelled(value, label) if isinstance(value, str) else value


def reasoning_columns(policy: Policy, model: Model, names: list[str], lang: Lang) -> list[Column]:
    """Who it is, then the columns that the reasoning has under these names."""
    cells, taken = _Cells(policy, model, lang), set[str]()
    first = [Column(SAY("head-subject", lang), 22), Column(SAY("head-name", lang), 28)]
    return [*first, *(cells.column(name, taken) for name in names if name != "subject")]


def reasoning_rows(
    policy: Policy, model: Model, source: Any, names: Mapping[str, str], lang: Lang
) -> Iterator[list[object]]:  # fmt: skip
    """A row for each subject that was evaluated."""
    cells = _Cells(policy, model, lang)
    for batch in source.to_batches(batch_size=AT_ONCE):
        for row in batch.to_pylist():
            whose = row.pop("subject")
            yield [whose, names.get(whose), *(cells.cell(name, value) for name, value in row.items())]
