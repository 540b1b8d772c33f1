"""The house keeps its rules: style, types, the direction of imports, and what ships is sound."""

from __future__ import annotations

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent

CHECKS = {
    "ruff check": [str(TOOLS / "ruff"), "check", "."],
    "ruff format": [str(TOOLS / "ruff"), "format", "--check", "."],
    "mypy": [str(TOOLS / "mypy")],
    "imports": [str(TOOLS / "lint-imports"), "--no-cache"],
    "policies": [sys.executable, "-m", "engine", "check", "policies"],
    "cases": [sys.executable, "-m", "engine", "test", "--coverage", "--min-coverage", "100"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_house(name: str) -> None:
    """Each tool has nothing to object to."""
    done = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_packaged() -> None:
    """What stands in the checkout stands in the wheel; an editable install would not miss it."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    rooms = {".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "engine").rglob("*.py")}
    assert rooms <= listed
    assert listed - rooms == {
        "engine.rendering.i18n",
        "engine.rendering.styles",
        "engine.rendering.templates",
        "engine.rendering.templates.annex",
        "engine.rendering.templates.batch",
        "engine.rendering.templates.changes",
        "engine.rendering.templates.explanation",
        "engine.schema",
        "engine.policies",
        "engine.policies.common",
        "engine.policies.cases",
        "engine.docs.checks",
    }


def test_init_files_are_empty() -> None:
    """Nothing is re-exported."""
    for file in (ROOT / "engine").rglob("__init__.py"):
        if file.parent.name != "engine":
            assert file.read_text() == "", file


def test_no_warnings_on_shipped_policies() -> None:
    """What we ship is an example to authors."""
    done = subprocess.run(
        [sys.executable, "-m", "engine", "check", "policies", "--lang", "en"], cwd=ROOT, capture_output=True, text=True
    )
    assert "0 errors, 0 warnings" in done.stdout, done.stdout
