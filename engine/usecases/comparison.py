"""Two sides read, compared, and held against what the revision declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path as File

from engine.model.change import PolicyDiff
from engine.model.comparison import DiffReport, ReviewedPolicy
from engine.model.problem import InputError, PolicyError
from engine.model.proof import Proof
from engine.model.proportion import Influence
from engine.reading.library import Read, read_library
from engine.reading.near_miss import refuse_others
from engine.reading.revisions import side_files
from engine.reviewing.diff.backward import backward
from engine.reviewing.diff.common_declarations import common_records, judge_all
from engine.reviewing.diff.common_files import common_files_diff
from engine.reviewing.diff.places import places
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.diff.proof_coverage import speaks_of
from engine.reviewing.proportion.influence import influences

Prove = Callable[[PolicyDiff], Sequence[Proof]]


def read_side(side: str) -> Read:
    """One side, sound; what is not keeps the comparison from being carried out."""
    files = side_files(side)
    refuse_others(files, side)
    try:
        return read_library(files)
    except PolicyError as error:
        raise InputError(error.problems) from None


def is_file(read: Read, side: str) -> bool:
    """Whether a side is one file, and no folder."""
    return [File(page.source.file) for page in read.pages] == [File(side)]


def compare_sides(
    sides: Sequence[str], old: Read, new: Read, prove: Prove | None = None, today: int | None = None
) -> DiffReport:
    """Both sides, each policy that differs judged; versions that had ended before `today` may be gone."""
    reviewed = []
    records = common_records(old, new)
    for changed in policy_changes(old.library.policies, new.library.policies, today):
        proofs = prove(changed) if prove else ()
        unspoken = tuple(
            change for change in changed.changes if proofs and change.direction != "text" and not speaks_of(change, changed)
        )
        judged = judge_all(changed, proofs, records)
        past = backward(changed, judged, today)
        where, by_model = places(old, new, changed), _influences(changed)
        reviewed.append(ReviewedPolicy(changed, judged, where, tuple(proofs), unspoken, past, by_model))
    shared = common_files_diff(old, new, reviewed, records)
    return DiffReport(sides[0], sides[1], tuple(reviewed), shared=shared, records=records)


def _influences(changed: PolicyDiff) -> dict[str, tuple[Influence, ...]]:
    """Of a new policy, by model what one adverse record can do: its whole content is appended with it."""
    new = changed.new
    if changed.old is not None or new is None:
        return {}
    return {model.id: tuple(influences(new, model)) for model in new.models.values()}
