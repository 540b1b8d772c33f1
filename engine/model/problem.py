"""What is wrong with an input, as data; rendering makes the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


class Place(Struct, frozen=True):
    """Where in a file: line and column count from 1; `text` is the line itself, `width` what to underline."""

    file: str
    line: int
    column: int
    text: str = ""
    width: int = 1


class Problem(Struct, frozen=True):
    """`code` names the sentence, `values` fill it, `near` are known names like the one that was not known."""

    code: str
    path: Path = ()
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    near: tuple[str, ...] = ()
    place: Place | None = None


def identity(problem: Problem) -> tuple[object, ...]:
    """What makes two problems one and the same: each key that is missing at a place is one of its own."""
    return problem.place, problem.path, problem.code, str(problem.values.get("key", "")), str(problem.values.get("keys", ""))


class XinyongError(Exception):
    """Something a user can mend, with every problem that was found."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """For a traceback: each problem's code, place, path and values; the door for programs makes sentences of them."""
        return "; ".join(map(_line, self.problems))


def _line(problem: Problem) -> str:
    place = problem.place
    where = f"{place.file}:{place.line}:{place.column}: " if place else ""
    path = f" at {'.'.join(map(str, problem.path))}" if problem.path else ""
    values = ", ".join(f"{name}={value!r}" for name, value in problem.values.items())
    return f"{where}{problem.code}{path}{f' ({values})' if values else ''}"


class PolicyError(XinyongError):
    """A policy or a common file is not sound."""

    exit_code = 1


class SubjectError(XinyongError):
    """A subject document is refused."""

    exit_code = 1


class InputError(XinyongError):
    """The command cannot be carried out: an input cannot be read, an option has no meaning."""

    exit_code = 2
