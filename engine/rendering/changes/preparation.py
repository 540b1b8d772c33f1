"""On what a comparison rests, in words: who hands it in, what was compared, with what, held to what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from engine.model.comparison import DiffReport
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.preparation import Content, ExaminedCases, Origin, Preparation, unsettled_values
from engine.rendering import terms
from engine.rendering.changes.readers import readers_of
from engine.rendering.counts import pick
from engine.rendering.proofs import days_text
from engine.rendering.terms import Lang, term

Json = dict[str, Any]

SHORT = 12
"""So many digits of a commit's id tell it to people."""

LISTED = 8
"""So many files of a population are named; the rest is counted."""

LIMITS: Mapping[str, tuple[str, str]] = {
    "downgraded": ("任一模型降级或者不再有结果的主体", "of any model's subjects to a worse level or without a result"),
    "lost_incentives": ("任一模型失去激励的主体", "of any model's subjects that lose an incentive"),
    "new_restrictions": ("任一模型新增惩戒的主体", "of any model's subjects under a new restriction"),
}
"""What is held to a share."""

SHARED: Mapping[str, tuple[str, str]] = {
    "catalogue": ("归集目录", "catalogue"),
    "scale": ("等级标准", "scale"),
    "library_items": ("措施库", "measure library"),
}


class PreparationLine(Struct, frozen=True):
    """A thing that is asked about the comparison, and the answers, each a line of its own."""

    name: str
    answers: tuple[str, ...]


def preparation_lines(comparison: DiffReport, lang: Lang) -> Iterator[PreparationLine]:
    """Everything, in the order in which it is asked."""
    made = comparison.prepared
    if made is None:
        return
    none = pick("未填写", "not given", lang)
    yield PreparationLine(pick("报送", "Prepared by", lang), (f"{made.by or none}{pick('，', ', ', lang)}{iso_text(made.on)}",))
    for name, side in ((pick("原", "Old", lang), made.old), (pick("新", "New", lang), made.new)):
        named = comparison.old if side is made.old else comparison.new
        yield PreparationLine(name, (named, origin_text(named, side, lang)))
    yield PreparationLine(
        pick("政策状态", "Status", lang), tuple(_statuses(comparison, lang)) or (pick("没有改动", "no change", lang),)
    )
    yield PreparationLine(pick("样例", "Cases", lang), tuple(_examined(comparison, lang)))
    if comparison.impact is not None:
        yield PreparationLine(pick("主体数据", "Population", lang), tuple(_population(comparison, made, lang)))
    yield PreparationLine(pick("限度", "Limits", lang), tuple(_limits(comparison, lang)))
    days = dict.fromkeys(days_text(proof.days, lang) for one in comparison.policies for proof in one.proofs)
    if days:
        yield PreparationLine(pick("证明的日子", "Days of the proofs", lang), tuple(days))
    yield PreparationLine(pick("读取其结果的模型", "Read by", lang), (readers_line(comparison, lang),))
    yield PreparationLine(pick("程序", "Program", lang), (f"xinyong {made.program}",))


def brief_text(comparison: DiffReport, lang: Lang) -> str:
    """In a line, for a comment: who, when, which commits, how the cases came out."""
    made = comparison.prepared
    if made is None:
        return ""
    by = f"{made.by}{pick('，', ', ', lang)}" if made.by else ""
    sides = [
        f"{name} {_commit(side, lang, SHORT)}"
        for name, side in ((pick("原", "old", lang), made.old), (pick("新", "new", lang), made.new))
        if side.commit
    ]
    examined = [one for one in comparison.examination.examined if one.new]
    cases = _cases_of(examined, lang) if any(one.cases for one in examined) else ""
    told = [
        f"{by}{iso_text(made.on)}",
        *sides,
        *([f"{pick('样例', 'cases', lang)}{pick('', ' ', lang)}{cases}"] if cases else []),
    ]
    return f"{pick('报送', 'Prepared', lang)}{pick('：', ': ', lang)}{pick('；', '; ', lang).join(told)}"


def origin_text(named: str, side: Origin, lang: Lang) -> str:
    """The commit of a side, and whether it is that commit."""
    if side.commit is None and named.startswith(":"):
        return pick("已暂存，没有提交", "staged, not committed", lang)
    if side.commit is None:
        return pick("不在 git 里", "not in git", lang)
    return _commit(side, lang)


def _commit(side: Origin, lang: Lang, digits: int | None = None) -> str:
    name = f"{pick('提交', 'commit', lang)} {(side.commit or '')[:digits]}"
    if side.differs is None:
        return name
    state = (
        pick("工作区，有未提交的改动", "work tree, with changes that are not committed", lang)
        if side.differs
        else pick("工作区，与提交相同", "work tree, the same as the commit", lang)
    )
    return f"{name}{pick(f'（{state}）', f' ({state})', lang)}"


def readers_line(comparison: DiffReport, lang: Lang) -> str:
    """Who reads results that may differ, and so may give others itself."""
    found: dict[object, str] = {}
    for one in comparison.policies:
        found |= {reader.name: reader.title for reader in readers_of(one.changed, None, one.changed.changes)}
    return pick("；", "; ", lang).join(found.values()) or pick("没有", "none", lang)


def _statuses(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """Of each policy as it is to be: its status, and what in it nobody has fixed."""
    several = len(comparison.policies) > 1
    for policy in {
        (one.changed.policy.id, one.changed.policy.version): one.changed.policy for one in comparison.policies
    }.values():
        title = f"{policy.title} {policy.version}{pick('：', ': ', lang)}" if several else ""
        yield title + status_text(policy, lang)


def status_text(policy: Policy, lang: Lang) -> str:
    """`试行；待定的参数 4 个，试行的指标、否决、措施等 31 处，待核实的文件 2 个`."""
    found = unsettled_values(policy)
    parts = [
        pick(f"待定的参数 {found.pending} 个", f"{terms.counted(found.pending, 'parameter')} pending", lang)
        if found.pending
        else "",
        pick(f"试行的参数 {found.trial} 个", f"{terms.counted(found.trial, 'parameter')} on trial", lang)
        if found.trial
        else "",
        pick(f"试行的指标、否决、措施等 {found.elements} 处", f"{terms.counted(found.elements, 'element')} on trial", lang)
        if found.elements
        else "",
        pick(f"待核实的文件 {found.documents} 个", f"{terms.counted(found.documents, 'document')} to be verified", lang)
        if found.documents
        else "",
    ]
    rest = pick("，", ", ", lang).join(filter(None, parts)) or pick("没有待定和试行的取值", "nothing pending or on trial", lang)
    return f"{term(policy.status, lang)}{pick('；', '; ', lang)}{rest}"


def _examined(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """How the cases of either side came out."""
    for second, name in enumerate((comparison.old, comparison.new)):
        side = (pick("原", "old", lang), pick("新", "new", lang))[second]
        if name in comparison.examination.unread:
            yield f"{side}{pick('：不能读', ': cannot be read', lang)}"
            continue
        every = [one for one in comparison.examination.examined if one.new == bool(second)]
        found = [one for one in every if one.cases]
        if not found:
            yield f"{side}{pick('：没有', ': none', lang)}"
            continue
        yield f"{side}{pick('：', ': ', lang)}{_cases_of(every, lang)}"


def failing_cases_text(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """That cases of the new side do not pass, or cannot be read, which is asked before anything is signed."""
    failed = sum(one.failed for one in comparison.examination.examined if one.new)
    if failed:
        yield pick(f"新版本有 {failed:,} 个样例没有通过", f"{terms.counted(failed, 'case')} of the new version failed", lang)
    if comparison.new in comparison.examination.unread:
        yield pick("新版本的样例不能读", "the cases of the new version cannot be read", lang)


def _cases_of(found: Sequence[ExaminedCases], lang: Lang) -> str:
    """`通过 94，未通过 0，覆盖 98.5%`; of several versions who fails, the least coverage, and who has no cases."""
    bare = pick("、", ", ", lang).join(f"{one.title} {one.version}" for one in found if not one.cases)
    found = [one for one in found if one.cases]
    failed = sum(one.failed for one in found)
    passed = sum(one.cases for one in found) - failed
    covered = min((one.covered for one in found), default=0)
    share = f"{covered // 10}.{covered % 10}%"
    least = len(found) > 1 and covered < 1000
    who = pick("、", ", ", lang).join(f"{one.title} {one.failed:,}" for one in found if one.failed) if len(found) > 1 else ""
    rest = pick(f"；没有样例：{bare}", f"; without cases: {bare}", lang) if bare else ""
    return (
        pick(
            f"通过 {passed:,}，未通过 {failed:,}{f'（{who}）' if who else ''}，{'有样例的' if bare else ''}覆盖{'最低' if least else ''} {share}",
            f"{passed:,} passed, {failed:,} failed{f' ({who})' if who else ''}, "
            f"{'least coverage' if least else 'coverage'}{' of those with cases' if bare else ''} {share}",
            lang,
        )
        + rest
    )


def _population(comparison: DiffReport, made: Preparation, lang: Lang) -> Iterator[str]:
    impact = comparison.impact
    assert impact is not None
    refused = pick(f"，另有 {impact.refused:,} 个不能评价", f", {impact.refused:,} refused", lang) if impact.refused else ""
    day = iso_text(impact.as_of)
    yield pick(
        f"基准日 {day}，{impact.subjects:,} 个主体{refused}",
        f"as of {day}, {terms.counted(impact.subjects, 'subject')}{refused}",
        lang,
    )
    for one in made.population[:LISTED]:
        yield content_text(one, lang)
    left = len(made.population) - LISTED
    if left > 0:
        yield pick(f"另 {left} 个文件，见 JSON 报告", f"and {left} more files, see the report for programs", lang)


def content_text(one: Content, lang: Lang) -> str:
    """`shops.jsonl，3 行，412 字节，SHA-256 …`."""
    rows = "" if one.rows is None else pick(f"{one.rows:,} 行，", f"{terms.counted(one.rows, 'row')}, ", lang)
    return pick(
        f"{one.name}，{rows}{one.bytes:,} 字节，SHA-256 {one.sha256}",
        f"{one.name}, {rows}{one.bytes:,} bytes, SHA-256 {one.sha256}",
        lang,
    )


def _limits(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    if comparison.impact is None:
        yield pick("没有算影响", "no impact was computed", lang)
        return
    for name, most in comparison.allowed.items():
        zh, en = LIMITS[name]
        yield pick(f"{zh}不超过 {most:g}%", f"{en}: at most {most:g}%", lang)
    if not comparison.allowed:
        yield pick("没有规定", "none was set", lang)
    else:
        yield (
            pick("结论：超出限度", "concluded: beyond the limit", lang)
            if comparison.exceeded
            else pick("结论：没有超出", "concluded: within it", lang)
        )


# For programs


def prepared_json(comparison: DiffReport, check: str) -> Json | None:
    """By schema/diff.schema.json."""
    made = comparison.prepared
    if made is None:
        return None
    return {
        "by": made.by, "on": iso_text(made.on), "program": made.program, "command": made.command, "check": check,
        "old": _origin_json(made.old), "new": _origin_json(made.new),
        "population": [_content_json(one) for one in made.population],
        "cases": [
            {
                "policy": one.policy, "version": one.version, "side": "new" if one.new else "old", "cases": one.cases, "failed": one.failed,
                "coverage": one.covered / 10,
            }
            for one in comparison.examination.examined
        ],
        "cases_unread": list(comparison.examination.unread),
        "unsettled": [_unsettled_json(one.changed.policy) for one in comparison.policies],
    }  # fmt: skip


def _origin_json(side: Origin) -> Json:
    return {
        "commit": side.commit, "differs": side.differs, "files": [_content_json(one) for one in side.files],
        "digests": [{"what": what, "id": name or None, "digest": digest} for what, name, digest in side.digests],
    }  # fmt: skip


def _content_json(one: Content) -> Json:
    return {"file": one.name, "bytes": one.bytes, "rows": one.rows, "sha256": one.sha256}


def _unsettled_json(policy: Policy) -> Json:
    found = unsettled_values(policy)
    counts = {name: getattr(found, name) for name in found.__struct_fields__}
    return {"policy": policy.id, "status": policy.status, **counts}


# The check code

_UNCHECKED = frozenset(
    ("file", "line", "column", "command", "commit", "differs", "check", "program", "shown", "witness", "seconds")
)
"""What may be otherwise where everything is the same: names of files and revisions, places in them, the program, and which
subject the solver comes upon first."""


def check_code(document: Json) -> str:
    """Sixteen digits that are the same wherever the same is compared and found: `3F2A-91BC-77D0-1E5C`.

    The first of the SHA-256 over the report for programs in Chinese, but for names of files and what the sides are called.
    """
    said = {name: part for name, part in document.items() if name not in ("old", "new")}
    text = json.dumps(_checked(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digits = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16].upper()
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def _checked(value: object) -> object:
    match value:
        case dict():
            return {name: _checked(part) for name, part in value.items() if name not in _UNCHECKED}
        case list():
            return [_checked(part) for part in value]
        case _:
            return value
