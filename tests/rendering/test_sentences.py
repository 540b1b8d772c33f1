"""The catalogue of sentences: both languages say the same, of the same values, and nothing stands there that nobody says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser, ast

from engine.rendering.messages import codes
from engine.rendering.sentences import SHARED, Lang, Sentences, _bundle, _entries, _entry, _plain, areas

SPEAKERS = [
    *sorted(Path("engine").rglob("*.py")),
    *sorted(Path("engine/rendering/templates").rglob("*.*")),
    *sorted(Path("schema").glob("*.json")),
]
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in SPEAKERS)
FILES = "\n".join(file.read_text(encoding="utf-8") for file in sorted(Path("engine/rendering/i18n").glob("*.ftl")))


def text_of(area: str, lang: Lang) -> str:
    return Path(f"engine/rendering/i18n/{area}.{lang}.ftl").read_text(encoding="utf-8")


@pytest.mark.parametrize("area", areas())
class TestBothLanguages:
    def test_ids(self, area: str) -> None:
        """The same ids, in the same order."""
        assert list(Sentences(area).ids("zh")) == list(Sentences(area).ids("en"))

    def test_values(self, area: str) -> None:
        """The same values in each sentence."""
        chinese, english = (Sentences(area).ids(lang) for lang in ("zh", "en"))
        assert {name: takes for name, takes in chinese.items() if takes != english.get(name)} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("area", areas())
class TestFluent:
    """We read and say it as Fluent does."""

    def test_read(self, area: str, lang: Lang) -> None:
        body = FluentParser().parse(text_of(area, lang)).body
        assert [entry.content for entry in body if isinstance(entry, ast.Junk)] == []
        entries = [entry for entry in body if isinstance(entry, (ast.Message, ast.Term))]
        names = [("-" if isinstance(entry, ast.Term) else "") + entry.id.name for entry in entries]
        read = [
            f"{name}.{part.id.name}" if part else name
            for name, entry in zip(names, entries, strict=True)
            for part in (*([None] if entry.value else []), *entry.attributes)
        ]
        assert list(Sentences(area).ids(lang)) == read
        assert len(set(read)) == len(read)

    @pytest.mark.parametrize("number", [None, 0, 1, 2, 1234, -1])
    def test_said(self, area: str, lang: Lang, number: int | None) -> None:
        """Of texts, and of numbers, which choose."""
        bundle = bundle_of(lang, text_of(SHARED, lang), text_of(area, lang))
        for identifier, takes in Sentences(area).ids(lang).items():
            if not identifier.startswith("-"):
                values = {name: f"<{name}>" if number is None else number for name in takes}
                assert by_fluent(bundle, identifier, values) == Sentences(area).sentence(identifier, lang, **values)


def bundle_of(lang: Lang, *texts: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=False)
    for text in texts:
        bundle.add_resource(FluentResource(text))
    return bundle


def by_fluent(bundle: FluentBundle, identifier: str, values: dict[str, str | int]) -> str:
    name, _, attribute = identifier.partition(".")
    message = bundle.get_message(name)
    pattern = message.attributes[attribute] if attribute else message.value
    assert pattern is not None
    numbers = {
        key: value if isinstance(value, str) else fluent_number(value, useGrouping=False) for key, value in values.items()
    }
    text, errors = bundle.format_pattern(pattern, numbers)
    assert errors == []
    return str(text)


HARD = """
plain = { " " }a { $n }{ "b" }
select = { $n ->
    [0] none
    [one] { $n } thing
   *[other] { $n } things
  } in all
before = in all { $n ->
       *[other] { $n }{ " " }
        [1] one
    }
two = { $n ->
    [one] thing
   *[other] things
  } and { $n ->
    [one] word
   *[other] words
  }
long = first
    second { $n }
refers = ({ plain }, { -term }, { $n })
-term = term
escaped = { "\\u00e9\\"" }
    .part = part { $n }
"""


class TestHard:
    """What a translator may write, though nobody has."""

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("number", [0, 1, 2, -1, 1000])
    def test_said(self, lang: Lang, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("engine.rendering.sentences._source", lambda area, lang: HARD if area == "hard" else "")
        for cached in (_entries, _plain, _bundle):
            cached.cache_clear()
        sentences = {name: Sentences("hard").sentence(name, lang, n=number) for name in NAMES}
        for cached in (_entries, _plain, _bundle):
            cached.cache_clear()
        assert sentences == {name: by_fluent(bundle_of(lang, HARD), name, {"n": number}) for name in NAMES}


NAMES = ("plain", "select", "before", "two", "long", "refers", "escaped", "escaped.part")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("area", areas())
def test_every_sentence_can_be_said(area: str, lang: Lang) -> None:
    """With its values, however long, and what it refers to is there."""
    for identifier, takes in Sentences(area).ids(lang).items():
        if not identifier.startswith("-"):
            Sentences(area).sentence(identifier, lang, **dict.fromkeys(takes, "x" * 3000))


def test_a_value_is_missing() -> None:
    """Nothing is said with a hole in it."""
    with pytest.raises(KeyError, match="file"):
        Sentences("problems").sentence("file_missing", "zh")


@pytest.mark.long
def test_no_sentence_is_idle() -> None:
    """Whoever says a sentence names its id, whole or with its beginning (`verdict-` and a word)."""
    idle = []
    beginnings = tuple(re.findall(r'f"([a-z]\w*-[\w-]*)\{', SOURCE))
    for area in areas():
        for identifier in Sentences(area).ids("zh"):
            name = identifier.partition(".")[0]
            starts = [name[: cut.end()] for cut in re.finditer("[-_]", name)]
            is_used = (
                name.startswith(beginnings)
                or any(f'"{start}{{' in SOURCE or f'"{start}" +' in SOURCE for start in starts)
                or f'"{name}"' in SOURCE
                or f"'{name}'" in SOURCE
            )
            if not is_used and not re.search(rf"\{{ -?{name}\b", FILES) and name not in codes():
                idle.append(f"{area}: {identifier}")
    assert idle == []


def test_shared_phrases_come_first() -> None:
    """An area may say what the shared phrases say, and does not name its own like one of them."""
    shared = set(Sentences(SHARED).ids("zh"))
    assert [area for area in areas() if area != SHARED and shared & set(Sentences(area).ids("zh"))] == []


def test_what_joins_stands_once() -> None:
    """Punctuation alone, and what only puts it between values, is shared."""
    joining = {
        (area, name)
        for area in areas()
        if area != SHARED
        for name, text in _entries(area, "zh").items()
        if text and not re.search(r"\w|—", re.sub(r"\{[^}]*\}", "", text)) and text in _entries(SHARED, "zh").values()
    }
    assert joining == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_entry(lang: Lang) -> None:
    """An entry that is looked for alone says what it says among all."""
    for area in areas():
        assert {name: _entry(area, lang, name) for name in _entries(area, lang)} == _entries(area, lang)
        assert _entry(area, lang, "nobody-says-this") is None


NOT_NEEDED = (
    "fluent", "jinja2", "babel", "rich", "yaml", "jsonschema", "referencing", "platformdirs", "argparse", "importlib.metadata",
    "importlib.resources", "logging", "calendar", "difflib", "gzip", "hashlib", "tempfile", "shutil", "multiprocessing",
    "numpy", "pyarrow", "duckdb", "ibis", "z3", "durable", "engine.authoring", "engine.reviewing", "engine.reading.library",
    "engine.reading.policy", "engine.reading.schema_words", "engine.reading.miswritten", "engine.reading.mistakes",
    "engine.reading.tables", "engine.evaluating.generated", "engine.evaluating.arrays",
    "engine.usecases.batch",
)  # fmt: skip
"""What a document alone has no use for, where the policies are kept: each takes longer to load than the document to evaluate."""


@pytest.mark.parametrize("more", [[], ["--format", "json"]])
def test_a_short_command_loads_none_of_it(more: list[str], tmp_path: Path) -> None:
    run = "from engine.cli.main import cli; cli.main(standalone_mode=False); import sys; print(*sys.modules)"
    subject = ["evaluate", "docs/samples/tourism-agency.json", "--as-of", "2025-12-31", *more]
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", run, *subject], capture_output=True, text=True, check=True,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        )  # fmt: skip
    loaded = done.stdout.splitlines()[-1].split()
    assert [name for name in loaded if any(name == other or name.startswith(f"{other}.") for other in NOT_NEEDED)] == []
