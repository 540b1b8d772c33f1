"""An empty workbook for the subjects of a policy and their records, never in the place of one that is filled."""

from __future__ import annotations

from pathlib import Path

from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.rendering.sentences import Lang
from engine.usecases.extras import require_extra
from engine.usecases.output.placing import put_in_place
from engine.usecases.output.target import target
from engine.usecases.output.workspace import disk_of, workspace
from engine.usecases.policies import policy_in_force


def write_empty_workbook(library: Library, policy: str, as_of: int, output: Path, lang: Lang) -> None:
    """For the version in force on a day (an ordinal), with words in `lang`.

    InputError where there is no such version, the output cannot be written, or something else stands there.
    """
    version = policy_in_force(library, policy, as_of)
    require_extra("workbook", "xlsxwriter")
    from engine.rendering.workbook_template import write_template

    with workspace(output) as folder, disk_of(output):
        file = folder / "made.xlsx"
        write_template(file, version, library.catalogue, lang)
        if _is_filled(output, file):
            raise InputError([Problem("template_filled", values={"file": str(output)})])
        put_in_place(file, output)


def _is_filled(output: Path, empty: Path) -> bool:
    """Whether something stands there that the empty workbook would be the end of."""
    goal = target(output)
    if not goal.is_file or goal.state is None or goal.state.st_size == 0:
        return False
    return goal.place.read_bytes() != empty.read_bytes()
