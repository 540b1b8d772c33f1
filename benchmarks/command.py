"""The command from a cold start, beside the bare imports of what it is made of; and `check` of the shipped policies.

`python benchmarks/command.py` prints medians in milliseconds and ratios, all of one run, the runs interleaved.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "docs" / "samples" / "housekeeping-enterprise.json"
COMMANDS = {
    "import click, yaml": [sys.executable, "-c", "import click, yaml"],
    "evaluate one document": [sys.executable, "-m", "engine", "evaluate", str(SAMPLE), "--as-of", "2025-12-31"],
    "explain one document": [sys.executable, "-m", "engine", "explain", str(SAMPLE), "--as-of", "2025-12-31"],
    "check all shipped policies": [sys.executable, "-m", "engine", "check", "policies"],
}


def main(rounds: int = 15) -> None:
    samples: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(rounds + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            if turn:  # the first turn fills the cache of compiled policies
                samples[name].append((time.perf_counter() - start) * 1000)
    medians = {name: statistics.median(sample) for name, sample in samples.items()}
    floor = medians["import click, yaml"]
    for name, milliseconds in medians.items():
        print(f"{milliseconds:7.0f} ms  {milliseconds / floor:5.2f} x  {name}")


if __name__ == "__main__":
    main()
