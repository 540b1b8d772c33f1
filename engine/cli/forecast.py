"""`xinyong forecast`: when results change with no new information, to what, and what does it."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.course_command import tell_courses
from engine.cli.options import Command, Option, as_of_option, day_after, day_named, lang_option, policies_option, sentence
from engine.usecases.course import CourseRequest


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--until", cls=Option, metavar="YYYY-MM-DD")
@click.option("--for", "span", cls=Option, metavar="N days|months|years")
@click.option("--subject", "name", cls=Option, metavar="ID")
@click.option("--policy", cls=Option, metavar="ID")
@as_of_option
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text", show_default=True)
@policies_option
@lang_option
def forecast(
    inputs: tuple[Path, ...], until: str | None, span: str | None, name: str | None, policy: str | None, as_of: int,
    output: Path | None, form: str, policies: Path | None,
) -> int:  # fmt: skip
    """Twelve months unless another end is named."""
    if until is not None and span is not None:
        raise click.UsageError(sentence("usage-until-for"))
    last = day_named(until) if until is not None else day_after(as_of, span or "12 months", "--for")
    return tell_courses(inputs, CourseRequest(as_of, last, name, policy), form, output, policies)
