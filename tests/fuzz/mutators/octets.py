"""Mutations of bytes: flips, cuts, splices, repeats, line ends, marks and other encodings."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from random import Random

INSERTED = (
    b"\x00", b"\r", b"\r\n", b"\n", b"\n\n", b"\x0b", b"\x0c", b"\x1a", b"\x1b[31m", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xd6\xd0", b"\xff", b"\t", b'"', b"'",
    b"{", b"}", b"[", b"]", b":", b",", b"#", b"&a", b"*a", b"<<", b"!", b"%", b"@", b"`", b"|", b">", b"\\", b"\\u0000",
    b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xef\xbc\x9a", b"\xe3\x80\x80", b"\xc2\xa0", b"\xf0\x9f\x98\x80", b"- ", b"---\n",
    b"...\n", b"? ", b"//", b"/*",
)  # fmt: skip


def _flipped(dice: Random, content: bytearray) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 4, 16))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(content)


def _set(dice: Random, content: bytearray) -> bytes:
    content[dice.randrange(len(content))] = dice.choice((0, 10, 13, 32, 34, 127, 128, 255, dice.randrange(256)))
    return bytes(content)


def _cut(dice: Random, content: bytearray) -> bytes:
    return bytes(content[: dice.randrange(len(content))])


def _beheaded(dice: Random, content: bytearray) -> bytes:
    return bytes(content[dice.randrange(len(content)) :])


def _without(dice: Random, content: bytearray) -> bytes:
    at = dice.randrange(len(content))
    del content[at : at + dice.choice((1, 1, 2, 8, 64))]
    return bytes(content)


def _inserted(dice: Random, content: bytearray) -> bytes:
    at = dice.randrange(len(content) + 1)
    content[at:at] = dice.choice(INSERTED) * dice.choice((1, 1, 1, 2, 70))
    return bytes(content)


def _spliced(dice: Random, content: bytearray) -> bytes:
    """A piece of it at another place."""
    start = dice.randrange(len(content))
    piece = content[start : start + dice.choice((4, 16, 64, 256))]
    at = dice.randrange(len(content))
    content[at : at + dice.choice((0, 0, len(piece)))] = piece
    return bytes(content)


def _repeated(dice: Random, content: bytearray) -> bytes:
    start = dice.randrange(len(content))
    piece = content[start : start + dice.choice((1, 4, 32))]
    content[start:start] = piece * dice.choice((2, 10, 100, 1000))
    return bytes(content)


def _lines(dice: Random, content: bytearray) -> bytes:
    """Other ends of lines, all or one."""
    end = dice.choice((b"\r\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\x0b", b"\x0c", b"\n\n", b"\n\t", b" \n"))
    return bytes(content.replace(b"\n", end, dice.choice((-1, -1, 1, 3))))


def _encoded(dice: Random, content: bytearray) -> bytes:
    text = content.decode("utf-8", "replace")
    codec = dice.choice(
        ("utf-16", "utf-16-le", "utf-32", "gb18030", "gbk", "big5", "utf-8-sig", "utf-7", "latin-1", "shift-jis")
    )
    return text.encode(codec, dice.choice(("replace", "ignore")))


def _around(dice: Random, content: bytearray) -> bytes:
    kind = dice.choice(("mark", "twice", "gzip", "empty", "blank"))
    match kind:
        case "mark":
            return b"\xef\xbb\xbf" * dice.choice((1, 2)) + content
        case "twice":
            return bytes(content + content)
        case "gzip":
            return gzip.compress(bytes(content))
        case "empty":
            return b""
        case _:
            return dice.choice((b"\n", b" ", b"\t", b"\x00", b"\r")) * dice.choice((1, 50))


WAYS: tuple[Callable[[Random, bytearray], bytes], ...] = (
    _flipped, _flipped, _set, _cut, _cut, _beheaded, _without, _without, _inserted, _inserted, _inserted, _spliced, _spliced,
    _repeated, _lines, _encoded, _around,
)  # fmt: skip


def mutated(dice: Random, content: bytes, most: int = 3) -> bytes:
    """The content after one mutation or some."""
    for _ in range(dice.randint(1, most)):
        if not content:
            return content
        content = dice.choice(WAYS)(dice, bytearray(content))
    return content
