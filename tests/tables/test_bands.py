"""The bands of scores in the figures of a run, whatever the full points of the scale."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pytest
import yaml

from engine.model import number
from engine.model.totals import BANDS, band_of
from engine.reading.library_cache import load_library
from engine.usecases.batch.result_counts import counted
from tests.lanes import few
from tests.language.examples import BASE
from tests.tables.made import evaluate

FULL = (0.05, 0.5, 1.5, 66.67, 100, 99_999_999_999.99)


@pytest.mark.parametrize("full", few(FULL, 2))
def test_bands(tmp_path: Path, full: float) -> None:
    """Scores of tables are counted as those of documents are, in the bands of a scale of few points or of parts of one."""
    policies = tmp_path / "policies"
    tree: Any = yaml.safe_load((BASE / "policies/example.yaml").read_text(encoding="utf-8"))
    model = tree["models"]["shop"]
    steps = [round(full * share, 2) for share in (0, 0.05, 0.1, 0.5, 0.8, 1)]
    branches = [{"when": {"penalties": {"is": at}}, "points": points} for at, points in enumerate(steps)]
    model["dimensions"] = {
        "all": {
            "title": "全部",
            "points": full,
            "indicators": {
                "all": {"title": "全部", "points": full, "first_of": [*branches, {"otherwise": 0}], "basis": "plan"},
            },
        },
    }
    (policies / "common").mkdir(parents=True)
    for file in (BASE / "policies/common").iterdir():
        common: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        if file.name == "scales.yaml":
            levels = [{"level": "A", "at_least": full, "grade": "优"}, {"level": "D", "otherwise": True, "grade": "差"}]
            common = {"scales": {"four": {"full": full, "levels": levels}}}
        (policies / "common" / file.name).write_text(yaml.safe_dump(common, allow_unicode=True), encoding="utf-8")
    (policies / "example.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    subjects = [f"s{at}" for at in range(len(steps))]
    (folder / "subjects.csv").write_text(
        "\n".join(["id,kind,model", *(f"{name},organisation,example/shop" for name in subjects)]), encoding="utf-8"
    )
    records = [f"s{at},p{place},penalty,2025-06-01,minor" for at in range(len(steps)) for place in range(at)]
    (folder / "records.csv").write_text("\n".join(["subject,id,category,date,seriousness", *records]), encoding="utf-8")
    output = tmp_path / "results.parquet"
    assert evaluate(folder, output, policies)[1] == 0
    policy = load_library([policies]).policies[0]
    rows = ibis.duckdb.connect().read_parquet(output)
    expected = Counter(band_of(number.count_of(Decimal(str(points))), policy.scale.full) for points in steps)
    assert counted(rows, [(policy, policy.models["shop"])])[0].scores == tuple(expected[band] for band in range(BANDS))
