"""A comparison as a comment on a merge request: the verdict, a table a model, whom it touches. No subject is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.model.comparison import Comparison
from engine.model.impact import Attributed, Impact, ModelImpact
from engine.telling.changes import naming
from engine.telling.changes.concluded import concluded, counted, revisions, verdict
from engine.telling.changes.impact import (
    attributed_text,
    headline,
    level_name,
    levels,
    lists_text,
    moved_text,
    named_models,
    spread_text,
)
from engine.telling.changes.prepared import brief
from engine.telling.changes.proved import proved_markdown
from engine.telling.changes.said import Said, SaidPolicy, also_text, once, places_text, said
from engine.telling.counts import pick
from engine.telling.words import Lang

MARKS = {"equal": "✅", "declared": "✅", "beyond": "❌", "unknown": "⚠️"}
EXCEEDED = "⛔"
MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""


def changes_markdown(comparison: Comparison, lang: Lang) -> str:
    """Cut between lines where it is too long for a comment, which it says."""
    lines = list(_lines(comparison, lang))
    size = 0
    for i, line in enumerate(lines):
        size += len(line) + 1
        if size > MOST:
            more = pick("太长，以下从略，见 HTML 报告。", "Too long: the rest is left out, see the HTML report.", lang)
            return "\n".join([*lines[:i], "", f"*{more}*"]) + "\n"
    return "\n".join(lines) + "\n"


def _lines(comparison: Comparison, lang: Lang) -> Iterator[str]:
    policies = once(said(comparison, lang))
    mark = EXCEEDED if comparison.exceeded else MARKS[comparison.judged]
    yield f"## {pick('政策改动', 'Policy changes', lang)} {mark} {concluded(comparison, lang)}"
    yield ""
    sides = f"`{comparison.old}` → `{comparison.new}`"
    yield f"{sides}{pick('，', ', ', lang)}{counted(policies, lang)}" if policies else sides
    for one in policies:
        yield from _policy(one, lang)
    if comparison.impact is not None:
        yield from _impact(comparison.impact, lang)
    if comparison.prepared is not None:
        yield from ("", _cell(brief(comparison, lang)))


def _policy(one: SaidPolicy, lang: Lang) -> Iterator[str]:
    compared = one.compared
    yield ""
    yield f"### {_cell(one.title)} {_cell(one.versions)}"
    yield ""
    yield f"{MARKS[compared.judged.verdict]} {verdict(compared, lang)}"
    told = [f"- {_cell(line)}" for line in revisions(compared, lang)]
    if told:
        yield ""
        yield from told
    for group in one.groups:
        yield ""
        yield f"**{_cell(group.title or pick('政策', 'Policy', lang))}**"
        yield ""
        heads = pick("方向 改动 原 新 依据 位置", "Direction Change Old New Basis Where", lang).split()
        yield from _table(heads, [_row(change, lang) for change in group.changes])
    yield from proved_markdown(one, lang)


def _row(one: Said, lang: Lang) -> list[str]:
    name = " ".join(filter(None, [one.how, one.name, one.part and f"· {one.part}"]))
    places = " → ".join(f"`{place}`" for place in places_text(one).split(" → ") if place)
    way = naming.direction(one.direction, lang)
    basis = pick("；", "; ", lang).join(filter(None, [one.basis, also_text(one, lang)]))
    return [f"**{way}** ⬅" if one.outside else way, *map(_cell, (name, one.old or "", one.new or "", basis)), places]


def _impact(impact: Impact, lang: Lang) -> Iterator[str]:
    yield ""
    yield f"### {pick('影响', 'Impact', lang)}"
    yield ""
    yield headline(impact, lang)
    for one, name in named_models(impact):
        yield ""
        yield f"**{_cell(name)}** {moved_text(one, lang)}"
        if not one.changed:
            continue
        if one.score:
            yield ""
            yield f"{pick('得分变化', 'Change of score', lang)}{pick('：', ': ', lang)}{spread_text(one.score, lang)}"
        for line in lists_text(one, lang):
            yield ""
            yield _cell(line)
        yield ""
        yield from _matrix(one, lang)
        if one.attributed:
            yield ""
            heads = pick(
                "只改这一处 升级 降级 不再有结果 得分升 得分降", "Alone Up Down Lost Score-up Score-down", lang
            ).split()
            yield from _table(heads, [_alone(part, lang) for part in one.attributed], 5)


def _alone(part: Attributed, lang: Lang) -> list[str]:
    counts = (part.moved.up, part.moved.down, part.moved.lost, part.score_up, part.score_down)
    return [_cell(attributed_text(part, lang)), *(f"{count:,}" for count in counts)]


def _matrix(one: ModelImpact, lang: Lang) -> Iterator[str]:
    """Before in rows, after in columns."""
    names = levels(one)
    rows = [
        [level_name(old, lang), *(f"{count:,}" if (count := one.matrix.get((old, new), 0)) else "" for new in names)]
        for old in names
    ]
    used = [row for row in rows if any(row[1:])]
    if used:
        yield from _table([pick("原＼新", "old \\ new", lang), *(level_name(name, lang) for name in names)], used, len(names))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> Iterator[str]:
    """The last columns, so many, hold numbers."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---:' if i >= len(heads) - numbers else '---' for i in range(len(heads)))} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    """Without what Markdown or HTML would take for its own."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("*", "\\*"), ("`", "\\`"), ("\n", " ")):
        text = text.replace(mark, written)
    return text
