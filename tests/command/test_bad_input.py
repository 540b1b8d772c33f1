"""Bad input that a text file cannot hold: too large, too deep, unreadable, cut short; and what is left behind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.language.examples import BASE, run_xinyong

GOOD = '{"id": "%s", "kind": "organisation", "model": "example/shop"}\n'
EVALUATE = ("evaluate", "--as-of", "2025-12-31", "--policies", str(BASE / "policies"), "--lang", "en")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))


def evaluate(*arguments: str) -> tuple[str, int]:
    return run_xinyong([*EVALUATE, *arguments])


def test_line_too_large() -> None:
    """One line of more than 16 MB among others is refused alone."""
    with Path("shops.jsonl").open("wb") as lines:
        lines.write((GOOD % "shop-1").encode())
        lines.seek(17 * 2**20, os.SEEK_CUR)  # sparse
        lines.write(b"\n" + (GOOD % "shop-2").encode())
    out, code = evaluate("shops.jsonl", "--format", "json")
    results = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(result["subject"], result.get("score")) for result in results] == [
        ("shop-1", "60.00"),
        (None, None),
        ("shop-2", "60.00"),
    ]
    assert results[1]["rejected"][0]["code"] == "file_too_large"
    assert "shops.jsonl:2" in results[1]["rejected"][0]["message"]


@pytest.mark.parametrize("depth", [65, 1000, 200_000])
def test_deep_json(depth: int) -> None:
    """However deep, it is refused in order, without a traceback."""
    Path("deep.json").write_text('{"id":' * depth + "1" + "}" * depth, encoding="utf-8")
    out, code = evaluate("deep.json")
    assert code == 1
    assert "rejected" in out


def test_long_number() -> None:
    """A whole number of 10,000 digits."""
    Path("shop.json").write_text(
        (GOOD % "shop-1").replace("}", ', "attributes": {"staff": %s}}' % ("9" * 10_000)), encoding="utf-8"
    )
    out, code = evaluate("shop.json")
    assert code == 1
    assert "error[number_too_large]" in out or "error[too_deep]" in out
    assert len(out) < 2_000, "nor is it repeated at length"


NONSENSE = [b"\x00", b"\xef\xbb\xbf", b"\xff\xfe{\x00}\x00", b"null", b"[]", b"1", b'"shop"', b"\x89PNG\r\n"]


@pytest.mark.parametrize("content", NONSENSE)
def test_no_document(content: bytes) -> None:
    """What is no document at all is refused, as JSON and as YAML."""
    for name in ("shop.json", "shop.yaml", "shop.jsonl"):
        Path(name).write_bytes(content)
        out, code = evaluate(name)
        assert (code, "error[" in out) == (1, True), name


def test_mark_at_start() -> None:
    """A byte order mark, as editors on Windows write it, is no mistake; nor are their line ends."""
    Path("shop.json").write_bytes(b"\xef\xbb\xbf" + (GOOD % "shop-1").encode().replace(b"\n", b"\r\n"))
    assert evaluate("shop.json")[1] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable() -> None:
    Path("shop.json").write_text(GOOD % "shop-1", encoding="utf-8")
    Path("shop.json").chmod(0)
    out, code = evaluate("shop.json")
    assert (code, "error[file_unreadable]" in out) == (2, True)


class TestOutput:
    """`--output` holds all of a result or what it held before."""

    def test_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What breaks off in the middle leaves the old file, and nothing beside it."""
        Path("shop.json").write_text(GOOD % "shop-1", encoding="utf-8")
        Path("result.txt").write_text("as before", encoding="utf-8")
        monkeypatch.setattr("engine.rendering.evaluate_text._paragraph", _interrupted)
        assert evaluate("shop.json", "--output", "result.txt")[1] == 130
        assert Path("result.txt").read_text(encoding="utf-8") == "as before"
        assert sorted(path.name for path in Path().iterdir()) == [".cache", "result.txt", "shop.json"]

    def test_whole(self) -> None:
        """With rejected subjects it is written all the same, and the exit code says so."""
        Path("shops.jsonl").write_text(GOOD % "shop-1" + "{\n" + GOOD % "shop-2", encoding="utf-8")
        out, code = evaluate("shops.jsonl", "--format", "json", "--output", "result.jsonl")
        assert (out, code) == ("", 1)
        written = Path("result.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["subject"] for line in written] == ["shop-1", None, "shop-2"]

    def test_no_input_no_output(self) -> None:
        assert evaluate("nowhere.json", "--output", "result.json")[1] == 2
        assert not Path("result.json").exists()


def _interrupted(*_: object) -> str:
    raise KeyboardInterrupt
