"""The cache folder: what is planted, damaged or foreign in it costs time at most, and what is kept is what was read."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import msgspec
import pytest
from platformdirs.windows import Windows

from engine.model.digest import digest
from engine.model.library import Library
from engine.reading import cache_folder
from engine.reading.cache_folder import read_cached, write_cached
from engine.reading.files import find_files
from engine.reading.library import read_library
from engine.reading.library_cache import library_of
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.language.examples import BASE, run_xinyong

ROOT = Path(__file__).resolve().parents[2]
OTHER = 4711
SHOP = '{"id": "shop-1", "kind": "organisation", "model": "example/shop"}'
as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, not made yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(BASE / "policies", "policies")
    Path("shop.json").write_text(SHOP, encoding="utf-8")
    return tmp_path / "cache" / "xinyong"


def evaluated() -> tuple[str, int]:
    return run_xinyong(["evaluate", "shop.json", "--as-of", "2025-12-31", "--format", "json", "--lang", "en"])


def the_library(folder: Path) -> Path:
    (file,) = folder.glob("*.library")
    return file


class TestData:
    """Policies come back equal, digests and all, and nothing but data is read."""

    def test_shipped(self) -> None:
        files = find_files([ROOT / "policies"])
        read = read_library(files).library
        assert library_of(files) == library_of(files) == read
        assert [digest(policy) for policy in library_of(files).policies] == [policy.digest for policy in read.policies]

    @pytest.mark.parametrize("policies", sorted(path.parent for path in ROOT.glob("tests/**/common/scales.yaml")))
    def test_every_folder(self, policies: Path) -> None:
        """Every folder of policies of the tests, which hold every word of the language."""
        read = read_library(find_files([policies.parent])).library
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=Library) == read

    def test_second_run(self, folder: Path) -> None:
        """What was kept is used: the program's readers are not asked again."""
        first = evaluated()
        before = the_library(folder).stat().st_mtime_ns
        assert evaluated() == first
        assert the_library(folder).stat().st_mtime_ns == before

    def test_names_and_groups(self) -> None:
        """Names that are not UTF-8 have a key, and no file passes for another."""
        before = find_files([Path("policies")])
        shutil.copy("policies/example.yaml", os.fsdecode(b"policies/\xb2\xe2.yaml"))
        Path("policies/example.yaml").unlink()
        other = find_files([Path("policies")])
        assert library_of(before) == library_of(other)


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    at = content.index(b"points") + 8  # some number: it would still decode
    content[at] ^= 1
    file.write_bytes(bytes(content))


def _huge(file: Path) -> None:
    with file.open("r+b") as sparse:
        sparse.truncate(5 * 2**30)


def _code(file: Path) -> None:
    file.write_bytes(pickle.dumps(_Bomb()))


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _linked(file: Path) -> None:
    moved = file.rename(file.parent / f"{file.name}.moved")
    file.symlink_to(moved.name)


def _hard_linked(file: Path) -> None:
    os.link(file, file.parent.parent / file.name)


def _writable(file: Path) -> None:
    file.chmod(0o666)


class _Bomb:
    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.system, ("touch executed",)


@pytest.mark.parametrize(
    "spoil",
    [_truncated, _flipped, _huge, _code, _empty, _pipe, _a_folder, _linked, _hard_linked, _writable],
)
def test_spoilt(folder: Path, spoil: Callable[[Path], None]) -> None:
    """Whatever stands in a kept file's place, the result is the same."""
    first = evaluated()
    spoil(the_library(folder))
    for mark in folder.glob("*.shape") if spoil is not _flipped else ():
        spoil(mark)
    assert evaluated() == first
    assert not Path("executed").exists()


def test_nested(folder: Path) -> None:
    """What is sealed but no library, however deep, is none."""
    first = evaluated()
    write_cached(the_library(folder).name, b"\x91" * 1_000_000)
    assert evaluated() == first


def test_taken_for_another(folder: Path) -> None:
    """A policy kept for other files is not taken for these."""
    evaluated()
    kept_before = the_library(folder)
    text = Path("policies/example.yaml").read_text(encoding="utf-8")
    Path("policies/example.yaml").write_text(text.replace("each: -15", "each: -1"), encoding="utf-8")
    first = evaluated()
    (now,) = set(folder.glob("*.library")) - {kept_before}
    shutil.copy(kept_before, now)
    assert evaluated() == first


class TestMarks:
    def test_planted(self, folder: Path) -> None:
        """An empty mark does not say that a file has its shape."""
        write_cached("some.shape", b"")
        assert read_cached("some.shape") == b""
        (folder / "other.shape").touch()
        assert read_cached("other.shape") is None
        shutil.copy(folder / "some.shape", folder / "other.shape")
        assert read_cached("other.shape") is None

    def test_as_many_as_needed(self, folder: Path) -> None:
        for number in range(30):
            write_cached(f"{number}.library", b"")
        assert len(list(folder.glob("*.library"))) == 20
        assert read_cached("29.library") == b""


class TestFolder:
    """A folder that others have, or can write into, is neither read nor written."""

    def unused(self, folder: Path) -> None:
        before = {path: path.lstat().st_mtime_ns for path in folder.resolve().glob("**/*")}
        assert read_cached("some.library") is None
        write_cached("new.library", b"new")
        evaluated()
        assert before == {path: path.lstat().st_mtime_ns for path in folder.resolve().glob("**/*")}

    @pytest.fixture(autouse=True)
    def cached(self, folder: Path) -> None:
        write_cached("some.library", b"kept")
        assert read_cached("some.library") == b"kept"

    def test_writable_by_others(self, folder: Path) -> None:
        folder.chmod(0o777)
        self.unused(folder)

    def test_link(self, folder: Path) -> None:
        folder.rename(folder.parent / "elsewhere")
        folder.symlink_to("elsewhere")
        self.unused(folder)

    def test_file(self, folder: Path) -> None:
        shutil.rmtree(folder)
        folder.write_bytes(b"")
        self.unused(folder)
        assert evaluated()[1] == 0

    @as_root
    def test_of_another(self, folder: Path) -> None:
        os.chown(folder, OTHER, OTHER)
        self.unused(folder)

    @as_root
    def test_file_of_another(self, folder: Path) -> None:
        os.chown(folder / "some.library", OTHER, OTHER)
        assert read_cached("some.library") is None

    def test_written_through_no_link(self, folder: Path) -> None:
        """A link in a file's place gives way to the file; what it leads to stays."""
        victim = folder.parent / "victim"
        victim.write_bytes(b"as before")
        (folder / "new.library").symlink_to(victim)
        (folder / f"new.library.{os.getpid()}.part").symlink_to(victim)
        write_cached("new.library", b"new")
        write_cached("some.library", b"new")
        assert victim.read_bytes() == b"as before"
        assert read_cached("new.library") is None
        assert read_cached("some.library") == b"new"

    @pytest.mark.parametrize("named", ["", "relative", "/proc/nowhere", "/dev/null"])
    def test_nowhere(self, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a folder everything is read anew."""
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        monkeypatch.setenv("HOME", "/proc/nowhere")
        assert evaluated()[1] == 0
        assert not Path("relative").exists()


def _nobody(user: int) -> None:
    raise KeyError(user)


class TestPlace:
    """The folder lies where the system has such folders."""

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not so")
    @pytest.mark.parametrize("named", ["/some/cache", "", "relative"])
    def test_linux(self, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A path that is not whole names no folder."""
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        monkeypatch.setenv("HOME", "/home/somebody")
        above = named if named.startswith("/") else "/home/somebody/.cache"
        assert cache_folder._path() == Path(above, "xinyong")

    def test_windows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the local application data, whatever XDG_CACHE_HOME says: nobody else can write there."""
        monkeypatch.setattr("sys.platform", "win32")
        monkeypatch.setattr("platformdirs.PlatformDirs", Windows)
        monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", r"C:\Users\somebody\AppData\Local")
        parts = PureWindowsPath(str(cache_folder._path()).replace("/", "\\")).parts
        assert parts == ("C:\\", "Users", "somebody", "AppData", "Local", "xinyong")

    def test_no_home(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pwd.getpwuid", _nobody)
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.delenv("HOME")
        write_cached("some.library", b"kept")
        assert read_cached("some.library") is None


@pytest.mark.parametrize("seed", range(40))
def test_worlds(seed: int) -> None:
    """Policies of the generator come back equal."""
    read, _, _ = read_world(world(Seeded(seed)))
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(read), type=Library)
    assert again == read
    assert [digest(policy) for policy in again.policies] == [policy.digest for policy in read.policies]


def test_nothing_is_unpickled() -> None:
    """No module of the engine imports what executes what it reads."""
    for file in (ROOT / "engine").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not any(word in text for word in ("import pickle", "import marshal", "import shelve", "S301")), file
