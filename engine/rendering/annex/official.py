"""What annexes say: they are official documents, in Chinese whatever the language of messages."""

from __future__ import annotations

from engine.rendering.sentences import Lang, Sentences

ANNEX_LANG: Lang = "zh"

_SENTENCES = Sentences("annex")


def official(identifier: str, **values: object) -> str:
    """A sentence of annexes, or a phrase that others share, in their language."""
    return _SENTENCES.sentence(identifier, ANNEX_LANG, **values)
