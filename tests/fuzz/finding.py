"""What a fuzzer finds: an input on which the program breaks its word, told and kept so that it can be run again."""

from __future__ import annotations

import shutil
import traceback
from pathlib import Path

from msgspec import Struct

ENGINE = str(Path(__file__).resolve().parents[2] / "engine")

LINES = 12
"""Of a traceback so many last lines are told."""


class Wrong(Exception):
    """The program did not crash, and yet broke its word; `kind` and `what` together say in which way."""

    def __init__(self, kind: str, what: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {what}")
        self.kind, self.what, self.detail = kind, what, detail


class Finding(Struct, frozen=True):
    """An input by its target and number, and what came; findings with the same `cause` are counted once."""

    target: str
    number: int
    kind: str
    cause: str
    detail: str
    command: str = ""
    folder: str = ""


def of_exception(target: str, number: int, error: BaseException, command: str) -> Finding:
    """What an attempt ended with: a promise that was broken, or an exception that nobody caught."""
    if isinstance(error, Wrong):
        return Finding(target, number, error.kind, f"{error.kind}: {error.what}", error.detail, command)
    text = "".join(traceback.format_exception(error))
    cause = f"{type(error).__name__} in {_innermost(error)}"
    return Finding(target, number, "traceback", cause, "\n".join(text.strip().splitlines()[-LINES:]), command)


def _innermost(error: BaseException) -> str:
    """The innermost frame in the engine, or of all where there is none."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(ENGINE)]
    frame = (ours or frames)[-1] if frames else None
    return f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" if frame else "?"


def keep(finding: Finding, work: Path, into: Path) -> Path:
    """The files of an input copied under its target and number, with a page that says what came."""
    folder = into / f"{finding.target}-{finding.number}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work, folder, symlinks=True, dirs_exist_ok=True)
    (folder / "FINDING.txt").write_text(report_of(finding, ""), encoding="utf-8", errors="surrogateescape")
    return folder


def report_of(finding: Finding, seed: str) -> str:
    """One block for a finding."""
    lines = [f"== {finding.kind}: {finding.cause}", f"   {finding.target} number {finding.number}"]
    if seed:
        lines.append(f"   python -m tests.fuzz --seed {seed} --only {finding.target} --first {finding.number} --inputs 1")
    lines += [f"   {line}" for line in (finding.command, finding.folder) if line]
    return "\n".join([*lines, *(f"   | {line}" for line in finding.detail.splitlines())]) + "\n"
