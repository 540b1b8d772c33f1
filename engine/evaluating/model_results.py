"""The results of many, a file a model, as each evaluator of many leaves them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as File

from msgspec import Struct

from engine.model.policy import Model, Policy

REFUSED = "refused.parquet"
"""The file of those who name a model that does not run."""

RunQueries = Callable[[int, int, Callable[[], None]], None]
"""Who is told how many results are made next, of how many in all, and makes them by what it is given last."""


class ModelResults(Struct, frozen=True):
    """The results of one model, or with neither policy nor model the rejections of models that do not run.

    An evaluator leaves the reasoning beside them in the same file; `reasoning` is its folder once it is apart. What is
    to come of each row, where it is asked for, is in the file `coming`.
    """

    file: File
    policy: Policy | None = None
    model: Model | None = None
    reasoning: File | None = None
    coming: File | None = None
