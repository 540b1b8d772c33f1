"""What differs in the common files as such, whoever reads it, and which policies it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from engine.model.catalogue import MEMBER, Attribute, Category
from engine.model.change import Change, PolicyDiff
from engine.model.comparison import (
    BEYOND,
    DECLARED,
    UNKNOWN,
    CommonFilesDiff,
    CommonRecord,
    ConcernedPolicy,
    ReviewedPolicy,
    Verdict,
)
from engine.model.direction import Direction, combined_direction
from engine.model.policy import Declaration, Model, Policy, category_read
from engine.model.scale import Scale
from engine.reading.common import Common
from engine.reading.library import Read
from engine.reviewing.diff import catalogue_direction
from engine.reviewing.diff.category_changes import category_changes, labels_of
from engine.reviewing.diff.intent import ALLOWED
from engine.reviewing.diff.places import places
from engine.reviewing.diff.policy_pair import PolicyPair
from engine.reviewing.diff.scales import scale_changes

NO_SCALE = Scale("", 0, ())


def common_files_diff(
    old: Read, new: Read, judged: Sequence[ReviewedPolicy], records: Iterable[CommonRecord] = ()
) -> tuple[CommonFilesDiff, ...]:
    """Each change of the common files, in the order of the files; `judged` are the policies that differ.

    It is as declared where words alone differ, nobody is concerned, the file itself declares as much (`records`), or each
    policy that is concerned does.
    """
    by_file: dict[str, tuple[Declaration, ...]] = {
        record.file: record.declarations for record in records if record.declarations
    }
    declared = {policy.changed.policy.id: policy.judged.intent for policy in judged if policy.judged.intent}
    policies = (*new.library.policies, *(policy for policy in old.library.policies if policy.id not in _ids(new)))
    alone = len({policy.id for policy in policies}) <= 1
    differences = []
    for between in _changed(old.common, new.common):
        changed = replace(between, alone=alone)
        (change,) = changed.changes
        concerned = tuple(_concerned(change, changed, policies))
        declarations = by_file.get(changed.common_file(change) or "")
        intent = combined_direction(declaration.intent for declaration in declarations) if declarations else None
        if intent is not None:
            verdict = _held(change, intent)
        else:
            words = change.direction in ("text", "neutral")
            intents = [declared.get(policy.policy) for policy in concerned]
            all_declared = all(
                declared_intent is not None and change.direction in ALLOWED[declared_intent] for declared_intent in intents
            )
            verdict = DECLARED if words or all_declared else UNKNOWN
        (both,) = places(old, new, changed)
        differences.append(CommonFilesDiff(changed, both, concerned, verdict, bool(_kinds(change, changed)), intent))
    return tuple(differences)


def _held(change: Change, intent: Direction) -> Verdict:
    """Against what its file declares; what may go either way is more than words."""
    if change.direction in ALLOWED[intent]:
        return DECLARED
    return UNKNOWN if change.direction == "mixed" and intent != "text" else BEYOND


def _ids(read: Read) -> set[str]:
    return {policy.id for policy in read.library.policies}


def _changed(old: Common, new: Common) -> Iterator[PolicyDiff]:
    """Each change by itself, between two policies without models that take everything."""
    before, after = _whole(old), _whole(new)
    for change in _catalogue(PolicyPair(before, after, {}, {})):
        yield PolicyDiff(before, after, (change,))
    for name in [*new.scales, *(name for name in old.scales if name not in new.scales)]:
        then, now = (replace(whole, scale=common.scales.get(name, NO_SCALE)) for whole, common in ((before, old), (after, new)))
        between = PolicyPair(then, now, {}, {})
        changes = list(scale_changes(between))
        if name not in new.scales or name not in old.scales:
            changes = list(
                between.element("scale", ("scale",), old.scales.get(name), new.scales.get(name), "neutral", name=name)
            )
        for change in changes:
            yield PolicyDiff(then, now, (change,))
    for name, item, other in PolicyPair(before, after, {}, {}).keyed(old.items, new.items):
        for change in PolicyPair(before, after, {}, {}).element(
            "library_item", ("items", name), item, other, "text", name=name
        ):
            yield PolicyDiff(before, after, (change,))


def _whole(common: Common) -> Policy:
    """All that the common files say but for scales."""
    catalogue = common.catalogue
    return Policy(
        "", "", "", "official", "", 0, None, NO_SCALE, {}, {}, {}, catalogue.categories, catalogue.attributes, common.items
    )


def _catalogue(between: PolicyPair) -> Iterator[Change]:
    """A record or an attribute that the catalogue does not know refuses its subject."""
    for name, category, other in between.keyed(between.old.categories, between.new.categories):
        if category is not None and other is not None:
            yield from category_changes(between, category, other)
        else:
            direction: Direction = "looser" if category is None else "stricter"
            yield from between.element("catalogue", ("categories", name), category, other, direction, name=name)
    for name, attribute, same in between.keyed(between.old.attributes, between.new.attributes):
        if attribute is not None and same is not None:
            direction = catalogue_direction.of_attribute(attribute, same)
        else:
            direction = "looser" if attribute is None else "stricter"
        yield from between.leaf("catalogue", ("attributes", name), attribute, same, direction, name)
        if attribute is not None and same is not None:
            words = labels_of(attribute.field), labels_of(same.field)
            at = ("attributes", name, "one_of")
            yield from between.leaf(
                "catalogue", at, *words, catalogue_direction.of_labels(attribute.field, same.field), name=name
            )


def _concerned(change: Change, changed: PolicyDiff, policies: Iterable[Policy]) -> Iterator[ConcernedPolicy]:
    """Every policy with a model of the kinds of subjects that can be refused, or else those that use what differs."""
    kinds = _kinds(change, changed)
    members = kinds & {"organisation", "person"}
    by_policy: dict[str, ConcernedPolicy] = {}
    for policy in policies:
        models = [model for model in policy.models.values() if model.kind in kinds or (members and _reads_members(model))]
        reads = _uses(change, changed, policy)
        if models or (reads and not kinds):
            policy_concerned = ConcernedPolicy(policy.id, policy.title, tuple(model.id for model in models), reads)
            last = by_policy.get(policy.id)
            names = dict.fromkeys([*(last.models if last else ()), *policy_concerned.models])
            by_policy[policy.id] = replace(
                policy_concerned, models=tuple(names), reads=reads or (last is not None and last.reads)
            )
    yield from by_policy.values()


def _kinds(change: Change, changed: PolicyDiff) -> set[str]:
    """The kinds of subjects of which the catalogue takes less or more; empty where it takes the same."""
    if change.new_path[-1:] == ("one_of",):  # labels: the same is taken, and read otherwise
        return set()
    match change.new_path:
        case ("categories", name, "fields" | "kinds" | "derived", *_) | ("categories", name) if change.direction != "text":
            return _of(str(name), *(side.categories for side in (changed.old, changed.new) if side))
        case ("attributes", name, *_) if change.direction != "text":
            return _of(str(name), *(side.attributes for side in (changed.old, changed.new) if side))
    return set()


def _of(name: str, *sides: Mapping[str, Category] | Mapping[str, Attribute]) -> set[str]:
    return {kind for side in sides if name in side for kind in side[name].kinds}


def _uses(change: Change, changed: PolicyDiff, policy: Policy) -> bool:
    match change.new_path:
        case ("categories", str(name), *_):
            return name in policy.categories
        case ("attributes", str(name)):
            return name in policy.attributes
        case ("items", str(name)):
            return name in policy.library_items
        case _:
            return policy.scale.id in [side.scale.id for side in (changed.old, changed.new) if side and side.scale.id]


def _reads_members(model: Model) -> bool:
    """Whether a member that is refused is missing from a model's results."""
    return any(category_read(fact.source) == MEMBER for fact in model.facts.values())
