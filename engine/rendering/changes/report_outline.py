"""What a report tells once: each policy with what is its own, the common files with whom they concern."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.model.comparison import DECLARED, CommonFilesDiff, DiffReport, JudgedChange, ReviewedPolicy
from engine.rendering.changes import change_terms
from engine.rendering.changes.change_view import COMMON, ChangeView, PolicyView, ViewGroup, change_view, change_views
from engine.rendering.counts import pick
from engine.rendering.terms import Lang


class CommonFilesView(Struct, frozen=True):
    """A change of a common file, and in words whom it concerns."""

    shared: CommonFilesDiff
    said: ChangeView
    concerned: str


class ReportOutline(Struct, frozen=True):
    """What a report tells once: the policies with what is their own, the common files, and whom these alone touch."""

    policies: tuple[PolicyView, ...]
    shared: tuple[CommonFilesView, ...]
    touched: tuple[PolicyView, ...]

    @property
    def two_catalogues(self) -> bool:
        """Whether what is proved is proved of those alone whom the catalogue takes on both sides."""
        proved = any(one.compared.proofs for one in self.policies)
        return proved and any(one.shared.takes for one in self.shared)

    @property
    def timeless(self) -> bool:
        """Whether what the common files say bears on the results of past days too."""
        return any(one.said.direction not in ("neutral", "text") and one.shared.concerned for one in self.shared)

    @property
    def changes(self) -> tuple[ChangeView, ...]:
        """Each once."""
        return (*(one for policy in self.policies for one in policy.changes), *(one.said for one in self.shared))


def report_outline(comparison: DiffReport, lang: Lang) -> ReportOutline:
    """Changes of common files and days of a policy told once, policies that differ by common files alone in a list."""
    shared = common_files_view(comparison, lang)
    other = any(one.shared.takes for one in shared)
    told: set[object] = set()
    policies: list[PolicyView] = []
    touched: list[PolicyView] = []
    for policy in change_views(comparison, lang):
        groups = [_without(group, shared) for group in policy.groups]
        common = tuple(one for one in policy.changes if one.outside and _key(one) in {_key(other.said) for other in shared})
        days = policy.compared.changed.policy.id, tuple((one.days, one.text) for one in policy.days)
        own = replace(
            policy,
            groups=tuple(group for group in groups if group.changes),
            common=common,
            two_catalogues=other,
            days=() if days in told else policy.days,
        )
        told.add(days)
        (policies if own.groups or policy.missed or policy.compared.proofs else touched).append(own)
    return ReportOutline(tuple(policies), shared, tuple(touched))


def _without(group: ViewGroup, shared: Sequence[CommonFilesView]) -> ViewGroup:
    """A group without what is told of the common files; that a policy names another scale is its own."""
    told = {_key(one.said) for one in shared}
    return replace(group, changes=tuple(one for one in group.changes if _key(one) not in told))


def _key(one: ChangeView) -> object:
    """What two changes have in common that are one."""
    if one.change.what not in COMMON:
        return id(one)
    return one.change.what, one.change.id, one.part, one.old, one.new, one.old_place, one.new_place


def touched_text(report: ReportOutline, lang: Lang) -> str:
    """The policies that common files alone touch, in one line."""
    titles = pick("、", ", ", lang).join(one.title for one in report.touched)
    count = len(report.touched)
    return pick(
        f"只随公共文件变动的政策（{count} 项，自身没有改动和声明）：{titles}",
        f"{_policies(count)} without changes and declarations of their own, which common files alone touch: {titles}",
        lang,
    )


def both_text(lang: Lang) -> str:
    """Of whom is proved what is, where the catalogue takes other data."""
    return pick(
        "两边归集目录接受的数据不同，各项证明只对两边都接受的主体",
        "the catalogue takes other data: what is proved is proved of the subjects alone that it takes on both sides",
        lang,
    )


def common_text(one: PolicyView, lang: Lang) -> str:
    """The changes of common files that a policy's intent does not cover."""
    names = pick("、", ", ", lang).join(dict.fromkeys(" ".join(filter(None, [it.name, it.part])) for it in one.common))
    return pick(f"公共文件的改动中超出声明的：{names}", f"of the common files, beyond what is declared: {names}", lang)


def common_files_view(comparison: DiffReport, lang: Lang) -> tuple[CommonFilesView, ...]:
    """Each change of the common files."""
    found = []
    for one in comparison.shared:
        outside = (one.change,) if one.intent is not None and one.verdict != DECLARED else ()
        judged = JudgedChange((), one.intent, one.verdict, outside)
        change = change_view(one.change, ReviewedPolicy(one.changed, judged, (one.places,)), one.places, lang)
        found.append(CommonFilesView(one, change, _declared(one, lang) + concerned_text(one, lang)))
    return tuple(found)


def _declared(one: CommonFilesDiff, lang: Lang) -> str:
    """`公共文件声明收紧：与声明相符；`."""
    if one.intent is None:
        none = pick(
            "公共文件没有声明意图，涉及的政策也没有都声明：不能判定；",
            "neither the file nor every policy that it bears on declares it: cannot be held against a declaration; ",
            lang,
        )
        return none if one.verdict != DECLARED else ""
    intent, verdict = change_terms.direction_text(one.intent, lang), change_terms.verdict_text(one.verdict, lang)
    return pick(f"公共文件声明{intent}：{verdict}；", f"the file declares {intent}: {verdict}; ", lang)


def concerned_text(one: CommonFilesDiff, lang: Lang) -> str:
    """Whom the catalogue refuses or takes now, or who uses what differs; of a policy by itself that no other was looked at."""
    others = pick("（只看了这项政策）", " (only this policy was looked at)", lang) if one.changed.alone else ""
    return _concerned(one, lang) + others


def _concerned(one: CommonFilesDiff, lang: Lang) -> str:
    titles = pick("、", ", ", lang).join(dict.fromkeys(policy.title for policy in one.concerned))
    count = len(one.concerned)
    if not one.takes:
        if not count:
            return pick("这里没有政策用到", "no policy here uses it", lang)
        return pick(f"用到的 {count} 项政策：{titles}", f"used by {_policies(count)}: {titles}", lang)
    unread = "" if any(policy.reads for policy in one.concerned) else pick("没有政策用到，但", "no policy uses it, but ", lang)
    way = {
        "stricter": ("不合要求的记录使整个主体不予评价", "a record that is not taken refuses its subject as a whole"),
        "looser": ("原来因此整个不予评价的主体可以评价", "subjects that were refused for it as a whole can be evaluated"),
    }.get(
        one.change.direction,
        ("接受的数据不同，主体可能整个不予评价", "other data are taken, and subjects may be refused as a whole"),
    )
    whom = pick(
        f"涉及 {count} 项政策：{titles}" if count else "这里没有政策评价这些主体",
        f"bears on {_policies(count)}: {titles}" if count else "no policy here evaluates these subjects",
        lang,
    )
    return f"{unread}{pick(*way, lang)}{pick('，', '; ', lang)}{whom}"


def _policies(count: int) -> str:
    return "1 policy" if count == 1 else f"{count} policies"
