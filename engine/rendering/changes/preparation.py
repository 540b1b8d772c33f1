"""On what a comparison rests, in words: who hands it in, what was compared, with what, held to what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from engine.model.comparison import DiffReport
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.preparation import Content, ExaminedCases, Origin, Preparation, UnreadCases, unsettled_values
from engine.rendering.changes.readers import readers_of
from engine.rendering.messages import message
from engine.rendering.phrases import listed, with_commas, with_label, with_semicolons
from engine.rendering.proofs import days_text
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term

Json = dict[str, Any]

sentence = Sentences("changes").sentence

SHORT = 12
"""So many digits of a commit's id tell it to people."""

LISTED = 8
"""So many files of a population are named; the rest is counted."""


class PreparationLine(Struct, frozen=True):
    """A thing that is asked about the comparison, and the answers, each a line of its own."""

    name: str
    answers: tuple[str, ...]


def preparation_lines(comparison: DiffReport, lang: Lang) -> Iterator[PreparationLine]:
    """Everything, in the order in which it is asked."""
    prepared = comparison.prepared
    if prepared is None:
        return
    by = prepared.by or sentence("not-given", lang)
    yield PreparationLine(sentence("prepared-by", lang), (with_commas([by, iso_text(prepared.on)], lang),))
    for side, path, origin in (("old", comparison.old, prepared.old), ("new", comparison.new, prepared.new)):
        yield PreparationLine(sentence(f"side-{side}.heading", lang), (path, origin_text(path, origin, lang)))
    yield PreparationLine(sentence("policy-status", lang), tuple(_statuses(comparison, lang)) or (sentence("no-change", lang),))
    yield PreparationLine(sentence("cases", lang), tuple(_examined(comparison, lang)))
    if comparison.impact is not None:
        yield PreparationLine(sentence("population", lang), tuple(_population(comparison, prepared, lang)))
    yield PreparationLine(sentence("limits", lang), tuple(_limits(comparison, lang)))
    days = dict.fromkeys(days_text(proof.days, lang) for reviewed in comparison.policies for proof in reviewed.proofs)
    if days:
        yield PreparationLine(sentence("days-of-proofs", lang), tuple(days))
    yield PreparationLine(sentence("models-that-read", lang), (readers_line(comparison, lang),))
    yield PreparationLine(sentence("program", lang), (f"xinyong {prepared.program}",))


def brief_text(comparison: DiffReport, lang: Lang) -> str:
    """In a line, for a comment: who, when, which commits, how the cases came out."""
    prepared = comparison.prepared
    if prepared is None:
        return ""
    facts = [with_commas([*filter(None, [prepared.by]), iso_text(prepared.on)], lang)]
    for side, origin in (("old", prepared.old), ("new", prepared.new)):
        if origin.commit:
            facts.append(f"{sentence(f'side-{side}', lang)} {_commit(origin, lang, SHORT)}")
    examined = [version for version in comparison.examination.examined if version.new]
    if any(version.cases for version in examined):
        facts.append(sentence("cases.in-brief", lang, results=_cases_of(examined, lang)))
    return sentence("prepared-in-brief", lang, facts=with_semicolons(facts, lang))


def origin_text(path: str, origin: Origin, lang: Lang) -> str:
    """The commit of a side, by the path that names it, and whether it is that commit."""
    if origin.commit is None:
        return sentence("staged" if path.startswith(":") else "outside-git", lang)
    return _commit(origin, lang)


def _commit(origin: Origin, lang: Lang, digits: int | None = None) -> str:
    names = {None: "commit", True: "commit-differs", False: "commit-same"}
    return sentence(names[origin.differs], lang, id=(origin.commit or "")[:digits])


def readers_line(comparison: DiffReport, lang: Lang) -> str:
    """Who reads results that may differ, and so may give others itself."""
    titles: dict[object, str] = {}
    for reviewed in comparison.policies:
        titles |= {reader.name: reader.title for reader in readers_of(reviewed.changed, None, reviewed.changed.changes)}
    return with_semicolons(titles.values(), lang) or sentence("models-that-read-none", lang)


def shared_title(kind: str, lang: Lang) -> str:
    """What policies share of a kind: 归集目录, 等级标准, 措施库."""
    return sentence(f"shared-{kind}", lang)


def _statuses(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """Of each policy as it is to be: its status, and what in it nobody has fixed."""
    policies = [reviewed.changed.policy for reviewed in comparison.policies]
    for policy in {(policy.id, policy.version): policy for policy in policies}.values():
        status = status_text(policy, lang)
        title = f"{policy.title} {policy.version}"
        yield with_label(title, status, lang) if len(policies) > 1 else status


def status_text(policy: Policy, lang: Lang) -> str:
    """`试行；待定的参数 4 个，试行的指标、否决、措施等 31 处，待核实的文件 2 个`."""
    unsettled = unsettled_values(policy)
    counts = {
        "parameters-pending": unsettled.pending,
        "parameters-on-trial": unsettled.trial,
        "elements-on-trial": unsettled.elements,
        "documents-to-verify": unsettled.documents,
    }
    parts = [sentence(name, lang, count=count) for name, count in counts.items() if count]
    rest = with_commas(parts, lang) or sentence("nothing-unsettled", lang)
    return with_semicolons([term(policy.status, lang), rest], lang)


def _examined(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """How the cases of either side came out."""
    for side, path in (("old", comparison.old), ("new", comparison.new)):
        versions = [version for version in comparison.examination.examined if version.new == (side == "new")]
        if _unread(comparison, path):
            results = sentence("cases-unread", lang)
        elif any(version.cases for version in versions):
            results = _cases_of(versions, lang)
        else:
            results = sentence("cases-none", lang)
        yield with_label(sentence(f"side-{side}", lang), results, lang)


def failing_cases_text(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    """That cases of the new side do not pass, or cannot be read, which is asked before anything is signed."""
    failed = sum(version.failed for version in comparison.examination.examined if version.new)
    if failed:
        yield sentence("new-version-failed", lang, count=failed)
    if unread := _unread(comparison, comparison.new):
        reason = message(unread.problem, lang)
        if unread.problem.place is not None:
            place = f"{unread.problem.place.file}:{unread.problem.place.line}"
            reason = sentence("labelled", lang, label=place, text=reason)
        yield sentence("new-version-cases-unread", lang, reason=reason)


def _unread(comparison: DiffReport, side: str) -> UnreadCases | None:
    """Why the cases of a side cannot be read; None where they can."""
    return next((unread for unread in comparison.examination.unread if unread.side == side), None)


def _cases_of(versions: Sequence[ExaminedCases], lang: Lang) -> str:
    """`通过 94，未通过 0，覆盖 98.5%`; of several versions who fails, the least coverage, and who has no cases."""
    examined = [version for version in versions if version.cases]
    bare = [f"{version.title} {version.version}" for version in versions if not version.cases]
    passed = sum(version.cases - version.failed for version in examined)
    parts = [
        sentence("cases-passed", lang, count=f"{passed:,}"),
        _failed_cases(examined, lang),
        _coverage(examined, bool(bare), lang),
    ]
    results = [with_commas(parts, lang)]
    if bare:
        results.append(sentence("without-cases", lang, policies=listed(bare, lang)))
    return with_semicolons(results, lang)


def _failed_cases(examined: Sequence[ExaminedCases], lang: Lang) -> str:
    count = f"{sum(version.failed for version in examined):,}"
    failing = [f"{version.title} {version.failed:,}" for version in examined if version.failed]
    if len(examined) == 1 or not failing:
        return sentence("cases-failed", lang, count=count)
    return sentence("cases-failed-of", lang, count=count, policies=listed(failing, lang))


def _coverage(examined: Sequence[ExaminedCases], of_those: bool, lang: Lang) -> str:
    """The least of several; `of_those` where others have no cases."""
    covered = min((version.covered for version in examined), default=0)
    least = len(examined) > 1 and covered < 1000
    if of_those:
        name = "coverage-of-those-least" if least else "coverage-of-those"
    else:
        name = "coverage-least" if least else "coverage"
    return sentence(name, lang, share=f"{covered // 10}.{covered % 10}%")


def _population(comparison: DiffReport, prepared: Preparation, lang: Lang) -> Iterator[str]:
    impact = comparison.impact
    assert impact is not None
    parts = [
        sentence("as-of-day", lang, day=iso_text(impact.as_of)),
        sentence("subjects", lang, count=impact.subjects),
        *([sentence("subjects-refused", lang, count=f"{impact.refused:,}")] if impact.refused else []),
    ]
    yield with_commas(parts, lang)
    for content in prepared.population[:LISTED]:
        yield content_text(content, lang)
    left = len(prepared.population) - LISTED
    if left > 0:
        yield sentence("files-left", lang, count=left)


def content_text(content: Content, lang: Lang) -> str:
    """`shops.jsonl，3 行，412 字节，SHA-256 …`."""
    parts = [
        content.name,
        *([] if content.rows is None else [sentence("rows", lang, count=content.rows)]),
        sentence("bytes", lang, count=f"{content.bytes:,}"),
        f"SHA-256 {content.sha256}",
    ]
    return with_commas(parts, lang)


def _limits(comparison: DiffReport, lang: Lang) -> Iterator[str]:
    if comparison.impact is None:
        yield sentence("impact-not-computed", lang)
        return
    for limit, most in comparison.allowed.items():
        yield sentence(f"limit-{limit}", lang, percent=f"{most:g}")
    if not comparison.allowed:
        yield sentence("limits-none", lang)
    else:
        yield sentence("limit-exceeded" if comparison.exceeded else "limit-not-exceeded", lang)


# For programs


def prepared_json(comparison: DiffReport, check: str) -> Json | None:
    """By schema/diff.schema.json."""
    prepared = comparison.prepared
    if prepared is None:
        return None
    return {
        "by": prepared.by, "on": iso_text(prepared.on), "program": prepared.program, "command": prepared.command, "check": check,
        "old": _origin_json(prepared.old), "new": _origin_json(prepared.new),
        "population": [_content_json(content) for content in prepared.population],
        "cases": [
            {
                "policy": version.policy, "version": version.version, "side": "new" if version.new else "old",
                "cases": version.cases, "failed": version.failed, "coverage": version.covered / 10,
            }
            for version in comparison.examination.examined
        ],
        "cases_unread": [unread.side for unread in comparison.examination.unread],
        "unsettled": [_unsettled_json(reviewed.changed.policy) for reviewed in comparison.policies],
    }  # fmt: skip


def _origin_json(origin: Origin) -> Json:
    return {
        "commit": origin.commit, "differs": origin.differs, "files": [_content_json(content) for content in origin.files],
        "digests": [{"what": what, "id": name or None, "digest": digest} for what, name, digest in origin.digests],
    }  # fmt: skip


def _content_json(content: Content) -> Json:
    return {"file": content.name, "bytes": content.bytes, "rows": content.rows, "sha256": content.sha256}


def _unsettled_json(policy: Policy) -> Json:
    unsettled = unsettled_values(policy)
    counts = {name: getattr(unsettled, name) for name in unsettled.__struct_fields__}
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
    checked = {name: part for name, part in document.items() if name not in ("old", "new")}
    text = json.dumps(_checked(checked), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
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
