"""The whole content of new policies, as the annexes that `xinyong docs` writes: what is signed is what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.model.policy import Policy
from engine.rendering.annex.document import Part
from engine.rendering.annex.html import part_html
from engine.rendering.annex.markdown import part_markdown
from engine.rendering.annex.policy import policy_part
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.sentences import Sentences
from engine.rendering.terms import Lang

sentence = Sentences("changes").sentence

STYLE = """
.annexed { margin-top: 3rem; font-size: .93rem; }
.annexed .part { margin-top: 1.5rem; padding: 1.2rem 0 0; border-top: 1px solid var(--line); }
.annexed h1, .annexed section h2 { margin: 1rem 0; padding: 0; border: 0; text-align: center; font-size: 1.35rem; }
.annexed h3 { margin: 1.4rem 0 .4rem; font-size: 1.05rem; }
.annexed h4 { margin: 1rem 0 .35rem; text-align: center; }
.annexed table { table-layout: fixed; font-size: .88rem; }
.annexed th, .annexed td { padding: .25em .4em; border: 1px solid var(--plain); white-space: pre-line; overflow-wrap: anywhere; }
.annexed th:first-child, .annexed td:first-child { padding-left: .4em; }
.annexed thead > tr > * { text-align: center; white-space: normal; }
.annexed .middle { text-align: center; }
.annexed .notes { margin-top: .35rem; font-size: .82rem; }
.annexed .notes p { margin: 0; }
@media print {
  @page annex { size: A4 landscape; margin: 18mm; }
  .annexed { page: annex; break-before: page; }
  .annexed .annex, .annexed .part + .part { break-before: page; }
  .annexed h2, .annexed h3, .annexed h4, .annexed .label { break-after: avoid; }
  .annexed thead { display: table-header-group; }
  .annexed td:not([rowspan]) { break-inside: avoid; }
}
"""


def new_policies(policies: Sequence[PolicyView]) -> list[Policy]:
    """The versions that have no older one."""
    both = [(policy.compared.changed.old, policy.compared.changed.new) for policy in policies]
    return [new for old, new in both if old is None and new is not None]


def annexed_note(policy: PolicyView, lang: Lang) -> str:
    """Where the whole content of a new policy is; empty for others."""
    return sentence("annexed-note", lang, policy=policy.compared.changed.policy.id) if new_policies([policy]) else ""


def annexed_markdown(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
    """Under headings below those of the report."""
    for policy in new_policies(policies):
        heading = sentence("annexed.heading", lang, policy=f"{policy.title} {policy.version}")
        yield from ("", f"### {heading}")
        for block in part_markdown(_part(policy), 4):
            yield from ("", block)


def annexed_sections(policies: Sequence[PolicyView], lang: Lang) -> Iterator[tuple[str, str]]:
    """The title and the HTML of each."""
    for policy in new_policies(policies):
        title = sentence("annexed", lang, policy=f"{policy.title} {policy.version}")
        yield title, "\n".join(part_html(_part(policy)))


def _part(policy: Policy) -> Part:
    """Who signs signs the review."""
    return replace(policy_part(policy), signature=())
