"""What a workbook for an office needs beside the results of a run: names, reasons in words, and the refused rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.evaluating.model_results import ModelResults
from engine.model.evaluation import Rejection
from engine.model.table import Tables
from engine.model.totals import Totals
from engine.rendering.messages import message
from engine.rendering.office_workbook.contents import ModelRows, OfficeResults, WhoWhat
from engine.usecases.batch.inputs import OpenInputs


def office_results(
    inputs: OpenInputs, parts: Sequence[ModelResults], rejections: Iterable[Rejection], totals: Totals
) -> OfficeResults:  # fmt: skip
    """Of inputs that are still open: their refused rows are all written, and are read again here."""
    rows = [ModelRows(part.file, part.policy, part.model, part.reasoning) for part in parts]
    why = _why(rejections, inputs)
    refused = inputs.refusals.rows()
    policies = inputs.library.in_force(inputs.request.as_of)
    return OfficeResults(rows, policies, _names(inputs), why, refused, inputs.library.catalogue, totals)


def _names(inputs: OpenInputs) -> dict[str, str]:
    """What subjects are called, as their input has it, whether their rows are refused or not."""
    rows = inputs.rows
    if isinstance(rows, Tables):
        named = rows.subjects.select("subject", "name")
    elif "name" in rows.subjects.columns:
        named = rows.subjects.select(subject="id", name="name")
    else:
        return {}
    named = named.filter(named.subject.notnull() & named.name.notnull()).to_pyarrow()
    names = zip(named.column("subject").to_pylist(), named.column("name").to_pylist(), strict=True)
    return {subject: str(name).strip() for subject, name in names}


def _why(rejections: Iterable[Rejection], inputs: OpenInputs) -> dict[WhoWhat, str]:
    """Why whoever was refused before a model ran has no result, a line a problem."""
    lang = inputs.request.lang
    return {
        (rejection.subject, rejection.policy, rejection.model): "\n".join(
            dict.fromkeys(message(problem, lang) for problem in rejection.problems)
        )
        for rejection in rejections
    }
