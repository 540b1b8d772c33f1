"""Repositories that somebody else has made: nothing of them runs, and their names are names."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from engine.model.problem import InputError
from engine.reading.revisions import side_files
from tests.command.attacks.attacked import POLICY, git, output_with, xinyong


class TestRepository:
    @pytest.fixture(autouse=True)
    def repository(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        git("init", "--quiet")
        self.commit()

    def commit(self) -> None:
        git("add", "--all", "--", "policies")
        git("commit", "--quiet", "--message", "policies")

    def refused(self, side: str) -> str:
        with pytest.raises(InputError) as caught:
            side_files(side)
        return caught.value.problems[0].code

    @pytest.mark.parametrize(
        "side",
        [
            "--upload-pack=touch executed:policies", "-x:policies", "--output=executed:policies", "--help:x", "HEAD:--all",
            "HEAD:-x", "HEAD\nHEAD:policies", "HEAD:policies\nHEAD:shop.json", "HEAD:policies\r", ":(exclude)policies",
            "::(top)*", ":-x", ":--error-unmatch", "HEAD:../policies", "HEAD:/etc/passwd", "HEAD:policies/../../x", ":../..",
            "HEAD:" + "a/" * 4000, "HEAD:*", ":*", ":polic?es", "$(touch executed):policies", "|touch executed:policies", ":",
        ],
    )  # fmt: skip
    def test_names(self, side: str) -> None:
        """Whatever a side is called, it is a name, and there is nothing of that name."""
        out, code = xinyong("diff", "--", side, "policies")
        assert (code, "error[" in out) == (2, True), out
        assert not Path("executed").exists()

    def test_names_are_literal(self) -> None:
        """A folder with brackets, stars or Chinese is that folder, staged or committed."""
        for name in ("a[1]", "b*", ":(top)x", "政策", "-x", "a1"):
            shutil.copytree("policies", Path("policies", name))
        git("add", "--all", "--", "policies")
        for name in ("a[1]", "b*", ":(top)x", "政策", "-x"):
            assert len(side_files(f":policies/{name}").policies) == 1
        self.commit()
        for name in ("a[1]", "b*", ":(top)x", "政策", "-x"):
            assert len(side_files(f"HEAD:policies/{name}").policies) == 1

    @pytest.mark.parametrize("variable", ["GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"])
    def test_environment(self, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(variable, "1")
        assert len(side_files(":policies").policies) == 1

    def test_line_in_a_name(self) -> None:
        """A file whose name would be two questions to git is one file, and check goes on."""
        Path("policies/x\nHEAD:policies\n.yaml").write_text(
            POLICY.replace("policy: example", "policy: other"), encoding="utf-8"
        )
        out, code = xinyong("check", "policies")
        assert (code, "2 policy files" in out) == (0, True), out
        self.commit()
        assert len(side_files("HEAD:policies").policies) == 2

    @pytest.mark.parametrize("side", ["HEAD:policies", ":policies", "HEAD:./policies"])
    @pytest.mark.parametrize("name", ["x.yaml", "common", "common/scales.yaml"])
    def test_links(self, side: str, name: str) -> None:
        """git keeps links as links: one in a file's place is refused, wherever it leads."""
        file = Path("policies", name)
        if file.is_dir():
            shutil.rmtree(file)
        file.unlink(missing_ok=True)
        file.symlink_to("example.yaml")
        self.commit()
        assert self.refused(side) == "wrong_kind"
        assert self.refused("HEAD:policies/x.yaml") == ("wrong_kind" if name == "x.yaml" else "not_in_revision")

    def test_submodule(self) -> None:
        head = git("rev-parse", "HEAD").strip()
        git("update-index", "--add", "--cacheinfo", f"160000,{head},policies/x.yaml")
        git("commit", "--quiet", "--message", "submodule")
        assert self.refused("HEAD:policies") == self.refused(":policies") == "wrong_kind"
        assert self.refused("HEAD:policies/x.yaml") in ("wrong_kind", "not_in_revision")

    def test_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is too large is refused by its size, before it is read."""
        Path("policies/x.yaml").write_bytes(b"#" * (17 * 2**20))
        self.commit()
        monkeypatch.setattr("engine.reading.git.blob_contents", lambda *_: pytest.fail("it was read"))
        assert self.refused("HEAD:policies/x.yaml") == "file_too_large"
        Path("policies/x.yaml").unlink()
        self.commit()
        monkeypatch.setattr("engine.reading.revisions.MAX_TOGETHER", 1000)
        assert self.refused("HEAD:policies") == "folder_too_large"

    def test_configuration(self) -> None:
        """Nothing runs that a repository's own configuration, attributes or hooks name."""
        program = Path("evil").resolve()
        program.write_text(f"#!/bin/sh\ntouch {Path('executed').resolve()}\n", encoding="utf-8")
        program.chmod(0o755)
        for key in (
            "core.fsmonitor", "core.pager", "pager.cat-file", "diff.external", "core.sshCommand", "core.editor",
            "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command",
            "remote.evil.uploadpack", "credential.helper", "core.askPass", "core.alternateRefsCommand",
        ):  # fmt: skip
            git("config", key, str(program))
        git("config", "core.hooksPath", str(program.parent))
        for name, value in (
            ("remote.evil.url", f"ext::{program}"), ("remote.evil.promisor", "true"), ("extensions.partialClone", "evil"),
            ("protocol.ext.allow", "always"),
        ):  # fmt: skip
            git("config", name, value)
        Path("policies/.gitattributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
        Path("executed").unlink(missing_ok=True)
        lost = git("-c", "core.fsmonitor=false", "rev-parse", "HEAD:policies/example.yaml").strip()
        assert side_files("HEAD:policies").policies
        assert side_files(":policies").policies
        xinyong("check", "policies")
        xinyong("diff", "HEAD:policies", "policies")
        Path(".git/objects", lost[:2], lost[2:]).unlink()
        assert self.refused("HEAD:policies") in ("git_failed", "not_in_revision")
        xinyong("check", "policies")
        assert not Path("executed").exists()

    def test_slow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A git that does not answer ends in a message; check goes on, and says so."""
        Path("bin").mkdir()
        Path("bin/git").write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
        Path("bin/git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{Path('bin').resolve()}:{os.environ['PATH']}")
        monkeypatch.setattr("engine.reading.git.TIMEOUT", 0.2)
        output_with("git_slow", "diff", "HEAD:policies", "policies", exit_code=2)
        output_with("git_slow", "check", "policies", exit_code=0)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_of_another(self) -> None:
        """git's own refusal of a repository that somebody else owns stands, and check says that it could not compare."""
        os.chown(".git", 4711, 4711)
        os.chown(".", 4711, 4711)
        output_with("git_failed", "diff", "HEAD:policies", "policies", exit_code=2)
        output_with("git_failed", "check", "policies", exit_code=0)

    def test_links_are_compared_with_what_they_lead_to(self) -> None:
        """A changed policy behind a link inside the folder is found changed."""
        Path("policies/.data").mkdir()
        Path("policies/example.yaml").rename("policies/.data/policy.yaml")
        Path("policies/example.yaml").symlink_to(".data/policy.yaml")
        self.commit()
        Path("policies/.data/policy.yaml").write_text(POLICY.replace("each: -15", "each: -5"), encoding="utf-8")
        output_with("meaning_changed", "check", "policies", exit_code=1)
