"""What a page says beside the outcome: the subject, the reasons in evaluating's terms, and for whom it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from msgspec import Struct

from engine.model.catalogue import Catalogue
from engine.model.course import Course
from engine.model.evaluation import UnmetCondition
from engine.model.problem import Path, Place
from engine.model.subject import Subject
from engine.model.uncounted import Uncounted
from engine.model.way import WaysUp

Reader = Literal["company", "clerk", "auditor"]

READERS: tuple[Reader, ...] = get_args(Reader)


class Letter(Struct, frozen=True):
    """For whom a page is, its number and the day on it (an ordinal); what is None is left to be filled in."""

    reader: Reader = "company"
    number: str | None = None
    day: int | None = None


class Explained(Struct, frozen=True):
    """What an outcome does not say itself; `titles` are what results are called that facts may read, by POLICY/MODEL.

    `places` say where the parts of the policy stand, by their paths in it; they and `program` are there for auditors alone.
    """

    subject: Subject
    applied: Mapping[str, int] = {}
    unmet_measures: Mapping[str, UnmetCondition] = {}
    unmet_vetoes: Mapping[str, UnmetCondition] = {}
    next_level: str | None = None
    missing: int | None = None
    gains: Sequence[tuple[str, int, bool]] = ()
    in_the_way: Sequence[str] = ()
    without_vetoes: str | None = None
    unmet_level: UnmetCondition | None = None
    none: Sequence[str] = ()
    uncounted: tuple[Uncounted, ...] = ()
    titles: Mapping[str, str] = {}
    course: Course | None = None
    ways: tuple[WaysUp, ...] = ()
    catalogue: Catalogue | None = None
    places: Mapping[Path, Place] = {}
    program: str = ""
