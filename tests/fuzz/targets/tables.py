"""Tables in each container: the same subjects refused and the same results as of the same data in documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

from engine.model.catalogue import Catalogue
from tests.fuzz.bench import Bench, Ran
from tests.fuzz.tables import arrow, compare, databases, sheets, text_files
from tests.fuzz.tables.documents import drawn
from tests.fuzz.tables.population import Population, divided, types_of
from tests.fuzz.worlds import Place, standing

MODELS = {"organisation": "probe/shop", "person": "probe/worker"}
FOLDERS = ("data", "data", "data", "data[1]", "a*b", "d'b", "名单（2025）", "q?", "a b", "-d", "100%", "data.csv")


def attempt(container: str) -> Callable[[Random, Bench], None]:
    """The target of a container."""
    return lambda dice, bench: _attempt(dice, bench, container)


def _attempt(dice: Random, bench: Bench, container: str) -> None:
    place = standing("probe", bench.store)
    catalogue = place.read.library.catalogue
    documents = drawn(dice, catalogue, MODELS, dice.choice((1, 5, 20, 40)))
    population = divided(dice, documents, catalogue, container == "workbook")
    inputs = write_container(dice, bench.work, container, population, place)
    fixed = ["--policies", str(place.folder), "--as-of", place.as_of, "--lang", "en"]
    lines = [json.dumps(document, ensure_ascii=dice.random() < 0.5) for document in population.documents]
    (bench.work / "documents.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = bench.run(["evaluate", "documents.jsonl", "--format", "json", *fixed], place.cache)
    engine = dice.choice(([], [], [], [], ["--engine", "single"], ["--engine", "columnar"]))
    table = bench.run(
        ["evaluate", "./" + str(inputs.relative_to(bench.work)), "--output", "results", *fixed, *engine], place.cache
    )
    judged(bench, container, expected, table, population)


def write_container(dice: Random, work: Path, container: str, population: Population, place: Place) -> Path:
    """The file or folder of a container, with a name that people may give one."""
    catalogue = place.read.library.catalogue
    types = {name: dict(types_of(name, catalogue)) for name in ("subjects", "records", "members")}
    folder = work / "data"
    inputs = _write_container(dice, folder, container, population, types, catalogue)
    called = work / (dice.choice(FOLDERS) if dice.random() < 0.3 else "data")
    folder.rename(called)  # what writes them would not take such names
    return called / inputs.relative_to(folder)


def _write_container(
    dice: Random, folder: Path, container: str, population: Population, types: dict[str, dict[str, str]],
    catalogue: Catalogue,
) -> Path:  # fmt: skip
    match container:
        case "csv":
            return text_files.written(dice, folder, population.tables, types)
        case "parquet":
            return arrow.parquet(dice, folder, population.tables, types)
        case "duckdb":
            return databases.duckdb_file(dice, folder, population.tables, types)
        case "sqlite":
            return databases.sqlite_file(dice, folder, population.tables, types)
        case "workbook":
            return sheets.workbook(dice, folder, population.tables, catalogue)
        case _:
            raise AssertionError(container)


def judged(bench: Bench, container: str, documents: Ran, table: Ran, population: Population) -> None:
    """Notes where the table says something else than the documents, and where it says nothing of what it left out."""
    if table.code == 2:
        code = table.err[table.err.find("[") + 1 : table.err.find("]")]
        bench.note("difference", f"{container}: refused as a whole, {code}", table.err[:600])
        return
    differences = compare.differences(
        compare.of_documents(documents.out), compare.of_table(bench.work / "results", bench.work / "results.rejects.csv")
    )
    for difference in differences[:3]:
        bench.note("difference", f"{container}: {difference.what}", difference.detail[:1500])
    if population.orphans and table.code != 1:
        bench.note("difference", f"{container}: a record of nobody is not told", table.out[-500:])
    elif not differences and not population.orphans and documents.code != table.code:
        bench.note(
            "difference", f"{container}: exit status", f"{documents.code} and {table.code}\n{table.out[-400:]}{table.err[:400]}"
        )
