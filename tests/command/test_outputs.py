"""Outputs: nothing that is read is overwritten, devices are written to, full disks are named, modes and links stay."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import openpyxl
import pytest

from engine.rendering.spreadsheet_cells import is_formula, safe_cell
from tests.lanes import few
from tests.language.examples import BASE, run_xinyong

LINE = '{"id": "%s", "kind": "organisation", "model": "example/shop"}\n'
EVALUATE = ("--as-of", "2025-12-31", "--policies", "policies", "--lang", "en")
BAD = LINE.replace("}", ', "attributes": {"staff": -1}}')

CASES = """cases: example
as_of: 2025-12-31
subjects:
  good: {model: shop}
examples:
  nothing: {title: none, from: good, expect: {level: C}}
"""

OUTPUTS: dict[str, list[str]] = {
    "json": ["evaluate", "a.json", "--format", "json", *EVALUATE, "--output"],
    "text": ["evaluate", "a.json", "--format", "text", *EVALUATE, "--output"],
    "table": ["evaluate", "tables", *EVALUATE, "--output"],
    "report": ["evaluate", "tables", *EVALUATE, "--report"],
    "rejects": ["evaluate", "tables", *EVALUATE, "--rejects"],
    "explain": ["explain", "a.json", *EVALUATE, "--output"],
    "diff": ["diff", "policies", "other", "--population", "a.json", "--output"],
    "docs": ["docs", "--policies", "policies", "--output"],
    "template": ["template", "example", "--policies", "policies", "--output"],
}
"""Each way to name an output."""

READ = {
    "json": ["a.json"], "text": ["a.json"], "explain": ["a.json"], "diff": ["a.json", "other/example.yaml"],
    **{key: ["tables/subjects.csv", "tables/records.csv"] for key in ("table", "report", "rejects")},
}  # fmt: skip
"""What each of them reads, beside the policies."""


def _link_to_a_link(file: Path, name: Path) -> None:
    name.with_name("middle").symlink_to(file.resolve())
    name.symlink_to("middle")


NAMED: dict[str, Callable[[Path, Path], object]] = {
    "itself": lambda file, name: name,
    "link": lambda file, name: name.symlink_to(file.resolve()),
    "hard link": lambda file, name: name.hardlink_to(file),
    "link to a link": _link_to_a_link,
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(BASE / "policies", tmp_path / "other")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    Path("a.json").write_text(LINE % "shop-1", encoding="utf-8")
    Path("policies/cases").mkdir()
    Path("policies/cases/example.yaml").write_text(CASES, encoding="utf-8")
    Path("tables").mkdir()
    Path("tables/subjects.csv").write_text("id,kind,model\nshop-1,organisation,example/shop\n", encoding="utf-8")
    Path("tables/records.csv").write_text("subject,id,category,date\nshop-2,r1,penalty,2025-06-01\n", encoding="utf-8")


def everything() -> dict[str, bytes]:
    """Each file that is there, but for the cache."""
    files = [path for path in Path().rglob("*") if path.is_file() and ".cache" not in path.parts]
    return {str(path): path.read_bytes() for path in files}


def refused(arguments: Sequence[str | Path], code: str) -> None:
    """Exit 2 with the problem, and nothing else has changed."""
    before = everything()
    out, status = run_xinyong([*map(str, arguments)])
    assert (status, code in out) == (2, True), out
    assert "Traceback" not in out
    assert everything() == before


class TestCollisions:
    """Whatever is read stays, by whatever name it is called as an output."""

    @pytest.mark.parametrize("named", NAMED)
    @pytest.mark.parametrize("kind", OUTPUTS)
    def test_read(self, kind: str, named: str) -> None:
        ending = {"docs": ".md", "template": ".xlsx"}.get(kind, ".csv")
        files = [*READ.get(kind, []), "policies/example.yaml", "policies/common/catalogue.yaml"]
        for number, file in enumerate(files):
            name = Path(file) if named == "itself" else Path(f"o{number}{ending}")
            NAMED[named](Path(file), name)
            if name.suffix != ending and kind in ("docs", "template", "table"):
                refused([*OUTPUTS[kind], name], "[output_")
            else:
                refused([*OUTPUTS[kind], name], "[output_is_input]")
            Path("middle").unlink(missing_ok=True)

    @pytest.mark.parametrize("other", ["r.csv", "./r.csv", "R.CSV", "r.rejects.csv", "link.csv"])
    def test_each_other(self, other: str) -> None:
        """The same place, though nothing stands there yet; the file of refused rows is an output too."""
        Path("link.csv").symlink_to("r.csv")
        refused([*OUTPUTS["table"], "r.csv", "--report", other], "[outputs_collide]")
        if other != "r.rejects.csv":
            refused([*OUTPUTS["table"], "r.csv", "--rejects", other], "[outputs_collide]")

    def test_within(self) -> None:
        """What stands in a folder that is replaced."""
        run_xinyong([*OUTPUTS["table"], "results"])
        refused([*OUTPUTS["table"], "results", "--report", "results/page.html"], "[outputs_collide]")

    def test_default_rejects(self) -> None:
        Path("r.rejects.csv").symlink_to("tables/records.csv")
        refused([*OUTPUTS["table"], "r.csv"], "[output_is_input]")

    @pytest.mark.parametrize("name", ["tables", "tables/members.csv", "tables/Records.parquet"])
    def test_folder_of_the_input(self, name: str) -> None:
        """What would be read the next time, too."""
        refused([*OUTPUTS["table"], name], "[output_is_input]")

    @pytest.mark.parametrize("last", ["last.parquet", "last"])
    def test_since(self, last: str) -> None:
        run_xinyong([*OUTPUTS["table"], last])
        refused([*OUTPUTS["table"], last, "--since", last], "[output_is_input]")

    def test_since_in_place(self) -> None:
        """A database is renewed: a copy takes its place when it is whole."""
        run_xinyong([*OUTPUTS["table"], "last.duckdb"])
        Path("link.duckdb").symlink_to("last.duckdb")
        for name in ("last.duckdb", "link.duckdb"):
            out, code = run_xinyong([*OUTPUTS["table"], "last.duckdb", "--since", name])
            assert code == 1, out
        assert Path("last.duckdb").stat().st_size > 0

    def test_filled_template(self) -> None:
        """An empty workbook is written anew; whatever else stands there stays."""
        for _ in range(2):
            assert run_xinyong([*OUTPUTS["template"], "t.xlsx", "--lang", "en"])[1] == 0
        book = openpyxl.load_workbook("t.xlsx")
        book["主体"]["A2"] = "shop-1"
        book.save("t.xlsx")
        refused([*OUTPUTS["template"], "t.xlsx", "--lang", "en"], "[template_filled]")

    @pytest.mark.parametrize("name", ["back.parquet", "back.txt", "back", "back.csv.gz", "back.json"])
    def test_rejects_of_another_kind(self, name: str) -> None:
        """Refused rows are written as what their name says, or not at all."""
        refused([*OUTPUTS["table"], "r.csv", "--rejects", name], "[output_kind]")

    def test_other_rejects(self) -> None:
        """Where nothing is refused any more, a file that never was one of refused rows is left alone, and that is said."""
        Path("tables/records.csv").write_text("subject,id,category,date\n", encoding="utf-8")
        Path("notes.csv").write_text("mine", encoding="utf-8")
        out, code = run_xinyong([*OUTPUTS["table"], "r.csv", "--rejects", "notes.csv"])
        assert (code, "[rejects_kept]" in out) == (0, True)
        assert Path("notes.csv").read_text(encoding="utf-8") == "mine"


def device(name: str, minor: int, kind: int = stat.S_IFCHR) -> Path:
    try:
        os.mknod(name, kind | 0o666, os.makedev(1 if kind == stat.S_IFCHR else 7, minor))
        with open(name, "wb") if kind == stat.S_IFCHR else io.BytesIO():
            pass
    except OSError:
        pytest.skip("devices cannot be made here")
    return Path(name)


CONTENTS = ["reasoning/example.shop/0.parquet", "results/example.shop.parquet", "results/refused.parquet"]


def contents(folder: str) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in Path(folder).rglob("*") if file.is_file())


@contextmanager
def mounted(folder: str, size: str) -> Iterator[Path]:
    Path(folder).mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder]).returncode
    ):
        pytest.skip("nothing can be mounted here")
    try:
        yield Path(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
class TestPlaces:
    """What stands where an output goes stays what it is."""

    @pytest.mark.parametrize("kind", few(OUTPUTS, 1))
    def test_devices(self, kind: str) -> None:
        null, full = device("null", 3), device("full", 7)
        assert run_xinyong([*OUTPUTS[kind], str(null)])[1] in (0, 1)
        out, code = run_xinyong([*OUTPUTS[kind], str(full), "--lang", "en"])
        assert (code, "cannot write `full`: No space left on device" in out) == (2, True), out
        assert stat.S_ISCHR(null.stat().st_mode)
        assert stat.S_ISCHR(full.stat().st_mode)

    @pytest.mark.parametrize("ending", few([".csv", ".parquet", ".duckdb", ".xlsx", ".jsonl"], 1))
    def test_pipes(self, ending: str) -> None:
        """Tables are made aside, then poured."""
        os.mkfifo(f"p{ending}")
        with Path("poured").open("wb") as poured, subprocess.Popen(["cat", f"p{ending}"], stdout=poured) as reader:
            run_xinyong([*OUTPUTS["table"], f"p{ending}"])
            reader.wait(timeout=10)
        run_xinyong([*OUTPUTS["table"], f"f{ending}"])
        out = Path("poured").read_bytes()
        whole = Path(f"f{ending}").read_bytes()
        assert out[:4] == whole[:4]
        assert abs(len(out) - len(whole)) < 100
        assert stat.S_ISFIFO(Path(f"p{ending}").stat().st_mode)

    @pytest.mark.long
    def test_standard_output(self) -> None:
        """/dev/stdout is the open file: what stood in it before stays; the totals go to standard error."""
        Path("all.csv").write_text("before\n", encoding="utf-8")
        with Path("all.csv").open("a") as out:
            command = [sys.executable, "-m", "engine", *OUTPUTS["table"], "/dev/stdout"]
            done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        assert done.returncode == 1
        assert "as of 2025-12-31" in done.stderr
        assert Path("all.csv").read_text(encoding="utf-8").startswith("before\n\ufeffsubject,policy")

    def test_disk(self) -> None:
        device("disk", 99, stat.S_IFBLK)
        refused([*OUTPUTS["json"], "disk"], "[output_device]")

    def test_links(self) -> None:
        Path("far").mkdir()
        Path("far/real.txt").write_text("old")
        Path("link.txt").symlink_to("far/real.txt")
        Path("dangling.txt").symlink_to("far/new.txt")
        for name in ("link.txt", "dangling.txt"):
            assert run_xinyong([*OUTPUTS["text"], name])[1] == 0
            assert Path(name).is_symlink()
            assert "shop-1" in Path(name).read_text(encoding="utf-8")
        assert sorted(os.listdir("far")) == ["new.txt", "real.txt"]
        Path("loop").symlink_to("loop")
        refused([*OUTPUTS["text"], "loop"], "[output_unwritable]")

    @pytest.mark.parametrize("ending", few([".csv", ".parquet", ".duckdb", ".xlsx", ".jsonl", ".txt"], 1))
    def test_modes(self, ending: str) -> None:
        kind = "text" if ending == ".txt" else "table"
        Path(f"old{ending}").touch(0o640)
        Path(f"old{ending}").chmod(0o640)
        if os.geteuid() == 0:
            os.chown(f"old{ending}", 1234, 2345)
        mask = os.umask(0o027)
        try:
            for name in ("old", "new"):
                run_xinyong([*OUTPUTS[kind], f"{name}{ending}"])
                assert stat.S_IMODE(Path(f"{name}{ending}").stat().st_mode) == 0o640
        finally:
            os.umask(mask)
        if os.geteuid() == 0:
            assert (Path(f"old{ending}").stat().st_uid, Path(f"old{ending}").stat().st_gid) == (1234, 2345)

    def test_empty_folder(self) -> None:
        """Is filled; and again by the next run."""
        Path("results").mkdir(0o750)
        before = Path("results").stat().st_ino
        for number in range(2):
            assert run_xinyong([*OUTPUTS["table"], "results"])[1] == 1
            assert number or Path("results").stat().st_ino == before
            assert stat.S_IMODE(Path("results").stat().st_mode) == 0o750
            assert contents("results") == CONTENTS

    @pytest.mark.long
    def test_mounted_folder(self) -> None:
        with mounted("out", "10m"):
            for _ in range(2):
                assert run_xinyong([*OUTPUTS["table"], "out"])[1] == 1
                assert contents("out") == CONTENTS
            assert os.path.ismount("out")

    def test_mounted_file(self) -> None:
        Path("below").write_text("old")
        Path("above").touch()
        if subprocess.run(["mount", "--bind", "below", "above"], stderr=subprocess.DEVNULL).returncode:
            pytest.skip("nothing can be mounted here")
        try:
            assert run_xinyong([*OUTPUTS["text"], "above"])[1] == 0
        finally:
            subprocess.run(["umount", "above"], check=True)
        assert "shop-1" in Path("below").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        "name", ["o[1]", *(pytest.param(name, marks=pytest.mark.long) for name in ("year=2025", "q'uo", "*", "gb\udcd6\udcd0"))]
    )
    def test_names(self, name: str) -> None:
        """A name is a name to every library; no column comes of it."""
        Path(name).mkdir()
        for ending in (".csv", ".duckdb", ""):
            assert run_xinyong([*OUTPUTS["table"], f"{name}/o'1{ending}"])[1] == 1
        with Path(f"{name}/o'1.csv").open(encoding="utf-8-sig", newline="") as file:
            assert not {"year", "o"} & set(next(csv.reader(file)))

    def test_long_name(self) -> None:
        assert run_xinyong([*OUTPUTS["text"], "长" * 84])[1] == 0
        refused([*OUTPUTS["text"], "长" * 86], "[output_unwritable]")


def fill_up(file: Path) -> None:
    with suppress(OSError), file.open("ab", buffering=0) as fill:
        while True:
            fill.write(bytes(4096))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such disks")
class TestFullDisk:
    """The output is named, what stood there stays, and nothing is left beside it."""

    @pytest.mark.parametrize(
        ("kind", "name"),
        [("json", "o"), ("text", "o"), ("explain", "o"), ("report", "o.html"), ("diff", "o"), ("rejects", "o.csv"),
         ("rejects", "o.xlsx"), ("template", "o.xlsx"),
         *itertools.product(["docs"], ["o.md", "o.html", "o.docx", "o.xlsx"]),
         *itertools.product(["table"], ["o.csv", "o.parquet", "o.xlsx", "o.duckdb", "o.jsonl", "o"])],
    )  # fmt: skip
    def test_output(self, kind: str, name: str) -> None:
        with mounted("small", "100k"):
            with Path("small/fill").open("wb") as fill:
                fill.write(bytes(90_000))
            folder_output = kind == "table" and name == "o"
            if not folder_output and kind != "template":
                Path(f"small/{name}").write_text("old")
            fill_up(Path("small/fill"))
            before = sorted(os.listdir("small"))
            out, code = run_xinyong([*OUTPUTS[kind], f"small/{name}", "--lang", "en"])
            assert (code, f"cannot write `small/{name}`: No space left" in out) == (2, True), out
            assert sorted(os.listdir("small")) == before
            if name in before:
                assert Path(f"small/{name}").read_text() == "old"

    @pytest.mark.parametrize("ending", few([".csv", ".parquet", ".xlsx", ".duckdb", ".jsonl", ""], 2))
    @pytest.mark.parametrize("engine", ["single", "columnar"])
    def test_in_the_midst(self, ending: str, engine: str) -> None:
        """Whatever library writes when it happens."""
        Path("many.jsonl").write_text("".join(LINE % f"shop-{number}" for number in range(3000)), encoding="utf-8")
        arguments = ["evaluate", "many.jsonl", "--engine", engine, *EVALUATE, "--output", f"small/o{ending}"]
        for size in ("16k", "60k"):
            with mounted("small", size):
                out, code = run_xinyong(arguments)
                assert (code, f"cannot write `small/o{ending}`" in out) in ((0, False), (2, True)), out
                assert code == 0 or os.listdir("small") == []
            Path("small").rmdir()

    def test_temporary(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import tempfile

        with mounted("small", "16k"):
            monkeypatch.setattr(tempfile, "tempdir", str(Path("small").resolve()))
            Path("small/fill").write_bytes(bytes(12_000))
            for arguments in (
                ["evaluate", "tables", *EVALUATE, "--engine", "columnar"],
                [*OUTPUTS["diff"][:-1], "--lang", "en"],
            ):
                out, code = run_xinyong(arguments)
                assert (code, "[temporary_unwritable]" in out) == (2, True), out
                assert os.listdir("small") == ["fill"]

    def test_remains(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What dead runs left among the temporary files goes; what others hold, or are, stays."""
        import fcntl
        import tempfile

        monkeypatch.setattr(tempfile, "tempdir", str(Path().resolve()))
        for name in ("xinyong-4194304-dead", "xinyong-4194303-held", f"xinyong-{os.getppid()}-alive", "xinyong-other"):
            Path(name).mkdir()
        held = os.open("xinyong-4194303-held", os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        run_xinyong(["evaluate", "tables", *EVALUATE])
        os.close(held)
        left = {path.name for path in Path().glob("xinyong-*")}
        assert left == {"xinyong-4194303-held", f"xinyong-{os.getppid()}-alive", "xinyong-other"}


STREAMS = [
    ["evaluate", "a.json", *EVALUATE], ["evaluate", "tables", *EVALUATE], ["evaluate", "a.json", "--format", "json", *EVALUATE],
    ["explain", "a.json", *EVALUATE], ["check", "policies"], ["check", "policies", "--format", "sarif"], ["test", "policies"],
    ["diff", "policies", "other"], ["docs", "--policies", "policies"], ["--help"], ["evaluate", "--help"],
]  # fmt: skip


def started(arguments: Sequence[str], how: str, encoding: str | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell starts it, with its streams redirected so."""
    line = f'exec {sys.executable} -m engine "$@" {how}'
    environment = os.environ | ({"PYTHONIOENCODING": encoding} if encoding else {})
    return subprocess.run(["sh", "-c", line, "sh", *arguments], capture_output=True, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such streams")
class TestStreams:
    """However a stream is, the command ends in order."""

    @pytest.mark.parametrize("arguments", few([name for name in STREAMS if "tables" not in name], 3), ids=" ".join)
    def test_full_and_closed(self, arguments: list[str]) -> None:
        usual = started(arguments, "").returncode
        for how in (">/dev/full", ">&-"):
            done = started(arguments, how)
            assert (done.returncode, b"[stdout_unwritable]" in done.stderr) == (2, True), done.stderr
            assert b"Traceback" not in done.stderr
            assert b"Exception" not in done.stderr
            assert started(arguments, f"2{how}").returncode == usual
        done = started(arguments, "| true; exit 0")
        assert done.stderr.count(b"Traceback") == 0

    @pytest.mark.parametrize(
        "encoding", ["gbk", *(pytest.param(name, marks=pytest.mark.long) for name in ("latin-1", "ascii"))]
    )
    @pytest.mark.parametrize("arguments", few(STREAMS, 1), ids=" ".join)
    def test_encodings(self, arguments: list[str], encoding: str) -> None:
        """The encoding is kept, and what it lacks stands otherwise; JSON says the same."""
        for lang in ("zh", "en") if "--lang" not in arguments and "--help" not in arguments else ("",):
            more = ["--lang", lang] if lang else []
            usual, done = started([*arguments, *more], ""), started([*arguments, *more], "", encoding)
            assert done.returncode == usual.returncode, done.stderr
            text = done.stdout.decode(encoding)
            done.stderr.decode(encoding)
            if "json" in arguments or "sarif" in arguments:
                assert json.loads(text) == json.loads(usual.stdout)
            elif encoding == "gbk":
                assert "\\u" not in text

    def test_minus(self) -> None:
        """What is ours is replaced by what reads the same."""
        Path("a.json").write_text(
            '{"id": "s", "kind": "organisation", "model": "example/shop", "records": [{"id": "r", "category": "penalty", '
            '"date": "2025-06-01", "fields": {"seriousness": "minor"}}]}', encoding="utf-8",
        )  # fmt: skip
        text = started(["explain", "a.json", *EVALUATE[:-1], "zh"], "", "gbk").stdout.decode("gbk")
        assert "60 - 15" in text


class TestCells:
    """CSV for people: a mark, no formulas, numbers that stay numbers."""

    NASTY = ("=1+1", "+cmd", "-1-1", "@SUM(A1)", "'quoted", " =1", "＝1+1")

    def test_harmless(self) -> None:
        """And who takes away the first apostrophe has what it was."""
        for text in (*self.NASTY, "-5", "甲", "", "a=b", "+8.50"):
            cell = safe_cell(text)
            assert not is_formula(cell) or cell[0] == "'"
            assert cell.removeprefix("'") == text

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", None])
    def test_files(self, encoding: str | None) -> None:
        lines = [LINE % text for text in self.NASTY] + [BAD % text for text in ("=bad", "430503196304130038")]
        Path("many.jsonl").write_text("".join(lines), encoding="utf-8")
        more = ["--encoding", encoding] if encoding else []
        assert run_xinyong(["evaluate", "many.jsonl", *EVALUATE, "--output", "r.csv", *more])[1] == 1
        for name in ("r.csv", "r.rejects.csv"):
            content = Path(name).read_bytes()
            assert content.startswith(b"\xef\xbb\xbf") == (encoding in ("utf-8-sig", None))
            rows = list(csv.reader(io.StringIO(content.decode(encoding or "utf-8-sig"), newline="")))
            assert len({len(row) for row in rows}) == 1
            cells = [cell for row in rows[1:] for cell in row]
            assert not [cell for cell in cells if is_formula(cell) and cell[0] != "'"]
            assert "-1" in cells or name == "r.csv" or "'`-1` is below 0" not in cells
        assert {text.strip() for text in self.NASTY} <= {row.removeprefix("'") for row in _first("r.csv", encoding)}

    def test_workbooks(self) -> None:
        """Each text is a text: an identifier of 18 digits keeps them all."""
        lines = [BAD % text for text in (*self.NASTY, "430503196304130038")]
        Path("many.jsonl").write_text("".join(lines) + LINE % "ok()", encoding="utf-8")
        run_xinyong(["evaluate", "many.jsonl", *EVALUATE, "--output", "r.xlsx", "--rejects", "back.xlsx"])
        sheet = openpyxl.load_workbook("back.xlsx").active
        assert sheet is not None
        subjects = [row[4] for row in sheet.iter_rows(min_row=2)]
        assert {cell.value for cell in subjects} >= {*(text.strip() for text in self.NASTY), "430503196304130038"}
        cells = [
            cell for book in ("r.xlsx", "back.xlsx") for page in openpyxl.load_workbook(book) for row in page for cell in row
        ]
        assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
        Path("many.jsonl").write_text(LINE % "ok", encoding="utf-8")
        run_xinyong(["evaluate", "many.jsonl", *EVALUATE, "--output", "r.xlsx", "--rejects", "back.xlsx"])
        assert not Path("back.xlsx").exists(), "one of an earlier run goes"

    def test_too_long(self) -> None:
        Path("many.jsonl").write_text(BAD % ("x" * 40_000), encoding="utf-8")
        refused(["evaluate", "many.jsonl", *EVALUATE, "--output", "r.xlsx"], "[cell_full]")

    def test_of_nothing(self) -> None:
        """An encoding where no CSV is written, and outputs that a form does not have, are said to be wrong."""
        refused(["evaluate", "a.json", *EVALUATE, "--encoding", "utf-8"], "--encoding")
        for option in ("--report", "--rejects"):
            refused([*OUTPUTS["json"][:-1], option, "x"], "[columnar_json]")


def _first(name: str, encoding: str | None) -> list[str]:
    with Path(name).open(encoding=encoding or "utf-8-sig", newline="") as file:
        return [row[0] for row in csv.reader(file)]


@pytest.mark.parametrize("memory", ["8", "99999999TB", "0GB", "GB", "-1GB", "8GB;", "８GB", "1e3GB", "much"])
def test_memory(memory: str) -> None:
    for arguments in (["evaluate", "tables", *EVALUATE], ["diff", "policies", "other", "--population", "a.json"]):
        refused([*arguments, f"--memory={memory}"], "--memory")


@pytest.mark.parametrize("more", [[], ["a", "b"], ["a"] * 6, ["a"] * 10, ["a", "--prove"], ["a", "--output", "x"]])
def test_driven_wrongly(more: list[str]) -> None:
    refused(["diff", "--git", *more, "--lang", "en"], "--git")
