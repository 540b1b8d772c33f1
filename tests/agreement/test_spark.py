"""On a cluster of Spark's own, in processes of their own, a run comes to the same rows as on one machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.population import make
from engine.backends.parquet_tables import read_parquet_files
from engine.backends.spark import session, ship_package
from engine.evaluating.arrays.columns_read import columns_read
from engine.evaluating.arrays.evaluate import plan
from engine.evaluating.arrays.run import run
from engine.evaluating.model_results import ModelResults
from engine.model.library import Library
from engine.model.problem import InputError
from engine.model.subject import Subject
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library
from engine.reading.library_cache import load_library
from engine.reading.tables.batches import read_batch
from engine.reading.tables.contract import Contract
from engine.reading.tables.documents import from_subjects
from engine.reading.tables.fingerprint import fingerprints
from engine.reading.tables.raw_tables import RawTables
from engine.reading.tables.source import open_tables
from engine.reading.tables.spark import open_on_spark
from engine.usecases.batch.models_not_run import not_run
from engine.usecases.batch.on_spark import evaluated_rows, run_on_spark
from engine.usecases.batch.result_counts import counted
from engine.usecases.batch.split_results import split_results
from tests.agreement.compare import read_world
from tests.agreement.counted_worlds import small_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.conformance.test_conformance import CASES
from tests.language.examples import run_xinyong
from tests.tables.made import AS_OF, SHIPPED

pytest.importorskip("pyspark")  # half a gigabyte, and an extra of its own

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("spark")]

Connect = Callable[[], Any]
MASTER = "local-cluster[2,1,1024]"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two executors of a core and a gigabyte each."""
    backend = session(MASTER)
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


def both(
    library: Library, subjects: list[Subject], as_of: int, connect: Connect, folder: Path, reasoning: bool = True
) -> list[dict[str, Any]]:
    """By the name of its file what comes of each model, and what is counted of it: on one machine, and on the cluster."""
    planned = plan(library, as_of)
    results = []
    for connection in (ibis.duckdb.connect(), connect()):
        aside = folder / connection.name
        aside.mkdir()
        tables = from_subjects(subjects, library.catalogue, connection)
        if connection.name == "duckdb":
            batch = read_batch(tables, library.catalogue, columns_read(planned))
            parts = run(library, planned, [batch], aside, lambda count, of, make: make())
            if not reasoning:
                (aside / "split").mkdir()
                parts = split_results(parts, aside / "split", False, connection)
        else:
            parts = run_on_spark(library, planned, tables, connection, aside, None, reasoning)
        results.append({part.file.name: (_rows(part), _counted(part, connection)) for part in parts})
    return results


def _rows(part: ModelResults) -> list[Any]:
    table = pq.read_table(part.file)
    assert [str(field.type) for field in table.schema][:5] == ["string"] * 5
    return sorted(table.to_pylist(), key=lambda row: (row["subject"], row["policy"], row["model"]))


def _counted(part: ModelResults, connection: Any) -> Any:
    if part.policy is None or part.model is None:
        return not_run([part])
    return counted(read_parquet_files([part.file], connection), [(part.policy, part.model)])


@pytest.mark.parametrize("seed", range(4))
def test_random_policies(seed: int, connect: Connect, tmp_path: Path) -> None:
    """A whole run writes the same tables of results, with reasoning and without, and counts the same in them."""
    library, subjects, as_of = read_world(world(Seeded(f"spark {seed}"), subjects=40))
    assert any(subject.members for subject in subjects)
    here, there = both(library, subjects, as_of, connect, tmp_path, reasoning=seed % 2 == 0)
    assert here == there


def test_counted_records(connect: Connect, tmp_path: Path) -> None:
    """Windows of all kinds, own periods, the newest, what counts once."""
    library, subjects, as_of = read_world(small_world(Seeded("counted spark"), subjects=60))
    here, there = both(library, subjects, as_of, connect, tmp_path)
    assert here == there


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in CASES[:2]])
def test_case(folder: Path, connect: Connect, tmp_path: Path) -> None:
    library = read_library(find_files([folder / "policies"])).library
    documents = read_inputs([folder / "subjects.jsonl"], library.catalogue, {policy.id for policy in library.policies})
    subjects = [document for document in documents if isinstance(document, Subject)]
    here, there = both(library, subjects, date(2025, 12, 31).toordinal(), connect, tmp_path)
    assert here == there


def shipped_population(folder: Path, subjects: int = 600) -> Path:
    """Subjects for all policies that ship, with members over several steps."""
    make(folder / "in", subjects, persons=0.3)
    ids = pq.read_table(folder / "in/subjects").column("id").to_pylist()
    pairs = [(ids[at], ids[(at * 7 + step) % subjects]) for at in range(0, subjects, 5) for step in (1, 2, 5)]
    pairs = [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]
    members = pa.table({"subject": [owner for owner, _ in pairs], "member": [member for _, member in pairs]})
    pq.write_table(members, folder / "in/members.parquet")
    return folder / "in"


def test_exchanges(cluster: Any, connect: Connect, tmp_path: Path) -> None:
    """Each table is brought together by subject once, none that is kept so, and the records are read once for all policies."""
    inputs, library = shipped_population(tmp_path, 100), load_library([SHIPPED])
    name_one_model(inputs / "subjects/0000.parquet")
    spark = connect()._session
    spark.conf.set("spark.sql.autoBroadcastJoinThreshold", "-1")  # so few rows are sent everywhere otherwise
    plain = exchanges(open_on_spark(str(inputs), cluster), library, cluster)
    spark.sql(f"create database lake location '{tmp_path}/lake'")
    for name in ("subjects", "records", "members"):
        key = "id" if name == "subjects" else "subject"
        spark.read.parquet(f"{inputs}/{name}*").write.bucketBy(4, key).sortBy(key).saveAsTable(f"lake.{name}")
    kept = exchanges(open_on_spark("lake", cluster), library, cluster)
    without = RawTables(*(cluster.table(f"raw_{name}") for name in ("subjects", "records")))
    alone = exchanges(without, library, cluster)
    spark.sql("drop database lake cascade")
    spark.conf.unset("spark.sql.autoBroadcastJoinThreshold")
    assert plain == {"subjects": (1, 1), "records": (1, 1), "members": (1, 1), "guests": 2}
    assert kept | {"records": (0, 2), "subjects": (0, 2)} == kept  # guests have no exchange that could be read again
    assert alone == {"subjects": (0, 1), "records": (0, 1), "members": (0, 0), "guests": 0}


def name_one_model(file: Path) -> None:
    """What names several is read by a join, which is a broadcast unless it may not be one."""
    rows = pq.read_table(file).to_pylist()
    pq.write_table(pa.Table.from_pylist([row | {"model": (row["model"] or "").split(" ")[0]} for row in rows]), file)


def exchanges(raw: RawTables, library: Library, cluster: Any) -> dict[str, Any]:
    """Of each table, how often it was exchanged by subject and how often read; and the exchanges of members' rows."""
    tables = Contract(raw, library.catalogue, set()).tables(cluster)
    frame = evaluated_rows(library, plan(library, date(2025, 12, 31).toordinal()), tables, cluster, None, False)
    ship_package(cluster._session, Path(mkdtemp()))
    frame.collect()
    text = frame._jdf.queryExecution().executedPlan().toString().split("== Initial Plan")[0]
    lines = [line for line in text.splitlines() if "Exchange hashpartitioning" in line and "Reused" not in line]
    counts: dict[str, Any] = {}
    for name, column in (("subjects", "kind"), ("records", "category"), ("members", "member")):
        scans = [at for at, line in enumerate(text.splitlines()) if "FileScan" in line and f"{column}#" in line]
        counts[name] = (sum(_is_exchanged(text.splitlines(), at) for at in scans), len(scans))
    counts["guests"] = sum("(home#" in line for line in lines) + sum("Scan ExistingRDD" in line for line in text.splitlines())
    return counts


def _is_exchanged(lines: list[str], at: int) -> bool:
    """Whether the nearest step above a scan that moves or joins rows is an exchange by subject."""
    for line in reversed(lines[:at]):
        if "Join" in line or "MapInArrow" in line:
            return False
        if "Exchange hashpartitioning(subject#" in line or "Exchange hashpartitioning(id#" in line:
            return True
    return False


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
        _ = Contract(open_on_spark(str(tmp_path), connect()), library.catalogue, set()).held
    assert refused.value.problems[0].code == "nested_text"


@pytest.mark.parametrize("reasoning", ["all", "none"])
def test_shipped_policies(reasoning: str, tmp_path: Path) -> None:
    """The command over all that ships and subjects with members, circles among them, comes to the same on both.

    It stands last, for a command ends the session.
    """
    inputs = shipped_population(tmp_path)
    outputs = [tmp_path / "here", tmp_path / "there"]
    texts = []
    for output, backend in zip(outputs, ([], ["--backend", "spark", "--master", MASTER]), strict=True):
        arguments = ["evaluate", str(inputs), "--as-of", AS_OF, "--output", str(output), "--reasoning", reasoning, *backend]
        texts.append(run_xinyong([*arguments, "--lang", "en"])[0].replace(str(output), "OUTPUT").splitlines()[:-1])
    assert sorted(texts[0]) == sorted(texts[1])
    names = [sorted(str(place.relative_to(output)) for place in output.glob("*/*")) for output in outputs]
    assert names[0] == names[1]
    assert any(name.startswith("reasoning") for name in names[0]) == (reasoning == "all")
    for name in names[0]:
        here, there = (pq.read_table(output / name) for output in outputs)
        assert [str(field.type) for field in here.schema] == [str(field.type) for field in there.schema], name
        assert sorted(here.to_pylist(), key=str) == sorted(there.to_pylist(), key=str), name
