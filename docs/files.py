"""Writes docs/files.md, a line for each file of the engine, from the first sentence of each; `--check` exits 1 where it is stale."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "files.md"
HEAD = """# Files

What is inside each file, room by room. The order of the rooms, and which may know which, is in [developer.md](developer.md).
`python docs/files.py` writes this page from the first sentence of each file.
"""


def rooms() -> Iterator[Path]:
    """The folders of the engine that hold modules, each before those inside it."""
    engine = ROOT / "engine"
    yield engine
    for folder in sorted(path for path in engine.rglob("*") if path.is_dir()):
        if any(file.name != "__init__.py" for file in folder.glob("*.py")):
            yield folder


def sentence(file: Path) -> str:
    """The first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.split("\n")[0].replace("|", "\\|")


def page() -> str:
    """All of it."""
    parts = [HEAD]
    for folder in rooms():
        lines = [f"| `{file.name}` | {sentence(file)} |" for file in sorted(folder.glob("*.py")) if file.name != "__init__.py"]
        parts.append(
            "\n".join([f"## {folder.relative_to(ROOT).as_posix()}/\n", "| file | what it holds |", "| --- | --- |", *lines, ""])
        )
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    text = page()
    if "--check" in arguments:
        if text == PAGE.read_text(encoding="utf-8"):
            return 0
        print(f"{PAGE.name} is stale: run python docs/files.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
