"""Records taken apart: the command says the same of every table as when it judges each row and casts each cell."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
import yaml

from engine.reading.tables import contract, records_apart, rejections, source, subjects_apart
from engine.usecases.batch import inputs
from tests.lanes import few
from tests.language.examples import BASE, run_xinyong
from tests.tables.made import results

Rows = list[dict[str, Any]]
Parts = dict[str, pa.Table]
"""By file, within the folder of inputs."""

DAY = date(2025, 6, 1)
SHOPS: Rows = [{"id": f"s{number}", "kind": "organisation", "model": "example/shop"} for number in range(4)]


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base policy, with facts of every kind of field and a field with a name that reading uses too."""
    folder = copytree(BASE / "policies", tmp_path_factory.mktemp("apart") / "policies")
    catalogue = yaml.safe_load((folder / "common/catalogue.yaml").read_text(encoding="utf-8"))
    catalogue["categories"]["survey"]["fields"] |= {
        "owner": {"title": "负责人", "type": "text", "optional": True},
        "places": {"title": "摊位数", "type": "integer", "optional": True},
    }
    (folder / "common/catalogue.yaml").write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    policy = yaml.safe_load((folder / "example.yaml").read_text(encoding="utf-8"))
    policy["models"]["shop"]["facts"] |= {
        "owner": {"title": "负责人", "latest": "survey.owner", "if_missing": "无"},
        "manner": {"title": "方式", "latest": "survey.manner", "if_missing": "无"},
        "published": {"title": "已公布", "latest": "survey.published", "if_missing": False},
        "answers": {"title": "答卷", "latest": "survey.answers", "if_missing": 0},
        "least": {"title": "最低", "min": "survey.percent", "if_missing": 0},
        "lately": {"title": "近来", "count": "survey", "where": {"held_on": {"given": True}}},
        "fines": {"title": "罚款", "sum": "penalty.fine", "include": ["repaired"]},
        "complaints": {"title": "投诉", "count": "complaint", "if_missing": 0},
    }
    (folder / "example.yaml").write_text(yaml.safe_dump(policy, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def penalty(number: int, **more: Any) -> dict[str, Any]:
    return {
        "subject": f"s{number}", "id": f"p{number}", "category": "penalty", "date": DAY, "seriousness": "minor", **more
    }  # fmt: skip


def survey(number: int, **more: Any) -> dict[str, Any]:
    return {"subject": f"s{number}", "id": f"v{number}", "category": "survey", "date": DAY, "percent": 90.5, **more}


def outcome(folder: Path, policies: Path, *more: str) -> tuple[int, Rows, list[tuple[Any, ...]]]:
    """Exit code, rows of results and refused rows of the command."""
    output = folder / "results"
    arguments = ["evaluate", str(folder / "in"), "--as-of", "2025-12-31", "--output", str(output), "--policies", str(policies)]
    _, code = run_xinyong([*arguments, "--lang", "en", "--engine", "columnar", *more])
    refused = folder / "results.rejects.csv"
    rows = pacsv.read_csv(refused).to_pylist() if refused.exists() else []
    evaluated = sorted(results(output), key=str) if output.exists() else []
    return code, evaluated, sorted(tuple(map(str, row.values())) for row in rows)


def agree(folder: Path, policies: Path, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Rows]:
    """The same with records taken apart from their files, by a query, and not at all; what that is."""
    for name, table in parts.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / "in" / name, row_group_size=max(1, len(table) // 2))
    apart = outcome(folder, policies)
    with monkeypatch.context() as patched:
        patched.setattr(source, "scan_of", lambda _: None)
        others = [outcome(folder, policies)]
        patched.setattr(inputs, "take_apart", lambda *_: None)
        others.append(outcome(folder, policies))
    for other in others:
        for number, what in enumerate(("exit code", "results", "refused rows")):
            assert apart[number] == other[number], what
    return apart[0], apart[1]


def whole(subjects: Rows, records: Rows) -> Parts:
    """Each table in a file, with the columns of all its rows."""
    names = dict.fromkeys(name for row in records for name in row)
    columns = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in records])
    return {"subjects.parquet": pa.Table.from_pylist(subjects), "records.parquet": columns}


def test_no_category(tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record without a category is refused where all others are sound."""
    records = [*map(penalty, range(3)), penalty(3, category=None, seriousness=None)]
    code, rows = agree(tmp_path, policies, whole(SHOPS, records), monkeypatch)
    assert code == 1
    assert [row["outcome"] for row in rows] == ["evaluated"] * 3 + ["rejected"]


def test_field_owner(tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field may be called as a column that reading adds."""
    records = [survey(number, owner=f"张{number}") for number in range(4)]
    _, rows = agree(tmp_path, policies, whole(SHOPS, records), monkeypatch)
    assert [row["fact_owner"] for row in rows] == [f"张{number}" for number in range(4)]


NUMBERS: dict[Any, list[Any]] = {
    pa.float64(): [
        90.5, 0.0, -0.0, 100.0, 100.0001, 1e11, 1e11 + 0.0001, -1e11, 99_999_999_999.9999, 0.12345, 0.00005, 0.00015, 0.1 + 0.2,
        2.0**53, 450_359_962_737.0497, 45_035_996_273.70495, float("nan"), float("inf"), float("-inf"), 1e300, 5e-324, 7.0,
    ],
    pa.float32(): [90.5, 0.1, 16_777_217.0, 7.0, float("nan"), float("inf"), -0.0, 3e38],
    pa.int8(): [90, -128, 127], pa.uint8(): [90, 255, 0], pa.int16(): [90, -32768], pa.uint16(): [90, 65535],
    pa.int32(): [90, -(2**31)], pa.uint32(): [90, 2**32 - 1],
    pa.int64(): [90, 10**11, 10**11 + 1, 2**63 - 1, -(2**63), -(10**11)], pa.uint64(): [90, 2**64 - 1, 10**11, 10**11 + 1],
    pa.string(): ["90", "90.5", "", " 7 ", "x"], pa.bool_(): [True], pa.null(): [None],
    pa.decimal128(20, 4): ["90.5000", "100000000000.0000", "100000000000.0001"], pa.decimal128(20, 5): ["90.50000", "0.00001"],
}  # fmt: skip
TEXTS: dict[Any, list[Any]] = {
    pa.string(): ["minor", "serious", "example", "", "  ", " minor", "minor\u3000", "mi\u200bnor", "grave", "\ufeffminor", "a\nb", "\x01", "中"],
    pa.large_string(): ["minor", "serious", "mi\u200bnor", " "],
    pa.dictionary(pa.int32(), pa.string()): ["minor", "serious", "grave", ""],
    pa.int64(): [3], pa.null(): [None], pa.binary(): [b"minor"],
}  # fmt: skip
DAYS: dict[Any, list[Any]] = {
    pa.date32(): [20240, 20239, 20240 + 400, 0, -719162, -719163, 2932896, 2932897, 2**31 - 1, 20500],
    pa.date64(): [20240 * 86_400_000], pa.timestamp("us"): [20240 * 86_400_000_000, 20240 * 86_400_000_000 + 1],
    pa.string(): ["2025-06-01", "2025-6-1", "x", ""], pa.null(): [None],
}  # fmt: skip
TRUTHS: dict[Any, list[Any]] = {pa.bool_(): [True, False], pa.int8(): [0, 1, 2], pa.string(): ["true", "x"], pa.null(): [None]}
COLUMNS: dict[str, dict[Any, list[Any]]] = {
    "percent": NUMBERS, "answers": NUMBERS, "fine": NUMBERS, "places": NUMBERS, "weight": NUMBERS, "seriousness": TEXTS,
    "manner": TEXTS, "owner": TEXTS, "policy": TEXTS, "model": TEXTS, "held_on": DAYS, "published": TRUTHS, "vetoed": TRUTHS,
    "date": DAYS, "until": DAYS, "repaired_on": DAYS, "source": TEXTS,
}  # fmt: skip
OWN = {
    "penalty": ["seriousness", "fine"], "survey": ["percent", "answers", "manner", "published", "held_on", "owner", "places"],
    "complaint": [], "industry_evaluation": ["policy", "model", "weight", "vetoed"],
}  # fmt: skip
SOUND = {
    "percent": 90.5, "answers": 7, "fine": 2.25, "places": 3, "weight": 1.0, "seriousness": "minor", "manner": "电话",
    "owner": "张", "policy": "elsewhere", "model": "shop", "held_on": 20240, "published": True, "vetoed": False, "date": 20240,
    "until": 20500, "repaired_on": 20400, "source": "民政局",
}  # fmt: skip
TYPES = {name: next(iter(choices)) for name, choices in COLUMNS.items()} | {"answers": pa.int64(), "places": pa.int32()}


def random_records(dice: random.Random, size: int) -> pa.Table:
    """Mostly sound records; of some columns any type and cell, some columns not there."""
    odd = dice.sample(sorted(COLUMNS), dice.choice([0, 1, 1, 2, 4]))
    types = TYPES | {name: dice.choice(list(COLUMNS[name])) for name in odd if dice.random() < 0.6}
    rows: Rows = []
    for number in range(size):
        category = dice.choice(sorted(OWN) * 20 + ([None, "", "praise"] if dice.random() < 0.2 else []))
        row: dict[str, Any] = {"category": category, "subject": f"s{dice.randrange(size // 2)}", "id": f"r{number}"}
        for name in ("date", *OWN.get(category or "", ())):
            row[name] = dice.choice(COLUMNS[name][types[name]]) if name in odd and dice.random() < 0.3 else SOUND[name]
        for name in ("until", "source"):
            row[name] = dice.choice([None, None, SOUND[name]])
        row["status"] = dice.choice([None] * 6 + ["valid", "disputed", "revoked", "repaired"])
        row["repaired_on"] = SOUND["repaired_on"] if row["status"] == "repaired" else None
        if dice.random() < 0.02:
            name = dice.choice([*COLUMNS, "subject", "id", "status", "category"])
            wrong: dict[str, list[Any]] = {
                "subject": ["nobody", "", None, "s\u200b1", " s1", "ｓ1"],
                "id": ["r0", "", None, " r1", "r1\u3000", "4.3E+17", "ｒ1"],
                "status": ["gone", "repaired", "valid ", "ｖalid"],
                "category": ["survey ", "ｓurvey", "x\u200by", None],
            }
            row[name] = dice.choice(wrong.get(name) or COLUMNS.get(name, {}).get(types.get(name), [None]))
        rows.append(row)
    columns = {
        name: array([row.get(name) for row in rows], kind)
        for name, kind in types.items()
        if name not in odd or dice.random() < 0.8
    }
    columns |= {name: pa.array([row[name] for row in rows], pa.string()) for name in ("subject", "id", "category", "status")}
    if "date" not in columns:
        columns["date"] = array([row["date"] for row in rows], types["date"])
    return pa.table(columns)


def array(cells: list[Any], kind: pa.DataType) -> Any:
    """Cells as of a type; nothing where one is none."""
    if pa.types.is_null(kind):
        return pa.nulls(len(cells))
    if pa.types.is_dictionary(kind):
        return array(cells, pa.string()).dictionary_encode()
    return pa.array([converted(cell, kind) for cell in cells], kind)


def converted(cell: Any, kind: pa.DataType) -> Any:
    if pa.types.is_decimal(kind) and cell is not None:
        return Decimal(str(cell))
    if pa.types.is_temporal(kind):
        return (
            pa.scalar(cell, pa.int32() if pa.types.is_date32(kind) else pa.int64()).cast(kind)
            if isinstance(cell, int)
            else None
        )
    try:
        pa.scalar(cell, kind)
    except (pa.ArrowException, TypeError, ValueError):
        return None
    return cell


ODD_SUBJECTS: Rows = [
    {"kind": "person"}, {"kind": "park"}, {"kind": "organisation "}, {"model": None}, {"model": "x/y"}, {"model": "example/shop x/y"},
    {"model": "example/shop；x/y"}, {"id": "s0"}, {"id": "s0", "kind": "person"}, {"id": " s1"}, {"id": "S1"}, {"id": None},
    {"id": "91110000600037341L"}, {"id": "91110000600037341A"}, {"id": "9111000060003734AL"}, {"id": "43050219630413003X"},
    {"id": "43050219630413003X", "kind": "person"}, {"id": "430502196304130031", "kind": "person"},
    {"id": "430502196302300031", "kind": "person"}, {"id": "91110000600037341L", "kind": "person"}, {"kind": None},
    {"model": "a/b/c"}, {"model": "shop"}, {"model": "example/shop example/shop"}, {"model": ""}, {"name": "店\u200b"},
    {"staff": -1}, {"staff": 2**40}, {"staff": 0}, {"balance": 0.00001}, {"balance": 1e12}, {"balance": float("nan")},
    {"balance": float("inf")}, {"founded": date(9999, 12, 31)}, {"founded": date(1, 1, 1)}, {"size": "huge"}, {"size": ""},
    {"size": "small "}, {"chain": False}, {"chain": True, "kind": "park"}, {"staff": 3, "kind": "person"},
]  # fmt: skip
ATTRIBUTES = pa.schema(
    [("id", pa.string()), ("kind", pa.string()), ("model", pa.string()), ("name", pa.string()), ("staff", pa.int64()),
     ("balance", pa.float64()), ("founded", pa.date32()), ("chain", pa.bool_()), ("size", pa.string())]
)  # fmt: skip


def random_subjects(dice: random.Random, size: int) -> Rows:
    """Mostly sound ones; as a rule one or two that may not be."""
    subjects: Rows = []
    for number in range(size):
        subject = {"id": f"s{number}", "kind": "organisation", "model": "example/shop", "name": f"店{number}"}
        sound = {"staff": 3, "balance": 12.25, "founded": date(2020, 2, 29), "chain": True, "size": "small"}
        subjects.append(subject | {name: dice.choice([None, value]) for name, value in sound.items()})
    for number in dice.sample(range(size), dice.choice([0, 1, 1, 2])):
        subjects[number] |= dice.choice(ODD_SUBJECTS)
    return subjects


def random_parts(seed: int) -> Parts:
    """Subjects, and records in several files, each with columns of its own types."""
    dice = random.Random(seed)
    size = 60
    subjects = pa.Table.from_pylist(random_subjects(dice, size // 2), ATTRIBUTES)
    files = {f"records/{number}.parquet": random_records(dice, size) for number in range(dice.choice([1, 1, 2]))}
    return {"subjects.parquet": subjects, **files}


@pytest.mark.parametrize("number", few(range(len(ODD_SUBJECTS)), 1))
def test_any_subject(number: int, tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them alone among sound ones."""
    dice = random.Random(number)
    subjects = random_subjects(dice, 6)
    subjects[2] |= ODD_SUBJECTS[number]
    parts = whole(SHOPS, [survey(0), penalty(1), penalty(2)]) | {"subjects.parquet": pa.Table.from_pylist(subjects, ATTRIBUTES)}
    agree(tmp_path, policies, parts, monkeypatch)


def test_since_reads_nobody_else(tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are not gone through once more for the few who changed."""
    parts = whole(SHOPS, [survey(0), penalty(1)])
    arguments = ["evaluate", str(tmp_path), "--as-of", "2025-12-31", "--policies", str(policies), "--output"]
    for name, table in parts.items():
        pq.write_table(table, tmp_path / name)
    first, last, now = (str(tmp_path.parent / f"{tmp_path.name}-{number}.parquet") for number in range(3))
    assert run_xinyong([*arguments, first])[1] == 0
    assert run_xinyong([*arguments, last, "--since", first])[1] == 0
    pq.write_table(whole(SHOPS, [survey(0), penalty(1), penalty(2)])["records.parquet"], tmp_path / "records.parquet")
    for module in (records_apart, subjects_apart):
        monkeypatch.setattr(module, "row_groups", lambda _: pytest.fail("everybody was read"))
    text, code = run_xinyong([*arguments, now, "--since", last, "--lang", "en"])
    assert (code, "1 of them anew" in text or "evaluated anew" in text) == (0, True), text


def test_sound_rows_are_not_asked_for_again(tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files are sound no row by row test runs."""
    for module, name in ((contract, "wrong_subjects"), (rejections, "_masks"), (rejections, "_misplaced_records")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("a row by row test ran"))
    for name, table in whole(SHOPS, [survey(0), penalty(1)]).items():
        (tmp_path / "in").mkdir(exist_ok=True)
        pq.write_table(table, tmp_path / "in" / name)
    assert outcome(tmp_path, policies)[0] == 0


@pytest.mark.parametrize("seed", few(range(80), 1))
def test_any_cells(seed: int, tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(tmp_path, policies, random_parts(seed), monkeypatch)


@pytest.mark.parametrize("name", few(["subject", "category"], 1))
def test_field_of_every_record(name: str, tmp_path: Path, policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field called as a column that every record has is a field that others may not have."""
    folder = copytree(policies, tmp_path / "policies")
    catalogue = yaml.safe_load((folder / "common/catalogue.yaml").read_text(encoding="utf-8"))
    catalogue["categories"]["survey"]["fields"][name] = {"title": "名称", "type": "text", "optional": True}
    (folder / "common/catalogue.yaml").write_text(yaml.safe_dump(catalogue, allow_unicode=True), encoding="utf-8")
    code, rows = agree(tmp_path, folder, whole(SHOPS[:2], [survey(0), penalty(1)]), monkeypatch)
    assert code == 1
    assert [row["outcome"] for row in rows] == ["evaluated", "rejected"]
