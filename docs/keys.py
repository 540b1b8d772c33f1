"""Writes the tables of keys in docs/language.md from the JSON Schemas; `--check` exits 1 where they are stale."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "language.md"
MARKED = re.compile(r"(?P<begin><!-- keys: (?P<schema>[a-z]+)(?P<at> [^ ]+)? -->\n).*?(?P<end><!-- end keys -->)", re.DOTALL)

Schema = Mapping[str, Any]

NAMED = {
    "amount": "数或参数", "points": "数或参数，或评定的区间", "bound": "数、日期、等级等，或参数、事实", "value": "值，或参数、事实",
    "each": "数或参数，或事实到分的键值表", "condition": "条件", "where": "条件", "test": "检验", "record_test": "检验",
    "basis": "依据", "basis_item": "依据",
}  # fmt: skip
"""What the definitions are called that have no table of their own."""

TYPES = {"string": "文本", "number": "数", "integer": "整数", "boolean": "true 或 false", "null": "null"}
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NAME = "^[a-z]"


def schema(name: str) -> Schema:
    """NAME.schema.json."""
    return json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def find(whole: Schema, at: str) -> Schema:
    """The object at an address such as `fact`, `effective`, `model.decisions[]` or `parameters.*`; empty for the whole.

    `[]` is an item of a list, `*` an entry of a mapping; the first name is a key of the file or else a definition.
    """
    found: Schema = whole
    for part in re.findall(r"[a-z_]+|\*|\[\]", at):
        found = resolve(whole, found)
        if part == "[]":
            found = found["items"]
        elif part == "*":
            found = found["additionalProperties"]
        elif part in found.get("properties", {}):
            found = found["properties"][part]
        else:
            found = whole["$defs"][part]
    return resolve(whole, found)


def resolve(whole: Schema, given: Schema) -> Schema:
    """What a `$ref` names; of alternatives the mapping."""
    if "$ref" in given:
        given = whole["$defs"][given["$ref"].rsplit("/", 1)[1]]
    if "properties" not in given and "anyOf" in given:
        return next((one for one in given["anyOf"] if "properties" in one), given)
    return given


def table(name: str, at: str) -> str:
    """The keys of one object: name, type and the Chinese half of the description."""
    whole = schema(name)
    found = find(whole, at)
    rows = ["| 键 | 类型 | 含义 |", "| --- | --- | --- |"]
    for key, one in found["properties"].items():
        needed = "，必写" if key in (*found.get("required", ()), *found.get("else", {}).get("required", ())) else ""
        rows.append(f"| `{key}` | {_type(whole, one)}{needed} | {_chinese(one)} |")
    return "".join(f"{row}\n" for row in rows)


def _chinese(one: Schema) -> str:
    return str(one["description"]).split(" / ")[0].replace("|", "\\|")


def _type(whole: Schema, one: Schema) -> str:
    if "$ref" in one:
        name = one["$ref"].rsplit("/", 1)[1]
        return NAMED.get(name) or _type(whole, whole["$defs"][name])
    if "anyOf" in one:
        return " 或 ".join(dict.fromkeys(_type(whole, part) for part in one["anyOf"]))
    if "enum" in one:
        return " ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{json.dumps(one['const'])}`".replace('"', "")
    kind = one.get("type")
    match kind:
        case "array":
            return f"列表：{_type(whole, one['items'])}"
        case "object":
            return "键值表"
        case list():
            return "、".join(TYPES[part] for part in kind)
        case "string" if one.get("pattern") == DAY or one.get("format") == "date":
            return "日期"
        case "string" if "\\." in one.get("pattern", ""):
            return "类别.字段"
        case "string" if one.get("pattern", "").startswith(NAME):
            return "政策/模型" if "/" in one["pattern"] else "名称"
    return TYPES[str(kind)]


def objects(name: str) -> Iterator[str]:
    """The address of every object with keys in a schema, each once; those inside alternatives aside."""
    whole = schema(name)
    yield ""
    yield from _inside(whole, "")
    for part, one in whole.get("$defs", {}).items():
        if "properties" in one and not part.startswith("is_"):
            yield part
            yield from _inside(one, part)


def _inside(one: Schema, at: str) -> Iterator[str]:
    below = [(f"{at}.{key}" if at else key, part) for key, part in one.get("properties", {}).items()]
    if isinstance(one.get("additionalProperties"), Mapping):
        below.append((f"{at}.*", one["additionalProperties"]))
    if "items" in one:
        below.append((f"{at}[]", one["items"]))
    for where, part in below:
        if "$ref" not in part:
            if "properties" in part:
                yield where
            yield from _inside(part, where)


def marked(text: str) -> Iterator[tuple[str, str]]:
    """The schema and address of every table in a page."""
    for found in MARKED.finditer(text):
        yield found["schema"], (found["at"] or "").strip()


def rewritten(text: str) -> str:
    """The page with its tables made anew."""
    return MARKED.sub(lambda m: f"{m['begin']}\n{table(m['schema'], (m['at'] or '').strip())}\n{m['end']}", text)


def main(arguments: list[str]) -> int:
    text = PAGE.read_text(encoding="utf-8")
    fresh = rewritten(text)
    if arguments == ["--check"]:
        if fresh != text:
            print(f"{PAGE.relative_to(ROOT)} is stale: run python docs/keys.py", file=sys.stderr)
        return int(fresh != text)
    if arguments:
        print("usage: python docs/keys.py [--check]", file=sys.stderr)
        return 2
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
