"""How lines stand to each other: indentation and tabs, quotes and brackets that are not closed, commas and colons left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.reading.mistakes.characters import NAME, blank_name
from engine.reading.mistakes.masked import ODD_BLANKS, Line
from engine.reading.mistakes.mistake import Mistake, Spot

BACK = 40
"""So many lines before the one where the reader stops are looked at."""

_PAIRS = {"{": "}", "[": "]"}
_NEXT_KEY = re.compile(rf",\s*{NAME}\s*:\s")


def with_odd_indents(lines: Sequence[Line], stop: int) -> list[int]:
    """The lines above the one where the reader stops that begin with a tab or an odd blank."""
    return [at for at in range(min(stop, len(lines) - 1), -1, -1) if _ODD.match(lines[at].text) and not lines[at].bare][:BACK]


_ODD = re.compile(rf"[ \t{ODD_BLANKS}]*[\t{ODD_BLANKS}][ \t{ODD_BLANKS}]*")


def odd_indents(lines: Sequence[Line], number: int) -> Iterator[Mistake]:
    """Tabs or odd blanks before a line, and those below it that have them too, by all widths that people set."""
    text = lines[number].text
    odd = _ODD.match(text)
    if odd is None or lines[number].bare:
        return
    for needed in _indents(lines, number):
        yield Mistake((_odd_spot(number, odd[0], needed),), {number: " " * needed + text[odd.end() :]})
    for width in (2, 4, 1, 8):
        repaired = {
            at: _with_blanks(line.text, width) for at, line in enumerate(lines) if at >= number and _ODD.match(line.text)
        }
        yield Mistake((_odd_spot(number, odd[0], len(repaired[number]) - len(text) + odd.end()),), repaired)


def _odd_spot(number: int, blanks: str, needed: int) -> Spot:
    if "\t" in blanks:
        return Spot("yaml_tab", number, 0)
    return Spot("odd_indent", number, 0, len(blanks), {"what": blank_name(blanks), "needed": needed})


def _with_blanks(text: str, width: int) -> str:
    odd = _ODD.match(text)
    blank = odd[0] if odd else ""
    return "".join(" " if each == " " else " " * width for each in blank) + text[len(blank) :]


def indentation_mistakes(lines: Sequence[Line], stop: int) -> Iterator[Mistake]:
    """Lines near the one where the reader stops that may stand too far left or right, with and without what is below them."""
    above = [at for at in range(min(stop, len(lines) - 1), -1, -1) if not lines[at].bare]
    least, around = 10**6, []
    for at in above[1:]:
        if _stands(lines[at]) and lines[at].indent < least:  # what the line stands in, and what that stands in
            around.append(at)
            least = lines[at].indent
    yield from moved_lines(lines, list(dict.fromkeys([*above[:10], *around])))


def moved_lines(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Mistake]:
    """Each line moved to each indentation that it may have; first where all then stand evenly, and little is moved."""
    top = next((at for at in range(min(numbers, default=0), -1, -1) if lines[at].indent == 0 and not lines[at].bare), 0)
    window = [at for at in range(top, min(len(lines), max(numbers, default=0) + BACK)) if _stands(lines[at])]
    step = _step(lines)
    ranked: list[tuple[tuple[int, ...], Mistake]] = []
    for far, number in enumerate(numbers):
        for rank, (indent, mistake) in enumerate(_moves(lines, number)):
            indents = [_indent_of(mistake.repaired.get(at, lines[at].text)) for at in window]
            rough = sum(abs(a - b) for a, b in pairwise(indents))
            ranked.append(
                (
                    (_uneven(indents, step), rough, len(mistake.repaired), abs(indent - lines[number].indent), -far, rank),
                    mistake,
                )
            )
    yield from (mistake for _, mistake in sorted(ranked, key=lambda each: each[0]))


def _moves(lines: Sequence[Line], number: int) -> Iterator[tuple[int, Mistake]]:
    """A line moved to each indentation that it may have, by itself and with what is below it."""
    line = lines[number]
    below = _block(lines, number)
    for indent in _indents(lines, number):
        delta = indent - line.indent
        if delta:
            spot = Spot("yaml_indentation", number, 0, max(1, line.indent), _alignment(lines, number, indent))
            yield indent, Mistake((spot,), {number: " " * indent + line.text.lstrip(" ")})
            if below:
                yield indent, Mistake((spot,), {at: _moved(lines[at].text, delta) for at in (number, *below)})


def _step(lines: Sequence[Line]) -> int:
    """By how much lines are mostly indented below others."""
    steps = Counter(step for step in _steps([line.indent for line in lines if _stands(line)]) if step > 0)
    return steps.most_common(1)[0][0] if steps else 2


def _uneven(indents: Sequence[int], step: int) -> int:
    """How many lines are indented by another step."""
    return sum(each != step for each in _steps(indents) if each)


def _steps(indents: Sequence[int]) -> Iterator[int]:
    """By how much each line stands deeper than the one above, or beside which of those above it; the odd ones by themselves."""
    around: list[int] = []
    for indent in indents:
        back = bool(around) and indent < around[-1]
        while around and around[-1] > indent:
            around.pop()
        if not around or around[-1] < indent:
            yield -1 if back else indent - (around[-1] if around else 0)
            around.append(indent)


def _stands(line: Line) -> bool:
    """Whether where a line begins says what it belongs to."""
    return not line.bare and not line.depth and not line.text.startswith("\t")


def _indent_of(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _alignment(lines: Sequence[Line], number: int, indent: int) -> dict[str, object]:
    """What an author needs: how many blanks there are and should be, and which line has as many."""
    above = range(number - 1, -1, -1)
    like = next((at for at in above if not lines[at].bare and lines[at].indent == indent), None)
    below = range(number + 1, len(lines))
    like = like if like is not None else next((at for at in below if not lines[at].bare and lines[at].indent == indent), number)
    return {"written": lines[number].indent, "needed": indent, "like": like + 1}


def _indents(lines: Sequence[Line], number: int) -> list[int]:
    """Where a line may begin: as those above it that it can stand beside, the line below it, and inside the one above."""
    indents: list[int] = []
    least = 10**6
    for at in range(number - 1, -1, -1):
        line = lines[at]
        if line.bare or line.depth or line.text.startswith("\t"):
            continue
        if line.indent < least:
            if not indents and line.mask.rstrip("\x02 ").endswith(":"):
                indents.append(line.indent + 2)
            dash = re.match(r"- +", line.text[line.indent :])
            if dash:
                indents.append(line.indent + len(dash[0]))
            indents.append(line.indent)
            least = line.indent
        if least == 0:
            break
    following = next((line for line in lines[number + 1 : number + 20] if not line.bare), None)
    if following is not None and following.indent not in indents and not following.depth:
        indents.append(following.indent)
    if following is not None and following.indent in indents:
        indents.remove(following.indent)
        indents.insert(0, following.indent)
    return list(dict.fromkeys(indents))


def _block(lines: Sequence[Line], number: int) -> list[int]:
    """The lines that stand deeper, below one."""
    block = []
    for at in range(number + 1, len(lines)):
        if lines[at].bare and not lines[at].text.strip():
            continue
        if lines[at].indent <= lines[number].indent:
            break
        block.append(at)
    return block


def _moved(text: str, delta: int) -> str:
    return " " * delta + text if delta > 0 else text[min(-delta, len(text) - len(text.lstrip(" "))) :]


def with_open_quotes(lines: Sequence[Line], stop: int) -> list[int]:
    """The lines above the one where the reader stops that have a quote which they do not close."""
    return [at for at in range(min(stop, len(lines) - 1), -1, -1) if _OPENING.search(lines[at].mask)][:BACK]


_OPENING = re.compile(r"(?:^|(?<=[\s,\[{:]))[\"']")


def quote_mistakes(number: int, line: Line) -> Iterator[Mistake]:
    """A quote that is opened on a line and not closed there: at the end, before what follows in brackets, or before a comment."""
    for opening in _OPENING.finditer(line.mask):
        quote, start = opening[0], opening.start()
        if line.mask[start - 1 : start] == ":" or not line.text[start + 1 :].strip():
            continue
        spot = Spot("quote_unclosed", number, start, 1, {"character": quote})
        rest = line.text[start + 1 :]
        ends = [len(rest.rstrip())]
        closing = re.search(r"[\s}\],]*$", rest)
        following = _NEXT_KEY.search(rest)
        if following:
            ends.insert(0, following.start())
        elif closing and (line.depth or re.search(r"[{\[]", line.mask[:start])):
            bare = len(rest) - len(closing[0])
            ends = list(dict.fromkeys([*range(bare, len(rest.rstrip()) + 1)]))
        if comment := re.search(r"\s+#\s", rest):
            ends.append(comment.start())
        for end in ends:
            yield Mistake((spot,), {number: line.text[: start + 1] + rest[:end] + quote + rest[end:]})


def bracket_mistakes(lines: Sequence[Line], stop: int) -> Iterator[Mistake]:
    """Brackets that are not closed, closed twice, or closed by another one, around where the reader stops."""
    stop = min(stop, len(lines) - 1)
    first = next((at for at in range(stop, max(-1, stop - BACK), -1) if lines[at].depth == 0 and _opens(lines[at])), stop)
    opened: list[tuple[int, int, str]] = []
    for number in range(first, stop + 1):
        for column, character in enumerate(lines[number].mask):
            if character in _PAIRS:
                opened.append((number, column, character))
            elif character in "}]":
                if opened and _PAIRS[opened[-1][2]] == character:
                    opened.pop()
                    continue
                yield from _wrong_closing(lines, number, column, opened)
    for number, column, character in reversed(opened):
        for end in range(number, stop + 1):
            yield from _closed(lines, number, column, character, end)


def _opens(line: Line) -> bool:
    return "{" in line.mask or "[" in line.mask


def _wrong_closing(
    lines: Sequence[Line], number: int, column: int, opened: Sequence[tuple[int, int, str]]
) -> Iterator[Mistake]:
    text = lines[number].text
    if opened and opened[-1][0] == number:
        missing = _PAIRS[opened[-1][2]]
        spot = _unclosed(*opened[-1])
        yield Mistake((spot,), {number: text[:column].rstrip() + missing + text[column:]})
        other = Spot("bracket_other", number, column, 1, {"character": text[column], "plain": missing})
        yield Mistake((other,), {number: text[:column] + missing + text[column + 1 :]})
    stray = Spot("bracket_stray", number, column, 1, {"character": text[column]})
    yield Mistake((stray,), {number: text[:column] + text[column + 1 :]})
    head = re.match(rf"\s*(?:- +)*(?:{NAME}\s*:[ \t]+)?", text)
    opening = {"}": "{", "]": "["}[text[column]]
    if head:
        for at in dict.fromkeys((head.end(), len(text) - len(text.lstrip(" -")))):
            unopened = Spot("bracket_unopened", number, column, 1, {"character": text[column], "plain": opening})
            yield Mistake((unopened,), {number: text[:at] + opening + text[at:]})


def _unclosed(number: int, column: int, character: str) -> Spot:
    return Spot("bracket_unclosed", number, column, 1, {"character": character, "plain": _PAIRS[character]})


def _closed(lines: Sequence[Line], number: int, column: int, character: str, end: int) -> Iterator[Mistake]:
    """A bracket closed at the end of a line, before its comment and comma."""
    text, mask = lines[end].text, lines[end].mask
    bare = mask.rstrip("\x02").rstrip()
    width = len(bare.rstrip(", "))
    if end == number and width <= column:
        return
    for at in dict.fromkeys((width, len(bare))):
        yield Mistake((_unclosed(number, column, character),), {end: text[:at] + _PAIRS[character] + text[at:]})


def comma_mistakes(lines: Sequence[Line], number: int) -> Iterator[Mistake]:
    """Between items in brackets: a comma left out, at the end of the line above or within the line, or written twice."""
    line = lines[number]
    for twice in re.finditer(r",\s*(?=,)", line.mask):
        spot = Spot("comma_twice", number, twice.start(), len(twice[0]) + 1)
        yield Mistake((spot,), {number: line.text[: twice.start()] + line.text[twice.end() :]})
    for gap in re.finditer(rf"(?<=[^\s,{{\[:-])(\s+)(?={NAME}\s*:(?:\s|$)|\x01+\s*:|[{{\[])", line.mask):
        spot = Spot("comma_missing", number, gap.start(), len(gap[0]))
        yield Mistake((spot,), {number: f"{line.text[: gap.start()]},{line.text[gap.start() :]}"})
    for gap in re.finditer(r"(?<=[}\]\x01])(?=[{\[])", line.mask):
        yield Mistake(
            (Spot("comma_missing", number, gap.start(), 1),),
            {number: f"{line.text[: gap.start()]}, {line.text[gap.start() :]}"},
        )
    above = next((at for at in range(number - 1, -1, -1) if not lines[at].bare), None)
    if above is not None and (line.depth or lines[above].depth):
        bare = len(lines[above].mask.rstrip("\x02").rstrip())
        text = lines[above].text
        if text[:bare][-1:] not in ",{[":
            yield Mistake((Spot("comma_missing", above, bare, 1),), {above: f"{text[:bare]},{text[bare:]}"})


def colon_mistakes(lines: Sequence[Line], number: int) -> Iterator[Mistake]:
    """A line that has no key: its colon left out, or it goes on with the text of the line above."""
    line = lines[number]
    bare = line.mask.rstrip("\x02").rstrip()
    if word := re.fullmatch(rf"\s*(?:- +)*({NAME})(\s+\S.*)?", bare):
        spot = Spot("yaml_no_colon", number, word.start(1), len(word[1]), {"key": word[1]})
        yield Mistake((spot,), {number: f"{line.text[: word.end(1)]}:{line.text[word.end(1) :]}"})
    above = next((at for at in range(number - 1, -1, -1) if not lines[at].bare), None)
    if above is not None and not re.search(rf"^\s*(?:- +)*{NAME}\s*:(\s|$)", bare):
        indent = lines[above].indent + 2
        spot = Spot("yaml_continuation", number, line.indent, max(1, len(line.text.strip())))
        yield Mistake((spot,), {number: " " * indent + line.text.strip()})
