"""What was proved of policies, what was not, and the subjects that show it; as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.model.catalogue import PREVIOUS
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome
from engine.model.number import shortest, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.problem import Place, Severity
from engine.model.proof import (
    COUNTEREXAMPLE,
    DIRECTION,
    DISPROVED,
    ENDS,
    LAST_DAY,
    MEASURES,
    MISSING,
    MUST_HOLD,
    PROVED,
    REACHED,
    READERS,
    RESULT,
    TOGETHER,
    UNKNOWN,
    Days,
    Difference,
    Proof,
)  # fmt: skip
from engine.model.proportion import Influence
from engine.model.subject import Record
from engine.rendering.element_titles import element_title
from engine.rendering.phrases import bracketed, listed, say, with_commas, with_label, with_semicolons
from engine.rendering.proportion_text import consequences_text, longest_text, points_text, time_text
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import path_text
from engine.rendering.subject_document import subject_document
from engine.rendering.terms import term

Json = dict[str, Any]

_say = Sentences("proofs").sentence

_ANSWERS = (PROVED, COUNTEREXAMPLE, DISPROVED, UNKNOWN)
KINDS, CONTENTS = ("incentive", "routine", "restriction"), ("matter", "item", "terms")
"""What a difference in measures is of: one that holds in one version alone, or what one says that holds in both."""


def proofs_text(proofs: Sequence[tuple[Proof, Place | None]], lang: Lang) -> str:
    """For people: by model how many of each claim are proved, then each that is not, with the subject that shows it."""
    lines: list[str] = []
    for name in dict.fromkeys(_name(proof) for proof, _ in proofs):
        mine = [(proof, place) for proof, place in proofs if _name(proof) == name]
        lines.append(name)
        for claim in dict.fromkeys(claim_text(proof, lang) for proof, _ in mine):
            group = [proof for proof, _ in mine if claim_text(proof, lang) == claim]
            lines.append(f"  {with_label(claim, _share(group, lang), lang)}")
            lines += _influences(group, lang)
        for proof, place in mine:
            if proof.answer != PROVED:
                lines += _otherwise(proof, place, lang)
    return "\n".join(lines) + "\n"


def _influences(proofs: Sequence[Proof], lang: Lang) -> Iterator[str]:
    """What a record of each adverse category can do; nothing of other claims."""
    influenced = [(proof, proof.influence) for proof in proofs if proof.influence is not None]
    for proof, influence in influenced:
        model = proof.policy.models[proof.model]
        parts = [
            points_text(influence, lang, proof.costs),
            consequences_text(influence, model, lang),
            time_text(influence, lang),
        ]
        title = proof.policy.categories[influence.category].title
        yield f"    {with_label(title, with_semicolons(filter(None, parts), lang), lang)}"
    if influenced:
        yield f"    {longest_text((influence for _, influence in influenced), lang)}"


def answers_text(proofs: Iterable[Proof], lang: Lang) -> list[str]:
    """Lines about two versions: each claim with its answer, and the subjects that show it."""
    lines: list[str] = []
    for proof in proofs:
        lines.append(with_label(claim_text(proof, lang), answer_text(proof, lang), lang))
        lines += [f"  {line}" for line in _witness(proof, lang)]
    return lines


def _name(proof: Proof) -> str:
    return f"{proof.policy.id}/{proof.model}"


def claim_text(proof: Proof, lang: Lang) -> str:
    """What is claimed."""
    about = f"-{proof.about}" if proof.about in (RESULT, MEASURES, READERS) else ""
    return _say(f"claim-{proof.claim}{about}", lang)


def answer_text(proof: Proof, lang: Lang) -> str:
    """With the reason, where it is not known."""
    reason = "" if proof.reason is None else _say(f"reason-{proof.reason}", lang)
    return _say(f"answer-{proof.answer}", lang) + bracketed(reason, lang)


def days_text(days: Days, lang: Lang) -> str:
    """The days that a claim is about."""
    if days.first is not None:
        first, last = iso_text(days.first), iso_text(days.last or days.first)
        return _say("days-from" if days.last == LAST_DAY else "days-between", lang, first=first, last=last)
    return _say("days-asked", lang, days=listed((iso_text(day) for day in sorted(days.listed)), lang))


def days_json(days: Days) -> Json:
    """For programs; `from` and `until` where a claim is about every day between them, of which `asked` stand for all."""
    span = {} if days.first is None else {"from": iso_text(days.first), "until": iso_text(days.last or days.first)}
    return {"asked": [iso_text(day) for day in days.listed], **span}


def _share(proofs: Sequence[Proof], lang: Lang) -> str:
    proved = sum(proof.answer == PROVED for proof in proofs)
    return _say("share-proved", lang, proved=proved, count=len(proofs))


def severity(proof: Proof) -> Severity | None:
    """Error where what must hold does not; warning where nobody comes to a thing or it is not known; None where it holds."""
    match proof.answer:
        case "proved":
            return None
        case "counterexample":
            return "error" if proof.claim in MUST_HOLD else "warning"
        case "disproved" | "unknown":
            return "warning"


def _otherwise(proof: Proof, place: Place | None, lang: Lang) -> Iterator[str]:
    where = f"{place.file}:{place.line}  " if place else ""
    about = with_label(_about(proof, lang), _refuted(proof, lang), lang)
    yield f"  {term(severity(proof) or '', lang)}  {where}{about}"
    yield from (f"    {line}" for line in _witness(proof, lang))


def _refuted(proof: Proof, lang: Lang) -> str:
    match proof.claim, proof.answer:
        case (
            ("reached", "disproved")
            | (("veto_level" | "direction" | "together" | "missing" | "ends"), "counterexample")
            | ("ends", "disproved")
        ):
            return _say(f"refuted-{proof.claim}{'-points' if proof.answer == DISPROVED and proof.claim == ENDS else ''}", lang)
        case _:
            return answer_text(proof, lang)


def _about(proof: Proof, lang: Lang) -> str:
    """What a claim is about, with its title."""
    model, path = proof.policy.models[proof.model], proof.path[2:]
    if proof.claim == TOGETHER:
        return term(proof.about, lang)
    if proof.claim == ENDS:
        return proof.policy.categories[proof.about].title
    if proof.claim == DIRECTION:
        return model.facts[proof.about].title
    if proof.claim == MISSING:
        return model.title
    if proof.claim != REACHED:
        return " ".join(part for part in element_title(model, path, lang) if part)
    kind = say(f"target-{proof.about}", lang)
    title, detail = (str(path[-1]), "") if proof.about == "level" else element_title(model, path, lang)
    return " ".join(part for part in (kind, title, detail) if part)


def _witness(proof: Proof, lang: Lang) -> Iterator[str]:
    """The subjects as documents, and what came out."""
    if proof.witness is None:
        return
    witness = proof.witness
    yield _say("shown-on-smallest" if witness.smallest else "as-of-day", lang, day=iso_text(witness.as_of))
    for subject in witness.subjects:
        yield json.dumps(subject_document(subject, *_policies(proof)), ensure_ascii=False)
    yield (" → " if len(witness.outcomes) > 1 else "").join(_outcome(outcome, lang) for outcome in witness.outcomes)
    measures = [difference for difference in witness.differences if difference.kind in (*KINDS, *CONTENTS)]
    if measures and len(witness.outcomes) > 1:
        evaluations = [outcome for outcome in witness.outcomes if isinstance(outcome, Evaluation)]
        titles = {part.id: part.title for evaluation in evaluations for part in evaluation.model.measures}
        yield with_semicolons((_difference(difference, titles, lang) for difference in measures), lang)
    if any(_is_assumed(proof, record) for subject in witness.subjects for record in subject.records):
        yield _say("results-assumed", lang)


def _is_assumed(proof: Proof, record: Record) -> bool:
    category = proof.policy.categories.get(record.category)
    return category is not None and category.derived and record.category != PREVIOUS


def _policies(proof: Proof) -> list[Policy]:
    witness = proof.witness
    outcomes = witness.outcomes if witness else ()
    others = [outcome.policy for outcome in outcomes if isinstance(outcome, (Evaluation, NotEvaluated))]
    return [proof.policy, *others]


def _outcome(outcome: Outcome, lang: Lang) -> str:
    if isinstance(outcome, Evaluation):
        parts = [] if outcome.score is None else [two_decimals(outcome.score)]
        parts += [part for part in (outcome.level, outcome.grade) if part is not None]
        parts += [veto.title for veto in outcome.model.vetoes if veto.id in outcome.vetoes]
        titles = {measure.id: measure.title for measure in outcome.model.measures}
        measures = listed((titles[name] for name in outcome.measures), lang)
        return " ".join(parts) or measures or _say("no-measures", lang)
    return say("outcome-not-evaluated" if isinstance(outcome, NotEvaluated) else "outcome-rejected", lang)


def _difference(difference: Difference, titles: Mapping[str, str], lang: Lang) -> str:
    title = titles.get(difference.name, difference.name)
    if difference.kind in CONTENTS:
        return _say(f"another-{difference.kind}", lang, measure=title)
    return f"{'+' if difference.new else '−'} {term(difference.kind, lang)} {title}"


def proofs_summary(proofs: Sequence[Proof], lang: Lang) -> str:
    """How many claims there were, and how many were answered in each way."""
    counts = [(answer, sum(proof.answer == answer for proof in proofs)) for answer in _ANSWERS]
    parts = [
        _say("answer-count", lang, answer=_say(f"answer-{answer}", lang), count=count)
        for answer, count in counts
        if count or answer == PROVED
    ]
    return _say("answers", lang, count=len(proofs), answers=with_commas(parts, lang))


def proof_json(proof: Proof, place: Place | None = None) -> Json:
    """For programs: a claim, its answer, and the documents of the subjects that show it."""
    document: Json = {
        "claim": proof.claim, "policy": proof.policy.id, "version": proof.policy.version, "model": proof.model,
        "about": proof.about, "answer": proof.answer, "reason": proof.reason, "severity": severity(proof),
    }  # fmt: skip
    if proof.path:
        document["path"] = path_text(proof.path)
    if place is not None:
        document |= {"file": place.file, "line": place.line}
    if proof.influence is not None:
        document["influence"] = _influence_json(proof.influence, proof.costs)
    if proof.witness is not None:
        witness = proof.witness
        document["shown"] = {
            "as_of": iso_text(witness.as_of), "smallest": witness.smallest,
            "subjects": [subject_document(subject, *_policies(proof)) for subject in witness.subjects],
            "outcomes": [_outcome_json(outcome) for outcome in witness.outcomes],
            "differences": [_difference_json(difference) for difference in witness.differences],
        }  # fmt: skip
    return document


def _influence_json(influence: Influence, costs: int | None) -> Json:
    points = None if influence.points is None else two_decimals(influence.points)
    return {
        "category": influence.category, "end": influence.end, "days": influence.days, "fact": influence.fact,
        "points_at_most": points, "points_found": None if costs is None else two_decimals(costs),
        "vetoes": list(influence.vetoes), "restrictions": list(influence.restrictions), "exclusions": list(influence.exclusions),
        "by_results": influence.by_results,
    }  # fmt: skip


def _outcome_json(outcome: Outcome) -> Json:
    if not isinstance(outcome, Evaluation):
        return {"outcome": "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"}
    return {
        "outcome": "evaluated", "score": None if outcome.score is None else two_decimals(outcome.score),
        "level": outcome.level, "grade": outcome.grade, "vetoes": list(outcome.vetoes), "measures": list(outcome.measures),
    }  # fmt: skip


def _difference_json(difference: Difference) -> Json:
    kind = difference.kind
    name = {"name": difference.name} if difference.name else {}
    old, new = _value(kind, difference.old), _value(kind, difference.new)
    return {"kind": kind, **name, "old": old, "new": new, "worse": difference.worse}


def _value(kind: str, value: object) -> object:
    if type(value) is int:
        return two_decimals(value) if kind == "score" else shortest(value)
    return value
