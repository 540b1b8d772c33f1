"""Raw tables to those that the engine reads, held to the catalogue; what breaks it is told row by row.

A subject is evaluated whole or not at all: where one of its rows is refused, so is the subject, as a document would be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from functools import cached_property

import ibis
from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Column, Table
from msgspec.structs import replace

from engine.backends.materialized import materialized
from engine.model.catalogue import Catalogue
from engine.model.period import NEVER
from engine.model.problem import InputError
from engine.model.table import Tables, attribute_column, field_column
from engine.reading.key import KeyRefused, read_subject_key
from engine.reading.subject import is_blank
from engine.reading.tables.casts import empty, text, valid_only
from engine.reading.tables.columns import DAYS, Shape
from engine.reading.tables.doubtful_subjects import doubtful_subjects, meant_in
from engine.reading.tables.names import model_names, rows_of
from engine.reading.tables.raw_tables import MEMBER, NEEDED, RECORD, SUBJECT, RawTables, RejectedRow, WithheldSubject
from engine.reading.tables.records_apart import RecordsApart
from engine.reading.tables.rejections import wrong_members, wrong_records, wrong_subjects


class Contract:
    """Raw tables under a catalogue. `policies` are the ids under which nobody may deliver evaluations."""

    def __init__(self, raw: RawTables, catalogue: Catalogue, policies: Collection[str], besides: Collection[str] = ()) -> None:
        """`besides` are columns that are no part of the contract."""
        self.catalogue, self.policies, self.besides, self.scans = catalogue, policies, besides, raw.scans
        fields = {name for category in catalogue.categories.values() for name in category.fields}
        attributes = {"": {name: attribute.field.type for name, attribute in catalogue.attributes.items()}}
        types = {
            category.id: {name: field.type for name, field in category.fields.items()}
            for category in catalogue.categories.values()
        }
        shapes = [
            Shape(
                "subjects", raw.subjects, SUBJECT, NEEDED["subjects"], {*attributes[""], *besides}, "attributes", attributes,
                raw.scans.get("subjects"),
            ),
            Shape("records", raw.records, RECORD, NEEDED["records"], {*fields, *besides}, "fields", types, raw.scans.get("records")),
            *([] if raw.members is None else [Shape("members", raw.members, MEMBER, MEMBER, scan=raw.scans.get("members"))]),
        ]  # fmt: skip
        if problems := [problem for shape in shapes for problem in shape.problems()]:
            raise InputError(problems)
        self.shapes = shapes
        self.called = raw.called
        self.broken = tuple(replace(line, subject=_name(line.subject)) for line in raw.broken)

    @cached_property
    def held(self) -> WithheldSubject:
        """The rows as they are read; to look at their texts takes a pass over all of them."""
        subjects, records, *members = prepared = [shape.prepared() for shape in self.shapes]
        unchanged = {shape.name for shape, table in zip(self.shapes, prepared, strict=True) if table is shape.table}
        scans = {name: scan for name, scan in self.scans.items() if name in unchanged}
        return WithheldSubject(subjects, records, members[0] if members else None, self.catalogue, sorted(self.policies), scans)

    def of_rows(self, raw: RawTables) -> Contract:
        """The same contract over some of its rows."""
        return Contract(raw, self.catalogue, self.policies, self.besides)

    def without(self, subjects: Table) -> Contract:
        """The rows but those of some subjects (a table with a column `subject`); what is nobody's is among them."""
        other, held = copy(self), self.held
        other.held = replace(
            held,
            subjects=materialized(held.subjects.anti_join(subjects, held.subjects.id == subjects.subject)),
            records=materialized(held.records.anti_join(subjects, "subject")),
            members=None if held.members is None else materialized(held.members.anti_join(subjects, "subject")),
            scans={},
        )
        return other

    def tables(self, connection: Connection, without: Table | None = None, apart: RecordsApart | None = None) -> Tables:
        """The typed tables, without the subjects that are refused (a table with a column `subject`).

        They are views of the connection, so that an expression over them does not repeat how each column is typed. Of rows that
        are `apart` they have neither attributes nor fields, which take longer to plan than to read.
        """
        attributes = {} if apart is not None and apart.has_attributes else self.held.catalogue.attributes
        rows = self.held.subjects.filter(self.held.subjects.id.notnull())
        subjects = rows.select(
            subject=valid_only(rows.id, "text"),
            kind=rows.kind,
            models=model_names(rows),
            name=text(rows.name) if "name" in rows.columns else ibis.null("string"),
            **{
                attribute_column(name): valid_only(rows[name], attribute.field.type)
                if name in rows.columns
                else empty(attribute.field.type)
                for name, attribute in attributes.items()
            },
        )
        members = None
        if self.held.members is not None:
            members = self.held.members.select(subject=text(self.held.members.subject), member=text(self.held.members.member))
            counts = members.group_by("subject").aggregate(member_count=members.count())
            subjects = subjects.left_join(counts, "subject").drop("subject_right")
            subjects = subjects.mutate(member_count=subjects.member_count.fill_null(0))
        else:
            subjects = subjects.mutate(member_count=ibis.literal(0, type="int64"))
        if without is not None:
            subjects = subjects.anti_join(without, "subject")
        views = {"subjects": subjects, "records": self._typed_records(apart), "members": members}
        return Tables(
            **{
                name: connection.create_view(ibis.util.gen_name(name), table, overwrite=True)
                for name, table in views.items()
                if table is not None
            }
        )

    def _typed_records(self, apart: RecordsApart | None) -> Table:
        rows = self.held.records
        until, repaired_on = (valid_only(rows[name], "date") if name in rows.columns else empty("date") for name in DAYS[1:])
        status = rows.status if "status" in rows.columns else ibis.null("string")
        known: dict[str, Column] = {}
        for category in self.held.catalogue.categories.values() if apart is None or not apart.is_typed else ():
            for name, field in category.fields.items():
                column = field_column(name, field.type)
                if column not in known:
                    known[column] = valid_only(rows[name], field.type) if name in rows.columns else empty(field.type)
        table = rows.select(
            subject=valid_only(rows.subject, "text"),
            id=valid_only(rows.id, "text"),
            category=rows.category,
            date=valid_only(rows.date, "date"),
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
        rows = self.held.subjects
        return rows.select(subject=text(rows.id), kind=rows.kind, models=model_names(rows), _file=rows._file, _row=rows._row)

    def models_of(self, refused: Table) -> Iterator[tuple[str, list[str]]]:
        """The models that refused subjects name, as far as they are any."""
        rows = self.named().select("subject", "models")
        names_of: dict[str, list[str]] = {}
        for row in rows_of(rows.semi_join(refused, "subject").distinct().order_by("subject", "models")):
            names_of.setdefault(row["subject"], []).extend(name for name in row["models"].split() if "/" in name)
        for reject in self.broken:
            if reject.table == "subjects" and reject.subject is not None:
                names_of.setdefault(reject.subject, [])
        yield from ((subject, list(dict.fromkeys(names))) for subject, names in names_of.items())

    def rejects(self, apart: RecordsApart | None = None) -> Iterator[RejectedRow]:
        """Every row that is refused, with its reasons; the rest is sound. `apart` are the records where they are taken apart."""
        yield from self.broken
        subjects = () if apart is not None and apart.of_sound_subjects else wrong_subjects(self.held)
        for wrong in (subjects, wrong_records(self.held, apart), wrong_members(self.held)):
            yield from map(self._called, wrong)

    def meant(self, everybody: Table | None = None, apart: RecordsApart | None = None) -> dict[str, str]:
        """The subjects that a row may be meant for which is nobody's, each with what it names.

        `everybody` are the subjects (a table with a column `subject`) where these are not all there are rows of; `apart` as of
        `rejects`.
        """
        others = [line.subject for line in self.broken if line.subject is not None]
        return meant_in(self.held, others, everybody, apart is None or apart.strays)

    def doubtful(self, meant: Mapping[str, str]) -> Iterator[RejectedRow]:
        """The rows of subjects that others may be meant for."""
        yield from map(self._called, doubtful_subjects(self.held, meant, self.called))

    def _called(self, reject: RejectedRow) -> RejectedRow:
        """With its file as it is called."""
        return replace(reject, file=self.called.get(reject.file, reject.file))


def _name(written: str | None) -> str | None:
    """Whom a text names; itself where it names nobody."""
    name = None if written is None or is_blank(written) else read_subject_key(written)
    return written if isinstance(name, KeyRefused) else name
