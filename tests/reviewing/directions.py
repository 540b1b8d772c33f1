"""Holds directions against evaluation: python -m tests.reviewing.directions --forms 100000 --edits 5000 --seed 1 --jobs 2."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.reviewing import form_pairs, held_edits

Found = tuple[Counter[str], list[str]]
"""How often each direction was said, and what is false."""

BATCH = {"forms": 500, "edits": 20}


def forms(seed: str, count: int) -> Found:
    """So many pairs of forms, each from a seed of its own."""
    tally: Counter[str] = Counter()
    false: list[str] = []
    for number in range(count):
        draw = random.Random(f"{seed} {number}")
        old, new, item = form_pairs.pair(draw)
        less, more = form_pairs.truth(draw, old, new, item)
        for way, direction in zip(("parts", "whole"), form_pairs.direction_of(old, new, item), strict=True):
            tally[f"{way} {direction}"] += 1
            if direction == "mixed" and not (less and more):
                tally[f"{way} mixed, seen {'less' if less else 'more' if more else 'the same'}"] += 1
            if (less and direction in ("looser", "neutral", "text")) or (more and direction in ("stricter", "neutral", "text")):
                pair = [version.adjustments if item else version.dimensions for version in (old, new)]
                false.append(f"forms {seed} {number}: {way} {direction}, less {less}, more {more}: {pair[0]} → {pair[1]}")
    return tally, false


def batches(what: str, seed: str, count: int) -> Iterator[tuple[str, int]]:
    size = BATCH[what]
    for number in range(0, count, size):
        yield f"{seed}-{number // size}", min(size, count - number)


def run(hold: Callable[[str, int], Found], batches_of_seeds: Iterable[tuple[str, int]], jobs: int) -> Iterator[Found]:
    if jobs == 1:
        for seed, count in batches_of_seeds:
            yield hold(seed, count)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        yield from pool.map(hold, *zip(*batches_of_seeds, strict=True))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=0)
    parser.add_argument("--edits", type=int, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1)
    settings = parser.parse_args()
    wrong = 0
    for what, hold, count in (("forms", forms, settings.forms), ("edits", held_edits.hold, settings.edits)):
        tally: Counter[str] = Counter()
        reported = time.monotonic()
        for more, false in run(hold, batches(what, settings.seed, count), settings.jobs) if count else ():
            tally += more
            wrong += len(false)
            for line in false:
                print(line, flush=True)
            if time.monotonic() - reported > 30:
                reported = time.monotonic()
                print(f"{what}: {_summed(tally)}", file=sys.stderr, flush=True)
        for key, number in sorted(tally.items()):
            print(f"{what}: {key} {number}")
        if count:
            print(f"{what}: {_summed(tally)}")
    print(f"{wrong} false")
    return 1 if wrong else 0


def _summed(tally: Counter[str]) -> str:
    """How many directions were said, and how many of them say something."""
    total = sum(number for key, number in tally.items() if "seen" not in key)
    mixed = sum(number for key, number in tally.items() if key.endswith("mixed"))
    return f"{total} directions, {total - mixed} not mixed"


if __name__ == "__main__":
    sys.exit(main())
