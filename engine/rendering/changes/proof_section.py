"""What is proved of two versions for every subject that the catalogue allows, and the subjects that show what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct

from engine.model.proof import EQUIVALENT, MEASURES, NEVER_BETTER, NEVER_WORSE, READERS, RESULT, Answer, Proof
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.changes.witness import WitnessView, witness_text, witness_view
from engine.rendering.phrases import listed, with_semicolons
from engine.rendering.proofs import CONTENTS, answer_text, answers_text, claim_text, days_text
from engine.rendering.sentences import Lang, Sentences

CLAIMS = tuple((claim, about) for about in (RESULT, MEASURES, READERS) for claim in (EQUIVALENT, NEVER_WORSE, NEVER_BETTER))
SIGNS = ("+ ", "− ")
"""What a line begins with that tells the measures that come and go, which stand in the table too."""

MARKS: Mapping[Answer, str] = {"proved": "✓", "counterexample": "✗", "disproved": "✗", "unknown": "？"}

sentence = Sentences("proof").sentence


class CounterexampleView(Struct, frozen=True):
    """A subject that refutes claims: which ones, the lines that tell it (the day, its document, what came out), and one of the proofs."""

    claims: tuple[str, ...]
    lines: tuple[str, ...]
    proof: Proof


class ModelProofs(Struct, frozen=True):
    """What was asked of one model, and of which days."""

    title: str
    days: str
    proofs: tuple[Proof, ...]
    counterexamples: tuple[CounterexampleView, ...]


class ProofMark(Struct, frozen=True):
    """An answer, which is the class that colours it, as a sign and in words."""

    answer: str
    sign: str
    text: str


class ProofRow(Struct, frozen=True):
    """A model with an answer to each claim; None where a claim is not asked of it."""

    model: str
    marks: tuple[ProofMark | None, ...]


class ProofTable(Struct, frozen=True):
    """The answers to the claims on one policy, and the changes of which no proof speaks."""

    caption: str
    claims: tuple[str, ...]
    rows: tuple[ProofRow, ...]
    unspoken: str


class ProofSection(Struct, frozen=True):
    """What is proved of whom, and of which days."""

    two_catalogues: bool
    days: str
    tables: tuple[ProofTable, ...]


class CounterexampleCard(Struct, frozen=True):
    """What came out in a line; below it the day, what the subject has, what differs, and the rest of what came out."""

    model: str
    refuted: str
    outcome: str
    day: str
    witness: WitnessView | None
    lines: tuple[str, ...]


def model_proofs(view: PolicyView, lang: Lang) -> Iterator[ModelProofs]:
    """Model by model; a subject that refutes several claims is shown once."""
    for name in dict.fromkeys(proof.model for proof in view.compared.proofs):
        proofs = tuple(proof for proof in view.compared.proofs if proof.model == name)
        days = days_text(proofs[0].days, lang)
        yield ModelProofs(proofs[0].policy.models[name].title, days, proofs, tuple(_counterexamples(proofs, lang)))


def _counterexamples(proofs: Sequence[Proof], lang: Lang) -> Iterator[CounterexampleView]:
    """A subject by what is told below its day; the day tells too whether it is the smallest of its kind."""
    claims: dict[tuple[str, ...], list[str]] = {}
    days: dict[tuple[str, ...], str] = {}
    firsts: dict[tuple[str, ...], Proof] = {}
    for proof in proofs:
        _, *lines = answers_text([proof], lang)
        if lines:
            day, *rest = (line.strip() for line in lines)
            claims.setdefault(tuple(rest), []).append(claim_text(proof, lang))
            firsts.setdefault(tuple(rest), proof)
            days[tuple(rest)] = max(day, days.get(tuple(rest), ""), key=len)
    yield from (CounterexampleView(tuple(texts), (days[rest], *rest), firsts[rest]) for rest, texts in claims.items())


def proved_text(view: PolicyView, lang: Lang) -> Iterator[str]:
    """Line by line, for a terminal."""
    if view.compared.proofs:
        yield _scope(view, lang)
    if unspoken := unspoken_text(view, lang):
        yield f"  {unspoken}"
    for model in model_proofs(view, lang):
        yield f"  {_titled(model, [view], lang)}"
        answers: dict[str, list[str]] = {}
        for proof in model.proofs:
            answers.setdefault(answer_text(proof, lang), []).append(claim_text(proof, lang))
        for answer, claims in answers.items():
            line = sentence("answer-to-claims", lang, answer=answer, claims=with_semicolons(claims, lang))
            yield f"    {line}"
        for counterexample in model.counterexamples:
            yield f"    {refuted_changes(counterexample, lang)}"
            yield from (f"      {line}" for line in _in_words(counterexample, lang))


def unspoken_text(view: PolicyView, lang: Lang) -> str:
    """The changes that are more than words and of which no proof speaks; empty without any."""
    ids = {id(change) for change in view.compared.unspoken}
    changes = [change for change in view.changes if id(change.change) in ids]
    names = dict.fromkeys(" ".join(filter(None, [change.name, change.part])) for change in changes)
    texts = [sentence("changes-unspoken", lang, names=listed(names, lang))] if names else []
    return with_semicolons([*texts, *_contents_text(view, lang)], lang)


def _contents_text(view: PolicyView, lang: Lang) -> list[str]:
    """That the impact counts incentives that are lost by what a measure says, and the proofs do not, where any says another."""
    if any(change.what in CONTENTS and change.new_path[2:3] == ("measures",) for change in view.compared.unspoken):
        return [sentence("contents-unspoken", lang)]
    return []


def _in_words(counterexample: CounterexampleView, lang: Lang) -> Iterator[str]:
    """The day, what the subject has, its document, what came out."""
    day, *rest = counterexample.lines
    yield day
    proof = counterexample.proof
    if proof.witness is not None:
        yield witness_text(proof, proof.witness, lang)
    yield from rest


def _days(policies: Sequence[PolicyView], lang: Lang) -> str:
    """The days that all is about, or that each model says its own."""
    texts = {days_text(proof.days, lang) for view in policies for proof in view.compared.proofs}
    return texts.pop() if len(texts) == 1 else sentence("days-of-each-model", lang)


def _titled(model: ModelProofs, policies: Sequence[PolicyView], lang: Lang) -> str:
    """With its days, where they are not those of all."""
    if _days(policies, lang) == model.days:
        return model.title
    return sentence("model-and-days", lang, model=model.title, days=model.days)


def _scope(view: PolicyView, lang: Lang) -> str:
    """Of whom and of which days it is proved."""
    return sentence("scope-two-catalogues" if view.two_catalogues else "scope", lang, days=_days([view], lang))


def refuted_changes(counterexample: CounterexampleView, lang: Lang) -> str:
    """Which claims a subject refutes."""
    return sentence("refuted-claims", lang, claims=with_semicolons(counterexample.claims, lang))


def proved_markdown(view: PolicyView, lang: Lang) -> Iterator[str]:
    """A table with a row a model, and the counterexamples to unfold; they are made up by the solver, and nobody's data."""
    models = list(model_proofs(view, lang))
    if not models:
        return
    heads = [sentence("table-head", lang, days=_days([view], lang)), *_heads(view, lang)]
    yield ""
    yield _row(heads)
    yield _row(["---" for _ in heads])
    for model in models:
        answers = [_cell(proof, lang) for proof in _ordered(view, model)]
        yield _row([escape(_titled(model, [view], lang), quote=False), *answers])
    for text in _contents_text(view, lang):
        yield from ("", text)
    for model in models:
        for counterexample in model.counterexamples:
            summary = escape(f"{model.title} {refuted_changes(counterexample, lang)}", quote=False)
            yield from ("", f"<details><summary>{summary}</summary>", "", "```")
            yield from _in_words(counterexample, lang)
            yield from ("```", "", "</details>")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def proved_section(policies: Sequence[PolicyView], lang: Lang) -> ProofSection | None:
    """For the page; None where nothing was asked."""
    tables = tuple(_table(policy, policies, lang) for policy in policies if policy.compared.proofs)
    both = any(policy.two_catalogues for policy in policies)
    return ProofSection(both, _days(policies, lang), tables) if tables else None


def _table(policy: PolicyView, policies: Sequence[PolicyView], lang: Lang) -> ProofTable:
    """Under the policy's title where there are others."""
    rows = (
        ProofRow(_titled(model, policies, lang), tuple(_mark(proof, lang) for proof in _ordered(policy, model)))
        for model in model_proofs(policy, lang)
    )
    caption = f"{policy.title} {policy.versions}" if len(policies) > 1 else ""
    return ProofTable(caption, tuple(_heads(policy, lang)), tuple(rows), unspoken_text(policy, lang))


def _mark(proof: Proof | None, lang: Lang) -> ProofMark | None:
    return ProofMark(proof.answer, MARKS[proof.answer], answer_text(proof, lang)) if proof else None


def counterexamples(policies: Sequence[PolicyView], lang: Lang) -> tuple[CounterexampleCard, ...]:
    """The subjects that refute claims, one after the other."""
    models = (model for policy in policies for model in model_proofs(policy, lang))
    return tuple(_card(model, counterexample, lang) for model in models for counterexample in model.counterexamples)


def _card(model: ModelProofs, counterexample: CounterexampleView, lang: Lang) -> CounterexampleCard:
    day, _, *outcomes = counterexample.lines
    witness = witness_view(counterexample.proof, lang)
    in_table = witness is not None and bool(witness.outcomes) and not _of_contents(counterexample.proof)
    return CounterexampleCard(
        model.title,
        refuted_changes(counterexample, lang),
        outcomes[0] if outcomes else "",
        day,
        witness,
        tuple(line for line in outcomes[1:] if not (in_table and line.startswith(SIGNS))),
    )


def _of_contents(proof: Proof) -> bool:
    """Whether a measure that stays says something else, which the table does not tell."""
    return proof.witness is not None and any(difference.kind in CONTENTS for difference in proof.witness.differences)


def _ordered(view: PolicyView, model: ModelProofs) -> list[Proof | None]:
    """In the order of the heads; None where a claim is not asked of the model."""
    by_claim = {(proof.claim, proof.about): proof for proof in model.proofs}
    claims = {(proof.claim, proof.about) for proof in view.compared.proofs}
    return [by_claim.get(key) for key in CLAIMS if key in claims]


def _heads(view: PolicyView, lang: Lang) -> list[str]:
    """The claims, as they are put."""
    by_claim = {(proof.claim, proof.about): proof for proof in view.compared.proofs}
    return [claim_text(by_claim[key], lang) for key in CLAIMS if key in by_claim]


def _cell(proof: Proof | None, lang: Lang) -> str:
    return "" if proof is None else f"{MARKS[proof.answer]} {answer_text(proof, lang)}"
