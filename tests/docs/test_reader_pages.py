"""The pages for readers and the README files: the commands in them print what they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Shell, agrees, blocks, chapters, commands, ours, play, tongue

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("author", "reviewer", "operator", "developer", "annexes", "api")]
READMES = [file for file in (ROOT / "README.md", ROOT / "README.zh-CN.md") if file.is_file()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shell = Shell(tmp_path, tmp_path_factory.getbasetemp().parent / "cache", tongue(page))
    assert [wrong for chapter in chapters(page) for wrong in play(chapter, shell)] == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "language.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Those between the pages, to their headings too."""
    for name, heading in re.findall(r"\]\(([a-z]+\.md)?(?:#([^)]+))?\)", page.read_text(encoding="utf-8")):
        text = (page.parent / (name or page.name)).read_text(encoding="utf-8")
        headings = [line.lstrip("# ").replace(" ", "-").lower() for line in text.splitlines() if line.startswith("#")]
        assert not heading or heading.lower() in headings, f"{page.name}: {name}#{heading}"


@pytest.mark.parametrize("file", READMES, ids=lambda file: file.name)
def test_readme(file: Path, tmp_path: Path) -> None:
    """In the root of the repository; other commands than ours, such as those that install it, are not run."""
    shell = Shell(ROOT, tmp_path, tongue(file))
    wrong = []
    for block in blocks(file.read_text(encoding="utf-8")):
        for command in commands(block):
            if not ours(file, command):
                continue
            actual = shell.run(command.text)
            if command.output and not agrees(command.output, actual):
                wrong.append(f"line {command.line}: $ {command.text}\n{actual}")
    assert wrong == []
