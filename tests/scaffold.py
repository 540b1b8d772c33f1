"""Begins a new check of `xinyong check`: `python -m tests.scaffold NAME` writes each of its parts, for a hand to fill in.

What it leaves to be done is marked TODO; tests/language/test_complete.py fails until that is done.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine.rendering.messages import codes

ROOT = Path(__file__).resolve().parents[1]

MODULE = '''"""TODO: what the check finds, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from engine.authoring.lint.lint_context import LintContext
from engine.model.problem import Problem


def find(linted: LintContext) -> Iterator[Problem]:
    for model, top in linted.models():
        for name, fact in model.facts.items():
            if not fact.title:  # TODO: what is looked at, and when it is worth a word
                yield linted.warn("{name}", (*top, "facts", name), True, fact=name)
'''

PAGE = """# {name}

TODO：检查什么，一句话。

*TODO: what the check finds, in one sentence.*

## 为什么要看

TODO：不改会怎样；什么情形不报。

## 例子

要改：

```yaml
facts: {{}}      # TODO
```

改好：

```yaml
facts: {{}}      # TODO
```

实际运行的样例和输出见 [tests/language/lint/bad/{dashed}.txt](../../tests/language/lint/bad/{dashed}.txt)。
"""

EXAMPLE = """TODO: what the example has that the check finds

--- edit policies/example.yaml
- TODO: text that stands once in tests/language/base/policies/example.yaml
+ TODO: text that the check finds
$ xinyong check --lang zh
$ xinyong check --lang en
"""

NEXT = """
1. Write `find` in engine/authoring/lint/{name}.py; a check that is not sure says nothing.
2. Write its sentence in engine/rendering/i18n/problems.zh.ftl and problems.en.ftl.
3. Write the edit in tests/language/lint/bad/{dashed}.txt; the file that it edits is tests/language/base/policies/example.yaml,
   which the example has a copy of. Then let it be run:
   pytest tests/language --bless -k {dashed}
4. Write docs/checks/{name}.md, its line in docs/checks/README.md and docs/language.md (检查的提示).
5. python docs/files.py
6. pytest tests/language tests/docs
"""


def scaffold(name: str, root: Path) -> list[Path]:
    """Writes the parts of a check into a checkout; the files that were written."""
    dashed = name.replace("_", "-")
    texts = {
        f"engine/authoring/lint/{name}.py": MODULE.format(name=name),
        f"docs/checks/{name}.md": PAGE.format(name=name, dashed=dashed),
        f"tests/language/lint/bad/{dashed}.txt": EXAMPLE,
    }
    edits: dict[str, Callable[[str], str]] = {
        "engine/authoring/lint/run.py": partial(_named_in_lints, name),
        "engine/rendering/i18n/problems.zh.ftl": partial(_among_lints, f"{name} = TODO：事实 `{{ $fact }}`"),
        "engine/rendering/i18n/problems.en.ftl": partial(_among_lints, f"{name} = TODO: the fact `{{ $fact }}`"),
        "docs/checks/README.md": partial(_in_table, name),
        "docs/language.md": partial(_in_reference, name),
    }
    texts |= {file: edit((root / file).read_text(encoding="utf-8")) for file, edit in edits.items()}
    for file, text in texts.items():
        (root / file).write_text(text, encoding="utf-8")
    return [root / file for file in texts]


def _named_in_lints(name: str, text: str) -> str:
    """The module imported in its place, and its function the last in LINTS."""
    imported = re.search(r"from engine\.authoring\.lint import \(\n(.*?)\)\n", text, re.DOTALL)
    listed = re.search(r"^LINTS: .*? = \(\n(.*?)^\)\n", text, re.DOTALL | re.MULTILINE)
    assert imported
    assert listed
    modules = sorted([*imported[1].splitlines(), f"    {name},"])
    return "".join(
        (
            text[: imported.start(1)],
            "".join(f"{module}\n" for module in modules),
            text[imported.end(1) : listed.end(1)],
            f"    {name}.find,\n",
            text[listed.end(1) :],
        )
    )


def _among_lints(sentence: str, text: str) -> str:
    """A sentence at the end of those of the checks."""
    section = re.search(r"^## lint\n\n(?:.+\n)*", text, re.MULTILINE)
    assert section
    return f"{text[: section.end()]}{sentence}\n{text[section.end() :]}"


def _in_table(name: str, text: str) -> str:
    """A line of the table, in the order of the names."""
    table = re.search(r"(?:^\| \[\w+\].*\n)+", text, re.MULTILINE)
    assert table
    rows = sorted([*table[0].splitlines(), f"| [{name}]({name}.md) | TODO | TODO |"])
    return text[: table.start()] + "".join(f"{row}\n" for row in rows) + text[table.end() :]


def _in_reference(name: str, text: str) -> str:
    """A line at the end of the table of the reference."""
    table = re.search(r"^## 检查的提示\n[^|]*(?:^\|.*\n)+", text, re.MULTILINE)
    assert table
    return f"{text[: table.end()]}| `{name}` | TODO |\n{text[table.end() :]}"


def main() -> int:
    """Exit code 2 where the name is none, or is taken."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name):
        print("usage: python -m tests.scaffold NAME, such as unused_fact", file=sys.stderr)
        return 2
    if name in (*codes(), "run", "lint_context"):
        print(f"there is a problem with this code: {name}", file=sys.stderr)
        return 2
    for file in scaffold(name, ROOT):
        print(file.relative_to(ROOT))
    print(NEXT.format(name=name, dashed=name.replace("_", "-")), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
