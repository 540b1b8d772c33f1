"""A subject (信用主体) and its records, as the catalogue allows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import force_setattr

from engine.model.catalogue import SubjectKind
from engine.model.condition import Plain
from engine.model.period import NEVER

RecordStatus = Literal["valid", "disputed", "repaired", "revoked"]

STATUSES: tuple[RecordStatus, ...] = get_args(RecordStatus)


class Record(Struct, frozen=True):
    """One dated piece of information. Days are ordinals, numbers counts of 0.0001; `fields` holds what is there."""

    id: str
    category: str
    date: int
    fields: Mapping[str, Plain]
    until: int | None = None
    source: str | None = None
    status: RecordStatus = "valid"
    repaired_on: int | None = None
    this_run: bool = False
    """Whether it is a result of this run, which will be there anew, so that it neither begins nor ceases to count."""
    last_day: int = 0
    """The last day on which it can count, from the rest; 0 for a revoked one."""
    last_day_repaired: int = 0
    """The same for a fact that includes repaired records."""

    def __post_init__(self) -> None:
        until = NEVER - 1 if self.until is None else self.until
        last = until
        if self.status == "revoked":
            until = last = 0
        elif self.repaired_on is not None:
            last = min(until, self.repaired_on - 1)
        force_setattr(self, "last_day", last)
        force_setattr(self, "last_day_repaired", until)


class Subject(Struct, frozen=True):
    """An organisation, person or park; `models` are POLICY/MODEL, dates among the attributes are ordinals."""

    id: str
    kind: SubjectKind
    models: tuple[str, ...]
    name: str | None
    attributes: Mapping[str, Plain]
    records: tuple[Record, ...]
    members: tuple[str, ...] = ()
