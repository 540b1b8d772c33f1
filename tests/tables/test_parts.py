"""Tables evaluated in parts: the same rows as at once, with members in other parts, over steps and in circles."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan
from engine.model import period
from engine.model.subject import Subject
from engine.model.table import Tables
from engine.reading.library_cache import load_library
from engine.reading.tables.arrow_columns import GUEST
from engine.reading.tables.batches import records_read
from engine.reading.tables.documents import from_subjects
from engine.reading.tables.parts import parts
from engine.usecases.batch import evaluate as evaluation
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.agreement.many import beside_parts
from tests.lanes import few
from tests.tables.made import AS_OF, as_parquet, evaluate, population, results, small_policies


@pytest.mark.parametrize("reasoning", few(["all", "none"], 1))
def test_same_rows(reasoning: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command writes the same tables, and says the same, however many parts there are."""
    policies = small_policies(tmp_path)
    tables = population(tmp_path / "made", policies, 200)
    written = [(row["subject"], row["member"]) for row in tables["members"]]
    tables["members"] += [{"subject": member, "member": owner} for owner, member in written[:9] if member != "nobody here"]
    (tmp_path / "in").mkdir()
    inputs = as_parquet(tables, tmp_path / "in")
    runs = []
    for size in (10**7, 600, 130):
        monkeypatch.setattr(evaluation, "AT_ONCE", size)
        monkeypatch.setattr(evaluation, "PART_RECORDS", size)
        output = tmp_path / f"{size}"
        text, code = evaluate(inputs, output, policies, "--reasoning", reasoning)
        runs.append((list(results(output)), text.splitlines()[:-1], code))
    assert {(row["policy"], row["model"]) for row in runs[0][0]} >= {("made", "group"), ("made", "worker")}
    assert any(name.startswith("fact_") for row in runs[0][0] for name in row) == (reasoning == "all")
    assert runs[1:] == runs[:1] * 2


@pytest.mark.parametrize("memory", few(["60MB", "4GB"], 1))
def test_memory(memory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run whose memory is bounded has smaller parts, or none, and comes to the same."""
    monkeypatch.setattr(evaluation, "BYTES", 20_000)
    policies = small_policies(tmp_path)
    (tmp_path / "in").mkdir()
    inputs = as_parquet(population(tmp_path / "made", policies, 200), tmp_path / "in")
    evaluate(inputs, tmp_path / "free.parquet", policies)
    evaluate(inputs, tmp_path / "bounded.parquet", policies, "--memory", memory)
    assert pq.read_table(tmp_path / "bounded.parquet").equals(pq.read_table(tmp_path / "free.parquet"))


@pytest.mark.parametrize("most", [1, 50])
def test_whole_subjects(most: int, tmp_path: Path) -> None:
    """Each subject is at home in one part, with all its records, and a part is larger than it may be by one subject at most."""
    library, subjects, as_of = read_world(world(Seeded("parts"), subjects=25))
    connection = ibis.duckdb.connect()
    tables = from_subjects(subjects, library.catalogue, connection)
    read = columns_read(plan(library, as_of))
    homes: list[str] = []
    records = 0
    for part in parts(tables, library.catalogue, read, most, connection, tmp_path):
        rows = part.subjects.order_by("subject").to_pyarrow().to_pylist()
        residents = [row["subject"] for row in rows if not row.get(GUEST)]
        mine = [row for row in part.records.to_pyarrow().to_pylist() if row["subject"] in residents]
        assert len(residents) + len(mine) <= most + 1 + max(len(subject.records) for subject in subjects)
        homes += residents
        records += len(mine)
    assert homes == sorted(subject.id for subject in subjects)
    assert records == records_read(tables.records, library.catalogue, read).count().to_pyarrow().as_py() > 0


@pytest.mark.parametrize("seed", few(range(6), 1))
def test_random_policies(seed: int, tmp_path: Path) -> None:
    """What comes of a part is what the definition says of its subjects."""
    worlds = (read_world(world(Seeded(f"parts {seed} {number}"), subjects=25)) for number in count())
    library, subjects, as_of = next(drawn for drawn in worlds if any(subject.members for subject in drawn[1]))
    assert beside_parts(library, subjects, as_of, ibis.duckdb.connect(threads=1), tmp_path) == []


def test_guests(tmp_path: Path) -> None:
    """A part has the members of its subjects and theirs, once each, and nobody who is no subject."""
    connection = ibis.duckdb.connect()
    library = load_library([small_policies(tmp_path)])
    members = {"a": ("b", "nobody"), "b": ("c",), "c": ("a",), "d": (), "nobody": ("d",)}
    subjects = [Subject(name, "organisation", (), None, {}, (), some) for name, some in members.items()]
    tables = from_subjects(subjects, library.catalogue, connection)
    whole = Tables(tables.subjects.filter(tables.subjects.subject != "nobody"), tables.records, tables.members)
    read = columns_read(plan(library, period.read_day(AS_OF) or 0))
    split = [
        sorted((row["subject"], row[GUEST]) for row in part.subjects.to_pyarrow().to_pylist())
        for part in parts(whole, library.catalogue, read, 1, connection, tmp_path)
    ]
    assert split == [
        [("a", False), ("b", True), ("c", True)],
        [("a", True), ("b", False), ("c", True)],
        [("a", True), ("b", True), ("c", False)],
        [("d", False)],
    ]
