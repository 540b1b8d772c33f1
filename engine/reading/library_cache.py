"""Libraries, read anew only where something changed: their files, or the program that reads them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path as File
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from engine.model.calendar import Calendar
from engine.model.catalogue import Catalogue
from engine.model.library import Library
from engine.model.outline import Outline, outline
from engine.model.policy import Policy
from engine.model.region import Region
from engine.reading.cache_folder import digest_of, program_digest, read_cached, write_cached
from engine.reading.files import Files, find_files

T = TypeVar("T")


class Shelf(Struct, frozen=True):
    """A sound library whose policies are taken from it when they are needed, so that an evaluation pays for those that it uses.

    `some` are those of some policies that are in force on a day, all versions of those that have none then, without the
    working days and names of regions: what an evaluation asks for.
    """

    outline: Outline
    catalogue: Catalogue
    whole: Callable[[], Library]
    some: Callable[[Collection[str], int], Library]


class _Kept(Struct, frozen=True):
    """A library in parts that are decoded one by one."""

    outline: Raw
    catalogue: Raw
    policies: tuple[Raw, ...]
    calendar: Raw
    regions: Raw
    added: tuple[tuple[str, str], ...] | None


def load_library(paths: Sequence[File]) -> Library:
    """The library of folders or files of policies, read anew only where something changed; errors as read_library."""
    return library_of(find_files(paths))


def library_of(files: Files) -> Library:
    """The library of these files."""
    return shelf_of(files).whole()


def open_library(paths: Sequence[File]) -> Shelf:
    """The same as load_library, of which the policies are not taken yet; errors as there."""
    return shelf_of(find_files(paths))


def shelf_of(files: Files) -> Shelf:
    """The shelf of these files, which are all read and sound."""
    name = f"{_key(files)}.library"
    content = read_cached(name)
    if content is not None:
        try:
            return _kept_shelf(msgspec.msgpack.decode(content, type=_Kept), lambda: _read_anew(files, name))
        except (msgspec.MsgspecError, RecursionError):
            pass  # whatever spoils a kept copy, the files themselves are there
    return _read_anew(files, name)


def _read_anew(files: Files, name: str) -> Shelf:
    from engine.reading.library import read_library  # a quarter of the command's imports

    library = read_library(files).library
    around = outline(library)
    write_cached(name, _kept_copy(library, around))
    return Shelf(around, library.catalogue, lambda: library, lambda ids, day: _some(library, around, ids, day))


def _kept_copy(library: Library, around: Outline) -> bytes:
    """A library as it is kept."""

    def raw(part: object) -> Raw:
        return Raw(msgspec.msgpack.encode(part))

    policies = tuple(raw(policy) for policy in library.policies)
    parts = (raw(around), raw(library.catalogue), policies, raw(library.calendar), raw(library.regions))
    return msgspec.msgpack.encode(_Kept(*parts, library.added))


def _kept_shelf(parts: _Kept, anew: Callable[[], Shelf]) -> Shelf:
    """What a kept copy says; MsgspecError or RecursionError where it is none of a library."""
    around = _decoded(parts.outline, Outline)
    catalogue = _decoded(parts.catalogue, Catalogue)
    if len(around.versions) != len(parts.policies):
        raise msgspec.ValidationError("policies")

    def taken(numbers: Iterable[int], calendar: Calendar, regions: Mapping[str, Region]) -> Library:
        policies = tuple(_decoded(parts.policies[number], Policy) for number in numbers)
        return Library(policies, catalogue, calendar, regions, parts.added)

    def some(ids: Collection[str], day: int) -> Library:
        try:
            return taken(around.needed(ids, day), Calendar(), {})
        except (msgspec.MsgspecError, RecursionError):
            return anew().some(ids, day)

    def whole() -> Library:
        try:
            calendar, regions = _decoded(parts.calendar, Calendar), _decoded(parts.regions, dict[str, Region])
            return taken(range(len(parts.policies)), calendar, regions)
        except (msgspec.MsgspecError, RecursionError):
            return anew().whole()

    return Shelf(around, catalogue, whole, some)


def _decoded(part: Raw, form: type[T]) -> T:
    return msgspec.msgpack.decode(part, type=form)


def _some(library: Library, around: Outline, ids: Collection[str], day: int) -> Library:
    policies = tuple(library.policies[number] for number in around.needed(ids, day))
    return Library(policies, library.catalogue, added=library.added)


def _key(files: Files) -> str:
    """Over the names and contents, and over the program that reads them."""
    texts = [f"{sys.version_info[:2]} {msgspec.__version__}\n".encode(), program_digest()]
    for group in (files.policies, files.common):
        texts.append(f"{len(group)}\n".encode())
        for name, content in group:
            written = os.fsencode(name)
            texts += [f"{len(written)} {len(content)}\n".encode(), written, content]
    return digest_of(*texts).hex()
