"""A process that tries inputs, one after the other, and tells what it found; another one watches it."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from msgspec.structs import replace

from tests.fuzz.bench import Bench
from tests.fuzz.finding import Finding, keep, of_exception
from tests.fuzz.targets.all import TARGETS

MEMORY = 4 * 2**30
SLICE = 2.0
"""Seconds after which a worker tells how far it is."""


def work(seed: str, tasks: Connection, now: Any, home: Path, store: Path, into: Path) -> None:
    """Takes (target, first, count) and answers with findings as they come, then with (inputs done, seconds).

    `now` is shared with who watches: the number of the input that is being tried, since when, and the processor's time then.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    dump = (home / "stack").open("w")
    faulthandler.enable(dump)
    faulthandler.register(signal.SIGUSR1, dump)
    bench = Bench(home, store)
    seen: dict[str, int] = {}
    parent = os.getppid()
    while True:
        if not tasks.poll(5):
            if os.getppid() != parent:  # who watches is gone
                return
            continue
        target, first, count = tasks.recv()
        began = time.monotonic()
        done = 0
        for number in range(first, first + count):
            now[0], now[2], now[1] = number, time.process_time(), time.monotonic()
            findings = attempt(seed, target, number, bench)
            now[1] = 0.0
            done += 1
            for finding in findings:
                if finding.cause not in seen:
                    finding = replace(finding, folder=str(keep(finding, bench.work, into)))
                seen[finding.cause] = seen.get(finding.cause, 0) + 1
                tasks.send(finding)
            if time.monotonic() - began > SLICE:
                break
        bench.sweep()
        tasks.send((done, time.monotonic() - began, _memory()))


def attempt(seed: str, target: str, number: int, bench: Bench) -> list[Finding]:
    """One input, which its seed, target and number determine, and what it did wrong."""
    ended: list[BaseException] = []
    try:
        bench.clear()
        TARGETS[target].attempt(Random(f"{seed} {target} {number}"), bench)
    except BaseException as error:  # whatever it is, it is what is looked for
        ended.append(error)
    os.chdir(bench.work)
    return [of_exception(target, number, error, "; ".join(bench.commands)) for error in (*bench.wrongs, *ended)]


def _memory() -> int:
    """Bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
