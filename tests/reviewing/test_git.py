"""Sides as of git revisions, and `git diff` that shows the meaning, in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.problem import InputError
from engine.reading.revisions import side_files
from tests.reviewing.revised import BEFORE, edit

ROOT = Path(__file__).resolve().parents[2]
POLICY = Path("policies/every.yaml")
EARLIER, LATER = "each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -8}"


def git(*arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@a", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits, `v1` and `v2`, and a change that is staged and one that is not."""
    tools = tmp_path / "bin"
    tools.mkdir()
    program = tools / "xinyong"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m engine "$@"\n')
    program.chmod(0o755)
    for name, value in (
        ("PATH", f"{tools}:{os.environ['PATH']}"), ("LC_ALL", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", os.devnull),
        ("GIT_CONFIG_NOSYSTEM", "1"), ("NO_COLOR", "1"), ("PYTHONIOENCODING", "utf-8"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    place = tmp_path / "repository"
    place.mkdir()
    monkeypatch.chdir(place)
    shutil.copytree(BEFORE, "policies")
    git("init", "--quiet")
    commit("v1")
    edit(POLICY, (EARLIER, LATER))
    edit(Path("policies/common/scales.yaml"), ("{level: B, at_least: 70", "{level: B, at_least: 72"))
    commit("v2")
    return place


def commit(tag: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", tag)
    git("tag", tag)


def problem(side: str) -> str:
    with pytest.raises(InputError) as caught:
        side_files(side)
    return caught.value.problems[0].code


def content(files: tuple[tuple[str, bytes], ...], name: str) -> str:
    return dict(files)[name].decode()


class TestSides:
    def test_folder(self) -> None:
        """Policies and common files of the revision, under names that say which."""
        for revision, each, scale in (
            ("v1", EARLIER, "at_least: 70"),
            ("HEAD", LATER, "at_least: 72"),
            ("v2~1", EARLIER, "70"),
        ):
            files = side_files(f"{revision}:policies/")
            assert each in content(files.policies, f"{revision}:policies/every.yaml")
            assert scale in content(files.common, f"{revision}:policies/common/scales.yaml")

    def test_file(self) -> None:
        """With the common files beside it in the same revision."""
        files = side_files(f"v1:{POLICY}")
        assert [name for name, _ in files.policies] == ["v1:policies/every.yaml"]
        assert "at_least: 70" in content(files.common, "v1:policies/common/scales.yaml")

    def test_from_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir("policies")
        assert [name for name, _ in side_files("v1:./every.yaml").policies] == ["v1:./every.yaml"]
        assert [name for name, _ in side_files("v1:./").common][:1] == ["v1:./common/catalogue.yaml"]
        assert side_files("v1:policies").policies

    def test_staged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a revision, as git has it."""
        edit(POLICY, (LATER, EARLIER))
        git("add", "--all")
        edit(POLICY, (EARLIER, "each: {minor: -2, graver: -5}"))
        assert EARLIER in content(side_files(f":{POLICY}").policies, f":{POLICY}")
        files = side_files(":policies")
        assert EARLIER in content(files.policies, ":policies/every.yaml")
        assert [name for name, _ in files.common][:1] == [":policies/common/catalogue.yaml"]
        monkeypatch.chdir("policies")
        assert [name for name, _ in side_files(":./").policies] == [":./every.yaml"]
        assert [name for name, _ in side_files(":./common").policies][-1] == ":./common/scales.yaml"

    def test_shipped_common_files(self) -> None:
        """Where there are none beside it."""
        git("mv", "policies/common", "elsewhere")
        commit("v3")
        assert [name for name, _ in side_files("v3:policies").common if "engine" in name or "policies/common" in name]

    def test_what_is_there_comes_first(self) -> None:
        """A file with a colon in its name is a file."""
        shutil.copy(POLICY, "v1:every.yaml")
        assert [name for name, _ in side_files("v1:every.yaml").policies] == ["v1:every.yaml"]

    @pytest.mark.parametrize(
        ("side", "code"),
        [
            ("nowhere:policies", "revision_unknown"),
            ("v1:nowhere", "not_in_revision"),
            ("v1:policies/nowhere.yaml", "not_in_revision"),
            (":nowhere.yaml", "not_staged"),
            (":nowhere", "not_staged"),
            ("v1:", "no_policies"),
            ("v1", "file_missing"),
            ("v1:a\nb", "file_missing"),
        ],
    )
    def test_errors(self, side: str, code: str) -> None:
        assert problem(side) == code

    def test_no_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert problem("v1:policies") == "not_a_repository"

    def test_no_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert problem("v1:policies") == "git_failed"


class TestDriver:
    """As docs/reviewer.md sets it up."""

    @pytest.fixture(autouse=True)
    def configured(self) -> None:
        Path(".gitattributes").write_text("policies/*.yaml diff=xinyong\n")
        git("config", "diff.xinyong.command", "xinyong diff --git")

    def test_meaning(self) -> None:
        """Of the file, with the common files that stand beside it now."""
        told = git("diff", "v1", "v2", "--", str(POLICY))
        assert told.startswith("diff a/policies/every.yaml b/policies/every.yaml\n门店信用评价")
        assert "收紧  指标 行政处罚  计分  近两年一般以上处罚，每次扣5分 → 近两年一般以上处罚，每次扣8分" in told
        assert "a/policies/every.yaml:49 → b/policies/every.yaml:49" in told

    def test_comments(self) -> None:
        """Nothing is said to differ where nothing does, and other files are compared by their lines."""
        edit(POLICY, ("# Every construct", "# 每种写法"))
        edit(Path("policies/common/scales.yaml"), ("at_least: 72", "at_least: 71"))
        told = git("diff")
        assert "两边含义相同" in told
        assert "+      - {level: B, at_least: 71, grade: 良}" in told

    def test_new_gone_and_renamed(self) -> None:
        git("mv", str(POLICY), "policies/renamed.yaml")
        assert "b/policies/renamed.yaml\n两边含义相同" in git("diff", "--staged", "--find-renames")
        shutil.copy("policies/renamed.yaml", POLICY)
        edit(POLICY, ("policy: every", "policy: second"), ("policy: {is: every}", "policy: {is: second}"))
        git("add", "--all")
        assert "新增 政策 门店信用评价" in git("diff", "--staged", "--no-renames", "--", str(POLICY.with_name("renamed.yaml")))
        assert "删去 政策" in git("diff", "--staged", "--no-renames", "-R", "--", "policies/renamed.yaml")

    def test_unsound(self) -> None:
        """It is said, and the lines are compared."""
        edit(POLICY, ("title: 门店信用评价", "titel: 门店信用评价"))
        told = git("diff")
        assert "错误[unknown_key]" in told
        assert "--> b/policies/every.yaml:3:1" in told
        assert "+titel: 门店信用评价" in told
        assert "--- a/policies/every.yaml\n+++ b/policies/every.yaml\n@@" in told

    def test_unmerged(self) -> None:
        """A file in conflict does not end the listing."""
        for name, each in (("one", "-6"), ("two", "-7")):
            git("checkout", "--quiet", "-b", name, "v2")
            edit(POLICY, (LATER, f"each: {{minor: -1, graver: {each}}}"))
            commit(f"{name}-done")
        with pytest.raises(subprocess.CalledProcessError):
            git("merge", "one")
        assert "policies/every.yaml" in git("diff")


class TestHooks:
    """What pre-commit runs."""

    def test_meaning_changed(self) -> None:
        """Also where the common files were never committed, as the shipped ones are not."""
        git("rm", "--quiet", "--cached", "-r", "policies/common")
        git("commit", "--quiet", "--message", "v3")
        edit(POLICY, (LATER, EARLIER))
        done = CliRunner().invoke(cli, ["check"], standalone_mode=False)
        assert done.return_value == 1
        assert "meaning_changed" in done.stderr + done.stdout

    def test_hooks(self) -> None:
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        assert [hook["id"] for hook in hooks] == ["xinyong-check", "xinyong-test"]
        edit(Path("policies/every.yaml"), ('version: "1"\n', 'version: "2"\n'))
        for hook in hooks:
            done = subprocess.run(hook["entry"].split(), capture_output=True, text=True, encoding="utf-8")
            assert done.returncode == (0 if hook["id"] == "xinyong-check" else 2), done.stdout + done.stderr

    def test_example(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The commands of the example for merge requests run, and the comment tells the change."""
        job = yaml.safe_load((ROOT / "docs/examples/merge-request.yml").read_text(encoding="utf-8"))["jobs"]["review"]
        (script,) = [step["run"] for step in job["steps"] if step.get("name") == "diff"]
        monkeypatch.setenv("BASE", "v1")
        monkeypatch.setenv("GITHUB_OUTPUT", "output")
        done = subprocess.run(["bash", "-e", "-c", script], capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        assert Path("output").read_text() == "code=4\n"
        assert "每次扣8分" in Path("comment.md").read_text(encoding="utf-8")
        assert Path("review.html").read_text(encoding="utf-8").startswith("<!doctype html>")
        Path("comment.md").unlink()
        edit(POLICY, ("title: 门店信用评价", "titel: 门店信用评价"))
        subprocess.run(["bash", "-e", "-c", script], check=True, capture_output=True)
        assert Path("output").read_text() == "code=4\ncode=2\n"
        assert "unknown_key" in Path("comment.md").read_text(encoding="utf-8")
