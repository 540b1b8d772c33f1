"""The limits of durable_rules, each of which the rules evaluator keeps."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any as Whatever

import pytest

from engine.evaluating import rules
from engine.evaluating.conditions import compile_condition
from engine.model.condition import AllOf, AnyOf, Comparison, Condition, FactRef, Negation
from engine.model.problem import InputError
from engine.model.scale import Level, Scale

SCALE = Scale(
    "s", 100_0000, (Level("A", 90_0000, "优"), Level("B", 75_0000, "良"), Level("C", 60_0000, "良"), Level("D", None, "差"))
)
LARGEST = 10**15


def compiled(**conditions: Condition) -> Whatever:
    """A model with these measures, as far as a judge looks at it."""
    measures = [SimpleNamespace(id=name.replace("_", "-"), when=when) for name, when in conditions.items()]
    return SimpleNamespace(
        policy=SimpleNamespace(scale=SCALE), model=SimpleNamespace(vetoes=(), measures=measures, alerts=())
    )  # fmt: skip


def held(values: Mapping[str, object], **conditions: Condition) -> tuple[str, ...]:
    """What holds by rules, which is what holds by closures."""
    names = rules.judge(compiled(**conditions))("measures", values)
    by_closures = {name.replace("_", "-"): compile_condition(when, SCALE) for name, when in conditions.items()}
    assert names == tuple(name for name, holds in by_closures.items() if holds(values))
    return names


@pytest.fixture
def engine() -> Whatever:
    """The host, with a count of what is registered and fired."""
    return rules._engine()


class TestJudge:
    def test_more_rules_than_a_ruleset_holds(self) -> None:
        """One that matches in each of several rulesets, and 500 that all match."""
        measures = {f"m{index}": Comparison("f", "is", index) for index in range(180)}
        assert held({"f": 170}, **measures) == ("m170",)
        every = {f"m{index}": Comparison("f", "at_least", index) for index in range(500)}
        assert held({"f": 1000}, **every) == tuple(every)

    def test_all_match_in_one_ruleset(self) -> None:
        """So many at once do not fit the stack of durable_rules where a ruleset holds more."""
        alternatives = AnyOf(tuple(Comparison(f"f{index}", "is", True) for index in range(200)))
        assert held({f"f{index}": True for index in range(200)}, m=alternatives) == ("m",)

    def test_more_evaluations_than_live_states(self) -> None:
        """The 1,025th state that is not deleted raises MemoryError."""
        which = rules.judge(compiled(m=Comparison("f", "at_least", 500)))
        assert [which("measures", {"f": value}) == ("m",) for value in range(1100)] == [value >= 500 for value in range(1100)]

    def test_more_than_600_conditions(self) -> None:
        """As measures, in one measure, and as alternatives of one measure."""
        many = tuple(Comparison(f"f{index}", "at_least", index) for index in range(650))
        values = {f"f{index}": index for index in range(650)}
        assert held(values, **{f"m{index}": test for index, test in enumerate(many)}) == tuple(f"m{i}" for i in range(650))
        assert held(values, every=AllOf(many), some=AnyOf(many), neither=Negation(AnyOf(many))) == ("every", "some")
        assert held(values | {"f649": 0}, every=AllOf(many), some=AnyOf(many)) == ("some",)

    def test_many_listed_values(self) -> None:
        """An alternative each would be more than a node of the network can branch into."""
        listed = tuple(range(0, 2000, 2))
        conditions = {"among": Comparison("f", "one_of", listed), "outside": Comparison("f", "none_of", listed)}
        assert held({"f": 1998}, **conditions) == ("among",)
        assert held({"f": 1999}, **conditions) == ("outside",)

    def test_more_fields_than_a_fact_holds(self) -> None:
        conditions = {f"m{index}": Comparison(f"f{index}", "is", FactRef(f"g{index}")) for index in range(300)}
        values = {f"f{index}": index for index in range(300)} | {f"g{index}": index % 200 for index in range(300)}
        assert held(values, **conditions) == tuple(f"m{index}" for index in range(200))

    def test_text_that_looks_like_a_number(self) -> None:
        conditions = {
            "five": Comparison("t", "is", "5"),
            "other": Comparison("t", "is_not", "5"),
            "zero": Comparison("t", "one_of", ("05", "true")),
        }
        assert held({"t": "5"}, **conditions) == ("five",)
        assert held({"t": "05"}, **conditions) == ("other", "zero")
        assert held({"t": "true"}, **conditions) == ("other", "zero")

    @pytest.mark.parametrize("text", ["", "a\"b'c", "back\\slash", "\u0000", "换行\n", "\ud800", "长" * 70_000])
    def test_any_text(self, text: str) -> None:
        """Texts are numbered, so that none of them is written into a fact."""
        conditions = {
            "same": Comparison("t", "is", text),
            "unlike": Comparison("t", "is_not", text),
            "pair": Comparison("t", "is", FactRef("u")),
        }
        assert held({"t": text, "u": text}, **conditions) == ("same", "pair")
        assert held({"t": text + "x", "u": text}, **conditions) == ("unlike",)
        assert held({"t": text + "x", "u": text + "x"}, **conditions) == ("unlike", "pair")

    def test_booleans(self) -> None:
        conditions: dict[str, Condition] = {
            "yes": Comparison("b", "is", True), "no": Comparison("b", "is_not", True), "either": Comparison("b", "one_of", (True, False)),
            "neither": Comparison("b", "none_of", (True, False)), "same": Comparison("b", "is", FactRef("c")),
        }  # fmt: skip
        assert held({"b": True, "c": False}, **conditions) == ("yes", "either")
        assert held({"b": False, "c": False}, **conditions) == ("no", "either", "same")

    @pytest.mark.parametrize("value", [LARGEST, -LARGEST, LARGEST - 1, 2**31, 2**32 + 1, 0, -1])
    def test_large_numbers(self, value: int) -> None:
        """The largest number of the language is exact, next to its neighbours."""
        conditions = {
            f"{name}{more}": Comparison("f", name, value + more) for name in ("is", "above", "at_most") for more in (-1, 0, 1)
        }
        assert held({"f": value}, **conditions) == ("is0", "above-1", "at-most0", "at-most1")

    def test_fact_against_fact(self) -> None:
        operators = ("is", "is_not", "at_least", "above", "at_most", "below")
        conditions = {name: Comparison("f", name, FactRef("g")) for name in operators}
        assert held({"f": LARGEST, "g": -LARGEST}, **conditions) == ("is-not", "at-least", "above")
        assert held({"f": 7, "g": 7}, **conditions) == ("is", "at-least", "at-most")

    def test_nothing_matches(self) -> None:
        """It says so by an exception, and deleting a state in which no action began would free what was never taken."""
        which = rules.judge(compiled(m=Comparison("f", "is", 1)))
        assert [which("measures", {"f": 2}) for _ in range(3000)] == [()] * 3000

    def test_nested_conditions(self) -> None:
        a, b, c, d = (Comparison(name, "is", True) for name in "abcd")
        conditions: dict[str, Condition] = {
            "one": Negation(AllOf((a, AnyOf((b, Negation(c)))))), "two": AnyOf((AllOf((a, b)), AllOf((c, Negation(AnyOf((a, d))))))),
            "three": Negation(Negation(Negation(AllOf((AnyOf((a, b)), AnyOf((c, d)), AnyOf((a, d)), AnyOf((b, c))))))),
        }  # fmt: skip
        for bits in range(16):
            held({name: bool(bits >> place & 1) for place, name in enumerate("abcd")}, **conditions)

    def test_alternatives_multiplied(self) -> None:
        """Twenty alternatives of three would be 3,486,784,401 conjunctions: they are decided a stage earlier."""
        choice = [AnyOf(tuple(Comparison(f"f{index}", "is", value) for value in (1, 2, 3))) for index in range(20)]
        conditions: dict[str, Condition] = {"every": AllOf(tuple(choice)), "not_every": Negation(AllOf(tuple(choice)))}
        values = {f"f{index}": index % 3 + 1 for index in range(20)}
        assert held(values, **conditions) == ("every",)
        assert held(values | {"f7": 4}, **conditions) == ("not-every",)

    def test_many_lists_in_one_conjunction(self) -> None:
        """An expression of durable_rules holds 32 marks."""
        condition = AllOf(tuple(Comparison(f"f{index}", "one_of", (1, 2)) for index in range(40)))
        values = {f"f{index}": 1 for index in range(40)}
        assert held(values, m=condition) == ("m",)
        assert held(values | {"f39": 3}, m=condition) == ()

    def test_names_with_signs(self) -> None:
        """Dots, hyphens and names that durable_rules keeps to itself are not its fields."""
        for name in ("a.b", "a-b", "$m", "id", "sid", "$and", "asserted", "f0", "名"):
            assert held({name: 3}, m=Comparison(name, "above", 2), n=Comparison(name, "above", 3)) == ("m",)

    def test_levels_and_grades(self) -> None:
        conditions: dict[str, Condition] = {
            "good": Comparison("level", "at_least", "B"), "worse": Comparison("level", "below", "B"), "best": Comparison("level", "above", "B"),
            "fair": Comparison("grade", "is", "良"), "poor": Comparison("grade", "at_most", "良"), "not": Comparison("level", "is_not", "A"),
        }  # fmt: skip
        assert held({"level": "B", "grade": "良"}, **conditions) == ("good", "fair", "poor", "not")
        assert held({"level": "A", "grade": "优"}, **conditions) == ("good", "best")
        assert held({"level": "D", "grade": "差"}, **conditions) == ("worse", "poor", "not")

    @pytest.mark.parametrize("level", [None, "B", "E"])
    @pytest.mark.parametrize("score", [None, 0, 75_0000])
    def test_previous(self, level: str | None, score: int | None) -> None:
        """A test on what is not there, or not on the scale, fails, and its opposite holds."""
        tests = [Comparison("previous.level", name, "B") for name in ("is", "is_not", "at_least", "above", "at_most", "below")]
        tests += [Comparison("previous.level", name, ("A", "B")) for name in ("one_of", "none_of")]
        tests += [
            Comparison("previous.score", name, 60_0000) for name in ("is", "is_not", "at_least", "above", "at_most", "below")
        ]
        tests += [Comparison("previous.score", "below", FactRef("f")), Comparison("previous.score", "none_of", (1, 2))]
        conditions: dict[str, Condition] = {f"m{index}": test for index, test in enumerate(tests)}
        conditions |= {f"n{index}": Negation(test) for index, test in enumerate(tests)}
        names = held({"previous.level": level, "previous.score": score, "f": 80_0000}, **conditions)
        assert len(names) == len(tests)


class TestEngine:
    def test_registered_once(self, engine: Whatever) -> None:
        """The same rules of another policy, of other names, are the same ruleset."""
        rules.judge(compiled(m=Comparison("once", "is", 123)))
        before = len(engine.registered)
        rules.judge(compiled(m=Comparison("once", "is", 123)))
        rules.judge(compiled(m=Comparison("other", "is", 123)))
        assert len(engine.registered) == before
        rules.judge(compiled(m=Comparison("once", "is", 124)))
        assert len(engine.registered) == before + 1

    def test_exception_in_an_action(self, engine: Whatever, monkeypatch: pytest.MonkeyPatch) -> None:
        """It would be swallowed."""

        class Fails(list[object]):
            def append(self, name: object) -> None:
                super().append(name)
                if name == "m":
                    raise ValueError("no room")

        which = rules.judge(compiled(m=Comparison("f", "is", 1)))
        with monkeypatch.context() as patched:
            patched.setattr(engine, "fired", Fails())
            with pytest.raises(RuntimeError, match="no room"):
                which("measures", {"f": 1})
        assert which("measures", {"f": 1}) == ("m",)

    def test_no_thread_beside_it(self, engine: Whatever) -> None:
        """Its timers would take actions from whoever waits for them."""
        import threading

        rules.judge(compiled(m=Comparison("f", "is", 1)))("measures", {"f": 1})
        assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="a process can be forked")
    def test_forked(self) -> None:
        """A process that was forked afterwards has the host's memory, and perhaps its lock as another thread held it."""
        which = rules.judge(compiled(m=Comparison("f", "is", 1)))
        child = os.fork()
        if child == 0:
            try:
                which("measures", {"f": 1})
            except RuntimeError:
                os._exit(0)
            os._exit(1)
        assert os.waitpid(child, 0)[1] == 0

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on Python 3.13 and later, where durable_rules does not build."""
        monkeypatch.setattr(rules, "_host", rules._host.__wrapped__)
        monkeypatch.setitem(sys.modules, "durable", None)
        with pytest.raises(InputError) as raised:
            rules.judge(compiled(m=Comparison("f", "is", 1)))
        assert [problem.code for problem in raised.value.problems] == ["rules_missing"]
