"""The page with a line for each file is as docs/files.py writes it."""

from __future__ import annotations

import subprocess
import sys

from tests.docs.pages import ROOT


def test_page_is_fresh() -> None:
    """Every file is there, with its own first sentence."""
    done = subprocess.run([sys.executable, ROOT / "docs" / "files.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_file_says_what_it_holds() -> None:
    """No line is empty."""
    lines = (ROOT / "docs" / "files.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.endswith("|  |")] == []
