"""On what a comparison rests, as parts of the page: the block that is read before signing, and the annex of digests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from msgspec import Struct

from engine.model.comparison import DiffReport
from engine.model.digest import said_digest
from engine.model.policy import Policy
from engine.model.preparation import Content, Origin, Preparation
from engine.rendering.changes.change_view import PolicyView
from engine.rendering.changes.preparation import preparation_lines, shared_title
from engine.rendering.phrases import listed
from engine.rendering.sentences import Lang, Sentences
from engine.rendering.terms import term

GROUP = 8
"""A digest may be broken after so many digits."""

LONG = 40
"""Words of so many letters are ids or digests, which may be broken anywhere."""

sentence = Sentences("page").sentence


class Word(Struct, frozen=True):
    """A word of an answer; ids and digests are in their own type."""

    text: str
    is_code: bool


class PreparedRow(Struct, frozen=True):
    """A thing that is asked about the comparison, and the answers word by word."""

    name: str
    answers: tuple[tuple[Word, ...], ...]


class DigestRow(Struct, frozen=True):
    """What has the digest, in which side; the groups of its digits, between which it may be broken, or none of another kind."""

    name: str
    side: str
    detail: str
    digest: str
    groups: tuple[str, ...]


class DigestTables(Struct, frozen=True):
    """The digests of what is meant, and of the files that differ; how many files are the same on both sides."""

    meanings: tuple[DigestRow, ...]
    files: tuple[DigestRow, ...]
    same_files: int

    def __bool__(self) -> bool:
        return bool(self.meanings or self.files or self.same_files)


def prepared_rows(comparison: DiffReport, lang: Lang) -> list[PreparedRow]:
    """Who hands it in, what was compared, with what; empty where that is not told."""
    return [PreparedRow(line.name, tuple(map(_words, line.answers))) for line in preparation_lines(comparison, lang)]


def _words(answer: str) -> tuple[Word, ...]:
    return tuple(Word(word, len(word) >= LONG and word.isalnum()) for word in answer.split(" "))


def digest_tables(comparison: DiffReport, policies: Sequence[PolicyView], lang: Lang) -> DigestTables:
    """Every digest in full: of what each policy means, of its revisions, of what policies share, of the files."""
    meanings = [row for policy in policies for row in _policy(policy, lang)]
    prepared = comparison.prepared
    if prepared is None:
        return DigestTables(tuple(meanings), (), 0)
    files, same = _files(prepared, lang)
    return DigestTables((*meanings, *_shared(prepared, lang)), tuple(files), same)


def _row(name: str, side: str, detail: str, digest: str) -> DigestRow:
    kind, _, digits = digest.rpartition(":")
    groups = tuple(digits[at : at + GROUP] for at in range(0, len(digits), GROUP)) if kind in ("", "sha256") else ()
    return DigestRow(name, side, detail, digest, groups)


def _policy(view: PolicyView, lang: Lang) -> Iterator[DigestRow]:
    changed = view.compared.changed
    sides_of: dict[str, list[str]] = {}
    for side, policy in _sides(changed.old, changed.new, lang):
        yield _row(view.title, side, f"{policy.version} · {term(policy.status, lang)}", policy.digest)
        if policy.revisions:
            sides_of.setdefault(said_digest(policy.revisions), []).append(side)
    title = sentence("revisions-of", lang, policy=view.title)
    for digest, sides in sides_of.items():
        yield _row(title, listed(sides, lang), "", digest)


def _sides(old: Policy | None, new: Policy | None, lang: Lang) -> Iterator[tuple[str, Policy]]:
    for side, policy in zip(_names(lang), (old, new), strict=True):
        if policy is not None:
            yield side, policy


def _names(lang: Lang) -> tuple[str, str]:
    return sentence("side-old", lang), sentence("side-new", lang)


def _shared(prepared: Preparation, lang: Lang) -> Iterator[DigestRow]:
    """What both sides have in common is one row."""
    sides_of: dict[tuple[str, str, str], list[str]] = {}
    for side, origin in zip(_names(lang), (prepared.old, prepared.new), strict=True):
        for what, name, digest in origin.digests:
            sides_of.setdefault((what, name, digest), []).append(side)
    for (what, name, digest), sides in sorted(sides_of.items(), key=lambda pair: pair[0][:2]):
        title = f"{shared_title(what, lang)} {name}".strip()
        yield _row(title, listed(sides, lang), "", digest)


def _files(prepared: Preparation, lang: Lang) -> tuple[list[DigestRow], int]:
    """The files that differ, and how many do not."""
    old, new = _by_name(prepared.old), _by_name(prepared.new)
    rows, same = [], 0
    for name in dict.fromkeys((*old, *new)):
        pair = old.get(name), new.get(name)
        if pair[0] and pair[1] and pair[0].sha256 == pair[1].sha256:
            same += 1
            continue
        for side, content in zip(_names(lang), pair, strict=True):
            if content is not None:
                rows.append(_row(content.name, side, f"{content.bytes:,}", content.sha256))
    return rows, same


def _by_name(side: Origin) -> dict[str, Content]:
    """Files by what they are called in their folder, or in `common/`."""
    return {"/".join(PurePath(content.name.rpartition(":")[2]).parts[-1:]): content for content in side.files}
