"""What changed in meaning between two libraries, keyed on ids: comments, order and spelling do not count.

Equal digests give no change but of the record, and no change gives equal digests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from engine.model.change import Change, ChangedPart, ChangeKind, PolicyDiff, Span
from engine.model.direction import combined_direction
from engine.model.policy import Notices, Policy
from engine.reviewing.diff import catalogue_direction
from engine.reviewing.diff.category_changes import category_changes
from engine.reviewing.diff.elements import model_changes
from engine.reviewing.diff.names import apply_renaming
from engine.reviewing.diff.parameters import parameter_values, uses
from engine.reviewing.diff.policy_pair import PolicyPair
from engine.reviewing.diff.readers import ReaderSearch, missing_references, readers, references_to_missing
from engine.reviewing.diff.revision_history import with_record
from engine.reviewing.diff.scales import scale_changes
from engine.reviewing.diff.versions import VersionLine, expired, pairs, same_version, spans, version_lines


def policy_changes(old: Iterable[Policy], new: Iterable[Policy], today: int | None = None) -> list[PolicyDiff]:
    """Each pair of versions that differ: of all that are in force on the same days, in the new order, then what is gone.

    `today` is the day before which a version whose file is gone had ended; where none is named, none had.
    """
    before, after = tuple(old), tuple(new)
    differences = [
        difference for line in version_lines(before, after) for difference in _of_line(line, -1 if today is None else today)
    ]
    place = {id(policy): at for at, policy in enumerate((*after, *before))}
    differences.sort(key=lambda difference: place[id(difference.policy)])
    seen = ReaderSearch(before, after)
    missed = missing_references(before, after)
    alone = len({policy.id for policy in (*after, *before)}) <= 1
    return [
        replace(
            difference,
            readers=readers(difference, seen),
            missed=references_to_missing(difference, missed, differences),
            alone=alone,
        )
        for difference in differences
    ]


def _of_line(line: VersionLine, today: int) -> Iterator[PolicyDiff]:
    """Each pair of versions of one policy that differs, with all days of the policy."""
    cut = spans(line)
    differences = [with_record(compare_libraries(*pair), line.new) for pair in pairs(line, cut)]
    days = tuple(_directed(span, line, today, differences) for span in cut)
    known = frozenset(
        name for version in line.old for name in (version.version, *(revision.version for revision in version.revisions))
    )
    entries = {
        revision.version: revision
        for version in line.new
        for revision in version.revisions
        if revision.version == version.version
    }
    came = tuple(revision for name, revision in entries.items() if name not in known)
    for difference in _worth_telling(line, differences):
        dated = replace(
            difference,
            spans=days,
            known=known,
            beside=came if difference.old and difference.new and difference.new.version in known else (),
        )
        yield replace(dated, changes=tuple(_over_time(change, dated) for change in dated.changes))


def _worth_telling(line: VersionLine, differences: Sequence[PolicyDiff]) -> Iterator[PolicyDiff]:
    """Without pairs that differ in number and days alone, where the old version stays and another pair tells of the new one."""
    bare = [
        difference.new is not None and difference.old is not None and same_version(difference.old, line.new) is not difference.new
        and same_version(difference.old, line.new) is not None and all(change.what in ("version", "effective") for change in difference.changes)
        for difference in differences
    ]  # fmt: skip
    with_rules = {id(difference.new) for difference, is_bare in zip(differences, bare, strict=True) if not is_bare}
    for difference, is_bare in zip(differences, bare, strict=True):
        if difference.changes and not (is_bare and id(difference.new) in with_rules):
            with_rules.add(id(difference.new))
            yield difference


def _directed(span: Span, line: VersionLine, today: int, compared: Iterable[PolicyDiff]) -> Span:
    """With the direction of what differs between the versions in force, whenever each of them is."""
    if span.bare:
        return replace(span, expired=expired(span, line, today))
    pair = next(difference for difference in compared if difference.old is span.old and difference.new is span.new)
    directions = [
        change.direction for change in pair.changes if change.what not in ("version", "effective") and not change.of_record
    ]
    return replace(span, direction=combined_direction(directions) if directions else "neutral")


def _over_time(change: Change, difference: PolicyDiff) -> Change:
    """That a version is in force on other days brings nothing itself, for what differs on each is told; but days without
    rules have no direction, and neither has a policy that is gone, unless it has ended."""
    if change.what == "policy" and change.how == "removed":
        mine = [span for span in difference.spans if span.old is difference.old]
        return replace(change, direction="neutral") if mine and all(span.expired for span in mine) else change
    if change.what != "effective":
        return change
    bare = any(_at_this_end(change, span) for span in (*difference.lost, *difference.begun))
    return replace(change, direction="mixed" if bare else "neutral")


def _at_this_end(change: Change, span: Span) -> bool:
    """Whether days are among those by which the beginning, or the end, of two versions differ."""
    ends = [sys.maxsize if day is None else day for day in (change.old, change.new) if day is None or isinstance(day, int)]
    low, high = min(ends), max(ends)
    last = sys.maxsize if span.last is None else span.last
    if change.new_path[-1] == "from":
        return low <= last and span.first < high
    return low < last and span.first <= high


def compare_libraries(old: Policy | None, new: Policy | None) -> PolicyDiff:
    """What differs between two versions of a policy, one of which may be missing."""
    if old is None or new is None:
        policy = new or old
        assert policy is not None
        how: ChangeKind = "added" if old is None else "removed"
        change = Change("policy", how, policy.id, None, policy.id, policy.title, old, new, (), (), "mixed")
        return PolicyDiff(old, new, (change,))
    if old.digest == new.digest:
        return PolicyDiff(old, new, ())
    then = apply_renaming(old, new)
    between = PolicyPair(then.policy, new, then.names, then.models)
    with_values = parameter_values(between)
    of_models = list(_models(with_values.between))
    if with_values.changes:
        of_models = list(_as_it_was(of_models, _models(between)))
    changes = [*with_values.changes, *_heads(between), *of_models]
    if not changes:  # whatever else the digest is over
        changes = [between.change("policy", (), "changed", then.policy, new, "mixed", title=new.title)]
    return PolicyDiff(old, new, tuple(changes))


def _as_it_was(changes: Iterable[Change], plain: Iterable[Change]) -> Iterator[Change]:
    """Changes beside other values of parameters, with what the old version says by its own values in place of the new ones."""
    values = {_key(change): change.old for change in plain}
    yield from (replace(change, old=values.get(_key(change), change.old)) for change in changes)


def _key(change: Change) -> tuple[object, ...]:
    return change.what, change.how, change.old_path, change.new_path


# The head of a policy


def _heads(between: PolicyPair) -> Iterator[Change]:
    old, new = between.old, between.new
    if old.id != new.id:
        yield between.change("policy", ("policy",), "renamed", old.id, new.id, "mixed", title=new.title)
    for name in ("title", "version", "status", "authority"):
        yield from between.leaf(name, (name,), getattr(old, name), getattr(new, name), "text")
    for name, end in (("effective_from", "from"), ("effective_until", "until")):
        yield from between.leaf("effective", ("effective", end), getattr(old, name), getattr(new, name), "neutral")
    yield from between.leaf("note", ("effective", "note"), old.effective_note, new.effective_note, "text")
    for name in Notices.__struct_fields__:
        yield from between.leaf(
            "note", ("notices", name), getattr(old.notices, name, None), getattr(new.notices, name, None), "text"
        )
    yield from scale_changes(between)
    for name, cited, now_cited in between.keyed(old.documents, new.documents):
        title = next(document.document for document in (now_cited, cited) if document)
        yield from between.element("document", ("basis", name), cited, now_cited, "text", title=title)
    for was, now in between.names.get("", {}).items():
        path: ChangedPart = "basis" if now in new.documents else "parameters"
        yield between.change(path, (path, now), "renamed", was, now, "text", title=now, old_path=(path, was))
    for name, before, after in between.keyed(old.parameters, new.parameters):
        if before is None or after is None:
            yield from between.element("parameter", ("parameters", name), before, after, "neutral", name=name)
            continue
        yield from between.texts(("parameters", name), before, after, ("title", "basis", "trial", "note", "pending"))
    for _, category, other in between.keyed(old.categories, new.categories):
        if category is None or other is None:
            continue  # a fact that reads it has changed, and says so
        yield from category_changes(between, category, other)
    for name, attribute, other_one in between.keyed(old.attributes, new.attributes):
        if attribute and other_one:
            direction = catalogue_direction.of_attribute(attribute, other_one)
            yield from between.leaf("catalogue", ("attributes", name), attribute, other_one, direction, name)
    for name, item, same_item in between.keyed(old.library_items, new.library_items):
        if item and same_item:
            yield from between.leaf("library_item", ("items", name), item, same_item, "text", name)


# Models


def _models(between: PolicyPair) -> Iterator[Change]:
    for name, before, after in between.keyed(between.old.models, between.new.models):
        if before is None or after is None:
            yield from between.element("model", ("models", name), before, after, "mixed", model=name)
            continue
        if name in between.models:  # subjects that name it by the old name are rejected
            was, path = between.models[name], ("models", name)
            old_path = ("models", was)
            yield between.change("model", path, "renamed", was, name, "mixed", title=after.title, model=name, old_path=old_path)
        yield from model_changes(between, before, after)
        yield from uses(between, before, after)
