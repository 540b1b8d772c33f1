"""Evaluating documents one by one: every policy that applies to their subjects, dependencies first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from engine.evaluating.order import Plan, Results, evaluate_all, evaluations, in_order
from engine.model.evaluation import Outcome, Rejection
from engine.model.problem import Problem
from engine.model.subject import Subject
from engine.reading.inputs import LINES, STANDARD_INPUT, RefusedDocument, holds_tables, opened_lines, unreadable
from engine.usecases.documents import Documents
from engine.usecases.engines import MANY
from engine.usecases.listener import Listener

BULK = 2_000
"""From so many documents the start of processes is worth it."""


def are_many(path: Path) -> bool:
    """Whether an input is tables, or more documents than are evaluated one by one."""
    if not path.name.lower().endswith(LINES):
        return holds_tables(path)
    try:
        with opened_lines(path) as lines:
            return find_spec("ibis") is not None and any(number >= MANY for number, _ in enumerate(lines))
    except unreadable():
        return False  # which the reader tells


def are_bulk(inputs: Iterable[Path]) -> bool:
    """Whether inputs are files, of documents a line, which can be read twice, with enough of them."""
    count = 0
    for file in inputs:
        if str(file) in STANDARD_INPUT or not file.name.lower().endswith(LINES) or not os.path.isfile(file):
            return False
        count += _documents(file, BULK - count)
    return count >= BULK


def _documents(file: Path, enough: int) -> int:
    """How many documents there are in a file, counted up to so many."""
    try:
        with opened_lines(file) as lines:
            return sum(1 for _ in islice(filter(bytes.strip, lines), enough))
    except unreadable():
        return 0  # which the reader tells


def evaluate_documents(
    models: Plan, documents: Documents, listener: Listener, reasoning: bool = True, policy: str | None = None
) -> list[Outcome]:
    """The outcomes of all documents in their order, the refused ones in their places; of one policy where it is named.

    `models` are those that run on a day. A subject that no policy applies to is noticed.
    """
    subjects = [document for document in documents if isinstance(document, Subject)]
    steps = listener.steps("evaluated", evaluations(models, subjects))
    results = evaluate_all(models, subjects, reasoning, steps.step)
    steps.end()
    listener.notice(_idle(subjects, results))
    outcomes = _in_places(documents, list(in_order(models, subjects, results)), models.as_of)
    return [outcome for outcome in outcomes if _policy_of(outcome) in (policy, None)] if policy else outcomes


def _idle(subjects: list[Subject], results: Results) -> Iterator[Problem]:
    """A warning for each subject that no policy applies to."""
    busy = {subject for subject, _ in results}
    for subject in subjects:
        if subject.id not in busy:
            yield Problem("nothing_applies", ("model",), {"id": subject.id}, "warning")


def _in_places(documents: Documents, evaluated: list[Outcome], as_of: int) -> list[Outcome]:
    """With the rejections of refused documents where these stand."""
    if not any(isinstance(document, RefusedDocument) for document in documents):
        return evaluated
    by_subject: dict[str, list[Outcome]] = {}
    for outcome in evaluated:
        by_subject.setdefault(str(outcome.subject), []).append(outcome)
    outcomes: list[Outcome] = []
    for document in documents:
        outcomes += refusals(document, as_of) if isinstance(document, RefusedDocument) else by_subject.get(document.id, [])
    return outcomes


def refusals(document: RefusedDocument, as_of: int) -> Iterator[Rejection]:
    """A line for each of its models, or one where they are not known."""
    for name in document.models:
        policy, _, model = name.partition("/")
        yield Rejection(document.subject, policy, model, as_of, None, document.problems)
    if not document.models:
        yield Rejection(document.subject, None, None, as_of, None, document.problems)


def _policy_of(outcome: Outcome) -> str | None:
    """None of a document whose models are not known."""
    return outcome.policy if isinstance(outcome, Rejection) else outcome.policy.id
