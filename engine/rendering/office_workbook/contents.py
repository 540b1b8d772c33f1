"""What a workbook for an office is made of: the results of a run, and all that puts words in the place of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as File

from msgspec import Struct

from engine.model.catalogue import Catalogue
from engine.model.policy import Model, Policy
from engine.model.totals import Totals

WhoWhat = tuple[str | None, str | None, str | None]
"""A subject, a policy and a model, as a row of results names them."""


class ModelRows(Struct, frozen=True):
    """A file of results, those of one model where it is known, and the folder with its reasoning where it is asked for."""

    results: File
    policy: Policy | None = None
    model: Model | None = None
    reasoning: File | None = None


class RefusedRow(Struct, frozen=True):
    """A row or document that is refused, as an official is to find and mend it; texts are empty where there is nothing."""

    file: str
    row: str
    column: str
    subject: str
    record: str
    value: str
    problem: str
    remedy: str


class OfficeResults(Struct, frozen=True):
    """Results by model; `policies` in force by id, `names` of subjects by id, `why` whoever was refused before a model ran has no
    result.
    """

    parts: Sequence[ModelRows]
    policies: Mapping[str, Policy]
    names: Mapping[str, str]
    why: Mapping[WhoWhat, str]
    refused: Sequence[RefusedRow]
    catalogue: Catalogue
    totals: Totals
