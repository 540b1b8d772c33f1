"""A workbook as the package of parts that it is: opened within limits, its parts found by what relates to them."""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path as File
from typing import IO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from msgspec import Struct

from engine.model.problem import InputError, Problem
from engine.reading.workbook import limits, other_kinds
from engine.reading.workbook.xml import Attributes, BrokenXml, Budget, Elements, TooLarge, read_elements

_RELATIONS = (
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://purl.oclc.org/ooxml/package/relationships",
)
_TYPES = ("http://schemas.openxmlformats.org/package/2006/content-types",)
_END, _END_64, _LOCATOR = b"PK\5\6", b"PK\6\6", b"PK\6\7"

UNREADABLE = (
    BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, UnicodeDecodeError, BrokenXml
)  # fmt: skip
"""What a damaged package brings about."""


class Relation(Struct, frozen=True):
    """`kind` is the last word of the relation's type, `target` the name of a part; empty outside the package."""

    kind: str
    target: str


class Package:
    """The parts of an opened workbook."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.parts = _parts(archive.infolist())
        self.budget = Budget()
        self.bytes = limits.UNPACKED
        self.cells = limits.CELLS

    def read(self, name: str, elements: Elements) -> Iterator[None]:
        """Gives the elements of a part to who asked for them, with a turn to the caller now and then."""
        part = self.parts.get(name.lower())
        if part is None:
            raise BrokenXml("workbook_part_missing", name[:80])
        if part.file_size > limits.PART:
            raise TooLarge("unpacked", limits.PART)
        try:
            with self.archive.open(part) as opened:
                yield from read_elements(_Counted(opened, self), elements, self.budget)
        except BrokenXml as error:
            raise BrokenXml(error.what, name[:80], *error.where) from None
        except ValueError:
            raise BrokenXml("workbook_part_spoilt", name[:80]) from None

    def read_all(self, name: str, elements: Elements) -> None:
        for _ in self.read(name, elements):
            pass

    def relations(self, source: str) -> dict[str, Relation]:
        """What a part (or the package, which is ``) relates to, by the ids of the relations."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        relations: dict[str, Relation] = {}

        def relation(attributes: Attributes) -> None:
            target = unquote(attributes.get("Target", ""))
            outside = attributes.get("TargetMode") == "External"
            path = "" if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relations[attributes.get("Id", "")] = Relation(attributes.get("Type", "").rpartition("/")[2], path)
            if len(relations) > limits.NAMES:
                raise TooLarge("names", limits.NAMES)

        if part.lower() in self.parts:
            elements = Elements("Relationships", _RELATIONS)
            elements.begins = {"Relationship": relation}
            self.read_all(part, elements)
        return relations

    def content_type(self, name: str) -> str:
        """What the package says a part is; empty where it says nothing."""
        types: dict[str, str] = {}

        def say(key: str, content_type: str) -> None:
            types[key.lower()] = content_type
            if len(types) > limits.NAMES:
                raise TooLarge("names", limits.NAMES)

        def override(attributes: Attributes) -> None:
            say(attributes.get("PartName", "").lstrip("/"), attributes.get("ContentType", ""))

        def default(attributes: Attributes) -> None:
            say("." + attributes.get("Extension", ""), attributes.get("ContentType", ""))

        elements = Elements("Types", _TYPES)
        elements.begins = {"Override": override, "Default": default}
        self.read_all("[Content_Types].xml", elements)
        return types.get(name.lower()) or types.get(posixpath.splitext(name.lower())[1], "")


class _Counted:
    """A part whose bytes count towards what may be unpacked, whatever size it was said to have."""

    def __init__(self, opened: IO[bytes], package: Package) -> None:
        self.opened, self.package, self.left = opened, package, limits.PART

    def read(self, size: int) -> bytes:
        chunk = self.opened.read(size)
        self.left -= len(chunk)
        self.package.bytes -= len(chunk)
        if self.left < 0:
            raise TooLarge("unpacked", limits.PART)
        if self.package.bytes < 0:
            raise TooLarge("unpacked", limits.UNPACKED)
        return chunk


@contextmanager
def open_package(file: File) -> Iterator[Package]:
    """InputError for whatever keeps a workbook from being read, also while the caller reads it."""
    try:
        with file.open("rb") as opened:
            other_kinds.refuse_other_kinds(file, opened)
            if _directory_size(opened) > limits.DIRECTORY:
                raise TooLarge("parts", limits.PARTS)
            with ZipFile(opened) as archive:
                other_kinds.refuse_other_packages(file, archive)
                yield Package(archive)
    except FileNotFoundError:
        raise InputError([Problem("file_missing", values={"file": str(file)})]) from None
    except OSError as error:
        if error.errno == EINVAL:  # parts that are said to be nowhere
            raise _broken(file, "workbook_damaged") from None
        raise InputError([Problem("file_unreadable", values={"file": str(file), "why": error.strerror or ""})]) from None
    except TooLarge as error:
        raise limits.too_large(str(file), error.what, error.limit) from None
    except BrokenXml as error:
        raise _broken(file, error.what, *error.where) from None
    except UNREADABLE:
        raise _broken(file, "workbook_damaged") from None


def _broken(file: File, *why: str) -> InputError:
    return InputError([Problem("table_broken", values={"file": str(file), "why": list(why)})])


def _parts(listed: list[ZipInfo]) -> dict[str, ZipInfo]:
    """By their names in small letters, as the standard compares them."""
    if len(listed) > limits.PARTS:
        raise TooLarge("parts", limits.PARTS)
    parts: dict[str, ZipInfo] = {}
    for part in listed:
        name = part.filename.lower()
        if part.is_dir():
            continue
        if name in parts:
            raise BrokenXml("workbook_part_twice", part.filename[:80])
        if name.startswith("/") or ".." in name.split("/") or "\\" in part.orig_filename:
            raise BrokenXml("workbook_part_name", part.orig_filename[:80])
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BrokenXml("workbook_part_packed", part.filename[:80])
        parts[name] = part
    return parts


def _directory_size(opened: IO[bytes]) -> int:
    """Bytes of the list of parts, which is read at once; 0 where there is none, which is told later."""
    size = opened.seek(0, 2)
    opened.seek(max(0, size - 2**16 - 22 - 20))
    tail = opened.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if length == 0xFFFFFFFF and at >= 20 and tail[at - 20 : at - 16] == _LOCATOR:
        (where,) = struct.unpack_from("<Q", tail, at - 12)
        opened.seek(min(where, size))
        record = opened.read(56)
        if len(record) == 56 and record.startswith(_END_64):
            (length,) = struct.unpack_from("<Q", record, 40)
    return int(length)
