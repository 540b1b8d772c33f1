"""Subject documents: read, evaluated, told; and alike as .json, .jsonl and .yaml."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from engine.evaluating.order import evaluate_all, in_order
from engine.model.evaluation import Rejection
from engine.model.subject import Subject
from engine.reading.inputs import RefusedDocument, read_inputs
from engine.rendering.evaluate_text import evaluate_text
from engine.rendering.evaluation_json import evaluation_json
from engine.rendering.visible import visible_in
from tests.fuzz import oracle
from tests.fuzz.bench import Bench
from tests.fuzz.mutators import mixed
from tests.fuzz.worlds import Place, drawn

COMMANDS = 50
"""One in so many is put to the whole command."""


def attempt(dice: Random, bench: Bench) -> None:
    place = drawn(dice, bench.store)
    content = mixed.of_tree(dice, dice.choice(place.documents))
    name = dice.choice(("s.json", "s.json", "s.jsonl", "s.yaml"))
    if name == "s.jsonl" and dice.random() < 0.8:
        content = content.replace(b"\n", b" ")
    if name == "s.jsonl" and dice.random() < 0.3:
        content = b"\n".join([content, json.dumps(dice.choice(place.documents)).encode(), content[: len(content) // 2]])
    file = bench.work / name
    file.write_bytes(content)
    documents_read = read(file, place)
    evaluated(bench, documents_read, place)
    for document in documents_read:
        if isinstance(document, RefusedDocument):
            oracle.check_problems(bench, document.problems, content)
    if dice.random() < 0.1:
        alike(bench, content, place)
    if dice.randrange(COMMANDS) == 0:
        whole(dice, bench, name, place)


def read(file: Path, place: Place) -> list[Subject | RefusedDocument]:
    return list(read_inputs([file], place.read.library.catalogue, place.policies))


def evaluated(bench: Bench, documents: list[Subject | RefusedDocument], place: Place) -> None:
    """What is not refused can be evaluated and told in every way, and the refusals with it."""
    subjects = [document for document in documents if isinstance(document, Subject)]
    outcomes = list(in_order(place.plan, subjects, evaluate_all(place.plan, subjects)))
    for document in documents:
        if isinstance(document, RefusedDocument):
            outcomes.append(Rejection(document.subject, None, None, place.plan.as_of, None, document.problems))
    for outcome in outcomes:
        json.dumps(evaluation_json(outcome, "zh"), ensure_ascii=False).encode()
    for lang in ("zh", "en"):
        text = evaluate_text(visible_in(outcomes), lang)[: oracle.LONGEST]
        text.encode()
        oracle.plain(bench, text, "a summary")


def alike(bench: Bench, content: bytes, place: Place) -> None:
    """Where a document can be read under two endings, it says the same under both."""
    read_as = {}
    for ending in ("json", "jsonl", "yaml"):
        file = bench.work / f"alike.{ending}"
        file.write_bytes(content)
        read_as[ending] = read(file, place)
    whole = {
        ending: documents_of[0]
        for ending, documents_of in read_as.items()
        if len(documents_of) == 1 and isinstance(documents_of[0], Subject)
    }
    for ending, subject in whole.items():
        if subject != whole.get("json", subject):
            bench.note("difference", f"a document as .json and as .{ending}", f"{whole['json']}\n{subject}")


def whole(dice: Random, bench: Bench, name: str, place: Place) -> None:
    """The command: results as text or JSON, or an explanation."""
    fixed = [name, "--policies", str(place.folder), "--as-of", place.as_of, "--lang", dice.choice(("zh", "en"))]
    match dice.randrange(4):
        case 0:
            ran = bench.run(["explain", *fixed], place.cache)
            oracle.plain(bench, ran.out, "explain")
        case 1:
            ran = bench.run(["evaluate", *fixed], place.cache)
            oracle.plain(bench, ran.out, "evaluate")
        case 2:
            ran = bench.run(["evaluate", *fixed, "--format", "json", "--engine", "rules"], place.cache)
            same = bench.run(["evaluate", *fixed, "--format", "json"], place.cache)
            if ran.out != same.out or ran.code != same.code:
                bench.note("difference", "rules and single", f"{ran.out[:500]}\n{same.out[:500]}")
        case _:
            ran = bench.run(["evaluate", *fixed, "--format", "json"], place.cache)
            for line in ran.out.splitlines():
                json.loads(line)
    oracle.plain(bench, ran.err, "messages on standard error")
