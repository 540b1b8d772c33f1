"""Each side of a change says what its own version says: by its own parameters, points, thresholds and titles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.rendering.sentences import Lang
from tests.reviewing.revised import edit

POLICY = """policy: small
title: 小
version: "1"
status: trial
authority: 示例局
effective: {from: 2025-01-01}
scale: hunan-nine-level
basis:
  plan: {document: 方案}
parameters:
  times: {title: 屡次的次数, value: 3, status: set, basis: plan}
  full: {title: 满意的标准, value: 95, status: set, basis: plan}
models:
  store:
    title: 门店
    kind: organisation
    facts:
      penalties: {title: 近两年处罚次数, count: administrative_penalty, within: 24 months}
      minor: {title: 轻微处罚次数, count: administrative_penalty, where: {seriousness: {is: minor}}}
      answers: {title: 满意度（%）, attribute: staff, if_missing: 0}
    dimensions:
      all:
        title: 守法
        points: 100
        indicators:
          law: {title: 处罚, points: 40, each: {penalties: -5, minor: -1}, basis: plan}
          kept: {title: 守约, points: 20, first_of: [{when: {penalties: {at_least: {parameter: times}}}, points: 5}, {otherwise: 20}], basis: plan}
          answers:
            title: 满意
            fact: answers
            points: 40
            bands: [{at_least: {parameter: full}, points: 40}, {at_least: 60, points: 20}, {otherwise: 0}]
            basis: plan
    vetoes:
      many: {title: 屡次处罚, when: {penalties: {at_least: {parameter: times}}, minor: {at_least: 5}}, level: D, basis: plan}
    measures:
      watch: {title: 重点监管, kind: routine, matter: supervision, when: {penalties: {at_least: {parameter: times}}, minor: {at_least: 4}}, basis: plan}
    alerts:
      soon: {title: 临近, when: {penalties: {at_least: {parameter: times}}, minor: {at_least: 3}}, severity: warning}
"""
TIMES, FULL = ("value: 3", "value: 2"), ("value: 95", "value: 90")


@pytest.fixture(autouse=True)
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for side in ("old", "new"):
        (tmp_path / f"{side}.yaml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def lines(*edits: tuple[str, str], lang: Lang = "zh") -> list[str]:
    """The report of a revision, line by line."""
    edit(Path("new.yaml"), *edits)
    done = CliRunner().invoke(cli, ["diff", "old.yaml", "new.yaml", "--lang", lang], standalone_mode=False)
    assert done.exception is None, done.exception
    text = re.sub(r"\n      (?:原：|old: )(.*)\n      (?:新：|new: )", r"  \1 → ", done.stdout)  # what is too long for a line
    return [line.strip(" !") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("least", "start"),
    [
        (5, "收紧  一票否决 屡次处罚  条件"),
        (4, "有宽有严  措施 重点监管  条件"),
        (3, "不影响结果  预警 临近  条件"),
    ],
    ids=["veto", "measure", "alert"],
)
def test_conditions(least: int, start: str) -> None:
    """With another value of a parameter beside what is written otherwise."""
    (line,) = (
        line for line in lines(TIMES, (f"minor: {{at_least: {least}}}", "minor: {at_least: 1}")) if line.startswith(start)
    )
    before, after = line.removeprefix(start).split(" → ")
    assert ("近两年处罚次数≥3次" in before, f"轻微处罚次数≥{least}次" in before) == (True, True)
    assert ("近两年处罚次数≥2次" in after, "轻微处罚次数≥1次" in after) == (True, True)


def test_a_band() -> None:
    """Its threshold by the parameter, its points as written."""
    assert "收紧  指标 满意  分档  ≥95% 得40分 → ≥90% 得38分" in lines(
        FULL, ("{parameter: full}, points: 40", "{parameter: full}, points: 38")
    )


def test_a_band_that_differs_twice() -> None:
    """No side says a threshold of one version with the points of the other."""
    report = lines(("at_least: 60, points: 20", "at_least: 65, points: 18"))
    assert "收紧  指标 满意  分档  ≥60% → ≥65%" in report
    assert "收紧  指标 满意  分档  ≥60% 得20分 → ≥65% 得18分" in report


def test_a_branch() -> None:
    """Its condition by the parameter, its points as written."""
    sentence = "收紧  指标 守约  情形  近两年处罚次数≥3次的 得5分 → 近两年处罚次数≥2次的 得4分"
    assert sentence in lines(TIMES, ("points: 5}, {otherwise", "points: 4}, {otherwise"))


@pytest.mark.parametrize("window", ["12 months", "24 months"])
def test_titles(window: str) -> None:
    """A fact of another title is called on each side as it is called there."""
    report = lines(
        ("近两年处罚次数", "近一年处罚次数"),
        ("within: 24 months", f"within: {window}"),
        ("minor: {at_least: 5}", "minor: {at_least: 6}"),
    )
    assert (
        "放宽  一票否决 屡次处罚  条件  近两年处罚次数≥3次，且轻微处罚次数≥5次 → 近一年处罚次数≥3次，且轻微处罚次数≥6次"
        in report
    )


def test_points_with_a_form() -> None:
    """A whole form is told with the points that it gives up to."""
    report = lines(
        ("points: 40, each: {penalties: -5, minor: -1}", "fact: penalties, points: 30, each: 2"),
        ("fact: answers\n            points: 40", "fact: answers\n            points: 50"),
    )
    (line,) = (line for line in report if "指标 处罚  评分标准" in line)
    assert line.endswith("近两年处罚每次扣5分，轻微处罚每次扣1分，扣完为止 → 每次得2分，最高得30分")


def test_renamed() -> None:
    """What several facts take is told of the fact that it is, and found in both files."""
    more = tuple((f"minor: {{at_least: {least}}}", f"slight: {{at_least: {least}}}") for least in (5, 4, 3))
    report = lines(("      minor: {title", "      slight: {title"), *more, ("minor: -1}", "slight: -2}"))
    at = report.index("收紧  指标 处罚  计分  轻微处罚，每次扣1分 → 轻微处罚，每次扣2分")
    assert report[at + 1].startswith("old.yaml:26 → new.yaml:26")


def test_english() -> None:
    report = lines(TIMES, ("minor: {at_least: 5}", "minor: {at_least: 1}"), lang="en")
    (line,) = (line for line in report if "veto 屡次处罚  when" in line)
    assert line.endswith("近两年处罚次数 ≥ 3 and 轻微处罚次数 ≥ 5 → 近两年处罚次数 ≥ 2 and 轻微处罚次数 ≥ 1"), line
