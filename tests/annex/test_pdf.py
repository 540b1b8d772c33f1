"""A .pdf is made by LibreOffice where it is installed: here a stand-in for it, which does as it does, or fails."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.problem import InputError, Problem
from engine.rendering.messages import message, remedy
from engine.rendering.sentences import Lang
from engine.usecases.output import pdf

ROOT = Path(__file__).resolve().parents[2]
PATH = os.environ.get("PATH", "")

GOOD = """
import sys
from pathlib import Path
arguments = sys.argv[1:]
assert arguments[0].startswith("-env:UserInstallation=file:///") and "--headless" in arguments
assert arguments[arguments.index("--convert-to") + 1] == "pdf"
source, folder = Path(arguments[-1]), Path(arguments[arguments.index("--outdir") + 1])
assert source.read_bytes()[:2] == b"PK"
(folder / f"{source.stem}.pdf").write_bytes(b"%PDF-1.7 " + b"x" * source.stat().st_size)
"""
FAILS = "print('convert failed')\nraise SystemExit(0)"
HANGS = "import time\ntime.sleep(600)"
EMPTY = (
    GOOD.rsplit("(folder", 1)[0] + "(folder / f'{source.stem}.pdf').write_bytes(b'')\nprint('source file could not be loaded')"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def install(program: str, name: str = "soffice") -> None:
    file = Path("bin") / name
    file.write_text(f"#!{sys.executable}\n{program}")
    file.chmod(0o755)


def docs(output: str = "附件.pdf") -> Problem | None:
    """What it is refused for."""
    policies = str(ROOT / "policies")
    arguments = ["docs", "park", "--output", output, "--policies", policies, "--as-of", "2026-01-01", "--lang", "zh"]
    result = CliRunner().invoke(cli, arguments)
    if result.exit_code == 0:
        assert result.output == ""
        return None
    assert isinstance(result.exception, InputError)
    (problem,) = result.exception.problems
    return problem


@pytest.mark.parametrize("name", pdf.PROGRAMS)
def test_made(name: str) -> None:
    install(GOOD, name)
    assert docs() is None
    assert Path("附件.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(os.listdir()) == ["bin", "附件.pdf"]


@pytest.mark.parametrize(("program", "cause"), [(FAILS, "convert failed"), (EMPTY, "source file could not be loaded")])
def test_failed(program: str, cause: str) -> None:
    install(program)
    Path("附件.pdf").write_bytes(b"%PDF-old")
    problem = docs()
    assert problem is not None
    assert (problem.code, problem.values["cause"]) == ("pdf_failed", cause)
    assert Path("附件.pdf").read_bytes() == b"%PDF-old"
    assert sorted(os.listdir()) == ["bin", "附件.pdf"]


def test_no_program() -> None:
    """It is there and cannot be started."""
    Path("bin/soffice").write_text("nothing that runs")
    Path("bin/soffice").chmod(0o755)
    problem = docs()
    assert problem is not None
    assert problem.code == "pdf_failed"


def test_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    install(HANGS)
    monkeypatch.setattr(pdf, "SECONDS", 1)
    problem = docs()
    assert problem is not None
    assert problem.code == "pdf_slow"
    assert os.listdir() == ["bin"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_not_there(lang: Lang) -> None:
    problem = docs()
    assert problem is not None
    assert message(problem, lang)
    assert remedy(problem, lang)
    assert problem.code == "pdf_needs_office"
    assert os.listdir() == ["bin"]


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", PATH)
    assert docs() is None
    assert Path("附件.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(os.listdir()) == ["bin", "附件.pdf"]
