"""Fills the console blocks of pages with what the commands print now: `python -m tests.docs.bless docs/language.md`.

What agrees already stays, with its `…`; the difference is to be read before it is kept.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import Shell, agrees, chapters, commands, ours, prepare, tongue, write


def bless(page: Path, language: str) -> None:
    """Rewrites a page in place, from its end, so that line numbers stay right."""
    lines = page.read_text(encoding="utf-8").splitlines()
    outputs: list[tuple[int, int, list[str]]] = []
    for chapter in chapters(page):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
            shell = Shell(Path(folder), Path(cache), language)
            prepare(chapter, shell)
            for block in chapter.blocks:
                write(block, shell)
                for command in commands(block):
                    if not ours(page, command):
                        continue
                    actual = shell.run(command.text).rstrip("\n")
                    lines_shown = command.output.splitlines()
                    if not agrees(command.output, actual):
                        outputs.append((command.line, command.line + len(lines_shown), actual.splitlines()))
    for begin, end, output in reversed(outputs):
        lines[begin:end] = output
    page.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        bless(Path(name), tongue(Path(name)))
