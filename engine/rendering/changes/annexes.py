"""The whole content of new policies, as the annexes that `xinyong docs` writes: what is signed is what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.model.comparison import ReviewedPolicy
from engine.model.policy import Policy
from engine.rendering.annex.document import Part
from engine.rendering.annex.html import PartView, part_view
from engine.rendering.annex.markdown import part_markdown
from engine.rendering.annex.policy import policy_part
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.sentences import Lang, Sentences

sentence = Sentences("changes").sentence


def new_policies(policies: Sequence[PolicyView]) -> list[Policy]:
    """The versions that have no older one."""
    return [new for new, _ in _new(policies)]


def _new(policies: Sequence[PolicyView]) -> Iterator[tuple[Policy, ReviewedPolicy]]:
    for policy in policies:
        changed = policy.compared.changed
        if changed.old is None and changed.new is not None:
            yield changed.new, policy.compared


def annexed_note(policy: PolicyView, lang: Lang) -> str:
    """Where the whole content of a new policy is; empty for others."""
    return sentence("annexed-note", lang, policy=policy.compared.changed.policy.id) if new_policies([policy]) else ""


def annexed_markdown(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
    """Under headings below those of the report."""
    for policy, compared in _new(policies):
        heading = sentence("annexed.heading", lang, policy=f"{policy.title} {policy.version}")
        yield from ("", f"### {heading}")
        for block in part_markdown(_part(policy, compared), 4):
            yield from ("", block)


def annexed_parts(policies: Sequence[PolicyView], lang: Lang) -> Iterator[tuple[str, PartView]]:
    """The title of each, and what templates lay out."""
    for policy, compared in _new(policies):
        yield sentence("annexed", lang, policy=f"{policy.title} {policy.version}"), part_view(_part(policy, compared))


def _part(policy: Policy, compared: ReviewedPolicy) -> Part:
    """Who signs signs the review."""
    return replace(policy_part(policy, influences=compared.influences), signature=())
