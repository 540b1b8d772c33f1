"""Progress: nothing for short work, a line that renews itself on a terminal, one line per 10 s elsewhere."""

from __future__ import annotations

from io import StringIO

import pytest

from engine.cli import progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(to: StringIO, monkeypatch: pytest.MonkeyPatch, seconds_a_step: float, steps: int = 6400) -> str:
    clock = iter(range(10**9))
    monkeypatch.setattr("engine.cli.progress.time.monotonic", lambda: next(clock) * 64 * seconds_a_step)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    progress_bar = progress.Progress(("已评价", "evaluated"), steps, to)
    for _ in range(steps):
        progress_bar.step()
    progress_bar.end()
    return to.getvalue()


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(StringIO(), monkeypatch, 0.0001) == ""
    assert run(Terminal(), monkeypatch, 0.0001) == ""


def test_a_line_each_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run(StringIO(), monkeypatch, 0.01).splitlines()
    assert 4 <= len(lines) <= 7
    assert lines[0].startswith("evaluated ")
    assert lines[0].endswith(" s left")


def test_a_terminal_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    text = run(Terminal(), monkeypatch, 0.01)
    assert text.count("\n") == 0
    assert text.endswith("\r\x1b[K")
