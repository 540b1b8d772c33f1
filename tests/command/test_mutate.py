"""`xinyong test --mutate`: which changes of a policy no case notices, and the case that would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from engine.model.mutation import MUTANTS
from engine.reading.schema_words import schema
from engine.rendering.sentences import Lang
from tests.command.test_test import SCALES, Ended, run, write

CATALOGUE = """
categories:
  penalty:
    title: 行政处罚
    kinds: [organisation]
    fields:
      seriousness: {title: 程度, type: text, one_of: [minor, general, serious]}
      decided: {title: 决定日期, type: date, optional: true}
      amount: {title: 金额, type: number, at_least: 0}
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
      penalties:
        title: 处罚次数
        count: penalty
        within: 24 months
        where: {seriousness: {is: serious}}
      satisfaction: {title: 满意度, latest: survey.percent, if_missing: 0}
    dimensions:
      all:
        title: 守法和服务
        points: 100
        indicators:
          penalties: {title: 处罚, fact: penalties, points: 60, each: -10, basis: plan}
          satisfaction:
            title: 满意度
            fact: satisfaction
            points: 40
            bands: [{at_least: 90, points: 40}, {otherwise: 0}]
            basis: plan
    vetoes:
      many: {title: 处罚多次, when: {penalties: {at_least: 3}}, level: D, basis: plan}
"""

WEAK = """cases: shops
as_of: 2025-12-31
subjects:
  good:
    model: shop
    records: [{id: survey, category: survey, date: 2025-09-01, fields: {percent: 95}}]
examples:
  best:
    title: 满分
    from: good
    expect: {score: 100}
  penalty:
    title: 一次处罚
    from: good
    records: [{category: penalty, date: 2025-06-01, fields: {seriousness: serious, amount: 1}}]
    expect: {score: 90}
"""

UNNOTICED_ZH = """shops：通过 2，未通过 0；察觉 28.5%（6/21）
  policies/shops.yaml:17  期间  shop  处罚次数  24 months → 23 months
    样例：一条记录的日期恰在基准日前 23 个月，核对 facts 的 penalties
  policies/shops.yaml:17  期间  shop  处罚次数  24 months → 25 months
    样例：一条记录的日期恰在基准日前 24 个月，核对 facts 的 penalties
  policies/shops.yaml:17  期间  shop  处罚次数  去掉 24 months
    样例：一条记录的日期恰在基准日前 24 个月，核对 facts 的 penalties
  policies/shops.yaml:18  筛选  shop  处罚次数  去掉 seriousness is serious
    样例：一条不满足筛选的记录，核对 facts 的 penalties
  policies/shops.yaml:19  取法  shop  满意度  latest → max
    样例：几条记录，值不相同，核对 facts 的 satisfaction
  policies/shops.yaml:19  缺失时  shop  满意度  0 → 1
    样例：事实 satisfaction 缺值，其余都有，核对 facts 的 satisfaction
  policies/shops.yaml:30  界限  shop  满意度  at_least 90 → at_least 89
    样例：事实 satisfaction 恰为 89，核对 points 的 satisfaction
  policies/shops.yaml:30  界限  shop  满意度  at_least 90 → at_least 91
    样例：事实 satisfaction 恰为 90，核对 points 的 satisfaction
  policies/shops.yaml:30  比较词  shop  满意度  at_least 90 → above 90
    样例：事实 satisfaction 恰为 90，核对 points 的 satisfaction
  policies/shops.yaml:30  分值  shop  满意度  otherwise  0 → 1
    样例：事实 satisfaction 恰为 89，核对 points 的 satisfaction
  policies/shops.yaml:33  一票否决  shop  处罚多次  去掉
    样例：它成立，核对 vetoes
  policies/shops.yaml:33  比较词  shop  处罚多次  penalties at_least 3 → penalties above 3
    样例：事实 penalties 恰为 3，核对 vetoes
  policies/shops.yaml:33  界限  shop  处罚多次  penalties at_least 3 → penalties at_least 2
    样例：事实 penalties 恰为 2，核对 vetoes
  policies/shops.yaml:33  界限  shop  处罚多次  penalties at_least 3 → penalties at_least 4
    样例：事实 penalties 恰为 3，核对 vetoes
  policies/shops.yaml:33  定级  shop  处罚多次  D → C
    样例：到达这里，得分高于这个等级，核对 level
"""

UNNOTICED_EN = """shops: 2 passed, 0 failed; noticed 28.5% (6 of 21)
  policies/shops.yaml:17  window  shop  处罚次数  24 months → 23 months
    a case: a record dated exactly 23 months before; expect facts of penalties
  policies/shops.yaml:17  window  shop  处罚次数  24 months → 25 months
    a case: a record dated exactly 24 months before; expect facts of penalties
  policies/shops.yaml:17  window  shop  处罚次数  24 months left out
    a case: a record dated exactly 24 months before; expect facts of penalties
  policies/shops.yaml:18  filter  shop  处罚次数  seriousness is serious left out
    a case: a record that the filter keeps out; expect facts of penalties
  policies/shops.yaml:19  source  shop  满意度  latest → max
    a case: several records with different values; expect facts of satisfaction
  policies/shops.yaml:19  if missing  shop  满意度  0 → 1
    a case: fact satisfaction is missing, and no other; expect facts of satisfaction
  policies/shops.yaml:30  threshold  shop  满意度  at_least 90 → at_least 89
    a case: fact satisfaction is exactly 89; expect points of satisfaction
  policies/shops.yaml:30  threshold  shop  满意度  at_least 90 → at_least 91
    a case: fact satisfaction is exactly 90; expect points of satisfaction
  policies/shops.yaml:30  operator  shop  满意度  at_least 90 → above 90
    a case: fact satisfaction is exactly 90; expect points of satisfaction
  policies/shops.yaml:30  points  shop  满意度  otherwise  0 → 1
    a case: fact satisfaction is exactly 89; expect points of satisfaction
  policies/shops.yaml:33  veto  shop  处罚多次  left out
    a case: it holds; expect vetoes
  policies/shops.yaml:33  operator  shop  处罚多次  penalties at_least 3 → penalties above 3
    a case: fact penalties is exactly 3; expect vetoes
  policies/shops.yaml:33  threshold  shop  处罚多次  penalties at_least 3 → penalties at_least 2
    a case: fact penalties is exactly 2; expect vetoes
  policies/shops.yaml:33  threshold  shop  处罚多次  penalties at_least 3 → penalties at_least 4
    a case: fact penalties is exactly 3; expect vetoes
  policies/shops.yaml:33  level  shop  处罚多次  D → C
    a case: it is reached with a score above that level; expect level
"""

PENALTY = "category: penalty, fields: {seriousness: serious, amount: 1}"
EDGES = f"""  window:
    title: 满 23 个月的计入，满 24 个月的和不严重的不计
    from: good
    records:
      - {{date: 2024-01-31, {PENALTY}}}
      - {{date: 2023-12-31, {PENALTY}}}
      - {{category: penalty, date: 2025-06-01, fields: {{seriousness: minor, amount: 1}}}}
    expect: {{facts: {{penalties: 1}}}}
  newest:
    title: 以最近的调查为准，恰满 90
    from: good
    records:
      - {{id: survey, category: survey, date: 2025-09-01, fields: {{percent: 90}}}}
      - {{category: survey, date: 2024-09-01, fields: {{percent: 95}}}}
    expect: {{facts: {{satisfaction: 90}}, points: {{satisfaction: 40}}}}
  below:
    title: 不满 90
    from: good
    records: [{{id: survey, category: survey, date: 2025-09-01, fields: {{percent: 89}}}}]
    expect: {{points: {{satisfaction: 0}}}}
  none:
    title: 没有调查
    from: good
    without: [survey]
    expect: {{facts: {{satisfaction: 0}}}}
  two:
    title: 两次处罚不否决
    from: good
    records:
      - {{date: 2025-06-01, {PENALTY}}}
      - {{date: 2025-06-02, {PENALTY}}}
    expect: {{vetoes: []}}
  three:
    title: 三次处罚否决，得分 70
    from: good
    records:
      - {{date: 2025-06-01, {PENALTY}}}
      - {{date: 2025-06-02, {PENALTY}}}
      - {{date: 2025-06-03, {PENALTY}}}
    expect: {{score: 70, level: D, vetoes: [many]}}
"""

FULL = """
policy: full
title: 用到全部写法
version: "1"
status: trial
authority: 某局
effective: {from: 2025-01-01}
scale: four
basis: {plan: {document: 方案}}
parameters:
  many: {title: 处罚多次, value: 3, status: set, basis: plan}
  share: {title: 服务占比, value: 40, status: set, basis: plan}
  heavy: {title: 权重, value: 2, status: set, basis: plan}
models:
  shop:
    title: 商店
    kind: organisation
    weight: {parameter: heavy}
    facts:
      penalties:
        title: 处罚次数
        count: penalty
        within: 24 months
        include: [repaired]
        where: {seriousness: {one_of: [general, serious]}, decided: {at_least: 2020-01-01}}
      amount: {title: 罚款, sum: penalty.amount, during: last year, where: {amount: {above: 0.5}}}
      acts:
        title: 处罚扣分
        tally: penalty
        newest: 9
        once_per: seriousness
        first_of: [{where: {seriousness: {is: serious}}, value: 2}, {otherwise: 1}]
      satisfaction: {title: 满意度, mean: survey.percent, if_missing: 0}
      surveyed: {title: 有调查, exists: survey}
      listed: {title: 有严重处罚, exists: penalty, where: {seriousness: {is: serious}}}
      staff: {title: 人数, attribute: staff, if_missing: reject}
      display: {title: 公示, attribute: display, if_missing: none}
      together: {title: 合计, total: [penalties, staff]}
      again: {title: 最近两次处罚中的严重处罚, count: penalty, newest: 2, where: {seriousness: {is: serious}}}
      kinds: {title: 处罚的种类, count: penalty, once_per: seriousness}
      heavy: {title: 处罚的轻重, tally: penalty, first_of: [{where: {seriousness: {is: serious}}, value: 5}, {otherwise: 1}]}
    not_evaluated:
      empty: {title: 没有人员, when: {staff: {is: 0}}, basis: plan}
    dimensions:
      law:
        title: 守法
        out_of: 100
        counts_for: 60
        indicators:
          penalties: {title: 处罚, fact: penalties, points: 40, each: -60, basis: plan}
          amount: {title: 罚款, fact: amount, points: 60, each: -2, beyond: 1, step: 0.5, basis: plan}
      service:
        title: 服务
        out_of: 40
        counts_for: {parameter: share}
        indicators:
          satisfaction:
            title: 满意度
            fact: satisfaction
            points: 30
            only_when: {surveyed: {is: true}}
            bands:
              - {at_least: 100, points: 30}
              - {at_least: 0, points: 15}
              - {otherwise: 0}
            basis: plan
          display:
            title: 公示
            points: 10
            none_when: {listed: {is: true}}
            first_of:
              - {when: {display: {is: online}}, points: 10}
              - {when: {any: [{display: {is: posted}}, {staff: {at_most: 2}}]}, points: 5}
              - {otherwise: 0}
            basis: plan
    adjustments:
      at_most: 3
      at_least: -10
      items:
        shown: {title: 公示加分, fact: display, choices: {online: 5, posted: 2}, otherwise: 0, at_most: 4, basis: plan}
        punished: {title: 处罚扣分, fact: penalties, each: -5, basis: plan}
        small: {title: 人员不足, fact: staff, each: -1, short_of: 9, step: 2, round: up, basis: plan}
    vetoes:
      many: {title: 处罚多次, when: {penalties: {at_least: {parameter: many}}}, level: D, basis: plan}
      capped: {title: 封顶, when: {score: {above: 80}}, score_at_most: 74.99, level: C, basis: plan}
      lowered: {title: 降级, when: {display: {is_not: online}}, lower_by: {levels: 1}, basis: plan}
      held: {title: 不升级, when: {kinds: {at_least: 1}, heavy: {at_least: 5}}, above_previous_by: {levels: 0}, basis: plan}
    measures:
      praise: {title: 表扬, kind: incentive, matter: commendation, when: {grade: {is: 优}}, basis: plan}
    alerts:
      fell: {title: 降为差, severity: serious, when: {level: {is: D}, previous.level: {above: D}}}
  stall:
    title: 摊位
    kind: organisation
    facts: {penalties: {title: 处罚次数, count: penalty}}
    decisions:
      - {when: {penalties: {at_least: 2}}, level: D}
      - {when: {penalties: {at_least: 1}}, level: C}
      - {otherwise: A}
"""

ANYTHING = """
cases: full
as_of: 2025-12-31
examples: {stall: {title: 只看摊位, model: stall, expect: {score: null}}}
"""


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with `policies/`, in which the command is run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, text in (("catalogue", CATALOGUE), ("scales", SCALES)):
        write(f"policies/common/{name}.yaml", text)


def small(cases: str, *arguments: str, lang: Lang = "zh") -> Ended:
    """The command on the small policy with these cases."""
    write("policies/shops.yaml", POLICY)
    write("policies/cases/shops.yaml", cases)
    return run(*arguments, lang=lang)


def unnoticed(policy: str, cases: str) -> list[dict[str, Any]]:
    """What the command lists for programs; each is as the schema says."""
    write("policies/full.yaml", policy)
    write("policies/cases/full.yaml", cases)
    _, out, problems = run("--mutate", "--format", "json")
    assert problems == ""
    report = json.loads(out)
    validate(report, schema("test"))
    mutation = report["policies"][0]["mutation"]
    assert mutation["mutants"] - mutation["noticed"] == len(mutation["unnoticed"])
    return mutation["unnoticed"]  # type: ignore[no-any-return]


def of(mutants: list[dict[str, Any]], *path: str | int) -> list[tuple[str, str | None]]:
    """From what to what the thing at the end of a path changes."""
    return [(mutant["old"], mutant["new"]) for mutant in mutants if mutant["path"][-len(path) :] == list(path)]


class TestUnnoticed:
    def test_text(self) -> None:
        """Exactly these, each with the case that would notice it."""
        assert small(WEAK, "--mutate") == (0, UNNOTICED_ZH, "")
        assert small(WEAK, "--mutate", lang="en") == (0, UNNOTICED_EN, "")

    def test_good_cases(self) -> None:
        """Cases at the edges, as the lines advise, notice everything."""
        assert small(WEAK + EDGES, "--mutate") == (0, "shops：通过 8，未通过 0；察觉 100.0%（21/21）\n", "")

    def test_least(self) -> None:
        below = "错误[below_noticed]：shops 的样例察觉 28.5% 的改动，低于要求的 28.6%\n"
        assert small(WEAK, "--min-noticed", "28.5") == (0, UNNOTICED_ZH, "")
        assert small(WEAK, "--min-noticed", "28.6") == (1, UNNOTICED_ZH + below, "")
        assert small(WEAK + EDGES, "--min-noticed", "100").code == 0

    def test_failing_case(self) -> None:
        """A case that fails anyway notices nothing, and the command ends as ever."""
        code, out, _ = small(WEAK.replace("score: 100", "score: 99"), "--mutate")
        assert (code, out.splitlines()[0]) == (1, "shops：通过 1，未通过 1；察觉 28.5%（6/21）")

    def test_coverage_beside(self) -> None:
        head = small(WEAK, "--mutate", "--coverage").out.splitlines()[0]
        assert head == "shops：通过 2，未通过 0；覆盖 50.0%（2/4）；察觉 28.5%（6/21）"

    def test_version_in_force(self) -> None:
        """Each version is changed by itself, and put to the cases of its time."""
        later = POLICY.replace("{from: 2025-01-01}", "{from: 2026-01-01}").replace("2025.1", "2026.1")
        write("policies/shops-2026.yaml", later)
        write("policies/shops.yaml", POLICY.replace("{from: 2025-01-01}", "{from: 2025-01-01, until: 2025-12-31}"))
        write("policies/cases/shops.yaml", WEAK + EDGES)
        lines = run("--mutate").out.splitlines()
        assert lines[0] == "shops：通过 8，未通过 0；察觉 50.0%（21/42）"
        assert all("shops-2026.yaml" in line for line in lines[1::2])


class TestMutants:
    def test_every_kind(self) -> None:
        assert {mutant["kind"] for mutant in unnoticed(FULL, ANYTHING)} == set(MUTANTS)

    def test_places(self) -> None:
        """A mutant has its path and line, and a case by a test where one says it."""
        mutants = unnoticed(FULL, ANYTHING)
        indicator = ["models", "shop", "dimensions", "service", "indicators", "satisfaction"]
        line = FULL.lstrip("\n").splitlines().index("              - {at_least: 100, points: 30}") + 1
        assert next(mutant for mutant in mutants if mutant["path"] == [*indicator, "bands", 0, "at_least"]) == {
            "kind": "threshold", "version": "1", "model": "shop", "path": [*indicator, "bands", 0, "at_least"],
            "old": "at_least 100", "new": "at_least 99", "file": "policies/full.yaml", "line": line,
            "case": {
                "when": {"name": "satisfaction", "operator": "is", "value": 99}, "expect": "points", "name": "satisfaction",
            },
        }  # fmt: skip

    def test_units(self) -> None:
        """Numbers move by one in their last place, dates by a day, levels by one, caps by 0.01."""
        mutants = unnoticed(FULL, ANYTHING)
        assert of(mutants, "amount", "above") == [
            ("amount above 0.5", "amount at_least 0.5"), ("amount above 0.5", "amount above 0.4"),
            ("amount above 0.5", "amount above 0.6"),
        ]  # fmt: skip
        assert ("decided at_least 2020-01-01", "decided at_least 2020-01-02") in of(mutants, "decided", "at_least")
        assert of(mutants, "grade", "is") == [("grade is 优", "grade is_not 优"), ("grade is 优", "grade is 良")]
        assert of(mutants, "score_at_most") == [("74.99", "74.98"), ("74.99", "75")]
        assert of(mutants, "amount", "step") == [("0.5", "0.4"), ("0.5", "0.6")]

    def test_same_points(self) -> None:
        """What gives the same for every value is not tried: here an `each` that takes all at once, and what is clipped."""
        mutants = unnoticed(FULL, ANYTHING)
        law = ("dimensions", "law", "indicators", "penalties")
        assert of(mutants, *law, "each") == []
        assert of(mutants, *law, "start") == [("40", "39")]
        assert of(mutants, "bands", 0, "points") == [("30", "29")]
        assert of(mutants, "bands", 1, "at_least") == [("at_least 0", "at_least 1"), ("at_least 0", "above 0")]
        assert of(mutants, "bands", 2, "otherwise") == []
        assert of(mutants, "first_of", 0, "points") == [("10", "9")]
        assert of(mutants, "capped", "level") == []
        assert of(mutants, "adjustments", "at_most") == [("3", "2"), ("3", "4")]

    def test_parameters(self) -> None:
        """A parameter changes wherever it stands, not the numbers there; what is only a weight no case can see."""
        mutants = unnoticed(FULL, ANYTHING)
        assert of(mutants, "parameters", "many", "value") == [("3", "2"), ("3", "4")]
        assert of(mutants, "penalties", "at_least") == [
            ("penalties at_least 3", "penalties above 3"),
            ("penalties at_least 2", "penalties above 2"), ("penalties at_least 2", "penalties at_least 1"),
            ("penalties at_least 2", "penalties at_least 3"),
            ("penalties at_least 1", "penalties above 1"), ("penalties at_least 1", "penalties at_least 0"),
            ("penalties at_least 1", "penalties at_least 2"),
        ]  # fmt: skip
        assert of(mutants, "service", "counts_for") == []
        assert of(mutants, "parameters", "share", "value") == [("40", "39"), ("40", "41")]
        assert of(mutants, "parameters", "heavy", "value") == []
