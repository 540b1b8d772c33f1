"""Command lines: options with and without sense, names that files can have, outputs to odd places, other environments.

Every path is inside of the folder in which an input is tried; devices are read from and written through, never named as outputs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from itertools import pairwise
from pathlib import Path
from random import Random

import click

from engine.cli.main import cli
from tests.fuzz import oracle
from tests.fuzz.bench import Bench
from tests.fuzz.mutators.tokens import DAYS, NUMBERS, TEXTS
from tests.fuzz.worlds import Place, standing

NAMES = (
    "a.json", "b.jsonl", "c.yaml", "data", "data/records.csv", "data[1]", "f.xlsx", "p.parquet", "d.duckdb", "d.sqlite", "名单.json", "o'b.duckdb", "a b.json",
    "-dash.json", ".hidden.json", "line\nbreak.json", "esc\x1b[31m.json", "\u202efdp.json", "wide＊.json", "star*.json", "a?.csv", "x" * 250 + ".json",
    os.fsdecode("名单.json".encode("gbk")), os.fsdecode("数据".encode("gbk")), "empty.json", "empty.csv", "A.JSON", "B.JSONL", "missing.json", "missing/x.json", "none", "",
    ".", "..", "./a.json", "inner/../a.json", "link.json", "dangling.json", "loop", "policies", "policies/probe.yaml", "policies/common", "old.parquet", "a.json/",
    "a.txt", "a.xls", "a.et", "a.ods", "a.csv.gz", "s.jsonl.gz", "-", "HEAD:policies", ":policies", "HEAD:", "main:./policies", "--", "@", "a\x7f.json", "~", "$HOME", "%APPDATA%",
)  # fmt: skip
OUTPUTS = (
    "o.json", "o.jsonl", "o.csv", "o.parquet", "o.xlsx", "o.duckdb", "o.html", "o.md", "o.docx", "o.txt", "o", "o'1.duckdb", "o[1].csv", "结果.xlsx", "missing/o.csv", "a.json",
    "b.jsonl", "data", "data/subjects.csv", "policies/probe.yaml", "policies", "old.parquet", "old.csv", "link.json", "dangling.json", "inner", "x" * 260, ".", "", "o.CSV",
    "o.XLSX", os.fsdecode("结果.csv".encode("gbk")), "line\nbreak.csv", "esc\x1b.csv", "-o.csv", "o.rejects.csv", "o b.parquet", "o.csv/", "o.json.gz", "loop", "o*.csv", "d.duckdb",
)  # fmt: skip
MEMORY = ("8GB", "1GB", "8", "0", "-1GB", "99999999TB", "1.5GB", "1 kB", "x", "", "1e9", "8gb", "100MB", "10KiB")
LOCALES = ("C", "POSIX", "zh_CN.UTF-8", "zh_CN.GBK", "en_US.UTF-8", "zh", "xx", "", "C.UTF-8")
WORDS = ("probe", "probe/shop", "s0", "s1", "catalogue", "HEAD", "columnar", "text", "json", "zh", "en", "shop")
SLOW = {"--backend", "--master", "--mutate", "--prove"}
"""Options that take seconds each, or another program: left to the tests."""


def attempt(dice: Random, bench: Bench) -> None:
    place = standing("probe", bench.store)
    laid_out(bench, place)
    os.chdir(bench.work / "here")
    arguments = drawn(dice)
    environment = {"LC_ALL": dice.choice(LOCALES), "COLUMNS": dice.choice(("80", "1", "0", "-5", "x", "9999"))}
    if dice.random() < 0.2:
        environment["NO_COLOR"] = "1"
    encoding = dice.choice(("utf-8",) * 6 + ("gbk", "latin-1", "ascii", "cp1252"))
    stdout = dice.choice(("",) * 12 + ("/dev/full", "broken"))
    before = digests(bench.work / "here")
    ran = bench.run(arguments, environment, encoding, stdout)
    afterwards(bench, before, arguments)
    if encoding == "utf-8" and not {"json", "sarif", "html", "markdown"} & set(arguments) and "docs" not in arguments:
        oracle.plain(bench, ran.out, f"standard output of {arguments[0] if arguments else 'nothing'}")
    if encoding == "utf-8":
        oracle.plain(bench, ran.err, "messages on standard error")


def drawn(dice: Random) -> list[str]:
    """A command with some of its options and arguments, mostly of the right kind."""
    context = click.Context(cli)
    names = cli.list_commands(context)
    name = dice.choice((*names, *names, "evaluate", "evaluate", "explain", "nonsense", "--version", "--help"))
    command = cli.get_command(context, name)
    if command is None:
        return [name]
    options: list[str] = []
    operands: list[str] = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            operands = [
                _argument(dice, name, parameter)
                for _ in range(dice.choice((1, 1, 1, 2, 3, 0) if parameter.nargs == -1 else (1, 1, 1, 0, 2)))
            ]
            if name == "diff" and dice.random() < 0.8:
                operands = [dice.choice(("policies", "other", "policies/probe.yaml", *NAMES)) for _ in range(2)]
        elif dice.random() < _likely(parameter) and parameter.opts[0] not in SLOW:
            options += _option(dice, parameter)
    parts = [*options, *operands] if dice.random() < 0.5 else [*operands, *options]
    if dice.random() < 0.05:
        parts.insert(
            dice.randrange(len(parts) + 1), dice.choice((*TEXTS, "--", "-", "--help", "-h", "--lang", "--no-such", "--output"))
        )
    return [name, *(_inside(part) for part in parts)]


def _inside(argument: str) -> str:
    """Nothing that would lead out of the folder, nor what no system passes on."""
    argument = os.fsdecode(argument.replace("\x00", "").encode("utf-8", _as_bytes(argument)))
    return f".{argument}" if argument.startswith("/") else argument


def _as_bytes(argument: str) -> str:
    """How its surrogates become bytes: as those that stand for one byte each, or else as themselves."""
    try:
        argument.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return "surrogatepass"
    return "surrogateescape"


def _likely(parameter: click.Parameter) -> float:
    return {"--policies": 0.5, "--as-of": 0.5, "--output": 0.5}.get(parameter.opts[0], 0.15)


def _argument(dice: Random, name: str, parameter: click.Argument) -> str:
    if dice.random() < 0.05:
        return str(dice.choice(TEXTS))
    if name in ("docs", "template"):
        return dice.choice(("probe", "probe", "catalogue", "x"))
    if name in ("check", "test"):
        return dice.choice(("policies", "policies/probe.yaml", "policies/cases/c.yaml", *NAMES))
    return dice.choice(("a.json", "b.jsonl", "data", *NAMES))


def _option(dice: Random, parameter: click.Parameter) -> list[str]:
    """An option with a value of its kind, or another."""
    name = dice.choice(parameter.opts)
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return [name]
    if dice.random() < 0.07:
        return [f"{name}={dice.choice((*TEXTS, *NUMBERS))}" if name not in ("--output", "--report", "--rejects") else name]
    if isinstance(parameter.type, click.Choice):
        return [name, str(dice.choice((*parameter.type.choices, *parameter.type.choices, "x")))]
    match name:
        case "--as-of":
            return [name, dice.choice(("2025-12-31", "2025-12-31", *DAYS))]
        case "--output" | "--report" | "--rejects":
            return [name, dice.choice(OUTPUTS)]
        case "--memory":
            return [name, dice.choice(MEMORY)]
        case "--policies":
            return [name, dice.choice(("policies", "policies", "policies", "other", *NAMES))]
        case "--since":
            return [name, dice.choice(("old.parquet", "old.csv", *NAMES))]
        case "--population":
            return [name, dice.choice(("a.json", "b.jsonl", "data"))]
        case _:
            return [name, str(dice.choice((*WORDS, *NUMBERS, *TEXTS)))]


def laid_out(bench: Bench, place: Place) -> None:
    """A folder with inputs of every kind, policies, links, and what is no input."""
    laid = bench.store / "arguments"
    if not laid.exists():
        _lay(bench, laid, place)
    shutil.copytree(laid, bench.work / "here", symlinks=True)


def _lay(bench: Bench, folder: Path, place: Place) -> None:
    folder.mkdir()
    shutil.copytree(place.folder, folder / "policies")
    shutil.copytree(place.folder, folder / "other")
    policy = folder / "other" / "probe.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("each: -15", "each: -10").replace("at_least: 90", "at_least: 95"),
        encoding="utf-8",
    )
    (folder / "policies" / "cases").mkdir()
    (folder / "policies" / "cases" / "c.yaml").write_text(CASES, encoding="utf-8")
    documents = [json.dumps(document, ensure_ascii=False) for document in DOCUMENTS]
    inner = folder / "inner"
    inner.mkdir()
    for name in ("a.json", "A.JSON", "名单.json", "a b.json", "-dash.json", ".hidden.json", "line\nbreak.json", "esc\x1b[31m.json", "\u202efdp.json", "star*.json",
                 os.fsdecode("名单.json".encode("gbk")), "a.txt", "a.xls", "a.et", "a.ods", "c.yaml", "a\x7f.json", "x" * 250 + ".json"):  # fmt: skip
        (folder / name).write_text(documents[0], encoding="utf-8")
    for name in ("b.jsonl", "B.JSONL"):
        (folder / name).write_text("\n".join(documents), encoding="utf-8")
    (folder / "s.jsonl.gz").write_bytes(gzip.compress("\n".join(documents).encode()))
    (folder / "empty.json").touch()
    (folder / "empty.csv").touch()
    for name in ("data", "data[1]", os.fsdecode("数据".encode("gbk"))):
        (folder / name).mkdir()
        (folder / name / "subjects.csv").write_text(
            "id,kind,model\ns0,organisation,probe/shop\ns1,organisation,probe/shop\n", encoding="utf-8"
        )
        (folder / name / "records.csv").write_text(
            "subject,id,category,date,seriousness\ns0,r1,penalty,2025-06-01,minor\n", encoding="utf-8"
        )
    (folder / "link.json").symlink_to("a.json")
    (folder / "dangling.json").symlink_to("nowhere.json")
    (folder / "loop").symlink_to("loop")
    os.chdir(folder)
    bench.run(["evaluate", "data", "--output", "old.parquet", "--policies", "policies", "--as-of", "2025-12-30"])
    bench.run(["evaluate", "data", "--output", "old.csv", "--policies", "policies", "--as-of", "2025-12-30"])
    bench.run(["template", "probe", "--output", "f.xlsx", "--policies", "policies", "--as-of", "2025-12-30"])


def digests(folder: Path) -> dict[str, str]:
    """What every file holds and every link names."""
    return {str(file.relative_to(folder)): _digest(file) for file in folder.rglob("*") if file.is_symlink() or file.is_file()}


def _digest(file: Path) -> str:
    return os.readlink(file) if file.is_symlink() else hashlib.sha256(file.read_bytes()).hexdigest()


WRITTEN = ("--output", "--report", "--rejects")


def afterwards(bench: Bench, before: dict[str, str], arguments: list[str]) -> None:
    """What the command reads has not changed, nor what it was not told to write, and nothing half-written remains."""
    here = str(bench.work / "here")
    after = digests(bench.work / "here")
    written, read = named(arguments)
    for name in before:
        if after.get(name) == before[name]:
            continue
        file = os.path.join(os.path.realpath(here), name)
        if any(file == name or file.startswith(name + os.sep) for name in read):
            bench.note("overwritten", f"an input by {arguments[0]}", f"{name!r} by {arguments!r}")
        elif not any(file == name or file.startswith(name + os.sep) for name in written):
            bench.note("overwritten", f"what was not named by {arguments[0]}", f"{name!r} by {arguments!r}")
    for name in after.keys() - before.keys():
        if Path(name).name.startswith(".") or ".partial" in name:
            bench.note("remains", f"of {arguments[0]}", f"{name!r} after {arguments!r}")


def named(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The paths that a command line says are written, with the rejects beside an output, and those that are read."""
    written, read = [], [] if "--policies" in arguments else [os.path.realpath("policies")]
    for before, argument in pairwise(arguments):
        if before not in WRITTEN:
            read.append(os.path.realpath(argument))
            continue
        written.append(os.path.realpath(argument))
        beside = Path(argument)
        written.append(os.path.realpath(beside.with_name(f"{beside.stem}.rejects.csv")) if beside.name else written[-1])
    return written, read


CASES = """cases: probe
as_of: 2025-12-31
examples:
  bare: {title: 没有记录, model: shop, expect: {score: 60}}
"""
DOCUMENTS = [
    {"id": "s0", "kind": "organisation", "model": "probe/shop", "name": "某商店", "attributes": {"staff": 3, "balance": -92.35, "founded": "2001-02-28"},
     "records": [{"id": "r1", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "minor", "fine": 5000.5}}]},
    {"id": "s1", "kind": "organisation", "model": "probe/shop", "records": [{"id": "r1", "category": "praise", "date": "2025-06-01"}]},
    {"id": "s2", "kind": "person", "model": "probe/worker"},
]  # fmt: skip
