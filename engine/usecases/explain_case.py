"""Explaining a case of a policy: what comes out of it, by the one model that it examines, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path as File

from msgspec.structs import replace

from engine.advising.uncounted import uncounted
from engine.authoring.cases import run_cases
from engine.model.case import CaseResult
from engine.model.evaluation import Evaluation, Rejection
from engine.model.library import Library
from engine.model.names import nearest_names
from engine.model.policy import Policy
from engine.model.problem import InputError, Path, Place, Problem
from engine.reading.cases import find_case_files, read_case_files
from engine.rendering.explanation.explained import Explained, Reader
from engine.usecases.explain import Explanation, audited, reasoned
from engine.usecases.policies import require_policy


def explain_case(
    library: Library, folders: Sequence[File], name: str, reader: Reader, places_in: Callable[[Policy], Mapping[Path, Place]]
) -> Explanation:  # fmt: skip
    """What comes out of the case POLICY/CASE of folders; InputError where there is none of that name."""
    policy, _, key = name.partition("/")
    require_policy(library, policy)
    files = read_case_files(find_case_files(folders), library)
    cases = {case.id: case for file in files if file.policy == policy for case in file.cases}
    if key not in cases:
        values = {"policy": policy, "case": key}
        raise InputError([Problem("case_unknown", values=values, near=nearest_names(key, list(cases)))])
    (result,) = run_cases(library, [cases[key]])
    view = explained_result(result)
    if reader == "auditor":
        view = audited(result.outcome, view, places_in)
    return Explanation(((result.outcome, view),), (), isinstance(result.outcome, Rejection))


def explained_result(result: CaseResult) -> Explained:
    """The reasons of what came out of a case."""
    subject, outcome = result.case.subject, result.outcome
    if not isinstance(outcome, Evaluation):
        return Explained(subject)
    passed_over = uncounted(outcome.policy, outcome.model, subject, outcome.as_of)
    return replace(reasoned(outcome, subject), uncounted=passed_over)
