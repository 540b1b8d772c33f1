"""What an annex says of points is what an official would write, and means what the policy says."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from engine.model.number import ONE
from engine.model.policy import FromAttribute, Model
from engine.model.scoring import Each
from engine.rendering.annex.labels import Label
from engine.rendering.annex.markdown import markdown
from engine.rendering.annex.points import standard
from engine.rendering.annex.policy import policy_part
from tests.agreement.compare import read_world
from tests.agreement.draw import Seeded
from tests.agreement.generator import world
from tests.lanes import few

CLUMSY = re.compile(
    r"每[^，；。|]{0,6}[得加扣]0分|合计最多[加扣]0分|每1?分得1分|基础分-[^|。]*得|(?<!为)“[是否]”的?[得不加扣]|有此情形的"
    r"|（(?:元|%)）[≥＞≤＜]|[≥＞≤＜满过于]\d*0000元"
)
"""What was met in annexes that nobody would sign: nothing given, a code for an answer, a unit twice, much money in yuan."""


@pytest.mark.parametrize("seed", few(range(300), 20))
def test_random(seed: int) -> None:
    library, _, _ = read_world(world(Seeded(f"wording {seed}"), subjects=1))
    for policy in library.policies:
        assert CLUMSY.findall(markdown((policy_part(policy),))) == []


def _points(form: Each, value: int, full: int) -> int:
    ((_, points),) = form.points
    excess = value if form.beyond is None else max(0, value - form.beyond)
    return min(max(form.start * ONE + points * excess, 0), full * ONE)


TALE = re.compile(
    r"(?:超过(?P<beyond>[\d.]+)分的部分，)?(?:每1分(?P<how>[得扣])(?P<points>[\d.]+)分|计为得分|按“得”计分)(?:，合计减(?P<less>[\d.]+)分)?"
)


@pytest.mark.parametrize("seed", few(range(2000), 40))
def test_excess(seed: int) -> None:
    """The sentence, read by another hand, gives the same points for every value."""
    draw = Seeded(f"excess {seed}")
    full, points = draw.integer(1, 30) * ONE, draw.integer(1, 40) * ONE // 10
    loses = draw.integer(0, 1) == 1
    start = draw.integer(-1000, 0) * ONE // 10 if not loses else full + draw.integer(1, 1000) * ONE // 10
    form = Each((("f", -points if loses else points),), start)
    model = _model()
    sentence = standard(form, full, model, {"f": Label("得", {}, "分")})
    base = re.match(r"基础分([\d.]+)分，", sentence)
    tale = TALE.match(sentence.removeprefix(base[0] if base else ""))
    assert tale is not None, sentence
    each, beyond, less = (
        None if tale[name] is None else round(float(tale[name]) * ONE) for name in ("points", "beyond", "less")
    )
    loses = tale["how"] == "扣"
    each = ONE if each is None else each
    read = Each(
        (("f", -each if loses else each),), round(float(base[1]) * ONE) if base else full if loses else -(less or 0), beyond
    )
    for value in range(0, 200 * ONE, ONE // 4):
        assert _points(form, value, full) == _points(read, value, full), sentence


def _model() -> Model:
    library, _, _ = read_world(world(Seeded("a model"), subjects=1))
    model = next(iter(library.policies[0].models.values()))
    fact = next(iter(model.facts.values()))
    return replace(model, facts={"f": replace(fact, id="f", source=FromAttribute("attribute", "a"))})
