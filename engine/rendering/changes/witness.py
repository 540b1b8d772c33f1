"""What a subject has that refutes a claim, in words: its attributes and records as an official knows them, and what came out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from engine.model.catalogue import Attribute, Category
from engine.model.evaluation import Evaluation, NotEvaluated
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.proof import Proof, Witness
from engine.model.subject import Record, Subject
from engine.rendering.annex.labels import Label, field_names
from engine.rendering.annex.official import ANNEX_LANG
from engine.rendering.changes.context import labelled_text
from engine.rendering.changes.side_by_side import side_by_side
from engine.rendering.phrases import bracketed, with_commas, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.subject_document import subject_document
from engine.rendering.terms import term

sentence = Sentences("proof").sentence


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
    facts = [*_attributes(subject, policies, lang)]
    if subject.members:
        facts.append(WitnessFacts(sentence("subject-members", lang), "", f"{len(subject.members)}", 1))
    counts = Counter(_record(record, policies, lang) for record in subject.records)
    return (*facts, *(WitnessFacts(title, day, says, count) for (title, day, says), count in counts.items()))


def witness_text(proof: Proof, witness: Witness, lang: Lang) -> str:
    """`组织，从业人员数 10；2025-12-31 行政处罚（处罚程度 轻微）×2`."""
    texts = [_fact_text(fact, lang) for fact in witness_facts(proof, witness, lang)]
    facts = with_semicolons(texts, lang) or sentence("nothing-known", lang)
    return sentence("subject-and-facts", lang, kind=term(witness.subjects[0].kind, lang), facts=facts)


def _fact_text(fact: WitnessFacts, lang: Lang) -> str:
    text = f"{fact.day} {fact.title}".strip()
    if fact.says:
        text = sentence("fact-and-says", lang, fact=text, says=fact.says) if fact.day else f"{text} {fact.says}"
    return sentence("fact-repeated", lang, fact=text, count=f"{fact.count}") if fact.count > 1 else text


def witness_view(proof: Proof, lang: Lang) -> WitnessView | None:
    """What the subject has, what differs in both results, and the document for `evaluate`."""
    witness = proof.witness
    if witness is None:
        return None
    kind = term(witness.subjects[0].kind, lang)
    document = json.dumps(subject_document(witness.subjects[0], *_policies(proof, witness)), ensure_ascii=False)
    return WitnessView(
        (sentence("page-facts-of-kind", lang, kind=kind), sentence("page-says", lang)),
        tuple(
            (_titled(fact), with_commas(filter(None, [fact.day, fact.says]), lang))
            for fact in witness_facts(proof, witness, lang)
        ),
        sentence("page-nothing-known", lang, kind=kind),
        (sentence("page-outcome", lang), sentence("side-old.heading", lang), sentence("side-new.heading", lang)),
        tuple(differing_text(witness, lang)),
        sentence("page-document", lang),
        document,
    )


def _titled(fact: WitnessFacts) -> str:
    """`行政处罚 ×2`."""
    return f"{fact.title} ×{fact.count}" if fact.count > 1 else fact.title


def differing_text(witness: Witness, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """What is otherwise in the second of both results."""
    if len(witness.outcomes) == 2:
        yield from (row for row in side_by_side(*witness.outcomes, lang) if row[1] != row[2])


def _policies(proof: Proof, witness: Witness) -> Sequence[Policy]:
    outcomes = (outcome for outcome in witness.outcomes if isinstance(outcome, (Evaluation, NotEvaluated)))
    return [proof.policy, *(outcome.policy for outcome in outcomes)]


def _attributes(subject: Subject, policies: Sequence[Policy], lang: Lang) -> Iterator[WitnessFacts]:
    known: dict[str, Attribute] = {}
    for policy in reversed(policies):
        known |= policy.attributes
    for name, value in subject.attributes.items():
        field = known[name].field
        yield WitnessFacts(field.title, "", labelled_text(value, Label(field.title, field.labels, "", field.type), lang), 1)


def _record(record: Record, policies: Sequence[Policy], lang: Lang) -> tuple[str, str, str]:
    policy = next(policy for policy in policies if record.category in policy.categories)
    category = policy.categories[record.category]
    says = list(_fields(record, category, field_names(policy, record.category), lang))
    says += [record.source] if record.source else []
    says += [term(record.status, lang)] if record.status != "valid" else []
    return category.title, iso_text(record.date), with_commas(says, lang)


def _fields(record: Record, category: Category, names: Mapping[str, Label], lang: Lang) -> Iterator[str]:
    for name, value in record.fields.items():
        if name in category.fields:
            label = names[name]
            title = label.title.removesuffix(bracketed(label.unit, ANNEX_LANG))
            yield f"{title} {labelled_text(value, label, lang)}"
