"""Words in two languages: the names of types, kinds, matters and other fixed values."""

from __future__ import annotations

from engine.rendering.sentences import Sentences

Lang = str
"""`zh` or `en`."""

TERMS = Sentences("terms")


def term(name: str, lang: Lang) -> str:
    """A fixed value in a language; what is no fixed value stays as it is."""
    return TERMS.sentence(name, lang) if name in TERMS else name


def counted(number: int, noun: str) -> str:
    """A number of things in English.

    >>> counted(1, "error"), counted(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
