"""Libraries for what is mutated to stand in: random worlds of the generator, and those that are kept in the repository."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from engine.evaluating.order import Plan, plan
from engine.model import period
from engine.reading.files import Files, find_files
from engine.reading.library import Read, read_library
from engine.reading.library_cache import load_library
from tests.agreement.compare import as_bytes
from tests.agreement.draw import Seeded
from tests.agreement.generator import World, world
from tests.language.examples import BASE

ROOT = Path(__file__).resolve().parents[2]
KINDS = 20
"""So many random worlds, and the kept ones besides."""

KEPT = {"example": BASE / "policies", "shipped": ROOT / "policies", "probe": Path(__file__).parent / "tables" / "policies"}


@dataclass(frozen=True)
class Place:
    """A library in a folder, read and planned, with documents that it evaluates."""

    name: str
    folder: Path
    files: Files
    read: Read
    as_of: str
    drawn: World | None
    documents: tuple[Any, ...]
    plan: Plan

    @property
    def cache(self) -> dict[str, str]:
        """The environment in which the command has the library read already."""
        return {"XDG_CACHE_HOME": str(self.folder.parent / "cache")}

    @property
    def policies(self) -> set[str]:
        return {policy.id for policy in self.read.library.policies}


def drawn(dice: Random, store: Path, shipped: float = 0.01, example: float = 0.15) -> Place:
    """Mostly a random world, now and then the policies of the examples, seldom those that ship."""
    luck = dice.random()
    if luck < shipped:
        return standing("shipped", store)
    if luck < shipped + example:
        return standing("example", store)
    return random_place(dice.randrange(KINDS), store)


def load(store: Path) -> None:
    """All of them, so that the processes that are forked later need not."""
    for number in range(KINDS):
        random_place(number, store)
    for name in KEPT:
        standing(name, store)


@cache
def random_place(number: int, store: Path) -> Place:
    """A world of the generator in files; a number has always the same."""
    drawn_world = world(Seeded(f"fuzz-{number}"), 12)
    folder = store / f"world-{number}" / "policies"
    (folder / "common").mkdir(parents=True, exist_ok=True)
    for policy in drawn_world.policies:
        (folder / f"{policy['policy']}-{policy['version']}.yaml").write_bytes(as_bytes(policy))
    for name, tree in drawn_world.common.items():
        (folder / "common" / f"{name}.yaml").write_bytes(as_bytes(tree))
    return _place(f"world-{number}", folder, drawn_world.as_of, drawn_world, tuple(drawn_world.subjects))


@cache
def standing(name: str, store: Path) -> Place:
    """The policies of a folder of the repository, copied."""
    folder = store / name / "policies"
    if not folder.exists():
        shutil.copytree(KEPT[name], folder)
    if name == "shipped":
        files = sorted((ROOT / "docs" / "samples").glob("*.json"))
        documents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    else:
        documents = [json.loads((BASE / "subject.json").read_text(encoding="utf-8")), *EXAMPLES]
    return _place(name, folder, "2025-12-31", None, tuple(documents))


def _place(name: str, folder: Path, as_of: str, drawn_world: World | None, documents: tuple[Any, ...]) -> Place:
    files = find_files([folder])
    read = read_library(files)
    planned = plan(read.library, period.read_day(as_of) or 0)
    place = Place(name, folder, files, read, as_of, drawn_world, documents, planned)
    with mock.patch.dict(os.environ, place.cache):
        load_library([folder])
    return place


_SURVEY = {"percent": 90, "answers": 30, "manner": "phone", "published": True, "held_on": "2025-09-01"}
EXAMPLES: list[dict[str, Any]] = [
    {
        "id": "91110000600037341L", "kind": "organisation", "model": ["example/shop"], "name": "某商店",
        "attributes": {
            "staff": 40, "trained": 36, "balance": -92.35, "founded": "2001-02-28", "permit_until": "2026-02-28", "size": "small",
            "chain": False,
        },
        "records": [
            {"id": "r1", "category": "penalty", "date": "2025-06-01", "source": "某局", "status": "repaired", "until": "2027-01-01",
             "repaired_on": "2025-08-01", "fields": {"seriousness": "minor", "fine": 5000.5}},
            {"id": "r2", "category": "survey", "date": "2025-09-01", "fields": _SURVEY},
            {"id": "r3", "category": "complaint", "date": "2025-10-31", "status": "disputed"},
            {"id": "r4", "category": "previous_evaluation", "date": "2024-12-31",
             "fields": {"policy": "example", "model": "shop", "score": 80.5, "level": "B", "grade": "良", "vetoed": False, "weight": 1}},
        ],
    },
    {"id": "shop-2", "kind": "organisation", "model": "example/shop", "members": ["91110000600037341L", "nobody"]},
]  # fmt: skip
