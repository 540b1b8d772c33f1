"""What of a library decides which models concern a subject and in what order they run, apart from what the policies say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from engine.model.catalogue import MEMBER
from engine.model.library import Library, Name, dependencies, sorted_models
from engine.model.period import NEVER
from engine.model.policy import Model, Policy, category_read
from engine.model.subject import Subject


class FactReads(Struct, frozen=True):
    """Whose results a fact reads, of the subject or of its `members`: versions by their numbers in the library, and models."""

    members: bool
    models: tuple[tuple[int, str], ...]


class ModelOutline(Struct, frozen=True):
    """Whom a model is for, and what its facts read of the results of any version."""

    kind: str
    always: bool
    reads: tuple[FactReads, ...]


class VersionOutline(Struct, frozen=True):
    """A version of a policy by its id and its days."""

    policy: str
    effective_from: int
    effective_until: int | None
    models: Mapping[str, ModelOutline]

    def in_force(self, day: int) -> bool:
        return self.effective_from <= day and (self.effective_until is None or day <= self.effective_until)


class Reads(Struct, frozen=True):
    """The models whose results a model reads on a day, of the subject itself and of its members; and after which it runs.

    Those of a policy that has no version in force are among them: whoever names one is rejected, which is told.
    """

    own: list[Name]
    members: list[Name]
    after: frozenset[Name]


class Outline(Struct, frozen=True):
    """Every version of a library, in its order."""

    versions: tuple[VersionOutline, ...]

    def policies(self) -> frozenset[str]:
        """The ids of all."""
        return frozenset(version.policy for version in self.versions)

    def needed(self, policies: Collection[str], day: int) -> list[int]:
        """Of some policies the versions in force on a day by their numbers, all versions of those that have none then."""
        there = {version.policy for version in self.versions if version.in_force(day)}
        return [
            number
            for number, version in enumerate(self.versions)
            if version.policy in policies and (version.in_force(day) or version.policy not in there)
        ]

    def concerning(self, subjects: Iterable[Subject]) -> set[Name]:
        """The models that apply to some of the subjects, on whatever day: those that they name, and those for all of their kind."""
        kinds: set[str] = set()
        names: set[Name] = set()
        for subject in subjects:
            kinds.add(subject.kind)
            for text in subject.models:
                policy, _, model = text.partition("/")
                names.add((policy, model))
        for version in self.versions:
            names.update(
                (version.policy, name) for name, model in version.models.items() if model.always and model.kind in kinds
            )
        return names

    def changes(self, day: int) -> dict[str, int]:
        """By policy the first day after `day` on which a version of it begins, or has ended; NEVER where none comes."""
        changes: dict[str, int] = {}
        for version in self.versions:
            ended = NEVER if version.effective_until is None else version.effective_until + 1
            coming = [change for change in (version.effective_from, ended) if change > day]
            changes[version.policy] = min((changes.get(version.policy, NEVER), *coming))
        return changes

    def on(self, day: int) -> dict[Name, Reads]:
        """By model in force on a day what it reads, in an order in which each comes after those whose results it reads."""
        force = frozenset(number for number, version in enumerate(self.versions) if version.in_force(day))
        there = frozenset(self.versions[number].policy for number in force)
        reads = {
            (version.policy, name): self._reads(model, force, there)
            for number, version in enumerate(self.versions) if number in force
            for name, model in version.models.items()
        }  # fmt: skip
        return {name: reads[name] for name in sorted_models({name: read.after for name, read in reads.items()})}

    def _reads(self, model: ModelOutline, force: Collection[int], there: Collection[str]) -> Reads:
        versions = self.versions
        inside = [[name for name in fact.models if name[0] in force] for fact in model.reads]
        read = {number: names for number, names in enumerate(inside) if names}
        for lapsed, version in enumerate(versions):
            if version.policy in there:
                continue
            for number, fact in enumerate(model.reads):
                if names := [name for name in fact.models if name[0] == lapsed]:
                    read[number] = [*read.get(number, ()), *names]
        named = [
            (model.reads[number].members, [(versions[at].policy, name) for at, name in names]) for number, names in read.items()
        ]
        return Reads(
            list(dict.fromkeys(name for members, names in named for name in names if not members)),
            list(dict.fromkeys(name for members, names in named for name in names if members)),
            frozenset((versions[at].policy, name) for names in inside for at, name in names),
        )


def outline(library: Library, day: int | None = None) -> Outline:
    """That of a library; the models of versions that are not in force on the `day`, where one is named, read nothing in it."""
    return Outline(tuple(_version(library, policy, day is None or policy.in_force(day)) for policy in library.policies))


def _version(library: Library, policy: Policy, read: bool) -> VersionOutline:
    models = {
        name: ModelOutline(model.kind, model.always, _fact_reads(library, model) if read else ())
        for name, model in policy.models.items()
    }
    return VersionOutline(policy.id, policy.effective_from, policy.effective_until, models)


def _fact_reads(library: Library, model: Model) -> tuple[FactReads, ...]:
    """In the order of its facts."""
    by_fact: dict[str, list[tuple[int, str]]] = {name: [] for name in model.facts}
    for number, version in enumerate(library.policies):
        for fact, names in dependencies({version.id: version}, model).items():
            by_fact[fact] += [(number, name) for _, name in names]
    return tuple(
        FactReads(category_read(model.facts[fact].source) == MEMBER, tuple(names)) for fact, names in by_fact.items() if names
    )
