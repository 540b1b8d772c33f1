"""Who reads the results of what changed, and whose references find nothing any more."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from tests.lanes import few
from tests.reviewing.revised import edit, revise

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
HOUSEKEEPING, COMPOSITE, PARK = (Path(f"new/{name}.yaml") for name in ("housekeeping", "composite", "park"))
NAMES = ("housekeeping", "composite", "joint", "park")


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        shutil.copytree(ROOT / "policies/common", tmp_path / side / "common")
        for name in NAMES:
            shutil.copy(ROOT / f"policies/{name}.yaml", tmp_path / side)
    monkeypatch.chdir(tmp_path)


def run(form: str = "text") -> str:
    arguments = ["diff", "old", "new", "--lang", "zh", "--format", form, "--as-of", "2026-06-01"]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout


def diff_report() -> Any:
    report = json.loads(run("json"))
    SCHEMA.validate(report)
    return report["policies"]


def read_by(policy: Any, model: str) -> dict[str, bool]:
    return {f"{reader['policy']}/{reader['model']}": reader["direct"] for reader in policy["readers"].get(model, [])}


class TestReaders:
    @pytest.mark.long
    def test_points(self) -> None:
        """Directly, and through others."""
        edit(HOUSEKEEPING, ("general_penalties: -5", "general_penalties: -6"))
        (policy,) = diff_report()
        assert read_by(policy, "enterprise") == {
            "composite/organisation": True, "joint/organisation": True, "park/park": False,
        }  # fmt: skip
        for form in ("text", "markdown", "html"):
            assert re.search(
                "读取其结果的模型：社会信用综合评价 法人和非法人组织、.*；经它们：园区综合信用指数 园区", run(form)
            )

    def test_of_its_kind(self) -> None:
        """Who reads other models of the policy alone is not among those that read what is otherwise now."""
        edit(HOUSEKEEPING, ("general_penalties: -5", "general_penalties: -6"))
        report = run("html")
        prepared = report[report.index("报送信息") :]
        assert "社会信用综合评价 法人和非法人组织" in prepared
        assert "社会信用综合评价 自然人" not in prepared

    def test_words(self) -> None:
        """Whoever reads a result is not touched by words."""
        edit(HOUSEKEEPING, ("title: 家政服务企业\n", "title: 家政企业\n"))
        assert "读取其结果" not in run()

    def test_nobody(self) -> None:
        revise(PARK, "mixed")
        assert "readers" not in diff_report()[0]


class TestTakenIn:
    """What bears on readers alone is told with who takes it in, and is mixed."""

    def change(self, what: str) -> Any:
        (policy,) = diff_report()
        return next(change for change in policy["changes"] if change["what"] == what)

    def test_weight(self) -> None:
        text = HOUSEKEEPING.read_text(encoding="utf-8")
        HOUSEKEEPING.write_text(text.replace("weight: {parameter: industry_weight}", "weight: 5"), encoding="utf-8")
        assert self.change("weight")["direction"] == "mixed"
        assert "读取其结果：社会信用综合评价 法人和非法人组织" in run()

    def test_feeds(self) -> None:
        """Who read it on the old side reads it no more."""
        text = HOUSEKEEPING.read_text(encoding="utf-8")
        HOUSEKEEPING.write_text(
            text.replace("    kind: organisation\n", "    kind: organisation\n    feeds: none\n", 1), encoding="utf-8"
        )
        assert self.change("feeds")["direction"] == "mixed"
        assert "读取其结果：社会信用综合评价 法人和非法人组织" in run()

    def test_applies(self) -> None:
        text = HOUSEKEEPING.read_text(encoding="utf-8")
        HOUSEKEEPING.write_text(
            text.replace("    kind: organisation\n", "    kind: organisation\n    applies: always\n", 1), encoding="utf-8"
        )
        assert self.change("always")["direction"] == "mixed"
        assert "读取其结果：社会信用综合评价 法人和非法人组织" in run()


class TestGone:
    """A policy or a model that others name, under another id or gone."""

    @pytest.mark.parametrize("intent", few(["mixed", "text", "neutral", "looser"], 1))
    def test_policy(self, intent: str) -> None:
        edit(COMPOSITE, ("policy: composite\n", "policy: overall\n"))
        revise(COMPOSITE, intent)
        (policy,) = diff_report()
        assert {(missed["policy"], missed["names"]) for missed in policy["missed"]} == {
            ("joint", "composite"),
            ("park", "composite"),
        }
        assert policy["verdict"] == "beyond"
        assert re.search("! 园区综合信用指数 园区的“.*”引用政策 composite，现在没有这个编号", run())
        for form in ("markdown", "html"):
            assert "引用政策 composite，现在没有这个编号" in run(form)

    def test_model(self) -> None:
        edit(COMPOSITE, ("\n  organisation:\n", "\n  firm:\n"))
        revise(COMPOSITE, "mixed")
        (policy,) = diff_report()
        assert {(missed["policy"], missed["names"]) for missed in policy["missed"]} == {("park", "composite/organisation")}
        assert policy["verdict"] == "beyond"
        assert read_by(policy, "firm") == {"joint/organisation": True, "park/park": True}

    def test_removed(self) -> None:
        COMPOSITE.unlink()
        (policy,) = diff_report()
        assert {missed["policy"] for missed in policy["missed"]} == {"joint", "park"}
        assert policy["verdict"] == "unknown"

    def test_followed(self) -> None:
        """Who names it by its new id misses nothing."""
        edit(COMPOSITE, ("policy: composite\n", "policy: overall\n"))
        for name in ("joint", "park"):
            file = Path(f"new/{name}.yaml")
            text = file.read_text(encoding="utf-8").replace("policy: {is: composite}", "policy: {is: overall}")
            file.write_text(text, encoding="utf-8")
        assert not any("missed" in policy for policy in diff_report())
