"""Slips at random places of sound documents: each is told in our words, once, on its line."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import pytest

from engine.model.problem import PolicyError
from engine.reading.document import read_json
from engine.rendering.messages import message, remedy
from tests.mistakes.json_slips import KINDS, slip

ROOT = Path(__file__).parents[2]
OURS = {"JSON", "yaml", "jsonl", "null", "true", "json"}


@cache
def sound_texts() -> list[str]:
    """The sample documents as they are written, spread over many lines, and on one."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs/samples").glob("*.json"))]
    trees = [json.loads(text) for text in texts]
    spread = [json.dumps(tree, ensure_ascii=False, indent=4) + "\n" for tree in trees]
    return [*texts, *spread, *(json.dumps(tree, ensure_ascii=False) + "\n" for tree in trees)]


@pytest.mark.parametrize("kind", KINDS)
def test_slip(kind: str) -> None:
    random = Random(kind)
    for text in random.sample(sound_texts(), 20):
        slipped = slip(text, kind, random)
        if slipped is None:
            continue
        with pytest.raises(PolicyError) as refused:
            read_json(slipped.text.encode(), "x.json")
        (problem,) = refused.value.problems
        assert problem.place
        assert (problem.code in slipped.codes, problem.place.line) == (True, slipped.line + 1), problem
        told = set(re.findall(r"[A-Za-z]{2,}", f"{message(problem, 'zh')} {remedy(problem, 'zh')}"))
        assert told <= {*re.findall(r"[A-Za-z]{2,}", slipped.text), *OURS}


@pytest.mark.parametrize("text", sound_texts()[:20])
def test_cut_off(text: str) -> None:
    """A document that ends anywhere is refused at its end, or where a text in it begins that does not end."""
    random = Random(text)
    for at in random.sample(range(1, len(text.rstrip())), 20):
        with pytest.raises(PolicyError) as refused:
            read_json(text[:at].encode(), "x.json")
        assert {problem.code for problem in refused.value.problems} & {
            "json_cut_off", "quote_unclosed", "bracket_unclosed", "json_value_missing",
        }  # fmt: skip
