"""Files that are named in a policy's place and are something else: common files, cases, subjects, schemas."""

from __future__ import annotations

import os
from posixpath import basename, dirname

from engine.model.problem import InputError, PolicyError, Problem
from engine.reading.files import Files
from engine.reading.strict_yaml import read_yaml

POLICY, COMMON, CASES, OTHER = "policy", "common", "cases", "other"

_HEADS = {
    POLICY: ({"policy"}, {"models"}),
    COMMON: ({"categories"}, {"scales"}, {"items"}, {"years"}, {"regions"}),
    CASES: ({"cases"}, {"examples"}),
    OTHER: ({"$schema"}, {"$id"}, {"id", "kind"}, {"records"}),
}
"""Keys at the top of a file that tell what it is, the likeliest first."""


def kind_of(content: bytes, name: str) -> str:
    """What a file is by its keys; a policy where they do not tell, for it is to be one."""
    try:
        tree = read_yaml(content, name, explained=False).tree
    except PolicyError:
        return POLICY
    keys = set(tree) if isinstance(tree, dict) else set()
    return next((kind for kind, heads in _HEADS.items() if any(head <= keys for head in heads)), POLICY)


def refuse_others(files: Files, named: str) -> None:
    """InputError where what was named for policies is none, but all of it is something else that is known."""
    kinds = set()
    for name, content in files.policies:
        kinds.add(kind_of(content, name))
        if POLICY in kinds:  # the others are read when they are checked
            return
    if not kinds:
        return
    kind = kinds.pop() if len(kinds) == 1 else OTHER
    code = {COMMON: "common_alone", CASES: "cases_alone", OTHER: "no_policy_file"}[kind]
    raise InputError([Problem(code, values={"file": named, "folder": _folder(named, files.policies[0][0])})])


def _folder(named: str, file: str) -> str:
    """The folder of policies that such a file belongs to: that in which `common/` or `cases/` stands."""
    revision, colon, path = named.partition(":") if file.startswith(named.partition(":")[0] + ":") else ("", "", named)
    path = path.removesuffix("/")
    above = path if basename(path) in ("common", "cases") else dirname(path)
    if not above and not colon and basename(os.getcwd()) in ("common", "cases"):
        return ".."
    above = dirname(above) if basename(above) in ("common", "cases") else above
    return f"{revision}{colon}{above or './' * bool(colon) or '.'}"
