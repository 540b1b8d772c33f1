"""A part of a workbook as a stream of elements, with limits; document types, and so entities, are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from engine.reading.workbook import limits

Attributes = dict[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict Open XML
)
CHUNK = 64 * 1024


class BrokenXml(Exception):
    """What a part holds is not what a workbook has there: the word for `what` it is, and `where`, such as a part and R5C3."""

    def __init__(self, what: str, *where: str) -> None:
        self.what, self.where = what, where
        super().__init__(what)


class TooLarge(Exception):
    """More than a limit: `what` it is of, and the limit."""

    def __init__(self, what: str, limit: int) -> None:
        self.what, self.limit = what, limit
        super().__init__(what)


class Elements:
    """Elements of a part, each given to who asked for its name; `namespaces` are those that the root may be of.

    `text` gathers what stands in the elements between `gather` and `gathered`.
    """

    def __init__(self, root: str, namespaces: tuple[str, ...] = MAIN) -> None:
        self.root, self.namespaces = root, namespaces
        self.begins: Mapping[str, Start] = {}
        self.ends: Mapping[str, End] = {}
        self.strict = False  # whether an element that nobody asked for is refused
        self.depth = 0
        self.pieces: list[str] | None = None
        self.length = 0
        self.started: dict[str, Start] = {}
        self.ended: dict[str, End] = {}

    def gather(self, _: Attributes | None = None) -> None:
        self.pieces, self.length = [], 0

    def gathered(self) -> str:
        text = "".join(self.pieces or ())
        self.pieces = None
        return text

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise TooLarge("depth", limits.DEPTH)
        begin = self.started.get(name)
        if begin is not None:
            begin(attributes)
        elif self.depth == 1:
            self._enter(name)
        elif self.strict and name not in self.ended:
            raise BrokenXml("workbook_part_spoilt", name[-60:].rpartition("}")[2])

    def end(self, name: str) -> None:
        self.depth -= 1
        end = self.ended.get(name)
        if end is not None:
            end()

    def text(self, text: str) -> None:
        if self.pieces is not None:
            self.length += len(text)
            if self.length > limits.TEXT:
                raise TooLarge("text", limits.TEXT)
            self.pieces.append(text)

    def _enter(self, name: str) -> None:
        """Whatever the prefix or the kind of Open XML, the elements that count are those of the root's namespace."""
        namespace, _, local = name.rpartition("}")
        if local != self.root or namespace not in self.namespaces:
            raise BrokenXml("workbook_part_other", name[-80:].rpartition("}")[2])
        self.started = {f"{namespace}}}{key}": begin for key, begin in self.begins.items()}
        self.ended = {f"{namespace}}}{key}": end for key, end in self.ends.items()}


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class Budget:
    """Tags that may still be read of a workbook."""

    def __init__(self) -> None:
        self.tags = limits.TAGS


def read_elements(part: Readable, elements: Elements, budget: Budget) -> Iterator[None]:
    """Gives the elements of a part to their readers, and a turn to the caller now and then; Broken or TooLarge."""
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = _refuse
    size = 0
    try:
        while chunk := part.read(CHUNK):
            budget.tags -= chunk.count(b"<")
            if budget.tags < 0:
                raise TooLarge("tags", limits.TAGS)
            parser.Parse(chunk, False)
            size += len(chunk)
            if len(parser.intern) > limits.NAMES:
                raise TooLarge("names", limits.NAMES)
            if size - max(parser.CurrentByteIndex, 0) > limits.TOKEN:
                raise TooLarge("text", limits.TOKEN)
            yield
        parser.Parse(b"", True)
    except ExpatError:
        raise BrokenXml("workbook_part_spoilt", f"R{parser.ErrorLineNumber}C{parser.ErrorColumnNumber + 1}") from None
    yield


def _refuse(*_: object) -> None:
    raise BrokenXml("workbook_doctype")
