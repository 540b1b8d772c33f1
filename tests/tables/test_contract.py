"""Whatever breaks the catalogue: the row is refused with its place and reason, its subject rejected, nobody else touched."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.language.examples import BASE
from tests.tables.made import Rows, evaluate, results

POLICIES = BASE / "policies"


class Slip(NamedTuple):
    """Cells of a row that are changed, as they are in typed columns and as text; none where there is no such thing."""

    code: str
    column: str
    table: str
    cells: dict[str, Any] | None
    texts: dict[str, str | None] | None = None


def both(code: str, column: str, table: str, **cells: Any) -> Slip:
    return Slip(code, column, table, cells, cells)


PERSON = {"kind": "person", "model": None, "staff": None, "founded": None, "size": None, "chain": None, "balance": None}
DELIVERED = {
    "category": "industry_evaluation", "seriousness": None, "fine": None, "policy": "example", "model": "shop", "vetoed": False, "weight": 1.0,
}  # fmt: skip
SURVEY = {"category": "survey", "seriousness": None, "fine": None}

SLIPS = [
    both("missing_key", "kind", "subjects", kind=None),
    both("not_listed", "kind", "subjects", kind="firm"),
    both("model_name", "model", "subjects", model="shop"),
    both("twice_in_list", "model", "subjects", model="example/shop, example/shop"),
    both("check_digit_organisation", "id", "subjects", id="91110000600037341A"),
    both("check_digit_organisation", "id", "subjects", id="9111000060003734IL"),
    both("check_digit_person", "id", "subjects", **PERSON, id="430502196304130031"),
    both("check_digit_person", "id", "subjects", **PERSON, id="43050219630413003A"),
    both("check_digit_person", "id", "subjects", **PERSON, id="430502196313130033"),
    both("kind_not_allowed", "staff", "subjects", **PERSON | {"staff": 3}),
    both("too_small", "staff", "subjects", staff=-1),
    both("not_whole", "staff", "subjects", staff=1.5),
    Slip("wrong_type", "staff", "subjects", None, {"staff": "three"}),
    both("number_decimals", "balance", "subjects", balance=1.00001),
    both("number_too_large", "balance", "subjects", balance=1e12),
    Slip("number_not_finite", "balance", "subjects", {"balance": float("inf")}),
    Slip("number_comma", "balance", "subjects", None, {"balance": "1,000"}),
    Slip("not_a_date", "founded", "subjects", {"founded": datetime(2020, 1, 1, 8)}, {"founded": "2020-02-30"}),
    both("not_listed", "size", "subjects", size="huge"),
    Slip("wrong_type", "chain", "subjects", None, {"chain": "yes"}),
    both("missing_key", "subject", "records", subject=None),
    both("missing_key", "id", "records", id=None),
    both("missing_key", "category", "records", category=None, seriousness=None),
    both("missing_key", "date", "records", date=None),
    both("unknown_name", "category", "records", category="praise", seriousness=None),
    Slip("not_a_date", "date", "records", None, {"date": "2025/06/31"}),
    both("before_date", "until", "records", until=date(2025, 5, 31)),
    both("before_date", "repaired_on", "records", status="repaired", repaired_on=date(2025, 5, 31)),
    Slip("not_a_date", "until", "records", None, {"until": "forever"}),
    both("not_listed", "status", "records", status="gone"),
    both("repaired_on_needed", "", "records", status="repaired"),
    both("repaired_on_useless", "", "records", status="disputed", repaired_on=date(2025, 7, 1)),
    both("repaired_on_useless", "", "records", repaired_on=date(2025, 7, 1)),
    both("unknown_key", "percent", "records", percent=90.0),
    both("field_missing", "seriousness", "records", seriousness=None),
    both("not_listed", "seriousness", "records", seriousness="grave"),
    both("too_small", "fine", "records", fine=-0.0001),
    both("too_great", "percent", "records", **SURVEY, percent=100.01),
    both("not_whole", "answers", "records", **SURVEY, percent=90.0, answers=3.5),
    both("evaluation_delivered", "policy", "records", **DELIVERED),
    both("row_of_nobody", "subject", "records", subject="nobody"),
    both("missing_key", "member", "members", member=None),
    both("missing_key", "subject", "members", subject=None),
    both("row_of_nobody", "subject", "members", subject="nobody"),
]
TWICE = {"subjects": "subject_twice", "records": "row_twice", "members": "twice_in_list"}


def sound(name: str) -> dict[str, dict[str, Any]]:
    """A subject without fault, its record and its member."""
    return {
        "subjects": {
            "id": name, "kind": "organisation", "model": "example/shop", "name": "示例商店", "staff": 3, "balance": 10.5,
            "founded": datetime(2019, 5, 1), "size": "small", "chain": False,
        },
        "records": {
            "subject": name, "id": "r1", "category": "penalty", "date": date(2025, 6, 1), "until": None, "status": None,
            "repaired_on": None, "source": None, "seriousness": "minor", "fine": 200.0, "percent": None, "answers": None,
            "policy": None, "model": None, "vetoed": None, "weight": None,
        },
        "members": {"subject": name, "member": "somebody"},
    }  # fmt: skip


Expected = list[tuple[str, int, str, str, str, str]]


def tables(typed: bool) -> tuple[dict[str, Rows], Expected, set[str]]:
    """Sound subjects, and one a slip; the rows that must be refused, and whose they are."""
    rows_of: dict[str, Rows] = {"subjects": [], "records": [], "members": []}
    refused: Expected = []
    rejected: set[str] = set()

    def put(rows: dict[str, dict[str, Any]]) -> None:
        for table, row in rows.items():
            rows_of[table].append(row if typed else {key: text(value) for key, value in row.items()})

    for number, slip in enumerate(SLIPS):
        put(sound(f"sound-{number}"))
        cells = slip.cells if typed else slip.texts
        if cells is None:
            continue
        name = str(cells.get("id") or f"slip-{number}") if slip.table == "subjects" else f"slip-{number}"
        rows = sound(name)
        if slip.column == "kind" or "staff" in cells or "id" in cells:
            rows["records"] |= {"category": "penalty"}
        rows[slip.table] = rows[slip.table] | cells
        put(rows)
        row = rows[slip.table]
        who = str((row["id"] if slip.table == "subjects" else row["subject"]) or "")
        which = str(row["id"] or "") if slip.table == "records" else ""
        refused.append((slip.table, len(rows_of[slip.table]) + (not typed), slip.column, who, which, slip.code))
        if who and who != "nobody":
            rejected.add(who)
    for table, code in TWICE.items():
        name = f"twice-{table}"
        rows = sound(name)
        put(rows)
        put({table: rows[table]})
        column, which = {"subjects": ("id", ""), "records": ("id", "r1"), "members": ("member", "")}[table]
        last = len(rows_of[table]) + (not typed)
        earlier = last - 1
        refused += [(table, row, column, name, which, code) for row in (earlier, last)]
        rejected.add(name)
    return rows_of, refused, rejected


def text(value: Any) -> str | None:
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d")
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def write(rows_of: dict[str, Rows], folder: Path, typed: bool) -> Path:
    folder.mkdir()
    for name, rows in rows_of.items():
        if typed:
            pq.write_table(
                pa.Table.from_pylist(
                    [{k: float(v) if k == "staff" and v is not None else v for k, v in row.items()} for row in rows]
                ),
                folder / f"{name}.parquet",
            )
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.mark.parametrize("typed", [pytest.param(True, marks=pytest.mark.long, id="parquet"), pytest.param(False, id="csv")])
def test_every_slip(typed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run over all of them; the others' results are those of a run without."""
    monkeypatch.chdir(tmp_path)
    rows_of, refused, rejected = tables(typed)
    out, code = evaluate(write(rows_of, Path("in"), typed), Path("results.parquet"), POLICIES)
    assert code == 1, out
    with Path("results.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rejects = list(csv.DictReader(file))
    ending = "parquet" if typed else "csv"
    assert sorted({(row["table"], row["file"]) for row in rejects}) == [
        (name, f"in/{name}.{ending}") for name in sorted(rows_of)
    ]
    keys = ("table", "row", "column", "subject", "record", "code")
    assert sorted(tuple(row[key] for key in keys) for row in rejects) == sorted(tuple(map(str, refusal)) for refusal in refused)
    assert all(row["reason"] for row in rejects)

    rows = list(results(Path("results.parquet")))
    rejected_rows = {row["subject"]: row for row in rows if row["outcome"] == "rejected"}
    assert set(rejected_rows) == rejected
    assert {refusal[3] for refusal in refused} - rejected == {"", "nobody"}
    for _, _, _, who, _, why in refused:
        assert who not in rejected_rows or any(why in reason for reason in rejected_rows[who]["reason"]), (who, why)

    alone = {
        name: [row for row in rows if str(row.get("subject") or row.get("id")).startswith("sound")]
        for name, rows in rows_of.items()
    }
    out, code = evaluate(write(alone, Path("alone"), typed), Path("alone.parquet"), POLICIES)
    assert code == 0, out
    assert [row for row in rows if row["subject"].startswith("sound")] == list(results(Path("alone.parquet")))
    assert not Path("alone.rejects.csv").exists()


@pytest.mark.long
def test_single_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused does not stop the evaluator that goes one by one."""
    monkeypatch.chdir(tmp_path)
    inputs = write(tables(False)[0], Path("in"), False)
    for engine in ("columnar", "single"):
        evaluate(inputs, Path(f"{engine}.parquet"), POLICIES, "--engine", engine)
    assert list(results(Path("single.parquet"))) == list(results(Path("columnar.parquet")))


@pytest.mark.long
def test_columns_of_another_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of texts that holds numbers is refused where there are any; one that is empty is not."""
    monkeypatch.chdir(tmp_path)
    rows = [sound(f"shop-{number}") for number in range(2)]
    odd_tables = {name: pa.Table.from_pylist([row[name] for row in rows]) for name in ("subjects", "records", "members")}
    odd_tables["subjects"] = odd_tables["subjects"].set_column(2, "model", pa.nulls(2))
    odd_tables["records"] = (
        odd_tables["records"].set_column(7, "source", pa.array([None, 7])).set_column(5, "status", pa.nulls(2))
    )
    odd_tables["members"] = odd_tables["members"].set_column(1, "member", pa.array([1.5, None]))
    Path("in").mkdir()
    for name, table in odd_tables.items():
        pq.write_table(table, f"in/{name}.parquet")
    _, code = evaluate(Path("in"), Path("results.parquet"), POLICIES)
    assert code == 1
    with Path("results.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rejects = [(row["table"], row["row"], row["column"], row["code"]) for row in csv.DictReader(file)]
    assert sorted(rejects) == [
        ("members", "1", "member", "wrong_type"), ("members", "2", "member", "missing_key"), ("records", "2", "source", "wrong_type"),
    ]  # fmt: skip


@pytest.mark.long
def test_date_for_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reader of documents would not object to what is written, the sentence is a general one."""
    monkeypatch.chdir(tmp_path)
    rows = sound("shop-1")
    rows["records"] |= {"category": "survey", "seriousness": None, "fine": None, "percent": 90.0, "manner": date(2025, 1, 1)}
    Path("in").mkdir()
    for name, row in rows.items():
        pq.write_table(pa.Table.from_pylist([row]), f"in/{name}.parquet")
    assert evaluate(Path("in"), Path("results.parquet"), POLICIES, "--lang", "zh")[1] == 1
    assert "cell_unclear,有一个值不合目录的要求" in Path("results.rejects.csv").read_text(encoding="utf-8-sig")


def test_json_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A JSON column is held to the catalogue as a document is: no key that is not known, none twice, nothing but an object."""
    monkeypatch.chdir(tmp_path)
    attributes = {
        "sound": '{"staff": 3, "size": "small", "chain": null}', "empty": None, "key": '{"staf": 3}', "twice": '{"staff": 3, "staff": 4}',
        "cut": '{"staff": 3', "list": "[3]", "type": '{"staff": true}', "value": '{"size": "huge"}', "text": "three",
    }  # fmt: skip
    codes = {
        "key": "unknown_name", "twice": "duplicate_key", "cut": "json_cut_off", "list": "wrong_type", "type": "wrong_type",
        "value": "not_listed", "text": "json_unquoted",
    }  # fmt: skip
    Path("in").mkdir()
    rows = [
        {"id": name, "kind": "organisation", "model": "example/shop", "attributes": written}
        for name, written in attributes.items()
    ]
    pq.write_table(pa.Table.from_pylist(rows), "in/subjects.parquet")
    pq.write_table(pa.Table.from_pylist([sound("sound")["records"]]), "in/records.parquet")
    evaluate(Path("in"), Path("results.parquet"), POLICIES)
    with Path("results.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["subject"]: row["code"] for row in csv.DictReader(file)} == codes


def test_models_that_do_not_run(tmp_path: Path) -> None:
    """Whoever names one is listed with the row, in tables and in lines of documents; other rows are not."""
    named = {"a": "example/shop", "b": "nosuch/x", "c": "example/nosuch", "d": "example/shop"}
    kinds = {"d": "person"}
    subjects = [{"id": name, "kind": kinds.get(name, "organisation"), "model": model} for name, model in named.items()]
    columns = pa.schema([("subject", pa.string()), ("id", pa.string()), ("category", pa.string()), ("date", pa.date32())])
    (tmp_path / "in").mkdir()
    pq.write_table(pa.Table.from_pylist(subjects), tmp_path / "in/subjects.parquet")
    pq.write_table(columns.empty_table(), tmp_path / "in/records.parquet")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in subjects), encoding="utf-8")
    expected = [("2", "b", "policy_unknown"), ("3", "c", "model_unknown"), ("4", "d", "model_kind")]
    for inputs, output in (("in", "tables.parquet"), ("in.jsonl", "lines.parquet")):
        evaluate(tmp_path / inputs, tmp_path / output, POLICIES)
        with (tmp_path / output).with_suffix(".rejects.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [(row["row"], row["subject"], row["code"]) for row in csv.DictReader(file)] == expected, inputs
