"""A long condition beside an older one by what came to it or went from it, so that nobody has to look for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.model.condition import AllOf, AnyOf, Condition, joined
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.snippet import width

Tell = Callable[[Condition], str]

LONG = 40
"""A condition that takes more columns than this is not told twice."""

sentence = Sentences("proof").sentence


def condition_beside(old: object, new: object, tell: tuple[Tell, Tell], lang: Lang) -> str | None:
    """The new condition as the old one with more, fewer or other parts; None where it is short or shares none.

    `tell` puts a condition of the old version in words, and one of the new; where these call differently what stays, the new
    condition is no “same”.
    """
    if not isinstance(old, Condition) or not isinstance(new, Condition) or width(tell[1](new)) <= LONG:
        return None
    if tell[0](new) != tell[1](new):
        return None
    for join in (AllOf, AnyOf):
        before, after = joined(old, join), joined(new, join)
        gone = [part for part in before if part not in after]
        come = [part for part in after if part not in before]
        if len(gone) < len(before) and (gone or come):
            return _beside(join, _joined_text(join, gone, tell[0]), _joined_text(join, come, tell[1]), lang)
    return None


def _joined_text(join: type[AllOf | AnyOf], parts: Sequence[Condition], tell: Tell) -> str:
    """In words; empty where there are none."""
    if not parts:
        return ""
    return tell(parts[0] if len(parts) == 1 else join(tuple(parts)))


def _beside(join: type[AllOf | AnyOf], gone: str, come: str, lang: Lang) -> str:
    if gone and come:
        return sentence("condition-replaced", lang, old=gone, new=come)
    if gone:
        return sentence("condition-without", lang, old=gone)
    return sentence("condition-with-all" if join is AllOf else "condition-with-any", lang, new=come)
