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
    localized,
    memory_option,
    on_option,
    print_problems,
    today,
)
from engine.cli.progress import TERMINAL
from engine.cli.text_output import output_to
from engine.model.comparison import BEYOND, DECLARED, EQUAL, EXCEEDED, UNKNOWN
from engine.model.impact import LIMITS
from engine.rendering.changes.verdict import exceeded_text
from engine.usecases.diff import DiffRequest, compare_versions
from engine.usecases.output.checked import check_outputs, policy_files
from engine.usecases.preparation import Preparer

CODES = {EQUAL: 0, DECLARED: 1, BEYOND: 3, EXCEEDED: 3, UNKNOWN: 4}
"""How the command ends with --exit-code; 2 is kept for what cannot be carried out."""


@click.command(
    cls=Command,
    help="比较两个版本的政策说了什么：每处改动的原值、新值、位置、依据和方向（放宽、收紧、有宽有严、不影响结果、文字），"
    "并与修订记录声明的意图核对。OLD、NEW 是政策文件、政策文件夹，或者 git 版本中的文件、文件夹，写作 REV:PATH，如 main:policies。"
    "注释、次序和写法不算改动。\n\n"
    "退出码：0 比较完成，2 没有做成，3 超出 --max-downgraded 等限度，或者写了限度而有版本在基准日没有施行、没有比较。加 --exit-code 的：0 含义相同，1 与声明相符，"
    "3 超出声明，4 不能判定（没有声明意图，有的改动有宽有严，或者证明没有结果）。 || "
    "Compares what two versions of policies say: each change with its old and new value, where it stands, its basis and its "
    "direction (looser, stricter, mixed, neutral, text), and holds it against the declared intent of the revision. OLD and "
    "NEW are policy files, folders of policies, or either as of a git revision, REV:PATH, such as main:policies. Comments, "
    "order and spelling are no change.\n\n"
    "Exit codes: 0 compared, 2 it could not be carried out, 3 more than --max-downgraded and its like allow, or a limit is set and a version is not in force on the as-of date, so not compared. "
    "With --exit-code: 0 equal, 1 as declared, 3 beyond what is declared, 4 unknown (no intent is declared, a change is "
    "mixed, or a proof is not decided).",
)
@click.argument("sides", nargs=-1, metavar="OLD NEW")
@click.option(
    "--population", "inputs", cls=Option, multiple=True, type=click.Path(path_type=Path), metavar="INPUT",
    help="用两个版本评价这些主体，看谁受影响；同 evaluate 的 INPUT || evaluate these subjects by both versions; as INPUT of evaluate",
)  # fmt: skip
@as_of_option
@click.option(
    "--max-downgraded", "max_downgraded", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT",
    help="任一模型降级或者不再有结果的主体超过这个百分比算未通过 || fail where more of a model's subjects go to a worse level or lose their result",
)  # fmt: skip
@click.option(
    "--max-lost-incentives", "max_lost_incentives", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT",
    help="任一模型失去激励的主体超过这个百分比算未通过 || fail where more of a model's subjects lose an incentive",
)  # fmt: skip
@click.option(
    "--max-new-restrictions", "max_new_restrictions", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT",
    help="任一模型新受惩戒的主体超过这个百分比算未通过 || fail where more of a model's subjects come under a restriction",
)  # fmt: skip
@memory_option
@click.option(
    "--prove", "proved", cls=Option, is_flag=True,
    help="对归集目录允许的所有主体证明：结果相同，或者不会更差、更好 || "
    "prove for every subject that the catalogue allows: the same, or never worse, or never better",
)  # fmt: skip
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json", "markdown", "html"]), default="text", show_default=True,
    help="text 给终端，markdown 作合并请求的评论，html 是供签批的一页，json 给程序 || "
    "text for the terminal, markdown for a merge request, html is the page to sign, json for programs",
)  # fmt: skip
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE", help="写入文件 || write to a file")
@click.option("--exit-code", "coded", cls=Option, is_flag=True, help="以退出码表示结论 || tell the verdict by the exit code")
@click.option(
    "--git", "driven", cls=Option, is_flag=True, help="由 git diff 调用，见 docs/reviewer.md || as called by git diff"
)
@click.option(
    "--prepared-by", "by", cls=Option, metavar="TEXT",
    help="报送单位或者拟稿人，写进报告 || who hands this in, for the report",
)  # fmt: skip
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
            raise click.UsageError(
                localized("--git 由 git diff 调用，不带别的选项 || --git is called by git diff, without other options") or ""
            )
        return run_driver(sides)
    if len(sides) != 2:
        raise click.UsageError(localized("要写 OLD 和 NEW 两边 || name both sides, OLD and NEW") or "")
    if allowed and not inputs:
        option = "--max-" + next(iter(allowed)).replace("_", "-")
        raise click.UsageError(localized(f"{option} 要与 --population 同用 || {option} goes with --population") or "")
    check_outputs([output], (*inputs, *policy_files(map(Path, sides))))
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
