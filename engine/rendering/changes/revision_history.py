"""What records of revisions declare, in words, and what they say otherwise of older revisions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.comparison import CommonRecord, JudgedChange
from engine.model.direction import combined_direction
from engine.model.policy import Declaration, Policy, Revision
from engine.model.problem import Place
from engine.model.revision_history import AlteredRevision
from engine.rendering.changes import change_terms
from engine.rendering.condition_text import basis_text
from engine.rendering.counts import pick
from engine.rendering.terms import Lang


def revision_text(policy: Policy, one: Revision, lang: Lang) -> str:
    """`2025.2（2025-12-01，收紧）：加重扣分（示例〔2025〕1号）`."""
    return entry_text(one.version, one.date, one.intent, one.why, basis_text(policy, one.basis), lang)


def entry_text(version: str, date: str, intent: str, why: str, basis: str, lang: Lang) -> str:
    """The same of an entry's own words."""
    way = change_terms.direction_text(intent, lang)
    return pick(
        f"{version}（{date}，{way}）：{why}" + (f"（{basis}）" if basis else ""),
        f"{version} ({date}, {way}): {why}" + (f" ({basis})" if basis else ""),
        lang,
    )


def altered_text(judged: JudgedChange, lang: Lang) -> str:
    """What a verdict says where the record of older versions is another; else empty."""
    if not any(one.of_record for one in judged.outside):
        return ""
    return pick("；原有的修订记录有改动", "; the record of older versions is altered", lang)


FILES = {
    "catalogue": ("归集目录", "catalogue"),
    "scales": ("等级标准", "scales"),
    "measures": ("措施库", "measure library"),
}


def common_title(one: CommonRecord, lang: Lang) -> str:
    """`公共文件 等级标准`."""
    name = FILES[one.file][lang == "en"]
    return pick(f"公共文件 {name}", f"common file: {name}", lang)


def common_lines(one: CommonRecord, lang: Lang) -> Iterator[str]:
    """What it declares, then what it says otherwise."""
    yield from (declaration_text(declared, lang) for declared in one.declarations)
    for text, places in zip(altered_texts(one, lang), one.places, strict=True):
        where = " → ".join(dict.fromkeys(f"{place.file}:{place.line}" for place in places if isinstance(place, Place)))
        yield f"! {text}  {where}".rstrip()


def altered_texts(one: CommonRecord, lang: Lang) -> list[str]:
    """`修订记录 2025.1  意图  收紧 → 放宽`."""
    return [_altered(altered, lang) for altered in one.altered]


def declaration_text(one: Declaration, lang: Lang) -> str:
    """`2026.1（2026-01-01，放宽）：统一分数线（示例〔2026〕1号）`."""
    return entry_text(one.version, one.date, one.intent, one.why, one.basis or "", lang)


def _altered(one: AlteredRevision, lang: Lang) -> str:
    entry = f"{pick('修订记录', 'revision', lang)} {one.version}".rstrip()
    part = change_terms.change_title(one.part, lang) if one.part else change_terms.change_manner(one.how, lang)
    sides = [_value(side, lang) for side in (one.old, one.new) if side is not None]
    return f"{entry}  {part}  {' → '.join(sides)}" if part else f"{entry}  {' → '.join(sides)}"


def _value(value: object, lang: Lang) -> str:
    match value:
        case Declaration():
            return declaration_text(value, lang)
        case tuple():
            return pick("、", ", ", lang).join(map(str, value))
        case str() if value in change_terms.DIRECTIONS:
            return change_terms.direction_text(value, lang)
    return str(value)


def declared_by(judged: JudgedChange, own: bool, lang: Lang) -> str:
    """What is declared by whom: `声明收紧，公共文件声明放宽`; `own` says whether the policy itself differs."""
    mine = ""
    if judged.intent is not None:
        way = change_terms.direction_text(judged.intent, lang)
        mine = pick(f"声明{way}", f"declared {way}", lang)
    elif own:
        mine = pick("没有声明意图", "no intent is declared", lang)
    way = change_terms.direction_text(combined_direction(one.intent for one in judged.declared), lang)
    return pick("，", ", ", lang).join(
        filter(None, [mine, pick(f"公共文件声明{way}", f"the common file declares {way}", lang)])
    )
