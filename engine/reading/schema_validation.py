"""The shape of a file, held against its JSON Schema in schema/; every difference is a problem with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from engine.model.names import Titled, ids_titled, nearest_names
from engine.model.problem import Path, Problem
from engine.reading.consequences import without_consequences
from engine.reading.document import SourceFile, Tree
from engine.reading.file_titles import titles_in
from engine.reading.load_context import HOMES, of_home
from engine.reading.miswritten import article, meant_day, meant_mapping, meant_window, miswritten_number
from engine.reading.schema_words import key_titles, schema, word_titles
from engine.reading.truth_words import meant_truth

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError


class Elsewhere(Struct, frozen=True):
    """What other files of the library give titles to, asked only where something is wrong, and where those files lie."""

    titles: Callable[[], Iterable[Titled]] = tuple
    files: Mapping[str, str] = {}


ALONE = Elsewhere()
"""Of a file that refers to no other."""


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # 135 ms, and only where a file changed
    from jsonschema.validators import extend

    strict: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return strict(schema(name))


def _pattern(_: object, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:
    """As JSON Schema has it, where `$` is the end alone; Python's is also before a line feed at the end."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def shape_problems(source: SourceFile, name: str, elsewhere: Elsewhere = ALONE) -> list[Problem]:
    """Every difference between a file and a schema, in the file's order; one for each mistake that a hand may have made."""
    problems = [problem for error in _validator(name).iter_errors(source.tree) for problem in _translate(source, error)]
    if not problems:
        return []
    return without_consequences(source, name, [_with_titles(source, problem, name, elsewhere) for problem in problems])


def has_required(tree: Tree, name: str) -> bool:
    """Whether a file has the keys that its schema requires at the top."""
    required: Any = schema(name).get("required", ())
    return isinstance(tree, dict) and all(key in tree for key in required)


def _with_titles(source: SourceFile, problem: Problem, name: str, elsewhere: Elsewhere) -> Problem:
    """With the ids that are meant where a title, or an article, stands where an id belongs."""
    value = problem.values.get("value")
    if problem.code not in ("bad_id", "field_needed") or not isinstance(value, (str, int)):
        return problem
    if problem.path[-1:] == (value,) and problem.path[-2:-1] not in _REFERRING and name != "cases":
        return problem  # it is itself what gets a name
    value = str(value)
    key = next((part for part in reversed(problem.path) if isinstance(part, str)), "")
    what = _OF_CATALOGUE.get(key)
    both = [list(elsewhere.titles()), list(titles_in(source.tree))]
    near = next((ids for titles in (both if what else reversed(both)) if (ids := _ids(value, titles, problem.code))), ())
    basis = source.tree.get("basis") if isinstance(source.tree, dict) else None
    if not near and "basis" in problem.path and isinstance(basis, dict):
        near = tuple(filter(None, (article(value, basis),)))
    home = elsewhere.files.get(HOMES.get(what or "", ""))
    if what and home and not near and problem.code == "bad_id" and "." not in value:
        return replace(problem, code="unknown_name", values={"what": what, "name": value, "known": [], **of_home(home)})
    return replace(problem, near=near)


_OF_CATALOGUE = {
    "count": "category", "exists": "category", "days_since": "category", "category": "category", "feeds": "derived",
    "sum": "category", "max": "category", "min": "category", "mean": "category", "latest": "category",
    "attribute": "attribute", "years_since": "attribute", "days_until": "attribute", "weighted_by": "field",
    "item": "item", "scale": "scale",
}  # fmt: skip
"""What is named after a key, where it is a thing of the common files."""

_REFERRING = (("when",), ("where",), ("only_when",), ("not",), ("each",))
"""Under what keys of a policy the keys name something."""


def _ids(value: str, titles: list[Titled], code: str) -> tuple[str, ...]:
    """The ids of a title, of two joined by a point, or of a model that stands with its policy."""
    _, slash, model = value.partition("/")
    if slash:
        return (model,) if re.fullmatch(_ID, model) else ids_titled(model, titles)
    if "." not in value:
        return ids_titled(value, titles)
    names = [(part,) if re.fullmatch(_ID, part) else ids_titled(part, titles) for part in value.split(".")]
    if not all(names):
        return ()
    meant = ".".join(first[0] for first in names) if code == "field_needed" else names[0][0]
    return () if meant == value else (meant,)


def _translate(source: SourceFile, error: ValidationError, base: Path = ()) -> Iterator[Problem]:
    """One error of jsonschema as problems, those inside alternatives included."""
    path = (*base, *error.relative_path) if base or error.parent is None else tuple(error.absolute_path)
    rule: Any = error.validator_value
    instance: Any = error.instance
    around: Any = error.schema
    if "propertyNames" in error.absolute_schema_path:
        known = list(rule) if error.validator == "enum" else []
        code = "unknown_key" if known else "too_few" if error.validator == "minLength" else _PATTERNS.get(rule, "bad_pattern")
        near = nearest_names(str(instance), known, word_titles())
        yield source.problem(
            code, (*path, str(instance)), True, near=near, key=instance, known=known, value=instance, pattern=rule
        )
        return
    match str(error.validator):
        case "additionalProperties" | "unevaluatedProperties":
            known = list(_properties(error.schema))
            for key in instance:
                if key not in known:
                    near = nearest_names(key, known, key_titles(around.get("properties")))
                    yield source.problem("unknown_key", (*path, key), True, near=near, key=key, known=[] if near else known)
        case "required":
            for key in rule:
                if key not in instance:
                    yield source.problem("missing_key", path, True, key=key)
        case "dependentRequired":
            for key, needed in rule.items():
                for other in needed:
                    if key in instance and other not in instance and other == "if_missing":
                        yield source.problem("if_missing_needed", path, True)
                    elif key in instance and other not in instance:
                        yield source.problem("missing_beside", (*path, key), True, key=other, beside=key)
        case "type":
            yield wrong_type(source, path, [rule] if isinstance(rule, str) else list(rule), instance, around)
        case "enum" | "const":
            values = [str(value) for value in (rule if error.validator == "enum" else [rule])]
            near = nearest_names(str(instance), values, word_titles())
            yield source.problem("not_listed", path, near=near, value=instance, known=values)
        case "pattern":
            code = _PATTERNS.get(rule, "bad_pattern")
            yield source.problem(code, path, near=_meant(code, instance), value=instance, key=instance, pattern=rule)
        case "minProperties" | "minItems" | "minLength":
            yield source.problem("too_few", path, at_key=True)
        case "minimum" | "exclusiveMinimum":
            yield source.problem("too_small", path, value=instance, bound=rule)
        case "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties":
            yield source.problem("too_great", path, value=instance, bound=rule)
        case "uniqueItems":
            yield source.problem("twice_in_list", path)
        case "oneOf" | "anyOf":
            yield from _alternatives(source, error, path)
        case "not":
            keys = rule.get("required", []) if isinstance(rule, Mapping) else []
            yield source.problem("not_together", path, True, keys=list(keys))
        case _:
            yield source.problem("shape", path, what=error.message)


def wrong_type(
    source: SourceFile, path: Path, expected: list[str], value: object, rule: Mapping[str, object] | None = None
) -> Problem:
    """A value of another type than is expected: what is wrong with it and how it is written, where that can be told."""
    code = _PATTERNS.get(str((rule or {}).get("pattern")))
    if code and not isinstance(value, (dict, list)):
        return source.problem(code, path, near=_meant(code, value), value=value, key=value)
    if isinstance(value, str) and not {"number", "integer"}.isdisjoint(expected):
        if miswritten := miswritten_number(value):
            return source.problem(miswritten.code, path, **miswritten.values)
    if {"string", "text"} & set(expected) and isinstance(value, (bool, int, Decimal)):
        return source.problem("text_unquoted", path, value=source.literal(path) or str(value).lower())
    form = meant_mapping(value, rule or {}) if "object" in expected else None
    if form:
        return source.problem("mapping_needed", path, key=str(path[-1]) if path else "", value=value, meant=form)
    near = meant_truth(value) if "boolean" in expected else ()
    return source.problem("wrong_type", path, near=near, expected=expected, found=json_type(value))


def _meant(code: str, value: object) -> tuple[str, ...]:
    """What is likely meant by a value that has not the form that its pattern asks for."""
    return meant_window(value) if code == "window" else meant_day(value) if code == "not_a_date" else ()


_ID = r"[a-z][a-z0-9_-]*"

_PATTERNS = {
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "not_a_date",
    r"^([1-9][0-9]* (days|months|years)|1 (day|month|year))$": "window",
    r"^[a-z][a-z0-9_-]*$": "bad_id",
    r"^([a-z][a-z0-9_-]*|previous\.(level|score))$": "bad_id",
    r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_-]*$": "field_needed",
}
"""What is wrong with a text that does not match a pattern of the schemas, for people who do not read patterns."""


def _alternatives(source: SourceFile, error: ValidationError, path: Path) -> Iterator[Problem]:
    """Branches of required keys alone are a choice of keys; others are told apart by the type of what was given."""
    rule: Any = error.validator_value
    branches = [branch for branch in rule if isinstance(branch, Mapping)]
    if all(set(branch) <= {"required", "not"} for branch in branches):
        choices = [list(branch.get("required", [])) for branch in branches]
        keys = list(dict.fromkeys(key for choice in choices for key in choice))
        mapping = error.instance if isinstance(error.instance, Mapping) else {}
        met = [choice for choice in choices if all(key in mapping for key in choice)]
        written = [key for key in keys if key in mapping]
        if met:
            yield source.problem("only_one", (*path, written[-1]), True, keys=keys, written=written)
        else:
            yield source.problem("choose_one", path, True, keys=[" + ".join(choice) for choice in choices])
        return
    type_name = json_type(error.instance)
    for index, branch in enumerate(branches):
        types = branch.get("type", type_name if "$ref" in branch else None)
        if type_name in _as_types(types):
            for inner in error.context or ():
                if inner.schema_path[0] == index:
                    yield from _translate(source, inner, path)
            return
    expected = [name for branch in branches for name in _as_types(branch.get("type"))]
    patterns = [branch for branch in branches if "pattern" in branch]
    yield wrong_type(source, path, expected, error.instance, patterns[0] if len(patterns) == 1 else None)


def _as_types(types: object) -> list[str]:
    names = [types] if isinstance(types, str) else list(types) if isinstance(types, list) else []
    return [*names, "integer"] if "number" in names else names


def _properties(schema: Any) -> Iterator[str]:
    properties = schema.get("properties")
    yield from properties if isinstance(properties, Mapping) else ()


def json_type(value: object) -> str:
    """The JSON type of a value, integers apart from other numbers."""
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case str():
            return "string"
        case Mapping():
            return "object"
        case list():
            return "array"
        case None:
            return "null"
        case _:
            return "number"
