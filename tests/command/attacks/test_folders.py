"""Folders that somebody else has made: nothing in them hangs, reaches beyond itself or ends in a traceback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.reading import files as reading_files
from tests.command.attacks.attacked import POLICY, evaluated, output_with, xinyong


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _socket(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(file.relative_to(Path.cwd())))


class TestFolder:
    @pytest.mark.parametrize("make", [_pipe, _socket, Path.mkdir])
    @pytest.mark.parametrize("name", ["x.yaml", "x.YML", "common/measures.yaml", "cases/x.yaml"])
    def test_no_file(self, make: Callable[[Path], None], name: str) -> None:
        """A pipe, socket or folder that is called like a file is named, and nobody waits for it."""
        file = Path.cwd() / "policies" / name
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        make(file)
        command = "test" if name.startswith("cases") else "check"
        assert name in output_with("wrong_kind", command, "policies", exit_code=2)

    @pytest.mark.parametrize("name", ["x.yaml", "common/measures.yaml", "cases/x.yaml"])
    @pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "../../shop.json", "/proc/self/environ"])
    def test_link_outside(self, name: str, target: str) -> None:
        """It is refused with the file that it leads to, of which nothing is shown."""
        file = Path("policies", name)
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(target if target.startswith("/") or "/" in name else "../shop.json")
        out = output_with("link_outside", "test" if name.startswith("cases") else "check", "policies", exit_code=2)
        assert "root:" not in out

    @pytest.mark.parametrize("name", ["x.yaml", "common", "common/measures.yaml"])
    @pytest.mark.parametrize("target", ["nowhere", "{name}"])
    def test_link_to_nothing(self, name: str, target: str) -> None:
        """Nor is one passed over that leads nowhere, or to itself."""
        file = Path("policies", name)
        if file.is_dir():
            shutil.rmtree(file)
        file.unlink(missing_ok=True)
        file.symlink_to(target.format(name=file.name))
        output_with("link_dangling", "check", "policies", exit_code=2)
        assert evaluated()[1] == 2

    def test_links_inside(self) -> None:
        """As Kubernetes mounts a ConfigMap: `..data` is a link to a folder, and each file a link through it."""
        for place in (Path("policies"), Path("policies/common")):
            data = place / "..2025_12_31"
            data.mkdir()
            (place / "..data").symlink_to(data.name)
            for file in list(place.glob("*.yaml")):
                file.rename(data / file.name)
                file.symlink_to(f"..data/{file.name}")
        assert xinyong("check", "policies") == ("1 policy file: 0 errors, 0 warnings\n", 0)

    def test_common_elsewhere(self) -> None:
        """Common files that several folders share by a link are used, and check says so."""
        Path("policies/common").rename("shared")
        Path("policies/common").symlink_to("../shared")
        assert evaluated()[1] == 0
        assert "shared" in output_with("common_linked", "check", "policies", exit_code=0)
        Path("shared/measures.yaml").unlink()
        Path("shared/measures.yaml").symlink_to("/etc/passwd")
        output_with("link_outside", "check", "policies", exit_code=2)

    def test_common_is_no_folder(self) -> None:
        shutil.rmtree("policies/common")
        Path("policies/common").write_text("", encoding="utf-8")
        output_with("wrong_kind", "check", "policies", exit_code=2)

    def test_hidden(self) -> None:
        """What macOS and editors leave beside a policy stops nobody."""
        for name in ("._example.yaml", ".example.yaml", ".#x.yaml", "common/._scales.yaml"):
            Path("policies", name).write_bytes(b"\x00\x05\x16\x07")
        assert xinyong("check", "policies") == ("1 policy file: 0 errors, 0 warnings\n", 0)

    def test_endings(self) -> None:
        """In any case, of common files too; one common file under two names is refused."""
        Path("policies/example.yaml").rename("policies/EXAMPLE.Yml")
        Path("policies/common/scales.yaml").rename("policies/common/Scales.YAML")
        assert evaluated()[1] == 0
        shutil.copy("policies/common/Scales.YAML", "policies/common/scales.yml")
        output_with("common_twice", "check", "policies", exit_code=2)

    def test_not_read(self) -> None:
        """Copies, other formats, folders of policies and unknown common files are named; what is no policy is not."""
        unread = [
            "2024",
            "a.yaml.bak",
            "c.json",
            "d.yaml~",
            "e.Yaml.orig",
            "common/scale.yaml",
            "common/catalogue.yaml.old",
        ]
        for name in (*unread[1:], "b.yml.txt", "README.md", ".gitattributes", "figure.svg"):
            shutil.copy("policies/example.yaml", Path("policies", name))
        Path("policies/2024").mkdir()
        shutil.copy("policies/example.yaml", "policies/2024")
        Path("policies/figures").mkdir()
        out = output_with("not_read", "check", "policies", exit_code=0)
        assert sorted(
            line.split("`")[1].removeprefix("policies/") for line in out.splitlines() if "[not_read]" in line
        ) == sorted(unread)
        assert "[file_hidden_ending]" in out
        assert "`policies/b.yml.txt`" in out

    def test_names_not_utf8(self) -> None:
        """As a zip from Windows has them: policies are read, and problems have their places."""
        name = os.fsdecode("政策.yaml".encode("gbk"))
        Path("policies/example.yaml").rename(Path("policies", name))
        assert evaluated()[1] == evaluated()[1] == 0
        Path("policies", name).write_text(POLICY.replace("title:", "titel:", 1), encoding="utf-8")
        log = json.loads(xinyong("check", "policies", "--format", "sarif")[0])
        uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["runs"][0]["results"]}
        assert uris == {"policies/%D5%FE%B2%DF.yaml"}

    def test_too_large_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading_files, "MAX_TOGETHER", 1000)
        output_with("folder_too_large", "check", "policies", exit_code=2)

    @pytest.mark.parametrize("path", ["a" * 5000, "a\nb", "shop.json/policies", "*"])
    def test_no_such_folder(self, path: str) -> None:
        for command in (
            ["check", path],
            ["test", path],
            ["diff", path, "policies"],
            ["evaluate", "shop.json", "--policies", path],
        ):
            out, code = xinyong(*command)
            assert (code, "error[" in out) == (2, True), command

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
    @pytest.mark.parametrize("folder", ["policies", "policies/common"])
    def test_no_permission(self, folder: str) -> None:
        Path(folder).chmod(0)
        try:
            assert evaluated()[1] == xinyong("check")[1] == 2
        finally:
            Path(folder).chmod(0o755)

    def test_silent_pipe(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A pipe that is named, and into which nobody writes, is not waited for for ever."""
        monkeypatch.setattr("engine.reading.document.PATIENCE", 0.01)
        os.mkfifo("pipe.yaml")
        output_with("file_silent", "check", "pipe.yaml", exit_code=2)

    def test_pipe(self) -> None:
        """One into which somebody writes is read."""
        os.mkfifo("pipe.yaml")
        with subprocess.Popen(["sh", "-c", "cat policies/example.yaml > pipe.yaml"]):
            out, _ = xinyong("check", "pipe.yaml")
        assert "pipe.yaml:8:" in out

    def test_endless(self) -> None:
        output_with("file_too_large", "check", "/dev/zero", exit_code=2)
