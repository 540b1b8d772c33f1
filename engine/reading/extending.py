"""Common files that add to the shipped ones (`extends: shipped`): what both have is an error unless it stands under `replaces`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as File

from engine.model.policy import DECLARING_FILES, CommonFile
from engine.reading.files import read_common
from engine.reading.load_context import LoadContext, as_list, as_map
from engine.reading.resources import resource_folder
from engine.reading.strict_yaml import read_yaml

SECTIONS: Mapping[CommonFile, tuple[str, ...]] = {
    "catalogue": ("categories", "attributes"),
    "scales": ("scales",),
    "measures": ("items",),
}
"""What is added to, in each of the files that can extend."""


def extends_shipped(page: LoadContext | None) -> bool:
    """Whether what a common file says is added to the shipped one."""
    return page is not None and as_map(page.source.tree).get("extends") == "shipped"


def shipped_pages(own: Mapping[str, LoadContext]) -> dict[str, LoadContext]:
    """The shipped common files by name where one of the own ones extends, with what is wrong between them on the own pages; else none."""
    if not any(extends_shipped(page) for page in own.values()):
        return {}
    shipped = {File(name).stem: LoadContext(read_yaml(content, name)) for name, content in read_common(shipped_folder())}
    for file in DECLARING_FILES:
        if file in own and extends_shipped(own[file]):
            _hold_apart(own[file], file, shipped[file])
    return shipped


def shipped_folder() -> File:
    """Where the common files lie that others extend."""
    return resource_folder("policies") / "common"


def own_names(page: LoadContext, file: CommonFile) -> Iterator[tuple[str, str]]:
    """What a common file has itself: sections and ids."""
    tree = as_map(page.source.tree)
    return ((section, name) for section in SECTIONS[file] for name in as_map(tree.get(section)))


def _hold_apart(page: LoadContext, file: CommonFile, shipped: LoadContext) -> None:
    """Ids that both files have are replaced on purpose, and what is replaced is there on both sides."""
    own, theirs = list(own_names(page, file)), list(own_names(shipped, file))
    replaces = as_list(as_map(page.source.tree).get("replaces"))
    for section, name in own:
        if (section, name) in theirs and name not in replaces:
            page.problem("extends_twice", (section, name), at_key=True, id=name, file=shipped.source.file)
    for index, replaced in enumerate(replaces):
        if not any(shared == replaced for _, shared in set(own) & set(theirs)):
            page.problem("replaces_nothing", ("replaces", index), id=replaced, file=shipped.source.file)
