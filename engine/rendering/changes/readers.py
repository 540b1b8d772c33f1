"""Who reads the results of what changed, and who names what is gone, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.model.change import Change, MissingReference, PolicyDiff, Reader
from engine.rendering.counts import pick
from engine.rendering.terms import Lang

TAKEN_IN = ("weight", "feeds", "always", "model", "policy", "kind")
"""What bears on those who read a result, and not on the result itself."""


def readers_of(changed: PolicyDiff, model: str | None, changes: Iterable[Change]) -> tuple[Reader, ...]:
    """Who reads the results of a model, or of any (None), where more than words differ; direct ones first."""
    if all(one.direction == "text" or _is_about_days(one) for one in changes):
        return ()
    found: dict[tuple[str, str], Reader] = {}
    for name, readers in changed.readers.items():
        if model in (None, name):
            for one in readers:
                if one.name not in found or one.direct:
                    found[one.name] = one
    return tuple(sorted(found.values(), key=lambda one: not one.direct))


def readers_text(readers: Sequence[Reader], lang: Lang) -> str:
    """`社会信用综合评价 自然人；经它们：跨部门联合奖惩 自然人`; empty where nobody reads them."""
    direct, through = (_titles([one for one in readers if one.direct is is_direct], lang) for is_direct in (True, False))
    more = pick(f"；经它们：{through}", f"; through them: {through}", lang) if through else ""
    return f"{direct}{more}"


def taken_text(change: Change, changed: PolicyDiff, lang: Lang) -> str:
    """Who takes in a change of a weight, of where a result goes, or of a name; empty for other changes."""
    if change.what not in TAKEN_IN or (change.what == "kind" and len(change.new_path) != 3) or _is_about_days(change):
        return ""
    found = readers_of(changed, change.model, (change,))
    direct = [one for one in found if one.direct]
    if not direct and changed.alone:
        return pick(
            "只看了这项政策的文件，其中没有模型读取其结果",
            "only the files of this policy were looked at, and no model there reads its results",
            lang,
        )
    if not direct:
        return pick("所比较的政策中没有模型读取其结果", "no model of what is compared reads its results", lang)
    text = pick(f"读取其结果：{_titles(direct, lang)}", f"read by {_titles(direct, lang)}", lang)
    return text + (pick("（只看了这项政策）", " (only this policy was looked at)", lang) if changed.alone else "")


def _is_about_days(change: Change) -> bool:
    """Whether other pairs of versions say what differs on any day."""
    return change.direction == "neutral" and (change.what == "effective" or (change.what, change.how) == ("policy", "removed"))


def missed_text(several: Sequence[MissingReference], lang: Lang) -> str:
    """Of the facts of one model that name the same: `园区综合信用指数 园区的“成员数”引用政策 composite，现在没有这个编号`."""
    one = several[0]
    facts = "".join(f"“{it.fact}”" for it in several) if lang != "en" else ", ".join(f"“{it.fact}”" for it in several)
    name = "/".join(filter(None, [one.policy, one.model]))
    kind = pick("模型", "model", lang) if one.model else pick("政策", "policy", lang)
    return pick(
        f"{one.title}的{facts}引用{kind} {name}，现在没有这个编号",
        f"{facts} of {one.title} {'names' if len(several) == 1 else 'name'} the {kind} {name}; there is none under that id now",
        lang,
    )


def missed_texts(missed: Sequence[MissingReference], lang: Lang) -> Iterator[str]:
    """A line for each model and id that it names."""
    found: dict[tuple[object, ...], list[MissingReference]] = {}
    for one in missed:
        found.setdefault((one.reader, one.policy, one.model), []).append(one)
    yield from (missed_text(several, lang) for several in found.values())


def _titles(readers: Iterable[Reader], lang: Lang) -> str:
    return pick("、", ", ", lang).join(dict.fromkeys(one.title for one in readers))
