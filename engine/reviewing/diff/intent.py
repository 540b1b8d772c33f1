"""The declared intent of a revision, held against what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from engine.model.change import Change, Changed, together
from engine.model.comparison import BEYOND, DECLARED, EQUAL, UNKNOWN, Judged
from engine.model.policy import Revision
from engine.model.proof import COUNTEREXAMPLE, EQUIVALENT, MEASURES, NEVER_BETTER, NEVER_WORSE, PROVED, RESULT, Proof
from engine.model.proof import UNKNOWN as UNDECIDED

ALLOWED: Mapping[str, frozenset[str]] = {
    "text": frozenset(("text",)),
    "neutral": frozenset(("neutral", "text")),
    "looser": frozenset(("looser", "neutral", "text")),
    "stricter": frozenset(("stricter", "neutral", "text")),
    "mixed": frozenset(("mixed", "looser", "stricter", "neutral", "text")),
}
"""By intent, the directions that it covers."""


CLAIMS: Mapping[str, str] = {
    "text": EQUIVALENT,
    "neutral": EQUIVALENT,
    "looser": NEVER_WORSE,
    "stricter": NEVER_BETTER,
}
"""By intent, what would have to be proved of every model."""


def judge(changed: Changed, proofs: Sequence[Proof] = ()) -> Judged:
    """What the new version declares beyond the old one, and whether what was found and proved stays within it."""
    revisions = tuple(_added(changed))
    intent = together(one.intent for one in revisions) if revisions else None
    if not changed.changes:
        return Judged(revisions, intent, EQUAL)
    if intent is None:
        altered = tuple(one for one in changed.changes if one.of_record)
        return Judged(revisions, None, DECLARED if _handed_over(changed) else UNKNOWN, altered)
    if changed.old is None:  # there is nothing to hold it against: it is to be read as a whole
        return Judged(revisions, intent, UNKNOWN)
    asked = [one for one in proofs if one.claim == CLAIMS.get(intent)]
    outside = tuple(one for one in changed.changes if not _covered(intent, one, asked))
    return Judged(revisions, intent, _verdict(intent, outside, set(_answers(asked, proofs))), outside)


def _handed_over(changed: Changed) -> bool:
    """Whether a version only ends on another day, and others are in force on all those that it was."""
    return all(one.what == "effective" and one.direction == "neutral" for one in changed.changes)


def _verdict(intent: str, outside: Sequence[Change], answers: Collection[str]) -> str:
    """A change that is certainly not covered is beyond the intent, whatever the others are; so is a counterexample.

    One that may go either way (mixed) is more than words; whether another intent covers it is not known, unless it is proved
    of the models that it bears on: a proof is about all changes together. A proof that is not decided is no pass.
    """
    certain = (one for one in outside if not one.of_record)  # what the record says otherwise is for people to judge
    if COUNTEREXAMPLE in answers or any(one.direction != "mixed" or intent == "text" for one in certain):
        return BEYOND
    return UNKNOWN if outside or UNDECIDED in answers else DECLARED


def _covered(intent: str, change: Change, asked: Sequence[Proof]) -> bool:
    """Whether a change is of a direction that is declared, or what is declared is proved of its models all the same."""
    if change.of_record:
        return False
    if change.direction in ALLOWED[intent]:
        return True
    about = MEASURES if change.new_path[2:3] == ("measures",) else RESULT
    of_its = [one for one in asked if one.about == about and change.model in (None, one.model)]
    whole = change.what in ("policy", "model", "effective", "catalogue")  # proofs are about the rules alone
    return bool(of_its) and intent != "text" and not whole and all(one.answer == PROVED for one in of_its)


def _answers(asked: Iterable[Proof], proofs: Iterable[Proof]) -> Iterator[str]:
    """About results; about measures only where the results are the same, for another level brings others by itself."""
    same = {one.model for one in proofs if (one.claim, one.about, one.answer) == (EQUIVALENT, RESULT, PROVED)}
    return (one.answer for one in asked if one.about == RESULT or one.model in same)


def _added(changed: Changed) -> Iterable[Revision]:
    """The revisions of the new version that the old one does not have: several where versions lie between."""
    if changed.new is None:
        return ()
    known = {changed.old.version, *(one.version for one in changed.old.revisions)} if changed.old else set()
    return (one for one in changed.new.revisions if one.version not in known)
