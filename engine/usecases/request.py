"""What an evaluation of many is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from engine.rendering.sentences import Lang
from engine.usecases.output.tables import UTF_8_MARKED

Headers = Literal["words", "codes"]
"""Whether a workbook of results has words, for people, or the names and codes that programs know."""


class EvaluationRequest(Struct, frozen=True):
    """The inputs, the day (an ordinal), and where results go; refused rows go to `rejects`, or nowhere.

    `lang` is that of the page of figures and of the reasons beside refused rows.
    """

    inputs: tuple[Path, ...]
    as_of: int
    output: Path | None = None
    engine: str | None = None
    policy: str | None = None
    page: Path | None = None
    rejects: Path | None = None
    memory: str | None = None
    since: Path | None = None
    updated: str | None = None
    master: str | None = None  # of Spark, where that is the backend
    encoding: str = UTF_8_MARKED  # of CSV
    reasoning: bool | None = None  # facts and points beside the results; where there is room for them unless it is said
    lang: Lang = "zh"
    headers: Headers = "codes"  # of a workbook
    ahead: int | None = None  # the last day that a forecast looks at
