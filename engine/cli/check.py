"""`xinyong check`: what keeps policies from being used (errors), and what an author would look at again (warnings)."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import click

from engine.authoring.lint.run import lint
from engine.cli.options import Command, Option, lang_option, language, policies_option, policy_paths
from engine.model.problem import PolicyError, Problem
from engine.reading.committed import changed_meaning
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reading.shipped import shipped
from engine.telling.results import problem_json
from engine.telling.snippet import snippets
from engine.telling.words import counted


@click.command(
    cls=Command,
    help="检查政策。PATH 是政策文件夹或文件，默认为政策文件夹。错误必须改正，提示供起草人斟酌。 || "
    "Checks policies. PATH is a folder of policies or a policy file, by default the folder of policies. "
    "Errors must be mended; warnings are opinions.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True,
    help="text 给人看，json 给程序，sarif 给代码平台 || text for people, json for programs, sarif for code hosts",
)  # fmt: skip
@policies_option
@lang_option
def check(paths: tuple[Path, ...], form: str, policies: Path | None) -> int:
    """Exit code 1 where there is an error; warnings alone do not count."""
    files = find_files(list(paths) or policy_paths(policies, told=True))
    problems: list[Problem] = []
    try:
        read = read_library(files)
        problems += changed_meaning(files, read)
        problems += lint(read)
    except PolicyError as error:
        problems += error.problems
    errors = sum(problem.severity == "error" for problem in problems)
    if form == "json":
        click.echo(json.dumps([_as_json(problem) for problem in problems], ensure_ascii=False, indent=2))
        return 1 if errors else 0
    if form == "sarif":
        click.echo(json.dumps(_as_sarif(problems), ensure_ascii=False, indent=2))
        return 1 if errors else 0
    if problems:
        click.echo(snippets(problems, language()))
        click.echo("")
    click.echo(_counted(len(files.policies), errors, len(problems) - errors))
    return 1 if errors else 0


def _counted(files: int, errors: int, warnings: int) -> str:
    if language() == "zh":
        return f"{files} 个政策文件：{errors} 个错误，{warnings} 个提示"
    return f"{counted(files, 'policy file')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"


def _as_sarif(problems: list[Problem]) -> dict[str, object]:
    from engine.telling.sarif import sarif

    pages = {page.stem: page.read_text(encoding="utf-8") for page in shipped("docs/checks").glob("*.md")}
    return sarif(problems, pages, version("xinyong"), language())


def _as_json(problem: Problem) -> dict[str, object]:
    found = {**problem_json(problem, language()), "severity": problem.severity, "near": list(problem.near)}
    if problem.place:
        found |= {"file": problem.place.file, "line": problem.place.line, "column": problem.place.column}
    return found
