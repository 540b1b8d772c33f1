"""On what a comparison rests, as parts of the page: the block that is read before signing, and the annex of digests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import PurePath

from engine.model.comparison import DiffReport
from engine.model.digest import said_digest
from engine.model.period import iso_text
from engine.model.policy import Policy
from engine.model.preparation import Content, Origin, Preparation
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.changes.preparation import preparation_lines, shared_title
from engine.rendering.counts import pick
from engine.rendering.html_page import html_table
from engine.rendering.terms import Lang, term

GROUP = 8
"""A digest may be broken after so many digits."""

LONG = 40
"""Words of so many letters are ids or digests, which may be broken anywhere."""


def prepared_section(comparison: DiffReport, check: str, lang: Lang) -> str:
    """Who hands it in, what was compared, with what; empty where that is not told."""
    made = comparison.prepared
    if made is None:
        return ""
    told = [
        (one.name, "".join(f"<p>{_text(answer)}</p>" for answer in one.answers)) for one in preparation_lines(comparison, lang)
    ]
    told.append((pick("重做本页", "To make it again", lang), f"<p><code>{escape(made.command)}</code></p>"))
    note = pick("同样的比较得到同样的核对码", "the same comparison gives the same code", lang)
    told.append((pick("核对码", "Check code", lang), f'<p><code>{check}</code> <span class="soft">{note}</span></p>'))
    rows = "".join(f"<div><dt>{name}</dt><dd>{answer}</dd></div>" for name, answer in told)
    title = pick("报送信息", "Prepared", lang)
    return f'<section class="prepared">\n<h2>{title}</h2>\n<dl class="prepared">{rows}</dl>\n</section>'


def handed_in(made: Preparation | None, check: str, lang: Lang) -> str:
    """The line below the title."""
    if made is None:
        return ""
    by = f"{escape(made.by)} {pick('报送', '', lang)} · " if made.by else ""
    return f'<p class="soft">{by}{iso_text(made.on)} · {pick("核对码", "check code", lang)} {check}</p>'


def digests(comparison: DiffReport, policies: Sequence[PolicyView], lang: Lang) -> str:
    """Every digest in full: of what each policy means, of its revisions, of what policies share, of the files."""
    heads = [pick("内容", "What", lang), pick("一边", "Side", lang), pick("版本", "Version", lang), "SHA-256"]
    rows = [row for one in policies for row in _policy(one, lang)]
    made = comparison.prepared
    rows += list(_shared(made, lang)) if made else []
    parts = [html_table("digests", "", heads, 0, rows)] if rows else []
    if made:
        shown, same = _files(made, lang)
        caption = pick("不同的文件", "Files that differ", lang)
        same_text = pick(f"另 {same} 个文件两边相同", f"{same} more are the same on both sides", lang)
        heads = [pick("文件", "File", lang), pick("一边", "Side", lang), pick("字节", "Bytes", lang), "SHA-256"]
        parts += [html_table("digests", caption, heads, 0, shown)] if shown else []
        parts += [f'<p class="soft">{same_text}</p>'] if same else []
    return "\n".join(parts)


def digest_digits(digest: str) -> str:
    """A digest in full that can be broken into lines, and still be copied as one word."""
    kind, _, found = digest.rpartition(":")
    groups = (found[at : at + GROUP] for at in range(0, len(found), GROUP))
    return (
        f'<code title="{escape(digest)}">{"<wbr>".join(map(escape, groups))}</code>'
        if kind in ("", "sha256")
        else escape(digest)
    )


def _text(answer: str) -> str:
    """An answer, its ids and digests in their own type."""
    return " ".join(
        f"<code>{escape(one)}</code>" if len(one) >= LONG and one.isalnum() else escape(one) for one in answer.split(" ")
    )


def _policy(one: PolicyView, lang: Lang) -> Iterator[list[str]]:
    changed = one.compared.changed
    for side, policy in _sides(changed.old, changed.new, lang):
        yield [escape(one.title), side, f"{escape(policy.version)} · {term(policy.status, lang)}", digest_digits(policy.digest)]
    title = f"{escape(one.title)}{pick('的修订记录', ', revisions', lang)}"
    found: dict[str, list[str]] = {}
    for side, policy in _sides(changed.old, changed.new, lang):
        if policy.revisions:
            found.setdefault(said_digest(policy.revisions), []).append(side)
    for digest, sides in found.items():
        yield [title, pick("、", ", ", lang).join(sides), "", digest_digits(digest)]


def _sides(old: Policy | None, new: Policy | None, lang: Lang) -> Iterator[tuple[str, Policy]]:
    for side, policy in zip(_names(lang), (old, new), strict=True):
        if policy is not None:
            yield side, policy


def _names(lang: Lang) -> tuple[str, str]:
    return pick("原", "old", lang), pick("新", "new", lang)


def _shared(made: Preparation, lang: Lang) -> Iterator[list[str]]:
    """What both sides have in common is one row."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for side, one in zip(_names(lang), (made.old, made.new), strict=True):
        for what, name, digest in one.digests:
            found.setdefault((what, name, digest), []).append(side)
    for (what, name, digest), sides in sorted(found.items(), key=lambda pair: pair[0][:2]):
        title = f"{shared_title(what, lang)} {name}".strip()
        yield [escape(title), pick("、", ", ", lang).join(sides), "", digest_digits(digest)]


def _files(made: Preparation, lang: Lang) -> tuple[list[list[str]], int]:
    """The files that differ, and how many do not."""
    old, new = _by_name(made.old), _by_name(made.new)
    shown, same = [], 0
    for name in dict.fromkeys((*old, *new)):
        pair = old.get(name), new.get(name)
        if pair[0] and pair[1] and pair[0].sha256 == pair[1].sha256:
            same += 1
            continue
        for side, one in zip(_names(lang), pair, strict=True):
            if one is not None:
                shown.append([f"<code>{escape(one.name)}</code>", side, f"{one.bytes:,}", digest_digits(one.sha256)])
    return shown, same


def _by_name(side: Origin) -> dict[str, Content]:
    """Files by what they are called in their folder, or in `common/`."""
    return {"/".join(PurePath(one.name.rpartition(":")[2]).parts[-1:]): one for one in side.files}
