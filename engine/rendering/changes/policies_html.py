"""What changed, as the part of the page that says it: policy by policy, then the common files and whom they concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from engine.model.comparison import CommonRecord, DiffReport
from engine.rendering.changes import change_terms
from engine.rendering.changes.change_view import ChangeView, PolicyView, ViewGroup, place_text
from engine.rendering.changes.days_in_force import backward_text, timeless_text
from engine.rendering.changes.report_outline import ReportOutline, both_text, common_text, touched_text
from engine.rendering.changes.revision_history import common_lines, common_title
from engine.rendering.changes.verdict import revision_texts, verdict
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("page").sentence


class Spot(Struct, frozen=True):
    """Where a change stands: the line, or with the file where the caption names another."""

    text: str
    elsewhere: bool


class ChangeRow(Struct, frozen=True):
    """A change with its direction in words and the places of both sides."""

    change: ChangeView
    direction: str
    spots: tuple[Spot, ...]


class GroupTable(Struct, frozen=True):
    """The changes of a model, or of the policy itself, with the files that are named once."""

    title: str
    files: tuple[str, ...]
    rows: tuple[ChangeRow, ...]
    readers: str


class RecordArticle(Struct, frozen=True):
    """What a common file declares for the policies that use it."""

    title: str
    lines: tuple[str, ...]


class PolicyArticle(Struct, frozen=True):
    """A policy with its declared revisions and its changes by model; `verdict_kind` is the class that colours the verdict."""

    view: PolicyView
    verdict: str
    verdict_kind: str
    revisions: tuple[str, ...]
    backward: str
    groups: tuple[GroupTable, ...]
    common: str


class CommonArticle(Struct, frozen=True):
    """The changes of the common files, that they bear on past days, and whom each concerns."""

    table: GroupTable
    timeless: str
    concerned: tuple[tuple[str, str], ...]


class OtherPolicies(Struct, frozen=True):
    """Policies of which all changes stand in common files, and of which the same is said."""

    verdict: str
    verdict_kind: str
    titles: tuple[str, ...]


class PoliciesSection(Struct, frozen=True):
    """All that differs. `two_catalogues` says of whom is proved what is, `touched` which policies common files alone touch."""

    records: tuple[RecordArticle, ...]
    policies: tuple[PolicyArticle, ...]
    common: CommonArticle | None
    two_catalogues: str
    touched: str
    others: tuple[OtherPolicies, ...]


def policies_section(comparison: DiffReport, report: ReportOutline, lang: Lang) -> PoliciesSection | None:
    """What differs; None where nothing does."""
    if not comparison.policies and not report.shared and not comparison.records:
        return None
    own = [policy for policy in report.policies if policy.groups or policy.missed]
    return PoliciesSection(
        tuple(_record(record, lang) for record in comparison.records),
        tuple(_policy(policy, lang) for policy in own),
        _common(report, lang) if report.shared else None,
        both_text(lang) if report.two_catalogues else "",
        touched_text(report, lang) if report.touched else "",
        tuple(_others([policy for policy in report.policies if not policy.groups and not policy.missed], lang)),
    )


def _record(record: CommonRecord, lang: Lang) -> RecordArticle:
    return RecordArticle(common_title(record, lang), tuple(common_lines(record, lang)))


def _policy(policy: PolicyView, lang: Lang) -> PolicyArticle:
    compared = policy.compared
    return PolicyArticle(
        policy,
        verdict(compared, lang),
        compared.judged.verdict,
        tuple(revision_texts(compared, lang)),
        backward_text(compared.backward, lang),
        tuple(_group(group, lang) for group in policy.groups),
        common_text(policy, lang) if policy.common else "",
    )


def _common(report: ReportOutline, lang: Lang) -> CommonArticle:
    title = sentence("common-files.heading", lang)
    return CommonArticle(
        _group(ViewGroup(None, title, tuple(common.change for common in report.shared)), lang),
        timeless_text(lang) if report.timeless else "",
        tuple((common.change.name, common.concerned) for common in report.shared),
    )


def _others(policies: Sequence[PolicyView], lang: Lang) -> Iterator[OtherPolicies]:
    titles: dict[tuple[str, str], list[str]] = {}
    for policy in policies:
        key = verdict(policy.compared, lang), policy.compared.judged.verdict
        titles.setdefault(key, []).append(policy.title)
    for (line, kind), names in titles.items():
        yield OtherPolicies(line, kind, tuple(names))


def _group(group: ViewGroup, lang: Lang) -> GroupTable:
    """The files are named once, above; a row names them where they are others."""
    files = Counter(_files(change) for change in group.changes).most_common(1)[0][0]
    return GroupTable(
        group.title or sentence("policy-itself", lang),
        tuple(dict.fromkeys(filter(None, files))),
        tuple(_row(change, files, lang) for change in group.changes),
        group.readers,
    )


def _files(change: ChangeView) -> tuple[str, ...]:
    return tuple(place.file if place else "" for place in (change.old_place, change.new_place))


def _row(change: ChangeView, files: tuple[str, ...], lang: Lang) -> ChangeRow:
    spots = dict.fromkeys(
        Spot(f"{place.line}", False) if place.file == file else Spot(place_text(place), True)
        for place, file in zip((change.old_place, change.new_place), files, strict=True)
        if place
    )
    return ChangeRow(change, change_terms.direction_text(change.direction, lang), tuple(spots))
