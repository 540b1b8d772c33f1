"""What facts and fields are called in an annex: their titles, the labels of their values, and their units."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from engine.model.catalogue import SOURCE_FIELD, Field
from engine.model.condition import Comparison, Condition, FactRef
from engine.model.number import ONE, shortest
from engine.model.period import NEVER, iso_text
from engine.model.policy import Fact, FromAttribute, FromRecords, MemberCount, Model, Policy, Ratio, Total
from engine.rendering.annex.official import ANNEX_LANG, official
from engine.rendering.condition_text import OFFICIAL, comparison, condition_text, title_of, value_text
from engine.rendering.phrases import bracketed, listed

UNITS = frozenset(
    ("%", "个百分点", "元", "万元", "亿元", "次", "人次", "辆次", "户次", "件", "起", "例", "宗", "人", "名", "位", "户", "家", "个", "项",
     "单", "笔", "份", "张", "台", "套", "辆", "吨", "平方米", "公里", "小时", "学时", "课时", "分", "天", "日", "周", "个月", "年")
)  # fmt: skip
"""Units as titles of policies have them, which are in Chinese."""
POINTS, YUAN = "分", "元"
_BRACKETS = re.compile(r"（([^（），]+)(?:，([^（）]*))?）$")
_SUMS = ((10**8, "亿元"), (10**4, "万元"))
_COUNTED = re.compile(r"(?:([次件起项单笔天年])|(?<=[人员]))数(?=（[^）]*）$|$)")


class Label(Struct, frozen=True):
    title: str
    labels: Mapping[str, str]
    unit: str = ""
    type: str = ""
    whole: bool = False  # counted, so that between 1 and 3 there is 2 alone
    tally: bool = False  # the sum of what records count as


Names = Mapping[str, Label]


def fact_names(policy: Policy, model: Model) -> Names:
    """What the facts of a model are called, by their ids."""
    return {name: _fact(policy, model, fact) for name, fact in model.facts.items()}


def field_names(policy: Policy, category: str) -> Names:
    """What the fields of a category are called; policies and models that are known by their titles."""
    known = {
        "policy": {policy.id: policy.title},
        "model": {model.id: model.title for model in policy.models.values()},
    }
    record = policy.categories[category]
    labels = known if record.derived else {}
    source = {"source": Label(SOURCE_FIELD.title, {})}
    return source | {
        name: Label(field.title, {**field.labels, **labels.get(name, {})}, _unit(field.title), field.type)
        for name, field in record.fields.items()
    }


def _fact(policy: Policy, model: Model, fact: Fact) -> Label:
    source = fact.source
    counted = _counted(fact, model)
    unit = _unit(fact.title) or ("项" if counted else "")
    if not unit and isinstance(source, Ratio) and source.per == 100 * ONE:
        unit = "%"
    field = field_of(policy, fact)
    labels = dict(field.labels) if field else {}
    if isinstance(fact.if_missing, str):
        labels.setdefault(fact.if_missing, official("no-record"))
    return Label(fact.title, labels, unit, fact.type, counted, isinstance(source, FromRecords) and source.kind == "tally")


def _counted(fact: Fact, model: Model) -> bool:
    match fact.source:
        case MemberCount() | FromRecords(kind="count") | FromAttribute(kind="years_since"):
            return True
        case Total():
            return all(_counted(part, model) for part in model.addends(fact))
        case FromRecords() | FromAttribute() | Ratio():
            return False


def field_of(policy: Policy, fact: Fact) -> Field | None:
    """The field or attribute whose values a fact has."""
    match fact.source:
        case FromRecords(category=category, field=str(field)):
            return policy.categories[category].fields.get(field)
        case FromAttribute(_, name):
            return policy.attributes[name].field
        case FromRecords() | Ratio() | Total() | MemberCount():
            return None


def _unit(title: str) -> str:
    """What is counted, as the title has it.

    >>> [_unit(title) for title in ("行政处罚次数", "满意度（%，各次平均）", "学时", "平均得分", "名录（各领域）")]
    ['次', '%', '学时', '分', '']
    """
    if (unit := _BRACKETS.search(title)) and unit[1] in UNITS:
        return unit[1]
    if counted := _COUNTED.search(title):
        return counted[1] or "人"
    return next((unit for unit in ("学时", POINTS) if title.endswith(unit)), "")


def title_stem(title: str) -> str:
    """A title without the unit at its end.

    >>> title_stem("近两年一般行政处罚次数"), title_stem("评为差的人员数（不含兼职）")
    ('近两年一般行政处罚', '评为差的人员（不含兼职）')
    """
    bare = without_unit(title)
    return bare if bare != title else _COUNTED.sub("", title)


def without_unit(title: str) -> str:
    """A title without a unit in brackets at its end; what else stands in them stays.

    >>> without_unit("罚款金额（元）"), without_unit("涉及劳动者人数"), without_unit("违规金额（元，不含自查自纠）")
    ('罚款金额', '涉及劳动者人数', '违规金额（不含自查自纠）')
    """
    unit = _BRACKETS.search(title)
    if unit is None or unit[1] not in UNITS:
        return title
    return title[: unit.start()] + bracketed(unit[2] or "", ANNEX_LANG)


def amount(number: int, unit: str) -> str:
    """A number with its unit; much money in 万元 and 亿元, where one decimal is enough.

    >>> amount(20000_0000, "元"), amount(15000_0000, "元"), amount(12345_0000, "元"), amount(5000_0000, "元"), amount(95_0000, "%")
    ('2万元', '1.5万元', '12345元', '5000元', '95%')
    """
    for size, larger in _SUMS if unit == YUAN else ():
        if abs(number) >= size * ONE and number % (size * ONE // 10) == 0:
            return f"{shortest(number // size)}{larger}"
    return f"{shortest(number)}{unit}"


def phrase(condition: Condition, model: Model, names: Names) -> str:
    """A condition as an official writes it."""
    return condition_text(condition, model, ANNEX_LANG, lambda test: _test(test, model, names))


def _test(test: Comparison, model: Model, names: Names) -> str:
    unit = POINTS if test.name == "score" else ""
    named = names.get(test.name) or Label(title_of(test.name, model, ANNEX_LANG), {}, unit)
    if test.operator == "is" and test.operand is True:
        return named.title
    if test.name == "vetoed":
        return official("name-vetoed-not")
    name = without_unit(named.title) if _is_number(test, named) else named.title  # the number has the unit
    return official("tested-is", name=name, compared=_compared(test, model, named))


def _is_number(test: Comparison, named: Label) -> bool:
    """Whether a comparison is with a number that has a unit."""
    return isinstance(test.operand, int) and not isinstance(test.operand, bool) and named.type != "date"


def _compared(test: Comparison, model: Model, named: Label) -> str:
    if named.whole and test.operator == "at_most" and test.operand == 0:
        return official("compare-zero-official")
    required = labelled(test.operand, named)
    if isinstance(test.operand, FactRef):
        required = official("quoted", text=title_of(test.operand.name, model, ANNEX_LANG))
    elif isinstance(test.operand, int) and _is_number(test, named):
        required = amount(test.operand, named.unit)
    return comparison(test, required, ANNEX_LANG, OFFICIAL)


def labelled(value: object, named: Label) -> str:
    """A value as people know it."""
    match value:
        case tuple():
            *others, last = (labelled(part, named) for part in value)
            return official("either", others=listed(others, ANNEX_LANG), last=last) if others else last
        case str():
            return named.labels.get(value, value)
        case int() if named.type == "date" and 1 <= value < NEVER:
            return iso_text(value)
    return value_text(value, ANNEX_LANG)
