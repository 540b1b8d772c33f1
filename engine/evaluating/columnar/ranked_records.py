"""Records in the order of their days: which are among the newest of a subject, and which one stands for those that count once."""

from __future__ import annotations

import ibis
from ibis.expr.types import Column, Table

from engine.evaluating.columnar.arithmetic import SAFE, literal
from engine.model.table import field_column


def is_kept(records: Table, inside: str, newest: int | None, tomorrow: bool = False) -> Column:
    """Whether a record that is inside is among so many of the newest, of one day those with the greatest ids.

    Tomorrow results of this run will be newer than all that is of today.
    """
    if newest is None:
        return records[inside]
    order = [ibis.desc(records.date), *([ibis.desc(records.this_run)] if tomorrow else []), ibis.desc(records.id)]
    if "this_run" in records.columns and not tomorrow:
        order.append(ibis.desc(records.this_run))
    window = ibis.window(group_by=[records.subject, records[inside]], order_by=order)
    return records[inside] & (ibis.row_number().over(window) < newest)


def counts_once(records: Table, selected: str, once_per: str | None, most_of: str | None) -> Column:
    """Whether a record that is selected stands for all that count once with it: the one with the most in a column."""
    if once_per is None:
        return records[selected]
    text = records[field_column(once_per, "text")]
    order = [ibis.desc(records.date), ibis.desc(records.id)]
    if most_of is not None:
        order.insert(0, ibis.desc(ibis.coalesce(records[most_of], literal(-SAFE))))
    window = ibis.window(group_by=[records.subject, records[selected], text], order_by=order)
    return records[selected] & (text.isnull() | (ibis.row_number().over(window) == 0))
