"""The shape of a file, held against its JSON Schema in schema/; every difference is a problem with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from engine.model.names import nearest_names
from engine.model.problem import Path, Problem
from engine.reading.document import SourceFile
from engine.reading.resources import resource_folder
from engine.reading.truth_words import meant_truth

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

Schema = Mapping[str, object]


@cache
def schema(name: str) -> Schema:
    """The JSON Schema NAME.schema.json."""
    text = (resource_folder("schema") / f"{name}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


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


def shape_problems(source: SourceFile, name: str) -> list[Problem]:
    """Every difference between a file and a schema, in the file's order, one for each place."""
    problems = [problem for error in _validator(name).iter_errors(source.tree) for problem in _translate(source, error)]
    misspelt = {(problem.path[:-1], near) for problem in problems if problem.code == "unknown_key" for near in problem.near}
    unique = {
        (problem.path, problem.code): problem
        for problem in problems
        if problem.code != "choose_one" or not any((problem.path, key) in misspelt for key in _keys(problem))
    }
    return sorted(unique.values(), key=lambda p: (p.place.line, p.place.column) if p.place else (0, 0))


def _keys(problem: Problem) -> list[str]:
    keys = problem.values.get("keys")
    return keys if isinstance(keys, list) else []


def _translate(source: SourceFile, error: ValidationError, base: Path = ()) -> Iterator[Problem]:
    """One error of jsonschema as problems, those inside alternatives included."""
    path = (*base, *error.relative_path) if base or error.parent is None else tuple(error.absolute_path)
    rule: Any = error.validator_value
    instance: Any = error.instance
    if "propertyNames" in error.absolute_schema_path:
        known = list(rule) if error.validator == "enum" else []
        code = "unknown_key" if known else "too_few" if error.validator == "minLength" else _PATTERNS.get(rule, "bad_pattern")
        near = nearest_names(str(instance), known)
        yield source.problem(
            code, (*path, str(instance)), True, near=near, key=instance, known=known, value=instance, pattern=rule
        )
        return
    match str(error.validator):
        case "additionalProperties" | "unevaluatedProperties":
            known = list(_properties(error.schema))
            for key in instance:
                if key not in known:
                    near = nearest_names(key, known)
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
            types = [rule] if isinstance(rule, str) else list(rule)
            near = meant_truth(instance) if "boolean" in types else ()
            yield source.problem("wrong_type", path, near=near, expected=types, found=json_type(instance))
        case "enum" | "const":
            values = [str(value) for value in (rule if error.validator == "enum" else [rule])]
            yield source.problem("not_listed", path, near=nearest_names(str(instance), values), value=instance, known=values)
        case "pattern":
            yield source.problem(_PATTERNS.get(rule, "bad_pattern"), path, value=instance, key=instance, pattern=rule)
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
    yield source.problem("wrong_type", path, expected=expected, found=type_name)


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
