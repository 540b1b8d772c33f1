"""Common files compared as such: what the catalogue takes concerns every policy of whose subjects it can refuse one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.rendering.sentences import Lang
from tests.lanes import few
from tests.reviewing.revised import edit, revise

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
CATALOGUE, SCALES, LEGAL = Path("new/common/catalogue.yaml"), Path("new/common/scales.yaml"), Path("new/legal.yaml")
ODD = """  odd_thing:
    title: 少见的事
    kinds: [%s]
    fields: {size: {title: 大小, type: number}}
    absent_means: none
    collection: {by: 某局, manner: 报送, within: 7 working days}
    publicity: 不公示
    repair: 无
"""
AREA = "price: 价格}, optional: true}"
POLICIES = {"legal", "composite", "housekeeping", "transport-staff"}


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of the shipped policies."""
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        shutil.copytree(ROOT / "policies/common", tmp_path / side / "common")
        for name in POLICIES:
            shutil.copy(ROOT / f"policies/{name}.yaml", tmp_path / side)
    monkeypatch.chdir(tmp_path)


def run(form: str = "text", *more: str, lang: Lang = "zh") -> str:
    arguments = ["diff", "old", "new", "--lang", lang, "--format", form, "--as-of", "2026-06-01", *more]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout


def diff_report(*more: str) -> Any:
    report = json.loads(run("json", *more))
    SCHEMA.validate(report)
    return report


def concerned(change: dict[str, Any]) -> set[str]:
    return {policy["policy"] for policy in change["policies"]}


def add(kinds: str, *files: Path) -> None:
    for file in files:
        edit(file, ("categories:\n", f"categories:\n{ODD % kinds}"))


class TestItsOwn:
    @pytest.mark.parametrize("form", ["text", "markdown", "html"])
    def test_another_scale(self, form: str) -> None:
        """That a policy names another scale is its own change, told with it."""
        for side in ("old", "new"):
            levels = Path(f"{side}/common/scales.yaml").read_text(encoding="utf-8")
            other = levels.split("  hunan-nine-level:\n", 1)[1].split("  #", 1)[0].replace("at_least: 85,", "at_least: 86,")
            edit(Path(f"{side}/common/scales.yaml"), ("scales:\n", f"scales:\n  another:\n{other}"))
        edit(LEGAL, ("scale: hunan-nine-level", "scale: another"))
        assert "common" not in diff_report()
        text = run(form)
        assert "hunan-nine-level" in text
        assert "86分" in text
        assert "只随公共文件变动" not in text


class TestTakesLess:
    def test_required(self) -> None:
        """A record without the field refuses its subject by all policies, whether they read it or not."""
        edit(CATALOGUE, (AREA, AREA.replace("true", "false")))
        report = diff_report()
        (change,) = report["common"]
        assert (change["direction"], change["takes"], change["verdict"]) == ("stricter", True, "unknown")
        assert concerned(change) == POLICIES
        assert [policy["policy"] for policy in report["policies"]] == ["housekeeping"]
        for form in ("text", "markdown", "html"):
            assert "涉及 4 项政策" in run(form)
            assert "含义相同" not in run(form)

    def test_unread_category_gone(self) -> None:
        add("organisation", Path("old/common/catalogue.yaml"))
        report = diff_report()
        (change,) = report["common"]
        assert (change["how"], change["direction"], report["verdict"], report["policies"]) == (
            "removed",
            "stricter",
            "unknown",
            [],
        )
        assert concerned(change) == POLICIES - {"transport-staff"}
        assert "没有政策用到，但不合要求的记录使整个主体不予评价" in run()
        assert "含义相同" not in run("html")

    def test_unread_attribute_gone(self) -> None:
        attribute = "attributes:\n  shoes: {title: 鞋码, type: integer, kinds: [person]}\n"
        edit(Path("old/common/catalogue.yaml"), ("attributes:\n", attribute))
        (change,) = diff_report()["common"]
        assert (change["direction"], change["takes"]) == ("stricter", True)
        assert "transport-staff" in concerned(change)


class TestTakesMore:
    def test_new_category(self) -> None:
        """Who was refused for such a record is refused no more: no equality."""
        add("person", CATALOGUE)
        report = diff_report()
        (change,) = report["common"]
        assert (change["direction"], report["verdict"]) == ("looser", "unknown")
        assert concerned(change) == POLICIES
        assert json.loads(run("json", "--exit-code"))["verdict"] == "unknown"

    def test_of_nobody_here(self) -> None:
        add("park", CATALOGUE)
        (change,) = diff_report()["common"]
        assert (change["takes"], change["policies"]) == (True, [])
        assert "这里没有政策评价这些主体" in run()


class TestWords:
    def test_title(self) -> None:
        edit(CATALOGUE, ("title: 行政检查（含双随机抽查）", "title: 行政检查"))
        (change,) = diff_report()["common"]
        assert (change["direction"], change["takes"], concerned(change)) == ("text", False, {"housekeeping"})

    def test_unread(self) -> None:
        """Nobody is touched by a word that nobody reads; it is told all the same."""
        add("organisation", CATALOGUE, Path("old/common/catalogue.yaml"))
        edit(CATALOGUE, ("title: 少见的事", "title: 罕见的事"))
        report = diff_report()
        assert (report["verdict"], report["common"][0]["policies"]) == ("declared", [])
        assert "这里没有政策用到" in run()


class TestOnce:
    def test_list_of_policies(self) -> None:
        """Policies that a scale alone touches are one list, and no empty blocks."""
        edit(SCALES, ("at_least: 85,", "at_least: 84,"))
        text = run()
        assert text.count("85分 → 84分") == 1
        assert "只随公共文件变动的政策（4 项" in text
        assert "没有声明意图，实为" not in text
        assert "1 处改动：放宽 1" in text
        assert len(diff_report()["policies"]) == 4

    def test_with_its_own_change(self) -> None:
        """A policy that declares something is held against the common files too."""
        edit(SCALES, ("at_least: 85,", "at_least: 84,"))
        revise(LEGAL, "stricter")
        (legal,) = (policy for policy in diff_report()["policies"] if policy["policy"] == "legal")
        assert legal["verdict"] == "beyond"
        assert "! 公共文件的改动中超出声明的：等级标准 hunan-nine-level B+" in run()
        assert "只随公共文件变动的政策（3 项" in run()

    def test_declared_by_all(self) -> None:
        """Where each policy that it concerns declares as much, it is as declared."""
        edit(SCALES, ("at_least: 85,", "at_least: 84,"))
        for file in Path("new").glob("*.yaml"):
            revise(file, "looser")
        assert diff_report()["verdict"] == "declared"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_english(form: str) -> None:
    edit(CATALOGUE, (AREA, AREA.replace("true", "false")))
    assert "refuses its subject as a whole; bears on 4 policies" in run(form, lang="en")


class TestProofs:
    """What is proved where two catalogues differ is proved of whom both take."""

    @pytest.mark.long
    def test_scope(self) -> None:
        edit(CATALOGUE, (AREA, AREA.replace("true", "false")))
        edit(LEGAL, ("title: 律师事务所\n", "title: 律师事务所（改）\n"))
        for file in ("composite", "transport-staff", "housekeeping"):
            Path(f"new/{file}.yaml").unlink()
            Path(f"old/{file}.yaml").unlink()
        text = run("text", "--prove")
        assert "证明（对两边目录都允许的主体，" in text
        assert "证明（对目录允许的所有主体" not in text
        assert "未能判定" not in text
        assert all(policy["two_catalogues"] for policy in diff_report("--prove")["policies"])
        assert "对两边归集目录都允许的主体，不限于现有的主体" in run("html", "--prove")


SCALE = """  spare:
    full: 10
    levels: [{level: 好, at_least: 6, grade: 优}, {level: 坏, otherwise: true, grade: 差}]
"""
ITEM = "  spare: {title: 备用, law: 某法, kinds: [person], status: trial, note: 试}\n"


class TestOtherFiles:
    @pytest.mark.parametrize("side", few(["new", "old"], 1))
    @pytest.mark.parametrize(
        ("file", "key", "entry", "direction"),
        [("scales", "scales:\n", SCALE, "neutral"), ("measures", "items:\n", ITEM, "text")],
    )
    def test_come_and_gone(self, side: str, file: str, key: str, entry: str, direction: str) -> None:
        """What no policy uses is told, and touches nobody."""
        edit(Path(f"{side}/common/{file}.yaml"), (key, f"{key}{entry}"))
        report = diff_report()
        (change,) = report["common"]
        assert (change["how"], change["direction"]) == ("added" if side == "new" else "removed", direction)
        assert (change["takes"], change["policies"], report["verdict"]) == (False, [], "declared")
        assert (change["new"] is None) == (side == "old")
        assert change[side]["file"] == f"{side}/common/{file}.yaml"
        for form in ("text", "markdown", "html"):
            assert "spare" in run(form) or "备用" in run(form)

    def test_collected(self) -> None:
        """Whether what is not there was collected bears on those who read it, and refuses nobody."""
        text = CATALOGUE.read_text(encoding="utf-8")
        CATALOGUE.write_text(text.replace("absent_means: not_collected", "absent_means: none", 1), encoding="utf-8")
        (change,) = diff_report()["common"]
        assert (change["direction"], change["takes"]) == ("mixed", False)
        assert all(policy["reads"] for policy in change["policies"])
