"""What `git diff` is told of each file is what a comparison of both whole folders says of it, whatever was changed."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from tests.reviewing.revised import BEFORE
from tests.reviewing.test_git import EARLIER, ENTRY, LATER, git

FROM, SECOND = "{from: 2025-01-01, until: 2026-12-31}", "{from: 2026-01-01, until: 2026-12-31}"


def driven(*revisions: str) -> Iterator[tuple[str, str]]:
    """As git would call it: each file that differs, and what is said of it."""
    listed = git("diff", "--no-ext-diff", "--no-renames", "--raw", "--no-abbrev", *revisions, "--", ":(glob)policies/*.yaml")
    for number, line in enumerate(listed.splitlines()):
        old_mode, new_mode, old_hash, new_hash, rest = line[1:].split(" ", 4)
        path = rest.partition("\t")[2]
        files = []
        for letter, key in (("old", old_hash), ("new", new_hash)):
            if not key.strip("0"):
                files.append(path if letter == "new" and Path(path).exists() and "--staged" not in revisions else os.devnull)
                continue
            blob = Path(f"../{number}{letter}")
            blob.write_text(git("cat-file", "blob", key), encoding="utf-8")
            files.append(str(blob))
        hashes = ["." if file == os.devnull else key for file, key in zip(files, (old_hash, new_hash), strict=True)]
        done = CliRunner().invoke(
            cli, ["diff", "--git", path, files[0], hashes[0], old_mode, files[1], hashes[1], new_mode], standalone_mode=False
        )
        assert done.exception is None, done.exception
        yield path, done.stdout


def blocks(text: str) -> set[str]:
    """The policies of a report, without the names of the sides; changes of common files and days are told once a report."""
    text = re.sub(r"^(?:diff |连旁边的文件一起看|只看这一个文件|.*接替，见那个文件$).*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ +\S+  等级标准 .*\n.*scales.yaml.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n  施行\n(?:    .*\n)+", "", text)
    text = re.sub(r"(?:a|b|HEAD|:|)/?:?policies/", "policies/", text)
    parts = (re.sub(r"\n\n  政策$", "", part.strip()) for part in re.split(r"\n\n(?=\S)", text))
    return {part for part in parts if re.match(r"\S+  \w+  ", part)}


REVISIONS: tuple[tuple[str, ...], ...] = ((), ("--staged",), ("HEAD",))


@pytest.mark.parametrize("seed", range(1))
@pytest.mark.parametrize("revisions", REVISIONS)
def test_random(seed: int, revisions: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same(seed, revisions, tmp_path, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 16))
@pytest.mark.parametrize("revisions", REVISIONS)
def test_many(seed: int, revisions: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same(seed, revisions, tmp_path, monkeypatch)


def same(seed: int, revisions: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LC_ALL", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", os.devnull), ("GIT_CONFIG_NOSYSTEM", "1")):
        monkeypatch.setenv(name, value)
    draw = random.Random(seed)
    place = tmp_path / "repository"
    place.mkdir()
    monkeypatch.chdir(place)
    shutil.copytree(BEFORE, "policies")
    first, second, common = (Path("policies", name) for name in ("every.yaml", "a-next.yaml", "common/scales.yaml"))
    if draw.random() < 0.4:
        change(draw, first, second, common)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")
    change(draw, first, second, common)
    if revisions or draw.random() < 0.5:
        git("add", "--all")
    else:
        git("add", "--intent-to-add", "--all")
    sides = {
        (): (":policies", "policies"),
        ("--staged",): ("HEAD:policies", ":policies"),
        ("HEAD",): ("HEAD:policies", "policies"),
    }[revisions]
    if revisions == () and not git("diff", "--name-only", "--", "policies"):
        return
    if revisions == () and second.exists() and str(second) not in git("ls-files"):
        return
    whole = CliRunner().invoke(cli, ["diff", *sides], standalone_mode=False)
    if whole.exception is not None:
        return  # two versions on one day: neither is sound
    blocks_said = [block for _, text in driven(*revisions) for block in blocks(text)]
    named = {path for path, _ in driven(*revisions)}
    expected = {block for block in blocks(whole.stdout) if any(name in block for name in named)}
    assert set(blocks_said) <= blocks(whole.stdout)
    assert expected <= set(blocks_said)


def change(draw: random.Random, first: Path, second: Path, common: Path) -> None:
    """Some of: other points, a succession, another scale, the file under another name."""
    text = first.read_text(encoding="utf-8")
    if draw.random() < 0.5:
        points = draw.randint(2, 9)
        text = re.sub(r"each: \{minor: -1, graver: -\d\}", f"each: {{minor: -1, graver: -{points}}}", text)
    if draw.random() < 0.5 and not second.exists() and FROM in text:
        follows = text.replace(FROM, SECOND).replace('version: "1"\n', 'version: "2"\n').replace("revisions:\n", ENTRY, 1)
        second.write_text(follows.replace(EARLIER, LATER), encoding="utf-8")
        text = text.replace("until: 2026-12-31", "until: 2025-12-31")
    first.write_text(text, encoding="utf-8")
    if draw.random() < 0.3:
        scales = common.read_text(encoding="utf-8")
        common.write_text(
            re.sub(r"level: B, at_least: \d+", f"level: B, at_least: {draw.randint(65, 75)}", scales), encoding="utf-8"
        )
