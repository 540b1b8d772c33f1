"""Words that choose records, drawn so often that they come together: the evaluators agree, and results can be explained."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine import api
from engine.model.problem import InputError
from tests.agreement import counted_records
from tests.agreement.compare import disagreements, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import World, world
from tests.agreement.many import beside_many
from tests.agreement.test_agreement import check_order, check_validity
from tests.lanes import few


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these words in every other fact."""
    monkeypatch.setattr(counted_records, "SHARE", 0.55)


@pytest.mark.parametrize("seed", few(range(12), 3))
def test_agreement(seed: int) -> None:
    drawn = Seeded(f"together {seed}")
    read = read_world(world(drawn, subjects=8))
    _, differences = disagreements(*read)
    assert [*differences, *beside_many(*read)] == []
    check_order(*read, drawn)
    check_validity(*read)


@pytest.mark.parametrize("seed", few((57, *range(11)), 3))
def test_explained(seed: int, tmp_path: Path) -> None:
    """Whatever comes together, there is something to say of everybody, in both languages."""
    drawn = world(Seeded(f"explained {seed}"), subjects=4)
    library = api.load(_written(drawn, tmp_path))
    for subject in drawn.subjects:
        for lang in ("zh", "en"):
            try:
                explanation = api.explain(library, drawn.subjects, date.fromisoformat(drawn.as_of), subject["id"], lang=lang)
            except InputError:  # no policy is in force for it
                continue
            assert subject["id"] in explanation.text


def _written(drawn: World, folder: Path) -> Path:
    (folder / "common").mkdir()
    for name, tree in drawn.common.items():
        (folder / "common" / f"{name}.yaml").write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    for policy in drawn.policies:
        file = folder / f"{policy['policy']}-{policy['version']}.yaml"
        file.write_text(json.dumps(policy, ensure_ascii=False), encoding="utf-8")
    return folder
