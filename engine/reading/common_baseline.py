"""What common files say otherwise than when they were published: which policies it changes, and whether it is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as File

from msgspec import Struct

from engine.model.digest import digest
from engine.model.policy import DECLARING_FILES, CommonFile, Declaration, Policy
from engine.model.problem import PolicyError, Problem
from engine.model.revision_history import AlteredRevision, alterations, declaring_revisions, latest_revision
from engine.reading.common import read_declarations
from engine.reading.document import SourceFile
from engine.reading.files import Files
from engine.reading.library import Read
from engine.reading.library_cache import library_of
from engine.reading.listed_word import as_word
from engine.reading.load_context import LoadContext
from engine.reading.strict_yaml import read_yaml

Key = tuple[str, str]
"""A policy and its version."""


class CommonBaseline(Struct, frozen=True):
    """The files as they are and as they were published, and what was read of them."""

    files: Files
    before: Files
    read: Read

    def changed(self) -> dict[str, CommonFile]:
        """The common files that differ: what they are (catalogue, scales, …), by their names."""
        old = dict(self.before.common)
        stems = {name: File(name).stem.lower() for name, content in self.files.common if old.get(name) != content}
        return {name: as_word(stem, DECLARING_FILES) for name, stem in stems.items() if stem in DECLARING_FILES}

    def under_old_common_files(self) -> Mapping[Key, str]:
        """The digests of the policies as they are now under the common files as they were, where these fit."""
        return _digests(sound_policies(Files(self.files.policies, self.before.common)))

    def problems(self, published: Sequence[Policy]) -> Iterator[Problem]:
        """For each common file whose change nothing declares, the policies that say something else by it under their version."""
        for name, file in self.changed().items():
            if self._declares(name, file):
                continue
            policies = list(self._changed_by(name, published))
            if policies:
                yield self.read.sources[file].problem("common_changed", ("revisions",), True, policies=policies)

    def altered(self) -> Iterator[Problem]:
        """What the records of common files say otherwise of older revisions."""
        for name, file in self.changed().items():
            for alteration in alterations(self._published(name, file), self.read.common.declared.get(file, ())):
                if alteration.how != "added":
                    yield record_problem(self.read.sources[file], alteration)

    def _declares(self, name: str, file: CommonFile) -> bool:
        """Whether there is a revision that there was not."""
        before = self._published(name, file)
        return bool(
            declaring_revisions(
                self.read.common.declared.get(file, ()), {revision.version for revision in before}, latest_revision(before)
            )
        )

    def _published(self, name: str, file: CommonFile) -> tuple[Declaration, ...]:
        try:
            source = read_yaml(dict(self.before.common)[name], name)
        except PolicyError:
            return ()
        return read_declarations(LoadContext(source), file)

    def _changed_by(self, name: str, published: Iterable[Policy]) -> Iterator[str]:
        """The policies of whom one file makes a difference; of those that it does not fit, all that differ."""
        common = tuple(
            (file, dict(self.files.common)[name] if file == name else content) for file, content in self.before.common
        )
        renewed = _digests(sound_policies(Files(self.before.policies, common)))
        now = {(policy.id, policy.version): policy for policy in self.read.library.policies}
        for policy in published:
            key = policy.id, policy.version
            if key in now:
                whole = policy.ending_as(now[key])
                if renewed[key] != policy.digest if key in renewed else digest(whole) != now[key].digest:
                    yield policy.id


def sound_policies(files: Files) -> tuple[Policy, ...]:
    """What the files say; of what is not sound together, each file by itself that is."""
    try:
        return library_of(files).policies
    except PolicyError:
        each = (Files((policy,), files.common) for policy in files.policies) if len(files.policies) > 1 else ()
        return tuple(policy for single in each for policy in sound_policies(single))


def record_problem(source: SourceFile, alteration: AlteredRevision) -> Problem:
    """At the part of the record that says otherwise."""
    code = (
        "revision_removed"
        if alteration.how == "removed"
        else "revisions_order"
        if alteration.part == "order"
        else "revision_altered"
    )
    path = ("revisions",) if alteration.now is None else ("revisions", alteration.now, alteration.part or "version")
    return source.problem(code, path, alteration.now is None, version=alteration.version, part=alteration.part or "version")


def _digests(policies: Iterable[Policy]) -> dict[Key, str]:
    return {(policy.id, policy.version): policy.digest for policy in policies}
