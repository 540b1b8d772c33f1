"""A folder of which some policies are not sound, for documents that need none of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from engine.model.problem import PolicyError, Problem
from engine.model.subject import Subject
from engine.reading.files import Files, find_files
from engine.reading.library_cache import Shelf, shelf_of
from engine.usecases.documents import Documents
from engine.usecases.listener import Listener

_POLICY = re.compile(rb"^policy:[ \t]*[\"']?([A-Za-z0-9_-]+)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)

_FOR_ALL = re.compile(rb"always|\\|\0")
"""What stands in a file whose models may be for all subjects of a kind: the word, or what could be another way to write it."""


class LeftOut(Struct, frozen=True):
    """Policies by their ids that are not used, the files in which they stand, and what is wrong with them."""

    files: dict[str, str]
    error: PolicyError

    def check(self, documents: Documents, listener: Listener) -> None:
        """Notices which are left out; the PolicyError where a subject, or a result that was delivered of it, names one."""
        for document in documents:
            named = {name.partition("/")[0] for name in document.models}
            if isinstance(document, Subject):
                named.update(str(record.fields.get("policy")) for record in document.records)
            if named & self.files.keys():
                raise self.error
        listener.notice(
            Problem("policy_left_out", values={"policy": policy, "file": file}, severity="warning")
            for policy, file in self.files.items()
        )


def shelf_of_sound(paths: Sequence[Path], error: PolicyError) -> tuple[Shelf, LeftOut]:
    """The sound ones of policies, of which some are not for what the error says, and those that are left out.

    The error itself where it cannot be told whom these concern: they have no id, or models that may be for everybody.
    """
    files = find_files(paths)
    named = {problem.place.file if problem.place else None for problem in error.problems}
    broken = [(name, content) for name, content in files.policies if name in named]
    ids = {policy: name for name, content in broken if (policy := _policy_of(content))}
    if len(broken) < len(named) or len(ids) < len(broken) or len(broken) == len(files.policies):
        raise error
    sound = tuple(file for file in files.policies if file[0] not in named)
    try:
        return shelf_of(Files(sound, files.common)), LeftOut(ids, error)
    except PolicyError:
        raise error from None


def _policy_of(content: bytes) -> str | None:
    """The id of the policy in a file; None where that is in doubt, or it may concern those who do not name it."""
    ids = _POLICY.findall(content)
    return ids[0].decode() if len(ids) == 1 and not _FOR_ALL.search(content) else None
