"""Explaining one subject's results: each with the reasons for it, ready to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.advising.uncounted import uncounted_in
from engine.evaluating.order import Plan
from engine.evaluating.reasons import reasons
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.policy import Policy
from engine.model.problem import InputError, Path, Place, Problem
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument, subject_name
from engine.reading.program_files import content_digest
from engine.reading.subject import id_of_subject
from engine.rendering.explanation.explained import Explained, Reader
from engine.usecases.documents import Documents
from engine.usecases.evaluate import evaluate_documents
from engine.usecases.listener import Listener, Silent
from engine.usecases.outlook import Outlook, outlook


class Explanation(Struct, frozen=True):
    """The results of one subject, each with what a page shows beside it; where its document cannot be read, what it is
    `refused` for. `rejected` is whether one of them is a rejection, or the whole document is refused.
    """

    results: tuple[tuple[Outcome, Explained], ...]
    refused: tuple[Rejection, ...]
    rejected: bool


class Choice(Struct, frozen=True):
    """Of whom and of which policy the results are explained, and for whom; None of what there is only one of, or all."""

    subject: str | None = None
    policy: str | None = None
    reader: Reader = "company"


def explain_documents(
    plan_on: Callable[[int], Plan], as_of: int, documents: Documents, listener: Listener, choice: Choice,
    places_in: Callable[[Policy], Mapping[Path, Place]] = lambda policy: {},
) -> Explanation:  # fmt: skip
    """The results of the subject named, or of the only one there is, by the models of a day; of one policy where it is named.

    `plan_on` gives what runs on a day; `places_in` where the parts of a policy stand, which auditors see.
    InputError where the subject is none of several, or nothing applies to it.
    """
    models = plan_on(as_of)
    every = evaluate_documents(models, documents, Silent())  # that nothing applies to others is no matter here
    outcomes = [outcome for outcome in every if choice.policy in (None, _policy_of(outcome))]
    subjects = {document.id: document for document in documents if isinstance(document, Subject)}
    name = _chosen(choice.subject, subjects, outcomes) if outcomes else None
    chosen = [outcome for outcome in outcomes if outcome.subject == name]
    refused = [outcome for outcome in chosen if isinstance(outcome, Rejection) and outcome.subject not in subjects]
    listener.notice(problem for rejection in refused for problem in rejection.problems)
    if not chosen:
        known = choice.subject is None or choice.subject in subjects
        if choice.policy is not None and every and known:  # others apply
            raise InputError([Problem("policy_idle", ("model",), {"policy": choice.policy})])
        raise InputError(_idle(choice.subject, documents))
    rest = [outcome for outcome in chosen if outcome not in refused]
    ahead = _outlook(plan_on, as_of, subjects, str(name)) if rest and choice.reader != "clerk" else Outlook({}, {})
    around = Explained(subjects[str(name)], titles=dict(_titles(every))) if rest else None
    results = tuple((outcome, _view(outcome, around, models, every, ahead)) for outcome in rest if around is not None)
    if choice.reader == "auditor":
        results = tuple((outcome, audited(outcome, view, places_in)) for outcome, view in results)
    return Explanation(results, tuple(refused), any(isinstance(outcome, Rejection) for outcome in chosen))


def _policy_of(outcome: Outcome) -> str | None:
    """None of a document whose models are not known."""
    return outcome.policy if isinstance(outcome, Rejection) else outcome.policy.id


def _idle(subject: str | None, documents: Documents) -> tuple[Problem, ...]:
    """Why there is nothing to explain: no policy applies to the subject, or it cannot be told whom a document is about."""
    if not documents:
        return (Problem("no_input"),)
    name = subject or next((document.id for document in documents if isinstance(document, Subject)), subject_name(documents[0]))
    if name is None and isinstance(documents[0], RefusedDocument):
        return documents[0].problems
    return (Problem("nothing_applies", values={"id": name}),)


def _chosen(subject: str | None, subjects: dict[str, Subject], outcomes: Sequence[Outcome]) -> str | None:
    """The subject to explain: the one named, or the only one."""
    known = list(dict.fromkeys([*subjects, *(outcome.subject for outcome in outcomes if outcome.subject)]))
    if subject is not None:
        name = subject if subject in known else id_of_subject(subject)  # one that is refused stands as it is written
        if name not in known:
            raise InputError([Problem("subject_unknown", values={"id": subject})])
        return name
    if len(known) > 1:
        raise InputError([Problem("one_subject", values={"count": len(known)})])
    return known[0] if known else None


def _titles(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, str]]:
    """What results are called that others read, by POLICY/MODEL."""
    for outcome in outcomes:
        if isinstance(outcome, Evaluation | NotEvaluated):
            yield f"{outcome.policy.id}/{outcome.model.id}", f"{outcome.policy.title} · {outcome.model.title}"


def _outlook(plan_on: Callable[[int], Plan], as_of: int, subjects: Mapping[str, Subject], name: str) -> Outlook:
    """What lies before a subject, whose members' results are read."""
    needed = [name]
    for other in needed:  # it grows
        needed += [member for member in subjects[other].members if member in subjects and member not in needed]
    return outlook(plan_on, [subjects[other] for other in needed], subjects[name], as_of)


def _view(
    outcome: Outcome, around: Explained, models: Plan, every: Iterable[Outcome], ahead: Outlook
) -> Explained:  # fmt: skip
    if not isinstance(outcome, Evaluation):
        return around
    results = {
        (other.subject, (other.policy.id, other.model.id)): other
        for other in every
        if isinstance(other, Evaluation | NotEvaluated)
    }
    name = (outcome.policy.id, outcome.model.id)
    passed_over = uncounted_in(models, name, around.subject, dict(results))
    return replace(
        reasoned(outcome, around.subject), uncounted=passed_over, titles=around.titles, course=ahead.courses.get(name),
        ways=ahead.ways.get(name, ()), catalogue=models.library.catalogue,
    )  # fmt: skip


def reasoned(outcome: Evaluation, subject: Subject) -> Explained:
    """The subject and the reasons of one result."""
    why = reasons(outcome)
    plain = Explained(subject, why.applied, why.measures, why.vetoes, none=why.none)
    following = why.next_level
    if following is None:
        return plain
    return replace(
        plain, next_level=following.level, missing=following.missing,
        gains=[(gain.indicator, gain.points, gain.enough) for gain in following.gains],
        in_the_way=following.vetoes, without_vetoes=following.without_vetoes, unmet_level=following.unmet,
    )  # fmt: skip


def audited(outcome: Outcome, view: Explained, places_in: Callable[[Policy], Mapping[Path, Place]]) -> Explained:
    """With the places of the rules, and the digest of the program that followed them."""
    places = {} if isinstance(outcome, Rejection) else places_in(outcome.policy)
    return replace(view, places=places, program=content_digest())
