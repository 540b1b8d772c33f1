"""Which files and tables are read, and that nothing that is read does more than be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.lanes import few
from tests.language.examples import BASE, run_xinyong
from tests.tables.made import evaluate, results

POLICIES = BASE / "policies"
SUBJECTS = [{"id": "shop-1", "kind": "organisation", "model": "example/shop"}]
RECORDS = [
    {"subject": "shop-1", "id": f"r{number}", "category": "penalty", "date": "2025-06-01", "seriousness": "minor"}
    for number in range(2)
]
SCORE = "30.00"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text(rows: list[dict[str, Any]], end: str = "\n", separator: str = ",") -> str:
    return "".join(separator.join(map(str, line)) + end for line in [list(rows[0]), *(row.values() for row in rows)])


def csv_folder(name: str = "in") -> Path:
    Path(name).mkdir(parents=True)
    Path(name, "subjects.csv").write_text(text(SUBJECTS), encoding="utf-8")
    Path(name, "records.csv").write_text(text(RECORDS), encoding="utf-8")
    return Path(name)


def parquet_folder(name: str = "in") -> Path:
    Path(name).mkdir(parents=True)
    for table, rows in (("subjects", SUBJECTS), ("records", RECORDS)):
        pq.write_table(pa.Table.from_pylist(rows), Path(name, f"{table}.parquet").absolute())
    return Path(name)


def database(name: str = "data.duckdb") -> Path:
    with duckdb.connect(name) as opened:
        for table, rows in (("subjects", SUBJECTS), ("records", RECORDS)):
            opened.register("given", pa.Table.from_pylist(rows))
            opened.execute(f"create table {table} as select * from given")
    return Path(name)


def sqlite_file(name: str = "data.sqlite") -> Path:
    with sqlite3.connect(name) as opened:
        for table, rows in (("subjects", SUBJECTS), ("records", RECORDS)):
            opened.execute(f"create table {table} ({', '.join(rows[0])})")
            opened.executemany(
                f"insert into {table} values ({', '.join('?' * len(rows[0]))})", [tuple(row.values()) for row in rows]
            )
    opened.close()
    return Path(name)


def score(inputs: Path | str, output: str = "results.parquet") -> Any:
    """The score of shop-1."""
    out, code = evaluate(Path(inputs).absolute(), Path(output), POLICIES)
    assert code == 0, out
    return str(next(results(Path(output)))["score"])


def check_refused(inputs: Path | str, *codes: str) -> None:
    """The command cannot be carried out, for these reasons."""
    out, code = evaluate(Path(inputs), Path("results.parquet"), POLICIES)
    assert code == 2, out
    assert all(f"[{code}]" in out for code in codes), out
    assert not Path("results.parquet").exists()


NAMES = ["数据[2025]", "a*b", "q?", "d'b", 'd"b', "{x}", "%41 #1", "back\\slash", "-x", " blank ", "\u202eabc", "$HOME", "~"]
FEW = ("数据[2025]", "d'b")


def named(names: Sequence[str] = NAMES) -> list[Any]:
    """The names; all but a few take their time."""
    return [
        pytest.param(name, marks=() if name in FEW else pytest.mark.long, id=str(number)) for number, name in enumerate(names)
    ]


class TestNames:
    """A name is a name, whatever it means to databases and shells."""

    @pytest.mark.parametrize("name", named())
    @pytest.mark.parametrize("make", [csv_folder, parquet_folder])
    def test_folders(self, make: Any, name: str) -> None:
        make(f"./{name}")
        others = [make(other) for other in ("axb", "q1", "数据2", "db") if other != name]
        for other in others:
            for file in other.glob("records.*"):
                file.unlink()
        assert score(f"./{name}") == SCORE

    @pytest.mark.parametrize("name", named())
    def test_databases(self, name: str) -> None:
        assert score(database(f"./{name}.duckdb")) == SCORE
        assert score(sqlite_file(f"./{name}.sqlite")) == SCORE

    @pytest.mark.long
    @pytest.mark.parametrize("name", named())
    def test_outputs(self, name: str) -> None:
        inputs = csv_folder()
        for ending in (".parquet", ".csv", ".jsonl", ".duckdb", ".xlsx", "") if name == FEW[0] else (".parquet", ".csv"):
            out, code = evaluate(inputs, Path(f"{name}o{ending}").absolute(), POLICIES)
            assert (code, Path(f"./{name}o{ending}").exists()) == (0, True), out

    @pytest.mark.long
    def test_not_utf_8(self) -> None:
        """As a folder from an archive of a Chinese Windows."""
        name = os.fsdecode("数据".encode("gbk"))
        parquet_folder("in").rename(f"{name}1")
        assert score(f"{name}1") == SCORE
        assert score(csv_folder(name)) == SCORE
        Path(name, "records.csv").write_text(text([RECORDS[0] | {"date": "soon"}]), encoding="utf-8")
        out, code = evaluate(Path(name), Path("results.csv"), POLICIES)
        assert code == 1, out
        for file in (database(), sqlite_file()):
            assert score(file.rename(name + file.suffix)) == SCORE


class TestChoice:
    """One source a table."""

    @pytest.mark.parametrize(
        "beside",
        ["records.parquet", "records.CSV", "records.tsv", "records (1).csv", "records - 副本.csv", "records_old.csv", "records2.csv",
         "Records.csv.gz", "records.csv.bak", "records.xlsx", "records/part.csv", "ｒecords.csv", "records.csv.zip", "records备份.csv"],
    )  # fmt: skip
    def test_beside(self, beside: str) -> None:
        inputs = csv_folder()
        (inputs / beside).parent.mkdir(exist_ok=True)
        (inputs / beside).write_text(text(RECORDS[:1]), encoding="utf-8")
        check_refused(inputs, "table_several")

    @pytest.mark.parametrize(
        "beside", few(["records.md", "records说明.txt", ".records.csv", "_records.csv", "~$records.xlsx", "recordsman.csv"], 2)
    )
    def test_other_files(self, beside: str) -> None:
        inputs = csv_folder()
        (inputs / beside).write_text("?", encoding="utf-8")
        assert score(inputs) == SCORE

    @pytest.mark.parametrize(
        "names", [("0.csv", "1.parquet"), ("0.csv", "0 (1).csv"), ("0.csv", "0 - 副本.csv"), ("0.csv", "0.xlsx")]
    )
    def test_parts(self, names: tuple[str, str]) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").unlink()
        (inputs / "records").mkdir()
        for name in names:
            (inputs / "records" / name).write_text(text(RECORDS), encoding="utf-8")
        check_refused(inputs, "table_several")

    @pytest.mark.parametrize("name", ["records-2025.csv", "records.xlsx", "records.csv.zip"])
    def test_another_name(self, name: str) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").rename(inputs / name)
        check_refused(inputs, "table_named")

    def test_capitals(self) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").rename(inputs / "Records.CSV")
        assert score(inputs) == SCORE


class TestLinks:
    def test_outside(self) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").rename("elsewhere.csv")
        (inputs / "records.csv").symlink_to(Path("elsewhere.csv").resolve())
        check_refused(inputs, "link_outside")

    def test_nowhere(self) -> None:
        """A table of members that is not there any more is not no members."""
        inputs = csv_folder()
        (inputs / "members.csv").symlink_to("gone.csv")
        check_refused(inputs, "link_dangling")

    def test_a_folder_outside(self) -> None:
        inputs = csv_folder()
        Path("elsewhere").mkdir()
        (inputs / "records.csv").rename("elsewhere/0.csv")
        (inputs / "records").symlink_to(Path("elsewhere").resolve())
        check_refused(inputs, "link_outside")

    def test_inside(self) -> None:
        """As a volume that is mounted from a configuration."""
        inputs = csv_folder()
        (inputs / "..data").mkdir()
        (inputs / "records.csv").rename(inputs / "..data" / "records.csv")
        (inputs / "records.csv").symlink_to("..data/records.csv")
        assert score(inputs) == SCORE

    def test_pipe(self) -> None:
        inputs = csv_folder()
        os.mkfifo(inputs / "members.csv")
        check_refused(inputs, "wrong_kind")


class TestCsv:
    @pytest.mark.parametrize(("end", "separator"), [("\n", ";"), ("\r\n", "\t"), ("\r", ","), ("\r", "|")])
    def test_lines(self, end: str, separator: str) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").write_bytes(text(RECORDS, end, separator).encode("utf-8-sig"))
        assert score(inputs) == SCORE

    def test_mixed_lines(self) -> None:
        inputs = csv_folder()
        lines = text(RECORDS).splitlines()
        (inputs / "records.csv").write_bytes(f"{lines[0]}\r\n{lines[1]}\r\r{lines[2]}\n\n\n".encode())
        assert score(inputs) == SCORE

    @pytest.mark.parametrize("quoted", ["", ',"x,""y"""'])
    def test_both_readers(self, quoted: str) -> None:
        """Files with and without quotes, row for row."""
        inputs = csv_folder()
        records = (
            "subject,id,category,date,seriousness,source\n\n\nshop-1,r1,penalty,2025-06-01,minor"
            + (quoted or ",x")
            + "\n,,,,,\n"
        )
        broken = "shop-1,r2,penalty,soon,minor,\nshop-1,r3\n\nshop-1,r4,penalty,later,minor,\n"
        (inputs / "records.csv").write_text(records + broken, encoding="utf-8")
        evaluate(inputs, Path("results.csv"), POLICIES)
        rows = Path("results.rejects.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        assert sorted((row.split(",")[2], row.split(",")[6]) for row in rows) == [
            ("6", "not_a_date"),
            ("7", "line_cells"),
            ("9", "not_a_date"),
        ]

    @pytest.mark.parametrize(
        "day",
        few(["2025/6/1", "2025年6月1日", "20250601", "2025.6.1", "2025-06-01 00:00:00", "2025-06-01T00:00", "2025-6-1"], 3),
    )
    def test_days(self, day: str) -> None:
        """As spreadsheets and programs export them."""
        inputs = csv_folder()
        (inputs / "records.csv").write_text(text([row | {"date": day} for row in RECORDS]), encoding="utf-8")
        assert score(inputs) == SCORE

    @pytest.mark.parametrize(
        "day", ["2025-06-01 08:00", "1/6/2025", "2025/6/31", "45809", "2025-06-01Z", "２０２５-06-01", "250601"]
    )
    def test_no_days(self, day: str) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").write_text(text([row | {"date": day} for row in RECORDS]), encoding="utf-8")
        assert evaluate(inputs, Path("results.parquet"), POLICIES)[1] == 1

    @pytest.mark.parametrize("damage", few(range(12), 4))
    def test_damaged_gzip(self, damage: int) -> None:
        """Cut, spoilt or followed by something: never a part of it for the whole."""
        inputs = csv_folder()
        packed = bytearray(gzip.compress(text(RECORDS * 500).encode(), mtime=0))
        (inputs / "records.csv").unlink()
        if damage < 6:
            packed = packed[: len(packed) * damage // 6]
        elif damage < 10:
            packed[-1 - 3 * (damage - 6)] ^= 0xFF
        else:
            packed += b"more" if damage == 10 else packed[:20]
        (inputs / "records.csv.gz").write_bytes(packed)
        out, code = evaluate(inputs, Path("results.parquet"), POLICIES)
        assert (code, "records.csv.gz" in out) == (2, True), out

    def test_cut_where_the_stream_was_flushed(self) -> None:
        inputs = csv_folder()
        (inputs / "records.csv").unlink()
        packer = zlib.compressobj(wbits=31)
        part = packer.compress(text(RECORDS[:1]).encode()) + packer.flush(zlib.Z_FULL_FLUSH)
        (inputs / "records.csv.gz").write_bytes(part)
        check_refused(inputs, "table_broken")

    def test_members_of_gzip(self) -> None:
        """Several in one file are all read."""
        inputs = csv_folder()
        (inputs / "records.csv").unlink()
        head, *rows = text(RECORDS).splitlines(keepends=True)
        (inputs / "records.csv.gz").write_bytes(b"".join(gzip.compress(part.encode()) for part in (head + rows[0], rows[1])))
        assert score(inputs) == SCORE


class TestDatabases:
    """A file is a file: it runs nothing, and reads nothing but itself."""

    def test_view_of_another_file(self) -> None:
        csv_folder("secret")
        file = database()
        with duckdb.connect(str(file)) as opened:
            opened.execute("drop table records")
            opened.execute("create view records as select * from read_csv('secret/records.csv')")
        check_refused(file, "view_refused")

    def test_view_in_sqlite(self) -> None:
        file = sqlite_file()
        with sqlite3.connect(file) as opened:
            opened.execute("alter table records rename to others")
            opened.execute("create view records as select * from others")
        opened.close()
        check_refused(file, "view_refused")

    def test_virtual_table(self) -> None:
        file = sqlite_file()
        with sqlite3.connect(file) as opened:
            opened.execute("drop table records")
            opened.execute("create virtual table records using fts5(subject, id, category, date, seriousness)")
        opened.close()
        check_refused(file, "view_refused")

    def test_generated_column(self) -> None:
        """What it would read elsewhere is not read."""
        Path("secret.txt").write_text("penalty", encoding="utf-8")
        file = database()
        with duckdb.connect(str(file)) as opened:
            opened.execute("create table members (subject varchar, member varchar)")
            opened.execute("create macro peek() as (select content from read_text('secret.txt'))")
        assert score(file) == SCORE

    def test_log_beside(self) -> None:
        """What a program that died wrote last stands beside the database."""
        file = database()
        opened = duckdb.connect(str(file))
        opened.execute("set checkpoint_threshold = '1 GB'")
        opened.execute("insert into records values ('shop-1', 'r9', 'penalty', '2025-06-01', 'minor')")
        Path("copy.duckdb").write_bytes(file.read_bytes())
        Path("copy.duckdb.wal").write_bytes(Path(f"{file}.wal").read_bytes())
        opened.close()
        assert score("copy.duckdb") == "15.00"

    @pytest.mark.parametrize(
        ("column", "cell"),
        few([("subject", 43050319630413003), ("category", 5.5), ("subject", b"shop-1"), ("id", 5), ("source", 5)], 1),
    )
    def test_no_text(self, column: str, cell: Any) -> None:
        """Numbers and blobs where a text belongs."""
        file = sqlite_file()
        with sqlite3.connect(file) as opened:
            if column == "source":
                opened.execute("alter table records add column source")
            opened.execute(f"update records set {column} = ? where id = 'r1'", [cell])
        opened.close()
        out, code = evaluate(file, Path("results.csv"), POLICIES)
        assert (code, "wrong_type" in Path("results.rejects.csv").read_text(encoding="utf-8-sig")) == (1, True), out

    def test_wide_decimals(self) -> None:
        inputs = parquet_folder()
        table = pa.Table.from_pylist(SUBJECTS).append_column("balance", pa.array([1], pa.decimal256(50, 2)))
        pq.write_table(table, inputs / "subjects.parquet")
        check_refused(inputs, "column_type")

    def test_bytes_for_texts(self) -> None:
        inputs = parquet_folder()
        table = pa.Table.from_pylist(RECORDS)
        pq.write_table(table.set_column(0, "subject", table["subject"].cast(pa.binary())), inputs / "records.parquet")
        assert evaluate(inputs, Path("results.csv"), POLICIES)[1] == 1

    def test_bytes_in_one_of_two(self) -> None:
        """Bytes and texts are no one column."""
        inputs = parquet_folder()
        table = pq.read_table(inputs / "records.parquet")
        (inputs / "records.parquet").unlink()
        (inputs / "records").mkdir()
        sources = [pa.array(["市税务局".encode()] * len(table)), pa.array(["市税务局"] * len(table))]
        for number, source in enumerate(sources):
            pq.write_table(table.append_column("source", source), inputs / "records" / f"{number}.parquet")
        check_refused(inputs, "column_type")


class TestDocuments:
    DOCUMENT = json.dumps(
        SUBJECTS[0]
        | {
            "records": [
                {**{k: v for k, v in r.items() if k not in ("subject", "seriousness")}, "fields": {"seriousness": "minor"}}
                for r in RECORDS
            ]
        }
    )

    @pytest.mark.parametrize(
        "name", ["a.json", "a.JSON", "a.jsonl", "a.JSONL", "a.Ndjson", "a.yaml", "a.Yml", "a.YAML", "a.jsonl.gz"]
    )
    def test_endings(self, name: str) -> None:
        content = self.DOCUMENT.encode()
        Path(name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        assert SCORE in self.printed(name)

    def test_lines_that_end_with_cr(self) -> None:
        second = self.DOCUMENT.replace("shop-1", "shop-2")
        Path("a.jsonl").write_bytes(f"{self.DOCUMENT}\r{second}\r".encode())
        assert self.printed("a.jsonl").count(SCORE) == 2

    @pytest.mark.parametrize("content", [DOCUMENT, json.dumps(json.loads(DOCUMENT), indent=2), f"\n\n{DOCUMENT}\n"])
    def test_standard_input(self, content: str) -> None:
        with mock.patch.object(sys, "stdin", mock.Mock(buffer=io.BytesIO(content.encode()), closed=False)):
            assert SCORE in self.printed("-")

    @pytest.mark.parametrize("more", [[], ["--output", "r.csv"]])
    def test_standard_input_twice(self, more: list[str]) -> None:
        self.refused("stdin_twice", "-", "/dev/stdin", *more)

    @pytest.mark.parametrize("more", [[], ["--output", "r.csv"]])
    def test_no_standard_input(self, more: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Closed by who starts the command, or such that nothing can be read of it."""
        monkeypatch.setattr(sys, "stdin", None)
        self.refused("stdin_unreadable", "-", *more)
        with open("written", "wb") as opened:
            monkeypatch.setattr(sys, "stdin", mock.Mock(buffer=opened, closed=False))
            self.refused("stdin_unreadable", "-", *more)
        monkeypatch.setattr(sys, "stdin", mock.Mock(buffer=opened, closed=True))
        self.refused("stdin_unreadable", "-", *more)

    def refused(self, problem: str, *arguments: str) -> None:
        out, code = run_xinyong(["evaluate", *arguments, "--policies", str(POLICIES), "--as-of", "2025-12-31", "--lang", "en"])
        assert (code, f"[{problem}]" in out) == (2, True), out

    def test_cut_gzip(self) -> None:
        Path("a.jsonl.gz").write_bytes(gzip.compress(self.DOCUMENT.encode())[:-3])
        out, code = run_xinyong(
            ["evaluate", "a.jsonl.gz", "--policies", str(POLICIES), "--as-of", "2025-12-31", "--lang", "en"]
        )
        assert (code, "[file_unreadable]" in out) == (2, True), out

    def printed(self, name: str) -> str:
        out, code = run_xinyong(["evaluate", name, "--policies", str(POLICIES), "--as-of", "2025-12-31", "--lang", "en"])
        assert code == 0, out
        return out
