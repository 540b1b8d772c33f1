"""A comparison for programs, by schema/diff.schema.json."""

from __future__ import annotations

from typing import Any

from engine.model.change import Change
from engine.model.comparison import Comparison
from engine.model.impact import QUANTILES, Attributed, Example, Impact, ModelImpact, Moved
from engine.model.number import plain, two_decimals
from engine.model.period import written
from engine.model.policy import Policy
from engine.model.problem import Place
from engine.model.proof import Proof
from engine.telling.changes.prepared import check_code, prepared_json
from engine.telling.changes.said import Said, SaidPolicy, said
from engine.telling.proofs import proof_json
from engine.telling.results import as_json, basis_json
from engine.telling.snippet import path_text
from engine.telling.visible import visible_in
from engine.telling.words import Lang

Json = dict[str, Any]


def comparison_json(comparison: Comparison, lang: Lang) -> Json:
    """Codes are English and never translated; the texts of values and titles are in the language."""
    found = _document(comparison, lang)
    if comparison.prepared is not None:
        found["prepared"] = prepared_json(comparison, checked(comparison))
    return found


def checked(comparison: Comparison) -> str:
    """The check code of a comparison, the same in every report of it."""
    shown = visible_in(comparison, "\n")
    return check_code(_document(shown, "zh") | {"prepared": prepared_json(shown, "")})


def _document(comparison: Comparison, lang: Lang) -> Json:
    found: Json = {
        "old": comparison.old, "new": comparison.new, "verdict": comparison.verdict,
        "policies": [_policy(one) for one in said(comparison, lang)],
    }  # fmt: skip
    if comparison.impact is not None:
        found["impact"] = _impact(comparison, comparison.impact, lang)
    return found


def _policy(one: SaidPolicy) -> Json:
    changed, judged = one.compared.changed, one.compared.judged
    proofs = {"proofs": [_proof(proof) for proof in one.compared.proofs]} if one.compared.proofs else {}
    return {
        "policy": changed.policy.id, "title": one.title,
        "old": _version(changed.old), "new": _version(changed.new),
        "direction": changed.direction, "intent": judged.intent, "verdict": judged.verdict,
        "revisions": [
            {
                "version": revision.version, "date": revision.date, "intent": revision.intent, "why": revision.why,
                "basis": basis_json(changed.policy, revision.basis),
            }
            for revision in judged.revisions
        ],
        "changes": [_change(change) for change in one.changes], **proofs,
    }  # fmt: skip


def _proof(proof: Proof) -> Json:
    """Severities and places are for claims about one version."""
    left_out = ("severity", "policy", "version")
    return {key: value for key, value in proof_json(proof).items() if key not in left_out}


def _version(policy: Policy | None) -> Json | None:
    return None if policy is None else {"version": policy.version, "status": policy.status, "digest": policy.digest}


def _change(one: Said) -> Json:
    change = one.change
    return {
        "what": change.what, "how": change.how, "model": change.model, "id": change.id, "title": change.title,
        "name": " ".join(filter(None, [one.name, one.part])), "direction": change.direction, "outside": one.outside,
        "old": _side(one.old, change.old, change, one.old_place), "new": _side(one.new, change.new, change, one.new_place),
        "old_path": path_text(change.old_path), "new_path": path_text(change.new_path), "basis": one.basis,
    }  # fmt: skip


def _side(text: str | None, value: object, change: Change, place: Place | None) -> Json | None:
    """None where there is none; `value` where it is a number, a text or a boolean."""
    if text is None:
        return None
    found: Json = {"text": text}
    if isinstance(value, (bool, str)):
        found["value"] = value
    elif isinstance(value, int):
        found["value"] = written(value) if change.what == "effective" else plain(value)
    if place is not None:
        found |= {"file": place.file, "line": place.line, "column": place.column}
    return found


def _impact(comparison: Comparison, impact: Impact, lang: Lang) -> Json:
    return {
        "as_of": written(impact.as_of), "subjects": impact.subjects, "refused": impact.refused,
        "downgraded": round(impact.downgraded, 4), "max_downgraded": comparison.limit,
        "exceeded": ["/".join(one.name) for one in comparison.exceeded],
        "models": [_model(one, lang) for one in impact.models],
    }  # fmt: skip


def _model(one: ModelImpact, lang: Lang) -> Json:
    policy, model = one.name
    return {
        "policy": policy, "model": model, "subjects": one.subjects, "changed": one.changed,
        "moved": _moved(one.moved),
        "matrix": [{"old": old, "new": new, "subjects": count} for (old, new), count in one.matrix.items()],
        "regions": {name: _moved(moved) for name, moved in one.regions.items()},
        "vetoes": {name: {"gained": gained, "lost": lost} for name, (gained, lost) in one.vetoes.items()},
        "measures": {name: {"gained": gained, "lost": lost} for name, (gained, lost) in one.measures.items()},
        "score": {str(percent): two_decimals(points) for percent, points in zip(QUANTILES, one.score, strict=False)},
        "attributed": [_attributed(attributed) for attributed in one.attributed],
        "examples": [_example(example, lang) for example in one.examples],
    }  # fmt: skip


def _moved(moved: Moved) -> Json:
    return {name: getattr(moved, name) for name in moved.__struct_fields__}


def _attributed(one: Attributed) -> Json:
    return {
        "changes": [path_text(change.new_path) for change in one.changes], "moved": _moved(one.moved),
        "score_up": one.score_up, "score_down": one.score_down,
    }  # fmt: skip


def _example(one: Example, lang: Lang) -> Json:
    return {"subject": one.subject.id, "old": as_json(one.old, lang), "new": as_json(one.new, lang)}
