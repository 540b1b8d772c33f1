"""The report of a comparison, in the format that is asked for."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path as File

from rich.console import Console

from engine.cli.options import language
from engine.cli.text_output import json_text
from engine.model.comparison import DiffReport
from engine.rendering.changes.html import changes_page
from engine.rendering.changes.json import comparison_json
from engine.rendering.changes.markdown import changes_markdown
from engine.rendering.changes.text import changes_text
from engine.rendering.visible import visible_in

WIDTH = 1000
"""No line is broken; the terminal does that."""


def render_report(comparison: DiffReport, form: str, output: File | None = None) -> str:
    """The report in a format, for a file or for standard output."""
    if form == "json":
        return json_text(comparison_json(comparison, language()), output, indent=2) + "\n"
    comparison = visible_in(comparison, "" if form == "text" else "\n")
    match form:
        case "markdown":
            return changes_markdown(comparison, language())
        case "html":
            return changes_page(comparison, language())
        case _:
            pass
    console = Console(
        file=StringIO(), soft_wrap=True, highlight=False, emoji=False, markup=False,
        force_terminal=output is None and os.isatty(1), width=WIDTH,
    )  # fmt: skip
    with console.capture() as captured:
        for line in changes_text(comparison, language()):
            console.print(line)
    return captured.get()
