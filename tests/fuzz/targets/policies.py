"""Policies: read or refused, then looked over, evaluated and written out by every command that takes them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from engine.authoring.lint.run import lint
from engine.evaluating.order import evaluate_all, in_order, plan
from engine.model.problem import PolicyError, SubjectError
from engine.model.subject import Subject
from engine.reading.document import read_json
from engine.reading.files import Files
from engine.reading.library import Read, read_library
from engine.reading.subject import read_subject
from engine.rendering.annex.markdown import markdown
from engine.rendering.annex.policy import policy_part
from engine.rendering.evaluate_text import evaluate_text
from tests.agreement.compare import as_bytes
from tests.fuzz import oracle
from tests.fuzz.bench import Bench
from tests.fuzz.mutators import mixed
from tests.fuzz.worlds import Place, drawn

COMMANDS = 50
"""One in so many is put to a whole command."""


def attempt(dice: Random, bench: Bench) -> None:
    place = drawn(dice, bench.store, shipped=0.005, example=0.3)
    at = dice.randrange(len(place.files.policies))
    name, content = mutant(dice, place, at)
    policies = [(name, content) if index == at else policy for index, policy in enumerate(place.files.policies)]
    if dice.random() < 0.8:
        policies = [(name, content)]
    judged(bench, Files(tuple(policies), place.files.common), place, content, name)
    if dice.randrange(COMMANDS) == 0:
        whole(dice, bench, place, name, content)


def mutant(dice: Random, place: Place, at: int) -> tuple[str, bytes]:
    """A policy file, mutated."""
    name, content = place.files.policies[at]
    if place.drawn is not None and dice.random() < 0.8:
        return name, mixed.of_tree(dice, place.drawn.policies[at])
    return name, mixed.of_text(dice, content)


def judged(bench: Bench, files: Files, place: Place, content: bytes, name: str) -> None:
    """Problems are told, each in its place; what has none can be used."""
    try:
        read = read_library(files)
    except PolicyError as error:
        oracle.check_problems(
            bench, [problem for problem in error.problems if problem.place is None or problem.place.file == name], content
        )
        return
    used(bench, read, place)


def used(bench: Bench, read: Read, place: Place) -> None:
    """Lints, results and annexes of a library that was taken."""
    for problem in lint(read):
        assert problem.place is not None
    planned = plan(read.library, place.plan.as_of)
    subjects = list(_subjects(read, place))
    outcomes = list(in_order(planned, subjects, evaluate_all(planned, subjects)))
    for lang in ("zh", "en"):
        oracle.plain(bench, evaluate_text(outcomes, lang), "a summary")
    markdown(tuple(policy_part(policy) for policy in planned.policies.values()))


def _subjects(read: Read, place: Place) -> list[Subject]:
    subjects = []
    for document in place.documents:
        try:
            subjects.append(read_subject(read_json(as_bytes(document), "subject"), read.library.catalogue, place.policies))
        except SubjectError:
            continue  # the catalogue is another one
    return subjects


def whole(dice: Random, bench: Bench, place: Place, name: str, content: bytes) -> None:
    """A command on the folder with the policy in it."""
    folder = bench.work / "policies"
    _write(folder, place, name, content)
    day = ["--as-of", place.as_of, "--lang", dice.choice(("zh", "en"))]
    policy = dice.choice(sorted(place.policies))
    ending = dice.choice((".md", ".html", ".docx", ".xlsx"))
    command = dice.choice((
        ["check", "policies", *day],
        ["check", "policies", "--format", "sarif", *day],
        ["check", "policies", "--format", "json", *day],
        ["docs", "--output", f"annex{ending}", *day],
        ["docs", "catalogue", *day],
        ["template", policy, "--output", "t.xlsx", *day],
        ["diff", str(place.folder), "policies", "--format", dice.choice(("text", "json", "markdown", "html")), *day],
        ["diff", "policies", str(place.folder), "--exit-code", *day],
        ["test", "policies", *day[2:]],
    ))  # fmt: skip
    ran = bench.run(command)
    if command[0] != "docs" and "json" not in command and "sarif" not in command:
        oracle.plain(bench, ran.out, command[0])
    oracle.plain(bench, ran.err, "messages on standard error")


def _write(folder: Path, place: Place, name: str, content: bytes) -> None:
    (folder / "common").mkdir(parents=True)
    for file, original in place.files.policies:
        (folder / Path(file).name).write_bytes(content if file == name else original)
    for file, original in place.files.common:
        (folder / "common" / Path(file).name).write_bytes(content if file == name else original)
