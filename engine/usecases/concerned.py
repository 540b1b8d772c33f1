"""Documents of files with the models that concern them: only the policies of a folder that somebody needs are taken from it."""

from __future__ import annotations

from pathlib import Path

from engine.evaluating.order import JudgeOf, Plan, plan, plan_of
from engine.evaluating.single import judge
from engine.model.subject import Subject
from engine.reading.inputs import holds_tables
from engine.reading.library_cache import Shelf
from engine.usecases.documents import Documents, plain_documents, read_documents
from engine.usecases.listener import Listener


def read_concerned(
    shelf: Shelf, inputs: tuple[Path, ...], as_of: int, listener: Listener, only: str | None = None
) -> Documents:  # fmt: skip
    """The documents of files, as read_documents gives them."""
    if any(map(holds_tables, inputs)):
        return read_documents(shelf.whole(), inputs, as_of, listener, only)
    return plain_documents(shelf.catalogue, shelf.outline.policies(), inputs, listener)


def plan_concerned(shelf: Shelf, documents: Documents, as_of: int, judge_of: JudgeOf = judge) -> Plan:
    """What runs on a day for these documents: the same results come of it as of the plan of the whole library."""
    names = shelf.outline.concerning(document for document in documents if isinstance(document, Subject))
    policies = {policy for policy, _ in names}
    if not policies <= shelf.outline.policies():  # what is said of one that is not known names those that are
        return plan(shelf.whole(), as_of, judge_of)
    reads = {name: read for name, read in shelf.outline.on(as_of).items() if name in names}
    return plan_of(shelf.some(policies, as_of), as_of, reads, shelf.outline.changes(as_of), judge_of)
