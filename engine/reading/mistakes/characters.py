"""Characters that a hand on a Chinese keyboard leaves where YAML has others: full-width punctuation, blanks, quotes, dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from engine.reading.mistakes.masked import ODD_BLANKS, QUOTED, Line
from engine.reading.mistakes.mistake import Mistake, Spot

FULL_WIDTH, QUOTES, BLANK, NO_BLANK, EQUALS = "yaml_full_width", "chinese_quotes", "odd_blank", "yaml_no_blank", "yaml_equals"

NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]*"
_B = rf"[ \t{ODD_BLANKS}]*"
_HEAD = rf"(?:^{_B}(?:[-－—–•·]{_B})*|[{{,\[(（【｛［，；、;]{_B})"
_AT_KEY = re.compile(rf"{_HEAD}(?:{NAME}|{QUOTED}+|[“”‘’＂＇]{NAME}[“”‘’＂＇]){_B}$")
_AT_OTHER_KEY = re.compile(rf"{_HEAD}[^\s,，:：{{}}\[\]]{{1,20}}{_B}$")
_KEY_NEXT = re.compile(rf"{_B}(?:{NAME}|{QUOTED}+){_B}[:：]|{_B}[{{｛}}｝\]］】]|{_B}$")
_WORD_NEXT = re.compile(rf"{_B}[-A-Za-z0-9\"'{QUOTED}]")
_VALUE_START = re.compile(rf"(?:[:：]|^{_B}[-－—–•·]|[,，{{｛\[［【]){_B}$")
_ENDS_VALUE = re.compile(rf"[}}\]｝］】）{QUOTED}A-Za-z0-9%]{_B}$")
_PLAIN = {
    "：": ":", "﹕": ":", "︰": ":", "，": ",", "；": ",", "、": ",", "﹐": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[",
    "】": "]", "〔": "[", "〕": "]", "（": "[", "）": "]", "＃": "#", "－": "-", "—": "-", "–": "-", "•": "-", "·": "-",
}  # fmt: skip
_OPENING, _CLOSING = "｛［【〔（", "｝］】〕）"
_QUOTE_PAIR = re.compile(r"[“”„‟「『＂]([^“”「」『』＂\"]*)[“”」』＂]|[‘’＇]([^‘’＇']*)[‘’＇]")
_HALF_PAIR = re.compile(r"\"([^\"“”]*)[“”＂]|[“”＂]([^\"“”]*)\"|'([^'‘’]*)[‘’＇]|[‘’＇]([^'‘’]*)'")
_ODD = re.compile(rf"[{ODD_BLANKS}]+")
_BLANKS = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


class Slip(Struct, frozen=True):
    """Characters in a line that should be others; `sure` where they can hardly be meant."""

    column: int
    old: str
    new: str
    code: str
    sure: bool = True
    example: str = ""


def character_mistakes(number: int, line: Line) -> Iterator[Mistake]:
    """What its characters may have wrong, the likeliest first: what is sure, everything, each by itself."""
    slips = list(slips_of(line))
    sure = [slip for slip in slips if slip.sure]
    choices = [sure, slips, *([slip] for slip in slips if len(slips) > 1)]
    before: list[list[Slip]] = []
    for choice in choices:
        if choice and choice not in before:
            before.append(choice)
            yield corrected(number, line.text, choice)


def corrected(number: int, text: str, slips: Sequence[Slip]) -> Mistake:
    """The line with these characters as they should be; one thing is told of each kind."""
    repaired = text
    for slip in sorted(slips, key=lambda slip: -slip.column):
        repaired = repaired[: slip.column] + slip.new + repaired[slip.column + len(slip.old) :]
    by_code: dict[str, list[Slip]] = {}
    for slip in sorted(slips, key=lambda slip: slip.column):
        by_code.setdefault(slip.code, []).append(slip)
    return Mistake(tuple(_spot(number, code, of) for code, of in by_code.items()), {number: repaired})


def _begins(text: str) -> str:
    """How a text begins, in whole words."""
    return text if len(text) <= 20 else re.sub(r"\w*\Z", "", text[:20], flags=re.ASCII) + "…"


def _spot(number: int, code: str, slips: Sequence[Slip]) -> Spot:
    first = slips[0]
    characters = "".join(dict.fromkeys(slip.old.strip() or slip.old[0] for slip in slips))
    plain = " ".join(dict.fromkeys(slip.new.strip() for slip in slips))
    match code:
        case "odd_blank":
            blank = first.old.strip(" \t\n") or first.old
            values: dict[str, object] = {"what": blank_name(first.old), "character": f"U+{ord(_odd_character(first.old)):04X}"}
            return Spot(code, number, first.column, len(blank), values)
        case "yaml_no_blank" | "yaml_equals":
            return Spot(code, number, first.column, len(first.old), {"written": first.example})
        case _:
            return Spot(code, number, first.column, len(first.old.rstrip()), {"character": characters, "plain": plain})


def blank_name(text: str) -> str:
    """What the first odd blank of a text is called."""
    return {"\u3000": "blank_full_width", "\u00a0": "blank_non_breaking"}.get(_odd_character(text), "blank_odd")


def _odd_character(text: str) -> str:
    odd = _ODD.search(text)
    return odd[0][0] if odd else text[0]


def slips_of(line: Line) -> Iterator[Slip]:
    """Each character of a line that may be another one's place."""
    text, mask = line.text, line.mask
    if dash := re.match(rf"{_B}([－—–•·])(?={_B}\S)", mask):
        after = mask[dash.end() : dash.end() + 1]
        yield Slip(dash.start(1), dash[1], "-" if after == " " else "- ", FULL_WIDTH)
    elif dash := re.match(rf"{_B}-(?=[{{\[｛A-Za-z{QUOTED}“])", mask):
        yield Slip(dash.end() - 1, "-", "- ", NO_BLANK, ":" in mask or "：" in mask, f"- {_begins(text[dash.end() :].strip())}")
    for column in range(len(mask) - len(mask.lstrip(_BLANKS)), len(mask)):
        yield from _slips_at(line, column)
    yield from _quote_slips(line)


def _slips_at(line: Line, column: int) -> Iterator[Slip]:
    mask, character = line.mask, line.mask[column]
    before, after = mask[:column], mask[column + 1 :]
    inside = line.depth > 0 or re.search(r"[{\[｛［【（]", before) is not None
    if character in "：﹕︰:＝=":
        yield from _colon(line, column, inside)
    elif character in "，；、﹐;" and inside:
        sure = bool(_KEY_NEXT.match(after)) or bool(_ENDS_VALUE.search(before) and _WORD_NEXT.match(after))
        yield Slip(column, character, "," if after[:1] in ("", " ") else ", ", FULL_WIDTH, sure)
    elif character in "｛｝［］":
        sure = inside or _VALUE_START.search(before) is not None
        yield Slip(column, character, _PLAIN[character], FULL_WIDTH, sure)
    elif character in "【〔（" and _VALUE_START.search(before):
        closing = _CLOSING[_OPENING.index(character)]
        at = mask.rfind(closing)
        pair = "{}" if character == "（" and re.match(rf"{_B}{NAME}{_B}[:：]", after) else "[]"
        yield Slip(column, character, pair[0], FULL_WIDTH, character == "【")
        if at > column:
            yield Slip(at, closing, pair[1], FULL_WIDTH, character == "【")
    elif character == "＃" and not before.strip():
        yield Slip(column, character, "#", FULL_WIDTH)
    elif _ODD.match(character) and not (column and _ODD.match(mask[column - 1])):
        yield from _odd_blank(line, column)


def _colon(line: Line, column: int, inside: bool) -> Iterator[Slip]:
    mask, character = line.mask, line.mask[column]
    before, after = mask[:column], mask[column + 1 :]
    head = _AT_KEY.search(before)
    if head is None:
        other = _AT_OTHER_KEY.search(before) if character in "：﹕︰" else None
        if other is None:
            return
    if not inside and head is not None and head.start() > 0:
        return
    blanks = re.match(_B, after)
    width = len(blanks[0]) if blanks else 0
    if character == ":":
        if width or not after or after[0] in ",}]" or after.startswith("//") or head is None:
            return
        key = re.search(rf"{NAME}$", before)
        if (key is None and not before.endswith(QUOTED)) or (key is not None and not key[0][0].isalpha()):
            return
        name = key[0] if key else before[-1:] and line.text[:column].split()[-1]
        value = re.match(r"[^,，}]*", line.text[column + 1 :])
        yield Slip(column, ":", ": ", NO_BLANK, True, f"{name}: {_begins(value[0]) if value else ''}")
    elif character in "＝=":
        rest = line.text[column + 1 :].strip()
        yield Slip(column, mask[column : column + 1 + width], ": ", EQUALS, True, f"{before.split()[-1]}: {_begins(rest)}")
    else:
        new = ": " if after[width:] else ":"
        yield Slip(column, mask[column : column + 1 + width], new, FULL_WIDTH, head is not None)


def _odd_blank(line: Line, column: int) -> Iterator[Slip]:
    mask = line.mask
    run = _ODD.match(mask, column)
    old = run[0] if run else mask[column]
    left, right = mask[:column].rstrip(), mask[column + len(old) :].lstrip()
    near = not right or not left or left[-1] in ":：,，{[｛［-" or right[0] in ":：,，}]｝］#"
    ascii_both = left[-1:].isascii() and right[:1].isascii()
    if near or ascii_both:
        yield Slip(column, old, " ", BLANK, True)


def _quote_slips(line: Line) -> Iterator[Slip]:
    """Chinese quotation marks around a whole key or value."""
    for match in (*_QUOTE_PAIR.finditer(line.mask), *_HALF_PAIR.finditer(line.mask)):
        before, after = line.mask[: match.start()], line.mask[match.end() :]
        if not (_VALUE_START.search(before) or not before.strip()):
            continue
        if re.match(rf"{_B}(?:$|[,，}}\]｝］:：{QUOTED}]|\x02)", after):
            quote = "'" if "'" in match[0] else '"'
            for column in (match.start(), match.end() - 1):
                if line.text[column] not in "\"'":
                    yield Slip(column, line.text[column], quote, QUOTES, True)
