"""Whom to evaluate anew where an earlier table of results is there, and whose results still stand."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import ibis
from ibis.expr.types import Table
from msgspec import Struct
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.model.digest import catalogue_digest
from engine.model.problem import InputError, Problem
from engine.model.result_table import reasoning_columns
from engine.model.table import Tables
from engine.reading.tables.contract import Contract
from engine.reading.tables.fingerprint import fingerprints, rows_since
from engine.reading.tables.last_results import LastResults, open_last_results
from engine.reading.tables.members import with_members, with_owners
from engine.reading.tables.raw_tables import RejectedRow
from engine.reading.tables.snapshot import Snapshot, can_be_taken, take_snapshot
from engine.reading.tables.without_policy import may_be_without_policy
from engine.usecases.batch.backend import count
from engine.usecases.batch.inputs import OpenInputs, Whole, doubtful_rows
from engine.usecases.batch.last_run import LastRun, expired, still_stands


class Choice(Struct, frozen=True):
    """The subjects to evaluate anew, and the earlier run whose results the others keep; None and None for everybody.

    `stale` are those subjects and the ones of the earlier run that are there no more. `fingerprints` are those of the inputs
    where this or a later run asks what changed. `doubtful` is as of valid_tables. `database` is the earlier run's output, where
    that is one whose changes alone can be written.
    """

    subjects: Table | None = None
    stale: Table | None = None
    last: LastRun | None = None
    fingerprints: Table | None = None
    doubtful: list[RejectedRow] | None = None
    database: Path | None = None


def choose_changed(inputs: OpenInputs) -> tuple[OpenInputs, Choice]:
    """What the request's `since` leaves to do, and the inputs; where it can be, with the rows of those alone who are chosen."""
    request = inputs.request
    if request.since is None:
        return inputs, Choice()
    earlier = open_last_results(request.since, inputs.connection, inputs.folder)
    snapshot = _snapshot(inputs)
    now = materialized(_fingerprints(inputs)) if snapshot is None else snapshot.subjects
    last = LastRun(earlier.rows, earlier.as_of, earlier.reasoning)
    if not _stands(inputs, earlier, last) or earlier.state is None:  # the next time there will be one
        return inputs, Choice(fingerprints=now)
    changed = now.anti_join(now.semi_join(earlier.state, ["subject", "input_hash"]), "subject").select("subject")
    changed = ibis.union(changed, expired(inputs.library, last, request.as_of))
    if snapshot is None:
        doubtful, subjects = _chosen(inputs, changed, last)
    else:
        inputs, doubtful, subjects = _narrowed(inputs, snapshot, changed, last)
    gone = last.rows.select("subject").distinct().anti_join(inputs.everybody(), "subject")
    stale = materialized(ibis.union(subjects, gone))
    return inputs, Choice(subjects, stale, last, now, doubtful, earlier.database)


def _stands(inputs: OpenInputs, earlier: LastResults, last: LastRun) -> bool:
    """Whether anything of an earlier run can stand; what keeps it from that is said."""
    why = _why_not(inputs, earlier, last)
    if why is not None:
        inputs.listener.notice([Problem(why, values={"file": str(inputs.request.since)}, severity="warning")])
    return why is None


def _why_not(inputs: OpenInputs, earlier: LastResults, last: LastRun) -> str | None:
    """The code of what keeps all results of an earlier run from standing; None where they can."""
    request = inputs.request
    if earlier.wide:
        return "since_wide"
    stands = still_stands(inputs.library, last, request.as_of, request.policy)
    if stands and request.reasoning and _lacks_reasoning(inputs, last):
        return "since_narrow"
    if earlier.state is None:
        return "since_first"
    if last.as_of > request.as_of:
        return "since_later"
    return None if stands else "since_policies"


def _chosen(inputs: OpenInputs, changed: Table, last: LastRun) -> tuple[list[RejectedRow], Table]:
    """The rows of subjects in doubt, and whom to evaluate."""
    request, members, everybody = inputs.request, inputs.rows.members, inputs.everybody()
    if request.updated is not None:
        changed = ibis.union(changed, _updated(inputs, request.updated, last))
    doubtful = doubtful_rows(inputs)
    doubted = inputs.named([*_broken(inputs), *(row.subject for row in doubtful if row.subject is not None)])
    return doubtful, _related(ibis.union(changed, doubted), members, everybody)


def _related(changed: Table, members: Table | None, everybody: Table) -> Table:
    """Subjects with everybody whose result reads theirs, and whom those read; a member may be nobody here."""
    chosen = materialized(changed.distinct().semi_join(everybody, "subject"))
    return materialized(with_members(with_owners(chosen, members), members).semi_join(everybody, "subject"))


def _snapshot(inputs: OpenInputs) -> Snapshot | None:
    """The inputs at a glance, where they are tables on one machine."""
    raw = inputs.raw
    if raw is None or inputs.request.master is not None or not can_be_taken(raw):
        return None
    if inputs.request.updated is not None:
        _check_updated({"subjects": raw.subjects, "records": raw.records}, inputs.request.updated)
    return take_snapshot(raw, _salt(inputs), inputs.request.updated)


def _narrowed(
    inputs: OpenInputs, snapshot: Snapshot, changed: Table, last: LastRun
) -> tuple[OpenInputs, list[RejectedRow], Table]:
    """The inputs with the rows of those who are evaluated, and of nobody; the rows of subjects in doubt; and whom to evaluate."""
    assert isinstance(inputs.source, Contract)
    contract, everybody, updated = inputs.source, snapshot.subjects.select("subject"), inputs.request.updated
    if updated is not None:
        changed = ibis.union(changed, *snapshot.since(updated, last.as_of))
    subjects = _related(ibis.union(changed, inputs.named(_broken(inputs))), snapshot.members, everybody)
    rows = contract.of_rows(snapshot.rows_of(subjects))
    meant = rows.meant(everybody)
    more = inputs.named(meant).anti_join(subjects, "subject")
    if meant and count(more):
        subjects = _related(ibis.union(subjects, more), snapshot.members, everybody)
        rows = contract.of_rows(snapshot.rows_of(subjects))
    in_force = inputs.library.in_force(inputs.request.as_of).values()
    always = {model.kind for policy in in_force for model in policy.models.values() if model.always}
    idle = contract.of_rows(may_be_without_policy(snapshot.raw, always))
    whole = Whole(everybody, count(snapshot.raw.records), idle)
    return replace(inputs, source=rows, whole=whole), list(rows.doubtful(meant)), subjects


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


def _salt(inputs: OpenInputs) -> str:
    """What rows are read by and for: where it is another, all is."""
    library = inputs.library
    policies = sorted({policy.id for policy in library.policies})
    salt = [version("xinyong"), version("duckdb"), catalogue_digest(library.catalogue), *policies]
    return " ".join([*salt, *filter(None, (inputs.request.policy, inputs.request.updated))])


def _fingerprints(inputs: OpenInputs) -> Table:
    """Of each subject, a number for all that is known of it and for what it is read by; for the latter alone with --updated."""
    rows = inputs.rows
    if inputs.request.updated is not None:
        ids = inputs.everybody().select(subject="subject")
        return fingerprints(ids, None, None, "subject", _salt(inputs))
    key = "subject" if isinstance(rows, Tables) else "id"
    return fingerprints(rows.subjects, rows.records, rows.members, key, _salt(inputs))


def _updated(inputs: OpenInputs, column: str, last: LastRun) -> Table:
    """Those of whom a row says, or does not say, that it is new; and those of whom a row is there twice."""
    rows, members = inputs.rows, inputs.rows.members
    _check_updated({"subjects": rows.subjects, "records": rows.records}, column)
    changed = []
    for table, key, row in ((rows.subjects, "id", ("id",)), (rows.records, "subject", ("subject", "id"))):
        changed.append(rows_since(table, column, last.as_of).select(subject=key))
        changed.append(table.group_by(*row).having(table.count() > 1).aggregate(n=table.count()).select(subject=key))
    if members is not None:
        since = rows_since(members, column, last.as_of) if column in members.columns else members
        changed.append(since.select("subject"))
    return ibis.union(*changed)


def _check_updated(tables: Mapping[str, Table], column: str) -> None:
    """InputError with a problem for each table without the column of updates."""
    missing = [name for name, table in tables.items() if column not in table.columns]
    if missing:
        raise InputError([Problem("column_missing", (name, column), {"table": name, "column": column}) for name in missing])


def _broken(inputs: OpenInputs) -> list[str]:
    """The subjects of lines that are no rows, who must be looked at whatever their other rows say."""
    lines = () if isinstance(inputs.source, Tables) else inputs.source.broken
    return [line.subject for line in lines if line.subject is not None]
