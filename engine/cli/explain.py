"""`xinyong explain`: one subject's result as a letter, as a short page for the counter, or with all that an audit asks for."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    day_named,
    lang_option,
    language,
    policies_option,
    policy_paths,
    sentence,
)  # fmt: skip
from engine.cli.progress import TERMINAL
from engine.cli.text_output import fitting_json, output_to
from engine.reading.library_cache import Shelf
from engine.rendering.explanation.explained import READERS, Letter, Reader
from engine.usecases.concerned import open_concerned, plan_concerned, read_concerned
from engine.usecases.explain import Choice, Explanation, explain_documents
from engine.usecases.explanation_files import kind_of_letter, letter_text, write_letter
from engine.usecases.output.checked import check_outputs, policy_files
from engine.usecases.policies import require_policy

if TYPE_CHECKING:
    from engine.usecases.left_out import LeftOut

WIDTH = 120
"""Columns where the output is no terminal."""


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT…]")
@click.option("--subject", "name", cls=Option, metavar="ID")
@click.option("--policy", cls=Option, metavar="ID")
@click.option("--case", "case", cls=Option, metavar="POLICY/CASE")
@click.option("--for", "reader", cls=Option, type=click.Choice(READERS), default="company", show_default=True)
@click.option("--number", cls=Option, metavar="TEXT")
@click.option("--on", "on", cls=Option, metavar="YYYY-MM-DD")
@as_of_option
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@policies_option
@lang_option
@click.pass_context
def explain(
    context: click.Context, inputs: tuple[Path, ...], name: str | None, policy: str | None, case: str | None, reader: Reader, number: str | None,
    on: str | None, as_of: int, output: Path | None, policies: Path | None,
) -> int:  # fmt: skip
    """Exit code 1 where the subject is rejected. A letter is dated today unless another day is named, or results are of another one."""
    if bool(inputs) == (case is not None):
        raise click.UsageError(sentence("usage-inputs-or-case"), context)
    of_today = context.get_parameter_source("as_of") is click.core.ParameterSource.DEFAULT
    if case is not None and (name is not None or policy is not None or not of_today):
        raise click.UsageError(sentence("usage-case-alone"), context)
    folders = policy_paths(policies)
    check_outputs([output], (*inputs, *policy_files(folders)))
    ending = kind_of_letter(output)
    letter = Letter(reader, number, day_named(on) if on is not None else as_of if of_today and case is None else None)
    shelf, left_out = open_concerned(folders, policy)
    if policy is not None and policy not in shelf.outline.policies():
        require_policy(shelf.whole(), policy)
    if case is not None:
        explanation = _of_case(shelf, folders, case, reader)
    else:
        explanation = _explained(shelf, left_out, folders, inputs, as_of, Choice(name, policy, reader))
    if output is not None and ending == ".docx":
        write_letter(explanation, letter, language(), output, as_of)
        return 1 if explanation.rejected else 0
    text = letter_text(explanation, letter, language(), ending, partial(_text, letter=letter, output=output))
    with output_to(output) as write:
        write(fitting_json(text, output) if ending == ".json" else text)
    return 1 if explanation.rejected else 0


def _explained(
    shelf: Shelf, left_out: LeftOut | None, folders: list[Path], inputs: tuple[Path, ...], as_of: int, choice: Choice
) -> Explanation:  # fmt: skip
    from engine.usecases.rule_places import rule_places

    documents = read_concerned(shelf, inputs, as_of, TERMINAL, left_out, choice.subject)
    plan_on = partial(plan_concerned, shelf, documents)
    return explain_documents(plan_on, as_of, documents, TERMINAL, choice, rule_places(folders))


def _of_case(shelf: Shelf, folders: list[Path], case: str, reader: Reader) -> Explanation:
    """As of the case's own day."""
    from engine.usecases.explain_case import explain_case
    from engine.usecases.rule_places import rule_places

    return explain_case(shelf.whole(), folders, case, reader, rule_places(folders))


def _text(explanation: Explanation, letter: Letter, output: Path | None) -> str:
    from engine.rendering.explanation.page import page
    from engine.rendering.explanation.text import pages_text

    on_terminal = output is None and os.isatty(1)
    width = get_terminal_size().columns if on_terminal else WIDTH
    colours = None if output is None and not on_terminal else on_terminal  # none in a file, forced ones in a pipe
    return pages_text([page(outcome, view, letter, language()) for outcome, view in explanation.results], width, colours)
