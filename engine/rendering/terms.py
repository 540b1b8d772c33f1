"""Words in two languages: the names of types, kinds, matters and other fixed values."""

from __future__ import annotations

from engine.rendering.sentences import Lang, Sentences

TERMS = Sentences("terms")


def term(name: str, lang: Lang) -> str:
    """A fixed value in a language; what is no fixed value stays as it is."""
    return TERMS.sentence(name, lang) if name in TERMS else name
