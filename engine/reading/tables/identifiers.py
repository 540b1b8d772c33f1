"""Check digits in columns; the formulas are those of model/identifier.py."""

from __future__ import annotations

from functools import reduce
from operator import add

import ibis
from ibis.expr.types import Column

from engine.model.identifier import REGISTRARS

_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def sound_id(name: Column, kind: Column) -> Column:
    """Whether a unified social credit code or resident id has its check digit; other identifiers have no rule."""
    eighteen = (name.length() == 18) & name.re_search(r"^[0-9A-Za-z]{17}[\x00-\x7f]$")
    resident = eighteen & (kind == "person") & name.re_search(r"^[0-9]{17}")
    code = eighteen & (kind != "person") & name.re_search(rf"^[{REGISTRARS}][0-9]{{7}}")
    return ibis.cases((resident, _resident(name)), (code, _credit_code(name)), else_=True).fill_null(True)


def _credit_code(name: Column) -> Column:
    total = _weighted(name, _CODE, [3**place % 31 for place in range(17)] + [1])
    return name.re_search(f"^[{_CODE}]{{18}}$") & (total % 31 == 0)


def _resident(name: Column) -> Column:
    total = _weighted(name, "0123456789X", [2 ** (17 - place) % 11 for place in range(17)] + [1])
    born = name[6:10] + "-" + name[10:12] + "-" + name[12:14]
    return name.re_search("^[0-9]{17}[0-9X]$") & (total % 11 == 1) & born.try_cast("date").notnull()


def _weighted(name: Column, alphabet: str, weights: list[int]) -> Column:
    digits = [ibis.literal(alphabet).find(name[place : place + 1]) for place in range(18)]
    return reduce(add, (digit * weight for digit, weight in zip(digits, weights, strict=True)))
