"""Compares many results of the evaluators: python -m tests.agreement.bulk --pairs 1000000 --seed 1."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict

from tests.agreement.compare import disagreements, read_world, shrink
from tests.agreement.draw import Seeded
from tests.agreement.generator import World, world
from tests.agreement.many import beside_many

LIBRARIES_A_PROCESS = 20
"""Rulesets stay where they were registered, so a process ends after so many."""

Found = tuple[int, list[tuple[str, str]]]
"""The number of results compared; the seeds of worlds that failed, and how."""


def compare(seeds: list[str], subjects: int, tables: bool) -> Found:
    """Worlds by their seeds, one after the other."""
    compared, failures = 0, []
    for seed in seeds:
        count, failure, how = examine(world(Seeded(seed), subjects), tables)
        compared += count
        if failure:
            failures.append((seed, how))
    return compared, failures


def examine(drawn: World, tables: bool) -> tuple[int, str, str]:
    """The number of results compared, the kind of failure ("" for none), and what it is; `tables` adds arrays."""
    try:
        library, subjects, as_of = read_world(drawn)
        count, differences = disagreements(library, subjects, as_of)
        if tables:
            differences += beside_many(library, subjects, as_of)
    except Exception as error:  # a world that cannot be read or evaluated is a failure to be told
        return 0, repr(error)[:200], repr(error)[:2000]
    return count, "difference" if differences else "", "\n".join(str(difference) for difference in differences[:5])


def run(libraries: int, subjects: int, seed: str, tables: bool) -> Found:
    """So many worlds."""
    seeds = (f"{seed}-{number}" for number in range(libraries))
    compared, failures = 0, []
    for more, failed in _in_processes(seeds, subjects, tables):
        compared += more
        failures += failed
    return compared, failures


def _in_processes(seeds: Iterator[str], subjects: int, tables: bool) -> Iterator[Found]:
    """Results as they come, from fresh processes; the engine's host must not be forked."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        pending = []
        for batch in _batches(seeds):
            pending.append(pool.apply_async(compare, (batch, subjects, tables)))
            while len(pending) >= 2 * (os.cpu_count() or 1):
                yield pending.pop(0).get()
        for last in pending:
            yield last.get()


def _batches(seeds: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for seed in seeds:
        batch.append(seed)
        if len(batch) == LIBRARIES_A_PROCESS:
            yield batch
            batch = []
    if batch:
        yield batch


def _endless(seed: str) -> Iterator[str]:
    number = 0
    while True:
        yield f"{seed}-{number}"
        number += 1


def reproduction(seed: str, subjects: int) -> str:
    """The smallest world that still fails as that of a seed does, and how."""
    drawn = world(Seeded(seed), subjects)
    failure = examine(drawn, tables=True)[1]
    smallest = shrink(drawn, lambda smaller: examine(smaller, tables=True)[1] == failure)
    written = [f"{part}: {json.dumps(tree, ensure_ascii=False)}" for part, tree in asdict(smallest).items()]
    return "\n".join([*written, examine(smallest, tables=True)[2]])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000, help="results to compare, a subject and a model each")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--subjects", type=int, default=2000, help="subjects of a library at most")
    arguments = parser.parse_args()
    compared, failed, began, reported = 0, 0, time.monotonic(), time.monotonic()
    for more, failures in _in_processes(_endless(arguments.seed), arguments.subjects, tables=True):
        compared += more
        for seed, how in failures:
            failed += 1
            print(f"seed {seed}: {how}\n{reproduction(seed, arguments.subjects)}", flush=True)
        if time.monotonic() - reported >= 10:
            reported = time.monotonic()
            print(
                f"{compared} of {arguments.pairs} compared, {failed} failed, {reported - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
        if compared >= arguments.pairs or failed >= 10:
            break
    print(f"{compared} results compared, {failed} worlds failed, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
