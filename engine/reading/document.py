"""What is read from files: bytes, JSON documents, and a tree of plain values with a table from paths to places."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path as File
from typing import Any

from msgspec import Struct, field

from engine.model.problem import InputError, Path, Place, PolicyError, Problem

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64

Tree = dict[str, "Tree"] | list["Tree"] | str | int | Decimal | bool | None


class Source(Struct):
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
        line, column, width = mark or (0, 0, 1)
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.file, line + 1, column + 1, text, max(1, min(width, len(text) - column)))

    def problem(
        self, code: str, path: Path, at_key: bool = False, severity: str = "error",
        near: tuple[str, ...] = (), **values: Any,
    ) -> Problem:  # fmt: skip
        """A problem at a path of this file."""
        return Problem(code, path, values, severity, near, self.place(path, at_key))


def read_bytes(file: File) -> bytes:
    """The content of a file; InputError where there is none, it cannot be read, or it is too large."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError([_file_problem("file_too_large", file, limit=MAX_BYTES // 2**20)])
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError([_file_problem("file_missing", file)]) from None
    except OSError as error:
        raise InputError([_file_problem("file_unreadable", file, why=error.strerror or "")]) from None


def _file_problem(code: str, file: File, **values: object) -> Problem:
    return Problem(code, (), {"file": str(file), **values})


def decode(content: bytes, file: str) -> str:
    """UTF-8 text, with or without a mark at its start; PolicyError with the line of the first byte that is not."""
    try:
        return content.decode("utf-8-sig")
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
        return _JSON.decode(text)  # type: ignore[no-any-return]
    except json.JSONDecodeError as error:
        found = text.splitlines()[error.lineno - 1 : error.lineno]
        place = Place(file, line + error.lineno - 1, error.colno, found[0] if found else "")
        raise PolicyError(
            [Problem("json_syntax" if text.strip() else "empty", values={"what": error.msg}, place=place)]
        ) from None
    except _Refused as refused:
        place = _literal(text, str(refused.values["written"]), file, line)
        raise PolicyError([Problem(refused.code, values=refused.values, place=place)]) from None
    except (RecursionError, ValueError, InvalidOperation):
        raise PolicyError([Problem("too_deep", values={"limit": MAX_DEPTH}, place=Place(file, line, 1))]) from None


def _literal(text: str, written: str, file: str, line: int) -> Place:
    """Where a token last stands in a JSON text (the one that was refused, as far as can be told)."""
    bare = text if written.startswith('"') else re.sub(r'"(?:\\.|[^"\\])*"', lambda found: " " * len(found[0]), text)
    at = max(bare.rfind(written), 0)
    before = text[:at]
    column = at - (before.rfind("\n") + 1)
    shown = text.splitlines()[before.count("\n")]
    return Place(file, line + before.count("\n"), column + 1, shown, len(written))


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
