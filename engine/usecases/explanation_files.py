"""Explanations in the kind of file that is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.rendering.explanation.explained import Letter
from engine.rendering.explanation.page import page
from engine.rendering.sentences import Lang
from engine.usecases.explain import Explanation
from engine.usecases.extras import require_extra
from engine.usecases.output.placing import put_in_place
from engine.usecases.output.target import target
from engine.usecases.output.workspace import disk_of, workspace

ENDINGS = (".txt", ".html", ".htm", ".docx", ".json")


def kind_of_letter(output: Path | None) -> str:
    """The ending that says as what an explanation is written, text where none is named.

    InputError where it is another one, or the extra that writes it is missing.
    """
    if output is None:
        return ".txt"
    goal = target(output)
    ending = goal.suffix or ".txt"
    if ending not in ENDINGS and not goal.is_stream:
        raise InputError([Problem("output_kind", values={"file": str(output), "known": list(ENDINGS)})])
    if ending == ".docx":
        require_extra("annex", "docx")
    return ".html" if ending == ".htm" else ending if ending in ENDINGS else ".txt"


def letter_text(
    explanation: Explanation, letter: Letter, lang: Lang, ending: str, as_text: Callable[[Explanation], str]
) -> str:  # fmt: skip
    """As HTML, as JSON (one object, or a line a result), or as `as_text` says."""
    if ending == ".html":
        from engine.rendering.explanation.html import pages_html

        return pages_html([page(outcome, view, letter, lang) for outcome, view in explanation.results], lang)
    if ending == ".json":
        from engine.rendering.evaluation_json import evaluation_json
        from engine.rendering.explanation.json import explanation_json

        objects = [explanation_json(outcome, view, letter, lang) for outcome, view in explanation.results]
        objects += [{"evaluation": evaluation_json(outcome, lang)} for outcome in explanation.refused]
        indent = 2 if len(objects) == 1 else None
        return "".join(f"{json.dumps(document, ensure_ascii=False, indent=indent)}\n" for document in objects)
    return as_text(explanation)


def write_letter(explanation: Explanation, letter: Letter, lang: Lang, output: Path, as_of: int) -> None:
    """As a .docx, put in place when it is whole."""
    from engine.rendering.explanation.word_file import write_word_file

    pages = [page(outcome, view, letter, lang) for outcome, view in explanation.results]
    with workspace(output) as folder, disk_of(output):
        file = folder / "made.docx"
        write_word_file(file, pages, as_of if letter.day is None else letter.day)
        put_in_place(file, output)
