"""The catalogue (归集目录): every category of record and every attribute, with types and who collects it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct, field

from engine.model.period import Window

SubjectKind = Literal["organisation", "person", "park"]
FieldType = Literal["integer", "number", "text", "boolean", "date"]
CategoryDirection = Literal["adverse", "favourable", "neutral"]

KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)
CATEGORY_DIRECTIONS: tuple[CategoryDirection, ...] = get_args(CategoryDirection)
NUMERIC = frozenset(("integer", "number"))


class Field(Struct, frozen=True):
    """A typed value; bounds are counts of 0.0001. `labels` are what people see in place of the codes in `one_of`."""

    title: str
    type: FieldType
    one_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    optional: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


class PublicityTerm(Struct, frozen=True):
    """From a day on, how long records are made public: at most, and at least before they can be repaired (信用修复).

    All alike (`longest`, `shortest`), or by the values of the field `by`; a value without a shortest term need not wait.
    """

    since: int
    longest: Window | None = None
    by: str | None = None
    longest_by: Mapping[str, Window] = field(default_factory=dict)
    basis: str | None = None
    shortest: Window | None = None
    shortest_by: Mapping[str, Window] = field(default_factory=dict)


class Category(Struct, frozen=True):
    """A kind of record. `derived` ones hold evaluations; `not_collected` ones say nothing by their absence.

    `direction` says what its records tell of whom they are about; `publicity_terms` are newest first, each until the day
    before the one above it. Records of a `fixed` one a subject cannot bring about, such as evaluations made elsewhere; those of a
    `lasting` one tell of a state that somebody ends, such as a listing: `until` is the day of that. No result rests on any of
    these.
    """

    id: str
    title: str
    kinds: tuple[SubjectKind, ...]
    fields: Mapping[str, Field]
    derived: bool = False
    not_collected: bool = False
    collection: Mapping[str, str] = field(default_factory=dict)
    publicity: str | None = None
    repair: str | None = None
    direction: CategoryDirection | None = None
    publicity_terms: tuple[PublicityTerm, ...] = ()
    fixed: bool = False
    lasting: bool = False


class Attribute(Struct, frozen=True):
    """A subject's own value, the same for every as-of date; a `fixed` one it cannot change, such as last year's."""

    id: str
    kinds: tuple[SubjectKind, ...]
    field: Field
    fixed: bool = False


class Catalogue(Struct, frozen=True):
    categories: Mapping[str, Category]
    attributes: Mapping[str, Attribute]


PREVIOUS = "previous_evaluation"
MEMBER = "member_evaluation"
INDUSTRY = "industry_evaluation"

SOURCE_FIELD = Field("来源", "text", optional=True)
"""A record's `source`, as `where` sees it."""

EVALUATION_FIELDS: Mapping[str, Field] = {
    "policy": Field("政策", "text"),
    "model": Field("评价模型", "text"),
    "score": Field("得分（百分制）", "number", optional=True),
    "level": Field("等级", "text", optional=True),
    "grade": Field("等次", "text", optional=True),
    "vetoed": Field("是否一票否决", "boolean"),
    "weight": Field("权重", "number", at_least=0),
}
"""What an evaluation is to the models that read it as a record."""
