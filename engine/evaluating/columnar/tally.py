"""A value for each record in columns: that of the first branch whose condition holds for it."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import literal, wide
from engine.evaluating.columnar.conditions import matches
from engine.model.catalogue import Category
from engine.model.policy import Tally


def tally_sum(records: Table, tally: Tally, category: Category, counted: str) -> Column:
    """What the values of a subject's records that count come to, null or 0 where there are none."""
    if not tally.branches:
        return wide(records.count(where=records[counted])) * tally.otherwise
    return wide(tally_value(records, tally, category)).sum(where=records[counted])


def tally_value(records: Table, tally: Tally, category: Category) -> Column:
    """The value of each record of the category; there is a branch at least."""
    branches = [(matches(branch.where, category, records), literal(branch.value)) for branch in tally.branches]
    return ibis.cases(*branches, else_=literal(tally.otherwise))
