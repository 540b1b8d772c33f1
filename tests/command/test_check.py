"""`check` and `test` without policies of one's own say that they look at the shipped ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.rendering.sentences import Lang

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("command", ["check", pytest.param("test", marks=pytest.mark.long)])
@pytest.mark.parametrize(("lang", "expected"), [("zh", "用的是自带的政策"), ("en", "the shipped policies are used")])
def test_shipped_policies_are_named(
    command: str, lang: Lang, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, [command, "--lang", lang], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "[shipped_used]" in done.stderr
    assert expected in done.stderr


def test_json_has_its_schema(tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text("policy: p\ntitel: x\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(policy), "--format", "json"], standalone_mode=False)
    assert done.return_value == 1
    problems = json.loads(done.stdout)
    schema = json.loads((ROOT / "schema/check.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(problems)
    assert {"unknown_key", "missing_key"} == {problem["code"] for problem in problems}
