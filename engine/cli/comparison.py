"""Two sides read, compared, judged and told: what `xinyong diff` does, by itself and as git calls it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path as File

from rich.console import Console

from engine.cli.options import language
from engine.cli.output.text import json_text
from engine.model.change import PolicyDiff
from engine.model.comparison import DiffReport, ReviewedPolicy
from engine.model.problem import InputError, PolicyError
from engine.model.proof import Proof
from engine.reading.library import Read, read_library
from engine.reading.near_miss import refuse_others
from engine.reading.revisions import side_files
from engine.rendering.changes.html import changes_page
from engine.rendering.changes.json import comparison_json
from engine.rendering.changes.markdown import changes_markdown
from engine.rendering.changes.text import changes_text
from engine.rendering.visible import visible_in
from engine.reviewing.diff.backward import backward
from engine.reviewing.diff.common_declarations import common_records, judge_all
from engine.reviewing.diff.common_files import common_files_diff
from engine.reviewing.diff.places import places
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.diff.proof_coverage import speaks_of

Prove = Callable[[PolicyDiff], Sequence[Proof]]

WIDTH = 1000
"""No line is broken; the terminal does that."""


def read_side(side: str) -> Read:
    """One side, sound; what is not keeps the command from being carried out."""
    files = side_files(side)
    refuse_others(files, side)
    try:
        return read_library(files)
    except PolicyError as error:
        raise InputError(error.problems) from None


def is_file(read: Read, side: str) -> bool:
    """Whether a side is one file, and no folder."""
    return [File(page.source.file) for page in read.pages] == [File(side)]


def compare_sides(
    sides: Sequence[str], old: Read, new: Read, prove: Prove | None = None, today: int | None = None
) -> DiffReport:
    """Both sides, each policy that differs judged; versions that had ended before `today` may be gone."""
    found = []
    records = common_records(old, new)
    for one in policy_changes(old.library.policies, new.library.policies, today):
        proofs = prove(one) if prove else ()
        unspoken = tuple(it for it in one.changes if proofs and it.direction != "text" and not speaks_of(it, one))
        judged = judge_all(one, proofs, records)
        past = backward(one, judged, today)
        found.append(ReviewedPolicy(one, judged, places(old, new, one), tuple(proofs), unspoken, past))
    return DiffReport(sides[0], sides[1], tuple(found), shared=common_files_diff(old, new, found, records), records=records)


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
