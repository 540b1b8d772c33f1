"""Phrases that several areas use, and the punctuation that joins them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.rendering.sentences import Sentences
from engine.rendering.terms import Lang

say = Sentences("phrases").sentence


def listed(texts: Iterable[str], lang: Lang) -> str:
    """`a, b`, `甲、乙`."""
    return say("list-comma", lang).join(texts)


def bracketed(text: str, lang: Lang) -> str:
    """` (text)`, `（文字）`; nothing where there is no text."""
    return say("brackets", lang, text=text) if text else ""
