"""Documents in bulk: several processes write what one does, byte for byte, and all end together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.language.examples import BASE

COUNT = 2_400
COMMAND = [
    sys.executable, "-m", "engine", "evaluate", "--format", "json", "--as-of", "2025-12-31", "--lang", "en", "--policies",
    str(BASE / "policies"),
]  # fmt: skip


def document(number: int, name: str | None = None, kind: str = "organisation") -> str:
    penalties = [
        {"id": f"p{at}", "category": "penalty", "date": f"2025-0{1 + at}-10", "fields": {"seriousness": "minor"}}
        for at in range(number % 5)
    ]
    survey = {"id": "s", "category": "survey", "date": "2025-03-01", "fields": {"percent": number % 101}}
    values = {"id": name or f"shop-{number}", "kind": kind, "model": "example/shop", "records": [*penalties, survey]}
    return json.dumps(values)


def evaluated(*inputs: str, given: str | None = None, output: str | None = None) -> tuple[str, str, int]:
    more = ["--output", output] if output else []
    run = subprocess.run([*COMMAND, *inputs, *more], capture_output=True, text=True, input=given)
    return run.stdout, run.stderr, run.returncode


def written(name: str, lines: list[str]) -> str:
    Path(name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return name


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".partial")] == []


@pytest.fixture
def lines() -> list[str]:
    return [document(number) for number in range(COUNT)]


def test_the_same_as_few(lines: list[str]) -> None:
    """All at once come out as two halves, each of too few to be shared, to standard output and to a file."""
    halves = [evaluated(written(f"{at}.jsonl", lines[at : at + COUNT // 2])) for at in (0, COUNT // 2)]
    whole = evaluated(written("all.jsonl", lines))
    assert whole == (halves[0][0] + halves[1][0], "", 0)
    assert len(whole[0].splitlines()) == COUNT
    assert evaluated("all.jsonl", output="results.jsonl") == ("", "", 0)
    assert Path("results.jsonl").read_text(encoding="utf-8") == whole[0]
    assert evaluated("0.jsonl", f"{COUNT // 2}.jsonl") == whole


def test_refused_in_their_places(lines: list[str]) -> None:
    """Bad lines, ids that come twice, far apart or side by side, and ids alike: as standard input, which is read as a whole."""
    lines[7] = "{"
    lines[700] = document(700, kind="firm")
    lines[1900] = document(1900, "shop-3")
    lines[1901] = lines[1902] = document(1901)
    lines[2000] = document(2000, "ѕhop-4")  # a Cyrillic letter
    lines[2100] = lines[2100].replace("example/shop", "example/nothing")
    lines[2200] = ""
    out, errors, code = evaluated(written("all.jsonl", lines))
    alone = evaluated("-", given=Path("all.jsonl").read_text(encoding="utf-8"))
    assert (out.replace("all.jsonl", "-"), errors, code) == alone
    results = [json.loads(line) for line in out.splitlines()]
    refused = {line["subject"]: [problem["code"] for problem in line["rejected"]] for line in results if "rejected" in line}
    assert (code, len(results)) == (1, COUNT - 1)
    assert (refused["shop-3"], refused["shop-1901"], refused["shop-4"]) == (["subject_twice"],) * 2 + (["subject_alike"],)
    assert "of line 8 is not closed" in out


def test_members(lines: list[str]) -> None:
    """A park is evaluated by the results of its members, wherever these stand: as standard input, which is read as a whole."""
    lines[1500] = json.dumps({"id": "park", "kind": "park", "members": ["shop-3", "shop-2300"]})
    whole = evaluated(written("all.jsonl", lines))
    assert whole == evaluated("-", given=Path("all.jsonl").read_text(encoding="utf-8"))


def test_nobody_concerned(lines: list[str]) -> None:
    """A subject that no policy applies to is told once."""
    lines[2222] = json.dumps({"id": "idle", "kind": "organisation"})
    _, errors, code = evaluated(written("all.jsonl", lines))
    assert (errors.count("[nothing_applies]"), code) == (1, 0)


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def alive(process: int) -> bool:
    """Whether it still runs, rather than waits for somebody to ask how it ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2, reason="work is shared on Linux, by cores"
)
@pytest.mark.parametrize("ended", ["interrupted", "killed", "worker"])
def test_all_end(ended: str, lines: list[str]) -> None:
    """Ctrl-C, the death of the command and that of one of its processes leave no process and no output."""
    written("all.jsonl", [document(number) for number in range(40_000)])
    Path("results.jsonl").write_text("as before")
    run = subprocess.Popen(
        [*COMMAND, "all.jsonl", "--output", "results.jsonl"], stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    while not (workers := children(run.pid)):
        time.sleep(0.02)
    time.sleep(0.2)
    match ended:
        case "interrupted":
            os.killpg(run.pid, signal.SIGINT)
        case "killed":
            run.kill()
        case _:
            os.kill(workers[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=60)
    assert "Traceback" not in errors
    assert run.returncode == {"interrupted": 130, "killed": -signal.SIGKILL, "worker": 2}[ended]
    assert ("error[process_ended]: " in errors) == (ended == "worker")
    for _ in range(500):
        if not any(map(alive, workers)):
            break
        time.sleep(0.02)
    assert not any(map(alive, workers))
    assert Path("results.jsonl").read_text() == "as before"
    if ended == "killed":
        evaluated("nowhere.jsonl", output="results.jsonl")
        for left in Path().glob(".results.jsonl.*.partial"):
            next(left.iterdir()).unlink()
            left.rmdir()
