"""Documents of files with the models that concern them: only the policies of a folder that somebody needs are taken from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.evaluating.order import JudgeOf, Plan, plan, plan_of
from engine.evaluating.single import judge
from engine.model.library import Name
from engine.model.problem import PolicyError
from engine.model.subject import Subject
from engine.reading.inputs import holds_tables
from engine.reading.library_cache import Shelf, open_library
from engine.usecases.documents import Documents, plain_documents, read_documents
from engine.usecases.listener import Listener

if TYPE_CHECKING:
    from engine.usecases.left_out import LeftOut


def open_concerned(paths: Sequence[Path], policy: str | None = None) -> tuple[Shelf, LeftOut | None]:
    """The policies of folders or files, and those that are left out since they are not sound: who needs one, is told.

    PolicyError where all are needed, or the `policy` that is asked for is among them; errors else as open_library.
    """
    try:
        return open_library(paths), None
    except PolicyError as error:
        from engine.usecases.left_out import shelf_of_sound  # for whose folder is not sound

        shelf, left_out = shelf_of_sound(paths, error)
        if policy in left_out.files:
            raise
        return shelf, left_out


def read_concerned(
    shelf: Shelf, inputs: tuple[Path, ...], as_of: int, listener: Listener, left_out: LeftOut | None = None,
    only: str | None = None,
) -> Documents:  # fmt: skip
    """The documents of files, as read_documents gives them; PolicyError where they need a policy that is left out."""
    if any(map(holds_tables, inputs)):
        documents = read_documents(shelf.whole(), inputs, as_of, listener, only)
    else:
        documents = plain_documents(shelf.catalogue, shelf.outline.policies(), inputs, listener)
    if left_out:
        left_out.check(documents, listener)
    return documents


def plan_concerned(shelf: Shelf, documents: Documents, as_of: int, judge_of: JudgeOf = judge) -> Plan:
    """What runs on a day for these documents: the same results come of it as of the plan of the whole library."""
    subjects = (document for document in documents if isinstance(document, Subject))
    return plan_of_models(shelf, shelf.outline.concerning(subjects), as_of, judge_of)


def plan_of_models(shelf: Shelf, names: Collection[Name], as_of: int, judge_of: JudgeOf = judge) -> Plan:
    """The same for documents that these models concern."""
    policies = {policy for policy, _ in names}
    if not policies <= shelf.outline.policies():  # what is said of one that is not known names those that are
        return plan(shelf.whole(), as_of, judge_of)
    reads = {name: read for name, read in shelf.outline.on(as_of).items() if name in names}
    return plan_of(shelf.some(policies, as_of), as_of, reads, shelf.outline.changes(as_of), judge_of)
