"""Many subjects: the evaluator over arrays beside SQL written by hand, and what a larger population takes.

    python benchmarks/many.py floor   FOLDER [--subjects 1000000]     one policy beside many.sql, all policies beside one
    python benchmarks/many.py large   FOLDER [--subjects 10000000]    time and memory of the command, under --memory 6GB
    python benchmarks/many.py since   FOLDER [--subjects 1000000]     the command with 1 % changed beside a full run
    python benchmarks/many.py peers   FOLDER [--subjects 100000]      ZEN and a loop over `single`, one policy
    python benchmarks/many.py spark   FOLDER [--subjects 100000]      the rows of Spark and DuckDB, all policies

FOLDER keeps the populations that are made on the way. Told are seconds of the processor, which other programs do not change much,
with the ratio of these, and seconds of the clock.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import ibis
from population import AS_OF, make  # type: ignore[import-not-found]

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan
from engine.evaluating.arrays.run import run
from engine.evaluating.single import compile_model, evaluate
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder
from engine.reading.tables.batches import read_batch
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import to_subjects
from engine.reading.tables.records_apart import take_apart
from engine.reading.tables.source import open_tables

HERE = Path(__file__).parent
DAY = AS_OF.toordinal()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["floor", "large", "since", "peers", "spark"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    sizes = {"floor": 1_000_000, "large": 10_000_000, "since": 1_000_000, "peers": 100_000, "spark": 100_000}
    subjects = arguments.subjects or sizes[arguments.what]
    folder = arguments.folder / f"{subjects}"
    if not folder.exists():
        make(folder, subjects, persons=0.3 if arguments.what == "spark" else 0)
    {"floor": floor, "large": large, "since": since, "peers": peers, "spark": spark}[arguments.what](folder, arguments.runs)


def floor(folder: Path, runs: int) -> None:
    """In one process: by hand, the same model by the engine, and all policies; each from the Parquet files to Parquet."""
    times: dict[str, list[Spent]] = {"by hand": [], "arrays, the same model": [], "arrays, all policies": []}
    for _ in range(runs):
        times["by hand"].append(timed(lambda: by_hand(folder)))
        times["arrays, the same model"].append(timed(lambda: by_engine(folder, "housekeeping")))
        times["arrays, all policies"].append(timed(lambda: by_engine(folder, None)))
    tell({name: sorted(spent)[len(spent) // 2] for name, spent in times.items()}, "by hand")
    tell({"holding the tables to the catalogue": timed(lambda: contract(folder))}, None)
    checked = timed(lambda: command(folder, "--policy", "housekeeping"))
    everything = timed(lambda: command(folder))
    tell({"the command, one policy, contract checked": checked, "the command, all policies": everything}, None)


def by_hand(folder: Path) -> None:
    import duckdb

    with tempfile.TemporaryDirectory() as aside:
        connection = duckdb.connect()
        for name in ("subjects", "records"):
            connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}/*.parquet'")
        sql = (HERE / "many.sql").read_text(encoding="utf-8")
        connection.execute(f"COPY ({sql}) TO '{aside}/results.parquet' (FORMAT parquet)")
        connection.close()


def by_engine(folder: Path, policy: str | None) -> None:
    """From the files to a file a model; records are held to the catalogue on the way, as they are taken apart."""
    library = load_library([resource_folder("policies")])
    with tempfile.TemporaryDirectory() as aside:
        connection = ibis.duckdb.connect()
        contract = Contract(open_tables(folder, connection, Path(aside)), library.catalogue, [])
        planned = plan(library, DAY, policy)
        read = columns_read(planned)
        apart = take_apart(contract.held, read)
        batch = read_batch(contract.tables(connection, apart=apart), library.catalogue, read, apart)
        run(library, planned, [batch], Path(aside), lambda _count, _of, make_it: make_it(), policy)
        connection.disconnect()


def contract(folder: Path) -> None:
    """Of everything: subjects, records, duplicates, whose they are."""
    library = load_library([resource_folder("policies")])
    with tempfile.TemporaryDirectory() as aside:
        raw = open_tables(folder, ibis.duckdb.connect(), Path(aside))
        contract = Contract(raw, library.catalogue, {policy.id for policy in library.policies})
        if any(contract.rejects(take_apart(contract.held, columns_read(plan(library, DAY))))):
            raise SystemExit("the population breaks the catalogue's contract")


def large(folder: Path, _: int) -> None:
    """The command, contract and all, with a limit for DuckDB that leaves room for the rest of the process."""
    spent = timed(lambda: command(folder, "--memory", "6GB", "--policy", "housekeeping"))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{spent.clock:8.1f} s  {most:5.2f} GB at most")


def since(folder: Path, _: int) -> None:
    """One subject in a hundred has a new record; results with their reasoning in a database, in a folder, and alone in a file."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        aside = Path(place)
        with_changes(folder, aside / "plain", "")
        with_changes(folder, aside / "marked", "updated")
        with_changes(folder, aside / "before", "updated", more=False)
        for ending in (".duckdb", "", ".parquet"):
            since_as(ending, folder, aside)


def since_as(ending: str, folder: Path, aside: Path) -> None:
    """A full run beside those that go on from an earlier output, each of the same ending."""
    first, last, full, now = (aside / f"{name}{ending}" for name in ("first", "last", "full", "now"))
    day, updated = ("--as-of", AS_OF.isoformat()), ("--updated", "updated")
    command(folder, *day, output=first)
    command(folder, *day, "--since", str(first), output=last)
    base = f"a full run, as {ending or 'a folder'}"
    rows = {base: timed(lambda: command(aside / "plain", *day, output=full))}
    rows["--since"] = timed(lambda: command(aside / "plain", *day, "--since", str(last), output=now))
    command(aside / "before", *day, "--since", str(first), *updated, output=last)
    rows["--since --updated"] = timed(lambda: command(aside / "marked", *day, "--since", str(last), *updated, output=now))
    tell(rows, base)


def with_changes(folder: Path, target: Path, column: str, more: bool = True) -> Path:
    """The population with a record more for one subject in a hundred, and a column of updates where it has a name."""
    import duckdb

    connection = duckdb.connect()
    for name in ("subjects", "records"):
        (target / name).mkdir(parents=True)
        updates = f", DATE '2025-01-01' AS {column}" if column else ""
        rows = f"SELECT *{updates} FROM '{folder}/{name}/*.parquet'"
        connection.execute(f"COPY ({rows}) TO '{target}/{name}/0.parquet'")
    new = (
        f"SELECT * REPLACE ('new' AS id){updates.replace('2025-01-01', AS_OF.isoformat())} FROM '{folder}/records/*.parquet' "
        "WHERE hash(subject) % 100 = 0 QUALIFY row_number() OVER (PARTITION BY subject ORDER BY id) = 1"
    )
    if more:
        connection.execute(f"COPY ({new}) TO '{target}/records/1.parquet'")
    connection.close()
    return target


def peers(folder: Path, _: int) -> None:
    """Per subject: the benchmark's own policy by each; ZEN has its facts ready, the others begin with records."""
    import zen

    library = read_library(find_files([HERE / "one" / "policy.yaml"])).library
    policy = library.policies[0]
    with tempfile.TemporaryDirectory() as aside:
        connection = ibis.duckdb.connect()
        raw = open_tables(folder, connection, Path(aside))
        named = raw.subjects.mutate(model=ibis.literal("benchmark/enterprise"))
        contract = Contract(type(raw)(named, raw.records), library.catalogue, [])
        tables = contract.tables(connection)
        planned = plan(library, DAY)
        batch = read_batch(tables, library.catalogue, columns_read(planned))
        arrays = timed(lambda: run(library, planned, [batch], Path(aside), lambda _c, _o, make_it: make_it()))
        facts = connection.read_parquet(Path(aside) / "benchmark.enterprise.parquet").to_pyarrow().to_pylist()
        subjects = list(to_subjects(tables, library.catalogue))
    ready = [
        {key[5:]: value for key, value in row.items() if key.startswith("fact_")} for row in facts if row["score"] is not None
    ]
    decision = zen.ZenEngine().create_decision((HERE / "one" / "zen.json").read_text(encoding="utf-8"))
    evaluator = compile_model(policy, policy.models["enterprise"]).at(DAY)
    tell(
        {
            "arrays, from arrays in memory to Parquet": arrays,
            "single in a loop, from subjects in memory": timed(
                lambda: [evaluate(evaluator, subject, reasoning=False) for subject in subjects]
            ),
            "GoRules ZEN in a loop, from ready facts": timed(lambda: [decision.evaluate(facts) for facts in ready]),
        },
        "arrays, from arrays in memory to Parquet",
    )


def spark(folder: Path, _: int) -> None:
    """All shipped policies by both backends through the command; the rows must be the same."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        here, there = Path(aside) / "duckdb.parquet", Path(aside) / "spark.parquet"
        on_duckdb = timed(lambda: command(folder, output=here))
        on_spark = timed(lambda: command(folder, "--backend", "spark", "--master", "local-cluster[2,1,2048]", output=there))
        connection = ibis.duckdb.connect()
        first, second = (connection.read_parquet(file) for file in (here, there))
        rows = [first.count(), first.difference(second).count(), second.difference(first).count()]
        count, here_alone, there_alone = (row.to_pyarrow().as_py() for row in rows)
        print(f"{count} rows, {here_alone} of them by DuckDB alone, {there_alone} by Spark alone", flush=True)
    tell({"DuckDB": on_duckdb, "Spark, local-cluster[2,1,2048]": on_spark}, None)


def command(folder: Path, *options: str, output: Path | None = None) -> None:
    """`xinyong evaluate` in a process of its own."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        target = output or Path(aside) / "results.parquet"
        day = () if "--as-of" in options else ("--as-of", AS_OF.isoformat())
        arguments = [sys.executable, "-m", "engine", "evaluate", str(folder), *day, "--output", str(target), *options]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=HERE.parent, env=os.environ)
        if done.returncode not in (0, 1) or not target.exists():
            raise SystemExit(done.stderr)


class Spent(NamedTuple):
    """Seconds, of the processor with those of programs that were started, and of the clock."""

    processor: float
    clock: float


def timed(call: Callable[[], Any]) -> Spent:
    began, before = time.perf_counter(), processor()
    call()
    return Spent(processor() - before, time.perf_counter() - began)


def processor() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def tell(times: dict[str, Spent], base: str | None) -> None:
    for name, spent in times.items():
        ratio = f"{spent.processor / times[base].processor:6.2f} x" if base else ""
        print(f"{spent.processor:8.2f} s  {ratio}  {name} ({spent.clock:.2f} s by the clock)", flush=True)


if __name__ == "__main__":
    main()
