"""What records of revisions declare, in words, and what they say otherwise of older revisions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.comparison import CommonRecord, JudgedChange
from engine.model.direction import DIRECTIONS, combined_direction
from engine.model.policy import Declaration, Policy, Revision
from engine.model.problem import Place
from engine.model.revision_history import AlteredRevision
from engine.rendering.changes import change_terms
from engine.rendering.condition_text import basis_text
from engine.rendering.phrases import listed, with_commas
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence


def revision_text(policy: Policy, revision: Revision, lang: Lang) -> str:
    """`2025.2（2025-12-01，收紧）：加重扣分（示例〔2025〕1号）`."""
    basis = basis_text(policy, revision.basis)
    return entry_text(revision.version, revision.date, revision.intent, revision.why, basis, lang)


def entry_text(version: str, date: str, intent: str, why: str, basis: str, lang: Lang) -> str:
    """The same of an entry's own words."""
    entry = {"version": version, "date": date, "direction": change_terms.direction_text(intent, lang), "why": why}
    if not basis:
        return sentence("revision-entry", lang, **entry)
    return sentence("revision-entry-with-basis", lang, **entry, basis=basis)


def altered_text(judged: JudgedChange, lang: Lang) -> str:
    """What a verdict says where the record of older versions is another; else empty."""
    return sentence("record-altered", lang) if any(change.of_record for change in judged.outside) else ""


def common_title(record: CommonRecord, lang: Lang) -> str:
    """`公共文件 等级标准`."""
    return sentence("common-file", lang, name=sentence(f"common-file-{record.file}", lang))


def common_lines(record: CommonRecord, lang: Lang) -> Iterator[str]:
    """What it declares, then what it says otherwise."""
    yield from (declaration_text(declared, lang) for declared in record.declarations)
    for text, places in zip(altered_texts(record, lang), record.places, strict=True):
        where = " → ".join(dict.fromkeys(f"{place.file}:{place.line}" for place in places if isinstance(place, Place)))
        yield f"! {text}  {where}".rstrip()


def altered_texts(record: CommonRecord, lang: Lang) -> list[str]:
    """`修订记录 2025.1  意图  收紧 → 放宽`."""
    return [_altered(altered, lang) for altered in record.altered]


def declaration_text(declared: Declaration, lang: Lang) -> str:
    """`2026.1（2026-01-01，放宽）：统一分数线（示例〔2026〕1号）`."""
    return entry_text(declared.version, declared.date, declared.intent, declared.why, declared.basis or "", lang)


def _altered(altered: AlteredRevision, lang: Lang) -> str:
    entry = " ".join(filter(None, [sentence("revision-altered", lang), altered.version]))
    part = change_terms.change_title(altered.part, lang) if altered.part else change_terms.change_manner(altered.how, lang)
    sides = " → ".join(_value(value, lang) for value in (altered.old, altered.new) if value is not None)
    return f"{entry}  {part}  {sides}" if part else f"{entry}  {sides}"


def _value(value: object, lang: Lang) -> str:
    match value:
        case Declaration():
            return declaration_text(value, lang)
        case tuple():
            return listed(map(str, value), lang)
        case str() if value in DIRECTIONS:
            return change_terms.direction_text(value, lang)
    return str(value)


def declared_by(judged: JudgedChange, own: bool, lang: Lang) -> str:
    """What is declared by whom: `声明收紧，公共文件声明放宽`; `own` says whether the policy itself differs."""
    declared = []
    if judged.intent is not None:
        declared.append(sentence("policy-declares", lang, direction=change_terms.direction_text(judged.intent, lang)))
    elif own:
        declared.append(sentence("policy-declares-nothing", lang))
    common = combined_direction(declaration.intent for declaration in judged.declared)
    declared.append(sentence("common-file-declares", lang, direction=change_terms.direction_text(common, lang)))
    return with_commas(declared, lang)
