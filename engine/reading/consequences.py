"""One mistake, one problem: what only follows from another problem is left out, and a name that is nowhere is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from engine.model.problem import Path, Problem, identity
from engine.reading.document import SourceFile
from engine.reading.schema_words import all_keys

_NEEDED = ("missing_key", "field_missing", "choose_one", "missing_beside", "if_missing_needed")
"""What is said of a mapping that lacks a key."""

_SAME = {"name": "fact"}
"""What names in conditions are, where they are not results."""


def without_consequences(source: SourceFile, schema_name: str, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file's shape in its order, each once, without those that only follow from others."""
    unique = list({identity(problem): problem for problem in problems}.values())
    placed = _of_misplaced(source, _of_keys(unique))
    return _in_order(_of_misspelt(placed, all_keys(schema_name)))


def without_needed(problems: list[Problem]) -> list[Problem]:
    """The problems of a document, without keys that are missing where another was likely meant for them."""
    if not any(problem.code == "unknown_key" for problem in problems):
        return problems
    return list(_of_misspelt(problems, all_keys("subject")))


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """By file and line, each once; a name that several places of a file use and nothing bears is told at the first."""
    unique = _in_order({identity(problem): problem for problem in problems}.values())
    first: dict[object, Problem] = {}
    for problem in unique:
        key = _unknown(problem)
        earlier = first.get(key)
        if earlier is None or earlier.place is None or problem.place is None:
            first[key] = problem
            continue
        lines = earlier.values.get("lines")
        more = [*(lines if isinstance(lines, list) else []), problem.place.line]
        first[key] = replace(earlier, values={**earlier.values, "lines": list(dict.fromkeys(more))})
    return list(first.values())


def _unknown(problem: Problem) -> object:
    """The same for all uses of a name that is nowhere in a file (in a model, where it is a fact)."""
    if problem.code != "unknown_name" or problem.place is None:
        return identity(problem)
    what = str(problem.values.get("what"))
    within = problem.path[:2] if problem.path[:1] == ("models",) and _SAME.get(what, what) in _OF_MODELS else ()
    return problem.place.file, within, _SAME.get(what, what), problem.values.get("name")


_OF_MODELS = ("fact", "veto", "measure", "alert", "indicator")


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column) if p.place else ("", 0, 0))


def _of_misspelt(problems: list[Problem], words: frozenset[str]) -> Iterator[Problem]:
    """A key that is not known and one that is missing beside it are one: the one is meant for the other."""
    strays: dict[Path, list[Problem]] = {}
    for problem in problems:
        if problem.code == "unknown_key":
            strays.setdefault(problem.path[:-1], []).append(problem)
    meant: dict[int, Problem] = {}
    follows: set[int] = set()
    for problem in problems:
        keys, beside = _needed(problem), strays.get(_mapping(problem), [])
        if any(not _likely(meant[id(stray)]).isdisjoint(keys) for stray in beside if id(stray) in meant):
            follows.add(id(problem))
            continue
        stray = _stray_for(keys, [other for other in beside if id(other) not in meant], words) if keys else None
        if stray is None:
            continue
        near = [key for key in stray.near if key in keys]
        listed = near or keys
        meant[id(stray)] = replace(
            stray, near=tuple(listed if len(listed) <= 3 else ()), values={**stray.values, "known": listed}
        )
        follows.add(id(problem))
    yield from (meant.get(id(problem), problem) for problem in problems if id(problem) not in follows)


def _of_keys(problems: list[Problem]) -> list[Problem]:
    """What is under a key that cannot be one, or is not known, is not judged."""
    bad = {
        problem.path
        for problem in problems
        if problem.code in ("bad_id", "unknown_key") and problem.values.get("key") == problem.path[-1]
    }
    return [
        problem
        for problem in problems
        if problem.path not in bad or problem.values.get("key") == problem.path[-1]
        if not any(problem.path[:length] in bad for length in range(1, len(problem.path)))
    ]


def _stray_for(keys: list[str], strays: list[Problem], words: frozenset[str]) -> Problem | None:
    """The key among those that are not known which was likely meant for one of those needed."""
    for stray in strays:
        if not set(stray.near).isdisjoint(keys):
            return stray
    alone = [stray for stray in strays if not stray.near and stray.values.get("key") not in words]
    return alone[0] if len(strays) == len(alone) == 1 else None


def _likely(stray: Problem) -> frozenset[str]:
    """The keys for one of which a stray one was likely meant."""
    known = stray.values.get("known")
    return frozenset(stray.near or (known if isinstance(known, list) else ()))


def _needed(problem: Problem) -> list[str]:
    """The keys of which a mapping lacks one."""
    if problem.code not in _NEEDED:
        return []
    if problem.code == "if_missing_needed":
        return ["if_missing"]
    keys = problem.values.get("keys", [problem.values.get("key")])
    return [str(key).split(" + ")[0] for key in keys] if isinstance(keys, list) else []


def _mapping(problem: Problem) -> Path:
    return problem.path[:-1] if problem.code == "missing_beside" else problem.path


def _of_misplaced(source: SourceFile, problems: list[Problem]) -> list[Problem]:
    """What stands a level too far to the left, or under the heading below its own, is told as that alone."""
    misplaced: dict[Path, Problem] = {}
    for problem in problems:
        for path in (problem.path[:2], problem.path[:1]):
            if len(path) and path not in misplaced and (of_place := _misplaced(source, path, problem)):
                misplaced[path] = of_place
    inside = frozenset(misplaced)
    others = [problem for problem in problems if problem.path[:2] not in inside and problem.path[:1] not in inside]
    moved = {str(problem.values["key"]) for problem in misplaced.values()}
    return [*(problem for problem in others if moved.isdisjoint(_needed(problem))), *misplaced.values()]


def _misplaced(source: SourceFile, path: Path, problem: Problem) -> Problem | None:
    tree: Any = source.tree
    for part in path:
        tree = tree.get(part) if isinstance(tree, dict) else None
    match path:
        case ("attributes", str(key)) if isinstance(tree, dict) and not {"fields", "repair", "publicity"}.isdisjoint(tree):
            return source.problem("category_among_attributes", path, True, key=key)
        case ("models", str(key)) if key in _PARTS_OF_MODELS and not (isinstance(tree, dict) and "facts" in tree):
            return source.problem("key_too_far_left", path, True, key=key)
        case (str(key),) if key in _PARTS_OF_MODELS and problem.code == "unknown_key" and problem.path == path:
            return source.problem("key_too_far_left", path, True, key=key)
        case _:
            return None


_PARTS_OF_MODELS = frozenset(
    ("facts", "not_evaluated", "dimensions", "adjustments", "decisions", "vetoes", "measures", "alerts")
)  # fmt: skip
