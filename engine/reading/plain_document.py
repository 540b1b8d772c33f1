"""Documents in JSON that are plainly sound, read in one pass by the catalogue; of any other nothing is said.

`read_subject` is the definition, and says what is wrong with a document: whatever is not the plainest way of writing a
thing is left to it. What is read here is the same subject.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from engine.model import number
from engine.model.catalogue import PREVIOUS, Catalogue, Category, Field, SubjectKind
from engine.model.condition import Plain
from engine.model.period import read_day
from engine.model.subject import Record, RecordStatus, Subject
from engine.reading.inputs import ReadPlain
from engine.reading.key import invisible_in, is_plain_key, read_key
from engine.reading.subject import MODEL_NAME, has_sound_digit, id_of_subject


class _NotPlain(Exception):
    """Something is not written in the plainest way, or is not sound."""


class _Record(Struct, forbid_unknown_fields=True):
    id: str
    category: str
    date: str
    until: str | UnsetType = UNSET
    source: str | UnsetType = UNSET
    status: RecordStatus | UnsetType = UNSET
    repaired_on: str | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class _Document(Struct, forbid_unknown_fields=True):
    id: str
    kind: SubjectKind
    model: str | list[str] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    attributes: dict[str, Any] | UnsetType = UNSET
    records: list[_Record] | UnsetType = UNSET
    members: list[str] | UnsetType = UNSET


Value = Callable[[Any], Plain]


class _Fields(Struct, frozen=True):
    """What a category's records may have: by field how its value is read, and whether it may lack."""

    values: tuple[tuple[str, Value, bool], ...]
    delivered: bool


def plain_reader(catalogue: Catalogue, policies: Collection[str]) -> ReadPlain:
    """What reads the plain documents of a catalogue; `policies` are the ids under which nobody may deliver evaluations."""
    decode = msgspec.json.Decoder(_Document, float_hook=Decimal).decode
    attributes = {
        kind: {name: _value(attribute.field) for name, attribute in catalogue.attributes.items() if kind in attribute.kinds}
        for kind in _KINDS
    }
    categories = {
        kind: {name: _fields(category) for name, category in catalogue.categories.items() if kind in category.kinds}
        for kind in _KINDS
    }

    def read(content: bytes) -> Subject | None:
        try:
            document = decode(content)
            if not _has_each_key_once(content, document):
                return None
            return _subject(document, attributes[document.kind], categories[document.kind], policies)
        except (_NotPlain, msgspec.MsgspecError, RecursionError, ValueError, ArithmeticError):
            return None

    return read


_KINDS: tuple[SubjectKind, ...] = ("organisation", "person", "park")


def _has_each_key_once(content: bytes, document: _Document) -> bool:
    """Whether surely no key stands twice in a text, of which the decoder takes the last without a word.

    But for blanks a key ends by `":`, which stands as often in the text as in what was read of it, written anew; in a text
    between quotation marks it does so too, where its own are written as `\\"`.
    """
    if b"\\" in content and b"\\u0022" in content:
        return False
    return _colons(content) == _colons(msgspec.json.encode(document))


def _colons(content: bytes) -> int:
    return content.translate(None, b" \t\r\n").count(b'":')


def _subject(
    document: _Document, known: Mapping[str, Value], categories: Mapping[str, _Fields], policies: Collection[str]
) -> Subject:  # fmt: skip
    name = id_of_subject(document.id)
    if name is None or not has_sound_digit(name, document.kind):
        raise _NotPlain
    attributes = {}
    for key, value in document.attributes.items() if document.attributes else ():
        attributes[key] = known[key](value) if key in known else _refuse()
    records = tuple([_record(record, categories, policies) for record in document.records or ()])
    if len({record.id for record in records}) < len(records):
        raise _NotPlain
    models = () if document.model is UNSET else _models(document.model)
    members = tuple([id_of_subject(member) or _refuse() for member in document.members or ()])
    if len(set(members)) < len(members):
        raise _NotPlain
    title = document.name.strip() or None if document.name else None
    return Subject(name, document.kind, models, title, attributes, records, members)


def _refuse() -> Any:
    raise _NotPlain


def _models(written: str | list[str]) -> tuple[str, ...]:
    names = tuple([_model(text) for text in ([written] if isinstance(written, str) else written)])
    if len(set(names)) < len(names):
        raise _NotPlain
    return names


@lru_cache(maxsize=1024)
def _model(written: str) -> str:
    name = read_key(written.strip())
    if not isinstance(name, str) or not MODEL_NAME.fullmatch(name):
        raise _NotPlain
    return name


def _record(record: _Record, categories: Mapping[str, _Fields], policies: Collection[str]) -> Record:
    allowed = categories.get(record.category)
    if allowed is None:
        raise _NotPlain
    name = record.id if is_plain_key(record.id) else _key(record.id)
    date = _day(record.date)
    until = None if record.until is UNSET else _day(record.until)
    repaired_on = None if record.repaired_on is UNSET else _day(record.repaired_on)
    status: RecordStatus = "valid" if record.status is UNSET else record.status
    if (
        (status == "repaired") != (repaired_on is not None)
        or (until is not None and until < date)
        or (repaired_on is not None and repaired_on < date)
    ):
        raise _NotPlain
    fields = _values(record.fields or {}, allowed)
    if allowed.delivered and fields.get("policy") in policies:
        raise _NotPlain
    source = None if record.source is UNSET else _text(record.source)
    return Record(name, record.category, date, fields, until, source, status, repaired_on)


def _key(written: str) -> str:
    name = read_key(written.strip())
    if not isinstance(name, str) or not name:
        raise _NotPlain
    return name


def _values(written: Mapping[str, Any], allowed: _Fields) -> dict[str, Plain]:
    """In the order of the catalogue."""
    values: dict[str, Plain] = {}
    for key, value, optional in allowed.values:
        if key in written:
            values[key] = value(written[key])
        elif not optional:
            raise _NotPlain
    if len(values) < len(written):
        raise _NotPlain
    return values


def _fields(category: Category) -> _Fields:
    values = tuple((key, _value(field), field.optional) for key, field in category.fields.items())
    return _Fields(values, category.derived and category.id != PREVIOUS)


def _value(field: Field) -> Value:
    """What reads a value of a field's type within its bounds."""
    match field.type:
        case "boolean":
            return _boolean
        case "date":
            return _day
        case "text":
            return _listed(frozenset(text for text in field.one_of if _is_plain(text))) if field.one_of else _text
        case _:
            return _number(field)


def _boolean(value: Any) -> bool:
    if value is True or value is False:
        return value
    raise _NotPlain


def _day(value: Any) -> int:
    day = _ordinal(value) if type(value) is str else None
    if day is None:
        raise _NotPlain
    return day


@lru_cache(maxsize=65536)  # a population shares a few thousand days
def _ordinal(text: str) -> int | None:
    return read_day(text)


def _text(value: Any) -> str:
    text = _stripped(value) if type(value) is str and len(value) < 100 else None
    if text is None:
        raise _NotPlain
    return text


@lru_cache(maxsize=65536)  # sources and what is written in fields come again
def _stripped(value: str) -> str | None:
    """None where it is blank, or holds what nobody sees."""
    text = value.strip()
    return text if text and _is_plain(text) else None


def _is_plain(text: str) -> bool:
    return not invisible_in(text)


def _listed(known: Collection[str]) -> Value:
    def read(value: Any) -> str:
        if type(value) is str and value in known:
            return value
        raise _NotPlain

    return read


def _number(field: Field) -> Value:
    whole = field.type == "integer"
    least = -number.LIMIT if field.at_least is None else max(field.at_least, -number.LIMIT)
    most = number.LIMIT if field.at_most is None else min(field.at_most, number.LIMIT)

    def read(value: Any) -> int:
        if type(value) is int:
            count = value * number.ONE
        elif type(value) is Decimal:
            count = number.count_of(value)
            if whole and count % number.ONE:
                raise _NotPlain
        else:
            raise _NotPlain
        if least <= count <= most:
            return count
        raise _NotPlain

    return read
