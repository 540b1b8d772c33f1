"""Rows and documents that are refused, to a file for whoever delivered them, and as rejections among the results."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from engine.cli.options import language
from engine.cli.output import put
from engine.model.evaluation import Rejection
from engine.model.problem import Place, Problem
from engine.model.subject import Subject
from engine.reading.inputs import Read
from engine.reading.tables.raw import Reject
from engine.telling.messages import message

SHOWN = 5
"""So many problems are kept to be told at once."""

COLUMNS = ("table", "file", "row", "column", "subject", "record", "code", "reason")


def sound(documents: Iterable[Read], as_of: int, refusals: Refusals) -> Iterator[Subject]:
    """The documents that are not refused."""
    for document, _ in documents:
        if isinstance(document, Subject):
            yield document
            continue
        place = document.problems[0].place
        file, line = (place.file, place.line) if place else ("", None)
        refusals.add(Reject("documents", file, line, document.subject, None, document.problems))
        refusals.reject(document.subject, document.models, as_of, document.problems)


class Refusals:
    """What was refused: rows as they come to a file, and the subjects for which there is therefore no result."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.counts: Counter[tuple[str, str]] = Counter()
        self.first: list[Problem] = []
        self.subjects: dict[str, list[Problem]] = {}
        self.nobodys: list[Problem] = []
        self.told = False
        self.named: dict[tuple[str | None, str], Rejection] = {}
        self.nameless: list[Rejection] = []
        self.opened = file.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.opened)
        self.writer.writerow(COLUMNS)

    def add(self, reject: Reject) -> None:
        placed = [_placed(reject, problem) for problem in reject.problems]
        for problem in placed:
            self.write(reject, problem)
            self.counts[reject.table, problem.code] += 1
        self.first += placed[: SHOWN - len(self.first)]
        if reject.subject is not None:
            self.subjects.setdefault(reject.subject, []).extend(placed)
        else:
            self.nobodys += placed

    def tell(self, reject: Reject) -> None:
        """What is listed, though nobody is refused for it."""
        for problem in reject.problems:
            self.write(reject, problem)
        self.told = True

    def write(self, reject: Reject, problem: Problem) -> None:
        """A row of the file."""
        row = reject.row if problem.place is None else problem.place.line
        reason = message(problem, language())
        cells = [reject.table, reject.file, row, _column(problem), reject.subject, reject.record, problem.code, reason]
        self.writer.writerow(cells)

    def reject(
        self, subject: str | None, models: Iterable[str], as_of: int, problems: tuple[Problem, ...] | None = None
    ) -> None:
        """A rejection for each of its models, or one where they are not known; several of one subject come to one."""
        found = self.subjects.get(subject or "", ()) if problems is None else problems
        why = tuple({(one.code, one.path): one for one in found}.values())
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
        found = [*self.named.values(), *self.nameless]
        return [one for one in found if policy is None or one.policy in (policy, None)]

    def close(self, target: Path | None) -> None:
        """Puts the file in place; one of an earlier run goes where nothing is refused now."""
        self.opened.close()
        if target is None:
            return
        if self.counts or self.told:
            put(self.file, target)
        else:
            target.unlink(missing_ok=True)


def _placed(reject: Reject, problem: Problem) -> Problem:
    """With the row that it is in, where it has no other place."""
    if problem.place is not None or not reject.file or reject.row is None:
        return problem
    return replace(problem, place=Place(reject.file, reject.row, 1))


def _column(problem: Problem) -> object:
    """The column that a problem is in; none where it is in none."""
    if problem.code in ("missing_key", "field_missing"):
        return problem.values.get("key", "")
    return next((part for part in reversed(problem.path) if isinstance(part, str)), problem.values.get("key", ""))
