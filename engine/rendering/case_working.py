"""The working of a case that failed: how the points came about that are others than expected."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model.case import CaseResult
from engine.model.evaluation import Evaluation
from engine.model.scoring import Indicator, form_facts
from engine.rendering.explanation.context import Context, context_of, fact_title, fact_value, number_text
from engine.rendering.explanation.explained import Explained, Letter
from engine.rendering.explanation.working import score_working
from engine.rendering.phrases import with_commas
from engine.rendering.sentences import Lang


def working_lines(result: CaseResult, view: Explained, lang: Lang) -> Iterator[str]:
    """`行政处罚 45 / 60  60 − 15 × 1 = 45  近两年行政处罚次数 1`: of the indicators named, or of all where the score is another."""
    outcome = result.outcome
    if not isinstance(outcome, Evaluation) or outcome.reasoning is None:
        return
    names = {difference.name for difference in result.differences if difference.kind == "points"}
    whole = any(difference.kind in ("score", "level", "grade") for difference in result.differences)
    context = context_of(outcome, view, Letter("clerk"), lang)
    for _, element in outcome.model.scored():
        points = _points(context).get(element.id)
        if points is not None and (element.id in names or (whole and not names)):
            of = f" / {number_text(element.points)}" if isinstance(element, Indicator) else ""
            how = score_working(element.form, view.applied.get(element.id), points, context).partition("\n")[0]
            facts = (
                f"{fact_title(name, context)} {fact_value(name, context)}" for name in dict.fromkeys(form_facts(element.form))
            )
            read = with_commas(facts, lang)
            yield f"{element.title}  {number_text(points)}{of}  {how}{f'  {read}' if read else ''}"


def _points(context: Context) -> dict[str, int | None]:
    dimensions = context.reasoning.dimensions
    indicators = {indicator.id: indicator.points for dimension in dimensions for indicator in dimension.indicators}
    return {**indicators, **dict(context.reasoning.items)}
