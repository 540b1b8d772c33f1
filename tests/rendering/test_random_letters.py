"""Whatever random policies say of random subjects can be written for every reader in every format."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import docx
import jsonschema
import pytest

from engine.evaluating.order import plan
from engine.model.problem import InputError
from engine.rendering.explanation.explained import READERS, Letter
from engine.rendering.explanation.html import pages_html
from engine.rendering.explanation.json import explanation_json
from engine.rendering.explanation.page import page
from engine.rendering.explanation.text import pages_text
from engine.rendering.explanation.word_file import write_word_file
from engine.usecases.explain import Choice, explain_documents
from engine.usecases.listener import Silent
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "explanation.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", few(range(100), 2))
def test_random(seed: int, tmp_path: Path) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"letters {seed}"), subjects=3))
    for subject in subjects:
        for reader in READERS:
            try:
                choice = Choice(subject.id, None, reader)
                explanation = explain_documents(partial(plan, library), as_of, subjects, Silent(), choice)
            except InputError:  # no policy is in force for it
                continue
            letter = Letter(reader, "1号", as_of)
            for lang in ("zh", "en"):
                pages = [page(outcome, view, letter, lang) for outcome, view in explanation.results]
                assert subject.id in pages_text(pages, 100)
                assert "</html>" in pages_html(pages, lang)
                for outcome, view in explanation.results:
                    jsonschema.validate(json.loads(json.dumps(explanation_json(outcome, view, letter, lang))), SCHEMA)
            write_word_file(tmp_path / "letter.docx", pages, as_of)
            assert len(docx.Document(str(tmp_path / "letter.docx")).tables) >= len(pages)
