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
    LAST_DAY,
    MEASURES,
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
from engine.model.subject import Record
from engine.rendering.element_titles import element_title
from engine.rendering.snippet import path_text
from engine.rendering.subject_document import subject_document
from engine.rendering.terms import Lang, counted, term

Json = dict[str, Any]

_CLAIMS: Mapping[str, tuple[str, str]] = {
    "equivalent result": ("结果相同", "the results are the same"),
    "never_worse result": ("结果不会更差", "no result is worse"),
    "never_better result": ("结果不会更好", "no result is better"),
    "equivalent measures": ("同等级的措施相同", "at the same level the measures are the same"),
    "never_worse measures": (
        "同等级的不失去激励，不增加惩戒",
        "at the same level no incentive is lost, no restriction gained",
    ),
    "never_better measures": (
        "同等级的不增加激励，不减少惩戒",
        "at the same level no incentive is gained, no restriction lost",
    ),
    "never_worse readers": ("读取其结果的模型不会更差", "no result of what reads it is worse"),
    "never_better readers": ("读取其结果的模型不会更好", "no result of what reads it is better"),
    "reached": ("有主体能够达到", "somebody comes to it"),
    "veto_level": ("一票否决必得其等级", "a veto ends in its level"),
    "direction": (
        "不利信息增多不加分，有利信息增多不减分",
        "what is adverse never raises the score, what is favourable never lowers it",
    ),
    "together": ("同一事项不会既激励又惩戒", "no incentive and restriction in one matter together"),
    "modelled": ("可以证明", "can be proved"),
}
_ANSWERS: Mapping[str, tuple[str, str]] = {
    PROVED: ("已证明", "proved"),
    COUNTEREXAMPLE: ("有反例", "counterexample"),
    DISPROVED: ("已证明不成立", "disproved"),
    UNKNOWN: ("未能判定", "unknown"),
}
_REASONS: Mapping[str, tuple[str, str]] = {
    "timeout": ("超过时限", "out of time"),
    "not_realised": ("没有找到确实如此的主体", "no subject was found that really is so"),
    "not_comparable": ("两个版本的等级或者计分方式不同，无从比较", "levels or scores of the two versions cannot be compared"),
    "other_catalogue": (
        "两个版本的归集目录接受的数据不同",
        "the catalogues of the versions do not take the same data",
    ),
    "results_assumed": (
        "反例要用到其他政策的结果，而那些政策未必会给出这样的结果",
        "what refutes it has results of other policies that these may never give",
    ),
    "other_levels": (
        "等级会变，换了等级的措施没有证明",
        "levels move, and nothing is proved of measures at another level",
    ),
    "read_otherwise": (
        "有的主体不再有结果或者新有结果，或者读取的模型会反过来",
        "results come or go, or what reads them may turn them round",
    ),
    "too_many_cells": ("条件的组合太多", "conditions combine in too many ways"),
}
_DIFFERENCES: Mapping[str, tuple[str, str]] = {
    "outcome": ("评价", "outcome"),
    "score": ("得分", "score"),
    "level": ("等级", "level"),
    "grade": ("等次", "grade"),
    "vetoed": ("一票否决", "vetoed"),
    "incentive": ("激励", "incentive"),
    "routine": ("常规", "routine"),
    "restriction": ("惩戒", "restriction"),
    "matter": ("事项", "matter"),
    "item": ("措施库条目", "library item"),
    "terms": ("内容", "terms"),
    "evaluated": ("参评", "evaluated"),
    "not_evaluated": ("不参评", "not evaluated"),
    "rejected": ("拒绝", "rejected"),
}
_TARGETS: Mapping[str, tuple[str, str]] = {
    "level": ("等级", "level"),
    "veto": ("一票否决", "veto"),
    "measure": ("措施", "measure"),
    "not_evaluated": ("不参评", "not evaluated"),
    "band": ("分档", "band"),
    "choice": ("选项", "choice"),
    "branch": ("分支", "branch"),
    "decision": ("定级", "decision"),
}
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
            lines.append(f"  {claim}{_colon(lang)}{_share(group, lang)}")
        for proof, place in mine:
            if proof.answer != PROVED:
                lines += _otherwise(proof, place, lang)
    return "\n".join(lines) + "\n"


def answers_text(proofs: Iterable[Proof], lang: Lang) -> list[str]:
    """Lines about two versions: each claim with its answer, and the subjects that show it."""
    lines: list[str] = []
    for proof in proofs:
        lines.append(f"{claim_text(proof, lang)}{_colon(lang)}{answer_text(proof, lang)}")
        lines += [f"  {line}" for line in _shown(proof, lang)]
    return lines


def _name(proof: Proof) -> str:
    return f"{proof.policy.id}/{proof.model}"


def _colon(lang: Lang) -> str:
    return ": " if lang == "en" else "："


def claim_text(proof: Proof, lang: Lang) -> str:
    about = f"{proof.claim} {proof.about}" if proof.about in (RESULT, MEASURES, READERS) else proof.claim
    return _CLAIMS[about][lang == "en"]


def answer_text(proof: Proof, lang: Lang) -> str:
    """With the reason, where it is not known."""
    text = _ANSWERS[proof.answer][lang == "en"]
    if proof.reason is None:
        return text
    reason = _REASONS[proof.reason][lang == "en"]
    return f"{text} ({reason})" if lang == "en" else f"{text}（{reason}）"


def days_text(days: Days, lang: Lang) -> str:
    """The days that a claim is about."""
    if days.first is not None:
        first, last = iso_text(days.first), iso_text(days.last or days.first)
        if days.last == LAST_DAY:
            return f"every day from {first}" if lang == "en" else f"{first} 起的每一天"
        return f"every day from {first} to {last}" if lang == "en" else f"{first} 至 {last} 的每一天"
    asked = [iso_text(day) for day in sorted(days.asked)]
    return f"as of {', '.join(asked)}" if lang == "en" else f"基准日 {'、'.join(asked)}"


def days_json(days: Days) -> Json:
    """For programs; `from` and `until` where a claim is about every day between them, of which `asked` stand for all."""
    span = {} if days.first is None else {"from": iso_text(days.first), "until": iso_text(days.last or days.first)}
    return {"asked": [iso_text(day) for day in days.asked], **span}


def _share(proofs: Sequence[Proof], lang: Lang) -> str:
    proved = sum(proof.answer == PROVED for proof in proofs)
    return f"{proved} of {len(proofs)} proved" if lang == "en" else f"已证明 {proved}/{len(proofs)}"


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
    yield f"  {term(severity(proof) or '', lang)}  {where}{_about(proof, lang)}{_colon(lang)}{_said(proof, lang)}"
    yield from (f"    {line}" for line in _shown(proof, lang))


def _said(proof: Proof, lang: Lang) -> str:
    en = lang == "en"
    match proof.claim, proof.answer:
        case "reached", "disproved":
            return "nobody comes to it (proved)" if en else "没有主体能够达到（已证明）"
        case "veto_level", "counterexample":
            return "holds, and does not end in its level" if en else "成立，却没有得到其等级"
        case "direction", "counterexample":
            return "the score goes against its direction" if en else "得分与其方向相反"
        case "together", "counterexample":
            return "an incentive and a restriction at once" if en else "同时有激励和惩戒"
        case _:
            return answer_text(proof, lang)


def _about(proof: Proof, lang: Lang) -> str:
    """What a claim is about, with its title."""
    model, path = proof.policy.models[proof.model], proof.path[2:]
    if proof.claim == TOGETHER:
        return term(proof.about, lang)
    if proof.claim == DIRECTION:
        return model.facts[proof.about].title
    if proof.claim != REACHED:
        return " ".join(part for part in element_title(model, path, lang) if part)
    kind = _TARGETS[proof.about][lang == "en"]
    title, detail = (str(path[-1]), "") if proof.about == "level" else element_title(model, path, lang)
    return " ".join(part for part in (kind, title, detail) if part)


def _shown(proof: Proof, lang: Lang) -> Iterator[str]:
    """The subjects as documents, and what came out."""
    if proof.witness is None:
        return
    witness = proof.witness
    day = iso_text(witness.as_of)
    least = (", the smallest" if lang == "en" else "，最小") if witness.smallest else ""
    yield f"as of {day}{least}" if lang == "en" else f"基准日 {day}{least}"
    for subject in witness.subjects:
        yield json.dumps(subject_document(subject, *_policies(proof)), ensure_ascii=False)
    yield (" → " if len(witness.outcomes) > 1 else "").join(_outcome(outcome, lang) for outcome in witness.outcomes)
    measures = [one for one in witness.differences if one.kind in (*KINDS, *CONTENTS)]
    if measures and len(witness.outcomes) > 1:
        titles = {part.id: part.title for one in witness.outcomes if isinstance(one, Evaluation) for part in one.model.measures}
        yield ("; " if lang == "en" else "；").join(_difference(one, titles, lang) for one in measures)
    if any(_given_results(proof, record) for subject in witness.subjects for record in subject.records):
        yield (
            "the results of other policies in it are given: evaluate takes none for policies that it has itself"
            if lang == "en"
            else "其中其他政策的结果是设定的；evaluate 不收自己能评价的政策的结果"
        )


def _given_results(proof: Proof, record: Record) -> bool:
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
        element_title = {one.id: one.title for one in outcome.model.measures}
        by = ", " if lang == "en" else "、"
        return (
            " ".join(parts)
            or by.join(element_title[one] for one in outcome.measures)
            or ("no measures" if lang == "en" else "无措施")
        )
    return _DIFFERENCES["not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"][lang == "en"]


def _difference(one: Difference, titles: Mapping[str, str], lang: Lang) -> str:
    if one.kind in CONTENTS:
        title, what = titles.get(one.name, one.name), _DIFFERENCES[one.kind][lang == "en"]
        return f"another {what} of {title}" if lang == "en" else f"{title}的{what}不同"
    sign = "+" if one.new else "−"
    return f"{sign} {_DIFFERENCES[one.kind][lang == 'en']} {titles.get(one.name, one.name)}"


def proofs_summary(proofs: Sequence[Proof], lang: Lang) -> str:
    """How many claims there were, and how many were answered in each way."""
    counts = [(answer, sum(proof.answer == answer for proof in proofs)) for answer in _ANSWERS]
    if lang == "en":
        parts = [f"{count} {_ANSWERS[answer][1]}" for answer, count in counts if count or answer == PROVED]
        return f"{counted(len(proofs), 'claim')}: {', '.join(parts)}"
    parts = [f"{_ANSWERS[answer][0]} {count}" for answer, count in counts if count or answer == PROVED]
    return f"{len(proofs)} 项：{'，'.join(parts)}"


def proof_json(proof: Proof, place: Place | None = None) -> Json:
    """For programs: a claim, its answer, and the documents of the subjects that show it."""
    found: Json = {
        "claim": proof.claim, "policy": proof.policy.id, "version": proof.policy.version, "model": proof.model,
        "about": proof.about, "answer": proof.answer, "reason": proof.reason, "severity": severity(proof),
    }  # fmt: skip
    if proof.path:
        found["path"] = path_text(proof.path)
    if place is not None:
        found |= {"file": place.file, "line": place.line}
    if proof.witness is not None:
        witness = proof.witness
        found["shown"] = {
            "as_of": iso_text(witness.as_of), "smallest": witness.smallest,
            "subjects": [subject_document(subject, *_policies(proof)) for subject in witness.subjects],
            "outcomes": [_outcome_json(outcome) for outcome in witness.outcomes],
            "differences": [_difference_json(one) for one in witness.differences],
        }  # fmt: skip
    return found


def _outcome_json(outcome: Outcome) -> Json:
    if not isinstance(outcome, Evaluation):
        return {"outcome": "not_evaluated" if isinstance(outcome, NotEvaluated) else "rejected"}
    return {
        "outcome": "evaluated", "score": None if outcome.score is None else two_decimals(outcome.score),
        "level": outcome.level, "grade": outcome.grade, "vetoes": list(outcome.vetoes), "measures": list(outcome.measures),
    }  # fmt: skip


def _difference_json(one: Difference) -> Json:
    name = {"name": one.name} if one.name else {}
    return {"kind": one.kind, **name, "old": _value(one.kind, one.old), "new": _value(one.kind, one.new), "worse": one.worse}


def _value(kind: str, value: object) -> object:
    if type(value) is int:
        return two_decimals(value) if kind == "score" else shortest(value)
    return value
