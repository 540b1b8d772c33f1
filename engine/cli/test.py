"""`xinyong test`: the cases of policies, what came out otherwise, and what no case reaches or notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from engine.cli.options import (
    Command,
    Option,
    lang_option,
    language,
    policies_option,
    policy_paths,
    print_problems,
)  # fmt: skip
from engine.cli.progress import TERMINAL
from engine.cli.text_output import json_text
from engine.model.case import Tested, per_mille
from engine.model.mutation import noticed_per_mille
from engine.model.problem import Problem
from engine.rendering.case_results import cases_json, cases_text
from engine.rendering.visible import visible_in
from engine.usecases.cases import failures_explained, folders_of_cases, run_policy_cases


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--coverage", "covered", cls=Option, is_flag=True)
@click.option("--min-coverage", "least", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT")
@click.option("--mutate", "mutated", cls=Option, is_flag=True)
@click.option("--min-noticed", "least_noticed", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text", show_default=True)
@policies_option
@lang_option
def test(
    paths: tuple[Path, ...], covered: bool, least: float | None, mutated: bool, least_noticed: float | None, form: str,
    policies: Path | None,
) -> int:  # fmt: skip
    """Exit code 1 where a case fails or too little is covered or noticed, 2 where policies or cases cannot be read."""
    folders = (folders_of_cases(paths) if policies is None else []) or policy_paths(policies, warn=True)
    covered, mutated = covered or least is not None, mutated or least_noticed is not None
    tested = run_policy_cases(folders, paths or folders, TERMINAL, covered, mutated)
    if form == "json":
        click.echo(json_text(cases_json(tested), indent=2))
    else:
        results, reasons = visible_in((tested, failures_explained(tested)))
        click.echo(cases_text(results, language(), reasons), nl=False)
    low = [*_below("below_coverage", least, _covered(tested)), *_below("below_noticed", least_noticed, _noticed(tested))]
    print_problems(low)
    return 1 if low or any(policy.failed for policy in tested) else 0


def _covered(tested: Sequence[Tested]) -> Iterator[tuple[str, int]]:
    return ((policy.policy, per_mille([part for part, _ in policy.coverages])) for policy in tested)


def _noticed(tested: Sequence[Tested]) -> Iterator[tuple[str, int]]:
    return ((policy.policy, noticed_per_mille([part for part, _ in policy.mutations])) for policy in tested)


def _below(code: str, least: float | None, shares: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """The policies of which too little is reached or noticed, in a thousand."""
    for policy, share in shares:
        if least is not None and share < least * 10:
            yield Problem(code, values={"policy": policy, "found": share / 10, "needed": least})
