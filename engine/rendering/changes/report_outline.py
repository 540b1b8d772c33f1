"""What a report tells once: each policy with what is its own, the common files with whom they concern."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from engine.model.comparison import DECLARED, CommonFilesDiff, DiffReport, JudgedChange, ReviewedPolicy
from engine.rendering.changes import change_terms
from engine.rendering.changes.change_view import COMMON, ChangeView, PolicyView, ViewGroup, change_view, change_views
from engine.rendering.phrases import as_clauses, listed, with_semicolons
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence


class CommonFilesView(Struct, frozen=True):
    """A change of a common file, and in words whom it concerns."""

    diff: CommonFilesDiff
    change: ChangeView
    concerned: str


class ReportOutline(Struct, frozen=True):
    """What a report tells once: the policies with what is their own, the common files, and whom these alone touch."""

    policies: tuple[PolicyView, ...]
    shared: tuple[CommonFilesView, ...]
    touched: tuple[PolicyView, ...]

    @property
    def two_catalogues(self) -> bool:
        """Whether what is proved is proved of those alone whom the catalogue takes on both sides."""
        proved = any(policy.compared.proofs for policy in self.policies)
        return proved and any(view.diff.takes for view in self.shared)

    @property
    def timeless(self) -> bool:
        """Whether what the common files say bears on the results of past days too."""
        return any(view.change.direction not in ("neutral", "text") and view.diff.concerned for view in self.shared)

    @property
    def changes(self) -> tuple[ChangeView, ...]:
        """Each once."""
        own = (change for policy in self.policies for change in policy.changes)
        return (*own, *(view.change for view in self.shared))


def report_outline(comparison: DiffReport, lang: Lang) -> ReportOutline:
    """Changes of common files and days of a policy told once, policies that differ by common files alone in a list."""
    shared = common_files_view(comparison, lang)
    shared_keys = {_key(view.change) for view in shared}
    two_catalogues = any(view.diff.takes for view in shared)
    days_before: set[object] = set()
    policies: list[PolicyView] = []
    touched: list[PolicyView] = []
    for policy in change_views(comparison, lang):
        groups = [_without(group, shared_keys) for group in policy.groups]
        days = policy.compared.changed.policy.id, tuple((span.days, span.text) for span in policy.days)
        own = replace(
            policy,
            groups=tuple(group for group in groups if group.changes),
            common=tuple(change for change in policy.changes if change.outside and _key(change) in shared_keys),
            two_catalogues=two_catalogues,
            days=() if days in days_before else policy.days,
        )
        days_before.add(days)
        (policies if own.groups or policy.missed or policy.compared.proofs else touched).append(own)
    return ReportOutline(tuple(policies), shared, tuple(touched))


def _without(group: ViewGroup, shared_keys: set[object]) -> ViewGroup:
    """A group without what is told of the common files; that a policy names another scale is its own."""
    return replace(group, changes=tuple(change for change in group.changes if _key(change) not in shared_keys))


def _key(view: ChangeView) -> object:
    """What two changes have in common that are one."""
    if view.change.what not in COMMON:
        return id(view)
    return view.change.what, view.change.id, view.part, view.old, view.new, view.old_place, view.new_place


def touched_text(report: ReportOutline, lang: Lang) -> str:
    """The policies that common files alone touch, in one line."""
    titles = listed((policy.title for policy in report.touched), lang)
    return sentence("touched-alone", lang, count=len(report.touched), policies=titles)


def both_text(lang: Lang) -> str:
    """Of whom is proved what is, where the catalogue takes other data."""
    return sentence("two-catalogues", lang)


def common_text(policy: PolicyView, lang: Lang) -> str:
    """The changes of common files that a policy's intent does not cover."""
    names = dict.fromkeys(" ".join(filter(None, [change.name, change.part])) for change in policy.common)
    return sentence("common-beyond", lang, changes=listed(names, lang))


def common_files_view(comparison: DiffReport, lang: Lang) -> tuple[CommonFilesView, ...]:
    """Each change of the common files."""
    return tuple(_common_file(diff, lang) for diff in comparison.shared)


def _common_file(diff: CommonFilesDiff, lang: Lang) -> CommonFilesView:
    outside = (diff.change,) if diff.intent is not None and diff.verdict != DECLARED else ()
    judged = JudgedChange((), diff.intent, diff.verdict, outside)
    change = change_view(diff.change, ReviewedPolicy(diff.changed, judged, (diff.places,)), diff.places, lang)
    clauses = filter(None, [_declared(diff, lang), concerned_text(diff, lang)])
    return CommonFilesView(diff, change, with_semicolons(clauses, lang))


def _declared(diff: CommonFilesDiff, lang: Lang) -> str:
    """`公共文件声明收紧：与声明相符`; empty where nothing need be declared."""
    if diff.intent is None:
        return sentence("file-undeclared", lang) if diff.verdict != DECLARED else ""
    intent, verdict = change_terms.direction_text(diff.intent, lang), change_terms.verdict_text(diff.verdict, lang)
    return sentence("file-declares", lang, direction=intent, verdict=verdict)


def concerned_text(diff: CommonFilesDiff, lang: Lang) -> str:
    """Whom the catalogue refuses or takes now, or who uses what differs; of a policy by itself that no other was looked at."""
    text = _taken_or_refused(diff, lang) if diff.takes else _used(diff, lang)
    return sentence("only-this-policy", lang, text=text) if diff.changed.alone else text


def _used(diff: CommonFilesDiff, lang: Lang) -> str:
    if not diff.concerned:
        return sentence("used-by-none", lang)
    return sentence("used-by", lang, count=len(diff.concerned), policies=_titles(diff, lang))


def _taken_or_refused(diff: CommonFilesDiff, lang: Lang) -> str:
    name = diff.change.direction if diff.change.direction in ("stricter", "looser") else "other"
    effect = sentence(f"catalogue-{name}", lang)
    if not any(policy.reads for policy in diff.concerned):
        effect = sentence("used-by-none-but", lang, effect=effect)
    if diff.concerned:
        whom = sentence("bears-on", lang, count=len(diff.concerned), policies=_titles(diff, lang))
    else:
        whom = sentence("bears-on-none", lang)
    return as_clauses([effect, whom], lang)


def _titles(diff: CommonFilesDiff, lang: Lang) -> str:
    return listed(dict.fromkeys(policy.title for policy in diff.concerned), lang)
