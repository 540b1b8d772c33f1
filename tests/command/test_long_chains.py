"""Facts that rest on each other in many ways are looked at once each, not once a way: nothing takes longer than its reader waits."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lanes import few
from tests.language.examples import BASE

LINKS = 45


def total(number: int) -> str:
    return f"{{title: 和{number}, total: [{before(number, 1)}, {before(number, 2)}]}}"


def ratio(number: int) -> str:
    of, to = before(number, 1), before(number, 2)
    return f"{{title: 比{number}, percent: {{of: {of}, to: {to}}}, if_missing: {{use: {to}}}}}"


def before(number: int, back: int) -> str:
    return f"c{number - back}" if number > back else "penalties"


AS_OF = ["--as-of", "2025-12-31"]
SUBJECT = str(BASE / "subject.json")
COMMANDS = [
    ["docs", *AS_OF],
    ["check"],
    ["diff", str(BASE / "policies"), "policies"],
    ["explain", SUBJECT, *AS_OF],
    ["evaluate", SUBJECT, *AS_OF],
    ["evaluate", SUBJECT, *AS_OF, "--output", "a.csv"],
    ["forecast", SUBJECT, *AS_OF],
    ["check", "--prove"],
]


@pytest.mark.parametrize("link", [total, ratio])
@pytest.mark.parametrize("command", few(COMMANDS, 4))
def test_done(command: list[str], link: Callable[[int], str], tmp_path: Path) -> None:
    shutil.copytree(BASE / "policies", tmp_path / "policies")
    for name, old, new in (
        ("common/catalogue.yaml", "    title: 行政处罚\n", "    title: 行政处罚\n    direction: adverse\n"),
        (
            "example.yaml",
            "      satisfaction: {title",
            "".join(f"      c{n}: {link(n)}\n" for n in range(1, LINKS)) + "      satisfaction: {title",
        ),
        ("example.yaml", "when: {penalties: {at_least: 3}}", f"when: {{c{LINKS - 1}: {{at_least: 3}}}}"),
    ):
        file = tmp_path / "policies" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "engine", *command], cwd=tmp_path, capture_output=True, timeout=150, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr.decode()[:2000]
