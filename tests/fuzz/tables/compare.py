"""The results of documents beside those of the same as tables: the same subjects refused, every other result the same."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tests.tables.made import results

Key = tuple[str, str, str]


class Results(NamedTuple):
    """What came of each subject and model, and why a subject was refused as it was read."""

    outcomes: dict[Key, dict[str, Any]]
    refused: dict[str, str]


class Difference(NamedTuple):
    """`what` names the kind, `detail` the subject and both sides."""

    what: str
    detail: str


def of_documents(lines: str) -> Results:
    """The lines of `--format json`."""
    outcomes: dict[Key, dict[str, Any]] = {}
    refused: dict[str, str] = {}
    for line in lines.splitlines():
        tree = json.loads(line)
        why = [problem for problem in tree.get("rejected", ()) if problem["code"] not in REASONS]
        if why:
            refused[tree["subject"]] = f"{why[0]['code']} at {why[0]['path']}"
        else:
            outcomes[tree["subject"], tree["policy"], tree["model"]] = _outcome(tree)
    return Results(outcomes, refused)


REASONS = (
    "fact_missing",
    "fact_too_large",
    "weight_negative",
    "policy_unknown",
    "policy_ended",
    "policy_not_in_force",
    "model_unknown",
    "model_kind",
)
"""Why a sound subject can be rejected by a model."""


def _outcome(tree: dict[str, Any]) -> dict[str, Any]:
    outcome: dict[str, Any] = {"valid_until": tree["valid_until"]}
    if "rejected" in tree:
        return outcome | {"outcome": "rejected"}
    if "not_evaluated" in tree:
        return outcome | {"outcome": "not_evaluated", "reason": sorted(ground["id"] for ground in tree["not_evaluated"])}
    outcome |= {key: tree[key] for key in ("score", "level", "grade")}
    outcome |= {key: [element["id"] for element in tree[key]] for key in ("vetoes", "measures")}
    outcome |= {f"fact_{key}": _plain(value) for key, value in tree["facts"].items()}
    indicators = [indicator for dimension in tree.get("dimensions", ()) for indicator in dimension["indicators"]]
    outcome |= {
        f"points_{element['id']}": _plain(element.get("points")) for element in [*indicators, *tree.get("adjustments", ())]
    }
    return outcome | {"outcome": "evaluated"}


def _plain(value: Any) -> Any:
    """Numbers as they compare, however they are written."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return Decimal(repr(value)).normalize()
    try:
        return Decimal(value).normalize()
    except ArithmeticError:
        return value


def of_table(output: Path, rejects: Path) -> Results:
    """A folder of results with their reasoning, and the rows that were refused."""
    outcomes: dict[Key, dict[str, Any]] = {}
    refused: dict[str, str] = {}
    why: dict[str, str] = {}
    if rejects.exists():
        with rejects.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                why.setdefault(row["subject"], f"{row['code']} in {row['table']}.{row['column']}")
    for whole in results(output) if output.exists() else ():
        row = json.loads(json.dumps(whole, default=str))
        key = row["subject"], row["policy"], row["model"]
        outcome = {"valid_until": row["valid_until"], "outcome": row["outcome"]}
        match row["outcome"]:
            case "rejected":
                if not any(reason.split()[-1] in REASONS for reason in row["reason"] or ("",)):
                    refused[row["subject"]] = why.get(row["subject"] or "", "without a reason")
                    continue
            case "not_evaluated":
                outcome["reason"] = sorted(row["reason"])
            case _:
                outcome |= {name: row[name] for name in ("score", "level", "grade", "vetoes", "measures")}
                outcome |= {name: _plain(value) for name, value in row.items() if name.startswith(("fact_", "points_"))}
        outcomes[key] = outcome
    return Results(outcomes, refused)


def differences(documents: Results, table: Results) -> list[Difference]:
    """First who is refused on one side alone, then results that are not the same."""
    differences_seen: list[Difference] = []
    for side, mine, other in (("a document", documents.refused, table.refused), ("a row", table.refused, documents.refused)):
        for name, why in mine.items():
            if name is not None and name not in other:
                differences_seen.append(Difference(f"refused as {side} alone, {re.sub('[0-9]+', 'N', why)}", repr(name)))
    aside = documents.refused.keys() | table.refused.keys()
    for key in sorted(documents.outcomes.keys() | table.outcomes.keys(), key=str):
        if key[0] in aside:
            continue
        left, right = documents.outcomes.get(key), table.outcomes.get(key)
        if left is None or right is None:
            differences_seen.append(Difference("a result on one side alone", f"{key}\n{left}\n{right}"))
            continue
        detail = {
            name: (left.get(name), right.get(name)) for name in left.keys() | right.keys() if left.get(name) != right.get(name)
        }
        names = sorted({name.split("_")[0] for name in detail})
        if names:
            differences_seen.append(Difference(f"another {', '.join(names)}", f"{key} {detail}"))
    return differences_seen
