"""What a change of rules does to many subjects, beside one evaluation of them: python benchmarks/impact.py FOLDER.

    python benchmarks/impact.py FOLDER [--subjects 1000000] [--runs 1] [--policies DIR]

The rule that changes is housekeeping's, which evaluates every organisation, so that the composite evaluation and what reads it
are evaluated twice, too. Both sides begin with the Parquet files; the evaluation ends in Parquet files, the impact in counts,
attribution and examples. FOLDER keeps the population that is made on the way. Beside the time stands that of the processors,
which says more where the machine has other work.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
from msgspec.structs import replace
from population import AS_OF, make  # type: ignore[import-not-found]

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan
from engine.evaluating.arrays.run import run
from engine.model.digest import digest
from engine.model.impact import Impact
from engine.model.library import Library
from engine.model.scoring import Each
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder
from engine.reading.tables.batches import read_batch
from engine.reading.tables.contract import Contract
from engine.reading.tables.records_apart import take_apart
from engine.reading.tables.source import open_tables
from engine.reviewing.diff.policies import policy_changes
from engine.usecases.listener import Silent
from engine.usecases.population import population_impact

DAY = AS_OF.toordinal()
Times = tuple[float, float]
"""Seconds by the clock, and of the processors."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--policies", type=Path, default=resource_folder("policies"))
    arguments = parser.parse_args()
    folder = arguments.folder / f"{arguments.subjects}"
    if not folder.exists():
        make(folder, arguments.subjects, persons=0)
    old = load_library([arguments.policies])
    new = stricter(old)
    times: dict[str, list[Times]] = {"one evaluation": [], "impact": []}
    for _ in range(arguments.runs):
        times["one evaluation"].append(timed(lambda: evaluated(old, folder))[0])
        taken, impact = timed(
            lambda: population_impact(old, new, policy_changes(old.policies, new.policies), (folder,), DAY, Silent())
        )
        times["impact"].append(taken)
    middle = {name: [statistics.median(some) for some in zip(*taken, strict=True)] for name, taken in times.items()}
    for name, (seconds, used) in middle.items():
        evaluation, evaluation_used = middle["one evaluation"]
        print(
            f"{seconds:8.2f} s  {seconds / evaluation:6.2f} x  {used:8.2f} s of processors  {used / evaluation_used:6.2f} x  {name}"
        )
    tell(impact)


def stricter(library: Library) -> Library:
    """The library in which each record takes half as much again in the first such indicator of housekeeping companies."""
    (policy,) = (policy for policy in library.in_force(DAY).values() if policy.id == "housekeeping")
    model = policy.models["enterprise"]
    chosen = next(indicator for indicator in model.indicators() if isinstance(indicator.form, Each))
    assert isinstance(chosen.form, Each)
    points = tuple((fact, amount * 3 // 2) for fact, amount in chosen.form.points)
    other = replace(chosen, form=replace(chosen.form, points=points))
    dimensions = tuple(
        replace(dimension, indicators=tuple(other if i is chosen else i for i in dimension.indicators))
        for dimension in model.dimensions
    )
    other_policy = replace(policy, models={**policy.models, model.id: replace(model, dimensions=dimensions)})
    other_policy = replace(other_policy, digest=digest(other_policy))
    return replace(library, policies=tuple(other_policy if version is policy else version for version in library.policies))


def evaluated(library: Library, folder: Path) -> None:
    """As the command does it, contract and all, but for putting the parts into one file."""
    with tempfile.TemporaryDirectory() as aside:
        connection = ibis.duckdb.connect(str(Path(aside) / "work.duckdb"))
        contract = Contract(
            open_tables(folder, connection, Path(aside)), library.catalogue, {policy.id for policy in library.policies}
        )
        planned = plan(library, DAY)
        read = columns_read(planned)
        apart = take_apart(contract.held, read)
        if any(contract.rejects(apart)):
            raise SystemExit("the population breaks the catalogue's contract")
        batch = read_batch(contract.tables(connection, apart=apart), library.catalogue, read, apart)
        run(library, planned, [batch], Path(aside), lambda _count, _of, make_it: make_it())
        connection.disconnect()


def tell(impact: Impact) -> None:
    for model in impact.models:
        policy = model.new or model.old
        assert policy is not None
        print(f"{policy.id}/{model.model.id}: {model.subjects} subjects, {model.changed} with another result, {model.moved}")
        for each in model.attributed:
            print(f"    {len(each.changes)} change(s) of {each.changes[0].id}: {each.moved}")
        print(f"    {len(model.examples)} examples, score {model.score}")


def timed(call: Callable[[], Any]) -> tuple[Times, Any]:
    began, used = time.perf_counter(), time.process_time()
    result = call()
    return (time.perf_counter() - began, time.process_time() - used), result


if __name__ == "__main__":
    main()
