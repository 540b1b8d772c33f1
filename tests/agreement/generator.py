"""Random worlds: sound policies with their common files, and subjects, as trees that could be JSON files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tests.agreement import scoring
from tests.agreement.counted_records import counts_once, windows, with_given
from tests.agreement.draw import Draw
from tests.agreement.scoring_words import above_previous, by_score, given_points, with_rules
from tests.agreement.tally import branches

Tree = dict[str, Any]
Typed = tuple[str, tuple[str, ...] | None]
"""number, boolean, text, date, level or grade, and the values where they are listed."""

NUMBER: Typed = ("number", None)
BOOLEAN: Typed = ("boolean", None)

NUMBERS = (0, 1, 2, 3, 5, 10, 20, 60, 85, 90, 100, 0.5, 0.01, 0.0001, 33.3333, 59.99, 66.6667, 85.005, 99.995, -1, -5, -0.5)
BIG = (1000, 12345.6789, 10**6, 2**31, 10**11, 99999999999.9999, -(10**11))
TEXTS = ("甲", "乙", "5", "05", "true", "none", "null", "a b", 'q"q', "back\\slash", "x.y-z")
SOURCES = ("市场监管局", "税务局", "5")
DAYS = ("2024-02-29", "2025-02-28", "2025-03-31", "2024-08-31", "2025-12-31", "2026-01-01", "2025-07-01", "2025-06-15")
ORDERED = ("at_least", "above", "at_most", "below")
MATTERS = (
    "market_access", "approval", "qualification", "fiscal_support", "procurement", "bidding", "commendation", "supervision",
    "service",
)  # fmt: skip
INTENTS = ("looser", "stricter", "mixed", "neutral", "text")
EVALUATION: dict[str, Typed] = {
    "policy": ("text", None), "model": ("text", None), "score": NUMBER, "level": ("text", None), "grade": ("text", None),
    "vetoed": BOOLEAN, "weight": NUMBER,
}  # fmt: skip
DERIVED = ("industry_evaluation", "composite_evaluation", "public_evaluation", "member_evaluation", "previous_evaluation")
ALL_KINDS = ("organisation", "person", "park")


@dataclass(frozen=True)
class World:
    """The common files by name, policies in files of their own, subjects, and the day of the evaluation."""

    common: dict[str, Tree]
    policies: list[Tree]
    subjects: list[Tree]
    as_of: str


@dataclass
class Page:
    """A policy on its way: what its numbers may stand in parameters for."""

    draw: Draw
    common: dict[str, Tree]
    scale: Tree
    status: str = "trial"
    kind: str = "organisation"
    parameters: dict[str, Tree] = field(default_factory=dict)

    def amount(self, value: float) -> Any:
        """A number, or a parameter that holds it."""
        if not self.draw.chance(0.08):
            return value
        name = f"p{len(self.parameters)}"
        whole = self.draw.choice((None, 50, 100, 0.25))
        held = value if whole is None else _round(whole - value)
        if abs(held) > 10**11:
            return value
        statuses = ("set", "pending") if self.status == "official" else ("set", "pending", "trial")
        tree = {"title": "参数", "value": held, "status": self.draw.choice(statuses), "basis": "plan"}
        self.parameters[name] = tree | {"note": "待定"} if self.draw.chance(0.2) else tree
        return {"parameter": name} if whole is None else {"parameter": name, "complement": whole}

    def remarked(self, tree: Tree) -> Tree:
        """An element with what is said of it beside what it does: that it is on trial, and why."""
        if self.status != "official" and self.draw.chance(0.1):
            tree["status"] = "trial"
        if self.draw.chance(0.1):
            tree["note"] = "说明"
        return tree

    def quoted(self, tree: Tree) -> Tree:
        """An element with the document's own words."""
        return tree | {"quote": "原文"} if self.draw.chance(0.1) else tree


def world(draw: Draw, subjects: int = 5) -> World:
    """A library that reading accepts, and subjects that it accepts, so many at most."""
    common = {"catalogue": _catalogue(draw), "scales": _scales(draw), "measures": _measure_library()}
    as_of = draw.choice(DAYS)
    policies: list[Tree] = []
    for index in range(draw.integer(1, 2)):
        policies += _versions(draw, common, f"industry-{index}", as_of, policies, "industry")
    for name in ("people", "composite", "joint", "park"):
        if draw.chance(0.45):
            policies += _versions(draw, common, name, as_of, policies, name)
    drawn = World(common, policies, [], as_of)
    names = [f"s{index}" for index in range(draw.integer(1, subjects))]
    return replace(drawn, subjects=[_subject(draw, drawn, name, names) for name in names])


# Numbers, days and texts


def _round(value: float) -> float:
    units = round(value * 10_000)
    return units // 10_000 if units % 10_000 == 0 else units / 10_000


def _number(draw: Draw, low: float = -(10**11), high: float = 10**11) -> float:
    if draw.chance(0.75):
        fitting = [number for number in NUMBERS if low <= number <= high]
        return draw.choice(fitting) if fitting else low
    if draw.chance(0.15):
        fitting = [number for number in BIG if low <= number <= high]
        if fitting:
            return draw.choice(fitting)
    units = draw.choice((10_000, 10_000, 1000, 100, 1))
    bottom, top = max(low, -200), min(high, 200)
    return _round(draw.integer(round(bottom * 10_000 // units), round(top * 10_000 // units)) * units / 10_000)


def _whole(draw: Draw, low: int = 0, high: int = 120) -> int:
    return draw.choice((0, 1, 2, 3, 4, 10, 30, 100)) if draw.chance(0.7) else draw.integer(low, high)


def _day_near(draw: Draw, as_of: str, ahead: bool = True) -> str:
    """A day whose distance from the as-of date is one of those on which something turns."""
    day = date.fromisoformat(as_of)
    if draw.chance(0.3):
        return draw.choice(("2024-02-29", "2023-02-28", "2025-01-31", "2024-12-31", "2024-10-31", "2025-04-01", "2020-02-29"))
    far = draw.choice((0, 0, 1, 2, 29, 30, 31, 59, 90, 91, 181, 182, 364, 365, 366, 730, 731, draw.integer(0, 800)))
    if ahead and draw.chance(0.12):
        far = -draw.choice((1, 2, 10, 31))
    near = day - timedelta(days=far)
    if draw.chance(0.2):
        near = _minus_months(near, draw.choice((1, 3, 6, 12, 24)))
    return near.isoformat()


def _minus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    for number in range(day.day, 0, -1):
        try:
            return date(index // 12, index % 12 + 1, number)
        except ValueError:
            continue
    raise AssertionError


def _some(draw: Draw, options: tuple[str, ...] | list[str], most: int) -> list[str]:
    left = list(options)
    chosen = []
    for _ in range(min(draw.integer(1, most), len(left))):
        chosen.append(left.pop(draw.integer(0, len(left) - 1)))
    return chosen


# Common files


def _catalogue(draw: Draw) -> Tree:
    def entry(kinds: tuple[str, ...], **fields: Tree) -> Tree:
        tree: Tree = {"title": "类别", "kinds": list(kinds), "fields": fields}
        if draw.chance(0.25):
            tree["absent_means"] = draw.choice(("not_collected", "not_collected", "none"))
        return tree

    def field_of(kind: str, **more: Any) -> Tree:
        tree = {"title": "字段", "type": kind, **more}
        if draw.chance(0.3):
            tree["optional"] = True
        return tree

    both = ("organisation", "person")
    categories = {
        "penalty": entry(
            both,
            seriousness=field_of("text", one_of=["minor", "general", "serious"]),
            amount=field_of("number", at_least=0),
            decided=field_of("date"),
            closed=field_of("boolean"),
        ),
        "award": entry(
            ALL_KINDS, rank=field_of("text", one_of=["city", "province"]), worth=field_of("number"), note=field_of("text")
        ),
        "spot-check": entry(
            ALL_KINDS,
            **{
                "on-time": field_of("boolean"),
                "percent": field_of("number", at_least=0, at_most=100),
                "weight": field_of("integer", at_least=0),
            },
        ),
        "listing": entry(ALL_KINDS),
    }
    for name in DERIVED:
        categories[name] = {"title": "评价", "kinds": list(ALL_KINDS), "derived": True}
    attributes: Tree = {
        "staff": {"title": "人数", "type": "integer", "at_least": 0},
        "certified": {"title": "持证", "type": "integer", "at_least": 0},
        "margin": {"title": "差额", "type": "number"},
        "sort": {"title": "种类", "type": "text", "one_of": ["a", "b", "5"]},
        "label": {"title": "标签", "type": "text"},
        "open-all-year": {"title": "全年开放", "type": "boolean"},
        "founded": {"title": "成立", "type": "date"},
        "expires": {"title": "到期", "type": "date"},
    }
    for attribute in attributes.values():
        attribute["kinds"] = list(ALL_KINDS)
    return {"categories": categories, "attributes": attributes}


def _scales(draw: Draw) -> Tree:
    return {"scales": {f"scale-{index}": _scale(draw) for index in range(draw.integer(1, 2))}}


def _scale(draw: Draw) -> Tree:
    full = draw.choice((100, 100, 100, 1000, 50, 1, 99.5))
    count = draw.choice((1, 2, 4, 5, 9))
    bounds = sorted({_round(full * draw.integer(1, 19) / 20) for _ in range(count - 1)}, reverse=True)
    letters = ("A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D")
    grades = ("优", "良", "中", "差")
    levels: list[Tree] = []
    grade = 0
    for index in range(len(bounds) + 1):
        levels.append({"level": letters[index], "grade": grades[grade]})
        levels[-1] |= {"at_least": bounds[index]} if index < len(bounds) else {"otherwise": True}
        if grade < 3 and draw.chance(0.5):
            grade += 1
    return with_rules(draw, {"levels": levels} if full == 100 and draw.chance(0.5) else {"full": full, "levels": levels})


def _measure_library() -> Tree:
    item = {"title": "限制", "law": "某条例", "kinds": list(ALL_KINDS)}
    return {"items": {"limit-entry": item, "limit-people": {**item, "kinds": ["person"], "status": "trial"}}}


# Policies


def _versions(draw: Draw, common: dict[str, Tree], name: str, as_of: str, before: list[Tree], layer: str) -> list[Tree]:
    """A policy in one version, or in two whose windows meet or leave a gap near the as-of date."""
    if draw.chance(0.8):
        windows: list[Tree] = [{"from": "2020-01-01"}]
        if draw.chance(0.15):
            windows[0]["until"] = (date.fromisoformat(as_of) + timedelta(days=draw.choice((-1, 0, 20, 400)))).isoformat()
            if draw.chance(0.5):
                windows[0]["note"] = "到期"
    else:
        turn = date.fromisoformat(as_of) + timedelta(days=draw.choice((-30, -1, 0, 5, 35)))
        gap = timedelta(days=draw.choice((1, 1, 1, 9)))
        windows = [{"from": "2020-01-01", "until": turn.isoformat()}, {"from": (turn + gap).isoformat()}]
        if draw.chance(0.3):
            windows[1]["until"] = (turn + gap + timedelta(days=draw.choice((0, 10, 300)))).isoformat()
    return [_policy(draw, common, name, str(index + 1), window, before, layer) for index, window in enumerate(windows)]


def _policy(draw: Draw, common: dict[str, Tree], name: str, version: str, window: Tree, before: list[Tree], layer: str) -> Tree:
    scales = common["scales"]["scales"]
    page = Page(draw, common, scales[draw.choice(sorted(scales))], draw.choice(("draft", "trial", "official")))
    kinds = {"people": ("person",), "park": ("park",), "industry": ("organisation", "organisation", "person")}
    models = {}
    for index in range(2 if draw.chance(0.25) else 1):
        page.kind = draw.choice(kinds.get(layer, ("organisation",)))
        models[f"main-{index}" if index else "main"] = _model(page, before, layer)
    tree: Tree = {
        "policy": name, "title": "政策", "version": version, "status": page.status, "authority": "单位",
        "effective": window, "scale": next(key for key, scale in scales.items() if scale is page.scale),
        "basis": {"plan": {"document": "方案", "number": "1号"}, "rule": _document(page)},
        "models": models,
    }  # fmt: skip
    if draw.chance(0.3):
        tree["revisions"] = [_revision(draw, version, "2024-12-01"), _revision(draw, "0", "2024-01-01")]
        tree["notices"] = {"objection": "异议", "repair": "修复", "contact": "咨询"}
    if page.parameters:
        tree["parameters"] = page.parameters
    return tree


def _document(page: Page) -> Tree:
    more = {"issuer": "机关", "date": "2024-01-01", "note": "未见原文"}
    tree: Tree = {"document": "办法"} | (more if page.draw.chance(0.3) else {})
    return tree if page.status == "official" else tree | {"status": "trial"}


def _revision(draw: Draw, version: str, day: str) -> Tree:
    tree: Tree = {"version": version, "date": day, "intent": draw.choice(INTENTS), "why": "修订"}
    return tree | {"basis": "plan"} if draw.chance(0.5) else tree


def _model(page: Page, before: list[Tree], layer: str) -> Tree:
    draw = page.draw
    facts, names = _facts(page, before, layer)
    tree: Tree = {"title": "模型", "kind": page.kind, "facts": facts}
    form = "none" if layer == "joint" and draw.chance(0.5) else draw.choice(("scores", "scores", "scores", "decides", "none"))
    if form == "scores" and not by_score(page.scale):
        form = "decides"
    if layer in ("composite", "joint", "park") or draw.chance(0.1):
        tree["applies"] = "always"
    if form != "none":
        fed = {"composite": "composite_evaluation", "joint": "none", "park": "none"}.get(layer)
        if fed:
            tree["feeds"] = fed
        elif draw.chance(0.2):
            tree["feeds"] = draw.choice(("none", "industry_evaluation"))
    if draw.chance(0.4):
        numbers = [name for name, typed in names.items() if typed == NUMBER]
        fact = draw.choice(numbers) if numbers and draw.chance(0.4) else None
        tree["weight"] = {"fact": fact} if fact else page.amount(_number(draw, 0, 100))
    if draw.chance(0.2):
        ground = {"title": "不参评", "when": _condition(page, names, 1, rare=True), "basis": "plan"}
        tree["not_evaluated"] = {"too-new": page.remarked(ground)}
        if draw.chance(0.3):
            tree["not_evaluated"]["closed"] = {"title": "歇业", "when": _condition(page, names, 2, rare=True)}
    results = {"level": ("level", _levels(page)), "grade": ("grade", _grades(page)), "vetoed": BOOLEAN}
    previous: dict[str, Typed] = {"previous.level": results["level"]}
    if form == "scores":
        whole = scoring.base(page, tree)
        if whole:
            tree["dimensions"] = _dimensions(page, names, whole)
        if not whole or draw.chance(0.5):
            tree["adjustments"] = _adjustments(page, names)
        results["score"] = NUMBER
        previous["previous.score"] = NUMBER
    elif form == "decides":
        branches: list[Tree] = [
            {"when": _condition(page, names, 2), "level": draw.choice(_levels(page))} for _ in range(draw.integer(0, 4))
        ]
        tree["decisions"] = [*branches, {"otherwise": draw.choice(_levels(page))}]
    else:
        results, previous = {}, {}
    if form != "none" and draw.chance(0.6):
        seen = {**names, "score": NUMBER} if form == "scores" else names
        tree["vetoes"] = {f"v-{i}": _veto(page, seen, form == "scores") for i in range(draw.integer(1, 4))}
    if draw.chance(0.8):
        tree["measures"] = {f"m-{i}": _measure(page, {**names, **results}) for i in range(draw.integer(1, 5))}
    if draw.chance(0.6):
        seen = {**names, **results, **previous}
        tree["alerts"] = {
            f"a-{i}": {
                "title": "预警",
                "when": _condition(page, previous if previous and draw.chance(0.3) else seen, 2),
                "severity": draw.choice(("info", "warning", "serious")),
            }
            for i in range(draw.integer(1, 3))
        }
    return tree


def _levels(page: Page) -> tuple[str, ...]:
    return tuple(level["level"] for level in page.scale["levels"])


def _grades(page: Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level["grade"] for level in page.scale["levels"]))


# Facts


def _facts(page: Page, before: list[Tree], layer: str) -> tuple[Tree, dict[str, Typed]]:
    """Facts that use earlier ones alone; where they stand in the file is another matter."""
    draw = page.draw
    trees: list[tuple[str, Tree]] = []
    names: dict[str, Typed] = {}
    for index in range(draw.integer(2, 9)):
        name = draw.choice((f"f{index}", f"f-{index}", f"f_{index}"))
        tree, typed = _fact(page, names, before, layer)
        names[name] = typed
        if typed == NUMBER and draw.chance(0.2):
            tree["direction"] = draw.choice(("adverse", "favourable"))
        if draw.chance(0.1):
            tree["effort"] = draw.choice(("small", "medium", "large"))
        trees.append((name, {"title": "事实", **tree}))
    if draw.chance(0.3):
        trees.reverse()
    return dict(trees), names


def _fact(page: Page, names: dict[str, Typed], before: list[Tree], layer: str) -> tuple[Tree, Typed]:
    draw = page.draw
    numbers = [name for name, typed in names.items() if typed == NUMBER]
    kinds = ["records"] * 6 + ["derived"] * (5 if layer in ("composite", "joint", "park") else 1) + ["attribute"] * 3
    kinds += ["previous", "members"] + ["ratio", "ratio", "total"] * bool(numbers)
    match draw.choice(kinds):
        case "records":
            plain = ("award", "spot-check", "listing", "penalty")
            return _from_records(page, names, draw.choice(plain[:3] if page.kind == "park" else plain), {})
        case "derived":
            return _from_records(page, names, *_derived(page, before, layer))
        case "previous":
            return _from_records(page, names, "previous_evaluation", {})
        case "attribute":
            return _from_attribute(page, names)
        case "members":
            return {"members": "count"}, NUMBER
        case "total":
            return {"total": [draw.choice(numbers) for _ in range(draw.integer(1, 3))]}, NUMBER
        case _:
            pair: Tree = {"of": draw.choice(numbers), "to": draw.choice(numbers)}
            tree: Tree = {"percent": pair}
            if draw.chance(0.5):
                tree = {"rate": {**pair, "per": page.amount(draw.choice((1, 10000, 0.5, 33.3333)))}}
            return _with_missing(page, names, tree, NUMBER)


def _derived(page: Page, before: list[Tree], layer: str) -> tuple[str, Tree]:
    """A derived category and a `where` that makes no circle: only results of earlier layers are read."""
    draw = page.draw
    earlier = sorted({policy["policy"] for policy in before})
    options = ["public", "member"]
    if layer in ("composite", "joint"):
        options += ["industry"] * 3
    if layer == "joint":
        options.append("composite")
    if layer == "park":
        options += ["member"] * 3
    match draw.choice(options):
        case "industry":
            return "industry_evaluation", draw.choice(({}, {}, {"policy": {"is": draw.choice(earlier)}} if earlier else {}))
        case "composite":
            return "composite_evaluation", {}
        case "member":
            some = _some(draw, [*earlier, "elsewhere"], 2)
            return "member_evaluation", {"policy": {"is": some[0]} if len(some) == 1 else {"one_of": some}}
        case _:
            return draw.choice(("public_evaluation", "industry_evaluation")), {"policy": {"is": "elsewhere"}}


def _fields(page: Page, category: str) -> dict[str, Typed]:
    if category in DERIVED:
        return EVALUATION
    fields = page.common["catalogue"]["categories"][category]["fields"]
    return {name: _typed(field) for name, field in fields.items()}


def _optional(page: Page, category: str) -> list[str]:
    if category in DERIVED:
        return ["score", "level", "grade"]
    fields = page.common["catalogue"]["categories"][category]["fields"]
    return [name for name, field in fields.items() if field.get("optional")]


def _typed(tree: Tree) -> Typed:
    if tree["type"] in ("integer", "number"):
        return NUMBER
    return tree["type"], tuple(tree["one_of"]) if "one_of" in tree else None


def _from_records(page: Page, names: dict[str, Typed], category: str, where: Tree) -> tuple[Tree, Typed]:
    draw = page.draw
    fields = _fields(page, category)
    sums = [name for name, typed in fields.items() if typed == NUMBER]
    newest = [name for name, typed in fields.items() if typed[0] != "date"]
    kinds = ["count", "exists", "days_since", "tally", "tally"] + ["sum", "max", "min", "mean", "mean"] * bool(sums)
    kinds += ["latest"] * 2 * bool(newest)
    kind = draw.choice(kinds)
    tree: Tree = {kind: category}
    typed = BOOLEAN if kind == "exists" else NUMBER
    if kind in ("sum", "max", "min", "mean", "latest"):
        field = draw.choice(newest if kind == "latest" else sums)
        tree = {kind: f"{category}.{field}"}
        typed = fields[field]
    seen = {**fields, "source": ("text", None)}
    if kind == "tally":
        tree["first_of"] = branches(draw, lambda: page.amount(_number(draw)), lambda: _condition(page, seen, 2, facts=False))
    weights = [name for name in ("weight", "amount") if name in fields]
    if kind == "mean" and weights and draw.chance(0.5):
        tree["weighted_by"] = draw.choice(weights)
    attributes = page.common["catalogue"]["attributes"]
    tree |= windows(draw, [name for name, attribute in attributes.items() if attribute["type"] == "date"])
    tree |= counts_once(draw, kind, [name for name, found in fields.items() if found[0] == "text"])
    if draw.chance(0.2):
        tree["include"] = ["repaired"]
    if draw.chance(0.4):
        where = {**where, **{k: v for k, v in _condition(page, seen, 2, facts=False).items() if k not in where}}
    where = with_given(draw, where, [*_optional(page, category), "source"])
    if where:
        tree["where"] = where
    collected = page.common["catalogue"]["categories"][category].get("absent_means") != "not_collected"
    if kind in ("count", "exists", "sum", "tally") and collected and not isinstance(tree.get("during"), dict):
        return tree, typed
    return _with_missing(page, names, tree, typed)


def _from_attribute(page: Page, names: dict[str, Typed]) -> tuple[Tree, Typed]:
    attributes = page.common["catalogue"]["attributes"]
    name = page.draw.choice(sorted(attributes))
    typed = _typed(attributes[name])
    if typed[0] == "date":
        return _with_missing(page, names, {page.draw.choice(("years_since", "days_until")): name}, NUMBER)
    return _with_missing(page, names, {"attribute": name}, typed)


def _with_missing(page: Page, names: dict[str, Typed], tree: Tree, typed: Typed) -> tuple[Tree, Typed]:
    draw = page.draw
    kind, listed = typed
    same = [name for name, other in names.items() if other[0] == kind]
    if draw.chance(0.06):
        return {**tree, "if_missing": "reject"}, typed
    if same and draw.chance(0.25):
        use = draw.choice(same)
        other = names[use][1]
        if listed is not None:
            listed = None if other is None else tuple(dict.fromkeys((*listed, *other)))
        return {**tree, "if_missing": {"use": use}}, (kind, listed)
    match kind:
        case "number":
            value: Any = page.amount(_number(draw))
        case "boolean":
            value = draw.chance(0.5)
        case _:
            value = draw.choice(listed) if listed and draw.chance(0.5) else draw.choice(TEXTS)
            if listed is not None and value not in listed:
                listed = (*listed, value)
    return {**tree, "if_missing": value}, (kind, listed)


# Conditions


def _condition(page: Page, names: dict[str, Typed], depth: int, facts: bool = True, rare: bool = False) -> Tree:
    """A mapping of names to tests, with `all`, `any` and `not` inside; `rare` ones seldom hold."""
    draw = page.draw
    tree: Tree = {}
    keys = _some(draw, sorted(names), 2)
    if rare and len(names) > 1:
        keys = _some(draw, sorted(names), 3)
    nests = depth > 0 and draw.chance(0.4)
    if not nests or draw.chance(0.4):
        for key in keys:
            tree[key] = _tests(page, names, key, facts)
    if nests:
        inner = [_condition(page, names, depth - 1, facts) for _ in range(draw.integer(1, 3))]
        match draw.choice(("all", "any", "any", "not", "not")):
            case "not":
                tree["not"] = inner[0]
            case join:
                tree[join] = inner
        if draw.chance(0.2):
            tree.setdefault("not", _condition(page, names, 0, facts))
    return tree


def _tests(page: Page, names: dict[str, Typed], name: str, facts: bool) -> Tree:
    draw = page.draw
    kind = names[name][0]
    operators = ["is", "is_not", "one_of", "none_of"]
    if kind in ("number", "date", "level", "grade"):
        operators += ORDERED * 2
    return {
        operator: _operand(page, names, name, operator, facts)
        for operator in _some(draw, operators, 2 if draw.chance(0.2) else 1)
    }


def _operand(page: Page, names: dict[str, Typed], name: str, operator: str, facts: bool) -> Any:
    draw = page.draw
    kind = names[name][0]
    if operator in ("one_of", "none_of"):
        return [_value(page, names[name]) for _ in range(draw.integer(1, 3) if draw.chance(0.97) else 45)]
    special = ("score", "previous.score", "level", "grade", "vetoed", "previous.level")
    same = [other for other, typed in names.items() if typed[0] == kind and other not in special]
    if facts and same and kind in ("number", "text", "boolean") and draw.chance(0.12):
        return {"fact": draw.choice(same)}
    return _value(page, names[name])


def _value(page: Page, typed: Typed) -> Any:
    draw = page.draw
    kind, listed = typed
    match kind:
        case "number":
            return page.amount(_number(draw))
        case "boolean":
            return draw.chance(0.5)
        case "date":
            return _day_near(draw, draw.choice(DAYS))
        case _:
            known = ("elsewhere", "industry-0", "main", "A", "B", "优", *SOURCES, *TEXTS)
            return draw.choice(listed) if listed is not None else draw.choice(known)


# Points


def _dimensions(page: Page, names: dict[str, Typed], full: float) -> Tree:
    draw = page.draw
    shares = _split(draw, full, draw.integer(1, 3))
    dimensions: Tree = {}
    for number, share in enumerate(shares):
        if draw.chance(0.3):
            whole = draw.choice((100, 10, 7, 33.3333))
            dimensions[f"d{number}"] = {"title": "维度", "out_of": page.amount(whole), "counts_for": page.amount(share)}
        else:
            whole = share
            dimensions[f"d{number}"] = {"title": "维度", "points": page.amount(share)}
        parts = _split(draw, whole, draw.integer(1, 3))
        if draw.chance(0.1):
            parts.append(0)
        indicators = {f"i{number}{n}": _indicator(page, names, part) for n, part in enumerate(parts)}
        dimensions[f"d{number}"] = page.quoted(dimensions[f"d{number}"] | {"indicators": indicators})
    return dimensions


def _split(draw: Draw, whole: float, parts: int) -> list[float]:
    """Positive numbers that add up to the whole."""
    units = round(whole * 10_000)
    parts = min(parts, units)
    step = draw.choice([step for step in (10_000, 100, 1) if units // step >= parts])
    cuts = sorted({draw.integer(1, units // step - 1) for _ in range(parts - 1)}) if units // step > 1 else []
    ends = [0, *(cut * step for cut in cuts), units]
    return [_round((high - low) / 10_000) for low, high in pairwise(ends)]


def _indicator(page: Page, names: dict[str, Typed], points: float) -> Tree:
    tree: Tree = {"title": "指标", "points": page.amount(points), **_form(page, names, points)}
    if page.draw.chance(0.25):
        tree["only_when"] = _condition(page, names, 1)
    if page.draw.chance(0.2):
        tree["none_when"] = _condition(page, names, 1)
    if page.draw.chance(0.5):
        tree["basis"] = _basis(page)
    return page.quoted(page.remarked(tree))


def _basis(page: Page) -> Any:
    return page.draw.choice(("plan", {"plan": "三（二）2"}, ["plan", {"rule": "第三条"}]))


def _adjustments(page: Page, names: dict[str, Typed]) -> Tree:
    draw = page.draw
    items: Tree = {}
    for index in range(draw.integer(1, 3)):
        item: Tree = {"title": "加减分", **_form(page, names, None)}
        if draw.chance(0.3):
            item["at_most"] = page.amount(draw.choice((0, 2, 3.5)))
        if draw.chance(0.3):
            item["at_least"] = page.amount(draw.choice((0, -2, -3.5)))
        if draw.chance(0.3):
            item["basis"] = _basis(page)
        items[f"adj-{index}"] = page.quoted(page.remarked(item))
    return {
        "at_most": page.amount(draw.choice((0, 5, 10.5))),
        "at_least": page.amount(draw.choice((0, -10, -0.5))),
        "items": items,
    }


def _form(page: Page, names: dict[str, Typed], full: float | None) -> Tree:
    draw = page.draw
    numbers = [name for name, typed in names.items() if typed == NUMBER]
    others = [name for name, typed in names.items() if typed[0] in ("text", "boolean")]
    match draw.choice(
        ["first_of"] + ["each", "each", "each_map", "bands", "bands"] * bool(numbers) + ["choices"] * 2 * bool(others)
    ):
        case "each":
            return _each(page, [draw.choice(numbers)], full)
        case "each_map":
            return _each(page, _some(draw, numbers, 3), full, alone=False)
        case "bands":
            return _bands(page, draw.choice(numbers), numbers, full)
        case "choices":
            name = draw.choice(others)
            return {"fact": name, **_choices(page, names[name], numbers, full)}
        case _:
            branches: list[Tree] = [
                {"when": _condition(page, names, 1), "points": _given(page, numbers, full)} for _ in range(draw.integer(1, 3))
            ]
            return {"first_of": [*branches, {"otherwise": _given(page, numbers, full)}]}


def _given(page: Page, numbers: list[str], full: float | None) -> Any:
    return given_points(page.draw, page.amount, numbers, lambda: _points(page.draw, full))


def _points(draw: Draw, full: float | None) -> float:
    """At most the full points, where there are any."""
    if full is None:
        return draw.choice((1, 2.5, -3, 0, 0.01))
    return draw.choice((0, full, _round(full / 2), _round(full / 3), -1, _round(min(1, full))))


def _each(page: Page, facts: list[str], full: float | None, alone: bool = True) -> Tree:
    draw = page.draw
    amounts = [draw.choice((-1, -5, -15, -0.5, -0.3333, 1, 2, 0.5, 10, 0)) for _ in facts]
    written = [page.amount(amount) for amount in amounts]
    tree: Tree = {"each": dict(zip(facts, written, strict=True))}
    if alone:
        tree = {"fact": facts[0], "each": written[0]}
        tree |= scoring.counted(page)
    clear = written == amounts and (all(amount < 0 for amount in amounts) or all(amount > 0 for amount in amounts))
    if (full is not None and not clear) or draw.chance(0.25):
        tree["start"] = page.amount(draw.choice((0, 5, -2, full or 1, _round((full or 1) + 10))))
    return tree


def _bands(page: Page, fact: str, numbers: list[str], full: float | None) -> Tree:
    draw = page.draw
    falling = draw.chance(0.6)
    operators = ("at_least", "above") if falling else ("at_most", "below")
    thresholds = sorted({_number(draw) for _ in range(draw.integer(1, 4))}, reverse=falling)
    bands: list[Tree] = [
        {draw.choice(operators): page.amount(threshold), "points": _given(page, numbers, full)} for threshold in thresholds
    ]
    return {"fact": fact, "bands": [*bands, {"otherwise": _given(page, numbers, full)}]}


def _choices(page: Page, typed: Typed, numbers: list[str], full: float | None) -> Tree:
    draw = page.draw
    kind, listed = typed
    values = list(("true", "false") if kind == "boolean" else listed or TEXTS)
    chosen = values if draw.chance(0.4) else _some(draw, values, len(values))
    tree: Tree = {"choices": {value: _given(page, numbers, full) for value in chosen}}
    whole = (kind == "boolean" or listed is not None) and len(chosen) == len(values)
    if not whole or draw.chance(0.2):
        tree["otherwise"] = _given(page, numbers, full)
    return tree


# What follows


def _veto(page: Page, names: dict[str, Typed], scores: bool) -> Tree:
    draw = page.draw
    tree: Tree = {"title": "否决", "when": _condition(page, names, 3), "basis": "plan"}
    moves = ["lower_by", "above_previous_by"] * by_score(page.scale)
    does = _some(draw, ["level"] + moves + ["score_at_most"] * scores, 2)
    if "level" in does:
        tree["level"] = draw.choice(_levels(page))
    if "above_previous_by" in does:
        tree["above_previous_by"] = above_previous(draw)
    if "lower_by" in does:
        tree["lower_by"] = {draw.choice(("grades", "levels")): draw.choice((1, 1, 2, 9))}
    if "score_at_most" in does:
        tree["score_at_most"] = page.amount(draw.choice((59.99, 0, 60, 0.5, 84.99, 1000)))
    if draw.chance(0.1):
        tree["unlimited"] = True
    return page.quoted(page.remarked(tree))


def _measure(page: Page, names: dict[str, Typed]) -> Tree:
    draw = page.draw
    kind = draw.choice(("incentive", "routine", "restriction"))
    tree: Tree = {"title": "措施", "kind": kind, "matter": draw.choice(MATTERS), "when": _condition(page, names, 3)}
    if kind == "restriction":
        people = page.kind == "person" and page.status != "official"  # the item is on trial
        tree["item"] = "limit-people" if people and draw.chance(0.5) else "limit-entry"
    if kind != "restriction" or draw.chance(0.5):
        tree["basis"] = "plan"
    if draw.chance(0.2):
        tree["terms"] = {"抽查比例": draw.choice(("5%", 5, 0.25, True))}
    return page.quoted(page.remarked(tree))


# Subjects


def _subject(draw: Draw, drawn: World, name: str, names: list[str]) -> Tree:
    models = [(policy["policy"], key, model) for policy in drawn.policies for key, model in policy["models"].items()]
    kind = draw.choice([model["kind"] for _, _, model in models])
    own = sorted({f"{policy}/{key}" for policy, key, model in models if model["kind"] == kind})
    named = _some(draw, own, 2)
    if draw.chance(0.04):
        named.append(draw.choice(("nowhere/main", "industry-0/nothing", f"{models[0][0]}/{models[0][1]}")))
    named = list(dict.fromkeys(named))
    tree: Tree = {"id": name, "kind": kind, "model": named[0] if len(named) == 1 and draw.chance(0.5) else named}
    if draw.chance(0.5):
        tree["name"] = "某单位"
    tree["attributes"] = {
        key: _field_value(draw, attribute, drawn.as_of)
        for key, attribute in drawn.common["catalogue"]["attributes"].items()
        if draw.chance(0.75)
    }
    if draw.chance(0.4):
        tree["members"] = _some(draw, [*names, "absent"], 4)
    count = draw.choice((0, 1, 3, 6, 8, 12))
    read = _categories_read(drawn, kind)
    tree["records"] = [_record(draw, drawn, kind, read, own, f"{draw.choice(('r', 'R', '甲'))}{n}") for n in range(count)]
    return tree


def _categories_read(drawn: World, kind: str) -> list[str]:
    """The categories that the facts of a kind's models are over, and that of earlier results."""
    models = [model for policy in drawn.policies for model in policy["models"].values() if model["kind"] == kind]
    facts = [fact for model in models for fact in model["facts"].values()]
    named = {str(value).partition(".")[0] for fact in facts for value in fact.values()}
    return sorted(named & drawn.common["catalogue"]["categories"].keys() | {"previous_evaluation"})


def _record(draw: Draw, drawn: World, kind: str, read: list[str], own: list[str], name: str) -> Tree:
    categories = drawn.common["catalogue"]["categories"]
    allowed = [key for key, category in categories.items() if kind in category["kinds"]]
    category = draw.choice(read) if draw.chance(0.85) else draw.choice(allowed)
    tree: Tree = {"id": name, "category": category, "date": _day_near(draw, drawn.as_of)}
    if category in DERIVED:
        tree["fields"] = _evaluation(draw, drawn, category, own)
    else:
        tree["fields"] = {
            key: _field_value(draw, field, drawn.as_of)
            for key, field in categories[category]["fields"].items()
            if not field.get("optional") or draw.chance(0.6)
        }
    begins = date.fromisoformat(tree["date"])
    status = draw.choice(("valid", "valid", "valid", None, "disputed", "repaired", "revoked"))
    if status:
        tree["status"] = status
    if status == "repaired":
        tree["repaired_on"] = _not_before(draw, begins, drawn.as_of)
    if draw.chance(0.3):
        tree["until"] = _not_before(draw, begins, drawn.as_of)
    if draw.chance(0.5):
        tree["source"] = draw.choice(SOURCES)
    return tree


def _not_before(draw: Draw, begins: date, as_of: str) -> str:
    near = date.fromisoformat(as_of) + timedelta(days=draw.choice((-40, -1, 0, 1, 2, 30)))
    return max(begins, draw.choice((near, begins + timedelta(days=draw.choice((0, 1, 30, 365)))))).isoformat()


def _evaluation(draw: Draw, drawn: World, category: str, own: list[str]) -> Tree:
    policy, model = "elsewhere", "main"
    if category == "previous_evaluation" and draw.chance(0.85):
        policy, _, model = draw.choice(own).partition("/")
    scales = drawn.common["scales"]["scales"]
    levels = [level for scale in scales.values() for level in scale["levels"]]
    level = draw.choice(levels)
    tree: Tree = {"policy": policy, "model": model, "vetoed": draw.chance(0.3), "weight": _number(draw, 0, 100)}
    if draw.chance(0.85):
        tree["score"] = _number(draw, 0, 100)
    if draw.chance(0.85):
        tree |= {"level": level["level"], "grade": level["grade"]}
    return tree


def _field_value(draw: Draw, tree: Tree, as_of: str) -> Any:
    match tree["type"]:
        case "integer":
            return _whole(draw)
        case "number":
            return _number(draw, tree.get("at_least", -(10**11)), tree.get("at_most", 10**11))
        case "boolean":
            return draw.chance(0.5)
        case "date":
            return _day_near(draw, as_of)
        case _:
            return draw.choice(tree["one_of"]) if "one_of" in tree else draw.choice(TEXTS)
