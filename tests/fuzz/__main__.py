"""Inputs at random until something breaks: python -m tests.fuzz --seed 7 --minutes 15."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.finding import Finding, report_of
from tests.fuzz.pool import run
from tests.fuzz.share import Share
from tests.fuzz.targets.all import TARGETS


def main(arguments: list[str] | None = None) -> int:
    """1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--inputs", type=int, help="how many, over all targets")
    parser.add_argument("--minutes", type=float, help="how long; one minute unless --inputs is given")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input of each target")
    parser.add_argument("--only", action="append", choices=sorted(TARGETS), help="a target; may be given several times")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="where the files of findings go; a new folder unless given")
    settings = parser.parse_args(arguments)
    keep = settings.keep or Path(tempfile.mkdtemp(prefix="fuzz-findings-"))
    keep.mkdir(parents=True, exist_ok=True)
    minutes = settings.minutes if settings.minutes is not None else None if settings.inputs else 1.0
    seconds = minutes * 60 if minutes is not None else float("inf")
    shares = shares_of(settings.only or list(TARGETS), settings.first, settings.inputs)
    return report(shares, settings.seed, settings.jobs, seconds, keep)


def shares_of(names: list[str], first: int, inputs: int | None) -> list[Share]:
    """The targets, each with its share of the inputs, where their number is given."""
    whole = sum(TARGETS[name].inputs for name in names)
    shares = []
    for name in names:
        most = float("inf") if inputs is None else round(inputs * TARGETS[name].inputs / whole)
        shares.append(Share(name, first, most, TARGETS[name].time))
    return shares


def report(shares: list[Share], seed: str, jobs: int, seconds: float, keep: Path) -> int:
    """Runs, and tells each kind of finding once, in the end how often it came."""
    counts: Counter[str] = Counter()
    began = time.monotonic()

    def tell(finding: Finding) -> None:
        counts[finding.cause] += 1
        if counts[finding.cause] == 1:
            print(report_of(finding, seed), flush=True)

    def progress(shares: list[Share]) -> None:
        rates = ", ".join(
            f"{share.name} {share.done} ({share.done / share.seconds:.0f}/s)" for share in shares if share.seconds
        )
        print(f"{time.monotonic() - began:.0f} s, {len(counts)} found: {rates}", file=sys.stderr, flush=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run(shares, seed, jobs, seconds, keep, tell, progress)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    progress(shares)
    for cause, count in counts.most_common():
        print(f"{count:8} {cause}")
    print(f"{sum(share.done for share in shares)} inputs, {len(counts)} findings, kept in {keep}")
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main())
