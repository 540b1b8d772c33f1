"""Counts in words: numbers, shares, and why subjects and rows have no result. The summary and the page share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from engine.model.number import divide
from engine.model.policy import Model, Policy, attribute_read, category_read
from engine.model.totals import ModelTotals, Totals
from engine.rendering.messages import codes, general, message
from engine.rendering.sentences import Lang, Sentences

Key = TypeVar("Key")

SENTENCES = Sentences("batch")
"""What the summary and the page say."""


class Why(Struct, frozen=True):
    """Why there is no result, for how many of the `whole`, and what would help; `where` is a model or a table."""

    where: str
    sentence: str
    help: str
    count: int
    whole: int

    @property
    def share(self) -> str:
        """The share of the whole."""
        return share(self.count, self.whole)


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
    tenths = [1000 * count // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: -(1000 * counts[i] % whole))
    for i in by_remainder[: 1000 - sum(tenths)]:
        tenths[i] += 1
    return [_percent(tenth) for tenth in tenths]


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"


def most(counts: Mapping[Key, int]) -> list[tuple[Key, int]]:
    """What was counted at all, the most frequent first."""
    return sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: -pair[1])


def names(models: Sequence[ModelTotals]) -> list[str]:
    """The models' titles, with the policy's where two have the same."""
    titles = [counts.model.title for counts in models]
    full = [f"{counts.policy.title} · {counts.model.title}" for counts in models]
    return [long if titles.count(title) > 1 else title for title, long in zip(titles, full, strict=True)]


def titles_of(models: Sequence[ModelTotals]) -> dict[tuple[str, str], str]:
    """The same titles by policy and model."""
    return dict(zip(((counts.policy.id, counts.model.id) for counts in models), names(models), strict=True))


def endings(totals: Totals, lang: Lang) -> list[str]:
    """That a policy whose results these are soon ends and nothing follows, once a policy."""
    policies = {counts.policy.id: counts.policy for counts in totals.models}
    return [message(problem, lang) for policy in policies.values() if (problem := policy.ending(totals.as_of))]


def exclusions(totals: Totals) -> list[Why]:
    """Who was left out, model by model."""
    whys: list[Why] = []
    for counts, name in zip(totals.models, names(totals.models), strict=True):
        titles = {exclusion.id: exclusion.title for exclusion in counts.model.not_evaluated}
        whys += [Why(name, titles[key], "", count, counts.subjects) for key, count in most(counts.exclusions)]
    return whys


def rejections(totals: Totals, lang: Lang) -> list[Why]:
    """Who was rejected, model by model."""
    return [
        Why(name, *reason_text(counts.policy, counts.model, reason, lang), count, counts.subjects)
        for counts, name in zip(totals.models, names(totals.models), strict=True)
        for reason, count in most(counts.reasons)
    ]


def reason_text(policy: Policy, model: Model, reason: str, lang: Lang) -> tuple[str, str]:
    """A reason `FACT CODE` as a sentence, and where the missing fact would come from."""
    name, _, code = reason.rpartition(" ")
    fact = model.facts.get(name)
    sentence, text = of_any_case(code, {"fact": name, "title": fact.title} if fact else {}, lang)
    if fact is None or code != "fact_missing":
        return sentence, text
    attribute, category = attribute_read(fact.source), category_read(fact.source)
    if attribute is not None:
        title = policy.attributes[attribute].field.title
        return sentence, SENTENCES.sentence("deliver-attribute", lang, title=title)
    if category is not None:
        return sentence, SENTENCES.sentence("deliver-records", lang, title=policy.categories[category].title)
    return sentence, text


def refusals(totals: Totals, lang: Lang) -> list[Why]:
    """Rows that were refused."""
    whole = sum(totals.refused.values())
    return [
        Why(
            _table(table, lang),
            *of_any_case(code, {"as_of": totals.as_of, **totals.refused_names.get((table, code), {})}, lang),
            count,
            whole,
        )
        for (table, code), count in most(totals.refused)
    ]


def _table(table: str, lang: Lang) -> str:
    """What a table holds; another file has its name."""
    identifier = f"table-{table}"
    return SENTENCES.sentence(identifier, lang) if identifier in SENTENCES.ids(lang) else table


def of_any_case(code: str, values: Mapping[str, object], lang: Lang) -> tuple[str, str]:
    """Message and remedy of a code without the values of one case, for which `…` stands."""
    if code not in codes():
        return code, ""
    sentence, text = general(code, lang, values)
    return sentence, "" if "…" in text else text
