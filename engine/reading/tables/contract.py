"""Raw tables to those that the engine reads, held to the catalogue; what breaks it is told row by row.

A subject is evaluated whole or not at all: where one of its rows is refused, so is the subject, as a document would be.
A backend finds the rows that are wrong, and the reader of documents says what is wrong with each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
from msgspec import Struct
from msgspec.structs import replace

from engine.model.catalogue import KINDS, SOURCE_FIELD, Catalogue
from engine.model.period import NEVER
from engine.model.problem import InputError, PolicyError, Problem
from engine.model.subject import STATUSES
from engine.model.table import Tables, attribute_column, field_column, kept
from engine.reading.document import Tree
from engine.reading.key import KeyRefused, read_subject_key
from engine.reading.likeness import is_suspect, meant_by
from engine.reading.shape import json_type
from engine.reading.subject import is_blank, problems_of_record, problems_of_subject
from engine.reading.tables.identifiers import sound_id
from engine.reading.tables.keys import SEPARATORS, WRONG, is_named
from engine.reading.tables.masks import Masks
from engine.reading.tables.shapes import DAYS, NESTED, RAW, TYPE, Shape, as_it_was, given_in, is_given, is_typed, nested
from engine.reading.tables.typed import cell, day, empty, is_allowed, sound, text

Table = Any
Column = Any

SUBJECT, RECORD, MEMBER = (
    ("id", "kind", "model", "name"),
    ("subject", "id", "category", "date", "until", "status", "repaired_on", "source"),
    ("subject", "member"),
)
NEEDED = {"subjects": ("id", "kind"), "records": ("subject", "id", "category", "date"), "members": MEMBER}
"""The columns without which a table is none."""

_OLDER = r"^[0-9]{15}$|^[0-9A-Z]{8}-?[0-9X]$"
"""Identifiers of older kinds, which newer ones hold."""


class Raw(Struct, frozen=True):
    """Tables as a source has them, each with the columns `_file` and `_row` (as a person counts) added.

    `broken` are lines of text files that are no row at all, `called` what files are called whose names `_file` does not hold.
    """

    subjects: Table
    records: Table
    members: Table | None = None
    broken: tuple[Reject, ...] = ()
    called: Mapping[str, str] = {}


class Reject(Struct, frozen=True):
    """A row that is refused: in which table, file and row, whose, and why, a problem a column."""

    table: str
    file: str
    row: int | None
    subject: str | None
    record: str | None
    problems: tuple[Problem, ...]


class Contract:
    """Raw tables under a catalogue. `policies` are the ids under which nobody may deliver evaluations."""

    def __init__(self, raw: Raw, catalogue: Catalogue, policies: Collection[str], besides: Collection[str] = ()) -> None:
        """`besides` are columns that are no part of the contract."""
        self.catalogue, self.policies = catalogue, sorted(policies)
        fields = {name for category in catalogue.categories.values() for name in category.fields}
        attributes = {"": {name: one.field.type for name, one in catalogue.attributes.items()}}
        types = {
            category.id: {name: field.type for name, field in category.fields.items()}
            for category in catalogue.categories.values()
        }
        shapes = [
            Shape("subjects", raw.subjects, SUBJECT, NEEDED["subjects"], {*attributes[""], *besides}, "attributes", attributes),
            Shape("records", raw.records, RECORD, NEEDED["records"], {*fields, *besides}, "fields", types),
            *([] if raw.members is None else [Shape("members", raw.members, MEMBER, MEMBER)]),
        ]
        if problems := [problem for shape in shapes for problem in shape.problems()]:
            raise InputError(problems)
        self.subjects, self.records, *members = (shape.made() for shape in shapes)
        self.members = members[0] if members else None
        self.called = raw.called
        self.broken = tuple(replace(line, subject=_name(line.subject)) for line in raw.broken)

    def without(self, subjects: Table) -> Contract:
        """The rows but those of some subjects (a table with a column `subject`); what is nobody's is among them."""
        other = copy(self)
        other.subjects = kept(self.subjects.anti_join(subjects, self.subjects.id == subjects.subject))
        other.records = kept(self.records.anti_join(subjects, "subject"))
        other.members = None if self.members is None else kept(self.members.anti_join(subjects, "subject"))
        return other

    # What is sound

    def tables(self, connection: Any, without: Table | None = None) -> Tables:
        """The typed tables, without the subjects that are refused (a table with a column `subject`).

        They are views of the connection, so that an expression over them does not repeat how each column is typed.
        """
        rows = self.subjects
        subjects = rows.select(
            subject=sound(rows.id, "text"),
            kind=rows.kind,
            models=_models(rows),
            name=text(rows.name) if "name" in rows.columns else ibis.null("string"),
            **{
                attribute_column(name): sound(rows[name], one.field.type) if name in rows.columns else empty(one.field.type)
                for name, one in self.catalogue.attributes.items()
            },
        )
        members = None
        if self.members is not None:
            members = self.members.select(subject=text(self.members.subject), member=text(self.members.member))
            counts = members.group_by("subject").aggregate(member_count=members.count())
            subjects = subjects.left_join(counts, "subject").drop("subject_right")
            subjects = subjects.mutate(member_count=subjects.member_count.fill_null(0))
        else:
            subjects = subjects.mutate(member_count=ibis.literal(0, type="int64"))
        if without is not None:
            subjects = subjects.anti_join(without, "subject")
        views = {"subjects": subjects, "records": self._typed_records(), "members": members}
        return Tables(
            **{
                name: connection.create_view(ibis.util.gen_name(name), table, overwrite=True)
                for name, table in views.items()
                if table is not None
            }
        )

    def _typed_records(self) -> Table:
        rows = self.records
        until, repaired_on = (sound(rows[name], "date") if name in rows.columns else empty("date") for name in DAYS[1:])
        status = rows.status if "status" in rows.columns else ibis.null("string")
        known: dict[str, Column] = {}
        for category in self.catalogue.categories.values():
            for name, field in category.fields.items():
                column = field_column(name, field.type)
                if column not in known:
                    known[column] = sound(rows[name], field.type) if name in rows.columns else empty(field.type)
        table = rows.select(
            subject=sound(rows.subject, "text"),
            id=sound(rows.id, "text"),
            category=rows.category,
            date=sound(rows.date, "date"),
            source=text(rows.source) if "source" in rows.columns else ibis.null("string"),
            status_=status,
            until_=until.fill_null(NEVER - 1),
            repaired_=repaired_on,
            **known,
        )
        revoked = (table.status_ == "revoked").fill_null(False)
        repaired = ibis.ifelse(table.repaired_.notnull(), ibis.least(table.until_, table.repaired_ - 1), table.until_)
        never = ibis.literal(0, type="int64")
        return table.mutate(
            last_day=ibis.ifelse(revoked, never, repaired), last_day_repaired=ibis.ifelse(revoked, never, table.until_)
        ).drop("status_", "until_", "repaired_")

    def named(self) -> Table:
        """Each row of the subjects: who it is, its kind, the models that it names, and where it stands."""
        rows = self.subjects
        return rows.select(subject=text(rows.id), kind=rows.kind, models=_models(rows), _file=rows._file, _row=rows._row)

    def models_of(self, refused: Table) -> Iterator[tuple[str, list[str]]]:
        """The models that refused subjects name, as far as they are any."""
        rows = self.named().select("subject", "models")
        found: dict[str, list[str]] = {}
        for row in _rows(rows.semi_join(refused, "subject").distinct().order_by("subject", "models")):
            found.setdefault(row["subject"], []).extend(name for name in row["models"].split() if "/" in name)
        for reject in self.broken:
            if reject.table == "subjects" and reject.subject is not None:
                found.setdefault(reject.subject, [])
        yield from ((subject, list(dict.fromkeys(names))) for subject, names in found.items())

    # What is not

    def rejects(self) -> Iterator[Reject]:
        """Every row that is refused, with its reasons; the rest is sound."""
        yield from self.broken
        for wrong in (self._wrong_subjects(), self._wrong_records(), self._wrong_members()):
            yield from map(self._told, wrong)

    def _told(self, reject: Reject) -> Reject:
        """With its file as it is called."""
        return replace(reject, file=self.called.get(reject.file, reject.file))

    def doubtful(self) -> Iterator[Reject]:
        """The subjects that a row may be meant for which names nobody, or names somebody in an older or unreadable way."""
        ids = (row["subject"] for row in _rows(self.subjects.select(subject=text(self.subjects.id)).distinct()))
        meant = meant_by(set(self._suspects()), ids)
        if not meant:
            return
        names = ibis.memtable({"id": list(meant)}, schema={"id": "string"})
        for row in _rows(self.subjects.semi_join(names, "id").order_by("_file", "_row")):
            problem = Problem("subject_alike", ("id",), {"id": row["id"], "other": meant[row["id"]]})
            yield self._told(_reject("subjects", row, row["id"], None, [problem]))

    def _suspects(self) -> Iterator[str]:
        """Texts that may be meant for other subjects."""
        who = self.subjects.select(subject=text(self.subjects.id))
        rows = self.subjects
        older = text(rows.id).upper().re_search(_OLDER)
        asked = [rows.filter(older | _is_wrong(rows, "id")).select(subject=rows.id)]
        for table in (self.records, *([] if self.members is None else [self.members])):
            asked += [table.anti_join(who, "subject").select("subject")]
            asked += [table.filter(_is_wrong(table, "subject")).select("subject")]
        for table in asked:
            for row in _rows(table.filter(table.subject.notnull()).distinct()):
                if table is not asked[0] or is_suspect(row["subject"]):
                    yield row["subject"]
        yield from (line.subject for line in self.broken if line.subject is not None)

    def _wrong_subjects(self) -> Iterator[Reject]:
        rows = self.subjects
        sound = [
            text(rows.id).notnull(),
            rows.kind.isin(KINDS),
            sound_id(rows.id, rows.kind),
            _sound_models(rows) if "model" in rows.columns else ibis.literal(True),
            *_sound_beside(rows, SUBJECT),
        ]
        for name, one in self.catalogue.attributes.items():
            if name in rows.columns:
                given, typed = given_in(rows[name]), is_typed(rows, name, one.field)
                allowed = is_allowed(rows[name], one.field) & rows.kind.isin(one.kinds) & typed
                sound.append(ibis.ifelse(given, allowed, True))
        texts = [*SUBJECT, *(name for name, one in self.catalogue.attributes.items() if one.field.type == "text")]
        for row in _rows(rows.filter(~_all(sound).fill_null(False))):
            problems = _mistyped(row, texts) or _judged(
                problems_of_subject, self._subject_tree, row, self.catalogue, self.policies
            )
            yield _reject("subjects", row, row.get("id"), None, problems or [Problem("cell_unclear")])
        for row in _rows(_in_twice(rows, "id")):
            yield _reject("subjects", row, row["id"], None, [Problem("subject_twice", ("id",), {"id": row["id"]})])

    def _subject_tree(self, row: Mapping[str, Any]) -> dict[str, Tree]:
        tree: dict[str, Tree] = {
            key: cell(as_it_was(row, key), "text") for key in ("id", "kind", "name") if is_given(row.get(key))
        }
        model = as_it_was(row, "model")
        if isinstance(model, str):
            tree["model"] = [name for name in SEPARATORS.split(model) if name]
        elif is_given(model):
            tree["model"] = model if isinstance(model, list) else [cell(model, "text")]
        types = {name: one.field.type for name, one in self.catalogue.attributes.items()}
        given = {name: cell(row[name], kind) for name, kind in types.items() if is_given(row.get(name))}
        tree["attributes"] = given | nested(row, "attributes", types)
        return tree

    def _wrong_records(self) -> Iterator[Reject]:
        rows = self.records
        marked = self._masks().join(rows)
        suspects = marked.filter(~self._sound_record(marked))
        for row in _rows(suspects):
            category = self.catalogue.categories.get(str(row["category"]))
            fields = category.fields.items() if category else ()
            texts = [*(name for name in RECORD if name not in DAYS), *(name for name, one in fields if one.type == "text")]
            problems = _mistyped(row, texts) or [
                *_of_name(row, "subject"),
                *_judged(problems_of_record, self._record_tree, row, self.catalogue, self.policies),
            ]
            yield _reject("records", row, row["subject"], row["id"], problems or [Problem("cell_unclear")])
        who = self.subjects.select(subject=text(self.subjects.id), _kind=self.subjects.kind.fill_null("")).distinct()
        named = rows.filter(text(rows.subject).notnull() & ~_is_wrong(rows, "subject"))
        known = named.left_join(who, "subject").drop("subject_right")
        allowed = [
            (known.category == name, known._kind.isin(one.kinds) | known._kind.notin(KINDS))
            for name, one in self.catalogue.categories.items()
            if set(one.kinds) != set(KINDS)
        ]
        bad = known._kind.isnull() | ~ibis.cases(*allowed, else_=True).fill_null(True)
        for row in _rows(known.filter(bad)):
            yield _reject("records", row, row["subject"], row["id"], [self._misplaced(row)])
        for row in _rows(_in_twice(rows, "subject", "id")):
            if is_given(row["id"]):
                problem = Problem("row_twice", ("id",), {"id": row["id"]})
                yield _reject("records", row, row["subject"], row["id"], [problem])

    def _misplaced(self, row: Mapping[str, Any]) -> Problem:
        if row["_kind"] is None:
            return Problem("row_of_nobody", ("subject",), {"id": row["subject"]})
        kinds = list(self.catalogue.categories[row["category"]].kinds)
        return Problem("kind_not_allowed", ("category",), {"name": row["category"], "kind": row["_kind"], "kinds": kinds})

    def _sound_record(self, rows: Table) -> Column:
        """Whether each record is what its category allows; `rows` have the masks of their category."""
        tests = [text(rows.subject).notnull(), text(rows.id).notnull(), day(rows.date).notnull(), *_sound_beside(rows, RECORD)]
        tests += self._masks().tests(rows)
        if "policy" in rows.columns:
            tests.append(~rows._delivered | text(rows.policy).notin(self.policies).fill_null(True))
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

    def _fields_there(self) -> list[str]:
        names = dict.fromkeys(name for category in self.catalogue.categories.values() for name in category.fields)
        return [name for name in names if name in self.records.columns]

    def _masks(self) -> Masks:
        return Masks(self.catalogue, self._fields_there())

    def _record_tree(self, row: Mapping[str, Any]) -> dict[str, Tree]:
        kinds = dict.fromkeys(RECORD, "text") | dict.fromkeys(DAYS, "date")
        tree: dict[str, Tree] = {
            key: cell(as_it_was(row, key), kinds[key]) for key in RECORD if key != "subject" and is_given(row.get(key))
        }
        category = self.catalogue.categories.get(str(row["category"]))
        types = {name: field.type for name, field in category.fields.items()} if category else {}
        there = self._fields_there()
        given = {name: cell(row[name], types.get(name, "text")) for name in there if is_given(row[name])}
        tree["fields"] = given | nested(row, "fields", types)
        return tree

    def _wrong_members(self) -> Iterator[Reject]:
        if self.members is None:
            return
        rows = self.members
        sound = [text(rows.subject).notnull(), text(rows.member).notnull(), *_sound_beside(rows, MEMBER)]
        for row in _rows(rows.filter(~_all(sound).fill_null(False))):
            problems = _mistyped(row, MEMBER) or [problem for key in MEMBER for problem in _of_name(row, key)]
            yield _reject("members", row, row["subject"], None, problems or [Problem("cell_unclear")])
        who = self.subjects.select(subject=text(self.subjects.id))
        named = rows.filter(text(rows.subject).notnull() & ~_is_wrong(rows, "subject"))
        for row in _rows(named.anti_join(who, "subject").order_by("_file", "_row")):
            yield _reject(
                "members", row, row["subject"], None, [Problem("row_of_nobody", ("subject",), {"id": row["subject"]})]
            )
        for row in _rows(_in_twice(rows, "subject", "member")):
            yield _reject("members", row, row["subject"], None, [Problem("twice_in_list", ("member",))])


def _name(written: str | None) -> str | None:
    """Whom a text names; itself where it names nobody."""
    name = None if written is None or is_blank(written) else read_subject_key(written)
    return written if isinstance(name, KeyRefused) else name


def _is_wrong(rows: Table, key: str) -> Column:
    """Whether there is something in a column of names that is no name."""
    tests = [~test for test in _sound_beside(rows, (key,))]
    return reduce(or_, tests, ibis.literal(False)).fill_null(False)


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
    """The cells of a database that types cells which are no texts where texts belong, or binary."""
    kinds = {key.removeprefix(TYPE): kind for key, kind in row.items() if key.startswith(TYPE) and kind is not None}
    return [
        Problem("wrong_type", (key,), {"expected": ["string"], "found": kind})
        for key, kind in kinds.items()
        if key in texts or kind == "binary"
    ]


def _of_name(row: Mapping[str, Any], key: str) -> list[Problem]:
    """What is wrong with a cell that names a subject."""
    if not is_given(row[key]):
        return [Problem("missing_key", (), {"key": key})]
    given = as_it_was(row, key)
    if not isinstance(given, str):
        return [Problem("wrong_type", (key,), {"expected": ["string"], "found": json_type(cell(given, "text"))})]
    name = read_subject_key(given)
    return [Problem(name.code, (key,), name.values, near=name.near)] if isinstance(name, KeyRefused) else []


def _day(rows: Table, name: str) -> Column:
    return day(rows[name]) if name in rows.columns else ibis.null("int64")


def _models(rows: Table) -> Column:
    """The models that a subject names, each between spaces."""
    if "model" not in rows.columns:
        return ibis.literal(" ")
    array = rows.model.type().is_array()
    names = ibis.literal(" ") + (rows.model.join(" ") if array else rows.model).fill_null("") + " "
    return ibis.ifelse(names == "  ", " ", names)


def _sound_models(rows: Table) -> Column:
    """Whether each is POLICY/MODEL, and none is named twice."""
    names = _models(rows)
    several = names.split(" ")  # with nothing before the first and after the last
    once = ibis.ifelse(names.re_search(r"\S \S"), several.unique().length() == several.length() - 1, True)
    sound = names.re_search(r"^ ([^/\s]+/[^/\s]+ )*$") & once
    return sound & (several.length() - 2 == rows.model.length().fill_null(0)) if rows.model.type().is_array() else sound


def _sound_beside(rows: Table, names: Collection[str]) -> list[Column]:
    """That no text is of another type, no name is refused, and what is nested is known."""
    raw = [f"{RAW}{name}" for name in names if f"{RAW}{name}" in rows.columns]
    typed = [f"{TYPE}{name}" for name in names if f"{TYPE}{name}" in rows.columns and name not in DAYS]
    named = [is_named(rows, name) for name in names if f"{WRONG}{name}" in rows.columns]
    tests = [*(~given_in(rows[column]) for column in raw), *(rows[column].isnull() for column in typed), *named]
    return [*tests, rows[NESTED]] if NESTED in rows.columns and len(names) > 1 else tests


def _all(tests: list[Column]) -> Column:
    return reduce(and_, tests, ibis.literal(True))


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, days as texts, since Python's calendar ends before theirs."""
    days = [name for name in table.columns if table[name].type().is_date() or table[name].type().is_timestamp()]
    table = table.mutate(**{name: table[name].cast("string") for name in days})
    for batch in table.to_pyarrow_batches(chunk_size=10_000):
        yield from batch.to_pylist()


def _in_twice(rows: Table, *key: str) -> Table:
    """The rows that have a key together with others, in the key's order; where there are none, the rest is not read again."""
    twice = kept(rows.group_by(*key).having(rows.count() > 1).aggregate(_n=rows.count()))
    if not twice.count().to_pyarrow().as_py():
        return rows.limit(0)
    return rows.semi_join(twice, list(key)).order_by(*key, "_file", "_row")


def _reject(table: str, row: Mapping[str, Any], subject: object, record: object, problems: list[Problem]) -> Reject:
    who = str(subject) if is_given(subject) else None
    which = str(record) if is_given(record) else None
    return Reject(table, row["_file"] or "", row["_row"], who, which, tuple(problems))
