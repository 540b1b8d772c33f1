"""What of raw tables is refused, row by row: a backend finds the rows, and the reader of documents says what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial, reduce
from operator import and_, or_
from typing import Any

import ibis
from ibis.expr.types import Column, Table
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.model.catalogue import KINDS, SOURCE_FIELD, Catalogue
from engine.model.problem import PolicyError, Problem
from engine.model.subject import STATUSES
from engine.reading.document import Tree
from engine.reading.key import KeyRefused, read_subject_key
from engine.reading.schema_validation import json_type
from engine.reading.subject import problems_of_record, problems_of_subject
from engine.reading.tables.casts import cell, day, is_allowed, text
from engine.reading.tables.columns import DAYS, TYPE, as_it_was, given_in, is_given, is_typed, nested
from engine.reading.tables.field_masks import Masks
from engine.reading.tables.identifiers import sound_id
from engine.reading.tables.keys import SEPARATORS
from engine.reading.tables.names import is_wrong, known_beside, known_models, rows_of
from engine.reading.tables.raw_tables import MEMBER, RECORD, SUBJECT, RejectedRow, WithheldSubject
from engine.reading.tables.records_apart import RecordsApart


def wrong_subjects(held: WithheldSubject) -> Iterator[RejectedRow]:
    rows = held.subjects
    sound = [
        text(rows.id).notnull(),
        rows.kind.isin(KINDS),
        sound_id(rows.id, rows.kind),
        known_models(rows) if "model" in rows.columns else ibis.literal(True),
        *known_beside(rows, SUBJECT),
    ]
    for name, attribute in held.catalogue.attributes.items():
        if name in rows.columns:
            is_there, typed = given_in(rows[name]), is_typed(rows, name, attribute.field)
            allowed = is_allowed(rows[name], attribute.field) & rows.kind.isin(attribute.kinds) & typed
            sound.append(ibis.ifelse(is_there, allowed, True))
    texts = [*SUBJECT, *(name for name, attribute in held.catalogue.attributes.items() if attribute.field.type == "text")]
    for row in rows_of(rows.filter(~_all(sound).fill_null(False))):
        problems = _mistyped(row, texts) or _judged(
            problems_of_subject, partial(_subject_tree, held), row, held.catalogue, held.policies
        )
        yield reject_rows("subjects", row, row.get("id"), None, problems or [Problem("cell_unclear")])
    for row in rows_of(_in_twice(rows, "id")):
        yield reject_rows("subjects", row, row["id"], None, [Problem("subject_twice", ("id",), {"id": row["id"]})])


def _subject_tree(held: WithheldSubject, row: Mapping[str, Any]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {key: cell(as_it_was(row, key), "text") for key in ("id", "kind", "name") if is_given(row.get(key))}
    model = as_it_was(row, "model")
    if isinstance(model, str):
        tree["model"] = [name for name in SEPARATORS.split(model) if name]
    elif is_given(model):
        tree["model"] = model if isinstance(model, list) else [cell(model, "text")]
    types = {name: attribute.field.type for name, attribute in held.catalogue.attributes.items()}
    attributes = {name: cell(row[name], kind) for name, kind in types.items() if is_given(row.get(name))}
    tree["attributes"] = attributes | nested(row, "attributes", types)
    return tree


def wrong_records(held: WithheldSubject, apart: RecordsApart | None = None) -> Iterator[RejectedRow]:
    """`apart` are the records where they are taken apart: what these cannot have is not looked for."""
    yield from _unsound_records(held, None if apart is None else apart.unsound)
    if apart is None or apart.strays:
        yield from _misplaced_records(held)
    for row in rows_of(_in_twice(held.records, "subject", "id")) if apart is None or apart.repeats else ():
        if is_given(row["id"]):
            problem = Problem("row_twice", ("id",), {"id": row["id"]})
            yield reject_rows("records", row, row["subject"], row["id"], [problem])


def _unsound_records(held: WithheldSubject, unsound: Collection[str | None] | None) -> Iterator[RejectedRow]:
    """Those that are not what their category allows; asked of the categories alone that may have one."""
    rows = held.records
    if unsound is not None and not unsound:
        return
    if unsound is not None:
        named = rows.category.isin(sorted(name for name in unsound if name is not None))
        # of no names at all it is false, not null, where there is no category
        rows = rows.filter(named | rows.category.isnull() if None in unsound else named)
    marked = _masks(held).join(rows)
    for row in rows_of(marked.filter(~_sound_record(held, marked)).order_by("_file", "_row")):
        category = held.catalogue.categories.get(str(row["category"]))
        fields = category.fields.items() if category else ()
        texts = [*(name for name in RECORD if name not in DAYS), *(name for name, field in fields if field.type == "text")]
        problems = _mistyped(row, texts) or [
            *_of_name(row, "subject"),
            *_judged(problems_of_record, partial(_record_tree, held), row, held.catalogue, held.policies),
        ]
        yield reject_rows("records", row, row["subject"], row["id"], problems or [Problem("cell_unclear")])


def _misplaced_records(held: WithheldSubject) -> Iterator[RejectedRow]:
    """Those of nobody, and those of a category that their subject's kind does not have; few pairs of these are there at all."""
    who = held.subjects.select(subject=text(held.subjects.id), _kind=held.subjects.kind.fill_null("")).distinct()
    named = held.records.filter(text(held.records.subject).notnull() & ~is_wrong(held.records, "subject"))
    known = named.left_join(who, "subject").drop("subject_right")
    pairs = known.group_by("category", "_kind").aggregate(n=known.count()).to_pyarrow().to_pylist()
    bad = [(pair["category"], pair["_kind"]) for pair in pairs if not _has_kind(held, pair["category"], pair["_kind"])]
    if not bad:
        return
    of_pairs = [known.category.identical_to(category) & known._kind.identical_to(kind) for category, kind in bad]
    for row in rows_of(known.filter(reduce(or_, of_pairs)).order_by("_file", "_row")):
        yield reject_rows("records", row, row["subject"], row["id"], [_misplaced(held, row)])


def _has_kind(held: WithheldSubject, name: str | None, kind: str | None) -> bool:
    """Whether a subject of a kind may have records of a category; what is wrong with either is told elsewhere."""
    if kind is None:
        return False
    category = held.catalogue.categories.get(str(name))
    return category is None or kind not in KINDS or kind in category.kinds


def _misplaced(held: WithheldSubject, row: Mapping[str, Any]) -> Problem:
    if row["_kind"] is None:
        return Problem("row_of_nobody", ("subject",), {"id": row["subject"]})
    kinds = list(held.catalogue.categories[row["category"]].kinds)
    return Problem("kind_not_allowed", ("category",), {"name": row["category"], "kind": row["_kind"], "kinds": kinds})


def _sound_record(held: WithheldSubject, rows: Table) -> Column:
    """Whether each record is what its category allows; `rows` have the masks of their category."""
    tests = [text(rows.subject).notnull(), text(rows.id).notnull(), day(rows.date).notnull(), *known_beside(rows, RECORD)]
    tests += _masks(held).tests(rows)
    if "policy" in rows.columns:
        tests.append(~rows._delivered | text(rows.policy).notin(held.policies).fill_null(True))
    status = rows.status.fill_null("valid") if "status" in rows.columns else ibis.literal("valid")
    tests.append(status.isin(STATUSES))
    if "source" in rows.columns:
        tests.append(is_allowed(rows.source, SOURCE_FIELD) | rows.source.isnull())
    for name in ("until", "repaired_on"):
        if name in rows.columns:
            tests.append(ibis.ifelse(given_in(rows[name]), (day(rows[name]) >= day(rows.date)).fill_null(False), True))
    repaired = given_in(rows.repaired_on) if "repaired_on" in rows.columns else ibis.literal(False)
    tests.append((status == "repaired") == repaired)
    return _all(tests).fill_null(False)


def _fields_there(held: WithheldSubject) -> list[str]:
    names = dict.fromkeys(name for category in held.catalogue.categories.values() for name in category.fields)
    return [name for name in names if name in held.records.columns]


def _masks(held: WithheldSubject) -> Masks:
    return Masks(held.catalogue, _fields_there(held))


def _record_tree(held: WithheldSubject, row: Mapping[str, Any]) -> dict[str, Tree]:
    kinds = dict.fromkeys(RECORD, "text") | dict.fromkeys(DAYS, "date")
    tree: dict[str, Tree] = {
        key: cell(as_it_was(row, key), kinds[key]) for key in RECORD if key != "subject" and is_given(row.get(key))
    }
    category = held.catalogue.categories.get(str(row["category"]))
    types = {name: field.type for name, field in category.fields.items()} if category else {}
    there = _fields_there(held)
    values = {name: cell(row[name], types.get(name, "text")) for name in there if is_given(row[name])}
    tree["fields"] = values | nested(row, "fields", types)
    return tree


def wrong_members(held: WithheldSubject) -> Iterator[RejectedRow]:
    if held.members is None:
        return
    rows = held.members
    sound = [text(rows.subject).notnull(), text(rows.member).notnull(), *known_beside(rows, MEMBER)]
    for row in rows_of(rows.filter(~_all(sound).fill_null(False))):
        problems = _mistyped(row, MEMBER) or [problem for key in MEMBER for problem in _of_name(row, key)]
        yield reject_rows("members", row, row["subject"], None, problems or [Problem("cell_unclear")])
    who = held.subjects.select(subject=text(held.subjects.id))
    named = rows.filter(text(rows.subject).notnull() & ~is_wrong(rows, "subject"))
    for row in rows_of(named.anti_join(who, "subject").order_by("_file", "_row")):
        yield reject_rows(
            "members", row, row["subject"], None, [Problem("row_of_nobody", ("subject",), {"id": row["subject"]})]
        )
    for row in rows_of(_in_twice(rows, "subject", "member")):
        yield reject_rows("members", row, row["subject"], None, [Problem("twice_in_list", ("member",))])


def _judged(
    judge: Callable[[Tree, Catalogue, Collection[str]], list[Problem]], tree: Callable[[Mapping[str, Any]], Tree],
    row: Mapping[str, Any], catalogue: Catalogue, policies: Collection[str],
) -> list[Problem]:  # fmt: skip
    """What the reader of documents has against a row."""
    try:
        return judge(tree(row), catalogue, policies)
    except PolicyError as error:  # a JSON that is none
        where = "attributes" if "id" in row and "kind" in row else "fields"
        return [replace(problem, path=(where,), place=None) for problem in error.problems]


def _mistyped(row: Mapping[str, Any], texts: Collection[str]) -> list[Problem]:
    """The cells that are no texts where texts belong, or neither texts nor numbers."""
    kinds = {key.removeprefix(TYPE): kind for key, kind in row.items() if key.startswith(TYPE) and kind is not None}
    return [
        Problem("wrong_type", (key,), {"expected": ["string"], "found": kind})
        for key, kind in kinds.items()
        if key in texts or kind != "number"
    ]


def _of_name(row: Mapping[str, Any], key: str) -> list[Problem]:
    """What is wrong with a cell that names a subject."""
    if not is_given(row[key]):
        return [Problem("missing_key", (), {"key": key})]
    written = as_it_was(row, key)
    if not isinstance(written, str):
        return [Problem("wrong_type", (key,), {"expected": ["string"], "found": json_type(cell(written, "text"))})]
    name = read_subject_key(written)
    return [Problem(name.code, (key,), name.values, near=name.near)] if isinstance(name, KeyRefused) else []


def _all(tests: list[Column]) -> Column:
    return reduce(and_, tests, ibis.literal(True))


def _in_twice(rows: Table, *key: str) -> Table:
    """The rows that have a key together with others, in the key's order; where there are none, the rest is not read again."""
    twice = materialized(rows.group_by(*key).having(rows.count() > 1).aggregate(_n=rows.count()))
    if not twice.count().to_pyarrow().as_py():
        return rows.limit(0)
    return rows.semi_join(twice, list(key)).order_by(*key, "_file", "_row")


def reject_rows(table: str, row: Mapping[str, Any], subject: object, record: object, problems: list[Problem]) -> RejectedRow:
    who = str(subject) if is_given(subject) else None
    which = str(record) if is_given(record) else None
    return RejectedRow(table, row["_file"] or "", row["_row"], who, which, tuple(problems))
