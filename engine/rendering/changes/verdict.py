"""What is concluded of a comparison: what was declared, what was found, what exceeds a limit, how many changes there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.comparison import DECLARED, UNKNOWN, DiffReport, ReviewedPolicy
from engine.model.impact import results_gained
from engine.model.policy import Policy
from engine.model.problem import Problem
from engine.model.proof import UNKNOWN as UNDECIDED
from engine.rendering import terms
from engine.rendering.changes import change_terms
from engine.rendering.changes.change_view import ChangeView
from engine.rendering.changes.days_in_force import bare_text
from engine.rendering.changes.impact import named_models
from engine.rendering.changes.impact_details import not_compared
from engine.rendering.changes.revision_history import altered_text, declared_by, revision_text
from engine.rendering.counts import pick
from engine.rendering.messages import message
from engine.rendering.terms import Lang


def declared_text(compared: ReviewedPolicy, lang: Lang) -> str:
    """`声明收紧，实为有宽有严`, and what no intent covers."""
    return pick("，", "; ", lang).join([_declared(compared, lang), *bare_text(compared.changed, lang)])


def _declared(compared: ReviewedPolicy, lang: Lang) -> str:
    judged, changed = compared.judged, compared.changed
    if changed.new is None and judged.verdict == DECLARED:
        return pick(
            "已到期的版本删去，以后各日不变", "a version that had ended is gone, and all later days are as before", lang
        )
    if changed.old is None or changed.new is None:
        new = pick("新增的政策，没有原版本可比", "a new policy, with nothing to compare it with", lang)
        return (
            new
            if changed.old is None
            else pick("删去的版本，没有新版本可比", "a version that is gone, with nothing to compare it with", lang)
        )
    if judged.declared:
        own = any(changed.common_file(one) is None and not one.of_record for one in changed.changes)
        found = change_terms.direction_text(changed.direction, lang)
        against = pick("，证明有反例", ", a counterexample contradicts it", lang) if judged.refuted else ""
        return declared_by(judged, own, lang) + pick(f"，实为{found}", f", found {found}", lang) + against
    if judged.intent is None and judged.verdict == DECLARED:
        return pick(
            "各日都有施行的版本，不用声明意图", "a version is in force on every day as before, which needs no intent", lang
        )
    found = change_terms.direction_text(changed.direction, lang)
    if judged.intent is None:
        return pick(f"没有声明意图，实为{found}", f"no intent is declared, found {found}", lang)
    intent = change_terms.direction_text(judged.intent, lang)
    if judged.refuted:
        return pick(
            f"声明{intent}，逐处看{found}，证明有反例",
            f"declared {intent}, found {found} one by one, a counterexample contradicts it",
            lang,
        )
    undecided = any(one.answer == UNDECIDED for one in compared.proofs)
    if judged.verdict == UNKNOWN and not judged.outside and undecided:
        return pick(
            f"声明{intent}，逐处看{found}，证明没有结果",
            f"declared {intent}, found {found} one by one, the proofs are not decided",
            lang,
        )
    if judged.verdict == DECLARED and judged.intent != "mixed" and changed.direction not in (judged.intent, "neutral", "text"):
        return pick(
            f"声明{intent}，逐处看{found}，合起来已证明为{intent}",
            f"declared {intent}, found {found} one by one, proved {intent} as a whole",
            lang,
        )
    return pick(f"声明{intent}，实为{found}", f"declared {intent}, found {found}", lang)


def verdict(compared: ReviewedPolicy, lang: Lang) -> str:
    """`声明收紧，实为有宽有严：超出声明（1 处）`."""
    judged = compared.judged
    text = f"{declared_text(compared, lang)}{pick('：', ': ', lang)}{change_terms.verdict_text(judged.verdict, lang)}"
    count = len(judged.outside)
    text += pick(f"（{count} 处）", f" ({terms.counted(count, 'change')})", lang) if count else ""
    return text + altered_text(judged, lang)


def exceeded_text(comparison: DiffReport) -> Iterator[Problem]:
    """A problem for each version that no limit can be held against, and each model of which more are worse off than is allowed."""
    if comparison.impact is not None and comparison.allowed:
        yield from not_compared(comparison.impact)
    titled = {id(one): name for one, name in named_models(comparison.impact)} if comparison.impact else {}
    for limit in comparison.limits:
        for one in limit.models:
            values = {
                "model": titled[id(one)],
                "found": f"{results_gained(one, limit.name):.2f}",
                "limit": f"{limit.allowed:g}",
            }
            yield Problem(limit.name, one.name, values)


def conclusion(comparison: DiffReport, lang: Lang) -> str:
    """The verdict on all policies; first of all that a limit is exceeded, and then by whom."""
    beyond = [seal(comparison, lang)] if comparison.exceeded else []
    found = [
        *beyond,
        change_terms.verdict_text(comparison.judged, lang),
        *(message(one, lang) for one in exceeded_text(comparison)),
    ]
    return pick("；", "; ", lang).join(found)


def seal(comparison: DiffReport, lang: Lang) -> str:
    """The verdict in a word."""
    return change_terms.verdict_text(comparison.verdict, lang)


def revision_texts(compared: ReviewedPolicy, lang: Lang) -> Iterator[str]:
    """What the new version says of itself: `2025.2（2025-12-01，收紧）：加重扣分。依据示例〔2025〕1号`."""
    policy: Policy = compared.changed.policy
    yield from (revision_text(policy, one, lang) for one in compared.judged.revisions)


def counts_text(changes: Sequence[ChangeView], lang: Lang) -> str:
    """`3 处改动：放宽 1，收紧 2`."""
    found = [one.direction for one in changes]
    each = [
        f"{change_terms.direction_text(name, lang)} {found.count(name)}" for name in change_terms.DIRECTIONS if name in found
    ]
    head = pick(f"{len(found)} 处改动：", f"{terms.counted(len(found), 'change')}: ", lang)
    return head + pick("，", ", ", lang).join(each)
