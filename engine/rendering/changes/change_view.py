"""What a comparison says, once for every report: each change in words, with its places, its basis and its direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from engine.model.change import Change, PolicyDiff
from engine.model.comparison import DiffReport, ReviewedPolicy
from engine.model.condition import facts_in
from engine.model.direction import Direction
from engine.model.policy import Exclusion, Measure, Veto
from engine.model.problem import Place
from engine.model.scoring import Basis, form_facts
from engine.rendering.changes import change_terms
from engine.rendering.changes.context import Context, contexts
from engine.rendering.changes.days_in_force import SpanView, span_views
from engine.rendering.changes.readers import missed_texts, readers_of, readers_text, taken_text
from engine.rendering.changes.value_text import value_texts
from engine.rendering.condition_text import basis_text, citations
from engine.rendering.phrases import say
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence

CITED = 3
"""So many bases of what rests on a fact are context."""

COMMON = ("catalogue", "library_item", "scale", "reference")
"""What stands in a common file, of which a policy takes what it names."""


class ChangeView(Struct, frozen=True):
    """One change: in which element, by its title, which part of it, how it came about, both values, and the rest.

    `outside` says that the declared intent does not cover it.
    """

    change: Change
    element: str
    title: str
    part: str
    how: str
    old: str | None
    new: str | None
    old_place: Place | None
    new_place: Place | None
    basis: str
    outside: bool = False
    taken: str = ""
    """Who takes it in, of what bears on readers alone."""

    @property
    def direction(self) -> Direction:
        return self.change.direction

    @property
    def name(self) -> str:
        """`一票否决 多次处罚`, or the element alone where it has no title."""
        return f"{self.element} {self.title}".rstrip()


class ViewGroup(Struct, frozen=True):
    """The changes of a model, or of what concerns all of them (without a title), and who reads its results."""

    model: str | None
    title: str
    changes: tuple[ChangeView, ...]
    readers: str = ""


class PolicyView(Struct, frozen=True):
    """A policy that differs, with all days of it and the references that find nothing any more.

    `common` are changes of common files that its own intent does not cover, where those are told elsewhere. What is proved
    with `two_catalogues` is proved of the subjects that both allow.
    """

    compared: ReviewedPolicy
    title: str
    versions: str
    groups: tuple[ViewGroup, ...]
    days: tuple[SpanView, ...] = ()
    missed: tuple[str, ...] = ()
    common: tuple[ChangeView, ...] = ()
    two_catalogues: bool = False

    @property
    def changes(self) -> Iterator[ChangeView]:
        for group in self.groups:
            yield from group.changes


def change_views(comparison: DiffReport, lang: Lang) -> tuple[PolicyView, ...]:
    """Each policy that differs, its changes by model, what concerns all models last."""
    return tuple(_policy(compared, lang) for compared in comparison.policies)


def _policy(compared: ReviewedPolicy, lang: Lang) -> PolicyView:
    changed = compared.changed
    views = [
        change_view(change, compared, places, lang) for change, places in zip(changed.changes, compared.places, strict=True)
    ]
    models = {name: model for policy in (changed.old, changed.new) if policy for name, model in policy.models.items()}
    groups = [_group(changed, name, model.title, _of(views, name), lang) for name, model in models.items()]
    groups.append(_group(changed, None, "", _of(views, None), lang))
    versions = [policy.version if policy else say("none", lang) for policy in (changed.old, changed.new)]
    both = versions[0] if versions[0] == versions[1] else " → ".join(versions)
    missed = tuple(missed_texts(changed.missed, lang))
    days = span_views(changed, lang)
    filled = tuple(group for group in groups if group.changes)
    return PolicyView(compared, changed.policy.title, both, filled, days, missed)


def _group(changed: PolicyDiff, model: str | None, title: str, changes: tuple[ChangeView, ...], lang: Lang) -> ViewGroup:
    """With who reads its results, where anything of its own is no mere word."""
    own = [view.change for view in changes if view.change.what not in COMMON]
    return ViewGroup(model, title, changes, readers_text(readers_of(changed, model, own), lang))


def _of(views: Sequence[ChangeView], model: str | None) -> tuple[ChangeView, ...]:
    return tuple(view for view in views if view.change.model == model)


def change_view(change: Change, compared: ReviewedPolicy, places: tuple[Place | None, Place | None], lang: Lang) -> ChangeView:
    """One change in words."""
    changed = compared.changed
    old_context, new_context = contexts(changed, change.model, lang)
    old, new = value_texts(change, changed, old_context, new_context)
    return ChangeView(
        change,
        change_terms.element_title(change, lang),
        _title(change, new_context, lang),
        change_terms.part_title(change, lang),
        change_terms.manner_text(change, lang),
        old,
        new,
        *places,
        _basis(change, new_context, lang),
        change in compared.judged.outside,
        taken_text(change, changed, lang),
    )


def _title(change: Change, context: Context, lang: Lang) -> str:
    match change.new_path:
        case ("models", _, "decisions", int(place), *_):
            return say("nth", lang, number=place + 1)
        case ("models", _, "adjustments", str(), *rest) if not rest:
            return ""
        case ("categories", name, *_):
            return context.policy.categories[str(name)].title
        case ("attributes", name):
            return context.policy.attributes[str(name)].field.title
        case ("items", name):
            return context.policy.library_items[str(name)].title
        case ("scale", *_):
            return change.title or (change.id if change.id != "scale" else "")
        case ("revisions", *_):
            return change.title
        case (_,) | ("effective" | "notices", _):
            return ""
        case _:
            return change.title or change.id


def _basis(change: Change, context: Context, lang: Lang) -> str:
    """As it is cited; of a fact that has none, the bases of what reads it."""
    if change.basis:
        return basis_text(context.policy, change.basis, _item(change, context))
    match change.new_path:
        case ("models", _, "facts", *_):
            cited = list(dict.fromkeys(basis_text(context.policy, (basis,)) for basis in _bases_of_readers(change.id, context)))
            more = [sentence("and-more", lang)] if len(cited) > CITED else []
            return citations([*cited[:CITED], *more])
        case _:
            return ""


def _item(change: Change, context: Context) -> str | None:
    """The item of the list that a measure rests on."""
    match change.new_path:
        case ("models", _, "measures", name, *_) if context.model:
            held = next((measure for measure in context.model.measures if measure.id == name), change.old)
            return held.item if isinstance(held, Measure) else None
    return None


def _bases_of_readers(fact: str, context: Context) -> Iterator[Basis]:
    """Of the indicators, items, vetoes and measures that read a fact, or another one that is computed from it."""
    model = context.model
    if model is None:
        return
    reading = {fact}
    for name, needing in model.facts.items():
        if reading & set(needing.needs()):
            reading.add(name)
    for _, element in model.scored():
        if reading & set(form_facts(element.form)):
            yield from element.basis
    held: tuple[Exclusion | Veto | Measure, ...] = (*model.not_evaluated, *model.vetoes, *model.measures)
    for holding in held:
        if reading & set(facts_in(holding.when)):
            yield from holding.basis


def place_text(place: Place | None) -> str:
    """FILE:LINE."""
    return f"{place.file}:{place.line}" if place else ""


def places_text(view: ChangeView) -> str:
    """Both places, once where they are the same."""
    places = [place_text(place) for place in (view.old_place, view.new_place) if place]
    return " → ".join(dict.fromkeys(places))
