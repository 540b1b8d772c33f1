"""The lines of a YAML text with what is quoted, commented or literal blotted out, so that what is left is its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

QUOTED, COMMENT = "\x01", "\x02"
"""What stands for each character that is blotted out; line feeds never do."""

ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that are none to a parser."""

_TOKEN_START = rf"(?:^|(?<=[\s,\[{{:\-（【｛［：，；、{ODD_BLANKS}]))"
_STRING = re.compile(rf"""{_TOKEN_START}(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')""")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_LITERAL = re.compile(r"(?:^|[\s:-])[|>][+\-0-9]*\s*$")


class Line:
    """A line, its mask, and how many brackets are open where it begins."""

    def __init__(self, text: str, mask: str, depth: int) -> None:
        self.text, self.mask, self.depth = text, mask, depth

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def bare(self) -> bool:
        """Whether nothing but blanks and comment stand on it."""
        return not self.mask.strip(COMMENT + " \t")


def masked(lines: Sequence[str]) -> list[Line]:
    """Each line with its mask."""
    return list(_masked(lines))


def mask_of(text: str) -> str:
    """A line without what is quoted or a comment, by characters that stand for it."""
    mask = _STRING.sub(lambda match: QUOTED * len(match[0]), text)
    return _COMMENT.sub(lambda match: COMMENT * len(match[0]), mask)


def _masked(lines: Sequence[str]) -> Iterator[Line]:
    depth, literal = 0, -1
    for text in lines:
        indent = len(text) - len(text.lstrip(" "))
        if literal >= 0 and (not text.strip() or indent > literal):
            yield Line(text, COMMENT * len(text), 0)
            continue
        literal = -1
        mask = mask_of(text)
        if re.match(r"[A-Za-z_]", mask):
            depth = 0  # a key at the margin ends whatever was left open
        yield Line(text, mask, depth)
        depth = max(0, depth + sum(mask.count(c) for c in "{[｛［") - sum(mask.count(c) for c in "}]｝］"))
        if depth == 0 and _LITERAL.search(mask.rstrip(COMMENT + " ")):
            literal = indent
