"""Whom to evaluate anew where an earlier table of results is there, and whose results still stand."""

from __future__ import annotations

from importlib.metadata import version

import ibis
from ibis.expr.types import Table
from msgspec import Struct

from engine.backends.materialized import materialized
from engine.evaluating.columnar.incremental import LastRun, expired, still_stands, with_members, with_owners
from engine.model.digest import catalogue_digest
from engine.model.problem import InputError, Problem
from engine.model.result_table import reasoning_columns
from engine.model.table import Tables
from engine.reading.tables.fingerprint import fingerprints, rows_since
from engine.reading.tables.last_results import open_last_results
from engine.reading.tables.raw_tables import RejectedRow
from engine.usecases.batch.inputs import OpenInputs, doubtful_rows


class Choice(Struct, frozen=True):
    """The subjects to evaluate anew, and the earlier run whose results the others keep; None and None for everybody.

    `stale` are those subjects and the ones of the earlier run that are there no more. `fingerprints` are those of the inputs
    where this or a later run asks what changed. `doubtful` is as of valid_tables.
    """

    subjects: Table | None = None
    stale: Table | None = None
    last: LastRun | None = None
    fingerprints: Table | None = None
    doubtful: list[RejectedRow] | None = None


def choose_changed(inputs: OpenInputs) -> Choice:
    """What the request's `since` leaves to do."""
    request, members = inputs.request, inputs.rows.members
    if request.since is None:
        return Choice()
    earlier = open_last_results(request.since, inputs.connection, inputs.folder)
    now = materialized(_fingerprints(inputs))
    if earlier.wide:
        inputs.listener.notice([Problem("since_wide", values={"file": str(request.since)}, severity="warning")])
        return Choice(fingerprints=now)
    last, state = LastRun(earlier.rows, earlier.as_of, earlier.reasoning), earlier.state
    if not still_stands(inputs.library, last, request.as_of, request.policy):
        return Choice(fingerprints=now)
    if request.reasoning and _lacks_reasoning(inputs, last):
        inputs.listener.notice([Problem("since_narrow", values={"file": str(request.since)}, severity="warning")])
        return Choice(fingerprints=now)
    if state is None:  # the next time it will be there
        return Choice(fingerprints=now)
    changed = now.anti_join(now.semi_join(state, ["subject", "input_hash"]), "subject").select("subject")
    if request.updated is not None:
        changed = ibis.union(changed, _updated(inputs, request.updated, last))
    doubtful, everybody = doubtful_rows(inputs), inputs.everybody()
    doubted = inputs.named(_doubted(inputs, doubtful))
    changed = ibis.union(changed, expired(inputs.library, last, request.as_of), doubted).distinct()
    chosen = materialized(changed.semi_join(everybody, "subject"))
    related = with_members(with_owners(chosen, members), members)
    subjects = materialized(related.semi_join(everybody, "subject"))  # a member may be nobody here
    gone = last.rows.select("subject").distinct().anti_join(everybody, "subject")
    return Choice(subjects, materialized(ibis.union(subjects, gone)), last, now, doubtful)


def _lacks_reasoning(inputs: OpenInputs, last: LastRun) -> bool:
    """Whether an earlier result that would be kept is without the facts and points that are asked for."""
    models = last.rows.filter(last.rows.digest.notnull()).select("policy", "model").distinct().to_pyarrow().to_pylist()
    in_force = inputs.library.in_force(inputs.request.as_of)
    for row in models:
        reasons = last.reasoning.get(f"{row['policy']}.{row['model']}")
        needed = reasoning_columns(in_force[row["policy"]].models[row["model"]])
        if reasons is None or not set(reasons.columns) >= needed.keys():
            return True
    return False


def _fingerprints(inputs: OpenInputs) -> Table:
    """Of each subject, a number for all that is known of it and for what it is read by; for the latter alone with --updated."""
    rows, library = inputs.rows, inputs.library
    salt = " ".join(
        [version("xinyong"), catalogue_digest(library.catalogue), *sorted({policy.id for policy in library.policies})]
    )
    if inputs.request.updated is not None:
        ids = inputs.everybody().select(subject="subject")
        return fingerprints(ids, None, None, "subject", f"{salt} {inputs.request.updated}")
    key = "subject" if isinstance(rows, Tables) else "id"
    return fingerprints(rows.subjects, rows.records, rows.members, key, salt)


def _updated(inputs: OpenInputs, column: str, last: LastRun) -> Table:
    """Those of whom a row says, or does not say, that it is new; and those of whom a row is there twice."""
    rows, members = inputs.rows, inputs.rows.members
    _check_updated(inputs, column)
    changed = []
    for table, key, row in ((rows.subjects, "id", ("id",)), (rows.records, "subject", ("subject", "id"))):
        changed.append(rows_since(table, column, last.as_of).select(subject=key))
        changed.append(table.group_by(*row).having(table.count() > 1).aggregate(n=table.count()).select(subject=key))
    if members is not None:
        since = rows_since(members, column, last.as_of) if column in members.columns else members
        changed.append(since.select("subject"))
    return ibis.union(*changed)


def _check_updated(inputs: OpenInputs, column: str) -> None:
    """InputError with a problem for each table without the column of updates."""
    tables = {"subjects": inputs.rows.subjects, "records": inputs.rows.records}
    missing = [name for name, table in tables.items() if column not in table.columns]
    if missing:
        raise InputError([Problem("column_missing", (name, column), {"table": name, "column": column}) for name in missing])


def _doubted(inputs: OpenInputs, doubtful: list[RejectedRow]) -> list[str]:
    """Those who must be looked at whatever their own rows say: others stand in doubt."""
    if isinstance(inputs.source, Tables):
        return []
    return [reject.subject for reject in (*inputs.source.broken, *doubtful) if reject.subject is not None]
