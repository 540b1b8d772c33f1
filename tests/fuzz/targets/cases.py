"""Files of cases: read or refused, run, and told."""

from __future__ import annotations

import json
from random import Random

from engine.authoring.cases import run_cases
from engine.model.case import Tested
from engine.model.problem import PolicyError
from engine.reading.cases import read_cases
from engine.rendering.case_results import cases_json, cases_text
from engine.usecases.cases import failures_explained
from tests.fuzz import oracle
from tests.fuzz.bench import Bench
from tests.fuzz.mutators import mixed
from tests.fuzz.worlds import ROOT, standing

COMMANDS = 50

TREE = {
    "cases": "example", "as_of": "2025-12-31",
    "subjects": {
        "plain": {"model": "shop", "attributes": {"staff": 40, "balance": 1.5, "founded": "2001-02-28", "chain": True, "size": "small"},
                  "records": [{"id": "p1", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "minor"}},
                              {"category": "survey", "date": "2025-09-01", "fields": {"percent": 90}}]},
        "group": {"model": "shop", "members": 3},
    },
    "examples": {
        "as-it-is": {"title": "一次处罚", "from": "plain", "expect": {"score": 85, "level": "B", "grade": "良", "vetoes": [], "measures": []}},
        "more": {
            "title": "三次", "from": "plain", "without": ["p1"], "attributes": {"staff": None, "trained": 2},
            "records": [{"id": f"p{n}", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "serious"}} for n in (2, 3, 4)],
            "expect": {"level": "D", "vetoes": ["many-penalties"], "facts": {"penalties": 3, "satisfaction": 90}, "points": {"penalties": 15}},
        },
        "bare": {"title": "没有记录", "model": "shop", "as_of": "2026-01-31", "expect": {"score": 60, "alerts": []}},
        "grouped": {"title": "成员", "from": "group", "members": 2, "expect": {"rejected": []}},
    },
}  # fmt: skip


def attempt(dice: Random, bench: Bench) -> None:
    place = standing("shipped" if dice.random() < 0.02 else "example", bench.store)
    if place.name == "shipped":
        files = sorted((ROOT / "policies" / "cases").glob("*.yaml"))
        content = mixed.of_text(dice, dice.choice(files).read_bytes())
    else:
        content = mixed.of_tree(dice, TREE)
    file = bench.work / "c.yaml"
    file.write_bytes(content)
    library = place.read.library
    try:
        read = read_cases(content, "c.yaml", library)
    except PolicyError as error:
        oracle.check_problems(bench, error.problems, content)
    else:
        at = [read.source.place(("examples", case.id), at_key=True) for case in read.cases]
        tested = [Tested(read.policy, tuple(zip(run_cases(library, read.cases), at, strict=True)))]
        json.dumps(cases_json(tested), ensure_ascii=False).encode()
        for lang in ("zh", "en"):
            oracle.plain(bench, cases_text(tested, lang, failures_explained(tested)), "a report of cases")
    if dice.randrange(COMMANDS) == 0:
        more = dice.choice(([], ["--coverage"], ["--format", "json"], ["--coverage", "--format", "json"], ["--mutate"]))
        if place.name == "shipped":
            more = more[:0]
        bench.run(["test", "c.yaml", "--policies", str(place.folder), "--lang", dice.choice(("zh", "en")), *more], place.cache)
