"""Comparing two versions of policies: what changed in meaning, what is proved of it, and whom of a population it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import PolicyDiff
from engine.model.comparison import DiffReport
from engine.model.impact import Impact
from engine.model.problem import InputError, Problem
from engine.model.proof import Proof
from engine.reading.library import Read
from engine.usecases.comparison import Prove, compare_sides, is_file, read_side
from engine.usecases.extras import require_extra
from engine.usecases.listener import Listener
from engine.usecases.preparation import Preparer, examination, gather_preparation


class DiffRequest(Struct, frozen=True):
    """Two files, folders, or either as of a git revision (`REV:PATH`), and what is asked of them; days are ordinals.

    `day_chosen` is whether somebody chose the as-of date, rather than the clock; `today` is the clock's day. `allowed` are
    limits in percent, by name; `memory` is what DuckDB may use at most. `preparer` is asked for where the report says how it
    was prepared.
    """

    old: str
    new: str
    as_of: int
    today: int
    day_chosen: bool = True
    population: tuple[Path, ...] = ()
    allowed: Mapping[str, float] = {}
    memory: str | None = None
    prove: bool = False
    preparer: Preparer | None = None


def compare_versions(request: DiffRequest, listener: Listener) -> DiffReport:
    """The whole report; InputError where a side is not sound, or the population cannot be read."""
    old, new = read_side(request.old), read_side(request.new)
    if is_file(old, request.old) != is_file(new, request.new):
        raise InputError([Problem("file_and_folder", values={"old": request.old, "new": request.new})])
    prove = _prover(new, request.as_of, listener) if request.prove else None
    report = compare_sides((request.old, request.new), old, new, prove, min(request.as_of, request.today))
    if request.population:
        report = replace(report, impact=_impact(old, new, report, request, listener), allowed=dict(request.allowed))
    report = replace(report, examination=examination(report, old, new))
    if request.preparer is not None:
        prepared = gather_preparation(report, old, new, request.population, request.preparer)
        report = replace(report, prepared=prepared)
    return report


def _prover(after: Read, as_of: int, listener: Listener) -> Prove:
    """Proves of one pair of versions after another, on the days on which one stands in place of the other, and tells how far."""
    require_extra("proof", "z3")
    from engine.reviewing.proof import version_pairs  # z3 takes half a second

    steps = listener.steps("policies_proved", slow=True)

    def prove(changed: PolicyDiff) -> Sequence[Proof]:
        if changed.old is None or changed.new is None:
            return []
        proofs = version_pairs.compare_versions(
            changed.old, changed.new, as_of, beside=after.library.policies, within=changed.within
        )
        steps.step()
        steps.end()
        return proofs

    return prove


def _impact(old: Read, new: Read, report: DiffReport, request: DiffRequest, listener: Listener) -> Impact:
    require_extra("columnar", "ibis")
    from engine.usecases.population import population_impact  # so does Ibis

    changed = [policy.changed for policy in report.policies]
    return population_impact(
        old.library, new.library, changed, request.population, request.as_of, listener, request.memory, request.day_chosen
    )
