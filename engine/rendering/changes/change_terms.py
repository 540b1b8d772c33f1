"""What changes are called: their parts, how they came about, their directions, and how they stand to the intent."""

from __future__ import annotations

from engine.model.change import Change, ChangedPart, ChangeKind
from engine.model.comparison import Conclusion
from engine.model.scoring import Item
from engine.rendering.sentences import Lang, Sentences

SENTENCES = Sentences("changes")


def direction_text(direction: str, lang: Lang) -> str:
    """放宽, 收紧, …"""
    return SENTENCES.sentence(f"direction-{direction}", lang)


def verdict_text(verdict: Conclusion, lang: Lang) -> str:
    """How what was found stands to what is declared."""
    return SENTENCES.sentence(f"verdict-{verdict}", lang)


def manner_text(change: Change, lang: Lang) -> str:
    """新增, 删去, …; empty of what is only another. A part that came or went is no new element."""
    return change_manner(change.how, lang) if whole_title(change) or change.how in ("moved", "renamed") else ""


def change_title(part: str, lang: Lang) -> str:
    """What a part of an element is called."""
    return SENTENCES.sentence(f"part-{part}", lang)


def change_manner(how: ChangeKind, lang: Lang) -> str:
    """新增, 删去, …; empty of what is only another."""
    return "" if how == "changed" else SENTENCES.sentence(f"manner-{how}", lang)


def element_title(change: Change, lang: Lang) -> str:
    """What kind of element it is in: 指标, 一票否决, …"""
    return SENTENCES.sentence(f"element-{_element(change)}", lang)


def part_title(change: Change, lang: Lang) -> str:
    """Which part of the element is another; empty where it is the whole, or has no name."""
    part = _part(change)
    return change_title(part, lang) if f"part-{part}" in SENTENCES.ids(lang) else ""


def _part(change: Change) -> str:
    """The part by its key in the file, or by what changed."""
    match change.new_path:
        case (*_, "bands", int(), _) if change.what == "points":
            return "band"
        case (*_, "first_of", int(), _) if change.what == "points":
            return "branch"
        case ("effective", "until"):
            return "until"
        case ("notices", str(name)):
            return f"notices_{name}"
        case ("categories", _, "direction"):
            return "category_direction"
        case ("categories", _, str(key), *_):
            return key
        case ("attributes", _):
            return "fields"
        case ("scale", "grade"):
            return "grade"
        case ("models", _, "adjustments", str(bound)) if change.what == "adjustments":
            return bound
    return "" if whole_title(change) else change.what


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


_ELEMENTS = frozenset(
    ("facts", "not_evaluated", "indicators", "dimensions", "items", "adjustments", "decisions", "vetoes", "measures", "alerts",
     "parameters", "basis", "categories", "attributes", "library", "scale", "models", "policy", "revisions")
)  # fmt: skip
"""Keys of a file under which elements stand."""

_WHOLE: frozenset[ChangedPart] = frozenset(
    ("policy", "revision", "model", "dimension", "indicator", "not_evaluated", "veto", "measure", "alert", "document", "parameters",
     "scale", "library_item", "adjustments", "decision")
)  # fmt: skip
