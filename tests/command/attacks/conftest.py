"""A folder of policies and a subject, of each test's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command.attacks.attacked import SHOP
from tests.language.examples import BASE


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    shutil.copytree(BASE / "policies", "policies")
    Path("shop.json").write_text(SHOP, encoding="utf-8")
