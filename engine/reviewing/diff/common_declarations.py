"""What common files declare for every policy that uses them, and a policy judged by that beside its own revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from engine.model.change import Change, PolicyDiff
from engine.model.comparison import VERDICTS, CommonRecord, JudgedChange
from engine.model.policy import DECLARING_FILES, CommonFile, Declaration, Revision
from engine.model.problem import Path, Place
from engine.model.proof import Proof
from engine.model.revision_history import AlteredRevision, alterations, declaring_revisions, latest_revision
from engine.reading.library import Read
from engine.reviewing.diff.intent import judge

STILL = ("neutral", "text")
"""Directions in which no result differs: what is proved of the others is proved of all together."""


def common_records(old: Read, new: Read) -> tuple[CommonRecord, ...]:
    """The common files whose record differs, in their order."""
    return tuple(record for file in DECLARING_FILES if (record := _record(file, old, new)) is not None)


def _record(file: CommonFile, old: Read, new: Read) -> CommonRecord | None:
    before, after = (side.common.declared.get(file, ()) for side in (old, new))
    declarations = declaring_revisions(after, {declaration.version for declaration in before}, latest_revision(before))
    altered = tuple(alterations(before, after))
    places = tuple(
        (_place(old, file, alteration.was, alteration), _place(new, file, alteration.now, alteration)) for alteration in altered
    )
    return CommonRecord(file, declarations, altered, places) if declarations or altered else None


def _place(side: Read, file: str, at: int | None, alteration: AlteredRevision) -> Place | None:
    path: Path = ("revisions",) if at is None else ("revisions", at, alteration.part) if alteration.part else ("revisions", at)
    if file not in side.sources or (at is None and alteration.part != "order"):
        return None
    return side.sources[file].place(path, at_key=at is None)


def judge_all(changed: PolicyDiff, proofs: Sequence[Proof], records: Iterable[CommonRecord]) -> JudgedChange:
    """As `judge`, but what comes from a common file that declares something is held against that.

    A proof is about all changes together, so it speaks for those of one origin alone where no others can bear on results.
    """
    declared = {record.file: record.declarations for record in records if record.declarations}
    shared: dict[CommonFile, list[Change]] = {}
    own: list[Change] = []
    for change in changed.changes:
        file = changed.common_file(change)
        shared.setdefault(file, []).append(change) if file in declared and file is not None else own.append(change)
    if not shared:
        return judge(changed, proofs)
    parts = [_as_declared(changed, changes, declared[file]) for file, changes in shared.items()]
    parts = [replace(changed, changes=tuple(own)), *parts] if own else parts
    moving = [part for part in parts if part.direction not in STILL]
    judged = [judge(part, proofs if not moving or moving == [part] else ()) for part in parts]
    used = tuple(declaration for file in shared for declaration in declared[file])
    mine = judged[0] if own else judge(replace(changed, changes=()))
    verdicts = [part.verdict for part in judged]
    if len(moving) > 1 and (mine.intent or not own):
        verdicts.append(judge(_as_declared(changed, changed.changes, used, mine.revisions), proofs).verdict)
    outside = {id(change) for part in judged for change in part.outside}
    return JudgedChange(
        mine.revisions,
        mine.intent,
        max(verdicts, key=VERDICTS.index),
        tuple(change for change in changed.changes if id(change) in outside),
        any(part.refuted for part in judged),
        used,
    )


def _as_declared(
    changed: PolicyDiff, changes: Sequence[Change], declarations: Sequence[Declaration], more: Sequence[Revision] = ()
) -> PolicyDiff:  # fmt: skip
    """These changes as if a revision of the policy declared them, which it does of `more`."""
    assert changed.old is not None
    assert changed.new is not None
    entries = [
        Revision(f"{declaration.file} {declaration.version}", declaration.date, declaration.intent, declaration.why)
        for declaration in declarations
    ]
    new = replace(changed.new, version=entries[0].version, revisions=(*entries, *more))
    sides = replace(changed.old, version="", revisions=()), new
    return PolicyDiff(*sides, tuple(changes))
