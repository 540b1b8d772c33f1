"""Counts in words: numbers, shares, and why subjects and rows have no result. The summary and the page share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import TypeVar

from msgspec import Struct

from engine.model.number import divide
from engine.model.policy import FromAttribute, FromRecords
from engine.model.problem import Problem
from engine.model.totals import ModelTotals, Totals
from engine.rendering.messages import MESSAGES, message, remedy
from engine.rendering.terms import Lang

Key = TypeVar("Key")


class Why(Struct, frozen=True):
    """Why there is no result, for how many of the `whole`, and what would help; `where` is a model or a table."""

    where: str
    sentence: str
    help: str
    count: int
    whole: int


def pick(zh: str, en: str, lang: Lang) -> str:
    """The one that is in the language."""
    return en if lang == "en" else zh


def share(part: int, whole: int) -> str:
    """With one decimal; of nothing there is no share.

    >>> share(1, 3), share(0, 0)
    ('33.3%', '–')
    """
    return _percent(divide(1000 * part, whole)) if whole else "–"


def shares(counts: Sequence[int]) -> list[str]:
    """The parts of a whole, rounded so that they add up to 100%: the largest remainders are rounded up.

    >>> shares([1, 1, 1])
    ['33.4%', '33.3%', '33.3%']
    """
    whole = sum(counts)
    if not whole:
        return ["–" for _ in counts]
    found = [1000 * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: -(1000 * counts[i] % whole))
    for i in by_remainder[: 1000 - sum(found)]:
        found[i] += 1
    return [_percent(one) for one in found]


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"


def most(counts: Mapping[Key, int]) -> list[tuple[Key, int]]:
    """What was counted at all, the most frequent first."""
    return sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: -pair[1])


def names(models: Sequence[ModelTotals]) -> list[str]:
    """The models' titles, with the policy's where two have the same."""
    titles = [one.model.title for one in models]
    full = [f"{one.policy.title} · {one.model.title}" for one in models]
    return [long if titles.count(title) > 1 else title for title, long in zip(titles, full, strict=True)]


def exclusions(totals: Totals) -> list[Why]:
    """Who was left out, model by model."""
    found: list[Why] = []
    for one, name in zip(totals.models, names(totals.models), strict=True):
        titles = {exclusion.id: exclusion.title for exclusion in one.model.not_evaluated}
        found += [Why(name, titles[key], "", count, one.subjects) for key, count in most(one.exclusions)]
    return found


def rejections(totals: Totals, lang: Lang) -> list[Why]:
    """Who was rejected, model by model."""
    return [
        Why(name, *_reason(one, reason, lang), count, one.subjects)
        for one, name in zip(totals.models, names(totals.models), strict=True)
        for reason, count in most(one.reasons)
    ]


def _reason(one: ModelTotals, reason: str, lang: Lang) -> tuple[str, str]:
    """A reason `FACT CODE` as a sentence, and where the missing fact would come from."""
    name, _, code = reason.rpartition(" ")
    fact = one.model.facts.get(name)
    sentence, text = _general(code, {"fact": name, "title": fact.title} if fact else {}, lang)
    if fact is None or code != "fact_missing":
        return sentence, text
    match fact.source:
        case FromAttribute(_, attribute):
            title = one.policy.attributes[attribute].field.title
            return sentence, pick(f"补充主体的属性“{title}”", f"deliver the subject's attribute “{title}”", lang)
        case FromRecords(_, category):
            title = one.policy.categories[category].title
            return sentence, pick(f"归集“{title}”的记录", f"deliver records of “{title}”", lang)
        case _:
            return sentence, text


def refusals(totals: Totals, lang: Lang) -> list[Why]:
    """Rows that were refused."""
    whole = sum(totals.refused.values())
    return [
        Why(_TABLES.get(table, (table, table))[lang == "en"], *_general(code, {}, lang), count, whole)
        for (table, code), count in most(totals.refused)
    ]


_TABLES = {"subjects": ("主体", "subjects"), "records": ("记录", "records"), "members": ("成员", "members")}


def _general(code: str, values: Mapping[str, object], lang: Lang) -> tuple[str, str]:
    """Message and remedy of a code without the values of one case, for which `…` stands."""
    if code not in MESSAGES:
        return code, ""
    blanks = {name: "…" for text in MESSAGES[code] for _, name, _, _ in Formatter().parse(text) if name}
    problem = Problem(code, values={**blanks, **values})
    text = remedy(problem, lang)
    return message(problem, lang), "" if "…" in text else text
