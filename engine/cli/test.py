"""`xinyong test`: the cases of policies, what came out otherwise, and what no case reaches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from engine.authoring.cases import run_cases
from engine.authoring.coverage import coverage
from engine.cli.options import Command, Option, lang_option, language, policies_option, policy_paths
from engine.cli.options import report as report_problems
from engine.model.case import CaseResult, Coverage, Tested, per_mille
from engine.model.library import Library
from engine.model.problem import InputError, Place, PolicyError, Problem
from engine.reading.cache import load_library
from engine.reading.cases import CaseFile, find_case_files, read_case_files
from engine.reading.files import find_files
from engine.reading.library import Read, read_library
from engine.telling.cases import as_json, report


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
    "--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="text 给人看，json 给程序 || text for people, json for programs",
)  # fmt: skip
@policies_option
@lang_option
def test(paths: tuple[Path, ...], covered: bool, least: float | None, form: str, policies: Path | None) -> int:
    """Exit code 1 where a case fails or coverage is too low, 2 where policies or cases cannot be read."""
    folders = _policy_folders(paths, policies)
    try:
        tested = _tested(folders, paths or folders, covered or least is not None)
    except PolicyError as error:
        raise InputError(error.problems) from None
    if form == "json":
        click.echo(json.dumps(as_json(tested), ensure_ascii=False, indent=2))
    else:
        click.echo(report(tested, language()), nl=False)
    low = [] if least is None else [one for one in tested if per_mille([part for part, _ in one.coverages]) < least * 10]
    report_problems(_below(one, least) for one in low)
    return 1 if low or any(one.failed for one in tested) else 0


def _below(tested: Tested, least: float | None) -> Problem:
    found = per_mille([one for one, _ in tested.coverages]) / 10
    return Problem("below_coverage", values={"policy": tested.policy, "found": found, "needed": least})


def _policy_folders(paths: Sequence[Path], chosen: Path | None) -> list[Path]:
    """Those given by --policies; or else those that the cases stand in; or else the default."""
    beside = dict.fromkeys(_above(path) for path in paths) if chosen is None else {}
    found = [folder for folder in beside if folder.is_dir() and any(folder.glob("*.y*ml"))]
    return found or policy_paths(chosen, told=True)


def _above(path: Path) -> Path:
    """FOLDER of FOLDER, FOLDER/cases or FOLDER/cases/FILE."""
    folder = path if path.is_dir() else path.parent
    return folder.parent if folder.name == "cases" else folder


def _tested(folders: Sequence[Path], paths: Sequence[Path], covered: bool) -> list[Tested]:
    """Each policy of the folders put to its cases; where files of cases are named, those policies alone."""
    read = read_library(find_files(folders)) if covered else None
    library = read.library if read else load_library(folders)
    files = read_case_files(find_case_files(paths), library)
    named = {file.policy for file in files}
    everything = all(path.is_dir() for path in paths)
    known = dict.fromkeys(policy.id for policy in library.policies)
    return [_policy(library, read, policy, files) for policy in known if everything or policy in named]


def _policy(library: Library, read: Read | None, policy: str, files: Sequence[CaseFile]) -> Tested:
    pairs: list[tuple[CaseResult, Place]] = []
    for file in files:
        if file.policy == policy:
            places = (file.source.place(("examples", case.id), at_key=True) for case in file.cases)
            pairs += zip(run_cases(library, file.cases), places, strict=True)
    results = [result for result, _ in pairs]
    coverages = [_placed(read, coverage(version, results)) for version in library.versions(policy)] if read else []
    return Tested(policy, tuple(pairs), tuple(coverages))


def _placed(read: Read, found: Coverage) -> tuple[Coverage, tuple[Place, ...]]:
    """With the places of what is not reached, in the file of that version."""
    source = read.pages[read.library.policies.index(found.policy)].source
    return found, tuple(source.place(target.path, at_key=True) for target in found.unreached)
