"""A policy: for each model its facts, points, vetoes and measures, with everything from the common files that it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, assert_never, get_args

from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import PREVIOUS, Attribute, Category, SubjectKind
from engine.model.condition import Condition, Plain, facts_in
from engine.model.direction import Direction
from engine.model.period import OwnPeriod, TimeSpan, Window, minus_months
from engine.model.problem import Path, Problem
from engine.model.scale import Scale
from engine.model.scoring import Adjustments, Basis, Dimension, Form, Indicator, Item, alternatives, awards, form_facts

Aggregate = Literal["count", "exists", "days_since", "sum", "max", "min", "mean", "latest", "tally"]
AttributeReading = Literal["attribute", "years_since", "days_until"]
FactType = Literal["number", "boolean", "text"]
FactDirection = Literal["adverse", "favourable"]
Effort = Literal["small", "medium", "large"]
MeasureKind = Literal["incentive", "routine", "restriction"]
Matter = Literal[
    "market_access", "approval", "qualification", "fiscal_support", "procurement",
    "bidding", "commendation", "supervision", "service",
]  # fmt: skip
AlertSeverity = Literal["info", "warning", "serious"]
PolicyStatus = Literal["draft", "trial", "official"]
CommonFile = Literal["catalogue", "scales", "measures"]

AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
ATTRIBUTE_READINGS: tuple[AttributeReading, ...] = get_args(AttributeReading)
FACT_TYPES: tuple[FactType, ...] = get_args(FactType)
FACT_DIRECTIONS: tuple[FactDirection, ...] = get_args(FactDirection)
EFFORTS: tuple[Effort, ...] = get_args(Effort)
MEASURE_KINDS: tuple[MeasureKind, ...] = get_args(MeasureKind)
MATTERS: tuple[Matter, ...] = get_args(Matter)
ALERT_SEVERITIES: tuple[AlertSeverity, ...] = get_args(AlertSeverity)
POLICY_STATUSES: tuple[PolicyStatus, ...] = get_args(PolicyStatus)
DECLARING_FILES: tuple[CommonFile, ...] = get_args(CommonFile)

NOTICE = 6
"""For so many months before a policy ends for good, its results say so."""


class TallyBranch(Struct, frozen=True):
    """A condition on a record, and the value that the record gets."""

    where: Condition
    value: int


class Tally(Struct, frozen=True):
    """A value for each record: of the first branch whose condition holds for it, else `otherwise`."""

    branches: tuple[TallyBranch, ...]
    otherwise: int

    @property
    def values(self) -> tuple[int, ...]:
        """The value of each branch, that of `otherwise` last."""
        return (*(branch.value for branch in self.branches), self.otherwise)


class FromRecords(Struct, frozen=True, tag=True):
    """count, exists, sum, max, min, mean, latest, tally or days_since, over the records of a category.

    Which of them count is decided in this order: status, date, `window` and `before`, `newest`, `where`, `once_per`.
    """

    kind: Aggregate
    category: str
    field: str | None = None
    weighted_by: str | None = None
    window: TimeSpan | None = None
    where: Condition | None = None
    include_repaired: bool = False
    before: Window | None = None
    newest: int | None = None
    once_per: str | None = None
    tally: Tally | None = None  # with the kind of this name, and no other

    @property
    def own_period(self) -> OwnPeriod | None:
        """The subject's own period that it looks at, where it is one."""
        return self.window if isinstance(self.window, OwnPeriod) else None


LAST_LEVEL = FromRecords("latest", PREVIOUS, "level")
"""Where the level stands to which a veto may hold the next one: in the newest own result that has one."""


class FromAttribute(Struct, frozen=True, tag=True):
    """attribute, years_since or days_until, of the subject's own attribute."""

    kind: AttributeReading
    name: str


class Ratio(Struct, frozen=True, tag=True):
    """`per` x of / to; `percent` is the ratio per 100."""

    of: str
    to: str
    per: int


class Total(Struct, frozen=True, tag=True):
    facts: tuple[str, ...]


class MemberCount(Struct, frozen=True, tag=True):
    """How many members the subject names."""


Source = FromRecords | FromAttribute | Ratio | Total | MemberCount


def facts_read(source: Source) -> tuple[str, ...]:
    """The facts that a source is computed from."""
    match source:
        case Ratio(of, to):
            return of, to
        case Total(facts):
            return facts
        case FromRecords() | FromAttribute() | MemberCount():
            return ()
        case never:
            assert_never(never)


def renamed_source(source: Source, names: Mapping[str, str]) -> Source:
    """The same with facts under their new names; the fields that `where` tests are no facts."""
    match source:
        case Ratio(of, to, per):
            return Ratio(names.get(of, of), names.get(to, to), per)
        case Total(facts):
            return Total(tuple(names.get(name, name) for name in facts))
        case FromRecords() | FromAttribute() | MemberCount():
            return source
        case never:
            assert_never(never)


def category_read(source: Source) -> str | None:
    """The category whose records a source looks at, None where it looks at none."""
    match source:
        case FromRecords(category=category):
            return category
        case FromAttribute() | Ratio() | Total() | MemberCount():
            return None
        case never:
            assert_never(never)


def record_conditions(source: Source) -> Iterator[Condition]:
    """All that a source asks of records: its `where`, and the branches of a tally."""
    if isinstance(source, FromRecords):
        yield from () if source.where is None else (source.where,)
        yield from (branch.where for branch in (source.tally.branches if source.tally else ()))


def attribute_read(source: Source) -> str | None:
    """The attribute that a source looks at, None where it looks at none."""
    match source:
        case FromAttribute(name=name):
            return name
        case FromRecords(window=OwnPeriod(attribute=name)):
            return name
        case FromRecords() | Ratio() | Total() | MemberCount():
            return None
        case never:
            assert_never(never)


def daily_growth(source: Source) -> int:
    """1 where a value grows by a day each day, -1 where it shrinks by one, 0 where it counts no days."""
    match source:
        case FromRecords("days_since"):
            return 1
        case FromAttribute("days_until"):
            return -1
        case FromRecords() | FromAttribute() | Ratio() | Total() | MemberCount():
            return 0
        case never:
            assert_never(never)


class UseFact(Struct, frozen=True, tag=True):
    """`if_missing: {use: FACT}`."""

    name: str


class RejectMissing(Struct, frozen=True, tag=True):
    """`if_missing: reject`."""


class Fact(Struct, frozen=True):
    """One named value, a number, boolean or text; `listed` are the values that a text can have, where they are known.

    `effort` is what it costs a subject to better it, by which ways up are ordered.
    """

    id: str
    title: str
    source: Source
    type: FactType
    listed: tuple[str, ...] | None
    if_missing: Plain | UseFact | RejectMissing | None
    direction: FactDirection | None = None
    effort: Effort | None = None

    def needs(self) -> Iterator[str]:
        """The facts that this one is computed from."""
        yield from facts_read(self.source)
        match self.if_missing:
            case UseFact(name):
                yield name
            case _:
                pass


class Veto(Struct, frozen=True):
    """Caps the level or the score, or lowers the level, where its condition holds (一票否决).

    `unlimited` says that its basis sets no term: what it rests on may count for good.
    """

    id: str
    title: str
    when: Condition
    level: str | None
    score_at_most: int | None
    lower_grades: int
    lower_levels: int
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None
    quote: str | None = None
    above_previous: int | None = None  # at most so many levels above the last own result
    unlimited: bool = False


class Measure(Struct, frozen=True):
    id: str
    title: str
    kind: MeasureKind
    matter: Matter
    when: Condition
    item: str | None
    terms: Mapping[str, Plain]
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None
    quote: str | None = None


class Alert(Struct, frozen=True):
    id: str
    title: str
    when: Condition
    severity: AlertSeverity


class Exclusion(Struct, frozen=True):
    """Who is left out of the evaluation (不参评)."""

    id: str
    title: str
    when: Condition
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None


class Decisions(Struct, frozen=True):
    """The first condition that holds gives the level, where a model has no score."""

    branches: tuple[tuple[Condition, str], ...]
    otherwise: str


class ParameterUse(Struct, frozen=True):
    """Where in the model a parameter stands; the value there is already its number."""

    path: Path
    parameter: str
    complement: int | None


class Model(Struct, frozen=True):
    """How one kind of subject is evaluated. It scores (dimensions or a base, or both), decides (decisions), or neither."""

    id: str
    title: str
    kind: SubjectKind
    always: bool
    feeds: str | None  # the derived category that its result becomes, None for none
    weight: int | str  # a number, or the name of a fact
    facts: Mapping[str, Fact]
    not_evaluated: tuple[Exclusion, ...]
    dimensions: tuple[Dimension, ...]
    adjustments: Adjustments | None
    decisions: Decisions | None
    vetoes: tuple[Veto, ...]
    measures: tuple[Measure, ...]
    alerts: tuple[Alert, ...]
    parameter_uses: tuple[ParameterUse, ...] = ()
    base: int | None = None  # the points that a score starts from

    @property
    def scores(self) -> bool:
        """Whether it gives a score."""
        return self.base is not None or bool(self.dimensions)

    @property
    def grades(self) -> bool:
        """Whether it gives a level and a grade."""
        return self.scores or self.decisions is not None

    @property
    def reads_last_level(self) -> bool:
        """Whether a veto holds the level to the last own one."""
        return any(veto.above_previous is not None for veto in self.vetoes)

    @property
    def warns(self) -> bool:
        """Whether a result may be warned of by itself: awarded points outside of their band, a last level of another scale."""
        return self.reads_last_level or any(any(awards(form)) for form in self.forms())

    def needed(self, facts: Iterable[str]) -> dict[str, None]:
        """Facts, each followed by all that it is computed from, once; names that are none, such as `score`, are passed over."""
        needed: dict[str, None] = {}
        left = list(facts)[::-1]
        while left:
            name = left.pop()
            if name in self.facts and name not in needed:
                needed[name] = None
                left += [*self.facts[name].needs()][::-1]
        return needed

    def addends(self, fact: Fact) -> list[Fact]:
        """What a fact adds up, through other totals, each once; of a fact that is no total itself."""
        sums, parts = [fact], {fact.id: fact}
        for each in sums:  # it grows
            if isinstance(each.source, Total):
                more = [self.facts[name] for name in dict.fromkeys(each.source.facts) if name not in parts]
                sums += more
                parts |= {part.id: part for part in more}
        return [part for part in parts.values() if not isinstance(part.source, Total)]

    def indicators(self) -> Iterator[Indicator]:
        for dimension in self.dimensions:
            yield from dimension.indicators

    def items(self) -> tuple[Item, ...]:
        return self.adjustments.items if self.adjustments else ()

    def scored(self) -> Iterator[tuple[Path, Indicator | Item]]:
        """Each indicator and adjustment item, with its path in the model."""
        for dimension in self.dimensions:
            for indicator in dimension.indicators:
                yield ("dimensions", dimension.id, "indicators", indicator.id), indicator
        for item in self.items():
            yield ("adjustments", "items", item.id), item

    def forms(self) -> Iterator[Form]:
        """Each scoring form."""
        yield from (element.form for _, element in self.scored())

    def conditions(self, alerts: bool = False) -> Iterator[Condition]:
        """Every condition that a result rests on, those of its forms among them; those of its alerts where they are asked for.

        What facts ask of records is not among them: it names fields, not facts.
        """
        yield from (exclusion.when for exclusion in self.not_evaluated)
        yield from (indicator.only_when for indicator in self.indicators() if indicator.only_when is not None)
        yield from (indicator.none_when for indicator in self.indicators() if indicator.none_when is not None)
        for form in self.forms():
            yield from (way.when for way in alternatives(form) if way.when is not None)
        yield from (when for when, _ in (self.decisions.branches if self.decisions else ()))
        yield from (veto.when for veto in self.vetoes)
        yield from (measure.when for measure in self.measures)
        yield from (alert.when for alert in (self.alerts if alerts else ()))

    def names_read(self) -> Iterator[str]:
        """The names of all facts and results that anything of the model reads, its alerts too."""
        for fact in self.facts.values():
            yield from fact.needs()
        for form in self.forms():
            yield from form_facts(form)
        for condition in self.conditions(alerts=True):
            yield from facts_in(condition)
        if isinstance(self.weight, str):
            yield self.weight


class Document(Struct, frozen=True):
    """A published document that a policy rests on."""

    document: str
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    note: str | None = None
    trial: bool = False


class Parameter(Struct, frozen=True):
    """A number that a document fixes (`set`) or leaves open (`pending`)."""

    id: str
    title: str
    value: int
    pending: bool
    basis: tuple[Basis, ...]
    trial: bool = False
    note: str | None = None


class LibraryItem(Struct, frozen=True):
    """A measure of the national basic list or of a law, on which a restriction rests."""

    id: str
    title: str
    law: str
    number: str | None
    article: str | None
    kinds: tuple[SubjectKind, ...]
    trial: bool = False
    note: str | None = None


class Revision(Struct, frozen=True):
    version: str
    date: str
    intent: Direction
    why: str
    basis: tuple[Basis, ...] = ()


class Notices(Struct, frozen=True):
    """What whom a result concerns is told of his rights: how to object, how to have records repaired, whom to ask."""

    objection: str | None = None
    repair: str | None = None
    contact: str | None = None


class Declaration(Struct, frozen=True):
    """What a revision of a common file (catalogue, scales or measures) declares for every policy that uses it."""

    file: CommonFile
    version: str
    date: str
    intent: Direction
    why: str
    basis: str | None = None


class Policy(Struct, frozen=True):
    """One version of a policy, sound, with the scale, categories, attributes and library items that it uses."""

    id: str
    title: str
    version: str
    status: PolicyStatus
    authority: str
    effective_from: int
    effective_until: int | None  # inclusive
    scale: Scale
    documents: Mapping[str, Document]
    parameters: Mapping[str, Parameter]
    models: Mapping[str, Model]
    categories: Mapping[str, Category]
    attributes: Mapping[str, Attribute]
    library_items: Mapping[str, LibraryItem]
    revisions: tuple[Revision, ...] = ()
    digest: str = ""
    effective_note: str | None = None
    notices: Notices | None = None

    def in_force(self, day: int) -> bool:
        return self.effective_from <= day and (self.effective_until is None or day <= self.effective_until)

    def nearest(self, day: int) -> int:
        """The day, or the nearest one on which it is in force."""
        day = max(day, self.effective_from)
        return day if self.effective_until is None else min(day, self.effective_until)

    def ending_as(self, other: Policy) -> Policy:
        """The same, with the end of another: that one version takes another's place on a day is nothing else that it says."""
        return replace(self, effective_until=other.effective_until, effective_note=other.effective_note)

    @property
    def end(self) -> Mapping[str, object]:
        """What is told of its end: when, and why nothing follows."""
        return {"policy": self.id, "title": self.title, "until": self.effective_until, "note": self.effective_note}

    def ending(self, day: int) -> Problem | None:
        """A warning where on a day no more than NOTICE months are left, and nothing follows."""
        if self.effective_note is None or self.effective_until is None or day <= minus_months(self.effective_until, NOTICE):
            return None
        return Problem("policy_ends", ("effective", "until"), self.end, "warning")
