"""`check` compares with what was published: where a branch parts from the one that it goes back to, in real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.model.problem import InputError
from tests.reviewing.revised import BEFORE, edit
from tests.reviewing.test_git import git

POLICY = Path("policies/every.yaml")
EARLIER, LATER, LATEST = (f"each: {{minor: -1, graver: -{points}}}" for points in (5, 8, 9))
ONE, TWO = 'version: "1"\n', 'version: "2"\n'


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One commit on `main`."""
    for name, value in (("LC_ALL", "zh_CN.UTF-8"), ("GIT_CONFIG_GLOBAL", os.devnull), ("GIT_CONFIG_NOSYSTEM", "1")):
        monkeypatch.setenv(name, value)
    place = tmp_path / "repository"
    place.mkdir()
    monkeypatch.chdir(place)
    shutil.copytree(BEFORE, "policies")
    git("init", "--quiet", "--initial-branch", "main")
    commit()
    return place


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", "x")


def cloned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "--quiet", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")


def check(*more: str) -> tuple[list[str], str]:
    """The codes of what `check` finds, and all that it prints."""
    done = CliRunner().invoke(cli, ["check", *more], standalone_mode=False)
    assert done.exception is None, done.exception
    return [
        line.partition("[")[2].partition("]")[0] for line in done.stdout.splitlines() if line.startswith("错误[")
    ], done.stdout


def bump() -> None:
    edit(POLICY, (EARLIER, LATER), (ONE, TWO))


class TestBranch:
    def test_second_edit(self) -> None:
        """After the version is another one, the branch may go on; the working tree may too."""
        git("checkout", "--quiet", "-b", "work")
        bump()
        commit()
        edit(POLICY, (LATER, LATEST))
        assert check()[0] == []
        commit()
        assert check()[0] == []

    def test_published_version(self) -> None:
        """Without another version it is told however often the change was committed, and with what was compared."""
        git("checkout", "--quiet", "-b", "work")
        edit(POLICY, (EARLIER, LATER))
        commit()
        commit_of_main = git("rev-parse", "main").strip()
        codes, text = check()
        assert codes == ["meaning_changed"]
        assert f"已经发布的：main，在 {commit_of_main[:12]} 处" in text
        assert (
            f"what was published: main, as of {commit_of_main[:12]}"
            in CliRunner().invoke(cli, ["check", "--lang", "en"]).stdout
        )

    def test_main_goes_on(self) -> None:
        """What main says since then is not what the branch changed; once merged, it is what was published."""
        git("checkout", "--quiet", "-b", "work")
        git("checkout", "--quiet", "main")
        edit(POLICY, (ONE, TWO))
        commit()
        git("checkout", "--quiet", "work")
        assert check()[0] == []
        git("merge", "--quiet", "main")
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]

    def test_renamed_file(self) -> None:
        """A published version in a file of another name is that version."""
        git("checkout", "--quiet", "-b", "work")
        edit(POLICY, (EARLIER, LATER))
        git("mv", str(POLICY), "policies/renamed.yaml")
        commit()
        assert check()[0] == ["meaning_changed"]
        assert check("policies/renamed.yaml")[0] == ["meaning_changed"]

    def test_record(self) -> None:
        """The record that was published stands; that of the branch is still being written."""
        git("checkout", "--quiet", "-b", "work")
        entry = 'revisions:\n  - {version: "2", date: 2025-12-01, intent: stricter, why: 试, basis: plan}\n'
        edit(POLICY, (ONE, TWO), (EARLIER, LATER), ("revisions:\n", entry))
        commit()
        edit(POLICY, ("why: 试", "why: 再试"))
        assert check()[0] == []
        commit()
        git("checkout", "--quiet", "main")
        git("merge", "--quiet", "work")
        git("checkout", "--quiet", "-b", "next")
        edit(POLICY, ("intent: stricter", "intent: looser"))
        commit()
        assert check()[0] == ["revision_altered"]


class TestWhich:
    """What the branch goes back to."""

    def test_alone(self) -> None:
        """Without another branch it is the last commit."""
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]
        commit()
        assert check()[0] == []

    def test_none_usual(self) -> None:
        """With branches of which none is the usual one it is the last commit too."""
        git("branch", "--move", "main", "one")
        git("checkout", "--quiet", "-b", "two")
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]
        commit()
        assert check()[0] == []
        assert check("--against", "one")[0] == ["meaning_changed"]

    @pytest.mark.parametrize("name", ["main", "trunk"])
    def test_remote(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """On the default branch it is what was pushed; on others too, however far the local one is."""
        git("branch", "--move", "main", name)
        cloned(tmp_path, monkeypatch)
        bump()
        commit()
        edit(POLICY, (LATER, LATEST))
        commit()
        assert check()[0] == []
        git("checkout", "--quiet", "-b", "work")
        edit(POLICY, (LATEST, LATER))
        assert check()[0] == []
        edit(POLICY, (TWO, ONE))
        assert check()[0] == ["meaning_changed"]

    def test_pushed_copy(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was pushed of the branch itself is not published."""
        cloned(tmp_path, monkeypatch)
        git("checkout", "--quiet", "-b", "work")
        bump()
        commit()
        git("push", "--quiet", "--set-upstream", "origin", "work")
        edit(POLICY, (LATER, LATEST))
        assert check()[0] == []

    def test_upstream(self) -> None:
        """A branch that takes the changes of another goes back to that one."""
        git("branch", "--move", "main", "release")
        git("checkout", "--quiet", "-b", "main")
        edit(POLICY, (ONE, TWO))
        commit()
        git("checkout", "--quiet", "-b", "work")
        assert check()[0] == []
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]
        git("branch", "--quiet", "--set-upstream-to", "release")
        assert check()[0] == []

    def test_by_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A commit that is checked out by itself, as on a server, parts from the remote's default branch."""
        git("checkout", "--quiet", "-b", "work")
        edit(POLICY, (EARLIER, LATER))
        commit()
        git("checkout", "--quiet", "main")
        cloned(tmp_path, monkeypatch)
        git("checkout", "--quiet", "--detach", "origin/work")
        assert check()[0] == ["meaning_changed"]

    def test_nothing_committed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "empty").mkdir()
        monkeypatch.chdir(tmp_path / "empty")
        shutil.copytree(BEFORE, "policies")
        git("init", "--quiet")
        assert check()[0] == []

    def test_nothing_in_common(self) -> None:
        """A revision that is named says it by itself."""
        git("checkout", "--quiet", "--orphan", "other")
        edit(POLICY, (EARLIER, LATER))
        commit()
        assert check()[0] == []
        assert check("--against", "main")[0] == ["meaning_changed"]


class TestAgainst:
    @pytest.mark.parametrize("named", ["nowhere", "--all", "", "-x", "main\nmain", "HEAD:policies", "$(touch executed)"])
    def test_unknown(self, named: str) -> None:
        with pytest.raises(InputError) as caught:
            CliRunner().invoke(cli, ["check", f"--against={named}"], standalone_mode=False, catch_exceptions=False)
        assert caught.value.problems[0].code == "revision_unknown"
        assert not Path("executed").exists()

    def test_no_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.copytree(BEFORE, tmp_path / "policies")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(InputError) as caught:
            CliRunner().invoke(cli, ["check", "--against", "main"], standalone_mode=False, catch_exceptions=False)
        assert caught.value.problems[0].code == "not_a_repository"

    def test_no_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        assert check()[0] == []
        with pytest.raises(InputError) as caught:
            CliRunner().invoke(cli, ["check", "--against", "main"], standalone_mode=False, catch_exceptions=False)
        assert caught.value.problems[0].code == "git_failed"

    def test_nothing_runs(self) -> None:
        """What a repository configures is not run."""
        for name in ("core.fsmonitor", "gpg.program", "core.sshCommand", "diff.external", "core.pager", "alias.merge-base"):
            git("config", name, "touch executed" if name != "alias.merge-base" else "!touch executed")
        git("config", "log.showSignature", "true")
        git("checkout", "--quiet", "-b", "work")
        Path("executed").unlink(missing_ok=True)
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]
        assert check("--against", "main")[0] == ["meaning_changed"]
        assert not Path("executed").exists()

    def test_slow_repository(self) -> None:
        """Thousands of branches are not read."""
        head = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
        lines = "".join(f"create refs/heads/b{number} {head}\n" for number in range(2000))
        subprocess.run(["git", "update-ref", "--stdin"], input=lines, text=True, check=True)
        git("checkout", "--quiet", "b7")
        edit(POLICY, (EARLIER, LATER))
        assert check()[0] == ["meaning_changed"]
