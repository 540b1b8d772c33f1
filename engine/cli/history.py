"""`xinyong history`: what the results were on each day, from what is known now."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.course_command import tell_courses
from engine.cli.options import Command, Option, day_named, lang_option, policies_option, today
from engine.usecases.course import CourseRequest


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--from", "first", cls=Option, required=True, metavar="YYYY-MM-DD")
@click.option("--to", "last", cls=Option, metavar="YYYY-MM-DD")
@click.option("--subject", "name", cls=Option, metavar="ID")
@click.option("--policy", cls=Option, metavar="ID")
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text", show_default=True)
@policies_option
@lang_option
def history(
    inputs: tuple[Path, ...], first: str, last: str | None, name: str | None, policy: str | None,
    output: Path | None, form: str, policies: Path | None,
) -> int:  # fmt: skip
    """Up to today unless another day is named."""
    end = today() if last is None else day_named(last)
    return tell_courses(inputs, CourseRequest(day_named(first), end, name, policy), form, output, policies)
