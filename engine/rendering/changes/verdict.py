"""What is concluded of a comparison: what was declared, what was found, what exceeds a limit, how many changes there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.comparison import DECLARED, UNKNOWN, DiffReport, ReviewedPolicy
from engine.model.direction import DIRECTIONS
from engine.model.impact import results_gained
from engine.model.policy import Policy
from engine.model.problem import Problem
from engine.model.proof import UNKNOWN as UNDECIDED
from engine.rendering.changes import change_terms
from engine.rendering.changes.change_view import ChangeView
from engine.rendering.changes.days_in_force import bare_text
from engine.rendering.changes.impact import named_models
from engine.rendering.changes.impact_details import not_compared
from engine.rendering.changes.revision_history import altered_text, declared_by, revision_text
from engine.rendering.messages import message
from engine.rendering.phrases import as_clauses, with_commas, with_label, with_semicolons
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence


def declared_text(compared: ReviewedPolicy, lang: Lang) -> str:
    """`声明收紧，实为有宽有严`, and what no intent covers."""
    return as_clauses([_declared(compared, lang), *bare_text(compared.changed, lang)], lang)


def _declared(compared: ReviewedPolicy, lang: Lang) -> str:
    judged, changed = compared.judged, compared.changed
    if changed.new is None and judged.verdict == DECLARED:
        return sentence("ended-version-gone", lang)
    if changed.old is None:
        return sentence("new-policy", lang)
    if changed.new is None:
        return sentence("version-gone", lang)
    if judged.intent is None and judged.verdict == DECLARED and not judged.declared:
        return sentence("no-intent-needed", lang)
    return with_commas(_intent_and_direction(compared, lang), lang)


def _intent_and_direction(compared: ReviewedPolicy, lang: Lang) -> Iterator[str]:
    """What is declared, what was found, and what the proofs say where they say otherwise."""
    judged, changed = compared.judged, compared.changed
    direction = change_terms.direction_text(changed.direction, lang)
    if judged.declared:
        own = any(changed.common_file(change) is None and not change.of_record for change in changed.changes)
        yield declared_by(judged, own, lang)
        yield sentence("found-direction", lang, direction=direction)
        if judged.refuted:
            yield sentence("proof-contradicts", lang)
        return
    if judged.intent is None:
        yield sentence("policy-declares-nothing", lang)
        yield sentence("found-direction", lang, direction=direction)
        return
    intent = change_terms.direction_text(judged.intent, lang)
    proved = _proved(compared, intent, lang)
    yield sentence("policy-declares", lang, direction=intent)
    yield sentence("found-one-by-one" if proved else "found-direction", lang, direction=direction)
    yield from proved


def _proved(compared: ReviewedPolicy, intent: str, lang: Lang) -> list[str]:
    """What the proofs say beside what the changes say one by one; nothing where they say the same."""
    judged, changed = compared.judged, compared.changed
    if judged.refuted:
        return [sentence("proof-contradicts", lang)]
    undecided = any(proof.answer == UNDECIDED for proof in compared.proofs)
    if judged.verdict == UNKNOWN and not judged.outside and undecided:
        return [sentence("proof-undecided", lang)]
    if judged.verdict == DECLARED and judged.intent != "mixed" and changed.direction not in (judged.intent, "neutral", "text"):
        return [sentence("proved-as-a-whole", lang, direction=intent)]
    return []


def verdict(compared: ReviewedPolicy, lang: Lang) -> str:
    """`声明收紧，实为有宽有严：超出声明（1 处）`."""
    judged = compared.judged
    text = change_terms.verdict_text(judged.verdict, lang)
    if judged.outside:
        text = sentence("verdict-with-changes", lang, verdict=text, count=len(judged.outside))
    line = with_label(declared_text(compared, lang), text, lang)
    return with_semicolons(filter(None, [line, altered_text(judged, lang)]), lang)


def exceeded_text(comparison: DiffReport) -> Iterator[Problem]:
    """A problem for each version that no limit can be held against, and each model of which more are worse off than is allowed."""
    if comparison.impact is not None and comparison.allowed:
        yield from not_compared(comparison.impact)
    titles = {id(model): title for model, title in named_models(comparison.impact)} if comparison.impact else {}
    for limit in comparison.limits:
        for model in limit.models:
            values = {
                "model": titles[id(model)],
                "found": f"{results_gained(model, limit.name):.2f}",
                "limit": f"{limit.allowed:g}",
            }
            yield Problem(limit.name, model.name, values)


def conclusion(comparison: DiffReport, lang: Lang) -> str:
    """The verdict on all policies; first of all that a limit is exceeded, and then by whom."""
    verdicts = [
        *([seal(comparison, lang)] if comparison.exceeded else []),
        change_terms.verdict_text(comparison.judged, lang),
        *(message(problem, lang) for problem in exceeded_text(comparison)),
    ]
    return with_semicolons(verdicts, lang)


def seal(comparison: DiffReport, lang: Lang) -> str:
    """The verdict in a word."""
    return change_terms.verdict_text(comparison.verdict, lang)


def revision_texts(compared: ReviewedPolicy, lang: Lang) -> Iterator[str]:
    """What the new version says of itself: `2025.2（2025-12-01，收紧）：加重扣分。依据示例〔2025〕1号`."""
    policy: Policy = compared.changed.policy
    yield from (revision_text(policy, revision, lang) for revision in compared.judged.revisions)


def counts_text(changes: Sequence[ChangeView], lang: Lang) -> str:
    """`3 处改动：放宽 1，收紧 2`."""
    directions = [change.direction for change in changes]
    counts = [
        f"{change_terms.direction_text(name, lang)} {directions.count(name)}" for name in DIRECTIONS if name in directions
    ]
    return sentence("changes-counted", lang, count=len(changes), directions=with_commas(counts, lang))
