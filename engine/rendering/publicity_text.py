"""How long records are public, as a catalogue states it, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
    """`2026-04-01起最短严重的1年；最长轻微的3个月、严重的3年（示例令第2号）`; `day` says a day."""
    shortest = _lengths(term.shortest, term.shortest_by, term, category, lang)
    longest = _lengths(term.longest, term.longest_by, term, category, lang)
    if shortest:
        longest = say("publicity-both", lang, shortest=shortest, longest=longest)
    return say("publicity-term", lang, day=day(term.since), lengths=longest) + bracketed(term.basis or "", lang)


def _lengths(whole: Window | None, by_value: Mapping[str, Window], term: PublicityTerm, category: Category, lang: Lang) -> str:
    """`3年`, `轻微的3个月、严重的3年`; nothing where none is stated."""
    if term.by is None:
        return "" if whole is None else length_text(whole, lang)
    labels = category.fields[term.by].labels if term.by in category.fields else {}
    lengths = (
        say("length-of", lang, value=labels.get(value, value), length=length_text(window, lang))
        for value, window in by_value.items()
    )
    return listed(lengths, lang)
