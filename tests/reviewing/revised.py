"""A policy with every construct and a revision of it that differs in each way that a report tells."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

BEFORE = Path(__file__).parent.parent / "annex" / "policies"

EDITS = (
    ('version: "1"\nstatus: trial\nauthority: 示例局\neffective: {from: 2025-01-01, until: 2026-12-31}',
     'version: "2"\nstatus: trial\nauthority: 示例市商务局\neffective: {from: 2026-01-01}'),
    ("issuer: 示例局, date: 2025-01-01}", "issuer: 示例局, date: 2025-01-01}\n  law: {document: 示例法}"),
    ("value: 40, status: pending, basis: {plan: 第三条}, note: 待印发", "value: 40, status: set, basis: {plan: 第三条}"),
    ("value: 700", "value: 720"),
    ("value: -10", "value: -12"),
    ("within: 24 months, where: {seriousness: {one_of: [general, serious]}, amount: {at_least: 100}}, include: [repaired]",
     "within: 36 months, where: {seriousness: {one_of: [general, serious]}, amount: {at_least: 500}}"),
    ("within: 12 months, if_missing: 60}", "within: 12 months, if_missing: 70}"),
    ("staff: {title: 从业人员数, attribute: staff, if_missing: reject}", "staff: {title: 从业人员数, attribute: staff, if_missing: 1}"),
    ("newest: {title: 最近一次满意度（%）, latest: survey.percent, during: this quarter", "latest_survey: {title: 最近一次满意度（%）, latest: survey.percent, during: this quarter"),
    ("newest: {below: 30}", "latest_survey: {below: 30}"),
    ("when: {years: {below: 1}}", "when: {years: {below: 2}}"),
    ("each: {minor: -1, graver: -5}", "each: {minor: -1, graver: -8}"),
    ("each: -2, beyond: 5000, step: 10000", "each: -2, beyond: 3000, step: 10000"),
    ("bands: [{above: 365, points: 10}, {above: 180, points: 5}, {otherwise: 0}]", "bands: [{above: 400, points: 10}, {above: 180, points: 4}, {otherwise: 0}]"),
    ("start: 12, each: -4", "start: 14, each: -4"),
    ("{at_least: 95, points: 25}, {at_least: 85, points: 18}, {otherwise: 0}", "{at_least: 96, points: 25}, {at_least: 85, points: 18}, {otherwise: 1}"),
    ("only_when: {staff: {at_least: 10}}", "only_when: {staff: {at_least: 20}}"),
    ("choices: {online: 20, onsite: 20}, otherwise: 0", "choices: {online: 20, onsite: 10}, otherwise: 0"),
    ("{when: {certified_percent: {at_least: 80}, not: {listed: {is: true}}}, points: 20}", "{when: {certified_percent: {at_least: 70}, not: {listed: {is: true}}}, points: 20}"),
    ("points: 10}\n              - {otherwise: 2}", "points: 12}\n              - {otherwise: 2}"),
    ("years: {title: 经营年限, fact: years, points: 10, each: 1.5, basis: {plan: 第二条}}", "years: {title: 经营年限, fact: years, points: 10, bands: [{at_least: 5, points: 10}, {otherwise: 3}], basis: {plan: 第二条}}"),
    ("at_most: 5\n", "at_most: 6\n"),
    ("each: 1, at_most: 2", "each: 1, at_most: 3"),
    ("        poor: {title: 店员评为差, fact: poor, each: -0.5, at_least: -3, basis: {plan: 第四条}}\n", ""),
    ("      poor: {title: 评为差的店员数, count: member_evaluation, where: {policy: {is: every}, model: {is: clerk}, grade: {is: 差}}}\n", ""),
    ("level: D, score_at_most: 59.99", "level: C, score_at_most: 69.99"),
    ("lower_by: {grades: 1}", "lower_by: {grades: 2}"),
    ("      surveyed: {title: 满意度过低", "      unsatisfied: {title: 满意度过低"),
    ("measures:\n", "measures:\n      open: {title: 信用公示, kind: routine, matter: service, when: {vetoed: {is: false}}, basis: {plan: 第八条}}\n"),
    ("terms: {抽查比例: 5%, 次数: 1}", "terms: {抽查比例: 3%, 次数: 1}"),
    ("trust: {title: 容缺受理, kind: incentive, matter: approval, when: {grade: {is: 优}}", "trust: {title: 容缺受理和告知承诺, kind: incentive, matter: approval, when: {level: {at_least: B+}}"),
    ("      early: {title: 提醒, kind: routine, matter: supervision, when: {level: {below: B+}}, basis: {plan: 第九条}}\n", ""),
    ("basis: {plan: 第九条}}\n      watch", "basis: [{plan: 第九条}, {law: 第一条}]}\n      watch"),
    ("- {when: {points: {at_least: 600}}, level: B}", "- {when: {points: {at_least: 650}}, level: B+}"),
    ("revisions:\n", "revisions:\n  - {version: \"2\", date: 2025-12-01, intent: stricter, why: 试点一年后从严, basis: {plan: 第十条}}\n"),
)  # fmt: skip

COMMON = (
    ("publicity: 最长1年", "publicity: 最长3年"),
    ("collection: {by: 第三方, manner: 报送, within: 每季度}", "collection: {by: 行业协会, manner: 报送, within: 每季度}"),
    ("{level: B, at_least: 70, grade: 良}", "{level: B, at_least: 72, grade: 良}"),
    ("article: 第3项", "article: 第4项"),
)


def revised(folder: Path) -> None:
    """OLD and NEW folders of policies, `before` and `after`, in a folder."""
    shutil.copytree(BEFORE, folder / "before")
    shutil.copytree(BEFORE, folder / "after")
    edit(folder / "after" / "every.yaml", *EDITS)
    for old, new in COMMON:
        (file,) = (path for path in (folder / "after" / "common").iterdir() if old in path.read_text(encoding="utf-8"))
        edit(file, (old, new))


def revise(file: Path, intent: str) -> None:
    """Under a new version that declares an intent."""
    text = file.read_text(encoding="utf-8")
    entry = f'  - {{version: "2099.1", date: 2025-12-01, intent: {intent}, why: 试}}\n'
    text = re.sub('^version: ".*"', 'version: "2099.1"', text, flags=re.MULTILINE)
    file.write_text(text.replace("\nrevisions:\n", f"\nrevisions:\n{entry}"), encoding="utf-8")


def edit(file: Path, *edits: tuple[str, str]) -> None:
    """Each stands once in the file."""
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
