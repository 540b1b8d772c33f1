"""The page that is signed: what changed, whom it touches, what is proved, on one scroll that reads nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from engine.model.comparison import DiffReport
from engine.model.direction import DIRECTIONS
from engine.model.period import iso_text
from engine.rendering.changes import change_terms
from engine.rendering.changes.annexes import annexed_parts
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.changes.impact_details import day_texts
from engine.rendering.changes.impact_html import example_groups, impact_section
from engine.rendering.changes.json import checked_json
from engine.rendering.changes.policies_html import policies_section
from engine.rendering.changes.preparation import failing_cases_text
from engine.rendering.changes.preparation_html import digest_tables, prepared_rows
from engine.rendering.changes.proof_section import counterexamples, proved_section
from engine.rendering.changes.report_outline import ReportOutline, report_outline, touched_text
from engine.rendering.changes.verdict import declared_text, exceeded_text, seal
from engine.rendering.html_page import html_page
from engine.rendering.messages import message
from engine.rendering.phrases import listed, with_label
from engine.rendering.sentences import Lang, Sentences

MOST = 5
"""So many changes outside of the intent are named at the top."""

sentence = Sentences("page").sentence


class Figure(Struct, frozen=True):
    """A figure that is asked for first; `kind` is the class that colours it."""

    name: str
    count: str
    kind: str


class Header(Struct, frozen=True):
    """Both versions, the verdict, and the figures that are asked for first; `warnings` are read before all else."""

    title: str
    versions: str
    old: str
    new: str
    handed_in: str
    kind: str
    seal: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    figures: tuple[Figure, ...]


class PageAnnex(Struct, frozen=True):
    """What follows the signatures: its title with its number, the template and class that lay it out, and what they lay out."""

    title: str
    kind: str
    content: object


def changes_page(comparison: DiffReport, lang: Lang) -> str:
    """A document; all that is not ours is escaped."""
    report = report_outline(comparison, lang)
    check = checked_json(comparison) if comparison.prepared else ""
    title = _title(report, lang)
    return html_page(
        "changes/page.html",
        "page",
        lang,
        ["page", "review", "annexed"],
        title=title,
        check=check,
        page_number=sentence("page-of-pages", lang, page="|", pages="|").split("|"),
        header=_header(comparison, report, title, check, lang),
        changed=policies_section(comparison, report, lang),
        impact=impact_section(comparison.impact, lang) if comparison.impact else None,
        proved=proved_section(report.policies, lang),
        prepared=prepared_rows(comparison, lang),
        command=comparison.prepared.command if comparison.prepared else "",
        annexes=_annexes(comparison, report.policies, lang),
    )


def _annexes(comparison: DiffReport, policies: tuple[PolicyView, ...], lang: Lang) -> list[PageAnnex]:
    """Those that there are."""
    parts = [(title, "annexed", part) for title, part in annexed_parts(policies, lang)]
    others = [
        (sentence("counterexamples", lang), "proofs", counterexamples(policies, lang)),
        (sentence("examples", lang), "examples", example_groups(comparison.impact, lang)),
        (sentence("digests", lang), "sums", digest_tables(comparison, policies, lang)),
    ]
    annexes = [*parts, *((title, kind, content) for title, kind, content in others if content)]
    return [
        PageAnnex(sentence("annex", lang, number=number, title=title), kind, content)
        for number, (title, kind, content) in enumerate(annexes, 1)
    ]


def _title(report: ReportOutline, lang: Lang) -> str:
    own = [policy for policy in report.policies if policy.groups or policy.missed]
    titles = list({policy.compared.changed.policy.id: policy.title for policy in own}.values())
    if not own and report.shared:
        count = len({policy.compared.changed.policy.id for policy in (*report.policies, *report.touched)})
        return sentence("common-files-changed-for" if count else "common-files-changed", lang, count=count)
    if len(titles) == 1:
        return titles[0]
    return sentence("policies-changed", lang, count=len(titles)) if titles else sentence("no-change", lang)


def _header(comparison: DiffReport, report: ReportOutline, title: str, check: str, lang: Lang) -> Header:
    policies = report.policies
    days = day_texts(comparison.impact, lang) if comparison.impact else ()
    return Header(
        title,
        policies[0].versions if len(policies) == 1 else "",
        comparison.old,
        comparison.new,
        _handed_in(comparison, check, lang),
        "exceeded" if comparison.exceeded else comparison.judged,
        seal(comparison, lang),
        tuple(_lines(comparison, report, lang)),
        (*days, *failing_cases_text(comparison, lang)),
        tuple(_figures(comparison, report, lang)),
    )


def _handed_in(comparison: DiffReport, check: str, lang: Lang) -> str:
    """By whom, on which day; empty where that is not told."""
    prepared = comparison.prepared
    if prepared is None:
        return ""
    day = iso_text(prepared.on)
    if prepared.by:
        return sentence("handed-in-by", lang, by=prepared.by, day=day, check=check)
    return sentence("handed-in", lang, day=day, check=check)


def _lines(comparison: DiffReport, report: ReportOutline, lang: Lang) -> list[str]:
    """What is concluded of the policies and the common files, then what exceeds a limit."""
    lines = list(_judged(report.policies, lang))
    lines += [touched_text(report, lang)] if report.touched else []
    lines += [sentence("record-altered", lang)] if any(record.rewritten for record in comparison.records) else []
    if not lines:
        lines = [sentence("common-files-alone" if report.shared else "both-same", lang)]
    return [*lines, *(message(problem, lang) for problem in exceeded_text(comparison))]


def _judged(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
    """What is declared and found, and the changes that are not covered; once of policies of which the same is said."""
    titles: dict[str, list[str]] = {}
    ids = Counter(policy.compared.changed.policy.id for policy in policies)
    for policy in policies:
        name = policy.title if ids[policy.compared.changed.policy.id] == 1 else f"{policy.title} {policy.versions}"
        titles.setdefault(_declared(policy, lang), []).append(name)
    for line, names in titles.items():
        first = _first(names, "and-more-policies", lang)
        yield with_label(first, line, lang) if len(policies) > 1 else line


def _declared(policy: PolicyView, lang: Lang) -> str:
    """What is declared and found, and what stands outside of it."""
    declared = declared_text(policy.compared, lang)
    outside = [" ".join(filter(None, [change.name, change.part])) for change in policy.changes if change.outside]
    names = _first(list(dict.fromkeys(outside)), "and-more-changes", lang)
    return sentence("outside", lang, declared=declared, names=names) if outside else declared


def _first(names: Sequence[str], more: str, lang: Lang) -> str:
    """The first few, and in the sentence `more` how many there are."""
    text = listed(dict.fromkeys(names[:MOST]), lang)
    return sentence(more, lang, names=text, count=len(names)) if len(names) > MOST else text


def _figures(comparison: DiffReport, report: ReportOutline, lang: Lang) -> Iterator[Figure]:
    directions = Counter(change.direction for change in report.changes)
    for name in DIRECTIONS:
        if directions[name] or name in ("looser", "stricter"):
            yield Figure(change_terms.direction_text(name, lang), f"{directions[name]}", name)
    impact = comparison.impact
    if impact is None:
        return
    touched, unknown = impact.touched, bool(impact.uncompared)  # of a version that nobody has looked at
    yield Figure(sentence("subjects", lang), f"{impact.subjects:,}", "plain")
    changed = sentence("subjects-changed", lang, results=f"{impact.changed:,}")
    yield Figure(changed, _count(touched.subjects, unknown), "plain")
    yield Figure(sentence("subjects-up", lang), _count(touched.up, unknown), "looser")
    yield Figure(sentence("subjects-down", lang), _count(touched.down, unknown), "stricter")
    burdens = {
        "subjects-lost": touched.lost,
        "subjects-restricted": touched.new_restrictions,
        "subjects-without-incentives": touched.lost_incentives,
    }
    for key, count in burdens.items():
        if count:
            yield Figure(sentence(key, lang), f"{count:,}", "stricter")


def _count(number: int, unknown: bool) -> str:
    return "–" if unknown and not number else f"{number:,}"
