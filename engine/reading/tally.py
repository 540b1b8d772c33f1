"""The branches of a `tally`: conditions on a record, each with the value that the record gets."""

from __future__ import annotations

from engine.model.policy import Tally, TallyBranch
from engine.model.problem import Path
from engine.reading.condition import Names, read_condition
from engine.reading.document import Tree
from engine.reading.load_context import LoadContext, as_list, as_map


def read_tally(page: LoadContext, tree: Tree, path: Path, names: Names) -> Tally:
    """What stands under `first_of`, ending in `otherwise`; `names` are the fields of the records.

    A branch with a problem is left out; the problem stays with the page.
    """
    branches: list[TallyBranch] = []
    otherwise = 0
    entries = as_list(tree)
    for index, entry_tree in enumerate(entries):
        entry, at = as_map(entry_tree), (*path, index)
        last = index == len(entries) - 1
        if ("otherwise" in entry) != last:
            page.problem("otherwise_needed" if last else "otherwise_last", at)
        elif last:
            otherwise = page.amount(entry["otherwise"], (*at, "otherwise")) or 0
        else:
            where = read_condition(page, entry.get("where"), (*at, "where"), names, facts=False)
            value = page.amount(entry.get("value"), (*at, "value"))
            if where and value is not None:
                branches.append(TallyBranch(where, value))
    return Tally(tuple(branches), otherwise)
