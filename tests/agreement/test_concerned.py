"""A document evaluated with the policies that concern it alone has the results that the whole library gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from engine.evaluating.order import evaluate_all, in_order, plan
from engine.model.evaluation import Outcome
from engine.model.library import Library, running_order
from engine.model.outline import outline
from engine.model.subject import Subject
from engine.reading.files import find_files
from engine.reading.library_cache import Shelf, _Kept, _kept_copy, _kept_shelf, shelf_of
from engine.usecases.concerned import plan_concerned
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.language.examples import run_xinyong

ROOT = Path(__file__).resolve().parents[2]
DAY = 739616


def _no_other() -> Shelf:
    raise AssertionError("the kept copy is sound")


def shelf_with(library: Library) -> Shelf:
    content = _kept_copy(library, outline(library))
    return _kept_shelf(msgspec.msgpack.decode(content, type=_Kept), _no_other)


def by_all(library: Library, subjects: Sequence[Subject], day: int) -> list[Outcome]:
    models = plan(library, day)
    return list(in_order(models, subjects, evaluate_all(models, subjects)))


def by_some(shelf: Shelf, subjects: Sequence[Subject], day: int) -> list[Outcome]:
    models = plan_concerned(shelf, subjects, day)
    return list(in_order(models, subjects, evaluate_all(models, subjects)))


@pytest.mark.parametrize("seed", range(150))
def test_worlds(seed: int) -> None:
    """One by one, all together, with members and results read, on days on which versions began, ended and are not there."""
    library, subjects, as_of = read_world(world(Seeded(seed)))
    shelf = shelf_with(library)
    days = {as_of, *(policy.effective_from - 1 for policy in library.policies)}
    days |= {policy.effective_until + 1 for policy in library.policies if policy.effective_until is not None}
    for day in sorted(days):
        for chosen in ([], subjects, *([subject] for subject in subjects)):
            assert by_some(shelf, chosen, day) == by_all(library, chosen, day)


def test_whoever_names_what_is_not_there() -> None:
    """What is said of a policy or a model that is not known names those that are, though nobody needs them."""
    library, subjects, as_of = read_world(world(Seeded(1)))
    policy = library.policies[0].id
    for name in ("nobody/nothing", f"{policy}/nothing"):
        stranger = replace(subjects[0], models=(*subjects[0].models, name))
        assert by_some(shelf_with(library), [stranger], as_of) == by_all(library, [stranger], as_of)


def test_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of the shipped policies only those are taken that a document names, and those for everybody; the order is that of all."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    files = find_files([ROOT / "policies"])
    first = shelf_of(files)
    library, shelf = first.whole(), shelf_of(files)
    assert (shelf.outline, shelf.whole()) == (first.outline, library)
    order = running_order(library.in_force(DAY))
    for name in ("tourism/agency", "park/park"):
        subject = Subject("s", "organisation", (name,), None, {}, (), ())
        for again in (first, shelf):
            planned = plan_concerned(again, [subject], DAY)
            assert set(planned.policies) == {"composite", "joint", name.partition("/")[0]}
            assert list(planned.models) == [model for model in order if model in planned.models]
            assert by_some(again, [subject], DAY) == by_all(library, [subject], DAY)


def test_a_policy_that_nobody_needs_is_still_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is sound as a whole, or nobody is evaluated by it, whichever policy a document names."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "policies"
    folder.mkdir()
    for name in ("housekeeping", "tourism"):
        (folder / f"{name}.yaml").write_bytes(next((ROOT / "policies").glob(f"{name}*.yaml")).read_bytes())
    document = tmp_path / "one.json"
    document.write_text('{"id": "one", "kind": "organisation"}', encoding="utf-8")
    command = ["evaluate", str(document), "--policies", str(folder), "--as-of", "2025-12-31", "--lang", "en"]
    for _ in range(2):
        assert run_xinyong(command)[1] == 0
    text = (folder / "tourism.yaml").read_text(encoding="utf-8")
    (folder / "tourism.yaml").write_text(text.replace("policy: ", "polcy: ", 1), encoding="utf-8")
    text, code = run_xinyong(command)
    assert code == 1
    assert "tourism.yaml" in text
