"""Checking policies: what keeps them from being used (errors), and what an author would look at again (warnings)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from engine.authoring.best_subject import best_subject
from engine.authoring.lint.run import lint
from engine.model.problem import Place, PolicyError, Problem
from engine.model.proof import Proof
from engine.reading.extending import shipped_folder
from engine.reading.files import find_files
from engine.reading.ignored_files import ignored_files, outward_links
from engine.reading.library import Read, read_library
from engine.reading.near_miss import refuse_others
from engine.reading.policy_baseline import compare_with_baseline
from engine.reading.published_commit import Published
from engine.rendering.proofs import severity
from engine.usecases.listener import Listener

Proved = tuple[Proof, Place]
"""A claim, and where what it is about stands."""


class CheckResult(Struct, frozen=True):
    """What was found of so many policy files.

    `base` is what they were compared with where they stand in a git repository, `shipped` the folder of the common files that
    theirs extend.
    """

    files: int
    problems: tuple[Problem, ...]
    proofs: tuple[Proved, ...] = ()
    base: Published | None = None
    shipped: Path | None = None

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def failed(self) -> bool:
        """Whether there is an error, or a claim that must hold does not."""
        return bool(self.errors) or any(severity(proof) == "error" for proof, _ in self.proofs)


def check_policies(
    paths: Sequence[Path], as_of: int, listener: Listener, prove: bool = False, against: str | None = None
) -> CheckResult:
    """All problems of folders or files of policies at once, and with `prove` the claims about them, as of a day (an ordinal).

    `against` is the revision that says what was published. InputError where there is nothing to check, or it cannot be read.
    """
    files = find_files(paths)
    if len(paths) == 1:
        refuse_others(files, str(paths[0]))
    listener.notice(outward_links(paths))
    problems: list[Problem] = [*ignored_files(paths)]
    proofs: tuple[Proved, ...] = ()
    base: Published | None = None
    shipped: Path | None = None
    try:
        read = read_library(files)
        shipped = None if read.library.added is None else shipped_folder()
        altered, base = compare_with_baseline(files, read, against)
        problems += altered
        problems += lint(read)
        proofs = tuple(_prove(read, as_of, listener)) if prove else ()
    except PolicyError as error:
        problems += error.problems
    return CheckResult(len(files.policies), tuple(problems), proofs, base, shipped)


def _prove(read: Read, as_of: int, listener: Listener) -> Iterator[Proved]:
    """Each claim about each policy with its place; as of the day, or the nearest one on which a version is in force."""
    from engine.reviewing.proof.claims import prove  # z3 takes half a second
    from engine.reviewing.proportion.claims import proportion

    steps = listener.steps("claims_proved", len(read.library.policies), slow=True)
    loaded = {policy.id for policy in read.library.policies}
    for policy, page in zip(read.library.policies, read.pages, strict=True):
        for proof in prove(policy, policy.nearest(as_of), loaded=loaded, stays=read.library.stays(policy)):
            yield proof, page.source.place(proof.path, at_key=True)
        for proof in proportion(policy, policy.nearest(as_of), best_subject):
            yield proof, page.source.place(proof.path, at_key=True)
        steps.step()
    steps.end()
