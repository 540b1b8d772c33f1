"""Problems as SARIF 2.1.0, for code hosts and editors that show them where they stand."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from engine.model.problem import Place, Problem
from engine.rendering.messages import general, message, remedy
from engine.rendering.phrases import say
from engine.rendering.sentences import LOCALES, Lang
from engine.rendering.snippet import path_text

Json = dict[str, Any]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(problems: Sequence[Problem], pages: Mapping[str, str], version: str, lang: Lang) -> Json:
    """One run; `pages` are what docs/checks says of each lint, by its code."""
    codes = list(dict.fromkeys(problem.code for problem in problems))
    tongue = LOCALES[lang]
    driver = {"name": "xinyong", "version": version, "language": tongue, "rules": [_rule(code, pages, lang) for code in codes]}
    return {
        "$schema": SCHEMA, "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver}, "language": tongue, "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code), lang) for problem in problems],
            }
        ],
    }  # fmt: skip


def _rule(code: str, pages: Mapping[str, str], lang: Lang) -> Json:
    """The sentence with … for what differs from case to case, and what helps."""
    text, help_text = general(code, lang)
    rule: Json = {"id": code, "shortDescription": {"text": text}}
    if code in pages:
        rule["help"] = {"text": pages[code], "markdown": pages[code]}
    elif help_text:
        rule["help"] = {"text": help_text}
    return rule


def _result(problem: Problem, rule: int, lang: Lang) -> Json:
    help_text = remedy(problem, lang)
    result: Json = {
        "ruleId": problem.code, "ruleIndex": rule, "level": problem.severity,
        "message": {"text": say("stop", lang).join([message(problem, lang), *([help_text] if help_text else [])])},
    }  # fmt: skip
    if problem.place is not None:
        location: Json = {"physicalLocation": _physical(problem.place)}
        if problem.path:
            location["logicalLocations"] = [{"fullyQualifiedName": path_text(problem.path)}]
        result["locations"] = [location]
    return result


def _physical(place: Place) -> Json:
    """The file as a relative reference, or as a URI where its path is absolute."""
    file = PurePath(place.file)
    uri = file.as_uri() if file.is_absolute() else quote(os.fsencode(file.as_posix()))
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + max(place.width, 1)}
    return {"artifactLocation": {"uri": uri}, "region": region}
