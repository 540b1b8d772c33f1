"""Files of cases to Cases: examples put together from named subjects, and nothing expected that the model cannot give."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path as File

from msgspec import Struct
from msgspec.structs import replace

from engine.model.case import Case
from engine.model.catalogue import Catalogue
from engine.model.condition import Plain
from engine.model.expectation import INSTEAD, Expect, InsteadKey, ListKey, ResultKey
from engine.model.library import Library
from engine.model.names import Titled
from engine.model.policy import Model, Policy
from engine.model.problem import InputError, Path, PolicyError, Problem, SubjectError
from engine.model.subject import Subject
from engine.reading.condition import Typed, value_of
from engine.reading.consequences import told_once
from engine.reading.document import SourceFile, Tree
from engine.reading.file_titles import catalogue_titles, policy_titles
from engine.reading.files import read_all, readable_path, yaml_files
from engine.reading.invisible import invisible_problems
from engine.reading.load_context import LoadContext, Map, as_list, as_map, as_text, is_id, texts
from engine.reading.mistakes.quoted import quoted_names
from engine.reading.schema_validation import Elsewhere, shape_problems
from engine.reading.strict_yaml import read_yaml
from engine.reading.subject import read_subject

REASONS = ("fact_missing", "fact_too_large", "weight_negative")
"""Why a model can reject a sound subject."""


class CaseFile(Struct, frozen=True):
    """The cases of a file, all of one policy, and the source for those who need places."""

    policy: str
    cases: tuple[Case, ...]
    source: SourceFile


class _Document(Struct):
    """A subject document put together from a subject and an example, and where in the file its parts come from."""

    attributes: Map = {}
    records: Map = {}
    members: Tree = 0
    origins: dict[Path, Path] = {}


def find_case_files(paths: Sequence[File]) -> tuple[tuple[str, bytes], ...]:
    """Names and contents of case files, and of those in the `cases/` of folders; InputError where there is none."""
    files: list[File] = []
    for path in paths:
        if not os.path.isdir(path):
            files.append(path)
            continue
        folder = path / "cases" if path.name != "cases" else path
        there = os.path.lexists(folder)
        inside = yaml_files(readable_path(folder, path, "folder"), path) if there else []
        if not inside:
            from engine.reading.mistakes.file_names import misnamed_in  # for who has no case

            others = misnamed_in(folder) if there else ()
            raise InputError([Problem("no_cases", values={"folder": str(folder)}), *others])
        files += inside
    return read_all(dict.fromkeys(files), paths[0])


def read_case_files(files: Iterable[tuple[str, bytes]], library: Library) -> tuple[CaseFile, ...]:
    """All of them, or PolicyError with the problems of all."""
    problems: list[Problem] = []
    case_files: list[CaseFile] = []
    for name, content in files:
        try:
            case_files.append(read_cases(content, name, library))
        except PolicyError as error:
            problems += error.problems
    if problems:
        raise PolicyError(problems)
    return tuple(case_files)


def read_cases(content: bytes, file: str, library: Library) -> CaseFile:
    """The cases of one file, on policies of the library; PolicyError with every problem and its place."""
    source = read_yaml(content, file)
    titles = partial(_titles, library)
    elsewhere = Elsewhere(titles)
    shape = shape_problems(source, "cases", elsewhere)
    mistakes: list[Problem] = []
    if shape:
        from engine.reading.mistakes.misread import as_meant  # for who made a mistake

        meant = as_meant(source, shape, lambda again: shape_problems(again, "cases", elsewhere))
        source, shape, mistakes = meant.source, meant.problems, meant.mistakes
    shape += [*quoted_names(source, content), *invisible_problems(source)]
    broken = frozenset(_element(problem.path) for problem in shape)
    page = LoadContext(source, broken, [*shape, *mistakes], titles=titles)
    cases = () if () in page.broken else tuple(_cases(page, library))
    if page.problems:
        raise PolicyError(told_once(page.problems))
    return CaseFile(as_text(as_map(source.tree).get("cases")), cases, source)


def _titles(library: Library) -> Iterator[Titled]:
    """What cases may name: of the catalogue, and of policies."""
    yield from catalogue_titles(library.catalogue)
    for policy in library.policies:
        yield from policy_titles(policy)


def _element(path: Path) -> Path:
    """The subject or example that a problem of shape spoils; () for the whole file."""
    return path[:2] if path[:1] in (("subjects",), ("examples",)) and len(path) > 1 else ()


def _cases(page: LoadContext, library: Library) -> Iterator[Case]:
    tree = as_map(page.source.tree)
    policy = as_text(tree.get("cases"))
    if not library.versions(policy):
        page.unknown("policy", policy, ("cases",), dict.fromkeys(known.id for known in library.policies))
        return
    if "as_of" in tree and page.day(tree["as_of"], ("as_of",)) is None:
        return
    for key, example, path in page.elements(tree.get("examples"), ("examples",)):
        case = _case(page, key, example, path, policy, library)
        if case:
            yield case


def _case(page: LoadContext, key: str, tree: Map, path: Path, policy_id: str, library: Library) -> Case | None:
    """One example; None after a problem, and where it starts from a subject that has one."""
    before = len(page.problems)
    as_of = _as_of(page, tree, path)
    start, at = _start(page, tree, path)
    if as_of is None or start is None:
        return None
    policy = _in_force(page, tree, path, policy_id, as_of, library)
    if policy is None:
        return None
    name = as_text(start.get("model"))
    if name not in policy.models:
        page.unknown("model", name, (*at, "model"), policy.models)
        return None
    model = policy.models[name]
    document = _document(page, tree, path, start, at)
    subject = _subject(page, key, path, f"{policy_id}/{name}", model.kind, document, library.catalogue)
    expect = _expect(page, as_map(tree.get("expect")), (*path, "expect"), policy, model)
    if subject is None or len(page.problems) > before:
        return None
    return Case(key, as_text(tree.get("title")), policy_id, name, as_of, subject, expect)


def _as_of(page: LoadContext, tree: Map, path: Path) -> int | None:
    """The example's own day, or the file's."""
    common = as_map(page.source.tree)
    if "as_of" in tree:
        return page.day(tree["as_of"], (*path, "as_of"))
    if "as_of" in common:
        return page.day(common["as_of"], ("as_of",))
    page.problem("missing_key", path, at_key=True, key="as_of")
    return None


def _in_force(page: LoadContext, tree: Map, path: Path, policy: str, as_of: int, library: Library) -> Policy | None:
    version = library.in_force(as_of).get(policy)
    if version is None:
        page.problem("policy_not_in_force", (*path, "as_of") if "as_of" in tree else ("as_of",), policy=policy, as_of=as_of)
    return version


def _start(page: LoadContext, tree: Map, path: Path) -> tuple[Map | None, Path]:
    """What an example starts from and where that stands: a subject of the file, or the bare model that it names."""
    if "from" not in tree:
        return {"model": tree["model"]}, path
    name, subjects = as_text(tree["from"]), as_map(as_map(page.source.tree).get("subjects"))
    at: Path = ("subjects", name)
    if name not in subjects and any(len(broken) == 2 and not is_id(str(broken[1])) for broken in page.broken):
        return None, at  # it may be the one that cannot be a name
    if name not in subjects:
        page.unknown("subject", name, (*path, "from"), subjects)
        return None, at
    return (as_map(subjects[name]), at) if at not in page.broken else (None, at)


def _document(page: LoadContext, tree: Map, path: Path, start: Map, at: Path) -> _Document:
    """The subject with what the example sets, adds and leaves out."""
    document = _Document(members=tree.get("members", start.get("members", 0)))
    _set_attributes(page, document, start, at)
    _add_records(page, document, start, at)
    for index, name in enumerate(texts(tree.get("without"))):
        if document.records.pop(name, None) is None:
            page.unknown("record", name, (*path, "without", index), _named(start))
    _set_attributes(page, document, tree, path)
    _add_records(page, document, tree, path)
    return document


def _named(start: Map) -> list[str]:
    """The ids that are written on the records of a subject."""
    return [name for record in as_list(start.get("records")) if (name := as_text(as_map(record).get("id")))]


def _set_attributes(page: LoadContext, document: _Document, tree: Map, path: Path) -> None:
    for name, value in as_map(tree.get("attributes")).items():
        at = (*path, "attributes", name)
        if value is not None:
            document.attributes[name] = value
            document.origins["attributes", name] = at
        elif document.attributes.pop(name, None) is None:
            page.unknown("attribute", name, at, document.attributes, at_key=True)


def _add_records(page: LoadContext, document: _Document, tree: Map, path: Path) -> None:
    """Records by id, under a number where they have none; among them one with a known id takes its place."""
    seen: dict[str, int] = {}
    for index, record in enumerate(as_list(tree.get("records"))):
        at = (*path, "records", index)
        name = as_text(as_map(record).get("id")) or f"#{len(document.origins):04}"
        if name in seen:
            page.problem("record_twice", (*at, "id"), id=name, first=seen[name] + 1)
        seen[name] = index
        document.records[name] = {**as_map(record), "id": name}
        document.origins["records", name] = at


def _subject(
    page: LoadContext, key: str, path: Path, model: str, kind: str, document: _Document, catalogue: Catalogue
) -> Subject | None:
    """The document as any other is read; its problems stand where its parts come from.

    Only one model is run, so evaluations by loaded policies may stand among the records in place of the others.
    """
    members = document.members if isinstance(document.members, int) else 0
    tree: Map = {
        "id": key, "kind": kind, "model": model, "attributes": document.attributes,
        "records": list(document.records.values()), "members": [f"member-{n}" for n in range(1, members + 1)],
    }  # fmt: skip
    try:
        return read_subject(tree, catalogue, (), check_id=False)
    except SubjectError as error:
        names = list(document.records)
        for problem in error.problems:
            at = _origin(problem.path, path, document, names)
            place = page.source.place(at, at[-1] == problem.values.get("name", problem.values.get("key")))
            page.problems.append(replace(problem, path=at, place=place))
        return None


def _origin(path: Path, example: Path, document: _Document, names: Sequence[str]) -> Path:
    """Where in the file the part of the document at a path comes from."""
    match path:
        case ("records", int(index), *rest):
            return (*document.origins["records", names[index]], *rest)
        case ("attributes", name, *rest):
            return (*document.origins["attributes", name], *rest)
        case _:
            return example


def _expect(page: LoadContext, tree: Map, path: Path, policy: Policy, model: Model) -> Expect:
    for instead in INSTEAD:
        beside = [key for key in tree if key != instead and not (key == "facts" and instead == "not_evaluated")]
        if instead in tree and beside:
            page.problem("not_together", (*path, beside[0]), True, keys=[instead, *beside])
    facts, points = as_map(tree.get("facts")), as_map(tree.get("points"))
    return Expect(
        dict(_results(page, tree, path, policy)),
        dict(_lists(page, tree, path, model)),
        dict(_facts(page, facts, (*path, "facts"), model)),
        dict(_points(page, points, (*path, "points"), model)),
    )


def _results(page: LoadContext, tree: Map, path: Path, policy: Policy) -> Iterator[tuple[ResultKey, int | str | None]]:
    if "score" in tree:
        score = None if tree["score"] is None else page.amount(tree["score"], (*path, "score"))
        if score is not None and score % 100:
            page.problem("score_cents", (*path, "score"), value=tree["score"])
        yield "score", score
    named: Mapping[ResultKey, tuple[str, ...]] = {"level": policy.scale.names, "grade": policy.scale.grades}
    for key, known in named.items():
        if key in tree:
            name = tree[key]
            if isinstance(name, str) and name not in known:
                page.unknown(key, name, (*path, key), known)
            yield key, name if isinstance(name, str) else None


def _lists(page: LoadContext, tree: Map, path: Path, model: Model) -> Iterator[tuple[ListKey | InsteadKey, tuple[str, ...]]]:
    """Complete lists, brought into the policy's order."""
    for key, (what, known) in _known(model).items():
        names = texts(tree.get(key))
        for index, name in enumerate(names):
            if name not in known:
                page.unknown(what, name, (*path, key, index), known)
        if key in tree:
            yield key, tuple(name for name in known if name in names)


def _known(model: Model) -> Mapping[ListKey | InsteadKey, tuple[str, tuple[str, ...]]]:
    """What each list can hold, and what that is called."""
    return {
        "vetoes": ("veto", tuple(element.id for element in model.vetoes)),
        "measures": ("measure", tuple(element.id for element in model.measures)),
        "alerts": ("alert", tuple(element.id for element in model.alerts)),
        "not_evaluated": ("exclusion", tuple(element.id for element in model.not_evaluated)),
        "rejected": ("reason", REASONS),
    }


def _facts(page: LoadContext, tree: Map, path: Path, model: Model) -> Iterator[tuple[str, Plain]]:
    for name, value in tree.items():
        if name not in model.facts:
            page.unknown("fact", name, (*path, name), model.facts, at_key=True)
            continue
        fact = model.facts[name]
        plain = value_of(page, value, (*path, name), Typed(fact.type, fact.listed))
        if plain is not None:
            yield name, plain


def _points(page: LoadContext, tree: Map, path: Path, model: Model) -> Iterator[tuple[str, int | None]]:
    """Of indicators (null for one that is left out) and adjustment items."""
    known = [*(scored.id for scored in model.indicators()), *(scored.id for scored in model.items())]
    for name, value in tree.items():
        if name not in known:
            page.unknown("indicator", name, (*path, name), known, at_key=True)
        else:
            yield name, None if value is None else page.amount(value, (*path, name))
