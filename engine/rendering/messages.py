"""Sentences for problems, code by code, in Chinese and English: what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from engine.model import number
from engine.model.period import iso_text
from engine.model.problem import Problem
from engine.rendering.phrases import listed, with_semicolons
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.system_words import system_term
from engine.rendering.terms import term
from engine.rendering.visible import visible

LONGEST = 400
"""So much of a value is shown; the place leads to the rest."""

LONGEST_LIST = 4000
"""So much of a list, such as of the names that are known."""

SENTENCES = Sentences("problems")
"""Each code is an id; its `.remedy` is what would be right."""


def codes() -> list[str]:
    """Every code that a problem can have; ids with a hyphen are other sentences."""
    return [identifier for identifier in SENTENCES.ids("zh") if identifier.replace("_", "").isalnum()]


def message(problem: Problem, lang: Lang) -> str:
    """The sentence of a problem."""
    return SENTENCES.sentence(problem.code, lang, **_values(problem.values, lang))


def remedy(problem: Problem, lang: Lang) -> str:
    """What would be right: the nearest known names, or else the sentence of help; empty where there is none.

    Of a name that is not known, also where a new one is written, and where else it stands.
    """
    texts = [_help(problem, lang), *_of_unknown(problem, lang)]
    if problem.near:
        after = " " if lang == "en" else ""  # a question ends by itself
        return f"{texts[0]}{after}{with_semicolons(texts[1:], lang)}".rstrip()
    return with_semicolons(filter(None, texts), lang)


def _of_unknown(problem: Problem, lang: Lang) -> Iterator[str]:
    if problem.code != "unknown_name":
        return
    values = _values(problem.values, lang)
    if "shipped" in values:
        yield SENTENCES.sentence("new-beside", lang, **values)
    if "file" in values:
        yield SENTENCES.sentence("new-in-file", lang, **values)
    if isinstance(lines := problem.values.get("lines"), list):
        yield SENTENCES.sentence("also-on-lines", lang, lines=listed(map(str, lines), lang))


def _help(problem: Problem, lang: Lang) -> str:
    if problem.near:
        return SENTENCES.sentence("did-you-mean", lang, names=render_value(list(problem.near), lang))
    takes = SENTENCES.takes(f"{problem.code}.remedy", lang)
    if takes is None or ("known" in takes and not problem.values.get("known")):
        return ""
    return SENTENCES.sentence(f"{problem.code}.remedy", lang, **_values(problem.values, lang))


def general(code: str, lang: Lang, values: Mapping[str, object] | None = None) -> tuple[str, str]:
    """Message and remedy of a code whatever the case is: `…` stands for what differs from case to case."""
    names = [SENTENCES.takes(identifier, lang) or frozenset() for identifier in (code, f"{code}.remedy")]
    blanks = dict.fromkeys(frozenset().union(*names), "…")
    problem = Problem(code, values={**blanks, **(values or {})})
    return message(problem, lang), remedy(problem, lang)


_TRANSLATED = frozenset(
    ("expected", "found", "type", "kind", "kinds", "needs", "what", "status", "matter", "register", "why")
)  # fmt: skip
"""Values that are words of ours; all others are the user's own and stay as they are."""


def _values(values: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """The values of a problem as words."""
    texts: dict[str, str] = {}
    for key, value in values.items():
        if key in ("as_of", "until") and isinstance(value, int):
            texts[key] = iso_text(value)
        elif key == "value" and type(value) is int and "parameter" in values:
            texts[key] = number.shortest(value)
        else:
            value = system_term(value) if key == "why" and isinstance(value, str) else value
            texts[key] = render_value(value, lang, key in _TRANSLATED)
    if lang == "zh" and "a" <= texts.get("expected", "")[:1] <= "z":
        texts["expected"] = f" {texts['expected']}"  # between Chinese and other words
    return texts


def render_value(value: object, lang: Lang, words: bool = False) -> str:
    """A value as a reader sees it: lists joined, decimals plain, and words of ours in the language."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return shortened(format(value, "f") if abs(value.adjusted()) < LONGEST else str(value))
        case list() | tuple():
            texts = dict.fromkeys(
                term(visible(str(part)), lang) if words or part == "…" else f"`{shortened(visible(str(part)))}`"
                for part in value
            )
            return shortened(listed(texts, lang), LONGEST_LIST)
        case None:
            return "null"
        case _:
            text = visible(str(value))
            return shortened(term(text, lang) if words else text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text of which a reader sees the beginning, where it is longer than any that people write."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text)})"
