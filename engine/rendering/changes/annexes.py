"""The whole content of new policies, as the annexes that `xinyong docs` writes: what is signed is what is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.model.policy import Policy
from engine.rendering.annex.document import Part
from engine.rendering.annex.html import PartView, part_view
from engine.rendering.annex.markdown import part_markdown
from engine.rendering.annex.policy import policy_part
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.counts import pick
from engine.rendering.terms import Lang


def new_policies(policies: Sequence[PolicyView]) -> list[Policy]:
    """The versions that have no older one."""
    both = [(one.compared.changed.old, one.compared.changed.new) for one in policies]
    return [new for old, new in both if old is None and new is not None]


def annexed_note(one: PolicyView, lang: Lang) -> str:
    """Where the whole content of a new policy is; empty for others."""
    if not new_policies([one]):
        return ""
    return pick(
        f"要通读全文：--format html 和 markdown 附有全文，也可以用 xinyong docs {one.compared.changed.policy.id}",
        f"to be read as a whole: --format html and markdown append it; or xinyong docs {one.compared.changed.policy.id}",
        lang,
    )


def annexed_markdown(policies: Sequence[PolicyView], lang: Lang) -> Iterator[str]:
    """Under headings below those of the report."""
    for policy in new_policies(policies):
        yield from ("", f"### {_title(policy, lang)}")
        for block in part_markdown(_part(policy), 4):
            yield from ("", block)


def annexed_parts(policies: Sequence[PolicyView], lang: Lang) -> Iterator[tuple[str, PartView]]:
    """The title of each, and what templates lay out."""
    for policy in new_policies(policies):
        whole = pick(f"{policy.title} {policy.version} 全文", f"the whole of {policy.title} {policy.version}", lang)
        yield whole, part_view(_part(policy))


def _title(policy: Policy, lang: Lang) -> str:
    return pick(f"附：{policy.title} {policy.version} 全文", f"Annex: the whole of {policy.title} {policy.version}", lang)


def _part(policy: Policy) -> Part:
    """Who signs signs the review."""
    return replace(policy_part(policy), signature=())
