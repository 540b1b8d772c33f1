"""A value for each record in columns: that of the first branch whose condition holds for it."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import literal, wide
from engine.evaluating.columnar.conditions import matches
from engine.model.catalogue import Category
from engine.model.policy import FromRecords


def tally_value(records: Table, source: FromRecords, category: Category) -> Column:
    """The value of each record of the category."""
    assert source.tally is not None
    branches = [(matches(branch.where, category, records), literal(branch.value)) for branch in source.tally.branches]
    otherwise = literal(source.tally.otherwise)
    return ibis.cases(*branches, else_=otherwise) if branches else otherwise


def tally_sum(records: Table, source: FromRecords, category: Category, counted: str) -> Column:
    """What the values of a subject's records that count come to, null where there are none."""
    return wide(tally_value(records, source, category)).sum(where=records[counted])
