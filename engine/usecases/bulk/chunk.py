"""Some documents of a file of many, read and evaluated, and their results written as lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from engine.evaluating.order import Plan
from engine.evaluating.single import judge
from engine.model.evaluation import Rejection
from engine.model.library import Name
from engine.model.problem import Place, Problem
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument, read_content, standing, subject_name
from engine.reading.library_cache import Shelf
from engine.reading.likeness import is_suspect
from engine.reading.plain_document import plain_reader
from engine.rendering.evaluation_lines import line_writer
from engine.rendering.sentences import Lang
from engine.usecases.concerned import plan_of_models
from engine.usecases.evaluate import evaluate_documents
from engine.usecases.listener import Silent


class Chunk(Struct, frozen=True):
    """Lines of a file as they are read, each with its number."""

    file: str
    lines: tuple[tuple[bytes | Problem, int], ...]


class Lines(Struct, frozen=True):
    """The results of a chunk in UTF-8, and of whom they are.

    `suspects` are those names that may be meant for others; `noticed` is what is to be told beside the results.
    `has_members` is whether results of some may depend on others: then there are none.
    """

    text: bytes
    results: int
    rejected: bool
    names: tuple[str, ...]
    suspects: tuple[str, ...]
    noticed: tuple[Problem, ...]
    has_members: bool = False


def chunk_evaluator(
    shelf: Shelf, as_of: int, policy: str | None, lang: Lang, refused: Mapping[str, Problem]
) -> Callable[[Chunk], Lines]:
    """What evaluates chunks as of a day; of one policy where it is named. For those `refused` no document stands."""
    policies = shelf.outline.policies()
    read_plain = plain_reader(shelf.catalogue, policies)
    line = line_writer(lang)
    plans: dict[frozenset[Name], Plan] = {}

    def read(chunk: Chunk, content: bytes | Problem, number: int) -> Subject | RefusedDocument:
        plain = read_plain(content) if isinstance(content, bytes) else None
        document = plain or read_content(content, chunk.file, number, False, shelf.catalogue, policies)
        return (
            standing(document, Place(chunk.file, number, 1), refused.get(subject_name(document) or "")) if refused else document
        )

    def plan_for(subjects: list[Subject]) -> Plan:
        names = frozenset(shelf.outline.concerning(subjects))
        if names not in plans:
            plans[names] = plan_of_models(shelf, names, as_of, judge)
        return plans[names]

    def evaluated(chunk: Chunk) -> Lines:
        documents = [read(chunk, content, number) for content, number in chunk.lines]
        subjects = [document for document in documents if isinstance(document, Subject)]
        if any(subject.members for subject in subjects):
            return Lines(b"", 0, False, (), (), (), has_members=True)
        silent = Silent()
        outcomes = evaluate_documents(plan_for(subjects), documents, silent, True, policy)
        rejected = any(isinstance(outcome, Rejection) for outcome in outcomes)
        names = _names(documents)
        text = "".join([line(outcome) + "\n" for outcome in outcomes])
        written = text.encode("utf-8", "backslashreplace")  # a half character reads the same so
        return Lines(written, len(outcomes), rejected, names, tuple(filter(is_suspect, names)), tuple(silent.problems))

    return evaluated


def _names(documents: Collection[Subject | RefusedDocument]) -> tuple[str, ...]:
    return tuple([name for name in map(subject_name, documents) if name is not None])
