"""What keeps a text from being JSON: it is read on over each mistake, so that all are seen, each where it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.reading.mistakes.characters import blank_name
from engine.reading.mistakes.masked import ODD_BLANKS
from engine.reading.mistakes.mistake import MOST

Told = tuple[str, int, int, dict[str, object]]
"""A code, where in the text, how wide, and the values of the sentence."""

VALUE, KEY, COLON, COMMA, END = "value", "key", "colon", "comma", "end"
"""What may come next."""

_PLAIN = {
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "：": ":",
    "，": ",",
    "；": ",",
    "、": ",",
    ";": ",",
    "=": ":",
}
_PAIRS = {"{": "}", "[": "]"}
_BLANK = re.compile(r"[ \t\r\n]+")
_ODD = re.compile(rf"[{ODD_BLANKS}\ufeff\u200b]+")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_CHINESE = re.compile(r"[“”„「＂]([^“”「」＂\"\n]*)[“”」＂\"]|[‘’＇]([^‘’＇'\n]*)[‘’＇']")
_SINGLE = re.compile(r"'(?:[^'\\\n]|\\.)*'")
_MIXED = re.compile(r"\"([^\"“”\n]*)[“”＂](?=\s*[,:，：}\]])")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(rf"[^\s,:{{}}\[\]\"“”，：｛｝［］【】；;={ODD_BLANKS}]+")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
_ENDS = re.compile(rf"[\s{ODD_BLANKS}]*(?:[,:}}\]，：｝］；;=#]|$|//)", re.MULTILINE)
_VALUE_BEHIND = re.compile(r"\s+[\"“{\[0-9tfn-]|[{\[]")
_KEY_BEHIND = re.compile(r"\s+\"[^\"\n]*\"\s*[:：]")
_ITEM_BEHIND = re.compile(r"\s+\"[^\"\n]*\"\s*[,\]]")
_BAD_ESCAPE = re.compile(r'\\(?![\\"/bfnrt]|u[0-9a-fA-F]{4})|(?<!\\)\\u(?![0-9a-fA-F]{4})')
_CONSTANTS = {"true", "false", "null", "NaN", "Infinity", "-Infinity"}
_MEANT = {
    **dict.fromkeys(("True", "TRUE", "yes", "Yes", "是", "真", "对"), "true"),
    **dict.fromkeys(("False", "FALSE", "no", "No", "否", "假"), "false"),
    **dict.fromkeys(("None", "NULL", "Null", "undefined", "无", "空"), "null"),
}


class Token(NamedTuple):
    """A string, another value, or one of the characters that hold them together."""

    kind: str
    start: int
    end: int


def mistakes_of_json(text: str, line: int = 1) -> list[Told]:
    """Each mistake of a text that begins on a line of its file, in the text's order; none where none is known."""
    reader = _Reader(text, line)
    reader.read()
    return sorted(reader.mistakes, key=lambda mistake: mistake[1])[:MOST]


class _Reader:
    """Goes through the tokens and says what should not be there, as if it had been right."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self.colon = 0
        self.suspect: Token | None = None  # opened, and closed by what should close another one
        self.stray: Token | None = None
        self.mistakes: list[Told] = []
        self.open: list[Token] = []
        self.next = VALUE
        self.last: Token | None = None
        self.at = 0

    def tell(self, code: str, at: int, width: int = 1, **values: object) -> None:
        self.mistakes.append((code, at, width, values))

    def read(self) -> None:
        while len(self.mistakes) < MOST and (token := self.token()):
            if self.next == END:
                self.beyond(token)
                return
            self.take(token)
            self.last = token
        if self.next != END and len(self.mistakes) < MOST:
            self.cut_off()

    # what there is

    def token(self) -> Token | None:
        while self.at < len(self.text):
            if blank := _BLANK.match(self.text, self.at):
                self.at = blank.end()
            elif odd := _ODD.match(self.text, self.at):
                if odd[0] != "\ufeff" or self.at:
                    self.tell("odd_blank", self.at, len(odd[0]), what=blank_name(odd[0]), character=f"U+{ord(odd[0][0]):04X}")
                self.at = odd.end()
            elif comment := _COMMENT.match(self.text, self.at):
                self.tell("json_comment", self.at, len(comment[0].split("\n")[0]))
                self.at = comment.end()
            else:
                token = self.solid()
                self.at = token.end
                return token
        return None

    def solid(self) -> Token:
        at, character = self.at, self.text[self.at]
        if character in "{}[]:,":
            return Token(character, at, at + 1)
        if character in _PLAIN:
            self.tell(
                "json_full_width" if character not in ";=" else "json_sign", at, character=character, plain=_PLAIN[character]
            )
            return Token(_PLAIN[character], at, at + 1)
        if character == '"':
            return self.string()
        if chinese := _CHINESE.match(self.text, at):
            self.tell("chinese_quotes", at, len(chinese[0]), character=f"{chinese[0][0]}{chinese[0][-1]}", plain='"')
            return Token("text", at, chinese.end())
        if single := _SINGLE.match(self.text, at):
            inner = single[0][1:-1].replace("\\'", "'").replace('"', '\\"')
            self.tell("json_single_quotes", at, len(single[0]), written=f'"{inner}"'[:60])
            return Token("text", at, single.end())
        return self.word()

    def string(self) -> Token:
        """A text in double quotes; up to where it must have ended, where it is not closed."""
        at = self.at
        line_end = self.text.find("\n", at)
        line_end = len(self.text) if line_end < 0 else line_end
        match = _STRING.match(self.text, at)
        if (mixed := _MIXED.match(self.text, at)) and (match is None or match.end() > mixed.end()):
            self.tell("chinese_quotes", mixed.end() - 1, 1, character=mixed[0][-1], plain='"')
            return Token("text", at, mixed.end())
        if match and self.swallows(match):
            return self.unclosed(at, line_end)
        if match and self.ended(match.end()):
            self.inside(match)
            return Token("text", at, match.end())
        if match and (end := self.last_quote(match.end(), line_end)):
            self.tell("json_quote_within", match.end() - 1, 1)
            return Token("text", at, end)
        return Token("text", at, match.end()) if match else self.unclosed(at, line_end)

    def ended(self, at: int) -> bool:
        """Whether a text may have ended, by what stands behind the quote."""
        following = _VALUE_BEHIND if self.next == KEY else _ITEM_BEHIND if self.in_list() else _KEY_BEHIND
        return bool(_ENDS.match(self.text, at) or following.match(self.text, at))

    def swallows(self, match: re.Match[str]) -> bool:
        """Whether what is between two quotes is the end of one thing and the beginning of the next."""
        following = re.match(r"\s*[:,]|\s*$", self.text[match.end() :])
        return bool(re.search(r"[,:{]\s*$", match[0][1:-1])) and not following

    def last_quote(self, start: int, line_end: int) -> int | None:
        """Where a text with quotes in it ends: before a comma, colon or bracket."""
        for quote in re.finditer(r"\"(?=\s*(?:,\s*(?:[\"{\[“]|$)|:|[}\]]|$))", self.text[start:line_end]):
            between = self.text[start : start + quote.start()]
            return start + quote.end() if not re.search(r"[:,]\s*$", between) else None
        return None

    def unclosed(self, at: int, line_end: int) -> Token:
        rest = self.text[at + 1 : line_end]
        end = re.search(r"\s*(?:,\s*[\"{]|:\s|[}\]]+\s*,|[}\],]*\s*$)", rest)
        width = end.start() if end else len(rest)
        self.tell("quote_unclosed", at, 1, character='"')
        return Token("text", at, at + 1 + width)

    def inside(self, match: re.Match[str]) -> None:
        if bad := _BAD_ESCAPE.search(match[0].replace("\\\\", "\x00\x00")):
            self.tell(
                "json_escape",
                match.start() + bad.start(),
                2,
                written=match[0][bad.start() : bad.start() + 2].replace("\\", "\\\\"),
            )
        if control := re.search(r"[\x00-\x1f]", match[0]):
            self.tell("json_control", match.start() + control.start(), 1, character=f"U+{ord(control[0]):04X}")

    def word(self) -> Token:
        """A number, a constant, or what should have been one of these or a text."""
        at = self.at
        groups = _GROUPS.match(self.text, at)
        if groups and not self.in_list():
            plain = re.sub("[,，]", "", groups[0])
            self.tell("number_comma", at, len(groups[0]), value=groups[0], meant=plain)
            return Token("value", at, groups.end())
        match = _WORD.match(self.text, at)
        word = match[0] if match else self.text[at]
        end = at + len(word)
        if word in _CONSTANTS or _NUMBER.fullmatch(word):
            return Token("value", at, end)
        if word in _MEANT:
            self.tell("json_word", at, len(word), written=word, plain=_MEANT[word])
        elif re.fullmatch(r"[-+－]?[0-9.０-９．]+", word):
            self.tell("json_number", at, len(word), number=word, plain=_plain_number(word))
        else:
            self.tell("json_unquoted", at, len(word), written=f'"{word}"'[:60])
            end += bool(re.match(r'"\s*[,:}\]]', self.text[end:]))
        return Token("text", at, end)

    def in_list(self) -> bool:
        return bool(self.open) and self.open[-1].kind == "["

    # what should be there

    def take(self, token: Token) -> None:
        match token.kind:
            case "{" | "[":
                self.before_value(token)
                self.open.append(token)
                self.next = KEY if token.kind == "{" else VALUE
            case "}" | "]":
                self.close(token)
            case ":":
                if self.next == COMMA and self.last and "\n" in self.text[self.colon : self.last.start]:
                    self.tell("json_value_missing", self.colon, 1)
                elif self.next != COLON:
                    self.tell("json_colon", token.start)
                self.next, self.colon = VALUE, token.end
            case ",":
                self.comma(token)
            case _:
                self.before_value(token)
                self.next = COLON if self.next == KEY else COMMA if self.open else END

    def before_value(self, token: Token) -> None:
        """What is missing before a value that stands where none was expected."""
        end = self.last.end if self.last else token.start
        if self.next == COMMA:
            self.tell("comma_missing", end, 1)
            self.next = KEY if self.open[-1].kind == "{" else VALUE
        elif self.next == COLON:
            self.tell("json_colon_missing", end, 1)
            self.next = VALUE

    def comma(self, token: Token) -> None:
        if self.next in (KEY, VALUE):
            twice = self.last is not None and self.last.kind in (",", "{", "[")
            self.tell(
                "comma_twice" if twice or self.last is None else "json_value_missing", token.start if twice else self.missing()
            )
        elif self.next == COLON:
            self.tell("json_value_missing", self.missing())
        self.next = KEY if self.open and self.open[-1].kind == "{" else VALUE

    def close(self, token: Token) -> None:
        if self.next in (KEY, VALUE) and self.last and self.last.kind == ",":
            self.tell("json_trailing_comma", self.last.start)
        elif self.next in (COLON, VALUE) and self.last and self.last.kind != "[":
            self.tell("json_value_missing", self.missing())
        kinds = [_PAIRS[opened.kind] for opened in self.open]
        if not kinds or kinds[-1] != token.kind:
            self.mismatched(token, kinds)
            return
        opened = self.open.pop()
        apart = "\n" in self.text[opened.start : token.start]
        if apart and self.suspect is None and self.indent(token.start, True) < self.indent(opened.start):
            self.suspect = opened
        if (
            apart
            and self.stray is None
            and self.indent(token.start, True) == 10**6
            and self.indent(token.start) > self.indent(opened.start)
        ):
            self.stray = token
        self.next = COMMA if self.open else END

    def mismatched(self, token: Token, kinds: list[str]) -> None:
        """A closing bracket that does not close the last one: too many, another one, or the last is not closed; what fits the rest."""
        stack = [opened.kind for opened in self.open]
        rest = _TEXT.sub("", self.text[token.end :])
        choices = [(_misfits(stack, rest), 1, "stray")]
        if stack:
            choices.append((_misfits(stack[:-1], rest), 0, "other"))
        if token.kind in kinds:
            last = len(kinds) - 1 - kinds[::-1].index(token.kind)
            choices.append((_misfits(stack[:last], rest), 0, "unclosed"))
        choice = min(choices)[2]
        if choice == "stray":
            self.tell_stray(token)
        elif choice == "other":
            self.tell("bracket_other", token.start, 1, character=token.kind, plain=kinds[-1])
            self.open.pop()
        else:
            while _PAIRS[self.open[-1].kind] != token.kind:
                opened = self.open.pop()
                self.tell("bracket_unclosed", opened.start, 1, character=opened.kind, plain=_PAIRS[opened.kind])
            self.open.pop()
        self.next = COMMA if self.open else END

    def tell_stray(self, token: Token) -> None:
        """That a bracket is too many: the first one that closes something before its line came to it."""
        token, self.stray = self.stray or token, None
        self.tell("bracket_stray", token.start, 1, character=token.kind)

    def missing(self) -> int:
        """Where something is missing: at the last character that there is."""
        return self.last.end - 1 if self.last else 0

    def indent(self, at: int, first: bool = False) -> int:
        """How far the line of a character is indented; very far where the character must be its first and is not."""
        start = self.text.rfind("\n", 0, at) + 1
        before = self.text[start:at]
        return 10**6 if first and before.strip() else len(before) - len(before.lstrip())

    def beyond(self, token: Token) -> None:
        """What stands behind the end."""
        self.mistakes = [mistake for mistake in self.mistakes if mistake[1] < token.start]
        if token.kind in ("}", "]"):
            self.tell_stray(token)
        elif token.kind in ("{", "["):
            self.tell("several_documents", token.start)
        elif token.kind == ",":
            rest = re.match(r"\s*[{\[]", self.text[token.end :])
            if not rest and self.text[token.end :].strip() and self.last:
                self.tell_stray(self.last)
            else:
                self.tell("several_documents" if rest else "json_trailing_comma", token.start)
        else:
            self.tell("json_beyond", token.start, token.end - token.start)

    def cut_off(self) -> None:
        end = len(self.text.rstrip())
        if self.suspect:
            values: dict[str, object] = {"character": self.suspect.kind, "plain": _PAIRS[self.suspect.kind]}
            self.tell("bracket_unclosed", self.suspect.start, 1, **values)
        elif self.open:
            line = self.text.count("\n", 0, self.open[-1].start) + self.line
            closing = "".join(_PAIRS[each.kind] for each in reversed(self.open))
            self.tell("json_cut_off", end, 1, line=line, character=self.open[-1].kind, plain=closing)


_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def _misfits(opened: list[str], rest: str) -> int:
    """How many brackets of the rest of a text would not fit those that are open."""
    stack, wrong = list(opened), 0
    for bracket in re.findall(r"[{}\[\]]", rest):
        if bracket in _PAIRS:
            stack.append(bracket)
        elif not stack or _PAIRS[stack.pop()] != bracket:
            wrong += 1
    return wrong + len(stack)


def _plain_number(word: str) -> str:
    """A number as JSON writes it, of what a hand made of one."""
    plain = word.translate(
        {ord(wide): str(at) for at, wide in enumerate("０１２３４５６７８９")} | {ord("．"): ".", ord("－"): "-"}
    )
    sign = "-" if plain.startswith("-") else ""
    whole, point, rest = plain.lstrip("+-").partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point if rest else ''}{rest}"
