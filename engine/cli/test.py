"""`xinyong test`: the cases of policies, what came out otherwise, and what no case reaches or notices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from engine.authoring.cases import run_cases
from engine.authoring.coverage import coverage
from engine.authoring.mutation.run import mutation
from engine.cli.options import Command, Option, lang_option, language, policies_option, policy_paths
from engine.cli.options import print_problems as report_problems
from engine.cli.output.text import json_text
from engine.cli.progress import Progress
from engine.model.case import CaseResult, Coverage, Target, Tested, per_mille
from engine.model.library import Library
from engine.model.mutation import Mutant, Mutation, noticed_per_mille
from engine.model.policy import Policy
from engine.model.problem import InputError, Place, PolicyError, Problem
from engine.reading.cases import CaseFile, find_case_files, read_case_files
from engine.reading.files import find_files, is_yaml, names_in
from engine.reading.library import Read, read_library
from engine.reading.library_cache import load_library
from engine.rendering.case_results import cases_json, cases_text
from engine.rendering.visible import visible_in


@click.command(
    cls=Command,
    help="运行政策的样例。PATH 是样例文件，或内有 cases/ 的文件夹，默认是政策文件夹。 || "
    "Runs the cases of policies. PATH is a file of cases, or a folder with cases/, by default that of the policies.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option(
    "--coverage", "covered", cls=Option, is_flag=True,
    help="列出没有样例到达的分档、选项、否决、措施等 || list the bands, choices, vetoes, measures, … that no case reaches",
)  # fmt: skip
@click.option(
    "--min-coverage", "least", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT",
    help="覆盖不到这个百分比算未通过 || fail where coverage is below this percentage",
)  # fmt: skip
@click.option(
    "--mutate", "mutated", cls=Option, is_flag=True,
    help="把政策的界限、分值、期间等逐一改动，列出没有样例察觉的改动 || change thresholds, points, windows, … one by one, and list the changes that no case notices",
)  # fmt: skip
@click.option(
    "--min-noticed", "least_noticed", cls=Option, type=click.FloatRange(0, 100), metavar="PERCENT",
    help="察觉的改动不到这个百分比算未通过 || fail where fewer changes than this percentage are noticed",
)  # fmt: skip
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="text 给人看，json 给程序 || text for people, json for programs",
)  # fmt: skip
@policies_option
@lang_option
def test(
    paths: tuple[Path, ...], covered: bool, least: float | None, mutated: bool, least_noticed: float | None, form: str,
    policies: Path | None,
) -> int:  # fmt: skip
    """Exit code 1 where a case fails or too little is covered or noticed, 2 where policies or cases cannot be read."""
    folders = _policy_folders(paths, policies)
    covered, mutated = covered or least is not None, mutated or least_noticed is not None
    try:
        tested = _tested(folders, paths or folders, covered, mutated)
    except PolicyError as error:
        raise InputError(error.problems) from None
    if form == "json":
        click.echo(json_text(cases_json(tested), indent=2))
    else:
        click.echo(cases_text(visible_in(tested), language()), nl=False)
    low = [*_below("below_coverage", least, _covered(tested)), *_below("below_noticed", least_noticed, _noticed(tested))]
    report_problems(low)
    return 1 if low or any(one.failed for one in tested) else 0


def _covered(tested: Sequence[Tested]) -> Iterator[tuple[str, int]]:
    return ((one.policy, per_mille([part for part, _ in one.coverages])) for one in tested)


def _noticed(tested: Sequence[Tested]) -> Iterator[tuple[str, int]]:
    return ((one.policy, noticed_per_mille([part for part, _ in one.mutations])) for one in tested)


def _below(code: str, least: float | None, found: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    """The policies of which too little is found, in a thousand."""
    for policy, share in found:
        if least is not None and share < least * 10:
            yield Problem(code, values={"policy": policy, "found": share / 10, "needed": least})


def _policy_folders(paths: Sequence[Path], chosen: Path | None) -> list[Path]:
    """Those given by --policies; or else those that the cases stand in; or else the default."""
    beside = dict.fromkeys(_above(path) for path in paths) if chosen is None else {}
    found = [folder for folder in beside if os.path.isdir(folder) and any(map(is_yaml, names_in(folder)))]
    return found or policy_paths(chosen, told=True)


def _above(path: Path) -> Path:
    """FOLDER of FOLDER, FOLDER/cases or FOLDER/cases/FILE."""
    folder = path if os.path.isdir(path) else path.parent
    return folder.parent if folder.name == "cases" else folder


def _tested(folders: Sequence[Path], paths: Sequence[Path], covered: bool, mutated: bool) -> list[Tested]:
    """Each policy of the folders put to its cases; where files of cases are named, those policies alone."""
    read = read_library(find_files(folders)) if covered or mutated else None
    library = read.library if read else load_library(folders)
    files = read_case_files(find_case_files(paths), library)
    named = {file.policy for file in files}
    everything = all(map(os.path.isdir, paths))
    known = dict.fromkeys(policy.id for policy in library.policies if everything or policy.id in named)
    tested = [Tested(policy, tuple(_results(library, policy, files))) for policy in known]
    if read and covered:
        tested = [replace(one, coverages=_coverages(read, one)) for one in tested]
    if read and mutated:
        progress = Progress(("已试改动", "changes tried"))
        tested = [replace(one, mutations=_mutations(read, one, progress)) for one in tested]
        progress.end()
    return tested


def _results(library: Library, policy: str, files: Sequence[CaseFile]) -> Iterator[tuple[CaseResult, Place]]:
    for file in files:
        if file.policy == policy:
            places = (file.source.place(("examples", case.id), at_key=True) for case in file.cases)
            yield from zip(run_cases(library, file.cases), places, strict=True)


def _coverages(read: Read, tested: Tested) -> tuple[tuple[Coverage, tuple[Place, ...]], ...]:
    versions = read.library.versions(tested.policy)
    found = [coverage(version, [result for result, _ in tested.results]) for version in versions]
    return tuple((one, _places(read, one.policy, one.unreached)) for one in found)


def _mutations(read: Read, tested: Tested, progress: Progress) -> tuple[tuple[Mutation, tuple[Place, ...]], ...]:
    versions = read.library.versions(tested.policy)
    found = [mutation(version, [result for result, _ in tested.results], progress.step) for version in versions]
    return tuple((one, _places(read, one.policy, one.unnoticed)) for one in found)


def _places(read: Read, policy: Policy, parts: Iterable[Target | Mutant]) -> tuple[Place, ...]:
    """Where parts of a version stand in its file."""
    source = read.pages[read.library.policies.index(policy)].source
    return tuple(source.place(part.path, at_key=True) for part in parts)
