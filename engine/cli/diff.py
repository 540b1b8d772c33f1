"""`xinyong diff`: what changed in meaning, held against what the revision declares, and whom it touches."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from engine.cli.diff_command import command_again
from engine.cli.diff_report import render_report
from engine.cli.git_driver import ARGUMENTS, run_driver
from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    lang_option,
    memory_option,
    on_option,
    print_problems,
    sentence,
    today,
)
from engine.cli.progress import TERMINAL
from engine.cli.text_output import output_to
from engine.model.comparison import BEYOND, DECLARED, EQUAL, EXCEEDED, UNKNOWN
from engine.model.impact import LIMITS
from engine.rendering.changes.verdict import exceeded_text
from engine.usecases.diff import DiffRequest, compare_versions
from engine.usecases.output.checked import check_outputs, check_text, policy_files
from engine.usecases.preparation import Preparer

CODES = {EQUAL: 0, DECLARED: 1, BEYOND: 3, EXCEEDED: 3, UNKNOWN: 4}
"""How the command ends with --exit-code; 2 is kept for what cannot be carried out."""


@click.command(cls=Command)
@click.argument("sides", nargs=-1, metavar="OLD NEW")
@click.option("--population", "inputs", cls=Option, multiple=True, type=click.Path(path_type=Path), metavar="INPUT")
@as_of_option
@click.option("--max-downgraded", "max_downgraded", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT")
@click.option("--max-lost-incentives", "max_lost_incentives", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT")
@click.option("--max-new-restrictions", "max_new_restrictions", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT")
@memory_option
@click.option("--prove", "proved", cls=Option, is_flag=True)
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json", "markdown", "html"]), default="text", show_default=True
)
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--exit-code", "coded", cls=Option, is_flag=True)
@click.option("--git", "driven", cls=Option, is_flag=True)
@click.option("--prepared-by", "by", cls=Option, metavar="TEXT")
@on_option
@lang_option
def diff(
    sides: tuple[str, ...], inputs: tuple[Path, ...], as_of: int, max_downgraded: float | None,
    max_lost_incentives: float | None, max_new_restrictions: float | None, memory: str | None,
    proved: bool, form: str, output: Path | None, coded: bool, driven: bool, by: str | None, on: int,
) -> int:  # fmt: skip
    """Exit codes as the help says."""
    allowed = _allowed(max_downgraded, max_lost_incentives, max_new_restrictions)
    if driven:
        others = inputs or allowed or memory or proved or output or coded or by or form != "text"
        if others or len(sides) not in ARGUMENTS:
            raise click.UsageError(sentence("usage-git-alone"))
        return run_driver(sides)
    if len(sides) != 2:
        raise click.UsageError(sentence("usage-two-sides"))
    if allowed and not inputs:
        option = "--max-" + next(iter(allowed)).replace("_", "-")
        raise click.UsageError(sentence("usage-with-population", option=option))
    check_outputs([output], (*inputs, *policy_files(map(Path, sides))))
    if output is not None:
        check_text(output, form)
    context = click.get_current_context()
    preparer = Preparer(by, on, lambda *origins: command_again(context, origins, as_of, on)) if form != "text" else None
    day_chosen = context.get_parameter_source("as_of") is not ParameterSource.DEFAULT
    request = DiffRequest(*sides, as_of, today(), day_chosen, inputs, allowed, memory, proved, preparer)
    comparison = compare_versions(request, TERMINAL)
    with output_to(output) as write:
        write(render_report(comparison, form, output))
    print_problems(list(exceeded_text(comparison)))
    return CODES[comparison.verdict] if coded or comparison.exceeded else 0


def _allowed(*limits: float | None) -> dict[str, float]:
    """The limits that are set, by name."""
    return {name: limit for name, limit in zip(LIMITS, limits, strict=True) if limit is not None}
