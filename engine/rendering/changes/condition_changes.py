"""A long condition beside an older one by what came to it or went from it, so that nobody has to look for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.model.condition import AllOf, AnyOf, Condition, joined
from engine.rendering.counts import pick
from engine.rendering.snippet import width
from engine.rendering.terms import Lang

Tell = Callable[[Condition], str]

LONG = 40
"""A condition that takes more columns than this is not told twice."""


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
        gone = [one for one in before if one not in after]
        come = [one for one in after if one not in before]
        if len(gone) < len(before) and (gone or come):
            return _said(join, _told(join, gone, tell[0]), _told(join, come, tell[1]), lang)
    return None


def _told(join: type[AllOf | AnyOf], parts: Sequence[Condition], tell: Tell) -> str:
    """In words; empty where there are none."""
    if not parts:
        return ""
    return tell(parts[0] if len(parts) == 1 else join(tuple(parts)))


def _said(join: type[AllOf | AnyOf], gone: str, come: str, lang: Lang) -> str:
    also = pick("并且", "and", lang) if join is AllOf else pick("或者", "or", lang)
    if gone and come:
        return pick(f"原条件中“{gone}”改为“{come}”", f"the same, with “{come}” in place of “{gone}”", lang)
    if gone:
        return pick(f"原条件中去掉“{gone}”", f"the same without “{gone}”", lang)
    return pick(f"原条件，{also}{come}", f"the same, {also} {come}", lang)
