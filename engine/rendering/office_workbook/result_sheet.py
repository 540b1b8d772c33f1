"""The sheet of results: who, by which model, what came out and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyarrow.dataset import dataset

from engine.model.policy import Model, Policy
from engine.model.result_table import OF_FORECASTS, turn_of
from engine.rendering.counts import of_any_case, reason_text
from engine.rendering.office_workbook.contents import ModelRows, OfficeResults
from engine.rendering.office_workbook.sheets import Column
from engine.rendering.phrases import bracketed
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term

SAY = Sentences("office_workbook").sentence
BY = "\n"
"""What stands between several in one cell."""

AT_ONCE = 10_000

FOR_PROGRAMS = 3
"""So many columns at the end are not printed: weight, version, digest."""


def result_columns(forecast: bool, lang: Lang) -> list[Column]:
    """The columns; those of what is to come where it was asked for."""
    ahead = [_column("next_change", 12, lang, "day"), _column("next_level", 10, lang)] if forecast else []
    return [
        _column("subject", 22, lang),
        _column("name", 24, lang),
        _column("policy", 20, lang),
        _column("model", 14, lang),
        _column("outcome", 8, lang),
        Column(SAY("head-score", lang), 9, "score"),
        _column("level", 7, lang),
        _column("grade", 7, lang),
        *ahead,
        _column("vetoes", 20, lang),
        _column("measures", 36, lang),
        _column("reason", 28, lang),
        _column("warnings", 16, lang),
        _column("valid_until", 12, lang, "day"),
        _column("as_of", 12, lang, "day"),
        Column(SAY("head-weight", lang), 7, "number"),
        _column("version", 10, lang, "code"),
        _column("digest", 18, lang, "code"),
    ]


def _column(name: str, width: int, lang: Lang, kind: Any = "text") -> Column:
    return Column(SAY(f"head-{name.replace('_', '-')}", lang), width, kind)


def result_rows(contents: OfficeResults, lang: Lang) -> Iterator[list[object]]:
    """Every row of results, in their order."""
    forecast = contents.totals.forecast is not None
    for part in contents.parts:
        texts = _Texts(part.policy, part.model, lang)
        for row in rows_of(part):
            yield _row(row, texts, contents, forecast, lang)


def coming_columns(lang: Lang) -> list[Column]:
    """Whose result changes when, from what to what."""
    names = ("next_change", "subject", "name", "policy", "model", "level", "next_level", "turn")
    widths = (12, 22, 28, 24, 18, 9, 9, 22)
    return [
        _column(name, width, lang, "day" if name == "next_change" else "text")
        for name, width in zip(names, widths, strict=True)
    ]


def coming_rows(contents: OfficeResults, lang: Lang) -> list[list[object]]:
    """Every result that changes within the days that are looked at, the next one first."""
    rows = []
    for part in contents.parts:
        ranks = {name: rank for rank, name in enumerate(part.policy.scale.names)} if part.policy else {}
        for row in rows_of(part):
            if row.get("next_change") is not None:
                turn = SAY(f"turn-{turn_of(row['level'], row['next_level'], ranks)}", lang)
                titles = _titles_of(row["policy"], row["model"], contents.policies)
                whose = row["subject"], contents.names.get(row["subject"])
                rows.append([row["next_change"], *whose, *titles, row["level"], row["next_level"], turn])
    return sorted(rows, key=lambda row: (row[0], row[1]))


def rows_of(part: ModelRows) -> Iterator[Mapping[str, Any]]:
    """The results of a part as they are in its file."""
    for batch in dataset(part.results, format="parquet").to_batches(batch_size=AT_ONCE):
        yield from batch.to_pylist()


def _row(
    row: Mapping[str, Any], texts: _Texts, contents: OfficeResults, forecast: bool, lang: Lang
) -> list[object]:  # fmt: skip
    ahead = [row.get(name) for name in OF_FORECASTS] if forecast else []
    why = contents.why.get((row["subject"], row["policy"], row["model"]))
    return [
        row["subject"],
        contents.names.get(row["subject"] or ""),
        *_titles_of(row["policy"], row["model"], contents.policies),
        SAY(f"came-{row['outcome'].replace('_', '-')}", lang),
        row["score"],
        row["level"],
        row["grade"],
        *ahead,
        BY.join(texts.veto(name) for name in row["vetoes"] or ()),
        BY.join(texts.measure(name) for name in row["measures"] or ()),
        why or BY.join(texts.reason(row["outcome"], reason) for reason in row["reason"] or ()),
        BY.join(texts.warning(warning) for warning in row["warnings"] or ()),
        row["valid_until"],
        row["as_of"],
        row["weight"],
        row["version"],
        row["digest"],
    ]


def _titles_of(policy: str | None, model: str | None, policies: Mapping[str, Policy]) -> tuple[str | None, str | None]:
    """What a policy and a model are called; of one that is not there its name."""
    there = policies.get(policy or "")
    if there is None:
        return policy, model
    named = there.models.get(model or "")
    return there.title, named.title if named else model


class _Texts:
    """What ids and codes of one model's results are in words; each is made once."""

    def __init__(self, policy: Policy | None, model: Model | None, lang: Lang) -> None:
        self.policy, self.model, self.lang = policy, model, lang
        self.vetoes = {veto.id: veto.title for veto in model.vetoes} if model else {}
        self.measures = {
            measure.id: measure.title + bracketed(term(measure.kind, lang), lang)
            for measure in (model.measures if model else ())
        }
        self.exclusions = {exclusion.id: exclusion.title for exclusion in model.not_evaluated} if model else {}
        self.titles = _titles(model) if model else {}
        self.reasons: dict[str, str] = {}

    def veto(self, name: str) -> str:
        return self.vetoes.get(name, name)

    def measure(self, name: str) -> str:
        return self.measures.get(name, name)

    def reason(self, outcome: str, reason: str) -> str:
        """Why somebody is left out, or is refused: what is missing, and where it would come from."""
        if outcome == "not_evaluated":
            return self.exclusions.get(reason, reason)
        if reason not in self.reasons:
            self.reasons[reason] = self._refused(reason)
        return self.reasons[reason]

    def _refused(self, reason: str) -> str:
        if self.policy is None or self.model is None:
            return of_any_case(reason.split()[-1], {}, self.lang)[0]
        sentence, help_text = reason_text(self.policy, self.model, reason, self.lang)
        return SAY("with-help", self.lang, sentence=sentence, help=help_text) if help_text else sentence

    def warning(self, warning: str) -> str:
        name, _, code = warning.rpartition(" ")
        return of_any_case(code, {"title": self.titles.get(name, name)}, self.lang)[0]


def _titles(model: Model) -> dict[str, str]:
    """What is warned of by its id."""
    elements: Sequence[Any] = (*model.indicators(), *model.items(), *model.vetoes)
    return {element.id: element.title for element in elements}
