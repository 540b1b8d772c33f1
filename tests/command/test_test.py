"""`xinyong test`: what it prints and how it ends, for cases that pass, fail, reach too little, or cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from jsonschema import validate

from engine.cli.test import test as command
from engine.model.problem import XinyongError
from engine.reading.schema_words import schema
from engine.rendering.sentences import Lang
from engine.rendering.snippet import snippets

CATALOGUE = """
categories:
  penalty:
    title: 行政处罚
    kinds: [organisation]
    fields: {seriousness: {title: 程度, type: text, one_of: [minor, serious]}}
  survey:
    title: 满意度调查
    kinds: [organisation]
    fields: {percent: {title: 满意度, type: number, at_least: 0, at_most: 100}}
  member_evaluation: {title: 成员的评价, kinds: [organisation], derived: true}
  previous_evaluation: {title: 以往的评价, kinds: [organisation], derived: true}
  industry_evaluation: {title: 行业评价, kinds: [organisation], derived: true}
attributes:
  staff: {title: 人数, type: integer, kinds: [organisation]}
  display: {title: 公示, type: text, one_of: [online, posted, none], kinds: [organisation]}
"""

SCALES = """
scales:
  four:
    levels:
      - {level: A, at_least: 90, grade: 优}
      - {level: B, at_least: 75, grade: 良}
      - {level: C, at_least: 60, grade: 中}
      - {level: D, otherwise: true, grade: 差}
"""

POLICY = """
policy: shops
title: 商店信用评价
version: "2025.1"
status: trial
authority: 某局
effective: {from: 2025-01-01}
scale: four
basis: {plan: {document: 方案}}
models:
  shop:
    title: 商店
    kind: organisation
    facts:
      penalties: {title: 处罚次数, count: penalty, within: 24 months}
      satisfaction: {title: 满意度, latest: survey.percent, if_missing: 0}
      surveyed: {title: 有调查, exists: survey}
      staff: {title: 人数, attribute: staff, if_missing: reject}
      display: {title: 公示, attribute: display, if_missing: none}
      poor_branches: {title: 分店为差, count: member_evaluation, where: {policy: {is: branches}, grade: {is: 差}}}
    not_evaluated:
      empty: {title: 没有人员, when: {staff: {is: 0}}, basis: plan}
    dimensions:
      law:
        title: 守法
        points: 60
        indicators:
          penalties: {title: 处罚, fact: penalties, points: 60, each: -20, basis: plan}
      service:
        title: 服务
        points: 40
        indicators:
          satisfaction:
            title: 满意度
            fact: satisfaction
            points: 30
            only_when: {surveyed: {is: true}}
            bands:
              - {at_least: 90, points: 30}
              - {at_least: 70, points: 15}
              - {otherwise: 0}
            basis: plan
          display:
            title: 公示
            fact: display
            points: 10
            choices: {online: 10, posted: 5}
            otherwise: 0
            basis: plan
    adjustments:
      at_most: 0
      at_least: -10
      items:
        branches: {title: 分店, fact: poor_branches, each: -5, basis: plan}
    vetoes:
      many-penalties: {title: 处罚三次以上, when: {penalties: {at_least: 3}}, level: D, basis: plan}
    measures:
      praise: {title: 表扬, kind: incentive, matter: commendation, when: {grade: {is: 优}}, basis: plan}
      visit: {title: 走访, kind: routine, matter: supervision, when: {level: {below: B}}, basis: plan}
      watch: {title: 关注, kind: routine, matter: supervision, when: {penalties: {at_least: 1}}, basis: plan}
    alerts:
      fell: {title: 降为差, severity: serious, when: {level: {is: D}, previous.level: {above: D}}}
"""

DECIDED = """
policy: decided
title: 认定
version: "1"
status: trial
authority: 某局
effective: {from: 2025-01-01}
scale: four
basis: {plan: {document: 方案}}
models:
  shop:
    title: 商店
    kind: organisation
    facts: {penalties: {title: 处罚次数, count: penalty}}
    decisions:
      - {when: {penalties: {at_least: 2}}, level: D}
      - {when: {penalties: {at_least: 1}}, level: C}
      - {otherwise: A}
"""

SUBJECTS = """cases: shops
as_of: 2025-12-31
subjects:
  good:
    model: shop
    attributes: {staff: 3, display: online}
    records:
      - {id: survey, category: survey, date: 2025-09-01, fields: {percent: 95}}
examples:
"""

PASSING = f"""{SUBJECTS}  best:
    title: 满分
    from: good
    expect: {{score: 100, level: A, grade: 优, vetoes: [], measures: [praise], alerts: [], facts: {{staff: 3}}}}
  replaced:
    title: 换一次调查，加一次处罚
    from: good
    records:
      - {{id: survey, category: survey, date: 2025-09-02, fields: {{percent: 70}}}}
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor}}}}
    expect: {{score: 65, points: {{satisfaction: 15, penalties: 40}}, measures: [watch, visit]}}
  left-out:
    title: 没有调查，不计满意度
    from: good
    without: [survey]
    attributes: {{display: null}}
    expect: {{score: 60, facts: {{display: none}}, points: {{satisfaction: null, display: 0}}}}
  unknown-staff:
    title: 不知道人数
    model: shop
    expect: {{rejected: [fact_missing]}}
  nobody:
    title: 没有人员
    model: shop
    attributes: {{staff: 0}}
    expect: {{not_evaluated: [empty], facts: {{staff: 0}}}}
"""

FAILING = f"""{SUBJECTS}  wrong:
    title: 各项都写错
    from: good
    records:
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor}}}}
    expect:
      score: 85.5
      level: A
      grade: 优
      vetoes: [many-penalties]
      measures: [praise, watch]
      facts: {{penalties: 2, surveyed: false}}
      points: {{penalties: 22.5, satisfaction: null}}
  right:
    title: 写对的
    from: good
    expect: {{score: 100}}
  unexpected:
    title: 没想到不能评价
    model: shop
    expect: {{score: 0}}
  evaluated:
    title: 以为不参评
    from: good
    expect: {{not_evaluated: [empty]}}
"""

FAILED_ZH = """shops：通过 1，未通过 3
  policies/cases/shops.yaml:10  wrong  各项都写错
    得分：应为 85.50，实为 80.00
    等级：应为 A，实为 B
    等次：应为 优，实为 良
    一票否决：应为 many-penalties，实为 无
    措施：应为 praise、watch，实为 watch（少 praise）
    得分 penalties：应为 22.5，实为 40
    得分 satisfaction：应为 缺项，实为 30
    事实 penalties：应为 2，实为 1
    事实 surveyed：应为 false，实为 true
      处罚  40 / 60  60 − 20 × 1 = 40  处罚次数 1
      满意度  30 / 30  ≥ 90：30  满意度 95
  policies/cases/shops.yaml:27  unexpected  没想到不能评价
    拒绝：应为 无，实为 fact_missing
      缺少“人数”（`staff`），不能评价
  policies/cases/shops.yaml:31  evaluated  以为不参评
    不参评：应为 empty，实为 无
"""

FAILED_EN = """shops: 1 passed, 3 failed
  policies/cases/shops.yaml:10  wrong  各项都写错
    score: expected 85.50, got 80.00
    level: expected A, got B
    grade: expected 优, got 良
    vetoes: expected many-penalties, got none
    measures: expected praise, watch, got watch (without praise)
    points of penalties: expected 22.5, got 40
    points of satisfaction: expected left out, got 30
    fact penalties: expected 2, got 1
    fact surveyed: expected false, got true
      处罚  40 / 60  60 − 20 × 1 = 40  处罚次数 1
      满意度  30 / 30  ≥ 90: 30  满意度 95
  policies/cases/shops.yaml:27  unexpected  没想到不能评价
    rejected: expected none, got fact_missing
      “人数” (`staff`) is missing: it cannot be evaluated
  policies/cases/shops.yaml:31  evaluated  以为不参评
    not evaluated: expected empty, got none
"""

UNREACHED_ZH = """shops：通过 5，未通过 0；覆盖 68.7%（11/16）
  policies/shops.yaml:40  分档  shop  满意度  otherwise
  policies/shops.yaml:46  选项  shop  公示  posted
  policies/shops.yaml:53  按次计分  shop  分店
  policies/shops.yaml:55  一票否决  shop  处罚三次以上
  policies/shops.yaml:61  预警  shop  降为差
"""

UNREACHED_EN = """shops: 5 passed, 0 failed; coverage 68.7% (11 of 16)
  policies/shops.yaml:40  band  shop  满意度  otherwise
  policies/shops.yaml:46  choice  shop  公示  posted
  policies/shops.yaml:53  each  shop  分店
  policies/shops.yaml:55  veto  shop  处罚三次以上
  policies/shops.yaml:61  alert  shop  降为差
"""


EVALUATED = "fields: {policy: branches, model: shop, score: 30, level: D, grade: 差, vetoed: false, weight: 1}"
EARLIER = EVALUATED.replace("branches", "shops").replace("level: D", "level: A")
PENALTY = "records: [{category: penalty, date: 2025-06-01, fields: {seriousness: minor}}]"

WITH_EVALUATIONS = f"""{SUBJECTS}  branches:
    title: 一家分店为差
    from: good
    members: 2
    records:
      - {{category: member_evaluation, date: 2025-12-31, {EVALUATED}}}
    expect: {{facts: {{poor_branches: 1}}, points: {{branches: -5}}, score: 95}}
  fell:
    title: 上次为优，这次为差
    from: good
    records:
      - {{category: previous_evaluation, date: 2024-12-31, {EARLIER}}}
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor}}}}
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor}}}}
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor}}}}
    expect: {{level: D, alerts: [fell], vetoes: [many-penalties]}}
"""

TWO_VERSIONS = f"""{SUBJECTS}  before:
    title: 旧版扣 20 分
    from: good
    {PENALTY}
    expect: {{score: 80}}
  after:
    title: 新版扣 10 分
    from: good
    as_of: 2026-01-01
    {PENALTY}
    expect: {{score: 90}}
"""

LEFT_OUT = f"""{SUBJECTS}  left-out:
    title: 没有调查
    from: good
    without: [survey]
    expect: {{score: 100}}
"""

DECIDED_CASES = """
cases: decided
as_of: 2025-12-31
examples: {none: {title: 没有处罚, model: shop, expect: {level: A, score: null}}}
"""

SUGGESTED_ZH = """错误[unknown_name]：没有叫 `penaltys` 的事实
  --> policies/cases/shops.yaml:10:50
   |
10 |   typo: {title: 写错, from: good, expect: {facts: {penaltys: 1}}}
   |                                                    ^^^^^^^^
  = 是不是 `penalties`？"""

SUGGESTED_EN = """error[unknown_name]: no fact is called `penaltys`
  --> policies/cases/shops.yaml:10:50
   |
10 |   typo: {title: 写错, from: good, expect: {facts: {penaltys: 1}}}
   |                                                    ^^^^^^^^
  = did you mean `penalties`?"""


class Ended(NamedTuple):
    code: int
    out: str
    problems: str


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with `policies/`, in which the command is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, text in (("catalogue", CATALOGUE), ("scales", SCALES)):
        write(f"policies/common/{name}.yaml", text)
    write("policies/shops.yaml", POLICY)


def write(file: str, text: str) -> None:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text.lstrip("\n"), encoding="utf-8")


def run(*arguments: str, lang: Lang = "zh") -> Ended:
    """The command, its problems as the main program would tell them."""
    result = CliRunner().invoke(command, [*arguments, "--lang", lang], standalone_mode=False)
    if isinstance(result.exception, XinyongError):
        return Ended(result.exception.exit_code, result.output, snippets(result.exception.problems, lang))
    if result.exception:
        raise result.exception
    return Ended(result.return_value, result.output, "")


class TestPassing:
    def test_default_folder(self) -> None:
        write("policies/cases/shops.yaml", PASSING)
        assert run() == (0, "shops：通过 5，未通过 0\n", "")
        assert run(lang="en") == (0, "shops: 5 passed, 0 failed\n", "")

    @pytest.mark.parametrize("path", ["elsewhere", "elsewhere/cases", "elsewhere/cases/shops.yaml"])
    def test_policies_beside_cases(self, path: str) -> None:
        """Cases are run on the policies that they stand beside, where no others are named."""
        write("elsewhere/shops.yaml", POLICY.replace("each: -20", "each: -10"))
        for name, text in (("catalogue", CATALOGUE), ("scales", SCALES)):
            write(f"elsewhere/common/{name}.yaml", text)
        write("elsewhere/cases/shops.yaml", PASSING)
        assert run(path).code == 1
        assert run(path, "--policies", "policies").code == 0

    def test_named_file_alone(self) -> None:
        """Where a file is named, only its policy is reported; a folder reports policies without cases too."""
        write("policies/others.yaml", POLICY.replace("policy: shops", "policy: others"))
        write("policies/cases/shops.yaml", PASSING)
        assert run("policies/cases/shops.yaml").out == "shops：通过 5，未通过 0\n"
        assert run().out == "others：没有样例\nshops：通过 5，未通过 0\n\n合计：通过 5，未通过 0\n"

    def test_evaluations_among_records(self) -> None:
        """Only the examined model runs, so results of loaded policies may stand among the records."""
        branches = POLICY.replace("is: branches", "is: stalls").replace("policy: shops", "policy: branches")
        write("policies/branches.yaml", branches)
        write("policies/cases/shops.yaml", WITH_EVALUATIONS)
        assert run("policies/cases/shops.yaml") == (0, "shops：通过 2，未通过 0\n", "")

    def test_version_in_force(self) -> None:
        """The version of the policy on the example's day is used."""
        later = POLICY.replace("{from: 2025-01-01}", "{from: 2026-01-01}").replace("each: -20", "each: -10")
        write("policies/shops.yaml", POLICY.replace("{from: 2025-01-01}", "{from: 2025-01-01, until: 2025-12-31}"))
        write("policies/shops-2026.yaml", later)
        write("policies/cases/shops.yaml", TWO_VERSIONS)
        assert run() == (0, "shops：通过 2，未通过 0\n", "")


class TestFailing:
    def test_text(self) -> None:
        write("policies/cases/shops.yaml", FAILING)
        assert run() == (1, FAILED_ZH, "")
        assert run(lang="en") == (1, FAILED_EN, "")

    def test_json(self) -> None:
        write("policies/cases/shops.yaml", FAILING)
        code, out, _ = run("--coverage", "--format", "json")
        report = json.loads(out)
        validate(report, schema("test"))
        policy = report["policies"][0]
        assert (code, policy["passed"], policy["failed"]) == (1, 1, 3)
        case = policy["cases"][0]
        assert (case["id"], case["file"], case["line"]) == ("wrong", "policies/cases/shops.yaml", 10)
        assert case["differences"][0] == {"kind": "score", "expected": "85.50", "actual": "80.00"}
        assert case["differences"][3] == {"kind": "vetoes", "expected": ["many-penalties"], "actual": []}
        assert case["differences"][6] == {"kind": "points", "name": "satisfaction", "expected": None, "actual": "30"}
        assert case["differences"][7] == {"kind": "facts", "name": "penalties", "expected": 2, "actual": 1}


class TestCoverage:
    def test_unreached(self) -> None:
        write("policies/cases/shops.yaml", PASSING)
        assert run("--coverage") == (0, UNREACHED_ZH, "")
        assert run("--coverage", lang="en") == (0, UNREACHED_EN, "")

    def test_least(self) -> None:
        write("policies/cases/shops.yaml", PASSING)
        assert run("--min-coverage", "68.7") == (0, UNREACHED_ZH, "")
        below = "错误[below_coverage]：shops 的样例覆盖 68.7%，低于要求的 69.0%\n"
        assert run("--min-coverage", "69") == (1, UNREACHED_ZH + below, "")

    def test_json(self) -> None:
        write("policies/cases/shops.yaml", PASSING)
        report = json.loads(run("--coverage", "--format", "json").out)
        validate(report, schema("test"))
        coverage = report["policies"][0]["coverage"]
        assert (coverage["targets"], coverage["reached"], coverage["percent"]) == (16, 11, "68.7")
        indicator = ["models", "shop", "dimensions", "service", "indicators", "satisfaction"]
        assert coverage["unreached"][0] == {
            "kind": "band", "version": "2025.1", "model": "shop", "path": [*indicator, "bands", 2],
            "file": "policies/shops.yaml", "line": 40,
        }  # fmt: skip

    def test_left_out_reaches_no_band(self) -> None:
        """An indicator that is left out reaches nothing of its form, and who is rejected or left out nothing at all."""
        write("policies/cases/shops.yaml", LEFT_OUT)
        out = run("--coverage", lang="en").out
        assert [line.split("  ")[2:] for line in out.splitlines()[1:6]] == [
            ["not evaluated", "shop", "没有人员"],
            ["each", "shop", "处罚"],
            ["not left out", "shop", "满意度"],
            ["band", "shop", "满意度", "at_least 90"],
            ["band", "shop", "满意度", "at_least 70"],
        ]

    def test_other_forms(self) -> None:
        """Branches of `first_of` and decisions, and each fact of an `each` over several."""
        branches = "first_of: [{when: {surveyed: {is: true}}, points: 60}, {when: {staff: {is: 9}}, points: 5}, {otherwise: 0}]"
        policy = POLICY.replace("fact: penalties, points: 60, each: -20", f"points: 60, {branches}")
        policy = policy.replace("fact: poor_branches, each: -5", "each: {poor_branches: -5, penalties: -1}")
        write("policies/shops.yaml", policy)
        write("policies/decided.yaml", DECIDED)
        write("policies/cases/shops.yaml", f"{SUBJECTS}  best: {{title: 满分, from: good, expect: {{score: 100}}}}\n")
        write("policies/cases/decided.yaml", DECIDED_CASES)
        lines = run("--coverage").out.splitlines()
        assert lines[:3] == [
            "decided：通过 1，未通过 0；覆盖 33.3%（1/3）",
            "  policies/decided.yaml:15  定级  shop  第 1 项",
            "  policies/decided.yaml:16  定级  shop  第 2 项",
        ]
        assert "  policies/shops.yaml:27  分支  shop  处罚  第 2 项" in lines
        assert "  policies/shops.yaml:27  分支  shop  处罚  otherwise" in lines
        assert "  policies/shops.yaml:53  按次计分  shop  分店  penalties" in lines


BROKEN = """cases: shops
subjects:
  good:
    model: shop
    attributes: {staff: many}
examples:
  unknown:
    title: 名称都写错
    model: shop
    as_of: 2025-12-31
    attributes: {staf: 3}
    records:
      - {category: surveys, date: 2025-09-01, fields: {percent: 95}}
      - {category: survey, date: 2025-02-30, fields: {percent: 195}}
    without: [survey]
    expect: {level: E, grade: 好, vetoes: [many-penalty], facts: {penaltys: 1, staff: few}, points: {penalty: 60}, rejected: [fact-missing]}
  dates:
    title: 日期写错
    from: good
    as_of: 2025-06-31
    expect: {score: 1.005}
  one:
    title: 起始主体有误
    from: good
    as_of: 2025-12-31
    expect: {score: 1.005}
  two: {title: 起始主体有误，只报一次, from: good, as_of: 2025-12-31, expect: {score: 1}}
  three: {title: 没有这个主体, from: god, as_of: 2025-12-31, expect: {score: 1}}
  four: {title: 没有这个模型, model: shopp, as_of: 2025-12-31, expect: {score: 1}}
  five: {title: 还没有施行, model: shop, as_of: 2024-12-31, expect: {score: 1}}
  six: {title: 没有基准日, model: shop, expect: {score: 1}}
  seven: {title: 多了一个键, model: shop, as_of: 2025-12-31, expects: {score: 1}}
"""

BROKEN_CODES = [
    (5, "wrong_type"), (11, "unknown_name"), (13, "unknown_name"), (14, "not_a_date"), (14, "too_great"),
    (15, "unknown_name"), (16, "not_together"), (16, "unknown_name"), (16, "unknown_name"), (16, "unknown_name"),
    (16, "unknown_name"), (16, "expected"), (16, "unknown_name"), (16, "unknown_name"), (20, "not_a_date"),
    (26, "score_cents"), (28, "unknown_name"), (29, "unknown_name"), (30, "policy_not_in_force"), (31, "missing_key"),
    (32, "unknown_key"),
]  # fmt: skip


class TestBroken:
    def test_everything_at_once(self) -> None:
        """Every problem has its place, and what is wrong with a starting subject is reported once."""
        write("policies/cases/shops.yaml", BROKEN)
        result = CliRunner().invoke(command, [], standalone_mode=False)
        assert isinstance(result.exception, XinyongError)
        assert result.exception.exit_code == 2
        assert [(p.place and p.place.line, p.code) for p in result.exception.problems] == BROKEN_CODES

    def test_suggestions(self) -> None:
        example = "  typo: {title: 写错, from: good, expect: {facts: {penaltys: 1}}}\n"
        write("policies/cases/shops.yaml", SUBJECTS + example)
        assert run() == (2, "", SUGGESTED_ZH)
        assert run(lang="en") == (2, "", SUGGESTED_EN)

    def test_duplicate_key(self) -> None:
        write("policies/cases/shops.yaml", PASSING + "  best: {title: 又一个, from: good, expect: {score: 100}}\n")
        code, _, problems = run(lang="en")
        assert code == 2
        assert "error[duplicate_key]: key `best` stands twice" in problems

    def test_record_twice(self) -> None:
        record = "{id: p, category: penalty, date: 2025-06-01, fields: {seriousness: minor}}"
        example = f"{{title: 两条同号, from: good, records: [{record}, {record}], expect: {{score: 1}}}}"
        write("policies/cases/shops.yaml", f"{SUBJECTS}  twice: {example}\n")
        code, _, problems = run()
        assert code == 2
        assert "record_twice" in problems

    def test_unknown_policy(self) -> None:
        write("policies/cases/shops.yaml", PASSING.replace("cases: shops", "cases: shop"))
        code, _, problems = run()
        assert code == 2
        assert "没有叫 `shop` 的政策" in problems
        assert "是不是 `shops`？" in problems

    def test_unsound_policy(self) -> None:
        """A policy that is not sound cannot be tested."""
        write("policies/cases/shops.yaml", PASSING)
        write("policies/shops.yaml", POLICY.replace("points: 60, each", "points: 50, each"))
        assert run().code == 2

    def test_no_cases(self) -> None:
        code, _, problems = run(lang="en")
        assert code == 2
        assert "no cases (*.yaml) in `policies/cases`" in problems

    def test_missing_file(self) -> None:
        code, _, problems = run("nowhere.yaml", lang="en")
        assert code == 2
        assert "no such file: `nowhere.yaml`" in problems


@pytest.mark.long
def test_shipped() -> None:
    """The cases of the policies that ship all pass."""
    shipped = Path(__file__).resolve().parents[2] / "policies"
    code, out, _ = run("--policies", str(shipped))
    assert (code, "未通过 0" in out) == (0, True)
