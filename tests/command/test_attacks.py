"""Folders, files and repositories that somebody else has made: none hangs, runs, reaches beyond itself or ends in a traceback."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.model.problem import InputError, PolicyError
from engine.reading import files as reading_files
from engine.reading.document import lines_of, read_json
from engine.reading.library import read_library
from engine.reading.revisions import side_files
from engine.reading.strict_yaml import read_yaml
from engine.telling.messages import MESSAGES
from tests.language.examples import BASE, run_xinyong

ROOT = Path(__file__).resolve().parents[2]
POLICY = (BASE / "policies/example.yaml").read_text(encoding="utf-8")
SHOP = '{"id": "shop-1", "kind": "organisation", "model": "example/shop"}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    shutil.copytree(BASE / "policies", "policies")
    Path("shop.json").write_text(SHOP, encoding="utf-8")


def xinyong(*arguments: str, lang: str = "en") -> tuple[str, int]:
    command, *rest = arguments
    return run_xinyong([command, "--lang", lang, *rest])


def evaluated() -> tuple[str, int]:
    return xinyong("evaluate", "shop.json", "--as-of", "2025-12-31")


def said(code: str, *arguments: str, exit_code: int) -> str:
    """In both languages, with that exit code; what is printed in English."""
    for lang, sign in (("zh", f"[{code}]："), ("en", f"[{code}]: ")):
        out, ended = xinyong(*arguments, lang=lang)
        assert (ended, sign in out) == (exit_code, True), out
    return out


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _socket(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(file.relative_to(Path.cwd())))


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
        assert name in said("wrong_kind", command, "policies", exit_code=2)

    @pytest.mark.parametrize("name", ["x.yaml", "common/measures.yaml", "cases/x.yaml"])
    @pytest.mark.parametrize("target", ["/etc/passwd", "/dev/zero", "../../shop.json", "/proc/self/environ"])
    def test_link_outside(self, name: str, target: str) -> None:
        """It is refused with the file that it leads to, of which nothing is shown."""
        file = Path("policies", name)
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        file.symlink_to(target if target.startswith("/") or "/" in name else "../shop.json")
        out = said("link_outside", "test" if name.startswith("cases") else "check", "policies", exit_code=2)
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
        said("link_dangling", "check", "policies", exit_code=2)
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
        assert "shared" in said("common_linked", "check", "policies", exit_code=0)
        Path("shared/measures.yaml").unlink()
        Path("shared/measures.yaml").symlink_to("/etc/passwd")
        said("link_outside", "check", "policies", exit_code=2)

    def test_common_is_no_folder(self) -> None:
        shutil.rmtree("policies/common")
        Path("policies/common").write_text("", encoding="utf-8")
        said("wrong_kind", "check", "policies", exit_code=2)

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
        said("common_twice", "check", "policies", exit_code=2)

    def test_not_read(self) -> None:
        """Copies, other formats, folders of policies and unknown common files are named; what is no policy is not."""
        unread = [
            "2024",
            "a.yaml.bak",
            "b.yml.txt",
            "c.json",
            "d.yaml~",
            "e.Yaml.orig",
            "common/scale.yaml",
            "common/catalogue.yaml.old",
        ]
        for name in (*unread[1:], "README.md", ".gitattributes", "figure.svg"):
            shutil.copy("policies/example.yaml", Path("policies", name))
        Path("policies/2024").mkdir()
        shutil.copy("policies/example.yaml", "policies/2024")
        Path("policies/figures").mkdir()
        out = said("not_read", "check", "policies", exit_code=0)
        assert sorted(
            line.split("`")[1].removeprefix("policies/") for line in out.splitlines() if "[not_read]" in line
        ) == sorted(unread)

    def test_names_not_utf8(self) -> None:
        """As a zip from Windows has them: policies are read, and problems have their places."""
        name = os.fsdecode("政策.yaml".encode("gbk"))
        Path("policies/example.yaml").rename(Path("policies", name))
        assert evaluated()[1] == evaluated()[1] == 0
        Path("policies", name).write_text(POLICY.replace("title:", "titel:", 1), encoding="utf-8")
        log = json.loads(xinyong("check", "policies", "--format", "sarif")[0])
        uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]}
        assert uris == {"policies/%D5%FE%B2%DF.yaml"}

    def test_too_large_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading_files, "MAX_TOGETHER", 1000)
        said("folder_too_large", "check", "policies", exit_code=2)

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
        said("file_silent", "check", "pipe.yaml", exit_code=2)

    def test_pipe(self) -> None:
        """One into which somebody writes is read."""
        os.mkfifo("pipe.yaml")
        with subprocess.Popen(["sh", "-c", "cat policies/example.yaml > pipe.yaml"]):
            out, _ = xinyong("check", "pipe.yaml")
        assert "pipe.yaml:8:" in out

    def test_endless(self) -> None:
        said("file_too_large", "check", "/dev/zero", exit_code=2)


def git(*arguments: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@a", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True).stdout


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
        monkeypatch.setattr("engine.reading.git.contents", lambda *_: pytest.fail("it was read"))
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
        said("git_slow", "diff", "HEAD:policies", "policies", exit_code=2)
        said("git_slow", "check", "policies", exit_code=0)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_of_another(self) -> None:
        """git's own refusal of a repository that somebody else owns stands, and check says that it could not compare."""
        os.chown(".git", 4711, 4711)
        os.chown(".", 4711, 4711)
        said("git_failed", "diff", "HEAD:policies", "policies", exit_code=2)
        said("git_failed", "check", "policies", exit_code=0)

    def test_links_are_compared_with_what_they_lead_to(self) -> None:
        """A changed policy behind a link inside the folder is found changed."""
        Path("policies/.data").mkdir()
        Path("policies/example.yaml").rename("policies/.data/policy.yaml")
        Path("policies/example.yaml").symlink_to(".data/policy.yaml")
        self.commit()
        Path("policies/.data/policy.yaml").write_text(POLICY.replace("each: -15", "each: -5"), encoding="utf-8")
        said("meaning_changed", "check", "policies", exit_code=1)


class TestText:
    @pytest.mark.parametrize(
        "character", ["\\0", "\\a", "\\v", "\\e", "\\r", "\\x7f", "\\x9b", "\\u200b", "\\u200d", "\\ufeff", "\\u202e", "\\u2066", "\\u2028", "\\u00ad", "\\ufffe", "\\U000e0041"]
    )  # fmt: skip
    def test_unseen(self, character: str) -> None:
        """Characters that nobody sees are no part of a title, note, name or case, with their places."""
        Path("policies/example.yaml").write_text(
            POLICY.replace("title: 商店信用评价", f'title: "商店{character}"', 1), encoding="utf-8"
        )
        assert "policies/example.yaml:3:8" in said("unseen_character", "check", "policies", exit_code=1)

    def test_unseen_elsewhere(self) -> None:
        """As they stand, in keys and in common files."""
        Path("policies/example.yaml").write_text(
            POLICY.replace("fact: satisfaction", "fact: satis\u200bfaction", 1), encoding="utf-8"
        )
        said("unseen_character", "check", "policies", exit_code=1)
        Path("policies/example.yaml").write_text(POLICY, encoding="utf-8")
        file = Path("policies/common/scales.yaml")
        file.write_text(file.read_text(encoding="utf-8").replace("grade: 优", 'grade: "优\\u200e"'), encoding="utf-8")
        assert "common/scales.yaml:" in said("unseen_character", "check", "policies", exit_code=1)

    def test_seen(self) -> None:
        """Chinese of every plane, full-width forms, glyph variants, private characters and lines are."""
        text = "𰻞𠮷　（）“”·〇㐀葛\U000e0100\ue000é\\n\\t第二行"
        Path("policies/example.yaml").write_text(POLICY.replace("商店信用评价实施方案", f'"{text}"'), encoding="utf-8")
        assert xinyong("check", "policies")[1] == 0

    @pytest.mark.parametrize(
        "document",
        ['{"id": "a\\ud800"}', '{"\\udfff": 1}', '["\\ude00\\ud83d"]', '{"a":\n [{"b": "\\ud83d \\ude00"}]}', '"\\\\\\ud800"', '"\\uD83D\\uD83D\\uDE00"'],
    )  # fmt: skip
    def test_half_characters(self, document: str) -> None:
        """Half a character is refused wherever it stands, at its place."""
        with pytest.raises(PolicyError) as caught:
            read_json(document.encode(), "x.json", 7)
        (problem,) = caught.value.problems
        place = problem.place
        assert place is not None
        assert (problem.code, place.text[place.column - 1 : place.column + 1]) == ("half_character", "\\u")
        assert place.text == document.split("\n")[place.line - 7]

    @pytest.mark.parametrize("document", ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\\\\\ud800"', '"\\\\u\\ud83d\\ude00"'])
    def test_whole_characters(self, document: str) -> None:
        assert read_json(document.encode(), "x.json") == json.loads(document)

    def test_in_a_batch(self) -> None:
        """One such line loses no other."""
        Path("shops.jsonl").write_text(f"{SHOP}\n{SHOP.replace('shop-1', 'a' + chr(92) + 'ud800')}\n{SHOP.replace('1', '2')}\n")
        out, code = xinyong("evaluate", "shops.jsonl", "--format", "json", "--as-of", "2025-12-31")
        assert ([json.loads(line).get("score") for line in out.splitlines()], code) == (["60.00", None, "60.00"], 1)
        said("half_character", "evaluate", "shops.jsonl", exit_code=1)

    @pytest.mark.parametrize("scalar", ['"\\ud800"', '"a\\udfff"'])
    def test_half_characters_in_yaml(self, scalar: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """With libyaml and without it."""
        import yaml

        for loader in (getattr(yaml, "CLoader", yaml.Loader), yaml.Loader):
            monkeypatch.setattr("engine.reading.strict_yaml._LOADER", loader)
            for text in (f"a: {scalar}\n", f"{scalar}: a\n"):
                with pytest.raises(PolicyError):
                    read_yaml(text.encode(), "x.yaml")


NUMBERS = [
    "9" * 5000,
    "-" + "9" * 4299,
    "1." + "1" * 5000,
    "1e999999999",
    "1e-999999999",
    "1e99999999999999999999999",
    "0." + "0" * 5000 + "1",
]


class TestNumbers:
    @pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
    @pytest.mark.parametrize("where", ['"attributes": {"staff": %s}', '"model": %s', '"%s": 1', '"members": [%s]'])
    def test_documents(self, number: str, where: str) -> None:
        """As JSON and as YAML: refused, in a message of a few lines."""
        text = SHOP.replace("}", f", {where % number}}}").replace('"model": "example/shop", "model"', '"model"')
        for name in ("shop.json", "shop.yaml") if "members" not in where else ("shop.json",):  # YAML has texts with e
            Path(name).write_text(text, encoding="utf-8")
            out, code = xinyong("evaluate", name, "--as-of", "2025-12-31")
            assert (code, "error[" in out) == (1, True)
            assert len(out) < 12_000

    @pytest.mark.parametrize("number", ["1." + "0" * 5000, "1" + "0" * 11, "0e999999999", "10000e-4", "0." + "0" * 5000])
    def test_allowed(self, number: str) -> None:
        """However it is written, a number within bounds is one."""
        Path("shop.json").write_text(SHOP.replace("}", f', "attributes": {{"balance": {number}}}}}'), encoding="utf-8")
        assert evaluated()[1] == 0

    @pytest.mark.parametrize("number", NUMBERS[:3], ids=range(3))
    def test_policies(self, number: str) -> None:
        Path("policies/example.yaml").write_text(POLICY.replace("each: -15", f"each: {number}"), encoding="utf-8")
        out, code = xinyong("check", "policies")
        assert (code, "error[number_" in out) == (1, True)
        assert len(out) < 2000


class TestYaml:
    @pytest.mark.parametrize(
        "text",
        ["[" * 1_000_000, "- " * 1_000_000, "{a: " * 500_000, "? " * 500_000, "a: &a [*a]", "&a {id: *a}", "a: *b", "\x00", "a: [", "a: 'b"],
        ids=range(10),
    )  # fmt: skip
    def test_refused(self, text: str) -> None:
        with pytest.raises(PolicyError):
            read_yaml(text.encode(), "x.yaml")

    def test_deep_by_aliases(self) -> None:
        """What is nested through aliases is as deep as if it stood there."""
        lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [[[[[*a{n - 1}]]]]]" for n in range(1, 40))]
        with pytest.raises(PolicyError) as caught:
            read_yaml("\n".join(lines).encode(), "x.yaml")
        assert caught.value.problems[0].code == "too_deep"

    def test_many_values(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("engine.reading.strict_yaml.MAX_VALUES", 100)
        Path("policies/example.yaml").write_text("a: [" + "1, " * 101 + "1]", encoding="utf-8")
        said("too_many_values", "check", "policies/example.yaml", exit_code=1)

    @pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030"])
    def test_encodings(self, codec: str) -> None:
        """A file in another encoding is called so, whether it says so at its start or not."""
        Path("policies/example.yaml").write_bytes(POLICY.encode(codec))
        Path("shop.json").write_bytes(SHOP.replace("shop-1", "商店").encode(codec))
        assert "error[encoding" in xinyong("check", "policies")[0]
        shutil.copy(BASE / "policies/example.yaml", "policies")
        assert "error[encoding" in evaluated()[0]

    @pytest.mark.parametrize("end", ["\r", "\r\n"])
    def test_line_ends(self, end: str) -> None:
        """Places count lines by any of them."""
        Path("policies/example.yaml").write_bytes(POLICY.replace("\n", end).encode())
        assert evaluated()[1] == 0
        Path("policies/example.yaml").write_bytes(POLICY.replace("scale: four", "scale: five").replace("\n", end).encode())
        assert "policies/example.yaml:8:8" in xinyong("check", "policies")[0]


def _mutated(text: str, draw: random.Random) -> str:
    """A text with something cut, doubled, moved or put in."""
    at, to = sorted((draw.randrange(len(text)), draw.randrange(len(text))))
    stray = draw.choice(
        [
            "[",
            "{",
            "'",
            '"',
            "\t",
            ": ",
            "- ",
            "&a ",
            "*a ",
            "!x ",
            "|\n",
            ">",
            "\r",
            "\x0b",
            "\x85",
            "\u2028",
            "#",
            "? ",
            "：",
            "\n\n",
            "%",
        ]
    )
    return draw.choice([text[:at], text[:at] + stray + text[at:], text[:at] + text[to:], text[:to] + text[at:], text[at:]])


@pytest.mark.parametrize("seed", range(150))
def test_places_lie_inside(seed: int) -> None:
    """Whatever is wrong with a file of policies, it is said at a line and a column that the file has."""
    draw = random.Random(seed)
    text = draw.choice([POLICY, (BASE / "policies/common/catalogue.yaml").read_text(encoding="utf-8")])
    for _ in range(draw.randint(1, 3)):
        text = _mutated(text, draw) or "\n"
    common = reading_files.read_common(BASE / "policies/common")
    try:
        read_library(reading_files.Files((("x.yaml", text.encode()),), common))
    except PolicyError as error:
        lines = lines_of(text) or [""]
        for problem in error.problems:
            assert problem.code in MESSAGES
            if problem.place is not None and problem.place.file == "x.yaml":
                assert 1 <= problem.place.line <= len(lines)
                assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@pytest.mark.parametrize(
    "day", ["", "today", "2025-02-30", "0000-01-01", "10000-01-01", "2025-1-1", "２０２５-01-01", "2025-01-01\n", "-1", "1e9"]
)
def test_no_day(day: str) -> None:
    for command in (["evaluate", "shop.json"], ["explain", "shop.json"], ["check"], ["docs"]):
        out, code = xinyong(*command, f"--as-of={day}")
        assert (code, "error[as_of]" in out) == (2, True)


@pytest.mark.parametrize("ending", ["md", "html", "docx", "xlsx"])
def test_nothing_in_force(ending: str) -> None:
    """There is no annex of nothing."""
    said("none_in_force", "docs", "--as-of", "2024-12-31", "--output", f"annex.{ending}", exit_code=2)
    assert not Path(f"annex.{ending}").exists()


def test_record_called_like_a_model() -> None:
    """A result of this run is told from a record of another category that has its id."""
    steps = (ROOT / "tests/language/models/good/composite.txt").read_text(encoding="utf-8").split("--- ")
    composite = next(step for step in steps if step.startswith("policies/composite.yaml\n"))
    Path("policies/composite.yaml").write_text(composite.partition("\n")[2], encoding="utf-8")
    record = {"id": "example/shop", "category": "penalty", "date": "2025-01-01", "fields": {"seriousness": "minor"}}
    Path("shop.json").write_text(json.dumps({**json.loads(SHOP), "records": [record]}), encoding="utf-8")
    out, code = xinyong("explain", "shop.json", "--policy", "composite", "--as-of", "2025-12-31")
    assert (code, "example/shop (this run's result)" in out) == (0, True)
    assert "2025-01-01 行政处罚" in xinyong("explain", "shop.json", "--policy", "example", "--as-of", "2025-12-31")[0]
