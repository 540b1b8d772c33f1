"""Who reads the results of what changed, and who names what is gone, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.model.change import Change, MissingReference, PolicyDiff, Reader
from engine.model.policy import LAST_LEVEL, attribute_read, category_read
from engine.rendering.phrases import listed, quotations, with_semicolons
from engine.rendering.sentences import Lang, Sentences

TAKEN_IN = ("weight", "feeds", "always", "model", "policy", "kind")
"""What bears on those who read a result, and not on the result itself."""

sentence = Sentences("changes").sentence


def readers_of(changed: PolicyDiff, model: str | None, changes: Iterable[Change]) -> tuple[Reader, ...]:
    """Who reads the results of a model, or (None) of all that these changes bear on, where more than words differ; direct
    ones first.
    """
    bearing = [change for change in changes if change.direction != "text" and not _is_about_days(change)]
    if not bearing:
        return ()
    models = {name for change in bearing for name in _borne_on(change, changed)} if model is None else {model}
    by_name: dict[tuple[str, str], Reader] = {}
    for name, readers in changed.readers.items():
        if name in models:
            for reader in readers:
                if reader.name not in by_name or reader.direct:
                    by_name[reader.name] = reader
    return tuple(sorted(by_name.values(), key=lambda reader: not reader.direct))


def _borne_on(change: Change, changed: PolicyDiff) -> set[str]:
    """The models whose results a change may move: of a parameter, a category or an attribute those that use it."""
    if change.model is not None:
        return {change.model}
    models = [(name, model) for policy in (changed.old, changed.new) if policy for name, model in policy.models.items()]
    match change.new_path:
        case ("parameters", str(used), *_):
            return {name for name, model in models if any(use.parameter == used for use in model.parameter_uses)}
        case ("categories" | "attributes" as kind, str(read), *_):
            read_by = category_read if kind == "categories" else attribute_read
            of_last = {name for name, model in models if model.reads_last_level and read == LAST_LEVEL.category}
            return of_last | {name for name, model in models if any(read_by(f.source) == read for f in model.facts.values())}
        case _:
            return {name for name, _ in models}


def readers_text(readers: Sequence[Reader], lang: Lang) -> str:
    """`社会信用综合评价 自然人；经它们：跨部门联合奖惩 自然人`; empty where nobody reads them."""
    direct, through = (
        _titles([reader for reader in readers if reader.direct is is_direct], lang) for is_direct in (True, False)
    )
    parts = [direct, *([sentence("readers-through", lang, models=through)] if through else [])]
    return with_semicolons(parts, lang)


def taken_text(change: Change, changed: PolicyDiff, lang: Lang) -> str:
    """Who takes in a change of a weight, of where a result goes, or of a name; empty for other changes."""
    if change.what not in TAKEN_IN or (change.what == "kind" and len(change.new_path) != 3) or _is_about_days(change):
        return ""
    direct = [reader for reader in readers_of(changed, change.model, (change,)) if reader.direct]
    if not direct:
        return sentence("result-unread-in-policy" if changed.alone else "result-unread", lang)
    text = sentence("result-read-by", lang, models=_titles(direct, lang))
    return sentence("only-this-policy", lang, text=text) if changed.alone else text


def _is_about_days(change: Change) -> bool:
    """Whether other pairs of versions say what differs on any day."""
    return change.direction == "neutral" and (change.what == "effective" or (change.what, change.how) == ("policy", "removed"))


def missed_text(references: Sequence[MissingReference], lang: Lang) -> str:
    """Of the facts of one model that name the same: `园区综合信用指数 园区的“成员数”引用政策 composite，现在没有这个编号`."""
    first = references[0]
    facts = [sentence("fact-quoted", lang, fact=reference.fact) for reference in references]
    return sentence(
        "reference-missing",
        lang,
        model=first.title,
        facts=quotations(facts, lang),
        count=len(references),
        kind=sentence("element-models" if first.model else "element-policy", lang),
        name="/".join(filter(None, [first.policy, first.model])),
    )


def missed_texts(missed: Sequence[MissingReference], lang: Lang) -> Iterator[str]:
    """A line for each model and id that it names."""
    by_name: dict[tuple[object, ...], list[MissingReference]] = {}
    for reference in missed:
        by_name.setdefault((reference.reader, reference.policy, reference.model), []).append(reference)
    yield from (missed_text(references, lang) for references in by_name.values())


def _titles(readers: Iterable[Reader], lang: Lang) -> str:
    return listed(dict.fromkeys(reader.title for reader in readers), lang)
