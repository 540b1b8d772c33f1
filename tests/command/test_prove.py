"""`check --prove` tells each claim's answer, shows who contradicts one, and fails where what must hold does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.rendering.sentences import Lang
from engine.usecases import extras
from tests.proof.policies import PENALTIES, each, written

ROOT = Path(__file__).resolve().parents[2]
EASE = {"title": "便利", "kind": "incentive", "matter": "approval", "when": {"level": {"at_least": "B"}}, "basis": "plan"}
LIMIT = {"title": "限制", "kind": "restriction", "matter": "approval", "item": "limit", "when": {"penalties": {"at_least": 2}}}
BANDS = {"points": 100, "fact": "satisfaction", "bands": [{"above": 100, "points": 100}, {"otherwise": 60}]}
SATISFACTION = {"latest": "survey.percent", "if_missing": 0}


def prove(folder: Path, *more: str) -> Result:
    arguments = ["check", str(folder), "--prove", "--as-of", "2026-06-30", *more]
    return CliRunner().invoke(cli, arguments, standalone_mode=False)


def test_all_is_proved(tmp_path: Path) -> None:
    done = prove(written(tmp_path, {"penalties": PENALTIES}, {"i": each(-10)}), "--lang", "en")
    assert done.return_value == 0, done.output
    assert "p/m\n  somebody comes to it: 3 of 3 proved\n" in done.stdout
    assert "  what is adverse never raises the score, what is favourable never lowers it: 1 of 1 proved\n" in done.stdout
    assert done.stdout.endswith("4 claims: 4 proved\n")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh",
            "  错误  {folder}/p.yaml:1  行政审批：同时有激励和惩戒\n    基准日 2026-06-30，最小\n    {document}\n    80.00 B 良\n",
        ),
        (
            "en",
            "  error  {folder}/p.yaml:1  approval: an incentive and a restriction at once\n"
            "    as of 2026-06-30, the smallest\n    {document}\n    80.00 B 良\n",
        ),
    ],
)
def test_a_counterexample(lang: Lang, expected: str, tmp_path: Path) -> None:
    """It is a document that can be evaluated, and the command fails."""
    measures = {"ease": EASE, "limit": LIMIT}
    done = prove(written(tmp_path, {"penalties": PENALTIES}, {"i": each(-10)}, measures=measures), "--lang", lang)
    assert done.return_value == 1, done.output
    document = next(line.strip() for line in done.stdout.splitlines() if line.strip().startswith('{"id"'))
    assert len(json.loads(document)["records"]) == 2
    assert expected.format(folder=tmp_path, document=document) in done.stdout
    subject = tmp_path / "subject.json"
    subject.write_text(document, encoding="utf-8")
    arguments = ["evaluate", str(subject), "--policies", str(tmp_path), "--as-of", "2026-06-30", "--format", "json"]
    evaluated = json.loads(CliRunner().invoke(cli, arguments, standalone_mode=False).stdout)
    assert [measure["id"] for measure in evaluated["measures"]] == ["ease", "limit"]


def test_what_nobody_reaches_is_a_warning(tmp_path: Path) -> None:
    done = prove(written(tmp_path, {"satisfaction": SATISFACTION}, {"i": BANDS}), "--lang", "zh")
    assert done.return_value == 0, done.output
    assert "等级 A：没有主体能够达到（已证明）" in done.stdout
    assert "分档 i above 100：没有主体能够达到（已证明）" in done.stdout


def test_json_has_its_schema(tmp_path: Path) -> None:
    measures = {"ease": EASE, "limit": LIMIT}
    done = prove(written(tmp_path, {"penalties": PENALTIES}, {"i": each(-10)}, measures=measures), "--format", "json")
    proofs = json.loads(done.stdout)
    schema = json.loads((ROOT / "schema/check.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(proofs)
    (together,) = [proof for proof in proofs if proof.get("claim") == "together"]
    assert (together["answer"], together["severity"]) == ("counterexample", "error")
    assert together["shown"]["outcomes"][0]["measures"] == ["ease", "limit"]


def test_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    done = prove(written(tmp_path, {"penalties": PENALTIES}, {"i": each(-10)}))
    assert [problem.values for problem in done.exception.problems] == [{"extra": "proof"}]  # type: ignore[union-attr]


def test_sarif_has_no_proofs(tmp_path: Path) -> None:
    """Which is said, rather than that they are left out."""
    done = prove(written(tmp_path, {"penalties": PENALTIES}, {"i": each(-10)}), "--format", "sarif")
    assert "sarif has no proofs" in str(done.exception)
    assert done.stdout == ""
