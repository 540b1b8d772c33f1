"""Subject documents from files (.json, .yaml, .jsonl): each a subject, or why it is refused, with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path as File

from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import Catalogue
from engine.model.problem import InputError, Place, Problem, XinyongError
from engine.model.subject import Subject
from engine.reading.document import MAX_BYTES, Source, Tree, read_bytes, read_json
from engine.reading.subject import id_named, models_named, read_subject

JSON, YAML, LINES = (".json",), (".yaml", ".yml"), (".jsonl", ".ndjson")


PARQUET, CSV = (".parquet", ".pq"), (".csv", ".csv.gz", ".tsv")
DATABASES = (".duckdb", ".ddb", ".db", ".sqlite", ".sqlite3")
WORKBOOK = ".xlsx"


def holds_tables(path: File) -> bool:
    """Whether an input is tables, which reading/tables reads, rather than documents."""
    return path.is_dir() or path.name.lower().endswith((*DATABASES, WORKBOOK, *PARQUET, *CSV))


class Refused(Struct, frozen=True):
    """A document that is refused as a whole; id and models as far as they can be told."""

    subject: str | None
    models: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_inputs(files: Iterable[File], catalogue: Catalogue, policies: Collection[str]) -> Iterator[Subject | Refused]:
    """The documents of files in order; a second one with the same id is refused. InputError for no such file or kind."""
    seen: set[str] = set()
    for file in files:
        for content, line in _documents(file):
            found = _read(content, str(file), line, file.suffix in YAML, catalogue, policies)
            if isinstance(found, Subject):
                if found.id in seen:
                    place = Place(str(file), line, 1)
                    problem = Problem("subject_twice", ("id",), {"id": found.id}, place=place)
                    found = Refused(found.id, found.models, (problem,))
                else:
                    seen.add(found.id)
            yield found


def _documents(file: File) -> Iterator[tuple[bytes | Problem, int]]:
    """The contents of a file's documents and the lines on which they begin; a Problem for one too large to read."""
    if file.suffix in LINES:
        yield from _lines(file)
        return
    if file.suffix not in JSON + YAML:
        raise InputError(
            [Problem("input_kind", values={"file": str(file), "known": [*JSON, *YAML, *LINES, WORKBOOK, *DATABASES]})]
        )
    try:
        yield read_bytes(file), 1
    except InputError as error:
        if error.problems[0].code != "file_too_large":
            raise
        yield error.problems[0], 1


def _lines(file: File) -> Iterator[tuple[bytes | Problem, int]]:
    try:
        with file.open("rb") as lines:
            line = 0
            while content := lines.readline(MAX_BYTES + 1):
                line += 1
                if len(content) > MAX_BYTES:
                    while content and not content.endswith(b"\n"):
                        content = lines.readline(MAX_BYTES)
                    values = {"file": f"{file}:{line}", "limit": MAX_BYTES // 2**20}
                    yield Problem("file_too_large", values=values), line
                elif content.strip():
                    yield content.rstrip(b"\r\n"), line
            if line == 0:
                yield Problem("empty", place=Place(str(file), 1, 1)), 1
    except FileNotFoundError:
        raise InputError([Problem("file_missing", values={"file": str(file)})]) from None
    except OSError as error:
        raise InputError([Problem("file_unreadable", values={"file": str(file), "why": error.strerror or ""})]) from None


def _read(
    content: bytes | Problem, file: str, line: int, is_yaml: bool, catalogue: Catalogue, policies: Collection[str]
) -> Subject | Refused:
    if isinstance(content, Problem):
        return Refused(None, (), (content,))
    source: Source | None = None
    tree: Tree = None
    try:
        if is_yaml:
            from engine.reading.strict_yaml import read_yaml  # JSON does without

            source = read_yaml(content, file)
            tree = source.tree
        else:
            tree = read_json(content, file, line)
        return read_subject(tree, catalogue, policies)
    except XinyongError as error:
        from engine.reading.strict_yaml import marks  # JSON is YAML for all but rare characters

        source = source or marks(content, file)
        problems = tuple(_placed(problem, source, file, line) for problem in error.problems)
        return Refused(id_named(tree), models_named(tree), problems)


def _placed(problem: Problem, source: Source | None, file: str, line: int) -> Problem:
    """With the place of its path; `line` is the one on which the document begins."""
    if problem.place is not None:
        return problem
    if source is None:
        return replace(problem, place=Place(file, line, 1))
    named = problem.values.get("name", problem.values.get("key"))
    place = source.place(problem.path, at_key=bool(problem.path) and problem.path[-1] == named)
    return replace(problem, place=replace(place, line=place.line + line - 1))
