"""Running the cases of policies: what came out otherwise, and what no case reaches or notices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from engine.authoring.cases import run_cases
from engine.authoring.coverage import coverage
from engine.authoring.mutation.run import mutation
from engine.model.case import CaseResult, Coverage, Target, Tested
from engine.model.library import Library
from engine.model.mutation import Mutant, Mutation
from engine.model.policy import Policy
from engine.model.problem import InputError, Place, PolicyError
from engine.reading.cases import CaseFile, find_case_files, read_case_files
from engine.reading.files import find_files, is_yaml, names_in
from engine.reading.library import Read, read_library
from engine.reading.library_cache import load_library
from engine.rendering.explanation.explained import Explained
from engine.usecases.listener import Listener, Steps


def folders_of_cases(paths: Sequence[Path]) -> list[Path]:
    """The folders of policies that cases stand in; none where there are none."""
    above = dict.fromkeys(_above(path) for path in paths)
    return [folder for folder in above if os.path.isdir(folder) and any(map(is_yaml, names_in(folder)))]


def _above(path: Path) -> Path:
    """FOLDER of FOLDER, FOLDER/cases or FOLDER/cases/FILE."""
    folder = path if os.path.isdir(path) else path.parent
    return folder.parent if folder.name == "cases" else folder


def run_policy_cases(
    folders: Sequence[Path], paths: Sequence[Path], listener: Listener, covered: bool = False, mutated: bool = False
) -> list[Tested]:
    """Each policy of the folders put to its cases; where files of cases are named, those policies alone.

    `covered` asks what no case reaches, `mutated` which changes none notices. InputError where policies or cases cannot be
    read.
    """
    try:
        return _tested(folders, paths, listener, covered, mutated)
    except PolicyError as error:
        raise InputError(error.problems) from None


def failures_explained(tested: Iterable[Tested]) -> dict[Place, Explained]:
    """The reasons of the results of failing cases, by their places."""
    from engine.usecases.explain_case import explained_result  # for who has one

    return {place: explained_result(result) for policy in tested for result, place in policy.results if not result.passed}


def _tested(folders: Sequence[Path], paths: Sequence[Path], listener: Listener, covered: bool, mutated: bool) -> list[Tested]:
    read = read_library(find_files(folders)) if covered or mutated else None
    library = read.library if read else load_library(folders)
    files = read_case_files(find_case_files(paths), library)
    named = {file.policy for file in files}
    everything = all(map(os.path.isdir, paths))
    known = dict.fromkeys(policy.id for policy in library.policies if everything or policy.id in named)
    tested = [Tested(policy, tuple(_results(library, policy, files))) for policy in known]
    if read and covered:
        tested = [replace(policy, coverages=_coverages(read, policy)) for policy in tested]
    if read and mutated:
        steps = listener.steps("changes_tried")
        tested = [replace(policy, mutations=_mutations(read, policy, steps)) for policy in tested]
        steps.end()
    return tested


def _results(library: Library, policy: str, files: Sequence[CaseFile]) -> Iterator[tuple[CaseResult, Place]]:
    for file in files:
        if file.policy == policy:
            places = (file.source.place(("examples", case.id), at_key=True) for case in file.cases)
            yield from zip(run_cases(library, file.cases), places, strict=True)


def _coverages(read: Read, tested: Tested) -> tuple[tuple[Coverage, tuple[Place, ...]], ...]:
    versions = read.library.versions(tested.policy)
    coverages = [coverage(version, [result for result, _ in tested.results]) for version in versions]
    return tuple((part, _places(read, part.policy, part.unreached)) for part in coverages)


def _mutations(read: Read, tested: Tested, steps: Steps) -> tuple[tuple[Mutation, tuple[Place, ...]], ...]:
    versions = read.library.versions(tested.policy)
    mutations = [mutation(version, [result for result, _ in tested.results], steps.step) for version in versions]
    return tuple((part, _places(read, part.policy, part.unnoticed)) for part in mutations)


def _places(read: Read, policy: Policy, parts: Iterable[Target | Mutant]) -> tuple[Place, ...]:
    """Where parts of a version stand in its file."""
    source = read.pages[read.library.policies.index(policy)].source
    return tuple(source.place(part.path, at_key=True) for part in parts)
