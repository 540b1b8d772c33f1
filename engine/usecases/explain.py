"""Explaining one subject's results: each with the reasons for it, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from engine.evaluating.order import Plan
from engine.evaluating.reasons import reasons
from engine.model.evaluation import Evaluation, Outcome, Rejection
from engine.model.problem import InputError, Problem
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument, subject_name
from engine.reading.subject import id_of_subject
from engine.rendering.explain_text import ExplainView
from engine.usecases.documents import Documents
from engine.usecases.evaluate import evaluate_documents
from engine.usecases.listener import Listener


class Explanation(Struct, frozen=True):
    """The results of one subject, each with what a report shows beside it; where its document cannot be read, what it is
    `refused` for. `rejected` is whether one of them is a rejection, or the whole document is refused.
    """

    results: tuple[tuple[Outcome, ExplainView], ...]
    refused: tuple[Rejection, ...]
    rejected: bool


def explain_documents(
    models: Plan, documents: Documents, listener: Listener, subject: str | None = None, policy: str | None = None
) -> Explanation:  # fmt: skip
    """The results of the subject named, or of the only one there is, by the models of a day; of one policy where it is named.

    InputError where the subject is none of several, or nothing applies to it.
    """
    outcomes = evaluate_documents(models, documents, listener, policy=policy)
    subjects = {document.id: document for document in documents if isinstance(document, Subject)}
    name = _chosen(subject, subjects, outcomes) if outcomes else None
    chosen = [outcome for outcome in outcomes if outcome.subject == name]
    refused = [outcome for outcome in chosen if isinstance(outcome, Rejection) and outcome.subject not in subjects]
    listener.notice(problem for rejection in refused for problem in rejection.problems)
    if not chosen:
        raise InputError(_idle(subject, documents))
    rest = [outcome for outcome in chosen if outcome not in refused]
    results = tuple((outcome, _view(outcome, subjects[str(outcome.subject)])) for outcome in rest)
    return Explanation(results, tuple(refused), any(isinstance(outcome, Rejection) for outcome in chosen))


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


def _view(outcome: Outcome, subject: Subject) -> ExplainView:
    if not isinstance(outcome, Evaluation):
        return ExplainView(subject, {}, {}, {})
    why = reasons(outcome)
    following = why.next_level
    if following is None:
        return ExplainView(subject, dict(why.applied), dict(why.measures), dict(why.vetoes), none=why.none)
    gains = [(gain.indicator, gain.points, gain.enough) for gain in following.gains]
    return ExplainView(
        subject, dict(why.applied), dict(why.measures), dict(why.vetoes), following.level, following.missing, gains,
        following.vetoes, following.without_vetoes, following.unmet, why.none,
    )  # fmt: skip
