"""Whatever an id, a name or a title holds, no line that a person reads is forged by it, and nothing in it is hidden."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.rendering.visible import visible, visible_in
from tests.lanes import few
from tests.language.examples import BASE, run_xinyong

HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
COMMON = ("--as-of", "2025-12-31", "--policies", "policies", "--lang")
NASTY = ["\n", "\r", "\x1b[2K", "\x1b]0;x\x07", "\u202e", "\u2066", "\u200b", "\ufeff", "\x85", "\u2028", "\x7f", "\t", "\x0b"]
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.sampled_from(["甲", "=", "error[x]: ", "  --> ", "zz"])), min_size=1)
names = texts.map("".join).map(lambda text: f"x{text}y")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setenv("COLUMNS", "1000")


def hidden(text: str) -> set[str]:
    return {character for character in text if character != "\n" and unicodedata.category(character) in HIDDEN}


def test_every_category() -> None:
    """All controls, formats, separators and halves of pairs; doing it twice changes nothing more."""
    whole = "".join(map(chr, range(0x110000)))
    assert not hidden(visible(whole))
    assert "\n" not in visible(whole)
    assert visible(visible(whole)) == visible(whole)


def test_in_values() -> None:
    """However deep; what has nothing to hide stays the same object."""
    assert visible_in({"a\n": [("b\x1b", 1)]}) == {"a\\n": [("b\\x1b", 1)]}
    plain = {"a": ("b",)}
    assert visible_in(plain) is plain


def document(name: str, text: str) -> dict[str, Any]:
    records = [
        {"id": name, "category": "penalty", "date": "2025-06-01", "source": text, "fields": {"seriousness": "minor"}},
        {"id": "s1", "category": "survey", "date": "2025-09-01", "fields": {"percent": 92}},
    ]
    return {"id": name, "kind": "organisation", "model": "example/shop", "name": text, "records": records}


def broken(name: str) -> dict[str, Any]:
    return document(name, name) | {"attributes": {name: 1}, "model": ["example/shop", name]}


def output_of(arguments: Sequence[str]) -> tuple[int, str]:
    out, code = run_xinyong([*arguments])
    assert "Traceback" not in out
    return code, out


def forged(out: str, name: str) -> list[str]:
    """Lines that begin with what stands after a line end in a name."""
    tails = [tail for tail in re.split("[\\n\\r\\x0b\\x85\\u2028]", name)[1:] if re.search(r"\w", tail)]
    return [line for line in out.split("\n") if line.startswith(tuple(tails))] if tails else []


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names)
def test_subjects(name: str) -> None:
    """Names and sources, then ids, keys and models too, which are refused; for few and for many."""
    for make in (lambda text: document("s", text), lambda text: document(text, text), broken):
        for command in (["evaluate"], ["explain"], ["evaluate", "--output", "results.csv", "--report", "page.html"]):
            Path("a.json").write_text(json.dumps(make(name)), encoding="utf-8")
            code, out = output_of([command[0], "a.json", *command[1:], *COMMON, "en"])
            assert code in (0, 1)
            assert hidden(out) == set()
            assert forged(out, name) == []
    page = Path("page.html").read_text(encoding="utf-8")
    assert hidden(page) == set()


@pytest.mark.parametrize("command", ["evaluate", "explain"])
def test_lines(command: str) -> None:
    """As many as of a plain name."""
    counts = set()
    for text in ("plain", "a\nb\nc"):
        Path("a.json").write_text(json.dumps(document("s", text)), encoding="utf-8")
        code, out = output_of([command, "a.json", *COMMON, "en"])
        assert code == 0, out
        counts.add(out.count("\n"))
    assert len(counts) == 1


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names)
def test_policies(name: str) -> None:
    """Titles, authorities, documents: in every text of every command, and in annexes that XML cannot hold otherwise."""
    shutil.rmtree("other", ignore_errors=True)
    shutil.copytree(BASE / "policies", "other")
    for old in ("商店信用评价实施方案", "多次处罚", "优先评先评优", "示例市商务局", "顾客满意度（%）"):
        source = Path("other/example.yaml").read_text(encoding="utf-8")
        Path("other/example.yaml").write_text(source.replace(old, json.dumps(name)), encoding="utf-8")
    for command in (
        ["check", "other"], ["test", "other"], ["diff", "policies", "other"],
        ["evaluate", "subject.json", "--policies", "other", "--as-of", "2025-12-31"],
        ["explain", "subject.json", "--policies", "other", "--as-of", "2025-12-31"],
    ):  # fmt: skip
        _, out = output_of([*command, "--lang", "en"])
        assert hidden(out) == set(), command
        assert forged(out, name) == [], command
    for form in ("html", "markdown"):
        assert hidden(output_of(["diff", "policies", "other", "--format", form, "--lang", "en"])[1]) == set()
    for ending in (".docx", ".xlsx", ".html", ".md"):
        output_of(["docs", "example", "--policies", "other", "--output", f"a{ending}", "--as-of", "2025-12-31"])


@pytest.mark.skipif(sys.platform != "linux", reason="names are not UTF-8 on Linux alone")
@pytest.mark.parametrize("name", few([b"\xd6\xd0.json", b"a\nb.json", b"a\x1b[31m.json", "a\u202eb.json".encode()], 1))
def test_file_names(name: bytes) -> None:
    """Names that are not UTF-8, or hide something, as inputs that are good, broken, and not there, and as outputs."""
    for content in (json.dumps(document("s", "s")), "{", None):
        Path(name.decode("utf-8", "surrogateescape")).unlink(missing_ok=True)
        if content is not None:
            Path(name.decode("utf-8", "surrogateescape")).write_text(content, encoding="utf-8")
        for command in (b"evaluate", b"explain"):
            for more in ([], [b"--output", b"out-" + name]):
                arguments = [sys.executable, "-m", "engine", command, name, *more, *COMMON, "en"]
                done = subprocess.run(arguments, capture_output=True)
                text = (done.stdout + done.stderr).decode()
                assert done.returncode in (0, 1, 2)
                assert "Traceback" not in text
                assert hidden(text) == set()
