"""The declared intent of a revision, held against what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.model.change import Change, PolicyDiff
from engine.model.comparison import BEYOND, DECLARED, EQUAL, UNKNOWN, VERDICTS, JudgedChange, Verdict
from engine.model.direction import Direction, combined_direction
from engine.model.policy import Revision
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, NEVER_BETTER, NEVER_WORSE, Answer, PairClaim, Proof
from engine.model.proof import UNKNOWN as UNDECIDED
from engine.model.revision_history import declaring_revisions, latest_revision
from engine.reviewing.diff.proof_coverage import cover_with_proofs, speaks_of

ALLOWED: Mapping[Direction, frozenset[Direction]] = {
    "text": frozenset(("text",)),
    "neutral": frozenset(("neutral", "text")),
    "looser": frozenset(("looser", "neutral", "text")),
    "stricter": frozenset(("stricter", "neutral", "text")),
    "mixed": frozenset(("mixed", "looser", "stricter", "neutral", "text")),
}
"""By intent, the directions that it covers."""


CLAIMS: Mapping[Direction, PairClaim] = {
    "text": EQUIVALENT,
    "neutral": EQUIVALENT,
    "looser": NEVER_WORSE,
    "stricter": NEVER_BETTER,
}
"""By intent, what would have to be proved of every model."""


def judge(changed: PolicyDiff, proofs: Sequence[Proof] = ()) -> JudgedChange:
    """What the new version declares beyond the old one, and whether what was found and proved stays within it."""
    revisions = tuple(_added(changed))
    intent = combined_direction(revision.intent for revision in revisions) if revisions else None
    if not changed.changes:
        return JudgedChange(revisions, intent, EQUAL)
    if intent is None:
        altered = tuple(change for change in changed.changes if change.of_record)
        return JudgedChange(revisions, None, DECLARED if _handed_over(changed) else UNKNOWN, altered)
    if changed.old is None:  # there is nothing that it could be looser or stricter than, or both: it is to be read as a whole
        return JudgedChange(revisions, intent, UNKNOWN)
    claimed = [proof for proof in proofs if proof.claim == CLAIMS.get(intent)]
    outside = [
        change for change in changed.changes if not (_covered(intent, change, changed, claimed, proofs) or _other_days(change))
    ]
    verdict = max(_verdict(intent, outside, {proof.answer for proof in claimed}), _uncovered(changed), key=VERDICTS.index)
    refuted = {proof.model for proof in claimed if proof.answer == COUNTEREXAMPLE}
    concerned = [id(change) for model in refuted for change in _concerned(changed, model, outside)]
    marked = tuple(change for change in changed.changes if change in outside or id(change) in concerned)
    return JudgedChange(revisions, intent, verdict, marked, bool(refuted))


def _concerned(changed: PolicyDiff, model: str, outside: Sequence[Change]) -> list[Change]:
    """The changes that a counterexample is about: those that are not covered anyway, or else all that bear on results."""
    mine = [change for change in changed.changes if change.model in (None, model)]
    more = [change for change in mine if change.direction != "text"]
    ways = (
        [change for change in mine if change in outside],
        [change for change in more if speaks_of(change, changed)],
        more,
        mine,
    )
    return next((way for way in ways if way), [])


def _handed_over(changed: PolicyDiff) -> bool:
    """Whether a version only begins or ends on another day or its file is gone, and what differs on any day is told of others."""
    return _uncovered(changed) == DECLARED and all(map(_other_days, changed.changes))


def _other_days(change: Change) -> bool:
    """Whether a change is about days alone on each of which another pair of versions says what differs, if anything."""
    return change.what in ("effective", "policy") and change.how != "renamed" and change.direction == "neutral"


def _uncovered(changed: PolicyDiff) -> Verdict:
    """The verdict on what no intent covers: days without rules, and names under which others do not find anything more."""
    return BEYOND if changed.lost or changed.missed else UNKNOWN if changed.begun else DECLARED


def _verdict(intent: Direction, outside: Sequence[Change], answers: Collection[Answer]) -> Verdict:
    """A change that is certainly not covered is beyond the intent, whatever the others are; so is a counterexample.

    One that may go either way (mixed) is more than words; whether another intent covers it is not known, unless it is proved
    of the models that it bears on: a proof is about all changes together. A proof that is not decided is no pass.
    """
    certain = (change for change in outside if not change.of_record)  # what the record says otherwise is for people to judge
    if COUNTEREXAMPLE in answers or any(change.direction != "mixed" or intent == "text" for change in certain):
        return BEYOND
    return UNKNOWN if outside or UNDECIDED in answers else DECLARED


def _covered(intent: Direction, change: Change, changed: PolicyDiff, claimed: Sequence[Proof], proofs: Sequence[Proof]) -> bool:
    """Whether a change is of a direction that is declared, or what is declared is proved of all that it bears on."""
    if change.of_record:
        return False
    if change.direction in ALLOWED[intent]:
        return True
    return intent != "text" and cover_with_proofs(change, changed, claimed, proofs)


def _added(changed: PolicyDiff) -> Iterable[Revision]:
    """The revisions of the new version that the old one does not have: several where versions lie between, its own among them.

    An entry that is older than what the old version says of itself declares nothing now. Where a version that was there takes
    the place of another on some days, what the versions that came with this declare is declared of these; one that is new
    itself and has no entry declares nothing.
    """
    old, new = changed.old, changed.new
    if new is None:
        return ()
    known = {*changed.known, *((old.version, *(revision.version for revision in old.revisions)) if old else ())}
    revisions = declaring_revisions(new.revisions, known, latest_revision(old.revisions) if old else "", new.version)
    if old is None or any(revision.version == new.version for revision in revisions):
        return revisions
    return changed.beside if old.version != new.version and not revisions else ()
