"""`xinyong diff`: what it takes, how it ends, and that writing alone is no change."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.model.change import PolicyDiff
from engine.model.impact import Impact, ModelImpact, Transitions
from engine.model.library import Library
from engine.model.problem import InputError
from engine.model.region import Region
from tests.reviewing.revised import BEFORE, edit, revised

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
REVISION = 'revisions:\n  - {version: "2", date: 2025-12-01, intent: %s, why: 试, basis: plan}\n'
Edits = tuple[tuple[str, str], ...]

STRICTER = (("each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -8}"),)
LOOSER = (("each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -3}"),)
TEXT = (("title: 行政处罚, points: 20", "title: 受到的行政处罚, points: 20"),)
MIXED = (("only_when: {staff: {at_least: 10}}", "only_when: {staff: {at_least: 20}}"),)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BEFORE, tmp_path / "before")
    shutil.copytree(BEFORE, tmp_path / "after")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", *arguments, "--lang", "zh"], standalone_mode=False)


def diff_report(*arguments: str) -> Any:
    done = diff(*(arguments or ("before", "after")), "--format", "json")
    assert done.exception is None, done.exception
    report = json.loads(done.stdout)
    SCHEMA.validate(report)
    return report


def revise(intent: str | None, *edits: tuple[str, str]) -> None:
    """The new side with edits, under a new version that declares an intent."""
    declared = () if intent is None else (('version: "1"\n', 'version: "2"\n'), ("revisions:\n", REVISION % intent))
    edit(Path("after/every.yaml"), *edits, *declared)


class TestExitCode:
    @pytest.mark.parametrize(
        ("intent", "edits", "code", "verdict"),
        [
            (None, (), 0, "equal"),
            (None, STRICTER, 4, "unknown"),
            ("stricter", STRICTER, 1, "declared"),
            ("stricter", TEXT, 1, "declared"),
            ("looser", STRICTER, 3, "beyond"),
            ("text", STRICTER, 3, "beyond"),
            ("looser", MIXED, 4, "unknown"),
            ("looser", MIXED + STRICTER, 3, "beyond"),
            ("mixed", MIXED + STRICTER, 1, "declared"),
        ],
    )
    def test_told(self, intent: str | None, edits: Edits, code: int, verdict: str) -> None:
        revise(intent, *edits)
        assert diff("before", "after", "--exit-code").return_value == code
        assert diff("before", "after").return_value == 0
        assert diff_report()["verdict"] == verdict

    def test_unsound(self) -> None:
        """It cannot be carried out where a side is not sound."""
        edit(Path("after/every.yaml"), ("title: 门店信用评价", "titel: 门店信用评价"))
        done = diff("before", "after")
        assert isinstance(done.exception, InputError)
        assert {problem.code for problem in done.exception.problems} == {"unknown_key"}

    @pytest.mark.parametrize(
        "arguments", [("before",), ("before", "after", "after"), ("before", "after", "--max-downgraded", "1")]
    )
    def test_usage(self, arguments: tuple[str, ...]) -> None:
        assert diff(*arguments).exception is not None


class TestNoChange:
    """Comments, order and spelling."""

    @pytest.mark.parametrize(
        "edits",
        [
            (("# Every construct", "# 每种写法"),),
            (("{title: 罚款, fact: fines, points: 10", "{points: 10, fact: fines, title: 罚款"),),
            (("choices: {online: 20, onsite: 20}", "choices: {onsite: 20.0, online: 20}"),),
            (("one_of: [general, serious]", "one_of: [serious, general]"),),
            (("within: 12 months, if_missing: 60", "within: 1 year, if_missing: 60"),),
        ],
        ids=["comment", "keys", "number", "values", "months"],
    )  # fmt: skip
    def test_equal(self, edits: Edits) -> None:
        edit(Path("after/every.yaml"), *edits)
        assert diff_report()["policies"] == []
        assert diff("before", "after").stdout == "两边含义相同\n"

    def test_order(self) -> None:
        """Of facts and measures."""
        file = Path("after/every.yaml")
        lines = file.read_text(encoding="utf-8").splitlines()
        trust = next(i for i, line in enumerate(lines) if line.lstrip().startswith("trust:"))
        lines[trust], lines[trust + 1] = lines[trust + 1], lines[trust]
        file.write_text("\n".join(lines), encoding="utf-8")
        assert diff_report()["verdict"] == "equal"


def changes(what: str) -> list[dict[str, Any]]:
    return [change for change in diff_report()["policies"][0]["changes"] if change["what"] == what]


WATCHED = "when: {any: [{level: {below: B+}, vetoed: {is: false}}, {listed: {is: true}}]}"
AGAIN = "{any: [{level: {below: B+}, vetoed: {is: false}}, {listed: {is: true}}%s]}"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (AGAIN % ", {staff: {below: 3}}", "原条件，或者从业人员数＜3人"),
        (AGAIN.replace("below", "at_most") % "", "原条件中“等级低于B+，且没有一票否决”改为“等级不高于B+，且没有一票否决”"),
        (
            "{all: [%s, {staff: {above: 3}, years: {above: 1}}]}" % (AGAIN % ""),
            "原条件，并且从业人员数＞3人，且成立满年数＞1年",
        ),
        ("{level: {below: B+}, vetoed: {is: false}}", "等级低于B+，且没有一票否决"),
        ("{grade: {is: 差}}", "等次为“差”"),
    ],
    ids=["or", "other", "and", "short", "nothing shared"],
)
def test_conditions(when: str, expected: str) -> None:
    """A long condition is told by what came to the old one or went from it."""
    edit(Path("after/every.yaml"), (WATCHED, f"when: {when}"))
    (change,) = changes("when")
    assert change["new"]["text"] == expected


class TestRecognised:
    """What was moved or has another name is itself."""

    def test_renamed_fact(self) -> None:
        edit(
            Path("after/every.yaml"),
            ("      worst: {title: 最高罚款", "      dearest: {title: 最高罚款"),
            ("when: {worst: {above", "when: {dearest: {above"),
        )
        (change,) = changes("fact")
        assert (change["how"], change["old"]["text"], change["new"]["text"]) == ("renamed", "worst", "dearest")
        assert len(diff_report()["policies"][0]["changes"]) == 1

    def test_moved_indicator(self) -> None:
        line = "          years: {title: 经营年限, fact: years, points: 10, each: 1.5, basis: {plan: 第二条}}\n"
        edit(Path("after/every.yaml"), (line, ""), ("      service:\n", f"{line}      service:\n"), ("points: 60\n", "points: 70\n"),
             ("out_of: 100", "out_of: 90"), ("value: 40,", "value: 30,"))  # fmt: skip
        (change,) = changes("indicator")
        assert (change["how"], change["old"]["text"], change["new"]["text"]) == ("moved", "服务", "守法")
        assert change["new"]["line"] < change["old"]["line"] + 1


class TestSides:
    def test_files(self) -> None:
        """Each with the common files beside it."""
        revise("stricter", *STRICTER)
        report = diff_report("before/every.yaml", "after/every.yaml")
        (change,) = [change for change in report["policies"][0]["changes"] if change["what"] == "each"]
        assert (change["old"]["file"], change["old"]["line"]) == ("before/every.yaml", 49)
        assert (change["new"]["file"], change["basis"]) == ("after/every.yaml", "示例〔2025〕1号 第一条")

    def test_new_and_gone(self) -> None:
        Path("empty").mkdir()
        shutil.copytree("before/common", "empty/common")
        other = Path("before/every.yaml").read_text(encoding="utf-8").replace("policy: every", "policy: other")
        other = other.replace("title: 门店信用评价", "title: 另一评价")
        Path("empty/other.yaml").write_text(other.replace("policy: {is: every}", "policy: {is: other}"), encoding="utf-8")
        report = diff_report("before", "empty")["policies"]
        assert [(policy["policy"], policy["old"] is None, policy["new"] is None) for policy in report] == [
            ("other", True, False),
            ("every", False, True),
        ]

    def test_written_otherwise(self) -> None:
        """A file is one however its path is written; beside a folder it is refused."""
        for side in ("./after/every.yaml", "after//every.yaml", str(Path("after/every.yaml").resolve())):
            assert diff("before/every.yaml", side).stdout == "两边含义相同\n"
            assert isinstance(diff("before", side).exception, InputError)

    def test_nothing_there(self) -> None:
        done = diff("before", "nowhere")
        assert isinstance(done.exception, InputError)
        assert done.exception.problems[0].code == "file_missing"


@pytest.fixture
def impact(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A population of which so many of 200 go to a worse level."""

    def make(down: int) -> None:
        def of_population(old: Library, new: Library, changed: list[PolicyDiff], *_: object) -> Impact:
            policy = new.policies[0]
            moved = Transitions(200, 4, down, 1, down)
            model_impact = ModelImpact(
                old.policies[0], policy, policy.models["store"], 200, down + 4, moved,
                {("A", "A"): 100, ("A", "B+"): down, ("B", "A"): 4, ("not_evaluated", "not_evaluated"): 1},
                {"430502": moved, "430503": Transitions(3)}, {"listed": (1, 0)}, {"fewer": (0, 2)},
                (-50000, -50000, -30000, 0, 0, 0, 0, 10000, 20000), (), (),
                region_names={"430502": Region("双清区")},
            )  # fmt: skip
            return Impact(738000, 200, (model_impact,), 2)

        monkeypatch.setattr("engine.usecases.population.population_impact", of_population)

    return make


class TestPopulation:
    @pytest.mark.parametrize(("down", "code"), [(10, 0), (11, 3)])
    def test_threshold(self, impact: Callable[[int], None], down: int, code: int) -> None:
        """Just what is allowed, and more; said on standard error."""
        impact(down)
        revise("stricter", *STRICTER)
        done = diff("before", "after", "--population", "subjects", "--max-downgraded", "5")
        assert done.return_value == code, done.exception
        assert ("降级或者不再有结果的主体占 5.50%，多于允许的 5%" in done.stderr) == (code == 3)
        limit = ("before", "after", "--population", "subjects", "--max-downgraded", "5")
        assert diff_report(*limit)["verdict"] == ("exceeded" if code else "declared")
        assert diff_report(*limit)["impact"]["exceeded"] == (["every/store"] if code else [])
        for form in ("text", "markdown", "html"):
            assert ("多于允许的 5%" in diff(*limit, "--format", form).stdout) == (code == 3)

    def test_told(self, impact: Callable[[int], None]) -> None:
        impact(10)
        revise("stricter", *STRICTER)
        (model,) = diff_report("before", "after", "--population", "subjects")["impact"]["models"]
        assert model["moved"] == {"of": 200, "up": 4, "down": 10, "grade_up": 1, "grade_down": 10, "gained": 0, "lost": 0}
        assert model["score"]["0"] == "-5.00"
        markdown = diff("before", "after", "--population", "s", "--format", "markdown").stdout
        assert "升级 4（2.0%），降级 10（5.0%）" in markdown
        page = diff("before", "after", "--population", "s", "--format", "html").stdout
        assert "双清区" in page
        assert "430503" in page, "a region without a name"
        assert "−5.00" in page

    def test_not_written_in_part(self, impact: Callable[[int], None]) -> None:
        """The output is whole, or there is none."""
        revise("stricter", *STRICTER)
        assert diff("before", "nowhere", "--output", "out.html").exception is not None
        assert not Path("out.html").exists()
        assert diff("before", "after", "--format", "html", "--output", "out.html").return_value == 0
        assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_everything(tmp_path: Path) -> None:
    """Every kind of change has both places, a value on either side, and a basis wherever the policy says one."""
    revised(tmp_path / "all")
    (policy,) = diff_report("all/before", "all/after")["policies"]
    for change in policy["changes"]:
        assert change["old"] or change["new"]
        for side in filter(None, (change["old"], change["new"])):
            assert side["file"].startswith("all/")
            assert side["line"] >= 1
    assert policy["intent"] == "stricter"
    assert sum(change["outside"] for change in policy["changes"]) == 23


def test_no_network(tmp_path: Path) -> None:
    """The page reads nothing from elsewhere, and no title is taken for markup."""
    revise("text", ("title: 行政处罚, points: 20", "title: <b>行政</b>&处罚, points: 20"))
    page = diff("before", "after", "--format", "html").stdout
    assert "<b>行政</b>" not in page
    assert "&lt;b&gt;行政&lt;/b&gt;&amp;处罚" in page
    assert not any(mark in page for mark in ("http:", "https:", "src=", "@import", "<script", "url("))


def test_git_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """For files and folders: only a report that tells the commit asks it, and does without."""
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("git was asked"))
    assert diff("before", "after").return_value == 0

    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    assert diff_report()["verdict"] == "equal"
    assert diff_report()["prepared"]["old"]["commit"] is None


class TestProofs:
    """What is proved stands in every report, and is held against the intent."""

    @pytest.fixture(autouse=True)
    def example(self, folder: Path) -> None:
        """A small policy: the solver is asked in earnest."""
        for side in ("small", "revised"):
            shutil.copytree(ROOT / "tests/language/base/policies", side)
        declared = 'revisions:\n  - {version: "2", date: 2025-12-01, intent: stricter, why: 试}\n'
        file = Path("revised/example.yaml")
        edit(file, ('version: "1"', 'version: "2"'), ("each: -15", "each: -20"))
        file.write_text(file.read_text(encoding="utf-8") + declared, encoding="utf-8")

    def test_told(self) -> None:
        report = diff_report("small", "revised", "--prove", "--as-of", "2025-12-31")
        answers = {(proof["claim"], proof["about"]): proof["answer"] for proof in report["policies"][0]["proofs"]}
        assert answers["never_better", "result"] == "proved"
        assert answers["never_worse", "result"] == "counterexample"
        assert report["verdict"] == "declared"

    @pytest.mark.parametrize("form", ["text", "markdown", "html"])
    def test_reports(self, form: str) -> None:
        done = diff("small", "revised", "--prove", "--as-of", "2025-12-31", "--format", form)
        assert done.exception is None, done.exception
        assert "结果不会更好" in done.stdout
        assert "反例：结果相同；结果不会更差" in done.stdout
        assert "administrative_penalty" in done.stdout or "penalty" in done.stdout

    def test_beyond(self) -> None:
        """A change that goes either way is beyond the intent where somebody is worse off."""
        edit(Path("revised/example.yaml"), ("intent: stricter", "intent: looser"), ("each: -20", "start: 70, each: -30"))
        assert diff_report("small", "revised", "--as-of", "2025-12-31")["verdict"] in ("unknown", "beyond")
        assert diff_report("small", "revised", "--prove", "--as-of", "2025-12-31")["verdict"] == "beyond"
