"""The page that is signed: what changed, whom it touches, what is proved, on one scroll that reads nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

from engine.model.change import DIRECTIONS
from engine.model.comparison import CommonRecord, DiffReport
from engine.rendering.changes import change_terms
from engine.rendering.changes.annexes import STYLE as ANNEXED
from engine.rendering.changes.annexes import annexed_sections
from engine.rendering.changes.change_view import ChangeView, PolicyView, ViewGroup, place_text
from engine.rendering.changes.days_in_force import backward_text, timeless_text
from engine.rendering.changes.impact_details import day_texts
from engine.rendering.changes.impact_html import examples, impact_section
from engine.rendering.changes.json import checked_json
from engine.rendering.changes.page_style import STYLE as OURS
from engine.rendering.changes.page_style import running
from engine.rendering.changes.preparation import failing_cases_text
from engine.rendering.changes.preparation_html import digests, handed_in, prepared_section
from engine.rendering.changes.proof_section import counterexamples, proved_section
from engine.rendering.changes.report_outline import ReportOutline, both_text, common_text, report_outline, touched_text
from engine.rendering.changes.revision_history import common_lines, common_title
from engine.rendering.changes.verdict import declared_text, exceeded_text, revision_texts, seal, verdict
from engine.rendering.counts import pick
from engine.rendering.html_page import html_page
from engine.rendering.messages import message
from engine.rendering.page_style import STYLE
from engine.rendering.terms import Lang

MOST = 5
"""So many changes outside of the intent are named at the top."""


def changes_page(comparison: DiffReport, lang: Lang) -> str:
    """A document; all that is not ours is escaped."""
    report = report_outline(comparison, lang)
    check = checked_json(comparison) if comparison.prepared else ""
    annexes = _annexes(comparison, report.policies, lang)
    body = [
        _header(comparison, report, check, lang),
        *_changed(comparison, report, lang),
        *([impact_section(comparison.impact, lang)] if comparison.impact else []),
        proved_section(report.policies, lang),
        prepared_section(comparison, check, lang),
        _listed(annexes, lang),
        _signature(lang),
        *(_annex(number, one, lang) for number, one in enumerate(annexes, 1)),
    ]
    return html_page(
        _title(report, lang), body, lang, STYLE + OURS + ANNEXED + running(_plain_title(report, lang), check, lang)
    )


def _changed(comparison: DiffReport, report: ReportOutline, lang: Lang) -> Iterator[str]:
    """What differs, policy by policy, then in the common files; nothing where nothing does."""
    if not comparison.policies and not report.shared and not comparison.records:
        return
    yield f"<main>\n<h2>{pick('改了什么', 'What changed', lang)}</h2>\n{_directions(lang)}"
    yield from (_record(one, lang) for one in comparison.records)
    yield from (_policy(one, lang) for one in report.policies if one.groups or one.missed)
    yield from _shared(report, lang)
    yield from _with_others([one for one in report.policies if not one.groups and not one.missed], lang)
    yield "</main>"


class Annex(Struct, frozen=True):
    """What follows the signatures: what it is, the class that lays it out, and its HTML."""

    title: str
    kind: str
    content: str


def _annexes(comparison: DiffReport, policies: tuple[PolicyView, ...], lang: Lang) -> list[Annex]:
    """Those that there are."""
    found = (
        *(Annex(title, "annexed", content) for title, content in annexed_sections(policies, lang)),
        Annex(pick("反例", "Counterexamples", lang), "proofs", counterexamples(policies, lang)),
        Annex(pick("举例", "Examples", lang), "examples", examples(comparison.impact, lang)),
        Annex(pick("摘要", "Digests", lang), "sums", digests(comparison, policies, lang)),
    )
    return [one for one in found if one.content]


def _numbered(number: int, annex: Annex, lang: Lang) -> str:
    return escape(pick(f"附件{number} {annex.title}", f"Annex {number}: {annex.title}", lang))


def _listed(annexes: Sequence[Annex], lang: Lang) -> str:
    """Their list."""
    if not annexes:
        return ""
    names = "".join(f'<li><a href="#annex-{at}">{_numbered(at, one, lang)}</a></li>' for at, one in enumerate(annexes, 1))
    return f'<section class="listed">\n<h2>{pick("附件目录", "Annexes", lang)}</h2>\n<ul>{names}</ul>\n</section>'


def _annex(number: int, annex: Annex, lang: Lang) -> str:
    head = f"<h2>{_numbered(number, annex, lang)}</h2>"
    return f'<section class="annex {annex.kind}" id="annex-{number}">\n{head}\n{annex.content}\n</section>'


def _title(report: ReportOutline, lang: Lang) -> str:
    return escape(_plain_title(report, lang))


def _plain_title(report: ReportOutline, lang: Lang) -> str:
    own = [one for one in report.policies if one.groups or one.missed]
    titles = list({one.compared.changed.policy.id: one.title for one in own}.values())
    if not own and report.shared:
        count = len({one.compared.changed.policy.id for one in (*report.policies, *report.touched)})
        whom = pick(f"（涉及 {count} 项政策）", f", which bear on {count} policies", lang) if count else ""
        return pick("公共文件的改动", "Changes of the common files", lang) + whom
    if len(titles) == 1:
        return titles[0]
    if titles:
        return pick(f"{len(titles)} 项政策的改动", f"Changes of {len(titles)} policies", lang)
    return pick("没有改动", "No change", lang)


def _header(comparison: DiffReport, report: ReportOutline, check: str, lang: Lang) -> str:
    """Both versions, the verdict, and the figures that are asked for first."""
    policies = report.policies
    kicker = pick("政策改动审核", "Review of a change of policy", lang)
    versions = f" {escape(policies[0].versions)}" if len(policies) == 1 else ""
    sides = f"<code>{escape(comparison.old)}</code> → <code>{escape(comparison.new)}</code>"
    told = "".join(_judged(policies, lang))
    told += f"<p>{escape(touched_text(report, lang))}</p>" if report.touched else ""
    if any(one.rewritten for one in comparison.records):
        told += f"<p>{pick('公共文件原有的修订记录有改动。', 'The record of a common file is altered.', lang)}</p>"
    told = told or f"<p>{pick('只有公共文件有改动。', 'Only common files differ.', lang)}</p>" if report.shared else told
    told = told or f"<p>{pick('两边含义相同。', 'Both say the same.', lang)}</p>"
    told += "".join(f"<p>{escape(message(one, lang))}</p>" for one in exceeded_text(comparison))
    loud = [*(day_texts(comparison.impact, lang) if comparison.impact else ()), *failing_cases_text(comparison, lang)]
    told += "".join(f'<p class="failing">{escape(line)}</p>' for line in loud)
    stamp = f'<p class="seal">{seal(comparison, lang)}</p>'
    figures = "".join(
        f'<div class="{kind}"><dt>{name}</dt><dd>{count}</dd></div>' for name, count, kind in _figures(comparison, report, lang)
    )
    return (
        f'<header>\n<p class="soft">{kicker}</p>\n<h1>{_title(report, lang)}{versions}</h1>\n<p class="soft">{sides}</p>\n'
        f"{handed_in(comparison.prepared, check, lang)}\n"
        f'<div class="verdict {"exceeded" if comparison.exceeded else comparison.judged}">{stamp}<div>{told}</div></div>\n<dl class="figures">{figures}</dl>\n</header>'
    )


def _judged(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
    """What is declared and found, and the changes that are not covered; once of policies of which the same is said."""
    titles: dict[str, list[str]] = {}
    ids = Counter(one.compared.changed.policy.id for one in policies)
    for one in policies:
        outside = [change for change in one.changes if change.outside]
        names = list(dict.fromkeys(" ".join(filter(None, [change.name, change.part])) for change in outside))
        more = pick("。声明之外：", ". Outside of it: ", lang) + pick("、", ", ", lang).join(names[:MOST]) if names else ""
        more += pick(f"等 {len(names)} 处", f", … ({len(names)})", lang) if len(names) > MOST else ""
        name = one.title if ids[one.compared.changed.policy.id] == 1 else f"{one.title} {one.versions}"
        titles.setdefault(declared_text(one.compared, lang) + more, []).append(name)
    for line, found in titles.items():
        head = f"{_names(found, lang)}{pick('：', ': ', lang)}" if len(policies) > 1 else ""
        yield f"<p>{escape(head + line)}</p>"


def _names(titles: Sequence[str], lang: Lang) -> str:
    """The first few, and how many there are."""
    shown = pick("、", ", ", lang).join(dict.fromkeys(titles[:MOST]))
    return shown + (pick(f"等 {len(titles)} 项", f", … ({len(titles)})", lang) if len(titles) > MOST else "")


def _figures(comparison: DiffReport, report: ReportOutline, lang: Lang) -> Iterator[tuple[str, str, str]]:
    found = [one.direction for one in report.changes]
    for name in DIRECTIONS:
        if name in found or name in ("looser", "stricter"):
            yield change_terms.direction_text(name, lang), f"{found.count(name)}", name
    if comparison.impact is not None:
        touched = comparison.impact.touched
        unknown = bool(comparison.impact.uncompared)  # of a version that nobody has looked at
        yield pick("主体", "Subjects", lang), f"{comparison.impact.subjects:,}", "plain"
        changed = pick(
            f"有变化的主体（{comparison.impact.changed:,} 个结果）", f"Changed ({comparison.impact.changed:,} results)", lang
        )
        yield changed, _count(touched.subjects, unknown), "plain"
        yield pick("升级的主体", "Subjects up", lang), _count(touched.up, unknown), "looser"
        yield pick("降级的主体", "Subjects down", lang), _count(touched.down, unknown), "stricter"
        if touched.lost:
            yield pick("不再有结果的主体", "Subjects without a result now", lang), f"{touched.lost:,}", "stricter"
        if touched.new_restrictions:
            yield pick("新受惩戒的主体", "Subjects newly restricted", lang), f"{touched.new_restrictions:,}", "stricter"
        if touched.lost_incentives:
            yield pick("失去激励的主体", "Subjects that lose incentives", lang), f"{touched.lost_incentives:,}", "stricter"


def _count(number: int, unknown: bool) -> str:
    return "–" if unknown and not number else f"{number:,}"


def _record(one: CommonRecord, lang: Lang) -> str:
    """What a common file declares for the policies that use it."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in common_lines(one, lang))
    return f'<article class="policy">\n<h3>{common_title(one, lang)}</h3>\n<ul class="revisions">{lines}</ul>\n</article>'


def _policy(one: PolicyView, lang: Lang) -> str:
    """Its declared revisions, then its changes by model."""
    compared = one.compared
    why = "".join(f"<li>{escape(line)}</li>" for line in revision_texts(compared, lang))
    head = f'<h3>{escape(one.title)} <span class="soft">{escape(one.versions)}</span></h3>'
    listed = f'<ul class="revisions">{why}</ul>' if why else ""
    line = f'<p class="{compared.judged.verdict}">{escape(verdict(compared, lang))}</p>'
    past = f'<p class="unknown">{escape(backward_text(compared.backward, lang))}</p>' if compared.backward else ""
    parts = [head, line, listed, past, _days(one, lang), *(_group(group, lang) for group in one.groups)]
    parts += [f'<p class="beyond">{escape(common_text(one, lang))}</p>'] if one.common else []
    return "\n".join(['<article class="policy">', *parts, "</article>"])


def _shared(report: ReportOutline, lang: Lang) -> Iterator[str]:
    """The common files, whoever reads them, and the policies that they alone touch."""
    if report.shared:
        title, colon = pick("公共文件", "Common files", lang), pick("：", ": ", lang)
        concerned = "".join(f"<li>{escape(one.change.name)}{colon}{escape(one.concerned)}</li>" for one in report.shared)
        table = _group(ViewGroup(None, title, tuple(one.change for one in report.shared)), lang)
        table += f'\n<p class="unknown">{escape(timeless_text(lang))}</p>' if report.timeless else ""
        yield f'<article class="policy"><h3>{title}</h3>\n{table}\n<ul class="revisions">{concerned}</ul></article>'
    if report.two_catalogues:
        yield f'<p class="beyond">! {escape(both_text(lang))}</p>'
    if report.touched:
        yield f"<p>{escape(touched_text(report, lang))}</p>"


def _days(one: PolicyView, lang: Lang) -> str:
    """The versions in force, and what finds nothing any more."""
    heads = pick("施行 版本", "In-force Versions", lang).split()
    rows = "".join(
        f'<tr class="{"beyond" if span.loud else ""}"><td>{span.days}</td><td>{"! " if span.loud else ""}{escape(span.text)}</td></tr>'
        for span in one.days
    )
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    table = f'<table class="days"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>' if rows else ""
    return table + "".join(f'<p class="beyond">! {escape(line)}</p>' for line in one.missed)


def _with_others(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
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


def _group(group: ViewGroup, lang: Lang) -> str:
    """The files are named once, above; a row names them where they are others."""
    heads = pick("方向 改动 原 新 依据 行", "Direction Change Old New Basis Line", lang).split()
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    files = Counter(_files(one) for one in group.changes).most_common(1)[0][0]
    rows = "\n".join(_row(one, files, heads, lang) for one in group.changes)
    title = escape(group.title) or pick("政策本身", "The policy as such", lang)
    named = " → ".join(f"<code>{escape(one)}</code>" for one in dict.fromkeys(filter(None, files)))
    caption = f'<caption>{title} <span class="soft">{named}</span></caption>'
    return f'<table class="changes">{caption}<thead><tr>{top}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>{_readers(group, lang)}'


def _readers(group: ViewGroup, lang: Lang) -> str:
    read = pick("读取其结果的模型：", "Models that read its results: ", lang)
    return f'<p class="soft">{read}{escape(group.readers)}</p>' if group.readers else ""


def _files(one: ChangeView) -> tuple[str, ...]:
    return tuple(place.file if place else "" for place in (one.old_place, one.new_place))


def _row(one: ChangeView, files: tuple[str, ...], heads: list[str], lang: Lang) -> str:
    """On a phone each is a card, where what is old and new says so."""
    how = f'<span class="how">{one.how}</span> ' if one.how else ""
    part = f"<small>{one.part}</small>" if one.part else ""
    name = f'{how}<span class="kind">{one.element}</span>{escape(one.title)}{part}'
    mark = f' <abbr title="{pick("声明之外", "outside of the declared intent", lang)}">!</abbr>' if one.outside else ""
    also = f"<small>{escape(one.taken)}</small>" if one.taken else ""
    cells = [
        f'<td><span class="way">{change_terms.direction_text(one.direction, lang)}{mark}</span></td>',
        f'<th scope="row">{name}</th>',
        _value(one.old, "old", heads[2]),
        _value(one.new, "new", heads[3]),
        f'<td class="basis">{escape(one.basis)}{also}</td>',
        f'<td class="where" data-label="{heads[5]}">{_where(one, files)}</td>',
    ]
    return f'<tr class="{one.direction}">{"".join(cells)}</tr>'


def _where(one: ChangeView, files: tuple[str, ...]) -> str:
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
