"""docs/language.md: its tables are those of the schemas, and every example in it is run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.fragments import codes, fragments
from tests.docs.pages import ROOT, Block, Chapter, Shell, blocks, chapters, play, tongue

PAGE = ROOT / "docs" / "language.md"
TEXT = PAGE.read_text(encoding="utf-8")
CHAPTERS = chapters(PAGE)
BLOCKS = list(blocks(TEXT))
FRAGMENTS = fragments([*BLOCKS, *blocks((ROOT / "docs" / "author.md").read_text(encoding="utf-8"))])
BASE = next(block for block in BLOCKS if "policy" in block.words)
SCHEMAS = ("policy", "catalogue", "scales", "measures", "calendar", "regions", "subject", "cases")


@pytest.fixture(scope="session")
def keys() -> ModuleType:
    """docs/keys.py."""
    spec = importlib.util.spec_from_file_location("keys", ROOT / "docs" / "keys.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_fresh() -> None:
    done = subprocess.run([sys.executable, ROOT / "docs" / "keys.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_stale_tables_are_noticed(keys: ModuleType) -> None:
    spoiled = TEXT.replace("<!-- end keys -->", "| `more` | 数 | 多出的一行 |\n\n<!-- end keys -->", 1)
    assert keys.rewritten(spoiled) == TEXT


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_object_of_the_schemas_has_a_table(keys: ModuleType, schema: str) -> None:
    have = {at for name, at in keys.marked(TEXT) if name == schema}
    same = {"cases": {"record"}, "catalogue": {"attribute.collection", "revisions[]"}, "measures": {"revisions[]"}}.get(
        schema, set()
    )  # as in another table
    assert set(keys.objects(schema)) - have - same == set()


def test_every_block_is_of_a_known_kind() -> None:
    strange = [block.line for block in BLOCKS if not (block.file() or block.language == "console" or "fragment" in block.words)]
    assert strange == []


@pytest.mark.parametrize("block", FRAGMENTS, ids=lambda block: f"{block.line}-{block.words['fragment']}")
def test_fragments_pass_check(block: Block, tmp_path: Path) -> None:
    expected = (block.words["error"],) if "error" in block.words else ()
    assert codes(BASE, block, tmp_path) == expected, f"line {block.line}"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.title)
def test_examples_give_what_the_page_shows(chapter: Chapter, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shell = Shell(tmp_path, tmp_path_factory.getbasetemp().parent / "cache", tongue(PAGE))
    assert play(chapter, shell) == []
