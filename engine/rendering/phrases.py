"""Phrases that several areas use, and the punctuation that joins them."""

from __future__ import annotations

from collections.abc import Iterable

from engine.rendering.sentences import Lang, Sentences

say = Sentences("phrases").sentence


def listed(texts: Iterable[str], lang: Lang) -> str:
    """`a, b`, `甲、乙`."""
    return say("list-comma", lang).join(texts)


def with_commas(texts: Iterable[str], lang: Lang) -> str:
    """`a, b`, `甲，乙`."""
    return say("comma", lang).join(texts)


def with_semicolons(texts: Iterable[str], lang: Lang) -> str:
    """`a; b`, `甲；乙`."""
    return say("semicolon", lang).join(texts)


def as_clauses(texts: Iterable[str], lang: Lang) -> str:
    """Clauses of a sentence: `a; b`, `甲，乙`."""
    return say("clauses", lang).join(texts)


def quotations(texts: Iterable[str], lang: Lang) -> str:
    """Texts in quotation marks: `“a”, “b”`, `“甲”“乙”`."""
    return say("between-quotations", lang).join(texts)


def with_label(label: str, text: str, lang: Lang) -> str:
    """`label: text`, `名称：内容`."""
    return say("labelled", lang, label=label, text=text)


def bracketed(text: str, lang: Lang) -> str:
    """` (text)`, `（文字）`; nothing where there is no text."""
    return say("brackets", lang, text=text) if text else ""
