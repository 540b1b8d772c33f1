"""Every example of the language prints what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language.examples import edited, example_files, name_of, run_example, selected


@pytest.mark.parametrize("file", [pytest.param(file, id=name_of(file)) for file in example_files()])
def test_example(file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The steps of the example, run anew, read as they stand there."""
    text = file.read_text(encoding="utf-8")
    actual = run_example(text, tmp_path)
    if request.config.getoption("--bless", default=False):
        file.write_text(actual, encoding="utf-8")
    else:
        assert actual == text, f"if this is meant: pytest tests/language --bless -k '{name_of(file)}'"


def test_edited() -> None:
    """A part of a line, a whole line, a line more, a line less."""
    text = "a: 1\nb: {c: 2}\nd: 3\n"
    assert edited(text, ["- c: 2", "+ c: 4"]) == "a: 1\nb: {c: 4}\nd: 3\n"
    assert edited(text, ["- a: 1", "+ a: 5", "+   e: 6"]) == "a: 5\n  e: 6\nb: {c: 2}\nd: 3\n"
    assert edited(text, ["- a: 1", "", "- d: 3"]) == "b: {c: 2}\n"
    assert edited(text, ["- a: 1", "- …", "- d: 3", "+ f: 4"]) == "f: 4\n"
    with pytest.raises(AssertionError, match="stands 4 times"):
        edited(text, ["- :", "+ ="])


def test_selected() -> None:
    """As jq does."""
    text = '{"a": {"b": [{"c": 1}, {"c": "二"}]}}\n{"a": {"b": []}}\n'
    assert list(selected(text, ".a.b[].c, .a")) == ["1", '"二"', '{"b":[{"c":1},{"c":"二"}]}', '{"b":[]}']
    assert list(selected(text.splitlines()[0], ".a.b[1].c, .x")) == ['"二"', "null"]
