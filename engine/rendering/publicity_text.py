"""The longest publicity that a catalogue states, in words."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.catalogue import Category, PublicityTerm
from engine.model.period import Window
from engine.rendering.phrases import bracketed, listed, say
from engine.rendering.sentences import Lang


def length_text(window: Window, lang: Lang) -> str:
    """`3个月`, `1年`, `90日`."""
    if window.unit == "months" and window.count % 12 == 0:
        return say("length-years", lang, count=window.count // 12)
    return say(f"length-{window.unit}", lang, count=window.count)


def publicity_term_text(term: PublicityTerm, category: Category, lang: Lang, day: Callable[[int], str]) -> str:
    """`2026-04-01起轻微的3个月、严重的3年（示例令第2号）`; `day` says a day."""
    if term.by is None:
        lengths = "" if term.longest is None else length_text(term.longest, lang)
    else:
        labels = category.fields[term.by].labels if term.by in category.fields else {}
        by_value = (
            say("length-of", lang, value=labels.get(value, value), length=length_text(window, lang))
            for value, window in term.longest_by.items()
        )
        lengths = listed(by_value, lang)
    return say("publicity-term", lang, day=day(term.since), lengths=lengths) + bracketed(term.basis or "", lang)
