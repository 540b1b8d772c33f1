"""Where the policies, schemas and pages about checks are that ship with the package."""

from __future__ import annotations

from pathlib import Path


def resource_folder(folder: str) -> Path:
    """`policies`, `schema` or `docs/checks`: inside the installed package, or beside `engine/` in a checkout."""
    engine = Path(__file__).resolve().parent.parent
    inside = engine / folder
    return inside if inside.is_dir() else engine.parent / folder
