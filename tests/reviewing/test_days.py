"""Several versions of a policy over time: each day is told by who is in force on it, and the intent is held against the days."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.rendering.sentences import Lang

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests/language/base/policies"
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
CODES = {"equal": 0, "declared": 1, "beyond": 3, "unknown": 4}
TODAY = "2026-06-01"


def version(
    name: str,
    begins: str,
    until: str | None = None,
    each: int = -15,
    declared: tuple[tuple[str, str], ...] = (),
    title: str = "",
) -> str:
    """A version of the example policy that takes so many points for each penalty and declares so much."""
    text = (BASE / "example.yaml").read_text(encoding="utf-8")
    days = f"{{from: {begins}, until: {until}}}" if until else f"{{from: {begins}}}"
    text = re.sub("effective: .*", f"effective: {days}", text).replace('version: "1"', f'version: "{name}"')
    text = text.replace("each: -15", f"each: {each}")
    text = text.replace("title: 商店\n", f"title: {title}\n") if title else text
    entries = "".join(
        f'  - {{version: "{number}", date: 2025-12-01, intent: {intent}, why: 试}}\n' for number, intent in declared
    )
    return f"{text}revisions:\n{entries}" if declared else text


FIRST = version("1", "2025-01-01")
ENDING = version("1", "2025-01-01", "2025-12-31")
SOONER = version("1", "2025-01-01", "2025-11-30")
SECOND = version("2", "2026-01-01", each=-20, declared=(("2", "stricter"),))


class Report:
    """The report of two sides, in every format."""

    def __init__(self, as_of: str) -> None:
        self.as_of = as_of
        report = json.loads(self.run("json"))
        SCHEMA.validate(report)
        self.verdict = report["verdict"]
        self.pairs = [
            (
                policy["old"] and policy["old"]["version"],
                policy["new"] and policy["new"]["version"],
                policy["direction"],
                policy["verdict"],
            )
            for policy in report["policies"]
        ]
        spans: list[dict[str, Any]] = report["policies"][0].get("spans", []) if report["policies"] else []
        self.spans = [(span["from"], span["old"], span["new"], span["direction"]) for span in spans]
        self.backward = report["policies"][0].get("backward") if report["policies"] else None
        self.text = self.run("text")

    def run(self, form: str, lang: Lang = "zh", *more: str) -> str:
        arguments = ["diff", "old", "new", "--format", form, "--lang", lang, "--as-of", self.as_of, *more]
        done = CliRunner().invoke(cli, arguments, standalone_mode=False)
        assert done.exception is None, done.exception
        return done.stdout


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for side in ("old", "new"):
        shutil.copytree(BASE, tmp_path / side)
        (tmp_path / side / "example.yaml").unlink()
    monkeypatch.chdir(tmp_path)


def report_of(old: list[str], new: list[str], as_of: str = TODAY) -> Report:
    for side, files in (("old", old), ("new", new)):
        for number, text in enumerate(files):
            Path(side, f"{number}.yaml").write_text(text, encoding="utf-8")
    return Report(as_of)


class TestSuccession:
    def test_follows(self) -> None:
        """The one that ends needs no intent, for on each day it is said what differs."""
        report = report_of([FIRST], [ENDING, SECOND])
        assert report.pairs == [("1", "1", "neutral", "declared"), ("1", "2", "stricter", "declared")]
        assert report.spans == [("2025-01-01", "1", "1", "neutral"), ("2026-01-01", "1", "2", "stricter")]

    def test_words(self) -> None:
        """A version that is in force later and says the same in other words declares words."""
        later = version("2", "2026-01-01", declared=(("2", "text"),), title="店铺")
        assert report_of([FIRST], [ENDING, later]).verdict == "declared"

    def test_gap(self) -> None:
        """Days between two versions on which none is in force."""
        report = report_of([FIRST], [SOONER, SECOND])
        assert report.verdict == "beyond"
        assert ("2025-12-01", "1", None, None) in report.spans
        assert "! 2025-12-01 至 2025-12-31：不再有施行的版本（原为 1）" in report.text

    def test_end(self) -> None:
        report = report_of([FIRST], [ENDING])
        assert (report.verdict, report.spans[-1]) == ("unknown", ("2026-01-01", "1", None, None))
        assert "! 2026-01-01 起：不再有施行的版本" in report.text

    @pytest.mark.parametrize("intent", ["text", "neutral", "looser", "stricter", "mixed"])
    def test_in_place(self, intent: str) -> None:
        """Version and first day edited in one file: no intent covers that the days before have no rules any more."""
        report = report_of([FIRST], [version("2", "2026-01-01", each=-20, declared=(("2", intent),))])
        assert report.verdict == "beyond"
        assert "! 2025-01-01 至 2025-12-31：不再有施行的版本（原为 1）" in report.text

    def test_in_place_in_every_format(self) -> None:
        report = report_of([FIRST], [version("2", "2026-01-01", each=-20, declared=(("2", "stricter"),))])
        for form in ("markdown", "html"):
            assert "不再有施行的版本（原为 1）" in report.run(form)

    def test_renewed(self) -> None:
        """Where the old one had ended, the days of the new one had no rules: the whole is to be read."""
        report = report_of([ENDING], [ENDING, SECOND])
        assert report.pairs == [("1", "2", "mixed", "unknown")]
        assert "! 2026-01-01 起：原来没有施行的版本，现为 2" in report.text

    def test_a_new_policy(self) -> None:
        """Where there was never another version, a policy begins: its days are no loud line."""
        other = (
            version("1", "2025-01-01").replace("policy: example", "policy: other").replace("title: 商店信用评价", "title: 另")
        )
        report = report_of([FIRST], [FIRST, other])
        assert (report.pairs, report.spans) == ([(None, "1", "mixed", "unknown")], [])
        assert "施行的版本" not in report.text


class TestExpired:
    """The file of a version that had ended is gone."""

    def test_past(self) -> None:
        report = report_of([ENDING, SECOND], [SECOND])
        assert report.pairs == [("1", None, "neutral", "declared")]
        assert "2025-01-01 至 2025-12-31：1 已到期，文件删去，这些日子不能再评价" in report.text
        assert "!" not in report.text

    def test_not_yet(self) -> None:
        """On the day that is asked about it is in force still."""
        report = report_of([ENDING, SECOND], [SECOND], as_of="2025-12-31")
        assert report.verdict == "unknown"
        assert "! 2025-01-01 至 2025-12-31：不再有施行的版本" in report.text

    def test_two(self) -> None:
        first = version("0", "2024-01-01", "2024-12-31")
        assert report_of([first, ENDING, SECOND], [SECOND]).verdict == "declared"

    def test_in_between(self) -> None:
        """What is gone from within a history leaves a gap."""
        first = version("0", "2024-01-01", "2024-12-31")
        assert report_of([first, ENDING, SECOND], [first, SECOND]).verdict == "unknown"


class TestMoved:
    """The day between two versions."""

    def test_equal_rules(self) -> None:
        after = "2", "2025-12-01", None, -15, (("2", "neutral"),)
        report = report_of([ENDING, version("2", "2026-01-01", None, -15, (("2", "neutral"),))], [SOONER, version(*after)])
        assert report.pairs == [("1", "1", "neutral", "declared"), ("2", "2", "neutral", "declared")]
        assert ("2025-12-01", "1", "2", "neutral") in report.spans

    def test_undeclared(self) -> None:
        """What differs on the days between is told with its direction."""
        report = report_of([ENDING, SECOND], [SOONER, version("2", "2025-12-01", None, -20, (("2", "stricter"),))])
        assert report.pairs[-1] == ("1", "2", "stricter", "unknown")
        assert ("2025-12-01", "1", "2", "stricter") in report.spans

    def test_counterexample(self) -> None:
        """What refutes that nothing differs is of a day on which another version is in force, whatever day is asked about."""
        report = report_of([ENDING, SECOND], [SOONER, version("2", "2025-12-01", None, -20, (("2", "stricter"),))])
        proofs = json.loads(report.run("json", "zh", "--prove"))["policies"][-1]["proofs"]
        (day,) = {proof["shown"]["as_of"] for proof in proofs if proof["answer"] == "counterexample"}
        assert "2025-12-01" <= day <= "2025-12-31"
        assert "证明（对目录允许的所有主体，2025-12-01 至 2025-12-31 的每一天）" in report.run("text", "zh", "--prove")

    @pytest.mark.parametrize(("intent", "verdict"), [("stricter", "declared"), ("looser", "beyond"), ("neutral", "beyond")])
    def test_another_number(self, intent: str, verdict: str) -> None:
        """It is held against each version that it stands in place of; none of these is gone."""
        third = version("3", "2025-12-01", None, -20, (("3", intent), ("2", "stricter")))
        report = report_of([ENDING, SECOND], [SOONER, third])
        assert {(pair[0], pair[1]): pair[2] for pair in report.pairs} == {
            ("1", "1"): "neutral", ("1", "3"): "stricter", ("2", "3"): "neutral",
        }  # fmt: skip
        assert report.verdict == verdict
        assert "删去" not in report.text

    def test_without_its_record(self) -> None:
        """What the version in whose place it stands had declared is gone, which nothing covers."""
        report = report_of([ENDING, SECOND], [SOONER, version("3", "2025-12-01", None, -20, (("3", "stricter"),))])
        assert report.verdict == "unknown"
        assert report.text.count("! ") == report.text.count("! 文字  删去 修订记录 2") == 1

    def test_looser_on_every_day(self) -> None:
        loose = version("2", "2026-01-01", each=-10, declared=(("2", "looser"),))
        report = report_of([ENDING, loose], [SOONER, version("3", "2025-12-01", None, -10, (("3", "looser"), ("2", "looser")))])
        assert report.verdict == "declared"

    def test_later(self) -> None:
        """What is declared of the version that begins later is declared of the days that an older one takes."""
        longer = version("1", "2025-01-01", "2026-02-28")
        later = version("3", "2026-03-01", None, -20, (("3", "looser"), ("2", "stricter")))
        report = report_of([ENDING, SECOND], [longer, later])
        assert ("2", "1", "looser", "declared") in report.pairs
        assert report.verdict == "declared"

    def test_both(self) -> None:
        """Both files have another number."""
        ended = version("1.1", "2025-01-01", "2025-11-30", declared=(("1.1", "neutral"),))
        report = report_of(
            [ENDING, SECOND], [ended, version("3", "2025-12-01", None, -20, (("3", "stricter"), ("2", "stricter")))]
        )
        assert report.verdict == "declared"
        assert [span[3] for span in report.spans] == ["neutral", "stricter", "neutral"]


class TestInterim:
    @pytest.mark.parametrize(("each", "verdict"), [(-17, "declared"), (-25, "beyond")])
    def test_before_a_stricter_one(self, each: int, verdict: str) -> None:
        """A milder version put before one that is not in force yet is looser on the days that it takes."""
        interim = version("1.9", "2026-01-01", "2026-03-31", each, (("1.9", "looser"),))
        later = version("2", "2026-04-01", None, -20, (("2", "stricter"),))
        report = report_of([ENDING, SECOND], [ENDING, interim, later])
        assert report.verdict == verdict
        assert [(span[1], span[2]) for span in report.spans] == [("1", "1"), ("2", "1.9"), ("2", "2")]
        assert report.spans[1][3] == ("looser" if each == -17 else "stricter")


def test_single_versions_read_as_ever() -> None:
    """No days are told where one version stands in place of another throughout."""
    report = report_of([FIRST], [version("2", "2025-01-01", each=-20, declared=(("2", "stricter"),))])
    assert (report.pairs, report.spans) == ([("1", "2", "stricter", "declared")], [])
    assert "施行" not in report.text


class TestBackward:
    """A version that is revised in place holds on days that are past as well."""

    REVISED = version("2", "2025-01-01", each=-20, declared=(("2", "stricter"),))

    def test_declared(self) -> None:
        """The days before the revision, in every format."""
        report = report_of([FIRST], [self.REVISED])
        assert report.backward == {
            "from": "2025-01-01", "until": "2025-11-30",
            "text": "溯及既往：已过的日子（2025-01-01 至 2025-11-30）也按新规定评价，那些日子的结果可能改变",
        }  # fmt: skip
        for form in ("text", "markdown", "html"):
            assert report.backward["text"] in report.run(form)
        assert "works backwards: days already past (2025-01-01 to 2025-11-30) are evaluated by the new rules too" in report.run(
            "text", "en"
        )

    def test_undeclared(self) -> None:
        """Nobody says when it was made: all days that are past."""
        report = report_of([FIRST], [version("1", "2025-01-01", each=-20)])
        assert report.backward is not None
        assert (report.backward["from"], report.backward["until"]) == ("2025-01-01", None)
        assert "溯及既往：已过的日子（2025-01-01 起）" in report.text
        assert report_of([SECOND], [version("2", "2026-01-01", each=-25)], "2025-12-01").backward is None

    def test_ended(self) -> None:
        """No later than the version itself."""
        ended = version("1.1", "2025-01-01", "2025-06-30", each=-20, declared=(("1.1", "stricter"),))
        report = report_of([version("1", "2025-01-01", "2025-06-30")], [ended])
        assert report.backward is not None
        assert (report.backward["from"], report.backward["until"]) == ("2025-01-01", "2025-06-30")

    @pytest.mark.parametrize(
        "new",
        [
            [ENDING, SECOND],
            [version("2", "2025-01-01", declared=(("2", "text"),), title="店铺")],
            [version("2", "2025-12-01", each=-20, declared=(("2", "stricter"),))],
        ],
        ids=["later", "words", "gap"],
    )
    def test_not(self, new: list[str]) -> None:
        """A version that begins later, words alone, and days that are left without rules, which are told by themselves."""
        report = report_of([FIRST], new)
        assert (report.backward, "溯及既往" in report.text) == (None, False)

    def test_common_files(self) -> None:
        """They begin on no day."""
        scales = Path("new/common/scales.yaml")
        text = scales.read_text(encoding="utf-8")
        scales.write_text(text.replace("at_least: 80,", "at_least: 81,"), encoding="utf-8")
        report = report_of([FIRST], [FIRST])
        for form in ("text", "markdown", "html"):
            assert "公共文件没有施行日期：已过的日子也按新的内容评价" in report.run(form)
        assert report.backward is None
