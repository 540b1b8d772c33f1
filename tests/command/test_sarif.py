"""`check --format sarif`: what SARIF 2.1.0 requires, each problem at its place, each rule with its help."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.rendering.sentences import Lang

ROOT = Path(__file__).resolve().parents[2]


def checked(text: str, lang: Lang = "zh") -> tuple[dict[str, Any], int]:
    Path("policies").mkdir()
    Path("policies/一 p.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", "--format", "sarif", "--lang", lang], standalone_mode=False)
    assert done.exception is None, done.exception
    return json.loads(done.stdout), done.return_value


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def holds(log: dict[str, Any]) -> None:
    """The properties that the schema of SARIF 2.1.0 requires of what we write, and their kinds."""
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert isinstance(driver["name"], str)
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]
            assert rule.get("help", {"text": "-"})["text"]
        for result in run["results"]:
            assert result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert ids[result["ruleIndex"]] == result["ruleId"]
            for location in result.get("locations", ()):
                region = location["physicalLocation"]["region"]
                assert region["startLine"] >= 1
                assert 1 <= region["startColumn"] < region["endColumn"]


def test_errors() -> None:
    log, code = checked("policy: p\ntitel: x\n")
    holds(log)
    assert code == 1
    (run,) = log["runs"]
    result = next(result for result in run["results"] if result["ruleId"] == "unknown_key")
    assert result["message"]["text"] == "不认识的键 `titel`。是不是 `title`？"
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "policies/一 p.yaml"
    assert place["artifactLocation"]["uri"].isascii()
    assert place["region"] == {"startLine": 2, "startColumn": 1, "endColumn": 6}


def test_lints() -> None:
    """A warning has the page about it as help, and is no failure."""
    policy = (ROOT / "tests/annex/policies/every.yaml").read_text(encoding="utf-8")
    Path("policies").mkdir()
    Path("policies/common").symlink_to(ROOT / "tests/annex/policies/common")
    Path("policies/every.yaml").write_text(policy.replace(", basis: {plan: 第四条}}\n        branches", "}\n        branches"))
    done = CliRunner().invoke(cli, ["check", "--format", "sarif", "--lang", "en"], standalone_mode=False)
    log = json.loads(done.stdout)
    holds(log)
    assert done.return_value == 0
    rule = next(rule for rule in log["runs"][0]["tool"]["driver"]["rules"] if rule["id"] == "no_basis")
    assert rule["help"]["markdown"].startswith("# no_basis\n")


def test_nothing_to_say() -> None:
    Path("policies").mkdir()
    for file in (ROOT / "tests/language/base/policies").glob("*.yaml"):
        Path("policies", file.name).write_bytes(file.read_bytes())
    Path("policies/common").symlink_to(ROOT / "tests/language/base/policies/common")
    done = CliRunner().invoke(cli, ["check", "--format", "sarif"], standalone_mode=False)
    holds(json.loads(done.stdout))
    assert (done.return_value, json.loads(done.stdout)["runs"][0]["results"]) == (0, [])
