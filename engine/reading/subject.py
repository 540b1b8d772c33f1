"""A subject document's tree to a Subject: everything in it is what the catalogue allows, or it is refused as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from engine.model import number, period
from engine.model.catalogue import KINDS, NUMERIC, PREVIOUS, Catalogue, Category, Field, FieldType
from engine.model.condition import Plain
from engine.model.identifier import REGISTRARS, credit_code_digit, resident_id_digit
from engine.model.names import Titled, nearest_names
from engine.model.problem import Path, Problem, SubjectError
from engine.model.subject import STATUSES, Record, Subject
from engine.reading.document import Tree
from engine.reading.key import KeyRefused, invisible_in, meant_code, read_key, read_subject_key
from engine.reading.listed_word import as_word

_KEYS = ("id", "kind", "model", "name", "attributes", "records", "members")
_RECORD_KEYS = ("id", "category", "date", "until", "source", "status", "repaired_on", "fields")
MODEL_NAME = re.compile(r"[^/\s]+/[^/\s]+")


def read_subject(tree: Tree, catalogue: Catalogue, policies: Collection[str], check_id: bool = True) -> Subject:
    """The subject of a document; SubjectError with every problem and its path.

    `policies` are the ids of the loaded ones, under which nobody else may deliver evaluations. Only cases, whose
    subjects are made up, do without the check digit.
    """
    reader = _Reader(catalogue, policies)
    subject = reader.subject(tree, check_id)
    if reader.problems or subject is None:
        raise SubjectError(_told(reader.problems))
    return subject


def problems_of_subject(tree: Tree, catalogue: Catalogue, policies: Collection[str]) -> list[Problem]:
    """What is wrong with a row that is read as a document."""
    reader = _Reader(catalogue, policies, of_table=True)
    reader.subject(tree, True)
    return _told(reader.problems)


def problems_of_record(tree: Tree, catalogue: Catalogue, policies: Collection[str]) -> list[Problem]:
    """What is wrong with a row that is read as a record, whatever kind of subject has it."""
    reader = _Reader(catalogue, policies, of_table=True)
    reader.record(tree, ())
    return _told(reader.problems)


def models_named(tree: Tree) -> tuple[str, ...]:
    """The models that a document names, as far as they can be read."""
    model = tree.get("model") if isinstance(tree, dict) else None
    many = model if isinstance(model, list) else [model]
    keys = [read_key(name) for name in many if isinstance(name, str)]
    return tuple(dict.fromkeys(name for name in keys if isinstance(name, str) and MODEL_NAME.fullmatch(name)))


def id_named(tree: Tree) -> str | None:
    """The id of a document, as far as it can be read; blanks at its ends say nothing, as in a cell."""
    written = tree.get("id") if isinstance(tree, dict) else None
    if not isinstance(written, str) or is_blank(written):
        return None
    name = read_subject_key(written)
    return written.strip() if isinstance(name, KeyRefused) else name


def is_blank(value: object) -> bool:
    """Whether a value is a text without anything in it, which says as little as no value."""
    return isinstance(value, str) and not value.strip()


def has_sound_digit(name: str, kind: str) -> bool:
    """Whether a unified social credit code or resident id of 18 characters is sound; other identifiers have no rule."""
    if len(name) != 18 or not name.isascii() or not name[:17].isalnum():
        return True
    if kind == "person":
        if not name[:17].isdigit():
            return True
        born = period.read_day(f"{name[6:10]}-{name[10:12]}-{name[12:14]}")
        return born is not None and resident_id_digit(name) == name[-1]
    is_code = name[0] in REGISTRARS and name[1:8].isdigit()
    return not is_code or credit_code_digit(name) == name[-1]


def id_of_subject(written: str) -> str | None:
    """The id that a text is without a doubt; None where there is one, or it is blank."""
    if is_blank(written):
        return None
    name = read_subject_key(written.strip())
    return None if isinstance(name, KeyRefused) else name


def _told(problems: list[Problem]) -> list[Problem]:
    """The problems of a document that are told."""
    if not problems:
        return []
    from engine.reading.consequences import without_needed  # for who made a mistake

    return without_needed(problems)


def _near(name: str, known: Collection[str], titles: Iterable[Titled] = ()) -> tuple[str, ...]:
    """The known names for one of which a name that is not known may be meant."""
    from engine.reading.schema_words import document_titles  # for who made a mistake

    return nearest_names(name, known, [*titles, *document_titles()])


class _Reader:
    """Collects the problems of one document."""

    def __init__(self, catalogue: Catalogue, policies: Collection[str], of_table: bool = False) -> None:
        self.catalogue = catalogue
        self.policies = policies
        self.of_table = of_table  # whose texts have no quotes
        self.kind = ""
        self.problems: list[Problem] = []

    def refuse(self, code: str, path: Path, near: tuple[str, ...] = (), **values: object) -> None:
        self.problems.append(Problem(code, path, values, near=near))

    def unknown(self, what: str, name: str, path: Path, known: Collection[str]) -> None:
        near = self.near(name, known)
        self.refuse(
            "unknown_name",
            path,
            near,
            what=what,
            name=name,
            known=[] if near else [*list(known)[:12], *(["…"] if len(known) > 12 else [])],
        )

    def near(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """The known names for one of which a name that is not known may be meant, by what the catalogue calls them too."""
        from engine.reading.file_titles import catalogue_titles

        return _near(name, known, catalogue_titles(self.catalogue))

    def no_day(self, tree: Tree, path: Path) -> None:
        from engine.reading.miswritten import meant_day

        self.refuse("not_a_date", path, meant_day(tree), value=tree)

    def mapping(self, tree: Tree, path: Path, known: Collection[str]) -> Mapping[str, Tree]:
        """A mapping with none but the known keys."""
        if not isinstance(tree, dict):
            self.mistyped(tree, "object", path)
            return {}
        for key in tree:
            if key not in known:
                near = self.near(key, known)
                self.refuse("unknown_key", (*path, key), near, key=key, known=[] if near else list(known))
        return tree

    def text(self, tree: Mapping[str, Tree], key: str, path: Path, needed: bool = True) -> str | None:
        """A text without blanks around it; nothing where it is blank."""
        value = tree.get(key, "")
        if is_blank(value):
            if needed:
                self.refuse("missing_key", path, key=key)
            return None
        if isinstance(value, str):
            return value.strip()
        self.mistyped(value, "string", (*path, key))
        return None

    def key(
        self, tree: Mapping[str, Tree], key: str, path: Path, needed: bool = True,
        read: Callable[[str], str | KeyRefused] = read_key,
    ) -> str | None:  # fmt: skip
        """A text that names something."""
        written = self.text(tree, key, path, needed)
        return None if written is None else self.named(written, (*path, key), read)

    def named(self, written: str, path: Path, read: Callable[[str], str | KeyRefused]) -> str | None:
        """What a text names."""
        name = read(written)
        if not isinstance(name, KeyRefused):
            return name
        self.refuse(name.code, path, name.near, **name.values)
        return None

    def one_of(self, tree: Mapping[str, Tree], key: str, path: Path, known: Collection[str], default: str) -> str:
        value = self.key(tree, key, path, needed=not default)
        if value is None:
            return default
        if value not in known:
            self.refuse("not_listed", (*path, key), _near(value, known), value=value, known=list(known))
        return value

    def day(self, tree: Mapping[str, Tree], key: str, path: Path) -> int | None:
        day = period.read_day(tree[key])
        if day is None:
            self.no_day(tree[key], (*path, key))
        return day

    def items(self, tree: Mapping[str, Tree], key: str) -> list[Tree]:
        value = tree.get(key, [])
        if isinstance(value, list):
            return value
        self.refuse("wrong_type", (key,), expected=["array"], found=_type(value))
        return []

    def subject(self, tree: Tree, check_id: bool) -> Subject | None:
        top = self.mapping(tree, (), _KEYS)
        if not isinstance(tree, dict):
            return None
        name = self.key(top, "id", (), read=read_subject_key if check_id else read_key)
        self.kind = self.one_of(top, "kind", (), KINDS, "")
        if name and check_id:
            self.check_digit(name)
        models = self.models(top)
        attributes = self.attributes(top.get("attributes", {}))
        records: list[Record] = []
        seen: dict[str, int] = {}
        for index, record_tree in enumerate(self.items(top, "records")):
            record = self.record(record_tree, ("records", index))
            if record is None:
                continue
            if record.id in seen:
                self.refuse("record_twice", ("records", index, "id"), id=record.id, first=seen[record.id] + 1)
            seen.setdefault(record.id, index)
            records.append(record)
        members = self.members(top)
        title = self.text(top, "name", (), needed=False)
        return Subject(name or "", as_word(self.kind, KINDS), models, title, attributes, tuple(records), members)

    def check_digit(self, name: str) -> None:
        if not has_sound_digit(name, self.kind):
            what = "person" if self.kind == "person" else "organisation"
            self.refuse(f"check_digit_{what}", ("id",), meant_code(name), id=name)

    def models(self, top: Mapping[str, Tree]) -> tuple[str, ...]:
        if "model" not in top:
            return ()
        value = top["model"]
        many = value if isinstance(value, list) else [value]
        names: list[str] = []
        for index, name_tree in enumerate(many):
            at: Path = ("model", index) if isinstance(value, list) else ("model",)
            if is_blank(name_tree) and name_tree is value:
                continue
            name = self.named(name_tree, at, read_key) if isinstance(name_tree, str) else str(name_tree)
            if name is None:
                continue
            if not isinstance(name_tree, str) or not MODEL_NAME.fullmatch(name):
                self.refuse("model_name", at, value=name_tree)
            elif name in names:
                self.refuse("twice_in_list", at)
            else:
                names.append(name)
        return tuple(names)

    def members(self, top: Mapping[str, Tree]) -> tuple[str, ...]:
        names: list[str] = []
        for index, member in enumerate(self.items(top, "members")):
            if not isinstance(member, str) or is_blank(member):
                self.refuse("wrong_type", ("members", index), expected=["string"], found=_type(member))
                continue
            name = self.named(member, ("members", index), read_subject_key)
            if name in names:
                self.refuse("twice_in_list", ("members", index))
            elif name is not None:
                names.append(name)
        return tuple(names)

    def allowed(self, kinds: Collection[str], name: str, path: Path) -> None:
        if self.kind in KINDS and self.kind not in kinds:
            self.refuse("kind_not_allowed", path, name=name, kind=self.kind, kinds=list(kinds))

    def attributes(self, tree: Tree) -> dict[str, Plain]:
        known = self.catalogue.attributes
        values: dict[str, Plain] = {}
        if not isinstance(tree, dict):
            self.refuse("wrong_type", ("attributes",), expected=["object"], found=_type(tree))
            return values
        for name, value in tree.items():
            at: Path = ("attributes", name)
            if name not in known:
                self.unknown("attribute", name, at, known)
                continue
            if is_blank(value):
                continue
            self.allowed(known[name].kinds, name, at)
            plain = self.value(value, known[name].field, at)
            if plain is not None:
                values[name] = plain
        return values

    def record(self, tree: Tree, path: Path) -> Record | None:
        before = len(self.problems)
        top = self.mapping(tree, path, _RECORD_KEYS)
        if not isinstance(tree, dict):
            return None
        top = {key: value for key, value in top.items() if not is_blank(value)}
        name, category = self.key(top, "id", path), self.key(top, "category", path)
        if "date" not in top:
            self.refuse("missing_key", path, key="date")
        days = {key: self.day(top, key, path) for key in ("date", "until", "repaired_on") if key in top}
        source = self.seen(self.text(top, "source", path, needed=False), (*path, "source"))
        status = self.one_of(top, "status", path, STATUSES, "valid")
        date, until, repaired_on = days.get("date"), days.get("until"), days.get("repaired_on")
        if (status == "repaired") != ("repaired_on" in top):
            self.refuse("repaired_on_needed" if status == "repaired" else "repaired_on_useless", path, status=status)
        for key, day in (("until", until), ("repaired_on", repaired_on)):
            if date is not None and day is not None and day < date:
                self.refuse("before_date", (*path, key), key=key)
        fields = self.fields(category, top.get("fields", {}), path)
        if len(self.problems) > before or name is None or category is None or date is None:
            return None
        return Record(name, category, date, fields, until, source, as_word(status, STATUSES), repaired_on)

    def fields(self, name: str | None, tree: Tree, path: Path) -> dict[str, Plain]:
        if name is None:
            return {}
        category = self.catalogue.categories.get(name)
        if category is None:
            self.unknown("category", name, (*path, "category"), self.catalogue.categories)
            return {}
        self.allowed(category.kinds, name, (*path, "category"))
        at = (*path, "fields")
        fields = self.mapping(tree, at, category.fields)
        values: dict[str, Plain] = {}
        for key, field in category.fields.items():
            if key in fields and not is_blank(fields[key]):
                value = self.value(fields[key], field, (*at, key))
                if value is not None:
                    values[key] = value
            elif not field.optional:
                self.refuse("field_missing", at, key=key, title=field.title)
        self.delivered(category, values, at)
        return values

    def delivered(self, category: Category, fields: Mapping[str, Plain], path: Path) -> None:
        """An evaluation made elsewhere comes under a policy id of its own."""
        if category.derived and category.id != PREVIOUS and fields.get("policy") in self.policies:
            self.refuse("evaluation_delivered", (*path, "policy"), policy=fields["policy"], category=category.id)

    def value(self, tree: Tree, field: Field, path: Path) -> Plain | None:
        """A typed value within the field's bounds; None after a problem."""
        return _READERS[field.type](self, tree, field, path)

    def _number(self, tree: Tree, field: Field, path: Path) -> Plain | None:
        if isinstance(tree, bool) or not isinstance(tree, (int, Decimal)):
            self._type(tree, field, path)
            return None
        try:
            value = number.count_of(tree)
        except number.NotANumber as refused:
            self.refuse(refused.code, path, number=str(tree)[:40])
            return None
        if field.type == "integer" and value % number.ONE:
            self.refuse("not_whole", path, value=tree)
        elif field.at_least is not None and value < field.at_least:
            self.refuse("too_small", path, value=tree, bound=number.shortest(field.at_least))
        elif field.at_most is not None and value > field.at_most:
            self.refuse("too_great", path, value=tree, bound=number.shortest(field.at_most))
        else:
            return value
        return None

    def _text(self, tree: Tree, field: Field, path: Path) -> Plain | None:
        if not isinstance(tree, str):
            self._type(tree, field, path)
            return None
        text = tree.strip()
        if field.one_of and text not in field.one_of:
            near = _near(text, field.one_of, field.labels.items())
            self.refuse("not_listed", path, near, value=text, known=list(field.one_of))
            return None
        return self.seen(text, path)

    def seen(self, text: str | None, path: Path) -> str | None:
        """A text that tests compare, without characters that nobody sees."""
        if unseen := invisible_in(text or ""):
            self.refuse("text_invisible", path, characters=unseen)
            return None
        return text

    def _boolean(self, tree: Tree, field: Field, path: Path) -> Plain | None:
        if isinstance(tree, bool):
            return tree
        self._type(tree, field, path)
        return None

    def _date(self, tree: Tree, field: Field, path: Path) -> Plain | None:
        day = period.read_day(tree)
        if day is None:
            self.no_day(tree, path)
        return day

    def _type(self, tree: Tree, field: Field, path: Path) -> None:
        self.mistyped(tree, field.type, path)

    def mistyped(self, tree: Tree, expected: str, path: Path) -> None:
        """A value of another type than is expected, with how it is written where that can be told."""
        from engine.reading.miswritten import miswritten_number  # this too for who made a mistake
        from engine.reading.truth_words import meant_truth

        miswritten = miswritten_number(tree) if isinstance(tree, str) and expected in NUMERIC else None
        if miswritten:
            self.refuse(miswritten.code, path, **miswritten.values)
        elif not self.of_table and expected in ("string", "text") and isinstance(tree, (bool, int, Decimal)):
            self.refuse("text_unquoted", path, value=str(tree).lower())
        else:
            near = meant_truth(tree) if expected == "boolean" else ()
            written = {"value": tree} if isinstance(tree, str) else {}
            self.refuse("wrong_type", path, near, expected=[expected], found=_type(tree), **written)


_READERS: Mapping[FieldType, Callable[[_Reader, Tree, Field, Path], Plain | None]] = {
    "integer": _Reader._number, "number": _Reader._number, "text": _Reader._text,
    "boolean": _Reader._boolean, "date": _Reader._date,
}  # fmt: skip


def _type(tree: Tree) -> str:
    from engine.reading.schema_validation import json_type  # only where something is wrong

    return json_type(tree)
