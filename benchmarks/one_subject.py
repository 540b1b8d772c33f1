"""One subject in process: the evaluators of one beside a hand-written function, GoRules ZEN and durable_rules.

`python benchmarks/one_subject.py` prints medians in microseconds and ratios, all of one run.
ZEN and durable_rules get ready facts; the single evaluator, its generated function and the hand-written floor start from records.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from engine.evaluating import rules
from engine.evaluating.generated.evaluate import compile_generated
from engine.evaluating.single import compile_model, evaluate
from engine.model import period
from engine.model.evaluation import Evaluation
from engine.model.number import ONE
from engine.model.period import NEVER
from engine.model.subject import Subject
from engine.reading.files import find_files
from engine.reading.inputs import read_inputs
from engine.reading.library import read_library

HERE = Path(__file__).parent
AS_OF = period.read_day("2025-12-31") or 0


def median(call: Callable[[], object], rounds: int, repeat: int = 31) -> float:
    """Microseconds of one call: the median over samples of so many rounds each."""
    samples = []
    for _ in range(repeat):
        start = time.perf_counter()
        for _ in range(rounds):
            call()
        samples.append((time.perf_counter() - start) / rounds * 1e6)
    return statistics.median(samples)


def by_hand(attributes: dict[str, int], records: list[dict[str, object]]) -> tuple[float, str]:
    """The same facts, points and level, as somebody would write them for this one policy, in floats."""
    general = serious = complaints = praised = 0
    fines, satisfaction, newest, listed = 0.0, 60.0, "", False
    for record in records:
        date, kind = str(record["date"]), record["category"]
        if record.get("status") == "revoked" or date > "2025-12-31":
            continue
        fields: dict[str, object] = record["fields"]  # type: ignore[assignment]
        if kind == "administrative_penalty":
            if date > "2023-12-31":
                general += fields["seriousness"] == "general"
                fines += float(fields.get("amount", 0))  # type: ignore[arg-type]
            serious += fields["seriousness"] == "serious" and date > "2022-12-31"
        elif kind == "satisfaction_survey" and date > "2024-12-31" and date > newest:
            newest, satisfaction = date, float(fields["percent"])  # type: ignore[arg-type]
        elif kind == "complaint":
            complaints += date > "2024-12-31"
        elif kind == "honour":
            praised += date > "2023-12-31"
        elif kind == "serious_dishonesty_listing":
            listed = True
    staff, certified = attributes["staff"], attributes.get("certified_staff", 0)
    percent = 100 * certified / staff if staff else 0.0
    rate = 100 * complaints / staff if staff else 0.0
    score = max(0, 15 - 5 * general - 15 * serious) + max(0.0, 10 - fines // 10000)
    score += max(0, 10 - 5 * max(general - 1, 0)) + (0 if listed else 5)
    score += 15 if satisfaction >= 95 else 10 if satisfaction >= 85 else 5 if satisfaction >= 70 else 0
    score += max(0, 10 - 2 * complaints) + (5 if rate <= 1 else 3 if rate <= 5 else 0)
    score += 5 if complaints == 0 and satisfaction >= 90 else 0
    score += 10 if percent >= 80 else 5 if percent >= 50 else 0
    score += min(5, 0.1 * staff) + min(5, 0.1 * certified) + min(5, 2.5 * praised)
    bounds = ((95, "A"), (90, "A-"), (85, "B+"), (80, "B"), (75, "B-"), (70, "C+"), (65, "C"), (60, "C-"))
    level = next((name for bound, name in bounds if score >= bound), "D")
    return score, "D" if listed else level


def main() -> None:
    library = read_library(find_files([HERE / "one" / "policy.yaml"])).library
    (subject,) = read_inputs([HERE / "one" / "subject.json"], library.catalogue, {"benchmark"})
    assert isinstance(subject, Subject)
    document = json.loads((HERE / "one" / "subject.json").read_text(encoding="utf-8"))
    policy = library.policies[0]
    compiled = compile_model(policy, policy.models["enterprise"])
    evaluator, with_rules = compiled.at(AS_OF), rules.judge(compiled)
    evaluation = evaluate(evaluator, subject)
    assert isinstance(evaluation, Evaluation)
    score, level = by_hand(document["attributes"], document["records"])
    assert (evaluation.score, evaluation.level) == (round(score * ONE), level), (evaluation.score, score, level)

    generated = compile_generated(policy, policy.models["enterprise"])
    assert generated is not None
    function = generated.at(AS_OF)
    assert function(subject, None, (), NEVER, ()) == evaluate(evaluator, subject, reasoning=False)

    rows = {
        "plain Python, by hand": median(lambda: by_hand(document["attributes"], document["records"]), 2000),
        "generated": median(lambda: function(subject, None, (), NEVER, ()), 2000),
        "single, without reasoning": median(lambda: evaluate(evaluator, subject, reasoning=False), 500),
        "single, with reasoning": median(lambda: evaluate(evaluator, subject), 500),
        "rules (durable_rules for vetoes and measures)": median(
            lambda: evaluate(evaluator, subject, which=with_rules, reasoning=False), 20
        ),
        **zen(evaluation),
    }
    floor = rows["plain Python, by hand"]
    print(f"one subject, {len(subject.records)} records, {len(list(policy.models['enterprise'].indicators()))} indicators")
    for name, microseconds in rows.items():
        print(f"{microseconds:9.1f} µs  {microseconds / floor:6.2f} x  {name}")


def zen(evaluation: object) -> dict[str, float]:
    """GoRules ZEN on the same decision from ready facts; nothing where it is not installed."""
    try:
        import zen as gorules
    except ImportError:
        return {}
    facts = {name: value / ONE if type(value) is int else value for name, value in evaluation.facts.items()}  # type: ignore[attr-defined]
    content = json.loads((HERE / "one" / "zen.json").read_text(encoding="utf-8"))
    decision = gorules.ZenEngine().create_decision(json.dumps(content))
    answer = decision.evaluate(facts)["result"]
    assert round(answer["score"] * ONE) == evaluation.score, answer  # type: ignore[attr-defined]
    assert answer["level"] == evaluation.level, answer  # type: ignore[attr-defined]
    return {"GoRules ZEN, from ready facts": median(lambda: decision.evaluate(facts), 100)}


if __name__ == "__main__":
    main()
