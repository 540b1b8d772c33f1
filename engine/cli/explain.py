"""`xinyong explain`: one subject's result as a report for a person."""

from __future__ import annotations

import os
from pathlib import Path

import click

from engine.cli.evaluate import evaluate_documents, known_policy, of_policy, read_documents
from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    fail,
    lang_option,
    language,
    policies_option,
    policy_paths,
    print_problems,
)
from engine.cli.output.checked import check_outputs, policy_files
from engine.cli.output.text import output_to
from engine.evaluating import single
from engine.evaluating.reasons import reasons
from engine.model.evaluation import Evaluation, Outcome, Rejection
from engine.model.problem import Problem
from engine.model.subject import Subject
from engine.reading.library_cache import load_library
from engine.rendering.explain_text import ExplainView, print_report
from engine.rendering.visible import visible_in

WIDTH = 120
"""Columns where the output is no terminal."""


@click.command(
    cls=Command,
    help="解释一个主体的结果：每个事实及其记录、每项得分及算法、一票否决、措施，各有依据。 || "
    "Explains one subject's result: every fact with its records, every indicator's points and how they came about, "
    "vetoes and measures, each with its basis.",
)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--subject", "name", cls=Option, metavar="ID", help="输入有多个主体时指明一个 || which subject of several")
@click.option("--policy", cls=Option, metavar="ID", help="只要这个政策的结果 || the result of this policy alone")
@as_of_option
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE", help="写入文件 || write to a file")
@policies_option
@lang_option
def explain(
    inputs: tuple[Path, ...], name: str | None, policy: str | None, as_of: int, output: Path | None, policies: Path | None
) -> int:
    """Exit code 1 where the subject is rejected."""
    folders = policy_paths(policies)
    check_outputs([output], (*inputs, *policy_files(folders)))
    library = load_library(folders)
    if policy is not None:
        known_policy(library, policy)
    documents = read_documents(library, inputs, as_of)
    outcomes = evaluate_documents(library, documents, as_of, single.judge)
    if policy is not None:
        outcomes = of_policy(outcomes, policy)
    subjects = {one.id: one for one in documents if isinstance(one, Subject)}
    chosen = [outcome for outcome in outcomes if outcome.subject == _chosen(name, subjects, outcomes)]
    refused = [one for one in chosen if isinstance(one, Rejection) and one.subject not in subjects]
    print_problems(problem for one in refused for problem in one.problems)
    shown = [outcome for outcome in chosen if outcome not in refused]
    if not chosen:
        fail(Problem("nothing_applies", values={"id": name or next(iter(subjects))}))
    with output_to(output) as write:
        write(_pages(shown, subjects, output is None))
    return 1 if any(isinstance(outcome, Rejection) for outcome in chosen) else 0


def _chosen(name: str | None, subjects: dict[str, Subject], outcomes: list[Outcome]) -> str | None:
    """The subject to explain: the one named, or the only one."""
    found = list(dict.fromkeys([*subjects, *(one.subject for one in outcomes if one.subject)]))
    if name is not None:
        if name not in found:
            fail(Problem("subject_unknown", values={"id": name}))
        return name
    if len(found) > 1:
        fail(Problem("one_subject", values={"count": len(found)}))
    return found[0] if found else None


def _pages(outcomes: list[Outcome], subjects: dict[str, Subject], to_terminal: bool) -> str:
    from rich.console import Console

    console = Console(
        width=None if to_terminal and os.isatty(1) else WIDTH, highlight=False, soft_wrap=False, emoji=False, markup=False
    )
    with console.capture() as captured:
        for index, outcome in enumerate(outcomes):
            if index:
                console.rule(style="dim")
            shown = _shown(outcome, subjects[str(outcome.subject)])
            print_report(visible_in(outcome), visible_in(shown), language(), console)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _shown(outcome: Outcome, subject: Subject) -> ExplainView:
    if not isinstance(outcome, Evaluation):
        return ExplainView(subject, {}, {}, {})
    why = reasons(outcome)
    following = why.next_level
    if following is None:
        return ExplainView(subject, dict(why.applied), dict(why.measures), dict(why.vetoes))
    gains = [(gain.indicator, gain.points, gain.enough) for gain in following.gains]
    return ExplainView(
        subject, dict(why.applied), dict(why.measures), dict(why.vetoes), following.level, following.missing, gains,
        following.vetoes, following.without_vetoes, following.unmet,
    )  # fmt: skip
