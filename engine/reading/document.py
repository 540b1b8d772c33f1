"""What is read from files: bytes, JSON documents, and a tree of plain values with a table from paths to places."""

from __future__ import annotations

import json
import os
import re
import select
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from decimal import Decimal, InvalidOperation
from pathlib import Path as File
from typing import Any

from msgspec import Struct, field

from engine.model.problem import InputError, Path, Place, PolicyError, Problem, Severity

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
PATIENCE = 5
"""Seconds for which a pipe may be silent."""

Tree = dict[str, "Tree"] | list["Tree"] | str | int | Decimal | bool | None


class SourceFile(Struct):
    """A file that was read: its tree, and the marks (line, column from 0, width) of every value and key."""

    file: str
    tree: Tree
    lines: list[str]
    values: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int, int]] = field(default_factory=dict)

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Where the value (or the key) at a path stands; the nearest thing around it where it has no mark."""
        table = self.keys if at_key else self.values
        mark = table.get(path)
        while mark is None and path:
            mark = self.keys.get(path) or self.values.get(path)
            path = path[:-1]
        return self.at(*(mark or (0, 0, 1)))

    def at(self, line: int, column: int, width: int = 1) -> Place:
        """A place by line and column from 0; what lies behind the end of the file, as what is unclosed does, is its end."""
        if line >= len(self.lines):
            line = max(len(self.lines) - 1, 0)
            column = len(self.lines[line]) if self.lines else 0
        text = self.lines[line] if self.lines else ""
        column = min(column, len(text))
        return Place(self.file, line + 1, column + 1, text, max(1, min(width, len(text) - column)))

    def literal(self, path: Path) -> str:
        """A value as it stands in the file: `00123` where 123 was read of it; empty where it has no mark of its own."""
        place = self.place(path)
        return place.text[place.column - 1 :][: place.width].strip() if path in self.values else ""

    def problem(
        self, code: str, path: Path, at_key: bool = False, severity: Severity = "error",
        near: tuple[str, ...] = (), **values: Any,
    ) -> Problem:  # fmt: skip
        """A problem at a path of this file."""
        return Problem(code, path, values, severity, near, self.place(path, at_key))


def read_bytes(file: File) -> bytes:
    """The content of a file; InputError where there is none, it cannot be read, or it is too large."""
    try:
        with open(file, "rb", opener=_opened) as opened:
            status = os.fstat(opened.fileno())
            large = status.st_size > MAX_BYTES
            plain = large or stat.S_ISREG(status.st_mode) or not hasattr(select, "poll")
            content = b"" if large else opened.read(MAX_BYTES + 1) if plain else _piped(opened.fileno())
    except FileNotFoundError:
        raise InputError([_file_problem("file_missing", file)]) from None
    except TimeoutError:
        raise InputError([_file_problem("file_silent", file, limit=PATIENCE)]) from None
    except OSError as error:
        raise InputError([_file_problem("file_unreadable", file, why=error.strerror or "")]) from None
    if large or len(content) > MAX_BYTES:
        raise InputError([_file_problem("file_too_large", file, limit=MAX_BYTES // 2**20)])
    return content


def _opened(path: str, flags: int) -> int:
    """Without waiting for somebody who writes into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _piped(opened: int) -> bytes:
    """What comes through a pipe or device, up to a byte too many; TimeoutError where it stays silent."""
    content = bytearray()
    waiting = select.poll()
    waiting.register(opened, select.POLLIN)
    while len(content) <= MAX_BYTES:
        if not waiting.poll(PATIENCE * 1000):
            raise TimeoutError
        part = os.read(opened, 2**20)
        if not part:
            break
        content += part
    return bytes(content)


def _file_problem(code: str, file: File, **values: object) -> Problem:
    return Problem(code, (), {"file": str(file), **values})


_LINE_ENDS = "\r\n|[\n\r\x85\u2028\u2029]"


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them, of which the last need not end."""
    lines = re.split(_LINE_ENDS, text)
    return lines if lines[-1] else lines[:-1]


_OFFICE = (b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"%PDF-")
"""How documents and workbooks of office programs begin."""


def decode(content: bytes, file: str) -> str:
    """UTF-8 text, with or without a mark at its start; PolicyError with the line of the first byte that is not."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or (content[:1] == b"\0") != (content[1:2] == b"\0"):
        raise PolicyError([Problem("encoding_unicode", place=Place(file, 1, 1))])
    if content.startswith(_OFFICE):
        raise PolicyError([Problem("encoding_office", place=Place(file, 1, 1))])
    try:
        return content.decode("utf-8-sig" if content.startswith(BOM_UTF8) else "utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start)
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1)
        try:
            content.decode("gb18030")
            code = "encoding_gbk"
        except UnicodeDecodeError:
            code = "encoding"
        raise PolicyError([Problem(code, place=Place(file, line + 1, column + 1))]) from None


def read_json(content: bytes, file: str, line: int = 1) -> Tree:
    """One JSON document, numbers as int or Decimal; PolicyError where it is none. `line` is its line in the file."""
    text = decode(content, file)
    try:
        tree: Tree = _JSON.decode(text)
    except json.JSONDecodeError as error:
        raise PolicyError(_json_mistakes(text, error.pos, file, line)) from None
    except _Refused as refused:
        place = _literal(text, str(refused.values["written"]), file, line)
        raise PolicyError([Problem(refused.code, values=refused.values, place=place)]) from None
    except (RecursionError, ValueError, InvalidOperation):
        raise PolicyError([Problem("too_deep", values={"limit": MAX_DEPTH}, place=Place(file, line, 1))]) from None
    if "\\ud" in text or "\\uD" in text:
        _whole_characters(text, file, line)
    return tree


def _json_mistakes(text: str, stop: int, file: str, line: int) -> list[Problem]:
    """What keeps a text from being JSON, the parser having stopped at a character."""
    from engine.reading.mistakes.json_mistakes import mistakes_of_json  # for who made one

    if not text.strip():
        return [Problem("empty", place=Place(file, line, 1))]
    mistakes = mistakes_of_json(text, line)
    if not mistakes:
        place = _place_at(text, min(stop, len(text.rstrip())), 1, file, line)
        return [Problem("json_syntax", values={"what": "json_why_here"}, place=place)]
    return [Problem(code, (), values, place=_place_at(text, at, width, file, line)) for code, at, width, values in mistakes]


HALF = "[\ud800-\udfff]"
"""Half a character of those that UTF-16 writes in two."""

_SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u([dD][89a-fA-F][0-9a-fA-F]{2})|\\."


def _whole_characters(text: str, file: str, line: int) -> None:
    """PolicyError where half a character is written, as JSON lets one write it: no text, file or database holds it."""
    for escape in re.finditer(_SURROGATES, text):
        if escape[1]:
            values = {"character": f"U+{escape[1].upper()}"}
            raise PolicyError([Problem("half_character", values=values, place=_place_at(text, escape.start(), 6, file, line))])


def _literal(text: str, written: str, file: str, line: int) -> Place:
    """Where a token last stands in a JSON text (the one that was refused, as far as can be told)."""
    bare = text if written.startswith('"') else re.sub(r'"(?:\\.|[^"\\])*"', lambda literal: " " * len(literal[0]), text)
    return _place_at(text, max(bare.rfind(written), 0), len(written), file, line)


def _place_at(text: str, at: int, width: int, file: str, line: int) -> Place:
    """The place of a character of a text that begins on a line of its file."""
    below, start = text.count("\n", 0, at), text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line_text = text[start : end if end >= 0 else len(text)].rstrip("\r")
    return Place(file, line + below, at - start + 1, line_text, width)


class _Refused(Exception):
    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def _object(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused("duplicate_key", key=twice, written=json.dumps(twice, ensure_ascii=False))
    return tree


def _constant(text: str) -> Tree:
    raise _Refused("number_not_finite", number=text, written=text)


_JSON = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)
