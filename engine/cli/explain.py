"""`xinyong explain`: one subject's result as a report for a person."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import get_terminal_size

import click

from engine.cli.options import Command, Option, as_of_option, lang_option, language, policies_option, policy_paths
from engine.cli.progress import TERMINAL
from engine.cli.text_output import output_to
from engine.rendering.explain_text import report_text
from engine.usecases.concerned import open_concerned, plan_concerned, read_concerned
from engine.usecases.explain import explain_documents
from engine.usecases.output.checked import check_outputs, check_text, policy_files
from engine.usecases.policies import require_policy

WIDTH = 120
"""Columns where the output is no terminal."""


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--subject", "name", cls=Option, metavar="ID")
@click.option("--policy", cls=Option, metavar="ID")
@as_of_option
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@policies_option
@lang_option
def explain(
    inputs: tuple[Path, ...], name: str | None, policy: str | None, as_of: int, output: Path | None, policies: Path | None
) -> int:
    """Exit code 1 where the subject is rejected."""
    folders = policy_paths(policies)
    check_outputs([output], (*inputs, *policy_files(folders)))
    if output is not None:
        check_text(output)
    shelf, left_out = open_concerned(folders, policy)
    if policy is not None and policy not in shelf.outline.policies():
        require_policy(shelf.whole(), policy)
    documents = read_concerned(shelf, inputs, as_of, TERMINAL, left_out)
    explanation = explain_documents(plan_concerned(shelf, documents, as_of), documents, TERMINAL, name, policy)
    on_terminal = output is None and os.isatty(1)
    width = get_terminal_size().columns if on_terminal else WIDTH
    colours = None if output is None and not on_terminal else on_terminal  # none in a file, forced ones in a pipe
    text = report_text(explanation.results, language(), width, colours)
    with output_to(output) as write:
        write(text)
    return 1 if explanation.rejected else 0
