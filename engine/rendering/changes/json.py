"""A comparison for programs, by schema/diff.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model.change import Change, MissingReference, Reader
from engine.model.comparison import CommonRecord, DiffReport
from engine.model.impact import (
    QUANTILES,
    Attribution,
    Example,
    Impact,
    Limit,
    ModelImpact,
    StackedAttribution,
    Transitions,
    UncomparedVersion,
)
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
from engine.rendering.sentences import Lang
from engine.rendering.snippet import path_text
from engine.rendering.visible import visible_in

Json = dict[str, Any]


def comparison_json(comparison: DiffReport, lang: Lang) -> Json:
    """Codes are English and never translated; the texts of values and titles are in the language."""
    document = _document(comparison, lang)
    if comparison.prepared is not None:
        document["prepared"] = prepared_json(comparison, checked_json(comparison))
    return document


def checked_json(comparison: DiffReport) -> str:
    """The check code of a comparison, the same in every report of it."""
    comparison = visible_in(comparison, "\n")
    return check_code(_document(comparison, "zh") | {"prepared": prepared_json(comparison, "")})


def _document(comparison: DiffReport, lang: Lang) -> Json:
    two_catalogues = any(diff.takes for diff in comparison.shared)
    document: Json = {
        "old": comparison.old, "new": comparison.new, "verdict": comparison.verdict, "judged": comparison.judged,
        "policies": [_policy(policy, two_catalogues, lang) for policy in change_views(comparison, lang)],
    }  # fmt: skip
    shared = common_files_view(comparison, lang)
    if shared:
        document["common"] = [_shared(view) for view in shared]
    if comparison.records:
        document["common_records"] = [_record(record, lang) for record in comparison.records]
    if comparison.impact is not None:
        document["impact"] = _impact(comparison, comparison.impact, lang)
        document["limits"] = [_limit(limit, bool(comparison.impact.uncompared)) for limit in comparison.limits]
    return document


def _record(record: CommonRecord, lang: Lang) -> Json:
    return {
        "file": record.file,
        "revisions": [_declaration(declared) for declared in record.declarations],
        "altered": [
            {"version": altered.version, "how": altered.how, "part": altered.part or None, "text": text}
            for altered, text in zip(record.altered, altered_texts(record, lang), strict=True)
        ],
    }


def _declaration(declared: Declaration) -> Json:
    return {name: getattr(declared, name) for name in ("file", "version", "date", "intent", "why", "basis")}


def _policy(view: PolicyView, two_catalogues: bool, lang: Lang) -> Json:
    changed, judged = view.compared.changed, view.compared.judged
    proofs: Json = {}
    if view.compared.proofs:
        proofs = {"proofs": [_proof(proof) for proof in view.compared.proofs], "refuted": judged.refuted}
        if two_catalogues:
            proofs["two_catalogues"] = True
    declared = {"declared": [_declaration(declaration) for declaration in judged.declared]} if judged.declared else {}
    return {
        "policy": changed.policy.id, "title": view.title,
        "old": _version(changed.old), "new": _version(changed.new),
        "direction": changed.direction, "intent": judged.intent, "verdict": judged.verdict,
        "revisions": [
            {
                "version": revision.version, "date": revision.date, "intent": revision.intent, "why": revision.why,
                "basis": basis_json(changed.policy, revision.basis),
            }
            for revision in judged.revisions
        ],
        "changes": [_change(change) for change in view.changes], **_over_time(view, lang), **declared, **proofs,
    }  # fmt: skip


def _over_time(view: PolicyView, lang: Lang) -> Json:
    """Days, readers and references that find nothing, where there are any."""
    changed = view.compared.changed
    readers = {model: [_reader(reader) for reader in readers] for model, readers in changed.readers.items()}
    missed = [_missed(reference, lang) for reference in changed.missed]
    past = view.compared.backward
    backward: Json = {}
    if past is not None:
        backward = {
            "from": iso_text(past.first),
            "until": None if past.last is None else iso_text(past.last),
            "text": backward_text(past, lang),
        }
    parts = {"spans": [_span(span) for span in view.days], "backward": backward, "readers": readers, "missed": missed}
    return {key: part for key, part in parts.items() if part}


def _reader(reader: Reader) -> Json:
    return {"policy": reader.name[0], "model": reader.name[1], "title": reader.title, "direct": reader.direct}


def _missed(reference: MissingReference, lang: Lang) -> Json:
    return {
        "policy": reference.reader[0], "model": reference.reader[1], "fact": reference.fact,
        "names": "/".join(filter(None, [reference.policy, reference.model])), "text": missed_text([reference], lang),
    }  # fmt: skip


def _span(view: SpanView) -> Json:
    span = view.span
    return {
        "from": iso_text(span.first), "until": None if span.last is None else iso_text(span.last),
        "old": span.old.version if span.old else None, "new": span.new.version if span.new else None,
        "direction": span.direction, "expired": span.expired, "text": view.text,
    }  # fmt: skip


def _shared(view: CommonFilesView) -> Json:
    """A change of a common file, with the policies that it concerns."""
    concerned = [
        {"policy": policy.policy, "title": policy.title, "models": list(policy.models), "reads": policy.reads}
        for policy in view.diff.concerned
    ]
    return {**_change(view.change), "verdict": view.diff.verdict, "takes": view.diff.takes, "policies": concerned}


def _proof(proof: Proof) -> Json:
    """Severities and places are for claims about one version."""
    left_out = ("severity", "policy", "version")
    claim = {key: value for key, value in proof_json(proof).items() if key not in left_out}
    return claim | {"days": days_json(proof.days)}


def _version(policy: Policy | None) -> Json | None:
    return None if policy is None else {"version": policy.version, "status": policy.status, "digest": policy.digest}


def _change(view: ChangeView) -> Json:
    change = view.change
    return {
        "what": change.what, "how": change.how, "model": change.model, "id": change.id, "title": change.title,
        "name": " ".join(filter(None, [view.name, view.part])), "direction": change.direction, "outside": view.outside,
        "old": _side(view.old, change.old, change, view.old_place), "new": _side(view.new, change.new, change, view.new_place),
        "old_path": path_text(change.old_path), "new_path": path_text(change.new_path), "basis": view.basis,
    }  # fmt: skip


def _side(text: str | None, value: object, change: Change, place: Place | None) -> Json | None:
    """None where there is none; `value` where it is a number, a text or a boolean."""
    if text is None:
        return None
    side: Json = {"text": text}
    if isinstance(value, (bool, str)):
        side["value"] = value
    elif isinstance(value, int):
        side["value"] = iso_text(value) if change.what == "effective" else plain_decimal(value)
    if place is not None:
        side |= {"file": place.file, "line": place.line, "column": place.column}
    return side


def _limit(limit: Limit, uncompared: bool) -> Json:
    """A version that is not compared fails every limit: what it would do is not known."""
    return {
        "limit": f"max_{limit.name}", "value": limit.allowed, "found": round(limit.actual, 4),
        "exceeded": uncompared or bool(limit.models), "models": ["/".join(model.name) for model in limit.models],
    }  # fmt: skip


def _impact(comparison: DiffReport, impact: Impact, lang: Lang) -> Json:
    exceeded = {"/".join(model.name): None for limit in comparison.limits for model in limit.models}
    return {
        "as_of": iso_text(impact.as_of), "subjects": impact.subjects, "refused": impact.refused,
        "chosen": impact.chosen,
        "uncompared": [_uncompared(version) for version in impact.uncompared],
        "touched": {"results": impact.changed} | {name: getattr(impact.touched, name) for name in impact.touched.__struct_fields__},
        "downgraded": round(impact.downgraded, 4), "max_downgraded": comparison.allowed.get("downgraded"),
        "exceeded": list(exceeded),
        "models": [_model(model, lang) for model in impact.models],
    }  # fmt: skip


def _uncompared(version: UncomparedVersion) -> Json:
    policy = version.policy
    return {
        "policy": policy.id, "title": policy.title, "version": policy.version, "side": version.side,
        "from": iso_text(policy.effective_from),
        "until": None if policy.effective_until is None else iso_text(policy.effective_until),
    }  # fmt: skip


def _model(impact: ModelImpact, lang: Lang) -> Json:
    policy, model = impact.name
    return {
        "policy": policy, "model": model, "subjects": impact.subjects, "changed": impact.changed,
        "moved": _moved(impact.moved),
        "matrix": [{"old": old, "new": new, "subjects": count} for (old, new), count in impact.matrix.items()],
        "regions": {name: _moved(moved) for name, moved in impact.regions.items()},
        "vetoes": _ways(impact.vetoes), "measures": _ways(impact.measures),
        "score": {str(percent): two_decimals(points) for percent, points in zip(QUANTILES, impact.score, strict=False)},
        "rescored": impact.rescored, "altered": _altered(impact), "holders": impact.holders,
        "burdens": {name: getattr(impact.burdens, name) for name in impact.burdens.__struct_fields__},
        "alerts": None if impact.alerted is None else {"of": impact.alerted.of, "came_and_went": _ways(impact.alerted.alerts)},
        "attributed": [_attributed(attributed) for attributed in impact.attributed],
        "stacked": _stacked(impact.stacked),
        "examples": [_example(example, lang) for example in impact.examples],
    }  # fmt: skip


def _ways(counts: Mapping[str, tuple[int, int]]) -> Json:
    return {name: {"gained": gained, "lost": lost} for name, (gained, lost) in counts.items()}


def _altered(impact: ModelImpact) -> Json:
    return {name: {"what": list(measure.what), "subjects": measure.subjects} for name, measure in impact.altered.items()}


def _stacked(stacked: StackedAttribution | None) -> Json | None:
    if stacked is None:
        return None
    parts = {"joint": stacked.joint, "total": stacked.total}
    return {"lines": [_attributed(line) for line in stacked.lines], **{name: _attributed(part) for name, part in parts.items()}}


def _moved(moved: Transitions) -> Json:
    return {name: getattr(moved, name) for name in moved.__struct_fields__}


def _attributed(line: Attribution) -> Json:
    return {
        "changes": [path_text(change.new_path) for change in line.changes], "moved": _moved(line.moved),
        "score_up": line.score_up, "score_down": line.score_down,
    }  # fmt: skip


def _example(example: Example, lang: Lang) -> Json:
    old, new = (evaluation_json(side, lang) for side in (example.old, example.new))
    return {"subject": example.subject.id, "old": old, "new": new}
