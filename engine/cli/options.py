"""What the commands share: options, the language, and how problems are reported."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.model import period
from engine.model.problem import InputError, Problem, identity
from engine.usecases.memory import is_amount

if TYPE_CHECKING:
    from engine.rendering.sentences import Lang


def language() -> Lang:
    """`zh` or `en`: --lang, or else the locale."""
    context = click.get_current_context(silent=True)
    asked_for = [argument for before, argument in zip(sys.argv, sys.argv[1:], strict=False) if before == "--lang"]
    for chosen in (*asked_for, context.find_root().obj if context is not None else None):
        match chosen:
            case "zh" | "en":
                return chosen
            case _:
                pass
    name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "zh" if name.lower().startswith("zh") else "en"


def sentence(identifier: str, **values: object) -> str:
    """A sentence of the command line in the user's language."""
    from engine.rendering.sentences import Sentences  # takes as long as a short command, so only for who needs it

    return Sentences("command").sentence(identifier, language(), **values)


class Command(click.Command):
    """A command whose help stands in the catalogue, under its name."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in sentence(str(self.name)).split("\n\n"):
                formatter.write_text(paragraph)
                formatter.write_paragraph()


class Option(click.Option):
    """An option whose help stands in the catalogue, as an attribute of its command, or of `options` where several have it."""

    area: str | None = None

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = sentence(f"{self.area or ctx.command.name}.{self.name}")
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = None


class SharedOption(Option):
    """An option of several commands."""

    area = "options"


def _lang(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value:
        context.find_root().obj = value
    return value


lang_option = click.option(
    "--lang", cls=SharedOption, type=click.Choice(["zh", "en"]), callback=_lang, expose_value=False, is_eager=True
)

memory_option = click.option("--memory", cls=SharedOption, metavar="8GB", callback=lambda c, p, value: _memory(c, p, value))


def _memory(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An amount with its unit, as DuckDB takes it."""
    if value is None:
        return None
    if not is_amount(value):
        raise click.BadParameter(sentence("usage-memory", value=value), context, option)
    return value


policies_option = click.option("--policies", "policies", cls=SharedOption, type=click.Path(path_type=Path), metavar="DIR")

as_of_option = click.option(
    "--as-of", "as_of", cls=SharedOption, metavar="YYYY-MM-DD", callback=lambda _c, _p, value: _as_of(value)
)


def today() -> int:
    """The clock, which only this file reads."""
    return date.today().toordinal()


def _as_of(value: str | None) -> int:
    """The as-of date."""
    return today() if value is None else day_named(value)


def day_named(value: str) -> int:
    """A day that an option names, as an ordinal; InputError where there is none."""
    day = period.read_day(value)
    if day is None:
        raise InputError([Problem("as_of", values={"value": value})])
    return day


on_option = click.option("--on", "on", cls=SharedOption, metavar="YYYY-MM-DD", callback=lambda c, p, value: _on(c, p, value))


def _on(context: click.Context, option: click.Parameter, value: str | None) -> int:
    """The day on a report."""
    day = today() if value is None else period.read_day(value)
    if day is None:
        raise click.BadParameter(sentence("usage-day", value=str(value)), context, option)
    return day


def day_after(day: int, span: str, option: str) -> int:
    """The day so many days, months or years after another, as an option says; the calendar's last where it is beyond."""
    window = period.read_window(span)
    if window is None:
        raise click.UsageError(sentence("usage-span", option=option, value=span))
    end = day + window.count if window.unit == "days" else period.plus_months(day, window.count)
    return min(end, period.NEVER - 1)


def policy_paths(chosen: Path | None, warn: bool = False) -> list[Path]:
    """Where the policies are; `warn` says so where the shipped ones stand in for an author's own."""
    from engine.reading.resources import resource_folder

    if chosen is not None:
        return [chosen]
    here = Path("policies")
    if os.path.isdir(here):
        return [here]
    if warn:
        print_problems([Problem("shipped_used", severity="warning")])
    return [resource_folder("policies")]


def print_problems(problems: Iterable[Problem]) -> None:
    """Problems to standard error, each once."""
    from engine.rendering.snippet import snippets

    once = {identity(problem): problem for problem in problems}
    text = snippets(once.values(), language())
    if text:
        click.echo(text, err=True)
