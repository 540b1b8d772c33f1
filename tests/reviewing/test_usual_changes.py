"""Changes of shipped policies as drafts make them: each is told whole, in its true direction, and as nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.lanes import few
from tests.language.examples import run_xinyong
from tests.reviewing.revised import edit

Edit = tuple[str, str]
Told = list[tuple[str, str, str]]
"""What differs, in which element, in which direction."""

SPLIT = (
    "      passed_percent:\n",
    "      old_penalties: {title: 两年以前一般行政处罚次数, count: administrative_penalty, within: 36 months, "
    "where: {seriousness: {is: general}}}\n      passed_percent:\n",
)
FORMER = (
    "            points: 15\n            each: {minor_penalties: -1, general_penalties: -5, serious_penalties: -12}     # 扣完为止\n",
    "            points: 9\n            each: {minor_penalties: -1, general_penalties: -5, serious_penalties: -9}\n",
)
LATER = (
    "          inspections:\n            title: 行政检查（",
    "          former_penalties: {title: 以前的行政处罚, fact: old_penalties, points: 6, each: -2, basis: {plan: 三（一）2}}\n"
    "          inspections:\n            title: 行政检查（",
)
VETO = (
    "      repeated-penalties:\n",
    "      many-complaints: {title: 投诉过多, when: {valid_complaints: {at_least: 9}}, level: C, basis: {plan: 三（三）6}}\n"
    "      repeated-penalties:\n",
)

USUAL: dict[str, tuple[str, list[Edit], Told]] = {
    "threshold": (
        "housekeeping",
        [("fact: satisfaction\n            points: 10\n            bands:\n              - {at_least: 95,",
          "fact: satisfaction\n            points: 10\n            bands:\n              - {at_least: 97,")],
        [("band", "satisfaction", "stricter")],
    ),
    "split": (
        "housekeeping", [SPLIT, FORMER, LATER],
        [("fact", "old_penalties", "neutral"), ("points", "penalties", "mixed"), ("each", "penalties", "looser"),
         ("indicator", "former_penalties", "mixed")],
    ),
    "veto": ("housekeeping", [VETO], [("veto", "many-complaints", "stricter")]),
    "window": (
        "housekeeping",
        [("within: 24 months\n        where: {seriousness: {is: general}}", "within: 12 months\n        where: {seriousness: {is: general}}")],
        [("window", "general_penalties", "looser")],
    ),
    "status": ("housekeeping", [("status: trial\nauthority", "status: draft\nauthority")], [("status", "status", "text")]),
    "set": (
        "housekeeping", [("    value: 700\n    status: pending", "    value: 700\n    status: set")],
        [("pending", "xiangxin_excellent", "text")],
    ),
    "value": ("housekeeping", [("    value: 700\n", "    value: 680\n")], [("parameter", "xiangxin_excellent", "looser")]),
    "shares": ("composite", [("    value: 50\n", "    value: 60\n"), ("complement: 50}", "complement: 40}")],
               [("share", "industry", "stricter"), ("parameter_use", "industry", "neutral"), ("parameter", "public_share", "mixed")]),
    "only when": (
        "housekeeping",
        [("            fact: abnormal\n            points: 5\n", "            fact: abnormal\n            points: 5\n            only_when: {inspections: {at_least: 1}}\n")],
        [("only_when", "abnormal", "mixed")],
    ),
    "at most": ("environment", [("      at_most: 2\n", "      at_most: 4\n")], [("adjustments", "adjustments", "looser")]),
    "filter": (
        "housekeeping", [("where: {seriousness: {is: general}}", "where: {seriousness: {one_of: [general, serious]}}")],
        [("where", "general_penalties", "stricter")],
    ),
    "incentive": (
        "housekeeping", [("matter: procurement\n        when: {grade: {is: 优}}", "matter: procurement\n        when: {level: {at_least: B+}}")],
        [("when", "procurement-recommendation", "looser")],
    ),
    "not evaluated": ("housekeeping", [("when: {years_established: {below: 1}}", "when: {years_established: {below: 2}}")],
                      [("when", "newly-established", "mixed")]),
    "missing": (
        "housekeeping", [("        if_missing: 60\n        direction: favourable\n", "        if_missing: reject\n        direction: favourable\n")],
        [("if_missing", "satisfaction", "stricter")],
    ),
    "no longer missing": ("housekeeping", [("attribute: staff, if_missing: reject}", "attribute: staff, if_missing: 0}")],
                          [("if_missing", "staff", "looser")]),
    "alert": ("housekeeping", [("when: {recent_complaints: {at_least: 3}}", "when: {recent_complaints: {at_least: 5}}")],
              [("when", "complaint-surge", "neutral")]),
}  # fmt: skip
"""By a name: the policy, the edits of its text, what is told."""


def diff(*more: str) -> Any:
    report, _ = run_xinyong(["diff", "old", "new", "--format", "json", "--lang", "zh", "--as-of", "2025-12-31", *more])
    return json.loads(report)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def revise(policy: str, *edits: Edit) -> None:
    for side in ("old", "new"):
        Path(side).mkdir()
        shutil.copytree(ROOT / "policies/common", Path(side, "common"))
        shutil.copy(ROOT / f"policies/{policy}.yaml", side)
    edit(Path(f"new/{policy}.yaml"), *edits)


ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", few(USUAL, 6))
def test_told(name: str) -> None:
    policy, edits, expected = USUAL[name]
    revise(policy, *edits)
    (diff_of_policy,) = diff()["policies"]
    assert [(change["what"], change["id"], change["direction"]) for change in diff_of_policy["changes"]] == expected
    assert diff_of_policy["verdict"] == "unknown"
