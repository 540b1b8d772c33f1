"""Whom a change touches, through the command: measures that are others now, distinct subjects, days, limits, lost results."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from engine.cli.main import cli
from engine.model import period
from engine.model.impact import Impact
from engine.model.library import Library
from engine.model.problem import InputError
from engine.reviewing.diff.policies import policy_changes
from engine.reviewing.impact.day import first_day, uncompared
from engine.usecases.population import population_impact
from tests.lanes import few
from tests.reviewing.both import check_stacked, impact_of
from tests.reviewing.revised import edit
from tests.reviewing.test_impact import COMPOSITE, DAY, ONE, SHOPS, impact_on, library, lines, shop

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "schema/diff.schema.json").read_text(encoding="utf-8")))
FORMS = ("text", "markdown", "html")

PRAISE = "      praise: {title: 优先评先评优"
MEASURES = """\
      watch: {title: 提高抽查比例, kind: routine, matter: supervision, when: {grade: {is: 良}}, terms: {抽查比例: 20%}, basis: plan}
      limited: {title: 限制投标, kind: restriction, item: limit-bidding, matter: bidding, when: {grade: {is: 差}}, basis: plan}
"""
ALERTS = "    alerts:\n      many: {title: 多次处罚预警, when: {penalties: {at_least: 2}}, severity: warning}\n    measures:\n"
VERSION = ('version: "1"', 'version: "2"')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seven shops under an industry's policy and the composite one: A ×3, B ×2 by the industry, D once, one of no industry."""
    for side in ("before", "after"):
        shutil.copytree(ROOT / "tests/language/base/policies", tmp_path / side)
        edit(tmp_path / side / "example.yaml", (PRAISE, MEASURES + PRAISE), ("    measures:\n", ALERTS))
        (tmp_path / side / "composite.yaml").write_text(COMPOSITE, encoding="utf-8")
    lines(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("engine.usecases.population.population_impact", remembered)
    return tmp_path


KNOWN: dict[object, Impact] = {}


def remembered(
    old: Library, new: Library, policy_changes: Any, inputs: Any, as_of: int, listener: Any, memory: Any, is_given: bool
) -> Impact:  # fmt: skip
    """The impact of two libraries, computed once for all formats and limits."""
    sides = [
        [(policy.digest, policy.effective_from, policy.effective_until) for policy in side.policies] for side in (old, new)
    ]
    key = repr((sides, as_of, is_given))
    if key not in KNOWN:
        KNOWN[key] = population_impact(old, new, policy_changes, inputs, as_of, listener, memory, is_given)
    return KNOWN[key]


def after(*edits: tuple[str, str]) -> None:
    edit(Path("after/example.yaml"), *edits)


def run(*arguments: str, form: str = "json", day: str | None = "2025-12-31") -> Result:
    on = ["--as-of", day] if day else []
    command = ["diff", "before", "after", "--population", "subjects.jsonl", *on, "--format", form, "--lang", "zh", *arguments]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.exception is None, done.exception
    return done


def impact_report(*arguments: str, day: str | None = "2025-12-31") -> Any:
    report = json.loads(run(*arguments, day=day).stdout)
    SCHEMA.validate(report)
    return report


def of_model(report: Any, policy: str = "example") -> Any:
    (model_impact,) = (model for model in report["impact"]["models"] if model["policy"] == policy)
    return model_impact


def texts(*arguments: str, day: str | None = "2025-12-31") -> list[str]:
    """The report in each format, without its marks."""
    return [re.sub(r"<[^>]*>|\\", "", run(*arguments, form=form, day=day).stdout) for form in FORMS]


WATCH = "kind: routine, matter: supervision, when: {grade: {is: 良}}, terms: {抽查比例: 20%}"


class TestContent:
    """Who holds a measure that is another now has another result, whatever its id."""

    @pytest.mark.parametrize(
        ("edits", "measure", "what", "holders"),
        few(
            [
                ((("title: 提高抽查比例", "title: 加倍抽查"),), "watch", ["title"], 2),
                (((WATCH, WATCH.replace("supervision", "service")),), "watch", ["matter"], 2),
                (((WATCH, WATCH.replace("20%", "30%")),), "watch", ["terms"], 2),
                (((WATCH, WATCH.replace("kind: routine", "kind: incentive")),), "watch", ["kind"], 2),
                (((WATCH, WATCH.replace("routine,", "restriction, item: limit-bidding,")),), "watch", ["kind", "item"], 2),
                ((("kind: incentive, matter: commendation", "kind: routine, matter: commendation"),), "praise", ["kind"], 3),
            ],
            2,
        ),
    )
    def test_told(self, edits: tuple[tuple[str, str], ...], measure: str, what: list[str], holders: int) -> None:
        after(*edits)
        report = of_model(impact_report())
        assert report["altered"] == {measure: {"what": what, "subjects": holders}}
        assert (report["changed"], report["holders"], report["measures"]) == (holders, holders, {})
        assert impact_report()["impact"]["touched"]["altered"] == holders
        for text in texts():
            assert "内容有变的措施" in text
        assert f"内容有变的措施：{holders} 个主体" in texts()[0]

    @pytest.mark.long
    def test_item_of_the_library(self) -> None:
        """A restriction's legal title is its content."""
        edit(Path("after/common/measures.yaml"), ("title: 限制参加招标投标", "title: 禁止参加招标投标"))
        report = of_model(impact_report())
        assert report["altered"] == {"limited": {"what": ["item"], "subjects": 1}}
        assert report["burdens"]["new_restrictions"] == 0

    @pytest.mark.long
    def test_from_routine_to_restriction(self) -> None:
        after((WATCH, WATCH.replace("routine,", "restriction, item: limit-bidding,")))
        assert of_model(impact_report())["burdens"]["new_restrictions"] == 2
        assert "新受惩戒 2（33.3%）" in texts()[0]

    @pytest.mark.long
    def test_nobody_holds_it(self) -> None:
        """A change that touches nobody says so."""
        after(
            (WATCH, WATCH.replace("20%", "30%").replace("is: 良", "is: 中")),
            ("when: {grade: {is: 差}}", "when: {grade: {is: 差}}"),
        )
        report = of_model(impact_report())
        assert (report["altered"], report["holders"]) == ({}, 0)
        assert report["measures"] == {"watch": {"gained": 0, "lost": 2}}

    @pytest.mark.long
    def test_another_matter(self) -> None:
        """The page says why no proof speaks of an incentive that counts as lost, and no half or table of it is empty."""
        after(("kind: incentive, matter: commendation", "kind: incentive, matter: service"))
        for text in texts("--prove"):
            assert "失去激励 3" in text
            assert "事项、条目、内容改了的，“影响谁”里算失去激励或者新受惩戒" in text
        page = run("--prove", form="html").stdout
        assert re.search("<div><p>优先评先评优的事项不同</p></div>", page)
        assert not re.search(r"<div></div>|<tbody>\s*</tbody>", page)

    @pytest.mark.long
    def test_other_ids(self) -> None:
        """A measure and an alert that have another id and nothing else are the same: alone, and beside what differs."""
        after(("      praise: {", "      praised: {"), ("      many: {", "      several: {"))
        report = impact_report("--max-lost-incentives", "0")
        assert (report["impact"]["models"], report["impact"]["touched"]["subjects"]) == ([], 0)
        assert report["verdict"] != "exceeded"
        assert {change["how"] for policy in report["policies"] for change in policy["changes"]} == {"renamed"}
        after((WATCH, WATCH.replace("20%", "30%")))
        report = of_model(impact_report())
        assert (report["measures"], report["changed"], report["burdens"]["lost_incentives"]) == ({}, 2, 0)
        assert report["alerts"]["came_and_went"] == {}


class TestDistinct:
    def test_two_models(self) -> None:
        """Who has two results that differ is one subject."""
        after(("at_least: 90, points: 40", "at_least: 95, points: 40"))
        report = impact_report()["impact"]
        assert report["touched"]["results"] == 4
        assert (report["touched"]["subjects"], report["touched"]["down"]) == (2, 2)
        text, markdown, page = texts()
        for text_of in (text, markdown, page):
            assert "7 个主体；2 个主体（4 个结果）有变化，其中升级 0，降级 2" in text_of
        for text_of in (markdown, page):
            assert "一个主体按一个模型评价是一个结果" in text_of
        assert "降级的主体2" in page

    def test_nothing(self) -> None:
        after(("title: 商店信用评价", "title: 店铺信用评价"))
        assert impact_report()["impact"]["touched"]["subjects"] == 0


class TestScore:
    def test_of_those_who_changed(self) -> None:
        """Where few change the quantiles are still theirs."""
        after(("at_least: 90, points: 40", "at_least: 95, points: 40"))
        report = of_model(impact_report())
        assert report["rescored"] == 2
        assert set(report["score"].values()) == {"-20.00"}
        assert "得分变化（2 个主体）  最小 −20.00，5% 分位 −20.00，中位 −20.00" in texts()[0]


class TestLost:
    """Who is rejected escapes what stood against them."""

    @pytest.mark.long
    def test_lowest_and_restricted(self) -> None:
        reject = "      answers: {title: 答卷数, latest: survey.answers, if_missing: reject}\n    dimensions:\n"
        after(
            ("    dimensions:\n", reject),
            ("indicators:\n          penalties", "indicators:\n          answers: {title: 答卷, fact: answers, points: 1, each: 1, basis: plan}\n          penalties"),
            ("points: 60, each: -15", "points: 59, each: -15"),
        )  # fmt: skip
        report = of_model(impact_report())
        assert report["moved"]["lost"] == 6
        assert {key: report["burdens"][key] for key in ("lost_lowest", "lost_restricted", "lost_either")} == {
            "lost_lowest": 1, "lost_restricted": 1, "lost_either": 1,
        }  # fmt: skip
        assert report["burdens"]["lost_incentives"] == 3
        assert [(line["changes"], line["moved"]["lost"]) for line in report["stacked"]["lines"] if line["moved"]["lost"]] == [
            (["models.shop.facts.answers"], 6)
        ]
        for text in texts():
            assert "不再有结果的 6 个中，1 个原为 D 或者有惩戒（原为 D 的 1，有惩戒的 1）" in text


class TestAlerts:
    def test_lost(self) -> None:
        """No result differs: alerts are counted by themselves, over everybody here."""
        after(("when: {penalties: {at_least: 2}}", "when: {penalties: {at_least: 3}}"))
        report = of_model(impact_report())
        assert report["changed"] == 0
        assert report["alerts"] == {"of": 6, "came_and_went": {"many": {"gained": 0, "lost": 1}}}
        for text in texts():
            assert "多次处罚预警" in text
            assert "全部 6 个主体" in text

    @pytest.mark.long
    def test_of_a_sample(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where there are many, over some of them, which is said."""
        old, new = library(), library(("    measures:\n", ALERTS))
        monkeypatch.setattr("engine.reviewing.impact.population.SAMPLE", 4)
        model_impact = impact_on(impact_of(old, new, SHOPS, DAY, many=0))
        assert model_impact.alerted is not None
        assert model_impact.alerted.of == 4


@pytest.mark.long
class TestStacked:
    """Each change after the former ones: what they do adds up."""

    def test_one_takes_back(self) -> None:
        """A milder deduction lifts a shop to A, then a veto fells it."""
        milder, veto = ("each: -15", "each: -5"), ("when: {penalties: {at_least: 3}}", "when: {penalties: {at_least: 1}}")
        whole = impact_of(library(), library(milder, veto), SHOPS, DAY)
        check_stacked(whole)
        model_impact = impact_on(whole)
        assert model_impact.stacked is not None
        assert [(line.changes[0].what, line.moved.up, line.moved.down) for line in model_impact.stacked.lines] == [
            ("each", 2, 0),
            ("when", -2, 2),
        ]
        alone = {part.changes[0].what: (part.moved.up, part.moved.down) for part in model_impact.attributed}
        assert alone == {"each": (2, 0), "when": (0, 2)}

    def test_what_does_not_hold_together_is_taken_with_the_next(self) -> None:
        """Two facts that rest on each other the other way round: with one alone they would be a circle."""
        penalties = "penalties: {title: 近两年行政处罚次数, count: penalty, within: 24 months}"
        fines = "\n      fined: {title: 罚款次数, total: [penalties]}"
        old = library((penalties, penalties + fines))
        new = library(
            (
                penalties,
                "penalties: {title: 近两年行政处罚次数, total: [fined, fined]}\n      fined: {title: 罚款次数, count: penalty}",
            )
        )
        whole = impact_of(old, new, SHOPS, DAY)
        assert check_stacked(whole)
        model_impact = impact_on(whole)
        assert model_impact.stacked is not None
        (line,) = model_impact.stacked.lines
        assert {change.id for change in line.changes} == {"penalties", "fined"}
        assert model_impact.stacked.joint.moved.down == 0

    def test_told(self) -> None:
        after(("each: -15", "each: -5"), ("when: {penalties: {at_least: 3}}", "when: {penalties: {at_least: 1}}"))
        report = of_model(impact_report())["stacked"]
        assert [line["changes"] for line in report["lines"]] == [
            ["models.shop.dimensions.compliance.indicators.penalties.each"],
            ["models.shop.vetoes.many-penalties.when"],
        ]
        text, markdown, page = texts()
        assert "等级有变化的主体（2 个）：升级 0，降级 2；各处改动依次作出，逐项加起来就是这些" in text
        assert "多次处罚 条件  升级 −2，降级 2（单独：升级 0，降级 2）" in text
        assert "| 合计 | 0 | 2 | 0 | 0 | 2 |" in markdown
        assert "依次改（单独改）" in page

    def test_scores_told(self) -> None:
        """Where nobody goes to another level, by how many scores; what stands in a common file is told with what it is."""
        after(("each: -15", "each: -16"))
        assert "行政处罚 计分  得分升 0，得分降 3" in texts()[0]
        edit(Path("after/common/scales.yaml"), ("{level: A, at_least: 90", "{level: A, at_least: 84"))
        assert "等级标准 four A  升级 2，降级 0" in texts()[0]


@pytest.mark.long
class TestDay:
    """A version that is not in force on the day is not compared, and that is said."""

    def succeed(
        self, name: str = "example", until: str = "2098-12-31", begins: str = "2099-01-01", *edits: tuple[str, str]
    ) -> None:
        """A second version of a policy, that begins when the first has ended."""
        file = Path(f"after/{name}.yaml")
        text = file.read_text(encoding="utf-8")
        first = "effective: {from: 2025-01-01}"
        file.write_text(text.replace(first, f"effective: {{from: 2025-01-01, until: {until}}}"), encoding="utf-8")
        Path(f"after/{name}-2.yaml").write_text(text.replace(first, f"effective: {{from: {begins}}}"), encoding="utf-8")
        edit(Path(f"after/{name}-2.yaml"), VERSION, *edits)

    def test_the_first_day_unless_given(self) -> None:
        self.succeed("example", "2098-12-31", "2099-01-01", ("each: -15", "each: -20"))
        report = impact_report(day=None)["impact"]
        assert (report["as_of"], report["chosen"], report["uncompared"]) == ("2099-01-01", True, [])
        for text in texts(day=None):
            assert "没有写基准日，取新版本施行之日 2099-01-01" in text

    def test_not_in_force(self) -> None:
        self.succeed("example", "2098-12-31", "2099-01-01", ("each: -15", "each: -20"))
        report = impact_report()
        assert report["impact"]["chosen"] is False
        assert [(pair["version"], pair["side"], pair["from"]) for pair in report["impact"]["uncompared"]] == [
            ("2", "new", "2099-01-01")
        ]
        for text in texts():
            assert "新版本 2 在基准日 2025-12-31 没有施行，没有比较" in text
        assert run().return_value == 0

    def test_limits_fail(self) -> None:
        """What is not compared does not pass."""
        self.succeed("example", "2098-12-31", "2099-01-01", ("each: -15", "each: -20"))
        for option in ("--max-downgraded", "--max-lost-incentives", "--max-new-restrictions"):
            done = run(option, "100")
            assert done.return_value == 3
            assert "没有施行，没有比较" in done.stderr
            report = impact_report(option, "100")
            assert (report["verdict"], report["limits"][0]["exceeded"], report["limits"][0]["models"]) == ("exceeded", True, [])
        assert run("--max-downgraded", "100", day="2099-01-01").return_value == 0

    def test_the_old_one_has_ended(self) -> None:
        """Nobody has a result on that day by the old side: that is no comparison."""
        edit(Path("before/example.yaml"), ("effective: {from: 2025-01-01}", "effective: {from: 2025-01-01, until: 2025-12-31}"))
        after(VERSION, ("effective: {from: 2025-01-01}", "effective: {from: 2026-01-01}"), ("each: -15", "each: -20"))
        report = impact_report(day="2026-01-01")["impact"]
        assert [(pair["version"], pair["side"]) for pair in report["uncompared"]] == [("1", "old")]
        assert "原版本 1 在基准日 2026-01-01 没有施行，没有比较" in texts(day="2026-01-01")[0]

    def test_the_day_between_two_versions_moves(self) -> None:
        """On a later day the same version is in force on both sides: nobody has looked at the days that moved."""
        self.succeed("example", "2098-11-30", "2098-12-01", ("each: -15", "each: -20"))
        for name in ("example", "example-2"):
            text = Path(f"after/{name}.yaml").read_text(encoding="utf-8")
            text = text.replace("until: 2098-11-30", "until: 2098-12-31").replace("from: 2098-12-01", "from: 2099-01-01")
            Path(f"before/{name}.yaml").write_text(text, encoding="utf-8")
        report = impact_report("--max-downgraded", "0", day="2099-06-01")
        assert [(pair["version"], pair["side"]) for pair in report["impact"]["uncompared"]] == [("1", "old")]
        assert report["verdict"] == "exceeded"
        assert impact_report(day="2098-12-15")["impact"]["uncompared"] == []

    def test_several_first_days(self) -> None:
        """The first day on which all are in force; where there is none, those that are not compared are said."""
        self.succeed("example", "2098-12-31", "2099-01-01", ("each: -15", "each: -20"))
        self.succeed("composite", "2099-06-30", "2099-07-01", ("if_missing: 100", "if_missing: 0"))
        assert impact_report(day=None)["impact"]["as_of"] == "2099-07-01"
        report = impact_report(day="2099-01-01")["impact"]
        assert [(pair["policy"], pair["version"]) for pair in report["uncompared"]] == [("composite", "2")]

    def test_words_and_days_alone(self) -> None:
        """A new version of equal rules leaves nothing to compare."""
        self.succeed()
        report = impact_report("--max-downgraded", "0")
        assert (report["impact"]["uncompared"], report["limits"][0]["exceeded"]) == ([], False)

    def test_the_day_that_most_are_in_force_on(self) -> None:
        old, new = library(), library(("each: -15", "each: -20"))
        known = policy_changes(old.policies, new.policies)
        assert first_day(old, new, known, DAY) == DAY
        assert uncompared(old, new, known, DAY) == ()
        (pair,) = uncompared(old, new, known, period.read_day("2024-12-31") or 0)
        assert (pair.side, pair.policy.version) == ("new", "1")
        assert first_day(old, new, known, period.read_day("2024-06-30") or 0) == period.read_day("2025-01-01")


class TestNobody:
    """Who names no model that runs is counted apart; where nobody is left, the command fails, whatever the limits are."""

    LOST = '{"id": "lost", "kind": "organisation", "model": "parking/lott"}\n'
    BROKEN = '{"id": "broken", "kind": "organisation", "model": "example/shop", "surname": 1}\n'

    def invoke(self, *arguments: str) -> Result:
        command = [
            "diff",
            "before",
            "after",
            "--population",
            "subjects.jsonl",
            "--as-of",
            "2025-12-31",
            "--lang",
            "zh",
            *arguments,
        ]
        return CliRunner().invoke(cli, command, standalone_mode=False)

    def problems(self, content: str) -> list[str]:
        """Why nothing comes of a population; told before it, too."""
        Path("subjects.jsonl").write_text(content, encoding="utf-8")
        error = self.invoke("--max-downgraded", "0").exception
        assert isinstance(error, InputError)
        return [problem.code for problem in error.problems]

    @pytest.mark.long
    def test_beside_others(self) -> None:
        file = Path("subjects.jsonl")
        first = file.read_text(encoding="utf-8")
        after(("each: -15", "each: -20"))
        before = impact_report()["impact"]
        file.write_text(f"{first}\n{self.LOST}", encoding="utf-8")
        KNOWN.clear()
        done = self.invoke()
        KNOWN.clear()
        assert done.exception is None
        assert "数据不合要求、不能评价的 1 个" in done.stdout
        assert "错误[policy_unknown]：没有叫 `parking` 的政策" in done.stderr
        assert before["refused"] == 0

    def test_unknown_model(self) -> None:
        after(("each: -15", "each: -20"))
        assert self.problems(self.LOST) == ["policy_unknown", "nobody_evaluated"]
        assert self.problems(self.LOST.replace("parking/lott", "example/shopp")) == ["model_unknown", "nobody_evaluated"]
        assert self.problems(self.LOST.replace("organisation", "person").replace("parking/lott", "example/shop")) == [
            "model_kind", "nobody_evaluated",
        ]  # fmt: skip

    def test_refused(self) -> None:
        """There was a subject in the input, which was refused."""
        after(("each: -15", "each: -20"))
        assert self.problems(self.BROKEN) == ["nobody_evaluated"]
        assert self.problems("\n") == ["no_input"]


@pytest.mark.long
class TestLimits:
    @pytest.mark.parametrize(
        ("option", "edits", "percent", "models", "start"),
        [
            ("--max-downgraded", (("at_least: 90, points: 40", "at_least: 95, points: 40"),), 33.3, ["example/shop"], "降级"),
            ("--max-lost-incentives", (("kind: incentive", "kind: routine"),), 49, ["example/shop"], "失去激励"),
            ("--max-new-restrictions", ((WATCH, WATCH.replace("routine,", "restriction, item: limit-bidding,")),), 33.3,
             ["example/shop"], "新受惩戒"),
        ],
    )  # fmt: skip
    def test_exceeded(
        self, option: str, edits: tuple[tuple[str, str], ...], percent: float, models: list[str], start: str
    ) -> None:
        after(*edits)
        done = run(option, f"{percent}")
        assert done.return_value == 3
        assert re.search(rf"{start}[^，]*的主体占 [0-9.]+%，多于允许的 {percent}%", done.stderr)
        report = impact_report(option, f"{percent}")
        (limit,) = report["limits"]
        assert (limit["limit"], limit["value"], limit["exceeded"]) == (option[2:].replace("-", "_"), percent, True)
        assert (limit["models"], report["impact"]["exceeded"]) == (models, models)
        assert limit["found"] > percent
        assert (report["verdict"], report["judged"]) == ("exceeded", "unknown")
        for text in texts(option, f"{percent}"):
            assert "超出限度" in text
        assert run(option, "50").return_value == 0

    def test_within(self) -> None:
        after(("each: -15", "each: -16"))
        report = impact_report("--max-downgraded", "100", "--max-lost-incentives", "0", "--max-new-restrictions", "0")
        assert [(limit_kept["limit"], limit_kept["exceeded"]) for limit_kept in report["limits"]] == [
            ("max_downgraded", False), ("max_lost_incentives", False), ("max_new_restrictions", False),
        ]  # fmt: skip
        assert (report["verdict"], report["judged"]) == ("unknown", "unknown")

    def test_another_item_is_another_restriction(self) -> None:
        common = Path("after/common/measures.yaml")
        text = common.read_text(encoding="utf-8")
        common.write_text(f"{text}  limit-loans: {{title: 限制贷款, law: 示例法, kinds: [organisation]}}\n", encoding="utf-8")
        after(("item: limit-bidding", "item: limit-loans"))
        report = of_model(impact_report())
        assert report["burdens"]["new_restrictions"] == 1
        assert report["altered"] == {"limited": {"what": ["item"], "subjects": 1}}

    @pytest.mark.parametrize(
        ("before", "after_it", "count"),
        [
            ("bidding, when: {grade: {is: 差}}", "supervision, when: {grade: {is: 差}}", "new_restrictions"),
            ("{grade: {is: 差}}, ", "{grade: {is: 差}}, terms: {期限: 三年}, ", "new_restrictions"),
            ("kind: incentive, matter: commendation", "kind: incentive, matter: service", "lost_incentives"),
            ("title: 限制投标", "title: 限制参加投标", None),
        ],
        ids=["matter", "terms", "incentive", "title"],
    )
    def test_another_matter_is_another_measure(self, before: str, after_it: str, count: str | None) -> None:
        """Who holds it has something that they did not have, and no longer what they had; another name alone is neither."""
        after((before, after_it))
        burdens = of_model(impact_report())["burdens"]
        assert {name for name in ("new_restrictions", "lost_incentives") if burdens[name]} == ({count} if count else set())
        if count:
            assert run(f"--max-{count.replace('_', '-')}", "0").return_value == 3

    @pytest.mark.parametrize("option", ["--max-lost-incentives", "--max-new-restrictions"])
    def test_without_a_population(self, option: str) -> None:
        done = CliRunner().invoke(cli, ["diff", "before", "after", option, "1"], standalone_mode=False)
        assert option in str(done.exception)


def test_scores_alone() -> None:
    """Where nobody stands elsewhere the changes are tried on those whose scores differ."""
    some = [shop("one", 96, "2025-06-01"), shop("two", 96)]
    model_impact = impact_on(impact_of(library(), library(("each: -15", "each: -16")), some, DAY))
    assert (model_impact.rescored, model_impact.score[0]) == (1, -1 * ONE)
    assert model_impact.stacked is not None
    assert (model_impact.stacked.total.score_down, model_impact.stacked.lines[0].score_down) == (1, 1)
