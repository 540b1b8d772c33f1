"""Slips of a hand in a sound YAML file, at random places: the file with the slip, the line it is on, and what may be said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

KEY = r"[a-z_][a-z0-9_-]*"


class Slip(NamedTuple):
    """`line` is from 0; `codes` are those one of which is to be told there."""

    kind: str
    text: str
    line: int
    codes: frozenset[str]


Change = Callable[[str, Random], Iterator[str]]
"""The ways in which a line may be written with a slip."""


def spots(pattern: str, new: str) -> Change:
    """Each place that a pattern finds, written otherwise."""

    def change(line: str, _: Random) -> Iterator[str]:
        for match in re.finditer(pattern, line):
            yield line[: match.start()] + match.expand(new) + line[match.end() :]

    return change


def indented(by: int) -> Change:
    """A line moved to the right or left."""

    def change(line: str, _: Random) -> Iterator[str]:
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent + by >= 0:
            yield " " * (indent + by) + line.lstrip(" ")

    return change


def values(new: str) -> Change:
    """A text value of a line by itself, or in braces, written otherwise."""
    pattern = re.compile(r"((?:title|note|document): )([^\s\"'{\[>|,#][^\"'{}\[\],#]*?)(?= *(?:$|,|}))")

    def change(line: str, _: Random) -> Iterator[str]:
        for match in pattern.finditer(line):
            text = new.replace("…", match[2])
            yield line[: match.start(2)] + text + line[match.end(2) :]

    return change


KINDS: dict[str, tuple[Change, str]] = {
    "full-width colon": (spots(rf"(?<=[{{,] )({KEY}): |^( *(?:- )?{KEY}): (?=\S)", r"\1\2："), "yaml_full_width"),
    "full-width colon at the end": (spots(rf"^( *{KEY}):$", r"\1："), "yaml_full_width"),
    "full-width colon after a blank": (spots(rf"^( *{KEY}): (?=\S)", r"\1 ："), "yaml_full_width"),
    "full-width comma": (spots(rf", (?={KEY}: )", "，"), "yaml_full_width"),
    "full-width semicolon": (spots(rf", (?={KEY}: )", "；"), "yaml_full_width"),
    "enumeration comma": (spots(r"(?<=[a-z]), (?=[a-z-]+[,\]])", "、"), "yaml_full_width"),
    "full-width brace": (spots(r"(?<=: )\{", "｛"), "yaml_full_width"),
    "full-width closing brace": (spots(r"\}$", "｝"), "yaml_full_width"),
    "full-width brackets": (spots(r"\[([^\[\]]*)\]", r"［\1］"), "yaml_full_width"),
    "lenticular brackets": (spots(r"(?<=: )\[([^\[\]]*)\]", r"【\1】"), "yaml_full_width"),
    "round brackets": (spots(r"(?<=: )\{([^{}]*)\}", r"（\1）"), "yaml_full_width"),
    "full-width dash": (spots(r"^( *)- ", r"\1－ "), "yaml_full_width"),
    "long dash": (spots(r"^( *)- ", r"\1—"), "yaml_full_width"),
    "full-width blank": (spots(rf"^( *{KEY}:) (?=\S)", "\\1\u3000"), "odd_blank"),
    "non-breaking blank": (spots(rf"({KEY}:) (?=\S)", "\\1\u00a0"), "odd_blank"),
    "full-width indent": (spots(r"^( {4,})(?=\S)", "\u3000\u3000"), "odd_indent"),
    "non-breaking indent": (spots(r"^(?: {2})(?= *\S)", "\u00a0\u00a0"), "odd_indent"),
    "tab": (spots(r"^ {2,}(?=\S)", "\t"), "yaml_tab"),
    "no blank after colon": (spots(rf"(^ *|[{{,] )({KEY}): (?=[^\s>|])", r"\1\2:"), "yaml_no_blank"),
    "no blank after dash": (spots(r"^( *)- (?=[{a-z])", r"\1-"), "yaml_no_blank yaml_full_width"),
    "equals sign": (spots(rf"^( *{KEY}): (?=[^\s{{\[>|])", r"\1 = "), "yaml_equals"),
    "no colon": (spots(rf"^( *{KEY}):$", r"\1"), "yaml_no_colon yaml_continuation"),
    "one to the right": (indented(1), "yaml_indentation yaml_misplaced"),
    "one to the left": (indented(-1), "yaml_indentation yaml_misplaced"),
    "two to the left": (indented(-2), "yaml_indentation yaml_misplaced"),
    "unclosed quote": (values('"…'), "quote_unclosed"),
    "unclosed single quote": (values("'…"), "quote_unclosed"),
    "Chinese closing quote": (values('"…”'), "chinese_quotes"),
    "quoted part": (values('"甲"…'), "yaml_quoted_part"),
    "document number": (values("[2025]2号…"), "yaml_document_number"),
    "colon in a value": (values("…: 甲"), "yaml_colon_in_value"),
    "per cent": (values("%…"), "yaml_first_character"),
    "at": (values("@…"), "yaml_first_character"),
    "backtick": (values("`…"), "yaml_first_character"),
    "star": (values("*…"), "yaml_first_character"),
    "greater": (values(">…"), "yaml_first_character"),
    "unclosed brace": (spots(r"\}$", ""), "bracket_unclosed"),
    "brace too many": (spots(r"\}$", "}}"), "bracket_stray"),
    "wrong bracket": (spots(r"\}$", "]"), "bracket_other"),
    "no comma": (spots(rf", (?={KEY}: )", " "), "comma_missing"),
    "two commas": (spots(rf", (?={KEY}: )", ",, "), "comma_twice"),
    "comma in a number": (spots(r"(?<=points: )(\d+)(?=[,}])", "0,000"), "number_comma"),
    "comma in a value": (spots(r"(?<=\{title: )([^\"',{}\[\]#]+)(?=, )", r"\1, 甲"), "yaml_comma_in_value"),
    "hash first": (values("#1 …"), "yaml_hash"),
    "Chinese quotes around a name": (spots(r"((?:fact|kind|count|none): )([a-z_]{4,})(?=[,}]|$)", r"\1“\2”"), "chinese_quotes"),
}


def slips(lines: Sequence[str], kind: str, random: Random) -> Iterator[Slip]:
    """The slips of a kind that the lines allow, in a random order."""
    change, codes = KINDS[kind]
    for number in random.sample(range(len(lines)), len(lines)):
        if re.match(r"\s*(#|$)", lines[number]):
            continue
        ways = list(change(lines[number], random))
        if ways:
            line = random.choice(ways)
            yield Slip(kind, "\n".join([*lines[:number], line, *lines[number + 1 :]]) + "\n", number, frozenset(codes.split()))
