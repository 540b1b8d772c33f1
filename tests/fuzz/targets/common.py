"""Common files (catalogue, scales, measures, calendar): read or refused, with policies that rest on them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from engine.reading.files import Files
from tests.fuzz.bench import Bench
from tests.fuzz.mutators import mixed
from tests.fuzz.targets.policies import COMMANDS, judged, whole
from tests.fuzz.worlds import drawn


def attempt(dice: Random, bench: Bench) -> None:
    place = drawn(dice, bench.store, shipped=0.005, example=0.3)
    at = dice.randrange(len(place.files.common))
    name, content = place.files.common[at]
    if place.drawn is not None and dice.random() < 0.8:
        content = mixed.of_tree(dice, place.drawn.common[Path(name).stem])
    else:
        content = mixed.of_text(dice, content)
    common = tuple((name, content) if index == at else pair for index, pair in enumerate(place.files.common))
    judged(bench, Files(place.files.policies[:1], common), place, content, name)
    if dice.randrange(COMMANDS) == 0:
        whole(dice, bench, place, name, content)
