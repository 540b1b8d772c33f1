"""The pages for readers and the README files: the commands in them print what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Chapter, Shell, agrees, blocks, chapters, commands, play

PAGES = [
    (name, chapter)
    for name in ("author", "reviewer", "operator", "developer")
    for chapter in chapters(ROOT / "docs" / f"{name}.md")
]
READMES = [file for file in (ROOT / "README.md", ROOT / "README.zh-CN.md") if file.is_file()]


@pytest.mark.parametrize(("name", "chapter"), PAGES, ids=lambda part: part if isinstance(part, str) else part.title)
def test_pages(name: str, chapter: Chapter, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    language = "C.UTF-8" if name == "developer" else "zh_CN.UTF-8"
    shell = Shell(tmp_path, tmp_path_factory.getbasetemp().parent / "cache", language)
    assert play(chapter, shell) == []


@pytest.mark.parametrize("file", READMES, ids=lambda file: file.name)
def test_readme(file: Path, tmp_path: Path) -> None:
    """In the root of the repository; other commands than ours, such as those that install it, are not run."""
    shell = Shell(ROOT, tmp_path, "zh_CN.UTF-8" if "zh-CN" in file.name else "C.UTF-8")
    wrong = []
    for block in blocks(file.read_text(encoding="utf-8")):
        for command in commands(block) if block.language == "console" else ():
            if command.text.split()[0] != "xinyong":
                continue
            actual = shell.run(command.text)
            if command.output and not agrees(command.output, actual):
                wrong.append(f"line {command.line}: $ {command.text}\n{actual}")
    assert wrong == []
