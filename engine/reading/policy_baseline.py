"""What policies say otherwise than they did when they were published, where there is a git repository."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as File
from typing import NamedTuple

from engine.model.digest import digest
from engine.model.policy import Policy
from engine.model.problem import InputError, Problem
from engine.model.revision_history import is_altered
from engine.reading.common_baseline import CommonBaseline, record_problem, sound_policies
from engine.reading.document import MAX_BYTES
from engine.reading.files import Files, is_yaml
from engine.reading.git import FILE, TIMEOUT, blob_contents, entries, git_objects
from engine.reading.library import Read
from engine.reading.published_commit import Published, published_commit


class BaselineComparison(NamedTuple):
    """Problems, and the commit that the policies were compared with; None without any."""

    problems: list[Problem]
    with_: Published | None


def compare_with_baseline(files: Files, read: Read, against: str | None = None) -> BaselineComparison:
    """Policies that say something else than the published ones of the same version, and records that were altered.

    A warning where git cannot tell; InputError where `against` names no revision. That another version takes a policy's
    place on a day is nothing else that it says.
    """
    baseline = _Baseline(against, [], {})
    before = _published(files, baseline)
    problems = baseline.unknown
    if before is not None and before != files:
        old = sound_policies(before)  # what was not sound when it was published has no meaning to compare with
        shared = CommonBaseline(files, before, read)
        problems += _changed_meaning(old, read, shared)
        problems += shared.problems(old)
        problems += _altered(old, read)
        problems += shared.altered()
    return BaselineComparison(problems, baseline.commit)


def _changed_meaning(before: Sequence[Policy], read: Read, shared: CommonBaseline) -> Iterator[Problem]:
    """What a policy's own file says otherwise; what comes from the common files alone is theirs to declare."""
    old = {(policy.id, policy.version): policy for policy in before}
    own = shared.under_old_common_files()
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        key = policy.id, policy.version
        known = old.get(key)
        if known is not None and own.get(key, policy.digest) != digest(known.ending_as(policy)):
            yield page.source.problem("meaning_changed", ("version",), policy=policy.id, version=policy.version)


def _altered(before: Sequence[Policy], read: Read) -> Iterator[Problem]:
    """Each entry that is not there as it was, at the first file that should have it."""
    reported: set[tuple[str, str, str]] = set()
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        revisions = [revision for other in read.library.policies if other.id == policy.id for revision in other.revisions]
        for old in (policy_before for policy_before in before if policy_before.id == policy.id):
            for alteration in is_altered(old, policy, revisions):
                what = (policy.id, alteration.version, alteration.part or alteration.how)
                if alteration.how != "added" and what not in reported:
                    reported.add(what)
                    yield record_problem(page.source, alteration)


class _Baseline(NamedTuple):
    """What is compared with, what git could not tell, and the commits that the folders of policies are compared with."""

    against: str | None
    unknown: list[Problem]
    commits: dict[File, Published]

    @property
    def commit(self) -> Published | None:
        return next(iter(self.commits.values()), None)


def _published(files: Files, baseline: _Baseline) -> Files | None:
    """The same policies as they were published, under whatever names; None where there were none.

    Common files that are not in that commit, as the shipped ones may not be, are what they are now.
    """
    policies = _as_of(files.policies, baseline, gone=True)
    if not policies:
        return None
    common = _as_of(files.common, baseline, gone=False)
    return Files(tuple(policies.items()), tuple((name, common.get(name, content)) for name, content in files.common))


def _as_of(files: tuple[tuple[str, bytes], ...], baseline: _Baseline, gone: bool) -> dict[str, bytes]:
    """What git has of the files (of those that links lead to), and of those in their folders that are `gone`."""
    folders: dict[File, list[tuple[str, File]]] = {}
    for name, _ in files:
        file = File(name).resolve()
        folders.setdefault(file.parent, []).append((name, file))
    contents: dict[str, bytes] = {}
    for folder, inside in folders.items():
        try:
            commit = published_commit(folder, baseline.against) if gone else baseline.commit
            if commit is None:
                continue
            contents |= _held(folder, commit.commit, inside)
            if gone:
                baseline.commits[folder] = commit
                contents |= _gone(folder, commit.commit)
        except subprocess.CalledProcessError as error:
            why = error.stderr.decode(errors="replace").strip().partition("\n")[0]
            no_repository = "not a git repository" in why
            if baseline.against is not None and gone:
                code = "not_a_repository" if no_repository else "git_failed"
                raise InputError([Problem(code, values={"side": baseline.against, "why": why})]) from None
            if not no_repository:
                baseline.unknown.append(Problem("git_failed", (), {"side": str(folder), "why": why}, "warning"))
        except subprocess.TimeoutExpired:
            baseline.unknown.append(Problem("git_slow", (), {"side": str(folder), "limit": TIMEOUT}, "warning"))
        except OSError as error:  # no git, and nothing that it could tell
            if baseline.against is not None:
                values = {"side": baseline.against, "why": f"git: {error.strerror or error}"}
                raise InputError([Problem("git_failed", values=values)]) from None
    return contents


def _held(folder: File, commit: str, inside: list[tuple[str, File]]) -> dict[str, bytes]:
    objects = git_objects(folder, [f"{commit}:./{file.name}" for _, file in inside])
    there = {
        name: blob
        for (name, _), blob in zip(inside, objects, strict=True)
        if blob is not None and blob.kind == "blob" and blob.size <= MAX_BYTES
    }
    return dict(zip(there, blob_contents(folder, list(there.values())), strict=True)) if there else {}


def _gone(folder: File, commit: str) -> dict[str, bytes]:
    """Files that stood in the folder and do so no more, as where one was given another name."""
    (tree,) = git_objects(folder, [f"{commit}:./"])
    if tree is None or tree.kind != "tree":
        return {}
    inside = entries(next(blob_contents(folder, [tree])), len(tree.hash))
    names = [
        entry.name for entry in inside if entry.kind == FILE and is_yaml(entry.name) and not (folder / entry.name).exists()
    ]
    return _held(folder, commit, [(str(folder / name), folder / name) for name in names]) if names else {}
