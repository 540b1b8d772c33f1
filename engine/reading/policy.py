"""A policy file's tree to a Policy: what it refers to exists, types fit, sums add up, restrictions are lawful."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.model import number
from engine.model.catalogue import INDUSTRY, KINDS, MEMBER, PREVIOUS
from engine.model.condition import Condition
from engine.model.digest import digest
from engine.model.direction import DIRECTIONS
from engine.model.policy import (
    ALERT_SEVERITIES,
    MATTERS,
    MEASURE_KINDS,
    POLICY_STATUSES,
    Alert,
    Decisions,
    Document,
    Exclusion,
    Fact,
    LibraryItem,
    Measure,
    Model,
    Notices,
    Parameter,
    Policy,
    Revision,
    Veto,
    attribute_read,
    category_read,
)  # fmt: skip
from engine.model.problem import Path
from engine.model.scale import Scale
from engine.reading.common import Common
from engine.reading.condition import NUMBER, Names, read_condition, result_names
from engine.reading.document import Tree
from engine.reading.facts import read_facts
from engine.reading.listed_word import as_word
from engine.reading.load_context import LoadContext, Map, as_list, as_map, as_text, is_number, text_or_none
from engine.reading.points import read_adjustments, read_base, read_dimensions, unique_ids


def read_policy(page: LoadContext, common: Common) -> Policy | None:
    """The policy of a page whose shape is sound but for `page.broken`; None after a problem, all of them on the page."""
    tree = as_map(page.source.tree)
    page.titles, page.common_files = common.titles, common.files
    page.documents = {key: _document(document) for key, document, _ in page.elements(tree.get("basis"), ("basis",))}
    page.parameters = {
        key: _parameter(page, key, parameter, at)
        for key, parameter, at in page.elements(tree.get("parameters"), ("parameters",))
    }
    effective = as_map(tree.get("effective"))
    begins = page.day(effective.get("from"), ("effective", "from"))
    until = page.day(effective["until"], ("effective", "until")) if "until" in effective else None
    if begins is not None and until is not None and until < begins:
        page.problem("effective_crossed", ("effective", "until"))
    scale = common.scales.get(as_text(tree.get("scale")))
    if scale is None:
        page.unknown("scale", as_text(tree.get("scale")), ("scale",), common.scales)
        return None
    models = {
        key: model
        for key, model_tree, at in page.elements(tree.get("models"), ("models",))
        if (model := _model(page, key, model_tree, at, scale, common))
    }
    status = as_text(tree.get("status"))
    revisions = tuple(
        _revision(page, as_map(revision), ("revisions", i)) for i, revision in enumerate(as_list(tree.get("revisions")))
    )
    if page.problems or page.broken or begins is None:
        return None
    policy = Policy(
        as_text(tree.get("policy")), as_text(tree.get("title")), as_text(tree.get("version")), as_word(status, POLICY_STATUSES),
        as_text(tree.get("authority")), begins, until, scale, page.documents, page.parameters, models,
        {name: common.catalogue.categories[name] for name in sorted(_categories(models))},
        {name: common.catalogue.attributes[name] for name in sorted(_attributes(models))},
        {name: common.items[name] for name in sorted(_items(models))}, revisions,
        effective_note=text_or_none(effective.get("note")), notices=_notices(as_map(tree.get("notices"))),
    )  # fmt: skip
    if status == "official":
        for path, item in _trials(policy):
            if item is None:
                page.problem("official_trial", path, at_key=True)
            else:
                page.problem("official_trial_item", path, item=item.id, title=item.title, file=common.files["measures"])
    return None if page.problems else replace(policy, digest=digest(policy))


def _notices(tree: Map) -> Notices | None:
    """None where nothing is said."""
    return Notices(*(text_or_none(tree.get(name)) for name in ("objection", "repair", "contact"))) if tree else None


def _document(tree: Map) -> Document:
    return Document(
        as_text(tree.get("document")), text_or_none(tree.get("number")), text_or_none(tree.get("issuer")),
        text_or_none(tree.get("date")), text_or_none(tree.get("note")), tree.get("status") == "trial",
    )  # fmt: skip


def _parameter(page: LoadContext, key: str, tree: Map, path: Path) -> Parameter:
    value = tree.get("value")
    status = tree.get("status")
    return Parameter(
        key, as_text(tree.get("title")), number.count_of(value) if is_number(value) else 0,
        status == "pending", page.basis(tree.get("basis"), (*path, "basis")), status == "trial",
        text_or_none(tree.get("note")),
    )  # fmt: skip


def _revision(page: LoadContext, tree: Map, path: Path) -> Revision:
    basis = page.basis(tree["basis"], (*path, "basis")) if "basis" in tree else ()
    page.day(tree.get("date"), (*path, "date"))
    version, date, why = (as_text(tree.get(name)) for name in ("version", "date", "why"))
    return Revision(version, date, as_word(tree.get("intent"), DIRECTIONS), why, basis)


def _model(page: LoadContext, key: str, tree: Map, path: Path, scale: Scale, common: Common) -> Model | None:
    page.uses = []
    before = len(page.problems)
    kind = as_text(tree.get("kind"))
    facts, names = read_facts(page, tree.get("facts"), (*path, "facts"), kind, common.catalogue)
    scores, decides = "dimensions" in tree or "base" in tree, "decisions" in tree
    base, at = read_base(page, tree, path, scale.full), (*path, "dimensions")
    dimensions = read_dimensions(page, tree["dimensions"], at, names, scale.full, base) if "dimensions" in tree else ()
    adjustments = read_adjustments(page, tree.get("adjustments"), (*path, "adjustments"), names)
    unique_ids(page, path, dimensions, adjustments)
    if scores and not scale.by_score:
        page.problem("no_level_by_score", (*path, "dimensions"), at_key=True, scale=scale.id)
    whole = page.whole((*path, "decisions"))
    decisions = _decisions(page, tree.get("decisions"), (*path, "decisions"), names, scale) if whole else None
    results = result_names(scale, scores) if scores or decides else {}
    vetoed_names = {**names, "score": NUMBER} if scores else names
    model = Model(
        key, as_text(tree.get("title")), as_word(kind, KINDS), tree.get("applies") == "always",
        _feeds(page, tree, path, kind, scores or decides, common),
        _weight(page, tree, (*path, "weight"), names), facts,
        tuple(_exclusions(page, tree.get("not_evaluated"), (*path, "not_evaluated"), names)),
        dimensions, adjustments, decisions,
        tuple(_vetoes(page, tree.get("vetoes"), (*path, "vetoes"), vetoed_names, scale, scores, kind, common)),
        tuple(_measures(page, tree.get("measures"), (*path, "measures"), {**names, **results}, kind, common)),
        tuple(_alerts(page, tree.get("alerts"), (*path, "alerts"), {**names, **_seen_by_alerts(scale, scores, decides)})),
        tuple(page.uses), base,
    )  # fmt: skip
    return model if len(page.problems) == before and page.whole(path) else None


def _seen_by_alerts(scale: Scale, scores: bool, decides: bool) -> Names:
    if not scores and not decides:
        return {}
    names = result_names(scale, scores, previous=True)
    if not scores:
        del names["previous.score"]
    return names


def _feeds(page: LoadContext, tree: Map, path: Path, kind: str, grades: bool, common: Common) -> str | None:
    """The derived category that the result becomes; industry_evaluation, or none where the model always applies."""
    feeds = text_or_none(tree.get("feeds"))
    if not grades and feeds not in (None, "none"):
        page.problem("feeds_nothing", (*path, "feeds"))
    if feeds == "none" or not grades or (feeds is None and tree.get("applies") == "always"):
        return None
    name = feeds or INDUSTRY
    at = (*path, "feeds") if feeds else path
    derived = [
        key for key, category in common.catalogue.categories.items() if category.derived and key not in (MEMBER, PREVIOUS)
    ]
    if name not in derived:
        page.unknown("derived", name, at, [*derived, "none"], at_key=not feeds)
    elif kind in KINDS and kind not in common.catalogue.categories[name].kinds:
        page.problem(
            "kind_not_allowed", at, not feeds, name=name, kind=kind, kinds=list(common.catalogue.categories[name].kinds)
        )
    return name


def _weight(page: LoadContext, tree: Map, path: Path, names: Names) -> int | str:
    value = tree.get("weight", 1)
    if isinstance(value, dict) and "fact" in value:
        name = as_text(value["fact"])
        if name not in names:
            page.unknown("fact", name, (*path, "fact"), names)
        elif names[name].type not in ("number", "unknown"):
            page.problem("type_mismatch", (*path, "fact"), expected="number", found=names[name].type, name=name)
        return name
    return page.amount(value, path) or 0


def _exclusions(page: LoadContext, tree: Tree, path: Path, names: Names) -> Iterator[Exclusion]:
    for key, exclusion, at in page.elements(tree, path):
        when = read_condition(page, exclusion.get("when"), (*at, "when"), names)
        basis = page.basis(exclusion.get("basis"), (*at, "basis"))
        if when:
            yield Exclusion(
                key, as_text(exclusion.get("title")), when, basis, _trial(exclusion), text_or_none(exclusion.get("note"))
            )


def _decisions(page: LoadContext, tree: Tree, path: Path, names: Names, scale: Scale) -> Decisions | None:
    """A list of {when, level}, ending in {otherwise: LEVEL}."""
    if not isinstance(tree, list):
        return None
    branches: list[tuple[Condition, str]] = []
    otherwise = scale.names[-1]
    for index, branch in enumerate(tree):
        entry, at = as_map(branch), (*path, index)
        last = index == len(tree) - 1
        if ("otherwise" in entry) != last:
            page.problem("otherwise_needed" if last else "otherwise_last", at)
            continue
        key = "otherwise" if last else "level"
        level = as_text(entry.get(key))
        if level not in scale.names:
            page.unknown("level", level, (*at, key), scale.names)
        when = None if last else read_condition(page, entry.get("when"), (*at, "when"), names)
        if when:
            branches.append((when, level))
        if last:
            otherwise = level
    return Decisions(tuple(branches), otherwise)


def _vetoes(
    page: LoadContext, tree: Tree, path: Path, names: Names, scale: Scale, scores: bool, kind: str, common: Common
) -> Iterator[Veto]:  # fmt: skip
    for key, veto, at in page.elements(tree, path):
        when = read_condition(page, veto.get("when"), (*at, "when"), names)
        level = text_or_none(veto.get("level"))
        if level is not None and level not in scale.names:
            page.unknown("level", level, (*at, "level"), scale.names)
        cap = None
        if "score_at_most" in veto:
            cap = page.amount(veto["score_at_most"], (*at, "score_at_most"))
            if not scores:
                page.problem("needs_dimensions", (*at, "score_at_most"), True, key="score_at_most")
            elif cap is not None and (cap % 100 or cap < 0):
                page.problem("score_decimals", (*at, "score_at_most"))
        lower = as_map(veto.get("lower_by"))
        for key_written in ("lower_by", "above_previous_by"):
            if key_written in veto and not scale.by_score:
                page.problem("no_level_to_move", (*at, key_written), at_key=True, key=key_written, scale=scale.id)
        above_previous = _above_previous(page, veto, (*at, "above_previous_by"), kind, common)
        basis = page.basis(veto.get("basis"), (*at, "basis"))
        if when:
            yield Veto(
                key, as_text(veto.get("title")), when, level, cap, _count(lower.get("grades")), _count(lower.get("levels")),
                basis, _trial(veto), text_or_none(veto.get("note")), text_or_none(veto.get("quote")), above_previous,
                veto.get("unlimited") is True,
            )  # fmt: skip


def _above_previous(page: LoadContext, veto: Map, path: Path, kind: str, common: Common) -> int | None:
    """How many levels above the last one; the catalogue lets such results be recorded."""
    if "above_previous_by" not in veto:
        return None
    category = common.catalogue.categories.get(PREVIOUS)
    if category is None or not category.derived:
        page.unknown("derived", PREVIOUS, path, (), at_key=True)
    elif kind not in category.kinds:
        page.problem("kind_not_allowed", path, at_key=True, name=PREVIOUS, kind=kind, kinds=list(category.kinds))
    return _count(as_map(veto["above_previous_by"]).get("levels"))


def _count(tree: Tree) -> int:
    return tree if isinstance(tree, int) else 0


def _measures(page: LoadContext, tree: Tree, path: Path, names: Names, kind: str, common: Common) -> Iterator[Measure]:
    for key, measure, at in page.elements(tree, path):
        when = read_condition(page, measure.get("when"), (*at, "when"), names)
        item = text_or_none(measure.get("item"))
        if item is None and measure.get("kind") == "restriction":
            page.problem("restriction_without_item", at, at_key=True)
        elif item is not None and item not in common.items:
            page.unknown("item", item, (*at, "item"), common.items)
        elif item is not None and kind in KINDS and kind not in common.items[item].kinds:
            page.problem("item_kind", (*at, "item"), item=item, kind=kind, kinds=list(common.items[item].kinds))
        elif item is None and "basis" not in measure:
            page.problem("measure_without_basis", at, at_key=True)
        terms = {name: _term(value) for name, value in as_map(measure.get("terms")).items()}
        basis = page.basis(measure.get("basis"), (*at, "basis"))
        if when:
            yield Measure(
                key, as_text(measure.get("title")), as_word(measure.get("kind"), MEASURE_KINDS),
                as_word(measure.get("matter"), MATTERS), when, item, terms, basis, _trial(measure),
                text_or_none(measure.get("note")), text_or_none(measure.get("quote")),
            )  # fmt: skip


def _term(tree: Tree) -> int | bool | str:
    return number.count_of(tree) if is_number(tree) else tree if isinstance(tree, (bool, str)) else ""


def _alerts(page: LoadContext, tree: Tree, path: Path, names: Names) -> Iterator[Alert]:
    for key, alert, at in page.elements(tree, path):
        when = read_condition(page, alert.get("when"), (*at, "when"), names)
        if when:
            yield Alert(key, as_text(alert.get("title")), when, as_word(alert.get("severity"), ALERT_SEVERITIES))


def _trial(tree: Map) -> bool:
    return tree.get("status") == "trial"


def _facts(models: dict[str, Model]) -> Iterator[Fact]:
    for model in models.values():
        yield from model.facts.values()


def _categories(models: dict[str, Model]) -> set[str]:
    read = {category for fact in _facts(models) if (category := category_read(fact.source)) is not None}
    return read | {PREVIOUS} if any(model.reads_last_level for model in models.values()) else read


def _attributes(models: dict[str, Model]) -> set[str]:
    return {name for fact in _facts(models) if (name := attribute_read(fact.source)) is not None}


def _items(models: dict[str, Model]) -> set[str]:
    return {measure.item for model in models.values() for measure in model.measures if measure.item}


def _trials(policy: Policy) -> Iterator[tuple[Path, LibraryItem | None]]:
    """Where a policy holds a value marked trial, or rests on an item of the measure library that is."""
    yield from ((path, None) for path in _own_trials(policy))
    for model in policy.models.values():
        for measure in model.measures:
            item = policy.library_items[measure.item] if measure.item else None
            if item is not None and item.trial and not measure.trial:
                yield ("models", model.id, "measures", measure.id, "item"), item


def _own_trials(policy: Policy) -> Iterator[Path]:
    yield from (("basis", key) for key, document in policy.documents.items() if document.trial)
    yield from (("parameters", key) for key, parameter in policy.parameters.items() if parameter.trial)
    for model in policy.models.values():
        top = ("models", model.id)
        for dimension in model.dimensions:
            where = (*top, "dimensions", dimension.id, "indicators")
            yield from ((*where, indicator.id) for indicator in dimension.indicators if indicator.trial)
        yield from ((*top, "adjustments", "items", item.id) for item in model.items() if item.trial)
        yield from ((*top, "vetoes", veto.id) for veto in model.vetoes if veto.trial)
        yield from ((*top, "not_evaluated", exclusion.id) for exclusion in model.not_evaluated if exclusion.trial)
        yield from ((*top, "measures", measure.id) for measure in model.measures if measure.trial)
