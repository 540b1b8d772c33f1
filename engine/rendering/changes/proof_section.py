"""What is proved of two versions for every subject that the catalogue allows, and the subjects that show what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, NEVER_BETTER, NEVER_WORSE, PROVED, READERS, RESULT, Proof
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.changes.witness import witness_page, witness_text
from engine.rendering.counts import pick
from engine.rendering.proofs import answer_text, answers_text, claim_text, days_text
from engine.rendering.sentences import Sentences
from engine.rendering.terms import Lang

CLAIMS = tuple((claim, about) for about in (RESULT, MEASURES, READERS) for claim in (EQUIVALENT, NEVER_WORSE, NEVER_BETTER))
SIGNS = ("+ ", "− ")
"""What a line begins with that tells the measures that come and go, which stand in the table too."""

MARKS = {PROVED: "✓", COUNTEREXAMPLE: "✗"}
_EVERYBODY = ("归集目录允许的所有主体", "subject that the catalogue allows")

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
    shown: tuple[CounterexampleView, ...]


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
            line = sentence("answer-to-claims", lang, answer=answer, claims=sentence("join-clauses", lang).join(claims))
            yield f"    {line}"
        for counterexample in model.shown:
            yield f"    {refuted_changes(counterexample, lang)}"
            yield from (f"      {line}" for line in _in_words(counterexample, lang))


def unspoken_text(view: PolicyView, lang: Lang) -> str:
    """The changes that are more than words and of which no proof speaks; empty without any."""
    ids = {id(change) for change in view.compared.unspoken}
    changes = [change for change in view.changes if id(change.change) in ids]
    names = dict.fromkeys(" ".join(filter(None, [change.name, change.part])) for change in changes)
    return sentence("changes-unspoken", lang, names=sentence("join-names", lang).join(names)) if names else ""


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
    return sentence("refuted-claims", lang, claims=sentence("join-clauses", lang).join(counterexample.claims))


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
    for model in models:
        for counterexample in model.shown:
            summary = escape(f"{model.title} {refuted_changes(counterexample, lang)}", quote=False)
            yield from ("", f"<details><summary>{summary}</summary>", "", "```")
            yield from _in_words(counterexample, lang)
            yield from ("```", "", "</details>")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def proved_section(policies: Sequence[PolicyView], lang: Lang) -> str:
    """For the page; empty where nothing was asked."""
    parts = [_table(one, policies, lang) for one in policies if one.compared.proofs]
    if not parts:
        return ""
    title = pick("证明了什么", "What is proved", lang)
    days = _days(policies, lang)
    both = any(one.two_catalogues for one in policies)
    whom = ("两边归集目录都允许的主体", "subject that both catalogues allow") if both else _EVERYBODY
    lede = pick(
        f"对{whom[0]}，不限于现有的主体；{days}。✓ 已证明，✗ 有反例（经逐项评价复核），？ 未能判定。",
        f"For every {whom[1]}, not those alone that there are; {days}. ✓ proved, ✗ refuted by a subject that was "
        "evaluated by both versions, ？ not decided.",
        lang,
    )
    return f'<section class="proofs">\n<h2>{title}</h2>\n<p class="soft">{lede}</p>\n' + "\n".join(parts) + "\n</section>"


def counterexamples(policies: Sequence[PolicyView], lang: Lang) -> str:
    """The subjects that refute claims, one after the other; empty where there are none."""
    models = (model for policy in policies for model in model_proofs(policy, lang))
    return "\n".join(_counterexample(model, one, lang) for model in models for one in model.shown)


def _table(one: PolicyView, policies: Sequence[PolicyView], lang: Lang) -> str:
    models = list(model_proofs(one, lang))
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in [pick("模型", "Model", lang), *_heads(one, lang)])
    rows = "".join(
        f'<tr><th scope="row">{escape(_titled(model, policies, lang))}</th>{"".join(_mark(proof, lang) for proof in _ordered(one, model))}</tr>'
        for model in models
    )
    caption = f"<caption>{escape(one.title)} {escape(one.versions)}</caption>" if len(policies) > 1 else ""
    grid = f'<table class="claims">{caption}<thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>'
    unspoken = unspoken_text(one, lang)
    return f'<div class="scroll">{grid}</div>' + (f'<p class="loud">{escape(unspoken)}</p>' if unspoken else "")


def _mark(proof: Proof | None, lang: Lang) -> str:
    if proof is None:
        return "<td></td>"
    said = escape(answer_text(proof, lang))
    return f'<td class="{proof.answer}"><b aria-hidden="true">{MARKS.get(proof.answer, "？")}</b> {said}</td>'


def _counterexample(model: ModelProofs, shown: CounterexampleView, lang: Lang) -> str:
    """What came out in a line; below it what the subject has and what differs."""
    day, _, *outcomes = shown.lines
    came = escape(outcomes[0]) if outcomes else ""
    head = f"{escape(model.title)} {escape(refuted_changes(shown, lang))} <strong>{came}</strong>"
    more = "".join(f"<p>{escape(line)}</p>" for line in outcomes[1:] if not line.startswith(SIGNS))
    inside = f'<p class="soft">{escape(day)}</p>{witness_page(shown.proof, lang)}{more}'
    return f'<details class="example" open><summary>{head}</summary>{inside}</details>'


def _ordered(one: PolicyView, model: ModelProofs) -> list[Proof | None]:
    """In the order of the heads; None where a claim is not asked of the model."""
    by_claim = {(proof.claim, proof.about): proof for proof in model.proofs}
    asked = {(proof.claim, proof.about) for proof in one.compared.proofs}
    return [by_claim.get(key) for key in CLAIMS if key in asked]


def _heads(one: PolicyView, lang: Lang) -> list[str]:
    """The claims, as they are put."""
    by_claim = {(proof.claim, proof.about): proof for proof in one.compared.proofs}
    return [claim_text(by_claim[key], lang) for key in CLAIMS if key in by_claim]


def _cell(proof: Proof | None, lang: Lang) -> str:
    return "" if proof is None else f"{MARKS.get(proof.answer, '？')} {answer_text(proof, lang)}"
