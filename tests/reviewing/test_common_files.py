"""One entry in a common file declares its change for every policy that uses it: diff holds it against that, check asks no more."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.reading.library_cache import load_library
from tests.reviewing.revised import BEFORE, edit
from tests.reviewing.test_git import git

ROOT = Path(__file__).resolve().parents[2]
SCALES, CATALOGUE, MEASURES = (Path(f"new/common/{name}.yaml") for name in ("scales", "catalogue", "measures"))
STRICTER = ("{level: B, at_least: 70, grade: 良}", "{level: B, at_least: 72, grade: 良}")
TEXT = ("publicity: 最长1年", "publicity: 最长3年")
ITEM = ("article: 第3项", "article: 第4项")
EARLIER, LATER = "each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -8}"
OWN = 'revisions:\n  - {{version: "2", date: 2025-12-01, intent: {intent}, why: 试, basis: plan}}\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LC_ALL", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", os.devnull), ("GIT_CONFIG_NOSYSTEM", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    for side in ("old", "new"):
        shutil.copytree(BEFORE, side)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")


def declare(file: Path, intent: str, version: str = "2026.1", day: str = "2026-01-01") -> None:
    entry = f'  - {{version: "{version}", date: {day}, intent: {intent}, why: 调整, basis: 示例〔2026〕1号}}\n'
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    head, head_of_record, rest = text.partition("revisions:\n")
    file.write_text(f"{head}revisions:\n{entry}{rest if head_of_record else ''}", encoding="utf-8")


def bump(intent: str, *edits: tuple[str, str]) -> None:
    edit(Path("new/every.yaml"), ('version: "1"\n', 'version: "2"\n'), ("revisions:\n", OWN.format(intent=intent)), *edits)


def diff(*more: str) -> tuple[str, int]:
    done = CliRunner().invoke(cli, ["diff", "old", "new", "--exit-code", *more], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout, done.return_value


def check() -> list[str]:
    done = CliRunner().invoke(cli, ["check", "new", "--format", "json"], standalone_mode=False)
    assert done.exception is None, done.exception
    return [problem["code"] for problem in json.loads(done.stdout) if problem["severity"] == "error"]


class TestDiff:
    @pytest.mark.parametrize(
        ("intent", "code"), [("stricter", 1), ("mixed", 1), ("looser", 3), ("neutral", 3), ("text", 3), (None, 4)]
    )
    def test_intents(self, intent: str | None, code: int) -> None:
        """A stricter scale, held against what the file declares."""
        edit(SCALES, STRICTER)
        if intent:
            declare(SCALES, intent)
        text, ended = diff()
        assert ended == code
        assert ("公共文件声明" in text) == (intent is not None)
        assert ("! 收紧  等级标准 four B" in text) == (code == 3)
        if intent == "stricter":
            assert "公共文件 等级标准\n  2026.1（2026-01-01，收紧）：调整（示例〔2026〕1号）" in text
            assert "公共文件声明收紧：与声明相符" in text

    def test_each_file_by_itself(self) -> None:
        """What one file declares does not cover what comes from another, nor from the policy."""
        edit(SCALES, STRICTER)
        edit(CATALOGUE, TEXT)
        declare(CATALOGUE, "mixed")
        text, code = diff()
        assert code == 4
        declare(SCALES, "text")
        assert diff()[1] == 3
        declare(SCALES, "stricter", "2026.2")
        assert diff()[1] == 1
        edit(Path("new/every.yaml"), (EARLIER, LATER))
        text, code = diff()
        assert code == 4
        assert "没有声明意图，公共文件声明有宽有严，实为收紧：不能判定" in text

    def test_beside_its_own(self) -> None:
        """Both declare, each for its own: a looser policy under a stricter scale."""
        edit(SCALES, STRICTER)
        declare(SCALES, "stricter")
        bump("looser", (EARLIER, "each: {minor: -1, graver: -4}"))
        text, code = diff()
        assert "声明放宽，公共文件声明收紧，实为有宽有严：与声明相符" in text
        assert code == 1

    def test_text(self) -> None:
        """An item of the library and the catalogue's words."""
        edit(MEASURES, ITEM)
        edit(CATALOGUE, TEXT)
        declare(MEASURES, "text")
        declare(CATALOGUE, "text")
        text, code = diff()
        assert "公共文件 归集目录" in text
        assert "公共文件 措施库" in text
        assert code == 1

    def test_policy_takes_another_scale(self) -> None:
        """That is the policy's own change, which no common file declares."""
        text = SCALES.read_text(encoding="utf-8")
        (name,) = {policy.scale.id for policy in load_library([Path("new")]).policies}
        SCALES.write_text(
            text + text.partition("scales:\n")[2].replace(f"  {name}:", "  other:").replace("70", "72"), encoding="utf-8"
        )
        declare(SCALES, "mixed")
        assert diff()[1] == 1
        edit(Path("new/every.yaml"), (f"\nscale: {name}\n", "\nscale: other\n"))
        output, code = diff()
        assert "没有声明意图，实为" in output
        assert code == 4

    def test_altered(self) -> None:
        """The record of a common file is a record too."""
        for side in ("old", "new"):
            declare(Path(side, "common/scales.yaml"), "stricter")
        assert diff()[1] == 0
        edit(SCALES, ("intent: stricter", "intent: mixed"))
        text, code = diff()
        assert "公共文件 等级标准\n  ! 修订记录 2026.1  意图  收紧 → 有宽有严  old/common/scales.yaml:" in text
        assert code == 4
        assert "两边含义相同" not in text
        report = json.loads(diff("--format", "json")[0])
        assert (report["verdict"], report["common_records"][0]["altered"][0]["part"]) == ("unknown", "intent")
        for form in ("markdown", "html"):
            assert "修订记录 2026.1  意图  收紧 → 有宽有严" in diff("--format", form)[0]
        assert "revision 2026.1  intent  stricter → mixed" in diff("--lang", "en")[0]

    def test_file_gone(self) -> None:
        """A record goes with its file, and that is told."""
        declare(Path("old/common/measures.yaml"), "text")
        for side in ("old", "new"):
            file = Path(side, "every.yaml")
            text = re.sub(r"kind: restriction", "kind: routine", file.read_text(encoding="utf-8"))
            file.write_text(re.sub(r", item: [\w-]+", "", text), encoding="utf-8")
        MEASURES.unlink()
        output, code = diff()
        assert "公共文件 措施库\n  ! 修订记录 2026.1  删去  2026.1（2026-01-01，文字）" in output
        assert code == 4

    def test_altered_beside_what_is_declared(self) -> None:
        """That a policy's own record is altered is said of it; no intent is missed where nothing else is its own."""
        edit(SCALES, STRICTER)
        declare(SCALES, "stricter")
        edit(Path("new/every.yaml"), ("intent: text", "intent: looser"))
        text, code = diff()
        assert "  公共文件声明收紧，实为收紧：不能判定（1 处）；原有的修订记录有改动" in text
        assert code == 4

    def test_late_entry(self) -> None:
        """An older entry is told, and declares nothing of what differs now."""
        for side in ("old", "new"):
            declare(Path(side, "common/scales.yaml"), "text")
        edit(SCALES, STRICTER)
        declare(SCALES, "stricter", "2020.1", "2020-01-01")
        text, code = diff()
        assert (code, "2020.1" in text, "公共文件没有声明意图" in text) == (4, True, True), text

    def test_schema(self) -> None:
        schema = json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8"))
        edit(SCALES, STRICTER)
        declare(Path("old/common/scales.yaml"), "text", "2025.1")
        declare(SCALES, "stricter")
        for lang in ("zh", "en"):
            report: dict[str, Any] = json.loads(diff("--format", "json", "--lang", lang)[0])
            Draft202012Validator(schema).validate(report)
            assert [revision["intent"] for revision in report["policies"][0]["declared"]] == ["stricter"]
            assert [alteration["how"] for alteration in report["common_records"][0]["altered"]] == ["removed"]

    @pytest.mark.long
    def test_shipped(self) -> None:
        """All policies are covered by one entry, and told in a line each."""
        for side in ("old", "new"):
            shutil.rmtree(side)
            shutil.copytree(ROOT / "policies", side)
        edit(SCALES, ("level: B+, at_least: 85", "level: B+, at_least: 84"))
        assert diff()[1] == 4
        declare(SCALES, "looser")
        text, code = diff()
        assert code == 1
        assert text.count("公共文件声明放宽：与声明相符") == 1
        assert text.count("没有声明意图") == 0
        assert text.count("\n") < 30


class TestCheck:
    def test_undeclared(self) -> None:
        """One error at the file, whatever the policies are that it changes."""
        edit(SCALES, STRICTER)
        assert check() == ["common_changed"]
        declare(SCALES, "stricter")
        assert check() == []

    def test_bumped(self) -> None:
        """A policy of another version needs no more."""
        edit(SCALES, STRICTER)
        bump("stricter")
        assert check() == []

    @pytest.mark.parametrize("declared", [True, False])
    def test_own_change(self, declared: bool) -> None:
        """What the policy itself says otherwise is not excused."""
        edit(SCALES, STRICTER)
        edit(Path("new/every.yaml"), (EARLIER, LATER))
        if declared:
            declare(SCALES, "stricter")
        assert check() == ["meaning_changed", *([] if declared else ["common_changed"])]

    @pytest.mark.parametrize("declared", [chosen for n in range(4) for chosen in itertools.combinations(range(3), n)])
    def test_several_files(self, declared: tuple[int, ...]) -> None:
        """Each declares its own; what is not declared is told of the file that it is in."""
        files = ((SCALES, STRICTER), (CATALOGUE, TEXT), (MEASURES, ITEM))
        for place, (file, change) in enumerate(files):
            edit(file, change)
            if place in declared:
                declare(file, "mixed")
        assert check() == ["common_changed"] * (3 - len(declared))

    def test_new_word(self) -> None:
        """A policy that needs what the catalogue newly has does not make the others say something else."""
        edit(SCALES, STRICTER)
        declare(SCALES, "stricter")
        edit(CATALOGUE, ("categories:\n", "categories:\n  noise: {title: 噪声, kinds: [organisation], fields: {}}\n"))
        text = Path("new/every.yaml").read_text(encoding="utf-8").replace("policy: every", "policy: noisy", 1)
        text = text.replace("policy: {is: every}", "policy: {is: noisy}").replace(
            "    facts:\n", "    facts:\n      noise: {title: 噪声, count: noise}\n", 1
        )
        Path("new/noisy.yaml").write_text(text, encoding="utf-8")
        assert check() == []

    def test_unread_change(self) -> None:
        """What no policy uses changes none, and needs no entry."""
        edit(CATALOGUE, ("categories:\n", "categories:\n  noise: {title: 噪声, kinds: [organisation], fields: {}}\n"))
        assert check() == []

    def test_altered(self) -> None:
        declare(SCALES, "stricter")
        git("add", "--all")
        git("commit", "--quiet", "--message", "y")
        edit(SCALES, ("why: 调整", "why: 改"))
        assert check() == ["revision_altered"]
        declare(SCALES, "text", "2026.2")
        assert check() == ["revision_altered"]

    def test_shape(self) -> None:
        """An entry is checked as any other."""
        edit(SCALES, STRICTER)
        declare(SCALES, "harder")
        assert check() == ["not_listed"]
        edit(SCALES, ("harder", "stricter"), ("date: 2026-01-01", "date: 2026-02-30"))
        assert check() == ["not_a_date"]


def test_digests() -> None:
    """What a common file declares is no part of what a policy means."""
    before = {policy.digest for policy in load_library([Path("new")]).policies}
    for file in (SCALES, CATALOGUE, MEASURES):
        declare(file, "text")
    assert {policy.digest for policy in load_library([Path("new")]).policies} == before
    assert check() == []
