"""What annexes say: they are official documents, in Chinese whatever the language of messages."""

from __future__ import annotations

from datetime import date

from engine.rendering.sentences import Lang, Sentences

ANNEX_LANG: Lang = "zh"

_SENTENCES = Sentences("annex")


def official(identifier: str, **values: object) -> str:
    """A sentence of annexes, or a phrase that others share, in their language."""
    return _SENTENCES.sentence(identifier, ANNEX_LANG, **values)


def day_text(day: int) -> str:
    """`2026年4月1日`."""
    on = date.fromordinal(day)
    return official("day", year=on.year, month=on.month, day=on.day)
