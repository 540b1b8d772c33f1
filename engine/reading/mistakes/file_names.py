"""Files whose name hides what they are: an editor has put `.txt` behind `.yaml`, or a policy is saved by a word processor."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path as File

from engine.model.problem import Problem, Severity

_TWICE = re.compile(r"(?P<plain>.+\.(?:ya?ml|jsonl?|ndjson|xlsx|csv|parquet))\.(?:txt|text|doc|docx|rtf)$", re.IGNORECASE)
OFFICE = (".docx", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xls", ".et", ".ods", ".pdf")
_PARTS = ("word/document.xml", "xl/sharedStrings.xml", "content.xml")
_LARGEST = 2**22


def plain_name(name: str) -> str | None:
    """What a file should be called; None where its name hides nothing."""
    match = _TWICE.fullmatch(name)
    return match["plain"] if match else None


def misnamed(file: File, severity: Severity = "error", any_office: bool = False) -> Problem | None:
    """That a file would be a policy by another name or from another program; with `any_office` whatever is in it."""
    name = plain_name(file.name)
    if name is None and file.suffix.lower() == ".txt" and _begins_a_policy(file):
        name = f"{file.stem}.yaml"
    if name is not None:
        values = {"file": str(file), "name": name, "ending": file.suffix}
        return Problem("file_hidden_ending", (), values, severity)
    if file.name.lower().endswith(OFFICE) and (any_office or _holds_a_policy(file)):
        return Problem("file_of_office", (), {"file": str(file), "name": f"{file.stem}.yaml"}, severity)
    return None


def misnamed_in(folder: File) -> Iterator[Problem]:
    """Each file of a folder without policies that may have been meant as one."""
    for name in sorted(os.listdir(folder)):
        if not name.startswith((".", "~")) and os.path.isfile(folder / name):
            if problem := misnamed(folder / name, any_office=True):
                yield problem


def _begins_a_policy(file: File) -> bool:
    try:
        with file.open("rb") as opened:
            return re.search(rb"^(\xef\xbb\xbf)?policy\s*:", opened.read(4096), re.MULTILINE) is not None
    except OSError:
        return False


def _holds_a_policy(file: File) -> bool:
    """Whether the text of a document or workbook has the keys of a policy; not known of other packages."""
    from zipfile import BadZipFile, ZipFile  # for who has such a file

    try:
        with ZipFile(file) as package:
            names = [name for name in _PARTS if name in package.namelist()]
            texts = [package.open(name).read(_LARGEST) for name in names if package.getinfo(name).file_size < _LARGEST]
    except (OSError, BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return False
    return any(b"policy" in text and b"models" in text for text in texts)
