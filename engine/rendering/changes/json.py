"""A comparison for programs, by schema/diff.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model.change import Change
from engine.model.comparison import CommonRecord, DiffReport
from engine.model.impact import QUANTILES, Attribution, Example, Impact, Limit, ModelImpact, StackedAttribution, Transitions
from engine.model.number import plain_decimal, two_decimals
from engine.model.period import iso_text
from engine.model.policy import Declaration, Policy
from engine.model.problem import Place
from engine.model.proof import Proof
from engine.rendering.changes.change_view import ChangeView, PolicyView, change_views
from engine.rendering.changes.days_in_force import SpanView, backward_text
from engine.rendering.changes.preparation import check_code, prepared_json
from engine.rendering.changes.readers import missed_text
from engine.rendering.changes.report_outline import CommonFilesView, common_files_view
from engine.rendering.changes.revision_history import altered_texts
from engine.rendering.evaluation_json import basis_json, evaluation_json
from engine.rendering.proofs import days_json, proof_json
from engine.rendering.snippet import path_text
from engine.rendering.terms import Lang
from engine.rendering.visible import visible_in

Json = dict[str, Any]


def comparison_json(comparison: DiffReport, lang: Lang) -> Json:
    """Codes are English and never translated; the texts of values and titles are in the language."""
    found = _document(comparison, lang)
    if comparison.prepared is not None:
        found["prepared"] = prepared_json(comparison, checked_json(comparison))
    return found


def checked_json(comparison: DiffReport) -> str:
    """The check code of a comparison, the same in every report of it."""
    shown = visible_in(comparison, "\n")
    return check_code(_document(shown, "zh") | {"prepared": prepared_json(shown, "")})


def _document(comparison: DiffReport, lang: Lang) -> Json:
    other = any(one.takes for one in comparison.shared)
    found: Json = {
        "old": comparison.old, "new": comparison.new, "verdict": comparison.verdict, "judged": comparison.judged,
        "policies": [_policy(one, other, lang) for one in change_views(comparison, lang)],
    }  # fmt: skip
    shared = common_files_view(comparison, lang)
    if shared:
        found["common"] = [_shared(one) for one in shared]
    if comparison.records:
        found["common_records"] = [_record(one, lang) for one in comparison.records]
    if comparison.impact is not None:
        found["impact"] = _impact(comparison, comparison.impact, lang)
        found["limits"] = [_limit(one, bool(comparison.impact.uncompared)) for one in comparison.limits]
    return found


def _record(one: CommonRecord, lang: Lang) -> Json:
    return {
        "file": one.file,
        "revisions": [_declaration(declared) for declared in one.declarations],
        "altered": [
            {"version": altered.version, "how": altered.how, "part": altered.part or None, "text": text}
            for altered, text in zip(one.altered, altered_texts(one, lang), strict=True)
        ],
    }


def _declaration(one: Declaration) -> Json:
    change_views = ("file", "version", "date", "intent", "why", "basis")
    return {name: getattr(one, name) for name in change_views}


def _policy(one: PolicyView, two_catalogues: bool, lang: Lang) -> Json:
    changed, judged = one.compared.changed, one.compared.judged
    proofs: Json = {}
    if one.compared.proofs:
        proofs = {"proofs": [_proof(proof) for proof in one.compared.proofs], "refuted": judged.refuted}
        if two_catalogues:
            proofs["two_catalogues"] = True
    declared = {"declared": [_declaration(each) for each in judged.declared]} if judged.declared else {}
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
        "changes": [_change(change) for change in one.changes], **_over_time(one, lang), **declared, **proofs,
    }  # fmt: skip


def _over_time(one: PolicyView, lang: Lang) -> Json:
    """Days, readers and references that find nothing, where there are any."""
    changed = one.compared.changed
    readers = {
        model: [{"policy": it.name[0], "model": it.name[1], "title": it.title, "direct": it.direct} for it in found]
        for model, found in changed.readers.items()
    }
    missed = [
        {
            "policy": it.reader[0], "model": it.reader[1], "fact": it.fact,
            "names": "/".join(filter(None, [it.policy, it.model])), "text": missed_text([it], lang),
        }
        for it in changed.missed
    ]  # fmt: skip
    past = one.compared.backward
    backward: Json = {}
    if past is not None:
        backward = {
            "from": iso_text(past.first),
            "until": None if past.last is None else iso_text(past.last),
            "text": backward_text(past, lang),
        }
    found = {"spans": [_span(it) for it in one.days], "backward": backward, "readers": readers, "missed": missed}
    return {key: value for key, value in found.items() if value}


def _span(one: SpanView) -> Json:
    span = one.span
    return {
        "from": iso_text(span.first), "until": None if span.last is None else iso_text(span.last),
        "old": span.old.version if span.old else None, "new": span.new.version if span.new else None,
        "direction": span.direction, "expired": span.expired, "text": one.text,
    }  # fmt: skip


def _shared(one: CommonFilesView) -> Json:
    """A change of a common file, with the policies that it concerns."""
    concerned = [
        {"policy": it.policy, "title": it.title, "models": list(it.models), "reads": it.reads} for it in one.diff.concerned
    ]
    return {**_change(one.change), "verdict": one.diff.verdict, "takes": one.diff.takes, "policies": concerned}


def _proof(proof: Proof) -> Json:
    """Severities and places are for claims about one version."""
    left_out = ("severity", "policy", "version")
    found = {key: value for key, value in proof_json(proof).items() if key not in left_out}
    return found | {"days": days_json(proof.days)}


def _version(policy: Policy | None) -> Json | None:
    return None if policy is None else {"version": policy.version, "status": policy.status, "digest": policy.digest}


def _change(one: ChangeView) -> Json:
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
        found["value"] = iso_text(value) if change.what == "effective" else plain_decimal(value)
    if place is not None:
        found |= {"file": place.file, "line": place.line, "column": place.column}
    return found


def _limit(one: Limit, uncompared: bool) -> Json:
    """A version that is not compared fails every limit: what it would do is not known."""
    return {
        "limit": f"max_{one.name}", "value": one.allowed, "found": round(one.found, 4),
        "exceeded": uncompared or bool(one.models), "models": ["/".join(model.name) for model in one.models],
    }  # fmt: skip


def _impact(comparison: DiffReport, impact: Impact, lang: Lang) -> Json:
    exceeded = {"/".join(one.name): None for limit in comparison.limits for one in limit.models}
    return {
        "as_of": iso_text(impact.as_of), "subjects": impact.subjects, "refused": impact.refused,
        "chosen": impact.chosen,
        "uncompared": [
            {
                "policy": one.policy.id, "title": one.policy.title, "version": one.policy.version, "side": one.side,
                "from": iso_text(one.policy.effective_from),
                "until": None if one.policy.effective_until is None else iso_text(one.policy.effective_until),
            }
            for one in impact.uncompared
        ],
        "touched": {"results": impact.changed} | {name: getattr(impact.touched, name) for name in impact.touched.__struct_fields__},
        "downgraded": round(impact.downgraded, 4), "max_downgraded": comparison.allowed.get("downgraded"),
        "exceeded": list(exceeded),
        "models": [_model(one, lang) for one in impact.models],
    }  # fmt: skip


def _model(one: ModelImpact, lang: Lang) -> Json:
    policy, model = one.name
    return {
        "policy": policy, "model": model, "subjects": one.subjects, "changed": one.changed,
        "moved": _moved(one.moved),
        "matrix": [{"old": old, "new": new, "subjects": count} for (old, new), count in one.matrix.items()],
        "regions": {name: _moved(moved) for name, moved in one.regions.items()},
        "vetoes": _ways(one.vetoes), "measures": _ways(one.measures),
        "score": {str(percent): two_decimals(points) for percent, points in zip(QUANTILES, one.score, strict=False)},
        "rescored": one.rescored, "altered": _altered(one), "holders": one.holders,
        "burdens": {name: getattr(one.burdens, name) for name in one.burdens.__struct_fields__},
        "alerts": None if one.alerted is None else {"of": one.alerted.of, "came_and_went": _ways(one.alerted.alerts)},
        "attributed": [_attributed(attributed) for attributed in one.attributed],
        "stacked": _stacked(one.stacked),
        "examples": [_example(example, lang) for example in one.examples],
    }  # fmt: skip


def _ways(counts: Mapping[str, tuple[int, int]]) -> Json:
    return {name: {"gained": gained, "lost": lost} for name, (gained, lost) in counts.items()}


def _altered(one: ModelImpact) -> Json:
    return {name: {"what": list(found.what), "subjects": found.subjects} for name, found in one.altered.items()}


def _stacked(one: StackedAttribution | None) -> Json | None:
    if one is None:
        return None
    parts = {"joint": one.joint, "total": one.total}
    return {"lines": [_attributed(line) for line in one.lines], **{name: _attributed(part) for name, part in parts.items()}}


def _moved(moved: Transitions) -> Json:
    return {name: getattr(moved, name) for name in moved.__struct_fields__}


def _attributed(one: Attribution) -> Json:
    return {
        "changes": [path_text(change.new_path) for change in one.changes], "moved": _moved(one.moved),
        "score_up": one.score_up, "score_down": one.score_down,
    }  # fmt: skip


def _example(one: Example, lang: Lang) -> Json:
    return {"subject": one.subject.id, "old": evaluation_json(one.old, lang), "new": evaluation_json(one.new, lang)}
