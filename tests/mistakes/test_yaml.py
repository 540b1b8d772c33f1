"""Slips at random places of sound policies: each is told in our words, on its line, with a remedy that mends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from engine.model.problem import PolicyError, Problem
from engine.reading.files import Files, find_files
from engine.reading.library import read_library
from engine.rendering.messages import message, remedy
from tests.lanes import few
from tests.mistakes.yaml_slips import KINDS, Slip, slips

ROOT = Path(__file__).parents[2]
OURS = ("YAML", "yaml", "jsonl", "U")
"""Words that are nobody's English."""

CASES = 4
"""Of each kind; more by hand, for a search takes a tenth of a second."""


@cache
def sound_files() -> list[Files]:
    """The shipped policies, each alone, and the one that the examples of the language edit."""
    folders = [ROOT / "tests/language/base/policies"]
    return [find_files([path]) for path in (*sorted((ROOT / "policies").glob("*.yaml")), *folders)]


def problems(text: str, files: Files) -> Sequence[Problem]:
    """What is said of a policy's text beside its common files."""
    try:
        read_library(Files(((files.policies[0][0], text.encode()),), files.common))
    except PolicyError as error:
        return error.problems
    return ()


def mended(line: str, problem: Problem) -> str | None:
    """A line after its remedy, where that leaves nothing to be thought about."""
    values = problem.values
    column = problem.place.column - 1 if problem.place else 0
    match problem.code:
        case "odd_indent" | "yaml_indentation" | "yaml_misplaced":
            return " " * int(str(values["needed"])) + line.lstrip(" \u3000\u00a0")
        case "odd_blank":
            return f"{line[:column]} {line[column + 1 :]}"
        case "yaml_full_width" if len(str(values["character"])) == 1 and line.count(str(values["character"])) == 1:
            plain = str(values["plain"])
            return line.replace(str(values["character"]), f"{plain} " if plain in ":,-" else plain)
        case "yaml_no_blank":
            return f"{line[: column + 1]} {line[column + 1 :]}"
        case "yaml_colon_in_value" | "yaml_quoted_part" | "yaml_first_character" | "yaml_comma_in_value" | "yaml_hash":
            quoted = str(values["written"])
            return line.replace(quoted[1:-1], quoted, 1) if len(quoted) < 60 else None
        case "bracket_stray":
            return line[:column] + line[column + 1 :]
        case "bracket_other":
            return line[:column] + str(values["plain"]) + line[column + 1 :]
        case _:
            return None


def words(problem: Problem) -> set[str]:
    """The English words that stand in what a Chinese reader is told, but for what is quoted to be written so."""
    sentences = f"{message(problem, 'zh')} {remedy(problem, 'zh')}"
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"`[^`]*`", "", sentences)))


@pytest.mark.parametrize("kind", few(KINDS, 20))
def test_slip(kind: str) -> None:
    random = Random(kind)
    for files in random.sample(sound_files(), CASES):
        lines = files.policies[0][1].decode().split("\n")[:-1]
        slip = next(slips(lines, kind, random), None)
        if slip:
            check(slip, files)


def check(slip: Slip, files: Files) -> None:
    """The slip is told first of all on its line; a line that YAML reads the same way further left is none."""
    said = problems(slip.text, files)
    lines = slip.text.split("\n")
    if not said:
        assert slip.kind.startswith("one to"), slip
        return
    on_line = [problem for problem in said if problem.place and problem.place.line == slip.line + 1]
    told = [problem for problem in on_line if problem.code in slip.codes]
    assert told, (lines[slip.line], said)
    for problem in said:
        assert words(problem) <= {*re.findall(r"[A-Za-z]{2,}", slip.text), *OURS}, (
            problem,
            message(problem, "zh"),
            remedy(problem, "zh"),
        )
    again = mended(lines[slip.line], told[0])
    if again is not None:
        text = "\n".join([*lines[: slip.line], again, *lines[slip.line + 1 :]])
        assert not [p for p in problems(text, files) if p.code == told[0].code], (lines[slip.line], again)


def test_several() -> None:
    """All slips of a file are told at once, each on its line."""
    files = sound_files()[-1]
    text = files.policies[0][1].decode()
    text = text.replace("status: trial", "status:trial").replace("kind: org", "kind：org").replace("25-01-01}", "25-01-01")
    said = [(problem.code, problem.place.line if problem.place else 0) for problem in problems(text, files)]
    assert said == [("yaml_no_blank", 5), ("bracket_unclosed", 7), ("yaml_full_width", 15)]


def test_unknown() -> None:
    """Where no slip is known, the place is told without a word of the parser."""
    files = sound_files()[-1]
    (problem,) = problems("%YAML 9.0\n---\npolicy: example\n", files)
    assert problem.code == "yaml_syntax"
    assert words(problem) <= {*OURS}
