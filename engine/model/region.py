"""An administrative division, as a library names its code (GB/T 2260)."""

from __future__ import annotations

from msgspec import Struct


class Region(Struct, frozen=True):
    """Its name; `english` where it has one of its own in that language."""

    title: str
    english: str | None = None
