"""What a comparison says, once for every report: each change in words, with its places, its basis and its direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from engine.model.change import Change
from engine.model.comparison import DECLARED, Compared, Comparison
from engine.model.condition import facts_in
from engine.model.policy import Exclusion, Measure, Policy, Veto
from engine.model.problem import Place, Problem
from engine.model.scoring import Basis, Indicator, Item, form_facts
from engine.telling import words
from engine.telling.changes import naming
from engine.telling.changes.context import Context, context
from engine.telling.changes.values import values
from engine.telling.counts import pick
from engine.telling.messages import message
from engine.telling.wording import basis_text
from engine.telling.words import Lang

CITED = 3
"""So many bases are told of what rests on a fact."""


COMMON = ("catalogue", "library_item", "scale")
"""What stands in a common file, of which a policy takes what it names."""


class Said(Struct, frozen=True):
    """One change: in which element, by its title, which part of it, how it came about, both values, and the rest.

    `outside` says that the declared intent does not cover it.
    """

    change: Change
    element: str
    title: str
    part: str
    how: str
    old: str | None
    new: str | None
    old_place: Place | None
    new_place: Place | None
    basis: str
    outside: bool = False
    also: tuple[str, ...] = ()
    """The titles of other policies that it is the same change of: it stands in a common file."""

    @property
    def direction(self) -> str:
        return self.change.direction

    @property
    def name(self) -> str:
        """`一票否决 多次处罚`, or the element alone where it has no title."""
        return f"{self.element} {self.title}".rstrip()


class Group(Struct, frozen=True):
    """The changes of a model, or of what concerns all of them (without a title)."""

    model: str | None
    title: str
    changes: tuple[Said, ...]


class SaidPolicy(Struct, frozen=True):
    """A policy that differs."""

    compared: Compared
    title: str
    versions: str
    groups: tuple[Group, ...]

    @property
    def changes(self) -> Iterator[Said]:
        for group in self.groups:
            yield from group.changes


def said(comparison: Comparison, lang: Lang) -> tuple[SaidPolicy, ...]:
    """Each policy that differs, its changes by model, what concerns all models last."""
    return tuple(_policy(one, lang) for one in comparison.policies)


def once(policies: Sequence[SaidPolicy]) -> tuple[SaidPolicy, ...]:
    """The same with what is one change of several policies told at the first of them alone."""
    titles: dict[object, list[str]] = {}
    for policy in policies:
        for one in policy.changes:
            titles.setdefault(_what(one), []).append(policy.title)
    told: set[object] = set()
    found = []
    for policy in policies:
        groups = [replace(group, changes=tuple(_first(group.changes, titles, told))) for group in policy.groups]
        found.append(replace(policy, groups=tuple(one for one in groups if one.changes)))
    return tuple(found)


def _first(changes: Sequence[Said], titles: dict[object, list[str]], told: set[object]) -> Iterator[Said]:
    for one in changes:
        what = _what(one)
        if one.change.what not in COMMON:
            yield one
        elif what not in told:
            told.add(what)
            yield replace(one, also=tuple(titles[what][1:]))


def _what(one: Said) -> object:
    """What two changes have in common that are one: their places and all that is told of them."""
    return (one.old_place, one.new_place, one.element, one.title, one.part, one.how, one.old, one.new, one.outside)


def also_text(one: Said, lang: Lang) -> str:
    """Which other policies it is a change of; empty where there are none."""
    if not one.also:
        return ""
    names = pick("、", ", ", lang).join(one.also[:CITED]) + (pick(" 等", ", …", lang) if len(one.also) > CITED else "")
    return pick(f"另 {len(one.also)} 项政策同此：{names}", f"the same of {len(one.also)} more: {names}", lang)


def _policy(compared: Compared, lang: Lang) -> SaidPolicy:
    changed = compared.changed
    told = [_change(change, compared, places, lang) for change, places in zip(changed.changes, compared.places, strict=True)]
    models = {name: model for policy in (changed.old, changed.new) if policy for name, model in policy.models.items()}
    groups = [Group(name, model.title, _of(told, name)) for name, model in models.items()]
    groups.append(Group(None, "", _of(told, None)))
    versions = [policy.version if policy else pick("无", "none", lang) for policy in (changed.old, changed.new)]
    shown = versions[0] if versions[0] == versions[1] else " → ".join(versions)
    return SaidPolicy(compared, changed.policy.title, shown, tuple(one for one in groups if one.changes))


def _of(told: Sequence[Said], model: str | None) -> tuple[Said, ...]:
    return tuple(one for one in told if one.change.model == model)


def _change(change: Change, compared: Compared, places: tuple[Place | None, Place | None], lang: Lang) -> Said:
    changed = compared.changed
    told = context(changed, change.model, lang)
    old, new = values(change, changed, told)
    part = naming.part(change, lang)
    basis = _basis(change, told, lang)
    how = naming.how(change, lang)
    return Said(
        change,
        naming.element(change, lang),
        _title(change, told, lang),
        part,
        how,
        old,
        new,
        *places,
        basis,
        change in compared.judged.outside,
    )


def _title(change: Change, told: Context, lang: Lang) -> str:
    match change.new_path:
        case ("models", _, "decisions", int(place), *_):
            return pick(f"第 {place + 1} 项", f"no. {place + 1}", lang)
        case ("models", _, "adjustments", str(), *rest) if not rest:
            return ""
        case ("categories", name, *_):
            return told.policy.categories[str(name)].title
        case ("attributes", name):
            return told.policy.attributes[str(name)].field.title
        case ("items", name):
            return told.policy.library_items[str(name)].title
        case ("scale", *_):
            return change.id if change.id != "scale" else ""
        case (_,) | ("effective", _):
            return ""
    return change.title or change.id


def _basis(change: Change, told: Context, lang: Lang) -> str:
    """As it is cited; of a fact that has none, the bases of what reads it."""
    if change.basis:
        return basis_text(told.policy, change.basis, _item(change, told))
    match change.new_path:
        case ("models", _, "facts", *_):
            cited = list(dict.fromkeys(basis_text(told.policy, (one,)) for one in _bases_of_readers(change.id, told)))
            more = [pick("等", "…", lang)] if len(cited) > CITED else []
            return "；".join([*cited[:CITED], *more])
    return ""


def _item(change: Change, told: Context) -> str | None:
    """The item of the list that a measure rests on."""
    match change.new_path:
        case ("models", _, "measures", name, *_) if told.model:
            held = next((one for one in told.model.measures if one.id == name), change.old)
            return held.item if isinstance(held, Measure) else None
    return None


def _bases_of_readers(fact: str, told: Context) -> Iterator[Basis]:
    """Of the indicators, items, vetoes and measures that read a fact, or another one that is computed from it."""
    model = told.model
    if model is None:
        return
    reading = {fact}
    for name, needing in model.facts.items():
        if reading & set(needing.needs()):
            reading.add(name)
    scored: tuple[Indicator | Item, ...] = (*model.indicators(), *model.items())
    for one in scored:
        if reading & set(form_facts(one.form)):
            yield from one.basis
    held: tuple[Exclusion | Veto | Measure, ...] = (*model.not_evaluated, *model.vetoes, *model.measures)
    for other in held:
        if reading & set(facts_in(other.when)):
            yield from other.basis


def place_text(place: Place | None) -> str:
    """FILE:LINE."""
    return f"{place.file}:{place.line}" if place else ""


def places_text(one: Said) -> str:
    """Both places, once where they are the same."""
    found = [place_text(place) for place in (one.old_place, one.new_place) if place]
    return " → ".join(dict.fromkeys(found))


def declared(compared: Compared, lang: Lang) -> str:
    """`声明收紧，实为有宽有严`."""
    judged, changed = compared.judged, compared.changed
    if changed.old is None or changed.new is None:
        new = pick("新增的政策，没有原版本可比", "a new policy, with nothing to compare it with", lang)
        return new if changed.old is None else pick("政策删去了", "the policy is gone", lang)
    if judged.intent is None and judged.verdict == DECLARED:
        return pick(
            "各日都有施行的版本，不用声明意图", "a version is in force on every day as before, which needs no intent", lang
        )
    found = naming.direction(changed.direction, lang)
    if judged.intent is None:
        return pick(f"没有声明意图，实为{found}", f"no intent is declared, found {found}", lang)
    intent = naming.direction(judged.intent, lang)
    if judged.verdict == DECLARED and judged.intent != "mixed" and changed.direction not in (judged.intent, "neutral", "text"):
        return pick(
            f"声明{intent}，逐处看{found}，合起来已证明为{intent}",
            f"declared {intent}, found {found} one by one, proved {intent} as a whole",
            lang,
        )
    return pick(f"声明{intent}，实为{found}", f"declared {intent}, found {found}", lang)


def verdict(compared: Compared, lang: Lang) -> str:
    """`声明收紧，实为有宽有严：超出声明（1 处）`."""
    judged = compared.judged
    text = f"{declared(compared, lang)}{pick('：', ': ', lang)}{naming.verdict(judged.verdict, lang)}"
    count = len(judged.outside)
    return text + (pick(f"（{count} 处）", f" ({words.counted(count, 'change')})", lang) if count else "")


def exceeded(comparison: Comparison) -> Iterator[Problem]:
    """A problem for each model of which more are worse off than is allowed."""
    for one in comparison.exceeded:
        values = {"model": one.model.title, "found": f"{one.moved.worse:.2f}", "limit": f"{comparison.limit:g}"}
        yield Problem("downgraded", values=values)


def concluded(comparison: Comparison, lang: Lang) -> str:
    """The verdict on all policies, and what is beyond the limit."""
    found = [naming.verdict(comparison.judged, lang), *(message(one, lang) for one in exceeded(comparison))]
    return pick("；", "; ", lang).join(found)


def revisions(compared: Compared, lang: Lang) -> Iterator[str]:
    """What the new version says of itself: `2025.2（2025-12-01，收紧）：加重扣分。依据示例〔2025〕1号`."""
    policy: Policy = compared.changed.policy
    for one in compared.judged.revisions:
        basis = basis_text(policy, one.basis)
        intent = naming.direction(one.intent, lang)
        yield pick(
            f"{one.version}（{one.date}，{intent}）：{one.why}" + (f"（{basis}）" if basis else ""),
            f"{one.version} ({one.date}, {intent}): {one.why}" + (f" ({basis})" if basis else ""),
            lang,
        )


def counted(policies: Sequence[SaidPolicy], lang: Lang) -> str:
    """`3 处改动：放宽 1，收紧 2`."""
    found = [one.direction for policy in policies for one in policy.changes]
    each = [f"{naming.direction(name, lang)} {found.count(name)}" for name in naming.DIRECTIONS if name in found]
    head = pick(f"{len(found)} 处改动：", f"{words.counted(len(found), 'change')}: ", lang)
    return head + pick("，", ", ", lang).join(each)
