"""A new check, begun by the scaffold in a copy of the tree, is named by the tests until it is written, and then passes them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import scaffold

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
NAME = "asking_title"
COMPLETE = "tests/language/test_complete.py"

WRITTEN = {
    "engine/authoring/lint/asking_title.py": {
        "TODO: what the check finds, in one sentence.": "A fact whose title asks.",
        "if not fact.title:  # TODO: what is looked at, and when it is worth a word": 'if fact.title.endswith("？"):',
    },
    "engine/rendering/i18n/problems.zh.ftl": {"TODO：事实 `{ $fact }`": "事实 `{ $fact }` 的题名是问句"},
    "engine/rendering/i18n/problems.en.ftl": {"TODO: the fact `{ $fact }`": "the title of the fact `{ $fact }` asks"},
    "docs/language.md": {"| TODO |": "| 事实的题名是问句 |"},
    "docs/checks/README.md": {"| TODO | TODO |": "| 事实的题名是问句 | A fact whose title asks |"},
    "docs/checks/asking_title.md": {
        "TODO：检查什么，一句话。": "事实的题名是问句。",
        "TODO: what the check finds, in one sentence.": "A fact whose title asks.",
        "TODO：不改会怎样；什么情形不报。": "题名要能直接印发。",
        "{}      # TODO": "{penalties: {title: 处罚？}}",
    },
    "tests/language/lint/bad/asking-title.txt": {
        "TODO: what the example has that the check finds": "a fact whose title asks",
        "TODO: text that stands once in tests/language/base/policies/example.yaml": "title: 近两年行政处罚次数",
        "TODO: text that the check finds": "title: 近两年行政处罚几次？",
    },
}
"""What a hand would put in place of each TODO."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the tests of the language look at."""
    for folder in ("engine", "docs/checks", "schema", "policies", "tests/language"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("docs/language.md", "tests/__init__.py", "tests/lanes.py", "tests/scaffold.py", "pyproject.toml", "setup.cfg"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def run(tree: Path, *arguments: str) -> tuple[int, str]:
    """A module of the copy, run in it."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "XDG_CACHE_HOME": str(tree / ".cache")}
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=tree, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def failed(tree: Path, *arguments: str) -> set[str]:
    """The tests that fail, by their names."""
    _, printed = run(tree, "pytest", "-n", "0", "-p", "no:cacheprovider", "-rf", "--tb", "no", *arguments)
    return set(re.findall(r"^FAILED \S+?::(\S+)", printed, re.MULTILINE))


@pytest.mark.long
def test_from_beginning_to_end(tree: Path) -> None:
    assert run(tree, "tests.scaffold", NAME)[0] == 0
    style = [[str(TOOLS / "ruff"), *words, "engine"] for words in (["check"], ["format", "--check"])]
    assert [subprocess.run(command, cwd=tree, capture_output=True).returncode for command in style] == [0, 0]
    left = {f"TestLints::test_{part}[{NAME}]" for part in ("example", "finished")}
    assert failed(tree, COMPLETE, "-k", f"{NAME} or test_problems or test_table") == {*left, "test_problems"}
    for file, edits in WRITTEN.items():
        text = (tree / file).read_text(encoding="utf-8")
        for old, new in edits.items():
            assert old in text
            text = text.replace(old, new)
        (tree / file).write_text(text, encoding="utf-8")
    assert failed(tree, "tests/language", "--bless", "-k", "asking-title") == set()
    assert failed(tree, COMPLETE) == set()


@pytest.mark.parametrize("name", ["", "Unused", "unused-fact", "unused_fact", "run", "id_twice", "../up"])
def test_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no name, or is taken, writes nothing."""
    monkeypatch.setattr(scaffold, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["scaffold", name])
    assert scaffold.main() == 2
    assert list(tmp_path.iterdir()) == []
