"""Rows and documents that are refused, to a file for whoever delivered them, and as rejections among the results."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from engine.model.evaluation import Rejection
from engine.model.problem import Place, Problem, identity
from engine.model.subject import Subject
from engine.reading.inputs import Read
from engine.reading.tables.raw_tables import RejectedRow
from engine.rendering.messages import message, remedy
from engine.rendering.office_workbook.contents import RefusedRow
from engine.rendering.refused_rows import column_of
from engine.rendering.sentences import Lang
from engine.rendering.spreadsheet_cells import check_rows, safe_cell, written_cell
from engine.usecases.listener import Listener
from engine.usecases.output.placing import put_in_place
from engine.usecases.output.tables import UTF_8_MARKED
from engine.usecases.output.target import target, unwritable

TOLD_AT_ONCE = 5
"""So many problems are kept to be told at once."""

WORKBOOK, TITLE = ".xlsx", "xinyong rejects"

COLUMNS = ("table", "file", "row", "column", "subject", "record", "code", "reason", "value", "remedy")

OF_SHEET = ("file", "row", "column", "subject", "record", "value", "reason", "remedy")
"""Those that an official needs, in the order of the sheet."""


def valid_rows(documents: Iterable[Read], as_of: int, refusals: RejectedRows) -> Iterator[Subject]:
    """The documents that are not refused."""
    for document, _ in documents:
        if isinstance(document, Subject):
            yield document
            continue
        place = document.problems[0].place
        file, line = (place.file, place.line) if place else ("", None)
        refusals.add(RejectedRow("documents", file, line, document.subject, None, document.problems))
        refusals.reject(document.subject, document.models, as_of, document.problems)


NAMES = frozenset(("policy", "model", "name", "what", "kind", "kinds", "expected"))
"""Values that name what policies and the catalogue have or have not; others may be somebody's own, and stay out of figures."""


class RejectedRows:
    """What was refused: rows as they come to a file, and the subjects for which there is therefore no result.

    The file is a CSV until all are there; `goal` is where it shall be, and what is to blame where it cannot be written.
    """

    def __init__(self, file: Path, goal: Path | None, encoding: str, lang: Lang, listener: Listener) -> None:
        self.file, self.lines, self.goal, self.lang, self.listener = file, file, goal, lang, listener
        self.is_workbook = goal is not None and goal.suffix.lower() == WORKBOOK
        self.encoding = UTF_8_MARKED if self.is_workbook else encoding
        self.counts: Counter[tuple[str, str]] = Counter()
        self.names: dict[tuple[str, str], Mapping[str, object]] = {}
        self.first: list[Problem] = []
        self.subjects: dict[str, list[Problem]] = {}
        self.nobodys: list[Problem] = []
        self.listed = False
        self.named: dict[tuple[str | None, str], Rejection] = {}
        self.nameless: list[Rejection] = []
        with self.writing():
            self.opened = file.open("w", encoding=self.encoding, errors="xinyong_text", newline="")
            self.writer = csv.writer(self.opened)
            self.writer.writerow(COLUMNS)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A full disk is told as that of the file of refused rows."""
        try:
            yield
        except OSError as error:
            if self.goal is None or target(self.goal).is_stream:
                raise
            unwritable(self.goal, error)

    def add(self, reject: RejectedRow) -> None:
        placed = [_placed(reject, problem) for problem in reject.problems]
        for problem in placed:
            self.write(reject, problem)
            self.counts[reject.table, problem.code] += 1
            self._keep_names(reject.table, problem)
        self.first += placed[: TOLD_AT_ONCE - len(self.first)]
        if reject.subject is not None:
            self.subjects.setdefault(reject.subject, []).extend(placed)
        else:
            self.nobodys += placed

    def _keep_names(self, table: str, problem: Problem) -> None:
        """The names on which all rows of a problem agree."""
        names = {key: value for key, value in problem.values.items() if key in NAMES}
        before = self.names.get((table, problem.code), names)
        self.names[table, problem.code] = {key: value for key, value in before.items() if names.get(key) == value}

    def note(self, reject: RejectedRow) -> None:
        """What is listed, though nobody is refused for it."""
        for problem in reject.problems:
            self.write(reject, problem)
        self.listed = True

    def write(self, reject: RejectedRow, problem: Problem) -> None:
        """A row of the file."""
        row = reject.row if problem.place is None else problem.place.line
        reason, help_text = message(problem, self.lang), remedy(problem, self.lang)
        value = problem.values.get("value", problem.values.get("id") if problem.path[-1:] == ("id",) else None)
        cells = [
            reject.table, reject.file, row, column_of(problem), reject.subject, reject.record, problem.code, reason,
            str(value) if isinstance(value, str | int | Decimal) else None, help_text,
        ]  # fmt: skip
        with self.writing():
            self.writer.writerow(map(self.cell, cells))

    def reject(self, subject: str | None, models: Iterable[str], as_of: int, problems: Sequence[Problem] | None = None) -> None:
        """A rejection for each of its models, or one where they are not known; several of one subject come to one."""
        problems = self.subjects.get(subject or "", ()) if problems is None else problems
        why = tuple({identity(replace(problem, place=None)): problem for problem in problems}.values())
        for name in list(models) or [""]:
            policy, _, model = name.partition("/")
            rejection = Rejection(subject, policy or None, model or None, as_of, None, why)
            if subject is None:
                self.nameless.append(rejection)
                continue
            before = self.named.get((subject, name))
            self.named[subject, name] = replace(rejection, problems=(*before.problems, *why)) if before else rejection

    def rejections(self, policy: str | None) -> list[Rejection]:
        """Those under a policy, or all; and those of whom it is not known."""
        every = [*self.named.values(), *self.nameless]
        return [rejection for rejection in every if policy is None or rejection.policy in (policy, None)]

    def cell(self, value: object) -> object:
        """No formula in a CSV; a workbook says of each cell that it is a text."""
        return safe_cell(value) if isinstance(value, str) and not self.is_workbook else value

    def close(self) -> None:
        """Ends the file."""
        with self.writing():
            self.opened.close()
            if self.is_workbook and (self.counts or self.listed):
                self.file = _as_workbook(self.file)

    def rows(self) -> list[RefusedRow]:
        """All that the file has, once it is closed."""
        with self.lines.open(encoding=self.encoding, newline="") as lines:
            read = str if self.is_workbook else written_cell  # which takes away the apostrophe of a CSV
            return [RefusedRow(*(read(row[name]) for name in OF_SHEET)) for row in csv.DictReader(lines)]

    def put(self) -> None:
        """Puts the file in place; one of an earlier run goes where nothing is refused now."""
        if self.goal is None:
            return
        if self.counts or self.listed:
            put_in_place(self.file, self.goal)
        elif target(self.goal).is_file:
            self.clear(target(self.goal).place)

    def clear(self, old: Path) -> None:
        """Takes away what is no longer refused, and nothing else."""
        if not _is_of_refusals(old):
            self.listener.notice([Problem("rejects_kept", values={"file": str(self.goal)}, severity="warning")])
            return
        try:
            old.unlink()
        except OSError as error:
            unwritable(old, error)


def _as_workbook(file: Path) -> Path:
    from engine.rendering.workbook import Workbook  # with the extra that writes it

    workbook = file.with_suffix(WORKBOOK)
    with file.open(encoding=UTF_8_MARKED, newline="") as lines:
        rows = sum(1 for _ in csv.reader(lines)) - 1
    check_rows(rows)
    with file.open(encoding=UTF_8_MARKED, newline="") as lines, Workbook(workbook, TITLE) as book:
        reader = csv.reader(lines)
        book.sheet("rejects", next(reader), reader)
    return workbook


def _is_of_refusals(file: Path) -> bool:
    """Whether a file is one of refused rows, or nothing."""
    if file.suffix.lower() == WORKBOOK:
        try:
            with zipfile.ZipFile(file) as parts:
                return TITLE.encode() in parts.read("docProps/core.xml")
        except (zipfile.BadZipFile, KeyError, OSError, EOFError):
            return False
    with file.open("rb") as opened:
        head = opened.read(100).removeprefix(b"\xef\xbb\xbf").removeprefix(b"\x84\x31\x95\x33")
    return not head or head.startswith(",".join(COLUMNS).encode())


def _placed(reject: RejectedRow, problem: Problem) -> Problem:
    """With the row that it is in, where it has no other place."""
    if problem.place is not None or not reject.file or reject.row is None:
        return problem
    return replace(problem, place=Place(reject.file, reject.row, 1))
