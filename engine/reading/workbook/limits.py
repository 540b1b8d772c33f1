"""How large a workbook may be: what a person fills in is far below, and what is above would take the machine."""

from __future__ import annotations

from engine.model.problem import InputError, Problem

PARTS = 10_000
DIRECTORY = 2 * 2**20
"""Bytes of a package's list of parts."""

PART, UNPACKED = 128 * 2**20, 256 * 2**20
"""Bytes of a part, and of all that are read."""

TAGS = 4_000_000
"""Tags of all parts that are read; those of empty cells, too."""

DEPTH, TOKEN = 64, 2**20
"""Elements within elements, and bytes of one tag, comment or the like."""

NAMES = 10_000
"""Names of elements and attributes, and relations and types of parts."""

STRINGS, TEXT = 500_000, 2**20
"""Texts that cells share, and characters of a text; Excel takes 32,767 of them."""

CELLS = 1_000_000
"""Cells with something in them."""

SHEETS, STYLES, FORMATS = 1_000, 65_536, 5_000
"""Sheets, styles (Excel takes 65,490) and number formats (Excel takes 250)."""

ROWS, COLUMNS = 1_048_576, 16_384
"""Of a sheet, as Excel has them."""

RANGES, ARRAYS = 100_000, 1_000
"""Merged ranges of a sheet, and formulas of several cells beside each other."""


def too_large(file: str, what: str, limit: int) -> InputError:
    """`what` is a word of ours: `parts`, `unpacked` (bytes), `cells`, …"""
    return InputError([Problem("workbook_too_large", values={"file": file, "what": f"workbook_{what}", "limit": limit})])
