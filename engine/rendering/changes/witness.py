"""What a subject has that refutes a claim, in words: its attributes and records as an official knows them, and what came out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from engine.model.catalogue import Attribute, Category
from engine.model.evaluation import Evaluation, NotEvaluated
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.proof import Proof, Witness
from engine.model.subject import Record, Subject
from engine.rendering.annex.labels import Label, field_names
from engine.rendering.changes.context import labelled_text
from engine.rendering.changes.side_by_side import side_by_side
from engine.rendering.counts import pick
from engine.rendering.subject_document import subject_document
from engine.rendering.terms import Lang, term


class WitnessFacts(Struct, frozen=True):
    """Something that a subject has: what it is, its day, what it says, and how many of it there are."""

    title: str
    day: str
    says: str
    count: int


class WitnessView(Struct, frozen=True):
    """A subject for the page: what it has, under heads, or that nothing is known of it; what came out; its document."""

    fact_heads: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    nothing: str
    outcome_heads: tuple[str, str, str]
    outcomes: tuple[tuple[str, str, str], ...]
    document_title: str
    document: str


def witness_facts(proof: Proof, witness: Witness, lang: Lang) -> tuple[WitnessFacts, ...]:
    """Attributes, members and records of the first subject; records that say the same are one, counted."""
    policies = _policies(proof, witness)
    subject = witness.subjects[0]
    found = [*_attributes(subject, policies, lang)]
    if subject.members:
        found.append(WitnessFacts(pick("成员", "Members", lang), "", f"{len(subject.members)}", 1))
    counts: dict[tuple[str, str, str], int] = {}
    for record in subject.records:
        one = _record(record, policies, lang)
        counts[one] = counts.get(one, 0) + 1
    return (*found, *(WitnessFacts(title, day, says, count) for (title, day, says), count in counts.items()))


def witness_text(proof: Proof, witness: Witness, lang: Lang) -> str:
    """`组织，从业人员数 10；2025-12-31 行政处罚（处罚程度 轻微）×2`."""
    by, space = pick("；", "; ", lang), pick("", " ", lang)
    told = []
    for one in witness_facts(proof, witness, lang):
        times = f"{space}×{one.count}" if one.count > 1 else ""
        says = (
            (pick("（", " (", lang) + one.says + pick("）", ")", lang))
            if one.day and one.says
            else f" {one.says}"
            if one.says
            else ""
        )
        told.append(f"{one.day} {one.title}".strip() + says + times)
    what = by.join(told) or pick("没有任何信息", "nothing known of it", lang)
    return f"{term(witness.subjects[0].kind, lang)}{pick('，', ', ', lang)}{what}"


def witness_view(proof: Proof, lang: Lang) -> WitnessView | None:
    """What the subject has, what differs in both results, and the document for `evaluate`."""
    witness = proof.witness
    if witness is None:
        return None
    kind = term(witness.subjects[0].kind, lang)
    between = pick("，", ", ", lang)
    document = json.dumps(subject_document(witness.subjects[0], *_policies(proof, witness)), ensure_ascii=False)
    return WitnessView(
        (pick(f"{kind}的信息", f"Of the {kind}", lang), pick("内容", "Which says", lang)),
        tuple(
            (_titled(fact), between.join(filter(None, [fact.day, fact.says]))) for fact in witness_facts(proof, witness, lang)
        ),
        f"{kind}{pick('，没有任何信息', ', of which nothing is known', lang)}",
        (pick("结果", "What came out", lang), pick("原", "Old", lang), pick("新", "New", lang)),
        tuple(differing_text(witness, lang)),
        pick("主体文件", "The document", lang),
        document,
    )


def _titled(one: WitnessFacts) -> str:
    """`行政处罚 ×2`."""
    return f"{one.title} ×{one.count}" if one.count > 1 else one.title


def differing_text(witness: Witness, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """What is otherwise in the second of both results."""
    if len(witness.outcomes) == 2:
        yield from (row for row in side_by_side(*witness.outcomes, lang) if row[1] != row[2])


def _policies(proof: Proof, witness: Witness) -> Sequence[Policy]:
    others = [one.policy for one in witness.outcomes if isinstance(one, (Evaluation, NotEvaluated))]
    return [proof.policy, *others]


def _attributes(subject: Subject, policies: Sequence[Policy], lang: Lang) -> Iterator[WitnessFacts]:
    known: dict[str, Attribute] = {}
    for policy in reversed(policies):
        known |= policy.attributes
    for name, value in subject.attributes.items():
        one = known[name].field
        yield WitnessFacts(one.title, "", labelled_text(value, Label(one.title, one.labels, "", one.type), lang), 1)


def _record(record: Record, policies: Sequence[Policy], lang: Lang) -> tuple[str, str, str]:
    policy = next(one for one in policies if record.category in one.categories)
    category = policy.categories[record.category]
    says = list(_fields(record, category, field_names(policy, record.category), lang))
    says += [record.source] if record.source else []
    says += [term(record.status, lang)] if record.status != "valid" else []
    return category.title, iso_text(record.date), pick("，", ", ", lang).join(says)


def _fields(record: Record, category: Category, names: Mapping[str, Label], lang: Lang) -> Iterator[str]:
    for name, value in record.fields.items():
        if name in category.fields:
            named = names[name]
            title = named.title.removesuffix(f"（{named.unit}）") if named.unit else named.title
            yield f"{title} {labelled_text(value, named, lang)}"
