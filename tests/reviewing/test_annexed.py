"""A policy without an older version is undecided, and its whole content is part of what is signed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.rendering.sentences import Lang
from tests.reviewing.revised import edit

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("composite", "housekeeping", "joint")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)
    for side in ("old", "new"):
        shutil.copytree(ROOT / "policies", side, ignore=shutil.ignore_patterns("*-2027.yaml"))


def run(*arguments: str) -> tuple[str, int]:
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout, done.return_value


def diff(*more: str) -> str:
    return run("diff", "old", "new", *more)[0]


@pytest.mark.parametrize(("policy", "lang"), [("composite", "zh"), ("housekeeping", "en"), ("joint", "zh")])
@pytest.mark.long
def test_whole_content(policy: str, lang: Lang) -> None:
    """Each line and cell of the annex as `docs` writes it stands in the page and in the comment; who signs signs the review."""
    Path("old", f"{policy}.yaml").unlink()
    annex = run("docs", policy, "--policies", "new")[0]
    text = diff("--format", "markdown", "--lang", lang)
    lines = [
        line.lstrip("#")
        for line in annex.split("\n")
        if line and "（盖章）" not in line and "签字" not in line and "日期：　" not in line
    ]
    missing = [line for line in lines if line not in text]
    assert missing == [] or "太长，以下从略" in text or "Too long" in text
    run("docs", policy, "--policies", "new", "--output", "annex.html")
    page = diff("--format", "html", "--lang", lang)
    cells = re.findall(r"<t[dh][^>]*>.*?</t[dh]>", Path("annex.html").read_text(encoding="utf-8"), re.DOTALL)
    assert len(cells) > 100
    assert [cell for cell in cells if cell not in page] == []
    assert "起草单位（盖章）" not in page
    assert page.index("signature") < page.index('<section class="annex annexed"')


@pytest.mark.parametrize("intent", ["text", "looser", "mixed"])
def test_undecided(intent: str) -> None:
    """Whatever it says of itself."""
    Path("old/composite.yaml").unlink()
    file = Path("new/composite.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"intent: \w+", f"intent: {intent}", text), encoding="utf-8")
    output, code = run("diff", "old", "new", "--exit-code")
    assert code == 4
    assert "新增的政策，没有原版本可比：不能判定" in output
    assert "要通读全文：--format html 和 markdown 附有全文，也可以用 xinyong docs composite" in output


@pytest.mark.long
def test_others_have_none() -> None:
    """A policy that has an older version, or is gone, is not appended."""
    edit(Path("new/composite.yaml"), ("status: trial\nauthority", "status: draft\nauthority"))
    Path("new/joint.yaml").unlink()
    assert "全文" not in diff("--format", "html")
    assert "全文" not in diff("--format", "markdown")
    assert "通读" not in diff()


@pytest.mark.long
def test_several() -> None:
    """Each new version has its own; the program's report needs none."""
    for name in SHIPPED[:2]:
        Path("old", f"{name}.yaml").unlink()
    page = diff("--format", "html")
    assert page.count('<section class="annex annexed"') == 2
    assert "附件1" not in json.dumps(json.loads(diff("--format", "json")), ensure_ascii=False)


def test_escaped() -> None:
    """What a policy says is text."""
    edit(Path("new/legal.yaml"), ("title: 法律服务行业信用评价", 'title: "<script>alert(1)</script>"'))
    Path("old/legal.yaml").unlink()
    page = diff("--format", "html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page.partition('<section class="annex annexed"')[2]
