"""Where each change stands in the old and the new file."""

from __future__ import annotations

from engine.model.change import Change, PolicyDiff
from engine.model.policy import Document, Policy, Revision
from engine.model.problem import Path, Place
from engine.reading.document import SourceFile
from engine.reading.library import Read

Places = tuple[Place | None, Place | None]


def places(old: Read, new: Read, changed: PolicyDiff) -> tuple[Places, ...]:
    """For each change, its place on both sides; none where there is no such element."""
    return tuple(_both(old, new, changed, change) for change in changed.changes)


def _both(old: Read, new: Read, changed: PolicyDiff, change: Change) -> Places:
    value = change.new or change.old
    whole = hasattr(value, "id") or isinstance(value, Document | Revision) or change.what == "model"
    before = None if whole and change.old is None else _place(old, changed.old, change, change.old_path, whole)
    after = None if whole and change.new is None else _place(new, changed.new, change, change.new_path, whole)
    return before, after


def _place(read: Read, policy: Policy | None, change: Change, path: Path, whole: bool) -> Place | None:
    """In the policy's file, or in the common file that it is of."""
    if policy is None:
        return None
    match path:
        case ("categories" | "attributes", *_) if change.what == "catalogue":
            return read.sources["catalogue"].place(path, at_key=True)
        case ("items", *_) if change.what == "library_item":
            return read.sources["measures"].place(path, at_key=True)
        case ("scale", *part) if part or not isinstance(change.new, str):
            return _level(read.sources["scales"], policy, change, *part)
    source = next(page.source for loaded, page in zip(read.library.policies, read.pages, strict=True) if loaded is policy)
    return source.place(path, at_key=whole)


def _level(source: SourceFile, policy: Policy, change: Change, part: str | int = "at_least") -> Place:
    path: Path = ("scales", policy.scale.id)
    if change.id in policy.scale.names:
        rank = policy.scale.names.index(change.id)
        bound = "above" if part == "at_least" and policy.scale.levels[rank].above is not None else part
        path = (*path, "levels", rank, bound)
    return source.place(path, at_key=len(path) == 2)
