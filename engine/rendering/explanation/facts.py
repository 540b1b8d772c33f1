"""What the result rests on: each fact with its value, and the records, attributes or other facts that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.number import ONE
from engine.model.policy import Fact, FromAttribute, FromRecords, MemberCount, Ratio, Tally, Total, facts_read
from engine.rendering.changes.tally_text import branch_text
from engine.rendering.explanation.absence import absence_text, missing_text
from engine.rendering.explanation.context import (
    Context,
    fact_title,
    fact_value,
    number_text,
    placed,
    reference,
)
from engine.rendering.explanation.outline import Block, Grid, Paragraph, Row
from engine.rendering.phrases import bracketed, listed, say, with_label
from engine.rendering.sentences import Sentences

_say = Sentences("explain").sentence


def facts_blocks(context: Context) -> Iterator[Block]:
    """A table of the facts; those without any record, which says nothing more, are folded into a sentence but for auditors."""
    nothing = say("no-record", context.lang)
    rows, folded = [], []
    for name, fact in context.outcome.model.facts.items():
        origin = "\n".join(_origin(fact, context))
        if origin == nothing and context.reader != "auditor":
            folded.append(f"{fact.title}{_say('is-value', context.lang, value=fact_value(name, context))}")
        else:
            rows.append(Row((placed(fact.title, context, "facts", name), fact_value(name, context), origin)))
    if rows:
        heads = tuple(_say(f"head-{name}", context.lang) for name in ("fact", "value", "origin"))
        yield Grid(heads, (38, 12, 50), tuple(rows))
    if folded:
        yield Paragraph(_say("facts-without-records", context.lang, facts=listed(folded, context.lang)))


def _origin(fact: Fact, context: Context) -> Iterator[str]:
    lang = context.lang
    match fact.source:
        case FromRecords() as source:
            yield from _records(fact, source, context)
        case FromAttribute(_, name):
            title = context.outcome.policy.attributes[name].field.title
            if name not in context.view.subject.attributes:
                yield missing_text(fact, _say("not-given", lang, title=title), context)
            else:
                yield _say("own-attribute", lang) if title == fact.title else _say("attribute", lang, title=title)
        case MemberCount():
            yield say("members", lang)
        case Ratio(of, to, per):
            yield _ratio(fact, of, to, per, context)
        case Total(facts):
            yield _total(fact, facts, context)
        case other:  # what is computed from facts in a way that has no words of its own here
            yield listed((f"{fact_title(name, context)} {fact_value(name, context)}" for name in facts_read(other)), lang)


def _total(fact: Fact, facts: Sequence[str], context: Context) -> str:
    """近一年表彰次数 1 + 近一年荣誉次数 2 = 3（其余为 0）; for auditors every term."""
    values = context.outcome.facts
    terms = [name for name in facts if values[name] != 0 or context.reader == "auditor"] if len(facts) > 2 else list(facts)
    if not terms:
        return _say("all-terms-of-nothing", context.lang)
    added = " + ".join(f"{fact_title(name, context)} {fact_value(name, context)}" for name in terms)
    rest = _say("terms-of-nothing", context.lang) if len(terms) < len(facts) else ""
    return f"{added} = {fact_value(fact.id, context)}{bracketed(rest, context.lang)}"


def _ratio(fact: Fact, of: str, to: str, per: int, context: Context) -> str:
    """合格人数 2 ÷ 人数 3 × 100 = 66.6667."""
    if context.outcome.facts[to] == 0:
        nothing = _say("from-nothing", context.lang, of=fact_title(of, context), to=fact_title(to, context))
        return missing_text(fact, nothing, context)
    times = "" if per == ONE else f" × {number_text(per)}"
    parts = (f"{fact_title(name, context)} {fact_value(name, context)}" for name in (of, to))
    return f"{' ÷ '.join(parts)}{times} = {fact_value(fact.id, context)}"


def _records(fact: Fact, source: FromRecords, context: Context) -> Iterator[str]:
    """References to records, of a tally each with what it counts as; and results of this run by their titles."""
    ids = context.counted[fact.id]
    branches = context.reasoning.branches.get(fact.id, ())
    if branches and source.tally is not None:
        behind = context.reasoning.behind[fact.id]
        for name, branch in zip(behind, branches, strict=True):
            if branch is not None:
                referred = next(_referred([name], fact, context))
                yield f"{referred} {_branch(source, source.tally, branch, context)}"
    else:
        yield from _referred(ids, fact, context)
    if len(ids) > 1 and source.once_per is not None and source.kind != "tally":
        title = context.outcome.policy.categories[source.category].fields[source.once_per].title
        yield say("records-once-short", context.lang, field=title)
    if not ids:
        yield absence_text(fact, source, context)


def _referred(ids: Sequence[str], fact: Fact, context: Context) -> Iterator[str]:
    """Records by their numbers in a line, then a line for each model whose results of this run are read, with whose they are."""
    own = {record.id for record in context.view.subject.records if record.category in context.read[fact.id]}
    numbered = [reference(name, context) for name in ids if name in own]
    if numbered:
        yield listed(numbered, context.lang)
    members: dict[str, list[str]] = {}
    for name in ids:
        if name not in own:
            *member, policy, model = name.split("/")
            members.setdefault(f"{policy}/{model}", []).extend(member)
    for name, whose in members.items():
        result = _say("own-result", context.lang, record=context.view.titles.get(name, name))
        yield with_label(result, listed(whose, context.lang), context.lang) if whose else result


def _branch(source: FromRecords, tally: Tally, branch: int, context: Context) -> str:
    """第 2 项：罚款金额≥50000元 → 10."""
    what = say("otherwise", context.lang)
    if branch < len(tally.branches):
        where, outcome = tally.branches[branch].where, context.outcome
        what = branch_text(where, source.category, outcome.policy, outcome.model, context.lang)
    number, value = str(branch + 1), number_text(tally.values[branch])
    return _say("record-counts-as", context.lang, number=number, what=what, value=value)
