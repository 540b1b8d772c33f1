"""engine.api gives what the command gives, as values; docs/api.md is run by tests/docs."""

from __future__ import annotations

import json
import operator
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from engine import api
from engine.cli.main import cli
from engine.model.library import Library
from engine.model.problem import InputError, PolicyError

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "docs" / "samples"
DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def library() -> Library:
    return api.load(ROOT / "policies")


def document(name: str) -> dict[str, object]:
    read: dict[str, object] = json.loads((SAMPLES / name).read_text(encoding="utf-8"), parse_float=Decimal)
    return read


def printed(*arguments: str) -> str:
    options = ["--as-of", DAY.isoformat(), "--policies", str(ROOT / "policies"), "--lang", "en"]
    return CliRunner().invoke(cli, [*arguments, *options], standalone_mode=False).stdout


@pytest.mark.parametrize("name", ["park.jsonl", "two-industries.json", "medical-patient.json"])
def test_evaluate_as_the_command(name: str, library: Library) -> None:
    """The documents are those that the command prints, from a file and from values."""
    plan = api.prepare(library, DAY)
    lines = [json.loads(line) for line in printed("evaluate", str(SAMPLES / name), "--format", "json").splitlines()]
    assert [dict(result.document) for result in api.evaluate(plan, SAMPLES / name)] == lines
    text = (SAMPLES / name).read_text(encoding="utf-8")
    values = [json.loads(text)] if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
    assert [dict(result.document) for result in api.evaluate(plan, values)] == lines
    schema = json.loads((ROOT / "schema" / "evaluation.schema.json").read_text(encoding="utf-8"))
    for line in lines:
        Draft202012Validator(schema).validate(line)


def test_numbers(library: Library) -> None:
    """Exact, whatever the decimal context of the caller; as are floats of a document, which are taken as written."""
    subject_read = document("housekeeping-enterprise.json")
    as_floats = json.loads((SAMPLES / "housekeeping-enterprise.json").read_text(encoding="utf-8"))
    with localcontext() as context:
        context.prec = 2
        for subject in (subject_read, as_floats):
            (result,) = api.evaluate(api.prepare(library, DAY), subject, policy="housekeeping")
            assert (str(result.score), result.facts["satisfaction"]) == ("81.00", Decimal("91.5"))
            assert result.facts["contract_percent"] == Decimal("94.2308")
            assert result.as_of == DAY


def test_days_as_dates(library: Library) -> None:
    subject = document("housekeeping-enterprise.json")
    attributes = subject["attributes"]
    assert isinstance(attributes, dict)
    same = subject | {"attributes": attributes | {"established": date(2017, 8, 16)}}
    plan = api.prepare(library, DAY)
    assert api.evaluate(plan, same) == api.evaluate(plan, subject)


def test_several_and_refused(library: Library) -> None:
    """In their order; those of one id are refused, and the rest goes on."""
    subject, other = document("housekeeping-enterprise.json"), document("legal-firm.json")
    results = api.evaluate(api.prepare(library, DAY), [subject, other, subject, 3])  # type: ignore[arg-type]
    assert [result.outcome for result in results if result.policy == "legal"] == ["evaluated"]
    refused = [result for result in results if result.subject == subject["id"]]
    assert [result.problems[-1].code for result in refused] == ["subject_twice", "subject_twice"]
    assert results[-1].subject is None
    assert results[-1].problems[0].code == "wrong_type"


def test_no_place_in_a_document(library: Library) -> None:
    plan = api.prepare(library, DAY)
    with pytest.raises(TypeError, match="object"):
        api.evaluate(plan, {"id": object()})
    with pytest.raises(TypeError, match="not both"):
        api.evaluate(plan, [{"id": "x"}, "x.json"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [b"2025-03-01", {"a", "b"}, frozenset("a"), (part for part in "ab"), {1: 2}, {"staff": 1, None: 2}],
    ids=["bytes", "set", "frozenset", "generator", "key that is no text", "key that is nothing"],
)
def test_wrong_types(value: object, library: Library) -> None:
    """What has no order, or would be something else in a document, is a mistake of the program."""
    plan = api.prepare(library, DAY)
    with pytest.raises(TypeError):
        api.evaluate(plan, document("housekeeping-enterprise.json") | {"attributes": value})
    with pytest.raises(TypeError):
        api.evaluate(plan, b"park.jsonl")  # type: ignore[arg-type]


def _nested(depth: int) -> object:
    tree: list[object] = []
    for _ in range(depth):
        tree = [tree]
    return tree


def _circle() -> object:
    tree: list[object] = []
    tree.append(tree)
    return tree


class Shouting(str):
    def __str__(self) -> str:
        return "SHOUTED"


class Measured(float):
    def __repr__(self) -> str:
        return f"measured({float(self)})"


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"name": "\ud800"}, "half_character", "name"),
        ({"\udfff": 1}, "half_character", ""),
        ({"records": [{"fields": {"note": "a\ud83d"}}]}, "half_character", "records[0].fields.note"),
        ({"attributes": {"staff": _nested(900)}}, "too_deep", ""),
        ({"records": _circle()}, "too_deep", ""),
        ({"attributes": {"staff": 10**5000}}, "number_too_large", "attributes.staff"),
        ({"attributes": {"staff": -(10**5000)}}, "number_too_large", "attributes.staff"),
        ({"attributes": {"staff": float("inf")}}, "number_not_finite", "attributes.staff"),
    ],
)
def test_refused_as_in_a_file(value: dict[str, object], code: str, path: str, library: Library) -> None:
    """What no file can hold is refused with its place, and the others go on."""
    subject, other = document("housekeeping-enterprise.json"), document("legal-firm.json")
    results = api.evaluate(api.prepare(library, DAY), [subject | value, other])
    refused = [result for result in results if result.outcome == "rejected"]
    assert {(result.subject, result.problems[0].code, result.problems[0].path) for result in refused} == {
        (subject["id"], code, path)
    }
    assert any(result.policy == "legal" and result.outcome == "evaluated" for result in results)


def test_kinds_of_numbers_and_texts(library: Library) -> None:
    """Those of libraries that write themselves otherwise."""
    subject = document("housekeeping-enterprise.json")
    records = [
        record | {"fields": {key: Measured(value) if isinstance(value, Decimal) else value for key, value in record["fields"].items()}}
        for record in subject["records"]  # type: ignore[attr-defined]
    ]  # fmt: skip
    other = subject | {"records": records, "id": Shouting(subject["id"]), "kind": Shouting(subject["kind"])}
    plan = api.prepare(library, DAY)
    assert api.evaluate(plan, other) == api.evaluate(plan, subject)


def test_documents_that_change_afterwards(library: Library) -> None:
    subject = document("housekeeping-enterprise.json")
    plan = api.prepare(library, DAY)
    results = api.evaluate(plan, subject)
    kept = json.dumps([dict(result.document) for result in results])
    for part in ("attributes", "records"):
        subject[part].clear()  # type: ignore[attr-defined]
    assert json.dumps([dict(result.document) for result in results]) == kept


WRONG: dict[str, Callable[[Library], object]] = {
    "a day as a text": lambda library: api.prepare(library, "2025-12-31"),  # type: ignore[arg-type]
    "a language": lambda library: api.evaluate(api.prepare(library, DAY), {}, lang="fr"),  # type: ignore[arg-type]
    "the language of findings": lambda library: api.findings([], "de"),  # type: ignore[arg-type]
    "an unknown limit": lambda library: _limited({"downgrade": 5}),
    "a limit below nothing": lambda library: _limited({"downgraded": -1}),
    "a limit that is no number": lambda library: _limited({"downgraded": float("nan")}),
    "a limit as a text": lambda library: _limited({"downgraded": "5"}),
    "a limit of nobody": lambda library: api.diff(ROOT / "policies", ROOT / "policies", DAY, allowed={"downgraded": 5}),
    "memory": lambda library: api.evaluate_tables(library, SAMPLES / "park.jsonl", DAY, memory="much"),
    "memory of a comparison": lambda library: api.diff(ROOT / "policies", ROOT / "policies", DAY, memory="8"),
}


def _limited(allowed: dict[str, object]) -> object:
    limits: dict[str, float] = allowed  # type: ignore[assignment]
    return api.diff(ROOT / "policies", ROOT / "policies", DAY, population=SAMPLES / "park.jsonl", allowed=limits)


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments(name: str, library: Library) -> None:
    """None is passed over: a limit that is misspelt would be held against nobody."""
    with pytest.raises(TypeError if name == "a day as a text" else ValueError):
        WRONG[name](library)


def test_explain_what_is_refused(library: Library) -> None:
    """Of a document that cannot be read its problems are there."""
    subject = document("housekeeping-enterprise.json") | {"attributes": {"staf": 1}}
    explanation = api.explain(library, subject, DAY)
    assert [(result.outcome, result.problems[0].path) for result in explanation.results] == [("rejected", "attributes.staf")]
    assert explanation.text == ""


def test_explain_as_the_command(library: Library) -> None:
    file = SAMPLES / "eldercare-worker.json"
    assert api.explain(library, file, DAY, policy="eldercare").text == printed("explain", str(file), "--policy", "eldercare")


def test_tables_as_the_command(library: Library, tmp_path: Path) -> None:
    by_command, by_api = tmp_path / "command.jsonl", tmp_path / "api.jsonl"
    printed("evaluate", str(SAMPLES / "park.jsonl"), "--output", str(by_command))
    run = api.evaluate_tables(library, SAMPLES / "park.jsonl", DAY, by_api)
    assert by_api.read_bytes() == by_command.read_bytes()
    assert run.subjects == 8
    with pytest.raises(InputError):
        api.evaluate_tables(library, SAMPLES / "park.jsonl", DAY, SAMPLES / "park.jsonl")


def test_check_and_diff_as_the_command(tmp_path: Path) -> None:
    shop = (ROOT / "docs" / "language.md").read_text(encoding="utf-8").split("```yaml policy=shop\n")[1].split("```")[0]
    for side, text in {
        "old": shop,
        "new": shop.replace("each: -15", "each: -10"),
        "bad": shop.replace("each:", "eech:"),
    }.items():
        (tmp_path / side).mkdir()
        (tmp_path / side / "shop.yaml").write_text(text, encoding="utf-8")
    old, new, bad = (str(tmp_path / side) for side in ("old", "new", "bad"))
    checked = api.check(bad, DAY)
    assert checked.failed
    listed = json.loads(
        CliRunner().invoke(cli, ["check", bad, "--format", "json", "--lang", "en"], standalone_mode=False).stdout
    )
    assert [(it.code, it.message, it.line) for it in checked.findings] == [
        (it["code"], it["message"], it["line"]) for it in listed
    ]
    command = ["diff", old, new, "--format", "json", "--lang", "en", "--as-of", DAY.isoformat()]
    printed_comparison = json.loads(CliRunner().invoke(cli, command, standalone_mode=False).stdout)
    del printed_comparison["prepared"]
    assert api.diff(old, new, DAY).document == printed_comparison


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda library, folder: api.load(folder), InputError),
        (lambda library, folder: api.load(_unsound(folder)), PolicyError),
        (lambda library, folder: api.evaluate(api.prepare(library, DAY), folder / "none.json"), InputError),
        (lambda library, folder: api.evaluate(api.prepare(library, DAY), {}, policy="none"), InputError),
        (lambda library, folder: api.explain(library, SAMPLES / "park.jsonl", DAY), InputError),
        (lambda library, folder: api.explain(library, [], DAY), InputError),
        (lambda library, folder: api.explain(library, _refused(), DAY, policy="legal"), InputError),
        (lambda library, folder: api.load([]), InputError),
        (lambda library, folder: api.check([], DAY), InputError),
        (lambda library, folder: api.diff(str(folder / "a"), str(folder / "b"), DAY), InputError),
    ],
)
def test_what_a_caller_can_mend(
    call: Callable[[Library, Path], object], error: type[Exception], library: Library, tmp_path: Path
) -> None:
    with pytest.raises(error) as raised:
        call(library, tmp_path)
    assert all(finding.message for finding in api.findings(raised.value.problems, "zh"))  # type: ignore[attr-defined]


def _refused() -> dict[str, object]:
    """A document that names a model of another policy, and cannot be read."""
    return document("housekeeping-enterprise.json") | {"attributes": {"staf": 1}}


def _unsound(folder: Path) -> Path:
    (folder / "a.yaml").write_text("policy: a\n", encoding="utf-8")
    return folder


def test_threads(library: Library) -> None:
    """One library, plans of two days, eight threads."""
    subject = document("housekeeping-enterprise.json")
    plans = [api.prepare(library, day) for day in (DAY, date(2028, 12, 31))]
    alone = [api.evaluate(plan, subject) for plan in plans]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda number: api.evaluate(plans[number % 2], subject), range(80)))
    assert together == [alone[number % 2] for number in range(80)]


def test_tables_in_threads(library: Library, tmp_path: Path) -> None:
    """Each call has a database and outputs of its own."""

    def run(number: int) -> bytes:
        output = tmp_path / f"{number}.jsonl"
        api.evaluate_tables(library, SAMPLES / "park.jsonl", DAY, output)
        return output.read_bytes()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(run, range(4)))) == 1


PROVING = """
import gc, sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from engine import api

def prove(number):
    if number % 3 == 2:
        return gc.collect()  # in this thread go the terms of the others
    checked = api.check(sys.argv[1], date(2025, 12, 31), prove=True)
    return [claim["answer"] for claim in checked.claims]

with ThreadPoolExecutor(3) as threads:
    answers = list(threads.map(prove, range(12)))
assert answers[0] and all(answers[number] == answers[0] for number in range(12) if number % 3 < 2)
"""


def test_proofs_in_threads(tmp_path: Path) -> None:
    """The solver bears one thread at a time: it would end the whole program otherwise."""
    shop = (ROOT / "docs" / "language.md").read_text(encoding="utf-8").split("```yaml policy=shop\n")[1].split("```")[0]
    (tmp_path / "shop.yaml").write_text(shop, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROVING, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_results_stay(library: Library) -> None:
    """Nobody changes what another thread reads; what a program does with a document is its own matter."""
    result = api.evaluate(api.prepare(library, DAY), SAMPLES / "legal-firm.json")[0]
    before = json.dumps(result.document)
    for change in (lambda facts: facts.update(x=9), lambda facts: facts.clear(), lambda facts: operator.setitem(facts, "x", 9)):
        with pytest.raises(TypeError, match="not changed"):
            change(result.facts)
    result.document["score"] = "1"
    result.document["dimensions"].clear()
    assert json.dumps(result.document) == before
    assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize("width", [0, -5, 20, 59])
def test_too_narrow(width: int, library: Library) -> None:
    with pytest.raises(ValueError, match="60 columns or more"):
        api.explain(library, SAMPLES / "legal-firm.json", DAY, width=width)


@pytest.mark.parametrize("width", [60, 80, 100, 101, 110, 120])
@pytest.mark.parametrize("sample", ["eldercare-worker", "medical-institution", "training-institution", "transport-operator"])
def test_narrow_and_whole(width: int, sample: str, library: Library) -> None:
    """In each width every text stands that stands in a wide one, in as many lines as it takes."""
    narrow, wide = (api.explain(library, SAMPLES / f"{sample}.json", DAY, width=columns).text for columns in (width, 300))
    assert max(map(cell_len, narrow.splitlines())) <= width
    assert sorted(re.sub(r"[\s─]", "", narrow)) == sorted(re.sub(r"[\s─]", "", wide))


def test_moment_for_a_day(library: Library) -> None:
    with pytest.raises(TypeError, match="a day is a"):
        api.prepare(library, datetime(2025, 12, 31))


def test_a_traceback_says_what_and_where(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        api.load(_unsound(tmp_path))
    assert "a.yaml:1:" in str(raised.value)
    assert "missing_key" in str(raised.value)
    with pytest.raises(InputError, match=r"policy_unknown.*policy='none'"):
        api.evaluate(api.prepare(api.load(ROOT / "policies"), DAY), {}, policy="none")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)
