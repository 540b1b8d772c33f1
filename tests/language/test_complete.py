"""Nothing of the language is without an example: problems, words, commands, lints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cli.main import GROUPS
from engine.reading.schema_words import schema
from engine.reading.strict_yaml import read_yaml
from engine.rendering.messages import codes
from tests.language.examples import BASE, Step, example_files, name_of, read_example

ROOT = Path(__file__).parents[2]
LANGUAGE = ROOT / "docs" / "language.md"
CHECKS = ROOT / "docs" / "checks"
LINTS = sorted({path.stem for path in (ROOT / "engine/authoring/lint").glob("*.py")} - {"__init__", "lint_context", "run"})

ELSEWHERE = {
    "row_twice": "tests/tables/test_contract.py refuses rows of tables, as for the next two",
    "row_of_nobody": "there",
    "cell_unclear": "there",
    "column_type": "tests/tables/test_files.py has files that databases write, as for the next",
    "view_refused": "there",
    "nested_text": "tests/agreement/test_spark.py has a session",
    "line_cells": "tests/tables/test_broken.py",
    "memory": "there",
    "sheet_full": "tests/tables/test_outputs.py",
    "since_narrow": "tests/tables/test_reasoning.py, as for the next",
    "since_wide": "there",
    "since_first": "tests/tables/test_since_notices.py, as for the next two",
    "since_later": "there",
    "since_policies": "there",
    "reasoning_apart": "tests/tables/test_outputs.py",
    "column_nameless": "tests/workbook/test_reading.py makes workbooks, as for the next five",
    "column_twice": "there",
    "sheet_missing": "there",
    "sheet_unknown": "there",
    "id_as_number": "there",
    "cell_error": "there",
    "cell_uncalculated": "tests/workbook/test_formulas.py",
    "cell_picture": "there",
    "cell_format": "tests/workbook/test_formats.py, as for the next two",
    "cell_format_text": "there",
    "cell_format_date": "there",
    "cell_merged": "tests/workbook/test_merges.py, as for the next",
    "header_merged": "there",
    "workbook_locked": "tests/workbook/test_packages.py",
    "workbook_too_large": "tests/workbook/test_limits.py",
    "sheet_passed_over": "tests/workbook/test_notices.py, as for the next four",
    "sheet_hidden": "there",
    "rows_hidden": "there",
    "column_hidden": "there",
    "rows_of_formulas": "there",
    "outputs_collide": "tests/command/test_outputs.py, as for the next six",
    "output_device": "there",
    "stdout_unwritable": "there",
    "stdin_unreadable": "tests/tables/test_files.py, as for the next",
    "stdin_twice": "there",
    "temporary_unwritable": "there",
    "template_filled": "there",
    "process_ended": "tests/command/test_bulk.py ends one",
    "rejects_kept": "there",
    "cell_full": "there",
    "extra_missing": "tests/workbook/test_template.py takes the library away",
    "pdf_needs_office": "tests/annex/test_pdf.py puts a stand-in on the path, or none, as for the next two",
    "pdf_slow": "there",
    "pdf_failed": "there",
    "rules_missing": "tests/evaluating/test_rules.py takes the library away",
    "git_failed": "tests/reviewing/test_git.py takes git away",
    "downgraded": "tests/reviewing/test_diff_command.py has a population",
    "lost_incentives": "tests/reviewing/test_touched.py has a population",
    "new_restrictions": "there",
    "new_not_compared": "there",
    "old_not_compared": "there",
    "nobody_evaluated": "there",
    **dict.fromkeys(
        (
            "link_outside",
            "link_dangling",
            "wrong_kind",
            "common_linked",
            "common_twice",
            "folder_too_large",
            "file_silent",
            "not_read",
            "git_slow",
            "half_character",
            "unseen_character",
            "too_many_values",
            "none_in_force",
        ),
        "tests/command/attacks/ makes links, pipes, repositories and large files",
    ),
    "shipped_used": "tests/command/test_check.py runs in an empty folder",
}
UNREACHED = {
    "shape": "stands by for what a later schema might say",
    "condition_empty": "too_few comes first",
    "json_syntax": "stands by for what no known mistake explains",
}
"""Codes that no input brings about, because the schema refuses it before."""

_CODE = re.compile(r'\[([a-z_0-9]+)\](?:：|: )|"code":"([a-z_0-9]+)"')


def steps(kind: str) -> Iterator[tuple[str, Step]]:
    """The steps of all good or bad examples, with the names of the examples."""
    for file in example_files():
        name = name_of(file)
        if f"/{kind}/" in name:
            for step in read_example(file.read_text(encoding="utf-8")).steps:
                yield name, step


def languages_shown() -> dict[str, set[str]]:
    """By code, the languages in which bad examples show it."""
    languages: dict[str, set[str]] = defaultdict(set)
    for _, step in steps("bad"):
        language = re.search(r"--lang (zh|en)", step.head)
        if step.is_command and language:
            for line in step.lines:
                for text, json in _CODE.findall(line):
                    languages[text or json].add(language[1])
    return languages


def test_problems() -> None:
    """Every code is shown in both languages, and no other."""
    languages = languages_shown()
    exempt = {*ELSEWHERE, *UNREACHED}
    assert set(languages) <= set(codes())
    assert exempt <= set(codes())
    assert not exempt & set(languages), "these have an example after all"
    assert [code for code in codes() if code not in exempt and languages[code] != {"zh", "en"}] == []


def words(tree: Any) -> Iterator[str]:
    """Every key of a schema, and every value that it lists."""
    match tree:
        case dict():
            properties = tree.get("properties")
            yield from properties if isinstance(properties, dict) else ()
            listed = [*tree.get("enum", ()), tree.get("const")] if isinstance(tree.get("enum", []), list) else []
            yield from (value for value in listed if isinstance(value, str))
            for value in tree.values():
                yield from words(value)
        case list():
            for value in tree:
                yield from words(value)
        case _:
            pass


def test_words() -> None:
    """Every word that a policy can hold stands in the base or a good example."""
    written = [file.read_text(encoding="utf-8") for file in BASE.rglob("*.yaml")]
    for _, step in steps("good"):
        if not step.is_command:
            written += (line.removeprefix("+ ") for line in step.lines if not line.startswith("- "))
    text = "\n".join(written)
    known = dict.fromkeys(words(schema("policy")))
    assert [word for word in known if not re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)] == []


def test_commands() -> None:
    """Every command has a good example."""
    called = {step.head.split()[2] for _, step in steps("good") if step.head.startswith("$ xinyong ")}
    assert {name for commands in GROUPS.values() for name in commands} <= called


def test_sentences() -> None:
    """Every example says on top what it shows, in one line."""
    for file in example_files():
        assert re.fullmatch(r"\S[^\n]*[^\n.]", read_example(file.read_text(encoding="utf-8")).sentence), name_of(file)


class TestLints:
    """Each is one file, one sentence, one example and one page."""

    @pytest.mark.parametrize("lint", LINTS)
    def test_example(self, lint: str) -> None:
        """An example of its name triggers it, in both languages."""
        file = ROOT / "tests/language/lint/bad" / f"{lint.replace('_', '-')}.txt"
        text = file.read_text(encoding="utf-8")
        assert f"提示[{lint}]：" in text
        assert f"warning[{lint}]: " in text

    @pytest.mark.parametrize("lint", LINTS)
    def test_page(self, lint: str) -> None:
        """The page has a bad and a good fragment, both sound YAML, and shows the sentence that users see."""
        text = (CHECKS / f"{lint}.md").read_text(encoding="utf-8")
        assert text.startswith(f"# {lint}\n")
        fragments = re.findall(r"^(要改|改好)[^\n]*\n\n```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        assert [title for title, _ in fragments] == ["要改", "改好"]
        for _, fragment in fragments:
            assert read_yaml(fragment.encode(), f"{lint}.md").tree

    @pytest.mark.parametrize("lint", LINTS)
    def test_finished(self, lint: str) -> None:
        """Nothing is left of what `python -m tests.scaffold` marks as to be done."""
        example = ROOT / "tests/language/lint/bad" / f"{lint.replace('_', '-')}.txt"
        parts = [ROOT / "engine/authoring/lint" / f"{lint}.py", CHECKS / f"{lint}.md", CHECKS / "README.md", LANGUAGE, example]
        for part in (*parts, *(ROOT / "engine/rendering/i18n").glob("problems.*.ftl")):
            assert "TODO" not in part.read_text(encoding="utf-8"), part.relative_to(ROOT)

    def test_table(self) -> None:
        """The table lists each once."""
        text = (CHECKS / "README.md").read_text(encoding="utf-8")
        assert re.findall(r"^\| \[(\w+)\]\(\1\.md\) ", text, re.MULTILINE) == LINTS
        assert sorted(path.stem for path in CHECKS.glob("*.md")) == sorted([*LINTS, "README"])

    def test_language_page(self) -> None:
        """The reference lists each once."""
        (table,) = re.findall(
            r"^## 检查的提示\n.*?((?:^\|.*\n)+)", LANGUAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )
        listed = [code for row in table.splitlines()[2:] for code in re.findall(r"`(\w+)`", row.split("|")[1])]
        assert sorted(listed) == LINTS

    def test_base_triggers_none(self) -> None:
        file = ROOT / "tests/language/lint/good/base-triggers-none.txt"
        example = read_example(file.read_text(encoding="utf-8"))
        assert next(step.lines for step in example.steps) == ["1 个政策文件：0 个错误，0 个提示"]
