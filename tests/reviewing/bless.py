"""Writes the golden reports anew: `python -m tests.reviewing.bless`; the difference is to be read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.reviewing.revised import revised
from tests.reviewing.test_reports import ENDINGS, GOLDEN, report


def bless() -> None:
    with tempfile.TemporaryDirectory() as folder:
        revised(Path(folder))
        os.chdir(folder)
        for lang in ("zh", "en"):
            for form, ending in ENDINGS.items():
                (GOLDEN / f"every.{lang}.{ending}").write_text(report(form, lang), encoding="utf-8")
        os.chdir(GOLDEN)


if __name__ == "__main__":
    bless()
