"""The calendar and the ways up beside evaluations of one day: python benchmarks/advising.py --subjects 500.

Subjects of a made-up population, by every shipped policy that applies to them. An evaluation is one of the whole subject on a
day, with its reasoning, from policies that are compiled and bound to the day.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from population import make  # type: ignore[import-not-found]

from engine.advising.course import courses
from engine.evaluating.order import Plan, evaluate_all, on_day, plan
from engine.model.library import Library
from engine.model.period import read_day
from engine.model.subject import Subject
from engine.reading.library_cache import load_library, open_library
from engine.reading.resources import resource_folder
from engine.usecases.batch.small_tables import tables_as_documents
from engine.usecases.concerned import plan_concerned
from engine.usecases.listener import Silent
from engine.usecases.outlook import outlook

AS_OF = read_day("2025-12-31") or 0
YEAR = 365


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=500)
    arguments = parser.parse_args()
    library = load_library([resource_folder("policies")])
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), arguments.subjects)
        documents = tables_as_documents(library, (Path(folder),), AS_OF, Silent())
    subjects = [document for document in documents if isinstance(document, Subject)]
    of_day = cache(lambda day: plan(library, day))
    plans = {subject.id: _plans(library, subject, of_day) for subject in subjects}
    one = _median(subjects, lambda subject: evaluate_all(plans[subject.id](AS_OF), [subject]))
    print(f"| {one * 1e3:.2f} | 1.0 | one evaluation, by every model that applies |")
    _course("one year to come", subjects, plans, AS_OF, AS_OF + YEAR, one)
    _course("three years of history", subjects, plans, AS_OF - 3 * YEAR, AS_OF, one)
    shelf = open_library([resource_folder("policies")])
    took = _median(
        subjects, lambda subject: outlook(lambda day: plan_concerned(shelf, [subject], day), [subject], subject, AS_OF)
    )
    print(f"| {took * 1e3:.2f} | {took / one:.1f} | the calendar of a year and all ways up, with the policies read |")


def _course(
    what: str, subjects: list[Subject], plans: dict[str, Callable[[int], Plan]], first: int, last: int, one: float
) -> None:  # fmt: skip
    days: list[int] = []
    took = _median(subjects, lambda subject: courses(plans[subject.id], [subject], first, last, days.append))
    print(f"| {took * 1e3:.2f} | {took / one:.1f} | {what}: {len(days) / len(subjects):.1f} days evaluated on average |")


def _plans(library: Library, subject: Subject, of_day: Callable[[int], Plan]) -> Callable[[int], Plan]:
    """What runs on a day for a subject, of versions that are compiled before."""
    starts = sorted({p.effective_from for p in library.policies} | {(p.effective_until or 0) + 1 for p in library.policies})
    compiled: dict[int, Plan] = {}

    def on(day: int) -> Plan:
        begun = max((start for start in starts if start <= day), default=day)
        if begun not in compiled:
            whole = of_day(begun)
            compiled[begun] = on_day(whole, begun, [name for _, name in evaluate_all(whole, [subject])])
        return on_day(compiled[begun], day, list(compiled[begun].models))

    for start in (start for start in starts if AS_OF - 3 * YEAR <= start <= AS_OF + YEAR):
        on(start)
    return on


def _median(subjects: list[Subject], call: Callable[[Subject], object]) -> float:
    """Seconds of the processor for one subject."""
    samples = []
    for subject in subjects:
        start = time.process_time()
        call(subject)
        samples.append(time.process_time() - start)
    return statistics.median(samples)


if __name__ == "__main__":
    main()
