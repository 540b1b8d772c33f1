"""Progress: nothing for short work, a line that renews itself on a terminal, one line per 10 s elsewhere."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len

from engine.cli import progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(to: StringIO, monkeypatch: pytest.MonkeyPatch, seconds_a_step: float, steps: int = 6400, term: str = "xterm") -> str:
    clock = iter(range(10**9))
    monkeypatch.setattr("engine.cli.progress.time.monotonic", lambda: next(clock) * 64 * seconds_a_step)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("TERM", term)
    counter = progress.Progress("evaluated", steps, to)
    for _ in range(steps):
        counter.step()
    counter.end()
    return to.getvalue()


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(StringIO(), monkeypatch, 0.0001) == ""
    assert run(Terminal(), monkeypatch, 0.0001) == ""


def test_a_line_each_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run(StringIO(), monkeypatch, 0.01).splitlines()
    assert 4 <= len(lines) <= 7
    assert lines[0].startswith("evaluated ")
    assert lines[0].endswith(" s left")


CLEAR = "\r\x1b[2K"


def test_a_terminal_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    text = run(Terminal(), monkeypatch, 0.01)
    assert text.count("\n") == 0
    assert text.endswith(CLEAR)


def test_one_line_renews_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in place of the one before, no wider than the terminal, in plain text."""
    monkeypatch.setenv("COLUMNS", "20")
    first, *lines, last = run(Terminal(), monkeypatch, 0.01).split(CLEAR)
    assert (first, last) == ("", "")
    assert len(lines) > 50
    assert all(line.startswith("evaluated ") and len(line) <= 20 and "\x1b" not in line for line in lines)


def test_the_width_of_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters of two columns count twice."""
    monkeypatch.setenv("COLUMNS", "10")
    monkeypatch.setattr("engine.cli.options.language", lambda: "zh")
    lines = run(Terminal(), monkeypatch, 0.01).split(CLEAR)
    assert {cell_len(line) for line in lines if line} == {10}
    assert "已评价 1,…" in lines


def test_what_cannot_renew_a_line_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = run(Terminal(), monkeypatch, 0.01, term="dumb")
    assert "\x1b" not in text
    assert 4 <= text.count("\n") <= 7


def test_ended_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken away already stays as it is."""
    monkeypatch.setenv("TERM", "xterm")
    to = Terminal()
    counter = progress.Progress("evaluated", 10, to)
    counter.end()
    assert to.getvalue() == ""
    counter.show()
    counter.end()
    before = to.getvalue()
    counter.end()
    assert to.getvalue() == before
