"""Ways up for many subjects: python -m tests.advising.many_ways --subjects 5000 holds each of them against evaluation.

Subjects of `benchmarks/population.py` by the shipped policies; every way is done as its words say and evaluated, and none of its
steps may be left out.
"""

from __future__ import annotations

import argparse
import runpy
import sys
import tempfile
from collections import Counter
from pathlib import Path

from engine.model.period import read_day
from engine.model.subject import Subject
from engine.reading.library_cache import load_library
from engine.usecases.batch.small_tables import tables_as_documents
from engine.usecases.listener import Silent
from tests.advising.tried_ways import Planner, false_ways, looked_for

ROOT = Path(__file__).parents[2]


def main() -> int:
    """1 where a way is false."""
    parser = argparse.ArgumentParser(prog="python -m tests.advising.many_ways", description=__doc__)
    parser.add_argument("--subjects", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    settings = parser.parse_args()
    library, as_of = load_library([ROOT / "policies"]), read_day("2025-12-31") or 0
    with tempfile.TemporaryDirectory() as folder:
        runpy.run_path(str(ROOT / "benchmarks" / "population.py"))["make"](Path(folder), settings.subjects, 0.3, settings.seed)
        documents = tables_as_documents(library, (Path(folder),), as_of, Silent())
    planner, counts = Planner(library), Counter[str]()
    for subject in documents:
        if not isinstance(subject, Subject):
            continue
        for _, course, ways in looked_for(planner, [subject], as_of, 365, 50):
            counts.update(targets=1, ways=len(ways.ways), none=not ways.ways)
            for wrong in false_ways(planner, subject, course, ways):
                counts.update(false=1)
                print(wrong, flush=True)
    print(dict(counts))
    return 1 if counts["false"] else 0


if __name__ == "__main__":
    sys.exit(main())
