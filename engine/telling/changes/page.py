"""The page that is signed: what changed, whom it touches, what is proved, on one scroll that reads nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

from engine.model.comparison import Comparison
from engine.telling.changes import naming
from engine.telling.changes.concluded import declared, exceeded, revisions, seal, verdict
from engine.telling.changes.document import checked
from engine.telling.changes.impact_page import examples, impact_section
from engine.telling.changes.page_style import STYLE as OURS
from engine.telling.changes.page_style import running
from engine.telling.changes.prepared import failing
from engine.telling.changes.prepared_page import digests, handed_in, prepared_section
from engine.telling.changes.proved import counterexamples, proved_section
from engine.telling.changes.said import Group, Said, SaidPolicy, also_text, once, place_text, said
from engine.telling.counts import pick
from engine.telling.messages import message
from engine.telling.page import page
from engine.telling.page_style import STYLE
from engine.telling.words import Lang

MOST = 5
"""So many changes outside of the intent are named at the top."""


def changes_page(comparison: Comparison, lang: Lang) -> str:
    """A document; all that is not ours is escaped."""
    policies = once(said(comparison, lang))
    check = checked(comparison) if comparison.prepared else ""
    annexes = _annexes(comparison, policies, lang)
    head = f"<main>\n<h2>{pick('改了什么', 'What changed', lang)}</h2>\n{_directions(lang)}"
    own = [_policy(one, lang) for one in policies if one.groups]
    changed = [head, *own, *_with_others([one for one in policies if not one.groups], lang), "</main>"]
    body = [
        _header(comparison, policies, check, lang),
        *(changed if policies else []),
        *([impact_section(comparison.impact, lang)] if comparison.impact else []),
        proved_section(policies, lang),
        prepared_section(comparison, check, lang),
        _signature(lang),
        _listed(annexes, lang),
        *(_annex(number, one, lang) for number, one in enumerate(annexes, 1)),
    ]
    return page(_title(policies, lang), body, lang, STYLE + OURS + running(_plain_title(policies, lang), check, lang))


class Annex(Struct, frozen=True):
    """What follows the signatures: what it is, the class that lays it out, and its HTML."""

    title: str
    kind: str
    content: str


def _annexes(comparison: Comparison, policies: tuple[SaidPolicy, ...], lang: Lang) -> list[Annex]:
    """Those that there are."""
    found = (
        Annex(pick("反例", "Counterexamples", lang), "proofs", counterexamples(policies, lang)),
        Annex(pick("举例", "Examples", lang), "examples", examples(comparison.impact, lang)),
        Annex(pick("摘要", "Digests", lang), "sums", digests(comparison, policies, lang)),
    )
    return [one for one in found if one.content]


def _numbered(number: int, annex: Annex, lang: Lang) -> str:
    return pick(f"附件{number} {annex.title}", f"Annex {number}: {annex.title}", lang)


def _listed(annexes: Sequence[Annex], lang: Lang) -> str:
    """Their list."""
    if not annexes:
        return ""
    names = "".join(f'<li><a href="#annex-{at}">{_numbered(at, one, lang)}</a></li>' for at, one in enumerate(annexes, 1))
    return f'<section class="listed">\n<h2>{pick("附件目录", "Annexes", lang)}</h2>\n<ul>{names}</ul>\n</section>'


def _annex(number: int, annex: Annex, lang: Lang) -> str:
    head = f"<h2>{_numbered(number, annex, lang)}</h2>"
    return f'<section class="annex {annex.kind}" id="annex-{number}">\n{head}\n{annex.content}\n</section>'


def _title(policies: tuple[SaidPolicy, ...], lang: Lang) -> str:
    return escape(_plain_title(policies, lang))


def _plain_title(policies: tuple[SaidPolicy, ...], lang: Lang) -> str:
    if len(policies) == 1:
        return policies[0].title
    return pick(f"{len(policies)} 项政策的改动", f"Changes of {len(policies)} policies", lang)


def _header(comparison: Comparison, policies: tuple[SaidPolicy, ...], check: str, lang: Lang) -> str:
    """Both versions, the verdict, and the figures that are asked for first."""
    kicker = pick("政策改动审核", "Review of a change of policy", lang)
    versions = f" {escape(policies[0].versions)}" if len(policies) == 1 else ""
    sides = f"<code>{escape(comparison.old)}</code> → <code>{escape(comparison.new)}</code>"
    told = "".join(_judged(policies, lang))
    told = told or f"<p>{pick('两边含义相同。', 'Both say the same.', lang)}</p>"
    told += "".join(f"<p>{escape(message(one, lang))}</p>" for one in exceeded(comparison))
    told += "".join(f'<p class="failing">{line}</p>' for line in failing(comparison, lang))
    stamp = f'<p class="seal">{seal(comparison, lang)}</p>'
    figures = "".join(
        f'<div class="{kind}"><dt>{name}</dt><dd>{count}</dd></div>'
        for name, count, kind in _figures(comparison, policies, lang)
    )
    return (
        f'<header>\n<p class="soft">{kicker}</p>\n<h1>{_title(policies, lang)}{versions}</h1>\n<p class="soft">{sides}</p>\n'
        f"{handed_in(comparison.prepared, check, lang)}\n"
        f'<div class="verdict {"exceeded" if comparison.exceeded else comparison.judged}">{stamp}<div>{told}</div></div>\n<dl class="figures">{figures}</dl>\n</header>'
    )


def _judged(policies: Sequence[SaidPolicy], lang: Lang) -> Iterator[str]:
    """What is declared and found, and the changes that are not covered; once of policies of which the same is said."""
    titles: dict[str, list[str]] = {}
    for one in policies:
        outside = [change for change in one.changes if change.outside]
        names = list(dict.fromkeys(" ".join(filter(None, [change.name, change.part])) for change in outside))
        more = pick("。声明之外：", ". Outside of it: ", lang) + pick("、", ", ", lang).join(names[:MOST]) if names else ""
        more += pick(f"等 {len(names)} 处", f", … ({len(names)})", lang) if len(names) > MOST else ""
        titles.setdefault(declared(one.compared, lang) + more, []).append(one.title)
    for line, found in titles.items():
        head = f"{_names(found, lang)}{pick('：', ': ', lang)}" if len(policies) > 1 else ""
        yield f"<p>{escape(head + line)}</p>"


def _names(titles: Sequence[str], lang: Lang) -> str:
    """The first few, and how many there are."""
    shown = pick("、", ", ", lang).join(dict.fromkeys(titles[:MOST]))
    return shown + (pick(f"等 {len(titles)} 项", f", … ({len(titles)})", lang) if len(titles) > MOST else "")


def _figures(comparison: Comparison, policies: tuple[SaidPolicy, ...], lang: Lang) -> Iterator[tuple[str, str, str]]:
    found = [one.direction for policy in policies for one in policy.changes]
    for name in naming.DIRECTIONS:
        if name in found or name in ("looser", "stricter"):
            yield naming.direction(name, lang), f"{found.count(name)}", name
    if comparison.impact is not None:
        models = comparison.impact.models
        yield pick("主体", "Subjects", lang), f"{comparison.impact.subjects:,}", "plain"
        yield pick("升级（各模型合计）", "Up, all models", lang), f"{sum(one.moved.up for one in models):,}", "looser"
        yield pick("降级（各模型合计）", "Down, all models", lang), f"{sum(one.moved.down for one in models):,}", "stricter"
        lost = sum(one.moved.lost for one in models)
        if lost:
            yield pick("不再有结果（各模型合计）", "Result lost, all models", lang), f"{lost:,}", "stricter"


def _policy(one: SaidPolicy, lang: Lang) -> str:
    """Its declared revisions, then its changes by model."""
    compared = one.compared
    why = "".join(f"<li>{escape(line)}</li>" for line in revisions(compared, lang))
    head = f'<h3>{escape(one.title)} <span class="soft">{escape(one.versions)}</span></h3>'
    listed = f'<ul class="revisions">{why}</ul>' if why else ""
    line = f'<p class="{compared.judged.verdict}">{escape(verdict(compared, lang))}</p>'
    parts = [head, line, listed, *(_group(group, lang) for group in one.groups)]
    return "\n".join(['<article class="policy">', *parts, "</article>"])


def _with_others(policies: Sequence[SaidPolicy], lang: Lang) -> Iterator[str]:
    """Those of which all changes stand in common files and are told above."""
    titles: dict[tuple[str, str], list[str]] = {}
    for one in policies:
        titles.setdefault((verdict(one.compared, lang), one.compared.judged.verdict), []).append(one.title)
    for (line, kind), found in titles.items():
        head = pick(
            f"只有上述公共文件改动的政策（{len(found)} 项）",
            f"Policies with the changes of common files alone ({len(found)})",
            lang,
        )
        names = escape(pick("、", ", ", lang).join(found))
        yield f'<article class="policy"><h3>{head}</h3><p class="{kind}">{escape(line)}</p><p>{names}</p></article>'


def _group(group: Group, lang: Lang) -> str:
    """The files are named once, above; a row names them where they are others."""
    heads = pick("方向 改动 原 新 依据 行", "Direction Change Old New Basis Line", lang).split()
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    files = Counter(_files(one) for one in group.changes).most_common(1)[0][0]
    rows = "\n".join(_row(one, files, heads, lang) for one in group.changes)
    title = escape(group.title) or pick("政策和公共文件", "The policy as such, and the common files", lang)
    named = " → ".join(f"<code>{escape(one)}</code>" for one in dict.fromkeys(filter(None, files)))
    caption = f'<caption>{title} <span class="soft">{named}</span></caption>'
    return f'<table class="changes">{caption}<thead><tr>{top}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'


def _files(one: Said) -> tuple[str, ...]:
    return tuple(place.file if place else "" for place in (one.old_place, one.new_place))


def _row(one: Said, files: tuple[str, ...], heads: list[str], lang: Lang) -> str:
    """On a phone each is a card, where what is old and new says so."""
    how = f'<span class="how">{one.how}</span> ' if one.how else ""
    part = f"<small>{one.part}</small>" if one.part else ""
    name = f'{how}<span class="kind">{one.element}</span>{escape(one.title)}{part}'
    mark = f' <abbr title="{pick("声明之外", "outside of the declared intent", lang)}">!</abbr>' if one.outside else ""
    also = f"<small>{escape(also_text(one, lang))}</small>" if one.also else ""
    cells = [
        f'<td><span class="way">{naming.direction(one.direction, lang)}{mark}</span></td>',
        f'<th scope="row">{name}</th>',
        _value(one.old, "old", heads[2]),
        _value(one.new, "new", heads[3]),
        f'<td class="basis">{escape(one.basis)}{also}</td>',
        f'<td class="where" data-label="{heads[5]}">{_where(one, files)}</td>',
    ]
    return f'<tr class="{one.direction}">{"".join(cells)}</tr>'


def _where(one: Said, files: tuple[str, ...]) -> str:
    """Line numbers, with the files where they are not those that the caption names."""
    places = [
        f"{place.line}" if place.file == file else f"<code>{escape(place_text(place))}</code>"
        for place, file in zip((one.old_place, one.new_place), files, strict=True)
        if place
    ]
    return " → ".join(dict.fromkeys(places))


def _value(text: str | None, kind: str, head: str) -> str:
    if text is None:
        return f'<td class="{kind} none">–</td>'
    return f'<td class="{kind}" data-label="{head}">{escape(text)}</td>'


def _signature(lang: Lang) -> str:
    """Room for the opinions of three, their names and days, and for the seal."""
    who = pick("审核人 复核人 签批人", "Reviewed-by Checked-by Approved-by", lang).split()
    opinion, date = pick("意见", "Opinion", lang), pick("日期", "Date", lang)
    boxes = "".join(
        f'<div><p class="room"><span>{opinion}</span></p><p class="line"><span>{name}</span></p>'
        f'<p class="line"><span>{date}</span></p></div>'
        for name in who
    )
    stamp = f'<div class="stamp"><p>{pick("（盖章处）", "(seal)", lang)}</p></div>'
    return (
        f'<section class="signature">\n<h2>{pick("审核意见", "Signatures", lang)}</h2>\n<div>{boxes}{stamp}</div>\n</section>'
    )


def _directions(lang: Lang) -> str:
    """What the words of direction mean."""
    note = pick(
        "放宽：没有主体变差。收紧：没有主体变好。有宽有严：有的可能变好，有的可能变差。不影响结果：得分、等级、措施都不变。文字：只是说法不同。",
        "Looser: nobody is worse off. Stricter: nobody is better off. Mixed: either may be. Neutral: no result differs. "
        "Text: words alone.",
        lang,
    )
    return f'<p class="soft">{note}</p>'
