"""Which commit says what was published: that in which a branch parts from the one that it goes back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as File

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.git import Reference, branch, git_objects, merge_base, references

LOCAL, REMOTE = "refs/heads/", "refs/remotes/"
USUAL = ("main", "master")
"""What the branch that others go back to is called where nothing says which it is."""


class Published(Struct, frozen=True):
    """A commit by its hash, and the branch that it is of; HEAD where that is all that git can tell."""

    commit: str
    of: str


HERE = "HEAD"


def published_commit(folder: File, against: str | None = None) -> Published | None:
    """What the folder's changes are compared with; None where nothing is committed.

    `against` names it: where HEAD parts from that revision, or where they have nothing in common the revision itself;
    InputError where there is no such revision. Otherwise it is where HEAD parts from the branch that it goes back to: its
    upstream, unless that is but its own copy, or else the default branch of the remote, or `main` or `master`. Errors as
    `git.git_objects`.
    """
    if against is not None:
        head, named = git_objects(folder, ["HEAD^{commit}", f"{against}^{{commit}}"])
        if named is None:
            raise InputError([Problem("revision_unknown", values={"revision": against})])
        return Published((head and merge_base(folder, head.hash, named.hash)) or named.hash, against)
    (head,) = git_objects(folder, ["HEAD^{commit}"])
    if head is None:
        return None
    for name, reference in _goes_back_to(folder):
        base = merge_base(folder, head.hash, reference.hash)
        if base is not None:
            return Published(base, HERE if base == head.hash else name.removeprefix(LOCAL).removeprefix(REMOTE))
    return Published(head.hash, HERE)


def _goes_back_to(folder: File) -> list[tuple[str, Reference]]:
    """The branches that this one may go back to, the likeliest first."""
    current = branch(folder) or ""
    usual = [f"{LOCAL}{name}" for name in USUAL]
    known = references(folder, [*filter(None, [current]), *usual, *(f"{REMOTE}*/{name}" for name in ("HEAD", *USUAL))])
    upstream = known[current].upstream if current in known else ""
    more = {upstream, *(reference.leads_to for reference in known.values())} - {"", *known}
    known |= references(folder, sorted(more)) if more else {}
    defaults = list(_defaults(known, _remote(upstream) or "origin"))
    copy = upstream.removeprefix(f"{REMOTE}{_remote(upstream)}/") == current.removeprefix(LOCAL)
    if copy and current not in usual and upstream not in defaults:
        names = [*defaults, *usual, upstream]
    else:
        names = [upstream, *defaults, *(usual if current not in usual else [])]
    return [(name, known[name]) for name in names if name in known and name != current]


def _defaults(known: Mapping[str, Reference], first: str) -> Iterator[str]:
    """The default branches of the remotes, as far as they are known here; first that of the remote of this name."""
    for remote in dict.fromkeys([first, *filter(None, map(_remote, known))]):
        head = known.get(f"{REMOTE}{remote}/HEAD")
        yield from (head.leads_to,) if head else ()
        yield from (f"{REMOTE}{remote}/{name}" for name in USUAL)


def _remote(name: str) -> str:
    """The remote that a branch is of, or nothing."""
    return name.removeprefix(REMOTE).partition("/")[0] if name.startswith(REMOTE) else ""
