"""A folder of policies and its common files to a Library, with every problem of every file reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError
from itertools import combinations
from pathlib import Path as File

from msgspec import Struct

from engine.model.calendar import Calendar
from engine.model.catalogue import Catalogue
from engine.model.library import Library, running_order
from engine.model.policy import DECLARING_FILES, Policy
from engine.model.problem import Path, PolicyError, Problem
from engine.reading import common as common_files
from engine.reading.cache_folder import digest_of, program_digest, read_cached, write_cached
from engine.reading.calendar import read_calendar
from engine.reading.common import Common
from engine.reading.consequences import told_once
from engine.reading.document import SourceFile
from engine.reading.extending import extends_shipped, own_names, shipped_folder, shipped_pages
from engine.reading.files import Files
from engine.reading.invisible import invisible_problems
from engine.reading.load_context import LoadContext
from engine.reading.mistakes.quoted import quoted_names
from engine.reading.policy import read_policy
from engine.reading.schema_validation import ALONE, Elsewhere, has_required, shape_problems
from engine.reading.strict_yaml import read_yaml


class Read(Struct, frozen=True):
    """A library, the pages that its policies came from, in the same order, and the common files by name, for places."""

    library: Library
    common: Common
    pages: tuple[LoadContext, ...]
    sources: Mapping[str, SourceFile]


def read_library(files: Files) -> Read:
    """Reads and checks everything; PolicyError with all problems."""
    problems: list[Problem] = []
    common_pages = {_stem(page.source.file): page for page in _common_pages(files.common, problems)}
    shipped = {} if problems else shipped_pages(common_pages)
    common = _read_common(common_pages, shipped, problems)
    pages: list[LoadContext] = []
    policies: list[Policy] = []
    for name, content in files.policies:
        page = _page(name, content, "policy", problems, Elsewhere(common.titles, common.files) if common else ALONE)
        if page is None or common is None:
            continue
        policy = read_policy(page, common)
        problems += page.problems
        if policy:
            policies.append(policy)
            pages.append(page)
    if problems or common is None:
        raise PolicyError(told_once(problems))
    own = common_pages.get("catalogue") if shipped else None
    added = tuple(own_names(own, "catalogue")) if own is not None and extends_shipped(own) else () if shipped else None
    library = Library(tuple(policies), common.catalogue, common.calendar, common.regions, added)
    problems += _overlaps(policies, pages)
    problems += [] if problems else _circles(library, policies, pages)
    if problems:
        raise PolicyError(problems)
    return Read(library, common, tuple(pages), {name: page.source for name, page in common_pages.items()})


def _common_pages(files: Iterable[tuple[str, bytes]], problems: list[Problem]) -> Iterator[LoadContext]:
    for name, content in files:
        page = _page(name, content, _stem(name), problems)
        if page:
            yield page


def _stem(name: str) -> str:
    """Which of the common files it is, however its name is written."""
    return File(name).stem.lower()


def _read_common(
    own: Mapping[str, LoadContext], shipped: Mapping[str, LoadContext], problems: list[Problem]
) -> Common | None:  # fmt: skip
    """What the own files say, each added to the `shipped` one where it extends it; the shipped ones in place of what is not there."""
    if problems:
        return None
    before = len(problems)
    pages = {**shipped, **own}
    for needed in ("catalogue", "scales"):
        if needed not in pages:
            values = {"file": f"common/{needed}.yaml", "shipped": str(shipped_folder() / f"{needed}.yaml")}
            problems.append(Problem("common_missing", values=values))
            return None
    layers = {name: [shipped[name], page] if extends_shipped(page) else [page] for name, page in pages.items()}
    catalogues = [common_files.read_catalogue(page) for page in layers["catalogue"]]
    common = Common(
        Catalogue(
            {name: category for catalogue in catalogues for name, category in catalogue.categories.items()},
            {name: attribute for catalogue in catalogues for name, attribute in catalogue.attributes.items()},
        ),
        {name: scale for page in layers["scales"] for name, scale in common_files.read_scales(page).items()},
        {name: item for page in layers.get("measures", ()) for name, item in common_files.read_items(page).items()},
        {file: common_files.read_declarations(pages[file], file) for file in DECLARING_FILES if file in pages},
        calendar=read_calendar(pages["calendar"]) if "calendar" in pages else Calendar(),
        regions=common_files.read_regions(pages["regions"]) if "regions" in pages else {},
        files={name: page.source.file for name, page in pages.items()},
    )
    for page in pages.values():
        problems += page.problems
    return None if len(problems) > before else common


def _page(name: str, content: bytes, schema: str, problems: list[Problem], elsewhere: Elsewhere = ALONE) -> LoadContext | None:
    """A file as a page, its problems of writing and shape collected; None where its parts cannot be told apart."""
    try:
        source = read_yaml(content, name)
    except PolicyError as error:
        problems += error.problems
        return None
    mark = f"{digest_of(program_digest(), f'{schema} '.encode(), content).hex()}.shape"
    sound = read_cached(mark) is not None
    misshapen = [] if sound else shape_problems(source, schema, elsewhere)
    if not misshapen and not sound:
        write_cached(mark, b"")
    if misshapen:
        source, misshapen = _as_meant(source, misshapen, schema, elsewhere, problems)
    quoted = quoted_names(source, content)
    problems += misshapen
    problems += quoted
    problems += invisible_problems(source)
    broken = frozenset(_spoilt(problem) for problem in (*misshapen, *quoted))
    whole = not broken or (schema == "policy" and () not in broken and has_required(source.tree, schema))
    return LoadContext(source, broken) if whole else None


def _as_meant(
    source: SourceFile, misshapen: list[Problem], schema: str, elsewhere: Elsewhere, problems: list[Problem]
) -> tuple[SourceFile, list[Problem]]:
    """A file and the problems of its shape without its mistakes of writing, which are problems by themselves."""
    from engine.reading.mistakes.misread import as_meant  # for who made one

    meant = as_meant(source, misshapen, lambda again: shape_problems(again, schema, elsewhere))
    problems += meant.mistakes
    return meant.source, meant.problems


def _spoilt(problem: Problem) -> Path:
    """The element that a problem of shape spoils; a part of a model by a name that is not known spoils the model."""
    path = problem.path
    return path[:2] if problem.code == "unknown_key" and len(path) == 3 and path[0] == "models" else _element(path)


def _element(path: Path) -> Path:
    """The element (fact, indicator, veto, …) that a problem of shape spoils; () for the whole file."""
    match path:
        case ("models", _, "dimensions", _, "indicators", _, *_):
            return path[:6]
        case ("models", _, "adjustments", "items", _, *_):
            return path[:5]
        case ("models", _, "facts" | "vetoes" | "measures" | "alerts" | "not_evaluated", _, *_):
            return path[:4]
        case ("models", _, "dimensions" | "adjustments" | "decisions", *_):
            return path[:3]
        case ("revisions" | "parameters" | "basis", *_) if len(path) > 1:
            return path[:2]
        case ("models", _, *_) if len(path) > 2:
            return path[:3]
        case _:
            return () if path[:1] in ((), ("models",), ("scale",), ("effective",)) else path[:1]


def _overlaps(policies: Sequence[Policy], pages: Sequence[LoadContext]) -> Iterator[Problem]:
    for (policy, page), (other, other_page) in combinations(zip(policies, pages, strict=True), 2):
        if policy.id == other.id and (other.in_force(policy.effective_from) or policy.in_force(other.effective_from)):
            yield other_page.source.problem(
                "effective_overlap", ("effective",), True, policy=policy.id, other=page.source.file, version=policy.version
            )


def _circles(library: Library, policies: Sequence[Policy], pages: Sequence[LoadContext]) -> Iterator[Problem]:
    """A circle of models that read each other, on any day on which a version begins."""
    for day in sorted({policy.effective_from for policy in policies}):
        try:
            running_order(library.in_force(day))
        except CycleError as circle:
            around = list(reversed(circle.args[1]))
            policy, model = around[0]
            index = next(i for i, p in enumerate(policies) if p.id == policy and p.in_force(day))
            text = " → ".join("/".join(name) for name in around)
            yield pages[index].source.problem("model_circle", ("models", model), True, circle=text)
            return
