"""What changes are called: their parts, how they came about, their directions, and how they stand to the intent."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model.change import Change
from engine.model.scoring import Item
from engine.rendering.terms import Lang

DIRECTIONS: Mapping[str, tuple[str, str]] = {
    "looser": ("放宽", "looser"),
    "stricter": ("收紧", "stricter"),
    "mixed": ("有宽有严", "mixed"),
    "neutral": ("不影响结果", "neutral"),
    "text": ("文字", "text"),
}
VERDICTS: Mapping[str, tuple[str, str]] = {
    "equal": ("含义相同", "no difference in meaning"),
    "declared": ("与声明相符", "as declared"),
    "beyond": ("超出声明", "beyond what is declared"),
    "unknown": ("不能判定", "cannot be held against a declaration"),
    "exceeded": ("超出限度", "beyond the limit"),
}
_HOW: Mapping[str, tuple[str, str]] = {
    "added": ("新增", "new"),
    "removed": ("删去", "removed"),
    "moved": ("移动", "moved"),
    "renamed": ("改名", "renamed"),
    "changed": ("", ""),
}
_ELEMENTS: Mapping[str, tuple[str, str]] = {
    "facts": ("事实", "fact"),
    "not_evaluated": ("不参评情形", "not evaluated"),
    "indicators": ("指标", "indicator"),
    "dimensions": ("一级指标", "dimension"),
    "items": ("加减分项", "adjustment"),
    "adjustments": ("加减分", "adjustments"),
    "decisions": ("等级认定", "decision"),
    "vetoes": ("一票否决", "veto"),
    "measures": ("措施", "measure"),
    "alerts": ("预警", "alert"),
    "parameters": ("参数", "parameter"),
    "basis": ("依据文件", "document"),
    "categories": ("归集类别", "category"),
    "attributes": ("主体属性", "attribute"),
    "library": ("措施库条目", "library item"),
    "scale": ("等级标准", "scale"),
    "models": ("模型", "model"),
    "policy": ("政策", "policy"),
    "revisions": ("修订记录", "revision"),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "title": ("名称", "title"),
    "version": ("版本", "version"),
    "status": ("状态", "status"),
    "authority": ("评价单位", "authority"),
    "effective": ("施行日期", "effective from"),
    "until": ("有效期至", "effective until"),
    "basis": ("依据", "basis"),
    "note": ("说明", "note"),
    "kind": ("种类", "kind"),
    "always": ("评价范围", "applies"),
    "feeds": ("结果去向", "feeds"),
    "weight": ("权重", "weight"),
    "direction": ("方向", "direction"),
    "window": ("期间", "window"),
    "where": ("筛选", "filter"),
    "include": ("计入已修复的", "repaired ones"),
    "if_missing": ("缺失时", "if missing"),
    "when": ("条件", "when"),
    "share": ("折算分值", "counts for"),
    "points": ("分值", "points"),
    "only_when": ("合理缺项", "only when"),
    "form": ("评分标准", "form"),
    "each": ("计分", "each"),
    "start": ("基础分", "start"),
    "beyond": ("起算点", "beyond"),
    "step": ("步长", "step"),
    "band": ("分档", "band"),
    "choice": ("选项", "choice"),
    "branch": ("情形", "branch"),
    "at_most": ("最多加", "at most"),
    "at_least": ("最多扣", "at least"),
    "level": ("等级封顶", "level at most"),
    "score_at_most": ("得分封顶", "score at most"),
    "lower_by": ("降等或降级", "lowered by"),
    "pending": ("状态", "status"),
    "matter": ("事项", "matter"),
    "item": ("措施库条目", "library item"),
    "terms": ("内容", "terms"),
    "severity": ("严重程度", "severity"),
    "parameter": ("取值", "value"),
    "parameter_use": ("参数的用处", "use of parameters"),
    "fact": ("取法", "source"),
    "collection": ("归集", "collection"),
    "publicity": ("公示", "publicity"),
    "repair": ("修复", "repair"),
    "kinds": ("主体种类", "kinds"),
    "fields": ("字段", "fields"),
    "grade": ("等次", "grade"),
    "derived": ("由评价得出", "derived"),
    "absent_means": ("未归集", "not collected"),
    "date": ("日期", "date"),
    "intent": ("意图", "intent"),
    "why": ("理由", "why"),
    "order": ("次序", "order"),
}


def direction_text(name: str, lang: Lang) -> str:
    """放宽, 收紧, …"""
    return DIRECTIONS[name][lang == "en"]


def verdict_text(name: str, lang: Lang) -> str:
    """How what was found stands to what is declared."""
    return VERDICTS[name][lang == "en"]


def manner_text(change: Change, lang: Lang) -> str:
    """新增, 删去, …; empty of what is only another. A part that came or went is no new element."""
    return _HOW[change.how][lang == "en"] if whole_title(change) or change.how in ("moved", "renamed") else ""


def change_title(part_title: str, lang: Lang) -> str:
    """What a part of an element is called."""
    return _PARTS[part_title][lang == "en"]


def change_manner(manner_text: str, lang: Lang) -> str:
    """新增, 删去, …"""
    return _HOW[manner_text][lang == "en"]


def element_title(change: Change, lang: Lang) -> str:
    """What kind of element it is in: 指标, 一票否决, …"""
    return _ELEMENTS[_element(change)][lang == "en"]


def part_title(change: Change, lang: Lang) -> str:
    """Which part of the element is another; empty where it is the whole."""
    match change.new_path:
        case (*_, "bands", int(), _) if change.what == "points":
            name = "band"
        case (*_, "first_of", int(), _) if change.what == "points":
            name = "branch"
        case ("effective", "until"):
            name = "until"
        case ("categories", _, str(key), *_):
            name = key
        case ("attributes", _):
            name = "fields"
        case ("scale", "grade"):
            name = "grade"
        case ("models", _, "adjustments", str(bound)) if change.what == "adjustments":
            name = bound
        case _:
            name = "" if whole_title(change) else change.what
    pair = _PARTS.get(name)
    return pair[lang == "en"] if pair else ""


def _element(change: Change) -> str:
    """The key under which it stands in the file."""
    match change.new_path:
        case ("models", _, "dimensions", _, "indicators", *_):
            return "indicators"
        case ("models", _, "adjustments", "items", *_):
            return "items"
        case ("models", _, str(key), _, *_) if key in _ELEMENTS:
            return key
        case ("models", _, "adjustments" | "decisions" as key, *_):
            return key
        case ("models", *_):
            return "models"
        case ("items", *_):
            return "library"
        case (str(key), *_) if key in _ELEMENTS:
            return key
    return "policy"


def whole_title(change: Change) -> bool:
    """Whether it is about an element as such, and not a part of it."""
    if change.what == "item":
        return isinstance(change.new or change.old, Item)
    if change.what == "fact":
        return change.how in ("added", "removed", "renamed")
    if change.what == "parameter":
        return change.how in ("added", "removed")
    return change.what in _WHOLE


_WHOLE = frozenset(
    ("policy", "revision", "model", "dimension", "indicator", "not_evaluated", "veto", "measure", "alert", "document", "parameters",
     "scale", "library_item", "adjustments", "decision")
)  # fmt: skip
