"""On a cluster of Spark's own, in processes of their own, the columnar evaluator comes to the same rows as on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.backends.spark import session
from engine.evaluating.columnar.batch_run import not_run, run, totals
from engine.evaluating.model_results import ModelResults
from engine.model.problem import InputError
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import from_subjects
from engine.reading.tables.fingerprint import fingerprints
from engine.reading.tables.source import open_tables
from engine.reading.tables.spark import open_on_spark
from tests.agreement.compare import beside_columnar, evaluated, read_world
from tests.agreement.counted_worlds import small_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.conformance.test_columnar import check
from tests.conformance.test_conformance import CASES

pytest.importorskip("pyspark")  # half a gigabyte, and an extra of its own

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("spark")]

Connect = Callable[[], Any]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two executors of a core and a gigabyte each."""
    backend = session("local-cluster[2,1,1024]")
    yield backend
    backend.disconnect()


@pytest.fixture
def connect(cluster: Any) -> Connect:
    """The cluster, emptied."""

    def emptied() -> Any:
        for name in cluster.list_tables():
            cluster.drop_view(name)
        return cluster

    return emptied


@pytest.mark.parametrize("seed", range(3))
def test_random_policies(seed: int, connect: Connect) -> None:
    library, subjects, as_of = read_world(world(Seeded(f"spark {seed}"), subjects=25))
    expected = evaluated(library, subjects, as_of, ibis.duckdb.connect())[1]
    assert evaluated(library, subjects, as_of, connect())[1] == expected


def test_counted_records(connect: Connect) -> None:
    """Windows of all kinds, own periods, the newest, what counts once."""
    library, subjects, as_of = read_world(small_world(Seeded("counted spark"), subjects=60))
    assert beside_columnar(library, subjects, as_of, connect()) == []


def test_run(connect: Connect, tmp_path: Path) -> None:
    """A whole run writes the same tables of results, and counts the same in them."""
    library, subjects, as_of = read_world(world(Seeded("spark 3"), subjects=25))
    written = []
    for connection in (ibis.duckdb.connect(), connect()):
        folder = tmp_path / connection.name
        folder.mkdir()
        tables = from_subjects(subjects, library.catalogue, connection)
        parts = run(library, tables, as_of, connection, folder, lambda count, of, make: make())
        written.append([_read(part, connection) for part in parts])
    assert written[0] == written[1]


def _read(part: ModelResults, connection: Any) -> tuple[str, list[Any], Any]:
    """Name, rows and totals of a part."""
    rows = connection.read_parquet(part.file).order_by("subject", "model").to_pyarrow().to_pylist()
    return part.file.name, rows, totals(part, connection) if part.model else not_run([part], connection)


def test_fingerprint_tells_where_a_cell_is(connect: Connect) -> None:
    library, subjects, _ = read_world(world(Seeded("spark 3"), subjects=25))
    tables = from_subjects(subjects, library.catalogue, connect())
    rows = tables.subjects.mutate(attribute_label=ibis.literal("甲"), attribute_sort=ibis.null("string"))
    swapped = rows.mutate(attribute_label=rows.attribute_sort, attribute_sort=rows.attribute_label)
    before, after = (
        fingerprints(table, tables.records, None, "subject", "").to_pyarrow().to_pylist() for table in (rows, swapped)
    )
    assert not {row["input_hash"] for row in before} & {row["input_hash"] for row in after}


def test_names_of_models(connect: Connect, tmp_path: Path) -> None:
    """A raw table names the same models on both: what separates them, and what they begin and end with, is no part of them."""
    library, _, _ = read_world(world(Seeded("spark 3"), subjects=1))
    named = ["a/staff", "vat/v ", "\ta/f，b/f", " f/a  ;f/b ", "", None, " ", "a/b a/b", "a/b c"]
    rows = [{"id": f"{number}", "kind": "park", "model": model} for number, model in enumerate(named)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "subjects.parquet")
    none = {name: pa.array([], pa.string()) for name in ("subject", "id", "category", "date")}
    pq.write_table(pa.table(none), tmp_path / "records.parquet")
    read = []
    for raw in (open_tables(tmp_path, ibis.duckdb.connect(), tmp_path), open_on_spark(str(tmp_path), connect())):
        contract = Contract(raw, library.catalogue, set())
        tables = contract.tables(raw.subjects.get_backend())
        models = tables.subjects.order_by("subject").select("subject", "models").to_pyarrow().to_pylist()
        read.append((models, [(reject.subject, reject.problems) for reject in contract.rejects()]))
    assert read[0] == read[1]
    assert [row["models"] for row in read[0][0]][:4] == [" a/staff ", " vat/v ", " a/f b/f ", " f/a f/b "]


NASTY = [
    "shop-1",
    "91430500ma4l0l019h",
    " ｓhop-2　",
    "shop-3\u200b",
    "4.30503E+17",
    "'x",
    "ѕhop-1",
    "SHOP-1",
    "9143-0500MA4L0L019H",
    "",
    None,
]


def test_names_and_blanks(connect: Connect, tmp_path: Path) -> None:
    """Identifiers, blanks and bad rows come to the same on both."""
    library, _, _ = read_world(world(Seeded("spark 3"), subjects=1))
    subjects = [{"id": name, "kind": " park ", "model": "a/b", "name": "\u3000"} for name in NASTY]
    records = [
        {"subject": name, "id": "r\t", "category": "x", "date": "2025/6/1", "source": " "} for name in (*NASTY, "nobody")
    ]
    for name, rows in (("subjects", subjects), ("records", records)):
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    read = []
    for raw in (open_tables(tmp_path, ibis.duckdb.connect(), tmp_path), open_on_spark(str(tmp_path), connect())):
        contract = Contract(raw, library.catalogue, set())
        rejects = [*contract.rejects(), *contract.doubtful(contract.meant())]
        read.append(sorted((reject.table, reject.row, str(reject.subject), str(reject.problems)) for reject in rejects))
    assert read[0] == read[1]
    assert len(read[0]) > 15


def test_csv(connect: Connect, tmp_path: Path) -> None:
    """Lines that are no rows are refused, quotes are doubled, and a table in two places is in none."""
    (tmp_path / "subjects.csv").write_text('id,kind,name\na,park,"x ""y"" z"\nb,park\nc,park,,more\n', encoding="utf-8")
    (tmp_path / "records.csv").write_text("subject,id,category,date\n", encoding="utf-8")
    raw = open_on_spark(str(tmp_path), connect())
    assert raw.subjects.select("id", "name").to_pyarrow().to_pylist() == [{"id": "a", "name": 'x "y" z'}]
    assert [(line.subject, line.problems[0].code) for line in raw.broken] == [("b", "line_cells"), ("c", "line_cells")]
    pq.write_table(pa.table({"subject": ["a"]}), tmp_path / "records.parquet")
    with pytest.raises(InputError) as refused:
        open_on_spark(str(tmp_path), connect())
    assert refused.value.problems[0].code == "table_several"


def test_json_in_texts(connect: Connect, tmp_path: Path) -> None:
    """It is not read there, and says so."""
    library, _, _ = read_world(world(Seeded("spark 3"), subjects=1))
    pq.write_table(pa.table({"id": ["a"], "kind": ["park"], "attributes": ["{}"]}), tmp_path / "subjects.parquet")
    pq.write_table(
        pa.table({name: pa.array([], pa.string()) for name in ("subject", "id", "category", "date")}),
        tmp_path / "records.parquet",
    )
    with pytest.raises(InputError) as refused:
        Contract(open_on_spark(str(tmp_path), connect()), library.catalogue, set())
    assert refused.value.problems[0].code == "nested_text"


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in CASES[:2]])
def test_case(folder: Path, connect: Connect) -> None:
    check(folder, connect)
