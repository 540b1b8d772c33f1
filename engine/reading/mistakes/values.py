"""Values that YAML reads as something else than the text that is meant, and that quotes around all of them make one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.reading.mistakes.characters import NAME
from engine.reading.mistakes.masked import Line
from engine.reading.mistakes.mistake import Mistake, Spot

_KEY = re.compile(rf"(?:^\s*(?:- +)*|[{{,]\s*)(?:{NAME}|[\"'][^\"']*[\"'])\s*:[ \t]+(?=\S)")
_ITEM = re.compile(r"^\s*(?:- +)+(?=[^\s{\[-])")
_NEXT = re.compile(rf",\s*(?:{NAME}|\"[^\"]*\"|'[^']*')\s*:(?:\s|$)")
_QUOTED_PART = re.compile(r"(?:\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*')\s*(?=[^\s,}\]#])")
_DOCUMENT_NUMBER = re.compile(r"\[((?:19|20)[0-9]{2})\]")
_MAPPING = re.compile(r"[{\[].*?[^\s,:{}\[\]]\s*:\s")
_KEY_WITHIN = re.compile(rf"\s{NAME}\s*:\s")
_FIRST = re.compile(r"[%@`*&!|>?,\]}-]")
_BLOCK_SCALAR = re.compile(r"[|>][+\-0-9]*\s*(#.*)?$")


def value_mistakes(number: int, line: Line) -> Iterator[Mistake]:
    """Each value of a line that would have to be quoted, or its document number written otherwise."""
    text = line.text
    heads = [*_KEY.finditer(text), *_ITEM.finditer(text)]
    for head in sorted(heads, key=lambda head: head.end()):
        start = head.end()
        inside = line.depth > 0 or re.match(r"[^\"']*[{\[]", text[: head.end()]) is not None
        for end in _ends(line, start, inside):
            yield from _of_value(number, text, start, end, inside)


def _ends(line: Line, start: int, inside: bool) -> Iterator[int]:
    """Where a value may end: where the next key begins, before the brackets at the end of the line, at its end."""
    text = line.text
    whole = len(text.rstrip())
    if not inside:
        yield whole
        if comment := re.search(r"\s+#\s", text[start:]):
            yield start + comment.start()
        return
    if following := _NEXT.search(text, start):
        yield following.start()
        return
    closing = text[start:whole].rstrip(", ")
    around = line.depth + sum(line.mask[:start].count(c) for c in "{[") - sum(line.mask[:start].count(c) for c in "}]")
    most = min(around, len(closing) - len(closing.rstrip("]} ")))
    for width in range(most, -1, -1):
        yield start + len(closing) - width


def _of_value(number: int, text: str, start: int, end: int, inside: bool) -> Iterator[Mistake]:
    value = text[start:end].rstrip()
    code, at, values = _wrong_with(value)
    if not code or (inside and _KEY_WITHIN.search(value)):
        return
    if _DOCUMENT_NUMBER.search(value):
        repaired = _DOCUMENT_NUMBER.sub(r"〔\1〕", value)
        yield Mistake(
            (Spot("yaml_document_number", number, start, len(value), {"written": repaired[:40]}),),
            {number: text[:start] + repaired + text[end:]},
        )
    quoted = single_quoted(value[1:-1] if code == "yaml_escape" else value)
    spot = Spot(
        code, number, start + at, 1 if code == "yaml_first_character" else len(value) - at, {**values, "written": quoted[:60]}
    )
    yield Mistake((spot,), {number: text[:start] + quoted + text[end:]})


def single_quoted(value: str) -> str:
    """A text in single quotes, where it may hold anything but a line feed."""
    return "'" + value.replace("'", "''") + "'"


def _wrong_with(value: str) -> tuple[str, int, dict[str, object]]:
    """What keeps a value from being read as one text, and where in it; an empty code where nothing does."""
    if not value:
        return "", 0, {}
    if value[0] in "\"'":
        if part := _QUOTED_PART.match(value):
            return "yaml_quoted_part", 0, {"part": part[0].strip()}
        if value[0] == '"' and value[-1:] == '"' and "\\" in value:
            return "yaml_escape", value.index("\\"), {}
        return "", 0, {}
    if _MAPPING.match(value) or len(re.findall(r"[}\]]", value)) > len(re.findall(r"[{\[]", value)):
        return "", 0, {}  # brackets are wrong, not the text
    if value.startswith("#"):
        return "yaml_hash", 0, {}
    if _FIRST.match(value) and not _BLOCK_SCALAR.match(value) and not re.match(r"-[0-9.]", value):
        return "yaml_first_character", 0, {"character": value[0]}
    if colon := re.search(r":(?=\s|$)", value):
        return "yaml_colon_in_value", 0, {"before": value[: colon.start()][-20:]}
    if re.search(r"\s#", value):
        return "yaml_hash", re.search(r"\s#", value).start() + 1, {}  # type: ignore[union-attr]
    if bracket := re.search(r"[{}\[\]](?=.*[^\s{}\[\],])", value):
        whole = re.fullmatch(r"\[[^\]]*\]|\{[^}]*\}", value)
        return ("", 0, {}) if whole else ("yaml_bracket_in_value", bracket.start(), {"character": bracket[0]})
    return "", 0, {}
