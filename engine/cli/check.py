"""`xinyong check`: what keeps policies from being used (errors), and what an author would look at again (warnings)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import click

from engine.cli.options import Command, Option, as_of_option, lang_option, language, policies_option, policy_paths, sentence
from engine.cli.progress import TERMINAL
from engine.cli.text_output import json_text
from engine.model.problem import Problem
from engine.reading.published_commit import HERE, Published
from engine.reading.resources import resource_folder
from engine.rendering.evaluation_json import problem_json
from engine.rendering.phrases import with_commas, with_label
from engine.rendering.proofs import proof_json, proofs_summary, proofs_text
from engine.rendering.snippet import snippets
from engine.rendering.visible import visible, visible_in
from engine.usecases.check import CheckResult, check_policies
from engine.usecases.extras import require_extra

AGAINST = ("meaning_changed", "common_changed", "revision_altered", "revision_removed", "revisions_order")
"""What rests on a comparison with what was published."""

SHORT = 12
"""So much of a commit's hash tells commits apart."""


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--prove", "proved", cls=Option, is_flag=True)
@click.option("--against", cls=Option, metavar="REV")
@as_of_option
@policies_option
@lang_option
def check(
    paths: tuple[Path, ...], form: str, proved: bool, against: str | None, as_of: int, policies: Path | None
) -> int:  # fmt: skip
    """Exit code 1 where there is an error, or a claim that must hold does not; warnings alone do not count."""
    if proved:
        if form == "sarif":
            raise click.UsageError(sentence("usage-sarif-proofs"))
        require_extra("proof", "z3")
    result = check_policies(list(paths) or policy_paths(policies, warn=True), as_of, TERMINAL, proved, against)
    if form == "json":
        problems = [_as_json(problem) for problem in result.problems]
        click.echo(json_text(problems + [proof_json(proof, place) for proof, place in result.proofs], indent=2))
    elif form == "sarif":
        click.echo(json_text(_as_sarif(result.problems), indent=2))
    else:
        _print(result)
    return 1 if result.failed else 0


def _print(result: CheckResult) -> None:
    problems, base = result.problems, result.base
    if problems:
        click.echo(snippets(problems, language()))
        click.echo("")
    if base is not None and base.of != HERE and any(problem.code in AGAINST for problem in problems):
        click.echo(_against(base))
    if result.shipped is not None:
        click.echo(visible(sentence("extended", folder=result.shipped)))
    proofs = visible_in(list(result.proofs))
    if proofs:
        click.echo(proofs_text(proofs, language()))
    click.echo(_counts(result.files, result.errors, len(problems) - result.errors))
    if proofs:
        click.echo(proofs_summary([proof for proof, _ in proofs], language()))


def _against(base: Published) -> str:
    return visible(sentence("published", of=base.of, commit=base.commit[:SHORT]))


def _counts(files: int, errors: int, warnings: int) -> str:
    counts = [sentence("errors-counted", count=errors), sentence("warnings-counted", count=warnings)]
    return with_label(sentence("files-counted", count=files), with_commas(counts, language()), language())


def _as_sarif(problems: Sequence[Problem]) -> dict[str, object]:
    from engine.rendering.sarif import sarif

    pages = {page.stem: page.read_text(encoding="utf-8") for page in resource_folder("docs/checks").glob("*.md")}
    return sarif(problems, pages, version("xinyong"), language())


def _as_json(problem: Problem) -> dict[str, object]:
    entry = {**problem_json(problem, language()), "severity": problem.severity, "near": list(problem.near)}
    if problem.place:
        entry |= {"file": problem.place.file, "line": problem.place.line, "column": problem.place.column}
    return entry
