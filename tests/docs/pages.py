"""The fenced blocks of a page, and how each kind of them is run.

    ```yaml policy=NAME      a policy file, policies/NAME.yaml
    ```yaml common=NAME      a common file, policies/common/NAME.yaml
    ```yaml cases=NAME       cases, policies/cases/NAME.yaml
    ```json subject=NAME     a subject document, NAME.json
    ```yaml file=PATH        any other file (```json and ```jsonl too)
    ```yaml fragment=KIND    a piece of the policy or common file in which it must pass `check`; with `error=CODE` it must not
    ```python                after `>>> `, as doctest runs it: one session a chapter, when all files are written and commands are run
    ```console               commands after `$ `, each followed by its exact output; a line `…` stands for any lines

Inside a line of output `…` stands for the rest of it, whatever it is. Files are written in the order of the page into a
folder, which begins anew with each chapter (`## `) of docs/language.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = {"policy": "policies", "common": "policies/common", "cases": "policies/cases"}

_FENCE = re.compile(r"^```(?P<language>[a-z]+)?(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """One fenced block: where it begins, its language, the words of its info string and its text."""

    line: int
    language: str
    words: dict[str, str]
    text: str

    def file(self) -> str | None:
        """The file that it stands for."""
        for word, folder in FOLDERS.items():
            if word in self.words:
                return f"{folder}/{self.words[word]}.yaml"
        return f"{self.words['subject']}.json" if "subject" in self.words else self.words.get("file")


class Command(NamedTuple):
    """A command of a console block and the output that the page shows."""

    line: int
    text: str
    output: str


class Chapter(NamedTuple):
    title: str
    blocks: tuple[Block, ...]


def tongue(page: Path) -> str:
    """The language that a page is written in, as a locale."""
    return "C.UTF-8" if page.name in ("developer.md", "README.md", "api.md") else "zh_CN.UTF-8"


def blocks(text: str, first: int = 1) -> Iterator[Block]:
    """Every fenced block of a text that begins on the line `first` of its page."""
    for match in _FENCE.finditer(text):
        words = dict(word.split("=", 1) for word in match["info"].split() if "=" in word)
        yield Block(first + text.count("\n", 0, match.start()), match["language"] or "", words, match["text"])


def chapters(page: Path) -> list[Chapter]:
    """The parts of a page that begin anew: the chapters of docs/language.md, and any other page as a whole."""
    text = page.read_text(encoding="utf-8")
    if page.name != "language.md":
        return [Chapter(page.stem, tuple(blocks(text)))]
    begins = [0, *(match.start() for match in re.finditer(r"^## ", text, re.MULTILINE)), len(text)]
    parts = []
    for begin, end in pairwise(begins):
        part = text[begin:end]
        parts.append(Chapter(part.partition("\n")[0].lstrip("# "), tuple(blocks(part, 1 + text.count("\n", 0, begin)))))
    return parts


def ours(page: Path, command: Command) -> bool:
    """Whether a command is run: all but those of a README that are not our own, such as those that install it."""
    return not page.name.startswith("README") or command.text.split()[0] == "xinyong"


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block; none of any other."""
    if block.language != "console":
        return
    runs: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if line.startswith("$ "):
            runs.append((number, line[2:], []))
        elif runs:
            runs[-1][2].append(line)
    for number, text, lines in runs:
        yield Command(number, text, "".join(f"{line}\n" for line in lines).rstrip("\n"))


def session(chapter: Chapter) -> str:
    """The Python examples of a chapter, each on its line of the page."""
    lines: list[str] = []
    for block in chapter.blocks:
        if block.language == "python" and block.text.startswith(">>> "):
            lines += [""] * (block.line - len(lines))
            lines += block.text.splitlines()
    return "".join(f"{line}\n" for line in lines)


def agrees(output: str, actual: str) -> bool:
    """Whether an output is the one that a page shows."""
    lines = [re.escape(line).replace("…", ".*") if line != "…" else "(?s:.*)" for line in output.splitlines()]
    return re.fullmatch("\n".join(lines), actual.rstrip("\n")) is not None


class Shell:
    """Runs commands one by one in a folder, in a language; `$?` is the exit code of the one before."""

    def __init__(self, folder: Path, cache: Path, language: str) -> None:
        self.folder = folder
        self.code = 0
        tools = cache / "bin"
        tools.mkdir(parents=True, exist_ok=True)
        command = tools / "xinyong"
        if not command.exists():
            aside = tools / f".{os.getpid()}"
            aside.write_text(f'#!/bin/sh\nLC_ALL=$TONGUE exec {sys.executable} -m engine "$@"\n')
            aside.chmod(0o755)
            aside.replace(command)
        self.environment = {
            "PATH": f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(cache), "LC_ALL": "C.UTF-8", "TONGUE": language,
            "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a",
        }  # fmt: skip

    def run(self, command: str) -> str:
        """What a command prints, errors included."""
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.code}); {command}"], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, encoding="utf-8",
        )  # fmt: skip
        self.code = done.returncode
        return done.stdout.replace(str(ROOT / "policies"), "…/policies")  # where this tree lies says nothing

    def examples(self, text: str) -> str:
        """What doctest objects to in a session, in the folder."""
        file = self.folder / "session.txt"
        file.write_text(text, encoding="utf-8")
        return self.run(f"{sys.executable} -m doctest -o ELLIPSIS {file.name}")


def prepare(chapter: Chapter, shell: Shell) -> None:
    """The sample subjects of the repository, for chapters with commands."""
    if any(block.language in ("console", "python") for block in chapter.blocks):
        shutil.copytree(ROOT / "docs" / "samples", shell.folder / "docs" / "samples")


def write(block: Block, shell: Shell) -> None:
    """The file that a block stands for, if any."""
    if name := block.file():
        file = shell.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")


def play(chapter: Chapter, shell: Shell) -> list[str]:
    """Writes the files of a chapter and runs its commands; what came out otherwise."""
    prepare(chapter, shell)
    wrong: list[str] = []
    for block in chapter.blocks:
        write(block, shell)
        for command in commands(block):
            actual = shell.run(command.text)
            if not agrees(command.output, actual):
                wrong.append(f"line {command.line}: $ {command.text}\n{actual}")
    if examples := session(chapter):
        wrong += filter(None, [shell.examples(examples)])
    return wrong
