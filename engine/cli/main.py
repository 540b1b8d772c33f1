"""The command `xinyong`: the commands by who uses them, and the one place where problems end it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

from engine.cli.options import lang_option, language, localized, print_problems, sentence
from engine.cli.streams import guarded
from engine.model.names import nearest_names
from engine.model.problem import XinyongError
from engine.rendering.visible import visible
from engine.usecases.output.closed_stream import ClosedStream

GROUPS: Mapping[str, Mapping[str, str]] = {
    "起草 || Authors": {
        "check": "检查政策：形式、含义和写法 || check policies: shape, meaning and lint",
        "test": "运行政策的样例 || run the cases of policies",
        "docs": "写出政策和归集目录的附件，供印发 || write policies and the catalogue as official annexes",
    },
    "审核 || Reviewers": {
        "diff": "比较两个版本说了什么，谁受影响 || what changed in meaning between two versions, and whom it touches",
    },
    "评价 || Evaluators": {
        "evaluate": "评价主体 || evaluate subjects",
        "explain": "解释一个主体的结果，给人看的完整说明 || explain one subject's result in full, for people",
        "template": "写出一个空工作簿，供填写主体和记录 || write an empty workbook for subjects and records",
    },
}
"""Each command is one module of this package, imported when it is called."""


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
            near = ("、" if language() == "zh" else ", ").join(nearest_names(args[0], self.list_commands(ctx)))
            if near:
                raise click.UsageError(sentence("usage-no-command-near", name=args[0], near=near), ctx)
            raise click.UsageError(sentence("usage-no-command", name=args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in GROUPS.items():
            with formatter.section(localized(title)):
                formatter.write_dl([(name, localized(text)) for name, text in commands.items()])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(localized(self.help))


@click.group(
    cls=Main,
    help="信用：政策写成 YAML，评价主体并说明每一步的依据 || "
    "credit evaluation by policies written in YAML, with the whole reasoning of every result",
)
@lang_option
@click.version_option(package_name="xinyong", message="xinyong %(version)s")
def cli() -> None:
    """The root command."""


def main() -> None:
    """Runs the command; exit code 1 where it found something, 2 where it could not be carried out."""
    with guarded():
        code = _run()
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
    text = error.format_message()
    if language() == "zh":
        text = _in_chinese(error) or text
    text = visible(text)
    where = error.ctx.command_path if error.ctx else "xinyong"
    click.echo(sentence("usage-error", text=text, hint=f"{where} --help"), err=True)


def _in_chinese(error: click.UsageError) -> str | None:
    match error:
        case click.NoSuchOption():
            near = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.MissingParameter(param=click.Option() as option):
            return f"缺少选项 {option.opts[0]}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return f"缺少参数 {name}"
        case click.BadParameter():
            name = error.param.opts[0] if error.param else ""
            if error.param and isinstance(error.param.type, click.Choice):
                return f"{name} 只能是 {'、'.join(map(str, error.param.type.choices))}"
            return f"{name} 的值不对：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 要带一个值"
    return None
