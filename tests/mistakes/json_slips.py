"""Slips of a hand in a sound JSON document, at random places: the text with the slip, the line it is on, and what may be said."""

from __future__ import annotations

import re
from random import Random

from tests.mistakes.yaml_slips import Slip

KINDS = {
    "full-width colon": (r'":', '"：', "json_full_width"),
    "full-width comma": (r",(?= |\n)", "，", "json_full_width"),
    "full-width semicolon": (r",(?= |\n)", "；", "json_full_width"),
    "full-width brace": (r"\{", "｛", "json_full_width"),
    "full-width closing brace": (r"\}(?=[,\n}])", "｝", "json_full_width"),
    "full-width bracket": (r"\[", "［", "json_full_width"),
    "lenticular bracket": (r"\[", "【", "json_full_width"),
    "Chinese quotes": (r'"([^"\n]*)"', "“\\1”", "chinese_quotes"),
    "Chinese closing quote": (r'"([^"\n]*)"', '"\\1”', "chinese_quotes"),
    "Chinese opening quote": (r'"([^"\n]*)"', '“\\1"', "chinese_quotes"),
    "single quotes": (r'"([^"\n]*)"', "'\\1'", "json_single_quotes"),
    "no quotes": (r'"([a-z_]+)"', "\\1", "json_unquoted json_word"),
    "no closing quote": (r'"([^"\n]*)"', '"\\1', "quote_unclosed"),
    "no opening quote": (r'"([a-z_]+)"', '\\1"', "json_unquoted json_word"),
    "quotes within": (r'": "([^"\n]+)"', '": "甲"乙"\\1"', "json_quote_within"),
    "trailing comma": (r'(["0-9}\]])(?=\s*[}\]])', "\\1,", "json_trailing_comma"),
    "two commas": (r",(?= |\n)", ",,", "comma_twice"),
    "no comma": (r",(?= |\n)", "", "comma_missing"),
    "no colon": (r'":', '"', "json_colon_missing"),
    "two colons": (r'":', '"::', "json_colon"),
    "equals sign": (r'":', '" =', "json_sign"),
    "comment": (r"(?<=[,{])\n", " // 说明\n", "json_comment"),
    "comment of YAML": (r"(?<=[,{])\n", " # 说明\n", "json_comment"),
    "no value": (r'": ("[^"\n]*"|[0-9]+)', '": ', "json_value_missing"),
    "brace too many": (r"\}(?=[,\n}])", "}}", "bracket_stray"),
    "wrong bracket": (r"\}(?=,)", "]", "bracket_other bracket_stray"),
    "True": (r": ([0-9]+)(?![0-9.])", ": True", "json_word"),
    "yes": (r": ([0-9]+)(?![0-9.])", ": 是", "json_word"),
    "NaN": (r": ([0-9]+)(?![0-9.])", ": NaN", "number_not_finite"),
    "leading zero": (r": ([0-9]+)(?![0-9.])", ": 0\\1", "json_number"),
    "comma in a number": (r": ([0-9]+)(?![0-9.])", ": 1,000", "number_comma"),
    "full-width number": (r": ([0-9]+)(?![0-9.])", ": １２", "json_number"),
    "backslash": (r'": "([^"\n]*)"', '": "\\\\税\\1"', "json_escape"),
    "tab in a text": (r'": "([^"\n]*)"', '": "\t\\1"', "json_control"),
    "full-width blank": (r": (?=\S)", ":\u3000", "odd_blank"),
    "non-breaking blank": (r", (?=\S)", ",\u00a0", "odd_blank"),
}
"""A pattern, what stands in its place, and the codes one of which is to be told."""


def slip(text: str, kind: str, random: Random) -> Slip | None:
    """A slip of a kind at one of the places where it can be."""
    pattern, new, codes = KINDS[kind]
    matches = list(re.finditer(pattern, text))
    if not matches:
        return None
    match = random.choice(matches)
    line = text.count("\n", 0, match.start())
    return Slip(kind, text[: match.start()] + match.expand(new) + text[match.end() :], line, frozenset(codes.split()))
