"""Subject documents from files (.json, .yaml, .jsonl): each a subject, or why it is refused, with its place."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path as File
from typing import IO, cast

from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import Catalogue
from engine.model.problem import InputError, Place, Problem, SubjectError, XinyongError
from engine.model.subject import Subject
from engine.reading.document import MAX_BYTES, SourceFile, Tree, read_bytes, read_json
from engine.reading.likeness import is_suspect, meant_subjects
from engine.reading.subject import id_named, models_named, problems_of_subject, read_subject

JSON, YAML, LINES = (".json",), (".yaml", ".yml"), (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
STANDARD_INPUT = ("-", "/dev/stdin")

PARQUET, CSV = (".parquet", ".pq"), (".csv", ".csv.gz", ".tsv")
DATABASES = (".duckdb", ".ddb", ".db", ".sqlite", ".sqlite3")
WORKBOOK = ".xlsx"


def holds_tables(path: File) -> bool:
    """Whether an input is tables, which reading/tables reads, rather than documents."""
    return os.path.isdir(path) or path.name.lower().endswith((*DATABASES, WORKBOOK, *PARQUET, *CSV))


FEW = 20
"""So many documents of a file are read as each is alone."""

ReadPlain = Callable[[bytes], Subject | None]
"""What reads a document that is plainly sound, and says nothing of any other."""


class RefusedDocument(Struct, frozen=True):
    """A document that is refused as a whole; id and models as far as they can be told."""

    subject: str | None
    models: tuple[str, ...]
    problems: tuple[Problem, ...]


Read = tuple[Subject | RefusedDocument, Place]
"""A document, and where it begins."""


class Names:
    """Whom the documents of an input name, to tell afterwards who stands there more than once, or nearly so."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.again: dict[str, list[Place]] = {}
        self.nameless = 0
        self.suspects: set[str] = set()

    def add(self, document: Subject | RefusedDocument, place: Place) -> None:
        """One more document."""
        name = subject_name(document)
        if name is None:
            self.nameless += 1
            return
        if name in self.places:
            self.again.setdefault(name, []).append(place)
            return
        self.places[name] = place
        if is_suspect(name):
            self.suspects.add(name)

    def refused(self) -> dict[str, Problem]:
        """Those for whom no document stands, and why: which of several holds is not known, nor whose a doubtful one is."""
        return refused_names(self.again, self.suspects, self.places)


def refused_names(again: Iterable[str], suspects: Iterable[str], names: Collection[str]) -> dict[str, Problem]:
    """Of names those for whom no document stands, and why: they come `again`, or one may be meant for another."""
    alike = meant_subjects(suspects, names).items()
    problems = {name: Problem("subject_alike", ("id",), {"id": name, "other": other}) for name, other in alike}
    return problems | {name: Problem("subject_twice", ("id",), {"id": name}) for name in again}


def subject_name(document: Subject | RefusedDocument) -> str | None:
    """Whose document it is, as far as it can be told."""
    return document.id if isinstance(document, Subject) else document.subject


def read_inputs(
    files: Iterable[File],
    catalogue: Catalogue,
    policies: Collection[str],
    watched: Callable[[Iterable[Read]], Iterable[Read]] = iter,
) -> list[Subject | RefusedDocument]:
    """The documents of files in order; all that have the same id, or may have, are refused.

    `watched` may count them as they come. InputError for no such file or kind.
    """
    names = Names()
    documents = list(watched(stream_inputs(files, catalogue, policies, names)))
    refused = names.refused()
    return [standing(document, place, refused.get(subject_name(document) or "")) for document, place in documents]


def standing(document: Subject | RefusedDocument, place: Place, problem: Problem | None) -> Subject | RefusedDocument:
    """A document as it is, or refused for a problem that came to light afterwards."""
    if problem is None:
        return document
    earlier = () if isinstance(document, Subject) else document.problems
    return RefusedDocument(subject_name(document), document.models, (*earlier, replace(problem, place=place)))


def stream_inputs(files: Iterable[File], catalogue: Catalogue, policies: Collection[str], names: Names) -> Iterator[Read]:
    """The documents of files as they are read, `-` being standard input; `names` tells afterwards which must not stand."""
    files = list(files)
    if sum(str(file) in STANDARD_INPUT for file in files) > 1:
        raise InputError([Problem("stdin_twice")])
    for file in files:
        read_plain: ReadPlain | None = None
        for number, (content, line) in enumerate(_documents(file)):
            if number == FEW:
                from engine.reading.plain_document import plain_reader  # which is made in the time of so many documents

                read_plain = plain_reader(catalogue, policies)
            plain = read_plain(content) if read_plain and isinstance(content, bytes) else None
            document = plain or read_content(content, str(file), line, file.suffix.lower() in YAML, catalogue, policies)
            place = Place(str(file), line, 1)
            names.add(document, place)
            yield document, place


def _documents(file: File) -> Iterator[tuple[bytes | Problem, int]]:
    """The contents of a file's documents and the lines on which they begin; a Problem for one too large to read."""
    name = file.name.lower()
    if str(file) in STANDARD_INPUT:
        yield from _of_standard_input()
    elif name.endswith(LINES):
        yield from lines_of(file)
    elif name.endswith(JSON + YAML):
        try:
            yield read_bytes(file), 1
        except InputError as error:
            if error.problems[0].code != "file_too_large":
                raise
            yield error.problems[0], 1
    elif not os.path.exists(file):  # of a name that is too long, pathlib raises
        raise InputError([Problem("file_missing", values={"file": str(file)})])
    else:
        from engine.reading.workbook.other_kinds import OTHERS, other_kind  # for who has another kind of workbook

        if name.endswith(OTHERS):
            raise other_kind(file)
        from engine.reading.mistakes.file_names import plain_name

        if plain := plain_name(file.name):
            values = {"file": str(file), "name": plain, "ending": file.suffix}
            raise InputError([Problem("file_hidden_ending", values=values)])
        known = [*JSON, *YAML, *LINES, WORKBOOK, *DATABASES]
        raise InputError([Problem("input_kind", values={"file": str(file), "known": known})])


def lines_of(file: File) -> Iterator[tuple[bytes | Problem, int]]:
    """The contents of a file of documents a line, with the numbers of the lines; a Problem for one too large to read."""
    try:
        with opened_lines(file) as opened:
            yield from _split(opened, str(file))
    except FileNotFoundError:
        raise InputError([Problem("file_missing", values={"file": str(file)})]) from None
    except unreadable() as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "gzip_damaged"
        raise InputError([Problem("file_unreadable", values={"file": str(file), "why": why})]) from None


def unreadable() -> tuple[type[Exception], ...]:
    """What is raised where a file, packed or not, cannot be read."""
    import zlib  # for whom it happens to

    return OSError, EOFError, zlib.error


def opened_lines(file: File) -> IO[bytes]:
    """A file of documents a line, packed or not; OSError where it cannot be opened."""
    if not file.name.lower().endswith(".gz"):
        return file.open("rb")
    import gzip  # for who packed it

    return cast(IO[bytes], gzip.open(file))


def _split(opened: IO[bytes], file: str) -> Iterator[tuple[bytes | Problem, int]]:
    """Lines however they end; as Latin letters, since no other encoding keeps every byte."""
    lines = io.TextIOWrapper(opened, encoding="latin-1", newline=None)
    number = 0
    try:
        while content := lines.readline(MAX_BYTES + 1):
            number += 1
            if len(content) > MAX_BYTES:
                while content and not content.endswith("\n"):
                    content = lines.readline(MAX_BYTES)
                yield Problem("file_too_large", values={"file": f"{file}:{number}", "limit": MAX_BYTES // 2**20}), number
            elif content.strip():
                yield content.rstrip("\n").encode("latin-1"), number
    finally:
        lines.detach()  # what is read is not ours to close
    if number == 0:
        yield Problem("empty", place=Place(file, 1, 1)), 1


def _of_standard_input() -> Iterator[tuple[bytes | Problem, int]]:
    """A document a line, or else one that takes all lines."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError([Problem("stdin_unreadable", values={"why": os.strerror(errno.EBADF)})])
    try:
        yield from _of_stream(sys.stdin.buffer)
    except OSError as error:
        raise InputError([Problem("stdin_unreadable", values={"why": error.strerror or str(error)})]) from None


def _of_stream(stream: IO[bytes]) -> Iterator[tuple[bytes | Problem, int]]:
    lines = _split(stream, STANDARD_INPUT[0])
    first, number = next(lines)
    if isinstance(first, Problem) or _is_whole(first):
        yield first, number
        yield from lines
        return
    rest = list(lines)
    content = b"\n" * (number - 1) + first
    for line, at in rest:
        if isinstance(line, Problem):
            yield line, at
            return
        content += b"\n" * (at - number) + line
        number = at
    yield content, 1


def _is_whole(line: bytes) -> bool:
    try:
        read_json(line, STANDARD_INPUT[0])
    except XinyongError:
        return False
    return True


def read_content(
    content: bytes | Problem, file: str, line: int, is_yaml: bool, catalogue: Catalogue, policies: Collection[str]
) -> Subject | RefusedDocument:
    """A document; `line` is the one on which it begins, for the places of its problems."""
    if isinstance(content, Problem):
        return RefusedDocument(None, (), (content,))
    source: SourceFile | None = None
    tree: Tree = None
    try:
        if is_yaml:
            from engine.reading.strict_yaml import read_yaml  # JSON does without

            source = read_yaml(content, file)
            tree = source.tree
        else:
            tree = read_json(content, file, line)
        if isinstance(tree, list):
            raise SubjectError([Problem("subjects_listed", values={"count": len(tree)})])
        return read_subject(tree, catalogue, policies)
    except XinyongError as error:
        from engine.reading.strict_yaml import marks  # JSON is YAML for all but rare characters

        source = source or marks(content, file)
        problems = tuple(_placed(problem, source, file, line) for problem in error.problems)
        if is_yaml and source and tree is not None:
            problems = _as_meant(source, problems, catalogue, policies)
        return RefusedDocument(id_named(tree), models_named(tree), problems)


def _as_meant(
    source: SourceFile, problems: tuple[Problem, ...], catalogue: Catalogue, policies: Collection[str]
) -> tuple[Problem, ...]:
    """What is wrong with a document in YAML, those problems that come from a slip of writing told as that."""
    from engine.reading.mistakes.misread import as_meant  # for who made one

    def shape(again: SourceFile) -> list[Problem]:
        return [_placed(problem, again, again.file, 1) for problem in problems_of_subject(again.tree, catalogue, policies)]

    meant = as_meant(source, problems, shape)
    return (*meant.mistakes, *meant.problems)


def _placed(problem: Problem, source: SourceFile | None, file: str, line: int) -> Problem:
    """With the place of its path; `line` is the one on which the document begins."""
    if problem.place is not None:
        return problem
    if source is None:
        return replace(problem, place=Place(file, line, 1))
    named = problem.values.get("name", problem.values.get("key"))
    place = source.place(problem.path, at_key=bool(problem.path) and problem.path[-1] == named)
    return replace(problem, place=replace(place, line=place.line + line - 1))
