"""Common files that extend the shipped ones read as whole copies do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.model.problem import PolicyError
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder

SHIPPED = resource_folder("policies")
EXTENDING = ("catalogue", "scales", "measures")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped policies beside common files of a single line."""
    for file in SHIPPED.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "common").mkdir()
    for name in EXTENDING:
        (tmp_path / "common" / f"{name}.yaml").write_text("extends: shipped\n")
    return tmp_path


@pytest.mark.parametrize("left", [EXTENDING, EXTENDING[:1], EXTENDING[2:]])
def test_digests(folder: Path, left: tuple[str, ...]) -> None:
    """What is used is the same, so the digests are; files that are not there are the shipped ones."""
    for name in set(EXTENDING) - set(left):
        (folder / "common" / f"{name}.yaml").unlink()
    shipped, own = load_library([SHIPPED]), load_library([folder])
    assert {policy.id: policy.digest for policy in own.policies} == {policy.id: policy.digest for policy in shipped.policies}
    assert (shipped.added, own.added) == (None, ())
    assert own.catalogue == shipped.catalogue


def test_added(folder: Path) -> None:
    """What a file adds comes after the shipped, in each of the three; what it replaces stands in its place."""
    (folder / "common/catalogue.yaml").write_text(
        "extends: shipped\nreplaces: [staff]\n"
        "categories:\n  noise: {title: 噪声, kinds: [park], fields: {}}\n"
        "attributes:\n  staff: {title: 人数, type: integer, kinds: [organisation, park]}\n"
    )
    (folder / "common/scales.yaml").write_text(
        "extends: shipped\nscales:\n  two: {levels: [{level: A, at_least: 60, grade: 优}, {level: B, otherwise: true, grade: 差}]}\n"
    )
    own = load_library([folder])
    assert own.added == (("categories", "noise"), ("attributes", "staff"))
    assert own.catalogue.attributes["staff"].field.title == "人数"
    assert [*own.catalogue.categories][-1] == "noise"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("extends: ours\n", "not_listed"),
        ("replaces: [staff]\nattributes: {staff: {title: 人数, type: integer, kinds: [park]}}\n", "missing_beside"),
        ("extends: shipped\nattributes: {staff: {title: 人数, type: integer, kinds: [park]}}\n", "extends_twice"),
        ("extends: shipped\nreplaces: [nothing]\n", "replaces_nothing"),
        ("extends: shipped\nreplaces: [staff]\n", "replaces_nothing"),
        ("{}\n", "missing_key"),
    ],
)
def test_refused(folder: Path, text: str, code: str) -> None:
    (folder / "common/catalogue.yaml").write_text(text)
    with pytest.raises(PolicyError) as refusal:
        load_library([folder])
    assert code in {problem.code for problem in refusal.value.problems}
