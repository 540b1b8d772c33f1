"""What `--since` writes is what a full run writes, row by row, whoever changed and however much time passed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.tables.incremental import ENDINGS, rows_of
from tests.tables.made import Tables, as_parquet, evaluate, population, small_policies

pytestmark = pytest.mark.long  # the default tests of --since are those of tests/inputs

DAYS = ["2025-12-31", "2026-01-01", "2026-03-15"]


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_policies(tmp_path_factory.mktemp("policies"))


@pytest.fixture(scope="module")
def tables(policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Few have members, so that not everybody is in some way a member of somebody who changes."""
    tables = population(tmp_path_factory.mktemp("population"), policies, 120)
    owners = list(dict.fromkeys(row["subject"] for row in tables["members"]))[:6]
    return tables | {"members": [row for row in tables["members"] if row["subject"] in owners]}


@pytest.fixture(scope="module", params=ENDINGS)
def before(request: pytest.FixtureRequest, tables: Tables, policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results before anything changed, with the fingerprints that a first run with --since adds."""
    folder = tmp_path_factory.mktemp("before")
    inputs = stored(tables, folder / "in")
    ending = request.param
    assert evaluate(inputs, folder / f"first{ending}", policies)[1] == 1
    assert evaluate(inputs, folder / f"last{ending}", policies, "--since", str(folder / f"first{ending}"))[1] == 1
    return folder / f"last{ending}"


def stored(tables: Tables, folder: Path) -> Path:
    folder.mkdir()
    return as_parquet(tables, folder)


def rows(output: Path) -> list[dict[str, Any]]:
    """In the order of the files; a database's tables have none."""
    of_all = rows_of(output)
    return sorted(of_all, key=str) if output.suffix == ".duckdb" else of_all


def state(output: Path) -> set[tuple[str, int]]:
    """The fingerprint of each subject."""
    if output.suffix == ".duckdb":
        with duckdb.connect(str(output), read_only=True) as database:
            return set(database.sql("select subject, input_hash from state").fetchall())
    table = pq.read_table(output / "state" if output.is_dir() else output, columns=["subject", "input_hash"])
    return {(row["subject"], row["input_hash"]) for row in table.to_pylist()}


def changed(tables: Tables) -> Tables:
    """Somebody is gone, somebody new; a record more, one less, one revoked; an attribute, a member changed."""
    gone = tables["subjects"][3]["id"]
    subjects = [dict(row) for row in tables["subjects"] if row["id"] != gone]
    subjects[5]["staff"] = (subjects[5]["staff"] or 0) + 7
    subjects.append(subjects[9] | {"id": "new", "name": "new"})
    records = [dict(row) for row in tables["records"] if row["subject"] != gone]
    records[10] |= {"status": "revoked", "repaired_on": None}
    records.append(records[20] | {"id": "more", "date": date(2025, 12, 30)})
    del records[30]
    return {
        "subjects": subjects,
        "records": records,
        "members": [row for row in tables["members"] if gone not in row.values()][1:],
    }


@pytest.mark.parametrize("engine", ["single", "columnar"])
@pytest.mark.parametrize("day", DAYS)
def test_equals_a_full_run(day: str, engine: str, tables: Tables, before: Path, policies: Path, tmp_path: Path) -> None:
    inputs = stored(changed(tables), tmp_path / "in")
    options = ("--as-of", day, "--engine", engine)
    assert evaluate(inputs, tmp_path / f"full{before.suffix}", policies, *options)[1] == 1
    out, code = evaluate(inputs, tmp_path / f"now{before.suffix}", policies, *options, "--since", str(before))
    assert code == 1, out
    assert rows(tmp_path / f"now{before.suffix}") == rows(tmp_path / f"full{before.suffix}")
    anew = int(re.search(r"evaluated anew ([0-9]+)", out)[1])  # type: ignore[index]
    assert 0 < anew < 110, "some stay as they were, and nobody is counted who is not there"


def test_nothing_changed(tables: Tables, before: Path, policies: Path, tmp_path: Path) -> None:
    """Nobody is evaluated but who was refused, which is looked at each time, and the fingerprints stay."""
    inputs = stored(tables, tmp_path / "in")
    evaluate(inputs, tmp_path / f"now{before.suffix}", policies, "--since", str(before))
    assert rows(tmp_path / f"now{before.suffix}") == rows(before)
    assert state(tmp_path / f"now{before.suffix}") == state(before)


def test_column_of_updates(tables: Tables, before: Path, policies: Path, tmp_path: Path) -> None:
    """A column says which rows are new; without it in a table, the command says so."""
    day = date(2026, 1, 2)

    def marked(name: str) -> list[dict[str, Any]]:
        return [row | {"updated": date(2025, 6, 1)} for row in tables[name]]

    more = marked("records")[7] | {"id": "more", "date": date(2025, 12, 31), "updated": day}
    marked_tables = {"subjects": marked("subjects"), "records": [*marked("records"), more], "members": tables["members"]}
    inputs = stored(marked_tables, tmp_path / "in")
    options = ("--as-of", day.isoformat(), "--updated", "updated")
    evaluate(inputs, tmp_path / f"full{before.suffix}", policies, *options)
    out, code = evaluate(inputs, tmp_path / f"now{before.suffix}", policies, *options, "--since", str(before))
    assert code == 1, out
    assert rows(tmp_path / f"now{before.suffix}") == rows(tmp_path / f"full{before.suffix}")
    without = stored(tables, tmp_path / "without")
    out, code = evaluate(without, tmp_path / "other.parquet", policies, "--updated", "updated", "--since", str(before))
    assert (code, "column_missing" in out) == (2, True), out


def test_other_policies(tables: Tables, before: Path, policies: Path, tmp_path: Path) -> None:
    """Where a policy says something else, nothing of the last results stands."""
    file = policies / "made.yaml"
    text = file.read_text(encoding="utf-8")
    inputs = stored(tables, tmp_path / "in")
    try:
        file.write_text(text.replace("each: -7", "each: -9"), encoding="utf-8")
        evaluate(inputs, tmp_path / f"full{before.suffix}", policies)
        evaluate(inputs, tmp_path / f"now{before.suffix}", policies, "--since", str(before))
    finally:
        file.write_text(text, encoding="utf-8")
    assert rows(tmp_path / f"now{before.suffix}") == rows(tmp_path / f"full{before.suffix}")


def test_no_results(tables: Tables, policies: Path, tmp_path: Path) -> None:
    inputs = stored(tables, tmp_path / "in")
    out, code = evaluate(inputs, tmp_path / "now.parquet", policies, "--since", str(inputs / "subjects.parquet"))
    assert (code, "since_kind" in out) == (2, True), out
