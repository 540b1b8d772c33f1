"""What `evaluate` prints is what its schema says, and the same by every evaluator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "docs/samples").glob("*.json"))
CASES = sorted((ROOT / "tests/conformance/cases").glob("*/"))[:2]


def printed(*arguments: str) -> list[Any]:
    done = CliRunner().invoke(cli, ["evaluate", *arguments, "--format", "json"], standalone_mode=False)
    assert done.exception is None, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8")))


def test_samples_have_the_shape_of_subjects() -> None:
    for sample in SAMPLES:
        schema("subject").validate(json.loads(sample.read_text(encoding="utf-8")))


def test_every_result_has_the_shape_of_an_evaluation() -> None:
    shape = schema("evaluation")
    for result in printed(*map(str, SAMPLES), "--policies", str(ROOT / "policies"), "--as-of", "2025-12-31"):
        shape.validate(result)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("engine", ["single", "rules"])
def test_random_results_have_it_too(folder: Path, engine: str) -> None:
    shape = schema("evaluation")
    arguments = [str(folder / "subjects.jsonl"), "--policies", str(folder / "policies"), "--as-of", "2025-12-31"]
    results = printed(*arguments, "--engine", engine)
    for result in results:
        shape.validate(result)
    assert results == printed(*arguments)


def test_levels_are_counted_by_model() -> None:
    """An A of one scale is none of another: they are not added up."""
    arguments = [*map(str, SAMPLES), "--policies", str(ROOT / "policies"), "--as-of", "2025-12-31", "--lang", "en"]
    counts = CliRunner().invoke(cli, ["evaluate", *arguments], standalone_mode=False).stdout.rpartition("\n\n")[2].splitlines()
    assert [line.split(maxsplit=1) for line in counts if line.startswith(("housekeeping/e", "environment/"))] == [
        ["environment/enterprise", "not evaluated 1"],
        ["housekeeping/enterprise", "A 1  B 1"],
    ]
