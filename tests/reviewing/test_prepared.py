"""On what a comparison rests: every report says it truly, the page can be made again by what it says, and paper has it all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.model.preparation import unsettled_values
from engine.reading.library import read_library
from engine.reading.revisions import side_files
from tests.reviewing.revised import edit
from tests.reviewing.test_git import git

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
CASES = """cases: example
as_of: 2025-12-31
examples:
  none: {title: 没有处罚, model: shop, records: [], expect: {score: 60}}
"""
SUBJECT = '{"id": "%s", "kind": "organisation", "model": "example/shop"}\n'
HANDED = ("--prepared-by", "示例局 <b>", "--on", "2026-01-05")


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One commit, and a stricter version on disk with a case that fails."""
    for name, value in (("LC_ALL", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", os.devnull), ("GIT_CONFIG_NOSYSTEM", "1")):
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests/language/base/policies", "policies")
    Path("policies/cases").mkdir()
    Path("policies/cases/example.yaml").write_text(CASES, encoding="utf-8")
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "首版")
    declared = 'revisions:\n  - {version: "2", date: 2025-12-01, intent: stricter, why: 试}\n'
    file = Path("policies/example.yaml")
    edit(file, ('version: "1"', 'version: "2"'), ("each: -15", "each: -20"))
    file.write_text(file.read_text(encoding="utf-8") + declared, encoding="utf-8")
    Path("shops.jsonl").write_text("".join(SUBJECT % name for name in ("S1", "S2", "S3")), encoding="utf-8")
    return tmp_path


def diff(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, ["diff", *arguments, "--lang", "zh"], standalone_mode=False)
    assert done.exception is None, done.exception
    return done


def diff_report(*arguments: str, sides: tuple[str, str] = ("HEAD:policies", "policies")) -> Any:
    report = json.loads(diff(*sides, *HANDED, *arguments, "--format", "json").stdout)
    SCHEMA.validate(report)
    return report["prepared"]


def page(*arguments: str) -> str:
    return diff("HEAD:policies", "policies", *HANDED, *arguments, "--format", "html").stdout


class TestSides:
    def test_commit(self) -> None:
        """Both sides tell the whole id of the commit, what is on disk also that it is something else."""
        head = git("rev-parse", "HEAD").strip()
        prepared = diff_report()
        assert (prepared["old"]["commit"], prepared["old"]["differs"]) == (head, None)
        assert (prepared["new"]["commit"], prepared["new"]["differs"]) == (head, True)

    def test_staged(self) -> None:
        """Of what is staged there is no commit; its cases are those that are staged."""
        git("add", "--all")
        edit(Path("policies/cases/example.yaml"), ("score: 60", "score: 50"))
        prepared = diff_report(sides=("HEAD:policies", ":policies"))
        assert prepared["new"]["commit"] is None
        assert [(case["cases"], case["failed"]) for case in prepared["cases"]] == [(1, 0), (1, 0)]
        assert "已暂存，没有提交" in diff("HEAD:policies", ":policies", "--format", "html").stdout

    @pytest.mark.parametrize("sides", [("HEAD:policies", "policies"), ("HEAD:policies/example.yaml", "policies/example.yaml")])
    def test_same(self, sides: tuple[str, str]) -> None:
        git("checkout", "--quiet", "policies/example.yaml")
        assert diff_report(sides=sides)["new"]["differs"] is False

    @pytest.mark.parametrize("file", ["policies/common/catalogue.yaml", "policies/other.yaml"])
    def test_any_file(self, file: str) -> None:
        """A common file that is otherwise, and a policy that was never committed or is gone."""
        git("checkout", "--quiet", "policies/example.yaml")
        if Path(file).exists():
            Path(file).write_text(Path(file).read_text(encoding="utf-8") + "# 另注\n", encoding="utf-8")
        else:
            text = Path("policies/example.yaml").read_text(encoding="utf-8").replace("policy: example", "policy: other")
            Path(file).write_text(text, encoding="utf-8")
        assert diff_report()["new"]["differs"] is True

    def test_files(self) -> None:
        """Each file that was read, with its digest."""
        for side in ("old", "new"):
            for file in diff_report()[side]["files"]:
                name = file["file"]
                read = git("show", name).encode() if ":" in name else Path(name).read_bytes()
                assert (file["bytes"], file["sha256"]) == (len(read), hashlib.sha256(read).hexdigest())


class TestAgain:
    @pytest.mark.long
    def test_command(self) -> None:
        """What the page says makes it again does, wherever the branch is then."""
        first = diff_report("--population", "shops.jsonl", "--max-downgraded", "50", "--as-of", "2025-12-31")
        git("commit", "--quiet", "--allow-empty", "--message", "另一个")
        words = shlex.split(first["command"])
        assert words[:2] == ["xinyong", "diff"]
        again = json.loads(diff(*words[2:]).stdout)["prepared"]
        assert again["check"] == first["check"]
        assert again["command"] == first["command"]

    def test_check_code(self) -> None:
        """The same on the page and in the document; another one where anything that was compared is otherwise."""
        first = diff_report()["check"]
        assert first in page()
        assert diff_report()["check"] == first
        assert diff_report("--lang", "en")["check"] == first
        edit(Path("policies/example.yaml"), ("each: -20", "each: -21"))
        assert diff_report()["check"] != first

    def test_clock(self) -> None:
        """Without a day it is that of the call, and the command names it."""
        prepared = json.loads(diff("HEAD:policies", "policies", "--format", "json").stdout)["prepared"]
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", prepared["on"])
        assert f"--on {prepared['on']}" in prepared["command"]
        assert prepared["by"] is None


def test_population() -> None:
    prepared = diff_report("--population", "shops.jsonl", "--max-downgraded", "50", "--as-of", "2025-12-31")
    (population,) = prepared["population"]
    content = Path("shops.jsonl").read_bytes()
    assert population == {
        "file": "shops.jsonl", "bytes": len(content), "rows": 3, "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip


def test_cases() -> None:
    """Of both sides, each by its own cases; what fails is said at the top."""
    edit(Path("policies/cases/example.yaml"), ("score: 60", "score: 50"))
    cases = {case["side"]: (case["version"], case["cases"], case["failed"]) for case in diff_report()["cases"]}
    assert cases == {"old": ("1", 1, 0), "new": ("2", 1, 1)}
    for form in ("text", "markdown", "html"):
        assert "新版本有 1 个样例没有通过" in diff("HEAD:policies", "policies", "--format", form).stdout
    Path("policies/cases/example.yaml").write_text("cases: example\nexamples: 3\n", encoding="utf-8")
    assert diff_report()["cases_unread"] == ["policies"]
    for form in ("text", "markdown", "html"):
        text = diff("HEAD:policies", "policies", "--format", form).stdout
        assert re.search(r"新版本的样例不能读（policies/cases/example.yaml:\d+：.+）；用 xinyong test 看全部原因", text)


@pytest.mark.long
def test_unsettled() -> None:
    """As many as the policy marks so."""
    policy = read_library(side_files(str(ROOT / "policies"))).library.versions("housekeeping")[0]
    lines = (ROOT / "policies/housekeeping.yaml").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    unsettled = unsettled_values(policy)
    assert unsettled.pending == text.count("status: pending")
    assert (
        unsettled.documents + unsettled.elements + unsettled.trial == text.count("status: trial") - 1
    )  # that of the policy itself


class TestPage:
    def test_in_full(self) -> None:
        """Every digest has all of its digits, and the blocks that are signed are there."""
        text = page("--population", "shops.jsonl", "--as-of", "2025-12-31").replace("<wbr>", "")
        document = json.loads(diff("HEAD:policies", "policies", *HANDED, "--format", "json").stdout)
        for policy in document["policies"]:
            for side in ("old", "new"):
                assert f">{policy[side]['digest'].removeprefix('sha256:')}</code>" in text
        for digest in document["prepared"]["old"]["digests"]:
            assert f">{digest['digest'].removeprefix('sha256:')}</code>" in text
        for heading in ("报送信息", "（盖章处）", "附件目录", "审核人", "复核人", "签批人", git("rev-parse", "HEAD").strip()):
            assert heading in text
        assert "示例局 &lt;b&gt;" in text

    def test_margins(self) -> None:
        """Each sheet has its number and the title, in which nothing can end the style."""
        edit(Path("policies/example.yaml"), ("title: 商店信用评价", 'title: "商店\\"}</style><b>"'))
        text = page()
        assert "counter(page)" in text
        assert text.count("</style>") == 1
        assert "<b>" not in text

    @pytest.mark.long
    def test_limit(self) -> None:
        """Exceeding a limit has its own word, and no report takes it for being beyond what is declared."""
        record = '{"id": "p", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "minor"}}'
        survey = '{"id": "s", "category": "survey", "date": "2025-06-01", "fields": {"percent": 95}}'
        records = [json.loads(record), json.loads(survey)]
        text = json.dumps({"id": "S", "kind": "organisation", "model": "example/shop", "records": records}) + "\n"
        Path("shops.jsonl").write_text(text, encoding="utf-8")
        edit(Path("policies/example.yaml"), ("each: -20", "each: -30"))
        limit = ("--population", "shops.jsonl", "--max-downgraded", "1", "--as-of", "2025-12-31")
        report = page(*limit)
        assert '<div class="verdict exceeded">' in report
        assert '<p class="seal">超出限度</p>' in report
        assert "超出声明" not in report
        head = diff("HEAD:policies", "policies", *limit, "--format", "markdown").stdout.splitlines()[0]
        assert head.startswith("## 政策改动 ⛔ 超出限度；与声明相符；")

    def test_counterexample(self) -> None:
        """In the words of the catalogue; the document for machines is there to unfold."""
        text = page("--prove", "--as-of", "2025-12-31")
        annex = text[text.index("附件1 反例</h2>") :]
        assert "行政处罚" in annex
        assert "2025-12-31" in annex
        assert '<details class="raw">' in annex


def test_markdown() -> None:
    last = diff("HEAD:policies", "policies", *HANDED, "--format", "markdown").stdout.splitlines()[-1]
    head = git("rev-parse", "HEAD")[:12]
    assert last.startswith(
        f"报送：示例局 &lt;b>，2026-01-05；原 提交 {head}；新 提交 {head}（工作区，有未提交的改动）；样例通过 1"
    )
