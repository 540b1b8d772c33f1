"""Inputs that are no tables: a sentence with the place, exit code 2, never a traceback, and nothing is left behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine.model.problem import InputError
from engine.reading.tables.csv_files import CsvFile, read_csv_files
from engine.reading.tables.parquet_files import check_pages, check_parquet
from tests.lanes import few
from tests.language.examples import BASE
from tests.tables.made import evaluate

POLICIES = BASE / "policies"
SUBJECTS = "id,kind,model,name\nshop-1,organisation,example/shop,示例商店\nshop-2,organisation,example/shop,另一商店\n"
RECORDS = "subject,id,category,date,seriousness\nshop-1,r1,penalty,2025-06-01,minor\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def csv_folder(name: str = "in", subjects: str | bytes | None = SUBJECTS, records: str | bytes | None = RECORDS) -> Path:
    Path(name).mkdir()
    for table, content in (("subjects", subjects), ("records", records)):
        if content is not None:
            Path(name, f"{table}.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    return Path(name)


def refused(inputs: Path, *texts: str, output: str = "results.parquet", more: tuple[str, ...] = ()) -> None:
    """The command says so in both languages, and leaves what was there."""
    before = sorted(Path().rglob("*"))
    for lang in ("zh", "en"):
        out, code = evaluate(inputs, Path(output), POLICIES, "--lang", lang, *more)
        assert code == 2, out
        assert ("错误[" if lang == "zh" else "error[") in out
        assert "Traceback" not in out
        for text in texts:
            assert text in out
    assert sorted(Path().rglob("*")) == before


def parquet_folder() -> Path:
    Path("in").mkdir()
    pq.write_table(pa.table({"id": ["shop-1"], "kind": ["organisation"]}), "in/subjects.parquet")
    rows = {"subject": "shop-1", "id": "r", "category": "penalty", "date": "2025-06-01", "seriousness": "minor"}
    pq.write_table(
        pa.Table.from_pylist([rows | {"id": f"r{number}", "fine": number / 7} for number in range(5_000)]), "in/records.parquet"
    )
    return Path("in")


class TestFolders:
    def test_nowhere(self) -> None:
        refused(Path("nowhere"), "file_missing", "nowhere")

    def test_empty(self) -> None:
        """Both tables are named."""
        Path("in").mkdir()
        refused(Path("in"), "table_missing", "subjects", "records.csv")

    def test_one_table(self) -> None:
        refused(csv_folder(records=None), "table_missing", "records.parquet")

    def test_a_table_for_the_folder(self) -> None:
        refused(csv_folder() / "subjects.csv", "table_missing", "records")

    def test_two_inputs(self) -> None:
        csv_folder()
        refused(csv_folder("more"), "one_input", more=("in",))

    def test_nobody(self) -> None:
        refused(csv_folder(subjects="id,kind\n"), "no_input")

    def test_columns(self) -> None:
        """All that are missing or unknown at once."""
        columns = "id,name,staf,filename,Kind\n"
        refused(csv_folder(subjects=columns), "`kind`", "`staf`", "`staff`", "`filename`", "`Kind`")


class TestFiles:
    @pytest.mark.parametrize("content", [b"", b"PAR1", b"hello", SUBJECTS.encode()])
    def test_no_parquet(self, content: bytes) -> None:
        inputs = parquet_folder()
        (inputs / "records.parquet").write_bytes(content)
        refused(inputs, "table_broken", "records.parquet")

    def test_cut_parquet(self) -> None:
        file = parquet_folder() / "records.parquet"
        file.write_bytes(file.read_bytes()[:-100])
        refused(file.parent, "table_broken", "records.parquet")

    def test_spoilt_parquet(self) -> None:
        """What only shows when the rows are read."""
        file = parquet_folder() / "records.parquet"
        content = bytearray(file.read_bytes())
        for at in range(200, len(content) // 2, 7):
            content[at] ^= 0xFF
        file.write_bytes(content)
        refused(file.parent, "table_broken")

    def test_gbk(self) -> None:
        """As Excel in Chinese saves CSV: with the line."""
        refused(csv_folder(subjects=SUBJECTS.encode("gbk")), "encoding_gbk", "in/subjects.csv:2:")

    def test_utf_16(self) -> None:
        refused(csv_folder(subjects=SUBJECTS.encode("utf-16")), "encoding", "in/subjects.csv:1:1")

    def test_empty_csv(self) -> None:
        refused(csv_folder(records=""), "empty", "in/records.csv")

    def test_quote_without_end(self) -> None:
        """It is not known which lines it takes."""
        refused(
            csv_folder(records=RECORDS + 'shop-2,r1,penalty,2025-06-01,"minor\nshop-2,r2,penalty,2025-06-01,minor\n'),
            "records.csv:3",
        )

    @pytest.mark.parametrize("size", [5, 11, 100, 20_000])
    def test_cut_database(self, size: int) -> None:
        with duckdb.connect("data.duckdb") as database:
            database.execute(
                "create table subjects as select 'shop-' || i as id, 'organisation' as kind from range(100000) t(i)"
            )
            database.execute("create table records as select 1")
        Path("data.duckdb").write_bytes(Path("data.duckdb").read_bytes()[:size])
        refused(Path("data.duckdb"), "table_broken", "data.duckdb")

    @pytest.mark.parametrize("size", [5, 100, 20_000])
    def test_cut_sqlite(self, size: int) -> None:
        with sqlite3.connect("data.sqlite") as database:
            database.execute("create table subjects (id, kind)")
            database.executemany(
                "insert into subjects values (?, 'organisation')", [(f"shop-{number}",) for number in range(5_000)]
            )
            database.execute("create table records (subject, id, category, date)")
        database.close()
        Path("data.sqlite").write_bytes(Path("data.sqlite").read_bytes()[:size])
        refused(Path("data.sqlite"), "table_broken", "data.sqlite")

    def test_text_for_a_database(self) -> None:
        Path("data.db").write_text("hello", encoding="utf-8")
        refused(Path("data.db"), "table_broken", "data.db")


class TestOutputs:
    """What cannot be written is said before anything is evaluated."""

    def test_kind(self) -> None:
        refused(csv_folder(), "output_kind", output="results.txt")

    def test_over_the_input(self) -> None:
        inputs = csv_folder()
        refused(inputs, "output_is_input", output="in")
        refused(inputs, "output_is_input", output="in/records.csv")

    def test_over_other_files(self) -> None:
        """A folder gives way only where it holds results."""
        Path("results").mkdir()
        pq.write_table(pa.table({"a": [1]}), "results/other.parquet")
        refused(csv_folder(), "output_exists", output="results")

    def test_over_a_file_for_a_folder(self) -> None:
        Path("results").write_text("as before", encoding="utf-8")
        refused(csv_folder(), "output_kind", output="results")

    @pytest.mark.parametrize("option", ["--report", "--rejects"])
    def test_beside(self, option: str) -> None:
        refused(csv_folder(), "output_unwritable", "nowhere", more=(option, "nowhere/file.csv"))

    def test_memory(self) -> None:
        inputs = csv_folder()
        out, code = evaluate(inputs, Path("results.csv"), POLICIES, "--memory", "much")
        assert (code, "--memory" in out) == (2, True)
        refused(inputs, "[memory]", "--memory", more=("--memory", "1MB"))


def test_lines_of_another_length() -> None:
    """Lines with too few or too many cells are refused alone, with their subjects; the rows after them keep their numbers."""
    lines = [
        "shop-1,r2,penalty,2025-06-01",
        "shop-2,r1,penalty,2025-06-0x,minor",
        "nobody,r1,penalty,2025-06-01,minor,,more",
        ",r9,penalty,2025-06-01,minor",
    ]
    inputs = csv_folder(
        subjects=SUBJECTS + "shop-3,organisation\nshop-4,organisation,example/shop,四\n",
        records=RECORDS + "\n".join(lines) + "\n",
    )
    out, code = evaluate(inputs, Path("results.csv"), POLICIES)
    assert code == 1, out
    holds = "put a value that holds the separator into quotes"
    assert Path("results.rejects.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == [
        f'subjects,in/subjects.csv,4,,shop-3,,line_cells,"this line has 2 cells, the heading 4",,{holds}',
        f'records,in/records.csv,3,,shop-1,r2,line_cells,"this line has 4 cells, the heading 5",,{holds}',
        f'records,in/records.csv,5,,nobody,r1,line_cells,"this line has 7 cells, the heading 5",,{holds}',
        "records,in/records.csv,4,date,shop-2,r1,not_a_date,`2025-06-0x` is not a date,2025-06-0x,"
        '"write a day that exists as YYYY-MM-DD, such as 2025-12-31"',
        "records,in/records.csv,6,subject,,r9,missing_key,`subject` is missing,,",
    ]
    rows = [line.split(",") for line in Path("results.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [(row[0], row[7]) for row in rows] == [
        ("shop-4", "evaluated"), ("shop-1", "rejected"), ("shop-2", "rejected"), ("shop-3", "rejected"),
    ]  # fmt: skip


@pytest.mark.long
def test_numbers_of_rows() -> None:
    """A file that several threads read keeps the order of its rows, and lines that are none are counted."""
    with Path("records.csv").open("w", encoding="utf-8") as file:
        file.write("number,text\n")
        for number in range(2, 400_000):
            file.write(f"{number},{'示' * 40}\n" if number % 100_000 else f"{number}\n")
    connection = ibis.duckdb.connect()
    table, broken = read_csv_files([CsvFile("records", Path("records.csv"), "records.csv")], connection, Path())
    assert [reject.row for reject in broken] == list(range(100_000, 400_000, 100_000))
    assert table.filter(table.number.cast("int64") != table._row).count().to_pyarrow().as_py() == 0
    assert table.count().to_pyarrow().as_py() == 399_998 - 3


class TestDamagedPages:
    """Bytes of a Parquet file that are others: what one reader passes over, the other may stumble on."""

    @pytest.mark.parametrize("number", few(range(3), 1))
    def test_one_reader_stumbles(self, number: int) -> None:
        """The file is named, whoever of the two it is."""
        folder = parquet_folder()
        whole = (folder / "subjects.parquet").read_bytes()
        damaged = [content for place in range(4, len(whole) - 8, 3) if _only_duckdb_stumbles(content := _flipped(whole, place))]
        assert len(damaged) >= 3
        (folder / "subjects.parquet").write_bytes(damaged[number * (len(damaged) - 1) // 2])
        refused(folder, "table_broken", "in/subjects.parquet")


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _only_duckdb_stumbles(content: bytes) -> bool:
    Path("trial.parquet").write_bytes(content)
    try:
        check_parquet(Path("trial.parquet"))
        check_pages(Path("trial.parquet"))
    except InputError:
        return False
    try:
        for _ in ibis.duckdb.connect().read_parquet("trial.parquet").to_pyarrow_batches(chunk_size=100_000):
            pass
    except duckdb.Error:
        return True
    finally:
        Path("trial.parquet").unlink()
    return False
