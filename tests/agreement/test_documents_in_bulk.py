"""Many documents are read, evaluated and written as each is alone, byte for byte."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.evaluating.order import evaluate_all, in_order, plan
from engine.model.library import Library
from engine.model.problem import XinyongError
from engine.model.subject import Subject
from engine.reading.document import read_json
from engine.reading.files import find_files
from engine.reading.inputs import FEW
from engine.reading.library_cache import library_of
from engine.reading.plain_document import plain_reader
from engine.reading.subject import read_subject
from engine.rendering.evaluation_json import evaluation_json
from engine.rendering.evaluation_lines import line_writer
from engine.rendering.sentences import LOCALES
from tests.agreement.compare import as_bytes, read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.language.examples import run_xinyong

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = library_of(find_files([ROOT / "policies"]))
SAMPLES = [file.read_bytes() for file in sorted((ROOT / "docs" / "samples").glob("*.json"))]


def by_definition(content: bytes, library: Library) -> Subject | None:
    try:
        return read_subject(read_json(content, "document"), library.catalogue, {policy.id for policy in library.policies})
    except XinyongError:
        return None


@pytest.mark.parametrize("seed", range(60))
def test_plain_documents_of_worlds(seed: int) -> None:
    """Plain ones are read, and as the definition reads them."""
    drawn = world(Seeded(seed))
    library, subjects, _ = read_world(drawn)
    read = plain_reader(library.catalogue, {policy.id for policy in library.policies})
    plain = [read(as_bytes(document)) for document in drawn.subjects]
    assert all(subject in (None, meant) for subject, meant in zip(plain, subjects, strict=True))
    assert sum(subject is not None for subject in plain) >= len(subjects) * 0.9


def test_samples() -> None:
    read = plain_reader(SHIPPED.catalogue, {policy.id for policy in SHIPPED.policies})
    for content in SAMPLES:
        assert read(content) in (None, by_definition(content, SHIPPED))
    assert any(read(content) for content in SAMPLES)


ODD: list[Any] = [
    None, True, False, 0, -1, 1, 1.5, 0.00001, 10**12, -(10**30), 1e300, "", " ", "a", "2025-06-01", "2025-02-30", "２０２５", "是",
    "\u200b", "行\u202e", "“x”", 'a": 1', "x\ty", [], {}, [1], {"a": 1}, "valid", "repaired", "revoked", "organisation", "park",
    "housekeeping", "housekeeping/enterprise", "91430500MA4L000004", "9143 0500MA4L000004", "43050219630413003X", "r1", " r1 ", "r-1",
]  # fmt: skip


def nodes(tree: Any) -> list[tuple[Any, Any]]:
    """Every mapping or list with each of its keys."""
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list) else []
    return [(tree, key) for key in keys] + [node for key in keys for node in nodes(tree[key])]


def replaced(draw: random.Random, tree: Any) -> None:
    parent, key = draw.choice(nodes(tree))
    parent[key] = draw.choice(ODD)


def removed(draw: random.Random, tree: Any) -> None:
    parent, key = draw.choice(nodes(tree))
    del parent[key]


def added(draw: random.Random, tree: Any) -> None:
    parent, key = draw.choice(nodes(tree))
    if isinstance(parent, dict):
        parent[draw.choice(["until", "source", "status", "repaired_on", "members", "name", "x", "fields", str(key)])] = (
            draw.choice(ODD)
        )
    else:
        parent.append(parent[key])


def exchanged(draw: random.Random, tree: Any) -> None:
    (parent, key), (other, at) = draw.choice(nodes(tree)), draw.choice(nodes(tree))
    parent[key] = json.loads(json.dumps(other[at]))


def respelt(draw: random.Random, content: bytes) -> bytes:
    """The text spelt otherwise, or a key written twice."""
    at = draw.choice([index for index in range(len(content)) if content[index : index + 1] in b'{,:"}'])
    piece = draw.choice(
        [b" ", b"\t", b"\n", b'"id": "x", ', b'"date": "2025-01-01", ', b",", b"\\u0022:", b'\\":', b"\x01", b"\xff"]
    )
    return content[:at] + piece + content[at + draw.choice([0, 0, 0, 1]) :]


CHANGES: list[Callable[[random.Random, Any], None]] = [replaced, replaced, removed, added, exchanged]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_written(seed: int) -> None:
    """Of what the definition refuses, or reads otherwise, nothing is said."""
    draw = random.Random(seed)
    read = plain_reader(SHIPPED.catalogue, {policy.id for policy in SHIPPED.policies})
    for _ in range(150):
        tree = json.loads(draw.choice(SAMPLES))
        for _ in range(draw.choice([0, 1, 1, 2])):
            draw.choice(CHANGES)(draw, tree)
        content = json.dumps(tree, ensure_ascii=draw.random() < 0.3).encode("utf-8", "surrogatepass")
        content = respelt(draw, content) if draw.random() < 0.4 else content
        plain = read(content)
        if plain is not None:
            assert plain == by_definition(content, SHIPPED), content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"kind": "organisation"', b'"kind": "organisation", "kind": "organisation"'),
        (b'"id": "r1"', b'"id": "r1", "id": "r1"'),
        (b'"kind":', b'"kind" :'),
        (b'"percent": 90', b'"percent": 80, "percent": 90'),
        (b'"percent": 90', b'"percent" : 80, "percent": 90'),
        (b'"percent": 90', b'"percent": 90}, "source": "\\u0022:", "fields": {"percent": 90'),
    ],
)  # fmt: skip
def test_a_key_twice(before: bytes, after: bytes) -> None:
    """Which of two values holds is not known; the decoder would take the last."""
    record = {"id": "r1", "category": "satisfaction_survey", "date": "2025-09-01", "fields": {"percent": 90}}
    content = as_bytes({"id": "shop-1", "kind": "organisation", "records": [record]})
    read = plain_reader(SHIPPED.catalogue, set())
    assert read(content) == by_definition(content, SHIPPED) is not None
    again = content.replace(before, after)
    assert again != content
    assert read(again) in (None, by_definition(again, SHIPPED))


@pytest.mark.parametrize("seed", range(80))
def test_lines(seed: int) -> None:
    """A line is the text of the definition, with reasoning and without, in both languages."""
    library, subjects, as_of = read_world(world(Seeded(seed)))
    models = plan(library, as_of)
    for lang in LOCALES:
        line = line_writer(lang)
        for reasoning in (True, False, True):
            for outcome in in_order(models, subjects, evaluate_all(models, subjects, reasoning)):
                assert line(outcome) == json.dumps(evaluation_json(outcome, lang), ensure_ascii=False)


def test_command(tmp_path: Path) -> None:
    """A file of many, refused ones among them, gives what each document gives by itself."""
    one = json.loads((ROOT / "docs" / "samples" / "housekeeping-enterprise.json").read_bytes())
    documents = [
        {**one, "id": f"shop-{number}", "attributes": {**one["attributes"], "staff": number}} for number in range(2 * FEW)
    ]
    documents[FEW + 3]["records"] = [{"id": "r1"}]
    texts = [json.dumps(document, ensure_ascii=False) for document in documents]
    texts[FEW + 5] = texts[FEW + 5].replace('"kind":', '"kind": "organisation", "kind":')
    alone = []
    for text in texts:
        (tmp_path / "many.jsonl").write_text(text + "\n", encoding="utf-8")
        alone.append(run_xinyong(["evaluate", str(tmp_path / "many.jsonl"), "--as-of", "2025-12-31", "--format", "json"])[0])
    (tmp_path / "many.jsonl").write_text("\n".join(texts), encoding="utf-8")
    output, code = run_xinyong(["evaluate", str(tmp_path / "many.jsonl"), "--as-of", "2025-12-31", "--format", "json"])
    assert code == 1
    assert output == "".join(alone)
