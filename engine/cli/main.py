"""The command `xinyong`: the commands by who uses them, and the one place where problems end it."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterable, Mapping

import click

from engine.cli.options import lang_option, language, print_problems, sentence
from engine.cli.streams import guarded
from engine.model.names import nearest_names
from engine.model.problem import XinyongError
from engine.rendering.visible import visible
from engine.usecases.output.closed_stream import ClosedStream

GROUPS: Mapping[str, tuple[str, ...]] = {
    "authors": ("check", "test", "docs"),
    "reviewers": ("diff",),
    "evaluators": ("evaluate", "explain", "forecast", "history", "template"),
}
"""Each command is one module of this package, imported when it is called."""


_SELDOM = (50_000, 20, 20)
"""How often circles of objects are looked for: a command is done before its modules are worth looking through."""


class Main(click.Group):
    """Finds commands by name, so that each costs only its own imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for commands in GROUPS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"engine.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            near = _listed(nearest_names(args[0], self.list_commands(ctx)))
            if near:
                raise click.UsageError(sentence("usage-no-command-near", name=args[0], near=near), ctx)
            raise click.UsageError(sentence("usage-no-command", name=args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for group, commands in GROUPS.items():
            with formatter.section(sentence(f"group-{group}")):
                formatter.write_dl([(name, sentence(f"brief-{name}")) for name in commands])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(sentence("brief-xinyong"))


@click.group(cls=Main)
@lang_option
@click.version_option(package_name="xinyong", message="xinyong %(version)s")
def cli() -> None:
    """The root command."""


def main() -> None:
    """Runs the command; exit code 1 where it found something, 2 where it could not be carried out."""
    gc.set_threshold(*_SELDOM)
    with guarded():
        code = _run()
    gc.freeze()  # what is there is not looked through once more before the end
    sys.exit(code)


def _run() -> int:
    try:
        code = _ended()
        sys.stdout.flush()
    except ClosedStream:
        code = 141
    except XinyongError as error:  # of standard output
        print_problems(error.problems)
        code = error.exit_code
    return code


def _ended() -> int:
    """The command, with what ends it told."""
    try:
        code = cli.main(prog_name="xinyong", standalone_mode=False)
    except XinyongError as error:
        print_problems(error.problems)
        code = error.exit_code
    except click.UsageError as error:
        _usage(error)
        code = 2
    except click.ClickException as error:
        click.echo(visible(error.format_message()), err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    return code if isinstance(code, int) else 0


def _usage(error: click.UsageError) -> None:
    """Bad usage in the user's language."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.ctx.get_help(), err=True)
        return
    text = visible(_usage_text(error))
    where = error.ctx.command_path if error.ctx else "xinyong"
    click.echo(sentence("usage-error", text=text, hint=f"{where} --help"), err=True)


def _usage_text(error: click.UsageError) -> str:
    """What is wrong; of what only we say, and of what is rare, as it was raised."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            return sentence("usage-no-option-near" if near else "usage-no-option", option=name, near=_listed(near or ()))
        case click.MissingParameter(param=click.Option() as option):
            return sentence("usage-option-missing", option=option.opts[0])
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return sentence("usage-argument-missing", argument=name)
        case click.BadParameter():
            name = error.param.opts[0] if error.param else ""
            if error.param and isinstance(error.param.type, click.Choice):
                return sentence("usage-no-choice", name=name, choices=_listed(map(str, error.param.type.choices)))
            return sentence("usage-bad-value", name=name, why=error.message)
        case click.BadOptionUsage(option_name=name):
            return sentence("usage-value-missing", option=name)
        case _:
            return error.format_message()


def _listed(names: Iterable[str]) -> str:
    from engine.rendering.phrases import listed

    return listed(names, language())
