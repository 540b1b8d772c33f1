"""Examples of the language: a text file that holds what is edited, the commands, and exactly what they print.

    one sentence that says what the example shows

    --- edit policies/example.yaml      a run of `- text` lines stands once in the file and gives way to the `+ text`
                                        lines after it (to nothing without any); `- …` is whatever lies between
    - points: 60, each: -15
    + points: 60, each: -15, step: 0
    --- policies/other.yaml             a whole file; `FILE in gbk` encodes it, `FILE of 17 MB` is as large as that
    --- without FILE                    takes a file away
    $ xinyong check policies --lang zh
    what it prints
    [exit 1]

Everything happens from top to bottom in a copy of `base/`. Beside `xinyong` an example can `git commit` everything,
`cat FILE`, and look at JSON by `… | jq -c '.score, .facts'`. SHIPPED stands for the folder of the policies that ship.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from engine.cli.main import main
from engine.reading.resources import resource_folder

HERE = Path(__file__).parent
BASE = HERE / "base"

_STEP = re.compile(r"--- (?P<file>\S.*)|\$ (?P<command>.*)")
_FILE = re.compile(r"(?:(?P<how>edit|without) )?(?P<name>\S+)(?: in (?P<codec>\S+)| of (?P<size>\d+) MB)?")
_UNSET = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "XINYONG_LEDGER")


class Step(NamedTuple):
    """A file to write or a command to run, and the lines below it: contents, edits or output."""

    head: str
    lines: list[str]

    @property
    def is_command(self) -> bool:
        return self.head.startswith("$ ")


class Example(NamedTuple):
    """What the sentence on top says, and what is done."""

    sentence: str
    steps: list[Step]


def example_files() -> list[Path]:
    """All examples, TOPIC/{good,bad}/NAME.txt."""
    return sorted(file for kind in ("good", "bad") for file in HERE.glob(f"*/{kind}/*.txt"))


def name_of(file: Path) -> str:
    """TOPIC/good/NAME."""
    return file.relative_to(HERE).with_suffix("").as_posix()


def read_example(text: str) -> Example:
    """The steps of an example in their order."""
    above: list[str] = []
    steps: list[Step] = []
    for line in text.split("\n")[:-1]:
        if _STEP.fullmatch(line):
            steps.append(Step(line, []))
        else:
            (steps[-1].lines if steps else above).append(line)
    return Example("\n".join(above).strip(), steps)


def run_example(text: str, folder: Path) -> str:
    """The example as it should read: the same steps, with what the commands print now."""
    example = read_example(text)
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    lines = [example.sentence, ""]
    with chdir(folder), mock.patch.dict(os.environ, {"XDG_CACHE_HOME": str(folder / ".cache"), "COLUMNS": "100"}):
        for name in _UNSET:
            os.environ.pop(name, None)
        for step in example.steps:
            lines.append(step.head)
            if step.is_command:
                lines += run_command(step.head.removeprefix("$ ")).split("\n")[:-1]
            else:
                lines += step.lines
                write_file(step)
    return "\n".join(lines) + "\n"


def write_file(step: Step) -> None:
    """Write, edit or take away a file of the current folder."""
    match = _FILE.fullmatch(step.head.removeprefix("--- "))
    assert match, f"not understood: {step.head}"
    file = Path(match["name"])
    if match["how"] == "without":
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if match["how"] == "edit":
        file.write_text(edited(file.read_text(encoding="utf-8"), step.lines), encoding="utf-8")
    elif match["size"]:
        with file.open("wb") as sparse:
            sparse.truncate(int(match["size"]) * 2**20)
    else:
        text = "".join(f"{line}\n" for line in _without_last_empty(step.lines))
        file.write_bytes(text.encode(match["codec"] or "utf-8"))


def _without_last_empty(lines: list[str]) -> list[str]:
    """An empty line before the next step is there for the eye."""
    return lines[:-1] if lines and not lines[-1] else lines


def edited(text: str, edits: list[str]) -> str:
    """Each run of `- text` lines must stand just once, and gives way to the `+ text` lines that follow it."""
    for old, new in _pairs(edits):
        matches = list(re.finditer("\n".join(".*?" if line == "…" else re.escape(line) for line in old), text, re.DOTALL))
        assert len(matches) == 1, f"stands {len(matches)} times: {old!r}"
        start, end = matches[0].span()
        if not new and text[start - 1 : start] in ("", "\n") and text[end : end + 1] == "\n":
            end += 1  # whole lines
        text = text[:start] + "\n".join(new) + text[end:]
    return text


def _pairs(edits: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    pairs: list[tuple[list[str], list[str]]] = []
    before = ""
    for line in edits:
        sign = line[:2]
        assert sign in ("- ", "+ ", ""), f"neither taken away nor added: {line!r}"
        if sign == "- ":
            if before != "- ":
                pairs.append(([], []))
            pairs[-1][0].append(line[2:])
        elif sign == "+ ":
            pairs[-1][1].append(line[2:])
        before = sign
    yield from pairs


def run_command(line: str) -> str:
    """What a command prints on both channels, and how it ends where that is not 0."""
    line, _, query = line.partition(" | jq -c ")
    name, *arguments = shlex.split(line)
    match name:
        case "xinyong":
            printed, code = run_xinyong(arguments)
        case "git" if arguments == ["commit"]:
            printed, code = commit(), 0
        case "cat":
            printed, code = Path(arguments[0]).read_text(encoding="utf-8"), 0
        case _:
            raise AssertionError(f"no such command in an example: {line}")
    printed = printed.replace(str(resource_folder("policies")), "SHIPPED")
    if query:
        printed = "".join(f"{value}\n" for value in selected(printed, shlex.split(query)[0]))
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed + (f"[exit {code}]\n" if code else "")


def run_xinyong(arguments: list[str]) -> tuple[str, int]:
    """The real program, in this process."""
    out = io.StringIO()
    with mock.patch.object(sys, "argv", ["xinyong", *arguments]), redirect_stdout(out), redirect_stderr(out):
        try:
            main()
        except SystemExit as end:
            return out.getvalue(), int(end.code or 0)
    raise AssertionError("the program always ends by an exit code")


def commit() -> str:
    """Everything in the current folder into a repository of its own."""
    who = ["-c", "user.name=official", "-c", "user.email=official@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "--quiet"], ["add", "--all"], [*who, "commit", "--quiet", "--message=policies"]):
        subprocess.run(["git", *command], check=True)
    return ""


def selected(printed: str, query: str) -> Iterator[str]:
    """What jq selects by paths such as `.facts.penalties`, `.dimensions[0].points` and `.measures[].id`."""
    for document in _documents(printed):
        for path in query.split(","):
            for value in _at(document, re.findall(r"[^.\[\]]+|\[\d*\]", path.strip())):
                yield json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _documents(printed: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while (at := len(printed) - len(printed[at:].lstrip())) < len(printed):
        document, at = decoder.raw_decode(printed, at)
        yield document


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    if not path:
        yield value
        return
    first, *rest = path
    if first == "[]":
        for part in value:
            yield from _at(part, rest)
    elif first.startswith("["):
        yield from _at(value[int(first[1:-1])], rest)
    else:
        yield from _at(value.get(first), rest)
