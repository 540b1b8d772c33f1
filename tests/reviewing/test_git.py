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
        """Of the file, with the common files of the two revisions."""
        text = git("diff", "v1", "v2", "--", str(POLICY))
        assert text.startswith("diff a/policies/every.yaml b/policies/every.yaml\n连旁边的文件一起看：a/ 取自")
        assert "收紧  指标 行政处罚  计分  近两年一般以上处罚，每次扣5分 → 近两年一般以上处罚，每次扣8分" in text
        assert "a/policies/every.yaml:49 → b/policies/every.yaml:49" in text
        assert "a/policies/common/scales.yaml:7 → b/policies/common/scales.yaml:7" in text

    def test_whom_nobody_looked_at(self) -> None:
        """git hands over one file: whether other policies read its results, or use a scale, is not known."""
        edit(POLICY, ("  store:\n    title: 门店\n", "  store:\n    title: 门店\n    weight: 2\n"))
        edit(Path("policies/common/scales.yaml"), ("at_least: 72", "at_least: 71"))
        report = git("diff", "--", str(POLICY))
        assert "权重  1 → 2" in report
        assert "只看了这项政策的文件，其中没有模型读取其结果" in report
        assert "用到的 1 项政策：门店信用评价（只看了这项政策）" in report
        assert "所比较的政策中" not in report

    def test_comments(self) -> None:
        """Nothing is said to differ where nothing does, and other files are compared by their lines."""
        edit(POLICY, ("# Every construct", "# 每种写法"))
        assert git("diff") == "diff a/policies/every.yaml b/policies/every.yaml\n两边含义相同\n"
        edit(Path("policies/common/scales.yaml"), ("at_least: 72", "at_least: 71"))
        text = git("diff")
        assert "连旁边的文件一起看：a/ 取自暂存区，b/ 取自工作区" in text
        assert "放宽  等级标准 four B  72分 → 71分" in text
        assert "+      - {level: B, at_least: 71, grade: 良}" in text

    def test_new_gone_and_renamed(self) -> None:
        """A file of another name is what it was; what is new is new in the whole folder."""
        git("mv", str(POLICY), "policies/renamed.yaml")
        assert "b/policies/renamed.yaml\n两边含义相同" in git("diff", "--staged", "--find-renames")
        shutil.copy("policies/renamed.yaml", POLICY)
        edit(POLICY, ("policy: every", "policy: second"), ("policy: {is: every}", "policy: {is: second}"))
        git("add", "--all")
        text = git("diff", "--staged", "--no-renames", "--", "policies/renamed.yaml")
        assert text == (
            "diff a/policies/renamed.yaml b/policies/renamed.yaml\n"
            "连旁边的文件一起看：a/ 取自HEAD，b/ 取自暂存区\n两边含义相同\n"
        )
        shutil.copy("policies/renamed.yaml", "policies/third.yaml")
        edit(
            Path("policies/third.yaml"), ("policy: every", "policy: third"), ("policy: {is: every}", "policy: {is: third}"),
            ("title: 门店信用评价", "title: 网店信用评价"),
        )  # fmt: skip
        git("add", "--all")
        assert "新增 政策 网店信用评价" in git("diff", "--staged", "--no-renames", "--", "policies/third.yaml")
        assert "删去 政策 网店信用评价" in git("diff", "--staged", "--no-renames", "-R", "--", "policies/third.yaml")

    def test_unsound(self) -> None:
        """It is said, and the lines are compared."""
        edit(POLICY, ("title: 门店信用评价", "titel: 门店信用评价"))
        text = git("diff")
        assert "错误[unknown_key]" in text
        assert "--> b/policies/every.yaml:3:1" in text
        assert "+titel: 门店信用评价" in text
        assert "--- a/policies/every.yaml\n+++ b/policies/every.yaml\n@@" in text

    def test_unmerged(self) -> None:
        """A file in conflict does not end the listing."""
        for name, each in (("one", "-6"), ("two", "-7")):
            git("checkout", "--quiet", "-b", name, "v2")
            edit(POLICY, (LATER, f"each: {{minor: -1, graver: {each}}}"))
            commit(f"{name}-done")
        with pytest.raises(subprocess.CalledProcessError):
            git("merge", "one")
        assert "policies/every.yaml" in git("diff")


NEXT = Path("policies/every-2026.yaml")
ENTRY = 'revisions:\n  - {version: "2", date: 2025-12-01, intent: stricter, why: 从严, basis: plan}\n'
SUCCESSION = "声明收紧，实为收紧"
HANDED_OVER = "有效期至  2026-12-31 → 2025-12-31"


class TestSuccession:
    """A version in a new file, and the one that it follows, are told as one, whatever is compared."""

    @pytest.fixture(autouse=True)
    def succession(self) -> None:
        Path(".gitattributes").write_text("policies/*.yaml diff=xinyong\n")
        git("config", "diff.xinyong.command", "xinyong diff --git")
        git("add", "--all")
        commit("v3")
        shutil.copy(POLICY, NEXT)
        edit(POLICY, ("until: 2026-12-31", "until: 2025-12-31"))
        edit(
            NEXT, ("{from: 2025-01-01, until: 2026-12-31}", "{from: 2026-01-01, until: 2026-12-31}"),
            ('version: "1"\n', 'version: "2"\n'), ("revisions:\n", ENTRY), (LATER, "each: {minor: -1, graver: -9}"),
        )  # fmt: skip

    def both(self, *arguments: str) -> None:
        """The new file is compared with the old version, and the old one says that it is followed."""
        text = git(*arguments)
        new, old = text.index("b/policies/every-2026.yaml\n"), text.index("b/policies/every.yaml\n")
        assert new < old
        assert "新增 政策" not in text
        assert SUCCESSION in text[new:old]
        assert "每次扣8分 → 近两年一般以上处罚，每次扣9分" in text[new:old]
        assert HANDED_OVER in text[old:]
        assert "不影响结果" in text[old:]
        assert "超出声明" not in text

    @pytest.mark.long
    def test_not_staged(self) -> None:
        git("add", "--intent-to-add", "--all")
        self.both("diff")
        assert "a/ 取自暂存区，b/ 取自工作区" in git("diff")

    def test_staged(self) -> None:
        git("add", "--all")
        self.both("diff", "--staged")
        self.both("diff", "HEAD")

    @pytest.mark.long
    def test_committed(self) -> None:
        """As `git show`, `git log` and two revisions tell it, however many commits ago."""
        commit("v4")
        self.both("show", "--ext-diff", "--format=")
        self.both("diff", "v3", "v4")
        for name, old, new in (("one", "从严", "再从严"), ("two", "再从严", "又从严")):
            edit(NEXT, (f"why: {old}", f"why: {new}"))
            commit(name)
        self.both("show", "--ext-diff", "--format=", "v4")
        text = git("log", "-p", "--ext-diff", "--format=", "-3")
        assert text.count(SUCCESSION) == 1

    @pytest.mark.long
    def test_another_branch(self) -> None:
        """Held against the branch that this one goes back to, whatever was committed since."""
        git("stash", "--quiet", "--include-untracked")
        git("branch", "--force", "--move", "main")
        git("checkout", "--quiet", "-b", "work")
        git("stash", "pop", "--quiet")
        edit(NEXT, ("why: 从严", "why: 再从严"))
        commit("v4")
        edit(NEXT, ("why: 再从严", "why: 从严"))
        edit(POLICY, ("# Every construct", "# 每种写法"))
        git("add", "--all")
        self.both("diff", "main")
        self.both("diff", "--staged", "main")
        commit("v5")
        self.both("diff", "main", "HEAD")
        self.both("diff", "main...")
        assert "a/ 取自main，b/ 取自" in git("diff", "main")

    @pytest.mark.long
    def test_each_file_by_itself(self) -> None:
        """Whichever of the files is asked for."""
        git("add", "--all")
        assert SUCCESSION in git("diff", "--staged", "--", str(NEXT))
        text = git("diff", "--staged", "--", str(POLICY))
        assert HANDED_OVER in text
        assert "    收紧" not in text
        assert "门店信用评价 2 由 b/policies/every.yaml 的 1 接替" in git("diff", "--staged", "-R", "--", str(NEXT))

    @pytest.mark.long
    def test_moved_to_another_file(self) -> None:
        """A file that is gone says where its version goes on."""
        git("rm", "--quiet", "--force", str(POLICY))
        git("add", "--all")
        text = git("diff", "--staged", "--no-renames", "--", str(POLICY))
        assert "门店信用评价 1 由 b/policies/every-2026.yaml 的 2 接替，见那个文件" in text
        assert "新增" not in git("diff", "--staged", "--no-renames", "--", str(NEXT))

    @pytest.mark.long
    def test_several_places(self) -> None:
        """Where the index and HEAD have the file but others beside it, nothing is made out."""
        git("add", str(NEXT))
        git("checkout", "--quiet", "--", str(POLICY))
        edit(POLICY, ("# Every construct", "# 每种写法"))
        text = git("diff", "--", str(POLICY))
        assert "只看这一个文件：有几个版本都有这样的文件，旁边的文件不同，git 没有说比的是哪个" in text
        assert "用 xinyong diff REV:policies REV:policies" in text

    def test_not_to_be_known(self) -> None:
        """Revisions that are not before HEAD, and files outside of the repository."""
        commit("v4")
        git("checkout", "--quiet", "v3")
        text = git("diff", "v3", "v4", "--", str(NEXT))
        assert "只看这一个文件：git 没有说比的是哪两个版本" in text
        assert "新增 政策" in text

    @pytest.mark.long
    def test_unsound_beside_it(self) -> None:
        """What is wrong in another file does not hide the change."""
        edit(POLICY, ("title: 门店信用评价", "titel: 门店信用评价"))
        git("add", "--all")
        text = git("diff", "--staged", "--", str(NEXT))
        assert "只看这一个文件：旁边的文件有错误" in text
        assert "新增 政策" in text

    def test_at_the_root(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Policies that stand in no folder."""
        place = tmp_path / "flat"
        shutil.copytree("policies", place)
        (place / NEXT.name).unlink()
        monkeypatch.chdir(place)
        git("init", "--quiet")
        git("config", "diff.xinyong.command", "xinyong diff --git")
        Path(".gitattributes").write_text("*.yaml diff=xinyong\n")
        commit("root")
        edit(Path("every.yaml"), (LATER, EARLIER))
        shutil.copy("every.yaml", "second.yaml")
        edit(
            Path("second.yaml"),
            ("{from: 2025-01-01, until: 2025-12-31}", "{from: 2026-01-01}"),
            ('version: "1"\n', 'version: "2"\n'),
        )
        commit("more")
        text = git("show", "--ext-diff", "--format=", "--", "second.yaml")
        assert "1 → 2" in text

    def test_subfolder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """From wherever it is asked."""
        git("add", "--all")
        monkeypatch.chdir("policies")
        assert SUCCESSION in git("diff", "--staged", "--", NEXT.name)


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


class TestNearMisses:
    """What is no policy says what it is, and where to look."""

    @pytest.mark.parametrize(
        ("side", "code", "folder"),
        [
            ("HEAD:policies/common/scales.yaml", "common_alone", "HEAD:policies"),
            (":policies/common/catalogue.yaml", "common_alone", ":policies"),
            ("v1:./policies/common", "common_alone", "v1:./policies"),
            ("policies/common/measures.yaml", "common_alone", "policies"),
            ("policies/common/", "common_alone", "policies"),
            ("policies/cases/every.yaml", "cases_alone", "policies"),
            ("HEAD:policies/cases", "cases_alone", "HEAD:policies"),
        ],
    )
    def test_sides(self, side: str, code: str, folder: str) -> None:
        """Of either side, in words that name the folder."""
        cases = Path("policies/cases/every.yaml")
        cases.parent.mkdir()
        cases.write_text("cases: every\nas_of: 2025-12-31\nexamples: {}\n", encoding="utf-8")
        commit("v3")
        for sides in ((side, "policies"), ("policies", side)):
            with pytest.raises(InputError) as caught:
                CliRunner().invoke(cli, ["diff", *sides], standalone_mode=False, catch_exceptions=False)
            (problem,) = caught.value.problems
            assert (problem.code, problem.values["folder"]) == (code, folder)

    def test_above(self) -> None:
        """A folder whose policies stand in one below it."""
        for side in (".", "HEAD:"):
            with pytest.raises(InputError) as caught:
                CliRunner().invoke(cli, ["diff", side, "policies"], standalone_mode=False, catch_exceptions=False)
            (problem,) = caught.value.problems
            assert (problem.code, problem.values["known"]) == ("no_policies", ["policies" if side == "." else "HEAD:policies"])

    def test_driver(self) -> None:
        """Common files that git hands over are compared by their lines, without a word of what they lack."""
        Path(".gitattributes").write_text("*.yaml diff=xinyong\n")
        git("config", "diff.xinyong.command", "xinyong diff --git")
        text = git("diff", "v1", "v2", "--", "policies/common/scales.yaml")
        assert "错误" not in text
        assert text.startswith("diff a/policies/common/scales.yaml b/policies/common/scales.yaml\n--- a/")
        assert "+      - {level: B, at_least: 72, grade: 良}" in text
