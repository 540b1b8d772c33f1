"""Nothing that an author, a subject or a command line says is taken for markup on any page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.rendering.batch_html import totals_page
from engine.rendering.sentences import Lang
from tests.reviewing.revised import edit
from tests.totals.made import mixed, renamed

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>alert('1')</script>&amp;\" onload='"
UNQUOTED = "<script>&amp;"
"""An id: those with quotes are refused."""

QUOTED = json.dumps(HOSTILE)
ATTRIBUTES = frozenset(
    [
        "aria-hidden",
        "charset",
        "class",
        "colspan",
        "content",
        "data-label",
        "height",
        "href",
        "id",
        "lang",
        "name",
        "open",
        "role",
        "rowspan",
        "scope",
        "style",
        "text-anchor",
        "title",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    ]
)


class Reader(HTMLParser):
    """What a browser makes of a page: its elements, the names of their attributes, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = [""]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.texts += [value or "" for _, value in attrs] + [""]

    def handle_data(self, data: str) -> None:
        self.texts[-1] += data


def harmless(page: str, text: str, times: int) -> bool:
    """Whether the text stands there so often, as text."""
    reader = Reader(page)
    assert "script" not in reader.elements
    assert reader.attributes <= ATTRIBUTES, reader.attributes - ATTRIBUTES
    assert page.count("</style>") == 1
    return sum(part.count(text) for part in reader.texts) >= times


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An old and a new version; the new one says something hostile wherever an author can."""
    monkeypatch.chdir(tmp_path)
    for side in ("old", "new"):
        shutil.copytree(ROOT / "tests/language/base/policies", side)
    file = Path("new/example.yaml")
    edit(
        file,
        ('version: "1"', 'version: "2"'),
        ("title: 商店信用评价", f"title: {QUOTED}"),
        ("authority: 示例市商务局", f"authority: {QUOTED}"),
        ("document: 商店信用评价实施方案", f"document: {QUOTED}"),
        ("    title: 商店\n", f"    title: {QUOTED}\n"),
        ("title: 近两年行政处罚次数", f"title: {QUOTED}"),
        ("title: 守法", f"title: {QUOTED}"),
        ("title: 多次处罚", f"title: {QUOTED}"),
        ("title: 优先评先评优", f"title: {QUOTED}"),
        ("each: -15", "each: -20"),
    )
    revisions = f'revisions:\n  - {{version: "2", date: 2025-12-01, intent: looser, why: {QUOTED}}}\n'
    file.write_text(file.read_text(encoding="utf-8") + revisions, encoding="utf-8")
    edit(Path("new/common/catalogue.yaml"), ("title: 行政处罚", f"title: {QUOTED}"), ("title: 投诉", f"title: {QUOTED}"))
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Callable[..., str]:
    def call(*arguments: str) -> str:
        done = CliRunner().invoke(cli, arguments, standalone_mode=False)
        assert done.exception is None, done.exception
        return done.stdout

    return call


@pytest.mark.parametrize("lang", ["zh", "en"])
class TestPages:
    def test_review(self, run: Callable[..., str], lang: Lang) -> None:
        """With subjects and proofs, and by whom it is handed in."""
        penalty = {"id": "p", "category": "penalty", "date": "2025-06-01", "fields": {"seriousness": "minor"}}
        shop = {"id": UNQUOTED, "name": HOSTILE, "kind": "organisation", "model": "example/shop", "records": [penalty]}
        Path("shops.jsonl").write_text(json.dumps(shop) + "\n", encoding="utf-8")
        more = ("--population", "shops.jsonl", "--prove", "--as-of", "2025-12-31", "--prepared-by", HOSTILE)
        page = run("diff", "old", "new", *more, "--format", "html", "--lang", lang)
        assert harmless(page, HOSTILE, 20)
        assert harmless(page, UNQUOTED, 1)

    def test_new_policy(self, run: Callable[..., str], lang: Lang) -> None:
        """The whole content of a policy behind the review."""
        Path("old/example.yaml").rename("old/other.yaml")
        edit(Path("old/other.yaml"), ("policy: example", "policy: other"))
        assert harmless(run("diff", "old", "new", "--format", "html", "--lang", lang), HOSTILE, 10)

    def test_annex(self, run: Callable[..., str], lang: Lang) -> None:
        """Of a policy and of the catalogue."""
        run("docs", "example", "catalogue", "--policies", "new", "--output", "annex.html", "--lang", lang)
        assert harmless(Path("annex.html").read_text(encoding="utf-8"), HOSTILE, 10)

    def test_batch(self, lang: Lang) -> None:
        """Titles, names, sources, digests."""
        assert harmless(totals_page(renamed(mixed()), lang), "<b>&\"'", 20)
